#pragma once
// A tariff changed in one market for one product (SMART): Laird, Yeats, The UNCTAD Trade Policy
// Simulation Model (1986); Jammes, Olarreaga, Explaining SMART and GSIM (2005). By product line,
// with several partners, each in markets of its own.

#include <optional>
#include <string>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/remark.hpp"
#include "kernel/result.hpp"

namespace veche::trade {

/// In which unit tariffs are given. There is no default: 0.10 and 10 cannot be told apart by
/// looking.
enum class tariff_unit : std::uint8_t { fraction, percent };
VECHE_CHOICES(tariff_unit, fraction, percent)

struct smart_partner {
    std::string name;
    double imports = 0;            ///< m_c before, in any one unit, without the tariff
    double before = 0, after = 0;  ///< tariffs, as fractions of the value
    std::optional<double> sigma;   ///< elasticity of substitution, instead of the line's
};

/// Imports of one product into one market.
struct smart_line {
    std::string market, product;
    std::optional<double> import_elasticity;  ///< e, below zero; nothing: the line comes apart
    double sigma = 1.5;
    std::optional<double> supply_elasticity;  ///< mu, above zero; nothing: without bound
    std::vector<smart_partner> partners;
};

struct smart_change {
    std::string partner;
    double imports_before = 0, imports_after = 0;
    double creation = 0;   ///< m e d / (1 - e/mu), d = (t1 - t0)/(1 + t0)
    double diversion = 0;  ///< what comes from the other partners, or goes to them: sums to zero
    double revenue_before = 0, revenue_after = 0;
    /// (t0 + t1)/2 of what is created: what buyers gain less what the treasury loses on it.
    double welfare = 0;
};

struct smart_outcome {
    std::string market, product;
    std::vector<smart_change> partners;
    double creation = 0, diversion = 0;  ///< sums; diversion to those whose tariff changed
    double revenue_before = 0, revenue_after = 0, welfare = 0;
    bool capped = false;  ///< a flow would have fallen below zero, so all changes were held back
};

struct smart_result {
    std::vector<smart_outcome> lines;
    std::vector<std::string> without_elasticity;  ///< "market product": not computed
    double imports_without_elasticity = 0;
    smart_outcome all;            ///< sums over the lines, without partners
    std::vector<remark> remarks;  ///< what looks odd in the tariffs
};

/// Diversion to c: m_c m_-c/(m_c + m_-c) sigma (-d), at most m_-c, nor more than m_c away from it;
/// the others lose or gain it in proportion to their imports. Refuses elasticities of the wrong
/// sign, negative imports and tariffs at or below -1.
result<smart_result> smart(const std::vector<smart_line>& lines);

/// Lines from CSV: market, product, partner, imports, before, after, and maybe elasticity, sigma,
/// supply (docs/format/trade.md). Tariffs are in the unit given; what looks odd in them is said.
result<std::vector<smart_line>> read_smart(std::string_view text, tariff_unit unit,
                                           std::vector<remark>& odd);

/// A line of a table of sensitivity: what comes out where all elasticities are multiplied.
struct smart_sensitivity {
    double import_factor = 1, sigma_factor = 1;
    double creation = 0, diversion = 0, revenue_change = 0, welfare = 0;
};
/// The result over a grid of factors of import elasticity and sigma.
result<std::vector<smart_sensitivity>> sensitivity(const std::vector<smart_line>& lines,
                                                   const std::vector<double>& factors);

}  // namespace veche::trade
