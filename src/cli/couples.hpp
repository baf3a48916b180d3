#pragma once
// `veche couples`: applicants, some of them two by two, and programmes from a file.

#include <filesystem>

#include "cli/terminal.hpp"

namespace veche::cli {

struct couples_options {
    std::filesystem::path file;
    std::filesystem::path certificate;  ///< a new file for the certificate; "" writes none
    std::filesystem::path check;        ///< a certificate to judge instead of matching
};
/// Matches a market with couples from a file, or judges a certificate of one; `refused` where the
/// certificate does not hold.
int match_couples_file(const couples_options&, const terminal&);

}  // namespace veche::cli
