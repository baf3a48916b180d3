#include "store/sqlite/sqlite_store.hpp"

#include <algorithm>

#include "journal/tiles.hpp"
#include "kernel/check.hpp"
#include "store/refusal.hpp"

namespace veche::store {
namespace {

using journal::tile_width;

constexpr std::int64_t schema_form = 1;

constexpr const char* schema = R"(
BEGIN;
CREATE TABLE entry(seq INTEGER PRIMARY KEY CHECK(seq>=0), leaf BLOB NOT NULL CHECK(length(leaf)=32),
  bytes BLOB NOT NULL CHECK(length(bytes) BETWEEN 1 AND 65535)) STRICT;
CREATE TABLE tile(id INTEGER PRIMARY KEY, hashes BLOB NOT NULL CHECK(length(hashes)=8192)) STRICT;
CREATE TABLE head(id INTEGER PRIMARY KEY CHECK(id=1), next INTEGER NOT NULL, epoch INTEGER NOT NULL,
  edge BLOB NOT NULL, at_ms INTEGER NOT NULL) STRICT;
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, root BLOB NOT NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE idem(actor TEXT, key TEXT, seq INTEGER NOT NULL, sha BLOB NOT NULL,
  PRIMARY KEY(actor,key)) STRICT, WITHOUT ROWID;
CREATE TABLE stream(stream TEXT, ver INTEGER, seq INTEGER NOT NULL,
  PRIMARY KEY(stream,ver)) STRICT, WITHOUT ROWID;
CREATE TRIGGER entry_u BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT,'append-only'); END;
CREATE TRIGGER entry_d BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT,'append-only'); END;
CREATE TRIGGER tile_u BEFORE UPDATE ON tile BEGIN SELECT RAISE(ABORT,'append-only'); END;
CREATE TRIGGER tile_d BEFORE DELETE ON tile BEGIN SELECT RAISE(ABORT,'append-only'); END;
INSERT INTO head VALUES(1,0,0,x'',0);
PRAGMA user_version=1;
COMMIT;
)";

std::int64_t tile_id(unsigned level, std::uint64_t index) {
    return static_cast<std::int64_t>(std::uint64_t{level} << 56 | index);
}

hash256 hash_of(std::string_view bytes) {
    hash256 h{};
    std::copy_n(bytes.begin(), std::min<std::size_t>(32, bytes.size()),
                reinterpret_cast<char*>(h.data()));
    return h;
}

result<void> check_form(database& d) {
    statement s(d, "PRAGMA user_version");
    (void)VECHE_TRY(s.step());
    if (s.integer(0) != schema_form)
        return refuse(refusals::schema_unknown, {}, d.path(), std::to_string(s.integer(0)),
                      std::to_string(schema_form));
    return {};
}

}  // namespace

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
          checkpoint(d, "INSERT INTO checkpoint(size,root,note) VALUES(?1,?2,?3)"),
          leaves(d, "SELECT leaf FROM entry WHERE seq>=?1 AND seq<?2 ORDER BY seq"),
          hashes(d, "SELECT hashes FROM tile WHERE id=?1") {}
    statement begin, commit, rollback, entry, tile, head, idem, stream, checkpoint, leaves, hashes;
};

struct sqlite_store::reading {
    explicit reading(database& d)
        : range(d, "SELECT seq,bytes FROM entry WHERE seq>=?1 AND seq<?2 ORDER BY seq"),
          entry(d, "SELECT bytes,leaf FROM entry WHERE seq=?1"),
          leaves(d, "SELECT leaf FROM entry WHERE seq>=?1 AND seq<?2 ORDER BY seq"),
          tile(d, "SELECT hashes FROM tile WHERE id=?1"),
          idem(d, "SELECT seq,sha FROM idem WHERE actor=?1 AND key=?2"),
          latest(d, "SELECT size,root,note FROM checkpoint ORDER BY size DESC LIMIT 1"),
          checkpoint(d, "SELECT 1 FROM checkpoint WHERE size=?1") {}
    statement range, entry, leaves, tile, idem, latest, checkpoint;
};

sqlite_store::sqlite_store(database write, database read)
    : write_(std::move(write)), read_(std::move(read)) {}
sqlite_store::~sqlite_store() = default;

result<void> sqlite_store::create(const std::filesystem::path& file) {
    database d = VECHE_TRY(database::open(file.string(), access::create));
    return d.execute(schema);
}

result<std::unique_ptr<sqlite_store>> sqlite_store::open(const std::filesystem::path& file) {
    database write = VECHE_TRY(database::open(file.string(), access::write));
    VECHE_CHECK(check_form(write));
    // One program writes: it holds this lock for as long as it lives, and readers do not mind.
    database read = VECHE_TRY(database::open(file.string(), access::read));
    std::unique_ptr<sqlite_store> made(new sqlite_store(std::move(write), std::move(read)));
    made->w_ = std::make_unique<writing>(made->write_);
    made->r_ = std::make_unique<reading>(made->read_);
    VECHE_CHECK(made->load());
    VECHE_CHECK(made->check_tree());
    return made;
}

