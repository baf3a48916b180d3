#include "cli/situation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "charter/refusal.hpp"
#include "cli/files.hpp"
#include "cli/link.hpp"
#include "cli/refusal.hpp"
#include "cli/send.hpp"
#include "cli/taking_over.hpp"
#include "office/state.hpp"
#include "situation/csv_counts.hpp"
#include "situation/refusal.hpp"
#include "situation/views.hpp"

namespace veche::cli {
namespace {

constexpr std::int64_t values_of_a_part = 4'000;  // some 40 KiB of a request's 64
constexpr std::size_t problems_told = 200;

struct counted_problem {
    std::int64_t line = 0;
    std::string column;
    refusal_record why;
    std::string said;
};
VECHE_FIELDS_HERE(counted_problem, (line, "Line of the table, from 1."), (column, "Its column."),
                  (why, "Why it cannot be reported."),
                  (said, "The same in words, with what would mend it."))

struct counts_outcome {
    std::int64_t values = 0;
    std::int64_t passed_over = 0;
    std::int64_t changed = 0;
    std::vector<counted_problem> problems;
    std::vector<std::string> remarks;
    bool reported = false;
};
VECHE_FIELDS_HERE(counts_outcome, (values, "Counts that were read."),
                  (passed_over, "Rows of other regions."),
                  (changed, "Counts that change a figure, where that is known."),
                  (problems, "What cannot be reported, and why."),
                  (remarks, "What is odd and may be reported as it is."),
                  (reported, "Whether all of it is reported now."))

using counted = tl::expected<counts_outcome, api::problem_details>;

std::string words_of(const refusal_record& why) {
    for (const refusal_kind* kind : situation::refusals::all)
        if (kind->code == why.code) return fill_places(kind->sentence, why.args);
    return why.code;
}

result<std::vector<std::pair<std::string, std::string>>> named_pairs(
    const std::vector<std::string>& all) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const std::string& one : all) {
        const std::size_t equals = one.find('=');
        if (equals == std::string::npos) return refuse(refusals::record_file_unnamed, {}, one);
        out.emplace_back(one.substr(0, equals), one.substr(equals + 1));
    }
    return out;
}

result<situation::csv_counts> read_table(const situation_import_options& o) {
    situation::csv_layout how;
    how.wide = o.wide;
    how.region_name = o.region;
    how.days = o.month_first ? situation::day_form::month_day_year : situation::day_form::iso;
    how.columns = VECHE_TRY(named_pairs(o.columns));
    how.regions = VECHE_TRY(named_pairs(o.names));
    how.only = o.only;
    const std::string csv = VECHE_TRY(read_file(o.file));
    return situation::read_csv_counts(csv, how);
}

