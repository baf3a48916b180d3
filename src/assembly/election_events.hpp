#pragma once
// What follows when an election closes: one entry for each stage of the count, the result, and what
// it does.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/election_terms.hpp"
#include "kernel/message.hpp"
#include "kernel/refusal_record.hpp"

namespace veche::assembly {

/// One stage of the count. Stages come before election_decided, in order.
struct stage_counted {
    static constexpr wire_info wire{"assembly.stage_counted", 1, "A stage of an election's count."};
    election_id election;
    std::int32_t round = 1;
    elections::stage stage;
};
VECHE_FIELDS(stage_counted, (election, "The election."), (round, "The round, from 1."),
             (stage, "The stage."))

/// The result of a round. Whoever has the acts with the ballots can do the count again:
/// `ballots_sha256` names them as they counted (elections.hpp, `ballots_text`), `lot_seed` is what
/// lots were drawn from.
struct election_decided {
    static constexpr wire_info wire{"assembly.election_decided", 1,
                                    "A round of an election was counted."};
    election_id election;
    std::int32_t round = 1;
    elections::result_kind outcome{};
    std::int64_t papers = 0;
    std::int64_t blank = 0;
    std::int64_t absent = 0;
    std::optional<std::int64_t> quota;
    std::int32_t stages = 0;
    std::vector<person_id> elected;
    std::vector<person_id> runoff;
    std::string ballots_sha256;
    std::string lot_seed;
};
VECHE_FIELDS(election_decided, (election, "The election."), (round, "The round, from 1."),
             (outcome, "What came out."), (papers, "Ballots that mark somebody."),
             (blank, "Ballots that mark nobody."), (absent, "Seats that have not voted."),
             (quota, "The quota, in 1/100,000 of a vote."), (stages, "How many stages it took."),
             (elected, "Who is elected, in the order of election."),
             (runoff, "Between whom the second round is held."),
             (ballots_sha256, "SHA-256 of the ballots as they counted, in hex."),
             (lot_seed, "Seed of the lots, in hex."))

/// One command that carries out the result was carried out. The office applies it with this entry.
struct post_conferred {
    static constexpr wire_info wire{"assembly.post_conferred", 1,
                                    "The result of an election was carried out."};
    election_id election;
    std::int32_t index = 0;
    enactment command;
};
VECHE_FIELDS(post_conferred, (election, "The election."), (index, "Which of the commands, from 0."),
             (command, "The command."))

/// None of the commands was carried out, because one of them could not be.
struct posts_not_conferred {
    static constexpr wire_info wire{"assembly.posts_not_conferred", 1,
                                    "The result of an election could not be carried out."};
    election_id election;
    std::int32_t index = 0;
    refusal_record why;
};
VECHE_FIELDS(posts_not_conferred, (election, "The election."),
             (index, "The command that failed, from 0."), (why, "Why it was refused."))

using election_events =
    std::tuple<stage_counted, election_decided, post_conferred, posts_not_conferred>;

}  // namespace veche::assembly
