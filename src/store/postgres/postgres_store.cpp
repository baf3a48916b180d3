#include "store/postgres/postgres_store.hpp"

#include <algorithm>

#include "journal/refusal.hpp"
#include "kernel/check.hpp"
#include "store/form.hpp"
#include "store/postgres/postgres_tables.hpp"
#include "store/postgres/schema.hpp"
#include "store/refusal.hpp"

namespace veche::store {
namespace {

constexpr std::uint64_t slice = 1024;  // entries that are fetched at once

constexpr std::int64_t retired = -1;  // the epoch of a journal that was moved away

std::int64_t signed_of(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

result<journal::head> head_in(const rows& given, const std::string& place) {
    if (given.count() != 1)
        return refuse(refusals::database_damaged, {}, place, "its head is missing");
    if (given.integer(0, 1) == retired) return refuse(refusals::moved, {}, place);
    const auto next = static_cast<std::uint64_t>(given.integer(0, 0));
    auto edge = journal::frontier::from_bytes(next, given.bytes(0, 2));
    if (!edge) return refuse(refusals::tree_differs, {}, place);
    return journal::head{next,
                         static_cast<std::uint64_t>(given.integer(0, 1)),
                         *std::move(edge),
                         {given.integer(0, 3)}};
}

constexpr const char* read_head = "SELECT next,epoch,edge,at_ms FROM head WHERE id=1";

}  // namespace

bool postgres_store::is_url(std::string_view text) {
    return text.starts_with("postgres://") || text.starts_with("postgresql://");
}

result<void> postgres_store::create(const std::string& url) {
    session s = VECHE_TRY(session::open(url));
    const rows there = VECHE_TRY(s.run(
        "SELECT count(*) FROM information_schema.tables WHERE table_schema=current_schema() AND "
        "table_name IN ('form','entry','head')"));
    if (there.integer(0, 0) > 0) return refuse(refusals::folder_taken, {}, s.place());
    return s.execute(postgres_schema);
}

result<std::unique_ptr<postgres_store>> postgres_store::open(const std::string& url) {
    session write = VECHE_TRY(session::open(url));
    session read = VECHE_TRY(session::open(url));
    std::unique_ptr<postgres_store> made(new postgres_store(std::move(write), std::move(read)));
    VECHE_CHECK(made->load());
    VECHE_CHECK(confirm(made->write_));
    return made;
}

result<void> postgres_store::retire(const std::string& url, std::uint64_t size) {
    session s = VECHE_TRY(session::open(url));
    const rows done =
        VECHE_TRY(s.run("UPDATE head SET epoch=-1 WHERE id=1 AND next=$1", parameters().add(size)));
    if (done.changed() != 1)
        return refuse(refusals::overtaken, {}, "another place", std::to_string(size));
    return {};
}

result<void> postgres_store::load() {
    VECHE_CHECK(read_.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
    const auto form = read_.run("SELECT number FROM form WHERE id=1");
    if (!form || form->count() != 1) return refuse(refusals::folder_missing, {}, read_.place());
    if (form->integer(0, 0) != schema_form)
        return refuse(refusals::schema_unknown, {}, read_.place(),
                      std::to_string(form->integer(0, 0)), std::to_string(schema_form));
    end_.head = VECHE_TRY(head_in(VECHE_TRY(read_.run(read_head)), read_.place()));
    postgres_tables tables(read_);
    end_.tiles = VECHE_TRY(inspect(tables, end_.head));
    return read_.execute("COMMIT");
}

journal::head postgres_store::current() const {
    const std::lock_guard lock(heading_);
    return end_.head;
}

/// A statement of the reading connection, once more where it had been lost.
result<rows> postgres_store::ask(const char* sql, const parameters& with) const {
    const std::lock_guard lock(reading_);
    auto given = read_.run(sql, with);
    if (given || !read_.lost()) return given;
    VECHE_CHECK(read_.restore());
    VECHE_CHECK(confirm(read_));
    return read_.run(sql, with);
}

/// Waits until the standbys have all that a connection which was just made may show. A server that
/// came up again shows what is on its own disk, even where a standby had not confirmed it: built
/// upon, or answered from, it could still be lost. Any transaction that writes waits for all before
/// it; this one's row is no other's, so whoever holds the head can commit it as well.
result<void> postgres_store::confirm(session& with) {
    VECHE_CHECK(with.run("UPDATE form SET number=number WHERE id=1"));
    return {};
}

/// Takes in the leaves up to `to`, which must give its edge. A journal that ends before what this
/// program has seen of it has lost what was acknowledged.
result<void> postgres_store::follow(const journal::head& to) {
    const std::lock_guard lock(following_);
    ending next = end_;
    if (to.next < next.head.next)
        return refuse(journal::refusals::entries_lost, {}, std::to_string(next.head.next),
                      std::to_string(to.next));
    const auto known = [](unsigned, std::uint64_t, std::string_view) { return result<void>{}; };
    while (next.head.next < to.next) {
        const std::uint64_t end = std::min(next.head.next + slice, to.next);
        const std::string hashes = VECHE_TRY(leaves(next.head.next, end));
        for (std::size_t i = 0; i < end - next.head.next; ++i) {
            const hash256 leaf = journal::hash_at(hashes, i);
            next.head.edge.append(leaf);
            VECHE_CHECK(next.tiles.append(leaf, known));
        }
        next.head.next = end;
    }
    if (next.head.edge.to_bytes() != to.edge.to_bytes())
        return refuse(refusals::tree_differs, {}, read_.place());
    next.head = to;
    const std::lock_guard head_lock(heading_);
    end_ = std::move(next);
    return {};
}

result<journal::head> postgres_store::catch_up() {
    // Only what was known before is asked of it: this program's own appends may overtake the
    // answer.
    const std::uint64_t known = current().next;
    const journal::head to = VECHE_TRY(head_in(VECHE_TRY(ask(read_head)), read_.place()));
    if (to.next < known)
        return refuse(journal::refusals::entries_lost, {}, std::to_string(known),
                      std::to_string(to.next));
    if (to.next > current().next) {
        const std::lock_guard lock(writing_);
        if (!held_ && to.next > current().next) VECHE_CHECK(follow(to));
    }
    return current();
}

result<journal::head> postgres_store::hold() {
    const std::lock_guard lock(writing_);
    if (held_) return current();
    if (write_.lost()) {
        VECHE_CHECK(write_.restore());
        VECHE_CHECK(confirm(write_));
    }
    VECHE_CHECK(write_.execute("BEGIN"));
    held_ = true;
    const auto locked = [&]() -> result<void> {
        const rows given =
            VECHE_TRY(write_.run("SELECT next,epoch,edge,at_ms FROM head WHERE id=1 FOR UPDATE"));
        return follow(VECHE_TRY(head_in(given, write_.place())));
    }();
    if (locked) return current();
    (void)write_.execute("ROLLBACK");
    held_ = false;
    return tl::unexpected(locked.error());
}

void postgres_store::release() {
    const std::lock_guard lock(writing_);
    if (held_) (void)write_.execute("ROLLBACK");
    held_ = false;
}

result<void> postgres_store::append(const journal::batch& what, std::uint64_t expected) {
    const journal::head now = VECHE_TRY(hold());
    const std::lock_guard lock(writing_);
    const auto written = [&]() -> result<ending> {
        if (now.next != expected)
            return refuse(refusals::overtaken, {}, std::to_string(now.next),
                          std::to_string(expected));
        ending next = end_;
        VECHE_CHECK(insert(what, next));
        VECHE_CHECK(save_head(next.head, expected));
        VECHE_CHECK(write_.execute("COMMIT"));
        return next;
    }();
    held_ = false;
    if (!written) {
        (void)write_.execute("ROLLBACK");
        return tl::unexpected(written.error());
    }
    const std::lock_guard follow_lock(following_);
    const std::lock_guard head_lock(heading_);
    end_ = *written;
    return {};
}

result<void> postgres_store::insert(const journal::batch& what, ending& next) {
    const auto insert_tile = [&](unsigned level, std::uint64_t index,
                                 std::string_view full) -> result<void> {
        VECHE_CHECK(write_.run("INSERT INTO tile(id,hashes) VALUES($1,$2)",
                               parameters().add(tile_id(level, index)).add_bytes(full)));
        return {};
    };
    std::vector<std::int64_t> numbers;
    std::vector<std::string_view> hashes, bytes;
    for (const journal::new_entry& e : what.entries) {
        VECHE_ENSURE(e.seq == next.head.next, "entries are numbered without a gap");
        numbers.push_back(signed_of(e.seq));
        hashes.push_back(as_bytes(e.leaf));
        bytes.push_back(e.bytes);
        next.head.edge.append(e.leaf);
        ++next.head.next;
        VECHE_CHECK(next.tiles.append(e.leaf, insert_tile));
    }
    next.head.at = what.at;
    VECHE_CHECK(
        write_.run("INSERT INTO entry(seq,leaf,bytes) "
                   "SELECT * FROM unnest($1::int8[],$2::bytea[],$3::bytea[])",
                   parameters().add_all(numbers).add_all_bytes(hashes).add_all_bytes(bytes)));
    VECHE_CHECK(insert_idems(what.idems));
    return insert_streams(what.streams);
}

result<void> postgres_store::insert_idems(const std::vector<journal::idem_row>& all) {
    if (all.empty()) return {};
    std::vector<std::int64_t> numbers;
    std::vector<std::string_view> actors, keys, hashes;
    for (const journal::idem_row& one : all) {
        actors.push_back(one.actor);
        keys.push_back(one.idem);
        numbers.push_back(signed_of(one.seq));
        hashes.push_back(as_bytes(one.sha));
    }
    parameters with;
    with.add_all_bytes(actors).add_all_bytes(keys).add_all(numbers).add_all_bytes(hashes);
    VECHE_CHECK(
        write_.run("INSERT INTO idem(actor,key,seq,sha) "
                   "SELECT * FROM unnest($1::bytea[],$2::bytea[],$3::int8[],$4::bytea[])",
                   with));
    return {};
}

result<void> postgres_store::insert_streams(const std::vector<journal::stream_row>& all) {
    if (all.empty()) return {};
    std::vector<std::int64_t> versions, numbers;
    std::vector<std::string_view> names;
    for (const journal::stream_row& one : all) {
        names.push_back(one.stream);
        versions.push_back(one.ver);
        numbers.push_back(signed_of(one.seq));
    }
    VECHE_CHECK(
        write_.run("INSERT INTO stream(stream,ver,seq) SELECT convert_from(n,'UTF8'),v,s "
                   "FROM unnest($1::bytea[],$2::int8[],$3::int8[]) AS t(n,v,s)",
                   parameters().add_all_bytes(names).add_all(versions).add_all(numbers)));
    return {};
}

result<void> postgres_store::save_head(const journal::head& next, std::uint64_t expected) {
    const rows done = VECHE_TRY(
        write_.run("UPDATE head SET next=$1,edge=$2,at_ms=$3 WHERE id=1 AND next=$4 AND epoch=$5",
                   parameters()
                       .add(next.next)
                       .add_bytes(next.edge.to_bytes())
                       .add(next.at.ms)
                       .add(expected)
                       .add(next.epoch)));
    if (done.changed() != 1)
        return refuse(refusals::overtaken, {}, "another place", std::to_string(expected));
    return {};
}

result<void> postgres_store::read(
    std::uint64_t from, std::uint64_t to,
    const std::function<bool(std::uint64_t, std::string_view)>& take) const {
    for (std::uint64_t first = from; first < to; first += slice) {
        const std::uint64_t last = std::min(first + slice, to);
        const rows given =
            VECHE_TRY(ask("SELECT bytes,leaf FROM entry WHERE seq>=$1 AND seq<$2 ORDER BY seq",
                          parameters().add(first).add(last)));
        const auto count = static_cast<std::uint64_t>(given.count());
        for (std::uint64_t i = 0; i < count; ++i) {
            const int row = static_cast<int>(i);
            if (as_bytes(journal::leaf_hash(given.bytes(row, 0))) != given.bytes(row, 1))
                return refuse(refusals::entry_differs, {}, std::to_string(first + i));
        }
        if (count != last - first)
            return refuse(refusals::not_contiguous, {}, std::to_string(first + count),
                          std::to_string(to));
        for (std::uint64_t i = 0; i < count; ++i)
            if (!take(first + i, given.bytes(static_cast<int>(i), 0))) return {};
    }
    return {};
}

result<std::string> postgres_store::entry(std::uint64_t seq) const {
    const rows given =
        VECHE_TRY(ask("SELECT bytes,leaf FROM entry WHERE seq=$1", parameters().add(seq)));
    if (given.count() == 0) return refuse(refusals::entry_missing, {}, std::to_string(seq));
    if (as_bytes(journal::leaf_hash(given.bytes(0, 0))) != given.bytes(0, 1))
        return refuse(refusals::entry_differs, {}, std::to_string(seq));
    return std::string(given.bytes(0, 0));
}

result<std::string> postgres_store::leaves(std::uint64_t from, std::uint64_t to) const {
    const rows given = VECHE_TRY(ask("SELECT leaf FROM entry WHERE seq>=$1 AND seq<$2 ORDER BY seq",
                                     parameters().add(from).add(to)));
    std::string out;
    for (int i = 0; i < given.count(); ++i) out += given.bytes(i, 0);
    if (out.size() != (to - from) * sizeof(hash256))
        return refuse(refusals::entry_missing, {}, std::to_string(to - 1));
    return out;
}

result<std::string> postgres_store::tile(unsigned level, std::uint64_t index) const {
    const rows given = VECHE_TRY(
        ask("SELECT hashes FROM tile WHERE id=$1", parameters().add(tile_id(level, index))));
    if (given.count() == 0) return refuse(refusals::tile_missing, {}, std::to_string(index));
    return std::string(given.bytes(0, 0));
}

result<std::optional<journal::idem_hit>> postgres_store::find_idem(std::string_view actor,
                                                                   std::string_view idem) const {
    const rows given = VECHE_TRY(ask("SELECT seq,sha FROM idem WHERE actor=$1 AND key=$2",
                                     parameters().add_bytes(actor).add_bytes(idem)));
    if (given.count() == 0) return std::optional<journal::idem_hit>{};
    return std::optional<journal::idem_hit>{
        {static_cast<std::uint64_t>(given.integer(0, 0)), journal::hash_at(given.bytes(0, 1), 0)}};
}

result<void> postgres_store::put_checkpoint(const journal::stored_checkpoint& c) {
    // Only beside as many entries: a server that took over meanwhile may have fewer.
    VECHE_CHECK(ask("INSERT INTO checkpoint(size,root,note) SELECT $1::int8,$2::bytea,$3::text "
                    "FROM head WHERE id=1 AND next>=$1::int8",
                    parameters().add(c.size).add_bytes(as_bytes(c.root)).add_bytes(c.note)));
    return {};
}

std::optional<journal::stored_checkpoint> postgres_store::latest_checkpoint() const {
    const auto given = ask("SELECT size,root,note FROM checkpoint ORDER BY size DESC LIMIT 1");
    if (!given || given->count() == 0) return std::nullopt;
    return journal::stored_checkpoint{static_cast<std::uint64_t>(given->integer(0, 0)),
                                      journal::hash_at(given->bytes(0, 1), 0),
                                      std::string(given->bytes(0, 2))};
}

bool postgres_store::has_checkpoint(std::uint64_t from, std::uint64_t to) const {
    const auto given = ask("SELECT 1::int8 FROM checkpoint WHERE size>=$1 AND size<$2 LIMIT 1",
                           parameters().add(from).add(to));
    return given && given->count() == 1;
}

}  // namespace veche::store
