#include "assembly/view_making.hpp"

#include <algorithm>
#include <array>

#include "assembly/tally.hpp"

namespace veche::assembly {

namespace {

constexpr std::array<std::string_view, 6> powers{"convene", "agenda",  "papers",
                                                 "table",   "preside", "measures"};

/// The power as the one gate of authority sees it, without any decision in hand.
bool gives_power(const charter::state& charter, const viewer& v, const office_id& office,
                 std::string_view power, const body_id& body) {
    context as_viewer;
    as_viewer.at = v.now;
    as_viewer.actor = v.person;
    as_viewer.auth = office.value;
    return charter::require(charter, as_viewer, power, body, "").has_value();
}

}  // namespace

named_body show_body(const charter::state& charter, const body_id& id) {
    const charter::body* body = charter.find_body(id);
    if (!body) return {id, {}, false};
    return {id, body->name, body->invented};
}

std::vector<named_body> show_bodies(const charter::state& charter,
                                    const std::vector<body_id>& ids) {
    std::vector<named_body> out;
    for (const body_id& id : ids) out.push_back(show_body(charter, id));
    return out;
}

viewer_means means_of(const world& w, std::span<const body_id> bodies, const viewer& v) {
    viewer_means out;
    if (v.person.empty()) return out;
    const date today = date_of(v.now);
    const auto offices = w.charter.offices_of(v.person, today);
    for (const body_id& body : bodies) {
        const auto seats = w.charter.seats_of(v.person, body, today);
        out.seats.insert(out.seats.end(), seats.begin(), seats.end());
        for (const std::string_view power : powers) {
            const auto giver =
                std::find_if(offices.begin(), offices.end(), [&](const charter::office* office) {
                    return gives_power(w.charter, v, office->id, power, body);
                });
            if (giver != offices.end())
                out.powers.push_back({std::string(power), body, (*giver)->id});
        }
    }
    return out;
}

bool has_power(const viewer_means& means, std::string_view power, const body_id& body) {
    return std::any_of(means.powers.begin(), means.powers.end(),
                       [&](const office_power& p) { return p.power == power && p.body == body; });
}

rule_view show_rule(const charter::decision_rule& rule) {
    return {rule.id, rule.name, rule.source, rule.mark, rule.rule};
}

rule_view show_rule(const charter::state& charter, const std::string& id) {
    if (const charter::decision_rule* rule = charter.find_rule(id)) return show_rule(*rule);
    rule_view dropped;
    dropped.id = id;
    dropped.mark = charter::source_mark::config;
    return dropped;
}

std::vector<enactment_view> show_enactments(const std::vector<enactment>& ordered,
                                            std::span<const std::uint64_t> carried_out) {
    std::vector<enactment_view> out;
    for (const enactment& e : ordered) {
        enactment_view& shown = out.emplace_back();
        shown.number = static_cast<std::int32_t>(out.size());
        shown.type = e.type;
        shown.v = e.v;
        shown.body = e.body;
        if (out.size() <= carried_out.size())
            shown.seq = static_cast<std::int64_t>(carried_out[out.size() - 1]);
    }
    return out;
}

std::vector<supporter_view> show_supporters(const charter::state& charter, const support& given) {
    std::vector<supporter_view> out;
    for (const supporter& one : given.by)
        out.push_back({one.seat, charter.name_of_seat(one.seat), one.person,
                       charter.title_of(one.person), one.at, static_cast<std::int64_t>(one.seq)});
    return out;
}

motion_row show_row(const world& w, const motion& m) {
    motion_row row;
    row.id = m.id;
    row.title = m.title;
    row.body = show_body(w.charter, m.body);
    row.status = m.status;
    row.enactments = static_cast<std::int32_t>(m.enactments.size());
    if (!m.votes.empty()) row.vote = m.votes.back();
    row.decision = m.decision;
    if (!m.tabled_by.empty()) {
        row.tabled_by = m.tabled_by;
        row.tabled_by_title = w.charter.title_of(m.tabled_by);
    }
    row.supporters = show_supporters(w.charter, m.support);
    if (const forwarding* came = w.own.forwards.find(m.id))
        row.from = show_body(w.charter, came->from);
    return row;
}

vote_row show_row(const world& w, const vote& v) {
    vote_row row;
    row.id = v.id;
    row.motion = v.motion;
    row.title = w.own.motions.find(v.motion)->title;
    row.body = show_body(w.charter, v.body);
    row.status = v.status;
    row.opened = v.opened;
    row.closes = v.closes;
    row.counts = count_ballots(v);
    if (v.result) row.outcome = v.result->outcome;
    row.amendment = v.amendment;
    row.bundle = v.bundle;
    row.part = v.part;
    row.urgency = v.urgency;
    return row;
}

}  // namespace veche::assembly
