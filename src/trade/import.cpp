#include "trade/import.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "tables/mapped_file.hpp"
#include "trade/comtrade_json.hpp"
#include "trade/refusal.hpp"
#include "trade/remarks.hpp"
#include "trade/repeated_rows.hpp"

namespace veche::trade {
namespace {

constexpr std::size_t most_examples = 5;

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Offices and analysts name the ways alike in few manners.
std::optional<flow_kind> flow_of(std::string_view word) {
    static const std::map<std::string_view, flow_kind> known = {
        {"M", flow_kind::import_},           {"X", flow_kind::export_},
        {"RM", flow_kind::re_import},        {"RX", flow_kind::re_export},
        {"Import", flow_kind::import_},      {"Export", flow_kind::export_},
        {"import", flow_kind::import_},      {"export", flow_kind::export_},
        {"Imports", flow_kind::import_},     {"Exports", flow_kind::export_},
        {"Gross Imp.", flow_kind::import_},  {"Gross Exp.", flow_kind::export_},
        {"Re-Import", flow_kind::re_import}, {"Re-Export", flow_kind::re_export},
        {"ИМ", flow_kind::import_},          {"ЭК", flow_kind::export_}};
    const auto at = known.find(word);
    return at == known.end() ? std::nullopt : std::optional(at->second);
}

/// Codes of the HS have even numbers of digits: an odd one has lost its zero. BACI has six.
std::string whole_product(std::string_view code, data_form form, bool harmonised) {
    const std::size_t wanted = form == data_form::baci ? 6 : code.size() + code.size() % 2;
    if (!harmonised || !is_digits(code) || code.size() >= wanted) return std::string(code);
    return std::string(wanted - code.size(), '0') + std::string(code);
}

/// Takes the columns of a table into flows, one trap after another.
class importer {
  public:
    importer(const tables::table& t, const column_mapping& mapping, const import_options& options)
        : table_(t), mapping_(mapping), options_(options), rows_(t.rows()), keep_(rows_, 1) {}

    result<imported> run() {
        VECHE_CHECK(check_data_set());
        VECHE_CHECK(take_areas());
        VECHE_CHECK(drop_details());
        VECHE_CHECK(take_flows());
        VECHE_CHECK(take_products());
        VECHE_CHECK(take_periods());
        VECHE_CHECK(take_values());
        VECHE_CHECK(take_quantities());
        VECHE_CHECK(take_origins());
        flows_.source = table_.source();
        return finish();
    }

  private:
    [[nodiscard]] bool has(flow_field field) const { return mapping_.fields.contains(field); }

    /// The field as groups; a constant is one group of all rows.
    result<tables::level_list> levels(flow_field field) const {
        const field_source& from = mapping_.fields.at(field);
        if (!from.column.empty()) return table_.levels(from.column);
        return tables::level_list{std::vector<std::int32_t>(rows_, 0), {from.constant}};
    }

    result<std::vector<double>> numbers(flow_field field) const {
        const field_source& from = mapping_.fields.at(field);
        if (from.column.empty()) {
            const auto value = tables::read_double(from.constant, '.');
            if (!value) return refuse(refusals::mapping_number, "mapping", from.constant);
            return std::vector<double>(rows_, *value);
        }
        return table_.numbers(from.column);
    }

    /// `part`: which of several alike is meant; it ends the word for programs.
    void note(const remark_kind& kind, std::int64_t rows,
              const std::set<std::string>& examples = {}, const std::string& part = {}) {
        if (rows == 0) return;
        trap_note one;
        one.trap = kind.code.substr(kind.code.find('.') + 1);
        one.said = remark_of(kind);
        if (!part.empty()) {
            one.trap += "_" + part;
            one.said.args = {part};
        }
        one.sentence = english(kind, one.said.args);
        one.rows = rows;
        for (const std::string& example : examples)
            if (one.examples.size() < most_examples) one.examples.push_back(example);
        out_.traps.push_back(std::move(one));
    }

