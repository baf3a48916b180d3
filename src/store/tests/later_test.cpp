// A journal that is opened by what a snapshot knows of its beginning: what is refused at once, what
// is found beside its use, and that the same is found as by reading all of it before.

#include <future>

#include <doctest/doctest.h>

#include "store/folder.hpp"
#include "store/memory/memory_store.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/tests/closed_union.hpp"

namespace veche::store {
namespace {

using testing::closed_union;
using testing::fill;
using testing::read_file;
using testing::temporary_folder;
using testing::write_file;

/// What a snapshot of so many entries knows.
known_entries known_of(std::uint64_t size) {
    memory_store whole;
    fill(whole, size);
    return {size, whole.current().edge.root()};
}

union_place place(const std::filesystem::path& path) {
    return union_place::of(path).value();
}

/// How an inspection ends: "holds", or the code of the fault.
std::string end_of(later_inspection& later) {
    std::promise<std::string> said;
    later.start([&](const refusal& why) { said.set_value(std::string(why.code())); },
                [&] { said.set_value("holds"); });
    return said.get_future().get();
}

/// What becomes of an opening: refused at once, read whole, or what is found later.
std::pair<std::string, std::string> outcome(const std::filesystem::path& path,
                                            const known_entries& known) {
    const auto open = open_union(place(path), known);
    if (!open) return {"refused", std::string(open.error().code())};
    if (!open->later) return {"whole", "holds"};
    return {"later", end_of(*open->later)};
}

/// What is found where nobody has read anything before: by whoever reads all of it once, and is
/// handed the entries.
std::string outcome_unread(const std::filesystem::path& path, std::uint64_t wanted = to_the_end) {
    known_entries nothing;
    nothing.unread = true;
    const auto open = open_union(place(path), nothing);
    if (!open) return std::string(open.error().code());
    if (!open->later) return "whole";
    std::uint64_t next = 0;
    journal::frontier tree;
    const auto done = open->later->now(open->journal->current(), company::alone,
                                       [&](const journal::read_entry& e) {
                                           CHECK(e.seq == next++);
                                           CHECK(journal::leaf_hash(e.bytes) == e.leaf);
                                           tree.append(e.leaf);
                                           CHECK(e.tree->root() == tree.root());
                                           return next < wanted;
                                       });
    if (!done) return std::string(done.error().code());
    CHECK(next == std::min(wanted, open->journal->current().next));
    return "holds";
}

void change(const std::filesystem::path& path, const char* sql) {
    auto d = database::open((path / "journal.sqlite").string(), access::write).value();
    REQUIRE(d.execute(sql));
}

}  // namespace

TEST_CASE("a journal opened after what is known of it is the same and goes on the same") {
    for (const std::uint64_t size : {1, 255, 256, 257, 600, 70'000}) {
        const temporary_folder folder;
        const auto path = folder.path() / "union";
        REQUIRE(create_folder(path, std::string(testing::origin), std::string(32, 's')));
        {
            const auto open = open_folder(path).value();
            fill(*open.journal, size, 1000);
            REQUIRE(open.publisher->publish());
        }
        memory_store expected;
        fill(expected, size, 1000);
        for (const std::uint64_t known :
             {std::uint64_t{1}, size / 3, size - size % 256, size - 1, size}) {
            if (known == 0 || (size == 70'000 && known == 1)) continue;
            CAPTURE(size);
            CAPTURE(known);
            auto open = open_union(place(path), known_of(known)).value();
            REQUIRE(open.later);
            CHECK(open.later->of() == expected.current().next);
            CHECK(open.journal->current().edge.root() == expected.current().edge.root());
            CHECK(open.journal->current().at == expected.current().at);
            // Others append while it is inspected: their entries fill tiles that were not full.
            std::promise<std::string> said;
            open.later->start([&](const refusal& why) { said.set_value(why.sentence()); },
                              [&] { said.set_value("holds"); });
            for (int i = 0; i < 3; ++i) {
                const std::uint64_t more = expected.current().next + 111;
                fill(*open.journal, more);
                fill(expected, more);
                REQUIRE(open.publisher->publish());
            }
            CHECK(said.get_future().get() == "holds");
            CHECK(open.later->ended());
            CHECK(open.later->done() == open.later->of());
        }
        const auto again = open_folder(path);
        REQUIRE_MESSAGE(again, again.error().sentence());
        CHECK_FALSE(again->later);
        CHECK(again->journal->current().edge.root() == expected.current().edge.root());
    }
}

TEST_CASE("a journal that nobody has read is opened only if its head is that of its tiles") {
    const temporary_folder folder;
    const auto path = closed_union(folder, 700);
    known_entries nothing;
    nothing.unread = true;
    REQUIRE(open_union(place(path), nothing));
    // Whoever opens it may sign that head before reading.
    change(path, "UPDATE head SET edge=zeroblob(length(edge))");
    CHECK(open_union(place(path), nothing).error().kind == &refusals::tree_differs);
}

TEST_CASE("what was changed before the snapshot is found beside the journal's use, and named") {
    const temporary_folder folder;
    const auto path = closed_union(folder, 1'300);
    const known_entries known = known_of(1'000);
    const std::string good = read_file(path / "journal.sqlite");
    REQUIRE(outcome(path, known) == std::pair<std::string, std::string>("later", "holds"));
    const std::pair<const char*, const char*> cases[] = {
        {"DROP TRIGGER entry_u; UPDATE entry SET bytes=CAST(replace(CAST(bytes AS TEXT),'entry 3',"
         "'entry 4') AS BLOB) WHERE seq=3",
         "store.entry_differs"},
        {"DROP TRIGGER entry_u; UPDATE entry SET leaf=zeroblob(32) WHERE seq=3",
         "store.entry_differs"},
        {"DROP TRIGGER entry_d; DELETE FROM entry WHERE seq=3", "store.not_contiguous"},
        {"DROP TRIGGER entry_d; DELETE FROM entry WHERE seq=700", "store.not_contiguous"},
        {"UPDATE idem SET seq=4 WHERE seq=3", "store.index_differs"},
        {"UPDATE idem SET key='x' WHERE seq=3", "store.index_differs"},
        {"DELETE FROM idem WHERE seq=3", "store.index_differs"},
        {"INSERT INTO idem VALUES('nobody','x',5,zeroblob(32))", "store.index_differs"},
        {"INSERT INTO idem VALUES('nobody','x',1300,zeroblob(32))", "store.index_differs"},
        {"DROP TRIGGER checkpoint_u; UPDATE checkpoint SET root=zeroblob(32) WHERE size=100",
         "store.checkpoint_differs"},
        {"DROP TRIGGER checkpoint_u; UPDATE checkpoint SET size=101 WHERE size=100",
         "store.checkpoint_differs"},
    };
    for (const auto& [sql, code] : cases) {
        CAPTURE(sql);
        change(path, sql);
        CHECK(outcome(path, known) == std::pair<std::string, std::string>("later", code));
        CHECK(outcome(path, {}) == std::pair<std::string, std::string>("refused", code));
        CHECK(outcome_unread(path) == code);
        write_file(path / "journal.sqlite", good);
    }
    CHECK(outcome_unread(path) == "holds");
    SUBCASE("and what nobody wants to read is not looked at") {
        change(path, "DROP TRIGGER entry_u; UPDATE entry SET bytes=x'41' WHERE seq=777");
        CHECK(outcome_unread(path, 777) == "holds");
        CHECK(outcome_unread(path, 778) == "store.entry_differs");
    }
    SUBCASE("in the same words, the entry's number among them") {
        change(path, "DROP TRIGGER entry_u; UPDATE entry SET bytes=x'41' WHERE seq=77");
        const std::string at_once = open_folder(path).error().sentence();
        CHECK(at_once.find("77") != std::string::npos);
        const auto open = open_union(place(path), known).value();
        std::promise<std::string> said;
        open.later->start([&](const refusal& why) { said.set_value(why.sentence()); }, {});
        CHECK(said.get_future().get() == at_once);
    }
}

TEST_CASE("what was changed after the snapshot, or in the tree, is refused at once") {
    const temporary_folder folder;
    const auto path = closed_union(folder, 1'300);
    const known_entries known = known_of(1'000);
    const std::string good = read_file(path / "journal.sqlite");
    const std::pair<const char*, const char*> cases[] = {
        {"DROP TRIGGER entry_u; UPDATE entry SET bytes=x'41' WHERE seq=1000",
         "store.entry_differs"},
        {"DROP TRIGGER entry_d; DELETE FROM entry WHERE seq=1299", "store.not_contiguous"},
        {"DROP TRIGGER entry_d; DELETE FROM entry WHERE seq>=1000", "store.not_contiguous"},
        {"INSERT INTO entry SELECT 1300,leaf,bytes FROM entry WHERE seq=3", "store.entry_differs"},
        {"DROP TRIGGER tile_u; UPDATE tile SET hashes=zeroblob(8192) WHERE id=1",
         "store.tree_differs"},
        {"DROP TRIGGER tile_d; DELETE FROM tile WHERE id=4", "store.tree_differs"},
        {"INSERT INTO tile VALUES(5,zeroblob(8192))", "store.tree_differs"},
        {"INSERT INTO tile VALUES(-1,zeroblob(8192))", "store.tree_differs"},
        {"INSERT INTO tile VALUES(1<<56,zeroblob(8192))", "store.tree_differs"},
        {"INSERT INTO tile VALUES(9<<56,zeroblob(8192))", "store.tree_differs"},
        {"UPDATE head SET at_ms=at_ms+1", "store.tree_differs"},
        {"UPDATE head SET edge=zeroblob(length(edge))", "store.tree_differs"},
        {"DELETE FROM idem WHERE seq=1200", "store.index_differs"},
        {"UPDATE idem SET sha=zeroblob(32) WHERE seq=1200", "store.index_differs"},
        {"DROP TRIGGER checkpoint_u; UPDATE checkpoint SET root=zeroblob(32) WHERE size=1200",
         "store.checkpoint_differs"},
        {"INSERT INTO checkpoint SELECT 1301,root,note FROM checkpoint WHERE size=1300",
         "store.checkpoint_differs"},
        {"PRAGMA user_version=2", "store.schema_unknown"},
    };
    for (const auto& [sql, code] : cases) {
        CAPTURE(sql);
        change(path, sql);
        CHECK(outcome(path, known) == std::pair<std::string, std::string>("refused", code));
        write_file(path / "journal.sqlite", good);
    }
}

TEST_CASE("an older copy, and another history, are refused at once whatever a snapshot knows") {
    const temporary_folder folder;
    const auto path = closed_union(folder, 1'000);
    const std::string older = read_file(path / "journal.sqlite");
    {
        const auto open = open_folder(path).value();
        fill(*open.journal, 1'300);
        REQUIRE(open.publisher->publish());
    }
    write_file(path / "journal.sqlite", older);
    for (const std::uint64_t size : {900, 1'000, 1'300})
        CHECK(outcome(path, known_of(size)) ==
              std::pair<std::string, std::string>("refused", "store.rolled_back"));
}

TEST_CASE("what does not fit the journal vouches for nothing: all of it is read") {
    const temporary_folder folder;
    const auto path = closed_union(folder, 600);
    const std::pair<std::string, std::string> whole("whole", "holds");
    known_entries known = known_of(500);
    known.root[7] ^= 1;
    CHECK(outcome(path, known) == whole);
    known = known_of(500);
    ++known.size;
    CHECK(outcome(path, known) == whole);
    CHECK(outcome(path, known_of(700)) == whole);
    CHECK(outcome(path, {}) == whole);
    // And what it would have hidden is found at once.
    change(path, "DROP TRIGGER entry_u; UPDATE entry SET bytes=x'41' WHERE seq=3");
    CHECK(outcome(path, known).first == "refused");
}

TEST_CASE("an inspection that is not over does not hold up the end of the program") {
    const temporary_folder folder;
    const auto path = closed_union(folder, 20'000);
    auto open = open_union(place(path), known_of(19'000)).value();
    open.later->start([](const refusal&) {}, [] {});
    open.later.reset();
    CHECK(open.journal->entry(5));
}

}  // namespace veche::store
