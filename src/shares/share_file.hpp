#pragma once
// Parties and claims in CSV files (docs/format/apportionment.md).

#include <string_view>

#include "kernel/result.hpp"
#include "shares/shares.hpp"

namespace veche::shares {

/// Columns name, votes, and where wanted min, max, group, in any order, named in the first row;
/// commas, semicolons or tabs. A row without votes gives the bounds of the group it names. Only
/// parties and bounds are filled. Refuses with the line and what to do.
result<grouped_contest> read_parties(std::string_view csv);

/// Columns name, claim, and where wanted weight.
result<std::vector<claimant>> read_claims(std::string_view csv);

/// Columns name, weight, and where wanted owed: units from earlier deliveries, with a sign and nine
/// decimals at most.
result<std::vector<region>> read_regions(std::string_view csv);

/// The same for the next delivery: what each is owed from now on.
std::string write_regions(const std::vector<region>&);

/// Billionths of a unit as a decimal number.
std::string units_text(std::int64_t billionths);

}  // namespace veche::shares
