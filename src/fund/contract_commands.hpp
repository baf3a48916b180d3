#pragma once
// A contract with a winner of a call that stands on a commitment: drafted by one person, signed by
// another, claimed by instalments, ended. It is a commitment of its own, carved out of the call's;
// what it says was fixed in the call, and whoever accepted the offer has accepted that.

#include "fund/terms.hpp"

namespace veche::fund {

/// A draft binds nothing. Amount and instalments are what the call promised; nobody states them.
struct draft_contract {
    static constexpr wire_info wire{"fund.draft_contract", 1,
                                    "Draft a contract with a winner of a call."};
    commitment_id contract;
    call_ref call;
    person_id beneficiary;
    std::optional<content_ref> text;
    bool operator==(const draft_contract&) const = default;
};
VECHE_FIELDS(draft_contract, (contract, "Id of the contract, and of its commitment."),
             (call, "The call."), (beneficiary, "Number of the winner, who gets the money."),
             (text, "Text of the contract, by its content; it names no person."))

/// By another person than who drafted it: as much as the contract says leaves the commitment behind
/// the call and is committed anew, for the contract.
struct sign_contract {
    static constexpr wire_info wire{"fund.sign_contract", 1, "Sign a contract that was drafted."};
    commitment_id contract;
    bool operator==(const sign_contract&) const = default;
};
VECHE_FIELDS(sign_contract, (contract, "The contract."))

enum class contract_end : std::uint8_t {
    ended,      ///< fulfilled: its last instalment is due, or all of it is accepted
    terminated  ///< given up before that, for a reason; a draft too
};
VECHE_CHOICES(contract_end, ended, terminated)

/// What was not accepted goes back to the line. No claim may wait.
struct end_contract {
    static constexpr wire_info wire{"fund.end_contract", 1, "End a contract, or give it up."};
    commitment_id contract;
    contract_end how{};
    localized reason;
    bool operator==(const end_contract&) const = default;
};
VECHE_FIELDS(end_contract, (contract, "The contract."), (how, "Fulfilled, or given up."),
             (reason, "Why, by language; needed where it is given up."))

}  // namespace veche::fund
