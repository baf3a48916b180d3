#include "epidemic/stochastic.hpp"

#include <algorithm>
#include <cmath>

#include "epidemic/refusal.hpp"
#include "numerics/digits.hpp"
#include "numerics/elementary.hpp"
#include "numerics/sums.hpp"
#include "numerics/workers.hpp"

namespace veche::epidemic {
namespace {

using numerics::chance;
using numerics::runs_aside;

/// Which draw of a region's day: a part of its number, never changed.
enum draw_stream : std::uint32_t {
    stream_infected = 0,  // + stratum, as those that follow
    stream_infectious = 3,
    stream_removed = 6,
    stream_dead = 9,
    stream_dosed = 12,
    stream_planned = 16,   // + 4 dose: susceptible, then exposed
    stream_admitted = 32,  // + stratum, as those that follow
    stream_ward_left = 35,
    stream_worse = 38,
    stream_ward_dead = 41,
    stream_intensive_left = 44,
    stream_intensive_dead = 47,
};

/// What all blocks of runs read.
struct chain_frame {
    const planning_scenario& of;
    const chain_settings& how;
    std::vector<planning_phase> phases;
    std::vector<std::vector<planned_doses>> doses;
    const numerics::eights& lanes;
};

/// Eight runs with consecutive numbers.
class block_of_runs {
  public:
    block_of_runs(const chain_frame& frame, std::size_t first, chain_runs& out)
        : f_(frame),
          out_(out),
          n_(frame.of.of.people.size()),
          cells_(n_ * runs_aside),
          first_(first),
          part_(1 / static_cast<double>(frame.how.steps)),
          leave_(eight_of(numerics::chance_of_hazard(part_ / frame.of.of.latent_days))),
          recover_(eight_of(numerics::chance_of_hazard(part_ / frame.of.of.infectious_days))),
          dose_(eight_of(dose_in_step(frame))),
          care_(care_of(frame)),
          dead_(cells_),
          weighed_(cells_),
          force_(cells_),
          least_(cells_),
          rest_(cells_),
          dosed_(cells_),
          peak_(cells_) {
        strata_.resize(frame.of.strata.size());
        for (std::size_t s = 0; s < strata_.size(); ++s) {
            layer& one = strata_[s];
            for (auto* part : {&one.s, &one.e, &one.i, &one.r, &one.infected, &one.infectious,
                               &one.removed, &one.died})
                part->assign(cells_, 0);
            one.fatality =
                eight_of(numerics::chance_of(frame.of.fatality * frame.of.strata[s].fatality));
            if (!care_.there) continue;
            for (auto* part : {&one.ward, &one.intensive, &one.admitted, &one.ward_left, &one.worse,
                               &one.ward_dead, &one.intensive_left, &one.intensive_dead})
                part->assign(cells_, 0);
            one.severity = eight_of(
                numerics::chance_of(frame.of.hospital.admitted * frame.of.strata[s].severity));
        }
        const compartments& start = frame.of.start;
        for (std::size_t c = 0; c < cells_; ++c) {
            const std::size_t r = c / runs_aside;
            strata_[0].s[c] = start.susceptible[r];
            strata_[0].e[c] = start.exposed[r];
            strata_[0].i[c] = start.infectious[r];
            strata_[0].r[c] = start.removed[r];
            if (!frame.of.in_ward.empty() && care_.there) strata_[0].ward[c] = frame.of.in_ward[r];
            if (!frame.of.in_intensive.empty() && care_.there)
                strata_[0].intensive[c] = frame.of.in_intensive[r];
        }
        if (care_.there)
            for (auto* most : {&ward_most_, &intensive_most_}) most->assign(cells_, 0);
    }

    void run() {
        write(0);
        std::size_t phase = 0;
        for (std::size_t day = 0; day < f_.how.days; ++day) {
            if (phase + 1 < f_.phases.size() && f_.phases[phase + 1].from == day) ++phase;
            new_.fill(0);
            for (std::size_t step = 0; step < f_.how.steps; ++step) {
                draw(f_.phases[phase].k, day * f_.how.steps + step);
                move();
            }
            for (const planned_doses& one : f_.doses[day]) give(one, day);
            write(day + 1);
        }
        finish();
    }

