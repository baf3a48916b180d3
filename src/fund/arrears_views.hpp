#pragma once
// What each member was called for, what came, what it owes and since when; and what the year will
// still ask of it, also in its own currency at a named rate.

#include "fund/fund.hpp"

namespace veche::fund {

/// What came pays the calls in the order of the days on which they are due; a call without a due
/// day stands there with the day on which it was made.
struct call_row {
    assessment_id assessment;
    std::int32_t year = 0;
    amount called;
    date on;
    std::optional<date> due;
    amount owed;
    decision_id decision;
    std::int64_t seq = 0;
};
VECHE_FIELDS(call_row, (assessment, "The assessment."), (year, "Budget year."),
             (called, "The member's part of it, as it stood on the day asked."),
             (on, "Day of the call."), (due, "Last day to pay in time, where one was named."),
             (owed, "What of it nothing has come for."), (decision, "The decision that called it."),
             (seq, "Entry."))

struct arrears_row {
    member_id member;
    localized name;
    amount called;
    amount came;
    amount written_off;
    amount owed;
    amount overdue;
    amount prepaid;
    std::optional<date> since;
    std::int32_t age_days = 0;
    std::vector<call_row> calls;
    std::int64_t last_seq = 0;
};
VECHE_FIELDS(
    arrears_row, (member, "The member."), (name, "Its name."), (called, "Called."),
    (came, "Received."), (written_off, "Given up."), (owed, "Still owed."),
    (overdue, "Of that, what a named due day has passed for."), (prepaid, "Came beyond all calls."),
    (since, "Due day of the oldest call that is owed and due; where it has none, its day."),
    (age_days, "Days from then to the day asked; 0 where it is still to come."),
    (calls, "Its calls, in the order in which they are paid."), (last_seq, "The latest entry."))

/// A rate that a forecast used, as the treasury named it.
struct rate_row {
    rate_id id;
    unit_id from;
    unit_id to;
    exchange_rate at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(rate_row, (id, "The named rate."), (from, "Unit that is told in another."),
             (to, "Unit that it is told in."), (at, "The rate."), (seq, "Entry."))

/// Under the assessments that are in force for the year of the day asked.
struct forecast_row {
    member_id member;
    localized name;
    std::int32_t year = 0;
    amount called;
    amount left;
    std::optional<unit_id> currency;
    std::optional<amount> own;
    std::optional<rate_row> rate;
};
VECHE_FIELDS(forecast_row, (member, "The member."), (name, "Its name."), (year, "The year."),
             (called, "Called for the year."),
             (left, "What the year still asks of it; what came is counted."),
             (currency, "The member's own currency, as the charter says."),
             (own, "The same in its own currency; nothing where no rate is named."),
             (rate, "The rate for it; nothing where the call is in its own currency."))

struct arrears_query {
    static constexpr wire_info wire{"fund.arrears", 1,
                                    "What members owe, since when, and what "
                                    "the year still asks of them."};
    std::optional<date> at;
};
VECHE_FIELDS(arrears_query, (at, "Only entries for this day and before; today where none."))

struct arrears_view {
    date at;
    std::vector<arrears_row> members;
    std::vector<forecast_row> forecast;
};
VECHE_FIELDS(arrears_view, (at, "The day."), (members, "By member, in the charter's order."),
             (forecast, "By member, in the charter's order."))

result<arrears_view> ask(const world&, const arrears_query&, const viewer&);

}  // namespace veche::fund
