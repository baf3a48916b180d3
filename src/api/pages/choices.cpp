#include "api/pages/choices.hpp"

#include <algorithm>

#include "api/urlencoded.hpp"

namespace veche::api::pages {

std::vector<choice_option> body_options(const visit& here, std::string_view chosen) {
    std::vector<choice_option> all;
    for (const auto& body : here.charter.document().bodies)
        all.push_back({body.id.value, here.name_of(body.name), body.id.value == chosen});
    std::sort(all.begin(), all.end(), [&](const choice_option& a, const choice_option& b) {
        return here.texts.locale().before(a.label, b.label);
    });
    return all;
}

std::string query_text(const visit& here) {
    pairs kept;
    for (const auto& [name, value] : here.asked.query)
        if (name != "done" && name != "seq" && name != "page" && !value.empty())
            kept.emplace_back(name, value);
    return kept.empty() ? "" : "?" + to_urlencoded(kept);
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    if (text.empty() || text.size() > 15 ||
        text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return std::stoull(std::string(text));
}

std::string identifier_asked(const visit& here, std::string_view name) {
    const auto value = here.asked.query_value(name);
    return is_identifier(value) ? std::string(value) : std::string();
}

}  // namespace veche::api::pages
