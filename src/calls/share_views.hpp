#pragma once
// What one can know of a call that divides something: its parties, what each gets, and why. All of
// it is everybody's: parties are members, regions and institutions.

#include "calls/calls.hpp"
#include "shares/explanation.hpp"

namespace veche::calls {

struct share_row {
    party_id party;
    localized title;
    std::optional<member_id> member;
    localized member_name;
    std::optional<group_id> group;
    localized group_title;
    std::optional<std::int64_t> weight;
    std::string source;
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> most;
    std::optional<office_id> office;
    localized office_name;
    std::optional<std::int64_t> claim;
    bool stated = false;
    localized reason;
    std::optional<std::int64_t> claim_seq;
    std::optional<std::string> exact;
    std::optional<std::int64_t> units;
};
VECHE_FIELDS(share_row, (party, "The party."), (title, "Its title."), (member, "Its member."),
             (member_name, "Name of the member."), (group, "The group in which it is."),
             (group_title, "Title of the group."), (weight, "Its weight."),
             (source, "Where its figures come from."), (least, "What it gets at least."),
             (most, "What it gets at most."), (office, "The office that states its claim."),
             (office_name, "Name of the office."),
             (claim, "The claim as it stands, or as it counts without a statement."),
             (stated, "Whether its office has stated it."), (reason, "What its office said."),
             (claim_seq, "Entry of the claim."),
             (exact,
              "In proportion: what is divided x its weight / all weights. Among claims: its "
              "exact share, once it is shared out."),
             (units, "What it gets, once it is shared out."))

struct group_share_row {
    group_id group;
    localized title;
    std::optional<group_id> within;
    std::int64_t weight = 0;
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> most;
    std::optional<std::int64_t> units;
};
VECHE_FIELDS(group_share_row, (group, "The group."), (title, "Its title."),
             (within, "The group in which it is."), (weight, "Weights of all in it."),
             (least, "What it gets at least."), (most, "What it gets at most."),
             (units, "What it gets, once it is shared out."))

struct shares_query {
    static constexpr wire_info wire{"calls.shares", 1,
                                    "Over whom a call divides what it has, and what each gets."};
    call_id call;
};
VECHE_FIELDS(shares_query, (call, "The call."))

struct shares_view {
    std::vector<share_row> parties;
    std::vector<group_share_row> groups;
    std::int64_t units = 0;
    std::int64_t weight = 0;
    std::optional<amount> of;
    std::optional<apportion_terms> apportion;
    std::optional<divide_terms> divide;
    std::optional<shared_out> shared;
    std::optional<instant> shared_at;
    std::optional<std::int64_t> shared_seq;
    std::vector<party_id> states;
};
VECHE_FIELDS(shares_view, (parties, "The parties, in the order of the call."),
             (groups, "Groups of them."), (units, "What is divided, in smallest units."),
             (weight, "All weights together."),
             (of, "The same with its unit; nothing where it is places."),
             (apportion, "The method, where it is divided by weight."),
             (divide, "The rule, where it is divided among claims."), (shared, "What came of it."),
             (shared_at, "When it was shared out."), (shared_seq, "Entry of that."),
             (states, "Parties whose claims you may state."))

struct share_query {
    static constexpr wire_info wire{
        "calls.share", 1, "What one party of a call gets, why, and what would change it."};
    call_id call;
    party_id party;
};
VECHE_FIELDS(share_query, (call, "The call."), (party, "The party."))

/// One level on the way from the whole down to the party.
struct share_step {
    std::optional<group_id> within;
    localized within_title;
    localized title;
    std::int64_t amount = 0;
    veche::shares::explanation why;
};
VECHE_FIELDS(share_step, (within, "The group in which it is shared out; nothing for the whole."),
             (within_title, "Its title."), (title, "Who gets something here."),
             (amount, "What is shared out here."), (why, "Why that much."))

struct share_view {
    share_row row;
    std::vector<share_step> steps;
    std::optional<veche::shares::division_explanation> division;
};
VECHE_FIELDS(share_view, (row, "The party."),
             (steps, "In proportion: level by level from above, once it is shared out."),
             (division, "Among claims: why that much, once it is shared out."))

}  // namespace veche::calls
