#pragma once
// What the tests of this room share.

#include <doctest/doctest.h>

#include "elections/elections.hpp"

namespace veche::elections::testing {

inline paper ranked(std::int64_t count, std::vector<std::string> marks) {
    return {count, std::move(marks), {}};
}

inline certificate counted(const contest& c) {
    auto made = count(c);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

/// Votes after a stage, in the order of the candidates.
inline std::vector<std::string> votes_of(const stage& s) {
    std::vector<std::string> votes;
    for (const row& r : s.rows) votes.push_back(votes_text(r.votes));
    return votes;
}

inline std::vector<std::string> codes_of(const stage& s) {
    std::vector<std::string> codes;
    for (const reason& r : s.reasons) codes.push_back(r.code);
    return codes;
}

using texts = std::vector<std::string>;

}  // namespace veche::elections::testing
