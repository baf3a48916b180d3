#pragma once
// One-sided preferences as PrefLib writes them.

#include <string_view>

#include "matching/market_file.hpp"

namespace veche::matching {

/// Strict orders, complete (.soc) or not (.soi): "# KEY: value" lines, of which "# ALTERNATIVE NAME
/// 2: text" names alternative 2, then "count: 3,1,2", the best first. Every alternative has one
/// seat and ranks nobody before another (rank 0 for all); each of `count` becomes an applicant of
/// its own, named by line and number ("7.1"). Orders with equals (.toc, .toi) are refused with
/// their line: these rules need to know which choice is first.
result<market_file> read_preferences(std::string_view text);

}  // namespace veche::matching
