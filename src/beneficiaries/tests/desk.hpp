#pragma once
// A union with an office that answers for reports, and what the tests of the room send.

#include <doctest/doctest.h>

#include "beneficiaries/refusal.hpp"
#include "beneficiaries/views.hpp"
#include "charter/tests/bare_union.hpp"

namespace veche::beneficiaries::testing {

inline localized en(std::string text) {
    return {{"en", std::move(text)}};
}

/// A register in which every name is a record, but those put into another.
class small_register final : public outlook {
  public:
    std::map<party_id, party_id> merged;
    std::map<spending_id, std::vector<fund_payment>> paid;
    std::vector<fund_partner> partners;

    [[nodiscard]] std::optional<party> find(const party_id& id) const override {
        const auto into = merged.find(id);
        const party_id of = into == merged.end() ? id : into->second;
        return party{of, en(of.value), member_id{"A"}, true};
    }
    [[nodiscard]] party_id current(const party_id& id) const override {
        const auto into = merged.find(id);
        return into == merged.end() ? id : into->second;
    }
    [[nodiscard]] std::vector<party_id> all_names(const party_id& id) const override {
        std::vector<party_id> out{id};
        for (const auto& [from, into] : merged)
            if (into == id) out.push_back(from);
        return out;
    }
    [[nodiscard]] std::vector<fund_payment> paid_under(const spending_id& id) const override {
        const auto there = paid.find(id);
        return there == paid.end() ? std::vector<fund_payment>{} : there->second;
    }
    [[nodiscard]] std::vector<fund_partner> known_partners() const override { return partners; }
};

struct desk {
    charter::state charter;
    state own;
    std::shared_ptr<small_register> around = std::make_shared<small_register>();
    std::uint64_t seq = 10;
    instant at = *parse_instant("2026-03-02T10:00:00.000Z");
    person_id actor{"p-1"};
    std::string auth = "council/reporter";

    desk() {
        charter::charter_document doc = charter::testing::bare_union();
        charter::testing::add_office(doc, "council/reporter", "p-1", {"beneficiaries"});
        charter::testing::add_office(doc, "council/clerk", "p-2", {});
        doc.units.push_back({{"RUB"}, en("Roubles"), charter::unit_kind::money, 2});
        doc.units.push_back({{"BYN"}, en("Other roubles"), charter::unit_kind::money, 2});
        charter.found(doc);
    }
    void act_as_clerk() {
        actor = {"p-2"};
        auth = "council/clerk";
    }
    void act_as_reporter() {
        actor = {"p-1"};
        auth = "council/reporter";
    }
    [[nodiscard]] world seen() const { return {charter, own, around}; }
    [[nodiscard]] viewer anyone() const { return {{}, at}; }
    [[nodiscard]] context now() const {
        context ctx;
        ctx.at = at;
        ctx.seq = seq;
        ctx.actor = actor;
        ctx.auth = auth;
        return ctx;
    }
    /// The code of the refusal and its field, or "" where it was carried out.
    template <class C>
    std::string send(const C& command) {
        const auto outcome = decide(seen(), command, now());
        if (!outcome)
            return std::string(outcome.error().code()) +
                   (outcome.error().field.empty() ? "" : " " + outcome.error().field);
        apply(own, charter, command, now());
        ++seq;
        at.ms += 1000;
        return "";
    }
    template <class Q>
    auto look(const Q& query) const {
        return ask(seen(), query, anyone()).value();
    }
};

inline name_payer payer_of(std::string id, std::int32_t from = 2023) {
    name_payer c;
    c.payer = {std::move(id)};
    c.body = {"council"};
    c.from = from;
    c.due_days = 90;
    c.rule = "Example law, article 1";
    return c;
}

inline disclosed_payment paid_to(const char* recipient, std::int64_t minor,
                                 const char* unit = "RUB",
                                 payment_kind kind = payment_kind::grant) {
    disclosed_payment one;
    one.recipient = party_id{recipient};
    one.kind = kind;
    one.rule = "Example law, article 2";
    one.purpose = en("A season of plays");
    one.money = {minor, {unit}};
    return one;
}

inline report_payments report_of(const char* payer, std::int32_t year,
                                 std::vector<disclosed_payment> rows, std::int32_t part = 1) {
    report_payments c;
    c.payer = {payer};
    c.year = year;
    c.part = part;
    c.zero = rows.empty();
    c.payments = std::move(rows);
    c.source = "Report of the payer";
    return c;
}

}  // namespace veche::beneficiaries::testing
