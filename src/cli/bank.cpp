// The fund and its bank: payments as orders, statements read and recorded.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "api/clock.hpp"
#include "charter/views.hpp"
#include "cli/files.hpp"
#include "cli/link.hpp"
#include "cli/refusal.hpp"
#include "cli/send.hpp"
#include "cli/union_folder.hpp"
#include "documents/bank_statement.hpp"
#include "documents/payment_orders.hpp"
#include "documents/refusal.hpp"
#include "fund/refusal.hpp"

namespace veche::cli {
namespace {

struct read_line {
    std::string reference;
    date day;
    std::string amount;
    std::string currency;
    std::optional<std::string> end_to_end;
    std::optional<std::string> text;
};
VECHE_FIELDS_HERE(read_line, (reference, "The bank's reference."), (day, "Day of its booking."),
                  (amount, "What it adds, as a decimal."), (currency, "In what."),
                  (end_to_end, "The id from end to end."), (text, "Text of the bank."))

struct read_balance {
    std::string amount;
    std::string currency;
};
VECHE_FIELDS_HERE(read_balance, (amount, "As a decimal."), (currency, "In what."))

struct read_bank_statement {
    std::string id;
    std::string account;
    std::optional<read_balance> opening;
    std::optional<read_balance> closing;
    std::vector<read_line> lines;
    std::int64_t pending = 0;
    std::optional<std::int64_t> recorded;
};
VECHE_FIELDS_HERE(read_bank_statement, (id, "Id at the bank."), (account, "Account at the bank."),
                  (opening, "Booked balance before."), (closing, "Booked balance after."),
                  (lines, "Lines that are booked."), (pending, "Lines that are not booked yet."),
                  (recorded, "Entry that recorded it."))

struct read_bank_file {
    std::string version;
    std::vector<read_bank_statement> statements;
};
VECHE_FIELDS_HERE(read_bank_file, (version, "The message and its version."),
                  (statements, "Its statements, in the order of the file."))

// --- Orders
// -----------------------------------------------------------------------------------------

/// What a view that needs no query fields tells.
template <class View, class Query>
result<View> told_by(office::office& desk, const Query& query) {
    const auto answer = VECHE_TRY(desk.ask(Query::wire.type, to_json(query), viewer{}));
    return *std::static_pointer_cast<const View>(answer.value);
}

/// Payments, and advances beside them.
result<std::vector<fund::payment_row>> all_orders(office::office& desk) {
    auto view = VECHE_TRY(told_by<fund::payments_view>(desk, fund::payments_query{}));
    const auto ahead = VECHE_TRY(told_by<fund::advances_view>(desk, fund::advances_query{}));
    for (const fund::advance_row& one : ahead.advances)
        view.payments.push_back(documents::order_of(one));
    return std::move(view.payments);
}

/// A payment or an advance by its id, a run or an advance by its entry, or all of a day.
bool is_meant(const fund::payment_row& one, const std::string& by) {
    return one.id.value == by || to_text(one.effective) == by || std::to_string(one.seq) == by;
}

result<std::vector<fund::payment_row>> chosen_payments(std::vector<fund::payment_row> all,
                                                       const std::vector<std::string>& by) {
    for (const std::string& one : by)
        if (std::none_of(all.begin(), all.end(),
                         [&](const auto& row) { return is_meant(row, one); }))
            return refuse(documents::refusals::orders_none, "payments", one);
    std::erase_if(all, [&](const fund::payment_row& row) {
        return std::none_of(by.begin(), by.end(),
                            [&](const std::string& one) { return is_meant(row, one); });
    });
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.seq < b.seq; });
    return all;
}

/// Of one whole run the entry names the file for all time; of anything else its sender does.
result<std::string> message_id(const bank_orders_options& options,
                               const std::vector<fund::payment_row>& chosen) {
    if (!options.id.empty()) return options.id;
    const std::string run = chosen.empty() ? std::string() : std::to_string(chosen.front().seq);
    if (options.payments != std::vector<std::string>{run})
        return refuse(refusals::message_id_missing);
    return "VECHE-" + run;
}

result<std::string> orders_of(const bank_orders_options& options, office::office& desk) {
    const std::string csv = VECHE_TRY(read_file(options.accounts));
    const auto accounts = VECHE_TRY(documents::read_payee_accounts(csv));
    const auto all = VECHE_TRY(all_orders(desk));
    const auto chosen = VECHE_TRY(chosen_payments(all, options.payments));
    std::map<unit_id, std::int32_t> scales;
    desk.read([&](const office::state& now) {
        for (const charter::unit& one : now.charter.document().units) scales[one.id] = one.scale;
    });
    documents::order_terms terms;
    terms.message = VECHE_TRY(message_id(options, chosen));
    terms.debtor = options.debtor;
    terms.created = api::wall_clock();
    return documents::to_payment_orders(chosen, terms, accounts, scales);
}

// --- Statements
// -------------------------------------------------------------------------------------

std::optional<read_balance> shown_balance(const std::optional<documents::stated_amount>& of) {
    if (!of) return std::nullopt;
    return read_balance{of->text, of->currency};
}

read_bank_statement shown_statement(const documents::bank_statement& from) {
    read_bank_statement out;
    out.id = from.id;
    out.account = from.account;
    out.opening = shown_balance(from.booked.opening);
    out.closing = shown_balance(from.booked.closing);
    for (const documents::stated_line& one : from.lines)
        out.lines.push_back({one.reference, one.day, one.amount.text, one.amount.currency,
                             one.end_to_end, one.text});
    out.pending = static_cast<std::int64_t>(from.pending);
    return out;
}