    /// Drops the kept rows whose level is marked; how many.
    std::int64_t drop(const tables::level_list& levels, const std::vector<std::uint8_t>& marked,
                      bool missing_too, std::set<std::string>* examples = nullptr) {
        std::int64_t dropped = 0;
        for (std::size_t i = 0; i < rows_; ++i) {
            const std::int32_t code = levels.code[i];
            const bool gone = code < 0 ? missing_too : marked[static_cast<std::size_t>(code)] != 0;
            if (!gone || keep_[i] == 0) continue;
            keep_[i] = 0;
            ++dropped;
            if (examples != nullptr && examples->size() < most_examples)
                examples->insert(code < 0 ? "-" : levels.names[static_cast<std::size_t>(code)]);
        }
        return dropped;
    }

    result<void> check_data_set() {
        if (has(flow_field::action)) {
            const auto actions = VECHE_TRY(levels(flow_field::action));
            std::vector<std::uint8_t> deletes;
            for (const std::string& one : actions.names) deletes.push_back(one == "D");
            note(remarks::deleted_rows, drop(actions, deletes, false));
        }
        if (!has(flow_field::data_set)) return {};
        const auto sets = VECHE_TRY(levels(flow_field::data_set));
        if (sets.names.size() > 1)
            return refuse(refusals::data_sets_mixed, "data", sets.names[0], sets.names[1]);
        return {};
    }

    /// Names of areas by level: without labels and zeros in front, as the list has them.
    std::string area_name(std::string_view code, std::set<std::string>& renamed,
                          std::set<std::string>& unknown) const {
        const std::size_t label = code.find(": ");
        std::string name = usual_area(code.substr(0, label));
        if (name != code && label == std::string_view::npos) renamed.insert(std::string(code));
        if (!options_.areas || is_world(code.substr(0, label))) return name;
        const auto at = options_.areas->find(name);
        if (at != options_.areas->end()) return at->second;
        unknown.insert(name);
        return name;
    }

    result<void> take_areas() {
        const auto reporters = VECHE_TRY(levels(flow_field::reporter));
        const auto partners = VECHE_TRY(levels(flow_field::partner));
        std::set<std::string> renamed;
        std::set<std::string> unknown;
        std::set<std::string> all;
        const auto place = [&](const tables::level_list& from, std::vector<std::string>& names) {
            for (const std::string& one : from.names)
                names.push_back(area_name(one, renamed, unknown));
            all.insert(names.begin(), names.end());
        };
        std::vector<std::string> reporter_names;
        std::vector<std::string> partner_names;
        place(reporters, reporter_names);
        place(partners, partner_names);
        flows_.areas.assign(all.begin(), all.end());
        flows_.reporter = coded(reporters, reporter_names, flows_.areas);
        flows_.partner = coded(partners, partner_names, flows_.areas);
        VECHE_CHECK(drop_unknown(unknown));
        std::vector<std::uint8_t> world;
        for (const std::string& one : flows_.areas) world.push_back(is_world(one));
        world_.assign(rows_, 0);
        std::int64_t count = 0;
        std::int64_t unnamed = 0;
        for (std::size_t i = 0; i < rows_; ++i) {
            if (flows_.reporter[i] < 0 || flows_.partner[i] < 0) {
                unnamed += keep_[i];
                keep_[i] = 0;
                continue;
            }
            const bool reporter_world = world[static_cast<std::size_t>(flows_.reporter[i])] != 0;
            const bool partner_world = world[static_cast<std::size_t>(flows_.partner[i])] != 0;
            if (!reporter_world && !partner_world) continue;
            count += keep_[i];
            world_[i] = partner_world && !reporter_world ? keep_[i] : 0;
            keep_[i] = 0;
        }
        note(remarks::world_rows, count);
        note(remarks::no_territory, unnamed);
        drop_left_out();
        note(remarks::area_codes, static_cast<std::int64_t>(renamed.size()), renamed);
        return {};
    }

