// Shares and policies of doses from plain files.

#include <algorithm>

#include <fmt/format.h>

#include "cli/dose_rows.hpp"
#include "cli/doses.hpp"
#include "cli/evidence_sheet.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"
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
int dose_policies(const dose_policy_options& o, const terminal& on) {
    return show_or_fail(compared_policies(o), on);
}

}  // namespace veche::cli
