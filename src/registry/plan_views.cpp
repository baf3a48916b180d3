#include "registry/plan_views.hpp"

#include <algorithm>

#include "kernel/part_of.hpp"
#include "kernel/search_fold.hpp"
#include "registry/checks.hpp"
#include "registry/link_names.hpp"
#include "registry/partners.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

/// Items with the day by which they are put in order.
using dated_items = std::vector<std::pair<date, item_key>>;

void add_items(const state& s, const link& of, dated_items& out) {
    for (const plan_item_id& item : of.plan) {
        const item_key key{of.what.link, item};
        out.emplace_back(last_day_of(item_now(*s.items.find(key))), key);
    }
}

dated_items items_of(const state& s, const link& of) {
    dated_items out;
    add_items(s, of, out);
    std::sort(out.begin(), out.end());
    return out;
}

/// Those among which the ones asked for are.
result<dated_items> items_asked(const world& w, const plan_items_query& q) {
    dated_items out;
    if (q.link) {
        add_items(w.own, *VECHE_TRY(find_link(w, *q.link, "link")), out);
    } else if (q.place) {
        (void)VECHE_TRY(find_place(w, *q.place, "place"));
        for (const link* one : links_around(w.own, *q.place)) add_items(w.own, *one, out);
    } else {
        for (const auto& [key, one] : w.own.items)
            out.emplace_back(last_day_of(item_now(one)), key);
    }
    return out;
}

bool has_words(const state& s, const planned_item& one, const item_key& key,
               const search_words& words) {
    if (words.empty()) return true;
    std::string texts;
    for (const auto& [language, text] : item_now(one).text) texts += fold_for_search(text) + " ";
    const record_link& on = s.links.find(key.link)->what;
    std::string names;
    for (const link_end* end : {&on.a, &on.b})
        for (const auto& [language, name] : names_of_end(s, *end))
            names += fold_for_search(name) + " ";
    return words.found_in({fold_for_search(key.item.value), texts, names});
}

void count_item(std::vector<item_count>& counts, item_standing how) {
    auto there = std::find_if(counts.begin(), counts.end(),
                              [&](const item_count& one) { return one.standing >= how; });
    if (there == counts.end() || there->standing != how) there = counts.insert(there, {how, 0});
    ++there->items;
}

item_word_row show_word(const item_report& one) {
    const report_item& c = one.what;
    return {c.side,
            c.says,
            c.on,
            c.about,
            c.activity,
            c.proof,
            c.source,
            one.reported.by,
            one.reported.as,
            one.reported.at,
            static_cast<std::int64_t>(one.reported.seq)};
}

item_change_row show_change(const planned& one) {
    const plan_item& c = one.what;
    return {c.text,          c.sides,
            c.due,           c.reason,
            one.recorded.by, one.recorded.as,
            one.recorded.at, static_cast<std::int64_t>(one.recorded.seq)};
}

/// Bodies in which an office of the person has the power to keep the register.
std::vector<body_id> bodies_kept_by(const charter::state& charter, const person_id& person,
                                    date today) {
    std::vector<body_id> out;
    for (const charter::office* one : charter.offices_of(person, today))
        if (std::find(one->powers.begin(), one->powers.end(), "registry") != one->powers.end())
            out.push_back(one->body);
    return out;
}

bool contains(const std::vector<body_id>& list, const body_id& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

bool speaks_for_side(const state& s, const link& of, const person_id& person, date today) {
    const auto speaks = [&](const link_end& end) {
        return end.organisation && speaks_for(s, *end.organisation, person, today);
    };
    return speaks(of.what.a) || speaks(of.what.b);
}

}  // namespace

