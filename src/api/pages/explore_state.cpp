#include "api/pages/explore_state.hpp"

#include <algorithm>

#include "api/urlencoded.hpp"
#include "explore/refusal.hpp"
#include "render/filters.hpp"

namespace veche::api::pages {
namespace {

using evidence::dataset_layout;
using explore::chosen_side;
using explore::grouping;

/// More products than this are shown by groups of their codes at first.
constexpr std::size_t many_products = 120;
/// Longer lists cannot be chosen from.
constexpr std::size_t most_options = 400;

explore_store::fetcher bytes_of(const visit& here, const evidence::dataset_row& row) {
    return [shelf = here.context.shelf, hash = row.file.sha256] { return shelf->fetch(hash); };
}

/// The newest list of names that stands and lies here.
std::shared_ptr<const explore::label_book> labels_at_hand(visit& here) {
    const auto all = here.ask<evidence::datasets_view>(evidence::datasets_query{});
    if (!all) return nullptr;
    for (const evidence::dataset_row& row : (*all)->datasets) {
        if (row.layout != dataset_layout::table ||
            row.standing_now != evidence::evidence_standing::stands)
            continue;
        if (auto found = here.site.explored->labels(row.file.sha256, bytes_of(here, row)))
            return found;
    }
    return nullptr;
}

/// "A,B" as a list.
std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto comma = text.find(',');
        if (comma != 0) out.emplace_back(text.substr(0, comma));
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    return out;
}

bool is_area(const explored_set& set, std::string_view name) {
    return std::binary_search(set.cube->areas.begin(), set.cube->areas.end(), name);
}

/// Members of the union as territories of the data.
std::vector<std::string> members_here(const visit& here, const explored_set& set) {
    std::vector<std::string> ids;
    const date today = render::local_date(here.context.now, here.around);
    for (const auto& member : here.charter.document().members)
        if (member.from <= today && (!member.until || *member.until >= today))
            ids.push_back(member.id.value);
    std::vector<std::string> out;
    if (!set.labels) return out;
    for (const std::string& area : set.labels->areas_of(ids))
        if (is_area(set, area)) out.push_back(area);
    return out;
}

template <class Choice>
Choice choice_asked(const visit& here, std::string_view name, Choice preset) {
    const auto value = here.asked.query_value(name);
    const auto known = veche_choices(static_cast<const Choice*>(nullptr));
    const auto at = std::find(known.begin(), known.end(), value);
    return at == known.end() ? preset : static_cast<Choice>(at - known.begin());
}

/// The last period in which the territories asked about have flows of that way.
std::string last_period(const explore::flow_cube& cube, const explore::question& asked) {
    explore::question one = asked;
    for (auto at = cube.periods.rbegin(); at != cube.periods.rend(); ++at) {
        one.period = *at;
        const auto made = explore::sums(cube, one);
        if (made && made->cells > 0) return *at;
    }
    return cube.periods.empty() ? "" : cube.periods.back();
}

std::string first_area(const explored_set& set, const explore::question& asked) {
    if (asked.members.size() > 1) return std::string(explore::the_union);
    if (!asked.members.empty()) return asked.members.front();
    const auto known = explore::askable(*set.cube, asked.exports);
    return known.empty() ? "" : known.front();
}

choice_option option(std::string value, std::string label, std::string_view chosen) {
    const bool is_chosen = value == chosen;
    return {std::move(value), std::move(label), is_chosen};
}

/// Builds the choices one by one.
class choice_list {
  public:
    choice_list(const visit& here, const explored_set& set, const explore_state& state)
        : here_(here), set_(set), state_(state), asked_(state.asked) {}

    std::vector<explore_choice> take() {
        const bool space = state_.show == picture_kind::space;
        add_areas("of", false);
        if (!space) {
            add_ways();
            if (set_.cube->pairs() > 0) add_areas("with", true);
            if (state_.show != picture_kind::map) add_groupings();
            add_products();
        }
        if (state_.show != picture_kind::lines) add_periods();
        if (!set_.cube->one_value && set_.cube->pairs() > 0) add_sides();
        add_levels();
        return std::move(all_);
    }

  private:
    void add(std::string name, std::vector<choice_option> options) {
        std::string label = here_.text("explore.choice." + name);
        all_.push_back({std::move(name), std::move(label), std::move(options)});
    }

