#pragma once
// Binomial draws by numbered random bits: each depends on its arguments and its number alone, by
// plain operations, so that it has the same value on every machine and in every order.
//
// Below a mean of 10 by inversion, else by Hörmann's transformed rejection with squeeze (BTRS,
// "The generation of binomial random variates", 1993); chances above one half are mirrored.

#include <array>
#include <cstddef>
#include <cstdint>

namespace veche::numerics {

/// A chance p as the draws want it.
struct chance {
    double least = 0;     ///< p, or p - 1 (below 0) where p is above one half: then it is mirrored
    double log_rest = 0;  ///< log(1 - |least|)
};

/// Of a probability from 0 to 1.
chance chance_of(double p);
/// 1 - exp(-hazard), without loss where the hazard is small; a hazard is 0 or more.
chance chance_of_hazard(double hazard);

/// Which draw it is. Draws with unlike numbers are independent.
struct draw_number {
    std::uint32_t seed = 0, replicate = 0;  // the key
    std::uint32_t region = 0, day = 0, stream = 0;
};

/// How many of `n` (whole, below 2^51) have what each has with that chance.
double binomial(double n, chance of, const draw_number& which);

/// How many of `drawn` things, taken without putting back out of `good` + `bad`, are good; all
/// whole, `drawn` at most their sum. By a ratio of uniforms (Stadlober 1990, HRUA), by inversion
/// where the spread is small.
double hypergeometric(double good, double bad, double drawn, const draw_number& which);

/// log(x!) less Stirling's (x + 1/2) log(x + 1) - (x + 1) + log(2 pi)/2, for whole x.
double factorial_tail(double x);

/// The steps of an inversion that are waited for.
inline constexpr int most_inversion_steps = 110;
/// 1 / j, for their divisions.
inline constexpr auto reciprocals = [] {
    std::array<double, most_inversion_steps + 1> out{};
    for (std::size_t j = 1; j < out.size(); ++j) out[j] = 1.0 / static_cast<double>(j);
    return out;
}();
/// `factorial_tail` where the series is not good enough.
inline constexpr double factorial_tails[10] = {
    0.08106146679532726,  0.04134069595540929, 0.02767792568499834, 0.02079067210376509,
    0.01664469118982119,  0.01387612882307075, 0.01189670994589177, 0.01041126526197209,
    0.009255462182712733, 0.008330563433362871};

}  // namespace veche::numerics
