#pragma once
// A file replaced as a whole: after a crash the old one is there, or the new one.

#include <filesystem>
#include <string_view>

#include "kernel/result.hpp"

namespace veche::store {

/// A file that is written beside the old one, piece by piece, and is gone again unless it takes its
/// place.
class replacement {
  public:
    explicit replacement(std::filesystem::path file, unsigned mode = 0644);
    ~replacement();
    replacement(const replacement&) = delete;
    replacement& operator=(const replacement&) = delete;

    /// What cannot be written is told by `place`.
    void add(std::string_view bytes);
    /// Puts it in the place of the old one, durable on return. Refuses with store.read_only.
    result<void> place();

  private:
    void fail();
    std::filesystem::path file_;
    std::filesystem::path fresh_;
    int out_ = -1;
    int trouble_ = 0;  ///< errno of the first failure
    bool placed_ = false;
};

/// The same in one piece.
result<void> replace_file(const std::filesystem::path& file, std::string_view bytes,
                          unsigned mode = 0644);

}  // namespace veche::store
