#include "store/folder.hpp"

#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/check.hpp"
#include "store/postgres/postgres_rows.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/postgres/shared_guard.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_rows.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace veche::store {
result<void> write_log_key(const std::filesystem::path& file, std::string_view seed) {
    const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (out < 0) return refuse(refusals::read_only, {}, file.string(), "it cannot be made");
    const std::string text = to_base64(seed) + "\n";
    const bool done = ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                      ::fsync(out) == 0;
    ::close(out);
    if (!done) return refuse(refusals::disk_full);
    return {};
}

result<journal::key_pair> read_log_key(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    auto seed = from_base64(line);
    if (!seed || seed->size() != journal::seed_bytes)
        return refuse(refusals::key_unreadable, {}, file.string());
    return journal::key_from_seed(*seed);
}

namespace {

/// The newest checkpoint must be by this log's key: a file of another union does not fit. Where the
/// key changed it may be by one before, as far as that one signed.
result<void> check_signature(const journal::store& store, const journal::publisher& publisher,
                             const key_history& keys) {
    const auto latest = store.latest_checkpoint();
    if (!latest || keys.verify(latest->note, publisher.vkey())) return {};
    return refuse(refusals::checkpoint_differs, {}, "journal.sqlite");
}

}  // namespace

/// A restored old copy, a lost end or a changed history show against what was signed last.
result<void> check_against(const journal::store& store, const journal::stored_checkpoint& last) {
    const std::uint64_t have = store.current().next;
    if (last.size > have)
        return refuse(refusals::rolled_back, {}, std::to_string(last.size), std::to_string(have));
    const auto root = journal::range_root(journal::subtrees_of(store, have), 0, last.size);
    if (!root || *root != last.root) return refuse(refusals::forked, {}, std::to_string(last.size));
    return {};
}

result<void> check_log_key(const std::filesystem::path& file, const journal::verifier_key& its,
                           const std::string& in_force, const key_history& keys) {
    const std::string vkey = journal::format_verifier_key(its);
    // The one in force may have been put there before what it followed on was written down.
    if (keys.had(vkey)) {
        const std::string& now = keys.changes().back().vkey;
        return refuse(refusals::key_left, {}, file.string(), now.empty() ? in_force : now);
    }
    if (vkey == in_force) return {};
    return refuse(refusals::key_foreign, {}, file.string(), in_force);
}

result<void> check_against_guard(const journal::store& store, const journal::guard& guard) {
    const auto last = VECHE_TRY(guard.last());
    return check_against(store, last);
}

result<std::unique_ptr<journal::store>> open_journal(const std::filesystem::path& folder) {
    const std::string url = VECHE_TRY(pointer_in(folder));
    if (url.empty()) return VECHE_TRY(sqlite_store::open(folder / journal_name));
    return VECHE_TRY(postgres_store::open(url));
}

result<int> take_folder_lock(const std::filesystem::path& path) {
    const int lock = ::open((path / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0)
        return refuse(refusals::read_only, {}, (path / "lock").string(), "it cannot be made");
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        return refuse(refusals::locked, {}, path.string());
    }
    return lock;
}

union_folder::union_folder(union_folder&& other) noexcept
    : path(std::move(other.path)),
      journal(std::move(other.journal)),
      later(std::move(other.later)),
      guard(std::move(other.guard)),
      papers(std::move(other.papers)),
      sealed(std::move(other.sealed)),
      follows(std::move(other.follows)),
      accounts(std::move(other.accounts)),
      publisher(std::move(other.publisher)),
      keys(std::move(other.keys)),
      lock(std::exchange(other.lock, -1)),
      copy(std::move(other.copy)),
      copy_guard(std::move(other.copy_guard)) {}

union_folder& union_folder::operator=(union_folder&& other) noexcept {
    std::swap(path, other.path);
    std::swap(journal, other.journal);
    std::swap(later, other.later);
    std::swap(guard, other.guard);
    std::swap(papers, other.papers);
    std::swap(sealed, other.sealed);
    std::swap(follows, other.follows);
    std::swap(accounts, other.accounts);
    std::swap(publisher, other.publisher);
    std::swap(keys, other.keys);
    std::swap(lock, other.lock);
    std::swap(copy, other.copy);
    std::swap(copy_guard, other.copy_guard);
    return *this;
}

union_folder::~union_folder() {
    later.reset();
    publisher.reset();
    if (lock >= 0) ::close(lock);
}

result<union_place> union_place::of(const std::filesystem::path& where) {
    const std::string text = where.string();
    if (postgres_store::is_url(text)) return union_place{{}, text, {}};
    const std::string url = VECHE_TRY(pointer_in(where));
    return union_place{where, url, where / log_key_name};
}

std::string place_name(const std::filesystem::path& where) {
    const std::string text = where.string();
    return postgres_store::is_url(text) ? session::place_of(text) : text;
}

bool is_union(const std::filesystem::path& where) {
    return postgres_store::is_url(where.string()) ||
           std::filesystem::exists(where / journal_name) ||
           std::filesystem::exists(pointer_file(where));
}

