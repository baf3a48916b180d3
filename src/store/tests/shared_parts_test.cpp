// What lies beside the journal on a PostgreSQL server (VECHE_TEST_POSTGRES, see postgres_test.cpp):
// rows that several nodes change at once, the guard, sealed texts and papers; and what became of a
// batch whose connection was lost.

#include <atomic>
#include <cstdlib>
#include <thread>

#include <doctest/doctest.h>

#include "journal/refusal.hpp"
#include "store/contents.hpp"
#include "store/folder.hpp"
#include "store/memory/memory_store.hpp"
#include "store/postgres/postgres_rows.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/postgres/shared_guard.hpp"
#include "store/refusal.hpp"
#include "store/sealed_store.hpp"
#include "store/sqlite/sqlite_rows.hpp"
#include "store/tests/filled.hpp"

namespace veche::store {
namespace {

using testing::temporary_folder;

/// Rows in a fresh schema on the test's server; nothing where there is none.
std::shared_ptr<row_base> fresh_rows(std::string& schema) {
    const char* const url = std::getenv("VECHE_TEST_POSTGRES");
    if (url == nullptr) {
        MESSAGE("no PostgreSQL server for tests: skipped");
        return nullptr;
    }
    static std::atomic<int> count = 0;
    schema = "p" + std::to_string(::getpid()) + "_" + std::to_string(count++);
    REQUIRE(postgres_rows::create(url, schema));
    return postgres_rows::open(url, schema).value();
}

/// The same work over a file and over a server.
void over_both(const std::function<void(row_base&)>& work) {
    temporary_folder folder;
    const auto file = sqlite_rows::open(folder.path() / "rows.sqlite", row_file::alone).value();
    work(*file);
    std::string schema;
    if (const auto server = fresh_rows(schema)) work(*server);
}

}  // namespace

TEST_CASE("postgres: rows are the same over a file and over a server") {
    over_both([](row_base& rows) {
        REQUIRE(
            rows.make("CREATE TABLE IF NOT EXISTS t(name TEXT PRIMARY KEY, n INTEGER NOT NULL,"
                      " b BLOB) STRICT, WITHOUT ROWID;"));
        const std::string bytes("a\0b", 3);
        const char* const put = "INSERT INTO t(name,n,b) VALUES(?1,?2,?3) ON CONFLICT DO NOTHING";
        CHECK(rows.run(put, values().text("Я").add(std::int64_t{-7}).bytes(bytes))->changed() == 1);
        CHECK(rows.run(put, values().text("Я").add(std::int64_t{1}).bytes(""))->changed() == 0);
        CHECK(rows.run(put, values().text("b").add(std::int64_t{1} << 40).nothing())->changed() ==
              1);
        CHECK(rows.run(put, values().text("B").add(std::int64_t{0}).bytes(""))->changed() == 1);
        const auto all = rows.run("SELECT name,n,b FROM t ORDER BY name").value();
        REQUIRE(all.count() == 3);
        // By bytes, whatever the database thinks of letters.
        CHECK(all.text(0, 0) == "B");
        CHECK(all.text(1, 0) == "b");
        CHECK(all.integer(1, 1) == std::int64_t{1} << 40);
        CHECK(all.text(1, 2).empty());
        CHECK(all.integer(2, 1) == -7);
        CHECK(all.text(2, 2) == bytes);
        CHECK(rows.run("SELECT COUNT(*) FROM t WHERE n>?1", values().add(std::int64_t{5}))
                  ->integer(0, 0) == 1);
        CHECK_FALSE(rows.run("SELECT nothing FROM t"));
        CHECK(rows.run("SELECT 1 FROM t")->count() == 3);
        // All or nothing.
        const auto half = rows.together([&](row_desk& desk) -> result<void> {
            VECHE_CHECK(desk.run("DELETE FROM t"));
            return refuse(refusals::content_missing);
        });
        CHECK(half.error().kind == &refusals::content_missing);
        CHECK(rows.run("SELECT 1 FROM t")->count() == 3);
    });
}

TEST_CASE("postgres: work that others were in the way of is done anew, and none is lost") {
    over_both([](row_base& rows) {
        REQUIRE(
            rows.make("CREATE TABLE IF NOT EXISTS c(id INTEGER PRIMARY KEY, n INTEGER) STRICT;"));
        REQUIRE(rows.run("INSERT INTO c(id,n) VALUES(1,0)"));
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 3; ++t)
                threads.emplace_back([&] {
                    for (int i = 0; i < 20; ++i) {
                        const auto done = rows.together([](row_desk& desk) -> result<void> {
                            const auto n = VECHE_TRY(desk.run("SELECT n FROM c WHERE id=1"));
                            VECHE_CHECK(desk.run("UPDATE c SET n=?1 WHERE id=1",
                                                 values().add(n.integer(0, 0) + 1)));
                            return {};
                        });
                        if (!done) ++wrong;
                    }
                });
        }
        // Those that gave up said so and changed nothing.
        CHECK(rows.run("SELECT n FROM c WHERE id=1")->integer(0, 0) == 60 - wrong);
        CHECK(wrong < 30);
    });
}

