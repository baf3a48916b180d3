// The SQLite store: what it promises while open, and what it notices when opened again.

#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "journal/refusal.hpp"
#include "store/folder.hpp"
#include "store/refusal.hpp"
#include "store/tests/closed_union.hpp"

namespace veche::store {
namespace {

using testing::closed_union;
using testing::fill;
using testing::read_file;
using testing::temporary_folder;
using testing::write_file;

std::string code_of_opening(const std::filesystem::path& path) {
    const auto open = open_folder(path);
    return open ? "opened" : std::string(open.error().code());
}

/// Changes the closed file with SQL, as somebody with an editor might.
void tamper(const std::filesystem::path& file, const char* sql) {
    auto d = database::open(file.string(), access::write).value();
    REQUIRE(d.execute(sql));
}

TEST_CASE("what was appended is there after reopening") {
    temporary_folder folder;
    const auto path = closed_union(folder, 300);
    const auto open = open_folder(path).value();
    const journal::store& store = *open.journal;
    CHECK(store.current().next == 300);
    CHECK(store.current().at == testing::time_of(299));
    std::uint64_t seen = 0;
    REQUIRE(store.read(0, 300, [&](std::uint64_t seq, std::string_view bytes) {
        CHECK(seq == seen++);
        CHECK(bytes == testing::entry_of(seq).bytes);
        return true;
    }));
    CHECK(seen == 300);
    seen = 0;
    REQUIRE(store.read(7, 300, [&](std::uint64_t, std::string_view) { return ++seen < 3; }));
    CHECK(seen == 3);
    CHECK(store.find_idem("person-1", testing::idem_of(1)).value()->seq == 1);
    CHECK_FALSE(store.find_idem("person-2", testing::idem_of(1)).value());
    CHECK(store.latest_checkpoint()->size == 300);
    CHECK(store.has_checkpoint(300, 301));
    CHECK_FALSE(store.has_checkpoint(201, 300));
    CHECK_FALSE(store.entry(300));
    CHECK_FALSE(store.read(299, 301, [](std::uint64_t, std::string_view) { return true; }));
    CHECK_FALSE(store.tile(0, 1));
}

TEST_CASE("a batch stands whole or not at all, and only at the end") {
    temporary_folder folder;
    const auto path = closed_union(folder, 20);
    const auto open = open_folder(path).value();
    CHECK(open.journal->append(testing::batch_of(19, 21), 19).error().kind == &refusals::overtaken);
    CHECK(open.journal->append(testing::batch_of(21, 22), 21).error().kind == &refusals::overtaken);
    journal::batch repeated = testing::batch_of(20, 22);
    repeated.idems[1] = testing::batch_of(3, 4).idems[0];
    CHECK_FALSE(open.journal->append(repeated, 20));
    CHECK(open.journal->current().next == 20);
    CHECK_FALSE(open.journal->entry(20));
    fill(*open.journal, 300);
    CHECK(open.publisher->publish().value().size == 300);
}

TEST_CASE("entries, tiles and checkpoints can only be added") {
    temporary_folder folder;
    const auto path = closed_union(folder, 300);
    auto d = database::open((path / "journal.sqlite").string(), access::write).value();
    for (const char* sql : {"UPDATE entry SET bytes=x'00' WHERE seq=3", "DELETE FROM entry",
                            "UPDATE tile SET hashes=zeroblob(8192)", "DELETE FROM tile",
                            "UPDATE checkpoint SET note=''", "DELETE FROM checkpoint"})
        CHECK_FALSE(d.execute(sql));
}

TEST_CASE("one program writes at a time") {
    temporary_folder folder;
    const auto path = closed_union(folder, 3);
    const auto open = open_folder(path).value();
    CHECK(code_of_opening(path) == "store.locked");
}

TEST_CASE("each changed table is noticed at the next opening, and named") {
    const std::pair<const char*, const char*> cases[] = {
        {"DROP TRIGGER entry_u; UPDATE entry SET bytes=CAST(replace(CAST(bytes AS TEXT),'entry 3',"
         "'entry 4') AS BLOB) WHERE seq=3",
         "store.entry_differs"},
        {"DROP TRIGGER entry_u; UPDATE entry SET leaf=zeroblob(32) WHERE seq=3",
         "store.entry_differs"},
        {"DROP TRIGGER entry_d; DELETE FROM entry WHERE seq=3", "store.not_contiguous"},
        {"DROP TRIGGER entry_d; DELETE FROM entry WHERE seq=599", "store.not_contiguous"},
        {"INSERT INTO entry SELECT 600,leaf,bytes FROM entry WHERE seq=3", "store.entry_differs"},
        {"DROP TRIGGER tile_u; UPDATE tile SET hashes=zeroblob(8192) WHERE id=1",
         "store.tree_differs"},
        {"DROP TRIGGER tile_d; DELETE FROM tile WHERE id=1", "store.tree_differs"},
        {"INSERT INTO tile VALUES(7,zeroblob(8192))", "store.tree_differs"},
        {"UPDATE head SET next=599", "store.tree_differs"},
        {"UPDATE head SET next=598", "store.tree_differs"},
        {"UPDATE head SET at_ms=at_ms+1", "store.tree_differs"},
        {"UPDATE head SET edge=zeroblob(length(edge))", "store.tree_differs"},
        {"DELETE FROM head", "store.database_damaged"},
        {"UPDATE idem SET seq=4 WHERE seq=3", "store.index_differs"},
        {"UPDATE idem SET key='x' WHERE seq=3", "store.index_differs"},
        {"DELETE FROM idem WHERE seq=3", "store.index_differs"},
        {"DROP TRIGGER checkpoint_u; UPDATE checkpoint SET root=zeroblob(32) WHERE size=100",
         "store.checkpoint_differs"},
        {"DROP TRIGGER checkpoint_u; UPDATE checkpoint SET size=601 WHERE size=600",
         "store.checkpoint_differs"},
        {"DROP TRIGGER checkpoint_u; UPDATE checkpoint SET note=replace(note,' ','') WHERE "
         "size=600",
         "store.checkpoint_differs"},
        {"PRAGMA user_version=2", "store.schema_unknown"},
        {"DROP TABLE idem", "store.database"},
    };
    temporary_folder folder;
    const auto path = closed_union(folder, 600);
    const std::string good = read_file(path / "journal.sqlite");
    REQUIRE(code_of_opening(path) == "opened");
    for (const auto& [sql, code] : cases) {
        CAPTURE(sql);
        tamper(path / "journal.sqlite", sql);
        CHECK(code_of_opening(path) == code);
        write_file(path / "journal.sqlite", good);
    }
    CHECK(code_of_opening(path) == "opened");
}

TEST_CASE("an entry changed while the journal is open is not shown to anybody") {
    temporary_folder folder;
    const auto path = closed_union(folder, 20);
    const auto open = open_folder(path).value();
    tamper(path / "journal.sqlite",
           "DROP TRIGGER entry_u; UPDATE entry SET bytes=x'00' WHERE seq=5");
    CHECK(open.journal->entry(5).error().kind == &refusals::entry_differs);
    std::uint64_t seen = 0;
    const auto read =
        open.journal->read(0, 20, [&](std::uint64_t, std::string_view) { return ++seen > 0; });
    CHECK(read.error().kind == &refusals::entry_differs);
    CHECK(seen == 0);
    CHECK(open.journal->entry(6));
}

TEST_CASE("a flipped bit anywhere in the file is noticed or touches nothing") {
    temporary_folder folder;
    const auto path = closed_union(folder, 600);
    const std::string good = read_file(path / "journal.sqlite");
    const auto root = open_folder(path).value().journal->current().edge.root();
    std::mt19937_64 random(20261124);
    int noticed = 0;
    constexpr int tries = 250;
    for (int i = 0; i < tries; ++i) {
        const std::size_t bit = random() % (good.size() * 8);
        std::string bad = good;
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
        write_file(path / "journal.sqlite", bad);
        const auto open = open_folder(path);
        if (!open) {
            ++noticed;
            continue;
        }
        CAPTURE(bit);
        CHECK(open->journal->current().edge.root() == root);
        CHECK(open->publisher->latest()->size == 600);
    }
    // Streams and unused room make up the rest.
    CHECK(noticed > tries / 2);
}

TEST_CASE("a truncated file is noticed") {
    temporary_folder folder;
    // So written, the file ends with a page whose rows are compared, and not with one of streams.
    const auto path = closed_union(folder, 600, 10);
    const std::string good = read_file(path / "journal.sqlite");
    for (const std::size_t size : {std::size_t{1}, std::size_t{100}, std::size_t{4096},
                                   good.size() / 2, good.size() - 4096, good.size() - 1}) {
        CAPTURE(size);
        write_file(path / "journal.sqlite", std::string_view(good).substr(0, size));
        CHECK(code_of_opening(path) != "opened");
    }
    write_file(path / "journal.sqlite", "");
    CHECK(code_of_opening(path) == "store.schema_unknown");
}

TEST_CASE("a restored old copy is told from the journal by the guard") {
    temporary_folder folder;
    const auto path = closed_union(folder, 100);
    const std::string old_copy = read_file(path / "journal.sqlite");
    {
        const auto open = open_folder(path).value();
        fill(*open.journal, 120);
        REQUIRE(open.publisher->publish());
    }
    write_file(path / "journal.sqlite", old_copy);
    CHECK(code_of_opening(path) == "store.rolled_back");
    const auto refused = open_folder(path);
    CHECK(refused.error().sentence() ==
          "120 entries were signed and only 100 are here: an old copy was restored, or the end was "
          "lost. Bring the missing ones back out of a mirror or an export: veche fill.");
}

TEST_CASE("another history of the same length is told by the guard") {
    temporary_folder folder;
    const auto path = closed_union(folder, 100);
    temporary_folder elsewhere;
    const auto other = elsewhere.path() / "union";
    REQUIRE(create_folder(other, std::string(testing::origin), std::string(32, 's')));
    {
        auto open = open_folder(other).value();
        fill(*open.journal, 99);
        journal::batch b = testing::batch_of(99, 100);
        b.entries[0].bytes.replace(b.entries[0].bytes.find("entry 99"), 8, "entry 98");
        b.entries[0].leaf = journal::leaf_hash(b.entries[0].bytes);
        REQUIRE(open.journal->append(b, 99));
    }
    std::filesystem::copy_file(other / "journal.sqlite", path / "journal.sqlite",
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(code_of_opening(path) == "store.forked");
}

TEST_CASE("the guard's own file is needed and checked") {
    temporary_folder folder;
    const auto path = closed_union(folder, 20);
    const std::string good = read_file(path / "guard.sqlite");
    for (const char* sql : {"UPDATE guard SET size=19", "UPDATE guard SET root=zeroblob(32)",
                            "UPDATE guard SET note='x'", "UPDATE guard SET log='other.example'",
                            "DELETE FROM guard"}) {
        CAPTURE(sql);
        tamper(path / "guard.sqlite", sql);
        CHECK(code_of_opening(path) == "store.database_damaged");
        write_file(path / "guard.sqlite", good);
    }
    std::filesystem::remove(path / "guard.sqlite");
    CHECK(code_of_opening(path) == "journal.guard_missing");
}

TEST_CASE("a folder without a union, one that is taken, and one without its key are told apart") {
    temporary_folder folder;
    CHECK(code_of_opening(folder.path() / "nowhere") == "store.folder_missing");
    const auto path = closed_union(folder, 3);
    CHECK(create_folder(path, "veche.example/other").error().kind == &refusals::folder_taken);
    const std::string key = read_file(path / "log.key");
    write_file(path / "log.key", "not a key\n");
    CHECK(code_of_opening(path) == "store.key_unreadable");
    // Another key than the one that signed.
    write_file(path / "log.key", to_base64(std::string(32, 'x')) + "\n");
    CHECK(code_of_opening(path) == "store.checkpoint_differs");
    write_file(path / "log.key", key);
    CHECK(code_of_opening(path) == "opened");
    write_file(path / "journal.sqlite",
               "This is a letter, not a database. " + std::string(500, '.'));
    CHECK(code_of_opening(path) == "store.database_damaged");
}

}  // namespace
}  // namespace veche::store