    void add_areas(const std::string& name, bool partner) {
        const std::string& chosen = partner ? asked_.with : asked_.of;
        std::vector<choice_option> options;
        if (partner) options.push_back(option("", here_.text("explore.all_partners"), chosen));
        // The space of products is of one territory.
        if (asked_.members.size() > 1 && state_.show != picture_kind::space)
            options.push_back(
                option(std::string(explore::the_union), here_.text("explore.the_union"), chosen));
        if (partner && !asked_.members.empty())
            options.push_back(
                option(std::string(explore::third), here_.text("explore.third"), chosen));
        std::vector<choice_option> areas;
        const auto codes =
            partner ? set_.cube->areas : explore::askable(*set_.cube, asked_.exports);
        for (const std::string& code : codes)
            if (areas.size() < most_options)
                areas.push_back(option(code, area_name(here_, set_, code), chosen));
        std::stable_sort(areas.begin(), areas.end(), [&](const auto& a, const auto& b) {
            const bool x = is_member(a.value);
            return x != is_member(b.value) ? x : here_.texts.locale().before(a.label, b.label);
        });
        options.insert(options.end(), areas.begin(), areas.end());
        add(name, std::move(options));
    }

    [[nodiscard]] bool is_member(const std::string& area) const {
        return std::find(asked_.members.begin(), asked_.members.end(), area) !=
               asked_.members.end();
    }

    void add_ways() {
        std::vector<choice_option> options;
        for (const char* one : {"export", "import"})
            options.push_back(option(one, here_.text("explore.way." + std::string(one)),
                                     asked_.exports ? "export" : "import"));
        add("way", std::move(options));
    }

    void add_groupings() {
        if (set_.cube->pairs() == 0 || set_.cube->products.size() < 2) return;
        std::vector<choice_option> options;
        for (const grouping one : {grouping::partner, grouping::product}) {
            const std::string name(name_of(one));
            options.push_back(option(name, here_.text("explore.by." + name), name_of(asked_.by)));
        }
        add("by", std::move(options));
    }

    void add_products() {
        if (set_.cube->products.size() < 2) return;
        const auto levels = explore::product_levels(*set_.cube);
        std::vector<choice_option> options{
            option("", here_.text("explore.all_products"), asked_.product)};
        for (const std::string& code :
             explore::product_keys(*set_.cube, levels.empty() ? 0 : levels.front()))
            if (options.size() < most_options)
                options.push_back(option(code, product_name(here_, set_, code), asked_.product));
        // A longer code can stand in the address.
        if (std::none_of(options.begin(), options.end(), [](const auto& o) { return o.chosen; }))
            options.push_back(
                option(asked_.product, product_name(here_, set_, asked_.product), asked_.product));
        add("product", std::move(options));
    }

    void add_periods() {
        std::vector<choice_option> options;
        for (auto at = set_.cube->periods.rbegin(); at != set_.cube->periods.rend(); ++at)
            options.push_back(option(*at, *at, asked_.period));
        add("period", std::move(options));
    }

    void add_sides() {
        std::vector<choice_option> options;
        for (const chosen_side one :
             {chosen_side::own, chosen_side::partner, chosen_side::reconciled}) {
            const std::string name(name_of(one));
            options.push_back(
                option(name, here_.text("explore.side." + name), name_of(asked_.side)));
        }
        add("side", std::move(options));
    }

    void add_levels() {
        const bool products = asked_.by == grouping::product || state_.show == picture_kind::space;
        const auto levels = explore::product_levels(*set_.cube);
        if (levels.size() < 2 || !products || state_.show == picture_kind::map) return;
        std::vector<choice_option> options;
        for (const std::size_t level : levels)
            options.push_back(option(
                std::to_string(level),
                level == 0
                    ? here_.text("explore.whole_codes")
                    : here_.text("explore.digits", {{"n", static_cast<std::int64_t>(level)}}),
                std::to_string(asked_.digits)));
        add("level", std::move(options));
    }

    const visit& here_;
    const explored_set& set_;
    const explore_state& state_;
    const explore::question& asked_;
    std::vector<explore_choice> all_;
};

/// What is grouped by, how deep, and whose declarations: as the data suggest where nothing is said.
void fill_grouping(const visit& here, const explored_set& set, explore_state& state) {
    explore::question& asked = state.asked;
    const bool only_products = set.cube->pairs() == 0;
    const bool pair = is_area(set, asked.with);
    asked.by =
        choice_asked(here, "by",
                     (pair || only_products) && set.cube->products.size() > 1 ? grouping::product
                                                                              : grouping::partner);
    if (state.show == picture_kind::map) asked.by = grouping::partner;
    if (only_products) asked.by = grouping::product;
    asked.side =
        choice_asked(here, "side",
                     set.cube->exporters_declare || asked.exports == false ? chosen_side::own
                                                                           : chosen_side::partner);
    const auto levels = explore::product_levels(*set.cube);
    const auto level = number_in(here.asked.query_value("level"));
    if (level && std::find(levels.begin(), levels.end(), *level) != levels.end())
        asked.digits = *level;
    else if (set.cube->products.size() > many_products && !levels.empty())
        asked.digits = levels.front();
}

}  // namespace

