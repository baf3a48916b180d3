#pragma once
// What the room must know of the register to show counts with names and rates: told by the office.

#include <optional>
#include <string>
#include <vector>

#include "situation/terms.hpp"

namespace veche::situation {

/// How many people lived in a place.
struct headcount {
    std::string on;  ///< when: a year, a month or a day
    std::int64_t people = 0;
    std::string source;
};

struct known_place {
    localized names;
    std::optional<member_id> member;
    std::optional<std::int64_t> latitude, longitude;  ///< millionths of a degree
    std::vector<headcount> population;                ///< the latest first
};

class outlook {
  public:
    outlook() = default;
    outlook(const outlook&) = delete;
    outlook& operator=(const outlook&) = delete;
    virtual ~outlook() = default;
    /// Nothing where the register has no such place.
    [[nodiscard]] virtual std::optional<known_place> find(const region_id&) const = 0;
};

}  // namespace veche::situation
