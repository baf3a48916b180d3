// The register from the command line: files in, a year of a place out.

#include <algorithm>

#include <fmt/format.h>

#include "cli/link.hpp"
#include "cli/refusal.hpp"
#include "cli/registry_rows.hpp"
#include "cli/send.hpp"
#include "registry/views.hpp"

namespace veche::cli {
namespace {

struct import_outcome {
    std::int64_t rows = 0;
    std::vector<located_problem> problems;
    bool recorded = false;
};
VECHE_FIELDS_HERE(import_outcome, (rows, "Rows that were read."),
                  (problems, "What cannot be recorded, and why."),
                  (recorded, "Whether all rows are recorded now."))

using outcome = tl::expected<import_outcome, api::problem_details>;

int tell(const import_outcome& made, const terminal& on) {
    if (on.json) on.out << to_json(made) << "\n";
    list_problems(made.problems, on);
    if (!made.problems.empty()) {
        on.say("Nothing was recorded; " + to_mend(made.problems.size()) + ".");
        return refused;
    }
    const bool one = made.rows == 1;
    on.say(fmt::format(
        "{} {} {}.", made.rows, one ? "row" : "rows",
        made.recorded ? (one ? "is recorded" : "are recorded") : "could be recorded; none was"));
    return done;
}

/// What the state says of the rows that can be read, beside what cannot be. A row that names one
/// that cannot be read is listed too.
import_outcome judge(const registry_import_options& options, const registry_reading& read,
                     const office::union_state& now) {
    import_outcome out{static_cast<std::int64_t>(read.rows.size()), read.problems, false};
    const auto found = registry::problems_of({now.charter, now.registry}, {options.body}, read.rows,
                                             acting_at(options.where, now));
    const auto located = locate(read, found);
    out.problems.insert(out.problems.end(), located.begin(), located.end());
    explain(out.problems, read, &now.registry);
    std::stable_sort(out.problems.begin(), out.problems.end(), [&](const auto& a, const auto& b) {
        return std::pair(read.number_of(a.file), a.line) <
               std::pair(read.number_of(b.file), b.line);
    });
    return out;
}

/// Nothing is written and nobody is asked.
outcome try_out(const registry_import_options& options, const registry_reading& read) {
    import_outcome out;
    const auto tried = try_on_state(
        options.where, [&](const office::union_state& now) { out = judge(options, read, now); });
    if (!tried) return tl::unexpected(to_details(tried.error()));
    return out;
}

/// Lays the rows ready, has the union judge them all, and accepts or puts them away.
outcome record(const registry_import_options& options, const registry_reading& read) {
    auto link = open_link(options.where);
    if (!link) return tl::unexpected(link.error());
    const registry::batch_id batch{options.batch};
    import_outcome out{static_cast<std::int64_t>(read.rows.size()), {}, false};
    auto commands = commands_of(batch, {options.body}, read.rows);
    const batch_command accept = std::move(commands.back());
    commands.pop_back();
    for (const batch_command& one : commands)
        if (const reply sent = send_command(options.where, one.type, one.body, {}, **link); !sent)
            return tl::unexpected(sent.error());
    const reply asked =
        (*link)->ask(std::string(registry::batch_query::wire.type), {{"batch", batch.value}});
    if (!asked) return tl::unexpected(asked.error());
    const auto view = from_json<registry::batch_view>(std::string_view(*asked));
    if (!view) return tl::unexpected(to_details(view.error()));
    out.problems = locate(read, view->problems);
    explain(out.problems, read, nullptr);
    out.recorded = out.problems.empty();
    const registry::discard_batch away{batch, {{"en", "Rows that cannot be recorded."}}};
    const reply ended = out.recorded
                            ? send_command(options.where, accept.type, accept.body, {}, **link)
                            : send_command(options.where, registry::discard_batch::wire.type,
                                           to_json(away), {}, **link);
    if (!ended) return tl::unexpected(ended.error());
    return out;
}

std::string said(const localized& names, const std::string& language) {
    const auto there = names.find(language);
    if (there != names.end()) return there->second;
    return names.empty() ? std::string() : names.begin()->second;
}

std::string money_words(const std::vector<amount>& sums) {
    std::string out;
    for (const amount& one : sums)
        out += fmt::format("{}{} {} (minor units)", out.empty() ? "" : ", ", one.minor,
                           one.unit.value);
    return out;
}

std::string owing(const registry::item_row& one, const std::string& language) {
    std::string out;
    for (const registry::owing_side& side : one.owes)
        out += (out.empty() ? "" : ", ") + said(side.names, language);
    return out;
}

void say_plan(const std::vector<registry::item_row>& plan, const std::string& language,
              const terminal& on) {
    if (!plan.empty()) on.say("\nItems of plans, due in the year or done in it:");
    for (const registry::item_row& one : plan)
        on.say(fmt::format("  {:<10} {:<8} {} ({}, {}){}", one.due, name_of(one.standing),
                           said(one.text, language), one.link.value, owing(one, language),
                           one.days_late ? fmt::format(", {} days late", *one.days_late) : ""));
}

void say_year(const registry::place_year_view& view, const std::string& language,
              const terminal& on) {
    on.say(fmt::format("{}, {}", said(view.place.named.names, language), view.year));
    on.say(fmt::format(
        "{} activities on {} links; {} people took part{}", view.activities, view.links.size(),
        view.people,
        view.without_people == 0
            ? "."
            : fmt::format(", and of {} activities nobody said how many.", view.without_people)));
    if (!view.money.empty()) on.say("They cost " + money_words(view.money) + ".");
    const auto ends = [&](const registry::link_row& one) {
        return said(one.a.names, language) + " and " + said(one.b.names, language);
    };
    for (const registry::link_year_row& one : view.links) {
        on.say(fmt::format("\n{} ({})", ends(one.link), one.link.link.value));
        for (const registry::activity_row& each : one.activities)
            on.say(fmt::format("  {:<10} {}: {} [{}]", each.on, name_of(each.kind),
                               said(each.about, language), each.source.name));
    }
    say_plan(view.plan, language, on);
    if (!view.silent.empty()) on.say("\nNothing was reported on:");
    for (const registry::link_row& one : view.silent)
        on.say(fmt::format("  {} ({}), {}", ends(one), one.link.value, name_of(one.standing)));
    if (!view.enterprises.empty()) on.say("\nEnterprises of several sides:");
    for (const registry::organisation_row& one : view.enterprises)
        on.say(fmt::format("  {}, {}", said(one.named.names, language),
                           name_of(one.standing.value_or(registry::enterprise_standing::unclear))));
}

}  // namespace

int registry_import(const registry_import_options& options, const terminal& on) {
    const auto read = read_record_files(options.files, ".", {options.body});
    if (!read) return on.fail(read.error());
    import_outcome out{static_cast<std::int64_t>(read->rows.size()), read->problems, false};
    if (!options.dry_run && !out.problems.empty()) {
        explain(out.problems, *read, nullptr);
        return tell(out, on);
    }
    if (!options.dry_run && options.batch.empty())
        return on.fail("Give the batch a short name: --batch NAME.", wrong_usage);
    const outcome made = options.dry_run ? try_out(options, *read) : record(options, *read);
    return made ? tell(*made, on) : on.fail(made.error());
}

int registry_year(const registry_year_options& options, const terminal& on) {
    union_options where;
    where.at = options.at;
    auto link = open_link(where);
    if (!link) return on.fail(link.error());
    const reply answer =
        (*link)->ask(std::string(registry::place_year_query::wire.type),
                     {{"place", options.place}, {"year", std::to_string(options.year)}});
    if (!answer) return on.fail(answer.error());
    if (on.json) {
        on.out << *answer << "\n";
        return done;
    }
    const auto view = from_json<registry::place_year_view>(std::string_view(*answer));
    if (!view) return on.fail(view.error());
    say_year(*view, options.language, on);
    return done;
}

}  // namespace veche::cli