  private:
    struct eight_chances {
        double least[runs_aside], rest[runs_aside];
    };
    struct layer {
        std::vector<double> s, e, i, r;
        std::vector<double> infected, infectious, removed, died;
        eight_chances fatality;
        // Where there are hospitals.
        std::vector<double> ward, intensive;
        std::vector<double> admitted, ward_left, worse, ward_dead, intensive_left, intensive_dead;
        eight_chances severity;
    };
    struct care_chances {
        bool there = false;
        eight_chances leave_ward, worse, ward_dead, leave_intensive, intensive_dead;
    };

    static eight_chances eight_of(const chance& of) {
        eight_chances out;
        std::fill(out.least, out.least + runs_aside, of.least);
        std::fill(out.rest, out.rest + runs_aside, of.log_rest);
        return out;
    }
    [[nodiscard]] care_chances care_of(const chain_frame& frame) const {
        const hospital_course& h = frame.of.hospital;
        const auto leaving = [&](double days) {
            return eight_of(days > 0 ? numerics::chance_of_hazard(part_ / days) : chance{});
        };
        return {h.there(),
                leaving(h.ward_days),
                eight_of(numerics::chance_of(h.intensive)),
                eight_of(numerics::chance_of(h.ward_fatality)),
                leaving(h.intensive_days),
                eight_of(numerics::chance_of(h.intensive_fatality))};
    }
    static chance dose_in_step(const chain_frame& frame) {
        const double p = frame.of.dose_chance;
        return frame.how.steps == 1
                   ? numerics::chance_of(p)
                   : numerics::chance_of_hazard(-numerics::logarithm(1 - p) /
                                                static_cast<double>(frame.how.steps));
    }
    static bool any(const std::vector<double>& of) {
        return std::any_of(of.begin(), of.end(), [](double x) { return x != 0; });
    }

    /// Without anyone to draw from nothing is drawn, which changes no other draw.
    void draw_from(const std::vector<double>& n, const eight_chances& by, std::size_t day,
                   std::uint32_t stream, std::vector<double>& out) {
        if (by.least[0] == 0 || !any(n)) {
            std::fill(out.begin(), out.end(), 0.0);
            return;
        }
        f_.lanes.binomials(
            {n_, n.data(), by.least, by.rest, true, f_.how.seed, static_cast<std::uint32_t>(first_),
             static_cast<std::uint32_t>(day), stream},
            out.data());
    }

    void draw(const numerics::dense& k, std::size_t step) {
        for (std::size_t c = 0; c < cells_; ++c) {
            double sum = 0;
            for (std::size_t s = 0; s < strata_.size(); ++s)
                sum += f_.of.strata[s].infectiousness * strata_[s].i[c];
            weighed_[c] = sum;
        }
        const bool infecting = any(weighed_);
        if (infecting) f_.lanes.weigh(k, weighed_.data(), force_.data());
        for (std::size_t s = 0; s < strata_.size(); ++s) {
            layer& one = strata_[s];
            const auto stratum_at = static_cast<std::uint32_t>(s);
            if (infecting && any(one.s)) {
                f_.lanes.chances(force_.data(), f_.of.strata[s].susceptibility * part_, n_,
                                 least_.data(), rest_.data());
                f_.lanes.binomials({n_, one.s.data(), least_.data(), rest_.data(), false,
                                    f_.how.seed, static_cast<std::uint32_t>(first_),
                                    static_cast<std::uint32_t>(step), stream_infected + stratum_at},
                                   one.infected.data());
            } else {
                std::fill(one.infected.begin(), one.infected.end(), 0.0);
            }
            draw_from(one.e, leave_, step, stream_infectious + stratum_at, one.infectious);
            draw_from(one.i, recover_, step, stream_removed + stratum_at, one.removed);
            if (care_.there)
                draw_care(one, step, stratum_at);
            else
                draw_from(one.removed, one.fatality, step, stream_dead + stratum_at, one.died);
        }
        if (f_.of.dose_chance > 0) {
            for (std::size_t c = 0; c < cells_; ++c)
                weighed_[c] = strata_[0].s[c] - strata_[0].infected[c];
            draw_from(weighed_, dose_, step, stream_dosed, dosed_);
        }
    }