    /// Territories that are not wanted; and those that stand for several others are said.
    void drop_left_out() {
        const auto unwanted = [&](std::int32_t code) {
            const auto& list = options_.areas_left_out;
            return std::find(list.begin(), list.end(),
                             flows_.areas[static_cast<std::size_t>(code)]) != list.end();
        };
        std::vector<std::uint8_t> gone;
        std::vector<std::uint8_t> group;
        for (std::size_t a = 0; a < flows_.areas.size(); ++a) {
            gone.push_back(unwanted(static_cast<std::int32_t>(a)));
            group.push_back(is_group(flows_.areas[a]));
        }
        std::int64_t dropped = 0;
        std::int64_t grouped = 0;
        std::set<std::string> groups;
        for (std::size_t i = 0; i < rows_; ++i) {
            const auto who = static_cast<std::size_t>(flows_.reporter[i]);
            const auto with = static_cast<std::size_t>(flows_.partner[i]);
            if ((keep_[i] == 0 && world_[i] == 0) || flows_.reporter[i] < 0) continue;
            if (gone[who] != 0 || gone[with] != 0) {
                dropped += keep_[i];
                keep_[i] = world_[i] = 0;
            } else if (keep_[i] != 0 && (group[who] != 0 || group[with] != 0)) {
                ++grouped;
                groups.insert(flows_.areas[group[who] != 0 ? who : with]);
            }
        }
        note(remarks::areas_left_out, dropped);
        note(remarks::group_areas, grouped, groups);
    }

    result<void> drop_unknown(const std::set<std::string>& unknown) {
        if (unknown.empty()) return {};
        std::string some;
        for (const std::string& one : unknown)
            if (some.size() < 60) some += (some.empty() ? "" : ", ") + one;
        if (!options_.unknown_areas_dropped)
            return refuse(refusals::area_unknown, "areas", std::to_string(unknown.size()), some);
        std::int64_t dropped = 0;
        for (std::size_t i = 0; i < rows_; ++i)
            for (const std::int32_t code : {flows_.reporter[i], flows_.partner[i]})
                if (code >= 0 && keep_[i] != 0 &&
                    unknown.contains(flows_.areas[static_cast<std::size_t>(code)])) {
                    keep_[i] = 0;
                    ++dropped;
                }
        note(remarks::unknown_areas, dropped, unknown);
        return {};
    }

    static std::vector<std::int32_t> coded(const tables::level_list& from,
                                           const std::vector<std::string>& named,
                                           const std::vector<std::string>& sorted) {
        std::vector<std::int32_t> place;
        for (const std::string& one : named) place.push_back(code_of(sorted, one));
        std::vector<std::int32_t> out(from.code.size(), -1);
        for (std::size_t i = 0; i < out.size(); ++i)
            if (from.code[i] >= 0) out[i] = place[static_cast<std::size_t>(from.code[i])];
        return out;
    }

    /// Comtrade gives a flow by mode of transport, customs procedure and second partner, and all of
    /// them together in one more row: that one alone is wanted.
    result<void> drop_details() {
        for (const auto& [field, total] : {std::pair{flow_field::partner2, "0"},
                                           {flow_field::transport, "0"},
                                           {flow_field::procedure, "C00"},
                                           {flow_field::supply, "0"}}) {
            if (!has(field)) continue;
            const auto parts = VECHE_TRY(levels(field));
            std::vector<std::uint8_t> detail;
            for (const std::string& one : parts.names)
                detail.push_back(one != total && !is_world_detail(field, one));
            const std::string name(name_of(field));
            if (std::find(detail.begin(), detail.end(), 0) != detail.end()) {
                for (std::size_t i = 0; i < rows_; ++i)
                    if (parts.code[i] >= 0 && detail[static_cast<std::size_t>(parts.code[i])] != 0)
                        world_[i] = 0;
                note(remarks::detail, drop(parts, detail, false), {}, name);
            } else if (detail.size() > 1) {
                added_ = true;
                note(remarks::parts, static_cast<std::int64_t>(rows_), {}, name);
            }
        }
        return {};
    }
    static bool is_world_detail(flow_field field, std::string_view code) {
        return field == flow_field::partner2 && is_world(code);
    }

