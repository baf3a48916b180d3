#include "api/pages/explore_parts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "render/map_chart.hpp"
#include "render/remarks.hpp"
#include "render/svg.hpp"

namespace veche::api::pages {
namespace {

using explore::chosen_side;
using explore::grouping;
using explore::sum_row;
using explore::sum_state;
using explore::summed;
using render::chart_kind;

constexpr std::size_t most_tiles = 40;
constexpr std::size_t most_lines = 6;
constexpr std::size_t most_bands = 12;  ///< of each territory asked about
constexpr std::size_t every_row = 1'000'000;

/// A number for people: as many decimals as say something.
std::string value_text(const visit& here, double value) {
    const double size = std::abs(value);
    const int decimals = size >= 100 || value == std::round(value) ? 0 : size >= 1 ? 1 : 3;
    return here.texts.locale().digits(fmt::format("{:.{}f}", value, decimals));
}

/// For programs: twelve significant digits.
std::string raw(double value) {
    return fmt::format("{:.12g}", value);
}

std::string percent_of(const visit& here, double part, double whole) {
    if (!(whole > 0)) return "–";
    return here.texts.locale().digits(fmt::format("{:.1f}", part / whole * 100)) + "\u00A0%";
}

class teller {
  public:
    teller(const visit& here, const explored_set& set, const explore_state& state, bool all)
        : here_(here),
          set_(set),
          state_(state),
          asked_(state.asked),
          all_(all),
          title_(title_of_set(here, set, state)) {}

    result<explored_picture> run() {
        switch (state_.show) {
            case picture_kind::lines:
                VECHE_CHECK(tell_lines());
                break;
            case picture_kind::sankey:
                VECHE_CHECK(tell_ways());
                break;
            case picture_kind::space:
                VECHE_CHECK(tell_space());
                break;
            case picture_kind::treemap:
            case picture_kind::map:
                VECHE_CHECK(tell_sums());
                break;
        }
        for (const auto& trap : set_.cube->traps) out_.traps.push_back(sentence_of(trap));
        return std::move(out_);
    }

  private:
    /// "Codes of several territories together stand beside their parts ... (EUN)"
    [[nodiscard]] std::string sentence_of(const trade::trap_note& trap) const {
        std::string out = render::sentence(here_.texts, trap.said);
        for (std::size_t i = 0; i < trap.examples.size(); ++i)
            out += (i == 0 ? " (" : ", ") + trap.examples[i];
        return trap.examples.empty() ? out : out + ")";
    }

    [[nodiscard]] std::string text(const std::string& key,
                                   const std::vector<render::text_argument>& with = {}) const {
        return here_.text("explore." + key, with);
    }
    [[nodiscard]] std::string with_unit(double value) const {
        const std::string& unit = set_.view->row.unit;
        return value_text(here_, value) + (unit.empty() ? "" : "\u00A0" + unit);
    }
    [[nodiscard]] std::string name_of_key(const std::string& key) const {
        if (key.empty()) return text("others");
        return asked_.by == grouping::product ? product_name(here_, set_, key)
                                              : area_name(here_, set_, key);
    }
    /// What a picture has room for: a code, or a word for all others.
    [[nodiscard]] std::string mark_of(const std::string& key) const {
        return key.empty() ? text("others_short") : key;
    }
    [[nodiscard]] bool is_member(const std::string& area) const {
        return std::find(asked_.members.begin(), asked_.members.end(), area) !=
               asked_.members.end();
    }
    [[nodiscard]] chart_kind kind_of(const std::string& key) const {
        if (key.empty()) return chart_kind::rest;
        return asked_.by == grouping::partner && is_member(key) ? chart_kind::own
                                                                : chart_kind::other;
    }
    void column(std::string key, bool number, std::string raw_name) {
        out_.columns.push_back({text("column." + key), number});
        out_.heads.push_back(std::move(raw_name));
    }
    /// A row as shown: the first cell heads it.
    void row(std::string head, const std::vector<std::string>& cells,
             std::vector<std::string> raw) {
        explored_row made{std::move(head), {}};
        for (std::size_t i = 0; i < cells.size(); ++i)
            made.cells.push_back({cells[i], out_.columns[i + 1].number});
        out_.rows.push_back(std::move(made));
        out_.data.push_back(std::move(raw));
    }
    void fact(std::string sentence) { out_.facts.push_back(std::move(sentence)); }

