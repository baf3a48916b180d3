#pragma once
// The tables of journal.sqlite, read through once.

#include "store/inspection.hpp"
#include "store/sqlite/database.hpp"

namespace veche::store {

class sqlite_tables : public journal_tables {
  public:
    explicit sqlite_tables(database& file);
    [[nodiscard]] std::string place() const override { return file_.path(); }
    result<void> entries(const take_entry&) override;
    result<bool> has_tile(unsigned level, std::uint64_t index, std::string_view hashes) override;
    result<std::uint64_t> tile_count() override;
    result<std::optional<journal::stored_checkpoint>> next_checkpoint() override;
    result<void> idems(const take_idem&) override;
    result<std::optional<journal::stream_row>> next_stream() override;

  private:
    database& file_;
    statement tile_;
    statement checkpoints_;
    statement streams_;
};

}  // namespace veche::store
