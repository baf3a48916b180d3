#pragma once
// What every method asks of its request: parameters filled in, data as tables, figures as text.

#include <set>

#include "findings/findings.hpp"
#include "tables/table.hpp"
#include "trade/import.hpp"

namespace veche::findings {

/// A parameter of the specification; every one is there once `compute` has filled them in.
const std::string& parameter_of(const request&, std::string_view name);
/// The data set in that part; the row of the method wants it.
const source& source_of(const request&, std::string_view role);

/// The same where the method may have none; "" too where it is "none".
std::string maybe_parameter(const request&, std::string_view name);
/// A parameter that is a list, parted by commas; "none" is an empty one.
std::vector<std::string> list_parameter(const request&, std::string_view name);
/// A parameter that is a number. Refuses what is none.
result<double> number_parameter(const request&, std::string_view name);
/// The parameter "level": 0.90, 0.95 or 0.99. Refuses others.
result<double> level_parameter(const request&);
/// A text that is a number, and nothing else.
std::optional<double> number_in(std::string_view text);
/// The same within bounds, and whole.
result<std::int64_t> count_parameter(const request&, std::string_view name, std::int64_t least,
                                     std::int64_t most);
/// Which of these words a parameter is, from 0. Refuses others.
result<std::size_t> choice_parameter(const request&, std::string_view name,
                                     std::span<const std::string_view> words);

/// What methods on flows are asked alike.
inline constexpr parameter_info digits_parameter{
    "product-digits", "keep product codes of so many digits; 0 where there is one level", "0"},
    columns_parameter{"columns",
                      "columns of a table of no known form, as reporter=exporter,flow==export",
                      "none"},
    leave_out_parameter{"leave-out", "territories that stand for several others, parted by commas",
                        "none"};
/// What methods that draw at random are asked alike.
inline constexpr parameter_info draws_parameter{"draws", "how often is drawn for ranges", "200"},
    seed_parameter{"seed", "where the random numbers begin", "1"},
    range_parameter{"level", "of intervals and ranges: 0.90, 0.95 or 0.99", "0.90"};

/// The data set as flows of trade, from any form of trade statistics, or from any table whose
/// columns the parameter "columns" says. Refuses a table of other columns, and unsound rows with
/// the first of them.
result<trade::imported> flows_of(const request&, std::string_view role);
/// The data set as rows under a header. Refuses other layouts, and unsound rows with the first of
/// them.
result<tables::table> table_of(const request&, std::string_view role);
/// A column of it, by the parameter that names it: as groups, or as numbers.
result<tables::level_list> levels_by(const tables::table&, const request&,
                                     std::string_view parameter, const source&);
result<std::vector<double>> numbers_by(const tables::table&, const request&,
                                       std::string_view parameter, const source&);

/// A figure with so many decimals.
evidence::figure figure_of(std::string name, std::string unit, double value, int decimals);
/// The same with an interval, which is widened to hold the value; without one where an end is no
/// number.
evidence::figure figure_between(std::string name, std::string unit, double value, double low,
                                double high, int decimals);
/// Whether a figure can be published: it is a number, and not too long.
bool is_publishable(double value);
/// A bound that the number is below: 1e-9 where it can be, for what is rounding alone has no digits
/// of its own; else the number in two digits.
std::string bound_above(double value);
/// A name as figures may have: what is no letter, digit or point of it becomes a hyphen.
std::string name_from(std::string_view words);
/// The same as no figure has it yet: a second one of a name gets a number.
std::string own_name(std::string_view words, std::set<std::string>& taken);

/// What an engine refused, as a fault of the data set in that part: in its own words, which every
/// language has.
tl::unexpected<refusal> unreadable(const request&, std::string_view role, refusal why);

}  // namespace veche::findings
