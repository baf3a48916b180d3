#pragma once
// Test data that only the makers of the project have; users skip what needs it.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "source_dir.hpp"

namespace veche::charter::testing {

inline std::optional<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

inline std::filesystem::path source(const std::string& path) {
    return std::filesystem::path(veche::source_dir()) / path;
}

inline std::optional<std::string> read_shared(const std::string& path) {
    const char* folder = std::getenv("VECHE_SHARED");
    return read_file((folder ? std::filesystem::path(folder) : source("../shared")) / path);
}

}  // namespace veche::charter::testing
