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

using queries = std::tuple<keys_query>;

result<keys_view> ask(const world&, const keys_query&, const viewer&);

}  // namespace veche::people
