#include "registry/terms.hpp"

#include <algorithm>

namespace veche::registry {

bool is_isic_division(std::string_view text) {
    constexpr std::pair<int, int> runs[] = {{1, 3},   {5, 9},   {10, 33}, {35, 39}, {41, 43},
                                            {45, 47}, {49, 53}, {55, 56}, {58, 63}, {64, 66},
                                            {68, 75}, {77, 82}, {84, 88}, {90, 99}};
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 2 || !is_digit(text[0]) || !is_digit(text[1])) return false;
    const int number = (text[0] - '0') * 10 + (text[1] - '0');
    return std::any_of(std::begin(runs), std::end(runs), [&](const auto& run) {
        return run.first <= number && number <= run.second;
    });
}

std::optional<std::int64_t> read_share(std::string_view text) {
    constexpr std::int64_t whole = 1'000'000;  // 100 per cent
    const std::size_t point = text.find('.');
    const std::string_view before = text.substr(0, point);
    const std::string_view after =
        point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    const bool formed = !before.empty() && before.size() <= 3 && after.size() <= 4 &&
                        (point == std::string_view::npos || !after.empty()) &&
                        (before.size() == 1 || before.front() != '0');
    if (!formed) return std::nullopt;
    std::int64_t value = 0;
    for (const std::string_view part : {before, after})
        for (const char c : part) {
            if (c < '0' || c > '9') return std::nullopt;
            value = value * 10 + (c - '0');
        }
    for (std::size_t i = after.size(); i < 4; ++i) value *= 10;
    return value <= whole ? std::optional(value) : std::nullopt;
}

}  // namespace veche::registry
