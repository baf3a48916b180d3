#pragma once
// What the room shows of the register: told by the office.

#include <optional>

#include "doses/terms.hpp"

namespace veche::doses {

struct region_told {
    localized names;
    std::optional<member_id> member;
    std::optional<std::int64_t> people;
    std::string people_on;
};

class outlook {
  public:
    outlook() = default;
    outlook(const outlook&) = delete;
    outlook& operator=(const outlook&) = delete;
    virtual ~outlook() = default;
    [[nodiscard]] virtual std::optional<region_told> find(const region_id&) const = 0;
};

}  // namespace veche::doses
