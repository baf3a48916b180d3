#pragma once
// A union of two members with a register, and the commands that its tests send.

#include <doctest/doctest.h>

#include "charter/tests/bare_union.hpp"
#include "registry/deadlines.hpp"
#include "registry/refusal.hpp"
#include "registry/views.hpp"

namespace veche::registry::testing {

inline localized en(std::string text) {
    return {{"en", std::move(text)}};
}

inline source_note from(std::string name = "City office") {
    return {std::move(name), {}, {}, verification::yes, {}};
}

struct desk {
    charter::state charter;
    state own;
    std::uint64_t seq = 10;
    instant at = *parse_instant("2026-03-02T10:00:00.000Z");
    bool clerk = false;  ///< who has no power acts

    desk() {
        charter::charter_document doc = charter::testing::bare_union();
        charter::member b = doc.members.front();
        b.id = {"B"};
        b.name = en("Member B");
        doc.members.push_back(std::move(b));
        charter::testing::add_office(doc, "council/registrar", "p-1", {"registry"});
        charter::testing::add_office(doc, "council/clerk", "p-2", {});
        charter.found(doc);
    }

    [[nodiscard]] world seen() const { return {charter, own}; }
    [[nodiscard]] viewer anyone() const { return {{}, at}; }
    [[nodiscard]] context now() const {
        context ctx;
        ctx.at = at;
        ctx.seq = seq;
        ctx.actor = {clerk ? "p-2" : "p-1"};
        ctx.auth = clerk ? "council/clerk" : "council/registrar";
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
    /// Lets the days pass until then, with what falls due on the way.
    void pass_to(const char* day) {
        const instant then = start_of(*parse_date(day));
        while (const auto due = next_due(own, charter, then)) {
            at = std::max(at, *earliest_due(own));
            if (due->type == item_late::wire.type) {
                const auto e = from_json<item_late>(due->body);
                REQUIRE(e);
                apply(own, charter, *e, now());
            } else {
                const auto e = from_json<link_dormant>(due->body);
                REQUIRE(e);
                apply(own, charter, *e, now());
            }
            ++seq;
        }
        at = std::max(at, then);
    }
    item_standing how(const char* link, const char* item) const {
        return standing_of(*own.items.find(item_key{{link}, {item}}),
                           *own.links.find(link_id{link}));
    }
    link_standing how(const char* link) const {
        return standing_of(*own.links.find(link_id{link}));
    }
};

inline record_place place_of(std::string id, place_kind kind, const char* member,
                             const char* within = nullptr) {
    record_place c;
    c.place = {id};
    c.body = {"council"};
    c.kind = kind;
    c.names = en(std::move(id));
    if (member) c.member = member_id{member};
    if (within) c.within = place_id{within};
    c.source = from();
    return c;
}

inline record_organisation organisation_of(std::string id, const char* place = nullptr) {
    record_organisation c;
    c.organisation = {id};
    c.body = {"council"};
    c.kinds = {organisation_kind::enterprise};
    c.names = en(std::move(id));
    if (place) c.place = place_id{place};
    c.source = from();
    return c;
}

inline record_link link_of(std::string id, const char* a, const char* b) {
    record_link c;
    c.link = {std::move(id)};
    c.body = {"council"};
    c.kind = link_kind::twinning;
    c.a.place = place_id{a};
    c.b.place = place_id{b};
    c.source = from();
    return c;
}

inline claim_link claim_of(std::string id, link_side side, link_claim says,
                           const char* on = nullptr) {
    claim_link c;
    c.link = {std::move(id)};
    c.body = {"council"};
    c.side = side;
    c.says = says;
    if (on) c.on = on;
    c.source = from();
    return c;
}

inline report_activity activity_of(std::string id, const char* link, std::string on) {
    report_activity c;
    c.activity = {std::move(id)};
    c.body = {"council"};
    if (link) c.link = link_id{link};
    c.on = std::move(on);
    c.kind = activity_kind::visit;
    c.about = en("A visit.");
    c.source = from();
    return c;
}

inline plan_item item_of(std::string link, std::string item, std::string due,
                         std::vector<link_side> sides = {link_side::a}) {
    plan_item c;
    c.link = {std::move(link)};
    c.item = {std::move(item)};
    c.body = {"council"};
    c.text = en("A bridge is mended.");
    c.sides = std::move(sides);
    c.due = std::move(due);
    c.source = from();
    return c;
}

inline report_item word_of(std::string link, std::string item, link_side side, item_word says,
                           const char* on = nullptr) {
    report_item c;
    c.link = {std::move(link)};
    c.item = {std::move(item)};
    c.body = {"council"};
    c.side = side;
    c.says = says;
    if (on) c.on = on;
    c.source = from();
    return c;
}

/// Two regions with a town in each, and a link between the towns that both sides concluded in 2020.
struct linked_desk : desk {
    linked_desk() {
        CHECK(send(place_of("A-1", place_kind::region, "A")) == "");
        CHECK(send(place_of("B-1", place_kind::region, "B")) == "");
        CHECK(send(place_of("ash", place_kind::town, nullptr, "A-1")) == "");
        CHECK(send(place_of("birch", place_kind::town, nullptr, "B-1")) == "");
        CHECK(send(link_of("ash-birch", "ash", "birch")) == "");
    }
    void conclude(const char* on = "2025-06-01") {
        CHECK(send(claim_of("ash-birch", link_side::a, link_claim::concluded, on)) == "");
        CHECK(send(claim_of("ash-birch", link_side::b, link_claim::concluded, on)) == "");
    }
};

}  // namespace veche::registry::testing
