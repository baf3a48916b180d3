#pragma once
// Every key that was ever enrolled, by person.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/cow.hpp"
#include "kernel/message.hpp"

namespace veche::people {

struct key {
    std::string id;
    std::string public_key;  ///< 32 raw bytes; of a passkey SubjectPublicKeyInfo, DER
    std::string name;
    instant enrolled;
    std::uint64_t seq = 0;
    std::optional<instant> until;
    std::optional<instant> revoked;
    std::optional<std::uint64_t> revoked_seq;
    std::string site;  ///< of a passkey: "https://host[:port]", where alone it signs; otherwise ""

    /// Whether an entry of that time may be signed with it. A key ends with the moment of its
    /// revocation, also for other entries of the same millisecond.
    [[nodiscard]] bool in_force(instant at) const {
        return enrolled <= at && (!revoked || at < *revoked) && (!until || at < *until);
    }
};

struct holder {
    std::vector<key> keys;  ///< in the order of their enrolment
};

struct state {
    cow_map<person_id, holder> holders;
    cow_map<std::string, person_id> by_public_key;
};

/// Whether the key could sign the entry with that number and time: it was enrolled by an earlier
/// entry, revoked by none before, and had not run out.
bool key_valid(const state&, const person_id&, std::string_view key, std::uint64_t seq, instant at);
/// Keys in force at that moment, in the order of their enrolment.
std::vector<key> active_keys(const state&, const person_id&, instant at);

}  // namespace veche::people
