// A union on a PostgreSQL server (VECHE_TEST_POSTGRES, which tests/postgres_test.py starts; without
// it these tests say so and pass), backed up beside its nodes, restored into folders and servers.

#include <atomic>
#include <cstdlib>

#include <doctest/doctest.h>

#include "journal/refusal.hpp"
#include "store/folder.hpp"
#include "store/postgres/postgres_rows.hpp"
#include "store/postgres/session.hpp"
#include "store/postgres/shared_guard.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_rows.hpp"
#include "store/tests/filled.hpp"
#include "upkeep/backup.hpp"
#include "upkeep/log_key.hpp"
#include "upkeep/refusal.hpp"
#include "upkeep/restore.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;
using store::row_base;
using store::testing::temporary_folder;

const std::string server_seed(32, 'S');

/// A schema of its own on the test's server; "" where there is none.
std::string fresh_place() {
    const char* const url = std::getenv("VECHE_TEST_POSTGRES");
    if (url == nullptr) {
        MESSAGE("no PostgreSQL server for tests: skipped");
        return {};
    }
    static std::atomic<int> count = 0;
    const std::string name = "u" + std::to_string(::getpid()) + "_" + std::to_string(count++);
    auto s = store::session::open(url).value();
    REQUIRE(s.execute(("CREATE SCHEMA " + name).c_str()));
    return std::string(url) + "&options=-csearch_path%3D" + name;
}

/// Stands for what api/ keeps there.
result<void> make_people(row_base& accounts, row_base& follows) {
    VECHE_CHECK(
        accounts.make("CREATE TABLE IF NOT EXISTS account(login TEXT PRIMARY KEY) STRICT;"
                      "CREATE TABLE IF NOT EXISTS session(token TEXT PRIMARY KEY) STRICT;"));
    return follows.make("CREATE TABLE IF NOT EXISTS follow(person TEXT PRIMARY KEY) STRICT;");
}

result<void> copy_people(row_base& accounts, row_base& follows, row_base& to_accounts,
                         row_base& to_follows) {
    VECHE_CHECK(make_people(to_accounts, to_follows));
    const auto logins = VECHE_TRY(accounts.run("SELECT login FROM account ORDER BY login"));
    for (std::size_t i = 0; i < logins.count(); ++i)
        VECHE_CHECK(to_accounts.run("INSERT INTO account(login) VALUES(?1)",
                                    store::values().text(logins.text(i, 0))));
    const auto tokens = VECHE_TRY(accounts.run("SELECT token FROM session"));
    for (std::size_t i = 0; i < tokens.count(); ++i)
        VECHE_CHECK(to_accounts.run("INSERT INTO session(token) VALUES(?1)",
                                    store::values().text(tokens.text(i, 0))));
    const auto people = VECHE_TRY(follows.run("SELECT person FROM follow ORDER BY person"));
    for (std::size_t i = 0; i < people.count(); ++i)
        VECHE_CHECK(to_follows.run("INSERT INTO follow(person) VALUES(?1)",
                                   store::values().text(people.text(i, 0))));
    return {};
}

std::vector<std::string> vote_streams(std::string_view type, json::node) {
    return type == "assembly.cast_ballot" ? std::vector<std::string>{"vote-1"}
                                          : std::vector<std::string>{};
}

void grow_union(const store::union_place& at, std::uint64_t entries) {
    const auto of = store::open_union(at).value();
    store::testing::fill(*of.journal, entries);
    REQUIRE(of.publisher->publish());
}

