// Files with couples: whatever they hold is answered, and what is matched holds.

#include <cstdint>
#include <cstdlib>

#include "matching/couples_check.hpp"
#include "matching/couples_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche::matching;
    const auto file = read_couples_file({reinterpret_cast<const char*>(data), size});
    if (!file) return 0;
    const auto made = match_couples(file->market, {.orders_tried = 2, .conflicts = 200});
    if (!made || !couples_fault(file->market, *made).empty()) std::abort();
    return 0;
}
