#include "gravity/experiment_text.hpp"

#include <charconv>

#include "gravity/refusal.hpp"
#include "kernel/text.hpp"

namespace veche::gravity {
namespace {

constexpr std::string_view coefficient_form = "EXPRESSION = VALUE or VALUE, STANDARD ERROR";

std::string trimmed(std::string_view text) {
    return std::string(text::trim(text));
}

tl::unexpected<refusal> unread(std::string_view text, std::string_view form) {
    return refuse(refusals::text_unread, "experiment", std::string(text), std::string(form));
}

/// Both sides of the last sign; nothing where it is not there.
std::optional<std::pair<std::string, std::string>> halves(std::string_view text, char sign) {
    const std::size_t at = text.rfind(sign);
    if (at == std::string_view::npos) return std::nullopt;
    return std::pair{trimmed(text.substr(0, at)), trimmed(text.substr(at + 1))};
}

/// Names between commas; none where the text is "*".
std::vector<std::string> names_in(std::string_view text) {
    std::vector<std::string> out;
    if (trimmed(text) == "*") return out;
    while (true) {
        const std::size_t comma = text.find(',');
        out.push_back(trimmed(text.substr(0, comma)));
        if (comma == std::string_view::npos) return out;
        text.remove_prefix(comma + 1);
    }
}

/// Numbers between commas; nothing where one is none.
std::optional<std::vector<double>> numbers_in(std::string_view text) {
    std::vector<double> out;
    for (const std::string& one : names_in(text)) {
        double value = 0;
        const char* end = one.data() + one.size();
        const auto [stop, error] = std::from_chars(one.data(), end, value);
        if (error != std::errc() || stop != end) return std::nullopt;
        out.push_back(value);
    }
    return out;
}

result<experiment> border_from(const cross_section& s, std::string_view text) {
    const auto parts = halves(text, ':');
    return border_removed(s, parts ? parts->first : trimmed(text),
                          parts ? names_in(parts->second) : std::vector<std::string>());
}

result<experiment> member_from(const cross_section& s, std::string_view text) {
    const auto sides = halves(text, '=');
    const auto parts = sides ? halves(sides->first, ':') : std::nullopt;
    if (!parts) return unread(text, form_of(experiment_kind::member));
    return member_joined(s, parts->first, names_in(parts->second), names_in(sides->second));
}

result<experiment> set_from(const cross_section& s, std::string_view text) {
    constexpr std::string_view word = " where ";
    const std::size_t at = text.find(word);
    const auto sides = halves(text.substr(0, at), '=');
    const auto value = sides ? numbers_in(sides->second) : std::nullopt;
    if (!value || value->size() != 1) return unread(text, form_of(experiment_kind::set));
    const bool all = at == std::string_view::npos;
    return cells_set(s, sides->first, value->front(),
                     all ? "" : trimmed(text.substr(at + word.size())));
}

/// "A, B > C = numbers".
struct way {
    std::string from, to;
    std::vector<double> numbers;
};
std::optional<way> way_in(std::string_view text) {
    const auto sides = halves(text, '=');
    const auto ends = sides ? halves(sides->first, '>') : std::nullopt;
    const auto numbers = ends ? numbers_in(sides->second) : std::nullopt;
    if (!numbers) return std::nullopt;
    return way{ends->first, ends->second, *numbers};
}

result<experiment> tariff_from(const cross_section& s, std::string_view text) {
    const auto found = way_in(text);
    if (!found || found->numbers.size() != 2) return unread(text, form_of(experiment_kind::tariff));
    return tariff_changed(
        s, {names_in(found->from), names_in(found->to), found->numbers[0], found->numbers[1]});
}

result<experiment> barrier_from(const cross_section& s, std::string_view text, double level) {
    const auto found = way_in(text);
    if (!found || (found->numbers.size() != 1 && found->numbers.size() != 3))
        return unread(text, form_of(experiment_kind::barrier));
    barrier out{found->from, found->to, found->numbers[0], {}, level};
    if (found->numbers.size() == 3) out.within = interval{found->numbers[1], found->numbers[2]};
    return barrier_lifted(s, out);
}

}  // namespace

std::string_view form_of(experiment_kind kind) {
    switch (kind) {
        case experiment_kind::border:
            return "COLUMN or COLUMN: A, B, C";
        case experiment_kind::member:
            return "COLUMN: NEWCOMER = MEMBER, MEMBER";
        case experiment_kind::set:
            return "COLUMN = VALUE where FILTER";
        case experiment_kind::tariff:
            return "EXPORTER > IMPORTER = PERCENT BEFORE, PERCENT AFTER";
        default:
            return "EXPORTER > IMPORTER = PERCENT or PERCENT, LOW, HIGH";
    }
}

result<experiment> experiment_of(const cross_section& s, experiment_kind kind,
                                 std::string_view text, double level) {
    switch (kind) {
        case experiment_kind::border:
            return border_from(s, text);
        case experiment_kind::member:
            return member_from(s, text);
        case experiment_kind::set:
            return set_from(s, text);
        case experiment_kind::tariff:
            return tariff_from(s, text);
        default:
            return barrier_from(s, text, level);
    }
}

result<given_coefficient> coefficient_of(std::string_view text) {
    const auto sides = halves(text, '=');
    const auto numbers = sides ? numbers_in(sides->second) : std::nullopt;
    if (!numbers || numbers->empty() || numbers->size() > 2) return unread(text, coefficient_form);
    return given_coefficient{sides->first, numbers->front(),
                             numbers->size() == 2 ? numbers->back() : 0};
}

}  // namespace veche::gravity
