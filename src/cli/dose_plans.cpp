// Shares, plans and policies of doses from plain files.

#include <algorithm>

#include <fmt/format.h>

#include "cli/dose_rows.hpp"
#include "cli/doses.hpp"
#include "cli/evidence_sheet.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "doseplan/solver.hpp"
#include "kernel/csv.hpp"
#include "numerics/digits.hpp"
#include "render/charts.hpp"
#include "shares/dose_shares.hpp"
#include "shares/second_doses.hpp"

namespace veche::cli {
namespace {

result<shares::dose_request> request_in(const dose_share_options& o) {
    shares::dose_request out;
    out.amount = o.doses;
    out.pack = o.pack;
    out.scale = o.scale;
    for (const dose_row& row : VECHE_TRY(dose_rows(o.file, {"region", "weight"}))) {
        shares::dose_region one;
        one.name = VECHE_TRY(row.needed("region"));
        one.weight = VECHE_TRY(row.number("weight"));
        one.already = VECHE_TRY(row.number("already"));
        if (!row.word("cap").empty()) one.cap = VECHE_TRY(row.number("cap"));
        out.regions.push_back(std::move(one));
    }
    return out;
}

result<evidence_sheet> shared_doses(const dose_share_options& o) {
    shares::dose_request in = VECHE_TRY(request_in(o));
    evidence_sheet out;
    out.title = "Doses by three rules";
    out.facts = {{"doses", std::to_string(o.doses)}, {"pack", std::to_string(o.pack)}};
    sheet_table table{"doses", {"region", "weight", "already"}, {}};
    for (const shares::dose_region& one : in.regions)
        table.rows.push_back({one.name, std::to_string(one.weight), std::to_string(one.already)});
    for (const std::string_view rule : describe<shares::dose_rule>().choices) {
        const auto names = describe<shares::dose_rule>().choices;
        in.rule = static_cast<shares::dose_rule>(std::find(names.begin(), names.end(), rule) -
                                                 names.begin());
        const shares::dose_plan plan = VECHE_TRY(shares::share_doses(in));
        const std::string fault = shares::fault_in(in, plan);
        table.columns.push_back(std::string(rule));
        table.columns.push_back("why");
        for (std::size_t i = 0; i < plan.shares.size(); ++i) {
            table.rows[i].push_back(std::to_string(plan.shares[i].doses));
            table.rows[i].push_back(std::string(name_of(plan.shares[i].why)));
        }
        out.facts.push_back({std::string(rule) + ", level", plan.level});
        out.facts.push_back({std::string(rule) + ", check", fault.empty() ? "holds" : fault});
        if (plan.left_over > 0)
            out.remarks.push_back(
                fmt::format("{}: caps leave {} doses over.", rule, plan.left_over));
    }
    out.tables.push_back(std::move(table));
    return out;
}

result<ratio> part_in(const std::string& text, const char* option) {
    const auto value = exact_number(text);
    if (!value) return refuse(refusals::row_unsound, option, "1", option, "write 0.02 or 2/100");
    return *value;
}

result<shares::death_problem> problem_in(const dose_plan_options& o) {
    shares::death_problem out;
    out.weeks = o.weeks;
    out.interval = o.interval;
    out.effect = VECHE_TRY(part_in(o.effect, "effect"));
    out.supply = VECHE_TRY(part_in(o.supply, "supply"));
    out.capacity = VECHE_TRY(part_in(o.capacity, "capacity"));
    out.floor = VECHE_TRY(part_in(o.floor, "floor"));
    for (const dose_row& row :
         VECHE_TRY(dose_rows(o.regions, {"region", "people", "weekly_hazard"}))) {
        shares::death_region one;
        one.name = VECHE_TRY(row.needed("region"));
        one.people = VECHE_TRY(row.number("people"));
        one.hazard = VECHE_TRY(row.fraction("weekly_hazard"));
        out.regions.push_back(std::move(one));
    }
    for (const dose_row& row :
         VECHE_TRY(dose_rows(o.groups, {"group", "share", "ifr", "max_uptake"}))) {
        shares::death_group one;
        one.name = VECHE_TRY(row.needed("group"));
        one.share = VECHE_TRY(row.fraction("share"));
        one.fatality = VECHE_TRY(row.fraction("ifr"));
        one.uptake = VECHE_TRY(row.fraction("max_uptake"));
        out.groups.push_back(std::move(one));
    }
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

result<evidence_sheet> planned_doses(const dose_plan_options& o) {
    shares::death_problem in = VECHE_TRY(problem_in(o));
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
        in.floor = {0, 1};
        const shares::death_plan free = VECHE_TRY(doseplan::plan(in));
        out.facts.push_back({"without the floor", shares::in_decimals(free.averted)});
        in.floor = VECHE_TRY(part_in(o.floor, "floor"));
    }
    if (!o.plan.empty()) VECHE_CHECK(write_new_file(o.plan, plan_text(in, plan), false));
    if (!o.certificate.empty()) VECHE_CHECK(write_new_file(o.certificate, to_json(plan), false));
    out.tables.push_back(regions_of_plan(in, plan));
    return out;
}

struct named_run {
    std::string name;
    shares::second_dose_run run;
};

result<std::vector<named_run>> policy_runs(const dose_policy_options& o) {
    shares::second_dose_question in;
    in.interval = o.interval;
    in.supply = o.supply;
    if (!o.supply_file.empty())
        for (const dose_row& row : VECHE_TRY(dose_rows(o.supply_file, {"doses"})))
            in.supply.push_back(VECHE_TRY(row.number("doses")));
    if (in.supply.size() == 1)
        in.supply.resize(static_cast<std::size_t>(o.weeks), in.supply.front());
    std::vector<named_run> out;
    for (const auto policy : {shares::reserve_policy::release, shares::reserve_policy::lockbox}) {
        in.policy = policy;
        out.push_back({std::string(name_of(policy)), VECHE_TRY(shares::run_policy(in))});
    }
    in.policy = shares::reserve_policy::set_aside;
    for (const std::int32_t horizon : o.horizons) {
        in.horizon = horizon;
        out.push_back({"set_aside " + std::to_string(horizon), VECHE_TRY(shares::run_policy(in))});
    }
    return out;
}

std::string weeks_text(const std::vector<named_run>& runs) {
    std::string out = "policy,week,came,due,seconds,firsts,late,kept\n";
    for (const named_run& one : runs)
        for (std::size_t t = 0; t < one.run.weeks.size(); ++t) {
            const shares::dose_week& week = one.run.weeks[t];
            out += fmt::format("{},{},{},{},{},{},{},{}\n", one.name, t + 1, week.came, week.due,
                               week.seconds, week.firsts, week.late, week.kept);
        }
    return out;
}

/// People with a first dose so far, by policy.
std::string picture_of_policies(const std::vector<named_run>& runs) {
    std::vector<render::chart_line> lines;
    std::vector<render::chart_tick> times;
    double most = 1;
    for (const named_run& one : runs) {
        render::chart_line line{
            one.name,
            one.name,
            {},
            lines.empty() ? render::chart_kind::own : render::chart_kind::other};
        double sum = 0;
        for (const shares::dose_week& week : one.run.weeks) {
            sum += static_cast<double>(week.firsts);
            line.values.emplace_back(sum);
        }
        most = std::max(most, sum);
        lines.push_back(std::move(line));
    }
    const std::size_t weeks = runs.front().run.weeks.size();
    for (std::size_t t = 0; t < weeks; ++t)
        times.push_back({static_cast<double>(t), t % std::max<std::size_t>(1, weeks / 6) == 0
                                                     ? std::to_string(t + 1)
                                                     : ""});
    std::vector<render::chart_tick> steps;
    for (const double at : render::axis_steps(most)) steps.push_back({at, numerics::digits(at, 6)});
    return render::lines("First doses by policy", "First doses given so far, by week and policy.",
                         times, steps, lines)
        .bytes;
}

result<evidence_sheet> compared_policies(const dose_policy_options& o) {
    const std::vector<named_run> runs = VECHE_TRY(policy_runs(o));
    evidence_sheet out;
    out.title = "Policies for second doses";
    out.facts = {{"weeks", std::to_string(runs.front().run.weeks.size())},
                 {"interval, weeks", std::to_string(o.interval)}};
    sheet_table table{"policies",
                      {"policy", "first doses", "second doses", "person-weeks with a dose",
                       "second doses late, weeks", "largest reserve", "left at the end"},
                      {}};
    for (const named_run& one : runs)
        table.rows.push_back(
            {one.name, std::to_string(one.run.firsts), std::to_string(one.run.seconds),
             std::to_string(one.run.covered_weeks), std::to_string(one.run.late_weeks),
             std::to_string(one.run.peak_reserve), std::to_string(one.run.weeks.back().kept)});
    out.tables.push_back(std::move(table));
    if (!o.all.empty()) VECHE_CHECK(write_new_file(o.all, weeks_text(runs), false));
    if (!o.plot.empty()) VECHE_CHECK(write_new_file(o.plot, picture_of_policies(runs), false));
    return out;
}

int show_or_fail(const result<evidence_sheet>& made, const terminal& on) {
    if (!made) return on.fail(made.error());
    show(*made, on);
    return done;
}

}  // namespace

int dose_share(const dose_share_options& o, const terminal& on) {
    return show_or_fail(shared_doses(o), on);
}
int dose_plan(const dose_plan_options& o, const terminal& on) {
    return show_or_fail(planned_doses(o), on);
}
int dose_policies(const dose_policy_options& o, const terminal& on) {
    return show_or_fail(compared_policies(o), on);
}

}  // namespace veche::cli
