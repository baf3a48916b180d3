#pragma once
// `veche finding`: what a specification says, computed from files, without any union.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace veche::cli {

struct finding_methods_options {
    bool all = false;  ///< also versions that a newer one took the place of
};
/// Lists the methods with the data that each wants and its parameters.
int finding_methods(const finding_methods_options&, const terminal&);

struct finding_options {
    std::string method;
    std::vector<std::string> data;     ///< "role=FILE"
    std::vector<std::string> layouts;  ///< "role=layout"; table where none is said
    std::vector<std::string> units;    ///< "role=unit"
    std::vector<std::string> with;     ///< "name=value"
    std::filesystem::path result;      ///< a new file for the whole result; "" writes none
    std::string lang = "en";           ///< of the remarks
};
/// Computes; `refused` where the method or the data do not allow it.
int compute_finding(const finding_options&, const terminal&);

}  // namespace veche::cli
