#pragma once
// A union with offices that report, and what the tests of the room send.

#include <doctest/doctest.h>

#include "charter/tests/bare_union.hpp"
#include "situation/checks.hpp"
#include "situation/refusal.hpp"
#include "situation/views.hpp"

namespace veche::situation::testing {

inline localized en(std::string text) {
    return {{"en", std::move(text)}};
}
inline date day(const char* text) {
    return *parse_date(text);
}

class small_register final : public outlook {
  public:
    [[nodiscard]] std::optional<known_place> find(const region_id& id) const override {
        return known_place{en(id.value), member_id{"A"}, {}, {}, {{"2021", 200'000, "Census"}}};
    }
};

struct desk {
    charter::state charter;
    state own;
    std::uint64_t seq = 10;
    instant at = *parse_instant("2026-03-10T10:00:00.000Z");
    person_id actor{"p-1"};
    std::string auth = "council/desk";

    desk() {
        charter::charter_document doc = charter::testing::bare_union();
        charter::testing::add_office(doc, "council/desk", "p-1", {"situation"});
        charter::testing::add_office(doc, "council/clinic", "p-2", {});
        // Another body with a desk of its own.
        doc.bodies.push_back(doc.bodies.front());
        doc.bodies.back().id = {"committee"};
        charter::testing::add_office(doc, "committee/desk", "p-3", {"situation"});
        doc.offices.back().body = {"committee"};
        charter.found(doc);
    }
    void act_as_clinic() {
        actor = {"p-2"};
        auth = "council/clinic";
    }
    void act_as_committee() {
        actor = {"p-3"};
        auth = "committee/desk";
    }
    [[nodiscard]] world seen() const { return {charter, own, std::make_shared<small_register>()}; }
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
    void go_to(const char* moment) { at = *parse_instant(moment); }
};

inline watch_region watch(std::string id, const char* from = "2026-03-01") {
    watch_region c;
    c.region = {std::move(id)};
    c.body = {"council"};
    c.from = day(from);
    return c;
}

inline count_run run(std::string region, std::string series, const char* from,
                     std::vector<std::int64_t> values) {
    return {{std::move(region)}, {std::move(series)}, day(from), std::move(values)};
}

inline report_counts report_of(std::vector<count_run> runs, const char* reason = "") {
    report_counts c;
    c.runs = std::move(runs);
    c.source = "Ministry";
    if (*reason) c.reason = en(reason);
    return c;
}

/// Figures of a series as a view shows them: -1 for no report.
inline std::vector<std::int64_t> shown(const desk& d, const char* region, const char* series,
                                       std::optional<date> known = {}) {
    std::vector<std::int64_t> out;
    for (const day_row& one : d.look(counts_query{{region}, {series}, known}).days)
        out.push_back(one.value.value_or(-1));
    return out;
}

}  // namespace veche::situation::testing
