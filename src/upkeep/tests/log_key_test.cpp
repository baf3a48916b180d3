// Another key for the log: the guard holds, old clients are led on, a lost key is replaced.

#include "upkeep/log_key.hpp"

#include <doctest/doctest.h>

#include "journal/checkpoint.hpp"
#include "journal/refusal.hpp"
#include "store/folder.hpp"
#include "store/key_history.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/tests/filled.hpp"
#include "upkeep/backup.hpp"
#include "upkeep/refusal.hpp"
#include "upkeep/restore.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;
using store::handovers_name;
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

store::union_place folder_place(const fs::path& folder) {
    return store::union_place::of(folder).value();
}

/// A union of 300 signed entries and one more, which stands for the entry that takes the key.
struct with_next_key {
    with_next_key() {
        REQUIRE(store::create_folder(folder, std::string(store::testing::origin), first_seed));
        grow(folder, 300, true);
        old_vkey = vkey_in(folder);
        vkey = make_next_key(place()).value();
        grow(folder, 301, false);
    }
    [[nodiscard]] store::union_place place() const { return folder_place(folder); }
    [[nodiscard]] fs::path next_key() const { return next_key_file(place()); }
    [[nodiscard]] store::key_history keys() const {
        return store::key_history::in_folder(folder).value();
    }
    temporary_folder base;
    fs::path folder = base.path() / "union";
    std::string old_vkey, vkey;
};

TEST_CASE("the tree that ends with the entry is signed with both keys, the next with the new one") {
    with_next_key u;
    CHECK(u.vkey != u.old_vkey);
    CHECK(make_next_key(u.place()).value() == u.vkey);
    const auto changed = hand_over(u.place()).value();
    CHECK(changed.entries == 301);
    CHECK(changed.old_vkey == u.old_vkey);
    CHECK(vkey_in(u.folder) == u.vkey);
    CHECK_FALSE(fs::exists(u.next_key()));
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
    CHECK(hand_over(u.place()).error().kind == &refusals::next_key_missing);
}

TEST_CASE("broken off after any step, the change is finished by calling it again") {
    for (const char* step : {"signed", "written down", "old key moved"}) {
        CAPTURE(step);
        with_next_key u;
        const fs::path saved = u.base.path() / "saved";
        fs::create_directories(saved);
        for (const char* name : {"log.key", "log.key.next"})
            fs::copy_file(u.folder / name, saved / name);
        REQUIRE(hand_over(u.place()));
        // Back to what lies there when the program ends at that step.
        fs::copy_file(saved / "log.key.next", u.folder / "log.key.next");
        fs::remove(u.folder / "log.key.old");
        fs::copy_file(saved / "log.key", u.folder / "log.key",
                      fs::copy_options::overwrite_existing);
        if (std::string(step) == "signed") fs::remove(u.folder / handovers_name);
        if (std::string(step) == "old key moved")
            fs::rename(u.folder / "log.key", u.folder / "log.key.old");
        if (std::string(step) == "signed") CHECK(vkey_in(u.folder) == u.old_vkey);
        // From the moment at which it is written down nothing is signed with the old key.
        if (std::string(step) == "written down")
            CHECK(store::open_folder(u.folder).error().kind == &store::refusals::key_left);
        const auto next = next_key_of(u.place()).value();
        CHECK(next.vkey == u.vkey);
        CHECK(next.in_force == (std::string(step) != "signed"));
        const auto changed = hand_over(u.place()).value();
        CHECK(changed.entries == 301);
        CHECK(changed.old_vkey == u.old_vkey);
        CHECK(u.keys().changes().size() == 1);
        CHECK(vkey_in(u.folder) == u.vkey);
        CHECK(fs::exists(u.folder / handovers_name));
    }
}