/// A union on the server with so many entries, a paper, a sealed text, an account that is logged in
/// and a follower, and a node that has served it. False where there is no server.
class shared_union {
  public:
    explicit shared_union(std::uint64_t entries) : url_(fresh_place()) {
        if (url_.empty()) return;
        REQUIRE(store::write_log_key(key(), server_seed));
        REQUIRE(store::create_union(place(), std::string(store::testing::origin)));
        const auto of = store::open_union(place()).value();
        REQUIRE(make_people(*of.accounts, *of.follows));
        for (const char* sql : {"INSERT INTO account(login) VALUES('anna')",
                                "INSERT INTO session(token) VALUES('a token of anna')",
                                "INSERT INTO follow(person) VALUES('a follower')"})
            REQUIRE(of.accounts->run(sql));
        REQUIRE(of.papers->keep("a paper"));
        sealed_ = of.sealed->keep("a sealed text", journal::seal_class::closed, "s-1")->commit;
        store::testing::fill(*of.journal, entries);
        REQUIRE(of.publisher->publish());
    }
    explicit operator bool() const { return !url_.empty(); }
    [[nodiscard]] const std::string& url() const { return url_; }
    [[nodiscard]] fs::path key() const { return base_.path() / "log.key"; }
    [[nodiscard]] fs::path backup() const { return base_.path() / "backup"; }
    [[nodiscard]] fs::path in(const char* name) const { return base_.path() / name; }
    [[nodiscard]] store::union_place place() const { return {in("node"), url_, key()}; }
    [[nodiscard]] const hash256& sealed() const { return sealed_; }
    [[nodiscard]] result<backup_report> back_up() const { return back_up_of(url_); }
    [[nodiscard]] result<backup_report> back_up_of(const fs::path& where) const {
        return upkeep::back_up({where, backup(), true, {}, "test", {}, &copy_people});
    }
    [[nodiscard]] restore_options restoring_to(const fs::path& to, const char* state) const {
        restore_options with;
        with.from = backup();
        with.to = to;
        with.key = key();
        with.state = in(state);
        with.streams = &vote_streams;
        with.rows = &copy_people;
        return with;
    }

  private:
    temporary_folder base_;
    std::string url_;
    hash256 sealed_{};
};

std::string root_in(const store::union_folder& of) {
    return to_base64(as_bytes(of.journal->current().edge.root()));
}

std::string leaves_in(const store::union_folder& of) {
    return of.journal->leaves(0, of.journal->current().next).value();
}

/// That everything of the union is there, and that it goes on.
void check_whole(const store::union_place& at, const shared_union& u) {
    const auto was = store::open_union(u.place()).value();
    const auto of = store::open_union(at).value();
    CHECK(root_in(of) == root_in(was));
    CHECK(leaves_in(of) == leaves_in(was));
    CHECK(of.publisher->vkey() == was.publisher->vkey());
    CHECK(of.journal->find_idem("person-1", store::testing::idem_of(1)).value()->seq == 1);
    CHECK(of.papers->read(to_hex(sha256("a paper"))).value() == "a paper");
    CHECK(of.sealed->disclose(u.sealed())->text == "a sealed text");
    CHECK(of.accounts->run("SELECT login FROM account")->text(0, 0) == "anna");
    CHECK(of.accounts->run("SELECT token FROM session")->empty());
    CHECK(of.follows->run("SELECT person FROM follow")->text(0, 0) == "a follower");
    store::testing::fill(*of.journal, of.journal->current().next + 5);
    CHECK(of.publisher->publish());
}

TEST_CASE("postgres: a server is backed up, and comes back in a folder and on another server") {
    const shared_union u(5000);
    if (!u) return;
    const auto made = u.back_up().value();
    CHECK(made.entries == 5000);
    CHECK(made.papers == 1);
    REQUIRE(check_backup(u.backup()));
    const auto m = read_manifest(u.backup()).value();
    for (const file_row& row : m.files) {
        CAPTURE(row.path);
        const std::string bytes = store::testing::read_file(u.backup() / row.path);
        CHECK(row.path.find("guard") == std::string::npos);
        CHECK(bytes.find(to_base64(server_seed)) == std::string::npos);
        CHECK(bytes.find("a token of anna") == std::string::npos);
    }
    auto folder = u.restoring_to(u.in("folder"), "unused");
    folder.new_guard = true;
    CHECK(restore(folder)->root == made.root);
    auto server = u.restoring_to(fresh_place(), "other-node");
    server.new_guard = true;
    const auto restored = restore(server).value();
    CHECK(restored.root == made.root);
    CHECK(restored.secrets);
    CHECK_FALSE(fs::exists(u.in("other-node") / "restoring"));
    // What was restored is backed up into the same place: there is nothing new in it.
    const auto again = u.back_up_of(server.to).value();
    CHECK(again.fresh == 0);
    CHECK(again.written == 0);
    CHECK(u.back_up_of(u.in("folder"))->fresh == 0);
    check_whole({u.in("folder"), "", u.in("folder") / "log.key"}, u);
    check_whole({u.in("other-node"), server.to.string(), u.key()}, u);
}

