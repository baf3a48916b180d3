#pragma once
// Rows that speak of one flow twice.

#include "trade/flow_list.hpp"

namespace veche::trade {

struct repeated_rows {
    std::int64_t same = 0;  ///< dropped: reporter, partner, way, time, product, value, quantity
    std::int64_t different = 0;  ///< kept: the same flow with another value
    std::string example;         ///< of a flow with several values
};

/// Among the rows kept: takes out of `keep` what is said twice alike, and counts what is said twice
/// otherwise.
repeated_rows find_repeated(const flow_list& flows, std::vector<std::uint8_t>& keep);

/// Adds up the values of each flow, from the least on, in one of its rows and takes the others out
/// of `keep`. Quantities are added where all have one in the same unit, and else missing.
void add_repeated(flow_list& flows, std::vector<std::uint8_t>& keep);

}  // namespace veche::trade
