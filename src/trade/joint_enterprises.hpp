#pragma once
// Where regions of different members could make a thing together: one of them makes it with an
// advantage and sells it outside of the union, the other buys it from third countries, and has much
// of what is usually made beside it. Suggestions with their evidence, not advice.
//
//   amount    the smaller of what the maker sells outside and what the partner buys there: what
//             could move at most without anybody making more
//   density   how much of what is near to the product the partner makes with an advantage
//   measure   amount x density, by which suggestions are ranked
//
// How much of it is certain: the density is drawn anew with the products resampled (Efron 1979),
// and each suggestion says which ranks it has under other definitions. No eigenvector takes part,
// so that caveat (d) of indices of complexity does not touch it; the test of it stands beside.

#include <optional>

#include "kernel/progress.hpp"
#include "trade/order_test.hpp"

namespace veche::trade {

struct enterprise_scope {
    std::string period;  ///< "" all together
    /// A territory is a region of the member whose code it has, or begins with before a hyphen, as
    /// BY-HM does (ISO 3166-2). Others are third countries.
    std::vector<std::string> members;
    std::size_t digits = 0;
    double least_advantage = 1;
    std::size_t most = 100;  ///< suggestions kept, the first ones
    int draws = 200;
    std::uint64_t seed = 1;
    double level = 0.90;     ///< of the ranges over draws
    progress_port progress;  ///< told of suggestions whose ranges are drawn
};

/// Another way to rank, each as sound as the first.
enum class enterprise_ranking : std::uint8_t {
    amount_and_density,  ///< as published
    lower_advantage,     ///< three quarters of the least advantage
    higher_advantage,    ///< five quarters of it
    all_purchases,       ///< what the partner buys inside of the union counts too
    amount_alone,
    density_alone
};
VECHE_CHOICES(enterprise_ranking, amount_and_density, lower_advantage, higher_advantage,
              all_purchases, amount_alone, density_alone)
inline constexpr int enterprise_rankings = 6;

struct joint_enterprise {
    std::string product;
    std::string maker, partner;
    double advantage = 0;          ///< RCA of the maker
    double partner_advantage = 0;  ///< RCA of the partner
    double sold_outside = 0;       ///< by the maker, outside of the union
    double bought_outside = 0;     ///< by the partner, from third countries
    double bought_from_maker = 0;  ///< already
    double amount = 0;
    double density = 0, density_low = 0, density_high = 0;
    double measure = 0, measure_low = 0, measure_high = 0;
    double complementarity = 0;  ///< of the maker's exports and the partner's imports, 0 to 100
    std::int64_t rank = 0, best_rank = 0, worst_rank = 0;
    int rankings = 0;  ///< of the six, in which it occurs at all
};

struct enterprise_table {
    std::vector<joint_enterprise> suggestions;  ///< the first ones, by rank
    std::int64_t found = 0;                     ///< in all
    std::string unit;
    std::vector<std::string> regions;   ///< of members, that take part
    std::vector<std::string> mirrored;  ///< of them: declare no imports, so others' exports count
    std::int64_t rows = 0, rows_missing = 0;
    std::optional<order_test> order;  ///< nothing where the data are too small for it
};

/// Refuses members of whom fewer than two have regions in the data, and data without a pair.
result<enterprise_table> joint_enterprises(const flow_list& flows, const enterprise_scope& scope);

}  // namespace veche::trade