item_row show_item(const state& s, const item_key& key, date today) {
    const planned_item& one = *s.items.find(key);
    const link& on = *s.links.find(key.link);
    const plan_item& c = item_now(one);
    item_row out;
    out.link = key.link;
    out.item = key.item;
    out.body = c.body;
    out.a = names_of_end(s, on.what.a);
    out.b = names_of_end(s, on.what.b);
    out.text = c.text;
    out.sides = c.sides;
    for (const link_side side : c.sides)
        out.owes.push_back({side, side == link_side::a ? out.a : out.b});
    out.due = c.due;
    out.last_day = last_day_of(c);
    out.standing = standing_of(one, on);
    out.done_on = done_day(one);
    const date until = out.done_on.value_or(today);
    const bool counts = out.done_on || out.standing == item_standing::late;
    if (counts && out.last_day < until) out.days_late = until.days - out.last_day.days;
    if (one.late) out.late_seq = static_cast<std::int64_t>(*one.late);
    out.verified = c.source.verified;
    out.changed = one.versions.back().recorded.at;
    if (!one.reports.empty()) out.changed = std::max(out.changed, one.reports.back().reported.at);
    out.changes = static_cast<std::int64_t>(one.versions.size() + one.reports.size());
    out.seq = static_cast<std::int64_t>(one.versions.back().recorded.seq);
    return out;
}

std::vector<planned_item_view> show_plan(const state& s, const link& of, date today) {
    std::vector<planned_item_view> out;
    for (const auto& [day, key] : items_of(s, of)) {
        const planned_item& one = *s.items.find(key);
        planned_item_view view{show_item(s, key, today), item_now(one).source, {}, {}, {}};
        view.reason = item_now(one).reason;
        for (auto word = one.reports.rbegin(); word != one.reports.rend(); ++word)
            view.words.push_back(show_word(*word));
        for (auto version = one.versions.rbegin() + 1; version != one.versions.rend(); ++version)
            view.before.push_back(show_change(*version));
        out.push_back(std::move(view));
    }
    return out;
}

std::vector<item_row> show_plan(const state& s, const link& of, std::int32_t year, date today) {
    std::vector<item_row> out;
    for (const auto& [day, key] : items_of(s, of)) {
        const auto done = done_day(*s.items.find(key));
        if (civil_of(day).year == year || (done && civil_of(*done).year == year))
            out.push_back(show_item(s, key, today));
    }
    return out;
}

result<plan_items_view> ask(const world& w, const plan_items_query& q, const viewer& who) {
    const search_words words(q.query.value_or(""));
    plan_items_view out;
    dated_items found;
    for (auto& [day, key] : VECHE_TRY(items_asked(w, q))) {
        if ((q.from && day < *q.from) || (q.until && *q.until < day)) continue;
        const planned_item& one = *w.own.items.find(key);
        if (!has_words(w.own, one, key, words)) continue;
        const item_standing how = standing_of(one, *w.own.links.find(key.link));
        count_item(out.standings, how);
        if (!q.standing || how == *q.standing) found.emplace_back(day, std::move(key));
    }
    std::sort(found.begin(), found.end());
    out.found = static_cast<std::int32_t>(found.size());
    out.total = static_cast<std::int32_t>(w.own.items.size());
    for (const auto& [day, key] : part_of(found, q.offset, q.count))
        out.items.push_back(show_item(w.own, key, date_of(who.now)));
    return out;
}

result<my_plan_items_view> ask(const world& w, const my_plan_items_query& q, const viewer& who) {
    const date today = date_of(who.now);
    const std::vector<body_id> kept = bodies_kept_by(w.charter, q.person, today);
    my_plan_items_view out;
    dated_items found;
    for (const auto& [key, one] : w.own.items) {
        const link& on = *w.own.links.find(key.link);
        const item_standing how = standing_of(one, on);
        if (how != item_standing::planned && how != item_standing::late) continue;
        if (!contains(kept, item_now(one).body) && !speaks_for_side(w.own, on, q.person, today))
            continue;
        out.late += how == item_standing::late ? 1 : 0;
        found.emplace_back(last_day_of(item_now(one)), key);
    }
    std::sort(found.begin(), found.end());
    out.found = static_cast<std::int32_t>(found.size());
    for (const auto& [day, key] : part_of(found, q.offset, q.count)) {
        my_item_row row{show_item(w.own, key, today), {}};
        if (contains(kept, row.row.body)) row.ties.push_back(link_tie::keeper);
        if (speaks_for_side(w.own, *w.own.links.find(key.link), q.person, today))
            row.ties.push_back(link_tie::speaker);
        out.items.push_back(std::move(row));
    }
    return out;
}

}  // namespace veche::registry