    result<void> take_flows() {
        const auto ways = VECHE_TRY(levels(flow_field::flow));
        std::vector<flow_kind> kinds;
        std::vector<std::uint8_t> other;
        for (const std::string& one : ways.names) {
            const auto kind = flow_of(std::string_view(one).substr(0, one.find(": ")));
            other.push_back(!kind);
            kinds.push_back(kind.value_or(flow_kind::import_));
        }
        std::set<std::string> examples;
        const std::int64_t dropped = drop(ways, other, true, &examples);
        note(remarks::other_flows, dropped, examples);
        flows_.flow.resize(rows_, flow_kind::import_);
        for (std::size_t i = 0; i < rows_; ++i) {
            if (ways.code[i] < 0 || other[static_cast<std::size_t>(ways.code[i])] != 0)
                world_[i] = 0;
            else
                flows_.flow[i] = kinds[static_cast<std::size_t>(ways.code[i])];
        }
        return {};
    }

    result<void> take_products() {
        take_classification(
            VECHE_TRY(has(flow_field::classification)
                          ? levels(flow_field::classification)
                          : result<tables::level_list>(
                                {std::vector<std::int32_t>(rows_, 0), {options_.classification}})));
        const auto given = VECHE_TRY(
            has(flow_field::product)
                ? levels(flow_field::product)
                : result<tables::level_list>({std::vector<std::int32_t>(rows_, 0), {"TOTAL"}}));
        const bool harmonised =
            mapping_.form == data_form::baci || mapping_.form == data_form::wits ||
            std::all_of(flows_.classifications.begin(), flows_.classifications.end(),
                        [](const std::string& one) { return one.starts_with('H'); });
        std::vector<std::string> whole;
        std::set<std::string> padded;
        for (const std::string& one : given.names) {
            whole.push_back(whole_product(std::string_view(one).substr(0, one.find(": ")),
                                          mapping_.form, harmonised));
            if (whole.back().size() > one.size()) padded.insert(one);
        }
        const std::set<std::string> distinct(whole.begin(), whole.end());
        flows_.products.assign(distinct.begin(), distinct.end());
        flows_.product = coded(given, whole, flows_.products);
        note(remarks::lost_zeros, static_cast<std::int64_t>(padded.size()), padded);
        return take_level(harmonised);
    }

    void take_classification(const tables::level_list& given) {
        std::vector<std::string> sorted = given.names;
        if (std::any_of(given.code.begin(), given.code.end(),
                        [](std::int32_t one) { return one < 0; }))
            sorted.emplace_back();
        std::sort(sorted.begin(), sorted.end());
        sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
        flows_.classification = coded(given, given.names, sorted);
        const std::int32_t none = code_of(sorted, "");
        for (std::int32_t& one : flows_.classification)
            if (one < 0) one = none;
        flows_.classifications = std::move(sorted);
        if (flows_.classifications.size() > 1)
            note(remarks::classifications, static_cast<std::int64_t>(rows_),
                 {flows_.classifications.begin(), flows_.classifications.end()});
        else if (has(flow_field::product) && flows_.classifications[0].empty())
            note(remarks::no_vintage, static_cast<std::int64_t>(rows_));
    }

