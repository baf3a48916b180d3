#pragma once
// First doses by region, group and week so that the fewest die: a linear program whose integer plan
// and certificate are checked here in exact arithmetic, without any engine. Who solves it
// (room `doseplan`) only proposes; nothing that binds rests on floating point.

#include "kernel/ratio.hpp"
#include "kernel/result.hpp"
#include "shares/shares.hpp"

namespace veche::shares {

struct death_region {
    std::string name;
    std::int64_t people = 0;
    ratio hazard;                        ///< infections for each person and week without a dose
    std::vector<std::int64_t> before{};  ///< who had a first dose before, by group; empty: nobody
};
VECHE_FIELDS(death_region, (name, "The region."), (people, "How many people live there."),
             (hazard, "Infections for each person and week."),
             (before, "Who had a first dose before, by group."))

struct death_group {
    std::string name;
    ratio share;     ///< of the people of every region
    ratio fatality;  ///< deaths for each infection
    ratio uptake;    ///< the part that will take a dose
};
VECHE_FIELDS(death_group, (name, "The group."), (share, "Its part of the people."),
             (fatality, "Deaths for each infection."), (uptake, "The part that takes a dose."))

/// A second dose is due `interval` weeks after each first one, out of the same stock.
struct death_problem {
    std::int32_t weeks = 0;
    std::int32_t interval = 0;
    ratio effect;    ///< the part of infections that a first dose averts
    ratio supply;    ///< doses a week, as a part of all people
    ratio capacity;  ///< doses a region can give a week, as a part of its people
    ratio floor;     ///< the part of every region's people that gets a first dose at least, those
                     ///< before included
    std::vector<death_region> regions;
    std::vector<death_group> groups;
    std::int32_t pack = 1;  ///< doses are given in whole packs to each group of a region in a week
};
VECHE_FIELDS(death_problem, (weeks, "Weeks that are planned."),
             (interval, "Weeks between the doses."),
             (effect, "The part of infections that a first dose averts."),
             (supply, "Doses a week, as a part of all people."),
             (capacity, "Doses a region can give a week, as a part of its people."),
             (floor, "The part of every region's people that gets a first dose at least."),
             (regions, "The regions."), (groups, "The groups."),
             (pack, "Doses are given in whole packs of so many."))

/// Where a number stands: region by region, group by group, week by week from 0.
[[nodiscard]] std::size_t column_of(const death_problem&, std::size_t region, std::size_t group,
                                    std::size_t week);
/// Weeks in which first doses are given: the second ones must fall within the plan too.
std::int32_t open_weeks(const death_problem&);

/// What a solver proposes, in doubles: the plan, and the prices of supply (a week), capacity
/// (region and week) and floor (region), for costs as `cost_of` gives them.
struct death_proposal {
    bool feasible = false;
    std::vector<double> doses;
    std::vector<double> supply_price;
    std::vector<double> capacity_price;
    std::vector<double> floor_price;
};

/// Deaths that a first dose averts, times 10^9 so that no price lies below a tolerance.
double cost_of(const death_problem&, std::size_t region, std::size_t group, std::size_t week);

/// Prices in billionths of a billionth of a death: what bounds every plan from above.
struct death_certificate {
    std::vector<std::int64_t> supply_price;
    std::vector<std::int64_t> capacity_price;
    std::vector<std::int64_t> floor_price;
    bool operator==(const death_certificate&) const = default;
};
VECHE_FIELDS(death_certificate, (supply_price, "Of a dose more in a week, by week."),
             (capacity_price, "Of a place more, by region and week."),
             (floor_price, "Of a person more in the floor, by region."))

struct death_plan {
    std::vector<std::int64_t> doses;
    std::string averted;  ///< deaths, an exact fraction
    std::string bound;    ///< no plan averts more
    death_certificate certificate;
    bool operator==(const death_plan&) const = default;
};
VECHE_FIELDS(death_plan, (doses, "First doses by region, group and week."),
             (averted, "Deaths that it averts, exactly."),
             (bound, "What no plan can exceed, exactly."), (certificate, "The prices behind it."))

/// Refuses numbers that make no problem.
result<void> check_problem(const death_problem&);
/// Why the floor cannot be kept, by region or for all together; nothing where no plain count says
/// so. For what no plain count catches the solver's word stands.
result<void> check_floor(const death_problem&);

/// The proposal rounded down, the floor repaired, what is left given by what it averts; and the
/// certificate rounded so that it holds exactly. Refuses where the floor could not be repaired.
result<death_plan> whole_plan(const death_problem&, const death_proposal&);

/// What may be wrong with a plan or its certificate.
enum class death_fault : std::uint8_t {
    problem,           ///< the numbers make no problem
    plan_size,         ///< doses of other regions, groups or weeks
    certificate_size,  ///< prices of other regions or weeks
    price_negative,
    price_rises,    ///< a dose is dearer later, though it can wait
    dose_negative,  ///< in a region
    pack,           ///< a part of a pack, in a region
    no_week,        ///< in a region: the second dose falls behind the plan
    supply,         ///< more is given by a week than came
    uptake,         ///< a group of a region takes more than it will
    capacity,       ///< a region gives more than it can
    floor,          ///< a region is below the floor
    averted,        ///< another number of deaths follows
    bound           ///< another bound follows
};
VECHE_CHOICES(death_fault, problem, plan_size, certificate_size, price_negative, price_rises,
              dose_negative, pack, no_week, supply, uptake, capacity, floor, averted, bound)
struct death_finding {
    death_fault fault{};
    std::string where;  ///< the region, the week from 1, or the number that follows
};

/// The first fault of the plan or its certificate. Exact, and without an engine.
std::optional<death_finding> find_fault(const death_problem&, const death_plan&);
/// The same in words; empty where nothing is wrong.
std::string fault_in(const death_problem&, const death_plan&);

/// Deaths that so many doses avert, by region, group and week; an exact fraction.
std::string averted_by(const death_problem&, const std::vector<std::int64_t>& doses);
/// What the prices bound every plan by; an exact fraction.
std::string bound_by(const death_problem&, const death_certificate&);

/// The difference between the bound and the plan, in deaths; "3/2".
std::string gap_of(const death_plan&);
/// A fraction with six decimals, cut, for reading.
std::string in_decimals(const std::string& fraction);

}  // namespace veche::shares
