#pragma once
// A small union of three members and its register of measures.

#include <doctest/doctest.h>

#include "charter/tests/bare_union.hpp"
#include "prevention/views.hpp"

namespace veche::prevention::testing {

inline localized in_words(const std::string& text) {
    return {{"en", text}};
}

struct desk {
    charter::state charter;
    state own;
    std::uint64_t seq = 10;
    instant at = *parse_instant("2026-03-02T10:00:00.000Z");
    std::string as = "p-keeper";  ///< who acts; each holds one office

    explicit desk(const charter::prevention_procedure& rules = {}) {
        charter::charter_document doc = charter::testing::bare_union();
        for (const char* name : {"B", "C"}) {
            charter::member one = doc.members.front();
            one.id = {name};
            doc.members.push_back(std::move(one));
        }
        charter::body above = doc.bodies.front();
        above.id = {"summit"};
        doc.bodies.push_back(above);
        doc.bodies.front().prevention = rules;
        doc.bodies.front().parent = body_id{"summit"};
        doc.bodies.front().escalate_days = 10;
        office(doc, "keeper", {"prevention"});
        office(doc, "health-a", {"order_measures"}, "A");
        office(doc, "health-b", {"order_measures"}, "B");
        office(doc, "health-c", {"order_measures"}, "C");
        office(doc, "clerk", {});
        charter.found(doc);
    }

    static void office(charter::charter_document& doc, const std::string& name,
                       std::vector<std::string> powers, const char* member = nullptr) {
        charter::testing::add_office(doc, "council/" + name, "p-" + name, std::move(powers));
        if (member) doc.offices.back().member = member_id{member};
    }

    /// What decisions of the body may order.
    void let_order(std::vector<std::string> types) {
        charter::charter_document doc = charter.document();
        doc.bodies.front().enacts = std::move(types);
        charter.found(doc);
    }

    [[nodiscard]] world seen() const { return {charter, own}; }
    [[nodiscard]] viewer anyone() const { return {{}, at}; }
    [[nodiscard]] date today() const { return date_of(at); }
    [[nodiscard]] date day(int after) const { return {today().days + after}; }
    [[nodiscard]] context now() const {
        context ctx;
        ctx.at = at;
        ctx.seq = seq;
        ctx.actor = {as};
        ctx.auth = "council/" + as.substr(2);
        return ctx;
    }
    /// Lets what is derived happen.
    void follow(const event& e) {
        const auto take = [&]<class E>(const E*) {
            if (e.type != E::wire.type) return;
            const auto one = from_json<E>(std::string_view(e.body));
            REQUIRE(one);
            apply(own, charter, *one, now());
        };
        std::apply([&](auto... each) { (take(&each), ...); }, derived{});
        ++seq;
    }
    template <class C>
    std::string carry(const C& command, const context& ctx) {
        const auto outcome = decide(seen(), command, ctx);
        if (!outcome)
            return std::string(outcome.error().code()) +
                   (outcome.error().field.empty() ? "" : " " + outcome.error().field);
        apply(own, charter, command, ctx);
        ++seq;
        for (const event& e : *outcome) follow(e);
        at.ms += 1000;
        return "";
    }
    /// The code of the refusal and its field, or "" where it was carried out.
    template <class C>
    std::string send(const C& command, const char* by = nullptr) {
        if (by) as = std::string("p-") + by;
        return carry(command, now());
    }
    /// Ordered by the body's decision.
    template <class C>
    std::string decide_it(const C& command) {
        context ctx = now();
        ctx.actor = {};
        ctx.auth = "2026-0001";
        ctx.decision = decision_authority{{"2026-0001"}, {"council"}, "unanimity"};
        return carry(command, ctx);
    }
    /// Lets the days pass, with what falls due on the way.
    void pass(int days) {
        const instant then = plus_days(at, days);
        while (const auto due = next_due(own, charter, then)) {
            at = std::max(at, *earliest_due(own));
            follow(*due);
        }
        at = std::max(at, then);
    }
    [[nodiscard]] const clash_case& clash(std::int64_t number) const {
        const clash_case* one = own.clashes.find(number);
        REQUIRE(one != nullptr);
        return *one;
    }
    [[nodiscard]] std::size_t open() const {
        std::size_t count = 0;
        for (const auto& [number, one] : own.clashes)
            count += one.standing == clash_standing::open ? 1 : 0;
        return count;
    }
};

/// Schools by default: of a member, from so many days after today to so many; without an end where
/// `to` is left out.
inline order_measure order_of(const desk& d, const std::string& id, const std::string& member,
                              std::int32_t level, int from = 0, std::optional<int> to = {},
                              preventive_kind kind = preventive_kind::c1) {
    order_measure c;
    c.order = {id};
    c.body = {"council"};
    c.what.member = {member};
    c.what.kind = kind;
    c.what.level = level;
    if (scale_of(kind).flagged && level > 0) c.what.scope = order_scope::general;
    c.what.from = d.day(from);
    if (to) c.what.to = d.day(*to);
    c.what.title = in_words("Schools in " + member);
    c.what.act = legal_act{in_words("An order"), "7", {}, {}};
    return c;
}

inline legal_act act_of() {
    return {in_words("Another order"), "8", {}, {}};
}

inline state_position position_of(const char* id, clash_position says) {
    return {{id}, says, in_words("So."), {}};
}

}  // namespace veche::prevention::testing
