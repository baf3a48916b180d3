#pragma once
// What a backup is: a folder with a manifest that names every other file in it by its SHA-256.
//
//   manifest                          canonical JSON in one line, then the SHA-256 of that line
//   journal/entries-FROM-TO           entries as bundles of tlog-tiles hold them; cut at multiples
//                                     of 4096, so that only the last one is ever written again
//   journal/handovers-HASH            how the log's key changed, if it did
//   papers/xx/HASH                    papers
//   secrets/NAME-SIZE-HASH.sqlite     accounts, follows and sealed texts, unless left out
//
// A file is never changed: another takes its place under another name, and only when the manifest
// names that one is the old one removed. So a backup that was broken off is still the one before.

#include <filesystem>
#include <functional>
#include <optional>

#include "kernel/fields.hpp"
#include "kernel/hash.hpp"
#include "store/key_history.hpp"

namespace veche::upkeep {

constexpr std::uint64_t segment_entries = 4096;
constexpr const char* manifest_name = "manifest";
constexpr const char* backup_form = "veche-backup/1";

struct file_row {
    std::string path;
    std::string sha256;
    std::int64_t size = 0;
};
VECHE_FIELDS(file_row, (path, "Where it lies in the backup."), (sha256, "SHA-256, hex."),
             (size, "Bytes."))

struct manifest {
    instant at;
    std::optional<std::string> checkpoint;
    std::string edge;
    std::vector<file_row> files;
    std::string form;
    std::string origin;
    std::string release;
    std::string root;
    bool secrets = true;
    std::int64_t size = 0;
    std::string vkey;

    [[nodiscard]] const file_row* find(std::string_view path) const;
};
VECHE_FIELDS(manifest, (at, "When it was made."), (checkpoint, "The newest signed checkpoint."),
             (edge, "Right edge of the tree, hex."), (files, "Every file, by path."),
             (form, "Form of the backup."), (origin, "The journal's name."),
             (release, "The program that made it."), (root, "Root of the tree, base64."),
             (secrets, "Whether accounts, follows and sealed texts are in it."),
             (size, "Entries of the journal."), (vkey, "Verifier key of the journal."))

/// Refuses with upkeep.no_backup, and with upkeep.backup_damaged where a byte of it was changed.
result<manifest> read_manifest(const std::filesystem::path& backup);
/// Durable on return: the new one is there whole, or still the old one.
result<void> write_manifest(const std::filesystem::path& backup, const manifest&);

/// Reads the whole file. Refuses with upkeep.file_failed.
result<std::string> file_bytes(const std::filesystem::path& file);
/// Writes a file whole, with its folders; durable on return. Refuses with store.read_only.
result<void> put_file(const std::filesystem::path& file, std::string_view bytes, bool secret);
result<void> sync_path(const std::filesystem::path& file_or_folder);

/// Every file there is, against the manifest: missing, changed, too many; then the entries against
/// the root and the checkpoint. Refuses with upkeep.backup_damaged, naming the file.
/// `progress` is told how many bytes are read, of how many.
result<manifest> check_backup(
    const std::filesystem::path& backup,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

/// Calls with each entry of the backup in order until the callback returns false.
result<void> for_each_kept(const std::filesystem::path& backup, const manifest&,
                           const std::function<result<bool>(std::uint64_t, std::string_view)>&);

/// How the log's key had changed by then.
result<store::key_history> kept_keys(const std::filesystem::path& backup, const manifest&);

/// "journal/entries-000000000000-000000004096"
std::string segment_path(std::uint64_t from, std::uint64_t to);
/// "journal/handovers-0123456789abcdef", by what is in it.
std::string handovers_path(std::string_view bytes);

}  // namespace veche::upkeep
