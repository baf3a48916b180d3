#pragma once
// Why a vote went as it did, as lines that any language can say.

#include "charter/counting.hpp"

namespace veche::charter {

/// The lines of a verdict: quorum, pass, tie, against, as far as they were tried. Their words are
/// left to whoever shows them (`put_words`).
std::vector<reason_line> explain(const rule&, const assembled&, const circumstances&,
                                 const finding&);
/// Says each line in English.
void put_words(std::vector<reason_line>&);
/// One sentence from the lines that decided, once they have words.
std::string summary(const finding&, const std::vector<reason_line>&);
/// The single ballots that would have turned the outcome (to yes or to no).
/// `assembled` is that of the same ballots.
std::vector<turning> find_margins(const rule&, std::span<const voter>, const ballot_map&,
                                  const circumstances&, const assembled&, outcome now);

/// Per cent with two places, cut off and never rounded up: 64.999 must not look like 65.
std::string percent(int128 part, int128 of);
/// The phrase for the weight's name, or the name itself.
std::string weight_phrase(const std::string& weight);

/// A line with its English words.
reason_line make_line(std::string code, std::vector<std::string> args, bool holds = true,
                      std::int32_t depth = 0, std::string group = {});

}  // namespace veche::charter
