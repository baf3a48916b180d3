#pragma once
// `veche tally FILE`: vectors of decision rules, decided without any union. A file holds one
// vector, or {"about": ..., "vectors": [...]}, in the form that docs/format/rules.md describes.
// Kinds: rule, bloc, threshold, double_majority. Where a vector says what it expects, the answer
// says whether it agrees. Beside a charter, a vector may name a rule of it (`under`) and a body
// whose seats vote (`body`, `on`) in place of writing them out.

#include <string>
#include <string_view>
#include <vector>

#include "charter/charter.hpp"

namespace veche::charter {

struct tally_line {
    std::string id;
    std::string title;
    std::string outcome;  ///< an outcome, a ballot, or a number
    std::string reason;
    std::optional<std::string> expect;
    bool agrees = true;  ///< false where an expectation is missed
    std::vector<reason_line> reasons;
    std::vector<turning> margins;
    bool operator==(const tally_line&) const = default;
};
VECHE_FIELDS(tally_line, (id, "Id of the vector."), (title, "Its title."),
             (outcome, "What the rule gives."), (reason, "Why, in one sentence."),
             (expect, "What the vector expects."), (agrees, "Whether that is what it gives."),
             (reasons, "The conditions that were tried."),
             (margins, "Single ballots that would have turned it."))

/// Refuses text that is not JSON or not of this form, naming the vector and the field. `beside` is
/// the charter that vectors may speak of, if there is one.
result<std::vector<tally_line>> tally(std::string_view file_text, const state* beside = nullptr);

}  // namespace veche::charter
