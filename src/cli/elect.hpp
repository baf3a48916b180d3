#pragma once
// `veche elect`: an election counted from a file, without any union.

#include <filesystem>
#include <string>

#include "cli/terminal.hpp"

namespace veche::cli {

struct elect_options {
    std::filesystem::path file;
    std::string seed;  ///< for lots; "" takes the file's
};
/// Prints every stage; exit code 1 where the file says what must come out and something else does.
int elect(const elect_options&, const terminal&);

}  // namespace veche::cli
