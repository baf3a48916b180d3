#pragma once
// Models as people write them: trade ~ rta + log(dist) | exp^year + imp^year + exp^imp
//
//   formula   outcome ~ terms [| effects]
//   terms     joined by +; 1 or 0: with or without a constant (a model with effects has none)
//   term      number-like columns and functions; a:b their product; a*b is a + b + a:b
//   function  log(..), log1p(..), exp(..), sqrt(..) of a sum of products: log(dist / 1000)
//   i(f)      a dummy for each level of f but the first; i(f, v): all but level v;
//             i(f):x is x for each level of f, all of them
//   effects   columns joined by +; a^b is one effect for each pair of levels
// Names with other characters stand between backquotes.

#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.hpp"

namespace veche::gravity {

/// A number of each row: a column, a constant, or what is made of them.
struct expression {
    enum class kind : std::uint8_t { column, number, add, subtract, multiply, divide, call } what{};
    std::string name;  ///< of a column or function
    double value = 0;
    std::vector<expression> parts;
};
/// As a regressor is named: "log(dist)".
std::string text_of(const expression&);

/// A product; a dummy of each level of `factor`, where there is one.
struct formula_term {
    std::vector<expression> product;  ///< empty: 1
    std::string factor;               ///< "" none
    std::string reference;            ///< level without dummy; "" the first
};

struct formula {
    expression outcome;
    std::vector<formula_term> terms;
    std::vector<std::vector<std::string>> effects;  ///< columns that are crossed
    bool constant = true;
};

/// Refuses what it does not understand, with the place (a character from 1).
result<formula> parse_formula(std::string_view text);

/// "exp^imp + year" as lists of columns.
result<std::vector<std::vector<std::string>>> parse_groupings(std::string_view text);

/// One comparison of a filter, and all of them: "year >= 1990 & exporter != importer".
struct comparison {
    std::string column;
    std::string op;    ///< == != < <= > >=
    std::string word;  ///< what it is compared with: a word or number, or the name of a column
    bool column_right = false;  ///< `word` stood without quotes
};
result<std::vector<comparison>> parse_filter(std::string_view text);

}  // namespace veche::gravity