TEST_CASE(
    "a size that the old key signed alone is signed by the new one too, and a fork by nobody") {
    with_next_key u;
    std::string alone;
    {
        const auto of = store::open_folder(u.folder).value();
        REQUIRE(of.publisher->publish());
        alone = of.journal->latest_checkpoint()->note;
    }
    CHECK(hand_over(u.place())->entries == 301);
    {
        const auto of = store::open_folder(u.folder).value();
        CHECK(of.journal->latest_checkpoint()->note == alone);
        REQUIRE(of.publisher->publish());
        // Readers are shown the lines of both, whichever key they know.
        const std::string both = of.publisher->shown()->note;
        CHECK(both.starts_with(alone));
        CHECK(both == of.guard->last()->note);
        CHECK(both == u.keys().changes().front().note);
        for (const std::string* vkey : {&u.old_vkey, &u.vkey})
            CHECK(journal::verify_checkpoint(both, *vkey)->size == 301);
        const auto proof = of.publisher->proof_file(300).value();
        CHECK(proof.find(both) != std::string::npos);
    }
    // A third one at the same size adds its line, and takes none away.
    const std::string third = make_next_key(u.place()).value();
    CHECK(hand_over(u.place())->entries == 301);
    {
        const auto of = store::open_folder(u.folder).value();
        REQUIRE(of.publisher->publish());
        for (const std::string& one : {u.old_vkey, u.vkey, third})
            CHECK(journal::verify_checkpoint(of.publisher->latest()->note, one)->size == 301);
    }
    grow(u.folder, 302, true);
    {
        const auto of = store::open_folder(u.folder).value();
        CHECK_FALSE(journal::verify_checkpoint(of.publisher->latest()->note, u.vkey));
    }
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
    REQUIRE(hand_over(u.place()));
    grow(u.folder, 400, true);
    const std::string third = make_next_key(u.place()).value();
    grow(u.folder, 401, false);
    REQUIRE(hand_over(u.place()));
    grow(u.folder, 450, true);
    const fs::path out = u.base.path() / "out";
    {
        const auto of = store::open_folder(u.folder).value();
        REQUIRE(of.publisher->export_to(out));
    }
    journal::folder_source log(out);
    CHECK(follow_keys(log, third)->vkey == third);
    CHECK(follow_keys(log, third)->links.empty());
    fs::rename(out / handovers_name, u.base.path() / handovers_name);
    CHECK(follow_keys(log, u.old_vkey)->vkey == u.old_vkey);  // nothing says how it changed
    fs::rename(u.base.path() / handovers_name, out / handovers_name);
    const auto followed = follow_keys(log, u.old_vkey).value();
    CHECK(followed.vkey == third);
    REQUIRE(followed.links.size() == 2);
    CHECK(followed.links[0].vkey == u.vkey);
    CHECK(follow_keys(log, u.vkey)->links.size() == 1);
    CHECK(handovers_to(log, third)->changes().size() == 2);
    CHECK(handovers_to(log, u.vkey)->changes().size() == 1);
    CHECK(handovers_to(log, u.old_vkey)->empty());
    {
        const auto of = store::open_folder(u.folder).value();
        journal::publisher_source own(*of.publisher);
        CHECK(follow_keys(own, u.old_vkey)->vkey == third);
    }
    // A handover of another tree, though both keys signed it, leads nowhere.
    const journal::key_pair first = journal::key_from_seed(first_seed);
    const journal::key_pair thief = journal::key_from_seed(std::string(32, 'T'));
    const std::string origin(store::testing::origin);
    const journal::checkpoint made{origin, 301, sha256("another tree")};
    const std::string text = journal::checkpoint_text(made);
    store::handover_list forged;
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
    CHECK(next_key_of(u.place()).error().kind == &store::refusals::key_unreadable);
    CHECK_FALSE(replace_lost(u.place(), u.vkey));  // not the key that signed
    const auto changed = replace_lost(u.place(), u.old_vkey).value();
    CHECK(changed.entries == 300);
    CHECK(vkey_in(u.folder) == u.vkey);
    {
        // The new key signs what is signed already.
        const auto of = store::open_folder(u.folder).value();
        CHECK(journal::verify_checkpoint(of.guard->last()->note, u.vkey)->size == 300);
        CHECK(u.keys().published().empty());
        CHECK_FALSE(of.publisher->serve("handovers"));
    }
    grow(u.folder, 302, true);
    {
        const auto of = store::open_folder(u.folder).value();
        CHECK(journal::verify_checkpoint(of.journal->latest_checkpoint()->note, u.vkey));
    }
    // Lost keys are remembered through the next change too.
    const std::string third = make_next_key(u.place()).value();
    grow(u.folder, 303, false);
    REQUIRE(hand_over(u.place()));
    REQUIRE(u.keys().changes().size() == 2);
    CHECK(u.keys().changes()[0].old_vkey == u.old_vkey);
    CHECK(u.keys().changes()[0].note.empty());
    CHECK(u.keys().leads(u.old_vkey, third));
}

TEST_CASE("a folder whose key was lost under an earlier program opens") {
    with_next_key u;
    fs::rename(u.next_key(), u.folder / "log.key");
    CHECK(store::open_folder(u.folder).error().kind == &store::refusals::checkpoint_differs);
    store::testing::write_file(u.folder / store::lost_vkeys_name, u.old_vkey + "\n");
    CHECK(vkey_in(u.folder) == u.vkey);
    grow(u.folder, 302, true);
}

