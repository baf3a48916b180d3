#pragma once
// What would happen under which measures: regions whose people visit each other, with doses, closed
// borders and fewer contacts by day. The same scenario runs as differential equations (here) and as
// a chain of chance (stochastic.hpp).
//
// Days count from 0: day t leads from time t to time t + 1. A measure holds on days from <= t < to.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "epidemic/equations.hpp"
#include "epidemic/metapopulation.hpp"

namespace veche::epidemic {

/// Visits across a border of the union times `open`; the rest is spent at home.
struct border_measure {
    std::size_t from = 0, to = 0;
    std::vector<bool> side;  ///< by region: the border lies between true and false
    double open = 0;
};
/// All contacts times `factor`.
struct contact_measure {
    std::size_t from = 0, to = 0;
    double factor = 1;
};
/// Given at the end of a day to people drawn from those who are susceptible, exposed or removed.
struct planned_doses {
    std::size_t day = 0, region = 0;
    std::size_t dose = 1;  ///< 1: to those without; 2: to those with one
    double count = 0;
};

/// What follows for those who are severely ill when they cease to be infectious: a ward, from there
/// for some intensive care. In hospital nobody infects others. That beds are lacking is told and
/// changes nothing.
struct hospital_course {
    double admitted = 0;   ///< share of those who cease to be infectious, without doses
    double ward_days = 0;  ///< mean; 0: the model has no hospitals
    double intensive = 0;  ///< share of those who leave a ward: to intensive care
    double intensive_days = 0;
    double ward_fatality = 0;  ///< chance to die of those who leave a ward otherwise
    double intensive_fatality = 0;
    [[nodiscard]] bool there() const { return ward_days > 0; }
};

struct planning_scenario {
    std::string name;
    metapopulation of;                   ///< people are whole numbers in the chain
    compartments start;                  ///< without doses
    std::vector<stratum> strata = {{}};  ///< without doses, with one, with two
    /// Chance to die of those who cease to be infectious and are not admitted, without doses.
    double fatality = 0;
    hospital_course hospital;
    std::vector<double> in_ward, in_intensive;  ///< at the start, without doses; empty: nobody
    std::vector<double> beds, intensive_beds;   ///< by region, NaN where unknown; or empty
    double dose_chance = 0;  ///< of each susceptible without a dose to get one, each day
    std::vector<border_measure> borders;
    std::vector<contact_measure> contacts;
    std::vector<planned_doses> doses;
};

/// Refuses unsound numbers, doses for a stratum that is not there, and states that do not add up to
/// the people of a region.
result<void> check(const planning_scenario&);

/// Days on which the same K holds.
struct planning_phase {
    std::size_t from = 0;
    numerics::dense k;
};
/// From day 0 on. Borders multiply where they overlap, contacts too.
result<std::vector<planning_phase>> phases_of(const planning_scenario&, std::size_t days);

/// Doses by day, in the order: second ones first, then regions.
std::vector<std::vector<planned_doses>> doses_by_day(const planning_scenario&, std::size_t days);

/// People of the whole union at each time 0 to `days`.
struct foreseen {
    std::vector<double> susceptible, exposed, infectious, removed, dead, infected;  ///< all ever
    std::vector<double> infected_by_region, dead_by_region, peak_by_region;
    std::vector<double> peak_day_by_region;
    std::vector<double> in_ward, in_intensive;  ///< by time
    /// Most in use, the time of it and the first time at which there are fewer beds than people, in
    /// whole people (-1: never).
    struct beds_in_use {
        std::vector<double> most, on, short_from;
    };
    beds_in_use wards, intensive_care;       ///< by region; empty without hospitals
    double doses_given = 0, doses_left = 0;  ///< left: nobody was there to take them
    std::size_t steps = 0, rejected = 0;
};
/// By differential equations. Infected of a region: everybody but its susceptibles.
result<foreseen> foresee(const planning_scenario&, std::size_t days, const integration& = {});

}  // namespace veche::epidemic