TEST_CASE("postgres: sealed texts and papers on a server") {
    std::string schema;
    const auto rows = fresh_rows(schema);
    if (!rows) return;
    REQUIRE(sealed_store::prepare(*rows));
    REQUIRE(row_contents::prepare(*rows));
    sealed_store sealed(rows);
    const auto kept = sealed.keep("minutes", journal::seal_class::closed, "session-7").value();
    const auto other = sealed.keep("annex", journal::seal_class::closed, "session-8").value();
    CHECK(sealed_store(rows).disclose(kept.commit)->text == "minutes");
    temporary_folder folder;
    REQUIRE(sealed_store::create(folder.path() / "copy.sqlite"));
    CHECK(sealed.shred_subject("session-7").value() == 1);
    CHECK(sealed.disclose(kept.commit).error().kind == &journal::refusals::seal_shredded);
    const std::shared_ptr<row_base> file =
        sqlite_rows::open(folder.path() / "copy.sqlite", row_file::secret).value();
    REQUIRE(sealed_store::copy(*rows, *file));
    CHECK(sealed_store(file).disclose(other.commit)->text == "annex");
    CHECK(sealed_store(file).disclose(kept.commit).error().kind ==
          &journal::refusals::seal_shredded);

    row_contents papers(rows);
    const std::string bytes("a paper\0with a zero", 19);
    const std::string hash = papers.keep(bytes).value();
    CHECK(papers.keep(bytes).value() == hash);
    CHECK(papers.read(hash).value() == bytes);
    CHECK(papers.all()->size() == 1);
    REQUIRE(rows->run("UPDATE content SET bytes=?1", values().bytes("other")));
    CHECK(papers.read(hash).error().kind == &refusals::content_differs);
    CHECK(papers.keep(bytes).value() == hash);
    CHECK(papers.read(hash).value() == bytes);
    CHECK(papers.read(std::string(64, '0')).error().kind == &refusals::content_missing);
}

TEST_CASE("postgres: of two nodes one signs, and none signs what it saw otherwise") {
    std::string schema;
    const auto rows = fresh_rows(schema);
    if (!rows) return;
    const std::string origin(testing::origin);
    const auto key = journal::key_from_seed(std::string(32, 'k'));
    REQUIRE(shared_guard::prepare(*rows, origin,
                                  journal::format_verifier_key({origin, key.public_key})));
    temporary_folder folder;
    const auto node = [&](const char* name) {
        const auto file = folder.path() / name;
        if (!std::filesystem::exists(file)) REQUIRE(sqlite_guard::create(file, origin));
        return shared_guard::open(rows, sqlite_guard::open(file).value()).value();
    };
    memory_store journal;
    testing::fill(journal, 300);
    const auto one = node("one"), two = node("two");
    journal::publisher first(journal, *one, origin, key), second(journal, *two, origin, key);
    REQUIRE(first.publish());
    const auto at_300 = one->last().value();
    CHECK(at_300.size == 300);
    CHECK(two->seen()->size == 0);
    CHECK(second.others_signed().value());
    CHECK_FALSE(second.others_signed().value());
    // Who finds all signed by another remembers it as well.
    REQUIRE(second.publish());
    CHECK(two->seen()->size == 300);
    testing::fill(journal, 310);
    REQUIRE(second.publish());
    CHECK(two->seen()->size == 310);
    CHECK(one->advance(300, at_300).error().kind == &refusals::overtaken);
    // The server is put back; its rows know nothing of what was signed, and this node does.
    REQUIRE(
        rows->run("UPDATE guard SET size=0,root=?1,note=''", values().bytes(as_bytes(sha256("")))));
    memory_store shorter, changed;
    testing::fill(shorter, 305);
    journal::publisher again(shorter, *two, origin, key);
    CHECK(again.publish().error().kind == &journal::refusals::fork);
    // A node without the log's key shows what others signed.
    const auto keyless = shared_guard::open(rows, nullptr).value();
    journal::publisher shows(journal, *keyless, origin, {key.public_key, {}});
    CHECK(shows.publish()->size == 0);
    CHECK(shows.vkey() == first.vkey());
    // A folder that watches over another union.
    REQUIRE(sqlite_guard::create(folder.path() / "other", "other.example/journal"));
    CHECK(shared_guard::open(rows, sqlite_guard::open(folder.path() / "other").value())
              .error()
              .kind == &refusals::other_union);
}

