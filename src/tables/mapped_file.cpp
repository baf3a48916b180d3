#include "tables/mapped_file.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tables/refusal.hpp"

namespace veche::tables {

result<mapped_file> mapped_file::open(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return refuse(refusals::file_unreadable, "file", file.string(), std::strerror(errno));
    struct stat about{};
    mapped_file out;
    if (::fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        ::close(fd);
        return refuse(refusals::file_unreadable, "file", file.string(), "it is no plain file");
    }
    out.size_ = static_cast<std::size_t>(about.st_size);
    if (out.size_ > 0) {
        void* at = ::mmap(nullptr, out.size_, PROT_READ, MAP_PRIVATE, fd, 0);
        const int fault = errno;
        ::close(fd);
        if (at == MAP_FAILED)
            return refuse(refusals::file_unreadable, "file", file.string(), std::strerror(fault));
        out.begin_ = static_cast<const char*>(at);
        ::madvise(at, out.size_, MADV_SEQUENTIAL);
    } else {
        ::close(fd);
    }
    return out;
}

mapped_file::mapped_file(mapped_file&& other) noexcept
    : begin_(std::exchange(other.begin_, nullptr)), size_(std::exchange(other.size_, 0)) {}

mapped_file& mapped_file::operator=(mapped_file&& other) noexcept {
    std::swap(begin_, other.begin_);
    std::swap(size_, other.size_);
    return *this;
}

mapped_file::~mapped_file() {
    if (begin_ != nullptr) ::munmap(const_cast<char*>(begin_), size_);
}

}  // namespace veche::tables
