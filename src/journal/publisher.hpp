#pragma once
// The public face of the log: signs checkpoints through the guard and answers the paths of
// tlog-tiles, out of any store.

#include <atomic>
#include <filesystem>
#include <mutex>

#include "journal/checkpoint.hpp"
#include "journal/store.hpp"
#include "journal/tiles.hpp"
#include "kernel/fields.hpp"

namespace veche::journal {

/// One entry with the proof that it is in the tree of the latest checkpoint, for anyone to check.
struct entry_proof {
    std::int64_t index = 0;
    std::int64_t size = 0;
    std::string leaf;                 ///< base64
    std::vector<std::string> hashes;  ///< base64, from the leaf up
    std::string root;                 ///< base64
    std::string checkpoint;           ///< the signed note
    std::string vkey;
    std::string entry;  ///< base64 of the entry's bytes
};
VECHE_FIELDS(entry_proof, (index, "Number of the entry."), (size, "Size of the tree."),
             (leaf, "Leaf hash, base64."), (hashes, "Inclusion proof from the leaf up, base64."),
             (root, "Root of the tree, base64."), (checkpoint, "The signed checkpoint."),
             (vkey, "Verifier key of the log."), (entry, "The entry's bytes, base64."))

/// An answer to a path under /journal/.
struct resource {
    std::string content_type;
    std::string cache_control;
    std::string bytes;
};

class publisher {
  public:
    /// `origin` is also the name of the log's key. The store and the guard must outlive it. Without
    /// its secret half nothing is signed here: what others signed is shown.
    publisher(store& from, guard& watch, std::string origin, key_pair key);

    /// Signs and stores a checkpoint for all entries that are durable now, if there is anything
    /// new. Refuses a tree that does not extend the one signed last (journal.fork). Signs nothing
    /// between pause() and resume(), and never again once somebody forbade it. Where another key
    /// was put in force beside this program it refuses once (journal.key_changed); from then on
    /// it is as one without a key, and shows what the others sign.
    result<checkpoint> publish();
    /// Until resume() publish() answers with what was signed last.
    void pause() { paused_ = true; }
    void resume() { paused_ = false; }
    /// publish() refuses with that from now on: another history was seen under this key.
    void forbid(refusal why);
    /// Whether it has a key to sign with.
    [[nodiscard]] bool signs() const;
    [[nodiscard]] std::optional<refusal> forbidden() const;

    /// Chooses what readers are shown, given the newest checkpoint: that one or an older one, with
    /// cosignatures on it.
    using chooser = std::function<stored_checkpoint(stored_checkpoint newest)>;
    void show_by(chooser choose);
    /// What readers are shown now.
    [[nodiscard]] std::optional<stored_checkpoint> shown() const;
    /// Whether another node signed since this was asked before.
    result<bool> others_signed();
    /// The newest checkpoint, with the lines of all keys that signed it.
    [[nodiscard]] std::optional<stored_checkpoint> latest() const;

    /// Publishes as "handovers" how the key changed: what `read` answers, unless it is "".
    void show_handovers(std::function<std::string()> read) { handovers_ = std::move(read); }

    /// "checkpoint", "handovers", "tile/..."; nothing where no such resource is published. Partial
    /// tiles exist only for sizes of published checkpoints.
    [[nodiscard]] std::optional<resource> serve(std::string_view path) const;
    [[nodiscard]] result<entry_proof> proof(std::uint64_t seq) const;
    /// The tlog-proof file of one entry (c2sp.org/tlog-proof@v1).
    [[nodiscard]] result<std::string> proof_file(std::uint64_t seq) const;
    /// Writes the log as a folder of the same paths, as of the checkpoint that readers are shown.
    result<void> export_to(
        const std::filesystem::path& folder,
        const std::function<void(std::uint64_t, std::uint64_t)>& progress = {}) const;

    [[nodiscard]] const std::string& origin() const { return origin_; }
    /// Of the key in force, as far as this program knows.
    [[nodiscard]] std::string vkey() const;

  private:
    /// From an entry's leaf to the root of the checkpoint that readers are shown, or of the latest
    /// one where that does not hold the entry yet.
    struct proof_path {
        stored_checkpoint to;
        std::vector<hash256> hashes;
    };
    [[nodiscard]] result<proof_path> path_to(std::uint64_t seq) const;
    result<stored_checkpoint> signed_last();
    /// Lays its own key down where another one is in force.
    result<void> follow_key();
    result<checkpoint> sign(const checkpoint&, const stored_checkpoint& last);
    [[nodiscard]] result<std::string> tile_content(const tile_ref&) const;
    store& store_;
    guard& guard_;
    std::string origin_;
    key_pair key_;  ///< changes under both mutexes
    std::mutex publishing_;
    std::atomic<bool> paused_ = false;
    mutable std::mutex choosing_;
    chooser choose_;
    std::function<std::string()> handovers_;
    std::optional<refusal> forbidden_;
    std::optional<refusal> untold_;                ///< that the key changed, until it was said
    std::optional<stored_checkpoint> guard_last_;  ///< as the guard said when it was asked last
    std::uint64_t signed_size_ = 0;  ///< of the newest checkpoint, as far as this program knows
};

}  // namespace veche::journal
