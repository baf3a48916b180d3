#pragma once
// Codes of territories. Which territories there are is nothing that a program decides: codes stay
// as the data have them, unless the analyst gives a list. Only the numbers that the UN uses in
// trade instead of ISO 3166-1 are known here.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/result.hpp"

namespace veche::trade {

/// The whole world as a partner: 0, W00, WLD, World.
bool is_world(std::string_view area);

/// A code that publishers use for several territories together, which also stand for themselves.
bool is_group(std::string_view area);

/// A numeric code without zeros in front; those that trade statistics use instead of the ISO number
/// as that: 842 is 840 (United States with Puerto Rico and the Virgin Islands), 757 is 756
/// (Switzerland with Liechtenstein), 251 is 250, 579 is 578, 699 is 356. Others come back as they
/// are.
std::string usual_area(std::string_view area);

/// Names by codes, from a CSV file with a column of codes and one of names.
using area_list = std::map<std::string, std::string, std::less<>>;
result<area_list> read_areas(std::string_view text, const std::string& from, const std::string& to);

}  // namespace veche::trade
