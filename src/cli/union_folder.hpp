#pragma once
// A union in a folder or on a server, with its office open: the files under one lock, the journal
// folded.

#include <filesystem>
#include <memory>

#include "api/follow_store.hpp"
#include "api/sealed_desk.hpp"
#include "cli/snapshots.hpp"
#include "office/office.hpp"
#include "store/folder.hpp"

namespace veche::cli {

class union_folder {
  public:
    /// Refuses where there is no union, where another program has it open, and where its journal
    /// does not hold.
    /// Starts from the folder's snapshot where it has one that fits.
    static result<std::unique_ptr<union_folder>> open(const std::filesystem::path& where,
                                                      office::options with);
    /// How much of the journal is read before it is used: all, or what comes after the entries by
    /// whose root the folder's snapshot vouches for the rest, which `inspect_rest` reads then.
    enum class reading : std::uint8_t { whole, after_snapshot };
    static result<std::unique_ptr<union_folder>> open(const store::union_place& at,
                                                      office::options with,
                                                      reading how = reading::whole);
    union_folder(const union_folder&) = delete;
    union_folder& operator=(const union_folder&) = delete;

    [[nodiscard]] office::office& office() { return *office_; }
    [[nodiscard]] journal::store& store() { return *files_.journal; }
    [[nodiscard]] journal::publisher& publisher() { return *files_.publisher; }

    /// Whether it is a copy for looking.
    [[nodiscard]] bool is_copy() const { return files_.copy.has_value(); }

    [[nodiscard]] api::sealed_desk& sealed() { return *sealed_; }

    /// Entries in the snapshot from which it started; 0 where there was none.
    [[nodiscard]] std::uint64_t snapshot_size() const { return snapshot_size_; }
    /// From now on snapshots are written as the journal grows; not where it has no folder.
    void keep_snapshots();

    /// Reads what was not read when it was opened, in a thread of its own, which tells of a fault
    /// or of the end. Does nothing where all was read.
    void inspect_rest(std::function<void(const refusal&)> on_fault, std::function<void()> on_end);
    /// Entries inspected by now, of how many; nothing where nothing is left.
    [[nodiscard]] std::optional<std::pair<std::uint64_t, std::uint64_t>> inspecting() const;

    /// The tables of accounts, and those of followers, made where they are missing.
    result<std::unique_ptr<api::account_store>> accounts(api::password_cost cost);
    result<std::unique_ptr<api::follow_store>> follows();
    [[nodiscard]] const std::shared_ptr<store::contents>& papers() const { return files_.papers; }
    /// The entry that says that another key signs, where its change was not finished when this was
    /// opened.
    [[nodiscard]] std::optional<std::uint64_t> untaken_key() const { return untaken_key_; }
    [[nodiscard]] bool shared() const { return files_.journal->shared(); }
    /// The folder, or what this node alone keeps of a union on a server; may be empty.
    [[nodiscard]] const std::filesystem::path& path() const { return files_.path; }

    static bool is_one(const std::filesystem::path& folder) { return store::is_union(folder); }

  private:
    static result<std::unique_ptr<union_folder>> open(store::union_folder files,
                                                      office::options with);
    explicit union_folder(store::union_folder files) : files_(std::move(files)) {}

    store::union_folder files_;
    std::unique_ptr<office::office> office_;    // uses the files, so it goes before them
    std::unique_ptr<api::sealed_desk> sealed_;  // follows the office, so it goes first
    std::uint64_t snapshot_size_ = 0;
    std::optional<std::uint64_t> untaken_key_;
    std::unique_ptr<snapshot_keeper> snapshots_;  // reads the office, so it goes before that
};

}  // namespace veche::cli
