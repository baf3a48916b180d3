// The PostgreSQL store beside the one in memory, on the server that VECHE_TEST_POSTGRES names (its
// superuser may be VECHE_TEST_POSTGRES_ADMIN): tests/postgres_test.py starts one. Without it these
// tests say so and pass.

#include <atomic>
#include <cstdlib>
#include <future>
#include <random>
#include <thread>

#include <doctest/doctest.h>

#include "journal/refusal.hpp"
#include "store/folder.hpp"
#include "store/memory/memory_store.hpp"
#include "store/move.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/refusal.hpp"
#include "store/tests/filled.hpp"

namespace veche::store {
namespace {

using testing::batch_of;
using testing::entry_of;
using testing::fill;
using testing::idem_of;

/// A schema of its own on the test's server, with a journal in it; nothing where there is none.
class own_schema {
  public:
    own_schema() {
        const char* const url = std::getenv("VECHE_TEST_POSTGRES");
        const char* const admin = std::getenv("VECHE_TEST_POSTGRES_ADMIN");
        if (url == nullptr || admin == nullptr) {
            MESSAGE("no PostgreSQL server for tests: skipped");
            return;
        }
        static std::atomic<int> count = 0;
        const std::string name = "t" + std::to_string(::getpid()) + "_" + std::to_string(count++);
        auto s = session::open(url).value();
        REQUIRE(s.execute(("CREATE SCHEMA " + name).c_str()));
        url_ = std::string(url) + "&options=-csearch_path%3D" + name;
        admin_ = std::string(admin) + "&options=-csearch_path%3D" + name;
        REQUIRE(postgres_store::create(url_));
    }
    explicit operator bool() const { return !url_.empty(); }
    [[nodiscard]] const std::string& url() const { return url_; }
    [[nodiscard]] std::unique_ptr<postgres_store> open() const {
        return postgres_store::open(url_).value();
    }
    [[nodiscard]] std::string code_of_opening() const {
        const auto made = postgres_store::open(url_);
        return made ? "opened" : std::string(made.error().code());
    }
    /// As somebody with all rights and an editor might.
    void tamper(const std::string& sql) const {
        auto s = session::open(admin_).value();
        const auto done = s.execute(sql.c_str());
        REQUIRE_MESSAGE(done, done.error().sentence());
    }

