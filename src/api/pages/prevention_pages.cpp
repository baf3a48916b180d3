// Preventive measures: what is in force where, indices through time, one kind in all members,
// orders with their history, and where orders of neighbours contradict each other.

#include <algorithm>
#include <functional>
#include <set>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/paging.hpp"
#include "kernel/csv.hpp"
#include "prevention/csv_orders.hpp"
#include "prevention/oxcgrt.hpp"
#include "prevention/refusal.hpp"
#include "prevention/views.hpp"
#include "registry/views.hpp"
#include "render/charts.hpp"

namespace veche::api::pages {
namespace {

using prevention::preventive_kind;

/// What holds, in words.
struct held_words {
    std::string name;
    std::string level;
    std::string words;
    std::string scope;
    std::string target;
    bool recorded = false;
    std::vector<prevention::order_id> orders;
};
VECHE_VIEW_HERE(held_words, (name, "The member."), (level, "The level."), (words, "What it means."),
                (scope, "General or targeted."), (target, "Where or whom it concerns."),
                (recorded, "Whether anything was recorded."), (orders, "The orders in force."))

struct kind_line {
    preventive_kind kind{};
    std::string code;
    bool differ = false;
    std::vector<held_words> members;
};
VECHE_VIEW_HERE(kind_line, (kind, "The kind."), (code, "Its code."),
                (differ, "Whether members differ."), (members, "By member."))

struct prevention_page {
    shown<prevention::in_force_view> view;
    std::vector<std::string> members;
    std::vector<kind_line> kinds;
    std::string on;
    std::string known;
    shown<prevention::index_series_view> series;
    render::markup plot;
    std::string query;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(prevention_page, (view, "What is in force."), (members, "Names of the members."),
                (kinds, "The same in words, kind by kind."), (on, "The day asked for."),
                (known, "The day as of which it is known."), (series, "Indices through time."),
                (plot, "The stringency index as lines."),
                (query, "The filter as part of an address."), (acts, "What the reader may do."))

struct stretch_line {
    std::string name;
    std::optional<std::string> region;
    date from;
    std::optional<date> to;
    std::string level;
    std::string words;
    std::string scope;
};
VECHE_VIEW_HERE(stretch_line, (name, "The member."),
                (region, "Its region, where it is of one alone."), (from, "First day."),
                (to, "Last day."), (level, "The level."), (words, "What it means."),
                (scope, "General or targeted."))

struct scale_line {
    std::string level;
    std::string words;
};
VECHE_VIEW_HERE(scale_line, (level, "The level."), (words, "What it means."))

struct past_line {
    prevention::past_clash_row row;
    std::string title;
    std::string a;
    std::string b;
    std::string on_a;
    std::string on_b;
};
VECHE_VIEW_HERE(past_line, (row, "The clash."), (title, "Kind and check, in words."),
                (a, "Name of the one side."), (b, "Name of the other side."),
                (on_a, "What held on the one side."), (on_b, "What held on the other side."))

/// An order of a list; its place by name.
struct order_line {
    prevention::order_id order;
    prevention::order_terms says;
    prevention::order_change how{};
    std::string region;
};
VECHE_VIEW_HERE(order_line, (order, "The order."), (says, "What it says."),
                (how, "What was done to it last."),
                (region, "Name of the region, if it is of one."))

struct prevention_kind_page {
    shown<prevention::kind_view> view;
    std::string code;
    std::vector<scale_line> scale;
    std::vector<stretch_line> stretches;
    std::vector<order_line> orders;
    shown<prevention::past_clashes_view> past;
    render::markup plot;
};
VECHE_VIEW_HERE(prevention_kind_page, (view, "The kind."), (code, "Its code."),
                (scale, "Levels and what they mean."), (stretches, "What held, in words."),
                (orders, "Its orders."), (past, "Clashes that are over."),
                (plot, "Levels through time."))

/// A clash in words.
struct clash_line {
    prevention::clash_row row;
    std::string title;
    std::string a;
    std::string b;
    std::string on_a;
    std::string on_b;
    std::string clock;
};
VECHE_VIEW_HERE(clash_line, (row, "The clash."), (title, "Kind and check, in words."),
                (a, "Name of the one side."), (b, "Name of the other side."),
                (on_a, "What holds on the one side."), (on_b, "What holds on the other side."),
                (clock, "Days left or late, in words."))

struct clashes_page {
    shown<prevention::clashes_view> view;
    std::vector<clash_line> lines;
    std::vector<past_line> past;
    std::vector<choice_option> lists;
    std::vector<choice_option> members;
    std::vector<choice_option> kinds;
    bool filtered = false;
    std::string query;
    std::optional<paging> pages;
};
VECHE_VIEW_HERE(clashes_page, (view, "Clashes."), (lines, "The same in words."),
                (past, "Those that were over before anybody could settle them."),
                (lists, "States to choose from."), (members, "Members to choose from."),
                (kinds, "Kinds to choose from."), (filtered, "Whether a filter is set."),
                (query, "The filter as part of an address."),
                (pages, "Where the reader is in the list of the past."))

struct clash_page {
    shown<prevention::clash_view> view;
    clash_line line;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(clash_page, (view, "The clash."), (line, "The same in words."),
                (acts, "What the reader may do."))

struct order_page {
    shown<prevention::order_view> view;
    std::string title;
    std::string code;
    std::string words;
    std::string member;
    std::string where;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(order_page, (view, "The order."), (title, "Its title, or its name."),
                (code, "Code of its kind."), (words, "What its level means."),
                (member, "Name of the member."), (where, "Names of the places where it holds."),
                (acts, "What the reader may do."))

struct orders_page {
    shown<prevention::orders_view> view;
    std::vector<order_line> orders;
    std::optional<paging> pages;
};
VECHE_VIEW_HERE(orders_page, (view, "Orders."), (orders, "The same, places by name."),
                (pages, "Where the reader is in a long list."))

std::string kind_words(const visit& here, preventive_kind kind) {
    return here.text("choice.preventive_kind." + std::string(name_of(kind)));
}

std::string level_words(const visit& here, preventive_kind kind, std::int64_t level) {
    return here.text("prevention.level." + std::string(name_of(kind)) + "_" +
                     std::to_string(level));
}

std::string scope_words(const visit& here, const std::optional<prevention::order_scope>& scope) {
    if (!scope) return {};
    return here.text("choice.order_scope." + std::string(name_of(*scope)));
}

std::string member_words(const visit& here, const member_id& id) {
    const charter::member* one = here.charter.find_member(id);
    return one ? here.name_of(one->name) : id.value;
}

/// The place of the register in the reader's language; its code where there is no such place.
std::string region_words(visit& here, const std::string& id) {
    const auto [known, fresh] = here.place_names.try_emplace(id, id);
    if (!fresh) return known->second;
    const auto place = here.ask<registry::place_view>(registry::place_query{{id}, 0});
    if (place && !(*place)->row.named.names.empty())
        known->second = here.name_of((*place)->row.named.names);
    return known->second;
}

std::string place_words(visit& here, const prevention::place_of& place) {
    const std::string name = member_words(here, place.member);
    return place.region ? name + ", " + region_words(here, *place.region) : name;
}

std::string regions_words(visit& here, const std::vector<std::string>& ids) {
    std::string out;
    for (const std::string& one : ids) out += (out.empty() ? "" : ", ") + region_words(here, one);
    return out;
}

/// "3, all levels closed (general)".
std::string side_words(const visit& here, preventive_kind kind,
                       const prevention::clash_side& side) {
    std::string out = std::to_string(side.level) + " · " + level_words(here, kind, side.level);
    if (prevention::scale_of(kind).flagged && side.level > 0)
        out += " (" +
               scope_words(here, side.general ? prevention::order_scope::general
                                              : prevention::order_scope::targeted) +
               ")";
    return out;
}

std::optional<date> day_asked(const visit& here, std::string_view name) {
    return parse_date(std::string(here.asked.query_value(name)));
}

/// As it was known when that day was over.
std::optional<instant> known_asked(const visit& here) {
    const auto day = day_asked(here, "known");
    if (!day) return std::nullopt;
    return instant{start_of({day->days + 1}).ms - 1};
}

held_words words_of(visit& here, preventive_kind kind, const prevention::held_row& row) {
    held_words out;
    out.name = member_words(here, row.member);
    out.recorded = row.recorded;
    out.level = std::to_string(row.level);
    out.words = level_words(here, kind, row.level);
    out.scope = scope_words(here, row.scope);
    out.target = regions_words(here, row.where);
    if (!row.whom.empty()) out.target += (out.target.empty() ? "" : "; ") + here.name_of(row.whom);
    out.orders = row.orders;
    return out;
}

std::vector<render::chart_tick> tenths_of(double most, double step) {
    std::vector<render::chart_tick> out;
    for (double at = 0; at <= most + step / 2; at += step)
        out.push_back({at, std::to_string(static_cast<int>(at))});
    return out;
}

/// Days of a picture: the first and the last day of each level on which a line stands.
std::vector<date> days_drawn(std::set<std::int32_t> turns, date last) {
    std::vector<date> out;
    for (const std::int32_t day : turns) {
        if (last.days < day) break;
        if (!out.empty() && out.back().days + 1 < day) out.push_back({day - 1});
        out.push_back({day});
    }
    if (!out.empty() && out.back() < last) out.push_back(last);
    return out;
}

std::vector<render::chart_tick> ticks_of_days(const std::vector<date>& days) {
    std::vector<render::chart_tick> out;
    for (const date day : days) out.push_back({static_cast<double>(day.days), {}});
    if (out.empty()) return out;
    // A whole date would stand out of the picture at both ends.
    out.front().label = std::to_string(civil_of(days.front()).year);
    out.back().label = std::to_string(civil_of(days.back()).year);
    return out;
}

using value_at = std::function<std::optional<double>(const member_id&, date)>;

render::markup drawn(const visit& here, const std::string& title, const std::string& says,
                     const std::set<std::int32_t>& turns,
                     const std::vector<render::chart_tick>& values,
                     const std::vector<member_id>& members, const value_at& value) {
    const date today = date_of(here.context.now);
    const std::vector<date> days = days_drawn(turns, today);
    if (days.size() < 2) return {};
    std::vector<render::chart_line> all;
    for (const member_id& member : members) {
        render::chart_line line;
        line.code = member.value;
        line.name = member_words(here, member);
        line.kind = all.empty() ? render::chart_kind::own : render::chart_kind::other;
        for (const date day : days) line.values.push_back(value(member, day));
        all.push_back(std::move(line));
    }
    return render::lines(title, says, ticks_of_days(days), values, all);
}

/// The newest row of the member up to the day.
const prevention::index_row* index_on(const prevention::index_series_view& series,
                                      const member_id& member, date day) {
    const prevention::index_row* found = nullptr;
    for (const prevention::index_row& one : series.rows)
        if (one.member == member && one.on <= day) found = &one;
    return found;
}

render::markup stringency_drawn(const visit& here, const prevention::index_series_view& series,
                                const std::vector<member_id>& members) {
    std::set<std::int32_t> turns;
    for (const prevention::index_row& one : series.rows) turns.insert(one.on.days);
    return drawn(here, here.text("prevention.stringency"), here.text("prevention.plot_says"), turns,
                 tenths_of(100, 20), members,
                 [&](const member_id& member, date day) -> std::optional<double> {
                     const auto* row = index_on(series, member, day);
                     if (!row || !row->stringency) return std::nullopt;
                     return std::stod(*row->stringency);
                 });
}

std::vector<member_id> members_of_view(const prevention::in_force_view& view) {
    std::vector<member_id> out;
    for (const prevention::index_row& one : view.indices) out.push_back(one.member);
    return out;
}

/// The reader's office that orders measures; that of the member where one is named.
std::optional<std::string> ordering_office(const visit& here,
                                           const std::optional<member_id>& member) {
    const person_id person{here.context.person};
    for (const charter::office* one : here.charter.offices_of(person, date_of(here.context.now))) {
        const auto& powers = one->powers;
        if (std::find(powers.begin(), powers.end(), "order_measures") == powers.end()) continue;
        if (one->member && (!member || one->member == member)) return one->id.value;
    }
    return office_with_power(here, "prevention");
}

std::string csv_line(const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + csv_cell(cells[i]);
    return out + "\r\n";
}

response csv_of(std::string body, const std::string& name) {
    response file;
    file.type = "text/csv; charset=utf-8";
    file.body = std::move(body);
    file.add("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
    return file;
}

/// The day asked for, as OxCGRT writes a day: what goes out comes in.
response day_as_csv(const visit& here, const prevention::in_force_view& view) {
    std::vector<std::string> head{"CountryName", "CountryCode",  "RegionName",
                                  "RegionCode",  "Jurisdiction", "Date"};
    for (std::size_t i = 0; i < prevention::indicator_count; ++i) {
        const preventive_kind kind = prevention::all_kinds[i];
        head.push_back(prevention::level_heading(kind));
        if (const auto flag = prevention::flag_heading(kind); !flag.empty()) head.push_back(flag);
    }
    for (const char* index : {"StringencyIndex_Average", "GovernmentResponseIndex_Average",
                              "ContainmentHealthIndex_Average", "EconomicSupportIndex"})
        head.emplace_back(index);
    std::string out = csv_line(head);
    std::string day = to_text(view.on);
    day.erase(std::remove(day.begin(), day.end(), '-'), day.end());
    for (std::size_t m = 0; m < view.indices.size(); ++m) {
        const prevention::index_row& index = view.indices[m];
        std::vector<std::string> row{
            member_words(here, index.member), index.member.value, "", "", "NAT_TOTAL", day};
        for (std::size_t i = 0; i < prevention::indicator_count; ++i) {
            const prevention::held_row& held = view.kinds[i].members[m];
            row.push_back(held.recorded ? std::to_string(held.level) : "");
            if (!prevention::scale_of(prevention::all_kinds[i]).flagged) continue;
            row.emplace_back(!held.scope                                       ? ""
                             : *held.scope == prevention::order_scope::general ? "1"
                                                                               : "0");
        }
        for (const auto* one : {&index.stringency, &index.government_response,
                                &index.containment_health, &index.economic_support})
            row.push_back(one->value_or(""));
        out += csv_line(row);
    }
    return csv_of(std::move(out), "prevention-" + day);
}

response in_force(visit& here) {
    prevention::in_force_query query;
    query.on = day_asked(here, "on");
    query.known = known_asked(here);
    VECHE_SHOW_OR_FAIL(view, here, here.ask<prevention::in_force_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return day_as_csv(here, *view);
    prevention_page page;
    page.view = view;
    page.on = to_text(view->on);
    page.known = here.asked.query_value("known");
    if (!query.known) page.known.clear();
    for (const prevention::index_row& one : view->indices)
        page.members.push_back(member_words(here, one.member));
    for (const prevention::kind_row& row : view->kinds) {
        kind_line line{row.kind, prevention::code_of(row.kind), row.differ, {}};
        for (const prevention::held_row& one : row.members)
            line.members.push_back(words_of(here, row.kind, one));
        page.kinds.push_back(std::move(line));
    }
    prevention::index_series_query through;
    through.known = query.known;
    VECHE_SHOW_OR_FAIL(series, here, here.ask<prevention::index_series_view>(through));
    page.series = series;
    page.plot = stringency_drawn(here, *series, members_of_view(*view));
    page.query = query_text(here);
    act_list acts(here, "prevention");
    if (view->body) {
        const std::vector<act_field> at{{"body", view->body->value}};
        acts.form(prevention::order_measure::wire.type, ordering_office(here, {}), at);
        acts.button(prevention::search_again::wire.type, office_with_power(here, "prevention"), at);
    }
    page.acts = acts.take();
    return here.show("prevention", page);
}

render::markup levels_drawn(const visit& here, const prevention::kind_view& view) {
    std::set<std::int32_t> turns;
    std::vector<member_id> members;
    for (const prevention::stretch_row& one : view.stretches) {
        if (one.region) continue;
        turns.insert(one.from.days);
        if (one.to) turns.insert(one.to->days + 1);
        if (std::find(members.begin(), members.end(), one.member) == members.end())
            members.push_back(one.member);
    }
    return drawn(here, kind_words(here, view.kind), here.text("prevention.level_plot_says"), turns,
                 tenths_of(view.highest, 1), members,
                 [&](const member_id& member, date day) -> std::optional<double> {
                     for (const prevention::stretch_row& one : view.stretches)
                         if (!one.region && one.member == member && one.from <= day &&
                             (!one.to || day <= *one.to))
                             return one.level;
                     return 0;
                 });
}

std::string clash_title(const visit& here, preventive_kind kind, prevention::clash_check check) {
    return prevention::code_of(kind) + " · " + kind_words(here, kind) + ": " +
           here.text("choice.clash_check." + std::string(name_of(check)));
}

past_line past_line_of(visit& here, const prevention::past_clash_row& row) {
    return {row,
            clash_title(here, row.kind, row.check),
            place_words(here, row.a),
            place_words(here, row.b),
            side_words(here, row.kind, row.on_a),
            side_words(here, row.kind, row.on_b)};
}

std::vector<order_line> order_lines(visit& here, const prevention::orders_view& view) {
    std::vector<order_line> out;
    for (const prevention::order_row& one : view.orders)
        out.push_back({one.order, one.says, one.how,
                       one.says.region ? region_words(here, *one.says.region) : std::string()});
    return out;
}

response one_kind(visit& here, preventive_kind kind) {
    prevention::kind_query query{kind, known_asked(here)};
    VECHE_SHOW_OR_FAIL(view, here, here.ask<prevention::kind_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->stretches);
    here.above("prevention", here.text("prevention.title"));
    prevention_kind_page page;
    page.view = view;
    page.code = prevention::code_of(kind);
    for (std::int32_t level = 0; level <= view->highest; ++level)
        page.scale.push_back({std::to_string(level), level_words(here, kind, level)});
    for (const prevention::stretch_row& one : view->stretches)
        page.stretches.push_back(
            {member_words(here, one.member),
             one.region ? std::optional(region_words(here, *one.region)) : std::nullopt, one.from,
             one.to, std::to_string(one.level), level_words(here, kind, one.level),
             scope_words(here, one.scope)});
    prevention::orders_query orders_of;
    orders_of.kind = kind;
    VECHE_SHOW_OR_FAIL(orders, here, here.ask<prevention::orders_view>(orders_of));
    page.orders = order_lines(here, *orders);
    prevention::past_clashes_query past_of;
    past_of.kind = kind;
    VECHE_SHOW_OR_FAIL(past, here, here.ask<prevention::past_clashes_view>(past_of));
    page.past = past;
    page.plot = levels_drawn(here, *view);
    return here.show("prevention_kind", page);
}

clash_line line_of(visit& here, const prevention::clash_row& row) {
    clash_line out;
    out.row = row;
    out.title = clash_title(here, row.kind, row.check);
    out.a = place_words(here, row.a);
    out.b = place_words(here, row.b);
    out.on_a = side_words(here, row.kind, row.on_a);
    out.on_b = side_words(here, row.kind, row.on_b);
    if (row.days_left) {
        const bool late = *row.days_left < 0;
        out.clock = here.text(late ? "prevention.days_late" : "prevention.days_left",
                              {{"n", late ? -*row.days_left : *row.days_left}});
    }
    return out;
}

prevention::clashes_query clashes_asked(const visit& here) {
    prevention::clashes_query query;
    query.list = enum_asked<prevention::clash_list>(here, "list");
    if (const std::string member = identifier_asked(here, "member"); !member.empty())
        query.member = member_id{member};
    query.kind = prevention::kind_named(identifier_asked(here, "kind"));
    return query;
}

response all_clashes(visit& here) {
    const prevention::clashes_query query = clashes_asked(here);
    VECHE_SHOW_OR_FAIL(view, here, here.ask<prevention::clashes_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->clashes);
    here.above("prevention", here.text("prevention.title"));
    clashes_page page;
    page.view = view;
    for (const prevention::clash_row& row : view->clashes) page.lines.push_back(line_of(here, row));
    prevention::past_clashes_query past_of{query.kind, rows_before(here), rows_per_page};
    VECHE_SHOW_OR_FAIL(past, here, here.ask<prevention::past_clashes_view>(past_of));
    for (const prevention::past_clash_row& row : past->clashes)
        page.past.push_back(past_line_of(here, row));
    page.lists = enum_options(here, query.list);
    for (const charter::member& one : here.charter.document().members)
        page.members.push_back({one.id.value, here.name_of(one.name), query.member == one.id});
    for (const preventive_kind kind : prevention::all_kinds)
        page.kinds.push_back({std::string(name_of(kind)),
                              prevention::code_of(kind) + " · " + kind_words(here, kind),
                              query.kind == kind});
    page.filtered = query.list || query.member || query.kind;
    page.query = query_text(here);
    page.pages = paging_of(here, past->found);
    return here.show("prevention_clashes", page);
}

response one_clash(visit& here, const std::string& id) {
    VECHE_SHOW_OR_FAIL(view, here, here.ask<prevention::clash_view>(prevention::clash_query{{id}}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->positions);
    here.above("prevention", here.text("prevention.title"));
    here.above("prevention/clashes", here.text("prevention.clashes"));
    clash_page page{view, line_of(here, view->row), {}};
    act_list acts(here, "prevention/clashes/" + id);
    if (view->row.standing == prevention::clash_standing::open) {
        const std::vector<act_field> it{{"clash", id}};
        std::optional<std::string> side = ordering_office(here, view->row.a.member);
        const auto desk = office_with_power(here, "prevention");
        if (side == desk) side = ordering_office(here, view->row.b.member);
        if (side != desk) acts.form(prevention::state_position::wire.type, side, it);
        acts.form(prevention::refer_clash::wire.type, desk, it);
    }
    page.acts = acts.take();
    return here.show("prevention_clash", page);
}

response all_orders(visit& here) {
    prevention::orders_query query;
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    }
    VECHE_SHOW_OR_FAIL(view, here, here.ask<prevention::orders_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") {
        std::vector<prevention::staged_order> all;
        for (const prevention::order_row& one : view->orders)
            if (one.how != prevention::order_change::withdrawn)
                all.push_back({one.order, one.says});
        return csv_of(prevention::orders_as_csv(all), "orders");
    }
    here.above("prevention", here.text("prevention.title"));
    return here.show("prevention_orders",
                     orders_page{view, order_lines(here, *view), paging_of(here, view->found)});
}

response one_order(visit& here, const std::string& id) {
    VECHE_SHOW_OR_FAIL(view, here, here.ask<prevention::order_view>(prevention::order_query{{id}}));
    if (here.form == "json") return here.json(*view);
    const prevention::order_terms& says = view->row.says;
    here.above("prevention", here.text("prevention.title"));
    here.above("prevention/orders", here.text("prevention.orders"));
    order_page page;
    page.view = view;
    page.title = says.title.empty() ? id : here.name_of(says.title);
    page.code = prevention::code_of(says.kind);
    page.words = level_words(here, says.kind, says.level);
    page.member = place_words(here, {says.member, says.region});
    page.where = regions_words(here, says.where);
    act_list acts(here, "prevention/orders/" + id);
    if (view->row.how != prevention::order_change::withdrawn) {
        const auto office = ordering_office(here, says.member);
        const std::vector<act_field> it{{"order", id}};
        acts.form(prevention::end_order::wire.type, office, it);
        acts.form(prevention::extend_order::wire.type, office, it);
        acts.form(prevention::amend_order::wire.type, office, it);
        acts.form(prevention::withdraw_order::wire.type, office, it);
    }
    page.acts = acts.take();
    return here.show("prevention_order", page);
}

response prevention_section(visit& here) {
    here.page.door = "health";
    const std::size_t slash = here.id.find('/');
    const std::string first = here.id.substr(0, slash);
    const std::string rest = slash == std::string::npos ? "" : here.id.substr(slash + 1);
    if (first.empty()) return in_force(here);
    if (first == "clashes") return rest.empty() ? all_clashes(here) : one_clash(here, rest);
    if (first == "orders") return rest.empty() ? all_orders(here) : one_order(here, rest);
    if (const auto kind = prevention::kind_named(first); kind && rest.empty())
        return one_kind(here, *kind);
    return here.fail({&prevention::refusals::kind_unknown, "kind", {here.id.substr(0, 64)}});
}

constexpr page_route prevention_routes[] = {{"prevention", prevention_section}};
constexpr template_need prevention_needs[] = {{"prevention", &describe<prevention_page>},
                                              {"prevention_kind", &describe<prevention_kind_page>},
                                              {"prevention_clashes", &describe<clashes_page>},
                                              {"prevention_clash", &describe<clash_page>},
                                              {"prevention_orders", &describe<orders_page>},
                                              {"prevention_order", &describe<order_page>}};

}  // namespace

const page_group prevention_pages{prevention_routes, prevention_needs};

}  // namespace veche::api::pages
