// The store under failing writes: a process killed at every write, a full disk, a broken one.

#include <cerrno>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/folder.hpp"
#include "store/refusal.hpp"
#include "store/tests/filled.hpp"

namespace veche::store {
namespace {

using testing::fill;
using testing::temporary_folder;

// SQLite lets its system calls be replaced; these count writes and spoil one of them.
using write_at = ssize_t (*)(int, const void*, std::size_t, off_t);
write_at real_write = nullptr;
long writes_left = -1;  // before the spoiled one; negative: none is spoiled
int error_to_give = 0;  // 0: write half and die

ssize_t spoiled_write(int file, const void* bytes, std::size_t size, off_t at) {
    if (writes_left == 0) {
        if (error_to_give != 0) {
            errno = error_to_give;
            return -1;
        }
        (void)!real_write(file, bytes, size / 2, at);
        ::_exit(7);
    }
    if (writes_left > 0) --writes_left;
    return real_write(file, bytes, size, at);
}

/// Replaces the call by which this build of SQLite writes.
void spoil_write_number(long count, int error) {
    sqlite3_vfs* vfs = sqlite3_vfs_find(nullptr);
    for (const char* name : {"pwrite64", "pwrite"}) {
        const auto now = vfs->xGetSystemCall(vfs, name);
        if (now == nullptr) continue;
        if (now != reinterpret_cast<sqlite3_syscall_ptr>(spoiled_write)) {
            real_write = reinterpret_cast<write_at>(now);
            vfs->xSetSystemCall(vfs, name, reinterpret_cast<sqlite3_syscall_ptr>(spoiled_write));
        }
        break;
    }
    writes_left = count;
    error_to_give = error;
}

/// Appends and publishes until it dies; says into the pipe how far it has come.
[[noreturn]] void work(const std::filesystem::path& path, int pipe_end, long dies_at) {
    auto open = open_folder(path);
    if (!open) ::_exit(3);
    spoil_write_number(dies_at, 0);
    for (std::uint64_t to = open->journal->current().next + 37;; to += 37) {
        fill(*open->journal, to, 37);
        if (::write(pipe_end, &to, sizeof to) != sizeof to) ::_exit(4);
        if (!open->publisher->publish()) ::_exit(5);
    }
}

/// Runs work() in a process of its own; the last number it was sure of.
std::uint64_t acknowledged_before_death(const std::filesystem::path& path, long dies_at) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) work(path, ends[1], dies_at);
    ::close(ends[1]);
    std::uint64_t acknowledged = 0;
    std::uint64_t one = 0;
    while (::read(ends[0], &one, sizeof one) == sizeof one) acknowledged = one;
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) == 7);
    return acknowledged;
}

TEST_CASE("killed at any write, the journal keeps all it acknowledged and holds") {
    temporary_folder folder;
    const auto path = folder.path() / "union";
    REQUIRE(create_folder(path, std::string(testing::origin), std::string(32, 's')));
    std::uint64_t least = 0;
    for (long dies_at = 0; dies_at < 120; ++dies_at) {
        CAPTURE(dies_at);
        least = std::max(least, acknowledged_before_death(path, dies_at));
        // Opening reads and checks the whole file, and compares it with what was signed.
        const auto open = open_folder(path);
        REQUIRE_MESSAGE(open, open.error().sentence());
        CHECK(open->journal->current().next >= least);
        REQUIRE(open->publisher->publish());
        least = open->journal->current().next;
    }
    CHECK(least > 1'000);
}

TEST_CASE("a flipped bit in the write-ahead log, which SQLite does not see, is noticed") {
    temporary_folder folder;
    const auto path = folder.path() / "union";
    REQUIRE(create_folder(path, std::string(testing::origin), std::string(32, 's')));
    const std::uint64_t acknowledged = acknowledged_before_death(path, 400);
    CHECK(acknowledged > 100);
    const auto log = path / "journal.sqlite-wal";
    std::fstream file(log, std::ios::binary | std::ios::in | std::ios::out);
    REQUIRE(file);
    const auto middle = static_cast<std::streamoff>(std::filesystem::file_size(log) / 2);
    file.seekg(middle);
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(middle);
    file.put(byte);
    file.close();
    const auto open = open_folder(path);
    REQUIRE_FALSE(open);
    CHECK(open.error().kind == &refusals::rolled_back);
}

TEST_CASE("a full disk refuses the batch, writes nothing, and passes") {
    temporary_folder folder;
    const auto path = folder.path() / "union";
    REQUIRE(create_folder(path, std::string(testing::origin)));
    auto open = open_folder(path).value();
    fill(*open.journal, 10);
    for (const long at : {0L, 1L, 2L}) {
        spoil_write_number(at, ENOSPC);
        const auto full = open.journal->append(testing::batch_of(10, 20), 10);
        REQUIRE_FALSE(full);
        CHECK(full.error().kind == &refusals::disk_full);
        CHECK(full.error().kind->transient);
        spoil_write_number(-1, 0);
        CHECK(open.journal->current().next == 10);
        CHECK_FALSE(open.journal->entry(10));
    }
    fill(*open.journal, 20);
    CHECK(open.publisher->publish().value().size == 20);
}

TEST_CASE("after a write that failed for no known reason nothing more is written") {
    temporary_folder folder;
    const auto path = folder.path() / "union";
    REQUIRE(create_folder(path, std::string(testing::origin)));
    {
        auto open = open_folder(path).value();
        fill(*open.journal, 10);
        spoil_write_number(0, EIO);
        CHECK_FALSE(open.journal->append(testing::batch_of(10, 20), 10));
        spoil_write_number(-1, 0);
        CHECK(open.journal->append(testing::batch_of(10, 20), 10).error().kind ==
              &refusals::write_failed);
        CHECK(open.publisher->publish().error().kind == &refusals::write_failed);
        CHECK(open.journal->entry(9));
    }
    auto open = open_folder(path).value();
    CHECK(open.journal->current().next == 10);
    fill(*open.journal, 20);
    CHECK(open.publisher->publish().value().size == 20);
}

TEST_CASE("a folder that may not be written is refused with the reason") {
    temporary_folder folder;
    const auto path = folder.path() / "union";
    REQUIRE(create_folder(path, std::string(testing::origin)));
    for (const auto& file : std::filesystem::directory_iterator(path))
        std::filesystem::permissions(
            file, std::filesystem::perms::owner_read | std::filesystem::perms::others_read);
    std::filesystem::permissions(path, std::filesystem::perms(0555));
    const pid_t child = ::fork();
    if (child == 0) {
        // Permissions do not bind the superuser; nobody they do.
        if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(2);
        const auto refused = open_folder(path);
        ::_exit(!refused && refused.error().kind == &refusals::read_only ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace veche::store