TEST_CASE("postgres: the backup of a folder goes to a server") {
    const std::string url = fresh_place();
    if (url.empty()) return;
    temporary_folder base;
    const fs::path folder = base.path() / "union";
    REQUIRE(store::create_folder(folder, std::string(store::testing::origin), server_seed));
    grow_union({folder, "", folder / "log.key"}, 700);
    REQUIRE(store::open_folder(folder)->papers->keep("a paper"));
    REQUIRE(upkeep::back_up({folder, base.path() / "backup", true, {}, "test", {}}));
    restore_options with;
    with.from = base.path() / "backup";
    with.to = url;
    with.key = folder / "log.key";
    with.state = base.path() / "node";
    with.new_guard = true;
    with.streams = &vote_streams;
    with.rows = [](row_base& accounts, row_base& follows, row_base& to,
                   row_base& to_follows) -> result<void> {
        VECHE_CHECK(make_people(accounts, follows));  // a file that was never used has no tables
        return copy_people(accounts, follows, to, to_follows);
    };
    REQUIRE(restore(with));
    const auto was = store::open_folder(folder).value();
    const auto of = store::open_union({with.state, url, with.key}).value();
    CHECK(leaves_in(of) == leaves_in(was));
    CHECK(of.papers->all().value() == was.papers->all().value());
}

TEST_CASE("postgres: a backup is of one moment, whatever is written meanwhile") {
    const shared_union u(5000);
    if (!u) return;
    const std::string root = root_in(store::open_union(u.place()).value());
    int told = 0;
    backup_options with{u.url(), u.backup(), true, {}, "test", {}};
    with.progress = [&](std::uint64_t, std::uint64_t) {
        if (told++ == 0) grow_union(u.place(), 5100);
    };
    with.rows = [&](row_base& accounts, row_base& follows, row_base& to, row_base& to_follows) {
        const auto desk = store::open_accounts(u.url()).value();
        REQUIRE(desk->run("INSERT INTO account(login) VALUES('boris')"));
        return copy_people(accounts, follows, to, to_follows);
    };
    const auto made = upkeep::back_up(with).value();
    CHECK(told == 2);
    CHECK(made.entries == 5000);
    CHECK(made.root == root);
    REQUIRE(check_backup(u.backup()));
    auto folder = u.restoring_to(u.in("folder"), "unused");
    folder.new_guard = true;
    REQUIRE(restore(folder));
    const auto accounts = store::open_accounts(u.in("folder")).value();
    CHECK(accounts->run("SELECT 1 FROM account")->count() == 1);
    const auto further = u.back_up().value();
    CHECK(further.fresh == 100);
    CHECK(further.written <
          static_cast<std::int64_t>(fs::file_size(u.backup() / segment_path(0, 4096))));
    REQUIRE(check_backup(u.backup()));
}

TEST_CASE("postgres: a backup whose connection is lost is the one before") {
    const shared_union u(300);
    const char* const admin = std::getenv("VECHE_TEST_POSTGRES_ADMIN");
    if (!u || admin == nullptr) return;
    REQUIRE(u.back_up());
    grow_union(u.place(), 5000);
    backup_options with{u.url(), u.backup(), true, {}, "test", {}, &copy_people};
    with.progress = [&](std::uint64_t, std::uint64_t) {
        auto s = store::session::open(admin).value();
        REQUIRE(
            s.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                      "usename='veche' AND state='idle in transaction'"));
    };
    CHECK(upkeep::back_up(with).error().kind == &store::refusals::unreachable);
    CHECK(read_manifest(u.backup())->size == 300);
    CHECK(u.back_up()->entries == 5000);
    REQUIRE(check_backup(u.backup()));
}

