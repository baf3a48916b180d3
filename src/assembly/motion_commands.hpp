#pragma once
// What one may ask about the text of a motion before it is voted on.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/motion_terms.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

/// By the holder of a seat of the body, or with power "table". Paragraphs are those of the text as
/// it was tabled; an amendment to an amendment names a paragraph of that amendment's words. Until
/// the charter's time for amendments ends, and not while a vote on the motion is open.
struct table_amendment {
    static constexpr wire_info wire{"assembly.table_amendment", 1, "Table an amendment."};
    amendment_id amendment;
    motion_id motion;
    std::optional<amendment_id> amends;
    amendment_kind kind{};
    std::int32_t paragraph = 1;
    localized text;
    std::optional<enactment> order;
    localized reason;
};
VECHE_FIELDS(table_amendment, (amendment, "Id of the amendment."), (motion, "The motion."),
             (amends, "The amendment it amends; the motion itself where nothing is said."),
             (kind, "What it does."),
             (paragraph,
              "The paragraph, from 1; 0 to insert at the head. For an ordered command: "
              "its number, from 1."),
             (text, "The new words by language."),
             (order, "The command that is to be ordered instead."), (reason, "Why, by language."))

/// By whom it was tabled, or with power "preside". Not while a vote on the motion is open.
struct withdraw_amendment {
    static constexpr wire_info wire{"assembly.withdraw_amendment", 1, "Withdraw an amendment."};
    amendment_id amendment;
};
VECHE_FIELDS(withdraw_amendment, (amendment, "The amendment."))

/// Power "preside". Amendments to an amendment always come before it; those not named come last,
/// in the order that the room proposes.
struct set_voting_order {
    static constexpr wire_info wire{"assembly.set_voting_order", 1,
                                    "Set the order in which amendments are voted on."};
    motion_id motion;
    std::vector<amendment_id> amendments;
};
VECHE_FIELDS(set_voting_order, (motion, "The motion."),
             (amendments, "Amendments to the motion that wait for their vote, the first first."))

using motion_commands = std::tuple<table_amendment, withdraw_amendment, set_voting_order>;

}  // namespace veche::assembly
