#include "explore/question.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "explore/refusal.hpp"

namespace veche::explore {
namespace {

/// Codes of territories as a mark for each.
using marks = std::vector<std::uint8_t>;

std::int32_t place_of(const std::vector<std::string>& names, std::string_view name) {
    return trade::code_of(names, name);
}

/// Where rows of a question are added up.
struct sum_cell {
    double value = 0;
    double from_partner = 0;
    std::int64_t known = 0;
    std::int64_t zero = 0;  ///< rows of the other side alone, where no row means zero
    std::int64_t missing = 0;

    [[nodiscard]] sum_state state() const {
        return known > 0 ? sum_state::known : missing > 0 ? sum_state::missing : sum_state::no_row;
    }
};

class summing {
  public:
    summing(const flow_cube& cube, const question& asked) : cube_(cube), asked_(asked) {}

    /// Turns names into marks. Refuses what the data lack.
    result<void> prepare() {
        members_.assign(cube_.areas.size(), 0);
        for (const std::string& one : asked_.members)
            if (const auto at = place_of(cube_.areas, one); at >= 0)
                members_[static_cast<std::size_t>(at)] = 1;
        of_ = VECHE_TRY(areas_named(asked_.of));
        with_ = VECHE_TRY(areas_named(asked_.with));
        if (!asked_.period.empty()) {
            const auto at = place_of(cube_.periods, asked_.period);
            if (at < 0) return refuse(refusals::name_unknown, "period", "period", asked_.period);
            first_ = static_cast<std::size_t>(at);
            last_ = first_ + 1;
        } else {
            last_ = cube_.periods.size();
        }
        return key_products();
    }

    summed run() {
        if (cube_.pairs() == 0) {
            add_world_rows();
        } else {
            for (std::size_t period = first_; period < last_; ++period) add_pairs(period);
            add_world_total();
        }
        return finish();
    }

  private:
    result<marks> areas_named(std::string_view name) const {
        marks out(cube_.areas.size(), 0);
        if (name == the_union) return members_;
        if (name.empty() || name == third) {
            for (std::size_t i = 0; i < out.size(); ++i) out[i] = name.empty() || members_[i] == 0;
            return out;
        }
        const auto at = place_of(cube_.areas, name);
        if (at < 0) return refuse(refusals::name_unknown, "area", "territory", std::string(name));
        out[static_cast<std::size_t>(at)] = 1;
        return out;
    }

    /// The key of each product; -1 for those that are not asked for.
    result<void> key_products() {
        std::map<std::string, std::int32_t> keys;
        product_key_.assign(cube_.products.size(), -1);
        for (std::size_t i = 0; i < cube_.products.size(); ++i) {
            const std::string& code = cube_.products[i];
            if (!code.starts_with(asked_.product)) continue;
            const std::string key =
                asked_.digits == 0 ? code
                                   : code.substr(0, std::max(asked_.digits, asked_.product.size()));
            product_key_[i] =
                keys.try_emplace(key, static_cast<std::int32_t>(keys.size())).first->second;
        }
        if (keys.empty())
            return refuse(refusals::name_unknown, "product", "product", asked_.product);
        product_names_.resize(keys.size());
        for (const auto& [name, place] : keys)
            product_names_[static_cast<std::size_t>(place)] = name;
        cells_.resize(asked_.by == grouping::product ? keys.size() : cube_.areas.size());
        return {};
    }

    /// What the side chosen says of the flow: a value, NaN or no_row_here.
    double value_at(std::size_t row, bool& from_partner) const {
        from_partner = false;
        const double exported = cube_.by_exporter[row];
        const double imported = cube_.by_importer[row];
        if (cube_.one_value) return exported;
        if (asked_.side == chosen_side::own) return asked_.exports ? exported : imported;
        from_partner = true;
        if (asked_.side == chosen_side::partner) return asked_.exports ? imported : exported;
        from_partner = exported >= 0 ? !asked_.exports : asked_.exports;
        return reconciled_value(exported, imported);
    }

    void add_pairs(std::size_t period) {
        const auto& own = asked_.exports ? cube_.exporter : cube_.importer;
        const auto& other = asked_.exports ? cube_.importer : cube_.exporter;
        for (std::size_t i = cube_.first_of_period[period]; i < cube_.first_of_period[period + 1];
             ++i) {
            if (of_[own[i]] == 0 || with_[other[i]] == 0) continue;
            const std::int32_t product = product_key_[cube_.product[i]];
            if (product < 0) continue;
            sum_cell& cell =
                cells_[asked_.by == grouping::product ? static_cast<std::size_t>(product)
                                                      : other[i]];
            bool from_partner = false;
            const double value = value_at(i, from_partner);
            if (!(value >= 0)) {
                // Whoever declares, and not this flow, has none of it, except between members.
                const bool missing = std::isnan(value) || says_nothing(own[i], other[i], period);
                ++(missing ? cell.missing : cell.zero);
                continue;
            }
            ++cell.known;
            cell.value += value;
            if (from_partner) cell.from_partner += value;
        }
    }

