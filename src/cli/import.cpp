#include <algorithm>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/verbs.hpp"
#include "ledger/statement.hpp"
#include "ledger/text_book.hpp"

namespace veche::cli {

struct imported_balance {
    std::string account;
    std::string amount;
    std::string unit;
};
VECHE_FIELDS_HERE(imported_balance, (account, "The account."),
                  (amount, "What it holds, as a decimal."), (unit, "The unit."))

struct imported_book {
    std::int64_t entries = 0;
    std::int64_t legs = 0;
    std::vector<imported_balance> balances;
};
VECHE_FIELDS_HERE(imported_book, (entries, "Entries read."), (legs, "Their legs."),
                  (balances, "Every balance but those of nothing."))

struct imported_break {
    std::int64_t line = 0;
    std::string before;
    std::string amount;
    std::string expected;
    std::string stated;
};
VECHE_FIELDS_HERE(imported_break, (line, "Line of the file."), (before, "The balance before."),
                  (amount, "What the row adds."), (expected, "What that makes."),
                  (stated, "What the row says."))

struct imported_statement {
    std::int64_t rows = 0;
    bool newest_first = false;
    std::string opening;
    std::string closing;
    std::optional<imported_break> first_break;
};
VECHE_FIELDS_HERE(imported_statement, (rows, "Rows read."),
                  (newest_first, "Whether time runs upwards."),
                  (opening, "Before the earliest row."),
                  (closing, "After the latest row, as stated."),
                  (first_break, "The earliest balance that does not follow."))

namespace {

int import_book(const import_options& options, std::string_view text, const terminal& on) {
    std::optional<date> until;
    if (!options.at.empty()) {
        until = parse_date(options.at);
        if (!until) return on.fail("\"" + options.at + "\" is not a day.", wrong_usage);
    }
    const auto book = ledger::text_book::read(text);
    if (!book) return on.fail(book.error());
    imported_book out{
        static_cast<std::int64_t>(book->entries()), static_cast<std::int64_t>(book->legs()), {}};
    std::size_t longest = 0;
    for (const ledger::text_balance& one : book->balances(until)) {
        out.balances.push_back(
            {std::string(one.account), to_text(one.holds), std::string(one.unit)});
        longest = std::max(longest, one.account.size());
    }
    if (on.json) {
        on.out << to_json(out) << '\n';
        return done;
    }
    for (const imported_balance& one : out.balances)
        on.say(fmt::format("{:<{}}  {:>20} {}", one.account, longest, one.amount, one.unit));
    on.say(fmt::format("{} entries of {} legs; each sums to zero in every unit.", out.entries,
                       out.legs));
    return done;
}

int import_statement(const import_options& options, std::string_view text, const terminal& on) {
    const auto mark = options.decimal_mark == ","   ? ledger::decimal_mark::comma
                      : options.decimal_mark == "." ? ledger::decimal_mark::point
                                                    : ledger::decimal_mark::unknown;
    const auto found = ledger::read_statement(
        text, {options.amount, options.credit, options.debit, options.balance}, mark);
    if (!found) return on.fail(found.error());
    imported_statement out{static_cast<std::int64_t>(found->rows),
                           found->newest_first,
                           to_text(found->opening),
                           to_text(found->closing),
                           {}};
    if (const auto& at = found->first_break)
        out.first_break = {static_cast<std::int64_t>(at->line), to_text(at->before),
                           to_text(at->amount), to_text(at->expected), to_text(at->stated)};
    if (on.json) on.out << to_json(out) << '\n';
    on.say(fmt::format("{} rows{}, from {} to {}.", out.rows,
                       out.newest_first ? ", the newest on top" : "", out.opening, out.closing));
    if (const auto& at = out.first_break) {
        on.say(
            fmt::format("Line {}: {} and {} make {}, and the row says {}. No balance after it "
                        "can be relied on.",
                        at->line, at->before, at->amount, at->expected, at->stated));
        return refused;
    }
    on.say("Every balance follows from the one before.");
    return done;
}

}  // namespace

int import_file(const import_options& options, const terminal& on) {
    const auto text = read_file(options.file);
    if (!text) return on.fail(text.error().sentence());
    return options.file.extension() == ".csv" ? import_statement(options, *text, on)
                                              : import_book(options, *text, on);
}

}  // namespace veche::cli
