#include "ledger/statement.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "kernel/csv.hpp"
#include "kernel/search_fold.hpp"
#include "ledger/refusal.hpp"

namespace veche::ledger {
namespace {

tl::unexpected<refusal> wrong(std::size_t line, std::string words) {
    return refuse(refusals::text_wrong, "line " + std::to_string(line), std::to_string(line),
                  std::move(words));
}

// Names that banks give their columns, folded (kernel/search_fold.hpp).
constexpr std::array<std::string_view, 7> amount_names = {"amount", "sum",  "betrag", "umsatz",
                                                          "сумма",  "сума", "belop"};
constexpr std::array<std::string_view, 7> credit_names = {"credit", "paid in",  "haben", "приход",
                                                          "кредит", "money in", "in"};
constexpr std::array<std::string_view, 7> debit_names = {"debit", "paid out",  "soll", "расход",
                                                         "дебет", "money out", "out"};
constexpr std::array<std::string_view, 6> balance_names = {"balance", "running balance", "saldo",
                                                           "остаток", "баланс",          "рэшта"};

/// Where the column is; by its own name where one is given, else by those that are usual.
std::optional<std::size_t> find_column(const csv_row& head, const std::string& name,
                                       std::span<const std::string_view> usual) {
    const auto at = std::find_if(head.fields.begin(), head.fields.end(), [&](const auto& field) {
        const std::string folded = fold_for_search(field);
        if (!name.empty()) return folded == fold_for_search(name);
        return std::any_of(usual.begin(), usual.end(),
                           [&](auto one) { return folded == fold_for_search(one); });
    });
    if (at == head.fields.end()) return std::nullopt;
    return static_cast<std::size_t>(at - head.fields.begin());
}

struct statement_places {
    std::optional<std::size_t> amount, credit, debit;
    std::size_t balance = 0;
};

result<statement_places> find_columns(const csv_row& head, const statement_columns& named) {
    statement_places found;
    found.amount = find_column(head, named.amount, amount_names);
    found.credit = find_column(head, named.credit, credit_names);
    found.debit = find_column(head, named.debit, debit_names);
    const auto balance = find_column(head, named.balance, balance_names);
    if (!balance) return wrong(head.line, "no column is called balance");
    if (!found.amount && !(found.credit && found.debit))
        return wrong(head.line, "no column is called amount, and no two credit and debit");
    found.balance = *balance;
    return found;
}

/// Spaces, also those that do not break, part the thousands of a number.
std::string without_spaces(std::string_view cell) {
    std::string out;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const bool wide = cell.substr(i, 2) == "\u00A0";
        const bool narrow = cell.substr(i, 3) == "\u202F";
        if (wide || narrow)
            i += wide ? 1 : 2;
        else if (cell[i] != ' ' && cell[i] != '\'')
            out += cell[i];
    }
    return out;
}

class statement_reader {
  public:
    statement_reader(const statement_places& at, decimal_mark mark) : at_(at), mark_(mark) {}

    /// What the row adds, and what it says is there then.
    result<std::pair<decimal, decimal>> read(const csv_row& row) const {
        decimal amount;
        if (at_.amount) {
            amount = VECHE_TRY(number(row, *at_.amount, false));
        } else {
            amount = VECHE_TRY(number(row, *at_.credit, true));
            decimal out = VECHE_TRY(number(row, *at_.debit, true));
            if (out.digits > 0) out.digits = -out.digits;
            if (!add(amount, out)) return wrong(row.line, "the sum is too large");
        }
        return std::pair(amount, VECHE_TRY(number(row, at_.balance, false)));
    }

  private:
    result<decimal> number(const csv_row& row, std::size_t column, bool may_be_empty) const {
        if (column >= row.fields.size()) return wrong(row.line, "the row has too few fields");
        const std::string cell = without_spaces(row.fields[column]);
        if (cell.empty() && may_be_empty) return decimal{};
        amount_reader amount(cell, mark_);
        if (!amount.read()) return wrong(row.line, amount.why());
        if (!amount.rest().empty())
            return wrong(row.line, "\"" + row.fields[column] + "\" is not a number");
        return amount.number();
    }

    statement_places at_;
    decimal_mark mark_;
};

struct movement {
    std::size_t line = 0;
    decimal amount;
    decimal balance;
};

/// Adds the rows up in this order of time.
result<statement> add_up(const std::vector<movement>& rows) {
    statement out;
    out.rows = rows.size();
    out.opening = rows.front().balance;
    if (!add(out.opening, negative(rows.front().amount)))
        return wrong(rows.front().line, "the sum is too large");
    out.closing = rows.back().balance;
    for (std::size_t i = 1; i < rows.size() && !out.first_break; ++i) {
        decimal expected = rows[i - 1].balance;
        if (!add(expected, rows[i].amount)) return wrong(rows[i].line, "the sum is too large");
        if (!same(expected, rows[i].balance))
            out.first_break = {rows[i].line, rows[i - 1].balance, rows[i].amount, expected,
                               rows[i].balance};
    }
    return out;
}

}  // namespace

result<statement> read_statement(std::string_view text, const statement_columns& named,
                                 decimal_mark mark) {
    csv_reader file(text);
    const auto head = file.next();
    if (!head) return wrong(file.line(), file.fault().empty() ? "the file is empty" : file.fault());
    const statement_reader reader(VECHE_TRY(find_columns(*head, named)), mark);
    std::vector<movement> rows;
    while (const auto row = file.next()) {
        const auto [amount, balance] = VECHE_TRY(reader.read(*row));
        rows.push_back({row->line, amount, balance});
    }
    if (!file.fault().empty()) return wrong(file.line(), file.fault());
    if (rows.empty()) return wrong(head->line, "no rows follow the first");
    statement out = VECHE_TRY(add_up(rows));
    if (!out.first_break) return out;
    // Many banks put the newest on top: read so, the rows may follow one from another, or for
    // longer.
    std::reverse(rows.begin(), rows.end());
    statement backwards = VECHE_TRY(add_up(rows));
    backwards.newest_first = true;
    const auto reached = [&](const statement& one) {
        return one.first_break ? std::find_if(rows.begin(), rows.end(),
                                              [&](const movement& m) {
                                                  return m.line == one.first_break->line;
                                              }) -
                                     rows.begin()
                               : std::ptrdiff_t(rows.size());
    };
    const auto back = reached(backwards);
    const auto forth = static_cast<std::ptrdiff_t>(rows.size()) - 1 - reached(out);
    return back > forth ? backwards : out;
}

}  // namespace veche::ledger
