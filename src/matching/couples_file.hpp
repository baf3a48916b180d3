#pragma once
// Files of markets with couples, in the form that programs of this kind share
// (docs/format/couples.md): lines `r id p...`, `c id r1 r2 p1 p2 p1 p2...` and `p id places r...`,
// numbers parted by blanks, -1 for no place, `#` before a remark.

#include <string>
#include <string_view>
#include <vector>

#include "matching/couples.hpp"

namespace veche::matching {

struct couples_file {
    couples_market market;
    std::vector<std::int64_t> applicants;  ///< ids in the file
    std::vector<std::int64_t> programmes;
    std::vector<std::int64_t> couples;
};

/// Refuses what is no such file, one in two couples, and couples that go round in a circle, naming
/// line and remedy.
result<couples_file> read_couples_file(std::string_view text);

/// `m 1`, then `r id programme` for each applicant, -1 for none; `m 0` before capacities that
/// changed, as `p id places`.
std::string couples_file_result(const couples_file&, const couples_certificate&);

}  // namespace veche::matching
