// Any store, published: tiles, checkpoints, proofs, the exported folder, and the foreign judge.

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "journal/cosignature.hpp"
#include "journal/log_source.hpp"
#include "journal/proof.hpp"
#include "journal/refusal.hpp"
#include "source_dir.hpp"
#include "store/memory/faulty_store.hpp"
#include "store/memory/memory_store.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_guard.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/tests/filled.hpp"

namespace veche::store {
namespace {

using journal::publisher;
using testing::fill;
using testing::read_file;
using testing::temporary_folder;
using testing::write_file;

const journal::key_pair log_key = journal::key_from_seed(std::string(32, 'L'));

/// Reads a log as a stranger does: checkpoint, every entry, every tile, the root.
result<std::uint64_t> verify(journal::log_source& source, std::string_view vkey) {
    const std::string note = VECHE_TRY(source.checkpoint());
    const auto c = VECHE_TRY(journal::verify_checkpoint(note, vkey));
    journal::frontier tree;
    VECHE_CHECK(journal::for_each_entry(source, c.size, [&](const journal::read_entry& e) {
        tree.append(journal::leaf_hash(e.bytes));
        return true;
    }));
    if (tree.root() != c.root) return refuse(journal::refusals::proof_wrong, {}, "root");
    return c.size;
}

void check_proofs(const publisher& from, const journal::store& store, std::uint64_t size) {
    for (const std::uint64_t seq : {std::uint64_t{0}, size / 3, size - 1}) {
        const std::string entry = store.entry(seq).value();
        const std::string file = from.proof_file(seq).value();
        CHECK(journal::verify_proof_file(file, entry, from.vkey()));
        CHECK_FALSE(journal::verify_proof_file(file, entry + " ", from.vkey()));
        CHECK(from.proof(seq).value().index == static_cast<std::int64_t>(seq));
    }
    CHECK_FALSE(from.proof(size));
}

TEST_CASE("a journal of any size is published and read back, whatever the store") {
    for (const std::uint64_t size : {0, 1, 2, 255, 256, 257, 600}) {
        CAPTURE(size);
        temporary_folder folder;
        REQUIRE(sqlite_store::create(folder.path() / "journal.sqlite"));
        const auto on_disk = sqlite_store::open(folder.path() / "journal.sqlite").value();
        memory_store in_memory;
        std::string exported[2];
        journal::store* const stores[2] = {on_disk.get(), &in_memory};
        for (int i = 0; i < 2; ++i) {
            fill(*stores[i], size, 100);
            memory_guard guard;
            publisher p(*stores[i], guard, std::string(testing::origin), log_key);
            REQUIRE(p.publish());
            journal::publisher_source live(p);
            CHECK(verify(live, p.vkey()).value() == size);
            if (size > 0) check_proofs(p, *stores[i], size);
            const auto out = folder.path() / std::to_string(i);
            REQUIRE(p.export_to(out));
            journal::folder_source copy(out);
            CHECK(verify(copy, p.vkey()).value() == size);
            exported[i] = read_file(out / "checkpoint");
        }
        CHECK(exported[0] == exported[1]);
    }
}

TEST_CASE("seventy thousand entries have the tiles that the specification counts") {
    memory_store store;
    fill(store, 70'000, 10'000);
    memory_guard guard;
    publisher p(store, guard, std::string(testing::origin), log_key);
    REQUIRE(p.publish());
    const auto all = journal::tiles_of(70'000);
    CHECK(all.size() == 2 * 274 + 2 + 1);
    for (const std::string path : {"tile/0/272", "tile/0/273.p/112", "tile/1/000",
                                   "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112"})
        CHECK_MESSAGE(p.serve(path), path);
    for (const std::string path : {"tile/0/273", "tile/1/001", "tile/2/000", "tile/3/000.p/1",
                                   "tile/0/273.p/111", "tile/1/001.p/16", "tile/0/272.p/112"})
        CHECK_MESSAGE(!p.serve(path), path);
    journal::publisher_source live(p);
    CHECK(verify(live, p.vkey()).value() == 70'000);
    check_proofs(p, store, 70'000);
}

TEST_CASE("partial tiles are served for published sizes only, and never with more in them") {
    memory_store store;
    memory_guard guard;
    publisher p(store, guard, std::string(testing::origin), log_key);
    CHECK_FALSE(p.serve("checkpoint"));
    fill(store, 5);
    CHECK_FALSE(p.serve("tile/0/000.p/5"));
    REQUIRE(p.publish());
    fill(store, 300);
    CHECK_FALSE(p.serve("tile/0/000"));
    REQUIRE(p.publish());
    CHECK(p.serve("tile/0/000.p/5")->bytes.size() == 5 * 32);
    CHECK(p.serve("tile/0/000.p/5")->bytes == p.serve("tile/0/000")->bytes.substr(0, 5 * 32));
    CHECK_FALSE(p.serve("tile/0/000.p/4"));
    CHECK(p.serve("tile/0/001.p/44"));
    CHECK(p.serve("tile/1/000.p/1"));
    CHECK(p.serve("tile/entries/001.p/44"));
    for (const std::string path :
         {"tile/0/000/", "tile/00/000", "tile/0/0", "tile/0/x000/000", "tile/64/000", "tile/0/002",
          "tile/0/001.p/045", "tile/0/001.p/0", "tile/0/001.p/256", "tile", "", "../log.key",
          "tile/0/-01"})
        CHECK_MESSAGE(!p.serve(path), path);
    CHECK(p.serve("checkpoint")->content_type == "text/plain; charset=utf-8");
    CHECK(p.serve("tile/0/000")->content_type == "application/octet-stream");
}

TEST_CASE("a flipped bit or a cut in any file of an exported journal is noticed") {
    memory_store store;
    fill(store, 600);
    memory_guard guard;
    publisher p(store, guard, std::string(testing::origin), log_key);
    REQUIRE(p.publish());
    temporary_folder folder;
    REQUIRE(p.export_to(folder.path()));
    journal::folder_source source(folder.path());
    REQUIRE(verify(source, p.vkey()));
    int files = 0;
    for (const auto& one : std::filesystem::recursive_directory_iterator(folder.path())) {
        if (!one.is_regular_file() || one.path().filename() == "vkey") continue;
        CAPTURE(one.path().string());
        const std::string good = read_file(one.path());
        for (const std::size_t place : {std::size_t{0}, good.size() / 2, good.size() - 1}) {
            std::string bad = good;
            bad[place] = static_cast<char>(bad[place] ^ 4);
            write_file(one.path(), bad);
            CHECK_FALSE(verify(source, p.vkey()));
            write_file(one.path(), good.substr(0, place));
            CHECK_FALSE(verify(source, p.vkey()));
        }
        write_file(one.path(), good + "x");
        CHECK_FALSE(verify(source, p.vkey()));
        std::filesystem::remove(one.path());
        CHECK_FALSE(verify(source, p.vkey()));
        write_file(one.path(), good);
        ++files;
    }
    CHECK(files == 3 + 3 + 1 + 1);
    CHECK(verify(source, p.vkey()));
}

TEST_CASE("a journal that does not extend what was signed is not signed") {
    memory_guard guard;
    memory_store first;
    fill(first, 20);
    publisher p(first, guard, std::string(testing::origin), log_key);
    REQUIRE(p.publish());
    memory_store shorter;
    fill(shorter, 19);
    publisher rolled_back(shorter, guard, std::string(testing::origin), log_key);
    CHECK(rolled_back.publish().error().kind == &journal::refusals::fork);
    memory_store other;
    fill(other, 10);
    journal::batch b = testing::batch_of(10, 30);
    b.entries[0].bytes.replace(b.entries[0].bytes.find("entry 10"), 8, "entry 99");
    b.entries[0].leaf = journal::leaf_hash(b.entries[0].bytes);
    REQUIRE(other.append(b, 10));
    publisher forked(other, guard, std::string(testing::origin), log_key);
    CHECK(forked.publish().error().kind == &journal::refusals::fork);
    CHECK_FALSE(other.latest_checkpoint());
    fill(first, 30);
    CHECK(p.publish().value().size == 30);
}

TEST_CASE("a checkpoint that could not be written is signed again, the same history") {
    memory_store inner;
    faulty_store store(inner);
    memory_guard guard;
    publisher p(store, guard, std::string(testing::origin), log_key);
    fill(store, 3);
    store.refuse_checkpoints(1);
    CHECK(p.publish().error().kind == &refusals::disk_full);
    CHECK_FALSE(p.latest());
    CHECK(p.publish().value().size == 3);
    CHECK(p.latest()->size == 3);
    store.refuse_appends(1);
    CHECK(store.append(testing::batch_of(3, 4), 3).error().kind == &refusals::disk_full);
    CHECK(store.current().next == 3);
    fill(store, 4);
    store.damage_entry(2);
    journal::publisher_source live(p);
    REQUIRE(p.publish());
    CHECK(verify(live, p.vkey()).error().kind == &journal::refusals::tile_differs);
}

TEST_CASE("another program, by other people, verifies an exported journal") {
    if (std::system("command -v go >/dev/null 2>&1") != 0 ||
        !std::filesystem::exists("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")) {
        MESSAGE("skipped: Go and its package x/mod are not here");
        return;
    }
    memory_store store;
    fill(store, 70'000, 10'000);
    memory_guard guard;
    publisher p(store, guard, std::string(testing::origin), log_key);
    REQUIRE(p.publish());
    const auto witness = journal::key_from_seed(std::string(32, 'W'));
    p.show_by([&](journal::stored_checkpoint newest) {
        newest.note += journal::cosignature_line("witness.example/w", witness, 1'785'585'600,
                                                 journal::split_note(newest.note)->text) +
                       "\n";
        return newest;
    });
    temporary_folder folder;
    REQUIRE(p.export_to(folder.path()));
    write_file(folder.path() / "5.tlog-proof", p.proof_file(5).value());
    write_file(folder.path() / "witness",
               journal::format_witness_key({"witness.example/w", witness.public_key}) + "\n");
    const std::string judge =
        (std::filesystem::path(veche::source_dir()) / "src/store/tests/foreign_judge.go").string();
    const std::string run = "GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= go run " + judge +
                            " " + folder.path().string();
    CHECK(std::system(run.c_str()) == 0);
    const journal::key_pair other = journal::key_from_seed(std::string(32, 'X'));
    write_file(folder.path() / "witness",
               journal::format_witness_key({"witness.example/w", other.public_key}) + "\n");
    CHECK(std::system((run + " 2>/dev/null").c_str()) != 0);
    write_file(folder.path() / "witness",
               journal::format_witness_key({"witness.example/w", witness.public_key}) + "\n");
    std::string bundle = read_file(folder.path() / "tile/entries/100");
    bundle[1000] = static_cast<char>(bundle[1000] ^ 1);
    write_file(folder.path() / "tile/entries/100", bundle);
    CHECK(std::system((run + " 2>/dev/null").c_str()) != 0);
}

}  // namespace
}  // namespace veche::store