void add_problems(const situation::csv_counts& read,
                  const std::vector<situation::count_problem>& found, counts_outcome& into) {
    for (const situation::count_problem& one : found) {
        const auto& cells = read.places[static_cast<std::size_t>(one.run)];
        const auto& at = cells[static_cast<std::size_t>(std::max<std::int64_t>(0, one.value))];
        into.problems.push_back({at.line, at.column, one.why, words_of(one.why)});
    }
    std::stable_sort(into.problems.begin(), into.problems.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
}

situation::count_basis basis_of(const situation_import_options& o) {
    return o.daily ? situation::count_basis::of_day : situation::count_basis::so_far;
}

std::string words_of(const situation::file_remark& one) {
    const std::string place =
        "Line " + std::to_string(one.at.line) + ": " + one.region.value + ", " + one.series.value;
    return one.fell
               ? place + " falls on " + to_text(one.from) + " by " + std::to_string(one.amount) +
                     "; correct it, or report it as it is, and it is asked about."
               : place + " has no figure from " + to_text(one.from) + " to " + to_text(one.to) +
                     "; add the rows, or the days are shown as missing.";
}

counts_outcome outcome_of(const situation::csv_counts& read, situation::count_basis basis) {
    counts_outcome out;
    for (const situation::file_remark& one : situation::remarks_on(read, basis))
        out.remarks.push_back(words_of(one));
    out.values = read.values;
    out.passed_over = read.passed_over;
    for (const situation::file_problem& one : read.problems)
        out.problems.push_back({one.line, one.column, one.why, words_of(one.why)});
    return out;
}

/// Nothing is written.
counted try_counts(const situation_import_options& o, const situation::csv_counts& read) {
    counts_outcome out = outcome_of(read, basis_of(o));
    const auto tried = try_on_state(o.where, [&](const office::union_state& now) {
        add_problems(read,
                     situation::problems_of({now.charter, now.situation}, read.runs, basis_of(o),
                                            acting_at(o.where, now), problems_told),
                     out);
        out.changed = situation::changes_in(now.situation, read.runs);
    });
    if (!tried) return tl::unexpected(to_details(tried.error()));
    return out;
}

template <class Command>
Command with_words(const situation_import_options& o, Command c) {
    c.basis = basis_of(o);
    c.source = o.source;
    if (!o.address.empty()) c.address = o.address;
    if (!o.reason.empty()) c.reason = {{"en", o.reason}};
    return c;
}

/// In one act where it is small, else in parts that hold together.
counted report_all(const situation_import_options& o, const situation::csv_counts& read) {
    auto link = open_link(o.where);
    if (!link) return tl::unexpected(link.error());
    const auto send = [&](const auto& command) {
        return send_command(o.where, command.wire.type, to_json(command), {}, **link);
    };
    counts_outcome out = outcome_of(read, basis_of(o));
    const auto parts = situation::parts_of(read.runs, values_of_a_part);
    if (parts.size() == 1) {
        situation::report_counts all;
        all.runs = read.runs;
        const reply done = send(with_words(o, std::move(all)));
        if (!done) return tl::unexpected(done.error());
        out.reported = true;
        return out;
    }
    const situation::batch_id batch{o.batch};
    std::int32_t number = 0;
    for (const auto& part : parts)
        if (const reply sent = send(situation::stage_counts{batch, ++number, part}); !sent)
            return tl::unexpected(sent.error());
    const reply asked =
        (*link)->ask(std::string(situation::batch_query::wire.type),
                     {{"batch", batch.value}, {"basis", std::string(name_of(basis_of(o)))}});
    if (!asked) return tl::unexpected(asked.error());
    const auto view = from_json<situation::batch_view>(std::string_view(*asked));
    if (!view) return tl::unexpected(to_details(view.error()));
    out.changed = view->changed;
    // Parts cut long runs: the same cells in the order of the parts.
    situation::csv_counts cut;
    std::vector<situation::cell_place> cells;
    for (const auto& places : read.places) cells.insert(cells.end(), places.begin(), places.end());
    std::size_t at = 0;
    for (const auto& part : parts)
        for (const situation::count_run& run : part) {
            const auto from = cells.begin() + static_cast<std::ptrdiff_t>(at);
            at += run.values.size();
            cut.places.emplace_back(from, cells.begin() + static_cast<std::ptrdiff_t>(at));
        }
    add_problems(cut, view->problems, out);
    reply ended;
    if (out.problems.empty()) {
        situation::accept_counts all;
        all.batch = batch;
        all.values = read.values;
        ended = send(with_words(o, std::move(all)));
    } else {
        ended = send(situation::discard_counts{batch, {{"en", "Counts that cannot be reported."}}});
    }
    if (!ended) return tl::unexpected(ended.error());
    out.reported = out.problems.empty();
    return out;
}

int tell_counts(const situation_import_options& o, const counts_outcome& made, const terminal& on) {
    if (on.json) on.out << to_json(made) << "\n";
    for (const counted_problem& one : made.problems)
        on.say(fmt::format("{}:{}{}: {}", o.file.filename().string(), one.line,
                           one.column.empty() ? "" : ", column " + one.column, one.said));
    for (const std::string& one : made.remarks) on.say(one);
    if (!made.problems.empty()) {
        on.say("Nothing was reported; " + to_mend(made.problems.size()) + ".");
        return refused;
    }
    if (made.passed_over > 0)
        on.say(fmt::format("{} rows are of other regions.", made.passed_over));
    on.say(fmt::format("{} counts {}{}.", made.values,
                       made.reported ? "are reported" : "could be reported; none was",
                       made.changed > 0 ? fmt::format(", {} change a figure", made.changed) : ""));
    return done;
}

}  // namespace

int situation_import(const situation_import_options& o, const terminal& on) {
    const auto read = read_table(o);
    if (!read) return on.fail(read.error());
    if (!o.dry_run && !read->problems.empty())
        return tell_counts(o, outcome_of(*read, basis_of(o)), on);
    if (!o.dry_run && o.batch.empty() && read->values > values_of_a_part)
        return on.fail("Give the batch a short name: --batch NAME.", wrong_usage);
    if (!o.dry_run && o.source.empty())
        return on.fail("Say where the figures are from: --source TEXT.", wrong_usage);
    const counted made = o.dry_run ? try_counts(o, *read) : report_all(o, *read);
    return made ? tell_counts(o, *made, on) : on.fail(made.error());
}

}  // namespace veche::cli
