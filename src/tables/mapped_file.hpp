#pragma once
// A file mapped into memory, to be read only.

#include <filesystem>
#include <string_view>

#include "kernel/result.hpp"

namespace veche::tables {

/// The bytes stay where they are as long as the object lives. Whoever shortens the file meanwhile
/// ends the program: do not map what others write.
class mapped_file {
  public:
    static result<mapped_file> open(const std::filesystem::path& file);

    mapped_file(mapped_file&& other) noexcept;
    mapped_file& operator=(mapped_file&& other) noexcept;
    mapped_file(const mapped_file&) = delete;
    mapped_file& operator=(const mapped_file&) = delete;
    ~mapped_file();

    [[nodiscard]] std::string_view bytes() const { return {begin_, size_}; }

  private:
    mapped_file() = default;
    const char* begin_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace veche::tables
