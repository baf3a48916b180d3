#include "registry/link_names.hpp"

#include <algorithm>

#include "registry/plans.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {

const localized& names_of_end(const state& s, const link_end& end) {
    return end.place ? s.places.find(*end.place)->what.names
                     : find_current(s, *end.organisation)->what.names;
}

localized both_names(const localized& a, const localized& b) {
    const auto in = [](const localized& names, const std::string& language) {
        const auto there = names.find(language);
        return there != names.end() ? there->second : names.empty() ? "" : names.begin()->second;
    };
    localized out;
    for (const localized* side : {&a, &b})
        for (const auto& [language, name] : *side)
            out[language] = in(a, language) + " – " + in(b, language);
    return out;
}

localized names_of_link(const state& s, const link& of) {
    return both_names(names_of_end(s, of.what.a), names_of_end(s, of.what.b));
}

std::vector<place_id> places_around(const state& s, const link& of) {
    std::vector<place_id> out;
    for (const link_end& end : {of.what.a, of.what.b})
        for (auto at = place_of(s, end); at; at = s.places.find(*at)->what.within) {
            if (std::find(out.begin(), out.end(), *at) != out.end()) break;
            out.push_back(*at);
        }
    return out;
}

localized said_by(const state& s, const link& of, std::uint64_t seq) {
    for (const plan_item_id& item : of.plan) {
        const planned_item& one = *s.items.find(item_key{of.what.link, item});
        for (const planned& version : one.versions)
            if (version.recorded.seq == seq) return version.what.text;
        const bool reported =
            std::any_of(one.reports.begin(), one.reports.end(),
                        [&](const item_report& each) { return each.reported.seq == seq; });
        if (reported || one.late == seq) return item_now(one).text;
    }
    const auto mark = std::find_if(of.marks.begin(), of.marks.end(),
                                   [&](const activity_mark& one) { return one.seq == seq; });
    if (mark == of.marks.end()) return {};
    const auto at = static_cast<std::size_t>(mark - of.marks.begin());
    return s.activities.find(of.activities[at])->what.about;
}

}  // namespace veche::registry