result<void> sqlite_store::load() {
    statement s(write_, "SELECT next,epoch,edge,at_ms FROM head WHERE id=1");
    if (!VECHE_TRY(s.step()))
        return refuse(refusals::database_damaged, {}, write_.path(), "its head is missing");
    const auto next = static_cast<std::uint64_t>(s.integer(0));
    auto edge = journal::frontier::from_bytes(next, s.blob(2));
    if (!edge) return refuse(refusals::tree_differs, {}, write_.path());
    head_ = {next, static_cast<std::uint64_t>(s.integer(1)), *std::move(edge), {s.integer(3)}};
    statement count(write_, "SELECT count(*),coalesce(max(seq)+1,0) FROM entry");
    (void)VECHE_TRY(count.step());
    const auto have = static_cast<std::uint64_t>(count.integer(0));
    if (have != next || static_cast<std::uint64_t>(count.integer(1)) != next)
        return refuse(refusals::not_contiguous, {}, std::to_string(have), std::to_string(next));
    return {};
}

/// The stored leaves must give the stored edge: a lost or changed row is seen before anything is
/// added.
result<void> sqlite_store::check_tree() const {
    statement s(const_cast<database&>(read_), "SELECT leaf FROM entry ORDER BY seq");
    journal::frontier grown;
    while (VECHE_TRY(s.step())) grown.append(hash_of(s.blob(0)));
    if (grown.size() != head_.next || grown.root() != head_.edge.root())
        return refuse(refusals::tree_differs, {}, read_.path());
    return {};
}

journal::head sqlite_store::current() const {
    const std::lock_guard lock(heading_);
    return head_;
}

result<void> sqlite_store::append(const journal::batch& what, std::uint64_t expected) {
    const std::lock_guard lock(writing_);
    journal::head next = current();
    if (next.next != expected)
        return refuse(refusals::overtaken, {}, std::to_string(next.next), std::to_string(expected));
    VECHE_CHECK(w_->begin.run());
    auto done = insert(what, next);
    if (done) done = save_head(next, expected);
    if (done) done = w_->commit.run();
    if (!done) {
        (void)w_->rollback.run();
        return done;
    }
    const std::lock_guard head_lock(heading_);
    head_ = std::move(next);
    return {};
}

result<void> sqlite_store::insert(const journal::batch& what, journal::head& next) {
    for (const journal::new_entry& e : what.entries) {
        VECHE_ENSURE(e.seq == next.next, "entries are numbered without a gap");
        VECHE_CHECK(
            w_->entry.bind(1, e.seq).bind_blob(2, as_bytes(e.leaf)).bind_blob(3, e.bytes).run());
        next.edge.append(e.leaf);
        ++next.next;
        if (next.next % tile_width == 0) VECHE_CHECK(insert_tiles(next, e.seq));
    }
    for (const journal::idem_row& i : what.idems)
        VECHE_CHECK(w_->idem.bind_text(1, i.actor)
                        .bind_text(2, i.idem)
                        .bind(3, i.seq)
                        .bind_blob(4, as_bytes(i.sha))
                        .run());
    for (const journal::stream_row& s : what.streams)
        VECHE_CHECK(w_->stream.bind_text(1, s.stream).bind(2, s.ver).bind(3, s.seq).run());
    next.at = what.at;
    return {};
}

/// The tiles that the entry just added has filled, level by level.
result<void> sqlite_store::insert_tiles(journal::head& next, std::uint64_t) {
    std::uint64_t filled = next.next;
    std::string row;
    for (unsigned level = 0; filled % tile_width == 0; ++level) {
        filled /= tile_width;
        const std::uint64_t index = filled - 1;
        row.clear();
        if (level == 0) {
            w_->leaves.bind(1, index * tile_width).bind(2, (index + 1) * tile_width);
            while (VECHE_TRY(w_->leaves.step())) row += w_->leaves.blob(0);
            w_->leaves.reset();
        } else {
            for (std::uint64_t i = index * tile_width; i < (index + 1) * tile_width; ++i) {
                w_->hashes.bind(1, tile_id(level - 1, i));
                if (!VECHE_TRY(w_->hashes.step()))
                    return refuse(refusals::tree_differs, {}, write_.path());
                journal::frontier below;
                const std::string_view hashes = w_->hashes.blob(0);
                for (std::size_t k = 0; k < tile_width; ++k)
                    below.append(hash_of(hashes.substr(k * 32, 32)));
                w_->hashes.reset();
                row += as_bytes(below.root());
            }
        }
        VECHE_CHECK(w_->tile.bind(1, tile_id(level, index)).bind_blob(2, row).run());
    }
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
    if (sqlite3_changes(write_.handle()) != 1)
        return refuse(refusals::overtaken, {}, "another place", std::to_string(expected));
    return {};
}