    static bool names_union(const std::string& area) {
        return area == explore::the_union || area == explore::third;
    }

    // --- What belongs to every figure ---

    void tell_side() {
        if (names_union(asked_.of) || names_union(asked_.with)) {
            std::string names;
            for (const std::string& one : asked_.members)
                names += (names.empty() ? "" : ", ") + area_name(here_, set_, one);
            fact(text("fact.union", {{"names", names}}));
        }
        if (set_.cube->one_value)
            fact(text("fact.one_value", {{"publisher", set_.view->row.publisher}}));
        else if (set_.cube->pairs() == 0)
            fact(text("fact.world_only"));
        else if (state_.show == picture_kind::space)
            fact(text("fact.space_" + std::string(name_of(asked_.side))));
        else if (asked_.side != chosen_side::own)
            fact(text("fact." + std::string(name_of(asked_.side))));
        else if (asked_.of == explore::the_union)
            fact(text("fact.own_union"));
        else
            fact(text("fact.own", {{"who", area_name(here_, set_, asked_.of)}}));
    }

    void tell_scope(const summed& made) {
        std::int64_t known = 0;
        for (const sum_row& one : made.rows) known += one.state == sum_state::known ? 1 : 0;
        if (made.cells == 0)
            fact(text("fact.nothing"));
        else if (asked_.by == grouping::partner)
            fact(text("fact.total_partners", {{"total", with_unit(made.total)}, {"n", known}}));
        else
            fact(text("fact.total_products", {{"total", with_unit(made.total)}, {"n", known}}));
        if (made.cells_missing > 0) fact(text("fact.missing", {{"n", made.cells_missing}}));
        if (asked_.side == chosen_side::reconciled && !set_.cube->one_value && made.total > 0)
            fact(text("fact.from_partner",
                      {{"value", with_unit(made.from_partner)},
                       {"share", percent_of(here_, made.from_partner, made.total)}}));
        if (made.world && *made.world > 0)
            fact(text("fact.coverage", {{"world", with_unit(*made.world)},
                                        {"share", percent_of(here_, made.total, *made.world)}}));
        tell_silent(made.silent);
    }

    void tell_silent(const std::vector<std::string>& silent) {
        if (silent.empty() || set_.cube->one_value) return;
        constexpr std::size_t most_named = 12;
        std::string names;
        for (std::size_t i = 0; i < silent.size() && i < most_named; ++i)
            names += (i == 0 ? "" : ", ") + area_name(here_, set_, silent[i]);
        if (silent.size() > most_named) names += " …";
        fact(text("fact.silent",
                  {{"names", names}, {"n", static_cast<std::int64_t>(silent.size())}}));
    }

    // --- Treemap and map ---

    result<void> tell_sums() {
        const summed made = VECHE_TRY(explore::sums(*set_.cube, asked_));
        tell_side();
        tell_scope(made);
        const auto rows = explore::largest(made.rows, all_ ? every_row : most_tiles);
        if (!all_ && made.rows.size() > most_tiles)
            out_.left = static_cast<std::int64_t>(made.rows.size() - most_tiles);
        const bool mixed = asked_.side == chosen_side::reconciled && !set_.cube->one_value;
        column(asked_.by == grouping::product ? "product" : "partner", false, "code");
        column("value", true, "value");
        column("share", true, "share");
        if (mixed) column("from_partner", true, "from_other_side");
        out_.heads.emplace_back("state");
        for (const sum_row& one : rows) tell_sum(one, made.total, mixed);
        if (state_.show == picture_kind::map) return draw_map(rows);
        std::vector<render::treemap_part> parts;
        for (const sum_row& one : rows)
            parts.push_back({mark_of(one.key), name_of_key(one.key),
                             percent_of(here_, one.value, made.total), one.value,
                             kind_of(one.key)});
        out_.plot = render::treemap(title_, text("desc.treemap"), parts);
        return {};
    }

