#include "calls/share_views.hpp"

#include <algorithm>

#include "calls/checks.hpp"
#include "calls/shares.hpp"
#include "calls/viewing.hpp"
#include "shares/wide.hpp"

namespace veche::calls {
namespace {

std::int64_t weight_of_all(const share_terms& t) {
    std::int64_t all = 0;
    for (const share_party& one : t.parties) all += one.weight.value_or(0);
    return all;
}

localized title_of_group(const share_terms& t, const std::optional<group_id>& id) {
    for (const share_group& one : t.groups)
        if (one.group == id) return one.title;
    return {};
}

void show_result(const call& c, const share_party& one, share_row& row) {
    const share_terms& t = *c.asked.shares;
    if (t.apportion)
        row.exact = veche::shares::to_text(
            veche::shares::fraction{static_cast<veche::shares::uint128>(amount_of(t)) *
                                        static_cast<veche::shares::uint128>(one.weight.value_or(0)),
                                    static_cast<veche::shares::uint128>(weight_of_all(t))});
    if (!c.shared) return;
    for (const party_share& got : c.shared->made.shares)
        if (got.party == one.party) {
            row.units = got.units;
            if (got.exact) row.exact = got.exact;
        }
}

share_row row_of(const world& w, const call& c, const share_party& one) {
    share_row row;
    row.party = one.party;
    row.title = one.title;
    row.member = one.member;
    if (one.member)
        if (const auto* member = w.charter.find_member(*one.member)) row.member_name = member->name;
    row.group = one.group;
    row.group_title = title_of_group(*c.asked.shares, one.group);
    row.weight = one.weight;
    row.source = one.source;
    row.least = one.least;
    row.most = one.most;
    row.office = one.office;
    if (one.office)
        if (const auto* office = w.charter.find_office(*one.office)) row.office_name = office->name;
    row.claim = claim_of(c, one);
    if (const stated_claim* stated = stated_of(c, one.party)) {
        row.stated = true;
        row.reason = stated->reason;
        row.claim_seq = static_cast<std::int64_t>(stated->seq);
    }
    show_result(c, one, row);
    return row;
}

/// What a group gets is what its level shares out.
std::optional<std::int64_t> units_of(const call& c, const group_id& id) {
    if (!c.shared) return std::nullopt;
    for (const share_level& level : c.shared->made.levels)
        if (level.group == id) return level.units;
    return 0;
}

/// Whether the group is the other, or in it.
bool is_within(const share_terms& t, std::optional<group_id> id, const group_id& other) {
    for (auto one = t.groups.rbegin(); one != t.groups.rend() && id; ++one) {
        if (id == other) return true;
        if (one->group == *id) id = one->within;
    }
    return id == other;
}

std::vector<group_share_row> group_rows(const call& c) {
    const share_terms& t = *c.asked.shares;
    std::vector<group_share_row> out;
    for (const share_group& one : t.groups) {
        group_share_row& row = out.emplace_back();
        row.group = one.group;
        row.title = one.title;
        row.within = one.within;
        row.least = one.least;
        row.most = one.most;
        for (const share_party& party : t.parties)
            if (is_within(t, party.group, one.group)) row.weight += party.weight.value_or(0);
        row.units = units_of(c, one.group);
    }
    return out;
}

/// From the whole down to the party: at each level the one that holds it.
std::vector<share_step> steps_of(const call& c, const share_answer& made,
                                 const share_party& party) {
    const share_terms& t = *c.asked.shares;
    std::vector<share_step> out;
    const std::string home = party.group ? path_of(t, *party.group) : std::string();
    for (const auto& level : made.levels) {
        const bool above =
            level.group.empty() || home == level.group || home.starts_with(level.group + "/");
        if (!above) continue;
        for (std::size_t i = 0; i < level.asked.parties.size(); ++i) {
            const std::string& name = level.asked.parties[i].name;
            const bool self = level.group == home && name == party.party.value;
            if (!self && home != name && !home.starts_with(name + "/")) continue;
            share_step& step = out.emplace_back();
            for (const share_group& one : t.groups) {
                const std::string path = path_of(t, one.group);
                if (path == level.group) {
                    step.within = one.group;
                    step.within_title = one.title;
                }
                if (!self && path == name) step.title = one.title;
            }
            if (self) step.title = party.title;
            step.amount = level.asked.seats;
            step.why = veche::shares::explain(level.asked, level.answer, i);
            break;
        }
    }
    return out;
}

result<const call*> shared_call(const world& w, const call_id& id) {
    const call* c = VECHE_TRY(find_call(w, id));
    if (!by_party(c->asked)) return refuse(refusals::not_of_shares, "call", id.value);
    return c;
}

}  // namespace

result<shares_view> ask(const world& w, const shares_query& q, const viewer& who) {
    const call* c = VECHE_TRY(shared_call(w, q.call));
    const share_terms& t = *c->asked.shares;
    shares_view out;
    for (const share_party& one : t.parties) out.parties.push_back(row_of(w, *c, one));
    out.groups = group_rows(*c);
    out.units = amount_of(t);
    out.weight = weight_of_all(t);
    out.of = t.of;
    out.apportion = t.apportion;
    out.divide = t.divide;
    if (c->shared) {
        out.shared = c->shared->made;
        out.shared_at = c->shared->at;
        out.shared_seq = static_cast<std::int64_t>(c->shared->seq);
    }
    if (stage_of(*c, who.now) != call_stage::open || who.person.empty()) return out;
    for (const share_party& one : t.parties)
        if (one.office && w.charter.holds_office(who.person, *one.office, date_of(who.now)))
            out.states.push_back(one.party);
    return out;
}

result<share_view> ask(const world& w, const share_query& q, const viewer&) {
    const call* c = VECHE_TRY(shared_call(w, q.call));
    const share_party* party = find_party(*c->asked.shares, q.party);
    if (!party) return refuse(refusals::party_unknown, "party", q.party.value);
    share_view out;
    out.row = row_of(w, *c, *party);
    if (!c->shared) return out;
    const share_answer made = VECHE_TRY(share_out(*c));
    if (made.division) {
        const auto which = party - c->asked.shares->parties.data();
        out.division = veche::shares::explain(division_of(*c, made.ties), *made.division,
                                              static_cast<std::size_t>(which));
    } else {
        out.steps = steps_of(*c, made, *party);
    }
    return out;
}

}  // namespace veche::calls
