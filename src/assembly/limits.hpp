#pragma once
// How much of everything a session takes. Generous for any real body, small enough that one
// command cannot make the state or a page unwieldy.

#include <cstddef>
#include <cstdint>

namespace veche::assembly::limits {

inline constexpr std::size_t title_bytes = 1000;
inline constexpr std::size_t text_bytes = 200'000;
inline constexpr std::size_t zone_bytes = 64;
inline constexpr std::int32_t item_minutes = 1440;
inline constexpr std::size_t joint_bodies = 16;
inline constexpr std::size_t series_sessions = 120;
inline constexpr std::size_t series_name = 56;  ///< bytes; names of its sessions have 64
inline constexpr std::int32_t rhythm_every = 60;
inline constexpr std::int32_t zone_minutes = 1080;
inline constexpr std::size_t zone_changes = 60;
inline constexpr std::size_t items = 200;
inline constexpr std::size_t agenda_levels = 4;
inline constexpr std::size_t papers = 1000;
inline constexpr std::size_t guests = 200;  ///< of one session
inline constexpr std::size_t motions = 500;
inline constexpr std::size_t enactments = 32;
inline constexpr std::size_t lists = 200;
inline constexpr std::size_t speeches = 1000;  ///< on one list
inline constexpr std::int32_t speech_seconds = 36'000;
inline constexpr std::size_t bundled = 50;      ///< motions or amendments in one vote
inline constexpr std::size_t parts = 100;       ///< of one motion, voted on apart
inline constexpr std::size_t amendments = 500;  // to one motion, and to what amends it
/// Ballots in one entry of a vote's record: an entry holds 65,535 bytes, an id at most 64, and the
/// first entry also holds the reasons and the voices of blocs.
inline constexpr std::size_t record_seats = 250;
inline constexpr std::size_t record_blocs = 250;

}  // namespace veche::assembly::limits
