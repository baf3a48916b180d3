// Series of sessions: planning them, going on and ending them.

#include "assembly/series.hpp"

#include <algorithm>

#include "assembly/checks.hpp"
#include "assembly/limits.hpp"
#include "assembly/series_refusal.hpp"

namespace veche::assembly {

namespace {

session_id name_of_session(const series_id& series, std::size_t number) {
    return {series.value + "-" + std::to_string(number)};
}

/// What holds of clocks: a zone's first offset has begun on the first day, then day by day.
result<void> check_offsets(const std::vector<zone_offset>& offsets, const std::string& zone,
                           date from) {
    const bool begun = zone == "UTC" || (!offsets.empty() && offsets.front().from <= from);
    const bool in_order =
        std::is_sorted(offsets.begin(), offsets.end(),
                       [](const zone_offset& a, const zone_offset& b) { return a.from <= b.from; });
    const bool sane = std::all_of(offsets.begin(), offsets.end(), [](const zone_offset& one) {
        return one.minutes >= -limits::zone_minutes && one.minutes <= limits::zone_minutes;
    });
    if (!begun || !in_order || !sane || offsets.size() > limits::zone_changes)
        return refuse(refusals::offsets_missing, "offsets", zone);
    return {};
}

/// A session for each day of the rhythm; refuses where there is none or one too many, where a name
/// is taken, or a moment has passed.
result<events> sessions_for(const state& s, const plan_series& plan, date from, std::size_t known,
                            const context& ctx) {
    const std::size_t room = limits::series_sessions - known;
    const auto days = days_of(plan.rhythm, plan.from, plan.until, limits::series_sessions + 1);
    events made;
    for (const date day : days) {
        if (day < from) continue;
        const std::size_t number = known + made.size() + 1;
        session_planned e{name_of_session(plan.series, number),
                          plan.series,
                          static_cast<std::int32_t>(number),
                          day,
                          moment_of(day, *parse_time(plan.time), plan.offsets),
                          std::nullopt};
        if (s.sessions.contains(e.session))
            return refuse(refusals::id_taken, "series", e.session.value);
        VECHE_CHECK(check_to_come(e.starts, ctx.at, "from"));
        if (plan.minutes) e.ends = instant{e.starts.ms + *plan.minutes * ms_per_minute};
        made.push_back(make_event(e));
    }
    if (made.empty()) return refuse(refusals::series_empty, "until");
    if (made.size() > room)
        return refuse(refusals::too_many, "until", std::to_string(limits::series_sessions));
    return made;
}

result<void> check_joined(const world& w, const plan_series& c, const context& ctx) {
    const auto known = [&](const body_id& body, const std::string& field) -> result<void> {
        if (!w.charter.find_body(body)) return refuse(refusals::body_unknown, field, body.value);
        return {};
    };
    VECHE_CHECK(known(c.body, "body"));
    for (std::size_t i = 0; i < c.joint_with.size(); ++i)
        VECHE_CHECK(known(c.joint_with[i], "joint_with." + std::to_string(i)));
    VECHE_CHECK(require_power<plan_series>(w, ctx, "convene", c.body));
    for (const body_id& body : c.joint_with)
        VECHE_CHECK(require_power<plan_series>(w, ctx, "convene", body));
    return {};
}

result<void> check_plan(const world& w, const plan_series& c) {
    if (c.series.value.size() > limits::series_name)
        return refuse(refusals::series_name_long, "series");
    VECHE_CHECK(check_joint_bodies(c.body, c.joint_with));
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    VECHE_CHECK(check_rhythm(c.rhythm));
    if (!parse_time(c.time)) return refuse(refusals::time_malformed, "time");
    VECHE_CHECK(check_zone(c.zone, "zone"));
    VECHE_CHECK(check_offsets(c.offsets, c.zone, c.from));
    if (c.until < c.from) return refuse(refusals::days_reversed, "until");
    if (c.minutes && (*c.minutes < 1 || *c.minutes > limits::item_minutes))
        return refuse(refusals::minutes_out_of_range, "minutes");
    return check_text(w.charter, c.venue, "venue", limits::title_bytes, presence_of_text::optional);
}

/// The plan as it goes on: further days, and clocks that change in them.
plan_series extended(const plan_series& plan, const extend_series& c) {
    plan_series on = plan;
    on.until = c.until;
    on.offsets.insert(on.offsets.end(), c.offsets.begin(), c.offsets.end());
    return on;
}

}  // namespace

result<events> decide(const world& w, const plan_series& c, const context& ctx) {
    VECHE_CHECK(check_joined(w, c, ctx));
    if (w.own.series.contains(c.series))
        return refuse(refusals::id_taken, "series", c.series.value);
    VECHE_CHECK(check_plan(w, c));
    return sessions_for(w.own, c, c.from, 0, ctx);
}

void apply(state& s, const charter::state&, const plan_series& c, const context& ctx) {
    s.series.insert(c.series, {c, {}, std::nullopt, {}, ctx.at, ctx.seq});
}

result<events> decide(const world& w, const extend_series& c, const context& ctx) {
    const session_series* known = w.own.series.find(c.series);
    if (!known) return refuse(refusals::series_unknown, "series", c.series.value);
    VECHE_CHECK(require_power<extend_series>(w, ctx, "convene", known->plan.body));
    if (c.until <= known->plan.until) return refuse(refusals::days_reversed, "until");
    const plan_series plan = extended(known->plan, c);
    VECHE_CHECK(check_offsets(plan.offsets, plan.zone, plan.from));
    if (known->ended) return refuse(refusals::series_ended, "series", c.series.value);
    return sessions_for(w.own, plan, date{known->plan.until.days + 1}, known->sessions.size(), ctx);
}

void apply(state& s, const charter::state&, const extend_series& c, const context&) {
    session_series& changed = s.series.edit(c.series);
    changed.plan = extended(changed.plan, c);
}

result<events> decide(const world& w, const end_series& c, const context& ctx) {
    const session_series* known = w.own.series.find(c.series);
    if (!known) return refuse(refusals::series_unknown, "series", c.series.value);
    VECHE_CHECK(require_power<end_series>(w, ctx, "convene", known->plan.body));
    VECHE_CHECK(
        check_text(w.charter, c.reason, "reason", limits::title_bytes, presence_of_text::optional));
    if (known->ended) return refuse(refusals::series_ended, "series", c.series.value);
    return events{};
}

void apply(state& s, const charter::state& charter, const end_series& c, const context& ctx) {
    session_series& changed = s.series.edit(c.series);
    changed.ended = ctx.at;
    changed.reason = c.reason;
    const std::vector<session_id> sessions = changed.sessions;
    for (const session_id& id : sessions) {
        const session& one = *s.sessions.find(id);
        if (one.status == session_status::convened && one.starts >= ctx.at)
            apply(s, charter, cancel_session{id, c.reason}, ctx);
    }
}

void apply(state& s, const charter::state&, const session_planned& e, const context& ctx) {
    session_series& of = s.series.edit(e.series);
    of.sessions.push_back(e.session);
    session made;
    made.id = e.session;
    made.body = of.plan.body;
    made.joint_with = of.plan.joint_with;
    for (const auto& [language, words] : of.plan.title)
        made.title[language] = words + ", " + std::to_string(e.number);
    made.starts = e.starts;
    made.ends = e.ends;
    made.venue = of.plan.venue;
    made.zone = of.plan.zone;
    if (of.plan.mode) made.mode = *of.plan.mode;
    made.series = series_link{e.series, e.number, e.due, e.starts};
    made.changed = ctx.at;
    made.seq = ctx.seq;
    s.sessions.insert(e.session, std::move(made));
}

}  // namespace veche::assembly