/// What backing up, losing all but the key, and restoring leaves.
fs::path restored(const with_next_key& u, const char* key, bool new_guard = true,
                  journal::log_source* mirror = nullptr) {
    const fs::path to = u.base.path() / "restored";
    fs::remove_all(to);
    restore_options with;
    with.from = u.base.path() / "backup";
    with.to = to;
    with.key = u.folder / key;
    with.new_guard = new_guard;
    with.fill_from = mirror;
    with.streams = [](std::string_view, json::node) { return std::vector<std::string>{}; };
    const auto done = restore(with);
    if (!done) return std::string(done.error().code());
    return to;
}

result<backup_report> kept_of(const with_next_key& u) {
    return back_up({u.folder, u.base.path() / "backup", true, {}, "test", {}});
}

TEST_CASE("how the key changed is in the backup and comes back with it") {
    for (const bool lost : {false, true}) {
        CAPTURE(lost);
        with_next_key u;
        REQUIRE(kept_of(u));
        CHECK(read_manifest(u.base.path() / "backup")->vkey == u.old_vkey);
        if (lost)
            REQUIRE(replace_lost(u.place(), u.old_vkey));
        else
            REQUIRE(hand_over(u.place()));
        REQUIRE(kept_of(u));
        const auto m = check_backup(u.base.path() / "backup").value();
        CHECK(m.vkey == u.vkey);
        CHECK(kept_keys(u.base.path() / "backup", m)->had(u.old_vkey));
        CHECK(restored(u, "log.key.old") == "store.key_left");
        const fs::path to = restored(u, "log.key");
        REQUIRE(fs::exists(to));
        CHECK(store::testing::read_file(to / handovers_name) ==
              store::testing::read_file(u.folder / handovers_name));
        const auto of = store::open_folder(to).value();
        CHECK(of.publisher->vkey() == u.vkey);
        CHECK(of.publisher->serve("handovers").has_value() != lost);
        // A further one keeps the file as it is.
        const auto again = kept_of(u).value();
        CHECK(again.fresh == 0);
        REQUIRE(check_backup(u.base.path() / "backup"));
    }
}

TEST_CASE("a backup with a handover that not both keys signed is damaged") {
    with_next_key u;
    REQUIRE(hand_over(u.place()));
    const auto thief = journal::key_from_seed(std::string(32, 'T'));
    const std::string origin(store::testing::origin);
    const store::key_history forged({{u.keys().changes()[0].note, u.old_vkey,
                                      journal::format_verifier_key({origin, thief.public_key})}});
    REQUIRE(forged.keep_in(u.folder));
    REQUIRE(kept_of(u));
    CHECK(check_backup(u.base.path() / "backup").error().kind == &refusals::backup_damaged);
}

TEST_CASE("a backup from before the change is restored with the new key where somebody knows it") {
    with_next_key u;
    REQUIRE(kept_of(u));
    REQUIRE(hand_over(u.place()));
    grow(u.folder, 320, true);
    const fs::path out = u.base.path() / "out";
    REQUIRE(store::open_folder(u.folder)->publisher->export_to(out));
    CHECK(restored(u, "log.key") == "upkeep.key_differs");
    journal::folder_source mirror(out);
    const fs::path to = restored(u, "log.key", false, &mirror);
    REQUIRE(fs::exists(to));
    {
        const auto of = store::open_folder(to).value();
        CHECK(of.journal->current().next == 320);
        CHECK(of.publisher->vkey() == u.vkey);
        CHECK(of.publisher->serve("handovers"));
    }
    // Or where the file survived.
    const fs::path left = u.base.path() / "survivors";
    fs::create_directories(left);
    for (const char* name : {"log.key", "guard.sqlite", handovers_name})
        fs::copy_file(u.folder / name, left / name);
    restore_options with;
    with.from = u.base.path() / "backup";
    with.to = left;
    with.streams = [](std::string_view, json::node) { return std::vector<std::string>{}; };
    const auto behind = restore(with).value();
    CHECK(behind.missing == 19);
    REQUIRE(upkeep::fill(left, mirror, with.streams));
    CHECK(vkey_in(left) == u.vkey);
}

TEST_CASE("what was lost of how the key changed comes back out of a mirror") {
    with_next_key u;
    REQUIRE(hand_over(u.place()));
    grow(u.folder, 320, true);
    const fs::path out = u.base.path() / "out";
    REQUIRE(store::open_folder(u.folder)->publisher->export_to(out));
    fs::remove(u.folder / handovers_name);
    journal::folder_source mirror(out);
    REQUIRE(upkeep::fill(u.folder, mirror,
                         [](std::string_view, json::node) { return std::vector<std::string>{}; }));
    CHECK(u.keys().had(u.old_vkey));
}

}  // namespace
}  // namespace veche::upkeep
