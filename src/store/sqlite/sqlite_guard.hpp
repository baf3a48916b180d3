#pragma once
// What was signed last, in a small file of its own. Made once, with the union; never restored from
// a copy: it is what tells a restored copy from the journal.

#include <filesystem>
#include <mutex>

#include "journal/store.hpp"
#include "store/sqlite/database.hpp"

namespace veche::store {

class sqlite_guard : public journal::guard {
  public:
    static result<void> create(const std::filesystem::path& file, const std::string& origin);
    /// Refuses with journal.guard_missing where there is none.
    static result<std::unique_ptr<sqlite_guard>> open(const std::filesystem::path& file);
    [[nodiscard]] result<journal::stored_checkpoint> last() const override;
    result<void> advance(std::uint64_t expected, const journal::stored_checkpoint& to) override;
    /// The journal that it guards.
    [[nodiscard]] result<std::string> origin() const;

  private:
    explicit sqlite_guard(database file) : file_(std::move(file)) {}
    mutable database file_;
    mutable std::mutex mutex_;
};

}  // namespace veche::store
