#pragma once
// The joint fund, first form: assessed contributions, money received, appropriations by decision.
// The book is double entry from the start; commitments and payments come on top of it.
//
// An id is used once: a command with a known id is refused, by one code where its content is the
// same (it was carried out) and by another where it is not (I12).

#include <tuple>

#include "kernel/message.hpp"

namespace veche::fund {

using line_id = id<struct line_tag>;  ///< a line of the budget
using assessment_id = id<struct assessment_tag>;
using contribution_id = id<struct contribution_tag>;
using correction_id = id<struct correction_tag>;

/// Only by decision. Opens a line of the budget and gives it its original appropriation.
struct appropriate {
    static constexpr wire_info wire{"fund.appropriate", 1,
                                    "Appropriate money or places to a budget line."};
    line_id line;
    localized title;
    amount amount_;
    std::int32_t year = 0;
    std::optional<measure_id> measure;
};
VECHE_FIELDS(appropriate, (line, "Id of the budget line."), (title, "Title by language."),
             (amount_, "What is appropriated."), (year, "Budget year."),
             (measure, "The measure it pays for."))

/// Only by decision. The original appropriation is kept beside the amended one; below what was
/// spent none is amended (I8).
struct amend_appropriation {
    static constexpr wire_info wire{"fund.amend_appropriation", 1,
                                    "Change the appropriation of a line."};
    line_id line;
    amount amount_;
};
VECHE_FIELDS(amend_appropriation, (line, "The budget line."),
             (amount_, "The appropriation as amended."))

/// A member's part of an assessment where the decision states the amounts.
struct share {
    member_id member;
    amount amount_;
};
VECHE_FIELDS(share, (member, "The member."), (amount_, "What it owes."))

/// Only by decision. Without stated shares the members' weight "money" of the decision's day
/// divides the total, by largest remainder, ties in the order of the charter.
struct assess_contributions {
    static constexpr wire_info wire{"fund.assess_contributions", 1,
                                    "Call the members' contributions."};
    assessment_id assessment;
    std::int32_t year = 0;
    amount total;
    std::vector<share> shares;
};
VECHE_FIELDS(assess_contributions, (assessment, "Id of the assessment."), (year, "Budget year."),
             (total, "What the members owe together."),
             (shares, "Stated amounts; they must sum to the total."))

/// Power "money". Money of a member has arrived in the bank. A former member may still pay what it
/// owed; what comes above that is a prepayment.
struct receive_contribution {
    static constexpr wire_info wire{"fund.receive_contribution", 1,
                                    "Record a contribution received."};
    contribution_id contribution;
    member_id member;
    amount amount_;
    date effective;
    std::string reference;
};
VECHE_FIELDS(receive_contribution, (contribution, "Id of the receipt."), (member, "Who paid."),
             (amount_, "What arrived."), (effective, "Value date."),
             (reference, "Reference of the bank."))

/// Power "money", by another person than the one who recorded it. A new entry that reverses the
/// receipt; nothing is deleted.
struct correct_contribution {
    static constexpr wire_info wire{"fund.correct_contribution", 1,
                                    "Reverse a receipt recorded by mistake."};
    correction_id correction;
    contribution_id contribution;
    localized reason;
};
VECHE_FIELDS(correct_contribution, (correction, "Id of the correction."),
             (contribution, "The receipt."), (reason, "Why, by language."))

using commands = std::tuple<appropriate, amend_appropriation, assess_contributions,
                            receive_contribution, correct_contribution>;

}  // namespace veche::fund
