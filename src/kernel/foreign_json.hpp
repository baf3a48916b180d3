#pragma once
// Foreign JSON element by element, as json::read_foreign_object reads it member by member.

#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.hpp"

namespace veche::json {

/// The elements of a foreign JSON array, each in full RFC 8785 form. Refuses text that is no array.
result<std::vector<std::string>> read_foreign_array(std::string_view text);

}  // namespace veche::json
