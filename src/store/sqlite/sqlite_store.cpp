#include "store/sqlite/sqlite_store.hpp"

#include <algorithm>

#include "kernel/check.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/sqlite_tables.hpp"

namespace veche::store {

result<void> check_form(database& d) {
    statement s(d, "PRAGMA user_version");
    (void)VECHE_TRY(s.step());
    if (s.integer(0) != schema_form)
        return refuse(refusals::schema_unknown, {}, d.path(), std::to_string(s.integer(0)),
                      std::to_string(schema_form));
    return {};
}

struct sqlite_store::writing {
    explicit writing(database& d)
        : begin(d, "BEGIN IMMEDIATE"),
          commit(d, "COMMIT"),
          rollback(d, "ROLLBACK"),
          entry(d, "INSERT INTO entry(seq,leaf,bytes) VALUES(?1,?2,?3)"),
          tile(d, "INSERT INTO tile(id,hashes) VALUES(?1,?2)"),
          head(d, "UPDATE head SET next=?1,edge=?2,at_ms=?3 WHERE id=1 AND next=?4 AND epoch=?5"),
          idem(d, "INSERT INTO idem(actor,key,seq,sha) VALUES(?1,?2,?3,?4)"),
          stream(d, "INSERT INTO stream(stream,ver,seq) VALUES(?1,?2,?3)"),
          checkpoint(d, "INSERT INTO checkpoint(size,root,note) VALUES(?1,?2,?3)") {}
    statement begin, commit, rollback, entry, tile, head, idem, stream, checkpoint;
};

struct sqlite_store::reading {
    explicit reading(database& d)
        : range(d, "SELECT bytes,leaf FROM entry WHERE seq>=?1 AND seq<?2 ORDER BY seq"),
          entry(d, "SELECT bytes,leaf FROM entry WHERE seq=?1"),
          leaves(d, "SELECT leaf FROM entry WHERE seq>=?1 AND seq<?2 ORDER BY seq"),
          tile(d, "SELECT hashes FROM tile WHERE id=?1"),
          idem(d, "SELECT seq,sha FROM idem WHERE actor=?1 AND key=?2"),
          latest(d, "SELECT size,root,note FROM checkpoint ORDER BY size DESC LIMIT 1"),
          checkpoint(d, "SELECT 1 FROM checkpoint WHERE size>=?1 AND size<?2 LIMIT 1") {}
    statement range, entry, leaves, tile, idem, latest, checkpoint;
};

sqlite_store::sqlite_store(database write, database read)
    : write_(std::move(write)), read_(std::move(read)) {}
sqlite_store::~sqlite_store() = default;

result<void> sqlite_store::create(const std::filesystem::path& file) {
    database d = VECHE_TRY(database::open(file.string(), access::create));
    return d.execute(journal_schema);
}

result<std::unique_ptr<sqlite_store>> sqlite_store::open(const std::filesystem::path& file,
                                                         const known_entries& known) {
    database write = VECHE_TRY(database::open(file.string(), access::write));
    VECHE_CHECK(check_form(write));
    database read = VECHE_TRY(database::open(file.string(), access::read));
    std::unique_ptr<sqlite_store> made(new sqlite_store(std::move(write), std::move(read)));
    VECHE_CHECK(made->load(known));
    made->w_ = std::make_unique<writing>(made->write_);
    return made;
}

result<std::unique_ptr<later_inspection>> sqlite_store::later() const {
    if (whole_) return std::unique_ptr<later_inspection>();
    database own = VECHE_TRY(database::open(read_.path(), access::read));
    return std::make_unique<later_inspection>(std::make_unique<own_sqlite_tables>(std::move(own)),
                                              current());
}

result<journal::head> sqlite_store::end_of(database& d) {
    statement s(d, "SELECT next,epoch,edge,at_ms FROM head WHERE id=1");
    if (!VECHE_TRY(s.step()))
        return refuse(refusals::database_damaged, {}, d.path(), "its head is missing");
    const auto next = static_cast<std::uint64_t>(s.integer(0));
    auto edge = journal::frontier::from_bytes(next, s.blob(2));
    if (!edge) return refuse(refusals::tree_differs, {}, d.path());
    return journal::head{
        next, static_cast<std::uint64_t>(s.integer(1)), *std::move(edge), {s.integer(3)}};
}

result<void> sqlite_store::load(const known_entries& known) {
    end_.head = VECHE_TRY(end_of(read_));
    sqlite_tables tables(read_);
    r_ = std::make_unique<reading>(read_);
    auto end = VECHE_TRY(inspect_after(tables, end_.head, known, *this));
    whole_ = !end;
    if (whole_) end = VECHE_TRY(inspect(tables, end_.head));
    end_.tiles = *std::move(end);
    return {};
}

journal::head sqlite_store::current() const {
    const std::lock_guard lock(heading_);
    return end_.head;
}

result<void> sqlite_store::append(const journal::batch& what, std::uint64_t expected) {
    const std::lock_guard lock(writing_);
    if (failed_) return refuse(refusals::write_failed, {}, write_.path());
    if (end_.head.next != expected)
        return refuse(refusals::overtaken, {}, std::to_string(end_.head.next),
                      std::to_string(expected));
    ending next = end_;
    VECHE_CHECK(w_->begin.run());
    auto done = insert(what, next);
    if (done) done = save_head(next.head, expected);
    if (done) done = w_->commit.run();
    if (!done) {
        give_up(done.error());
        return done;
    }
    const std::lock_guard head_lock(heading_);
    end_ = std::move(next);
    return {};
}

/// What a disk that failed has kept of a commit cannot be known; only a restart, which reads
/// everything and asks the guard, may go on.
void sqlite_store::give_up(const refusal& why) {
    (void)w_->rollback.run();
    if (why.kind == &refusals::disk_failed) failed_ = true;
}

result<void> sqlite_store::insert(const journal::batch& what, ending& next) {
    const auto insert_tile = [this](unsigned level, std::uint64_t index, std::string_view hashes) {
        return w_->tile.bind(1, tile_id(level, index)).bind_blob(2, hashes).run();
    };
    for (const journal::new_entry& e : what.entries) {
        VECHE_ENSURE(e.seq == next.head.next, "entries are numbered without a gap");
        VECHE_CHECK(
            w_->entry.bind(1, e.seq).bind_blob(2, as_bytes(e.leaf)).bind_blob(3, e.bytes).run());
        ++next.head.next;
        VECHE_CHECK(next.tiles.append(next.head.edge, e.leaf, insert_tile));
    }
    for (const journal::idem_row& i : what.idems)
        VECHE_CHECK(w_->idem.bind_text(1, i.actor)
                        .bind_text(2, i.idem)
                        .bind(3, i.seq)
                        .bind_blob(4, as_bytes(i.sha))
                        .run());
    for (const journal::stream_row& s : what.streams)
        VECHE_CHECK(w_->stream.bind_text(1, s.stream).bind(2, s.ver).bind(3, s.seq).run());
    next.head.at = what.at;
    return {};
}

result<void> sqlite_store::save_head(const journal::head& next, std::uint64_t expected) {
    const std::string edge = next.edge.to_bytes();
    VECHE_CHECK(w_->head.bind(1, next.next)
                    .bind_blob(2, edge)
                    .bind(3, next.at.ms)
                    .bind(4, expected)
                    .bind(5, next.epoch)
                    .run());
    if (write_.changes() != 1)
        return refuse(refusals::overtaken, {}, "another place", std::to_string(expected));
    return {};
}

result<void> sqlite_store::read(
    std::uint64_t from, std::uint64_t to,
    const std::function<bool(std::uint64_t, std::string_view)>& take) const {
    // In slices, so that no other reader waits for a long one and no callback runs under the lock.
    constexpr std::uint64_t slice = 1024;
    std::string bytes;
    std::vector<std::size_t> ends;
    for (std::uint64_t first = from; first < to; first += slice) {
        const std::uint64_t last = std::min(first + slice, to);
        bytes.clear();
        ends.clear();
        {
            const std::lock_guard lock(reading_);
            r_->range.bind(1, first).bind(2, last);
            while (VECHE_TRY(r_->range.step())) {
                if (as_bytes(journal::leaf_hash(r_->range.blob(0))) != r_->range.blob(1)) {
                    r_->range.reset();
                    return refuse(refusals::entry_differs, {}, std::to_string(first + ends.size()));
                }
                bytes += r_->range.blob(0);
                ends.push_back(bytes.size());
            }
            r_->range.reset();
        }
        if (ends.size() != last - first)
            return refuse(refusals::not_contiguous, {}, std::to_string(first + ends.size()),
                          std::to_string(to));
        std::size_t begin = 0;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (!take(first + i, std::string_view(bytes).substr(begin, ends[i] - begin))) return {};
            begin = ends[i];
        }
    }
    return {};
}

