#pragma once
// Another key for the log. The journal says who announced it and who confirmed it
// (src/people/log_keys.cpp); here it is taken into use: the tree that ends with the entry
// `people.take_log_key` is signed with both keys. Whoever knows the old one checks that checkpoint
// with it, finds the new one on the journal under it, and goes on with the new one.

#include <filesystem>

#include "journal/log_source.hpp"
#include "kernel/fields.hpp"

namespace veche::upkeep {

/// A checkpoint that two keys signed: what joins the time of one with that of the next.
struct handover {
    std::string note;
    std::string old_vkey;
    std::string vkey;
};
VECHE_FIELDS(handover, (note, "The checkpoint, signed with both keys."),
             (old_vkey, "Verifier key until then."), (vkey, "Verifier key from then on."))

struct handover_list {
    std::vector<handover> handovers;
};
VECHE_FIELDS(handover_list, (handovers, "In the order in which keys changed."))

/// In a union's folder, and beside the checkpoint where the journal is published.
constexpr const char* handovers_name = "handovers";
constexpr const char* next_key_name = "log.key.next";

/// Makes the key that is to come, readable by its owner alone. Answers its verifier key; again and
/// again the same one until it is in use.
result<std::string> make_next_key(const std::filesystem::path& folder);
/// That of the key that is to come.
result<std::string> next_vkey(const std::filesystem::path& folder);

struct key_change {
    std::int64_t entries = 0;
    std::string old_vkey;
    std::string vkey;
};
VECHE_FIELDS(key_change, (entries, "Entries under the checkpoint that both keys signed."),
             (old_vkey, "Verifier key until now."), (vkey, "Verifier key from now on."))

/// Signs the tree with both keys and puts the new one in place of the old, which stays as
/// log.key.old until somebody destroys it. Broken off, it is finished by calling it again. The
/// guard holds as ever: nothing is signed that does not extend what was signed last.
result<key_change> hand_over(const std::filesystem::path& folder);

/// Where the old key is lost nothing can be signed with it: the new one is put in its place, and
/// the folder remembers the old verifier key for the checkpoints that are there.
result<key_change> replace_lost(const std::filesystem::path& folder, const std::string& old_vkey);

/// The key with which the newest checkpoint of a published log may be checked by one who knows
/// `vkey`: itself, or the last of a chain of handovers that begins with it. Each link is checked:
/// both signatures, and that the log's first entries hash to its root. Without a chain `vkey`.
struct followed_key {
    std::string vkey;
    std::vector<handover> links;
};
result<followed_key> follow_keys(journal::log_source& log, const std::string& vkey);

}  // namespace veche::upkeep
