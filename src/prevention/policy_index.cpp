#include "prevention/policy_index.hpp"

namespace veche::prevention {
namespace {

/// A sub-index in 120ths of 100: 2 (N = 2), 3, 4 and 5 levels and their halves divide 120.
constexpr std::int64_t unit = 120;

std::int64_t sub_index(preventive_kind kind, const indicator& one) {
    if (!one.level || *one.level <= 0) return 0;
    const kind_scale scale = scale_of(kind);
    const std::int64_t below = scale.flagged && !one.general ? 1 : 0;
    return (2 * std::int64_t{*one.level} - below) * (unit / (2 * scale.highest));
}

}  // namespace

bool counts_in(policy_index index, preventive_kind kind) {
    const bool economic = kind == preventive_kind::e1 || kind == preventive_kind::e2;
    const bool strict = kind <= preventive_kind::c8 || kind == preventive_kind::h1;
    if (kind == preventive_kind::p1) return false;
    switch (index) {
        case policy_index::stringency:
            return strict;
        case policy_index::containment_health:
            return !economic;
        case policy_index::government_response:
            return true;
        case policy_index::economic_support:
            return economic;
    }
    return false;
}

std::int32_t missing_in(policy_index index, const indicators& day) {
    std::int32_t missing = 0;
    for (std::size_t i = 0; i < indicator_count; ++i)
        missing += counts_in(index, all_kinds[i]) && !day[i].level ? 1 : 0;
    return missing;
}

std::optional<ratio> index_of(policy_index index, const indicators& day) {
    const std::int32_t allowed = index == policy_index::economic_support ? 0 : 1;
    if (missing_in(index, day) > allowed) return std::nullopt;
    std::int64_t sum = 0, count = 0;
    for (std::size_t i = 0; i < indicator_count; ++i) {
        if (!counts_in(index, all_kinds[i])) continue;
        sum += sub_index(all_kinds[i], day[i]);
        ++count;
    }
    return ratio{100 * sum, unit * count};
}

std::int64_t hundredths(const ratio& value) {
    const int128 whole = int128{100} * value.num;
    const int128 down = whole / value.den, rest = 2 * (whole % value.den);
    const bool up = rest > value.den || (rest == value.den && down % 2 == 1);
    return static_cast<std::int64_t>(down + (up ? 1 : 0));
}

std::string hundredths_text(std::int64_t value) {
    const std::string part = std::to_string(value % 100);
    return std::to_string(value / 100) + (part.size() < 2 ? ".0" : ".") + part;
}

ratio weighted(std::int64_t vaccinated, std::int64_t not_vaccinated, const ratio& share) {
    const std::int64_t rest = 100 * share.den - share.num;
    return {share.num * vaccinated + rest * not_vaccinated, 100 * 100 * share.den};
}

}  // namespace veche::prevention
