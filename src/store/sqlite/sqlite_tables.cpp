#include "store/sqlite/sqlite_tables.hpp"

#include "store/refusal.hpp"
#include "store/sqlite/schema.hpp"

namespace veche::store {

sqlite_tables::sqlite_tables(database& file)
    : file_(file),
      tile_(file, "SELECT hashes FROM tile WHERE id=?1"),
      checkpoints_(file, "SELECT size,root,note FROM checkpoint ORDER BY size"),
      streams_(file, "SELECT stream,ver,seq FROM stream ORDER BY seq,stream") {}

result<void> sqlite_tables::entries(const take_entry& take) {
    statement all(file_, "SELECT seq,leaf,bytes FROM entry ORDER BY seq");
    while (VECHE_TRY(all.step()))
        VECHE_CHECK(take(static_cast<std::uint64_t>(all.integer(0)), all.blob(1), all.blob(2)));
    return {};
}

result<bool> sqlite_tables::has_tile(unsigned level, std::uint64_t index, std::string_view hashes) {
    const bool there = VECHE_TRY(tile_.bind(1, tile_id(level, index)).step());
    const bool same = there && tile_.blob(0) == hashes;
    tile_.reset();
    return same;
}

result<std::uint64_t> sqlite_tables::tile_count() {
    statement count(file_, "SELECT count(*) FROM tile");
    (void)VECHE_TRY(count.step());
    return static_cast<std::uint64_t>(count.integer(0));
}

result<std::optional<journal::stored_checkpoint>> sqlite_tables::next_checkpoint() {
    if (!VECHE_TRY(checkpoints_.step())) return std::optional<journal::stored_checkpoint>{};
    if (checkpoints_.blob(1).size() != sizeof(hash256))
        return refuse(refusals::checkpoint_differs, {}, place());
    return std::optional<journal::stored_checkpoint>{
        {static_cast<std::uint64_t>(checkpoints_.integer(0)),
         journal::hash_at(checkpoints_.blob(1), 0), std::string(checkpoints_.text(2))}};
}

result<void> sqlite_tables::idems(const take_idem& take) {
    statement all(file_, "SELECT actor,key,seq,sha FROM idem");
    while (VECHE_TRY(all.step())) take(all.text(0), all.text(1), all.integer(2), all.blob(3));
    return {};
}

result<std::optional<journal::stream_row>> sqlite_tables::next_stream() {
    if (!VECHE_TRY(streams_.step())) return std::optional<journal::stream_row>{};
    return std::optional<journal::stream_row>{{std::string(streams_.text(0)), streams_.integer(1),
                                               static_cast<std::uint64_t>(streams_.integer(2))}};
}

}  // namespace veche::store
