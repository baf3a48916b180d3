// Records: products, sites, groups, people. What exists is put again with the reason.

#include <set>

#include "doses/checks.hpp"

namespace veche::doses {
namespace {

constexpr std::int64_t max_course = 9;
constexpr std::int64_t max_vial = 1000;
constexpr std::int64_t max_days = 3660;
constexpr std::size_t max_neighbours = 200;

/// A record that exists is the old body's to correct.
template <class Command>
result<void> may_record(const world& w, const kept<Command>* before, const Command& c,
                        const context& ctx) {
    VECHE_CHECK(may_desk(w, before ? before->what.body : c.body, ctx, Command::wire.type));
    if (!w.charter.find_body(c.body)) return refuse(refusals::body_unknown, "body", c.body.value);
    return before ? need_reason(w, c.reason, "reason") : check_text(w, c.reason, "reason");
}

result<void> check_group(const world& w, const std::optional<group_id>& group) {
    if (group && !w.own.groups.contains(*group))
        return refuse(refusals::group_unknown, "group", group->value);
    return {};
}

}  // namespace

result<events> decide(const world& w, const record_product& c, const context& ctx) {
    const auto* before = w.own.products.find(c.product);
    VECHE_CHECK(may_record(w, before, c, ctx));
    VECHE_CHECK(check_names(w, c.names, "names"));
    VECHE_CHECK(check_range(c.course, 1, max_course, "course"));
    VECHE_CHECK(check_range(c.vial, 1, max_vial, "vial"));
    // Stock is in whole vials: their size stays.
    if (before) VECHE_CHECK(check_range(c.vial, before->what.vial, before->what.vial, "vial"));
    VECHE_CHECK(check_range(c.interval_min, 0, max_days, "interval_min"));
    VECHE_CHECK(check_range(c.interval, c.interval_min, max_days, "interval"));
    VECHE_CHECK(check_range(c.warn_days, 1, max_days, "warn_days"));
    return events{};
}

result<events> decide(const world& w, const record_site& c, const context& ctx) {
    VECHE_CHECK(may_record(w, w.own.sites.find(c.site), c, ctx));
    VECHE_CHECK(check_names(w, c.names, "names"));
    if (c.member && !w.charter.find_member(*c.member))
        return refuse(refusals::member_unknown, "member", c.member->value);
    if (c.neighbours.size() > max_neighbours)
        return refuse(refusals::too_many_rows, "neighbours", std::to_string(max_neighbours));
    for (std::size_t i = 0; i < c.neighbours.size(); ++i) {
        const std::string field = "neighbours." + std::to_string(i);
        if (c.neighbours[i].site == c.site) return refuse(refusals::same_site, field + ".site");
        VECHE_CHECK(check_range(c.neighbours[i].days, 0, max_days, field + ".days"));
    }
    return events{};
}

result<events> decide(const world& w, const record_group& c, const context& ctx) {
    VECHE_CHECK(may_record(w, w.own.groups.find(c.group), c, ctx));
    VECHE_CHECK(check_names(w, c.names, "names"));
    VECHE_CHECK(check_range(c.rank, 1, 1000, "rank"));
    return events{};
}

result<events> decide(const world& w, const record_target& c, const context& ctx) {
    VECHE_CHECK(may_record(w, w.own.targets.find(people_key{c.region, c.group}), c, ctx));
    VECHE_CHECK(check_group(w, c.group));
    VECHE_CHECK(check_range(c.people, 0, max_people, "people"));
    VECHE_CHECK(check_past(c.on, ctx));
    VECHE_CHECK(check_source(c.source));
    return events{};
}

result<events> decide(const world& w, const report_people& c, const context& ctx) {
    if (!w.charter.find_body(c.body)) return refuse(refusals::body_unknown, "body", c.body.value);
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (!charter::require(w.charter, ctx, "doses", c.body, report_people::wire.type) &&
        !charter::require(w.charter, ctx, "keep_doses", c.body, report_people::wire.type))
        return refuse(refusals::not_keeper, {}, c.region.value);
    VECHE_CHECK(check_group(w, c.group));
    VECHE_CHECK(check_past(c.on, ctx));
    VECHE_CHECK(check_range(c.first, 0, max_people, "first"));
    VECHE_CHECK(check_range(c.full, 0, max_people, "full"));
    if (c.full > c.first)
        return refuse(refusals::full_exceeds_first, "full", std::to_string(c.full),
                      std::to_string(c.first));
    VECHE_CHECK(check_source(c.source));
    const auto* before = w.own.people.find(people_key{c.region, c.group});
    bool again = false;
    if (before)
        for (const people_report& one : *before) again = again || one.what.on == c.on;
    if (again) VECHE_CHECK(need_reason(w, c.reason, "reason"));
    VECHE_CHECK(check_text(w, c.reason, "reason"));
    return events{};
}

}  // namespace veche::doses
