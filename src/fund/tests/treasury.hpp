#pragma once
// A small invented union with money, and a treasury that judges and folds as the office would,
// without any other room.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "fund/book_text.hpp"
#include "fund/refusal.hpp"
#include "fund/views.hpp"

namespace veche::fund::testing {

/// Members A, B and C with weight "money" 65, 30 and 5 (A had 50 before 2026), D a former member, E
/// one without weight. Units RUB (2 places), PLACE (none). council orders everything of the fund,
/// idle nothing.
charter::charter_document small_union();

inline instant at(std::string_view text) {
    return *parse_instant(text);
}
inline date day(std::string_view text) {
    return *parse_date(text);
}
inline localized en(std::string text) {
    return {{"en", std::move(text)}};
}
inline amount rub(std::int64_t minor) {
    return {minor, {"RUB"}};
}

struct actor {
    std::string person;
    std::string auth;
};

inline const actor cashier{"p-cashier", "council/cashier"};     // money
inline const actor controller{"p-control", "council/control"};  // money
inline const actor buyer{"p-buyer", "council/buyer"};           // commit
inline const actor second_buyer{"p-second", "council/second"};  // commit
inline const actor auditor{"p-auditor", "council/auditor"};     // certify
inline const actor payer{"p-payer", "council/payer"};           // pay
inline const actor clerk{"p-clerk", "council/clerk"};           // no powers
inline const actor stranger{"p-nobody", ""};

class treasury {
  public:
    treasury();

    [[nodiscard]] world seen() const { return {charter, own, promised}; }
    [[nodiscard]] context now_as(const actor& who) const;
    /// The context of an enactment that a decision of the body orders.
    [[nodiscard]] context now_by(const std::string& body,
                                 const std::string& decision = "2026-0001") const;

    template <class Command>
    result<events> submit(const context& ctx, const Command& c) {
        auto decided = decide(seen(), c, ctx);
        if (!decided) return decided;
        context as = ctx;
        as.seq = seq++;
        apply(own, charter, c, as);
        for (const event& e : *decided) follow(e);
        return decided;
    }
    template <class Command>
    void must(const context& ctx, const Command& c) {
        const auto decided = submit(ctx, c);
        INFO(Command::wire.type);
        REQUIRE_MESSAGE(decided.has_value(),
                        (decided ? std::string() : decided.error().sentence()));
    }
    template <class Command>
    void must(const actor& who, const Command& c) {
        must(now_as(who), c);
    }
    template <class Command>
    void order(const Command& c) {
        must(now_by("council"), c);
    }
    /// The refusal where the command must be refused; nothing is folded.
    template <class Command>
    refusal refused(const context& ctx, const Command& c) const {
        const auto decided = decide(seen(), c, ctx);
        INFO(Command::wire.type);
        REQUIRE_FALSE(decided.has_value());
        return decided.error();
    }
    template <class Command>
    refusal refused(const actor& who, const Command& c) const {
        return refused(now_as(who), c);
    }

    template <class Query>
    auto view(const Query& query) const {
        auto answer = ask(seen(), query, viewer{{}, now});
        REQUIRE(answer.has_value());
        return *answer;
    }
    [[nodiscard]] std::int64_t held(const std::string& account, const char* unit = "RUB") const {
        return balance(own, account, {unit});
    }

    /// Folds what follows from a contract; of other commands these tests look at the command alone.
    void follow(const event&);

    charter::state charter;
    state own;
    std::shared_ptr<promises> promised;
    instant now = at("2026-11-24T09:00:00.000Z");
    std::uint64_t seq = 1;
};

appropriate line_of(std::string id, std::int64_t minor);
assess_contributions assessment_of(std::string id, std::int64_t minor);
receive_contribution receipt_of(std::string id, std::string member, std::int64_t minor);
correct_contribution correction_of(std::string id, std::string receipt);
reserve reservation_of(std::string id, std::string line, std::int64_t minor);
confirm_reservation confirmation_of(std::string id);
/// One item, in roubles.
submit_claim claim_of(std::string id, std::string commitment, std::int64_t minor);
pay_claims payment_of(std::string id, std::string claim, std::int64_t minor);
/// Calls that promised something to whoever is named here, out of K1.
class kept_promises : public promises {
  public:
    std::map<std::string, promise> won;  ///< by number of the winner
    [[nodiscard]] result<promise> to(const call_ref&, const person_id&) const override;
};
/// `first` on signing, `second` after 30 days against a report, `third` after 60.
promise promise_of(std::int64_t first, std::int64_t second, std::int64_t third);

/// A line L1 of 10,000, 5,000 in the bank, and on the line a commitment K1.
treasury with_commitment(std::int64_t minor);

}  // namespace veche::fund::testing
