#include "office/snapshot.hpp"

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
        for (int turn = 0; turn < 40; ++turn) {
            std::string damaged = file;
            damaged[random() % damaged.size()] ^= 1;
            const auto read = office::read_snapshot(damaged, "this build", 1);
            const auto line = office::read_snapshot_line(damaged);
            const auto sound = office::read_snapshot_line(file);
            // A flipped bit within the line may leave a line that can be read and says another
            // thing; whoever asks whether it fits sees that.
            const bool other_line = line && to_json(*line) != to_json(*sound);
            CHECK((!read || other_line));
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
    const auto open = [&] {
        office::options with;
        with.now = [] { return instant{1'900'000'000'000}; };
        with.ticker = false;
        auto opened = cli::union_folder::open(where, std::move(with));
        REQUIRE_MESSAGE(opened, opened.error().sentence());
        return *std::move(opened);
    };
    hash256 folded;
    {
        const auto first = open();
        CHECK(first->snapshot_size() == 0);
        folded = office::state_hash(first->office().taken().state);
        const auto kept = cli::keep_snapshot(where, first->office(), first->store());
        REQUIRE(kept);
        CHECK(*kept == entries.size());
    }
    {
        const auto second = open();
        CHECK(second->snapshot_size() == entries.size());
        CHECK(office::state_hash(second->office().taken().state) == folded);
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
    {
        std::fstream file(cli::snapshot_file(where), std::ios::in | std::ios::out);
        file.seekp(2000);
        file.put('#');
    }
    {
        const auto third = open();
        CHECK(third->snapshot_size() == 0);
        CHECK(office::state_hash(third->office().taken().state) == folded);
    }
}
