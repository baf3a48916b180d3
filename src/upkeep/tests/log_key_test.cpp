// Another key for the log: the guard holds, old clients are led on, a lost key is replaced.

#include "upkeep/log_key.hpp"

#include <doctest/doctest.h>

#include "journal/checkpoint.hpp"
#include "journal/refusal.hpp"
#include "store/folder.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/tests/filled.hpp"
#include "upkeep/refusal.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;
using store::testing::fill;
using store::testing::temporary_folder;

const std::string first_seed(32, 'L');

void grow(const fs::path& folder, std::uint64_t size, bool publish) {
    const auto of = store::open_folder(folder).value();
    fill(*of.journal, size);
    if (publish) REQUIRE(of.publisher->publish());
}

std::string vkey_in(const fs::path& folder) {
    return store::open_folder(folder)->publisher->vkey();
}

/// A union of 300 signed entries and one more, which stands for the entry that takes the key.
struct with_next_key {
    with_next_key() {
        REQUIRE(store::create_folder(folder, std::string(store::testing::origin), first_seed));
        grow(folder, 300, true);
        old_vkey = vkey_in(folder);
        vkey = make_next_key(folder).value();
        grow(folder, 301, false);
    }
    temporary_folder base;
    fs::path folder = base.path() / "union";
    std::string old_vkey, vkey;
};

TEST_CASE("the tree that ends with the entry is signed with both keys, the next with the new one") {
    with_next_key u;
    CHECK(u.vkey != u.old_vkey);
    CHECK(make_next_key(u.folder).value() == u.vkey);
    const auto changed = hand_over(u.folder).value();
    CHECK(changed.entries == 301);
    CHECK(changed.old_vkey == u.old_vkey);
    CHECK(vkey_in(u.folder) == u.vkey);
    CHECK_FALSE(fs::exists(u.folder / next_key_name));
    CHECK(fs::exists(u.folder / "log.key.old"));
    {
        const auto of = store::open_folder(u.folder).value();
        const std::string both = of.journal->latest_checkpoint()->note;
        CHECK(journal::verify_checkpoint(both, u.old_vkey)->size == 301);
        CHECK(journal::verify_checkpoint(both, u.vkey)->size == 301);
        CHECK(of.guard->last()->size == 301);
    }
    grow(u.folder, 302, true);
    const auto of = store::open_folder(u.folder).value();
    const std::string next = of.journal->latest_checkpoint()->note;
    CHECK(journal::verify_checkpoint(next, u.vkey)->size == 302);
    CHECK_FALSE(journal::verify_checkpoint(next, u.old_vkey));
    CHECK(hand_over(u.folder).error().kind == &refusals::next_key_missing);
}

TEST_CASE("broken off after any step, the change is finished by calling it again") {
    for (const char* step : {"signed", "written down", "old key moved"}) {
        CAPTURE(step);
        with_next_key u;
        const fs::path saved = u.base.path() / "saved";
        fs::create_directories(saved);
        for (const char* name : {"log.key", "log.key.next"})
            fs::copy_file(u.folder / name, saved / name);
        REQUIRE(hand_over(u.folder));
        // Back to what lies there when the program ends at that step.
        fs::copy_file(saved / "log.key.next", u.folder / "log.key.next");
        fs::remove(u.folder / "log.key.old");
        fs::copy_file(saved / "log.key", u.folder / "log.key",
                      fs::copy_options::overwrite_existing);
        if (std::string(step) == "signed") fs::remove(u.folder / handovers_name);
        if (std::string(step) == "old key moved")
            fs::rename(u.folder / "log.key", u.folder / "log.key.old");
        else
            CHECK(vkey_in(u.folder) == u.old_vkey);
        REQUIRE(hand_over(u.folder));
        CHECK(vkey_in(u.folder) == u.vkey);
        CHECK(fs::exists(u.folder / handovers_name));
    }
}

