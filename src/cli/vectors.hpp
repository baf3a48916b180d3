#pragma once
// `veche vectors`: cases of allocation and health from a file, run by the room that each is of.

#include <filesystem>

#include "cli/terminal.hpp"

namespace veche::cli {

struct vectors_options {
    std::filesystem::path file;
};
/// Prints each case as ok, MISSED with what differs, or not run with the reason; exit code 1 where
/// one is missed.
int run_vectors(const vectors_options&, const terminal&);

}  // namespace veche::cli
