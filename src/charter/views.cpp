#include "charter/views.hpp"

#include <algorithm>

#include "charter/refusal.hpp"

namespace veche::charter {

namespace {

body_name name_body(const state& s, const body_id& id) {
    const body* found = s.find_body(id);
    if (!found) return {id, {}, false};
    return {id, found->name, found->invented};
}

rule_in_words show_rule(const state& s, const std::string& id, bloc_mode blocs) {
    rule_in_words out;
    out.id = id;
    const decision_rule* row = s.find_rule(id);
    const rule* parsed = s.parsed_rule(id);
    if (!row || !parsed) return out;
    out.name = row->name;
    out.source = row->source;
    out.mark = row->mark;
    out.text = rule_text(*parsed);
    out.words = words_of(*parsed, blocs);
    return out;
}

bool holds_on(const mandate& m, date day) {
    return m.from <= day && (!m.until || day <= *m.until);
}

holder_view show_holder(const state& s, const mandate& m) {
    return {m.person, s.title_of(m.person), m.id, m.from, m.until};
}

std::vector<weight_view> show_weights(const member& m, date day) {
    std::map<std::string, const weight*> latest;
    for (const weight& w : m.weights) {
        const weight*& held = latest[w.name];
        if (w.from <= day && (!held || held->from < w.from)) held = &w;
    }
    std::vector<weight_view> out;
    for (const auto& [name, w] : latest)
        if (w) out.push_back({name, w->value, w->from, name_weight(name)});
    return out;
}

std::vector<member_view> show_members(const state& s, date day) {
    std::vector<member_view> out;
    for (const member& m : s.document().members) {
        if (day < m.from || (m.until && *m.until < day)) continue;
        member_view& shown = out.emplace_back();
        shown.id = m.id;
        shown.name = m.name;
        shown.from = m.from;
        shown.until = m.until;
        shown.weights = show_weights(m, day);
        shown.source = m.source;
        for (const seat& row : s.document().seats)
            if (row.member == m.id) shown.seats += row.count.value_or(1);
    }
    return out;
}

std::vector<member_seats> show_seats(const state& s, const body_id& id, date day) {
    std::map<std::string, const mandate*> held;
    for (const mandate& m : s.document().mandates)
        if (m.seat && holds_on(m, day)) held.emplace(*m.seat, &m);
    std::vector<member_seats> out;
    std::map<member_id, std::size_t> places;
    for (const elector& e : s.electorate(id, day)) {
        const auto [at, fresh] = places.try_emplace(e.member, out.size());
        if (fresh) {
            member_seats& made = out.emplace_back();
            if (const member* m = s.find_member(e.member)) {
                made.member = e.member;
                made.name = m->name;
            }
        }
        seat_view shown{e.seat, s.name_of_seat(e.seat), std::nullopt};
        if (const auto found = held.find(e.seat); found != held.end())
            shown.holder = show_holder(s, *found->second);
        out[at->second].seats.push_back(std::move(shown));
    }
    return out;
}

std::vector<office_view> show_offices(const state& s, const body_id& id, date day) {
    std::vector<office_view> out;
    for (const office& row : s.document().offices) {
        if (row.body != id) continue;
        office_view& shown = out.emplace_back();
        shown.id = row.id;
        shown.name = row.name;
        shown.member = row.member;
        if (row.member)
            if (const member* m = s.find_member(*row.member)) shown.member_name = m->name;
        shown.powers = row.powers;
        for (const body_id& over : row.over) shown.over.push_back(name_body(s, over));
        for (const mandate& m : s.document().mandates)
            if (m.office == row.id && holds_on(m, day)) shown.holders.push_back(show_holder(s, m));
    }
    return out;
}

body_row show_row(const state& s, const body& row, date day) {
    body_row out;
    out.id = row.id;
    out.name = row.name;
    out.about = row.about;
    out.kind = row.kind;
    out.invented = row.invented;
    out.source = row.source;
    if (row.parent) out.parent = name_body(s, *row.parent);
    for (const elector& e : s.electorate(row.id, day)) {
        ++out.seats;
        if (!e.holder.empty()) ++out.held;
    }
    for (const office& o : s.document().offices)
        if (o.body == row.id) ++out.offices;
    return out;
}

post_view show_post(const state& s, const mandate& m, date day) {
    post_view out;
    out.seat = m.seat;
    out.office = m.office;
    if (m.seat) {
        out.name = s.name_of_seat(*m.seat);
        if (const seat* row = s.find_seat(*m.seat)) out.body = name_body(s, row->body);
    } else if (const office* held = s.find_office(*m.office)) {
        out.name = held->name;
        out.body = name_body(s, held->body);
    }
    out.from = m.from;
    out.until = m.until;
    out.now = holds_on(m, day);
    return out;
}

}  // namespace

result<union_view> ask(const world& w, const union_query& q, const viewer& who) {
    if (!w.charter.founded()) return refuse(refusals::not_founded);
    const charter_document& doc = w.charter.document();
    union_view out;
    out.id = doc.id;
    out.name = doc.name;
    out.note = doc.note;
    out.on = q.on.value_or(date_of(who.now));
    out.zone = doc.zone.value_or("UTC");
    out.members = show_members(w.charter, out.on);
    out.units = doc.units;
    out.languages = doc.languages;
    if (doc.amendment) {
        const body* by = w.charter.find_body(doc.amendment->body);
        out.amendment = amendment_view{
            name_body(w.charter, doc.amendment->body),
            show_rule(w.charter, doc.amendment->rule, by ? by->blocs : bloc_mode::none)};
    }
    out.unsigned_types = doc.unsigned_types;
    out.open_data = doc.open_data;
    out.witnesses = doc.witnesses;
    return out;
}

result<bodies_view> ask(const world& w, const bodies_query&, const viewer& who) {
    if (!w.charter.founded()) return refuse(refusals::not_founded);
    bodies_view out;
    for (const body& row : w.charter.document().bodies)
        out.bodies.push_back(show_row(w.charter, row, date_of(who.now)));
    return out;
}

result<body_view> ask(const world& w, const body_query& q, const viewer& who) {
    if (!w.charter.founded()) return refuse(refusals::not_founded);
    const body* row = w.charter.find_body(q.id);
    if (!row) return refuse(refusals::body_unknown, "id", q.id.value);
    const charter_document& doc = w.charter.document();
    body_view out;
    out.id = row->id;
    out.name = row->name;
    out.about = row->about;
    out.kind = row->kind;
    out.invented = row->invented;
    out.source = row->source;
    out.on = q.on.value_or(date_of(who.now));
    if (row->parent) out.parent = name_body(w.charter, *row->parent);
    for (const body& other : doc.bodies)
        if (other.parent == row->id) out.below.push_back(name_body(w.charter, other.id));
    out.escalate_days = row->escalate_days;
    out.remind_days = row->remind_days;
    out.blocs = row->blocs;
    for (const std::string& id : row->rules)
        out.rules.push_back(show_rule(w.charter, id, row->blocs));
    out.enacts = row->enacts;
    out.amends_charter = doc.amendment && doc.amendment->body == row->id;
    out.members = show_seats(w.charter, row->id, out.on);
    for (const member_seats& group : out.members)
        out.seats += static_cast<std::int32_t>(group.seats.size());
    out.offices = show_offices(w.charter, row->id, out.on);
    return out;
}

result<persons_view> ask(const world& w, const persons_query&, const viewer& who) {
    if (!w.charter.founded()) return refuse(refusals::not_founded);
    persons_view out;
    std::map<person_id, std::size_t> places;
    for (auto& [id, title] : w.charter.persons()) {
        places.emplace(id, out.persons.size());
        out.persons.push_back({id, std::move(title), {}});
    }
    for (const mandate& m : w.charter.document().mandates)
        out.persons[places.at(m.person)].posts.push_back(show_post(w.charter, m, date_of(who.now)));
    return out;
}

}  // namespace veche::charter
