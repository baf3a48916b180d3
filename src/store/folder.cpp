#include "store/folder.hpp"

#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/check.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/refusal.hpp"
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

/// The newest checkpoint must be by this log's key: a file of another union does not fit. Where a
/// key was lost and replaced it may still be by that one.
result<void> check_signature(const journal::store& store, const journal::publisher& publisher,
                             const std::filesystem::path& folder) {
    const auto latest = store.latest_checkpoint();
    if (!latest || journal::verify_checkpoint(latest->note, publisher.vkey())) return {};
    std::ifstream lost(old_vkeys_file(folder));
    for (std::string vkey; std::getline(lost, vkey);)
        if (journal::verify_checkpoint(latest->note, vkey)) return {};
    return refuse(refusals::checkpoint_differs, {}, "journal.sqlite");
}

}  // namespace

/// A restored old copy, a lost end or a changed history show against what was signed last.
result<void> check_against_guard(const journal::store& store, const journal::guard& guard) {
    const auto last = VECHE_TRY(guard.last());
    const std::uint64_t have = store.current().next;
    if (last.size > have)
        return refuse(refusals::rolled_back, {}, std::to_string(last.size), std::to_string(have));
    const auto root = journal::range_root(journal::subtrees_of(store, have), 0, last.size);
    if (!root || *root != last.root) return refuse(refusals::forked, {}, std::to_string(last.size));
    return {};
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
      guard(std::move(other.guard)),
      sealed(std::move(other.sealed)),
      publisher(std::move(other.publisher)),
      lock(std::exchange(other.lock, -1)),
      copy(std::move(other.copy)),
      copy_guard(std::move(other.copy_guard)) {}

union_folder& union_folder::operator=(union_folder&& other) noexcept {
    std::swap(path, other.path);
    std::swap(journal, other.journal);
    std::swap(guard, other.guard);
    std::swap(sealed, other.sealed);
    std::swap(publisher, other.publisher);
    std::swap(lock, other.lock);
    std::swap(copy, other.copy);
    std::swap(copy_guard, other.copy_guard);
    return *this;
}

union_folder::~union_folder() {
    publisher.reset();
    if (lock >= 0) ::close(lock);
}

bool is_union(const std::filesystem::path& folder) {
    return std::filesystem::exists(folder / journal_name) ||
           std::filesystem::exists(pointer_file(folder));
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

/// What can be had of a copy for looking: its publisher has no secret key, and its guard refuses
/// before anything could be signed.
result<union_folder> open_copy(union_folder f) {
    f.journal = closed_to_writing(VECHE_TRY(open_journal(f.path)));
    if (f.journal->current().next != static_cast<std::uint64_t>(f.copy->size))
        return refuse(refusals::not_contiguous, {}, std::to_string(f.journal->current().next),
                      std::to_string(f.copy->size));
    f.sealed = VECHE_TRY(sealed_store::open(f.path / "sealed.sqlite"));
    f.copy_guard = std::make_unique<closed_guard>(f.journal->current().next);
    const auto key = VECHE_TRY(journal::parse_verifier_key(f.copy->vkey));
    f.publisher = std::make_unique<journal::publisher>(*f.journal, *f.copy_guard, f.copy->origin,
                                                       journal::key_pair{key.public_key, {}});
    return f;
}

}  // namespace

result<union_folder> open_folder(const std::filesystem::path& path) {
    if (!is_union(path)) return refuse(refusals::folder_missing, {}, path.string());
    union_folder f;
    f.path = path;
    f.lock = VECHE_TRY(take_folder_lock(path));
    f.copy = VECHE_TRY(looking_copy_in(path));
    if (f.copy) return open_copy(std::move(f));
    f.journal = VECHE_TRY(open_journal(path));
    f.guard = VECHE_TRY(sqlite_guard::open(path / "guard.sqlite"));
    VECHE_CHECK(check_against_guard(*f.journal, *f.guard));
    f.sealed = VECHE_TRY(sealed_store::open(path / "sealed.sqlite"));
    const auto key = VECHE_TRY(read_log_key(path / log_key_name));
    const std::string origin = VECHE_TRY(f.guard->origin());
    f.publisher = std::make_unique<journal::publisher>(*f.journal, *f.guard, origin, key);
    VECHE_CHECK(check_signature(*f.journal, *f.publisher, path));
    return f;
}

}  // namespace veche::store
