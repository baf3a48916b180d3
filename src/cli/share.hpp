#pragma once
// `veche share`: a budget divided by its voters, from a file, without any union.

#include <cstdint>
#include <filesystem>
#include <string>

#include "cli/terminal.hpp"

namespace veche::cli {

struct share_options {
    std::filesystem::path file;
    std::string rule = "equal-shares";  ///< or greedy, greedy-no-skip, greedy-threshold, phragmen
    std::string completion = "none";
    std::string stop = "overshoot";
    std::int64_t step = 0;   ///< minor units a voter; 0: one unit of currency
    std::int64_t rises = 0;  ///< how often they rise at most; 0: without such an end
    std::string measure = "cost";
    std::string endowment;    ///< a fraction in minor units; "" takes budget / voters
    std::int64_t filter = 0;  ///< see shares_rules
    std::string ties = "least_cost,most_votes";
    std::string lottery;  ///< ids of all projects parted by commas; "" takes their order
    std::filesystem::path certificate;  ///< to be written
    std::filesystem::path check;        ///< a certificate to be judged instead of a count
    std::string explain;                ///< id of a project
    std::filesystem::path write;        ///< the file with its result
};
/// Prints what is chosen and why; exit code 1 where a certificate does not hold.
int share(const share_options&, const terminal&);

}  // namespace veche::cli
