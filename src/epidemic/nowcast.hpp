#pragma once
// What the latest days will have once all of it is reported, by how late earlier days were.
//
// Of the cases of a day known d days later, p_d are new with that day of delay: p_d = sum n_(t,d) /
// sum over j <= d of n_(t,j), over days t that were seen so long. What is known after `age` days is
// the share F(age) = product over d > age of (1 - p_d) of what will be, so that N = seen / F (the
// chain ladder). The width comes from how far nowcasts of earlier days missed.

#include <cstddef>
#include <optional>
#include <vector>

#include "epidemic/mixture.hpp"
#include "kernel/result.hpp"

namespace veche::epidemic {

/// For each day what was known of its cases 0, 1, 2, .. days after it, as far as that has come:
/// day t of n days has at most n - t of them. Counts may fall.
using reporting = std::vector<std::vector<double>>;

struct nowcast_settings {
    std::size_t longest_delay = 28;  ///< days after which a count is taken as whole
    std::size_t recent = 56;         ///< days from which delays are learned
    double least_share = 0.1;        ///< days known to less than that are left out
    std::size_t learn_from = 0;      ///< days before were first reported long after them
};

struct nowcast_day {
    std::size_t day = 0;
    double seen = 0;
    double share = 1;          ///< F: which part of the day is known
    double mean = 0;           ///< N
    double spread = 1;         ///< of earlier nowcasts at this age, over what chance alone explains
    double low = 0, high = 0;  ///< 95 %, counts, none below what was seen
    [[nodiscard]] double quantile(double p) const;
};

struct nowcast {
    /// By day. Whole days have share 1 and stand as seen; the last days that are known too little
    /// are left out.
    std::vector<nowcast_day> days;
    std::vector<double> shares;                  ///< F by age in days
    std::size_t learned_from = 0;                ///< cases whose delay was seen
    std::optional<std::size_t> incomplete_from;  ///< the first day of which less than 95 % is known
};
/// Without cases whose delay was seen all days are whole as they stand.
nowcast nowcast_of(const reporting&, const nowcast_settings& = {});

/// R over the nowcast: each window as a mixture over the same quantile of all its days, nine of
/// them, which is wider than if days missed independently of each other.
result<std::vector<mixed_estimate>> estimate_nowcast(const nowcast&, const serial_interval&,
                                                     const estimate_settings&);

}  // namespace veche::epidemic
