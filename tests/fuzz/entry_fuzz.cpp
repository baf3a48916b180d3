// An entry: whatever splits composes back to the same bytes; its event line may be anything.

#include <cstdint>

#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "kernel/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto view = veche::journal::parse_entry(bytes);
    if (!view) return 0;
    const auto lines = veche::journal::signature_lines(view->signature_block);
    VECHE_ENSURE(
        veche::journal::compose_entry(view->seq, view->at, view->event_line, lines) == bytes,
        "an entry has one spelling");
    veche::json::document line;
    if (line.reset(view->event_line)) (void)veche::journal::read_envelope(line.root());
    return 0;
}
