#pragma once
// A small file replaced as a whole: after a crash the old one is there, or the new one.

#include <filesystem>
#include <string_view>

#include "kernel/result.hpp"

namespace veche::store {

/// Durable on return. Refuses with store.read_only.
result<void> replace_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace veche::store
