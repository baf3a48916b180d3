#pragma once
// `veche trade`: statistics of trade taken in, set against each other, and made into figures; all
// from files.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "trade/mirror.hpp"
#include "trade/smart.hpp"

namespace veche::cli {

/// What the subcommands are given; each uses its own.
struct trade_options {
    std::filesystem::path file;  ///< statistics in any known form, or a file of columns
    std::filesystem::path to;    ///< a new file of columns
    bool replace = false;
    std::size_t rows = 20;  ///< shown; 0 all

    std::filesystem::path mapping, areas;
    std::string area_code = "code", area_name = "name";
    std::string classification, encoding = "utf8", separator, decimal_mark = ".";
    std::vector<std::string> missing, leave_out;
    std::int64_t digits = 0;
    bool add_repeated = false, sound_rows = false, drop_unknown = false;

    std::filesystem::path concordance;
    std::string step;

    std::vector<std::string> where, by;
    std::string value = "value";

    std::string area, partner, period, before;
    std::vector<std::string> members;  ///< of the union
    trade::reconciliation how;
    bool substitutes = false, regional = false;
    double least_exports = 0, least_advantage = 1;

    trade::tariff_unit unit{};
    bool sensitivity = false;

    std::vector<std::string> affected, products;
    double effect = 0, error = 0, sigma = 0, level = 0.95;

    std::filesystem::path register_of;  ///< barriers
    std::string way = "export";         ///< of unit values
    std::size_t most_cells = 100'000'000;
    int draws = 200;
    std::uint64_t seed = 1;
    double range = 0.90;  ///< level of ranges over draws
};

/// Takes statistics into a file of columns and says each trap; `refused` where rows are unsound.
int trade_import(const trade_options&, const terminal&);
/// Sums a column by others, exactly.
int trade_sum(const trade_options&, const terminal&);
/// Writes flows in terms of another vintage of their classification.
int trade_convert(const trade_options&, const terminal&);
/// Shows both sides of flows and what is doubtful; writes one value of two.
int trade_mirror(const trade_options&, const terminal&);
/// Figures of a pair: totals with their scope, shares, intensity, likeness, concentration.
int trade_indicators(const trade_options&, const terminal&);
/// Exports of a territory by product: advantage in three forms with its sums, growth since a
/// period.
int trade_products(const trade_options&, const terminal&);
/// Whom a member depends on for its imports, or what another could sell it instead.
int trade_dependence(const trade_options&, const terminal&);
/// The product space: complexity of territories, or what is near to what one of them makes.
int trade_space(const trade_options&, const terminal&);
/// Tariffs changed, line by line.
int trade_tariff(const trade_options&, const terminal&);
/// The trade that a barrier touches, and its tariff equivalent.
int trade_barrier(const trade_options&, const terminal&);
/// All barriers of a register, ranked by what they cost.
int trade_barriers(const trade_options&, const terminal&);
/// Value over quantity by product.
int trade_unit_values(const trade_options&, const terminal&);
/// Writes flows with the zeros between those who report.
int trade_zeros(const trade_options&, const terminal&);
/// Where regions of different members could make a thing together.
int trade_partners(const trade_options&, const terminal&);

}  // namespace veche::cli