TEST_CASE("postgres: what was destroyed leaves the backup with the next run") {
    const shared_union u(20);
    if (!u) return;
    REQUIRE(u.back_up());
    REQUIRE(store::open_union(u.place())->sealed->shred(u.sealed()));
    REQUIRE(u.back_up());
    auto folder = u.restoring_to(u.in("folder"), "unused");
    folder.new_guard = true;
    REQUIRE(restore(folder));
    CHECK(store::open_folder(u.in("folder"))->sealed->disclose(u.sealed()).error().kind ==
          &journal::refusals::seal_shredded);
}

/// Restored where something knows of 1100 signed entries and the backup has 600.
void check_lost_end(const restore_options& with, const shared_union& u) {
    const store::union_place at{with.state, with.to.string(), u.key()};
    const auto behind = restore(with).value();
    CHECK(behind.entries == 600);
    CHECK(behind.missing == 500);
    CHECK(store::open_union(at).error().kind == &store::refusals::rolled_back);
    // Nor for a program that has no folder of a node.
    CHECK(store::open_folder(with.to).error().kind == &store::refusals::rolled_back);
    journal::folder_source mirror(u.in("mirror"));
    CHECK(upkeep::fill(with.to, mirror, &vote_streams)->filled == 500);
    check_whole(at, u);
}

TEST_CASE("postgres: a restored server that lost its end shows, whichever guard survived") {
    const shared_union u(600);
    if (!u) return;
    REQUIRE(u.back_up());
    grow_union(u.place(), 1100);
    REQUIRE(store::open_union(u.place())->publisher->export_to(u.in("mirror")));
    fs::copy(u.in("node"), u.in("survivor"), fs::copy_options::recursive);
    check_lost_end(u.restoring_to(fresh_place(), "survivor"), u);
    // The guard's schema alone is left, and no node.
    const shared_union lost(600);
    grow_union(lost.place(), 1100);
    const auto names = store::part_names::on(lost.url()).value();
    auto s = store::session::open(lost.url()).value();
    const std::string own = names.guard.substr(0, names.guard.size() - 6);
    REQUIRE(s.execute(("DROP SCHEMA " + own + "," + names.sealed + "," + names.papers + "," +
                       names.desk + " CASCADE; CREATE SCHEMA " + own)
                          .c_str()));
    check_lost_end(u.restoring_to(lost.url(), "new-node"), u);
}

TEST_CASE("postgres: with all guards lost nothing is restored before somebody was asked") {
    const shared_union u(600);
    if (!u) return;
    REQUIRE(u.back_up());
    grow_union(u.place(), 900);
    REQUIRE(store::open_union(u.place())->publisher->export_to(u.in("mirror")));
    auto with = u.restoring_to(fresh_place(), "a");
    CHECK(restore(with).error().kind == &refusals::guard_lost);
    // A node that has seen nothing yet is no witness.
    REQUIRE(store::sqlite_guard::create(u.in("a") / "guard.sqlite",
                                        std::string(store::testing::origin)));
    CHECK(restore(with).error().kind == &refusals::guard_lost);
    journal::folder_source mirror(u.in("mirror"));
    with.fill_from = &mirror;
    CHECK(restore(with)->filled == 300);
    const auto of = store::open_union({with.state, with.to.string(), u.key()}).value();
    CHECK(of.guard->last()->size == 900);
    auto alone = u.restoring_to(fresh_place(), "b");
    alone.new_guard = true;
    CHECK(restore(alone)->missing == 0);
    const auto as_it_was = store::open_union({alone.state, alone.to.string(), u.key()}).value();
    CHECK(as_it_was.guard->last()->size == 600);
    CHECK(as_it_was.guard->seen()->size == 600);
}

TEST_CASE(
    "postgres: a restore that is broken off leaves no union, and none is mixed with another") {
    const shared_union u(300);
    if (!u) return;
    REQUIRE(u.back_up());
    auto with = u.restoring_to(fresh_place(), "a");
    with.new_guard = true;
    with.rows = [](row_base&, row_base&, row_base&, row_base&) -> result<void> {
        return refuse(store::refusals::disk_full);
    };
    CHECK(restore(with).error().kind == &store::refusals::disk_full);
    CHECK_FALSE(fs::exists(u.in("a") / "restoring"));
    CHECK(store::open_folder(with.to).error().kind == &store::refusals::folder_missing);
    with.rows = &copy_people;
    CHECK(restore(with).error().kind == &refusals::server_taken);
    CHECK(restore(u.restoring_to(u.url(), "b")).error().kind == &refusals::server_taken);
    CHECK(restore(u.restoring_to(u.url(), "node")).error().kind == &refusals::server_taken);
}

