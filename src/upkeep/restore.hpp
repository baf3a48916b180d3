#pragma once
// A backup made a union again: whole, to go on with; or cut at an entry, to look at. And entries
// that are missing brought back out of what was published.

#include "journal/log_source.hpp"
#include "store/folder.hpp"
#include "store/move.hpp"
#include "upkeep/manifest.hpp"
#include "upkeep/taking.hpp"

namespace veche::upkeep {

struct restore_options {
    std::filesystem::path from;
    std::filesystem::path to;     ///< a folder, or the address of a server
    std::string at;               ///< number of an entry, or a time: then a copy for looking
    std::filesystem::path key;    ///< of the log, where it does not lie in the folder
    std::filesystem::path state;  ///< of a server: folder of the node that has seen it; or KEY.node
    bool new_guard = false;       ///< where the guard is lost and nobody has more entries
    journal::log_source* fill_from = nullptr;
    streams_of_entry streams;
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;
    store::copy_rows rows =
        {};  ///< copies accounts and follows into a server, and makes its tables
};

struct restore_report {
    std::optional<instant> at;
    std::int64_t entries = 0;
    std::int64_t filled = 0;
    std::string folder;
    std::int64_t missing = 0;
    std::int64_t of = 0;
    std::int64_t papers = 0;
    std::string root;
    bool secrets = false;
};
VECHE_FIELDS(restore_report, (at, "Time of the last entry."), (entries, "Entries that are there."),
             (filled, "Entries that came from elsewhere."),
             (folder, "The union's folder, or its server."),
             (missing, "Entries that were signed and are not here: the union does not open."),
             (of, "Entries of the backup."), (papers, "Papers."),
             (root, "Root of the tree, base64."),
             (secrets, "Whether accounts and sealed texts were in the backup."))

/// Checks the whole backup before anything is written. The folder is absent, empty, or holds
/// nothing but what survived: log.key, guard.sqlite, and how the key changed. On a server nothing
/// of the union is there but the schema of its guard, if that survived. Login sessions are not
/// restored.
result<restore_report> restore(const restore_options&);

struct fill_report {
    std::int64_t entries = 0;
    std::int64_t filled = 0;
    std::string root;
};
VECHE_FIELDS(fill_report, (entries, "Entries that are there."),
             (filled, "Entries that were missing."), (root, "Root of the tree, base64."))

/// Takes the entries that the union lacks out of a mirror or an export. They count only if, with
/// those that are here, they hash to the root of a checkpoint that this log's key signed.
result<fill_report> fill(const std::filesystem::path& where, journal::log_source& from,
                         const streams_of_entry& streams);
result<fill_report> fill(const store::union_place&, journal::log_source& from,
                         const streams_of_entry& streams);

}  // namespace veche::upkeep
