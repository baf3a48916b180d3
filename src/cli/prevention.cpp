// Preventive measures from the command line: a file in, all of its orders or none.

#include "cli/prevention.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "charter/refusal.hpp"
#include "cli/files.hpp"
#include "cli/link.hpp"
#include "cli/refusal.hpp"
#include "cli/send.hpp"
#include "prevention/refusal.hpp"
#include "prevention/views.hpp"

namespace veche::cli {
namespace {

struct order_import_outcome {
    std::int64_t orders = 0;
    std::vector<located_problem> problems;
    bool recorded = false;
};
VECHE_FIELDS_HERE(order_import_outcome, (orders, "Orders that were read."),
                  (problems, "What cannot be recorded, and why."),
                  (recorded, "Whether all orders are recorded now."))

using order_outcome = tl::expected<order_import_outcome, api::problem_details>;

std::string order_sentence(const refusal_record& why) {
    for (const refusal_kind* kind : prevention::refusals::all)
        if (kind->code == why.code) return fill_places(kind->sentence, why.args);
    return sentence_of(why);
}

/// What would mend it, where the words do not say so themselves.
std::string order_remedy(const refusal_record& why) {
    using namespace prevention::refusals;
    const std::pair<const refusal_kind*, std::string_view> known[] = {
        {&country_unknown, "Say which member it is: --member CODE=MEMBER."},
        {&order_taken, "Give it another name, or leave the row out: it is recorded already."},
        {&member_unknown, "Name a member of the charter: veche ask charter.union."},
        {&region_unknown, "Record the place first: veche registry import place=FILE."},
        {&cell_malformed, "Write a level of the scale, a flag 0 or 1, or a day as 20210401."},
        {&column_unknown, "Leave the column out, or name it as docs/prevention.md does."},
        {&days_broken, "Put one row for each day, in order, a place after the other."},
        {&act_missing, "Add a column act.number or act.title.en, or give --source."},
        {&not_orderer, "Act under an office that may: --as PERSON --auth OFFICE."}};
    for (const auto& [kind, remedy] : known)
        if (kind->code == why.code) return std::string(remedy);
    return {};
}

located_problem at_line(const std::string& file, std::int64_t line, std::string column,
                        refusal_record why) {
    located_problem out{file, line, std::move(column), std::move(why), {}, {}};
    out.said = order_sentence(out.why);
    out.remedy = order_remedy(out.why);
    return out;
}

int tell_orders(const order_import_outcome& made, const terminal& on) {
    if (on.json) on.out << to_json(made) << "\n";
    list_problems(made.problems, on);
    if (!made.problems.empty()) {
        on.say("Nothing was recorded; " + to_mend(made.problems.size()) + ".");
        return refused;
    }
    on.say(fmt::format("{} {}: {}.", made.orders, made.orders == 1 ? "order" : "orders",
                       made.recorded ? "recorded" : "could be recorded; none was"));
    return done;
}

/// Problems that the union finds, at the lines of the file.
void add_problems(order_import_outcome& out, const std::string& file,
                  const prevention::order_rows& read, std::int64_t row, const refusal_record& why) {
    const auto i = static_cast<std::size_t>(row - 1);
    out.problems.push_back(at_line(
        file, read.lines[i], prevention::order_column_of(read, read.orders[i], why.field), why));
}

void judge_orders(order_import_outcome& out, const order_import_options& options,
                  const prevention::order_rows& read, const office::union_state& now) {
    for (const prevention::order_problem& one :
         prevention::problems_of({now.charter, now.prevention}, {options.body}, read.orders,
                                 acting_at(options.where, now)))
        add_problems(out, options.file, read, one.row, record_of(one.why));
}

/// Nothing is written.
order_outcome try_orders(const order_import_options& options, const prevention::order_rows& read) {
    order_import_outcome out{static_cast<std::int64_t>(read.orders.size()), {}, false};
    const auto tried = try_on_state(options.where, [&](const office::union_state& now) {
        judge_orders(out, options, read, now);
    });
    if (!tried) return tl::unexpected(to_details(tried.error()));
    return out;
}

/// Lays the orders ready, has the union judge them all, and accepts or puts them away.
order_outcome record_orders(const order_import_options& options,
                            const prevention::order_rows& read) {
    auto link = open_link(options.where);
    if (!link) return tl::unexpected(link.error());
    order_import_outcome out{static_cast<std::int64_t>(read.orders.size()), {}, false};
    auto commands = order_commands_of({options.batch}, {options.body}, read.orders);
    const batch_command accept = std::move(commands.back());
    commands.pop_back();
    for (const batch_command& one : commands)
        if (const reply sent = send_command(options.where, one.type, one.body, {}, **link); !sent)
            return tl::unexpected(sent.error());
    const reply asked = (*link)->ask(std::string(prevention::order_batch_query::wire.type),
                                     {{"batch", options.batch}});
    if (!asked) return tl::unexpected(asked.error());
    const auto view = from_json<prevention::order_batch_view>(std::string_view(*asked));
    if (!view) return tl::unexpected(to_details(view.error()));
    for (const prevention::order_problem_row& one : view->problems)
        add_problems(out, options.file, read, one.row, one.why);
    out.recorded = out.problems.empty();
    const prevention::discard_orders away{{options.batch},
                                          {{"en", "Orders that cannot be recorded."}}};
    const reply ended = out.recorded
                            ? send_command(options.where, accept.type, accept.body, {}, **link)
                            : send_command(options.where, prevention::discard_orders::wire.type,
                                           to_json(away), {}, **link);
    if (!ended) return tl::unexpected(ended.error());
    return out;
}

}  // namespace

result<prevention::csv_orders_options> reading_of_orders(const order_import_options& options) {
    prevention::csv_orders_options out;
    for (const std::string& one : options.members) {
        const std::size_t equals = one.find('=');
        if (equals == std::string::npos) return refuse(refusals::record_file_unnamed, {}, one);
        out.members.emplace_back(one.substr(0, equals), one.substr(equals + 1));
    }
    for (const auto& [text, into] : {std::pair(&options.from, &out.from), {&options.to, &out.to}}) {
        if (text->empty()) continue;
        *into = parse_date(*text);
        if (!*into) return refuse(prevention::refusals::cell_malformed, {}, *text);
    }
    out.source = options.source;
    return out;
}

std::vector<batch_command> order_commands_of(const prevention::order_batch_id& batch,
                                             const body_id& body,
                                             const std::vector<prevention::staged_order>& orders) {
    constexpr std::size_t max_bytes = 56 * 1024;  // a request of 64 KiB with what goes around it
    std::vector<batch_command> out;
    std::int32_t number = 0;
    for (auto& part : prevention::order_parts_of(orders, max_bytes))
        out.push_back({prevention::stage_orders::wire.type,
                       to_json(prevention::stage_orders{batch, body, ++number, std::move(part)})});
    const prevention::accept_orders all{batch, static_cast<std::int64_t>(orders.size())};
    out.push_back({prevention::accept_orders::wire.type, to_json(all)});
    return out;
}

int measures_import(const order_import_options& options, const terminal& on) {
    const auto with = reading_of_orders(options);
    if (!with) return on.fail(with.error());
    const auto csv = read_file(options.file);
    if (!csv) return on.fail(csv.error());
    const prevention::order_rows read = prevention::read_order_rows(*csv, *with);
    if (!read.problems.empty()) {
        order_import_outcome out{static_cast<std::int64_t>(read.orders.size()), {}, false};
        for (const prevention::order_row_problem& one : read.problems)
            out.problems.push_back(at_line(options.file, one.line, one.column, one.why));
        return tell_orders(out, on);
    }
    if (!options.dry_run && options.batch.empty())
        return on.fail("Give the batch a short name: --batch NAME.", wrong_usage);
    const order_outcome made =
        options.dry_run ? try_orders(options, read) : record_orders(options, read);
    return made ? tell_orders(*made, on) : on.fail(made.error());
}

}  // namespace veche::cli