bool explored_set::has_places() const {
    return std::any_of(cube->areas.begin(), cube->areas.end(), [&](const std::string& area) {
        const auto* label = label_of(area);
        return label != nullptr && label->latitude && label->longitude;
    });
}

bool can_be_explored(const visit& here, const evidence::dataset_row& row) {
    if (here.context.shelf == nullptr) return false;
    if (row.layout == dataset_layout::other || row.layout == dataset_layout::input_output)
        return false;
    return here.site.explored->holds_flows(row.file.sha256, bytes_of(here, row));
}

result<explored_set> explored(visit& here, const shown<evidence::dataset_view>& view) {
    explored_set out{view, nullptr, nullptr};
    const evidence::dataset_row& row = view->row;
    if (here.context.shelf == nullptr)
        return refuse(explore::refusals::not_at_hand, "dataset", row.dataset.value);
    auto cube = here.site.explored->cube(row.file.sha256, row.dataset.value, bytes_of(here, row));
    if (!cube && cube.error().kind->http_status == 404)
        return refuse(explore::refusals::not_at_hand, "dataset", row.dataset.value);
    out.cube = VECHE_TRY(std::move(cube));
    out.labels = labels_at_hand(here);
    return out;
}

explore_state state_of(const visit& here, const explored_set& set) {
    const auto value = [&](std::string_view name) {
        return std::string(here.asked.query_value(name));
    };
    explore_state state;
    state.show = choice_asked(here, "show", picture_kind::treemap);
    if (state.show == picture_kind::map) state.look = look_asked(here);
    explore::question& asked = state.asked;
    asked.members = words_in(value("members"));
    state.members_asked = !asked.members.empty();
    if (!state.members_asked) asked.members = members_here(here, set);
    asked.exports = value("way") != "import" || state.show == picture_kind::space;
    asked.of = value("of");
    if (asked.of.empty()) asked.of = first_area(set, asked);
    if (state.show == picture_kind::space && asked.of == explore::the_union &&
        !asked.members.empty())
        asked.of = asked.members.front();
    asked.with = set.cube->pairs() == 0 ? "" : value("with");
    asked.product = value("product");
    fill_grouping(here, set, state);
    if (state.show != picture_kind::lines) {
        asked.period = value("period");
        if (asked.period.empty()) asked.period = last_period(*set.cube, asked);
    }
    return state;
}

pairs pairs_of_state(const explore_state& state) {
    const explore::question& asked = state.asked;
    pairs query{{"show", std::string(name_of(state.show))}, {"of", asked.of}};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) query.emplace_back(name, value);
    };
    add("with", asked.with);
    add("way", asked.exports ? "export" : "import");
    add("by", std::string(name_of(asked.by)));
    add("product", asked.product);
    add("period", asked.period);
    add("side", std::string(name_of(asked.side)));
    add("level", std::to_string(asked.digits));
    if (state.members_asked) {
        std::string members;
        for (const std::string& one : asked.members) members += (members.empty() ? "" : ",") + one;
        add("members", members);
    }
    return query;
}

std::string query_of_state(const explore_state& state) {
    pairs query = pairs_of_state(state);
    if (state.show == picture_kind::map)
        for (auto& one : query_of_look(state.look)) query.push_back(std::move(one));
    return "?" + to_urlencoded(query);
}

std::string area_name(const visit& here, const explored_set& set, std::string_view code) {
    if (code.empty()) return here.text("explore.all_partners");
    if (code == explore::the_union) return here.text("explore.the_union");
    if (code == explore::third) return here.text("explore.third");
    const auto* label = set.label_of(code);
    return label == nullptr || label->name.empty() ? std::string(code) : here.name_of(label->name);
}

std::string product_name(const visit& here, const explored_set& set, std::string_view code) {
    if (code.empty() || code == "TOTAL") return here.text("explore.all_products");
    const auto* name = set.labels ? set.labels->product(code, set.cube->classification) : nullptr;
    return name == nullptr || name->empty() ? std::string(code)
                                            : std::string(code) + " " + here.name_of(*name);
}

std::vector<explore_choice> choices_of(const visit& here, const explored_set& set,
                                       const explore_state& state) {
    return choice_list(here, set, state).take();
}

}  // namespace veche::api::pages
