// Files of elections (BLT and JSON): whatever they hold is read or refused, and what is read names
// candidates that there are.

#include <cstdint>

#include "elections/election_file.hpp"
#include "kernel/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche;
    const auto read = elections::read_file_text({reinterpret_cast<const char*>(data), size});
    if (!read) return 0;
    VECHE_ENSURE(!read->candidates.empty(), "somebody stands");
    (void)elections::contest_of(*read);
    VECHE_ENSURE(!to_json(*read).empty(), "it can be written");
    return 0;
}