TEST_CASE("a size that the old key signed alone is not signed again, and a fork by nobody") {
    with_next_key u;
    {
        const auto of = store::open_folder(u.folder).value();
        REQUIRE(of.publisher->publish());
    }
    CHECK(hand_over(u.folder).error().kind == &refusals::handover_late);
    grow(u.folder, 302, false);
    REQUIRE(hand_over(u.folder));
    // The guard stands through the change: an older journal is not opened with the new key either.
    temporary_folder older;
    const fs::path copy = older.path() / "union";
    fs::create_directories(copy);
    for (const char* name : {"log.key", "guard.sqlite", "sealed.sqlite"})
        fs::copy_file(u.folder / name, copy / name);
    REQUIRE(store::sqlite_store::create(copy / "journal.sqlite"));
    {
        const auto shorter = store::sqlite_store::open(copy / "journal.sqlite").value();
        fill(*shorter, 301);
    }
    CHECK(store::open_folder(copy).error().kind == &store::refusals::rolled_back);
}

TEST_CASE("who knows the first key is led to the last one, over every change") {
    with_next_key u;
    REQUIRE(hand_over(u.folder));
    grow(u.folder, 400, true);
    const std::string third = make_next_key(u.folder).value();
    grow(u.folder, 401, false);
    REQUIRE(hand_over(u.folder));
    grow(u.folder, 450, true);
    const fs::path out = u.base.path() / "out";
    {
        const auto of = store::open_folder(u.folder).value();
        REQUIRE(of.publisher->export_to(out));
    }
    journal::folder_source log(out);
    CHECK(follow_keys(log, third)->vkey == third);
    CHECK(follow_keys(log, third)->links.empty());
    CHECK(follow_keys(log, u.old_vkey)->vkey == u.old_vkey);  // nothing says how it changed
    fs::copy_file(u.folder / handovers_name, out / handovers_name);
    const auto followed = follow_keys(log, u.old_vkey).value();
    CHECK(followed.vkey == third);
    REQUIRE(followed.links.size() == 2);
    CHECK(followed.links[0].vkey == u.vkey);
    CHECK(follow_keys(log, u.vkey)->links.size() == 1);
    // A handover of another tree, though both keys signed it, leads nowhere.
    const journal::key_pair first = journal::key_from_seed(first_seed);
    const journal::key_pair thief = journal::key_from_seed(std::string(32, 'T'));
    const std::string origin(store::testing::origin);
    const journal::checkpoint made{origin, 301, sha256("another tree")};
    const std::string text = journal::checkpoint_text(made);
    handover_list forged;
    forged.handovers.push_back({journal::sign_note(text, origin, first) +
                                    journal::signature_line(origin, thief, text) + "\n",
                                u.old_vkey,
                                journal::format_verifier_key({origin, thief.public_key})});
    store::testing::write_file(out / handovers_name, to_json(forged) + "\n");
    CHECK(follow_keys(log, u.old_vkey).error().kind == &refusals::handover_differs);
    // One that the old key did not sign is passed over.
    forged.handovers[0].note = journal::sign_note(text, origin, thief);
    store::testing::write_file(out / handovers_name, to_json(forged) + "\n");
    CHECK(follow_keys(log, u.old_vkey)->vkey == u.old_vkey);
}

TEST_CASE("a lost key is replaced, and the folder opens with what it signed") {
    with_next_key u;
    fs::remove(u.folder / "log.key");
    CHECK(store::open_folder(u.folder).error().kind == &store::refusals::key_unreadable);
    CHECK_FALSE(replace_lost(u.folder, u.vkey));  // not the key that signed
    const auto changed = replace_lost(u.folder, u.old_vkey).value();
    CHECK(changed.entries == 300);
    CHECK(vkey_in(u.folder) == u.vkey);
    grow(u.folder, 302, true);
    const auto of = store::open_folder(u.folder).value();
    CHECK(journal::verify_checkpoint(of.journal->latest_checkpoint()->note, u.vkey));
}

}  // namespace
}  // namespace veche::upkeep