    /// Those of the first who are not among the second.
    const std::vector<double>& others(const std::vector<double>& all,
                                      const std::vector<double>& some) {
        for (std::size_t c = 0; c < cells_; ++c) weighed_[c] = all[c] - some[c];
        return weighed_;
    }

    void draw_care(layer& one, std::size_t step, std::uint32_t s) {
        draw_from(one.removed, one.severity, step, stream_admitted + s, one.admitted);
        draw_from(others(one.removed, one.admitted), one.fatality, step, stream_dead + s, one.died);
        draw_from(one.ward, care_.leave_ward, step, stream_ward_left + s, one.ward_left);
        draw_from(one.ward_left, care_.worse, step, stream_worse + s, one.worse);
        draw_from(others(one.ward_left, one.worse), care_.ward_dead, step, stream_ward_dead + s,
                  one.ward_dead);
        draw_from(one.intensive, care_.leave_intensive, step, stream_intensive_left + s,
                  one.intensive_left);
        draw_from(one.intensive_left, care_.intensive_dead, step, stream_intensive_dead + s,
                  one.intensive_dead);
    }

    void move_care() {
        for (layer& one : strata_)
            for (std::size_t c = 0; c < cells_; ++c) {
                one.ward[c] += one.admitted[c] - one.ward_left[c];
                one.intensive[c] += one.worse[c] - one.intensive_left[c];
                one.r[c] += (one.ward_left[c] - one.worse[c] - one.ward_dead[c]) +
                            (one.intensive_left[c] - one.intensive_dead[c]) - one.admitted[c];
                dead_[c] += one.ward_dead[c] + one.intensive_dead[c];
            }
    }

    void move() {
        if (care_.there) move_care();
        for (layer& one : strata_)
            for (std::size_t r = 0; r < cells_; r += runs_aside)
                for (std::size_t l = 0; l < runs_aside; ++l) {
                    const std::size_t c = r + l;
                    one.s[c] -= one.infected[c];
                    one.e[c] += one.infected[c] - one.infectious[c];
                    one.i[c] += one.infectious[c] - one.removed[c];
                    one.r[c] += one.removed[c] - one.died[c];
                    dead_[c] += one.died[c];
                    new_[l] += one.infected[c];
                }
        if (f_.of.dose_chance > 0)
            for (std::size_t r = 0; r < cells_; r += runs_aside)
                for (std::size_t l = 0; l < runs_aside; ++l) {
                    strata_[0].s[r + l] -= dosed_[r + l];
                    strata_[1].s[r + l] += dosed_[r + l];
                    given_[l] += dosed_[r + l];
                }
    }

    void give(const planned_doses& of, std::size_t day) {
        layer &from = strata_[of.dose - 1], &into = strata_[of.dose];
        for (std::size_t l = 0; l < runs_aside; ++l) {
            const std::size_t c = of.region * runs_aside + l;
            const double may = from.s[c] + from.e[c] + from.r[c];
            const double taken = std::min(of.count, may);
            numerics::draw_number which{f_.how.seed, static_cast<std::uint32_t>(first_ + l),
                                        static_cast<std::uint32_t>(of.region),
                                        static_cast<std::uint32_t>(day),
                                        stream_planned + 4 * static_cast<std::uint32_t>(of.dose)};
            const double s =
                numerics::hypergeometric(from.s[c], from.e[c] + from.r[c], taken, which);
            ++which.stream;
            const double e = numerics::hypergeometric(from.e[c], from.r[c], taken - s, which);
            const double r = taken - s - e;
            from.s[c] -= s, into.s[c] += s;
            from.e[c] -= e, into.e[c] += e;
            from.r[c] -= r, into.r[c] += r;
            given_[l] += taken;
            left_[l] += of.count - taken;
        }
    }

    /// Runs beyond those asked for fill the last block and are thrown away.
    [[nodiscard]] std::size_t wanted() const {
        return std::min(runs_aside, f_.how.replicates - first_);
    }

