#pragma once
// The state of a union as bytes, room by room: for snapshots, by which a program starts without
// folding the journal anew, and for the hash by which two programs see whether they came to the
// same. The bytes are those of kernel/value_bytes.hpp: they say the same to the same program only.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/hash.hpp"
#include "office/state.hpp"

namespace veche::office {

/// The rooms in the order in which their bytes stand.
std::span<const std::string_view> state_rooms();

/// The hash of each room's bytes, everything spelled out, in the order of `state_rooms`.
std::vector<hash256> room_hashes(const state&);
/// SHA-256 over the hashes of the rooms, the number of entries and the time of the last.
hash256 state_hash(const state&);

/// Hands out the bytes of each room in turn; a room's bytes come in pieces, one after another.
void write_rooms(const state&, const std::function<void(std::size_t room, std::string_view)>&);
/// The rooms again, on so many threads; `size` and `last_at` are the caller's. Nothing where the
/// bytes are not those of a state, or not sound: that is asked before they are looked at, by the
/// thread that reads them.
std::optional<state> read_rooms(std::span<const std::string_view> rooms, unsigned threads,
                                const std::function<bool(std::size_t room)>& is_sound);

}  // namespace veche::office
