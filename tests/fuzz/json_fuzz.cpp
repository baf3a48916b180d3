// Canonical JSON: the reader and the canonicalizer are two programs that must agree.

#include <cstdint>

#include "kernel/check.hpp"
#include "kernel/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    veche::json::document doc;
    const bool is_canonical = doc.reset(text).has_value();
    const auto canonical = veche::json::canonicalize(text);
    if (is_canonical) {
        VECHE_ENSURE(canonical.has_value(), "canonical bytes are JSON");
        VECHE_ENSURE(*canonical == text, "canonical bytes are their own canonical form");
    } else if (canonical) {
        VECHE_ENSURE(*canonical != text, "the reader takes all that is canonical");
        VECHE_ENSURE(doc.reset(*canonical).has_value(), "a canonical form can be read");
    }
    return 0;
}