    /// Rows for chapters, headings and lines side by side count one flow several times.
    result<void> take_level(bool harmonised) {
        std::vector<std::size_t> size;
        for (const std::string& one : flows_.products)
            size.push_back(is_digits(one) ? one.size() : 0);
        std::map<std::size_t, std::int64_t> rows_of;
        std::int64_t dropped = 0;
        for (std::size_t i = 0; i < rows_; ++i) {
            const std::int32_t code = flows_.product[i];
            const std::size_t digits = code < 0 ? 0 : size[static_cast<std::size_t>(code)];
            const bool gone =
                code < 0 || (options_.product_digits > 0 &&
                             digits != static_cast<std::size_t>(options_.product_digits));
            if (gone) world_[i] = 0;
            if (keep_[i] == 0) continue;
            if (gone) keep_[i] = 0;
            if (gone)
                ++dropped;
            else
                ++rows_of[digits];
        }
        note(remarks::other_levels, dropped);
        if (rows_of.size() < 2 || (!harmonised && mapping_.form != data_form::comtrade)) return {};
        std::string levels;
        for (const auto& [digits, rows] : rows_of)
            levels += fmt::format("{}{} rows of {}", levels.empty() ? "" : ", ", rows,
                                  digits == 0 ? "no digits" : fmt::format("{} digits", digits));
        return refuse(refusals::levels_mixed, "product_digits", levels);
    }

    result<void> take_periods() {
        const auto given = VECHE_TRY(levels(flow_field::period));
        std::vector<std::string> sorted = given.names;
        std::sort(sorted.begin(), sorted.end());
        flows_.period = coded(given, given.names, sorted);
        std::string year;
        std::string part;
        std::int64_t without = 0;
        for (std::size_t i = 0; i < rows_; ++i) {
            if (given.code[i] < 0) {
                without += keep_[i];
                keep_[i] = world_[i] = 0;
                continue;
            }
            const std::string& name = given.names[static_cast<std::size_t>(given.code[i])];
            if (keep_[i] != 0) (name.size() == 4 ? year : part) = name;
        }
        note(remarks::no_period, without);
        flows_.periods = std::move(sorted);
        if (!year.empty() && !part.empty())
            return refuse(refusals::periods_mixed, "data", year, part);
        return {};
    }

    result<void> take_values() {
        flows_.value = VECHE_TRY(numbers(flow_field::value));
        if (has(flow_field::status)) VECHE_CHECK(take_status());
        VECHE_CHECK(take_value_unit());
        std::int64_t missing = 0;
        std::int64_t negative = 0;
        std::size_t first = 0;
        for (std::size_t i = rows_; i-- > 0;) {
            if (keep_[i] == 0) continue;
            missing += std::isnan(flows_.value[i]);
            if (!(flows_.value[i] < 0)) continue;
            ++negative;
            first = i;
        }
        if (negative > 0)
            return refuse(refusals::values_negative, "data", std::to_string(negative),
                          std::to_string(first + 1));
        note(remarks::missing_values, missing);
        return {};
    }

    /// Code list CL_OBS_STATUS: M and O and L are missing, E and I estimated.
    result<void> take_status() {
        const auto given = VECHE_TRY(levels(flow_field::status));
        statuses_.assign(rows_, 0);
        for (std::size_t i = 0; i < rows_; ++i) {
            if (given.code[i] < 0) continue;
            const std::string& name = given.names[static_cast<std::size_t>(given.code[i])];
            const char code = name.empty() ? 'A' : name[0];
            statuses_[i] = code == 'E' || code == 'I';
            if (code == 'M' || code == 'O' || code == 'L') flows_.value[i] = std::nan("");
        }
        return {};
    }

