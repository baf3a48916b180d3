#include "registry/plans.hpp"

#include <algorithm>

#include "registry/partial_day.hpp"
#include "registry/registry.hpp"
#include "registry/standing.hpp"

namespace veche::registry {
namespace {

bool says_item(const item_report* one, item_word what) {
    return one != nullptr && one->what.says == what;
}

bool is_dropped(const planned_item& of) {
    return says_item(newest_word(of, link_side::a), item_word::dropped) ||
           says_item(newest_word(of, link_side::b), item_word::dropped);
}

bool is_done(const planned_item& of) {
    const std::vector<link_side>& owed = item_now(of).sides;
    return std::all_of(
               owed.begin(), owed.end(),
               [&](link_side side) { return says_item(newest_word(of, side), item_word::done); }) &&
           !says_item(newest_word(of, link_side::a), item_word::not_done) &&
           !says_item(newest_word(of, link_side::b), item_word::not_done);
}

/// Nothing falls due on a link that one side suspended, ended or denies.
bool is_resting(const link& of) {
    const link_standing how = standing_of(of);
    return how == link_standing::suspended || how == link_standing::ended ||
           how == link_standing::disputed;
}

instant late_at(date last_day) {
    return start_of({last_day.days + 1});
}

}  // namespace

const plan_item& item_now(const planned_item& of) {
    return of.versions.back().what;
}

const item_report* newest_word(const planned_item& of, link_side side) {
    const auto last = std::find_if(of.reports.rbegin(), of.reports.rend(),
                                   [&](const item_report& one) { return one.what.side == side; });
    return last == of.reports.rend() ? nullptr : &*last;
}

item_standing standing_of(const planned_item& of, const link& on) {
    if (is_dropped(of)) return item_standing::dropped;
    if (is_done(of)) return item_standing::done;
    if (is_resting(on)) return item_standing::resting;
    return of.late ? item_standing::late : item_standing::planned;
}

std::optional<date> done_day(const planned_item& of) {
    if (is_dropped(of) || !is_done(of)) return std::nullopt;
    std::optional<date> last;
    for (const link_side side : item_now(of).sides) {
        const item_report& word = *newest_word(of, side);
        const date recorded = date_of(word.reported.at);
        const date named =
            word.what.on ? std::min(read_partial_day(*word.what.on)->last, recorded) : recorded;
        last = last ? std::max(*last, named) : named;
    }
    return last;
}

date last_day_of(const plan_item& c) {
    return read_partial_day(c.due)->last;
}

void set_item_clock(state& s, const item_key& key) {
    planned_item& one = s.items.edit(key);
    std::optional<date> runs_to;
    if (!is_dropped(one) && !is_done(one) && !is_resting(*s.links.find(key.link)))
        runs_to = last_day_of(item_now(one));
    if (runs_to == one.runs_to) return;
    if (one.runs_to && !one.late) s.promised.erase(item_mark{late_at(*one.runs_to), key});
    one.runs_to = runs_to;
    one.late.reset();
    if (runs_to) s.promised.insert(item_mark{late_at(*runs_to), key}, true);
}

void apply(state& s, const charter::state&, const plan_item& c, const context& ctx) {
    const item_key key{c.link, c.item};
    if (!s.items.contains(key)) {
        s.items.insert(key, {});
        s.links.edit(c.link).plan.push_back(c.item);
    }
    s.items.edit(key).versions.push_back({c, done_by(ctx)});
    set_item_clock(s, key);
}

void apply(state& s, const charter::state&, const report_item& c, const context& ctx) {
    const item_key key{c.link, c.item};
    s.items.edit(key).reports.push_back({c, done_by(ctx)});
    set_item_clock(s, key);
}

void apply(state& s, const charter::state&, const item_late& e, const context& ctx) {
    const item_key key{e.link, e.item};
    s.items.edit(key).late = ctx.seq;
    s.promised.erase(item_mark{late_at(e.due), key});
}

}  // namespace veche::registry
