#pragma once
// The book (ledger/book.hpp) holds every amount; beside it stands what an amount cannot say:
// titles, partners, decisions, persons. Nothing that can be folded is kept twice.

#include "charter/charter.hpp"
#include "fund/commands.hpp"
#include "fund/events.hpp"
#include "kernel/cow.hpp"
#include "ledger/book.hpp"

namespace veche::fund {

struct line_amendment {
    decision_id decision;
    std::int64_t minor = 0;  ///< the appropriation as amended
    std::uint64_t seq = 0;
};

struct spending_plan {
    std::vector<plan_step> steps;
    decision_id decision;
    std::uint64_t seq = 0;
};

/// What a line rests on while the budget is late.
struct provisional_authority {
    line_id of;             ///< line of the year before
    std::int64_t base = 0;  ///< what that had for itself when it was first called on
    std::int32_t months = 0;
};

struct budget_line {
    appropriate asked;
    decision_id decision;
    std::uint64_t seq = 0;
    std::vector<line_amendment> amendments;
    date on;                           ///< day on which it was opened
    std::vector<spending_plan> plans;  ///< the last one counts
    std::optional<provisional_authority> provisional;
};

/// What was asked, by whom, when; in the words of its command.
template <class Command>
struct record {
    Command asked;
    person_id by;
    decision_id decision;  ///< empty where an office acted by itself
    std::uint64_t seq = 0;
};

/// For a record with something more: both, one after the other (kernel/parts.hpp).
template <class Command, class F, class... More>
void parts_of_record(record<Command>& all, F&& f, More&... more) {
    f(all.asked, all.by, all.decision, all.seq, more...);
}
template <class Command, class F, class... More>
void parts_of_record(const record<Command>& all, F&& f, More&... more) {
    f(all.asked, all.by, all.decision, all.seq, more...);
}

struct receipt : record<receive_contribution> {
    std::optional<std::uint64_t> reversed_seq;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        parts_of_record(self, std::forward<F>(f), self.reversed_seq);
    }
};

struct release : record<release_commitment> {
    date on;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        parts_of_record(self, std::forward<F>(f), self.on);
    }
};

/// What a call that is over gave back.
struct released_backing {
    backing_released what;
    date on;
    std::uint64_t seq = 0;
};

struct assessment : record<assess_contributions> {
    std::vector<share> shares;  ///< as they stand, after every new division
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        parts_of_record(self, std::forward<F>(f), self.shares);
    }
};

/// The words beside a commitment of the book.
struct commitment {
    commitment_id id;
    line_id line;
    localized purpose;
    decision_id decision;  ///< on which it rests
    person_id confirmed_by;
    fund::partner partner;
    std::optional<content_ref> contract;
    std::vector<instalment> instalments;
    localized reason;  ///< why it was given up
    std::uint64_t seq = 0;
    std::optional<std::uint64_t> resolved_seq;
};

/// withdrawn: rejected by whoever submitted it.
enum class claim_status : std::uint8_t { submitted, accepted, rejected, withdrawn };
VECHE_CHOICES(claim_status, submitted, accepted, rejected, withdrawn)

struct claim {
    submit_claim asked;
    claim_status status = claim_status::submitted;
    std::vector<std::int64_t> converted;  ///< each item in the unit of the commitment, frozen
    std::vector<deduction> deductions;
    localized reason;  ///< why it was rejected or withdrawn
    person_id submitted_by;
    person_id judged_by;
    std::uint64_t seq = 0;
    std::optional<std::uint64_t> judged_seq;
};

struct payment {
    payment_order asked;
    date effective;
    bank_account_id bank;
    person_id by;
    std::uint64_t seq = 0;
};

enum class contract_state : std::uint8_t {
    drafted,
    dropped,   ///< given up before it was signed
    in_force,  ///< signed, and nothing of it accepted yet
    claimed,   ///< something of it was accepted
    paid,      ///< all of it
    ended,
    terminated
};
VECHE_CHOICES(contract_state, drafted, dropped, in_force, claimed, paid, ended, terminated)

/// A contract with a winner of a call. Once it is signed there is a commitment of its id.
struct contract {
    contract_drafted what;
    std::optional<content_ref> text;
    person_id drafted_by;
    std::uint64_t seq = 0;
    std::optional<date> signed_on;
    std::uint64_t signed_seq = 0;
    std::int64_t claimed = 0;  ///< by claims that wait, and as accepted
    std::int32_t waiting = 0;  ///< claims that are not judged
    std::optional<contract_ended> over;
    localized reason;
    date over_on;
    std::uint64_t over_seq = 0;
};

struct contract_key {
    call_ref call;
    person_id beneficiary;
    auto operator<=>(const contract_key&) const = default;
};

/// Appropriations of all lines in one unit.
struct appropriation_fold {
    std::int64_t original = 0;
    std::int64_t amended = 0;
};

struct closed_year {
    std::int32_t year = 0;
    decision_id decision;
    std::string root;  ///< of the trial balance, in hex
    std::uint64_t seq = 0;
};

struct state {
    ledger::book book;
    cow_map<std::uint64_t, decision_id> orders;  ///< on which an entry rests, by its place
    cow_map<line_id, budget_line> lines;
    cow_map<unit_id, appropriation_fold> appropriated;
    cow_map<virement_id, record<transfer_appropriation>> virements;
    cow_map<carry_over_id, record<carry_appropriation>> carried;
    cow_map<std::int32_t, closed_year> closed;
    cow_map<assessment_id, assessment> assessments;
    cow_map<assessment_id, record<reassess_contributions>> reassessments;
    cow_map<write_off_id, record<write_off_contribution>> write_offs;
    cow_map<bank_account_id, record<open_bank_account>> banks;
    cow_map<contribution_id, receipt> receipts;
    cow_map<correction_id, record<correct_contribution>> corrections;
    cow_map<income_id, record<record_income>> incomes;
    cow_map<charge_id, record<record_bank_charge>> charges;
    cow_map<exchange_id, record<exchange_money>> exchanges;
    cow_map<rate_id, record<name_rate>> rates;
    cow_map<past_budget_id, record<record_past_budget>> past_budgets;
    cow_map<commitment_id, commitment> commitments;
    cow_map<release_id, release> releases;
    cow_map<std::string, released_backing> backings;  ///< by call
    cow_map<commitment_id, contract> contracts;
    cow_map<contract_key, commitment_id> won;    ///< the latest contract with a winner
    cow_map<call_ref, std::int64_t> contracted;  ///< carved out for contracts of a call
    cow_map<claim_id, claim> claims;
    cow_map<settlement_id, record<settle_advance>> settlements;
    cow_map<payment_id, payment> payments;
    cow_map<advance_id, record<pay_advance>> advances;
    cow_map<refund_id, record<receive_refund>> refunds;
    cow_map<recovery_id, record<receive_recovery>> recoveries;
    cow_map<statement_id, record<record_statement>> statements;
    cow_map<ledger::balance_key, statement_id> last_statement;  ///< of an account of the book
};

}  // namespace veche::fund