    result<void> take_value_unit() {
        if (has(flow_field::value_unit)) {
            const auto units = VECHE_TRY(levels(flow_field::value_unit));
            std::set<std::string> used;
            for (std::size_t i = 0; i < rows_; ++i)
                if (keep_[i] != 0 && units.code[i] >= 0)
                    used.insert(units.names[static_cast<std::size_t>(units.code[i])]);
            if (used.size() > 1)
                return refuse(refusals::units_mixed, "data", *used.begin(),
                              *std::next(used.begin()));
            if (!used.empty()) flows_.value_unit = *used.begin();
        }
        if (flows_.value_unit.empty()) note(remarks::no_unit, static_cast<std::int64_t>(rows_));
        if (!has(flow_field::multiplier)) return {};
        const auto powers = VECHE_TRY(numbers(flow_field::multiplier));
        const double first = powers.empty() ? 0 : powers[0];
        if (first == 3 &&
            std::all_of(powers.begin(), powers.end(), [](double one) { return one == 3; })) {
            flows_.value_unit = "1000 " + flows_.value_unit;
            return {};
        }
        for (std::size_t i = 0; i < rows_; ++i) {
            const double power = std::isnan(powers[i]) ? 0 : powers[i];
            if (power != std::round(power) || power < 0 || power > 15)
                return refuse(refusals::multiplier_odd, "data", std::to_string(i + 1),
                              fmt::format("{}", power));
            flows_.value[i] *=
                static_cast<double>(tables::powers_of_ten[static_cast<std::size_t>(power)]);
        }
        return {};
    }

    /// Weights go first; a zero beside a value means unknown.
    result<void> take_quantities() {
        const double none = std::nan("");
        flows_.quantity.assign(rows_, none);
        flows_.estimated.assign(rows_, 0);
        flows_.quantity_unit.assign(rows_, -1);
        std::set<std::string> units;
        tables::level_list given;
        if (has(flow_field::quantity) && has(flow_field::quantity_unit)) {
            given = VECHE_TRY(levels(flow_field::quantity_unit));
            units.insert(given.names.begin(), given.names.end());
        }
        if (has(flow_field::weight)) units.insert("kg");
        units.erase("-1");
        units.erase("1");
        units.erase("N/A");
        flows_.quantity_units.assign(units.begin(), units.end());
        std::int64_t zeros = 0;
        const auto take = [&](flow_field amount, flow_field guess, auto unit_of) -> result<void> {
            if (!has(amount)) return {};
            const auto amounts = VECHE_TRY(numbers(amount));
            std::vector<std::uint8_t> guessed(rows_, 0);
            if (has(guess)) guessed = VECHE_TRY(flags(guess));
            for (std::size_t i = 0; i < rows_; ++i) {
                const std::int32_t unit = unit_of(i);
                zeros += keep_[i] != 0 && amounts[i] == 0 && unit >= 0;
                if (unit < 0 || !(amounts[i] > 0)) continue;
                flows_.quantity[i] = amounts[i];
                flows_.estimated[i] = guessed[i];
                flows_.quantity_unit[i] = unit;
            }
            return {};
        };
        std::vector<std::int32_t> place;
        for (const std::string& one : given.names)
            place.push_back(code_of(flows_.quantity_units, one));
        VECHE_CHECK(take(flow_field::quantity, flow_field::quantity_estimated, [&](std::size_t i) {
            const std::int32_t code = given.code.empty() ? -1 : given.code[i];
            return code < 0 ? -1 : place[static_cast<std::size_t>(code)];
        }));
        const std::int32_t kilograms = code_of(flows_.quantity_units, "kg");
        VECHE_CHECK(take(flow_field::weight, flow_field::weight_estimated,
                         [&](std::size_t) { return kilograms; }));
        note(remarks::zero_quantities, zeros);
        return {};
    }

    result<std::vector<std::uint8_t>> flags(flow_field field) const {
        const auto given = VECHE_TRY(levels(field));
        std::vector<std::uint8_t> out(rows_, 0);
        for (std::size_t i = 0; i < rows_; ++i) {
            if (given.code[i] < 0) continue;
            const std::string& word = given.names[static_cast<std::size_t>(given.code[i])];
            out[i] = word == "1" || word == "true" || word == "True" || word == "TRUE" ||
                     word == "yes" || word == "Y";
        }
        return out;
    }

