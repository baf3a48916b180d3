#pragma once
// `veche gravity`: models of trade from a file of columns.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "gravity/specification.hpp"

namespace veche::cli {

struct gravity_options {
    std::string formula;
    std::filesystem::path data;
    std::vector<std::string> more;  ///< further formulas, for columns beside the first
    std::string family = "ppml";    ///< or "ols"
    std::string cluster;            ///< columns: "exp^imp + year"
    std::string dyadic;             ///< both ends of a pair: "exp + imp"
    std::string errors;             ///< iid or hetero; "" clusters if there are any, else hetero
    std::string rule = "fixest";    ///< of small samples
    std::string weights, offset, filter;
    std::string correction;             ///< "three-way" or none
    std::filesystem::path certificate;  ///< a new file for what shows which rows are separated
    std::filesystem::path check;        ///< such a file to check instead of estimating
    int threads = 1;
    std::int64_t memory_mb = 4096;  ///< that may be taken
    std::uint64_t seed = 1;
    std::string table = "text";  ///< or csv, latex, html
    double level = 0.95;         ///< of bands
    bool average_effects = false;
    int series_draws = 0;              ///< for bands of whole series of coefficients; 0 none
    std::filesystem::path predict;     ///< a new file for fitted values
    std::filesystem::path predict_at;  ///< whose rows they are of, if not of the data
    bool with_effects = false;         ///< in that file
};
/// What the options say of a model and of how it is solved.
gravity::specification specification_of(const gravity_options&, const std::string& formula);
gravity::settings settings_of(const gravity_options&);

/// Estimates, and says how; `refused` where nothing could be estimated or what is checked does not
/// hold.
int gravity_model(const gravity_options&, const terminal&);

}  // namespace veche::cli
