#pragma once
// Fitted values of rows: of those an estimate was made of, of those it left out, and of others.
// A value is given only where the estimate determines it.

#include <string>
#include <string_view>
#include <vector>

#include "gravity/estimate.hpp"
#include "gravity/specification.hpp"

namespace veche::gravity {

/// How a row came to its fitted value, or why it has none.
enum class fitting : std::uint8_t {
    estimated,      ///< the estimate was made of it
    predicted,      ///< by coefficients and effects of others
    limit,          ///< 0: what separated rows and those of levels without outcome go to
    missing,        ///< a regressor, the offset or the level of an effect is
    level_unknown,  ///< one of its levels bears no row of the estimate
    undetermined    ///< its levels do not hang together in the estimate
};
std::string_view name_of(fitting);

struct prediction {
    /// By row of the table: "used", why the estimate left it out (sample.hpp), "filter", or
    /// "outside" for rows of another table.
    std::vector<std::string_view> row;
    std::vector<fitting> how;
    // NaN where there is none.
    std::vector<double> linear;    ///< x b, effects and offset
    std::vector<double> fitted;    ///< exp of it, or itself in least squares
    std::vector<double> residual;  ///< outcome less fitted
    std::vector<std::string> effect_names;
    std::vector<std::vector<double>> effects;  ///< by effect and row
};

/// `own`: the table is the one the model was made of. Refuses columns that are not there; the
/// outcome may be absent.
result<prediction> predict(const tables::table&, bool own, const specification&, const specified&,
                           const estimation&);

/// The columns of the table, then row, fit, linear, fitted, residual, and one for each effect where
/// they are asked for. A name that the table has already gets an underscore at its end.
std::string prediction_csv(const tables::table&, const prediction&, bool with_effects);

}  // namespace veche::gravity