    result<void> take_origins() {
        const bool reconciled = mapping_.form == data_form::baci;
        flows_.origin.assign(rows_, reconciled ? cell_origin::reconciled : cell_origin::reported);
        if (has(flow_field::reported)) {
            const auto declared = VECHE_TRY(flags(flow_field::reported));
            for (std::size_t i = 0; i < rows_; ++i)
                if (declared[i] == 0) flows_.origin[i] = cell_origin::estimated;
        }
        for (std::size_t i = 0; i < statuses_.size(); ++i)
            if (statuses_[i] != 0) flows_.origin[i] = cell_origin::estimated;
        flows_.valued.assign(rows_, valuation::unknown);
        if (has(flow_field::valuation)) return take_valuation();
        if (mapping_.form != data_form::comtrade && mapping_.form != data_form::wits) return {};
        for (std::size_t i = 0; i < rows_; ++i)
            flows_.valued[i] =
                flows_.flow[i] == flow_kind::import_ || flows_.flow[i] == flow_kind::re_import
                    ? valuation::cif
                    : valuation::fob;
        note(remarks::valuation, static_cast<std::int64_t>(rows_));
        return {};
    }

    result<void> take_valuation() {
        const auto given = VECHE_TRY(levels(flow_field::valuation));
        for (std::size_t i = 0; i < rows_; ++i) {
            if (given.code[i] < 0) continue;
            const std::string& word = given.names[static_cast<std::size_t>(given.code[i])];
            if (word == "cif" || word == "CIF") flows_.valued[i] = valuation::cif;
            if (word == "fob" || word == "FOB") flows_.valued[i] = valuation::fob;
        }
        return {};
    }

    result<imported> finish() {
        out_.form = mapping_.form;
        out_.rows_in = static_cast<std::int64_t>(rows_);
        if (std::find(world_.begin(), world_.end(), 1) != world_.end())
            out_.world = some_rows(flows_, world_);
        out_.world.value_unit = flows_.value_unit;
        out_.world.source = flows_.source;
        VECHE_CHECK(drop_repeated());
        out_.flows = some_rows(std::move(flows_), keep_);
        out_.rows_kept = static_cast<std::int64_t>(out_.flows->size());
        std::vector<std::uint8_t> speaks(out_.flows->areas.size(), 0);
        std::int64_t own = 0;
        for (std::size_t i = 0; i < out_.flows->size(); ++i) {
            speaks[static_cast<std::size_t>(out_.flows->reporter[i])] = 1;
            own += out_.flows->reporter[i] == out_.flows->partner[i];
        }
        for (std::size_t i = 0; i < speaks.size(); ++i)
            if (speaks[i] == 0) out_.silent.push_back(out_.flows->areas[i]);
        note(remarks::silent_areas, static_cast<std::int64_t>(out_.silent.size()),
             {out_.silent.begin(), out_.silent.end()});
        note(remarks::own_territory, own);
        if (mapping_.form == data_form::comtrade && rows_ == 500) note(remarks::preview, 500);
        return std::move(out_);
    }

    result<void> drop_repeated() {
        const repeated_rows found = find_repeated(flows_, keep_);
        note(remarks::repeated_rows, found.same);
        if (found.different == 0) return {};
        if (options_.repeated == repeated_rule::refuse && !added_)
            return refuse(refusals::rows_conflict, "data", std::to_string(found.different),
                          found.example);
        note(remarks::added_rows, found.different);
        add_repeated(flows_, keep_);
        return {};
    }

