#include "teams/kinds.hpp"

#include <algorithm>
#include <set>

#include "teams/refusal.hpp"

namespace veche::teams {
namespace {

std::map<std::string, std::string> quoted_features(const respondent& one,
                                                   const std::set<std::string>& categories) {
    std::map<std::string, std::string> out;
    for (const auto& [category, feature] : one.features)
        if (categories.count(category) > 0) out.emplace(category, feature);
    return out;
}

std::set<std::string> categories_of(const std::vector<quota>& quotas) {
    std::set<std::string> out;
    for (const quota& q : quotas) out.insert(q.category);
    return out;
}

result<void> check_quotas(const panel_call& c, const std::set<std::string>& categories) {
    std::set<std::pair<std::string, std::string>> features;
    for (const quota& q : c.quotas) {
        if (q.min < 0 || q.max < q.min)
            return refuse(refusals::window_empty, "quotas", "The panel",
                          q.category + " " + q.feature, std::to_string(q.min),
                          std::to_string(q.max));
        if (!features.emplace(q.category, q.feature).second)
            return refuse(refusals::window_repeated, "quotas", "The panel",
                          q.category + " " + q.feature);
    }
    std::set<std::string_view> ids;
    for (const respondent& one : c.people) {
        if (one.id.empty()) return refuse(refusals::id_missing, "people");
        if (!ids.insert(one.id).second) return refuse(refusals::id_repeated, "people", one.id);
        for (const std::string& category : categories) {
            const auto own = one.features.find(category);
            const std::string feature = own == one.features.end() ? "" : own->second;
            if (features.count({category, feature}) == 0)
                return refuse(refusals::feature_unknown, "people", one.id,
                              feature.empty() ? "nothing" : feature, category);
        }
    }
    return {};
}

}  // namespace

result<pool> read(const panel_call& c) {
    if (static_cast<std::int64_t>(c.people.size()) > most_respondents)
        return refuse(refusals::too_large, "people", std::to_string(most_respondents), "people");
    if (c.size < 1 || c.size > static_cast<std::int64_t>(c.people.size()))
        return refuse(refusals::size_out_of_range, "size", std::to_string(c.people.size()));
    if (c.node_limit < 1 || c.node_limit > most_nodes)
        return refuse(refusals::too_large, "node_limit", std::to_string(most_nodes),
                      "parts of the search, and 1 at least");
    const auto categories = categories_of(c.quotas);
    VECHE_CHECK(check_quotas(c, categories));
    std::map<std::map<std::string, std::string>, std::int64_t> alike;
    for (const respondent& one : c.people) ++alike[quoted_features(one, categories)];
    if (static_cast<std::int64_t>(alike.size()) > most_kinds)
        return refuse(refusals::too_large, "people", std::to_string(most_kinds),
                      "combinations of features that occur; join some features");
    pool out;
    out.size = c.size;
    out.node_limit = c.node_limit;
    out.quotas = c.quotas;
    std::sort(out.quotas.begin(), out.quotas.end(), [](const quota& a, const quota& b) {
        return std::tie(a.category, a.feature) < std::tie(b.category, b.feature);
    });
    for (auto& [features, people] : alike) out.kinds.push_back({features, people, ""});
    for (const quota& q : out.quotas) {
        out.members.emplace_back();
        for (std::uint32_t k = 0; k < out.kinds.size(); ++k)
            if (out.kinds[k].features.at(q.category) == q.feature) out.members.back().push_back(k);
    }
    return out;
}

std::vector<std::size_t> kind_of_people(const panel_call& c, const std::vector<kind>& kinds) {
    std::map<std::map<std::string, std::string>, std::size_t> number;
    for (std::size_t k = 0; k < kinds.size(); ++k) number.emplace(kinds[k].features, k);
    const auto categories = categories_of(c.quotas);
    std::vector<std::size_t> out;
    for (const respondent& one : c.people)
        out.push_back(number.at(quoted_features(one, categories)));
    return out;
}

}  // namespace veche::teams
