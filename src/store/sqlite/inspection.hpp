#pragma once
// What is checked of a journal file before it is used.

#include "journal/store.hpp"
#include "journal/tiles.hpp"
#include "store/sqlite/database.hpp"

namespace veche::store {

/// Reads the whole file once. Refuses, naming what differs: entries that are missing or changed
/// (store.not_contiguous, store.entry_differs), tiles or a head that do not follow from them
/// (store.tree_differs), idempotency keys (store.index_differs), checkpoints
/// (store.checkpoint_differs). Answers the tiles that are not full.
result<journal::tile_edge> inspect(database&, const journal::head& head);

}  // namespace veche::store