    void tell_sum(const sum_row& one, double total, bool mixed) {
        const bool missing = one.state == sum_state::missing;
        std::vector<std::string> cells{missing ? text("missing")
                                       : one.state == sum_state::no_row
                                           ? text("no_row")
                                           : value_text(here_, one.value),
                                       missing ? "–" : percent_of(here_, one.value, total)};
        std::vector<std::string> data{one.key.empty() ? "others" : one.key,
                                      missing ? "" : raw(one.value),
                                      missing || !(total > 0) ? "" : raw(one.value / total)};
        if (mixed) {
            cells.push_back(missing ? "–" : value_text(here_, one.from_partner));
            data.push_back(missing ? "" : raw(one.from_partner));
        }
        data.emplace_back(name_of(one.state));
        row(name_of_key(one.key), cells, std::move(data));
    }

    result<void> draw_map(const std::vector<sum_row>& rows) {
        std::vector<render::map_circle> circles;
        std::string placeless;
        for (const sum_row& one : rows) {
            if (one.state != sum_state::known || !(one.value > 0)) continue;
            const auto* label = set_.label_of(one.key);
            if (label == nullptr || !label->latitude || !label->longitude) {
                placeless += (placeless.empty() ? "" : ", ") + name_of_key(one.key);
                continue;
            }
            circles.push_back({one.key, name_of_key(one.key) + ": " + with_unit(one.value),
                               *label->latitude, *label->longitude, one.value, kind_of(one.key)});
        }
        if (!placeless.empty()) fact(text("fact.placeless", {{"names", placeless}}));
        if (circles.empty()) return {};
        if (const maps::sheet* sheet = sheet_for(circles))
            draw_on_outlines(*sheet, circles);
        else
            out_.plot = render::circle_map(title_, text("desc.map"), circles);
        return {};
    }

    /// The unit of a territory: by its code, or around the place that the list of names gives it.
    std::optional<std::size_t> unit_of(const maps::sheet& sheet, const std::string& area) const {
        if (const auto known = sheet.find(area)) return known;
        const auto* label = set_.label_of(area);
        if (label == nullptr || !label->latitude || !label->longitude) return std::nullopt;
        return sheet.around({*label->longitude, *label->latitude});
    }

    /// Outlines of regions where the data are of regions, else of countries; null where neither is
    /// at hand.
    const maps::sheet* sheet_for(const std::vector<render::map_circle>& circles) const {
        const map_book* book = here_.site.maps.get();
        if (book == nullptr) return nullptr;
        const auto named = [&](const maps::sheet& sheet) {
            return std::count_if(circles.begin(), circles.end(),
                                 [&](const auto& one) { return sheet.find(one.code); });
        };
        if (book->regions && named(*book->regions) > 0) return &*book->regions;
        return book->countries ? &*book->countries : nullptr;
    }

    /// What holds all circles, with some room around them.
    static maps::extent around(const maps::sheet& sheet,
                               const std::vector<render::map_circle>& circles) {
        maps::extent out = maps::extent::nothing();
        for (const render::map_circle& one : circles)
            out.widen_to(sheet.place({one.longitude, one.latitude}));
        const double room = std::max(0.04, 0.06 * std::max(out.width(), out.height()));
        return {out.west - room, out.south - room, out.east + room, out.north + room};
    }

