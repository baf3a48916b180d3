#pragma once
// `veche match`: applicants matched to places from files, without any union.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "matching/rules.hpp"

namespace veche::cli {

struct match_options {
    std::vector<std::filesystem::path> files;  ///< programmes and applications, or one file
    matching::match_rules rules;
    std::string seed;                    ///< of the lots; "" where there are none
    std::filesystem::path certificate;   ///< a new file
    std::filesystem::path check;         ///< a certificate to judge instead of matching
    std::filesystem::path places;        ///< a new file: CSV, or RP where its name ends in .rp
    std::filesystem::path explanations;  ///< a new file: the record of every applicant
    std::string explain;                 ///< an applicant whose result is to be explained
};
/// Prints cutoffs and places; with `check` it ends with `refused` where the certificate fails.
int match(const match_options&, const terminal&);

}  // namespace veche::cli
