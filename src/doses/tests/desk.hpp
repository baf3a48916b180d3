#pragma once
// A union with a desk for doses and stores of two members, and what the tests of the room send.

#include <doctest/doctest.h>

#include "charter/tests/bare_union.hpp"
#include "doses/deadlines.hpp"
#include "doses/refusal.hpp"
#include "doses/stock.hpp"
#include "doses/views.hpp"

namespace veche::doses::testing {

inline localized en(std::string text) {
    return {{"en", std::move(text)}};
}

/// 2026-03-01 is day 0.
inline date day(int n) {
    return date{parse_date("2026-03-01")->days + n};
}

class small_map final : public outlook {
  public:
    [[nodiscard]] std::optional<region_told> find(const region_id& id) const override {
        return region_told{en(id.value), member_id{"A"}, 1000, "2026"};
    }
};

struct desk {
    charter::state charter;
    state own;
    std::uint64_t seq = 10;
    instant at{start_of(day(0)).ms + 36'000'000};
    person_id actor{"p-1"};
    std::string auth = "council/doses";
    std::optional<decision_authority> decision;

    desk() {
        charter::charter_document doc = charter::testing::bare_union();
        charter::testing::add_office(doc, "council/doses", "p-1", {"doses"});
        charter::testing::add_office(doc, "council/store-a", "p-2", {"keep_doses"});
        doc.offices.back().member = member_id{"A"};
        charter::testing::add_office(doc, "council/clerk", "p-3", {});
        charter.found(doc);
    }
    void act_as(const char* person, const char* office) {
        actor = {person};
        auth = office;
    }
    void go_to(int n) {
        at = {start_of(day(n)).ms + 36'000'000};
        pass_time();
    }
    /// What fell due leaves its entries, as the office lets it.
    void pass_time() {
        while (const auto due = next_due(own, charter, at)) follow(*due);
    }
    [[nodiscard]] context now() const {
        context ctx;
        ctx.at = at;
        ctx.seq = seq;
        ctx.actor = actor;
        ctx.auth = auth;
        ctx.decision = decision;
        return ctx;
    }
    [[nodiscard]] world seen() const { return {charter, own, std::make_shared<small_map>()}; }

    template <class E>
    bool follow_as(const event& one) {
        if (one.type != E::wire.type) return false;
        apply(own, charter, from_json<E>(std::string_view(one.body)).value(), now());
        ++seq;
        return true;
    }
    void follow(const event& one) {
        const bool known = follow_as<allocated>(one) || follow_as<dispatched>(one) ||
                           follow_as<vials_opened>(one) || follow_as<expiry_near>(one) ||
                           follow_as<lot_expired>(one);
        REQUIRE(known);
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
        for (const event& one : *outcome) follow(one);
        at.ms += 1000;
        return "";
    }
    template <class C>
    std::string by_decision(const C& command) {
        decision = decision_authority{{"d-1"}, {"council"}, "unanimity"};
        const std::string out = send(command);
        decision.reset();
        return out;
    }
    template <class Q>
    auto look(const Q& query) const {
        return ask(seen(), query, {{}, at}).value();
    }
    [[nodiscard]] std::int64_t has(const char* site, const char* lot,
                                   stock_state in = stock_state::usable) const {
        return held(own, {site}, {lot}, in);
    }
};

inline record_product product_of(const char* id, std::int32_t course = 1, std::int32_t vial = 1) {
    record_product c;
    c.product = {id};
    c.body = {"council"};
    c.names = en(id);
    c.course = course;
    c.vial = vial;
    c.interval_min = course > 1 ? 21 : 0;
    c.interval = course > 1 ? 28 : 0;
    c.warn_days = 10;
    return c;
}
inline record_site site_of(const char* id, std::optional<member_id> member = {},
                           std::vector<reach> neighbours = {}) {
    record_site c;
    c.site = {id};
    c.body = {"council"};
    c.names = en(id);
    c.member = std::move(member);
    c.region = region_id{std::string("region-") + id};
    c.neighbours = std::move(neighbours);
    return c;
}
inline receive_lot lot_of(const char* id, std::int64_t doses, int expires, int on = 0,
                          const char* site = "store", const char* product = "vax") {
    return {{id},    {product}, std::string("N-") + id, day(expires), {site}, doses,
            day(on), "invoice"};
}
inline dispatch sent(const char* id, const char* from, const char* to, std::int64_t doses, int on,
                     int use_from) {
    return {{id}, {from}, {to}, {"vax"}, doses, day(on), day(use_from), {}};
}
inline accept came(const desk& d, const char* id, int on) {
    accept c{{id}, day(on), {}, {}};
    c.got = d.own.shipments.find(shipment_id{id})->lots;
    return c;
}
inline give given(const char* site, const char* lot, std::int64_t doses, int on,
                  std::int32_t dose = 1) {
    return {{site}, {lot}, day(on), {{dose, {}, doses}}};
}

}  // namespace veche::doses::testing
