#include "render/degrees.hpp"

#include <algorithm>
#include <iterator>

#include "kernel/search_fold.hpp"

namespace veche::render {
namespace {

constexpr std::int64_t degree = 1'000'000;

/// How a side of the Earth is written, folded; the longer of two that begin alike comes first.
struct side {
    std::string_view written;
    axis of;
    bool below_zero;
};

constexpr side sides[] = {
    {"n", axis::latitude, false},     {"s", axis::latitude, true},
    {"с.ш.", axis::latitude, false},  {"с.ш", axis::latitude, false},
    {"с", axis::latitude, false},     {"ю.ш.", axis::latitude, true},
    {"ю.ш", axis::latitude, true},    {"ю", axis::latitude, true},
    {"пн.ш.", axis::latitude, false}, {"пн.ш", axis::latitude, false},
    {"пн", axis::latitude, false},    {"пд.ш.", axis::latitude, true},
    {"пд.ш", axis::latitude, true},   {"пд", axis::latitude, true},
    {"e", axis::longitude, false},    {"w", axis::longitude, true},
    {"в.д.", axis::longitude, false}, {"в.д", axis::longitude, false},
    {"в", axis::longitude, false},    {"у.д.", axis::longitude, false},
    {"у.д", axis::longitude, false},  {"у", axis::longitude, false},
    {"з.д.", axis::longitude, true},  {"з.д", axis::longitude, true},
    {"з", axis::longitude, true},
};

/// Without blanks; the minus of typographers as that of keyboards.
std::string tidied(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        if (rest.starts_with("\u00A0")) {
            i += 1;
        } else if (rest.starts_with("\u202F")) {
            i += 2;
        } else if (rest.starts_with("\u2212")) {
            out += '-';
            i += 2;
        } else if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n') {
            out += text[i];
        }
    }
    return out;
}

/// Takes the letter off the beginning or the end; tells which side it names.
const side* take_side(std::string& text, axis of) {
    for (const side& one : sides) {
        if (one.of != of) continue;
        if (text.ends_with(one.written)) {
            text.resize(text.size() - one.written.size());
            return &one;
        }
        if (text.starts_with(one.written)) {
            text.erase(0, one.written.size());
            return &one;
        }
    }
    return nullptr;
}

/// "53.904538" in millionths, the nearest; nothing where it is no such number.
std::optional<std::int64_t> unsigned_millionths(std::string_view text) {
    constexpr std::size_t most_places = 20;  // of what programs print
    const std::size_t point = text.find_first_of(".,");
    const std::string_view whole = text.substr(0, point);
    std::string places(point == std::string_view::npos ? "" : text.substr(point + 1));
    const bool sound = !whole.empty() && whole.size() <= 3 && places.size() <= most_places &&
                       (point == std::string_view::npos || !places.empty());
    const auto digits = [](std::string_view one) {
        return one.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (!sound || !digits(whole) || !digits(places)) return std::nullopt;
    const bool up = places.size() > 6 && places[6] >= '5';
    places.resize(6, '0');
    std::int64_t value = 0;
    for (const char c : std::string(whole) + places) value = value * 10 + (c - '0');
    return value + (up ? 1 : 0);
}

}  // namespace

std::optional<std::int32_t> millionths_of_degree(std::string_view text, axis of) {
    constexpr std::string_view sign_of_degrees = "°";
    // Folding would drop the marks of minutes.
    if (text.find('\'') != std::string_view::npos || text.find("\u2019") != std::string_view::npos)
        return std::nullopt;
    std::string rest = fold_for_search(tidied(text));
    const side* named = take_side(rest, of);
    if (rest.ends_with(sign_of_degrees)) rest.resize(rest.size() - sign_of_degrees.size());
    const bool has_sign = rest.starts_with('-') || rest.starts_with('+');
    if (has_sign && named != nullptr) return std::nullopt;
    const bool below = named != nullptr ? named->below_zero : rest.starts_with('-');
    const auto size = unsigned_millionths(std::string_view(rest).substr(has_sign ? 1 : 0));
    if (!size || *size > (of == axis::latitude ? 90 : 180) * degree) return std::nullopt;
    return static_cast<std::int32_t>(below ? -*size : *size);
}

std::string degrees_as_entered(std::int32_t millionths) {
    const std::int64_t size = std::abs(std::int64_t{millionths});
    std::string places = std::to_string(size % degree);
    places.insert(0, 6 - places.size(), '0');
    places.resize(places.find_last_not_of('0') + 1);
    return (millionths < 0 ? "-" : "") + std::to_string(size / degree) +
           (places.empty() ? "" : "." + places);
}

}  // namespace veche::render
