#pragma once
// Whose witnesses must have seen the union's journal before a checkpoint counts as witnessed: the
// keys that members name, groups of them (k of n, by c2sp.org/tlog-policy), and the quorum.
// Replaced as a whole by an amendment: half a quorum means nothing.

#include <optional>
#include <string>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"

namespace veche::journal {
struct policy;
}

namespace veche::charter {

struct witness_key {
    std::string id;  ///< by which groups and the quorum name it
    std::optional<member_id> member;
    std::string vkey;                ///< "witness.example/by+1a2b3c4d+BA..."
    std::optional<std::string> url;  ///< where it is asked (c2sp.org/tlog-witness)
};
VECHE_FIELDS(witness_key, (id, "Name of the witness in groups and quorum."),
             (member, "The member that runs it."),
             (vkey, "Its verifier key, as `veche witness init` prints it."),
             (url, "Where it is asked for its signature."))

struct witness_group {
    std::string id;
    std::int32_t k = 0;
    std::vector<std::string> of;
};
VECHE_FIELDS(witness_group, (id, "Name of the group."),
             (k, "How many of its parts must have signed."),
             (of, "Witnesses and groups that stand before it."))

struct witness_policy {
    std::string quorum;  ///< a witness or a group; "none" asks for nobody
    std::vector<witness_key> keys;
    std::vector<witness_group> groups;
};
VECHE_FIELDS(witness_policy,
             (quorum, "The witness or group that must have signed; none for nobody."),
             (keys, "Witnesses and their keys."), (groups, "Groups of witnesses, k of n."))

struct charter_document;

/// What must hold of it: names used once and known where they are used, keys of the right kind and
/// each of them once, thresholds that can be reached. Checked with the rest of a charter.
result<void> check_witnesses(const charter_document&);

/// As a policy of the journal's format; `log` is the verifier key of the journal. Only of a charter
/// that was checked.
journal::policy policy_of(const witness_policy&, const std::string& log);

/// Members whose witnesses alone would make the quorum.
std::vector<member_id> members_alone_enough(const witness_policy&);

}  // namespace veche::charter
