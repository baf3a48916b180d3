#pragma once
// The snapshot of a union's folder (office/snapshot.hpp): the file `snapshot` in it, found at the
// start and written anew as the journal grows.

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "office/office.hpp"
#include "store/inspection.hpp"

namespace veche::cli {

inline std::filesystem::path snapshot_file(const std::filesystem::path& folder) {
    return folder / "snapshot";
}

/// What this build of the program is known by (the linker's build id, in hex); empty where the
/// linker wrote none, and then there are no snapshots.
std::string build_id();

/// The folder's snapshot where it is one of this program and this journal; otherwise nothing, and
/// the log says why.
std::optional<office::snapshot> find_snapshot(const std::filesystem::path& folder,
                                              const std::string& origin, const journal::store&);

/// What the folder's snapshot says of itself, where it is one of this program and journal.
std::optional<office::snapshot_line> snapshot_said(const std::filesystem::path& folder,
                                                   const std::string& origin);

/// How the journal begins, as the folder's snapshot knows it, where it is one of this program;
/// otherwise nothing of it.
store::known_entries known_by_snapshot(const std::filesystem::path& folder);

/// Writes the state as it is now beside the old snapshot and then in its place. Answers the number
/// of entries in it.
result<std::uint64_t> keep_snapshot(const std::filesystem::path& folder, const office::office&,
                                    const journal::store&);

/// How many entries may come after a snapshot of `size` entries before another is written: folding
/// them again takes a second or so.
std::uint64_t entries_between_snapshots(std::uint64_t size);

/// Writes a snapshot whenever the journal has grown enough, and at its end.
class snapshot_keeper {
  public:
    /// `from`: entries in the snapshot from which the office started. All must outlive it.
    snapshot_keeper(std::filesystem::path folder, const office::office&, const journal::store&,
                    std::uint64_t from);
    ~snapshot_keeper();
    snapshot_keeper(const snapshot_keeper&) = delete;
    snapshot_keeper& operator=(const snapshot_keeper&) = delete;

  private:
    void run();
    void write_if_grown();

    std::filesystem::path folder_;
    const office::office& office_;
    const journal::store& store_;
    std::uint64_t last_;
    std::mutex mutex_;
    std::condition_variable wakes_;
    bool closing_ = false;
    std::thread thread_;
};

}  // namespace veche::cli
