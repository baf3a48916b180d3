#pragma once
// A scenario as a chain of chance, step by step of a day, in whole people: exactly nobody appears
// or vanishes.
//
// With steps of a whole day, each day and region, all from the state at its start, hazards h = K x,
// x the infectious weighed by their stratum's infectiousness; of each stratum
//   infected ~ Bin(S, 1 - exp(-susceptibility h)), infectious ~ Bin(E, 1 - exp(-1/latent_days)),
//   removed ~ Bin(I, 1 - exp(-1/infectious_days)), of these dead ~ Bin(removed, fatality);
// with hospitals admitted ~ Bin(removed, admitted), dead ~ Bin(removed - admitted, fatality), who
//   leaves a ward ~ Bin(W, 1 - exp(-1/ward_days)), of these to intensive care, of the others dead,
//   and who leaves intensive care and dies likewise;
// doses by chance ~ Bin(S - infected, dose_chance); planned ones by hypergeometric draws at the end
// of the day.
//
// Every draw has a number: seed, replicate, region, step and which it is (Philox). So scenarios are
// compared under the same luck, regions where nothing happens cost nothing, and the result has the
// same bits with any number of threads and on any machine.

#include <cstdint>
#include <vector>

#include "epidemic/planning.hpp"
#include "numerics/eights.hpp"

namespace veche::epidemic {

struct chain_settings {
    std::uint32_t seed = 1;
    std::size_t replicates = 100;
    std::size_t days = 365;
    int threads = 1;
    const numerics::eights* lanes = nullptr;  ///< nullptr: the widest of the machine
    /// Steps of a day: the more, the nearer to the equations. With 1, somebody is infectious for
    /// 1 / (1 - exp(-1 / infectious_days)) days on average.
    std::size_t steps = 1;
};

/// Whole numbers of people as doubles. By time and replicate: at t * replicates + replicate, times
/// 0 to days; by region and replicate likewise, at the end.
struct chain_runs {
    std::size_t replicates = 0, days = 0, regions = 0;
    std::vector<double> infected_new, infectious, infected, dead;
    std::vector<double> infected_by_region, dead_by_region, peak_by_region;
    // Empty without hospitals.
    std::vector<double> in_ward, in_intensive;                ///< by time
    std::vector<double> ward_by_region, intensive_by_region;  ///< most in use
    std::vector<double> doses_given, doses_left;              ///< by replicate
    [[nodiscard]] std::vector<double> at(const std::vector<double>& of, std::size_t row) const {
        const auto begin = of.begin() + static_cast<std::ptrdiff_t>(row * replicates);
        return {begin, begin + static_cast<std::ptrdiff_t>(replicates)};
    }
};

/// Refuses what is not sound, and people that are no whole numbers.
result<chain_runs> run_chain(const planning_scenario&, const chain_settings&);

/// Quantiles of values, by linear interpolation between the ordered ones (type 7 of Hyndman and Fan
/// 1996), their mean and standard deviation.
struct value_band {
    double mean = 0, deviation = 0, low = 0, quarter = 0, median = 0, three_quarters = 0, high = 0;
};
/// `level`: how many of the values lie between low and high.
value_band band_of(std::vector<double> values, double level = 0.95);

/// The law of how many of `susceptible` are infected by `infectious` when everybody escapes each
/// infectious one with the chance `escape`: the chain of Reed and Frost, by adding up all ways.
std::vector<double> reed_frost(std::size_t susceptible, std::size_t infectious, double escape);

}  // namespace veche::epidemic
