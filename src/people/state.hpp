#pragma once
// Every key that was ever enrolled, by person.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/cow.hpp"
#include "kernel/message.hpp"
#include "people/commands.hpp"

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

/// Who did one of two halves, when.
struct half {
    person_id by;
    std::string auth;
    instant at;
    std::uint64_t seq = 0;
};

/// How long the code of a recovery is good.
constexpr std::int64_t recovery_hours = 24;

/// The latest recovery of a person's account. Withdrawn ones are not kept.
struct recovery {
    half proposed;
    std::optional<half> confirmed;
    std::string code_hash;
    std::optional<instant> completed;
    std::optional<std::uint64_t> completed_seq;

    [[nodiscard]] bool waits_for_confirmation() const { return !confirmed; }
    [[nodiscard]] bool waits_for_owner(instant at) const {
        return confirmed && !completed &&
               at.ms < confirmed->at.ms + recovery_hours * 60 * ms_per_minute;
    }
};

/// A key for checkpoints that was announced. Withdrawn ones are not kept.
struct log_key {
    std::string vkey;
    log_key_cause cause{};
    half proposed;
    std::optional<half> confirmed;
    std::optional<half> taken;
};

struct state {
    cow_map<person_id, holder> holders;
    cow_map<std::string, person_id> by_public_key;
    cow_map<person_id, recovery> recoveries;
    std::vector<log_key> log_keys;  ///< in the order of their announcement
};

/// The key that signs from some entry on, where it is another than the first.
const log_key* log_key_in_use(const state&);

/// Whether the key could sign the entry with that number and time: it was enrolled by an earlier
/// entry, revoked by none before, and had not run out.
bool key_valid(const state&, const person_id&, std::string_view key, std::uint64_t seq, instant at);
/// Keys in force at that moment, in the order of their enrolment.
std::vector<key> active_keys(const state&, const person_id&, instant at);

}  // namespace veche::people
