// A union in a folder, backed up, restored, damaged, filled in.

#include "upkeep/backup.hpp"

#include <set>

#include <doctest/doctest.h>

#include "journal/refusal.hpp"
#include "store/contents.hpp"
#include "store/folder.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_tables.hpp"
#include "store/tests/filled.hpp"
#include "upkeep/log_key.hpp"
#include "upkeep/refusal.hpp"
#include "upkeep/restore.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;
using store::testing::fill;
using store::testing::read_file;
using store::testing::temporary_folder;
using store::testing::write_file;

const std::string seed(32, 'L');

/// A union with so many entries, two papers, a sealed text and an account.
class small_union {
  public:
    explicit small_union(std::uint64_t entries) {
        REQUIRE(store::create_folder(folder(), std::string(store::testing::origin), seed));
        add(entries);
        keep("first paper");
        keep("second paper");
        {
            auto accounts = store::database::open((folder() / "accounts.sqlite").string(),
                                                  store::access::beside);
            REQUIRE(accounts);
            REQUIRE(accounts->execute(
                "CREATE TABLE account(login TEXT PRIMARY KEY); INSERT INTO account VALUES('anna');"
                "CREATE TABLE session(token TEXT); INSERT INTO session VALUES('a token');"));
        }
        const auto of = store::open_folder(folder()).value();
        sealed_ = of.sealed->keep("a sealed text", journal::seal_class::closed, "s-1").value();
    }
    [[nodiscard]] fs::path folder() const { return base_.path() / "union"; }
    [[nodiscard]] fs::path backup() const { return base_.path() / "backup"; }
    [[nodiscard]] fs::path in(const char* name) const { return base_.path() / name; }
    void add(std::uint64_t entries) const {
        const auto of = store::open_folder(folder()).value();
        fill(*of.journal, entries);
        REQUIRE(of.publisher->publish());
    }
    void keep(std::string_view paper) const {
        REQUIRE(store::keep_content(folder() / "papers", paper));
    }
    void publish_to(const fs::path& to) const {
        const auto of = store::open_folder(folder()).value();
        REQUIRE(of.publisher->export_to(to));
    }
    [[nodiscard]] result<backup_report> back_up(bool secrets = true) const {
        return upkeep::back_up({folder(), backup(), secrets, {1'790'000'000'000}, "test", {}});
    }
    [[nodiscard]] const hash256& sealed() const { return sealed_.commit; }

  private:
    temporary_folder base_;
    journal::seal sealed_;
};

/// As testing::fill() writes them: every act touches the one vote.
std::vector<std::string> streams(std::string_view type, json::node) {
    return type == "assembly.cast_ballot" ? std::vector<std::string>{"vote-1"}
                                          : std::vector<std::string>{};
}

restore_options to_folder(const small_union& of, const fs::path& to) {
    restore_options with;
    with.from = of.backup();
    with.to = to;
    with.streams = &streams;
    return with;
}

/// The key and the guard that survived, in a folder that lost everything else.
void survivors(const small_union& of, const fs::path& to) {
    fs::create_directories(to);
    for (const auto& each : fs::directory_iterator(of.folder())) {
        const std::string name = each.path().filename().string();
        if (name == "log.key" || name.starts_with("guard.sqlite"))
            fs::copy_file(each.path(), to / name);
    }
}

std::string root_of(const fs::path& folder) {
    const auto of = store::open_folder(folder).value();
    return to_base64(as_bytes(of.journal->current().edge.root()));
}

/// Everything that the tables of a journal hold, but checkpoints.
std::string tables_of(const fs::path& folder) {
    auto file = store::database::open((folder / "journal.sqlite").string(), store::access::read);
    std::string all;
    for (const char* sql :
         {"SELECT seq,hex(leaf),hex(bytes) FROM entry ORDER BY 1",
          "SELECT id,hex(hashes),'' FROM tile ORDER BY 1", "SELECT next,hex(edge),at_ms FROM head",
          "SELECT actor,key,seq||hex(sha) FROM idem ORDER BY 1,2"}) {
        store::statement rows(*file, sql);
        while (rows.step().value())
            for (int i = 0; i < 3; ++i) all += std::string(rows.text(i)) + "|";
    }
    return all;
}

