#pragma once
// `veche rt`: reproduction numbers of an epidemic from a file of counts.

#include <filesystem>
#include <string>

#include "cli/terminal.hpp"
#include "epidemic/reproduction.hpp"
#include "epidemic/series.hpp"

namespace veche::cli {

struct rt_options {
    std::filesystem::path data;
    epidemic::series_layout layout;
    double interval_mean = 0;  ///< of the serial interval, in days; 0: not given
    double interval_deviation = 0;
    std::filesystem::path interval_file;  ///< columns k and w, instead
    epidemic::estimate_settings how;
    std::string only;               ///< one region
    std::size_t coverage_from = 0;  ///< day of the series, from 1; 0: no coverage asked for
    std::filesystem::path all;      ///< new file for every window
    std::filesystem::path plot;     ///< new file for a picture of one region
};

/// The newest window of each region, what is odd in its counts, and how far to trust it.
int rt(const rt_options&, const terminal&);

}  // namespace veche::cli
