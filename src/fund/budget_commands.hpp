#pragma once
// Authority: what may be spent, who contributes. All of it only by decision.

#include "fund/terms.hpp"

namespace veche::fund {

/// Opens a line of the budget and gives it its original appropriation, under another line out of
/// what that one has left (I9).
struct appropriate {
    static constexpr wire_info wire{"fund.appropriate", 1,
                                    "Appropriate money or places to a budget line."};
    line_id line;
    localized title;
    amount amount_;
    std::int32_t year = 0;
    std::optional<measure_id> measure;
    std::optional<line_id> parent;
    bool operator==(const appropriate&) const = default;
};
VECHE_FIELDS(appropriate, (line, "Id of the budget line."), (title, "Title by language."),
             (amount_, "What is appropriated."), (year, "Budget year."),
             (measure, "The measure it pays for."),
             (parent, "The line that it is a part of, and out of which it is given."))

/// The original appropriation is kept beside the amended one; below what is committed, paid and
/// given to lines under it none is amended (I8).
struct amend_appropriation {
    static constexpr wire_info wire{"fund.amend_appropriation", 1,
                                    "Change the appropriation of a line."};
    line_id line;
    amount amount_;
};
VECHE_FIELDS(amend_appropriation, (line, "The budget line."),
             (amount_, "The appropriation as amended."))

/// Virement: from one line to another of the same unit, at once or not at all. Committed money
/// stays.
struct transfer_appropriation {
    static constexpr wire_info wire{"fund.transfer_appropriation", 1,
                                    "Move appropriation from one line to another."};
    virement_id virement;
    line_id from;
    line_id to;
    amount amount_;
    bool operator==(const transfer_appropriation&) const = default;
};
VECHE_FIELDS(transfer_appropriation, (virement, "Id of the virement."), (from, "Line that gives."),
             (to, "Line that gets."), (amount_, "How much."))

/// While the budget of a year is late, a line of the year before gives a provisional one: a twelfth
/// of what that line had for itself when it was first called on, for each month begun. All twelve
/// together are the whole: the months that the division leaves over come first (twelfths in
/// fund.hpp). The same again with more months opens more. Over once a line of the year is decided.
struct open_provisional {
    static constexpr wire_info wire{"fund.open_provisional", 1,
                                    "Open twelfths of last year's line while a budget is late."};
    line_id line;
    line_id of;
    std::int32_t year = 0;
    std::int32_t months = 0;
};
VECHE_FIELDS(open_provisional, (line, "Id of the provisional line."),
             (of, "The line of the year before."), (year, "Budget year."),
             (months, "For how many months of it in all, counted from January."))

/// Turns a provisional line into the budget's: this is its original appropriation, in force back to
/// 1 January. What was used of it stays, so it cannot be less.
struct replace_provisional {
    static constexpr wire_info wire{"fund.replace_provisional", 1,
                                    "Put the budget in the place of a provisional line."};
    line_id line;
    amount amount_;
};
VECHE_FIELDS(replace_provisional, (line, "The provisional line."),
             (amount_, "The appropriation for the whole year."))

/// When a line is to be used. By decision: the early warning is measured by it, and whoever spends
/// does not move the measure. A new plan takes the place of the one before; no authority changes.
struct plan_spending {
    static constexpr wire_info wire{"fund.plan_spending", 1, "Plan when a line is used."};
    line_id line;
    std::vector<plan_step> plan;
};
VECHE_FIELDS(plan_spending, (line, "The budget line."),
             (plan, "Its steps, each of a later day of the line's year and of no less."))

/// Unspent authority of a closed year goes on in a line of a later one; without this it lapses.
struct carry_appropriation {
    static constexpr wire_info wire{"fund.carry_appropriation", 1,
                                    "Carry unspent appropriation over to a later year."};
    carry_over_id carry_over;
    line_id from;
    line_id to;
    amount amount_;
    bool operator==(const carry_appropriation&) const = default;
};
VECHE_FIELDS(carry_appropriation, (carry_over, "Id of the carry-over."),
             (from, "Line of the closed year."), (to, "Line of the later year."),
             (amount_, "How much of what was not spent."))

/// Shuts the books of the year: nothing is written for a day of it any more. Refused while a
/// reservation waits. Yields year_closed with the trial balance.
struct close_year {
    static constexpr wire_info wire{"fund.close_year", 1, "Close the books of a budget year."};
    std::int32_t year = 0;
};
VECHE_FIELDS(close_year, (year, "The year."))

/// Without stated shares the members' weight "money" of the decision's day divides the total, by
/// largest remainder, ties in the order of the charter.
struct assess_contributions {
    static constexpr wire_info wire{"fund.assess_contributions", 1,
                                    "Call the members' contributions."};
    assessment_id assessment;
    std::int32_t year = 0;
    amount total;
    std::vector<share> shares;
    std::optional<date> due{};
    bool operator==(const assess_contributions&) const = default;
};
VECHE_FIELDS(assess_contributions, (assessment, "Id of the assessment."), (year, "Budget year."),
             (total, "What the members owe together."),
             (shares, "Stated amounts; they must sum to the total."),
             (due, "Last day on which they pay in time, where the decision names one."))

/// Divides an assessment anew, back to its beginning: by the weights "money" as they hold now for
/// the day of that assessment, or as stated. Only the differences are written, and sum to zero; a
/// member may end with a credit.
struct reassess_contributions {
    static constexpr wire_info wire{"fund.reassess_contributions", 1,
                                    "Divide an assessment anew, back to its beginning."};
    assessment_id reassessment;
    assessment_id of;
    date key_day;
    std::vector<share> shares;
    bool operator==(const reassess_contributions&) const = default;
};
VECHE_FIELDS(reassess_contributions, (reassessment, "Id of the new division."),
             (of, "The assessment that is divided anew."),
             (key_day, "Day whose weights divide it, where no shares are stated."),
             (shares, "Stated amounts; they must sum to the same total."))

/// What a member owes and will not pay. Taken off what it owes; no line pays for it.
struct write_off_contribution {
    static constexpr wire_info wire{"fund.write_off_contribution", 1,
                                    "Give up part of what a member owes."};
    write_off_id write_off;
    member_id member;
    amount amount_;
    localized reason;
    bool operator==(const write_off_contribution&) const = default;
};
VECHE_FIELDS(write_off_contribution, (write_off, "Id of the write-off."), (member, "The member."),
             (amount_, "How much."), (reason, "Why, by language."))

/// A commitment that the decision itself makes: reserved and confirmed in one.
struct commit {
    static constexpr wire_info wire{"fund.commit", 1, "Commit money of a line to a partner."};
    commitment_id commitment;
    line_id line;
    amount amount_;
    localized purpose;
    fund::partner partner;
    std::vector<instalment> instalments;
    bool operator==(const commit&) const = default;
};
VECHE_FIELDS(commit, (commitment, "Id of the commitment."), (line, "The line that pays."),
             (amount_, "How much at most."), (purpose, "What for, by language."),
             (partner, "Who gets it."),
             (instalments, "When parts fall due; not more than the whole."))

}  // namespace veche::fund
