// `veche doses plan`: the plan of first doses that averts most deaths, from plain files; the price
// of its floor; and the command by which a decision binds it.

#include <algorithm>

#include <fmt/format.h>

#include "cli/dose_rows.hpp"
#include "cli/doses.hpp"
#include "cli/evidence_sheet.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "doseplan/floor_price.hpp"
#include "doses/planned.hpp"
#include "kernel/csv.hpp"
#include "kernel/hash.hpp"
#include "numerics/digits.hpp"
#include "render/charts.hpp"
#include "shares/death_terms.hpp"

namespace veche::cli {
namespace {

/// What an entry holds at most, less what a motion says around the command.
constexpr std::size_t most_command_bytes = 60'000;

/// The problem, and what a union calls its regions and groups.
struct asked_plan {
    shares::death_problem problem;
    std::vector<std::string> sites;
};

result<ratio> part_in(const std::string& text, const char* option) {
    const auto value = exact_number(text);
    if (!value) return refuse(refusals::row_unsound, option, "1", option, "write 0.02 or 2/100");
    return *value;
}

result<void> read_regions(const dose_plan_options& o, asked_plan& into) {
    for (const dose_row& row :
         VECHE_TRY(dose_rows(o.regions, {"region", "people", "weekly_hazard"}))) {
        shares::death_region one;
        one.name = VECHE_TRY(row.needed("region"));
        one.people = VECHE_TRY(row.number("people"));
        one.hazard = VECHE_TRY(row.fraction("weekly_hazard"));
        for (const shares::death_group& group : into.problem.groups)
            one.before.push_back(VECHE_TRY(row.number("before." + group.name)));
        if (std::all_of(one.before.begin(), one.before.end(), [](auto n) { return n == 0; }))
            one.before.clear();
        const std::string site = row.word("site");
        into.sites.push_back(site.empty() ? one.name : site);
        into.problem.regions.push_back(std::move(one));
    }
    return {};
}

result<asked_plan> plan_asked(const dose_plan_options& o) {
    asked_plan out;
    shares::death_problem& in = out.problem;
    in.weeks = o.weeks;
    in.interval = o.interval;
    in.pack = o.pack;
    in.effect = VECHE_TRY(part_in(o.effect, "effect"));
    in.supply = VECHE_TRY(part_in(o.supply, "supply"));
    in.capacity = VECHE_TRY(part_in(o.capacity, "capacity"));
    in.floor = VECHE_TRY(part_in(o.floor, "floor"));
    for (const dose_row& row :
         VECHE_TRY(dose_rows(o.groups, {"group", "share", "ifr", "max_uptake"}))) {
        shares::death_group one;
        one.name = VECHE_TRY(row.needed("group"));
        one.share = VECHE_TRY(row.fraction("share"));
        one.fatality = VECHE_TRY(row.fraction("ifr"));
        one.uptake = VECHE_TRY(row.fraction("max_uptake"));
        in.groups.push_back(std::move(one));
    }
    VECHE_CHECK(read_regions(o, out));
    return out;
}

std::string plan_text(const shares::death_problem& in, const shares::death_plan& plan) {
    std::string out = "region,group,week,first_doses\n";
    for (std::size_t r = 0; r < in.regions.size(); ++r)
        for (std::size_t g = 0; g < in.groups.size(); ++g)
            for (std::size_t t = 0; t < static_cast<std::size_t>(in.weeks); ++t)
                if (const std::int64_t doses = plan.doses[shares::column_of(in, r, g, t)])
                    out += fmt::format("{},{},{},{}\n", csv_cell(in.regions[r].name),
                                       csv_cell(in.groups[g].name), t + 1, doses);
    return out;
}

/// First doses by region, and which groups they go to.
sheet_table regions_of_plan(const shares::death_problem& in, const shares::death_plan& plan) {
    sheet_table out{
        "first doses by region", {"region", "people", "doses", "price of the floor"}, {}};
    for (const shares::death_group& one : in.groups) out.columns.push_back(one.name);
    for (std::size_t r = 0; r < in.regions.size(); ++r) {
        std::vector<std::string> groups;
        std::int64_t all = 0;
        for (std::size_t g = 0; g < in.groups.size(); ++g) {
            std::int64_t sum = 0;
            for (std::size_t t = 0; t < static_cast<std::size_t>(in.weeks); ++t)
                sum += plan.doses[shares::column_of(in, r, g, t)];
            groups.push_back(std::to_string(sum));
            all += sum;
        }
        out.rows.push_back({in.regions[r].name, std::to_string(in.regions[r].people),
                            std::to_string(all),
                            static_cast<double>(plan.certificate.floor_price[r]) / 1e18});
        for (std::string& one : groups) out.rows.back().emplace_back(std::move(one));
    }
    return out;
}

// --- The price of the floor
// -----------------------------------------------------------------------

std::string picture_of_floors(const std::vector<doseplan::floor_step>& steps) {
    render::chart_line line{"", "deaths averted", {}, render::chart_kind::own};
    std::vector<render::chart_tick> floors;
    double most = 1;
    for (const doseplan::floor_step& one : steps) {
        const double deaths = std::stod(shares::in_decimals(one.averted));
        most = std::max(most, deaths);
        line.values.emplace_back(deaths);
        const double floor =
            static_cast<double>(one.floor.num) / static_cast<double>(one.floor.den);
        floors.push_back({floor, numerics::digits(100 * floor, 4) + " %"});
    }
    std::vector<render::chart_tick> ticks;
    for (const double at : render::axis_steps(most)) ticks.push_back({at, numerics::digits(at, 6)});
    return render::lines("The price of the floor", "Deaths averted by floor.", floors, ticks,
                         {line})
        .bytes;
}

result<sheet_table> priced_floors(const dose_plan_options& o, const shares::death_problem& in) {
    std::vector<ratio> floors;
    for (const std::string& one : o.floors) floors.push_back(VECHE_TRY(part_in(one, "floors")));
    const auto steps = doseplan::floor_steps(in, floors);
    sheet_table out{"the price of the floor",
                    {"floor", "deaths averted", "no plan averts more than", "fewer than the first"},
                    {}};
    for (const doseplan::floor_step& one : steps) {
        shares::death_plan both;
        both.bound = steps.front().averted;
        both.averted = one.averted;
        out.rows.push_back({to_text(one.floor), shares::in_decimals(one.averted),
                            shares::in_decimals(one.bound),
                            shares::in_decimals(shares::gap_of(both))});
    }
    if (!o.plot.empty() && !steps.empty())
        VECHE_CHECK(write_new_file(o.plot, picture_of_floors(steps), false));
    return out;
}

// --- The command
// ----------------------------------------------------------------------------------

result<doses::plan_source> source_of(const dose_plan_options& o, const std::string& name,
                                     const std::filesystem::path& file) {
    doses::plan_source out;
    out.name = name;
    out.sha256 = to_hex(sha256(VECHE_TRY(read_file(file))));
    for (const std::string& one : o.datasets)
        if (one.starts_with(name + "=")) out.dataset = {one.substr(name.size() + 1)};
    return out;
}

result<doses::allocate> allocation_of(const dose_plan_options& o, const asked_plan& asked,
                                      const shares::death_plan& plan) {
    const shares::death_problem& in = asked.problem;
    doses::allocate out;
    out.allocation = {o.allocation};
    out.product = {o.product};
    out.from = {o.from};
    out.rule = doses::sharing_rule::fewest_deaths;
    const auto policies = describe<doses::second_policy>().choices;
    out.policy = static_cast<doses::second_policy>(
        std::find(policies.begin(), policies.end(), o.policy) - policies.begin());
    out.horizon = o.horizon;
    for (const std::string& one : o.why)
        if (const std::size_t cut = one.find('='); cut != std::string::npos)
            out.why[one.substr(0, cut)] = one.substr(cut + 1);
    out.plan.emplace();
    out.plan->now = o.now;
    out.plan->within = VECHE_TRY(part_in(o.within, "within"));
    out.plan->sources.push_back(VECHE_TRY(source_of(o, "regions", o.regions)));
    out.plan->sources.push_back(VECHE_TRY(source_of(o, "groups", o.groups)));
    std::vector<doses::site_id> sites;
    for (const std::string& one : asked.sites) sites.push_back({one});
    doses::state_plan(out, sites, in, plan);
    return out;
}

result<void> write_command(const dose_plan_options& o, const asked_plan& asked,
                           const shares::death_plan& plan) {
    if (o.now < 1 || o.now > shares::open_weeks(asked.problem))
        return refuse(refusals::plan_option_unsound, "now",
                      std::to_string(shares::open_weeks(asked.problem)));
    const doses::allocate command = VECHE_TRY(allocation_of(o, asked, plan));
    std::string bytes = to_json(command);
    if (bytes.size() > most_command_bytes)
        return refuse(refusals::plan_command_too_large, "command", std::to_string(bytes.size()),
                      std::to_string(most_command_bytes));
    return write_new_file(o.command, bytes + "\n", false);
}

result<evidence_sheet> planned_doses(const dose_plan_options& o) {
    asked_plan asked = VECHE_TRY(plan_asked(o));
    shares::death_problem& in = asked.problem;
    VECHE_CHECK(shares::check_problem(in));
    shares::death_plan plan;
    if (o.check.empty())
        plan = VECHE_TRY(doseplan::plan(in));
    else
        plan = VECHE_TRY(read_described<shares::death_plan>(o.check));
    const std::string fault = shares::fault_in(in, plan);
    evidence_sheet out;
    out.title = "First doses that avert most deaths";
    out.facts = {
        {"columns", std::to_string(plan.doses.size() + static_cast<std::size_t>(in.weeks))},
        {"check without the solver", fault.empty() ? "holds" : fault}};
    if (!fault.empty()) return out;
    out.facts.push_back({"deaths averted", shares::in_decimals(plan.averted)});
    out.facts.push_back({"no plan averts more than", shares::in_decimals(plan.bound)});
    out.facts.push_back({"between the two", shares::in_decimals(shares::gap_of(plan))});
    if (o.check.empty() && in.floor.num > 0) {
        shares::death_problem freely = in;
        freely.floor = {0, 1};
        const shares::death_plan free = VECHE_TRY(doseplan::plan(freely));
        out.facts.push_back({"without the floor", shares::in_decimals(free.averted)});
    }
    if (!o.plan.empty()) VECHE_CHECK(write_new_file(o.plan, plan_text(in, plan), false));
    if (!o.certificate.empty()) VECHE_CHECK(write_new_file(o.certificate, to_json(plan), false));
    if (!o.command.empty()) VECHE_CHECK(write_command(o, asked, plan));
    out.tables.push_back(regions_of_plan(in, plan));
    if (!o.floors.empty()) out.tables.push_back(VECHE_TRY(priced_floors(o, in)));
    return out;
}

}  // namespace

int dose_plan(const dose_plan_options& o, const terminal& on) {
    const auto made = planned_doses(o);
    if (!made) return on.fail(made.error());
    show(*made, on);
    return done;
}

}  // namespace veche::cli
