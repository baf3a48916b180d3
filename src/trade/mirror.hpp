#pragma once
// Both sides of each flow: what the exporter declares, and what the importer does. Inside a customs
// union there may be no declaration, and a territory may report nothing at all; a figure made from
// one side must say so.

#include <optional>
#include <string>
#include <vector>

#include "trade/flow_list.hpp"

namespace veche::trade {

/// What is known of one side of a flow.
enum class side_state : std::uint8_t {
    declared,  ///< a row with a value
    zero,      ///< no row, though the territory reports such flows for the period: zero
    missing,   ///< the territory reports none for the period, or a row has no value: not zero
};
VECHE_CHOICES(side_state, declared, zero, missing)

struct flow_side {
    side_state state = side_state::missing;
    double value = 0;  ///< NaN where missing
    valuation valued = valuation::unknown;
};

/// Codes are those of the flow list.
struct mirrored_flow {
    std::int32_t exporter = 0, importer = 0, period = 0, classification = 0, product = 0;
    flow_side exported, imported;
};

struct mirror_options {
    /// Territories between which declarations may be missing, because no customs stand between
    /// them: no row for such a partner means missing, not zero.
    std::vector<std::string> union_members;
};

/// A territory that has no row for a partner which itself declares trade with it: by the rule a
/// zero, and hardly one.
struct doubtful_zero {
    std::int32_t area = 0, partner = 0, period = 0;
    flow_kind flow{};
    double partner_declares = 0;
};

struct mirror_statistics {
    std::vector<mirrored_flow> flows;   ///< by exporter, importer, period, product
    std::vector<doubtful_zero> doubts;  ///< largest first
    std::int64_t both = 0, exporter_only = 0,
                 importer_only = 0;  ///< how many flows are declared by
};

/// Pairs exports with the partner's imports. Flows to oneself, re-imports and re-exports take no
/// part. Where a territory declares for a period, what it has no row for is zero.
mirror_statistics mirror(const flow_list& flows, const mirror_options& options = {});

/// Which side a reconciled value comes from where both declare.
enum class preferred_side : std::uint8_t { exporter, importer };
VECHE_CHOICES(preferred_side, exporter, importer)

struct reconciliation {
    preferred_side prefer = preferred_side::exporter;
    /// Imports with freight and insurance over the same goods without: 1.08 is usual between 1.05
    /// and 1.10. Imports are divided by it, so that all values come out free on board.
    double cif_factor = 1.08;
};

/// One value for each flow, as exports free on board: that of the preferred side if it declares,
/// else that of the other side (origin mirrored), else zero if one side says zero (origin no_row);
/// flows that nobody knows are left out. Refuses a factor outside of 1 to 2.
result<flow_list> reconcile(const flow_list& flows, const mirror_statistics& both,
                            const reconciliation& how);

/// A sum that says what it is a sum of.
struct scoped_total {
    double value = 0;
    std::string unit;
    std::string reporter;  ///< by whose declarations
    std::string way;       ///< "export"
    std::string period;
    std::string scope;                              ///< "all partners in the data", "RUS, KAZ"
    std::int64_t partners = 0, partners_named = 0;  ///< with trade, and in the scope
    std::int64_t rows = 0, rows_missing = 0;        ///< rows added up; rows without a value
    std::int64_t rows_mirrored = 0;                 ///< of them from the other side
    double value_mirrored = 0;
    std::optional<double> world_row;  ///< what the reporter itself gives for the whole world
    /// Sum over the world row, where there is one.
    [[nodiscard]] std::optional<double> coverage() const;
};

/// The total of a reporter's flows with some partners (none named: all) in a period. Refuses names
/// that the data lack, and a reporter that reports nothing: that is missing, not zero.
result<scoped_total> total_of(const flow_list& flows, std::string_view reporter, flow_kind way,
                              std::string_view period,
                              const std::vector<std::string>& partners = {},
                              const flow_list* world = nullptr);

/// Fills the rectangle of reporters, partners, periods and products with zeros where a territory
/// reports such flows for a period: what estimates of trade need. Origin no_row. Refuses more than
/// `most` rows.
result<flow_list> with_zeros(const flow_list& flows, std::size_t most = 100'000'000);

}  // namespace veche::trade