result<std::string> pointer_in(const std::filesystem::path& folder) {
    const std::filesystem::path file = pointer_file(folder);
    if (!std::filesystem::exists(file)) return std::string();
    std::ifstream in(file);
    std::string url;
    std::getline(in, url);
    if (!postgres_store::is_url(url))
        return refuse(refusals::database_damaged, {}, file.string(), "it names no server");
    return url;
}

result<void> create_folder(const std::filesystem::path& path, const std::string& origin,
                           std::string_view seed) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return refuse(refusals::read_only, {}, path.string(), error.message());
    if (!std::filesystem::is_empty(path, error) || error)
        return refuse(refusals::folder_taken, {}, path.string());
    VECHE_CHECK(
        write_log_key(path / log_key_name,
                      seed.empty() ? journal::generate_key().secret_key.substr(0, 32) : seed));
    VECHE_CHECK(sqlite_guard::create(path / "guard.sqlite", origin));
    VECHE_CHECK(sealed_store::create(path / "sealed.sqlite"));
    return sqlite_store::create(path / journal_name);
}

namespace {

/// Shows readers how the key changed. What cannot be read is not shown.
void show_keys(union_folder& f) {
    f.publisher->show_handovers([keys = f.keys] {
        const auto now = keys();
        return now ? now->published() : std::string();
    });
}

/// The publisher, and what its key and its guard say of the journal.
result<void> take_publisher(union_folder& f, const std::string& origin, journal::key_pair key,
                            const key_history& keys) {
    f.publisher =
        std::make_unique<journal::publisher>(*f.journal, *f.guard, origin, std::move(key));
    show_keys(f);
    return check_signature(*f.journal, *f.publisher, keys);
}

result<void> open_beside(union_folder& f) {
    f.papers = std::make_shared<folder_contents>(f.path / "papers");
    f.sealed = VECHE_TRY(sealed_store::open(f.path / "sealed.sqlite"));
    f.follows = VECHE_TRY(sqlite_rows::open(f.path / "follows.sqlite", row_file::alone));
    f.accounts = VECHE_TRY(sqlite_rows::open(f.path / "accounts.sqlite", row_file::beside));
    return {};
}

/// What can be had of a copy for looking: its publisher has no secret key, and its guard refuses
/// before anything could be signed.
result<union_folder> open_copy(union_folder f) {
    f.journal = closed_to_writing(VECHE_TRY(open_journal(f.path)));
    if (f.journal->current().next != static_cast<std::uint64_t>(f.copy->size))
        return refuse(refusals::not_contiguous, {}, std::to_string(f.journal->current().next),
                      std::to_string(f.copy->size));
    VECHE_CHECK(open_beside(f));
    f.copy_guard = std::make_unique<closed_guard>(f.journal->current().next);
    const auto key = VECHE_TRY(journal::parse_verifier_key(f.copy->vkey));
    f.publisher = std::make_unique<journal::publisher>(*f.journal, *f.copy_guard, f.copy->origin,
                                                       journal::key_pair{key.public_key, {}});
    f.keys = [folder = f.path] { return key_history::in_folder(folder); };
    show_keys(f);
    return f;
}

result<union_folder> open_alone(const union_place& at, const known_entries& known) {
    const std::filesystem::path& path = at.folder;
    union_folder f;
    f.path = path;
    f.lock = VECHE_TRY(take_folder_lock(path));
    f.copy = VECHE_TRY(looking_copy_in(path));
    if (f.copy) return open_copy(std::move(f));
    auto journal = VECHE_TRY(sqlite_store::open(path / journal_name, known));
    f.later = VECHE_TRY(journal->later());
    f.journal = std::move(journal);
    auto guard = VECHE_TRY(sqlite_guard::open(path / "guard.sqlite"));
    const std::string origin = VECHE_TRY(guard->origin());
    const auto last = VECHE_TRY(guard->last());
    VECHE_CHECK(check_against(*f.journal, last));
    f.guard = std::move(guard);
    VECHE_CHECK(open_beside(f));
    auto key = VECHE_TRY(read_log_key(at.key));
    f.keys = [path] { return key_history::in_folder(path); };
    const key_history keys = VECHE_TRY(f.keys());
    const journal::verifier_key own{origin, key.public_key};
    VECHE_CHECK(check_log_key(at.key, own, journal::format_verifier_key(own), keys));
    VECHE_CHECK(take_publisher(f, origin, std::move(key), keys));
    return f;
}

result<std::shared_ptr<row_base>> rows_of(const std::string& url, const std::string& schema) {
    return VECHE_TRY(postgres_rows::open(url, schema));
}

result<union_folder> open_shared(const union_place& at, const known_entries& known) {
    union_folder f;
    f.path = at.folder;
    if (!at.folder.empty()) {
        std::error_code error;
        std::filesystem::create_directories(at.folder, error);
        if (error) return refuse(refusals::read_only, {}, at.folder.string(), error.message());
        f.lock = VECHE_TRY(take_folder_lock(at.folder));
    }
    const part_names parts = VECHE_TRY(part_names::on(at.url));
    auto journal = VECHE_TRY(postgres_store::open(at.url, known));
    f.later = VECHE_TRY(journal->later(at.url));
    f.journal = std::move(journal);
    auto guard = VECHE_TRY(shared_guard::at(at.url, parts.guard, at.folder));
    const auto last = VECHE_TRY(guard->last());
    const auto seen = VECHE_TRY(guard->seen());
    // Others append and sign all the while: what was signed stands in a journal read after that.
    VECHE_CHECK(f.journal->catch_up());
    VECHE_CHECK(check_against(*f.journal, last));
    VECHE_CHECK(check_against(*f.journal, seen));
    const std::string origin = guard->origin(), vkey = guard->vkey();
    f.keys = [of = guard.get(), folder = at.folder] { return keys_by(*of, folder); };
    f.guard = std::move(guard);
    auto papers = VECHE_TRY(rows_of(at.url, parts.papers));
    f.papers = std::make_shared<row_contents>(std::move(papers));
    auto sealed = VECHE_TRY(rows_of(at.url, parts.sealed));
    f.sealed = std::make_unique<sealed_store>(std::move(sealed));
    f.follows = VECHE_TRY(rows_of(at.url, parts.desk));
    f.accounts = f.follows;
    const auto verifier = VECHE_TRY(journal::parse_verifier_key(vkey));
    journal::key_pair key{verifier.public_key, {}};
    const key_history keys = VECHE_TRY(f.keys());
    if (!at.key.empty()) {
        auto full = VECHE_TRY(read_log_key(at.key));
        VECHE_CHECK(check_log_key(at.key, {origin, full.public_key}, vkey, keys));
        key = std::move(full);
    }
    VECHE_CHECK(take_publisher(f, origin, std::move(key), keys));
    return f;
}

}  // namespace

