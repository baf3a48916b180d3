#include "store/postgres/postgres_tables.hpp"

#include "store/form.hpp"
#include "store/refusal.hpp"

namespace veche::store {

result<void> postgres_tables::entries(std::uint64_t from, std::uint64_t to,
                                      const take_entry& take) {
    constexpr int most = 4096;
    for (;;) {
        const rows slice = VECHE_TRY(from_.run(
            "SELECT seq,leaf,bytes FROM entry WHERE seq>=$1 AND seq<$2 ORDER BY seq LIMIT 4096",
            parameters().add(from).add(to)));
        for (int i = 0; i < slice.count(); ++i) {
            const auto seq = static_cast<std::uint64_t>(slice.integer(i, 0));
            VECHE_CHECK(take(seq, slice.bytes(i, 1), slice.bytes(i, 2)));
            from = seq + 1;
        }
        if (slice.count() < most || from >= to) return {};
    }
}

result<std::uint64_t> postgres_tables::next_entry() {
    const rows head = VECHE_TRY(from_.run("SELECT next FROM head WHERE id=1"));
    return head.count() == 1 ? static_cast<std::uint64_t>(head.integer(0, 0)) : 0;
}

result<bool> postgres_tables::has_tile(unsigned level, std::uint64_t index,
                                       std::string_view hashes) {
    const rows found = VECHE_TRY(
        from_.run("SELECT hashes FROM tile WHERE id=$1", parameters().add(tile_id(level, index))));
    return found.count() == 1 && found.bytes(0, 0) == hashes;
}

result<bool> postgres_tables::has_tiles(std::int64_t from, std::int64_t to) {
    const rows found =
        VECHE_TRY(from_.run("SELECT 1::int8 FROM tile WHERE id>=$1 AND id<=$2 LIMIT 1",
                            parameters().add(from).add(to)));
    return found.count() > 0;
}

result<std::optional<journal::stored_checkpoint>> postgres_tables::checkpoint_after(
    std::int64_t size) {
    if (at_ == checkpoints_.size() || size != after_) {
        const rows slice = VECHE_TRY(from_.run(
            "SELECT size,root,note FROM checkpoint WHERE size>$1 ORDER BY size LIMIT 1024",
            parameters().add(size)));
        checkpoints_.clear();
        at_ = 0;
        for (int i = 0; i < slice.count(); ++i) {
            if (slice.bytes(i, 1).size() != sizeof(hash256))
                return refuse(refusals::checkpoint_differs, {}, place());
            checkpoints_.push_back({static_cast<std::uint64_t>(slice.integer(i, 0)),
                                    journal::hash_at(slice.bytes(i, 1), 0),
                                    std::string(slice.bytes(i, 2))});
        }
    }
    if (at_ == checkpoints_.size()) return std::optional<journal::stored_checkpoint>{};
    after_ = static_cast<std::int64_t>(checkpoints_[at_].size);
    return std::optional(checkpoints_[at_++]);
}

result<bool> postgres_tables::idems(std::optional<idem_place>& after, const take_idem& take) {
    constexpr int most = 8192;
    const rows slice = VECHE_TRY(
        !after ? from_.run("SELECT actor,key,seq,sha FROM idem ORDER BY actor,key LIMIT 8192")
               : from_.run("SELECT actor,key,seq,sha FROM idem WHERE (actor,key)>($1,$2) "
                           "ORDER BY actor,key LIMIT 8192",
                           parameters().add_bytes(after->actor).add_bytes(after->key)));
    for (int i = 0; i < slice.count(); ++i)
        take(slice.bytes(i, 0), slice.bytes(i, 1), slice.integer(i, 2), slice.bytes(i, 3));
    if (slice.count() < most) return false;
    after =
        idem_place{std::string(slice.bytes(most - 1, 0)), std::string(slice.bytes(most - 1, 1))};
    return true;
}

result<std::optional<journal::stream_row>> postgres_tables::next_stream() {
    if (!streams_)
        VECHE_CHECK(
            from_.execute("DECLARE versions NO SCROLL CURSOR FOR "
                          "SELECT convert_to(stream,'UTF8'),ver,seq FROM stream "
                          "ORDER BY seq,stream"));
    if (!streams_ || next_stream_ == streams_->count()) {
        streams_ = VECHE_TRY(from_.run("FETCH 8192 FROM versions"));
        next_stream_ = 0;
    }
    if (next_stream_ == streams_->count()) return std::optional<journal::stream_row>{};
    const int row = next_stream_++;
    return std::optional<journal::stream_row>{
        {std::string(streams_->bytes(row, 0)), streams_->integer(row, 1),
         static_cast<std::uint64_t>(streams_->integer(row, 2))}};
}

}  // namespace veche::store
