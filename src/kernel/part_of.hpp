#pragma once
// The part of a long list that a view was asked for.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace veche {

/// Leaves `offset` rows out and takes `count`; all that are left where nothing is said.
template <class Row>
std::span<Row> part_of(std::vector<Row>& all, std::optional<std::int32_t> offset,
                       std::optional<std::int32_t> count) {
    const auto from =
        std::min(all.size(), static_cast<std::size_t>(std::max(0, offset.value_or(0))));
    const auto most = count ? static_cast<std::size_t>(std::max(0, *count)) : all.size();
    return std::span(all).subspan(from, std::min(most, all.size() - from));
}

}  // namespace veche