TEST_CASE("postgres: keys, guards and copies for looking that do not fit are refused") {
    const shared_union u(300);
    if (!u) return;
    REQUIRE(u.back_up());
    auto with = u.restoring_to(fresh_place(), "a");
    with.key.clear();
    CHECK(restore(with).error().kind == &store::refusals::key_needed);
    REQUIRE(store::write_log_key(u.in("other.key"), std::string(32, 'X')));
    with.key = u.in("other.key");
    with.new_guard = true;
    CHECK(restore(with).error().kind == &refusals::key_differs);
    with.key = u.key();
    with.at = "100";
    CHECK(restore(with).error().kind == &refusals::looking_on_server);
    with.at.clear();
    REQUIRE(store::sqlite_guard::create(u.in("a") / "guard.sqlite", "other.example/journal"));
    CHECK(restore(with).error().kind == &refusals::backup_of_another);
}

TEST_CASE("postgres: a backup is not gone on with by a server that was put back") {
    const shared_union u(600);
    const shared_union older(500);
    if (!u) return;
    REQUIRE(u.back_up());
    CHECK(u.back_up_of(older.url()).error().kind == &refusals::backup_ahead);
    CHECK(check_backup(u.backup())->size == 600);
    CHECK(u.back_up_of(fresh_place()).error().kind == &store::refusals::parts_missing);
}

// --- The key of the log
// -----------------------------------------------------------------------------------------

/// The union's server and the file of its key, without the folder of a node.
store::union_place beside_nodes(const shared_union& u) {
    return {{}, u.url(), u.key()};
}

std::string guarded_vkey(const std::string& url) {
    const auto names = store::part_names::on(url).value();
    return store::shared_guard::at(url, names.guard, {}).value()->vkey();
}

/// As a union that an earlier program founded.
void forget_keys_table(const std::string& url) {
    const auto names = store::part_names::on(url).value();
    const auto rows = store::postgres_rows::open(url, names.guard).value();
    REQUIRE(rows->run("DROP TABLE key_change"));
}

TEST_CASE("postgres: the key changes beside a node, which goes on without signing") {
    const shared_union u(300);
    if (!u) return;
    forget_keys_table(u.url());
    const std::string old_vkey = guarded_vkey(u.url());
    const std::string vkey = make_next_key(beside_nodes(u)).value();
    CHECK(make_next_key(beside_nodes(u)).value() == vkey);
    const auto asked = next_key_of(beside_nodes(u)).value();
    CHECK(asked.vkey == vkey);
    CHECK_FALSE(asked.in_force);
    auto node = store::open_union(u.place()).value();  // its folder is locked all the while
    CHECK_FALSE(node.publisher->serve("handovers"));
    store::testing::fill(*node.journal, 301);
    auto by = beside_nodes(u);
    by.folder = u.in("node");
    const auto changed = hand_over(by).value();
    CHECK(changed.entries == 301);
    CHECK(changed.old_vkey == old_vkey);
    CHECK(changed.vkey == vkey);
    CHECK(guarded_vkey(u.url()) == vkey);
    CHECK(fs::exists(u.key().string() + ".old"));
    CHECK_FALSE(fs::exists(next_key_file(by)));
    CHECK(node.publisher->publish().error().kind == &journal::refusals::key_changed);
    const std::string both = node.publisher->shown()->note;
    for (const std::string& one : {old_vkey, vkey})
        CHECK(journal::verify_checkpoint(both, one)->size == 301);
    // It takes entries and says how the key changed, as every node does.
    store::testing::fill(*node.journal, 302);
    CHECK(node.publisher->publish()->size == 301);
    journal::publisher_source shown(*node.publisher);
    const store::union_place other{u.in("other"), u.url(), u.key()};
    {
        const auto next = store::open_union(other).value();
        REQUIRE(next.publisher->publish());
        CHECK(next.guard->last()->size == 302);
        journal::publisher_source also(*next.publisher);
        CHECK(follow_keys(also, old_vkey)->vkey == vkey);
    }
    CHECK(node.publisher->publish()->size == 302);
    CHECK(node.publisher->vkey() == vkey);
    CHECK(follow_keys(shown, old_vkey)->vkey == vkey);
    const auto out = u.in("out");
    REQUIRE(node.publisher->export_to(out));
    CHECK(fs::exists(out / store::handovers_name));
    // With the old key's file no node starts.
    const store::union_place late{u.in("late"), u.url(), u.key().string() + ".old"};
    CHECK(store::open_union(late).error().kind == &store::refusals::key_left);
    REQUIRE(store::write_log_key(u.in("foreign.key"), std::string(32, 'F')));
    const store::union_place foreign{u.in("late"), u.url(), u.in("foreign.key")};
    CHECK(store::open_union(foreign).error().kind == &store::refusals::key_foreign);
    CHECK(hand_over(by).error().kind == &refusals::next_key_missing);
}

