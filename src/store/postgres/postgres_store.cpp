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

session::call idem_call(const std::vector<journal::idem_row>& all) {
    std::vector<std::int64_t> numbers;
    std::vector<std::string_view> actors, keys, hashes;
    for (const journal::idem_row& one : all) {
        actors.push_back(one.actor);
        keys.push_back(one.idem);
        numbers.push_back(signed_of(one.seq));
        hashes.push_back(as_bytes(one.sha));
    }
    session::call out{
        "INSERT INTO idem(actor,key,seq,sha) "
        "SELECT * FROM unnest($1::bytea[],$2::bytea[],$3::int8[],$4::bytea[])",
        {}};
    out.with.add_all_bytes(actors).add_all_bytes(keys).add_all(numbers).add_all_bytes(hashes);
    return out;
}

session::call stream_call(const std::vector<journal::stream_row>& all) {
    std::vector<std::int64_t> versions, numbers;
    std::vector<std::string_view> names;
    for (const journal::stream_row& one : all) {
        names.push_back(one.stream);
        versions.push_back(one.ver);
        numbers.push_back(signed_of(one.seq));
    }
    session::call out{
        "INSERT INTO stream(stream,ver,seq) SELECT convert_from(n,'UTF8'),v,s "
        "FROM unnest($1::bytea[],$2::int8[],$3::int8[]) AS t(n,v,s)",
        {}};
    out.with.add_all_bytes(names).add_all(versions).add_all(numbers);
    return out;
}

/// Others stand where this program has seen its entries: what had been acknowledged was lost, and
/// the journal went on without it.
tl::unexpected<refusal> other_history(std::uint64_t seen) {
    return refuse(journal::refusals::history_differs, {}, std::to_string(seen));
}

}  // namespace

bool postgres_store::is_url(std::string_view text) {
    return text.starts_with("postgres://") || text.starts_with("postgresql://");
}

result<void> postgres_store::create(const std::string& url) {
    session s = VECHE_TRY(session::open(url));
    if (VECHE_TRY(exists(s))) return refuse(refusals::folder_taken, {}, s.place());
    return s.execute(postgres_schema);
}

result<bool> postgres_store::exists(session& s) {
    const rows there = VECHE_TRY(s.run(
        "SELECT count(*) FROM information_schema.tables WHERE table_schema=current_schema() AND "
        "table_name IN ('form','entry','head')"));
    return there.integer(0, 0) > 0;
}

result<void> postgres_store::hide(const std::string& url) {
    session s = VECHE_TRY(session::open(url));
    return s.execute("DELETE FROM form");
}

result<void> postgres_store::show(const std::string& url) {
    session s = VECHE_TRY(session::open(url));
    VECHE_CHECK(s.run("INSERT INTO form(id,number) VALUES(1,$1)", parameters().add(schema_form)));
    return {};
}

result<std::unique_ptr<postgres_store>> postgres_store::open(const std::string& url,
                                                             const known_entries& known) {
    session write = VECHE_TRY(session::open(url));
    session read = VECHE_TRY(session::open(url));
    std::unique_ptr<postgres_store> made(new postgres_store(std::move(write), std::move(read)));
    VECHE_CHECK(made->load(known));
    VECHE_CHECK(confirm(made->write_));
    return made;
}

result<std::unique_ptr<later_inspection>> postgres_store::later(const std::string& url) const {
    if (whole_) return std::unique_ptr<later_inspection>();
    session own = VECHE_TRY(session::open(url));
    return std::make_unique<later_inspection>(std::make_unique<own_postgres_tables>(std::move(own)),
                                              opened_);
}

result<void> postgres_store::retire(const std::string& url, std::uint64_t size) {
    session s = VECHE_TRY(session::open(url));
    const rows done =
        VECHE_TRY(s.run("UPDATE head SET epoch=-1 WHERE id=1 AND next=$1", parameters().add(size)));
    if (done.changed() != 1)
        return refuse(refusals::overtaken, {}, "another place", std::to_string(size));
    return {};
}

result<void> postgres_store::load(const known_entries& known) {
    VECHE_CHECK(read_.begin_reading());
    end_.head = VECHE_TRY(end_of(read_));
    postgres_tables tables(read_);
    auto end = VECHE_TRY(inspect_after(tables, end_.head, known, *this));
    whole_ = !end;
    if (whole_) end = VECHE_TRY(inspect(tables, end_.head));
    end_.tiles = *std::move(end);
    opened_ = end_.head;
    return read_.execute("COMMIT");
}

