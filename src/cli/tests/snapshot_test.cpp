#include "office/snapshot.hpp"

#include <fstream>
#include <future>
#include <random>

#include <doctest/doctest.h>

#include "charter/toml.hpp"
#include "cli/files.hpp"
#include "cli/play.hpp"
#include "cli/snapshots.hpp"
#include "cli/tests/own_folder.hpp"
#include "cli/union_folder.hpp"
#include "office/replay.hpp"
#include "office/state_bytes.hpp"
#include "source_dir.hpp"
#include "store/sqlite/database.hpp"

using namespace veche;

namespace {

constexpr const char* snapshot_origin = "snapshot.example/journal";

/// The journal of the example year: every room has something in it.
std::vector<std::string> year_of_entries(const std::filesystem::path& folder) {
    const std::string unions = source_dir() + "/unions/";
    const auto text = cli::read_file(unions + "union-state.toml");
    REQUIRE(text);
    const auto charter = charter::read_toml(*text);
    REQUIRE(charter);
    REQUIRE(store::create_folder(folder, snapshot_origin));
    const auto played =
        cli::play_scenario(folder, unions + "demo/year.play", *parse_date("2026-11-29"), &*charter,
                           [](std::size_t, std::size_t) {});
    REQUIRE_MESSAGE(played, played.error().sentence());
    const auto files = store::open_folder(folder);
    REQUIRE(files);
    std::vector<std::string> entries;
    REQUIRE(files->journal->read(0, files->journal->current().next,
                                 [&](std::uint64_t, std::string_view entry) {
                                     entries.emplace_back(entry);
                                     return true;
                                 }));
    return entries;
}

/// Folds the entries of [from, to).
void fold_on(office::replay& past, const std::vector<std::string>& entries, std::size_t from,
             std::size_t to) {
    for (std::size_t n = from; n < to; ++n) {
        const auto done = past.take(entries[n]);
        REQUIRE_MESSAGE(done, done.error().sentence());
    }
}

std::string file_of(const office::state& s) {
    std::string file;
    office::snapshot what;
    what.origin = snapshot_origin;
    what.state = s;
    what.versions.insert("motion/m1", 3);
    office::write_snapshot(what, hash256{}, "this build",
                           [&](std::string_view bytes) { file += bytes; });
    return file;
}

office::options at_rest() {
    office::options with;
    with.now = [] { return instant{1'900'000'000'000}; };
    with.ticker = false;
    return with;
}

std::unique_ptr<cli::union_folder> open_whole(const std::filesystem::path& where) {
    auto opened = cli::union_folder::open(where, at_rest());
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    return *std::move(opened);
}

/// As a server opens it.
std::unique_ptr<cli::union_folder> open_to_serve(const std::filesystem::path& where) {
    const auto at = store::union_place::of(where);
    REQUIRE(at);
    auto opened =
        cli::union_folder::open(*at, at_rest(), cli::union_folder::reading::after_snapshot);
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    return *std::move(opened);
}

hash256 state_of(cli::union_folder& of) {
    return office::state_hash(of.office().taken().state);
}

/// How the rest of the reading ends: "holds", or the words of the fault.
std::string inspected(cli::union_folder& of) {
    std::promise<std::string> said;
    of.inspect_rest([&](const refusal& why) { said.set_value(why.sentence()); },
                    [&] { said.set_value("holds"); });
    return said.get_future().get();
}

void change(const std::filesystem::path& where, const char* sql) {
    auto file = store::database::open((where / "journal.sqlite").string(), store::access::write);
    REQUIRE(file);
    REQUIRE(file->execute(sql));
}

/// Another byte, so far from the end of the snapshot or its beginning.
void spoil_snapshot(const std::filesystem::path& where, std::streamoff at) {
    std::fstream file(cli::snapshot_file(where), std::ios::in | std::ios::out);
    file.seekp(at, at < 0 ? std::ios::end : std::ios::beg);
    file.put('#');
}

}  // namespace