TEST_CASE("postgres: what a node signed alone with the old key is signed by the new one too") {
    const shared_union u(300);
    if (!u) return;
    const std::string old_vkey = guarded_vkey(u.url());
    const std::string vkey = make_next_key(beside_nodes(u)).value();
    grow_union(u.place(), 301);
    const std::string alone = store::open_union(u.place())->journal->latest_checkpoint()->note;
    CHECK(hand_over(beside_nodes(u))->entries == 301);
    const auto node = store::open_union(u.place()).value();
    CHECK(node.journal->latest_checkpoint()->note == alone);
    REQUIRE(node.publisher->publish());
    const std::string both = node.publisher->shown()->note;
    for (const std::string& one : {old_vkey, vkey})
        CHECK(journal::verify_checkpoint(both, one)->size == 301);
    CHECK(node.keys()->changes().front().note == both);
}

TEST_CASE("postgres: a change of the key that is broken off is finished by calling it again") {
    for (const char* step : {"guard changed", "old key moved"}) {
        CAPTURE(step);
        const shared_union u(300);
        if (!u) return;
        const std::string old_vkey = guarded_vkey(u.url());
        const auto by = beside_nodes(u);
        const std::string vkey = make_next_key(by).value();
        const fs::path old = u.key().string() + ".old";
        REQUIRE(hand_over(by));
        // Back to what lies there when the program ends at that step.
        fs::rename(u.key(), next_key_file(by));
        if (std::string(step) == "guard changed") fs::rename(old, u.key());
        if (std::string(step) == "guard changed")
            CHECK(store::open_union(u.place()).error().kind == &store::refusals::key_left);
        const auto next = next_key_of(by).value();
        CHECK(next.vkey == vkey);
        CHECK(next.in_force);
        const auto changed = hand_over(by).value();
        CHECK(changed.entries == 300);
        CHECK(changed.old_vkey == old_vkey);
        CHECK(fs::exists(old));
        CHECK(store::open_union(u.place())->keys()->changes().size() == 1);
    }
}

TEST_CASE("postgres: no key is changed over what a node saw otherwise, nor with a foreign one") {
    const shared_union u(300);
    if (!u) return;
    const auto by = beside_nodes(u);
    REQUIRE(make_next_key(by));
    auto with_node = by;
    with_node.folder = u.in("node");
    grow_union(u.place(), 310);
    // The server is put back; the node's file knows more.
    const shared_union older(300);
    const store::union_place back{u.in("node"), older.url(), u.key()};
    CHECK(hand_over(back).error().kind == &store::refusals::rolled_back);
    CHECK(guarded_vkey(older.url()) == guarded_vkey(u.url()));
    // Somebody's other key.
    REQUIRE(store::write_log_key(u.in("foreign.key"), std::string(32, 'F')));
    store::union_place foreign{{}, u.url(), u.in("foreign.key")};
    REQUIRE(make_next_key(foreign));
    CHECK(next_key_of(foreign).error().kind == &store::refusals::key_foreign);
    CHECK(hand_over(foreign).error().kind == &store::refusals::key_foreign);
    CHECK(next_key_of({{}, u.url(), {}}).error().kind == &store::refusals::key_needed);
    REQUIRE(hand_over(with_node));
}

