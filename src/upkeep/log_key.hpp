#pragma once
// Another key for the log. The journal says who announced it and who confirmed it
// (src/people/log_keys.cpp); here it is taken into use: the tree that ends with the entry
// `people.take_log_key`, or one after it, is signed with both keys. Whoever knows the old one
// checks that checkpoint with it, finds the new one on the journal under it, and goes on with the
// new one.
//
// The keys lie beside each other: log.key, log.key.next, log.key.old. In a folder nothing else has
// the union open meanwhile; on a server its nodes run on, and sign nothing more with the old key
// from the moment at which the guard names the new one.

#include <filesystem>

#include "journal/log_source.hpp"
#include "kernel/fields.hpp"
#include "store/folder.hpp"

namespace veche::upkeep {

/// File of the key that is to come.
std::filesystem::path next_key_file(const store::union_place&);

/// Makes the key that is to come, readable by its owner alone. Answers its verifier key; again and
/// again the same one until it is in use.
result<std::string> make_next_key(const store::union_place&);
/// The key that is to come.
struct next_key {
    std::string vkey;
    bool in_force = false;  ///< already: a change was broken off before the files changed places
};
/// Refuses where either key is not there to sign with, so that it is asked before the journal says
/// that the key changed.
result<next_key> next_key_of(const store::union_place&);

struct key_change {
    std::int64_t entries = 0;
    std::string old_vkey;
    std::string vkey;
};
VECHE_FIELDS(key_change, (entries, "Entries under the checkpoint that both keys signed."),
             (old_vkey, "Verifier key until now."), (vkey, "Verifier key from now on."))

/// Signs the tree with both keys and puts the new one in place of the old, which stays as
/// log.key.old until somebody destroys it. Broken off, it is finished by calling it again. The
/// guard holds as ever: nothing is signed that does not extend what was signed last, nor, on a
/// server, what the node of the folder saw signed, if one is named.
result<key_change> hand_over(const store::union_place&);

/// Where the old key is lost nothing can be signed with it: the new one is put in its place, and
/// signs what was signed last too. The old verifier key is remembered for the checkpoints that are
/// there.
result<key_change> replace_lost(const store::union_place&, const std::string& old_vkey);

/// The key with which the newest checkpoint of a published log may be checked by one who knows
/// `vkey`: itself, or the last of a chain of handovers that begins with it. Each link is checked:
/// both signatures, and that the log's first entries hash to its root. Without a chain `vkey`.
struct followed_key {
    std::string vkey;
    std::vector<store::handover> links;
};
result<followed_key> follow_keys(journal::log_source& log, const std::string& vkey);

/// The handovers that a log publishes, as far as they lead to this key and both keys signed each:
/// for whoever holds the key, and so knows that it signed only what is true.
result<store::key_history> handovers_to(journal::log_source& log, const std::string& vkey);

}  // namespace veche::upkeep
