#include "store/whole_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "store/refusal.hpp"

namespace veche::store {

replacement::replacement(std::filesystem::path file, unsigned mode)
    : file_(std::move(file)), fresh_(file_) {
    fresh_ += ".new";
    out_ = ::open(fresh_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (out_ < 0) trouble_ = errno;
}

replacement::~replacement() {
    if (out_ < 0) return;
    ::close(out_);
    if (!placed_) ::unlink(fresh_.c_str());
}

void replacement::fail() {
    if (trouble_ == 0) trouble_ = errno != 0 ? errno : EIO;
}

void replacement::add(std::string_view bytes) {
    while (trouble_ == 0 && !bytes.empty()) {
        const ssize_t done = ::write(out_, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return fail();
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
}

result<void> replacement::place() {
    if (trouble_ == 0 && ::fsync(out_) != 0) fail();
    if (trouble_ == 0 && ::rename(fresh_.c_str(), file_.c_str()) != 0) fail();
    placed_ = trouble_ == 0;
    if (placed_) {
        const auto folder = file_.parent_path();
        const int at = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
        if (at < 0 || ::fsync(at) != 0) fail();
        if (at >= 0) ::close(at);
    }
    if (trouble_ == 0) return {};
    return refuse(refusals::read_only, {}, file_.string(), std::strerror(trouble_));
}

result<void> replace_file(const std::filesystem::path& file, std::string_view bytes,
                          unsigned mode) {
    replacement made(file, mode);
    made.add(bytes);
    return made.place();
}

}  // namespace veche::store
