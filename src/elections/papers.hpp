#pragma once
// Papers as the count reads them: candidates by position, checked.

#include "elections/elections.hpp"

namespace veche::elections {

using position = std::uint32_t;  ///< of a candidate in the contest

struct read_paper {
    std::int64_t count = 0;
    std::vector<position> marks;
    std::vector<position> against;
};

struct read_papers {
    std::vector<read_paper> papers;  ///< those that mark or refuse somebody
    std::int64_t valid = 0;
    std::int64_t blank = 0;
};

/// Refuses a contest that is none, and papers that do not fit it.
result<read_papers> read(const contest&);

}  // namespace veche::elections
