#include "prevention/kinds.hpp"

#include <algorithm>

namespace veche::prevention {

kind_scale scale_of(preventive_kind kind) {
    // OxCGRT codebook, version 1: the highest level of each indicator, and whether it has a flag.
    constexpr kind_scale scales[] = {{3, true}, {3, true},  {2, true},  {4, true}, {2, true},
                                     {3, true}, {2, true},  {4, false}, {2, true}, {2, false},
                                     {2, true}, {3, false}, {2, false}, {4, true}, {5, true},
                                     {3, true}, {1, false}};
    static_assert(std::size(scales) == kind_count);
    return scales[static_cast<std::size_t>(kind)];
}

std::string code_of(preventive_kind kind) {
    std::string out(name_of(kind));
    out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

std::optional<preventive_kind> kind_named(std::string_view text) {
    for (const preventive_kind one : all_kinds)
        if (text == name_of(one) || text == code_of(one)) return one;
    return std::nullopt;
}

}  // namespace veche::prevention
