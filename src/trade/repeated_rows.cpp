#include "trade/repeated_rows.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace veche::trade {
namespace {

/// A flow, then what is said of it, then where.
struct flow_key {
    std::uint64_t first = 0, second = 0;
    std::uint64_t value = 0, quantity = 0;
    std::int32_t unit = 0;
    std::uint32_t row = 0;
    auto operator<=>(const flow_key&) const = default;
    [[nodiscard]] bool same_flow(const flow_key& other) const {
        return first == other.first && second == other.second;
    }
    [[nodiscard]] bool says_the_same(const flow_key& other) const {
        return same_flow(other) && value == other.value && quantity == other.quantity &&
               unit == other.unit;
    }
};

/// Places of names as files are sorted: words by bytes, then numbers by size.
std::vector<std::uint64_t> usual_places(const std::vector<std::string>& names) {
    std::vector<std::size_t> order(names.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<std::size_t> digits;  // 0 for what is no number
    for (const std::string& one : names)
        digits.push_back(one.find_first_not_of("0123456789") == std::string::npos ? one.size() : 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return digits[a] < digits[b]; });
    std::vector<std::uint64_t> out(names.size());
    for (std::size_t place = 0; place < order.size(); ++place) out[order[place]] = place;
    return out;
}

class key_maker {
  public:
    explicit key_maker(const flow_list& f)
        : flows_(f), areas_(usual_places(f.areas)), products_(usual_places(f.products)) {}

    [[nodiscard]] flow_key at(std::size_t i) const {
        const flow_list& f = flows_;
        const auto wide = [](std::int32_t code) { return static_cast<std::uint64_t>(code); };
        const auto area = [&](std::int32_t code) { return areas_[static_cast<std::size_t>(code)]; };
        return {area(f.reporter[i]) << 32 | area(f.partner[i]),
                products_[static_cast<std::size_t>(f.product[i])] << 32 |
                    (wide(f.period[i]) & 0xFFFF) << 16 | (wide(f.classification[i]) & 0xFFF) << 4 |
                    static_cast<std::uint64_t>(f.flow[i]),
                std::bit_cast<std::uint64_t>(f.value[i]),
                std::bit_cast<std::uint64_t>(f.quantity[i]),
                f.quantity_unit[i],
                static_cast<std::uint32_t>(i)};
    }

  private:
    const flow_list& flows_;
    std::vector<std::uint64_t> areas_, products_;
};

/// Whether every kept row has a flow of its own: a bit for each flow that there could be, where
/// these fit into memory. False where that was not looked at.
bool all_once(const flow_list& f, const std::vector<std::uint8_t>& keep) {
    constexpr double most_bits = 8e9;
    constexpr std::uint64_t ways = 4;
    const auto count = [](const auto& names) { return static_cast<std::uint64_t>(names.size()); };
    const std::uint64_t areas = count(f.areas);
    const std::uint64_t products = count(f.products);
    const std::uint64_t periods = count(f.periods);
    const std::uint64_t classes = count(f.classifications);
    const double bits = static_cast<double>(areas) * static_cast<double>(areas) *
                        static_cast<double>(products) * static_cast<double>(periods) *
                        static_cast<double>(classes) * ways;
    // Few rows are sorted faster than many bits are cleared.
    if (bits > most_bits || bits > 1'000 * static_cast<double>(f.size())) return false;
    std::vector<std::uint64_t> met(static_cast<std::size_t>(bits) / 64 + 1, 0);
    for (std::size_t i = 0; i < f.size(); ++i) {
        if (keep[i] == 0) continue;
        const auto wide = [](std::int32_t code) { return static_cast<std::uint64_t>(code); };
        std::uint64_t at = wide(f.reporter[i]) * areas + wide(f.partner[i]);
        at = (at * products + wide(f.product[i])) * periods + wide(f.period[i]);
        at = (at * classes + wide(f.classification[i])) * ways +
             static_cast<std::uint64_t>(f.flow[i]);
        const std::uint64_t bit = std::uint64_t{1} << (at % 64);
        if ((met[at / 64] & bit) != 0) return false;
        met[at / 64] |= bit;
    }
    return true;
}

/// The kept rows by flow, then by what they say; empty where all flows come once, in ascending
/// order.
std::vector<flow_key> sorted_keys(const flow_list& f, const std::vector<std::uint8_t>& keep) {
    if (all_once(f, keep)) return {};
    const key_maker keys(f);
    bool ascending = true;
    flow_key before;
    bool first = true;
    for (std::size_t i = 0; i < f.size() && ascending; ++i) {
        if (keep[i] == 0) continue;
        const flow_key one = keys.at(i);
        ascending = first || (before < one && !before.same_flow(one));
        before = one;
        first = false;
    }
    if (ascending) return {};
    std::vector<flow_key> out;
    for (std::size_t i = 0; i < f.size(); ++i)
        if (keep[i] != 0) out.push_back(keys.at(i));
    std::sort(out.begin(), out.end());
    return out;
}

std::string described(const flow_list& f, std::size_t i) {
    return fmt::format("{} of {} with {} in {}, product {}", name_of(f.flow[i]),
                       f.areas[static_cast<std::size_t>(f.reporter[i])],
                       f.areas[static_cast<std::size_t>(f.partner[i])],
                       f.periods[static_cast<std::size_t>(f.period[i])],
                       f.products[static_cast<std::size_t>(f.product[i])]);
}

}  // namespace

repeated_rows find_repeated(const flow_list& f, std::vector<std::uint8_t>& keep) {
    repeated_rows out;
    const auto keys = sorted_keys(f, keep);
    for (std::size_t i = 1; i < keys.size(); ++i) {
        if (keys[i].says_the_same(keys[i - 1])) {
            keep[keys[i].row] = 0;
            ++out.same;
        } else if (keys[i].same_flow(keys[i - 1])) {
            ++out.different;
            if (out.example.empty()) out.example = described(f, keys[i].row);
        }
    }
    return out;
}

void add_repeated(flow_list& f, std::vector<std::uint8_t>& keep) {
    const auto keys = sorted_keys(f, keep);
    for (std::size_t from = 0, to = 0; from < keys.size(); from = to) {
        const std::size_t into = keys[from].row;
        for (to = from + 1; to < keys.size() && keys[to].same_flow(keys[from]); ++to) {
            const std::size_t row = keys[to].row;
            keep[row] = 0;
            if (std::isnan(f.value[into]))
                f.value[into] = f.value[row];
            else if (!std::isnan(f.value[row]))
                f.value[into] += f.value[row];
            if (f.quantity_unit[into] == f.quantity_unit[row]) {
                f.quantity[into] += f.quantity[row];
                f.estimated[into] |= f.estimated[row];
            } else {
                f.quantity[into] = std::nan("");
                f.quantity_unit[into] = -1;
            }
            if (f.valued[into] != f.valued[row]) f.valued[into] = valuation::unknown;
            if (f.origin[into] != f.origin[row]) f.origin[into] = cell_origin::estimated;
        }
    }
}

}  // namespace veche::trade
