#pragma once
// What the assembly knows of the floor. See floor_commands.hpp for its rules.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "assembly/floor_commands.hpp"

namespace veche::assembly {

enum class speech_status : std::uint8_t { waiting, speaking, interrupted, done, withdrawn };
VECHE_CHOICES(speech_status, waiting, speaking, interrupted, done, withdrawn)

struct speech {
    speech_id id;
    std::string seat;  ///< "" of a guest
    person_id person;  ///< holder of the seat when it was asked for
    member_id member;  ///< "" where the seat stands for none
    localized guest;
    speech_kind kind{};
    stance stands{};
    std::optional<order_point> point;
    speech_status status{};
    std::int64_t used_ms = 0;              ///< up to the last time the clock stood still
    std::optional<instant> running_since;  ///< while the clock runs
    std::int32_t extra_seconds = 0;
    std::optional<instant> started;
    std::uint64_t seq = 0;

    /// Time used at that moment, in milliseconds.
    [[nodiscard]] std::int64_t used_at(instant now) const {
        return used_ms +
               (running_since ? std::max<std::int64_t>(0, now.ms - running_since->ms) : 0);
    }
};

struct speakers_list {
    list_id id;
    session_id session;
    item_id item;
    body_id body;
    std::optional<std::int32_t> seconds_each;
    std::optional<std::int32_t> seconds_per_member;
    bool alternate = false;
    bool open = true;
    std::vector<speech> speeches;  ///< in the order in which they wait or were asked for
    /// Who has the floor, last; those it interrupted before. Positions in `speeches`.
    std::vector<std::size_t> floor;
    stance last_stance{};
    std::uint64_t seq = 0;

    [[nodiscard]] const speech* find(const speech_id&) const;
    [[nodiscard]] const speech* speaking() const {
        return floor.empty() ? nullptr : &speeches[floor.back()];
    }
};

/// Those who wait, in the order in which they will be called.
std::vector<const speech*> line_of(const speakers_list&);

}  // namespace veche::assembly