TEST_CASE("at any moment of the example year the state comes back from its bytes and goes on") {
    const cli::testing::own_folder folder;
    const auto entries = year_of_entries(folder.path / "union");
    const auto unchecked = [](std::uint64_t, const auto&) { return result<void>{}; };
    office::replay whole(snapshot_origin);
    whole.on_proofs(unchecked);
    fold_on(whole, entries, 0, entries.size());
    const hash256 in_the_end = office::state_hash(whole.state());

    std::mt19937 random(20261129);
    office::replay past(snapshot_origin);
    past.on_proofs(unchecked);
    std::size_t at = 0;
    std::string file;
    for (int turn = 0; turn < 12; ++turn) {
        const std::size_t step = 1 + random() % (2 * entries.size() / 12);
        const std::size_t goal = turn == 11 ? entries.size() : std::min(at + step, entries.size());
        fold_on(past, entries, at, goal);
        at = goal;
        while (!past.finish()) fold_on(past, entries, at, at + 1), ++at;

        file = file_of(past.state());
        auto back = office::read_snapshot(file, "this build", 2);
        REQUIRE_MESSAGE(back, back.error().sentence());
        CHECK(back->origin == snapshot_origin);
        CHECK(*back->versions.find("motion/m1") == 3);
        const auto rooms = office::room_hashes(past.state());
        const auto rooms_back = office::room_hashes(back->state);
        for (std::size_t i = 0; i < rooms.size(); ++i)
            CHECK_MESSAGE(rooms[i] == rooms_back[i], office::state_rooms()[i] << " at " << at);
        CHECK(file_of(back->state) == file);

        office::replay onwards(snapshot_origin, std::move(back->state));
        onwards.on_proofs(unchecked);
        fold_on(onwards, entries, at, entries.size());
        CHECK(onwards.finish());
        CHECK(office::state_hash(onwards.state()) == in_the_end);
    }

    SUBCASE("another build's snapshot is not read") {
        const auto other = office::read_snapshot(file, "another build", 1);
        REQUIRE_FALSE(other);
        CHECK(other.error().code() == "office.snapshot_of_another_program");
    }
    SUBCASE("a damaged one is not read, wherever the damage is") {
        const std::size_t line_at = file.rfind("{\"at\":");
        REQUIRE(line_at != std::string::npos);
        for (int turn = 0; turn < 80; ++turn) {
            std::string damaged = file;
            // Half of them within the line and what comes after it.
            const std::size_t from = turn % 2 == 0 ? 0 : line_at;
            const std::size_t place = from + random() % (damaged.size() - from);
            damaged[place] ^= static_cast<char>(1 << random() % 8);
            CAPTURE(place);
            const auto read = office::read_snapshot(damaged, "this build", 1 + turn % 3);
            REQUIRE_FALSE(read);
            CHECK(read.error().code() == "office.snapshot_damaged");
            if (at >= line_at) CHECK_FALSE(office::read_snapshot_line(damaged));
        }
        for (int turn = 0; turn < 20; ++turn)
            CHECK_FALSE(office::read_snapshot(
                std::string_view(file).substr(0, random() % file.size()), "this build", 1));
    }
}

TEST_CASE(
    "a union starts from the snapshot in its folder, and from its journal without a good one") {
    const cli::testing::own_folder folder;
    const auto where = folder.path / "union";
    const auto entries = year_of_entries(where);
    hash256 folded;
    {
        const auto first = open_whole(where);
        CHECK(first->snapshot_size() == 0);
        folded = state_of(*first);
        const auto kept = cli::keep_snapshot(where, first->office(), first->store());
        REQUIRE(kept);
        CHECK(*kept == entries.size());
    }
    {
        const auto second = open_whole(where);
        CHECK(second->snapshot_size() == entries.size());
        CHECK(state_of(*second) == folded);
        const auto made = second->office().taken();
        CHECK(made.versions.size() > 100);
        const auto said = cli::snapshot_said(where, snapshot_origin);
        REQUIRE(said);
        CHECK(office::check_snapshot_fits(*said, snapshot_origin, second->store()));
        const auto other = [&](auto change) {
            office::snapshot_line line = *said;
            change(line);
            const auto fits = office::check_snapshot_fits(line, snapshot_origin, second->store());
            return !fits && fits.error().code() == "office.snapshot_of_another_journal";
        };
        CHECK(other([](office::snapshot_line& l) { l.origin = "other.example/journal"; }));
        CHECK(other([](office::snapshot_line& l) { ++l.size; }));
        CHECK(other([](office::snapshot_line& l) { --l.size; }));
        CHECK(other([](office::snapshot_line& l) { l.root.front() ^= 1; }));
    }
    spoil_snapshot(where, 2000);
    const auto third = open_whole(where);
    CHECK(third->snapshot_size() == 0);
    CHECK(state_of(*third) == folded);
}

TEST_CASE("a server starts by the snapshot, and finds meanwhile what was changed under it") {
    const cli::testing::own_folder folder;
    const auto where = folder.path / "union";
    const auto entries = year_of_entries(where);
    hash256 folded;
    {
        const auto first = open_whole(where);
        folded = state_of(*first);
        REQUIRE(cli::keep_snapshot(where, first->office(), first->store()));
    }
    {
        const auto served = open_to_serve(where);
        CHECK(served->snapshot_size() == entries.size());
        CHECK(state_of(*served) == folded);
        REQUIRE(served->inspecting());
        CHECK(served->inspecting()->first == 0);
        CHECK(served->inspecting()->second == entries.size());
        CHECK(inspected(*served) == "holds");
        CHECK_FALSE(served->inspecting());
    }
    change(where,
           "DROP TRIGGER entry_u; CREATE TABLE was AS SELECT * FROM entry WHERE seq=7; "
           "UPDATE entry SET bytes=x'41' WHERE seq=7");
    {
        const auto served = open_to_serve(where);
        CHECK(state_of(*served) == folded);
        CHECK(inspected(*served) == "Entry 7 does not hash to its leaf: its bytes were changed.");
    }
    CHECK_FALSE(store::open_folder(where));
    change(where, "UPDATE entry SET bytes=(SELECT bytes FROM was) WHERE seq=7; DROP TABLE was");

    // Its line is sound and vouches for the journal; its state is not, so that is folded.
    spoil_snapshot(where, 2000);
    {
        const auto served = open_to_serve(where);
        CHECK(served->snapshot_size() == 0);
        CHECK(state_of(*served) == folded);
        CHECK(inspected(*served) == "holds");
    }
    // Where the line is damaged nothing vouches: all is read before.
    spoil_snapshot(where, -40);
    const auto served = open_to_serve(where);
    CHECK(served->snapshot_size() == 0);
    CHECK(state_of(*served) == folded);
    CHECK_FALSE(served->inspecting());
}