  private:
    std::string url_, admin_;
};

result<void> nothing_else(row_base&, row_base&, row_base&, row_base&) {
    return {};
}

void check_same(const journal::store& a, const journal::store& b) {
    const journal::head one = a.current(), other = b.current();
    REQUIRE(one.next == other.next);
    CHECK(one.edge.to_bytes() == other.edge.to_bytes());
    CHECK(one.at == other.at);
    CHECK(a.leaves(0, one.next).value() == b.leaves(0, one.next).value());
    std::vector<std::string> entries;
    REQUIRE(a.read(0, one.next, [&](std::uint64_t, std::string_view bytes) {
        entries.emplace_back(bytes);
        return true;
    }));
    REQUIRE(b.read(0, one.next, [&](std::uint64_t seq, std::string_view bytes) {
        return entries[seq] == bytes;
    }));
    for (std::uint64_t i = 0; i < one.next / journal::tile_width; ++i)
        CHECK(a.tile(0, i).value() == b.tile(0, i).value());
    if (one.next >= 65'536) CHECK(a.tile(1, 0).value() == b.tile(1, 0).value());
}

}  // namespace

TEST_CASE("postgres: the same journal as in memory, at any size, and after reopening") {
    for (const std::uint64_t size : {0, 1, 255, 256, 257, 600, 70'000}) {
        CAPTURE(size);
        const own_schema at;
        if (!at) return;
        memory_store expected;
        fill(expected, size, 1000);
        const auto store = at.open();
        CHECK(store->shared());
        fill(*store, size, size > 1000 ? 1000 : 37);
        check_same(*store, expected);
        const auto again = at.open();
        check_same(*again, expected);
        if (size < 2) continue;
        CHECK(again->find_idem("person-1", idem_of(1)).value()->seq == 1);
        CHECK_FALSE(again->find_idem("person-2", idem_of(1)).value());
        CHECK_FALSE(again->entry(size));
        CHECK_FALSE(again->tile(0, size / 256));
        CHECK_FALSE(again->read(size - 1, size + 1, [](std::uint64_t, auto) { return true; }));
    }
}

TEST_CASE("postgres: a batch stands whole or not at all, and only at the end") {
    const own_schema at;
    if (!at) return;
    const auto store = at.open();
    fill(*store, 20);
    CHECK(store->append(batch_of(19, 21), 19).error().kind == &refusals::overtaken);
    CHECK(store->append(batch_of(21, 22), 21).error().kind == &refusals::overtaken);
    journal::batch repeated = batch_of(20, 22);
    repeated.idems[1] = batch_of(3, 4).idems[0];
    CHECK(store->append(repeated, 20).error().kind == &journal::refusals::key_taken);
    CHECK(store->current().next == 20);
    CHECK_FALSE(store->entry(20));
    REQUIRE(store->append(batch_of(20, 22), 20));
    CHECK(at.open()->current().next == 22);
    CHECK(postgres_store::create(at.url()).error().kind == &refusals::folder_taken);
}

TEST_CASE("postgres: several programs append, one after the other, without a gap") {
    const own_schema at;
    if (!at) return;
    constexpr std::uint64_t last = 3'000;
    std::atomic<int> wrong = 0, taken = 0;
    std::vector<std::jthread> writers;
    for (int i = 0; i < 3; ++i)
        writers.emplace_back([&, i] {
            const auto store = at.open();
            std::mt19937_64 random(static_cast<std::uint64_t>(i));
            for (;;) {
                const auto held = store->hold();
                if (!held) return void(++wrong);
                if (held->next >= last || random() % 8 == 0) {
                    store->release();
                    if (held->next >= last) return;
                    continue;
                }
                const std::uint64_t to = std::min(held->next + 1 + random() % 40, last);
                if (!store->append(batch_of(held->next, to), held->next)) ++wrong;
                ++taken;
            }
        });
    const auto reader = at.open();
    std::uint64_t seen = 0;
    while (seen < last) {
        const auto end = reader->catch_up();
        REQUIRE_MESSAGE(end, end.error().sentence());
        CHECK(end->next >= seen);
        REQUIRE(reader->read(seen, end->next, [&](std::uint64_t seq, std::string_view bytes) {
            return seq == seen++ && bytes == entry_of(seq).bytes;
        }));
    }
    writers.clear();
    CHECK(wrong == 0);
    CHECK(taken > 70);
    memory_store expected;
    fill(expected, last);
    check_same(*reader, expected);
    check_same(*at.open(), expected);
}

TEST_CASE("postgres: a connection that is cut loses nothing that was acknowledged") {
    const own_schema at;
    if (!at) return;
    const auto store = at.open();
    fill(*store, 10);
    REQUIRE(store->hold());
    const char* const cut =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name='veche' "
        "AND pid<>pg_backend_pid() AND datname=current_database()";
    at.tamper(cut);
    CHECK(store->append(batch_of(10, 12), 10).error().kind == &refusals::unreachable);
    CHECK(store->current().next == 10);
    // The next turn connects again.
    const auto held = store->hold();
    REQUIRE_MESSAGE(held, held.error().sentence());
    CHECK(held->next == 10);
    REQUIRE(store->append(batch_of(10, 12), 10));
    at.tamper(cut);
    CHECK(store->entry(11).value() == entry_of(11).bytes);
    CHECK(at.open()->current().next == 12);
}

TEST_CASE("postgres: a server that lost what it had acknowledged is noticed") {
    const own_schema at;
    if (!at) return;
    const auto store = at.open();
    fill(*store, 5);
    at.tamper("CREATE TABLE old AS SELECT * FROM head");
    fill(*store, 9);
    at.tamper(
        "DELETE FROM head; INSERT INTO head SELECT * FROM old; DELETE FROM entry WHERE seq>=5");
    CHECK(store->catch_up().error().kind == &journal::refusals::entries_lost);
    CHECK(store->hold().error().kind == &journal::refusals::entries_lost);
    CHECK(store->current().next == 9);
}

TEST_CASE("postgres: a server on which others stand in the place of what was seen is noticed") {
    for (const std::uint64_t end : {9, 12}) {  // as many as before, or more
        const own_schema at;
        if (!at) return;
        const auto store = at.open();
        fill(*store, 5);
        at.tamper("CREATE TABLE old AS SELECT * FROM head");
        fill(*store, 9);
        at.tamper(
            "DELETE FROM head; INSERT INTO head SELECT * FROM old; DELETE FROM entry WHERE seq>=5; "
            "DELETE FROM idem WHERE seq>=5; DELETE FROM stream WHERE seq>=5");
        journal::batch others = batch_of(5, end);
        journal::new_entry& first = others.entries.front();
        first.bytes.insert(first.bytes.size() - 2, " ");
        first.leaf = journal::leaf_hash(first.bytes);
        REQUIRE(at.open()->append(others, 5));
        CHECK(store->catch_up().error().kind == &journal::refusals::history_differs);
        CHECK(store->hold().error().kind == &journal::refusals::history_differs);
        CHECK(store->current().next == 9);
    }
}

TEST_CASE("postgres: whatever is changed in the tables is noticed when opened") {
    const std::pair<const char*, const char*> changes[] = {
        {"UPDATE entry SET bytes=overlay(bytes placing '\\x41' from 60) WHERE seq=40",
         "store.entry_differs"},
        {"DELETE FROM entry WHERE seq=40", "store.not_contiguous"},
        {"DELETE FROM entry WHERE seq=599", "store.not_contiguous"},
        {"UPDATE tile SET hashes=overlay(hashes placing '\\x00ff' from 9) WHERE id=1",
         "store.tree_differs"},
        {"DELETE FROM tile WHERE id=0", "store.tree_differs"},
        {"UPDATE head SET next=599", "store.tree_differs"},
        {"UPDATE head SET at_ms=at_ms+1", "store.tree_differs"},
        {"DELETE FROM idem WHERE seq=3", "store.index_differs"},
        {"UPDATE idem SET seq=4 WHERE seq=3", "store.index_differs"},
        {"UPDATE checkpoint SET size=301", "store.checkpoint_differs"},
        {"UPDATE form SET number=7", "store.schema_unknown"},
        {"DROP TABLE form", "store.folder_missing"}};
    for (const auto& [sql, code] : changes) {
        CAPTURE(sql);
        const own_schema at;
        if (!at) return;
        {
            const auto store = at.open();
            memory_guard guard;
            journal::publisher publisher(*store, guard, std::string(testing::origin),
                                         journal::key_from_seed(std::string(32, 'k')));
            fill(*store, 300);
            REQUIRE(publisher.publish());
            fill(*store, 600);
        }
        CHECK(at.code_of_opening() == "opened");
        at.tamper(sql);
        CHECK(at.code_of_opening() == code);
    }
}

TEST_CASE("postgres: by what a snapshot knows, the end is read at once and the rest beside") {
    const std::tuple<const char*, const char*, const char*> changes[] = {
        {"SELECT 1", "later", "holds"},
        {"UPDATE entry SET bytes=overlay(bytes placing '\\x41' from 60) WHERE seq=40", "later",
         "store.entry_differs"},
        {"DELETE FROM entry WHERE seq=40", "later", "store.not_contiguous"},
        {"DELETE FROM idem WHERE seq=3", "later", "store.index_differs"},
        {"UPDATE checkpoint SET size=301 WHERE size=300", "later", "store.checkpoint_differs"},
        {"DELETE FROM entry WHERE seq=599", "refused", "store.not_contiguous"},
        {"DELETE FROM idem WHERE seq=598", "refused", "store.index_differs"},
        {"DELETE FROM tile WHERE id=0", "refused", "store.tree_differs"},
        {"INSERT INTO tile SELECT 2,hashes FROM tile WHERE id=1", "refused", "store.tree_differs"},
        {"UPDATE head SET at_ms=at_ms+1", "refused", "store.tree_differs"}};
    memory_store begun;
    fill(begun, 550);
    const known_entries known{550, begun.current().edge.root()};
    for (const auto& [sql, when, code] : changes) {
        CAPTURE(sql);
        const own_schema at;
        if (!at) return;
        {
            const auto store = at.open();
            memory_guard guard;
            journal::publisher publisher(*store, guard, std::string(testing::origin),
                                         journal::key_from_seed(std::string(32, 'k')));
            fill(*store, 300);
            REQUIRE(publisher.publish());
            fill(*store, 600);
        }
        at.tamper(sql);
        const auto store = postgres_store::open(at.url(), known);
        REQUIRE(store.has_value() == (std::string(when) == "later"));
        if (!store) {
            CHECK(std::string(store.error().code()) == code);
            continue;
        }
        const auto later = (*store)->later(at.url()).value();
        REQUIRE(later);
        std::promise<std::string> said;
        later->start([&](const refusal& why) { said.set_value(std::string(why.code())); },
                     [&] { said.set_value("holds"); });
        fill(**store, 900);
        CHECK(said.get_future().get() == code);
        if (std::string(code) == "holds") CHECK(at.code_of_opening() == "opened");
    }
}

TEST_CASE("postgres: the program's own role may not change what stands in the journal") {
    const own_schema at;
    if (!at) return;
    fill(*at.open(), 3);
    auto s = session::open(at.url()).value();
    for (const char* sql : {"UPDATE entry SET bytes='x'", "DELETE FROM entry", "TRUNCATE entry",
                            "DELETE FROM checkpoint", "DELETE FROM idem"}) {
        CAPTURE(sql);
        const auto done = s.execute(sql);
        REQUIRE_FALSE(done);
        CHECK(done.error().kind == &refusals::read_only);
    }
}

TEST_CASE(
    "postgres: a union's journal goes there and back with the same root, and is in one place") {
    const own_schema at;
    if (!at) return;
    auto s = session::open(at.url()).value();
    REQUIRE(s.execute("DROP TABLE form,entry,tile,head,checkpoint,idem,stream"));
    testing::temporary_folder folder;
    const auto path = folder.path() / "union";
    REQUIRE(create_folder(path, std::string(testing::origin), std::string(32, 's')));
    {
        auto open = open_folder(path).value();
        for (const std::uint64_t size : {300, 2'600}) {
            fill(*open.journal, size);
            REQUIRE(open.publisher->publish());
        }
    }
    const auto there = move_union(path, at.url(), nothing_else);
    REQUIRE_MESSAGE(there, there.error().sentence());
    CHECK(there->entries == 2'600);
    CHECK_FALSE(std::filesystem::exists(path / journal_name));
    CHECK(move_union(path, at.url(), nothing_else).error().kind == &refusals::already_there);
    {
        auto open = open_folder(path).value();
        CHECK(open.journal->shared());
        CHECK(open.journal->current().edge.root() == there->root);
        CHECK(open.journal->has_checkpoint(300, 301));
        fill(*open.journal, 2'700);
        REQUIRE(open.publisher->publish());
    }
    const auto kept = postgres_store::open(at.url()).value();
    const auto back = move_union(path, "sqlite", nothing_else);
    REQUIRE_MESSAGE(back, back.error().sentence());
    CHECK(back->entries == 2'700);
    CHECK_FALSE(std::filesystem::exists(pointer_file(path)));
    // Whoever still has the server's journal open can write to it no more.
    CHECK(kept->hold().error().kind == &refusals::moved);
    CHECK(at.code_of_opening() == "store.moved");
    auto open = open_folder(path).value();
    memory_store expected;
    fill(expected, 2'700);
    check_same(*open.journal, expected);
    auto file = database::open((path / journal_name).string(), access::read).value();
    statement streams(file, "SELECT count(*) FROM stream");
    REQUIRE(streams.step().value());
    CHECK(streams.integer(0) == 2'430);
}

TEST_CASE("postgres: where no server answers, the refusal names it without its password") {
    const auto none = session::open("postgres://somebody:secret@127.0.0.1:1/union");
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == &refusals::unreachable);
    CHECK(none.error().sentence().find("127.0.0.1:1") != std::string::npos);
    CHECK(none.error().sentence().find("secret") == std::string::npos);
}

}  // namespace veche::store
