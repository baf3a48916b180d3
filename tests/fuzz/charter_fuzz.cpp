// A union's file: whatever the bytes, the reader answers, and what it takes can be founded.

#include <cstdint>

#include "charter/toml.hpp"
#include "kernel/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche;
    const auto document =
        charter::read_toml(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!document) {
        VECHE_ENSURE(!document.error().sentence().empty(), "a refusal has its sentence");
        return 0;
    }
    charter::state founded;
    founded.found(*document);
    const std::string written = to_json(*document);
    const auto again = from_json<charter::charter_document>(std::string_view(written));
    VECHE_ENSURE(again.has_value(), "a charter can be journaled");
    VECHE_ENSURE(to_json(*again) == written, "and reads back the same");
    VECHE_ENSURE(charter::check(*again).has_value(), "and is still sound");
    for (const charter::body& body : document->bodies)
        (void)founded.electorate(body.id, date{20'000});
    return 0;
}
