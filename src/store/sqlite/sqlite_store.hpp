#pragma once
// The journal's store on SQLite: one file, one connection that writes, others that read.

#include <filesystem>
#include <mutex>

#include "journal/store.hpp"
#include "store/sqlite/database.hpp"

namespace veche::store {

class sqlite_store : public journal::store {
  public:
    /// Makes the file and its tables.
    static result<void> create(const std::filesystem::path& file);
    /// Opens and checks: form, contiguity, the tree's edge against the leaves.
    static result<std::unique_ptr<sqlite_store>> open(const std::filesystem::path& file);

    [[nodiscard]] journal::head current() const override;
    result<void> append(const journal::batch& what, std::uint64_t expected) override;
    result<void> read(std::uint64_t from, std::uint64_t to,
                      const std::function<bool(std::uint64_t, std::string_view)>&) const override;
    [[nodiscard]] result<std::string> entry(std::uint64_t seq) const override;
    [[nodiscard]] result<std::string> leaves(std::uint64_t from, std::uint64_t to) const override;
    [[nodiscard]] result<std::string> tile(unsigned level, std::uint64_t index) const override;
    [[nodiscard]] std::optional<journal::idem_hit> find_idem(std::string_view actor,
                                                             std::string_view idem) const override;
    result<void> put_checkpoint(const journal::stored_checkpoint&) override;
    [[nodiscard]] std::optional<journal::stored_checkpoint> latest_checkpoint() const override;
    [[nodiscard]] bool has_checkpoint(std::uint64_t size) const override;

  private:
    struct writing;
    struct reading;
    sqlite_store(database write, database read);
    result<void> load();
    result<void> check_tree() const;
    result<void> insert(const journal::batch&, journal::head& next);
    result<void> insert_tiles(journal::head&, std::uint64_t seq);
    result<void> save_head(const journal::head& next, std::uint64_t expected);

    database write_;
    database read_;
    mutable std::mutex writing_;  ///< the write connection: appends and checkpoints
    mutable std::mutex reading_;  ///< the read connection
    mutable std::mutex heading_;
    journal::head head_;
    std::unique_ptr<writing> w_;
    std::unique_ptr<reading> r_;

  public:
    ~sqlite_store() override;
};

/// What was signed last, in a file of its own.
class sqlite_guard : public journal::guard {
  public:
    static result<void> create(const std::filesystem::path& file, const std::string& origin);
    static result<std::unique_ptr<sqlite_guard>> open(const std::filesystem::path& file);
    [[nodiscard]] result<journal::stored_checkpoint> last() const override;
    result<void> advance(std::uint64_t expected, const journal::stored_checkpoint& to) override;
    [[nodiscard]] result<std::string> origin() const;

  private:
    explicit sqlite_guard(database file) : file_(std::move(file)) {}
    mutable database file_;
    mutable std::mutex mutex_;
};

}  // namespace veche::store