std::vector<fs::path> files_of(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& each : fs::recursive_directory_iterator(folder))
        if (each.is_regular_file() && each.path().filename() != "lock")
            files.push_back(each.path());
    std::sort(files.begin(), files.end());
    return files;
}

TEST_CASE("what was backed up comes back: tree, entries, keys of commands, papers, accounts") {
    const small_union u(10'000);
    const auto made = u.back_up().value();
    CHECK(made.entries == 10'000);
    CHECK(made.fresh == 10'000);
    CHECK(made.papers == 2);
    CHECK(made.damaged.empty());
    CHECK(check_backup(u.backup()));
    survivors(u, u.in("new"));
    const auto restored = restore(to_folder(u, u.in("new"))).value();
    CHECK(restored.entries == 10'000);
    CHECK(restored.missing == 0);
    CHECK(restored.secrets);
    CHECK(restored.root == root_of(u.folder()));
    CHECK(root_of(u.in("new")) == root_of(u.folder()));
    CHECK(tables_of(u.in("new")) == tables_of(u.folder()));
    CHECK(store::read_content(u.in("new") / "papers", to_hex(sha256("first paper"))).value() ==
          "first paper");
    const auto again = store::open_folder(u.in("new")).value();
    CHECK(again.sealed->disclose(u.sealed())->text == "a sealed text");
    CHECK(again.publisher->publish());
    auto accounts =
        store::database::open((u.in("new") / "accounts.sqlite").string(), store::access::read);
    store::statement login(*accounts, "SELECT login FROM account");
    REQUIRE(login.step().value());
    CHECK(login.text(0) == "anna");
    store::statement sessions(*accounts, "SELECT count(*) FROM session");
    REQUIRE(sessions.step().value());
    CHECK(sessions.integer(0) == 0);
}

TEST_CASE("a further backup writes what is new, and sizes around a segment come back") {
    small_union u(1);
    for (const std::uint64_t size : {1, 4095, 4096, 4097, 9000}) {
        CAPTURE(size);
        u.add(size);
        const auto made = u.back_up().value();
        CHECK(made.entries == static_cast<std::int64_t>(size));
        REQUIRE(check_backup(u.backup()));
    }
    const auto nothing = u.back_up().value();
    CHECK(nothing.fresh == 0);
    CHECK(nothing.written == 0);
    u.keep("third paper");
    u.add(9001);
    const auto little = u.back_up().value();
    CHECK(little.fresh == 1);
    CHECK(little.papers == 1);
    // The last segment, one paper: no segment before them is written again.
    CHECK(little.written <
          static_cast<std::int64_t>(fs::file_size(u.backup() / segment_path(0, 4096))));
    survivors(u, u.in("new"));
    REQUIRE(restore(to_folder(u, u.in("new"))));
    CHECK(tables_of(u.in("new")) == tables_of(u.folder()));
}

TEST_CASE("every file of a backup that was damaged is named") {
    const small_union u(5000);
    REQUIRE(u.back_up());
    const auto files = files_of(u.backup());
    CHECK(files.size() ==
          8);  // manifest, two segments, two papers, accounts, follows, sealed texts
    for (const fs::path& file : files) {
        const std::string name = file.lexically_relative(u.backup()).string();
        CAPTURE(name);
        const std::string good = read_file(file);
        const auto is_named = [&] {
            const auto checked = check_backup(u.backup());
            if (checked) return false;
            survivors(u, u.in("refused"));
            const auto back = restore(to_folder(u, u.in("refused")));
            fs::remove_all(u.in("refused"));
            if (name == "manifest" && checked.error().kind == &refusals::no_backup) return !back;
            return !back && checked.error().kind == &refusals::backup_damaged &&
                   checked.error().args.at(0) == name;
        };
        for (const std::size_t at : {std::size_t{0}, good.size() / 2, good.size() - 1}) {
            std::string bad = good;
            bad[at] = static_cast<char>(bad[at] ^ 1);
            write_file(file, bad);
            CHECK(is_named());
        }
        write_file(file, good.substr(0, good.size() - 1));
        CHECK(is_named());
        write_file(file, good + "x");
        CHECK(is_named());
        fs::remove(file);
        CHECK(is_named());
        write_file(file, good);
        REQUIRE(check_backup(u.backup()));
    }
    write_file(u.backup() / "journal" / "stray", "x");
    CHECK(check_backup(u.backup()).error().args.at(0) == "journal/stray");
}

TEST_CASE("a manifest made to fit damaged entries does not pass: the signed root tells") {
    const small_union u(300);
    REQUIRE(u.back_up());
    auto m = read_manifest(u.backup()).value();
    for (file_row& row : m.files) {
        if (!row.path.starts_with("journal/")) continue;
        std::string bytes = read_file(u.backup() / row.path);
        bytes[100] = static_cast<char>(bytes[100] ^ 1);
        write_file(u.backup() / row.path, bytes);
        row.sha256 = to_hex(sha256(bytes));
    }
    REQUIRE(write_manifest(u.backup(), m));
    CHECK(check_backup(u.backup()).error().args.at(0) == "journal/");
    m.checkpoint = m.checkpoint->substr(0, m.checkpoint->size() - 4) + "AAA\n";
    REQUIRE(write_manifest(u.backup(), m));
    CHECK(check_backup(u.backup()).error().args.at(0) == "manifest");
}

TEST_CASE("a backup is not gone on with by a journal that lost its end, or by another one") {
    const small_union u(500);
    REQUIRE(u.back_up());
    const auto before = files_of(u.backup());
    const std::string manifest_before = read_file(u.backup() / "manifest");
    const auto attempt = [&](std::uint64_t size, const char* name, const char* origin) {
        REQUIRE(store::create_folder(u.in(name), origin, seed));
        {
            const auto other = store::open_folder(u.in(name)).value();
            fill(*other.journal, size);
        }
        const auto got = upkeep::back_up({u.in(name), u.backup(), true, {}, "test", {}});
        REQUIRE_FALSE(got);
        CHECK(read_file(u.backup() / "manifest") == manifest_before);
        REQUIRE(check_backup(u.backup()));
        return got.error().kind;
    };
    CHECK(attempt(499, "shorter", "veche.example/journal") == &refusals::backup_ahead);
    CHECK(attempt(600, "elsewhere", "other.example/journal") == &refusals::backup_of_another);
    REQUIRE(store::create_folder(u.in("forked"), "veche.example/journal", seed));
    {
        const auto other = store::open_folder(u.in("forked")).value();
        fill(*other.journal, 400);
        auto rest = store::testing::batch_of(400, 600);
        rest.entries[3].bytes = journal::compose_entry(403, store::testing::time_of(403), "{}", {});
        rest.entries[3].leaf = journal::leaf_hash(rest.entries[3].bytes);
        REQUIRE(other.journal->append(rest, 400));
    }
    const auto forked = upkeep::back_up({u.in("forked"), u.backup(), true, {}, "test", {}});
    REQUIRE_FALSE(forked);
    CHECK(forked.error().kind == &refusals::backup_differs);
    CHECK(read_file(u.backup() / "manifest") == manifest_before);
    CHECK(upkeep::back_up({u.folder(), u.in("forked"), true, {}, "test", {}}).error().kind ==
          &refusals::not_a_backup_place);
    CHECK(upkeep::back_up({u.in("nowhere"), u.in("b"), true, {}, "test", {}}).error().kind ==
          &store::refusals::folder_missing);
}

TEST_CASE("without secrets nothing secret is in it, and a later one takes them out") {
    const small_union u(20);
    REQUIRE(u.back_up(true));
    CHECK(fs::exists(u.backup() / "secrets"));
    REQUIRE(u.back_up(false));
    for (const fs::path& file : files_of(u.backup())) {
        CAPTURE(file);
        CHECK(file.string().find("secrets") == std::string::npos);
        CHECK(read_file(file).find(seed) == std::string::npos);
    }
    survivors(u, u.in("new"));
    const auto restored = restore(to_folder(u, u.in("new"))).value();
    CHECK_FALSE(restored.secrets);
    CHECK(read_file(u.in("new") / "accounts.sqlite").find("anna") == std::string::npos);
    CHECK(store::open_folder(u.in("new")));
}

TEST_CASE("neither guard nor key is ever in a backup") {
    const small_union u(20);
    REQUIRE(u.back_up());
    const auto m = read_manifest(u.backup()).value();
    for (const file_row& row : m.files) {
        CHECK(row.path.find("guard") == std::string::npos);
        CHECK(row.path.find("key") == std::string::npos);
        CHECK(read_file(u.backup() / row.path).find(to_base64(seed)) == std::string::npos);
    }
}

TEST_CASE("a copy cut at an entry is looked at, takes nothing and signs nothing") {
    const small_union u(1000);
    REQUIRE(u.back_up());
    auto with = to_folder(u, u.in("copy"));
    with.at = "498";  // entry 499 follows from it and belongs to it
    const auto made = restore(with).value();
    CHECK(made.entries == 500);
    CHECK(made.of == 1000);
    CHECK_FALSE(made.secrets);
    CHECK_FALSE(fs::exists(u.in("copy") / "log.key"));
    CHECK_FALSE(fs::exists(u.in("copy") / "guard.sqlite"));
    const auto of = store::open_folder(u.in("copy")).value();
    REQUIRE(of.copy);
    CHECK(of.copy->at == store::testing::time_of(499));
    CHECK(of.journal->current().next == 500);
    CHECK(of.journal->entry(499).value() == store::testing::entry_of(499).bytes);
    CHECK(of.publisher->publish().error().kind == &store::refusals::looking_copy);
    CHECK(of.journal->append(store::testing::batch_of(500, 501), 500).error().kind ==
          &store::refusals::looking_copy);
    CHECK(of.journal->hold().error().kind == &store::refusals::looking_copy);
    journal::publisher_source none(*of.publisher);
    CHECK(upkeep::fill(u.in("copy"), none, &streams).error().kind ==
          &store::refusals::looking_copy);
}

TEST_CASE("a cut by time takes all of that moment, and none beyond the end is asked for") {
    const small_union u(1000);
    REQUIRE(u.back_up());
    const auto cut_at = [&](const std::string& at, const char* name) {
        auto with = to_folder(u, u.in(name));
        with.at = at;
        return restore(with);
    };
    CHECK(cut_at(to_text(store::testing::time_of(700)), "a")->entries == 701);
    CHECK(cut_at(to_text(instant{store::testing::time_of(700).ms - 1}), "b")->entries == 700);
    CHECK(cut_at("0", "c")->entries == 1);
    CHECK(cut_at("999", "d")->entries == 1000);
    CHECK(cut_at("1000", "e").error().kind == &refusals::entry_unknown);
    CHECK(cut_at("yesterday", "f").error().kind == &refusals::at_malformed);
}

TEST_CASE("a restored journal that is behind what was signed does not open until it is filled") {
    const small_union u(600);
    REQUIRE(u.back_up());
    u.add(1100);
    u.publish_to(u.in("mirror"));
    survivors(u, u.in("new"));
    const auto behind = restore(to_folder(u, u.in("new"))).value();
    CHECK(behind.entries == 600);
    CHECK(behind.missing == 500);
    CHECK(store::open_folder(u.in("new")).error().kind == &store::refusals::rolled_back);
    // A mirror with one byte changed fills in nothing.
    const fs::path bundle = u.in("mirror") / "tile/entries/003";
    const std::string good = read_file(bundle);
    std::string bad = good;
    bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 1);
    write_file(bundle, bad);
    journal::folder_source mirror(u.in("mirror"));
    CHECK(upkeep::fill(u.in("new"), mirror, &streams).error().kind == &refusals::source_differs);
    CHECK(store::open_folder(u.in("new")).error().kind == &store::refusals::rolled_back);
    write_file(bundle, good);
    const auto filled = upkeep::fill(u.in("new"), mirror, &streams).value();
    CHECK(filled.filled == 500);
    CHECK(tables_of(u.in("new")) == tables_of(u.folder()));
    CHECK(store::open_folder(u.in("new"))->publisher->publish());
    CHECK(upkeep::fill(u.in("new"), mirror, &streams)->filled == 0);
}

TEST_CASE("with the guard lost nothing is signed before somebody was asked") {
    const small_union u(600);
    REQUIRE(u.back_up());
    u.add(900);
    u.publish_to(u.in("mirror"));
    const auto attempt = [&](const char* name) {
        auto with = to_folder(u, u.in(name));
        with.key = u.folder() / "log.key";
        return with;
    };
    CHECK(restore(to_folder(u, u.in("a"))).error().kind == &refusals::key_missing);
    CHECK(restore(attempt("b")).error().kind == &refusals::guard_lost);
    journal::folder_source mirror(u.in("mirror"));
    auto filled = attempt("c");
    filled.fill_from = &mirror;
    CHECK(restore(filled)->filled == 300);
    CHECK(root_of(u.in("c")) == root_of(u.folder()));
    // The guard made for it knows what the mirror showed: an older copy does not get past it.
    const auto of = store::open_folder(u.in("c")).value();
    CHECK(of.guard->last()->size == 900);
    auto alone = attempt("d");
    alone.new_guard = true;
    REQUIRE(restore(alone));
    CHECK(store::open_folder(u.in("d"))->guard->last()->size == 600);
}

TEST_CASE("a key of another log, a folder in use and a folder with a union are refused") {
    const small_union u(20);
    REQUIRE(u.back_up());
    REQUIRE(store::write_log_key(u.in("other.key"), std::string(32, 'X')));
    auto with = to_folder(u, u.in("a"));
    with.key = u.in("other.key");
    with.new_guard = true;
    CHECK(restore(with).error().kind == &refusals::key_differs);
    with.to = u.folder();
    CHECK(restore(with).error().kind == &refusals::target_taken);
    fs::create_directories(u.in("empty"));
    with.from = u.in("empty");
    with.to = u.in("b");
    CHECK(restore(with).error().kind == &refusals::no_backup);
}

TEST_CASE("a damaged paper is named, not copied, and the backup keeps the good one") {
    const small_union u(20);
    REQUIRE(u.back_up());
    const std::string hash = to_hex(sha256("first paper"));
    const std::string late = to_hex(sha256("late paper"));
    write_file(u.folder() / "papers" / hash.substr(0, 2) / hash, "changed");
    u.keep("late paper");
    write_file(u.folder() / "papers" / late.substr(0, 2) / late, "changed");
    const auto made = u.back_up().value();
    CHECK(made.damaged == std::vector<std::string>{late});
    REQUIRE(check_backup(u.backup()));
    CHECK(read_file(u.backup() / "papers" / hash.substr(0, 2) / hash) == "first paper");
}

TEST_CASE("a backup that is broken off is the one before") {
    small_union u(5000);
    REQUIRE(u.back_up());
    const fs::path whole = u.in("whole");
    fs::copy(u.backup(), whole, fs::copy_options::recursive);
    u.add(9000);
    u.keep("third paper");
    REQUIRE(u.back_up());
    // All that the second run wrote before it put its manifest in place, in the first one's folder.
    for (const fs::path& file : files_of(u.backup())) {
        const fs::path to = whole / file.lexically_relative(u.backup());
        if (file.filename() == "manifest" || fs::exists(to)) continue;
        fs::create_directories(to.parent_path());
        fs::copy_file(file, to);
        const auto checked = check_backup(whole);
        REQUIRE_FALSE(checked);  // what is not named is said, and the next run sets it right
        CHECK(checked.error().args.at(1) == "is not named in the manifest");
        const auto m = read_manifest(whole).value();
        std::uint64_t seen = 0;
        CHECK(for_each_kept(whole, m, [&](std::uint64_t, std::string_view) {
            ++seen;
            return result<bool>(true);
        }));
        CHECK(seen == 5000);
    }
    REQUIRE(upkeep::back_up({u.folder(), whole, true, {}, "test", {}}));
    CHECK(check_backup(whole)->size == 9000);
}

}  // namespace
}  // namespace veche::upkeep
