#pragma once
// Every key that was ever enrolled, by person.

#include <optional>
#include <string>
#include <vector>

#include "kernel/cow.hpp"
#include "kernel/message.hpp"

namespace veche::people {

struct key {
    std::string id;
    std::string public_key;  ///< 32 raw bytes
    std::string name;
    instant enrolled;
    std::uint64_t seq = 0;
    std::optional<instant> until;
    std::optional<instant> revoked;

    [[nodiscard]] bool in_force(instant at) const { return !revoked && (!until || at < *until); }
};

struct holder {
    std::vector<key> keys;  ///< in the order of their enrolment
};

struct state {
    cow_map<person_id, holder> holders;
    cow_map<std::string, person_id> by_public_key;
};

/// Keys in force at that moment, in the order of their enrolment.
std::vector<key> active_keys(const state&, const person_id&, instant at);

}  // namespace veche::people
