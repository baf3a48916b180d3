#include "prevention/oxcgrt.hpp"

#include <algorithm>

#include "prevention/refusal.hpp"

namespace veche::prevention {
namespace {

/// Headings are the publisher's, so that its own programs read what is written here.
constexpr std::string_view level_names[] = {"C1M_School closing",
                                            "C2M_Workplace closing",
                                            "C3M_Cancel public events",
                                            "C4M_Restrictions on gatherings",
                                            "C5M_Close public transport",
                                            "C6M_Stay at home requirements",
                                            "C7M_Restrictions on internal movement",
                                            "C8EV_International travel controls",
                                            "E1_Income support",
                                            "E2_Debt/contract relief",
                                            "H1_Public information campaigns",
                                            "H2_Testing policy",
                                            "H3_Contact tracing",
                                            "H6M_Facial Coverings",
                                            "H7_Vaccination policy",
                                            "H8M_Protection of elderly people"};
static_assert(std::size(level_names) == indicator_count);

/// "C1NV_Flag": kind c1, for those not vaccinated, a flag.
struct heading_parts {
    preventive_kind kind{};
    rules_for whom{};
    bool flag = false;
};

std::optional<heading_parts> parts_of_heading(std::string_view heading) {
    const auto mark = heading.find('_');
    if (mark == std::string_view::npos || mark < 2) return std::nullopt;
    const auto kind = kind_named(heading.substr(0, 2));
    const std::string_view whom = heading.substr(2, mark - 2), what = heading.substr(mark + 1);
    if (!kind || *kind == preventive_kind::p1 || what == "Notes") return std::nullopt;
    if (what.ends_with("_Notes")) return std::nullopt;
    heading_parts out{*kind, rules_for::all, what == "Flag"};
    if (whom == "NV")
        out.whom = rules_for::not_vaccinated;
    else if (whom == "V")
        out.whom = rules_for::vaccinated;
    else if (!whom.empty() && whom != "M" && whom != "E" && whom != "EV")
        return std::nullopt;
    return out;
}

/// "2", or "2.00" as some copies have it.
std::optional<std::int32_t> level_in(std::string_view text) {
    const auto point = text.find('.');
    if (point != std::string_view::npos) {
        if (text.find_first_not_of('0', point + 1) != std::string_view::npos) return std::nullopt;
        text = text.substr(0, point);
    }
    if (text.size() != 1 || text.front() < '0' || text.front() > '9') return std::nullopt;
    return text.front() - '0';
}

/// "20210401" or "2021-04-01".
std::optional<date> day_in(std::string_view text) {
    if (text.size() != 8) return parse_date(text);
    std::string spread(text.substr(0, 4));
    spread += "-" + std::string(text.substr(4, 2)) + "-" + std::string(text.substr(6, 2));
    return parse_date(spread);
}

}  // namespace

bool policy_columns::fits(const std::vector<std::string>& heading) {
    const bool dated = std::find(heading.begin(), heading.end(), "Date") != heading.end();
    return dated && std::any_of(heading.begin(), heading.end(), [](const std::string& one) {
               return parts_of_heading(one).has_value();
           });
}

policy_columns::policy_columns(std::vector<std::string> heading) : heading_(std::move(heading)) {
    for (std::size_t i = 0; i < heading_.size(); ++i) {
        const auto parts = parts_of_heading(heading_[i]);
        if (!parts) continue;
        pair& into =
            kinds_[static_cast<std::size_t>(parts->kind)][static_cast<std::size_t>(parts->whom)];
        (parts->flag ? into.flag : into.level) = i;
    }
}

std::string_view policy_columns::cell(const std::vector<std::string>& cells,
                                      std::string_view heading) const {
    const auto at = std::find(heading_.begin(), heading_.end(), heading);
    const auto index = static_cast<std::size_t>(at - heading_.begin());
    return index < cells.size() ? std::string_view(cells[index]) : std::string_view{};
}

indicator policy_columns::read_kind(const std::vector<std::string>& cells, const pair& where,
                                    preventive_kind kind, std::vector<cell_fault>& faults) const {
    indicator out;
    const auto fault = [&](std::size_t at) {
        faults.push_back(
            {heading_[at], {&refusals::cell_malformed, "", {cells[at].substr(0, 40)}}});
    };
    if (!where.level || cells[*where.level].empty()) return out;
    out.level = level_in(cells[*where.level]);
    if (!out.level || *out.level > scale_of(kind).highest) {
        fault(*where.level);
        return {};
    }
    if (!scale_of(kind).flagged || !where.flag || cells[*where.flag].empty()) return out;
    const auto flag = level_in(cells[*where.flag]);
    if (!flag || *flag > 1) fault(*where.flag);
    out.general = flag == 1;
    return out;
}

policy_day policy_columns::read(const std::vector<std::string>& cells, rules_for whom,
                                std::vector<cell_fault>& faults) const {
    policy_day out;
    out.country = cell(cells, "CountryCode");
    if (out.country.empty()) out.country = cell(cells, "CountryName");
    out.region = cell(cells, "RegionCode");
    const std::string_view day = cell(cells, "Date");
    if (const auto on = day_in(day))
        out.on = *on;
    else
        faults.push_back(
            {"Date", {&refusals::cell_malformed, "", {std::string(day.substr(0, 40))}}});
    for (std::size_t i = 0; i < indicator_count; ++i) {
        const auto& of = kinds_[i];
        indicator& known = out.known[i];
        known = read_kind(cells, of[static_cast<std::size_t>(whom)], all_kinds[i], faults);
        // Where nothing is said for some alone, what holds for all holds for them.
        if (!known.level && whom != rules_for::all)
            known = read_kind(cells, of[0], all_kinds[i], faults);
    }
    return out;
}

std::string level_heading(preventive_kind kind) {
    return std::string(level_names[static_cast<std::size_t>(kind)]);
}

std::string flag_heading(preventive_kind kind) {
    if (!scale_of(kind).flagged) return {};
    const std::string level = level_heading(kind);
    return level.substr(0, level.find('_')) + "_Flag";
}

}  // namespace veche::prevention