    void draw_on_outlines(const maps::sheet& sheet, std::vector<render::map_circle> circles) {
        constexpr std::size_t of_partners = 1;
        constexpr std::size_t of_members = 3;
        const map_view view(sheet, around(sheet, circles), state_.look,
                            here_.link("explore/" + here_.id), pairs_of_state(state_));
        render::outline_picture what;
        for (const std::string& one : asked_.members)
            if (const auto unit = unit_of(sheet, one))
                what.regions[*unit] = {"", area_name(here_, set_, one), "", of_members};
        for (const render::map_circle& one : circles)
            if (const auto unit = unit_of(sheet, one.code)) {
                const std::size_t tint = is_member(one.code) ? of_members : of_partners;
                what.regions[*unit] = {"", one.name, "", tint};
            }
        if (!asked_.members.empty()) what.keys.push_back({text("key_members"), of_members});
        what.keys.push_back({text("key_partners"), of_partners});
        what.circles = std::move(circles);
        out_.plot = render::outline_map(title_, text("desc.outlines"), sheet, view.window(), what);
        out_.ways = view.ways();
        out_.outlines = words_on_outlines(here_, sheet);
    }

    // --- Lines ---

    result<void> tell_lines() {
        const auto made = VECHE_TRY(explore::sums_over_time(*set_.cube, asked_));
        tell_side();
        const std::size_t shown = std::min(made.rows.size(), all_ ? every_row : most_lines);
        out_.left = static_cast<std::int64_t>(made.rows.size() - shown);
        if (out_.left > 0) fact(text("fact.lines_left", {{"n", out_.left}}));
        fact(text("fact.broken"));
        tell_silent_periods(made);
        column("period", false, "period");
        double most = 0;
        std::vector<render::chart_line> lines;
        for (std::size_t i = 0; i < shown; ++i) {
            const explore::series_row& one = made.rows[i];
            out_.columns.push_back({name_of_key(one.key), true});
            out_.heads.push_back(one.key);
            for (const auto& value : one.values) most = std::max(most, value.value_or(0));
            lines.push_back({one.key, name_of_key(one.key), one.values, kind_of(one.key)});
        }
        for (std::size_t period = 0; period < made.periods.size(); ++period)
            tell_period(made, period, shown);
        if (lines.size() > most_lines) lines.resize(most_lines);
        draw_lines(made.periods, lines, most);
        return {};
    }

    void tell_period(const explore::series& made, std::size_t period, std::size_t shown) {
        std::vector<std::string> cells;
        std::vector<std::string> data{made.periods[period]};
        for (std::size_t i = 0; i < shown; ++i) {
            const auto& value = made.rows[i].values[period];
            cells.push_back(value ? value_text(here_, *value) : text("missing"));
            data.push_back(value ? raw(*value) : "");
        }
        row(made.periods[period], cells, std::move(data));
    }

    void tell_silent_periods(const explore::series& made) {
        std::string periods;
        for (std::size_t i = 0; i < made.periods.size(); ++i)
            if (made.of_period[i].cells == 0)
                periods += (periods.empty() ? "" : ", ") + made.periods[i];
        if (!periods.empty()) fact(text("fact.silent_periods", {{"periods", periods}}));
    }

    /// Years stand as far apart as they are; other periods one after another.
    void draw_lines(const std::vector<std::string>& periods,
                    const std::vector<render::chart_line>& lines, double most) {
        const bool years = std::all_of(periods.begin(), periods.end(), [](const std::string& one) {
            return one.size() == 4 && number_in(one);
        });
        std::vector<render::chart_tick> times;
        for (std::size_t i = 0; i < periods.size(); ++i)
            times.push_back(
                {years ? static_cast<double>(*number_in(periods[i])) : static_cast<double>(i),
                 periods[i]});
        std::vector<render::chart_tick> ticks;
        for (const double at : render::axis_steps(most))
            ticks.push_back({at, value_text(here_, at)});
        if (!lines.empty())
            out_.plot = render::lines(title_, text("desc.lines"), times, ticks, lines);
    }

    // --- From whom to whom ---

