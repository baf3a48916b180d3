#pragma once
// What the tests of this room share.

#include <cmath>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tables/read_text.hpp"

namespace veche::tables::testing {

inline reading read_of(std::string_view text, const text_options& options = {}) {
    auto made = read_text(text, options);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

inline table table_of(std::string_view text, const text_options& options = {}) {
    auto made = sound_table(read_text(text, options));
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

inline std::vector<double> numbers_in(const table& t, std::string_view name) {
    auto made = t.numbers(name);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

/// The cells of a column as text, "-" where missing.
inline std::vector<std::string> texts_in(const table& t, std::string_view name) {
    const auto one = t.find(name);
    REQUIRE(one.has_value());
    std::vector<std::string> out;
    for (std::uint64_t row = 0; row < t.rows(); ++row)
        out.push_back(text_of(**one, row).value_or("-"));
    return out;
}

using words = std::vector<std::string>;

/// A folder of its own for a test, taken away afterwards.
class test_folder {
  public:
    test_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "veche-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        at_ = name;
    }
    ~test_folder() { std::filesystem::remove_all(at_); }
    test_folder(const test_folder&) = delete;
    test_folder& operator=(const test_folder&) = delete;

    [[nodiscard]] std::filesystem::path file(std::string_view name) const { return at_ / name; }
    [[nodiscard]] std::filesystem::path file(std::string_view name, std::string_view bytes) const {
        std::ofstream(at_ / name, std::ios::binary) << bytes;
        return at_ / name;
    }

  private:
    std::filesystem::path at_;
};

}  // namespace veche::tables::testing
