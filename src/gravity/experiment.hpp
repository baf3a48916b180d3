#pragma once
// Experiments in general equilibrium: what is changed in the costs of trade of one cross-section,
// said in a sentence, and what follows from it under a closure that is named.
//
//   table -> with_border -> section_of -> experiments -> carry_out

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gravity/covariance.hpp"
#include "gravity/equilibrium.hpp"
#include "gravity/specification.hpp"
#include "tables/table.hpp"

namespace veche::gravity {

/// Names of the columns of a table of flows.
struct flow_columns {
    std::string exporter = "exporter";
    std::string importer = "importer";
    std::string flow = "trade";
};

/// The name of the column that `with_border` makes.
inline constexpr std::string_view border_column = "border";

/// The table with a column `border`, 1 between two territories and 0 at home, where it has none of
/// that name.
result<tables::table> with_border(const tables::table&, const flow_columns&);

/// Flows of one time among territories: a row for each ordered pair, home markets included.
/// Matrices stand row by row, the exporter's row.
struct cross_section {
    tables::table table;  ///< the section's rows alone
    flow_columns columns;
    std::vector<std::string> names;  ///< of territories, ascending by bytes
    std::vector<std::uint64_t> row;  ///< n x n: of the table, from 0
    std::vector<double> flows;       ///< n x n

    [[nodiscard]] std::size_t size() const { return names.size(); }
};

/// The rows for which a filter holds ("" all). Refuses words where numbers are needed, a pair that
/// stands twice or not at all, flows that are missing or negative (missing is not zero), and a
/// territory that sells or buys nothing.
result<cross_section> section_of(const tables::table&, const flow_columns&,
                                 const std::string& filter);

/// A cost of trade put on, taken off or changed. Costs to the power 1 - sigma are multiplied by
/// exp((1 - sigma) change) on the pairs named.
struct cost_change {
    std::string name;           ///< "barrier A>B"
    double change = 0;          ///< log of the factor by which costs change; below 0 they fall
    double standard_error = 0;  ///< of it; 0 where it is taken as known
    std::vector<double> pairs;  ///< n x n: 1 on the pairs concerned, else 0
};

/// What is done. Experiments are made by the functions below, and any number of them can be carried
/// out together, one after the other.
struct experiment {
    std::string kind;      ///< border, tariff, member, barrier, set, values
    std::string sentence;  ///< what is done, for people
    /// New values of columns by pair, n x n; NaN leaves what stands there.
    std::map<std::string, std::vector<double>> columns;
    std::vector<cost_change> costs;
};

/// A dummy of borders put to 0 between all territories, or between those named (`among` empty:
/// all).
result<experiment> border_removed(const cross_section&, const std::string& column,
                                  const std::vector<std::string>& among);

/// An ad valorem tariff on the way from the exporters to the importers goes from one level to
/// another, both in percent. It counts as a cost, (1 + t)^(1 - sigma); its revenue is nobody's.
struct tariff_change {
    std::vector<std::string> exporters, importers;  ///< empty: all others
    double from = 0, to = 0;
};
result<experiment> tariff_changed(const cross_section&, const tariff_change&);

/// A dummy of an agreement put to 1 in both directions between newcomers and members, and among
/// newcomers.
result<experiment> member_joined(const cross_section&, const std::string& column,
                                 const std::vector<std::string>& newcomers,
                                 const std::vector<std::string>& members);

/// A barrier worth a tariff of that many percent is lifted in one direction. With an interval the
/// log of 1 + the equivalent is drawn from a normal distribution of that width.
struct barrier {
    std::string exporter, importer;
    double percent = 0;
    std::optional<interval> within;  ///< in percent, of the level named
    double level = 0.95;
};
result<experiment> barrier_lifted(const cross_section&, const barrier&);

/// A column put to a value on the pairs for which a filter holds ("" all of them).
result<experiment> cells_set(const cross_section&, const std::string& column, double value,
                             const std::string& where);

/// New values by pair: columns exporter, importer, and one of each column that changes; an empty
/// cell leaves what stands there.
result<experiment> values_given(const cross_section&, const tables::table& values);

/// By what costs depend on the columns: regressors by name, as a formula names them.
struct cost_coefficients {
    std::string formula;  ///< whose terms they belong to; its outcome and effects are not looked at
    std::vector<std::string> names;
    std::vector<double> b;
    std::vector<double> v;  ///< k x k; empty: taken as known
    std::string offset;     ///< an expression that is a part of costs as it stands; "" none
};

/// The coefficients of an estimate, without its constant.
cost_coefficients coefficients_of(const specification&, const model&, const estimation&,
                                  const covariance&);

/// Coefficients as somebody gives them, independent of each other. `name` is an expression of
/// columns: "log(dist)". Refuses what is no expression.
struct given_coefficient {
    std::string name;
    double value = 0, standard_error = 0;
};
result<cost_coefficients> coefficients_given(const std::vector<given_coefficient>&);

/// What the world looks like before.
enum class baseline : std::uint8_t {
    fitted,   ///< costs exp(x b): trade as the coefficients say, with the outputs and expenditures
              ///< of the section
    observed  ///< trade as it is in the section; coefficients say only what changes
};
std::string_view name_of(baseline);

struct experiment_plan {
    std::vector<experiment> steps;
    double sigma = 7;
    closure close = closure::world;
    std::string reference;  ///< "" the territory with the largest output
    baseline start = baseline::fitted;
    int draws = 0;  ///< of the coefficients, for intervals; 0 none
    std::uint64_t seed = 1;
    double level = 0.95;
    int threads = 1;
    progress_port progress;  ///< told of draws
};

struct experiment_outcome {
    equilibrium solved;
    std::vector<uncertain_effect> bands;  ///< empty without draws
    std::size_t pairs_changed = 0;        ///< whose costs change
    std::vector<std::string> remarks;     ///< what a reader has to know of it
};

/// Refuses territories and columns that are not there, a regressor that is missing for a pair, what
/// `solve` refuses, and an outcome that did not converge.
result<experiment_outcome> carry_out(const cross_section&, const cost_coefficients&,
                                     const experiment_plan&);

}  // namespace veche::gravity
