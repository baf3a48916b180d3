// Links between two sides, what each says of them, and what happened on them.

#include <algorithm>

#include "charter/words.hpp"
#include "registry/checks.hpp"
#include "registry/standing.hpp"

namespace veche::registry {
namespace {

result<void> check_end(const world& w, const link_end& end, const std::string& field) {
    if (end.place.has_value() == end.organisation.has_value())
        return refuse(refusals::end_malformed, field);
    if (end.place) return find_place(w, *end.place, field + ".place").map([](auto) {});
    return find_organisation(w, *end.organisation, field + ".organisation").map([](auto) {});
}

result<void> check_members(const world& w, const record_link& c) {
    const auto one = member_of(w.own, c.a);
    const auto other = member_of(w.own, c.b);
    if (one && other && *one == *other) return refuse(refusals::members_same, "b", one->value);
    return {};
}

/// Another link of the kind between the two that has not ended.
result<void> check_alone(const world& w, const record_link& c) {
    const std::vector<link_id>* of_a = w.own.links_of.find(c.a);
    if (!of_a) return {};
    for (const link_id& id : *of_a) {
        const link& other = *w.own.links.find(id);
        const bool same = (other.what.a == c.b || other.what.b == c.b) && other.what.kind == c.kind;
        if (id != c.link && same && standing_of(other) != link_standing::ended)
            return refuse(refusals::link_there, "link", id.value);
    }
    return {};
}

result<void> check_subject(const world& w, const report_activity& c) {
    if (c.link.has_value() == c.organisation.has_value())
        return refuse(refusals::subject_unclear, "link");
    if (c.link) return find_link(w, *c.link, "link").map([](auto) {});
    return find_organisation(w, *c.organisation, "organisation").map([](auto) {});
}

result<void> check_numbers(const world& w, const report_activity& c) {
    if (c.people && (*c.people < 0 || *c.people > 10'000'000'000))
        return refuse(refusals::people_impossible, "people");
    if (!c.money) return {};
    if (!w.charter.find_unit(c.money->unit))
        return refuse(refusals::unit_unknown, "money.unit", c.money->unit.value);
    if (c.money->minor <= 0) return refuse(refusals::money_impossible, "money.minor");
    return {};
}

}  // namespace

result<events> decide(const world& w, const record_link& c, const context& ctx) {
    const link* there = w.own.links.find(c.link);
    VECHE_CHECK(may_record(w, c.body, ctx, record_link::wire.type));
    VECHE_CHECK(check_reason(w, there != nullptr, c.link.value, c.reason));
    VECHE_CHECK(check_source(c.source, ctx));
    VECHE_CHECK(check_text(w, c.about, "about"));
    // Its sides stay what they were, also where one of them was merged into another since.
    if (there && there->what.a == c.a && there->what.b == c.b)
        return check_alone(w, c).map([] { return events{}; });
    VECHE_CHECK(check_end(w, c.a, "a"));
    VECHE_CHECK(check_end(w, c.b, "b"));
    if (c.a == c.b) return refuse(refusals::ends_same, "b");
    VECHE_CHECK(check_members(w, c));
    if (there) return refuse(refusals::ends_fixed, "a");
    return check_alone(w, c).map([] { return events{}; });
}

result<events> decide(const world& w, const claim_link& c, const context& ctx) {
    (void)VECHE_TRY(find_link(w, c.link, "link"));
    VECHE_CHECK(may_record(w, c.body, ctx, claim_link::wire.type));
    VECHE_CHECK(check_source(c.source, ctx));
    if (c.on) VECHE_CHECK(check_past(*c.on, "on", ctx));
    VECHE_CHECK(check_file(c.document, "document"));
    VECHE_CHECK(check_file(c.plan, "plan"));
    return events{};
}

result<events> decide(const world& w, const report_activity& c, const context& ctx) {
    VECHE_CHECK(check_subject(w, c));
    VECHE_CHECK(may_record(w, c.body, ctx, report_activity::wire.type));
    if (w.own.activities.contains(c.activity))
        return refuse(refusals::activity_taken, "activity", c.activity.value);
    VECHE_CHECK(check_source(c.source, ctx));
    VECHE_CHECK(check_past(c.on, "on", ctx));
    if (charter::blank(c.about)) return refuse(refusals::about_missing, "about");
    VECHE_CHECK(check_text(w, c.about, "about"));
    VECHE_CHECK(check_numbers(w, c));
    if (c.place) (void)VECHE_TRY(find_place(w, *c.place, "place"));
    VECHE_CHECK(check_file(c.document, "document"));
    return events{};
}

result<events> decide(const world& w, const plan_item& c, const context& ctx) {
    constexpr std::size_t most_items = 500;
    const link* of = VECHE_TRY(find_link(w, c.link, "link"));
    VECHE_CHECK(may_record(w, c.body, ctx, plan_item::wire.type));
    const bool there = w.own.items.contains(item_key{c.link, c.item});
    VECHE_CHECK(check_reason(w, there, c.item.value, c.reason));
    VECHE_CHECK(check_source(c.source, ctx));
    if (charter::blank(c.text)) return refuse(refusals::item_empty, "text");
    VECHE_CHECK(check_text(w, c.text, "text"));
    if (c.sides.empty() || c.sides.size() > 2 || (c.sides.size() == 2 && c.sides[0] == c.sides[1]))
        return refuse(refusals::sides_unclear, "sides");
    if (!read_partial_day(c.due))
        return refuse(refusals::day_malformed, "due", c.due.substr(0, 40));
    if (!there && of->plan.size() >= most_items)
        return refuse(refusals::plan_full, "link", std::to_string(most_items));
    return events{};
}

result<events> decide(const world& w, const report_item& c, const context& ctx) {
    (void)VECHE_TRY(find_link(w, c.link, "link"));
    if (!w.own.items.contains(item_key{c.link, c.item}))
        return refuse(refusals::item_unknown, "item", c.item.value);
    VECHE_CHECK(may_record(w, c.body, ctx, report_item::wire.type));
    VECHE_CHECK(check_source(c.source, ctx));
    if (c.on) VECHE_CHECK(check_past(*c.on, "on", ctx));
    VECHE_CHECK(check_text(w, c.about, "about"));
    if (c.activity) {
        const activity* shown = w.own.activities.find(*c.activity);
        if (!shown || shown->what.link != c.link)
            return refuse(refusals::activity_elsewhere, "activity", c.activity->value);
    }
    VECHE_CHECK(check_file(c.proof, "proof"));
    return events{};
}

}  // namespace veche::registry