    /// Whether no row of the side chosen means missing: whoever would declare the flow declares
    /// none of this kind for the period, or both are members, between whom no customs stand.
    bool says_nothing(std::size_t own, std::size_t other, std::size_t period) const {
        if (cube_.one_value || (members_[own] != 0 && members_[other] != 0)) return true;
        const std::size_t who = asked_.side == chosen_side::partner ? other : own;
        const bool exports = asked_.exports == (who == own);
        return !cube_.declares(who, period, exports);
    }

    void add_world_rows() {
        for (std::size_t i = 0; i < cube_.world_value.size(); ++i) {
            if (!world_row_asked(i)) continue;
            const std::int32_t product = product_key_[cube_.world_product[i]];
            if (product < 0) continue;
            sum_cell& cell =
                cells_[asked_.by == grouping::product ? static_cast<std::size_t>(product)
                                                      : cube_.world_area[i]];
            if (std::isnan(cube_.world_value[i])) {
                ++cell.missing;
                continue;
            }
            ++cell.known;
            cell.value += cube_.world_value[i];
        }
        out_.from_world = true;
    }

    [[nodiscard]] bool world_row_asked(std::size_t row) const {
        const std::size_t period = cube_.world_period[row];
        return period >= first_ && period < last_ && of_[cube_.world_area[row]] != 0 &&
               (cube_.world_export[row] != 0) == asked_.exports;
    }

    /// The reporters' own totals, where they are of the same products.
    void add_world_total() {
        if (!asked_.with.empty() || asked_.side == chosen_side::partner) return;
        const auto total = place_of(cube_.products, "TOTAL");
        for (std::size_t i = 0; i < cube_.world_value.size(); ++i) {
            if (!world_row_asked(i) || std::isnan(cube_.world_value[i])) continue;
            const bool whole = cube_.world_product[i] == total && asked_.product.empty();
            if (!whole && product_key_[cube_.world_product[i]] < 0) continue;
            out_.world = out_.world.value_or(0) + cube_.world_value[i];
        }
    }

    /// Territories whose declarations are asked for and which make none of the kind.
    void find_silent() {
        const bool own = asked_.side != chosen_side::partner;
        const marks& who = own ? of_ : with_;
        const bool exports = asked_.exports == own;
        for (std::size_t area = 0; area < who.size(); ++area) {
            if (who[area] == 0 || (!own && of_[area] != 0)) continue;
            bool speaks = false;
            for (std::size_t period = first_; period < last_; ++period)
                speaks = speaks || cube_.declares(area, period, exports);
            if (!speaks) out_.silent.push_back(cube_.areas[area]);
        }
    }

    summed finish() {
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            const sum_cell& cell = cells_[i];
            out_.cells += cell.known;
            out_.cells_missing += cell.missing;
            if (cell.known + cell.missing + cell.zero == 0) continue;
            out_.total += cell.value;
            out_.from_partner += cell.from_partner;
            out_.rows.push_back(
                {asked_.by == grouping::product ? product_names_[i] : cube_.areas[i], cell.value,
                 cell.state(), cell.from_partner});
        }
        std::stable_sort(out_.rows.begin(), out_.rows.end(), [](const auto& a, const auto& b) {
            if (a.state != b.state) return a.state < b.state;
            return a.value != b.value ? a.value > b.value : a.key < b.key;
        });
        find_silent();
        return std::move(out_);
    }

    const flow_cube& cube_;
    const question& asked_;
    marks members_, of_, with_;
    std::size_t first_ = 0, last_ = 0;
    std::vector<std::int32_t> product_key_;
    std::vector<std::string> product_names_;
    std::vector<sum_cell> cells_;
    summed out_;
};

/// Whether a key has no row in a period because there is nothing, and not because nobody says.
bool means_zero(const flow_cube& cube, const question& asked, std::string_view key,
                const summed& of_period, std::size_t period) {
    if (cube.one_value || of_period.cells == 0 || asked.of == the_union) return false;
    if (asked.by == grouping::product) return asked.side != chosen_side::partner;
    const bool own = asked.side != chosen_side::partner;
    const auto who = place_of(cube.areas, own ? std::string_view(asked.of) : key);
    return who >= 0 && cube.declares(static_cast<std::size_t>(who), period, asked.exports == own);
}

}  // namespace

