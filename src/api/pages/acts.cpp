#include "api/pages/acts.hpp"

#include "api/urlencoded.hpp"

namespace veche::api::pages {

std::optional<std::string> office_with(const assembly::viewer_means& means, std::string_view power,
                                       const body_id& body) {
    std::optional<std::string> found;
    for (const auto& one : means.powers) {
        if (one.power != power) continue;
        if (one.body == body) return one.office.value;
        if (!found) found = one.office.value;
    }
    return found;
}

void act_list::button(std::string_view type, const std::optional<std::string>& auth,
                      std::vector<act_field> fields, std::string label) {
    form(type, auth, std::move(fields), std::move(label));
    if (auth) acts_.back().direct = true;
}

void act_list::form(std::string_view type, const std::optional<std::string>& auth,
                    std::vector<act_field> fields, std::string label) {
    if (!auth) return;
    if (label.empty()) label = here_.text("act." + std::string(type));
    pairs query;
    for (const act_field& one : fields) query.emplace_back(one.name, one.value);
    query.emplace_back("_auth", *auth);
    query.emplace_back("_back", back_);
    std::string href = here_.link("do/" + std::string(type) + "?" + to_urlencoded(query));
    acts_.push_back({std::string(type), std::move(label), *auth, back_, std::move(fields), false,
                     std::move(href)});
}

}  // namespace veche::api::pages