TEST_CASE("postgres: a lost key is replaced, and the server opens with what it signed") {
    const shared_union u(300);
    if (!u) return;
    const std::string old_vkey = guarded_vkey(u.url());
    auto by = beside_nodes(u);
    const auto node = store::open_union(u.place()).value();
    fs::rename(u.key(), u.in("elsewhere"));
    const std::string vkey = make_next_key(by).value();
    CHECK(hand_over(by).error().kind == &store::refusals::key_unreadable);
    CHECK(replace_lost(by, vkey).error().kind == &refusals::key_differs);
    const auto changed = replace_lost(by, old_vkey).value();
    CHECK(changed.entries == 300);
    CHECK(changed.vkey == vkey);
    CHECK(node.publisher->publish().error().kind == &journal::refusals::key_changed);
    const store::union_place other{u.in("other"), u.url(), u.key()};
    const auto next = store::open_union(other).value();
    CHECK(journal::verify_checkpoint(next.guard->last()->note, vkey)->size == 300);
    CHECK(next.keys()->changes().front().note.empty());
    CHECK_FALSE(next.publisher->serve("handovers"));
    store::testing::fill(*next.journal, 305);
    REQUIRE(next.publisher->publish());
    CHECK(journal::verify_checkpoint(next.journal->latest_checkpoint()->note, vkey)->size == 305);
}

TEST_CASE("postgres: how the key changed goes with the backup, into folders and servers") {
    const shared_union u(300);
    if (!u) return;
    const std::string old_vkey = guarded_vkey(u.url());
    REQUIRE(u.back_up());
    grow_union(u.place(), 310);
    REQUIRE(make_next_key(beside_nodes(u)));
    REQUIRE(hand_over(beside_nodes(u)));
    grow_union(u.place(), 320);
    REQUIRE(store::open_union(u.place())->publisher->export_to(u.in("mirror")));
    const std::string vkey = guarded_vkey(u.url());
    // A backup from before the change: only who knows how the key changed restores it.
    auto with = u.restoring_to(fresh_place(), "a");
    with.new_guard = true;
    CHECK(restore(with).error().kind == &refusals::key_differs);
    journal::folder_source mirror(u.in("mirror"));
    with.fill_from = &mirror;
    CHECK(restore(with)->filled == 20);
    check_whole({with.state, with.to.string(), u.key()}, u);
    CHECK(store::open_folder(with.to)->keys()->had(old_vkey));
    // One after it has it itself.
    REQUIRE(u.back_up());
    REQUIRE(check_backup(u.backup()));
    auto server = u.restoring_to(fresh_place(), "b");
    server.new_guard = true;
    REQUIRE(restore(server));
    auto folder = u.restoring_to(u.in("folder"), "unused");
    folder.new_guard = true;
    REQUIRE(restore(folder));
    for (const fs::path& to : {server.to, folder.to}) {
        const auto of = store::open_folder(to).value();
        REQUIRE(of.keys()->changes().size() == 1);
        CHECK(of.publisher->vkey() == vkey);
        CHECK(of.publisher->serve("handovers")->bytes ==
              store::testing::read_file(u.in("mirror") / store::handovers_name));
    }
}

TEST_CASE("postgres: a guard that survived knows how the key changed after the backup") {
    const shared_union u(300);
    if (!u) return;
    REQUIRE(u.back_up());
    REQUIRE(make_next_key(beside_nodes(u)));
    REQUIRE(hand_over(beside_nodes(u)));
    const auto names = store::part_names::on(u.url()).value();
    auto s = store::session::open(u.url()).value();
    const std::string own = names.guard.substr(0, names.guard.size() - 6);
    REQUIRE(s.execute(("DROP SCHEMA " + own + "," + names.sealed + "," + names.papers + "," +
                       names.desk + " CASCADE; CREATE SCHEMA " + own)
                          .c_str()));
    auto with = u.restoring_to(u.url(), "new-node");
    with.key = u.key().string() + ".old";
    CHECK(restore(with).error().kind == &store::refusals::key_left);
    with.key = u.key();
    CHECK(restore(with)->missing == 0);
    CHECK(store::open_union({with.state, u.url(), u.key()})->keys()->changes().size() == 1);
}

