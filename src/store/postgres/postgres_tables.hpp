#pragma once
// The tables of a journal on a PostgreSQL server, read through in slices: in one transaction of the
// caller, so that all are of one moment, or each slice as it stands by then.

#include <vector>

#include "store/inspection.hpp"
#include "store/postgres/session.hpp"

namespace veche::store {

class postgres_tables : public journal_tables {
  public:
    explicit postgres_tables(session& from) : from_(from) {}
    [[nodiscard]] std::string place() const override { return from_.place(); }
    result<void> restore() override { return from_.restore(); }
    result<void> entries(std::uint64_t from, std::uint64_t to, const take_entry&) override;
    result<std::uint64_t> next_entry() override;
    result<bool> has_tile(unsigned level, std::uint64_t index, std::string_view hashes) override;
    result<bool> has_tiles(std::int64_t from, std::int64_t to) override;
    result<std::optional<journal::stored_checkpoint>> checkpoint_after(std::int64_t size) override;
    result<bool> idems(std::optional<idem_place>& after, const take_idem&) override;
    result<std::optional<journal::stream_row>> next_stream() override;

  private:
    session& from_;
    std::vector<journal::stored_checkpoint> checkpoints_;  ///< a slice of them
    std::size_t at_ = 0;                                   ///< the next one of the slice
    std::int64_t after_ = 0;                               ///< the size that came before it
    std::optional<rows> streams_;                          ///< a slice of them
    int next_stream_ = 0;
};

/// The same over a connection of its own, beside whoever appends.
class own_postgres_tables final : private session, public postgres_tables {
  public:
    explicit own_postgres_tables(session from)
        : session(std::move(from)), postgres_tables(static_cast<session&>(*this)) {}
    [[nodiscard]] std::string place() const override { return postgres_tables::place(); }
    result<void> restore() override { return postgres_tables::restore(); }
};

}  // namespace veche::store