result<std::string> sqlite_store::entry(std::uint64_t seq) const {
    const std::lock_guard lock(reading_);
    const bool found = VECHE_TRY(r_->entry.bind(1, seq).step());
    std::string bytes(found ? r_->entry.blob(0) : std::string_view{});
    const bool same = found && as_bytes(journal::leaf_hash(bytes)) == r_->entry.blob(1);
    r_->entry.reset();
    if (!found) return refuse(refusals::entry_missing, {}, std::to_string(seq));
    if (!same) return refuse(refusals::entry_differs, {}, std::to_string(seq));
    return bytes;
}

result<std::string> sqlite_store::leaves(std::uint64_t from, std::uint64_t to) const {
    const std::lock_guard lock(reading_);
    std::string out;
    r_->leaves.bind(1, from).bind(2, to);
    while (VECHE_TRY(r_->leaves.step())) out += r_->leaves.blob(0);
    r_->leaves.reset();
    if (out.size() != (to - from) * 32)
        return refuse(refusals::entry_missing, {}, std::to_string(to - 1));
    return out;
}

result<std::string> sqlite_store::tile(unsigned level, std::uint64_t index) const {
    const std::lock_guard lock(reading_);
    const bool found = VECHE_TRY(r_->tile.bind(1, tile_id(level, index)).step());
    std::string out(found ? r_->tile.blob(0) : std::string_view{});
    r_->tile.reset();
    if (!found) return refuse(refusals::tile_missing, {}, std::to_string(index));
    return out;
}

