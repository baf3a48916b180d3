#pragma once
// What is public of keys: all of it but whose hands they are in.

#include <tuple>

#include "people/people.hpp"

namespace veche::people {

struct keys_query {
    static constexpr wire_info wire{"people.keys", 1, "Signing keys of a person."};
    person_id person;
};
VECHE_FIELDS(keys_query, (person, "The person."))

struct key_row {
    std::string id;
    std::string name;
    std::string public_key;
    instant enrolled;
    std::int64_t seq = 0;
    std::optional<instant> until;
    std::optional<instant> revoked;
    std::optional<std::int64_t> revoked_seq;
    bool in_force = false;
    std::optional<std::string> site;
};
VECHE_FIELDS(key_row, (id, "Id of the key."), (name, "What its owner calls it."),
             (public_key, "Public key in base64: Ed25519, of a passkey SubjectPublicKeyInfo."),
             (enrolled, "When it was enrolled."), (seq, "Entry of its enrolment."),
             (until, "When it ceases by itself."), (revoked, "When it was revoked."),
             (revoked_seq, "Entry that revoked it."), (in_force, "Whether it may sign now."),
             (site, "Of a passkey: the site where it signs."))

struct keys_view {
    person_id person;
    std::vector<key_row> keys;
};
VECHE_FIELDS(keys_view, (person, "The person."), (keys, "Keys, in the order of enrolment."))

/// One of two persons who did something together.
struct half_row {
    instant at;
    std::string auth;
    person_id by;
    std::int64_t seq = 0;
};
VECHE_FIELDS(half_row, (at, "When."), (auth, "Under which office."), (by, "Who."),
             (seq, "The entry."))

struct recoveries_query {
    static constexpr wire_info wire{"people.recoveries", 1,
                                    "Who is or was let in again after losing password and keys."};
};
VECHE_NO_FIELDS(recoveries_query)

struct recovery_row {
    person_id person;
    half_row proposed;
    std::optional<half_row> confirmed;
    std::optional<instant> until;
    std::optional<instant> completed;
    std::optional<std::int64_t> completed_seq;
    bool waits_for_confirmation = false;
    bool waits_for_owner = false;
    bool own_proposal = false;
};
VECHE_FIELDS(recovery_row, (person, "Whose account."), (proposed, "Who proposed it."),
             (confirmed, "Who confirmed it."), (until, "Until when the code is good."),
             (completed, "When the person came in again."), (completed_seq, "That entry."),
             (waits_for_confirmation, "Whether a second person must confirm it."),
             (waits_for_owner, "Whether the person can come in with the code."),
             (own_proposal, "Whether the viewer proposed it."))

struct recoveries_view {
    std::vector<recovery_row> recoveries;
};
VECHE_FIELDS(recoveries_view, (recoveries, "The latest of each person."))

struct log_keys_query {
    static constexpr wire_info wire{"people.log_keys", 1,
                                    "Keys that were announced for the journal's checkpoints."};
};
VECHE_NO_FIELDS(log_keys_query)

struct log_key_row {
    std::string vkey;
    log_key_cause cause{};
    half_row proposed;
    std::optional<half_row> confirmed;
    std::optional<half_row> taken;
    bool own_proposal = false;
};
VECHE_FIELDS(log_key_row, (vkey, "Verifier key."), (cause, "Why the key was changed."),
             (proposed, "Who announced it."), (confirmed, "Who confirmed it."),
             (taken, "From which entry on it signs."),
             (own_proposal, "Whether the viewer announced it."))

struct log_keys_view {
    std::vector<log_key_row> keys;
};
VECHE_FIELDS(log_keys_view, (keys,
                             "In the order of their announcement; the first key of a journal "
                             "is not among them."))

using queries = std::tuple<keys_query, recoveries_query, log_keys_query>;

result<keys_view> ask(const world&, const keys_query&, const viewer&);
result<recoveries_view> ask(const world&, const recoveries_query&, const viewer&);
result<log_keys_view> ask(const world&, const log_keys_query&, const viewer&);

}  // namespace veche::people
