#pragma once
// `veche shuffle`: a public draw by a random beacon, from a file of lines.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "cli/terminal.hpp"

namespace veche::cli {

struct shuffle_options {
    std::filesystem::path file;  ///< one entry a line, "-" for standard input
    std::string randomness;      ///< what the beacon said, 64 hex digits
    std::optional<std::int64_t> limit;
    bool repetitions = false;
};
/// Prints the drawn lines in order.
int shuffle(const shuffle_options&, const terminal&);

}  // namespace veche::cli