std::string balance_words(const std::optional<read_balance>& of) {
    return of ? of->amount + " " + of->currency : std::string("not stated");
}

void say_statement(const read_bank_statement& one, const terminal& on) {
    on.say(fmt::format("Statement {} of the account {}: from {} to {}.", one.id, one.account,
                       balance_words(one.opening), balance_words(one.closing)));
    for (const read_line& line : one.lines)
        on.say(fmt::format("  {}  {:>20} {}  {}{}", to_text(line.day), line.amount, line.currency,
                           line.reference,
                           line.end_to_end ? ", order " + *line.end_to_end : std::string()));
    if (one.pending > 0)
        on.say(fmt::format("  {} lines are not booked yet, and are left out.", one.pending));
    if (one.recorded) on.say(fmt::format("  Recorded as entry {}.", *one.recorded));
}

/// One account of the bank is one account of the fund.
result<void> check_one_account(const std::vector<documents::bank_statement>& all) {
    std::set<std::string> accounts;
    for (const documents::bank_statement& one : all) accounts.insert(one.account);
    if (accounts.size() > 1) return refuse(refusals::bank_account_unclear);
    return {};
}

/// Sends statements to a union, in the order of the file.
class statement_recorder {
  public:
    statement_recorder(const bank_statement_options& options, union_link& to)
        : options_(options), to_(to) {}

    /// What the union says of its units, once for all statements.
    tl::expected<void, api::problem_details> learn_units() {
        const reply answer = to_.ask(std::string(charter::union_query::wire.type), {});
        if (!answer) return tl::unexpected(answer.error());
        const auto view = from_json<charter::union_view>(std::string_view(*answer));
        if (!view) return tl::unexpected(to_details(view.error()));
        for (const charter::unit& one : view->units) scales_[one.id] = one.scale;
        return {};
    }

    /// The entry; nothing where it was recorded before.
    tl::expected<std::optional<std::int64_t>, api::problem_details> record(
        const documents::bank_statement& one) {
        const auto command = command_of(one);
        if (!command) return tl::unexpected(to_details(command.error()));
        const reply receipt = send_command(options_.where, fund::record_statement::wire.type,
                                           to_json(*command), {}, to_);
        if (!receipt) {
            if (receipt.error().code == fund::refusals::recorded_already.code)
                return std::optional<std::int64_t>();
            return tl::unexpected(receipt.error());
        }
        const auto read = from_json<api::receipt_answer>(std::string_view(*receipt));
        if (!read) return tl::unexpected(to_details(read.error()));
        return std::optional(read->seq);
    }

  private:
    result<fund::record_statement> command_of(const documents::bank_statement& one) const {
        documents::statement_names names;
        names.statement = {options_.id.empty() ? one.id : options_.id};
        if (!is_identifier(names.statement.value))
            return refuse(refusals::statement_id_unusable, {}, names.statement.value);
        if (!options_.account.empty()) names.bank = fund::bank_account_id{options_.account};
        names.texts = options_.texts;
        if (one.booked.closing) names.unit = {one.booked.closing->currency};
        const auto scale = scales_.find(names.unit);
        if (one.booked.closing && scale == scales_.end())
            return refuse(fund::refusals::unit_unknown, {}, names.unit.value);
        if (scale != scales_.end()) names.scale = scale->second;
        return documents::to_command(one, names);
    }

    const bank_statement_options& options_;
    union_link& to_;
    std::map<unit_id, std::int32_t> scales_;
};

}  // namespace

int bank_orders(const bank_orders_options& options, const terminal& on) {
    office::options with;
    with.now = &api::wall_clock;
    with.ticker = false;
    const auto folder = union_folder::open(options.folder, std::move(with));
    if (!folder) return on.fail(folder.error());
    const auto orders = orders_of(options, (*folder)->office());
    if (!orders) return on.fail(orders.error());
    // It has the accounts of others in it: nobody but its owner reads it.
    if (const auto written = write_new_file(options.to, *orders, true); !written)
        return on.fail(written.error());
    on.say("Wrote the orders to " + options.to.string() + ".");
    return done;
}

int bank_statement(const bank_statement_options& options, const terminal& on) {
    const auto bytes = read_file(options.file);
    if (!bytes) return on.fail(bytes.error().sentence());
    auto file = documents::read_statements(*bytes);
    if (!file) return on.fail(file.error());
    if (!options.of.empty())
        std::erase_if(file->statements, [&](const auto& one) { return one.account != options.of; });
    read_bank_file out{file->version, {}};
    for (const documents::bank_statement& one : file->statements)
        out.statements.push_back(shown_statement(one));
    if (!options.where.at.empty()) {
        if (const auto one = check_one_account(file->statements); !one) return on.fail(one.error());
        if (!options.id.empty() && file->statements.size() > 1)
            return on.fail("The file has several statements, and --id is of one.", wrong_usage);
        auto link = open_link(options.where);
        if (!link) return on.fail(link.error());
        statement_recorder recorder(options, **link);
        if (const auto learnt = recorder.learn_units(); !learnt) return on.fail(learnt.error());
        for (std::size_t i = 0; i < file->statements.size(); ++i) {
            const auto entry = recorder.record(file->statements[i]);
            if (!entry) return on.fail(entry.error());
            out.statements[i].recorded = *entry;
        }
    }
    if (on.json) on.out << to_json(out) << '\n';
    for (const read_bank_statement& one : out.statements) say_statement(one, on);
    return done;
}

}  // namespace veche::cli
