#include "office/state_bytes.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <numeric>
#include <thread>

#include "calls/budget.hpp"
#include "calls/rolling_offers.hpp"
#include "kernel/value_bytes.hpp"

namespace veche::office {
namespace {

/// Calls with every room of the state.
template <class State, class F>
void each_room(State& s, F&& f) {
    f(s.charter, s.people, s.assembly, s.programme, s.fund, s.sealed, s.calls, s.evidence,
      s.registry, s.barriers, s.beneficiaries, s.doses, s.prevention, s.situation);
}

constexpr std::array<std::string_view, 14> names = {
    "charter",  "people",   "assembly", "programme",     "fund",  "sealed",     "calls",
    "evidence", "registry", "barriers", "beneficiaries", "doses", "prevention", "situation"};

template <class Room>
void write_room(const Room& room, sharing how, const byte_writer::sink& to) {
    byte_writer out(how, to);
    out.put(room);
    out.end();
}

/// Reads one room into its place; false where the bytes are no such room.
template <class Room>
bool read_room(Room& room, std::string_view bytes) {
    byte_reader in(bytes);
    in.get_into(room);
    return !in.bad() && in.at_end();
}

}  // namespace

std::span<const std::string_view> state_rooms() {
    return names;
}

std::vector<hash256> room_hashes(const state& s) {
    std::vector<hash256> out;
    each_room(s, [&](const auto&... room) {
        static_assert(sizeof...(room) == names.size());
        const auto add = [&](const auto& one) {
            running_hash hash;
            write_room(one, sharing::spelled_out, [&](std::string_view bytes) { hash.add(bytes); });
            out.push_back(hash.end());
        };
        (add(room), ...);
    });
    return out;
}

hash256 state_hash(const state& s) {
    running_hash hash;
    for (const hash256& room : room_hashes(s)) hash.add(as_bytes(room));
    byte_writer out(sharing::spelled_out, [&](std::string_view bytes) { hash.add(bytes); });
    out.put(s.size);
    out.put(s.last_at);
    out.end();
    return hash.end();
}

void write_rooms(const state& s, const std::function<void(std::size_t, std::string_view)>& to) {
    std::size_t number = 0;
    const auto write = [&](const auto& room) {
        write_room(room, sharing::kept, [&](std::string_view bytes) { to(number, bytes); });
        ++number;
    };
    each_room(s, [&](const auto&... room) { (write(room), ...); });
}

std::optional<state> read_rooms(std::span<const std::string_view> rooms, unsigned threads,
                                const std::function<bool(std::size_t room)>& is_sound) {
    if (rooms.size() != names.size()) return std::nullopt;
    state made;
    std::vector<std::function<bool()>> work;
    each_room(made, [&](auto&... room) {
        (work.push_back([&room, bytes = rooms[work.size()]] { return read_room(room, bytes); }),
         ...);
    });
    // The longest first, so that no thread begins it when the others have ended.
    std::vector<std::size_t> order(work.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return rooms[a].size() > rooms[b].size();
    });
    std::atomic<std::size_t> next{0};
    std::atomic<bool> sound{true};
    const auto run = [&] {
        for (std::size_t i = next++; i < work.size(); i = next++)
            if (!is_sound(order[i]) || !work[order[i]]()) sound = false;
    };
    {
        std::vector<std::jthread> helpers;
        for (unsigned t = 1; t < threads; ++t) helpers.emplace_back(run);
        run();
    }
    if (!sound) return std::nullopt;
    return made;
}

}  // namespace veche::office
