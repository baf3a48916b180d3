#pragma once
// The tables of journal.sqlite, read through once.

#include "store/inspection.hpp"
#include "store/sqlite/database.hpp"

namespace veche::store {

class sqlite_tables : public journal_tables {
  public:
    explicit sqlite_tables(database& file);
    [[nodiscard]] std::string place() const override { return file_.path(); }
    result<void> entries(std::uint64_t from, std::uint64_t to, const take_entry&) override;
    result<std::uint64_t> next_entry() override;
    result<bool> has_tile(unsigned level, std::uint64_t index, std::string_view hashes) override;
    result<bool> has_tiles(std::int64_t from, std::int64_t to) override;
    result<std::optional<journal::stored_checkpoint>> checkpoint_after(std::int64_t size) override;
    result<bool> idems(std::optional<idem_place>& after, const take_idem&) override;
    result<std::optional<journal::stream_row>> next_stream() override;

  private:
    database& file_;
    statement tile_;
    statement checkpoint_;
    statement streams_;
};

/// The same over a connection of its own, beside whoever writes.
class own_sqlite_tables final : private database, public sqlite_tables {
  public:
    explicit own_sqlite_tables(database file)
        : database(std::move(file)), sqlite_tables(static_cast<database&>(*this)) {}
};

}  // namespace veche::store
