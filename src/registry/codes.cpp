#include "registry/codes.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace veche::registry {
namespace {

using weights = std::span<const int>;

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

int digit(char c) {
    return c - '0';
}

int weighted(std::string_view digits, weights by) {
    int sum = 0;
    for (std::size_t i = 0; i < by.size(); ++i) sum += digit(digits[i]) * by[i];
    return sum;
}

code_fault by_form(bool formed) {
    return formed ? code_fault::none : code_fault::value_malformed;
}

code_fault by_digit(bool right) {
    return right ? code_fault::none : code_fault::digit_wrong;
}

/// Two letters, a dash, one to three letters or digits.
code_fault fault_in_region(std::string_view v) {
    const bool formed = v.size() >= 4 && v.size() <= 6 && is_upper(v[0]) && is_upper(v[1]) &&
                        v[2] == '-' && std::all_of(v.begin() + 3, v.end(), [](char c) {
                            return is_upper(c) || (c >= '0' && c <= '9');
                        });
    return by_form(formed);
}

/// ISO 7064 mod 97-10 over letters as 10 to 35.
code_fault fault_in_lei(std::string_view v) {
    if (v.size() != 20 || !all_digits(v.substr(18))) return code_fault::value_malformed;
    int rest = 0;
    for (const char c : v) {
        if (c >= '0' && c <= '9') {
            rest = (rest * 10 + digit(c)) % 97;
        } else if (is_upper(c)) {
            rest = (rest * 100 + (c - 'A' + 10)) % 97;
        } else {
            return code_fault::value_malformed;
        }
    }
    return by_digit(rest == 1);
}

constexpr std::array inn_10{2, 4, 10, 3, 5, 9, 4, 6, 8};
constexpr std::array inn_11{7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
constexpr std::array inn_12{3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};

code_fault fault_in_inn(std::string_view v) {
    if ((v.size() != 10 && v.size() != 12) || !all_digits(v)) return code_fault::value_malformed;
    const auto right = [&](weights by) { return weighted(v, by) % 11 % 10 == digit(v[by.size()]); };
    return by_digit(v.size() == 10 ? right(inn_10) : right(inn_11) && right(inn_12));
}

/// The number without its last digit, divided by 11 (13 digits) or 13 (15 digits), leaves it.
code_fault fault_in_ogrn(std::string_view v) {
    if ((v.size() != 13 && v.size() != 15) || !all_digits(v)) return code_fault::value_malformed;
    std::int64_t number = 0;
    for (const char c : v.substr(0, v.size() - 1)) number = number * 10 + digit(c);
    const std::int64_t by = v.size() == 13 ? 11 : 13;
    return by_digit(number % by % 10 == digit(v.back()));
}

/// Nine characters: digits, or for traders a letter first and a letter or digit second, with the
/// values of the letters that the ministry lists; here the nine digits of legal persons are
/// checked.
code_fault fault_in_unp(std::string_view v) {
    constexpr std::array by{29, 23, 19, 17, 13, 7, 5, 3};
    if (v.size() != 9) return code_fault::value_malformed;
    if (!all_digits(v)) return by_form(is_upper(v[0]) && all_digits(v.substr(2)));
    const int rest = weighted(v, by) % 11;
    return by_digit(rest < 10 && rest == digit(v[8]));
}

constexpr std::array norway{3, 2, 7, 6, 5, 4, 3, 2};
constexpr std::array denmark{2, 7, 6, 5, 4, 3, 2, 1};

/// Weights, then 11 less the rest; a rest of 1 gives no number.
code_fault fault_in_norwegian(std::string_view v) {
    if (v.size() != 9 || !all_digits(v)) return code_fault::value_malformed;
    const int rest = weighted(v, norway) % 11;
    return by_digit(rest != 1 && (rest == 0 ? 0 : 11 - rest) == digit(v[8]));
}

code_fault fault_in_danish(std::string_view v) {
    if (v.size() != 8 || !all_digits(v) || v[0] == '0') return code_fault::value_malformed;
    return by_digit(weighted(v, denmark) % 11 == 0);
}

/// "1234567-8".
code_fault fault_in_finnish(std::string_view v) {
    constexpr std::array by{7, 9, 10, 5, 8, 4, 2};
    if (v.size() != 9 || v[7] != '-' || !all_digits(v.substr(0, 7)) || !all_digits(v.substr(8)))
        return code_fault::value_malformed;
    const int rest = weighted(v, by) % 11;
    return by_digit(rest != 1 && (rest == 0 ? 0 : 11 - rest) == digit(v[8]));
}

/// "556036-0793"; every other digit is doubled.
code_fault fault_in_swedish(std::string_view v) {
    if (v.size() != 11 || v[6] != '-' || !all_digits(v.substr(0, 6)) || !all_digits(v.substr(7)))
        return code_fault::value_malformed;
    int sum = 0;
    int place = 0;
    for (const char c : v) {
        if (c == '-') continue;
        const int doubled = digit(c) * (place++ % 2 == 0 ? 2 : 1);
        sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return by_digit(sum % 10 == 0);
}

/// Ten digits without points, the last two 97 less the rest of the first eight.
code_fault fault_in_belgian(std::string_view v) {
    if (v.size() != 10 || !all_digits(v) || v[0] > '1') return code_fault::value_malformed;
    std::int64_t number = 0;
    for (const char c : v.substr(0, 8)) number = number * 10 + digit(c);
    return by_digit(97 - number % 97 == digit(v[8]) * 10 + digit(v[9]));
}

code_fault fault_in_wikidata(std::string_view v) {
    return by_form(v.size() >= 2 && v.size() <= 12 && v[0] == 'Q' && v[1] != '0' &&
                   all_digits(v.substr(1)));
}

bool is_scheme(std::string_view s) {
    return !s.empty() && s.size() <= 32 && std::all_of(s.begin(), s.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

struct known_scheme {
    std::string_view name;
    code_fault (*fault)(std::string_view);
};
constexpr known_scheme known_schemes[] = {
    {"iso-3166-2", fault_in_region}, {"lei", fault_in_lei},          {"inn", fault_in_inn},
    {"ogrn", fault_in_ogrn},         {"unp", fault_in_unp},          {"no-org", fault_in_norwegian},
    {"dk-cvr", fault_in_danish},     {"fi-y", fault_in_finnish},     {"se-org", fault_in_swedish},
    {"be-kbo", fault_in_belgian},    {"wikidata", fault_in_wikidata}};

}  // namespace

code_fault fault_in(const code& c) {
    if (!is_scheme(c.scheme)) return code_fault::scheme_malformed;
    for (const known_scheme& one : known_schemes)
        if (one.name == c.scheme) return one.fault(c.value);
    const bool visible = !c.value.empty() && c.value.size() <= 64 &&
                         std::all_of(c.value.begin(), c.value.end(),
                                     [](char b) { return static_cast<unsigned char>(b) > 0x20; });
    return by_form(visible);
}

}  // namespace veche::registry
