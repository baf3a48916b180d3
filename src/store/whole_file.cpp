#include "store/whole_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "store/refusal.hpp"

namespace veche::store {
namespace {

bool write_synced(int out, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(out, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(out) == 0;
}

}  // namespace

result<void> replace_file(const std::filesystem::path& file, std::string_view bytes) {
    std::filesystem::path fresh = file;
    fresh += ".new";
    const auto failed = [&] {
        return refuse(refusals::read_only, {}, file.string(), std::strerror(errno));
    };
    const int out = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (out < 0) return failed();
    const bool written = write_synced(out, bytes);
    if (::close(out) != 0 || !written) return failed();
    if (::rename(fresh.c_str(), file.c_str()) != 0) return failed();
    const int folder =
        ::open(file.parent_path().empty() ? "." : file.parent_path().c_str(), O_RDONLY | O_CLOEXEC);
    if (folder < 0) return failed();
    const bool kept = ::fsync(folder) == 0;
    ::close(folder);
    if (!kept) return failed();
    return {};
}

}  // namespace veche::store
