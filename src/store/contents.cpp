#include "store/contents.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include "kernel/hash.hpp"
#include "store/refusal.hpp"

namespace veche::store {
namespace {

bool is_hash(std::string_view text) {
    return text.size() == 64 &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::filesystem::path place(const std::filesystem::path& folder, std::string_view hash) {
    return folder / hash.substr(0, 2) / hash;
}

tl::unexpected<refusal> unwritable(const std::filesystem::path& file) {
    if (errno == ENOSPC || errno == EDQUOT) return refuse(refusals::disk_full);
    return refuse(refusals::read_only, {}, file.string(), std::generic_category().message(errno));
}

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(file, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return true;
}

/// A name that was renamed or made is durable only when its folder is.
bool sync_folder(const std::filesystem::path& folder) {
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) return false;
    const bool done = ::fsync(handle) == 0;
    ::close(handle);
    return done;
}

std::string unused_name(std::string_view hash) {
    static std::atomic<std::uint64_t> count{0};
    return "." + std::string(hash) + "." + std::to_string(::getpid()) + "." +
           std::to_string(count++);
}

}  // namespace

result<std::string> keep_content(const std::filesystem::path& folder, std::string_view bytes) {
    std::string hash = to_hex(sha256(bytes));
    if (read_content(folder, hash)) return hash;
    const std::filesystem::path file = place(folder, hash);
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) return refuse(refusals::read_only, {}, file.string(), error.message());
    // Written aside and renamed: a reader sees the whole file or none.
    const std::filesystem::path aside = file.parent_path() / unused_name(hash);
    const int out = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (out < 0) return unwritable(aside);
    const bool written = write_all(out, bytes) && ::fsync(out) == 0;
    const int trouble = errno;
    ::close(out);
    errno = trouble;
    if (!written || ::rename(aside.c_str(), file.c_str()) != 0) {
        auto why = unwritable(file);
        ::unlink(aside.c_str());
        return why;
    }
    if (!sync_folder(file.parent_path()) || !sync_folder(folder)) return unwritable(file);
    return hash;
}

result<std::string> read_content(const std::filesystem::path& folder, std::string_view hash) {
    if (!is_hash(hash)) return refuse(refusals::content_missing, {}, hash);
    std::ifstream in(place(folder, hash), std::ios::binary);
    if (!in) return refuse(refusals::content_missing, {}, hash);
    std::ostringstream read;
    read << in.rdbuf();
    std::string bytes = std::move(read).str();
    if (to_hex(sha256(bytes)) != hash) return refuse(refusals::content_differs, {}, hash);
    return bytes;
}

result<std::string> folder_contents::keep(std::string_view bytes) {
    return keep_content(folder_, bytes);
}

result<std::string> folder_contents::read(std::string_view sha256_hex) const {
    return read_content(folder_, sha256_hex);
}

result<std::vector<std::string>> folder_contents::all() const {
    std::vector<std::string> out;
    if (!std::filesystem::exists(folder_)) return out;
    for (const auto& part : std::filesystem::directory_iterator(folder_))
        if (part.is_directory())
            for (const auto& file : std::filesystem::directory_iterator(part))
                if (is_hash(file.path().filename().string()))
                    out.push_back(file.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
}

result<void> row_contents::prepare(row_base& in) {
    return in.make(
        "CREATE TABLE IF NOT EXISTS content(hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;");
}

result<std::string> row_contents::keep(std::string_view bytes) {
    std::string hash = to_hex(sha256(bytes));
    if (read(hash)) return hash;
    // What is there under this name and is not it was changed: it is mended.
    VECHE_CHECK(
        in_->run("INSERT INTO content(hash,bytes) VALUES(?1,?2) "
                 "ON CONFLICT(hash) DO UPDATE SET bytes=excluded.bytes",
                 values().text(hash).bytes(bytes)));
    return hash;
}

result<std::string> row_contents::read(std::string_view hash) const {
    if (!is_hash(hash)) return refuse(refusals::content_missing, {}, hash);
    const auto found =
        VECHE_TRY(in_->run("SELECT bytes FROM content WHERE hash=?1", values().text(hash)));
    if (found.empty()) return refuse(refusals::content_missing, {}, hash);
    if (to_hex(sha256(found.text(0, 0))) != hash)
        return refuse(refusals::content_differs, {}, hash);
    return found.text(0, 0);
}

result<std::vector<std::string>> row_contents::all() const {
    const auto found = VECHE_TRY(in_->run("SELECT hash FROM content ORDER BY hash"));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < found.count(); ++i) out.push_back(found.text(i, 0));
    return out;
}

}  // namespace veche::store
