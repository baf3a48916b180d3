#pragma once
// Trust policies (c2sp.org/tlog-policy): which logs and which witnesses somebody knows, and which
// of those witnesses must have cosigned a checkpoint for it to count.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "journal/checkpoint.hpp"
#include "journal/cosignature.hpp"

namespace veche::journal {

/// The quorum that asks for nobody.
inline constexpr std::string_view no_quorum = "none";

struct policy_log {
    verifier_key key;  ///< its name is the log's origin
    std::string url;
};
struct policy_witness {
    std::string name;  ///< within this policy; `key.name` is the one on signature lines
    verifier_key key;
    std::string url;  ///< where it takes add-checkpoint; "" where it is not said
};
struct policy_group {
    std::string name;
    std::size_t k = 1;
    std::vector<std::string> members;  ///< witnesses and groups defined before it
};
struct policy {
    std::vector<policy_log> logs;
    std::vector<policy_witness> witnesses;
    std::vector<policy_group> groups;
    std::string quorum{no_quorum};
};

/// Reads a policy file. Refuses with journal.policy_malformed and the line: names used twice, keys
/// that are one key, groups of what is not defined before them, thresholds out of reach, more or
/// less than one quorum, and keys of kinds that this program cannot check (ML-DSA-44).
result<policy> read_policy(std::string_view text);
/// The file that read_policy reads back as the same.
std::string write_policy(const policy&);

/// Whether these witnesses, by their names in the policy, are enough.
bool has_quorum(const policy&, const std::set<std::string>& cosigned);

/// Good cosignatures by witnesses of the policy, under their names in it. A bad one by a known
/// witness is refused with journal.signature_wrong.
result<std::vector<cosignature>> cosigned_by(const policy&, std::string_view note);

/// A checkpoint that the policy accepts: signed by one of its logs where it names any, cosigned by
/// a quorum. Refusals: those of verify_checkpoint, journal.log_unknown, journal.quorum_missing.
struct accepted_checkpoint {
    journal::checkpoint checkpoint;
    std::vector<cosignature> cosigned;
};
result<accepted_checkpoint> accept_checkpoint(const policy&, std::string_view note);

}  // namespace veche::journal
