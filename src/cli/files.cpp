#include "cli/files.hpp"

#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

#include "cli/refusal.hpp"

namespace veche::cli {

namespace fs = std::filesystem;

result<std::string> read_file(const fs::path& file) {
    if (file == "-") return std::string((std::istreambuf_iterator<char>(std::cin)), {});
    std::ifstream in(file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (!in.good() && !in.eof())
        return refuse(refusals::file_unreadable, {}, file.string(), std::strerror(errno));
    return bytes;
}

result<void> write_new_file(const fs::path& file, std::string_view bytes, bool secret) {
    const int fd =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, secret ? 0600 : 0644);
    if (fd < 0) return refuse(refusals::file_unwritable, {}, file.string(), std::strerror(errno));
    bool good = true;
    while (good && !bytes.empty()) {
        const auto written = ::write(fd, bytes.data(), bytes.size());
        good = written > 0;
        if (good) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    good = ::fsync(fd) == 0 && good;
    const int error = errno;
    ::close(fd);
    if (!good) return refuse(refusals::file_unwritable, {}, file.string(), std::strerror(error));
    return {};
}

fs::path find_shared(const fs::path& part) {
    std::error_code ec;
    if (fs::exists(part, ec)) return part;
    const fs::path program = fs::read_symlink("/proc/self/exe", ec);
    for (fs::path above = program.parent_path(); above.has_relative_path();
         above = above.parent_path())
        for (const fs::path& base : {above, above / "share/veche"})
            if (fs::exists(base / part, ec)) return base / part;
    return {};
}

}  // namespace veche::cli
