#pragma once
// What pages of calls and of the fund show of contracts with winners: the rule in sentences, the
// figures, each contract with what comes next.

#include "api/pages/acts.hpp"
#include "calls/views.hpp"
#include "fund/views.hpp"

namespace veche::api::pages {

struct contract_card {
    fund::contract_row row;
    std::string next;
    std::vector<act> acts;
};
VECHE_VIEW(contract_card, (row, "The contract."), (next, "What comes next, in words."),
           (acts, "What the reader may do."))

/// A winner with whom there is no contract yet.
struct winner_card {
    calls::promised_row row;
    std::vector<act> acts;
};
VECHE_VIEW(winner_card, (row, "The winner, and what was promised."),
           (acts, "What the reader may do."))

struct contracts_part {
    std::string path;
    std::vector<std::string> rule;
    std::vector<fund::contract_totals> totals;
    std::vector<contract_card> contracts;
    std::vector<winner_card> winners;
    bool more = false;
};
VECHE_VIEW(contracts_part, (path, "Where they are listed, below the language."),
           (rule, "When instalments are paid, in sentences."), (totals, "In figures, by unit."),
           (contracts, "The contracts."), (winners, "Winners without one."),
           (more, "Whether there are more of either."))

/// "40 % on signing, 10 days after it": each instalment of the terms.
std::vector<std::string> contract_rule(const visit&, const calls::contract_terms&);
/// Contracts as asked for; `back` is the page to return to.
contracts_part contracts_asked(visit&, const fund::contracts_query&, const std::string& back);
/// Those of a call, with its winners; nothing where it makes none.
std::optional<contracts_part> contracts_of(visit&, const calls::call_id&,
                                           const std::optional<person_id>&,
                                           const std::string& back);

}  // namespace veche::api::pages