TEST_CASE("postgres: once another key is in force nobody signs with the old one") {
    std::string schema;
    const auto rows = fresh_rows(schema);
    if (!rows) return;
    const std::string origin(testing::origin);
    const auto old_key = journal::key_from_seed(std::string(32, 'k'));
    const auto new_key = journal::key_from_seed(std::string(32, 'n'));
    const std::string old_vkey = journal::format_verifier_key({origin, old_key.public_key});
    const std::string vkey = journal::format_verifier_key({origin, new_key.public_key});
    REQUIRE(shared_guard::prepare(*rows, origin, old_vkey));
    // As an earlier program left it.
    REQUIRE(rows->run("DROP TABLE key_change"));
    const auto one = shared_guard::open(rows, nullptr).value();
    const auto two = shared_guard::open(rows, nullptr).value();
    CHECK(one->keys()->empty());
    memory_store journal;
    testing::fill(journal, 300);
    journal::publisher node(journal, *one, origin, old_key);
    REQUIRE(node.publish());
    REQUIRE(two->keep({}));
    const auto last = two->last().value();
    const handover change{"a note", old_vkey, vkey};
    CHECK(two->change_key(change, 299, last).error().kind == &refusals::overtaken);
    CHECK(two->keys()->empty());
    CHECK(two->vkey() == old_vkey);
    REQUIRE(two->change_key(change, 300, last));
    CHECK(two->vkey() == vkey);
    REQUIRE(one->keys()->changes().size() == 1);
    CHECK(one->keys()->changes()[0].note == "a note");
    // Once more changes nothing.
    CHECK(one->change_key(change, 300, last).error().kind == &journal::refusals::key_changed);
    CHECK(one->keys()->changes().size() == 1);
    // The guard alone holds, whatever the publisher looks at before.
    CHECK(one->advance(300, last).error().kind == &journal::refusals::key_changed);
    CHECK(shared_guard::open(rows, nullptr).value()->vkey() == vkey);
    testing::fill(journal, 310);
    // It says so once, and is a node without a key from then on.
    CHECK(node.publish().error().kind == &journal::refusals::key_changed);
    CHECK(node.publish()->size == 300);
    CHECK(node.forbidden()->kind == &journal::refusals::key_changed);
    CHECK_FALSE(node.signs());
    CHECK(node.vkey() == vkey);
    CHECK(two->last()->size == 300);
    journal::publisher next(journal, *two, origin, new_key);
    REQUIRE(next.publish());
    CHECK(node.publish()->size == 310);
    CHECK(node.others_signed());
    CHECK(journal::verify_checkpoint(node.latest()->note, vkey));
}

TEST_CASE("postgres: what was known elsewhere of how the key changed comes first") {
    std::string schema;
    const auto rows = fresh_rows(schema);
    if (!rows) return;
    REQUIRE(shared_guard::prepare(*rows, std::string(testing::origin), "b"));
    const auto guard = shared_guard::open(rows, nullptr).value();
    REQUIRE(guard->keep(key_history({{"", "a", "b"}})));
    REQUIRE(guard->change_key({"note", "b", "c"}, 0, guard->last().value()));
    REQUIRE(guard->keep(key_history({{"first", "z", "a"}, {"", "a", "b"}})));
    REQUIRE(guard->keep(key_history({{"first", "z", "a"}})));
    const auto all = guard->keys()->changes();
    REQUIRE(all.size() == 3);
    CHECK(all[0].note == "first");
    CHECK(all[1].old_vkey == "a");
    CHECK(all[2].vkey == "c");
}

TEST_CASE("postgres: what became of a batch whose answer was lost") {
    std::string schema;
    if (!fresh_rows(schema)) return;
    const std::string url =
        std::string(std::getenv("VECHE_TEST_POSTGRES")) + "&options=-csearch_path%3D" + schema;
    auto bare = session::open(url).value();
    REQUIRE(bare.execute("DROP TABLE form"));
    REQUIRE(postgres_store::create(url));
    const auto ours = postgres_store::open(url).value(), theirs = postgres_store::open(url).value();
    testing::fill(*ours, 10);
    const auto batch = testing::batch_of(10, 13);
    // It did not arrive, and nobody else wrote.
    REQUIRE(ours->hold());
    CHECK_FALSE(ours->settle(batch).value());
    CHECK(ours->current().next == 10);
    // It did.
    REQUIRE(theirs->append(batch, 10));
    CHECK(ours->settle(batch).value());
    CHECK(ours->current().next == 13);
    // Somebody else stands where it would.
    auto other = testing::batch_of(13, 15);
    other.entries.front().bytes += "\n";
    other.entries.front().leaf = journal::leaf_hash(other.entries.front().bytes);
    CHECK_FALSE(ours->settle(testing::batch_of(13, 14)).value());
    REQUIRE(theirs->append(testing::batch_of(13, 15), 13));
    CHECK_FALSE(ours->settle(other).value());
    CHECK(ours->current().next == 15);
    // Somebody else wrote how it begins, as whoever is sent the same command in the same
    // millisecond does: the rest of it is not there.
    CHECK_FALSE(ours->settle(testing::batch_of(13, 16)).value());
    auto ends_otherwise = testing::batch_of(13, 15);
    ends_otherwise.entries.back().bytes += "\n";
    ends_otherwise.entries.back().leaf = journal::leaf_hash(ends_otherwise.entries.back().bytes);
    CHECK_FALSE(ours->settle(ends_otherwise).value());
    CHECK(ours->settle(testing::batch_of(13, 15)).value());
    REQUIRE(ours->append(testing::batch_of(15, 16), 15));
    const auto hits =
        ours->find_idems({{"person-1", testing::idem_of(1)}, {"nobody", "x"}}).value();
    REQUIRE(hits.size() == 2);
    CHECK(hits[0]->seq == 1);
    CHECK_FALSE(hits[1]);
}

}  // namespace veche::store