    void write(std::size_t time) {
        std::array<double, runs_aside> infectious{}, infected{}, dead{};
        for (std::size_t r = 0; r < cells_; r += runs_aside)
            for (std::size_t l = 0; l < runs_aside; ++l) {
                const std::size_t c = r + l;
                double i = 0, others = dead_[c];
                for (const layer& one : strata_) {
                    i += one.i[c];
                    others += one.e[c] + one.r[c];
                }
                peak_[c] = std::max(peak_[c], i);
                infectious[l] += i;
                infected[l] += i + others;
                dead[l] += dead_[c];
            }
        if (care_.there) write_care(time, infected);
        for (std::size_t l = 0; l < wanted(); ++l) {
            const std::size_t at = time * f_.how.replicates + first_ + l;
            out_.infected_new[at] = time == 0 ? 0 : new_[l];
            out_.infectious[at] = infectious[l];
            out_.infected[at] = infected[l];
            out_.dead[at] = dead[l];
        }
    }

    void write_care(std::size_t time, std::array<double, runs_aside>& infected) {
        std::array<double, runs_aside> ward{}, intensive{};
        for (std::size_t c = 0; c < cells_; ++c) {
            double here = 0, intensive_here = 0;
            for (const layer& one : strata_) {
                here += one.ward[c];
                intensive_here += one.intensive[c];
            }
            ward_most_[c] = std::max(ward_most_[c], here);
            intensive_most_[c] = std::max(intensive_most_[c], intensive_here);
            ward[c % runs_aside] += here;
            intensive[c % runs_aside] += intensive_here;
        }
        for (std::size_t l = 0; l < runs_aside; ++l) infected[l] += ward[l] + intensive[l];
        for (std::size_t l = 0; l < wanted(); ++l) {
            const std::size_t at = time * f_.how.replicates + first_ + l;
            out_.in_ward[at] = ward[l];
            out_.in_intensive[at] = intensive[l];
        }
    }

    void finish() {
        for (std::size_t l = 0; l < wanted(); ++l) {
            for (std::size_t r = 0; r < n_; ++r) {
                const std::size_t c = r * runs_aside + l;
                const std::size_t at = r * f_.how.replicates + first_ + l;
                double infected = dead_[c];
                for (const layer& one : strata_) infected += one.e[c] + one.i[c] + one.r[c];
                if (care_.there) {
                    for (const layer& one : strata_) infected += one.ward[c] + one.intensive[c];
                    out_.ward_by_region[at] = ward_most_[c];
                    out_.intensive_by_region[at] = intensive_most_[c];
                }
                out_.infected_by_region[at] = infected;
                out_.dead_by_region[at] = dead_[c];
                out_.peak_by_region[at] = peak_[c];
            }
            out_.doses_given[first_ + l] = given_[l];
            out_.doses_left[first_ + l] = left_[l];
        }
    }

