#include "trade/areas.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "tables/read_text.hpp"

namespace veche::trade {
namespace {

using namespace std::string_view_literals;

constexpr std::array worlds = {"0"sv, "W00"sv, "WLD"sv, "World"sv, "WORLD"sv, "1W"sv};
// WITS, UN Comtrade and Eurostat for the European Union and the euro area, as they came to be.
constexpr std::array group_areas = {"EUN"sv,  "EU"sv,        "EU15"sv, "EU25"sv, "EU27"sv,
                                    "EU28"sv, "EU27_2020"sv, "EA19"sv, "EA20"sv, "97"sv};
// UN Comtrade, reference list of reporters; ISO 3166-1 numeric.
constexpr std::array trade_numbers = {std::pair{"842"sv, "840"sv}, std::pair{"757"sv, "756"sv},
                                      std::pair{"251"sv, "250"sv}, std::pair{"579"sv, "578"sv},
                                      std::pair{"699"sv, "356"sv}};

std::string_view without_zeros(std::string_view area) {
    const bool number = !area.empty() && std::all_of(area.begin(), area.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    if (!number) return area;
    return area.substr(std::min(area.find_first_not_of('0'), area.size() - 1));
}

}  // namespace

bool is_world(std::string_view area) {
    return std::find(worlds.begin(), worlds.end(), without_zeros(area)) != worlds.end();
}

bool is_group(std::string_view area) {
    return std::find(group_areas.begin(), group_areas.end(), area) != group_areas.end();
}

std::string usual_area(std::string_view area) {
    area = without_zeros(area);
    for (const auto& [trade, iso] : trade_numbers)
        if (area == trade) return std::string(iso);
    return std::string(area);
}

result<area_list> read_areas(std::string_view text, const std::string& from,
                             const std::string& to) {
    tables::text_options options;
    options.choices[from] = options.choices[to] = tables::column_choice::words;
    // The ISO code of Namibia is no missing cell.
    options.missing = {""};
    const auto names = VECHE_TRY(tables::column_names(text, options));
    for (const std::string& one : names)
        if (one != from && one != to) options.choices[one] = tables::column_choice::left_out;
    const tables::table t = VECHE_TRY(tables::sound_table(tables::read_text(text, options)));
    const tables::column* codes = VECHE_TRY(t.find(from));
    const tables::column* meanings = VECHE_TRY(t.find(to));
    area_list out;
    for (std::uint64_t row = 0; row < t.rows(); ++row) {
        const auto code = tables::text_of(*codes, row);
        const auto name = tables::text_of(*meanings, row);
        if (code && name) out.emplace(usual_area(*code), *name);
    }
    return out;
}

}  // namespace veche::trade