double reconciled_value(double exported, double imported) {
    if (exported >= 0) return exported;
    if (imported >= 0) return imported / cif_factor;
    return std::isnan(exported) ? exported : imported;
}

result<summed> sums(const flow_cube& cube, const question& asked) {
    summing work(cube, asked);
    VECHE_CHECK(work.prepare());
    return work.run();
}

result<series> sums_over_time(const flow_cube& cube, const question& asked) {
    series out;
    out.periods = cube.periods;
    std::map<std::string, std::size_t> places;
    question one = asked;
    for (std::size_t period = 0; period < cube.periods.size(); ++period) {
        one.period = cube.periods[period];
        out.of_period.push_back(VECHE_TRY(sums(cube, one)));
        for (const sum_row& row : out.of_period.back().rows)
            if (places.try_emplace(row.key, out.rows.size()).second)
                out.rows.push_back(
                    {row.key, std::vector<std::optional<double>>(out.periods.size())});
    }
    for (std::size_t period = 0; period < out.periods.size(); ++period) {
        std::set<std::string_view> there;
        for (const sum_row& row : out.of_period[period].rows) {
            there.insert(row.key);
            if (row.state != sum_state::missing)
                out.rows[places[row.key]].values[period] = row.value;
        }
        for (series_row& row : out.rows)
            if (!there.contains(row.key) &&
                means_zero(cube, asked, row.key, out.of_period[period], period))
                row.values[period] = 0;
    }
    const auto latest = [](const series_row& row) {
        for (auto at = row.values.rbegin(); at != row.values.rend(); ++at)
            if (*at) return std::pair{row.values.rend() - at, **at};
        return std::pair{std::ptrdiff_t{0}, 0.0};
    };
    std::stable_sort(out.rows.begin(), out.rows.end(), [&](const auto& a, const auto& b) {
        const auto x = latest(a);
        const auto y = latest(b);
        return x != y ? x > y : a.key < b.key;
    });
    return out;
}

result<ways> ways_of(const flow_cube& cube, const question& asked) {
    ways out;
    out.all = VECHE_TRY(sums(cube, asked));
    std::vector<std::string> of{asked.of};
    if (asked.of == the_union) of = asked.members;
    question one = asked;
    for (const std::string& area : of) {
        if (place_of(cube.areas, area) < 0) continue;
        one.of = area;
        const summed own = VECHE_TRY(sums(cube, one));
        for (const sum_row& row : own.rows) {
            if (row.state != sum_state::known || !(row.value > 0)) continue;
            out.rows.push_back(
                {asked.exports ? area : row.key, asked.exports ? row.key : area, row.value});
        }
    }
    return out;
}

std::vector<sum_row> largest(const std::vector<sum_row>& rows, std::size_t most) {
    if (rows.size() <= most) return rows;
    std::vector<sum_row> out(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(most));
    sum_row rest{"", 0, sum_state::missing, 0};
    for (std::size_t i = most; i < rows.size(); ++i) {
        if (rows[i].state != sum_state::known) continue;
        rest.state = sum_state::known;
        rest.value += rows[i].value;
        rest.from_partner += rows[i].from_partner;
    }
    out.push_back(rest);
    return out;
}

std::vector<std::string> askable(const flow_cube& cube, bool exports) {
    std::vector<std::set<std::uint16_t>> partners(cube.areas.size());
    const auto& own = exports ? cube.exporter : cube.importer;
    const auto& other = exports ? cube.importer : cube.exporter;
    for (std::size_t i = 0; i < cube.pairs(); ++i) partners[own[i]].insert(other[i]);
    for (std::size_t i = 0; i < cube.world_value.size(); ++i)
        if ((cube.world_export[i] != 0) == exports) partners[cube.world_area[i]].insert(0);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < partners.size(); ++i)
        if (!partners[i].empty()) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return partners[a].size() > partners[b].size();
    });
    std::vector<std::string> out;
    for (const std::size_t i : order) out.push_back(cube.areas[i]);
    return out;
}

std::vector<std::size_t> product_levels(const flow_cube& cube) {
    std::size_t digits = 0;
    for (const std::string& one : cube.products) {
        if (one == "TOTAL") continue;
        const bool code =
            std::all_of(one.begin(), one.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!code) return {};
        digits = std::max(digits, one.size());
    }
    std::vector<std::size_t> out;
    if (digits <= 2) return out;
    for (std::size_t level = 2; level < digits; level += 2) out.push_back(level);
    out.push_back(0);
    return out;
}

std::vector<std::string> product_keys(const flow_cube& cube, std::size_t digits) {
    std::set<std::string> out;
    for (const std::string& one : cube.products)
        out.insert(digits == 0 ? one : one.substr(0, digits));
    return {out.begin(), out.end()};
}

}  // namespace veche::explore
