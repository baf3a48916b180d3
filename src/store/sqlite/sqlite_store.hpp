#pragma once
// The journal's store on SQLite: one file, one connection that writes, another that reads.

#include <filesystem>
#include <mutex>

#include "journal/store.hpp"
#include "journal/tiles.hpp"
#include "store/inspection.hpp"
#include "store/sqlite/database.hpp"

namespace veche::store {

class sqlite_store : public journal::store {
  public:
    /// Makes the file and its tables.
    static result<void> create(const std::filesystem::path& file);
    /// Opens and checks everything that can be checked without a key: form, contiguity, each entry
    /// against its leaf, leaves against tiles and head, the list of idempotency keys and the
    /// checkpoints against the entries. Where it begins with entries that are known, only what
    /// comes after them: the rest is for `later`.
    static result<std::unique_ptr<sqlite_store>> open(const std::filesystem::path& file,
                                                      const known_entries& = {});
    ~sqlite_store() override;
    /// What reads the rest, over a connection of its own; nothing where all was read.
    [[nodiscard]] result<std::unique_ptr<later_inspection>> later() const;
    /// Where the journal of the file ends, as this connection sees it.
    static result<journal::head> end_of(database&);

    [[nodiscard]] journal::head current() const override;
    result<void> append(const journal::batch& what, std::uint64_t expected) override;
    result<void> read(std::uint64_t from, std::uint64_t to,
                      const std::function<bool(std::uint64_t, std::string_view)>&) const override;
    [[nodiscard]] result<std::string> entry(std::uint64_t seq) const override;
    [[nodiscard]] result<std::string> leaves(std::uint64_t from, std::uint64_t to) const override;
    [[nodiscard]] result<std::string> tile(unsigned level, std::uint64_t index) const override;
    [[nodiscard]] result<std::optional<journal::idem_hit>> find_idem(
        std::string_view actor, std::string_view idem) const override;
    result<void> put_checkpoint(const journal::stored_checkpoint&) override;
    [[nodiscard]] std::optional<journal::stored_checkpoint> latest_checkpoint() const override;
    [[nodiscard]] bool has_checkpoint(std::uint64_t from, std::uint64_t to) const override;

  private:
    struct writing;
    struct reading;
    /// Where the journal ends, and the tiles that are not full yet.
    struct ending {
        journal::head head;
        journal::tile_edge tiles;
    };
    sqlite_store(database write, database read);
    result<void> load(const known_entries&);
    result<void> insert(const journal::batch&, ending&);
    result<void> save_head(const journal::head& next, std::uint64_t expected);
    void give_up(const refusal& why);

    database write_;
    database read_;
    mutable std::mutex writing_;  ///< the write connection: appends and checkpoints
    mutable std::mutex reading_;  ///< the read connection
    mutable std::mutex heading_;  ///< end_, for those who do not write
    ending end_;
    bool whole_ = false;   ///< all of it was read when it was opened
    bool failed_ = false;  ///< a write did not reach the disk: nothing is written any more
    std::unique_ptr<writing> w_;
    std::unique_ptr<reading> r_;
};

}  // namespace veche::store