    const chain_frame& f_;
    chain_runs& out_;
    std::size_t n_, cells_, first_;
    double part_;  ///< of a day, a step
    eight_chances leave_, recover_, dose_;
    care_chances care_;
    std::vector<layer> strata_;
    std::vector<double> dead_, weighed_, force_, least_, rest_, dosed_, peak_;
    std::vector<double> ward_most_, intensive_most_;
    std::array<double, runs_aside> new_{}, given_{}, left_{};
};

result<void> check_whole(const planning_scenario& s) {
    constexpr double most = 1e15;  // draws know whole numbers below 2^51
    const auto whole = [&](const std::vector<double>& of, const char* what) -> result<void> {
        for (const double one : of)
            if (!(one == std::floor(one) && one < most))
                return refuse(refusals::model_unsound, what, what, numerics::digits(one));
        return {};
    };
    VECHE_CHECK(whole(s.of.people, "people"));
    for (const auto* part :
         {&s.start.susceptible, &s.start.exposed, &s.start.infectious, &s.start.removed})
        VECHE_CHECK(whole(*part, "start"));
    VECHE_CHECK(whole(s.in_ward, "in_ward"));
    VECHE_CHECK(whole(s.in_intensive, "in_intensive"));
    std::vector<double> doses;
    for (const planned_doses& one : s.doses) doses.push_back(one.count);
    return whole(doses, "doses");
}

}  // namespace

result<chain_runs> run_chain(const planning_scenario& s, const chain_settings& how) {
    VECHE_CHECK(check(s));
    VECHE_CHECK(check_whole(s));
    // Some 1.6 GB of figures by day.
    constexpr std::size_t most_cells = 50'000'000;
    const bool fits = how.replicates > 0 && how.replicates <= most_cells / (how.days + 1);
    if (how.steps == 0 || how.steps > 1000)
        return refuse(refusals::model_unsound, "steps", "steps", std::to_string(how.steps));
    if (!fits)
        return refuse(refusals::model_unsound, "replicates", "replicates",
                      std::to_string(how.replicates));
    const chain_frame frame{s, how, VECHE_TRY(phases_of(s, how.days)), doses_by_day(s, how.days),
                            how.lanes != nullptr ? *how.lanes : numerics::widest_eights()};
    chain_runs out;
    out.replicates = how.replicates;
    out.days = how.days;
    out.regions = s.of.people.size();
    for (auto* by_time : {&out.infected_new, &out.infectious, &out.infected, &out.dead})
        by_time->resize((how.days + 1) * how.replicates);
    for (auto* by_region : {&out.infected_by_region, &out.dead_by_region, &out.peak_by_region})
        by_region->resize(out.regions * how.replicates);
    if (s.hospital.there()) {
        for (auto* by_time : {&out.in_ward, &out.in_intensive})
            by_time->resize((how.days + 1) * how.replicates);
        for (auto* by_region : {&out.ward_by_region, &out.intensive_by_region})
            by_region->resize(out.regions * how.replicates);
    }
    out.doses_given.resize(how.replicates);
    out.doses_left.resize(how.replicates);
    numerics::workers crew(how.threads);
    crew.run((how.replicates + runs_aside - 1) / runs_aside,
             [&](std::size_t block) { block_of_runs(frame, block * runs_aside, out).run(); });
    return out;
}

value_band band_of(std::vector<double> values, double level) {
    value_band out;
    if (values.empty()) return out;
    std::sort(values.begin(), values.end());
    const auto count = static_cast<double>(values.size());
    out.mean = numerics::sum_of(values) / count;
    numerics::compensated_sum squares;
    for (const double one : values) squares.add((one - out.mean) * (one - out.mean));
    out.deviation = values.size() > 1 ? std::sqrt(squares.value() / (count - 1)) : 0;
    const auto quantile = [&](double q) {
        const double at = q * (count - 1), below = std::floor(at);
        const auto k = static_cast<std::size_t>(below);
        const double next = values[std::min(k + 1, values.size() - 1)];
        return values[k] + (at - below) * (next - values[k]);
    };
    out.low = quantile((1 - level) / 2);
    out.quarter = quantile(0.25);
    out.median = quantile(0.5);
    out.three_quarters = quantile(0.75);
    out.high = quantile((1 + level) / 2);
    return out;
}

std::vector<double> reed_frost(std::size_t susceptible, std::size_t infectious, double escape) {
    // chances[s][i]: to be with s susceptible and i infectious after so many generations. Each
    // generation at least one is infected, or the chain ends.
    std::vector<double> law(susceptible + 1, 0.0);
    std::vector<std::vector<double>> now(susceptible + 1,
                                         std::vector<double>(susceptible + infectious + 1, 0.0));
    const auto empty = now;
    now[susceptible][infectious] = 1;
    for (std::size_t generation = 0; generation <= susceptible; ++generation) {
        auto next = empty;
        for (std::size_t s = 0; s <= susceptible; ++s)
            for (std::size_t i = 0; i < now[s].size(); ++i) {
                const double here = now[s][i];
                if (here == 0) continue;
                double escapes = 1;
                for (std::size_t k = 0; k < i; ++k) escapes *= escape;
                for (std::size_t hit = 0; hit <= s; ++hit) {
                    double chance_of_hit = here;
                    for (std::size_t k = 0; k < hit; ++k)
                        chance_of_hit *=
                            static_cast<double>(s - k) / static_cast<double>(k + 1) * (1 - escapes);
                    for (std::size_t k = hit; k < s; ++k) chance_of_hit *= escapes;
                    if (hit == 0)
                        law[susceptible - s] += chance_of_hit;
                    else
                        next[s - hit][hit] += chance_of_hit;
                }
            }
        now = std::move(next);
    }
    return law;
}

}  // namespace veche::epidemic