    const tables::table& table_;
    const column_mapping& mapping_;
    const import_options& options_;
    std::size_t rows_;
    std::vector<std::uint8_t> keep_, world_, statuses_;
    bool added_ = false;
    flow_list flows_;
    imported out_;
};

bool holds_numbers(flow_field field) {
    return field == flow_field::value || field == flow_field::quantity ||
           field == flow_field::weight || field == flow_field::multiplier;
}

/// Reads only the columns that are used; codes as words, so that zeros in front stay.
result<void> choose_columns(import_options& options, const column_mapping& mapping,
                            const std::vector<std::string>& names) {
    for (const std::string& one : names)
        options.text.choices[one] = tables::column_choice::left_out;
    for (const auto& [field, source] : mapping.fields) {
        if (source.column.empty()) continue;
        if (std::find(names.begin(), names.end(), source.column) == names.end())
            return refuse(refusals::mapping_column_unknown, "mapping", source.column);
        options.text.choices[source.column] = holds_numbers(field) ? tables::column_choice::numbers
                                              : mapping.form == data_form::baci
                                                  ? tables::column_choice::seen
                                                  : tables::column_choice::words;
    }
    for (const flow_field one : {flow_field::reporter, flow_field::partner, flow_field::flow,
                                 flow_field::period, flow_field::value})
        if (!mapping.fields.contains(one))
            return refuse(refusals::mapping_incomplete, "mapping", std::string(name_of(one)));
    return {};
}

/// The ISO columns of Comtrade are empty unless descriptions were asked for.
void prefer_filled(column_mapping& mapping, const tables::table& t,
                   const std::vector<std::string>& names) {
    for (const auto& [field, iso, code] :
         {std::tuple{flow_field::reporter, "reporterISO", "reporterCode"},
          {flow_field::partner, "partnerISO", "partnerCode"}}) {
        const auto column = t.find(iso);
        if (!column || mapping.fields[field].column != iso) continue;
        if (column.value()->missing > 0 &&
            std::find(names.begin(), names.end(), code) != names.end())
            mapping.fields[field].column = code;
    }
}

}  // namespace

result<imported> import_flows(std::string_view bytes, import_options options) {
    const auto names = VECHE_TRY(tables::column_names(bytes, options.text));
    column_mapping mapping;
    if (auto known = mapping_for(names); known)
        mapping = options.mapping ? merged(*std::move(known), *options.mapping) : *std::move(known);
    else if (options.mapping)
        mapping = *options.mapping;
    else
        return tl::unexpected<refusal>(std::move(known).error());
    VECHE_CHECK(choose_columns(options, mapping, names));
    if (mapping.form == data_form::comtrade)
        for (const char* code : {"reporterCode", "partnerCode"})
            if (std::find(names.begin(), names.end(), code) != names.end())
                options.text.choices[code] = tables::column_choice::words;
    if (mapping.form == data_form::sdmx1 || mapping.form == data_form::sdmx2)
        options.text.missing.emplace_back("NaN");
    auto read = VECHE_TRY(tables::read_text(bytes, options.text));
    if (!read.made) {
        imported out;
        out.form = mapping.form;
        out.faults = std::move(read.faults);
        out.fault_count = read.fault_count;
        return out;
    }
    prefer_filled(mapping, *read.made, names);
    auto out = VECHE_TRY(importer(*read.made, mapping, options).run());
    out.faults = std::move(read.faults);
    out.fault_count = read.fault_count;
    return out;
}

result<imported> import_file(const std::filesystem::path& file, import_options options) {
    const tables::mapped_file mapped = VECHE_TRY(tables::mapped_file::open(file));
    if (options.text.source.empty()) options.text.source = file.filename().string();
    std::string_view bytes = mapped.bytes();
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || bytes[first] != '{')
        return import_flows(bytes, std::move(options));
    const std::string rows = VECHE_TRY(comtrade_csv(bytes));
    auto out = VECHE_TRY(import_flows(rows, std::move(options)));
    // The record names the bytes that the analyst has.
    const std::string hash = to_hex(sha256(bytes));
    out.world.source.hash = hash;
    if (out.flows) out.flows->source.hash = hash;
    return out;
}

}  // namespace veche::trade