TEST_CASE("postgres: a server put back to before the change follows the mirror to the new key") {
    const shared_union u(300);
    if (!u) return;
    const shared_union older(300);  // the same journal and key, as of then
    const std::string old_vkey = guarded_vkey(u.url());
    REQUIRE(make_next_key(beside_nodes(u)));
    REQUIRE(hand_over(beside_nodes(u)));
    grow_union(u.place(), 320);
    REQUIRE(store::open_union(u.place())->publisher->export_to(u.in("mirror")));
    const store::union_place back{u.in("node"), older.url(), u.key()};
    CHECK_FALSE(store::open_union(back));
    journal::folder_source mirror(u.in("mirror"));
    // The entries of this test count versions otherwise than whoever takes them in.
    const auto filled = upkeep::fill(
        back, mirror, [](std::string_view, json::node) { return std::vector<std::string>{}; });
    CAPTURE(filled ? std::string() : filled.error().sentence());
    REQUIRE(filled);
    CHECK(filled->filled == 20);
    const auto of = store::open_union(back).value();
    CHECK(of.publisher->vkey() == guarded_vkey(u.url()));
    CHECK(of.keys()->had(old_vkey));
    CHECK(of.guard->last()->size == 320);
    store::testing::fill(*of.journal, 330);
    CHECK(of.publisher->publish()->size == 330);
}

TEST_CASE("postgres: how the key changed moves with the union, both ways") {
    const std::string url = fresh_place();
    if (url.empty()) return;
    temporary_folder base;
    const fs::path folder = base.path() / "union";
    REQUIRE(store::create_folder(folder, std::string(store::testing::origin), server_seed));
    const auto place = [&] { return store::union_place::of(folder).value(); };
    grow_union(place(), 300);
    const std::string first = store::open_folder(folder)->publisher->vkey();
    REQUIRE(make_next_key(place()));
    REQUIRE(hand_over(place()));
    const std::string second = store::open_folder(folder)->publisher->vkey();
    const auto rest = [](row_base& accounts, row_base& follows, row_base& to,
                         row_base& to_follows) -> result<void> {
        VECHE_CHECK(make_people(accounts, follows));
        return copy_people(accounts, follows, to, to_follows);
    };
    REQUIRE(store::move_union(folder, url, rest));
    CHECK_FALSE(fs::exists(folder / store::handovers_name));
    CHECK(store::open_folder(url)->keys()->had(first));
    grow_union(place(), 310);
    REQUIRE(make_next_key(place()));
    CHECK(hand_over(place())->entries == 310);
    REQUIRE(store::move_union(folder, "sqlite", rest));
    const auto of = store::open_folder(folder).value();
    REQUIRE(of.keys()->changes().size() == 2);
    CHECK(of.keys()->leads(first, of.publisher->vkey()));
    CHECK(of.keys()->change_to(second)->old_vkey == first);
    CHECK(of.publisher->serve("handovers"));
}

TEST_CASE("postgres: what an earlier program left in a node's folder is known still") {
    const shared_union u(300);
    if (!u) return;
    const std::string old_vkey = guarded_vkey(u.url());
    REQUIRE(make_next_key(beside_nodes(u)));
    REQUIRE(hand_over(beside_nodes(u)));
    grow_union(u.place(), 310);
    const auto keys = store::open_folder(u.url())->keys().value();
    REQUIRE(keys.keep_in(u.in("node")));
    forget_keys_table(u.url());
    CHECK(store::open_folder(u.url())->keys()->empty());
    CHECK(store::open_union(u.place())->keys()->had(old_vkey));
    // The next change brings it to all.
    auto by = beside_nodes(u);
    by.folder = u.in("node");
    REQUIRE(make_next_key(by));
    REQUIRE(hand_over(by));
    CHECK(store::open_folder(u.url())->keys()->changes().size() == 2);
}

}  // namespace
}  // namespace veche::upkeep
