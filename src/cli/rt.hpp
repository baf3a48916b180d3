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
    /// Deviations of the mean and of the deviation, where these are uncertain; 0: they are not.
    double interval_mean_deviation = 0, interval_deviation_deviation = 0;
    epidemic::estimate_settings how;
    std::string window = "7";  ///< days, or "auto": by how well each length foretells
    bool weekly = false;       ///< a row counts the days since the row before
    std::string reported;      ///< column of days of report, where rows are of a day and such a day
    std::string only;          ///< one region
    std::size_t coverage_from = 0;  ///< day of the series, from 1; 0: no coverage asked for
    std::filesystem::path all;      ///< new file for every window
    std::filesystem::path plot;     ///< new file for a picture of one region
};

/// The newest window of each region, what is odd in its counts, and how far to trust it.
int rt(const rt_options&, const terminal&);

}  // namespace veche::cli
