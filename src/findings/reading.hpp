#pragma once
// What every method asks of its request: parameters filled in, data as tables, figures as text.

#include "findings/findings.hpp"
#include "tables/table.hpp"
#include "trade/import.hpp"

namespace veche::findings {

/// A parameter of the specification; every one is there once `compute` has filled them in.
const std::string& parameter_of(const request&, std::string_view name);
/// The data set in that part; the row of the method wants it.
const source& source_of(const request&, std::string_view role);

/// A parameter that is a list, parted by commas; "none" is an empty one.
std::vector<std::string> list_parameter(const request&, std::string_view name);
/// A parameter that is a number. Refuses what is none.
result<double> number_parameter(const request&, std::string_view name);

/// The data set as flows of trade, from any form of trade statistics. Refuses a table of other
/// columns, and unsound rows with the first of them.
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

}  // namespace veche::findings
