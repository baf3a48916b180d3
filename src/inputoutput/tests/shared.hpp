#pragma once
// What the tests of this room share: a small table made up for them, public data where it is at
// hand, and slow plain formulas to compare with.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "inputoutput/reading.hpp"
#include "inputoutput/value_added.hpp"
#include "source_dir.hpp"

namespace veche::inputoutput::testing {

/// Three regions, two sectors; adds up in rows and columns. Invented.
inline constexpr std::string_view small_text =
    ",north|goods,north|services,south|goods,south|services,sea|goods,sea|services,"
    "north|use,south|use,sea|use,output\n"
    "north|goods,20,8,5,2,3,1,40,6,5,90\n"
    "north|services,10,30,2,4,1,2,70,3,4,126\n"
    "south|goods,6,3,40,12,8,2,7,80,12,170\n"
    "south|services,1,5,9,50,2,6,2,120,5,200\n"
    "sea|goods,12,4,15,5,60,20,9,14,150,289\n"
    "sea|services,3,6,4,9,18,80,4,6,260,390\n"
    "value added,38,70,95,118,197,279,,,,\n";

inline table read_or_fail(std::string_view text, const reading& how = {}) {
    auto made = read_table(text, how);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

inline table small_table() {
    return read_or_fail(small_text);
}

inline leontief_system system_or_fail(const table& of) {
    auto made = leontief_system::of(of);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

inline trade_view view_or_fail(const leontief_system& of) {
    auto made = trade_view::of(of);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

/// A file of the public data, or nothing where that is not at hand.
inline std::optional<std::string> public_data(const std::string& name) {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path base = folder != nullptr ? folder : source_dir() + "/../shared";
    const std::filesystem::path file = base / "data" / "trade" / name;
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        MESSAGE("public data not at hand: " << name);
        return std::nullopt;
    }
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// Plain matrices of long doubles, row by row.
using plain = std::vector<std::vector<long double>>;

inline plain zeros(std::size_t rows, std::size_t columns) {
    return plain(rows, std::vector<long double>(columns, 0));
}

inline plain times(const plain& a, const plain& b) {
    plain out = zeros(a.size(), b[0].size());
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t k = 0; k < b.size(); ++k)
            for (std::size_t j = 0; j < b[0].size(); ++j) out[i][j] += a[i][k] * b[k][j];
    return out;
}

/// The inverse of I - a, by Gauss-Jordan.
inline plain inverse_of_rest(const plain& a) {
    const std::size_t n = a.size();
    plain m = zeros(n, n), out = zeros(n, n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) m[i][j] = (i == j ? 1.0L : 0.0L) - a[i][j];
        out[i][i] = 1;
    }
    for (std::size_t k = 0; k < n; ++k) {
        const long double pivot = m[k][k];
        for (std::size_t j = 0; j < n; ++j) {
            m[k][j] /= pivot;
            out[k][j] /= pivot;
        }
        for (std::size_t i = 0; i < n; ++i) {
            if (i == k) continue;
            const long double factor = m[i][k];
            for (std::size_t j = 0; j < n; ++j) {
                m[i][j] -= factor * m[k][j];
                out[i][j] -= factor * out[k][j];
            }
        }
    }
    return out;
}

}  // namespace veche::inputoutput::testing
