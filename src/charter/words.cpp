#include "charter/words.hpp"

#include <algorithm>

#include "charter/refusal.hpp"

namespace veche::charter {

bool blank(const localized& text) {
    return std::all_of(text.begin(), text.end(), [](const auto& one) {
        return one.second.find_first_not_of(" \t\r\n") == std::string::npos;
    });
}

result<void> check_text(const state& charter, const localized& text, const std::string& field,
                        std::size_t limit, const refusal_kind& too_long) {
    const auto& known = charter.document().languages;
    for (const auto& [language, words] : text) {
        const std::string place = field + "." + language;
        if (words.size() > limit) return refuse(too_long, place, std::to_string(limit));
        const bool used = std::any_of(known.begin(), known.end(),
                                      [&](const auto& one) { return one.id == language; });
        if (!known.empty() && !used) return refuse(refusals::language_unknown, place, language);
    }
    return {};
}

}  // namespace veche::charter
