#include "store/sqlite/sqlite_tables.hpp"

#include "store/refusal.hpp"
#include "store/sqlite/schema.hpp"

namespace veche::store {

sqlite_tables::sqlite_tables(database& file)
    : file_(file),
      tile_(file, "SELECT hashes FROM tile WHERE id=?1"),
      checkpoint_(file,
                  "SELECT size,root,note FROM checkpoint WHERE size>?1 ORDER BY size LIMIT 1"),
      streams_(file, "SELECT stream,ver,seq FROM stream ORDER BY seq,stream") {}

result<void> sqlite_tables::entries(std::uint64_t from, std::uint64_t to, const take_entry& take) {
    statement slice(file_,
                    "SELECT seq,leaf,bytes FROM entry WHERE seq>=?1 AND seq<?2 ORDER BY seq");
    slice.bind(1, from).bind(2, to);
    while (VECHE_TRY(slice.step()))
        VECHE_CHECK(
            take(static_cast<std::uint64_t>(slice.integer(0)), slice.blob(1), slice.blob(2)));
    return {};
}

result<std::uint64_t> sqlite_tables::next_entry() {
    statement head(file_, "SELECT next FROM head WHERE id=1");
    const bool there = VECHE_TRY(head.step());
    return there ? static_cast<std::uint64_t>(head.integer(0)) : 0;
}

result<bool> sqlite_tables::has_tile(unsigned level, std::uint64_t index, std::string_view hashes) {
    const bool there = VECHE_TRY(tile_.bind(1, tile_id(level, index)).step());
    const bool same = there && tile_.blob(0) == hashes;
    tile_.reset();
    return same;
}

result<bool> sqlite_tables::has_tiles(std::int64_t from, std::int64_t to) {
    statement any(file_, "SELECT 1 FROM tile WHERE id>=?1 AND id<=?2 LIMIT 1");
    return any.bind(1, from).bind(2, to).step();
}

result<std::optional<journal::stored_checkpoint>> sqlite_tables::checkpoint_after(
    std::int64_t size) {
    if (!VECHE_TRY(checkpoint_.bind(1, size).step())) {
        checkpoint_.reset();
        return std::optional<journal::stored_checkpoint>{};
    }
    std::optional<journal::stored_checkpoint> found{
        {static_cast<std::uint64_t>(checkpoint_.integer(0)), {}, std::string(checkpoint_.text(2))}};
    const bool whole = checkpoint_.blob(1).size() == sizeof(hash256);
    if (whole) found->root = journal::hash_at(checkpoint_.blob(1), 0);
    checkpoint_.reset();
    if (!whole) return refuse(refusals::checkpoint_differs, {}, place());
    return found;
}

result<bool> sqlite_tables::idems(std::optional<idem_place>& after, const take_idem& take) {
    constexpr std::int64_t most = 8192;
    statement slice(file_, after
                               ? "SELECT actor,key,seq,sha FROM idem WHERE (actor,key)>(?2,?3) "
                                 "ORDER BY actor,key LIMIT ?1"
                               : "SELECT actor,key,seq,sha FROM idem ORDER BY actor,key LIMIT ?1");
    slice.bind(1, most);
    if (after) slice.bind_text(2, after->actor).bind_text(3, after->key);
    std::int64_t count = 0;
    while (VECHE_TRY(slice.step())) {
        take(slice.text(0), slice.text(1), slice.integer(2), slice.blob(3));
        if (++count == most)
            after = idem_place{std::string(slice.text(0)), std::string(slice.text(1))};
    }
    return count == most;
}

result<std::optional<journal::stream_row>> sqlite_tables::next_stream() {
    if (!VECHE_TRY(streams_.step())) return std::optional<journal::stream_row>{};
    return std::optional<journal::stream_row>{{std::string(streams_.text(0)), streams_.integer(1),
                                               static_cast<std::uint64_t>(streams_.integer(2))}};
}

}  // namespace veche::store
