#pragma once
// Where the projects of a call are, on an empty net of degrees: the server draws it, no map service
// is asked. It never stands alone: the list of projects on the same page says the same in words.

#include <string>
#include <vector>

#include "calls/budget_terms.hpp"
#include "render/markup.hpp"

namespace veche::api::pages {

struct map_mark {
    calls::map_place at;
    std::int32_t number = 0;  ///< in the list beside it
    std::string name;         ///< for a pointer that rests on it
    bool funded = false;      ///< a full mark, not an empty one
};

/// Degrees of longitude are drawn as long as they are at the middle latitude; a bar gives the
/// scale. `title` tells a screen reader what it is. Empty where there is no mark.
render::markup place_map(const std::string& title, const std::vector<map_mark>& marks);

}  // namespace veche::api::pages