result<void> sqlite_store::read(
    std::uint64_t from, std::uint64_t to,
    const std::function<bool(std::uint64_t, std::string_view)>& take) const {
    // In slices, so that no other reader waits for a long one and no callback runs under the lock.
    constexpr std::uint64_t slice = 1024;
    for (std::uint64_t first = from; first < to; first += slice) {
        std::vector<std::pair<std::uint64_t, std::string>> rows;
        {
            const std::lock_guard lock(reading_);
            r_->range.bind(1, first).bind(2, std::min(first + slice, to));
            while (VECHE_TRY(r_->range.step()))
                rows.emplace_back(r_->range.integer(0), r_->range.blob(1));
            r_->range.reset();
        }
        if (rows.size() != std::min(slice, to - first))
            return refuse(refusals::not_contiguous, {}, std::to_string(first + rows.size()),
                          std::to_string(to));
        for (const auto& [seq, bytes] : rows)
            if (!take(seq, bytes)) return {};
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
    if (!found) return refuse(refusals::entry_missing, {}, "tile " + std::to_string(index));
    return out;
}

std::optional<journal::idem_hit> sqlite_store::find_idem(std::string_view actor,
                                                         std::string_view idem) const {
    const std::lock_guard lock(reading_);
    const auto found = r_->idem.bind_text(1, actor).bind_text(2, idem).step();
    std::optional<journal::idem_hit> hit;
    if (found && *found)
        hit = {static_cast<std::uint64_t>(r_->idem.integer(0)), hash_of(r_->idem.blob(1))};
    r_->idem.reset();
    return hit;
}

result<void> sqlite_store::put_checkpoint(const journal::stored_checkpoint& c) {
    const std::lock_guard lock(writing_);
    return w_->checkpoint.bind(1, c.size).bind_blob(2, as_bytes(c.root)).bind_text(3, c.note).run();
}

std::optional<journal::stored_checkpoint> sqlite_store::latest_checkpoint() const {
    const std::lock_guard lock(reading_);
    const auto found = r_->latest.step();
    std::optional<journal::stored_checkpoint> c;
    if (found && *found)
        c = {static_cast<std::uint64_t>(r_->latest.integer(0)), hash_of(r_->latest.blob(1)),
             std::string(r_->latest.text(2))};
    r_->latest.reset();
    return c;
}

bool sqlite_store::has_checkpoint(std::uint64_t size) const {
    const std::lock_guard lock(reading_);
    const auto found = r_->checkpoint.bind(1, size).step();
    r_->checkpoint.reset();
    return found && *found;
}

// --- The guard
// ------------------------------------------------------------------------------------

result<void> sqlite_guard::create(const std::filesystem::path& file, const std::string& origin) {
    database d = VECHE_TRY(database::open(file.string(), access::create));
    VECHE_CHECK(
        d.execute("CREATE TABLE guard(log TEXT PRIMARY KEY, size INTEGER NOT NULL, "
                  "root BLOB NOT NULL, note TEXT NOT NULL) STRICT; PRAGMA user_version=1;"));
    const hash256 empty = sha256("");
    statement s(d, "INSERT INTO guard VALUES(?1,0,?2,'')");
    return s.bind_text(1, origin).bind_blob(2, as_bytes(empty)).run();
}

result<std::unique_ptr<sqlite_guard>> sqlite_guard::open(const std::filesystem::path& file) {
    database d = VECHE_TRY(database::open(file.string(), access::write));
    VECHE_CHECK(check_form(d));
    return std::unique_ptr<sqlite_guard>(new sqlite_guard(std::move(d)));
}

result<std::string> sqlite_guard::origin() const {
    const std::lock_guard lock(mutex_);
    statement s(file_, "SELECT log FROM guard");
    if (!VECHE_TRY(s.step()))
        return refuse(refusals::database_damaged, {}, file_.path(), "it is empty");
    return std::string(s.text(0));
}

result<journal::stored_checkpoint> sqlite_guard::last() const {
    const std::lock_guard lock(mutex_);
    statement s(file_, "SELECT size,root,note FROM guard");
    if (!VECHE_TRY(s.step()))
        return refuse(refusals::database_damaged, {}, file_.path(), "it is empty");
    return journal::stored_checkpoint{static_cast<std::uint64_t>(s.integer(0)), hash_of(s.blob(1)),
                                      std::string(s.text(2))};
}

result<void> sqlite_guard::advance(std::uint64_t expected, const journal::stored_checkpoint& to) {
    const std::lock_guard lock(mutex_);
    statement s(file_, "UPDATE guard SET size=?1,root=?2,note=?3 WHERE size=?4");
    VECHE_CHECK(s.bind(1, to.size)
                    .bind_blob(2, as_bytes(to.root))
                    .bind_text(3, to.note)
                    .bind(4, expected)
                    .run());
    if (sqlite3_changes(file_.handle()) != 1)
        return refuse(refusals::overtaken, {}, "another place", std::to_string(expected));
    return {};
}

}  // namespace veche::store
