#pragma once
// Support of motions and amendments by seats of the body. Where the charter asks for supporters,
// nothing is put to the vote before it has enough of them; whoever tabled it is not counted.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/motion_terms.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

struct motion;
struct amendment;

/// By the holder of the seat, while the motion waits to be voted on.
struct support_motion {
    static constexpr wire_info wire{"assembly.support_motion", 1,
                                    "Support a motion or an amendment to it."};
    motion_id motion;
    std::optional<amendment_id> amendment;
    std::string seat;
};
VECHE_FIELDS(support_motion, (motion, "The motion."),
             (amendment, "The amendment to it; the motion itself where nothing is said."),
             (seat, "The seat that supports it."))

/// By the holder of the seat, before the vote.
struct withdraw_support {
    static constexpr wire_info wire{"assembly.withdraw_support", 1,
                                    "Withdraw support of a motion or an amendment to it."};
    motion_id motion;
    std::optional<amendment_id> amendment;
    std::string seat;
};
VECHE_FIELDS(withdraw_support, (motion, "The motion."),
             (amendment, "The amendment to it; the motion itself where nothing is said."),
             (seat, "The seat that supported it."))

using supporter_commands = std::tuple<support_motion, withdraw_support>;

/// One seat that supports a motion or an amendment.
struct supporter {
    std::string seat;
    person_id person;  ///< who held the seat then
    instant at;
    std::uint64_t seq = 0;
};

/// Who supports it, and how many the charter asked for on the day it was tabled.
struct support {
    std::int32_t needed = 0;
    std::vector<supporter> by;  ///< in the order in which they came

    [[nodiscard]] bool enough() const { return static_cast<std::int64_t>(by.size()) >= needed; }
    [[nodiscard]] const supporter* find(std::string_view seat) const;
};

/// Refuses what lacks supporters; `a` is the amendment that is to be voted on, if one is.
result<void> check_support(const motion&, const amendment* a);

}  // namespace veche::assembly