result<journal::head> postgres_store::end_of(session& s) {
    const auto form = s.run("SELECT number FROM form WHERE id=1");
    if (!form || form->count() != 1) return refuse(refusals::folder_missing, {}, s.place());
    if (form->integer(0, 0) != schema_form)
        return refuse(refusals::schema_unknown, {}, s.place(), std::to_string(form->integer(0, 0)),
                      std::to_string(schema_form));
    const rows last = VECHE_TRY(s.run(read_head));
    return head_in(last, s.place());
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
/// program has seen of it has lost what was acknowledged. `entries`: those in between, where they
/// are at hand.
result<void> postgres_store::follow(const journal::head& to, const rows* entries) {
    const std::lock_guard lock(following_);
    ending next = end_;
    if (to.next < next.head.next)
        return refuse(journal::refusals::entries_lost, {}, std::to_string(next.head.next),
                      std::to_string(to.next));
    const auto known = [](unsigned, std::uint64_t, std::string_view) { return result<void>{}; };
    const bool at_hand =
        entries && static_cast<std::uint64_t>(entries->count()) == to.next - next.head.next;
    while (next.head.next < to.next) {
        const std::uint64_t end = std::min(next.head.next + slice, to.next);
        std::string hashes;
        if (at_hand)
            for (int i = 0; i < entries->count(); ++i) hashes += entries->bytes(i, 1);
        else
            hashes = VECHE_TRY(leaves(next.head.next, end));
        const std::uint64_t count = hashes.size() / sizeof(hash256);
        for (std::size_t i = 0; i < count; ++i) {
            const hash256 leaf = journal::hash_at(hashes, i);
            VECHE_CHECK(next.tiles.append(next.head.edge, leaf, known));
        }
        next.head.next += count;
    }
    if (next.head.edge.to_bytes() != to.edge.to_bytes()) return other_history(end_.head.next);
    next.head = to;
    const std::lock_guard head_lock(heading_);
    end_ = std::move(next);
    return {};
}

result<journal::head> postgres_store::catch_up() {
    // Only what was known before is asked of it: this program's own appends may overtake the
    // answer.
    const std::uint64_t known = current().next;
    const rows given = VECHE_TRY(ask(read_head));
    const journal::head to = VECHE_TRY(head_in(given, read_.place()));
    if (to.next < known)
        return refuse(journal::refusals::entries_lost, {}, std::to_string(known),
                      std::to_string(to.next));
    const journal::head here = current();
    if (to.next == here.next && to.edge.to_bytes() != here.edge.to_bytes())
        return other_history(here.next);
    if (to.next > here.next) {
        const std::lock_guard lock(writing_);
        if (!held_ && to.next > current().next) VECHE_CHECK(follow(to));
    }
    return current();
}

/// Locks the head's row and reads it, with the entries from `known` on: one way to the server and
/// back, as the lock is waited for there.
result<std::vector<rows>> postgres_store::locked_head(std::uint64_t known) {
    if (write_.lost()) {
        VECHE_CHECK(write_.restore());
        VECHE_CHECK(confirm(write_));
    }
    std::vector<session::call> calls(4);
    calls[0].sql = "BEGIN";
    calls[1].sql = "SELECT next,epoch,edge,at_ms FROM head WHERE id=1 FOR UPDATE";
    calls[2].sql = "SELECT bytes,leaf FROM entry WHERE seq>=$1 ORDER BY seq LIMIT 1024";
    calls[2].with.add(known);
    calls[3].sql = "SELECT (extract(epoch FROM clock_timestamp())*1000)::int8";
    held_ = true;
    return write_.run_all(calls);
}

result<void> postgres_store::hold_locked() {
    const std::uint64_t known = current().next;
    auto given = VECHE_TRY(locked_head(known));
    const journal::head to = VECHE_TRY(head_in(given[1], write_.place()));
    clock_ms_ = given[3].integer(0, 0);
    VECHE_CHECK(follow(to, &given[2]));
    if (given[2].count() == 0) return {};
    VECHE_CHECK(check_leaves(given[2], known));
    const std::lock_guard keeping(keeping_);
    kept_.first = known;
    kept_.entries = std::move(given[2]);
    return {};
}

result<journal::head> postgres_store::hold() {
    constexpr int most_attempts = 20;  // where others are in the way
    const std::lock_guard lock(writing_);
    if (held_) return current();
    for (int attempts = 1;; ++attempts) {
        const auto locked = hold_locked();
        if (locked) return current();
        const bool was_lost = write_.lost();
        if (!was_lost) (void)write_.execute("ROLLBACK");
        held_ = false;
        // Nothing was written yet, so a connection that the server closed while it was idle is
        // simply made anew.
        const bool again =
            locked.error().kind == &refusals::contended || (was_lost && attempts == 1);
        if (!again || attempts == most_attempts) return tl::unexpected(locked.error());
    }
}

void postgres_store::release() {
    const std::lock_guard lock(writing_);
    if (held_) (void)write_.execute("ROLLBACK");
    held_ = false;
}

std::optional<instant> postgres_store::common_clock() const {
    const std::lock_guard lock(writing_);
    return instant{clock_ms_};
}

result<void> postgres_store::append(const journal::batch& what, std::uint64_t expected) {
    VECHE_CHECK(hold());
    const std::lock_guard lock(writing_);
    const auto written = write(what, expected);
    held_ = false;
    if (!written) {
        if (!write_.lost()) (void)write_.execute("ROLLBACK");
        // Behind the head's compare-and-set the keys are all that can be there already.
        if (written.error().kind == &refusals::row_taken)
            return refuse(journal::refusals::key_taken);
        return tl::unexpected(written.error());
    }
    const std::lock_guard follow_lock(following_);
    const std::lock_guard head_lock(heading_);
    end_ = *written;
    return {};
}

result<postgres_store::ending> postgres_store::write(const journal::batch& what,
                                                     std::uint64_t expected) {
    const journal::head now = current();
    if (now.next != expected)
        return refuse(refusals::overtaken, {}, std::to_string(now.next), std::to_string(expected));
    ending next = end_;
    auto calls = VECHE_TRY(calls_of(what, next));
    // The head comes first: where somebody took it over, the rest has nothing to stand on.
    session::call& head = calls.front();
    head.with.add(next.head.next)
        .add_bytes(next.head.edge.to_bytes())
        .add(next.head.at.ms)
        .add(expected)
        .add(next.head.epoch);
    calls.push_back({"COMMIT", {}});
    (void)write_.warned();
    const auto done = VECHE_TRY(write_.run_all(calls));
    if (write_.warned())
        return refuse(refusals::unreachable, {}, write_.place(),
                      "it committed without waiting for its standbys");
    return next;
}

/// What a batch is to the server. The first is the head, whose values the caller gives.
result<std::vector<session::call>> postgres_store::calls_of(const journal::batch& what,
                                                            ending& next) {
    std::vector<session::call> calls(1);
    // Nothing changes where the head is not as expected, and then dividing by nought ends it all.
    calls[0].sql =
        "WITH done AS (UPDATE head SET next=$1,edge=$2,at_ms=$3 WHERE id=1 AND next=$4 AND "
        "epoch=$5 RETURNING 1) SELECT 1/count(*) FROM done";
    const auto take_tile = [&](unsigned level, std::uint64_t index,
                               std::string_view full) -> result<void> {
        session::call one{"INSERT INTO tile(id,hashes) VALUES($1,$2)", {}};
        one.with.add(tile_id(level, index)).add_bytes(full);
        calls.push_back(std::move(one));
        return {};
    };
    std::vector<std::int64_t> numbers;
    std::vector<std::string_view> hashes, bytes;
    for (const journal::new_entry& e : what.entries) {
        VECHE_ENSURE(e.seq == next.head.next, "entries are numbered without a gap");
        numbers.push_back(signed_of(e.seq));
        hashes.push_back(as_bytes(e.leaf));
        bytes.push_back(e.bytes);
        ++next.head.next;
        VECHE_CHECK(next.tiles.append(next.head.edge, e.leaf, take_tile));
    }
    next.head.at = what.at;
    session::call entries{
        "INSERT INTO entry(seq,leaf,bytes) SELECT * FROM "
        "unnest($1::int8[],$2::bytea[],$3::bytea[])",
        {}};
    entries.with.add_all(numbers).add_all_bytes(hashes).add_all_bytes(bytes);
    calls.push_back(std::move(entries));
    if (!what.idems.empty()) calls.push_back(idem_call(what.idems));
    if (!what.streams.empty()) calls.push_back(stream_call(what.streams));
    return calls;
}

result<bool> postgres_store::settle(const journal::batch& what) {
    const std::lock_guard lock(writing_);
    if (held_ && !write_.lost()) (void)write_.execute("ROLLBACK");
    held_ = false;
    VECHE_CHECK(write_.restore());
    // Under the head's lock nothing of what was sent before can still be on its way. A change of
    // our own, waited for like any other, says that the standbys have all that stands before it.
    const auto look = [&]() -> result<journal::head> {
        VECHE_CHECK(write_.execute("BEGIN"));
        const rows given =
            VECHE_TRY(write_.run("SELECT next,epoch,edge,at_ms FROM head WHERE id=1 FOR UPDATE"));
        auto end = VECHE_TRY(head_in(given, write_.place()));
        VECHE_CHECK(write_.run("UPDATE head SET at_ms=at_ms WHERE id=1"));
        (void)write_.warned();
        VECHE_CHECK(write_.execute("COMMIT"));
        if (write_.warned())
            return refuse(refusals::unreachable, {}, write_.place(),
                          "it committed without waiting for its standbys");
        return end;
    };
    const auto end = look();
    if (!end) {
        if (!write_.lost()) (void)write_.execute("ROLLBACK");
        return tl::unexpected(end.error());
    }
    VECHE_CHECK(follow(*end));
    // Another program may have taken the first of these commands in the same millisecond: only all
    // of the batch is the batch.
    const std::uint64_t first = what.entries.front().seq;
    const std::uint64_t after = first + what.entries.size();
    if (end->next < after) return false;
    const std::string there = VECHE_TRY(leaves(first, after));
    for (std::size_t i = 0; i < what.entries.size(); ++i)
        if (journal::hash_at(there, i) != what.entries[i].leaf) return false;
    return true;
}

result<void> postgres_store::check_leaves(const rows& given, std::uint64_t first) const {
    for (int row = 0; row < given.count(); ++row)
        if (as_bytes(journal::leaf_hash(given.bytes(row, 0))) != given.bytes(row, 1))
            return refuse(refusals::entry_differs, {},
                          std::to_string(first + static_cast<std::uint64_t>(row)));
    return {};
}

/// Out of what came with the head, where it is that.
bool postgres_store::read_kept(
    std::uint64_t from, std::uint64_t to,
    const std::function<bool(std::uint64_t, std::string_view)>& take) const {
    const std::lock_guard lock(keeping_);
    if (!kept_.entries || from < kept_.first ||
        to > kept_.first + static_cast<std::uint64_t>(kept_.entries->count()))
        return false;
    for (std::uint64_t i = from; i < to; ++i)
        if (!take(i, kept_.entries->bytes(static_cast<int>(i - kept_.first), 0))) break;
    return true;
}

result<void> postgres_store::read(
    std::uint64_t from, std::uint64_t to,
    const std::function<bool(std::uint64_t, std::string_view)>& take) const {
    if (read_kept(from, to, take)) return {};
    for (std::uint64_t first = from; first < to; first += slice) {
        const std::uint64_t last = std::min(first + slice, to);
        const rows given =
            VECHE_TRY(ask("SELECT bytes,leaf FROM entry WHERE seq>=$1 AND seq<$2 ORDER BY seq",
                          parameters().add(first).add(last)));
        const auto count = static_cast<std::uint64_t>(given.count());
        VECHE_CHECK(check_leaves(given, first));
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

result<std::vector<std::optional<journal::idem_hit>>> postgres_store::find_idems(
    const std::vector<idem_key>& all) const {
    std::vector<std::optional<journal::idem_hit>> out(all.size());
    if (all.empty()) return out;
    std::vector<std::string_view> actors, keys;
    std::vector<std::int64_t> places;
    for (const idem_key& one : all) {
        places.push_back(static_cast<std::int64_t>(places.size()));
        actors.push_back(one.actor);
        keys.push_back(one.idem);
    }
    const rows given = VECHE_TRY(
        // One look into the index for each: a plan made while the table was small would else read
        // all of it again and again.
        ask("SELECT t.n,i.seq,i.sha FROM unnest($1::int8[],$2::bytea[],$3::bytea[]) AS t(n,a,k) "
            "CROSS JOIN LATERAL (SELECT seq,sha FROM idem WHERE actor=t.a AND key=t.k LIMIT 1) i",
            parameters().add_all(places).add_all_bytes(actors).add_all_bytes(keys)));
    for (int row = 0; row < given.count(); ++row)
        out[static_cast<std::size_t>(given.integer(row, 0))] =
            journal::idem_hit{static_cast<std::uint64_t>(given.integer(row, 1)),
                              journal::hash_at(given.bytes(row, 2), 0)};
    return out;
}

result<void> postgres_store::put_checkpoint(const journal::stored_checkpoint& c) {
    // Only beside as many entries: a server that took over meanwhile may have fewer.
    VECHE_CHECK(
        ask("INSERT INTO checkpoint(size,root,note) SELECT $1::int8,$2::bytea,$3::text "
            "FROM head WHERE id=1 AND next>=$1::int8 ON CONFLICT DO NOTHING",
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
