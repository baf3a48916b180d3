#pragma once
// A backup of a union that may be running, and further ones into the same place.
//
// The journal is taken first, papers, sealed texts and accounts after it: whatever an entry names
// was kept before the entry was written, so it is there when it is copied after. The other way
// round an entry could name a paper that the backup lacks.

#include "store/move.hpp"
#include "upkeep/manifest.hpp"

namespace veche::upkeep {

struct backup_options {
    std::filesystem::path from;  ///< the union's folder, or the address of its server
    std::filesystem::path to;
    bool secrets = true;  ///< accounts, follows and sealed texts too
    instant now;
    std::string release;
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;
    store::copy_rows rows = {};  ///< copies accounts and follows out of a server
};

struct backup_report {
    std::vector<std::string> damaged;
    std::int64_t entries = 0;
    std::int64_t fresh = 0;
    std::int64_t papers = 0;
    std::string root;
    std::string to;
    std::int64_t written = 0;
};
VECHE_FIELDS(backup_report, (damaged, "Papers that no longer hash to their name: not copied anew."),
             (entries, "Entries in the backup."), (fresh, "Entries that it did not have before."),
             (papers, "Papers that it did not have before."), (root, "Root of the tree, base64."),
             (to, "Where the backup is."), (written, "Bytes written."))

/// Refuses where the place holds something else, and where the journal does not extend what the
/// backup has: then nothing in it is touched. The log's key and the guard are never in it.
result<backup_report> back_up(const backup_options&);

}  // namespace veche::upkeep
