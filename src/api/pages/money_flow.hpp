#pragma once
// The way of the money of one unit: from those who paid in, through budget lines, to those who were
// paid. Only money that moved is on it; what is reserved or free to spend is authority, not money.

#include <vector>

#include "fund/views.hpp"

namespace veche::api::pages {

enum class flow_side : std::uint8_t {
    member,    ///< contributions received of a member, without those reversed
    income,    ///< interest, gifts, fees, and what came back as income
    came_back  ///< what came back of payments, to be spent again
};

struct flow_source {
    flow_side side{};
    member_id member;
    localized name;  ///< of the member
    std::int64_t minor = 0;
};

enum class flow_goal : std::uint8_t {
    partner,    ///< paid, or settled out of an advance, on commitments of a line to one partner
    charges,    ///< taken by the bank out of lines
    advances,   ///< paid ahead on commitments and not settled
    exchanged,  ///< given for another unit, less what was got for it
    in_bank     ///< what the accounts of the fund hold
};

struct flow_use {
    flow_goal goal{};
    fund::line_id line;
    localized title;  ///< of the line
    fund::partner partner;
    std::int64_t minor = 0;
};

struct money_flow {
    unit_id unit;
    std::vector<flow_source> sources;
    std::int64_t got_in_exchange = 0;  ///< got for another unit, less what was given
    std::vector<flow_use> uses;        ///< together as much as all sources
};

/// One for each unit in which money has come in: those that members pay in, then the others, each
/// by unit. Sources and uses of nothing are left out.
/// Sources and uses sum to the same, because every entry of the book sums to zero.
std::vector<money_flow> flows_of(const fund::contributions_view&, const fund::balances_view&,
                                 const fund::budget_view&, const fund::commitments_view&,
                                 const fund::payments_view&);

/// What of each use is the member's, where each has its share of everything that came in: largest
/// remainder, ties to the earlier. The parts sum to what the member paid in.
std::vector<std::int64_t> parts_of_member(const money_flow&, const member_id&);

}  // namespace veche::api::pages
