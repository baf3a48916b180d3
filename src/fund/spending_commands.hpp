#pragma once
// The road of the money: reserved -> committed -> claimed -> accepted -> paid -> recovered. Each
// step by the office that has the power for it, two of them by different persons (I14).

#include "fund/terms.hpp"

namespace veche::fund {

// --- Power "commit"
// ---------------------------------------------------------------------------------

/// Blocks the money at once (I7). Confirmed by another person, voided, or it expires after its last
/// day. The decision under which it is spent is the line's where none is named; it is in force.
struct reserve {
    static constexpr wire_info wire{"fund.reserve", 1, "Reserve money of a line."};
    commitment_id commitment;
    line_id line;
    amount amount_;
    localized purpose;
    std::optional<date> expires;
    std::optional<decision_id> decision;
    bool operator==(const reserve&) const = default;
};
VECHE_FIELDS(reserve, (commitment, "Id of the reservation, and of what it becomes."),
             (line, "The line that pays."), (amount_, "How much."),
             (purpose, "What for, by language."), (expires, "Its last day, if it has one."),
             (decision, "The decision it rests on; else that of the line."))

/// By another person. Of the whole or of a part; the rest is free again. The instalments sum to no
/// more than what is committed.
struct confirm_reservation {
    static constexpr wire_info wire{"fund.confirm_reservation", 1,
                                    "Confirm a reservation: it becomes a commitment."};
    commitment_id commitment;
    std::optional<amount> part;
    fund::partner partner;
    std::optional<content_ref> contract;
    std::vector<instalment> instalments;
};
VECHE_FIELDS(confirm_reservation, (commitment, "The reservation."),
             (part, "Only this much; the rest is free again."), (partner, "Who gets it."),
             (contract, "The contract, by its content."),
             (instalments, "When parts fall due; not more than the whole."))

struct void_reservation {
    static constexpr wire_info wire{"fund.void_reservation", 1, "Give a reservation up."};
    commitment_id commitment;
    localized reason;
};
VECHE_FIELDS(void_reservation, (commitment, "The reservation."), (reason, "Why, by language."))

/// What will not be claimed any more goes back to the line.
struct release_commitment {
    static constexpr wire_info wire{"fund.release_commitment", 1,
                                    "Release part of a commitment that is not needed."};
    release_id release;
    commitment_id commitment;
    amount amount_;
    localized reason;
    bool operator==(const release_commitment&) const = default;
};
VECHE_FIELDS(release_commitment, (release, "Id of the release."), (commitment, "The commitment."),
             (amount_, "How much."), (reason, "Why, by language."))

/// What a partner asks for, with its proofs. Items in other currencies are converted by rates that
/// hold from now on and are never computed again.
struct submit_claim {
    static constexpr wire_info wire{"fund.submit_claim", 1, "Submit a partner's claim."};
    claim_id claim;
    commitment_id commitment;
    std::vector<claim_item> items;
    std::vector<unit_rate> rates;
    bool operator==(const submit_claim&) const = default;
};
VECHE_FIELDS(submit_claim, (claim, "Id of the claim."), (commitment, "The commitment."),
             (items, "Costs, each with its proof."),
             (rates, "For each other currency, what it is worth in that of the commitment."))

// --- Power "certify"
// --------------------------------------------------------------------------------

/// Control: the claim less the deductions is owed to the partner.
struct accept_claim {
    static constexpr wire_info wire{"fund.accept_claim", 1, "Accept a claim, less deductions."};
    claim_id claim;
    std::vector<deduction> deductions;
};
VECHE_FIELDS(accept_claim, (claim, "The claim."), (deductions, "What control takes off."))

/// By whoever submitted it, with the power "commit" or "certify", it is no control: the claim is
/// withdrawn.
struct reject_claim {
    static constexpr wire_info wire{"fund.reject_claim", 1,
                                    "Reject a claim as a whole; by who submitted it, withdraw it."};
    claim_id claim;
    localized reason;
};
VECHE_FIELDS(reject_claim, (claim, "The claim."), (reason, "Why, by language."))

/// A certified claim is met out of the advance on its commitment.
struct settle_advance {
    static constexpr wire_info wire{"fund.settle_advance", 1, "Settle a claim out of an advance."};
    settlement_id settlement;
    claim_id claim;
    amount amount_;
    bool operator==(const settle_advance&) const = default;
};
VECHE_FIELDS(settle_advance, (settlement, "Id of the settlement."), (claim, "The claim."),
             (amount_, "How much."))

// --- Power "pay"
// ------------------------------------------------------------------------------------

struct payment_order {
    payment_id payment;
    claim_id claim;
    amount amount_;
    bool operator==(const payment_order&) const = default;
};
VECHE_FIELDS(payment_order, (payment, "Id of the payment, and its end-to-end id at the bank."),
             (claim, "The claim it meets."), (amount_, "How much."))

/// A payment run: all of it or none. By another person than the one who certified (I14), with money
/// that is there (I6).
struct pay_claims {
    static constexpr wire_info wire{"fund.pay_claims", 1, "Pay certified claims."};
    std::vector<payment_order> payments;
    date effective;
    std::optional<bank_account_id> bank;
};
VECHE_FIELDS(pay_claims, (payments, "The payments."), (effective, "Day of the order."),
             (bank, "Account of the fund; else the main one."))

/// Money before the claim; no expense until it is settled. By another person than the one who
/// reserved.
struct pay_advance {
    static constexpr wire_info wire{"fund.pay_advance", 1, "Pay an advance on a commitment."};
    advance_id advance;
    commitment_id commitment;
    amount amount_;
    date effective;
    std::optional<bank_account_id> bank;
    bool operator==(const pay_advance&) const = default;
};
VECHE_FIELDS(pay_advance, (advance, "Id of the advance."), (commitment, "The commitment."),
             (amount_, "How much."), (effective, "Day of the order."),
             (bank, "Account of the fund; else the main one."))

// --- Power "money"
// ----------------------------------------------------------------------------------

struct receive_refund {
    static constexpr wire_info wire{"fund.receive_refund", 1,
                                    "Record what came back of an advance."};
    refund_id refund;
    commitment_id commitment;
    amount amount_;
    date effective;
    std::string reference;
    std::optional<bank_account_id> bank;
    bool operator==(const receive_refund&) const = default;
};
VECHE_FIELDS(receive_refund, (refund, "Id of the refund."), (commitment, "The commitment."),
             (amount_, "What came back."), (effective, "Value date."),
             (reference, "Reference of the bank."),
             (bank, "Account of the fund; else the main one."))

/// Money paid comes back. As the decision says it is on the line again, to be spent, or income of
/// the fund.
struct receive_recovery {
    static constexpr wire_info wire{"fund.receive_recovery", 1,
                                    "Record what came back of a payment."};
    recovery_id recovery;
    payment_id payment;
    amount amount_;
    bool reuse = false;
    decision_id decision;
    date effective;
    std::string reference;
    std::optional<bank_account_id> bank;
    bool operator==(const receive_recovery&) const = default;
};
VECHE_FIELDS(receive_recovery, (recovery, "Id of the recovery."), (payment, "The payment."),
             (amount_, "What came back."), (reuse, "Whether the line may spend it again."),
             (decision, "The decision that says so."), (effective, "Value date."),
             (reference, "Reference of the bank."),
             (bank, "Account of the fund; else the main one."))

}  // namespace veche::fund
