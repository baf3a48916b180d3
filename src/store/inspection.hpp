#pragma once
// The tables of a journal, whichever database they lie in, and what is checked of them before it
// is used.

#include <functional>

#include "journal/store.hpp"
#include "journal/tiles.hpp"

namespace veche::store {

/// The tables of a journal, as they are read through once.
class journal_tables {
  public:
    virtual ~journal_tables() = default;
    /// What a person is told: the file, the server.
    [[nodiscard]] virtual std::string place() const = 0;

    using take_entry = std::function<result<void>(std::uint64_t seq, std::string_view leaf,
                                                  std::string_view bytes)>;
    /// All in the order of their numbers, as they lie there.
    virtual result<void> entries(const take_entry&) = 0;
    /// Whether this tile is there with these hashes.
    virtual result<bool> has_tile(unsigned level, std::uint64_t index, std::string_view hashes) = 0;
    virtual result<std::uint64_t> tile_count() = 0;
    /// The next one by size; nothing after the last.
    virtual result<std::optional<journal::stored_checkpoint>> next_checkpoint() = 0;

    using take_idem = std::function<void(std::string_view actor, std::string_view key,
                                         std::int64_t seq, std::string_view sha)>;
    /// In any order.
    virtual result<void> idems(const take_idem&) = 0;
    /// Versions of streams, by the number of the entry; nothing after the last.
    virtual result<std::optional<journal::stream_row>> next_stream() = 0;
};

/// Reads everything once. Refuses, naming what differs: entries that are missing or changed
/// (store.not_contiguous, store.entry_differs), tiles or a head that do not follow from them
/// (store.tree_differs), idempotency keys (store.index_differs), checkpoints
/// (store.checkpoint_differs). Answers the tiles that are not full.
result<journal::tile_edge> inspect(journal_tables&, const journal::head& head);

}  // namespace veche::store
