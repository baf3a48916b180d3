// Checkpoints and signed notes: what is accepted says again exactly what was read.

#include <cstdint>

#include "journal/checkpoint.hpp"
#include "kernel/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto checkpoint = veche::journal::parse_checkpoint(text))
        VECHE_ENSURE(text.starts_with(veche::journal::checkpoint_text(*checkpoint)),
                     "a checkpoint has one spelling");
    (void)veche::journal::parse_verifier_key(text);
    return 0;
}
