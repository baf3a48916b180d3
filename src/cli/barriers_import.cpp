// Cases of another register from a file: every problem with its line, column and remedy, or all of
// them taken over.

#include <algorithm>

#include <fmt/format.h>

#include "barriers/refusal.hpp"
#include "barriers/views.hpp"
#include "charter/refusal.hpp"
#include "cli/barriers.hpp"
#include "cli/files.hpp"
#include "cli/registry_rows.hpp"
#include "cli/send.hpp"

namespace veche::cli {
namespace {

struct case_outcome {
    std::int64_t rows = 0;
    std::vector<located_problem> problems;
    bool recorded = false;
};
VECHE_FIELDS_HERE(case_outcome, (rows, "Rows that were read."),
                  (problems, "What cannot be taken over, and why."),
                  (recorded, "Whether all cases are taken over now."))

using case_answer = tl::expected<case_outcome, api::problem_details>;

std::string sentence_in(const refusal_record& why) {
    const auto in = [&](const auto& kinds) -> const refusal_kind* {
        for (const refusal_kind* kind : kinds)
            if (kind->code == why.code) return kind;
        return nullptr;
    };
    const refusal_kind* kind = in(barriers::refusals::all);
    if (!kind) kind = in(csv::refusals::all);
    if (!kind) kind = in(charter::refusals::all);
    if (!kind) kind = in(json::refusals::all);
    return kind ? fill_places(kind->sentence, why.args) : why.code;
}

/// What would mend it, where its sentence does not say so itself.
std::string_view mending(const refusal_record& why) {
    constexpr std::pair<const refusal_kind*, std::string_view> known[] = {
        {&barriers::refusals::member_unknown,
         "Name a member of the charter: veche ask charter.union."},
        {&barriers::refusals::class_impossible,
         "Choose barrier, exception, restriction, persons, crisis or draft_rule."},
        {&barriers::refusals::text_missing, "Fill the cell, in one language at least."},
        {&barriers::refusals::text_too_long, "Shorten it, and name the source of the whole text."},
        {&barriers::refusals::firms_impossible, "Fill firms and firms_source, or neither."},
        {&barriers::refusals::number_taken,
         "Leave the row out, or correct that case: veche do barriers.register_case."},
        {&barriers::refusals::number_twice, "Keep one of the two rows."},
        {&barriers::refusals::day_to_come, "Mend the day, or leave the cell empty."},
        {&barriers::refusals::not_desk, "Act under that office: --as PERSON --auth OFFICE."}};
    for (const auto& [kind, remedy] : known)
        if (kind->code == why.code) return remedy;
    return {};
}

located_problem at_line(const std::string& file, std::int64_t line, std::string column,
                        refusal_record why) {
    std::string said = sentence_in(why);
    std::string remedy(mending(why));
    return {file, line, std::move(column), std::move(why), std::move(said), std::move(remedy)};
}

/// The column that a field of a row stands under: "hinders.headings.1" is "hinders.headings".
std::string column_under(std::string field) {
    const std::size_t dot = field.rfind('.');
    const bool numbered = dot != std::string::npos && dot + 1 < field.size() &&
                          field.find_first_not_of("0123456789", dot + 1) == std::string::npos;
    return numbered ? field.substr(0, dot) : field;
}

std::vector<located_problem> located_in(const std::string& file, const barriers::case_rows& read,
                                        const std::vector<barriers::case_problem>& problems) {
    std::vector<located_problem> out;
    for (const barriers::case_problem& one : problems)
        out.push_back(at_line(file, read.lines[static_cast<std::size_t>(one.row - 1)],
                              column_under(one.why.field), one.why));
    return out;
}

case_outcome begin_outcome(const std::string& file, const barriers::case_rows& read) {
    case_outcome out{static_cast<std::int64_t>(read.rows.size()), {}, false};
    for (const csv_problem& one : read.problems)
        out.problems.push_back(at_line(file, one.line, one.column, one.why));
    return out;
}

int tell_cases(const case_outcome& made, const terminal& on) {
    if (on.json) on.out << to_json(made) << "\n";
    list_problems(made.problems, on);
    if (!made.problems.empty()) {
        on.say("Nothing was taken over; " + to_mend(made.problems.size()) + ".");
        return refused;
    }
    on.say(fmt::format("{} {}.", made.rows,
                       made.recorded
                           ? (made.rows == 1 ? "case is taken over" : "cases are taken over")
                           : (made.rows == 1 ? "case could be taken over; it was not"
                                             : "cases could be taken over; none was")));
    return done;
}

/// Nothing is written.
case_answer try_cases(const barriers_import_options& options, const barriers::case_rows& read) {
    case_outcome out = begin_outcome(options.file.string(), read);
    const auto tried = try_on_state(options.where, [&](const office::union_state& now) {
        const auto found = barriers::problems_of({now.charter, now.barriers, nullptr}, read.rows,
                                                 acting_at(options.where, now));
        const auto located = located_in(options.file.string(), read, found);
        out.problems.insert(out.problems.end(), located.begin(), located.end());
    });
    if (!tried) return tl::unexpected(to_details(tried.error()));
    std::stable_sort(out.problems.begin(), out.problems.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    return out;
}

/// Lays the cases ready, has the union judge them, and takes them over or puts them away.
case_answer take_over(const barriers_import_options& options, const barriers::case_rows& read) {
    constexpr std::size_t max_bytes = 56 * 1024;  // a request of 64 KiB with what goes around it
    auto link = open_link(options.where);
    if (!link) return tl::unexpected(link.error());
    case_outcome out = begin_outcome(options.file.string(), read);
    const barriers::import_id batch{options.batch};
    std::int32_t number = 0;
    for (auto& part : barriers::parts_of(read.rows, max_bytes)) {
        const barriers::stage_cases c{batch, {options.body}, ++number, std::move(part)};
        if (const reply sent = send_command(options.where, c.wire.type, to_json(c), {}, **link);
            !sent)
            return tl::unexpected(sent.error());
    }
    const reply asked =
        (*link)->ask(std::string(barriers::import_query::wire.type), {{"batch", batch.value}});
    if (!asked) return tl::unexpected(asked.error());
    const auto view = from_json<barriers::import_view>(std::string_view(*asked));
    if (!view) return tl::unexpected(to_details(view.error()));
    out.problems = located_in(options.file.string(), read, view->problems);
    out.recorded = out.problems.empty();
    const barriers::accept_cases all{batch, out.rows};
    const barriers::discard_cases away{batch, {{"en", "Rows that cannot be taken over."}}};
    const reply ended =
        out.recorded ? send_command(options.where, all.wire.type, to_json(all), {}, **link)
                     : send_command(options.where, away.wire.type, to_json(away), {}, **link);
    if (!ended) return tl::unexpected(ended.error());
    return out;
}

}  // namespace

int barriers_import(const barriers_import_options& options, const terminal& on) {
    const auto csv = read_file(options.file);
    if (!csv) return on.fail(csv.error());
    const barriers::case_rows read = barriers::read_case_rows(*csv);
    if (!options.dry_run && !read.problems.empty())
        return tell_cases(begin_outcome(options.file.string(), read), on);
    if (!options.dry_run && options.batch.empty())
        return on.fail("Give the batch a short name: --batch NAME.", wrong_usage);
    const case_answer made = options.dry_run ? try_cases(options, read) : take_over(options, read);
    return made ? tell_cases(*made, on) : on.fail(made.error());
}

}  // namespace veche::cli
