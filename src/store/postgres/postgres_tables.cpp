#include "store/postgres/postgres_tables.hpp"

#include "store/form.hpp"
#include "store/refusal.hpp"

namespace veche::store {

result<void> postgres_tables::entries(const take_entry& take) {
    for (std::int64_t after = -1;;) {
        const rows slice = VECHE_TRY(
            from_.run("SELECT seq,leaf,bytes FROM entry WHERE seq>$1 ORDER BY seq LIMIT 4096",
                      parameters().add(after)));
        if (slice.count() == 0) return {};
        for (int i = 0; i < slice.count(); ++i) {
            after = slice.integer(i, 0);
            VECHE_CHECK(
                take(static_cast<std::uint64_t>(after), slice.bytes(i, 1), slice.bytes(i, 2)));
        }
    }
}

result<bool> postgres_tables::has_tile(unsigned level, std::uint64_t index,
                                       std::string_view hashes) {
    const rows found = VECHE_TRY(
        from_.run("SELECT hashes FROM tile WHERE id=$1", parameters().add(tile_id(level, index))));
    return found.count() == 1 && found.bytes(0, 0) == hashes;
}

result<std::uint64_t> postgres_tables::tile_count() {
    const rows found = VECHE_TRY(from_.run("SELECT count(*) FROM tile"));
    return static_cast<std::uint64_t>(found.integer(0, 0));
}

result<std::optional<journal::stored_checkpoint>> postgres_tables::next_checkpoint() {
    if (at_ == checkpoints_.size()) {
        const rows slice = VECHE_TRY(from_.run(
            "SELECT size,root,note FROM checkpoint WHERE size>$1 ORDER BY size LIMIT 1024",
            parameters().add(after_)));
        checkpoints_.clear();
        at_ = 0;
        for (int i = 0; i < slice.count(); ++i) {
            after_ = slice.integer(i, 0);
            if (slice.bytes(i, 1).size() != sizeof(hash256))
                return refuse(refusals::checkpoint_differs, {}, place());
            checkpoints_.push_back({static_cast<std::uint64_t>(after_),
                                    journal::hash_at(slice.bytes(i, 1), 0),
                                    std::string(slice.bytes(i, 2))});
        }
    }
    if (at_ == checkpoints_.size()) return std::optional<journal::stored_checkpoint>{};
    return std::optional(checkpoints_[at_++]);
}

result<void> postgres_tables::idems(const take_idem& take) {
    std::string actor, key;
    for (bool first = true;; first = false) {
        const rows slice = VECHE_TRY(
            first ? from_.run("SELECT actor,key,seq,sha FROM idem ORDER BY actor,key LIMIT 8192")
                  : from_.run("SELECT actor,key,seq,sha FROM idem WHERE (actor,key)>($1,$2) "
                              "ORDER BY actor,key LIMIT 8192",
                              parameters().add_bytes(actor).add_bytes(key)));
        if (slice.count() == 0) return {};
        for (int i = 0; i < slice.count(); ++i) {
            actor = slice.bytes(i, 0);
            key = slice.bytes(i, 1);
            take(actor, key, slice.integer(i, 2), slice.bytes(i, 3));
        }
    }
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
