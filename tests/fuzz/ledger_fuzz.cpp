// Files of ledger vectors: whatever they hold is answered, and no book made of it breaks an
// invariant (post.cpp asserts them after every step).

#include <cstdint>

#include "ledger/vector_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    (void)veche::ledger::run_vectors({reinterpret_cast<const char*>(data), size});
    return 0;
}
