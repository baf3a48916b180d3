#pragma once
// A folder of a test's own, gone at the end, with files of text.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <stdlib.h>

namespace veche::cli::testing {

struct own_folder {
    own_folder() {
        char name[] = "/tmp/veche-cli-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~own_folder() { std::filesystem::remove_all(path); }
    own_folder(const own_folder&) = delete;
    own_folder& operator=(const own_folder&) = delete;

    [[nodiscard]] std::string at(const char* name) const { return (path / name).string(); }
    void put(const char* name, const std::string& text) const {
        std::ofstream(path / name) << text;
    }
    [[nodiscard]] std::string get(const char* name) const {
        std::ostringstream out;
        out << std::ifstream(path / name).rdbuf();
        return out.str();
    }

    std::filesystem::path path;
};

}  // namespace veche::cli::testing
