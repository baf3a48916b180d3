#pragma once
// A folder that lives as long as a test.

#include <filesystem>

#include <stdlib.h>

namespace veche::api::testing {

struct temporary_folder {
    temporary_folder() {
        char name[] = "/tmp/veche-test-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~temporary_folder() { std::filesystem::remove_all(path); }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    std::filesystem::path path;
};

}  // namespace veche::api::testing
