#pragma once
// Invariants. `VECHE_ENSURE` holds in release builds too: a broken invariant stops the program
// before it can write anything wrong. Input never reaches it: input is answered by a refusal.

#include <string_view>

namespace veche {

/// Prints what broke and where, then aborts.
[[noreturn]] void invariant_broken(std::string_view condition, std::string_view meaning,
                                   const char* file, int line);

}  // namespace veche

#define VECHE_ENSURE(condition, meaning)                                          \
    do {                                                                          \
        if (!(condition)) [[unlikely]]                                            \
            ::veche::invariant_broken(#condition, (meaning), __FILE__, __LINE__); \
    } while (false)