    result<void> tell_ways() {
        const auto made = VECHE_TRY(explore::ways_of(*set_.cube, asked_));
        tell_side();
        tell_scope(made.all);
        column("from", false, "from");
        column("to", false, "to");
        column("value", true, "value");
        column("share", true, "share");
        const auto rows = shown_ways(made);
        for (const explore::way& one : rows)
            row(way_end(one.from, true),
                {way_end(one.to, false), value_text(here_, one.value),
                 percent_of(here_, one.value, made.all.total)},
                {one.from.empty() ? "others" : one.from, one.to.empty() ? "others" : one.to,
                 raw(one.value), made.all.total > 0 ? raw(one.value / made.all.total) : ""});
        draw_ways(rows);
        return {};
    }

    /// Whether the other end of ways stands on the left.
    [[nodiscard]] bool reversed() const { return !asked_.exports; }

    [[nodiscard]] std::string way_end(const std::string& key, bool left) const {
        return left == reversed() ? name_of_key(key) : area_name(here_, set_, key);
    }

    /// The other ends with most of all territories together; the rest as one.
    std::vector<explore::way> shown_ways(const explore::ways& made) {
        std::map<std::string, std::size_t> ranks;
        for (const sum_row& one : made.all.rows) ranks.emplace(one.key, ranks.size());
        std::vector<explore::way> out;
        std::map<std::string, double> rest;
        for (const explore::way& one : made.rows) {
            const std::string& other = reversed() ? one.from : one.to;
            const std::string& own = reversed() ? one.to : one.from;
            const auto rank = ranks.find(other);
            if (all_ || (rank != ranks.end() && rank->second < most_bands)) {
                out.push_back(one);
                continue;
            }
            ++out_.left;
            rest[own] += one.value;
        }
        for (const auto& [own, value] : rest)
            out.push_back(reversed() ? explore::way{"", own, value} : explore::way{own, "", value});
        return out;
    }

    void draw_ways(const std::vector<explore::way>& rows) {
        std::vector<render::flow_node> nodes;
        std::vector<render::flow_band> bands;
        std::map<std::pair<bool, std::string>, std::size_t> places;
        double whole = 0;
        for (const explore::way& one : rows) whole += one.value;
        const auto node = [&](const std::string& key, bool left) {
            const auto [at, fresh] = places.try_emplace({left, key}, nodes.size());
            if (!fresh) return at->second;
            double sum = 0;
            for (const explore::way& one : rows)
                if ((left ? one.from : one.to) == key) sum += one.value;
            const bool own = left != reversed();
            nodes.push_back({left ? 0U : 1U, mark_of(key) + " " + percent_of(here_, sum, whole),
                             way_end(key, left) + ": " + with_unit(sum),
                             own || is_member(key) ? "a" : "b"});
            return at->second;
        };
        // Bands are whole numbers: parts of a billion of all.
        constexpr double parts = 1e9;
        for (const explore::way& one : rows) {
            const std::size_t from = node(one.from, true);
            const std::size_t to = node(one.to, false);
            bands.push_back(
                {from, to, static_cast<std::int64_t>(std::llround(one.value / whole * parts))});
        }
        if (!rows.empty()) out_.plot = render::flow(title_, text("desc.sankey"), nodes, bands);
    }

    // --- The space of products ---

    result<void> tell_space() {
        const std::string key = set_.view->row.file.sha256 + "/" + asked_.period + "/" +
                                std::string(name_of(asked_.side)) + "/" +
                                std::to_string(asked_.digits);
        const auto made = VECHE_TRY(here_.site.explored->space(key, [&] {
            return explore::space_of_period(*set_.cube, asked_.period, asked_.side, asked_.digits);
        }));
        const auto& space = *made;
        const auto at = std::find(space.areas.begin(), space.areas.end(), asked_.of);
        tell_side();
        fact(text("fact.space", {{"areas", static_cast<std::int64_t>(space.areas.size())},
                                 {"products", static_cast<std::int64_t>(space.products.size())}}));
        const bool there = at != space.areas.end();
        if (!there) fact(text("fact.space_absent", {{"who", area_name(here_, set_, asked_.of)}}));
        const auto area = static_cast<std::size_t>(at - space.areas.begin());
        column("product", false, "product");
        column("rca", true, "rca");
        column("advantage", false, "advantage");
        column("ubiquity", true, "territories_with_advantage");
        column("density", true, "density");
        column("nearest", false, "nearest");
        out_.heads.emplace_back("proximity");
        std::vector<render::network_node> nodes;
        for (std::size_t p = 0; p < space.products.size(); ++p)
            nodes.push_back(tell_product(space, there ? std::optional(area) : std::nullopt, p));
        constexpr double strong = 0.55;
        out_.plot = render::network(title_, text("desc.space"), nodes,
                                    render::strongest_links(space.proximity, space.products.size(),
                                                            strong, space.products.size()));
        tell_caveats(space);
        return {};
    }

