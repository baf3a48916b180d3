#pragma once
// The tables of a journal on a PostgreSQL server, read through once, in slices; in one transaction
// of the caller, so that all are of one moment.

#include <vector>

#include "store/inspection.hpp"
#include "store/postgres/session.hpp"

namespace veche::store {

class postgres_tables : public journal_tables {
  public:
    explicit postgres_tables(session& from) : from_(from) {}
    [[nodiscard]] std::string place() const override { return from_.place(); }
    result<void> entries(const take_entry&) override;
    result<bool> has_tile(unsigned level, std::uint64_t index, std::string_view hashes) override;
    result<std::uint64_t> tile_count() override;
    result<std::optional<journal::stored_checkpoint>> next_checkpoint() override;
    result<void> idems(const take_idem&) override;
    result<std::optional<journal::stream_row>> next_stream() override;

  private:
    session& from_;
    std::vector<journal::stored_checkpoint> checkpoints_;  ///< a slice of them
    std::size_t at_ = 0;                                   ///< the next one of the slice
    std::int64_t after_ = -1;                              ///< the size of the last one
    std::optional<rows> streams_;                          ///< a slice of them
    int next_stream_ = 0;
};

}  // namespace veche::store
