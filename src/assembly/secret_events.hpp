#pragma once
// What follows from commands about secret votes.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/events.hpp"
#include "ballot/record.hpp"

namespace veche::assembly {

/// The last trustee has confirmed: ballots can be cast under the key that they made.
struct secret_ballot_opened {
    static constexpr wire_info wire{"assembly.secret_ballot_opened", 1,
                                    "The trustees have made the key; ballots can be cast."};
    vote_id vote;
    ballot::election election;
};
VECHE_FIELDS(secret_ballot_opened, (vote, "The vote."),
             (election, "What ballots are encrypted under."))

/// No ballot is accepted any more. Below the floor nothing is decrypted, ever.
struct secret_ballot_closed {
    static constexpr wire_info wire{"assembly.secret_ballot_closed", 1,
                                    "A secret vote was closed for ballots."};
    vote_id vote;
    ballot::closing closing;
    bool enough = false;
};
VECHE_FIELDS(secret_ballot_closed, (vote, "The vote."), (closing, "The board as it was closed."),
             (enough, "Whether enough took part for the totals to be decrypted."))

struct option_total {
    std::string option;
    std::int64_t ballots = 0;
    bool operator==(const option_total&) const = default;
};
VECHE_FIELDS(option_total, (option, "Id of the option, or \"blank\"."),
             (ballots, "Ballots for it."))

/// Enough trustees have decrypted, or too few voters took part. `counts` are what the rule was
/// applied to: votes for the one elected (or, where nobody is, the one ahead) are in favour, votes
/// for others against, blank ones abstentions, seats without a counted ballot absent.
struct secret_vote_decided {
    static constexpr wire_info wire{"assembly.secret_vote_decided", 1,
                                    "The totals of a secret vote gave its outcome."};
    vote_id vote;
    motion_id motion;
    charter::outcome outcome{};
    std::optional<ballot::outcome> result;
    std::vector<option_total> totals;
    std::optional<std::string> elected;
    ballot_counts counts;
    std::vector<finding> reasons;
};
VECHE_FIELDS(secret_vote_decided, (vote, "The vote."), (motion, "The motion."),
             (outcome, "The outcome under the rule."),
             (result, "The decrypted totals; none where too few took part."),
             (totals, "The same by option."), (elected, "The option that is elected."),
             (counts, "What the rule was applied to, by seat."),
             (reasons, "The conditions of the rule that were tried, in order."))

using secret_derived = std::tuple<secret_ballot_opened, secret_ballot_closed, secret_vote_decided>;

}  // namespace veche::assembly
