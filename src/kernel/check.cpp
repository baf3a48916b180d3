#include "kernel/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace veche {

void invariant_broken(std::string_view condition, std::string_view meaning, const char* file,
                      int line) {
    std::fprintf(stderr, "veche: invariant broken: %.*s (%.*s) at %s:%d\n",
                 static_cast<int>(meaning.size()), meaning.data(),
                 static_cast<int>(condition.size()), condition.data(), file, line);
    std::abort();
}

}  // namespace veche