result<std::optional<journal::idem_hit>> sqlite_store::find_idem(std::string_view actor,
                                                                 std::string_view idem) const {
    const std::lock_guard lock(reading_);
    std::optional<journal::idem_hit> hit;
    if (VECHE_TRY(r_->idem.bind_text(1, actor).bind_text(2, idem).step()))
        hit = {static_cast<std::uint64_t>(r_->idem.integer(0)),
               journal::hash_at(r_->idem.blob(1), 0)};
    r_->idem.reset();
    return hit;
}

result<void> sqlite_store::put_checkpoint(const journal::stored_checkpoint& c) {
    const std::lock_guard lock(writing_);
    if (failed_) return refuse(refusals::write_failed, {}, write_.path());
    auto done =
        w_->checkpoint.bind(1, c.size).bind_blob(2, as_bytes(c.root)).bind_text(3, c.note).run();
    if (!done) give_up(done.error());
    return done;
}

std::optional<journal::stored_checkpoint> sqlite_store::latest_checkpoint() const {
    const std::lock_guard lock(reading_);
    const auto found = r_->latest.step();
    std::optional<journal::stored_checkpoint> c;
    if (found && *found)
        c = {static_cast<std::uint64_t>(r_->latest.integer(0)),
             journal::hash_at(r_->latest.blob(1), 0), std::string(r_->latest.text(2))};
    r_->latest.reset();
    return c;
}

bool sqlite_store::has_checkpoint(std::uint64_t from, std::uint64_t to) const {
    const std::lock_guard lock(reading_);
    const auto found = r_->checkpoint.bind(1, from).bind(2, to).step();
    r_->checkpoint.reset();
    return found && *found;
}

}  // namespace veche::store