result<union_folder> open_folder(const std::filesystem::path& where) {
    if (!is_union(where)) return refuse(refusals::folder_missing, {}, where.string());
    const union_place at = VECHE_TRY(union_place::of(where));
    return open_union(at);
}

result<union_folder> open_union(const union_place& at, const known_entries& known) {
    return at.url.empty() ? open_alone(at, known) : open_shared(at, known);
}

result<key_history> keys_by(const shared_guard& guard, const std::filesystem::path& folder) {
    auto known = VECHE_TRY(guard.keys());
    return known.empty() && !folder.empty() ? key_history::in_folder(folder)
                                            : result<key_history>(std::move(known));
}

result<std::shared_ptr<row_base>> open_accounts(const std::filesystem::path& where) {
    const union_place at = VECHE_TRY(union_place::of(where));
    if (at.url.empty())
        return VECHE_TRY(sqlite_rows::open(at.folder / "accounts.sqlite", row_file::beside));
    const part_names parts = VECHE_TRY(part_names::on(at.url));
    return rows_of(at.url, parts.desk);
}

result<std::shared_ptr<contents>> open_papers(const std::filesystem::path& where) {
    const union_place at = VECHE_TRY(union_place::of(where));
    if (at.url.empty()) return std::make_shared<folder_contents>(at.folder / "papers");
    const part_names parts = VECHE_TRY(part_names::on(at.url));
    auto rows = VECHE_TRY(rows_of(at.url, parts.papers));
    return std::make_shared<row_contents>(std::move(rows));
}

// --- A server
// -------------------------------------------------------------------------------------

result<part_names> part_names::on(const std::string& url) {
    session s = VECHE_TRY(session::open(url));
    part_names out;
    out.guard = VECHE_TRY(postgres_rows::schema_of(s, "guard"));
    out.sealed = VECHE_TRY(postgres_rows::schema_of(s, "sealed"));
    out.papers = VECHE_TRY(postgres_rows::schema_of(s, "papers"));
    out.desk = VECHE_TRY(postgres_rows::schema_of(s, "desk"));
    return out;
}

result<void> create_parts(const std::string& url, const part_names& parts,
                          const std::string& origin, const std::string& vkey) {
    for (const std::string* one : {&parts.guard, &parts.sealed, &parts.papers, &parts.desk})
        VECHE_CHECK(postgres_rows::create(url, *one));
    const auto guard = VECHE_TRY(rows_of(url, parts.guard));
    VECHE_CHECK(shared_guard::prepare(*guard, origin, vkey));
    const auto sealed = VECHE_TRY(rows_of(url, parts.sealed));
    VECHE_CHECK(sealed_store::prepare(*sealed));
    const auto papers = VECHE_TRY(rows_of(url, parts.papers));
    return row_contents::prepare(*papers);
}

result<void> create_union(const union_place& at, const std::string& origin) {
    if (at.key.empty()) return refuse(refusals::key_needed);
    if (!std::filesystem::exists(at.key))
        VECHE_CHECK(write_log_key(at.key, journal::generate_key().secret_key.substr(0, 32)));
    const auto key = VECHE_TRY(read_log_key(at.key));
    VECHE_CHECK(postgres_store::create(at.url));
    const part_names parts = VECHE_TRY(part_names::on(at.url));
    return create_parts(at.url, parts, origin,
                        journal::format_verifier_key({origin, key.public_key}));
}

}  // namespace veche::store
