#include "ledger/division.hpp"

#include <algorithm>
#include <numeric>

#include "kernel/check.hpp"
#include "ledger/decimal.hpp"

namespace veche::ledger {
namespace {

std::optional<decimal> read_decimal(std::string_view text) {
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view part = point < text.size() ? text.substr(point + 1) : "";
    if (whole.empty() || (point < text.size() && part.empty())) return std::nullopt;
    if (whole.size() + part.size() > static_cast<std::size_t>(max_digits)) return std::nullopt;
    decimal out{0, static_cast<std::int32_t>(part.size())};
    for (const std::string_view digits : {whole, part})
        for (const char c : digits) {
            if (c < '0' || c > '9') return std::nullopt;
            out.digits = out.digits * 10 + (c - '0');
        }
    return out;
}

}  // namespace

std::optional<std::vector<int128>> divide_by_largest_remainder(int128 total,
                                                               const std::vector<int128>& weights) {
    int128 sum = 0;
    for (const int128 w : weights)
        if (w < 0 || __builtin_add_overflow(sum, w, &sum)) return std::nullopt;
    if (sum == 0 || total < 0) return std::nullopt;
    std::vector<int128> parts;
    std::vector<int128> remainders;
    int128 left = total;
    for (const int128 w : weights) {
        int128 product = 0;
        if (__builtin_mul_overflow(total, w, &product)) return std::nullopt;
        parts.push_back(product / sum);
        remainders.push_back(product % sum);
        left -= parts.back();
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
    return parts;
}

std::optional<int128> converted(int128 minor, const rate& at, rounding mode) {
    VECHE_ENSURE(minor > 0 && at.num > 0 && at.den > 0, "amounts and rates are above zero");
    int128 product = 0;
    if (__builtin_mul_overflow(minor, at.num, &product)) return std::nullopt;
    const int128 whole = product / at.den;
    const int128 rest = product % at.den;
    // Compared by what is missing to the next whole, so that nothing is doubled beyond 128 bits.
    const int128 missing = at.den - rest;
    const bool up =
        mode != rounding::down && rest != 0 &&
        (rest > missing || (rest == missing && (mode == rounding::half_up || whole % 2 != 0)));
    return whole + (up ? 1 : 0);
}

std::optional<std::vector<int128>> weights_of(const std::vector<std::string>& decimals) {
    std::vector<decimal> read;
    std::int32_t places = 0;
    for (const std::string& text : decimals) {
        const auto one = read_decimal(text);
        if (!one) return std::nullopt;
        places = std::max(places, one->places);
        read.push_back(*one);
    }
    std::vector<int128> weights;
    for (const decimal& one : read) {
        int128 weight = one.digits;
        for (std::int32_t i = one.places; i < places; ++i) weight *= 10;
        weights.push_back(weight);
    }
    return weights;
}

}  // namespace veche::ledger