    render::network_node tell_product(const explore::product_space& space,
                                      std::optional<std::size_t> area, std::size_t p) {
        const std::size_t n = space.products.size();
        const double* near = &space.proximity[p * n];
        const auto nearest = static_cast<std::size_t>(std::max_element(near, near + n) - near);
        const std::string& code = space.products[p];
        const double rca = area ? space.rca[space.place(*area, p)] : 0;
        const double density = area ? space.density[space.place(*area, p)] : 0;
        const bool made = area && space.made[space.place(*area, p)] != 0;
        const auto decimal = [&](double value) {
            return here_.texts.locale().digits(fmt::format("{:.2f}", value));
        };
        row(product_name(here_, set_, code),
            {area ? decimal(rca) : "–", text(made ? "with_advantage" : "without_advantage"),
             here_.texts.locale().number(space.ubiquity[p]), area ? decimal(density) : "–",
             product_name(here_, set_, space.products[nearest]) + " (" + decimal(near[nearest]) +
                 ")"},
            {code, area ? raw(rca) : "", made ? "1" : "0", std::to_string(space.ubiquity[p]),
             area ? raw(density) : "", space.products[nearest], raw(near[nearest])});
        return {code, product_name(here_, set_, code) + ": RCA " + decimal(rca),
                made ? chart_kind::own : chart_kind::other};
    }

    void tell_caveats(const explore::product_space& space) {
        const auto top = static_cast<std::size_t>(
            std::max_element(space.complexity.begin(), space.complexity.end()) -
            space.complexity.begin());
        const auto& as = here_.texts.locale();
        const std::vector<render::text_argument> figures{
            {"top", area_name(here_, set_, space.areas[top])},
            {"n", space.diversity[top]},
            {"correlation", as.digits(fmt::format("{:.3f}", space.sign_correlation))},
            {"second", as.digits(fmt::format("{:.6f}", space.second_eigenvalue))},
            {"third", as.digits(fmt::format("{:.6f}", space.third_eigenvalue))}};
        for (const auto& one : space.caveats)
            out_.caveats.push_back(
                {text("caveat." + std::string(1, one.letter), figures), one.applies});
    }

    const visit& here_;
    const explored_set& set_;
    const explore_state& state_;
    const explore::question& asked_;
    bool all_;
    std::string title_;
    explored_picture out_;
};

}  // namespace

result<explored_picture> picture_of(const visit& here, const explored_set& set,
                                    const explore_state& state, bool all) {
    return teller(here, set, state, all).run();
}

std::string title_of_set(const visit& here, const explored_set& set, const explore_state& state) {
    const explore::question& asked = state.asked;
    const std::string period = state.show == picture_kind::lines && !set.cube->periods.empty()
                                   ? set.cube->periods.front() + "–" + set.cube->periods.back()
                                   : asked.period;
    if (state.show == picture_kind::space)
        return here.text("explore.title.space",
                         {{"of", area_name(here, set, asked.of)}, {"period", period}});
    return here.text(asked.exports ? "explore.title.export" : "explore.title.import",
                     {{"of", area_name(here, set, asked.of)},
                      {"with", set.cube->pairs() == 0 ? here.text("explore.the_world")
                                                      : area_name(here, set, asked.with)},
                      {"product", product_name(here, set, asked.product)},
                      {"period", period}});
}

}  // namespace veche::api::pages
