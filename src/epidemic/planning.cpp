#include "epidemic/planning.hpp"

#include <algorithm>
#include <cmath>

#include "epidemic/refusal.hpp"
#include "numerics/digits.hpp"
#include "numerics/elementary.hpp"

namespace veche::epidemic {
namespace {

tl::unexpected<refusal> unsound_figure(const char* what, double value) {
    return refuse(refusals::model_unsound, what, what, numerics::digits(value));
}
bool share_of_one(double x) {
    return x >= 0 && x <= 1;
}

result<void> check_start(const planning_scenario& s) {
    const std::size_t n = s.of.people.size();
    for (const auto* part :
         {&s.start.susceptible, &s.start.exposed, &s.start.infectious, &s.start.removed}) {
        if (part->size() != n)
            return refuse(refusals::presence_unsound, "start", std::to_string(part->size()),
                          std::to_string(n));
        for (const double one : *part)
            if (!(one >= 0 && std::isfinite(one))) return unsound_figure("start", one);
    }
    for (const auto* part : {&s.in_ward, &s.in_intensive}) {
        if (part->empty()) continue;
        if (part->size() != n)
            return refuse(refusals::presence_unsound, "start", std::to_string(part->size()),
                          std::to_string(n));
        for (const double one : *part)
            if (!(one >= 0 && std::isfinite(one)) || (one > 0 && !s.hospital.there()))
                return unsound_figure("in_hospital", one);
    }
    for (std::size_t r = 0; r < n; ++r) {
        double all = s.start.susceptible[r] + s.start.exposed[r] + s.start.infectious[r] +
                     s.start.removed[r];
        if (!s.in_ward.empty()) all += s.in_ward[r];
        if (!s.in_intensive.empty()) all += s.in_intensive[r];
        if (!(std::abs(all - s.of.people[r]) <= 1e-9 * s.of.people[r]))
            return unsound_figure("start", all);
    }
    return {};
}

result<void> check_hospitals(const planning_scenario& s) {
    const hospital_course& h = s.hospital;
    for (const double share : {h.admitted, h.intensive, h.ward_fatality, h.intensive_fatality})
        if (!share_of_one(share)) return unsound_figure("hospital", share);
    for (const double days : {h.ward_days, h.intensive_days})
        if (!(days >= 0 && std::isfinite(days))) return unsound_figure("hospital_days", days);
    if (h.admitted > 0 && !h.there()) return unsound_figure("ward_days", h.ward_days);
    const bool used = h.intensive > 0 || !s.in_intensive.empty();
    if (used && !(h.intensive_days > 0)) return unsound_figure("intensive_days", h.intensive_days);
    for (const auto* beds : {&s.beds, &s.intensive_beds})
        if (!beds->empty() && beds->size() != s.of.people.size())
            return refuse(refusals::presence_unsound, "beds", std::to_string(beds->size()),
                          std::to_string(s.of.people.size()));
    return {};
}

result<void> check_measures(const planning_scenario& s) {
    const std::size_t n = s.of.people.size();
    for (const border_measure& one : s.borders) {
        if (one.side.size() != n)
            return refuse(refusals::presence_unsound, "borders", std::to_string(one.side.size()),
                          std::to_string(n));
        if (!share_of_one(one.open)) return unsound_figure("open", one.open);
        if (one.from > one.to) return unsound_figure("from", static_cast<double>(one.from));
    }
    for (const contact_measure& one : s.contacts) {
        if (!(one.factor >= 0 && std::isfinite(one.factor)))
            return unsound_figure("factor", one.factor);
        if (one.from > one.to) return unsound_figure("from", static_cast<double>(one.from));
    }
    for (const planned_doses& one : s.doses) {
        if (one.region >= n) return unsound_figure("region", static_cast<double>(one.region));
        if (one.dose < 1 || one.dose >= s.strata.size())
            return unsound_figure("dose", static_cast<double>(one.dose));
        if (!(one.count >= 0 && std::isfinite(one.count)))
            return unsound_figure("doses", one.count);
    }
    return {};
}

std::vector<double> state_of(const planning_scenario& s, const state_layout& where) {
    std::vector<double> out;
    out.reserve(where.size());
    for (const auto* part :
         {&s.start.susceptible, &s.start.exposed, &s.start.infectious, &s.start.removed})
        out.insert(out.end(), part->begin(), part->end());
    out.resize(where.size());
    for (std::size_t r = 0; r < s.in_ward.size() && where.hospitals; ++r)
        out[where.ward(0) + r] = s.in_ward[r];
    for (std::size_t r = 0; r < s.in_intensive.size() && where.hospitals; ++r)
        out[where.intensive(0) + r] = s.in_intensive[r];
    return out;
}

equations::rates rates_of(const planning_scenario& s, double dose_rate) {
    const hospital_course& h = s.hospital;
    equations::rates out{1 / s.of.latent_days, 1 / s.of.infectious_days, s.fatality, dose_rate};
    if (!h.there()) return out;
    out.admitted = h.admitted;
    out.leave_ward = 1 / h.ward_days;
    out.intensive = h.intensive;
    out.leave_intensive = h.intensive_days > 0 ? 1 / h.intensive_days : 0;
    out.ward_fatality = h.ward_fatality;
    out.intensive_fatality = h.intensive_fatality;
    return out;
}

/// Doses taken by the shares of whoever may take them.
void give(std::vector<double>& y, std::size_t n, const planned_doses& of, foreseen& to) {
    double* from = y.data() + 4 * (of.dose - 1) * n + of.region;
    double* into = from + 4 * n;
    const double may = from[0] + from[n] + from[3 * n];
    const double given = std::min(of.count, may);
    to.doses_given += given;
    to.doses_left += of.count - given;
    if (!(may > 0)) return;
    for (const std::size_t state : {0, 1, 3}) {
        const double moved = from[state * n] * (given / may);
        from[state * n] -= moved;
        into[state * n] += moved;
    }
}

/// Beds in use in a region at a time.
void note_use(double used, const std::vector<double>& beds, std::size_t r, std::size_t day,
              foreseen::beds_in_use& to) {
    const auto time = static_cast<double>(day);
    if (used > to.most[r]) {
        to.most[r] = used;
        to.on[r] = time;
    }
    if (!beds.empty() && std::floor(used + 0.5) > beds[r] && to.short_from[r] < 0)
        to.short_from[r] = time;
}

void note_hospitals(const planning_scenario& s, const state_layout& where,
                    const std::vector<double>& y, std::size_t day, foreseen& to) {
    double wards = 0, intensive = 0;
    for (std::size_t r = 0; r < where.regions && where.hospitals; ++r) {
        double here = 0, intensive_here = 0;
        for (std::size_t k = 0; k < where.strata; ++k) {
            here += y[where.ward(k) + r];
            intensive_here += y[where.intensive(k) + r];
        }
        note_use(here, s.beds, r, day, to.wards);
        note_use(intensive_here, s.intensive_beds, r, day, to.intensive_care);
        wards += here;
        intensive += intensive_here;
    }
    to.in_ward.push_back(wards);
    to.in_intensive.push_back(intensive);
}

void note(const planning_scenario& s, const state_layout& where, const std::vector<double>& y,
          std::size_t day, foreseen& to) {
    const std::size_t n = where.regions, strata = where.strata;
    double sums[4] = {}, dead = 0;
    for (std::size_t r = 0; r < n; ++r) {
        double infectious = 0;
        for (std::size_t k = 0; k < strata; ++k) {
            for (std::size_t state = 0; state < 4; ++state)
                sums[state] += y[(4 * k + state) * n + r];
            infectious += y[(4 * k + 2) * n + r];
        }
        if (infectious > to.peak_by_region[r]) {
            to.peak_by_region[r] = infectious;
            to.peak_day_by_region[r] = static_cast<double>(day);
        }
        if (where.dies) dead += y[where.dead() + r];
    }
    note_hospitals(s, where, y, day, to);
    to.susceptible.push_back(sums[0]);
    to.exposed.push_back(sums[1]);
    to.infectious.push_back(sums[2]);
    to.removed.push_back(sums[3]);
    to.dead.push_back(dead);
    to.infected.push_back(sums[1] + sums[2] + sums[3] + dead + to.in_ward.back() +
                          to.in_intensive.back());
}

void finish(const state_layout& where, const std::vector<double>& y, foreseen& to) {
    const std::size_t n = where.regions, strata = where.strata;
    for (std::size_t r = 0; r < n; ++r) {
        double infected = 0;
        for (std::size_t k = 0; k < strata; ++k)
            for (std::size_t state = 1; state < 4; ++state) infected += y[(4 * k + state) * n + r];
        for (std::size_t k = 0; k < strata && where.hospitals; ++k)
            infected += y[where.ward(k) + r] + y[where.intensive(k) + r];
        const double dead = where.dies ? y[where.dead() + r] : 0;
        to.infected_by_region.push_back(infected + dead);
        to.dead_by_region.push_back(dead);
    }
}

}  // namespace

result<void> check(const planning_scenario& s) {
    VECHE_CHECK(check(s.of));
    VECHE_CHECK(check_start(s));
    if (s.strata.empty() || s.strata.size() > 3)
        return unsound_figure("strata", static_cast<double>(s.strata.size()));
    for (const stratum& one : s.strata)
        for (const double x : {one.susceptibility, one.infectiousness, one.fatality, one.severity})
            if (!(x >= 0 && std::isfinite(x))) return unsound_figure("strata", x);
    for (const stratum& one : s.strata)
        if (!share_of_one(s.fatality * one.fatality)) return unsound_figure("fatality", s.fatality);
    VECHE_CHECK(check_hospitals(s));
    for (const stratum& one : s.strata)
        if (!share_of_one(s.hospital.admitted * one.severity))
            return unsound_figure("admitted", s.hospital.admitted);
    if (!(s.dose_chance >= 0 && s.dose_chance < 1) || (s.dose_chance > 0 && s.strata.size() < 2))
        return unsound_figure("dose_chance", s.dose_chance);
    return check_measures(s);
}

result<std::vector<planning_phase>> phases_of(const planning_scenario& s, std::size_t days) {
    std::vector<std::size_t> turns = {0};
    for (const auto& one : s.borders) turns.insert(turns.end(), {one.from, one.to});
    for (const auto& one : s.contacts) turns.insert(turns.end(), {one.from, one.to});
    std::sort(turns.begin(), turns.end());
    turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
    std::vector<planning_phase> out;
    for (const std::size_t day : turns) {
        if (day >= days && day > 0) break;
        metapopulation now = s.of;
        for (const auto& one : s.borders)
            if (one.from <= day && day < one.to)
                now.presence = with_border(std::move(now.presence), one.side, one.open);
        for (const auto& one : s.contacts)
            if (one.from <= day && day < one.to) now.beta *= one.factor;
        out.push_back({day, VECHE_TRY(transmission(now))});
    }
    return out;
}

std::vector<std::vector<planned_doses>> doses_by_day(const planning_scenario& s, std::size_t days) {
    std::vector<std::vector<planned_doses>> out(days);
    for (const planned_doses& one : s.doses)
        if (one.day < days && one.count > 0) out[one.day].push_back(one);
    for (auto& day : out)
        std::stable_sort(day.begin(), day.end(), [](const auto& a, const auto& b) {
            return a.dose != b.dose ? a.dose > b.dose : a.region < b.region;
        });
    return out;
}

result<foreseen> foresee(const planning_scenario& s, std::size_t days, const integration& how) {
    VECHE_CHECK(check(s));
    if (!(how.tolerance > 0 && std::isfinite(how.tolerance)))
        return unsound_figure("tolerance", how.tolerance);
    const auto phases = VECHE_TRY(phases_of(s, days));
    const auto doses = doses_by_day(s, days);
    const std::size_t n = s.of.people.size();
    const double dose_rate = s.dose_chance > 0 ? -numerics::logarithm(1 - s.dose_chance) : 0;
    equations by(n, s.strata, rates_of(s, dose_rate));
    by.use(phases[0].k);
    integrator run(by, state_of(s, by.layout()), how);
    foreseen out;
    if (by.layout().hospitals)
        for (auto* care : {&out.wards, &out.intensive_care})
            *care = {std::vector<double>(n, 0), std::vector<double>(n, 0),
                     std::vector<double>(n, -1)};
    out.peak_by_region.assign(n, 0);
    out.peak_day_by_region.assign(n, 0);
    note(s, by.layout(), run.state(), 0, out);
    std::size_t phase = 0;
    for (std::size_t day = 0; day < days; ++day) {
        if (phase + 1 < phases.size() && phases[phase + 1].from == day) {
            by.use(phases[++phase].k);
            run.restart();
        }
        if (!run.go_to(static_cast<double>(day + 1)))
            return unsound_figure("days", static_cast<double>(day + 1));
        for (const planned_doses& one : doses[day]) give(run.state(), n, one, out);
        if (!doses[day].empty()) run.restart();
        note(s, by.layout(), run.state(), day + 1, out);
    }
    finish(by.layout(), run.state(), out);
    out.steps = run.steps();
    out.rejected = run.rejected();
    return out;
}

}  // namespace veche::epidemic
