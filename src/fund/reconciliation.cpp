// The bank's statements beside the book. Nothing is rounded and nothing is guessed: a line is about
// an entry by an id that both have, or it waits.

#include <algorithm>
#include <map>
#include <set>

#include "fund/operations.hpp"
#include "fund/refusal.hpp"
#include "fund/views.hpp"

namespace veche::fund {
namespace {

/// What an entry of the book does to an account at the bank.
struct bank_item {
    std::string what;
    std::string id;
    std::string key;  ///< by which the bank may name it
    std::optional<date> day;
    int128 change = 0;
    std::int64_t seq = 0;
    bool taken = false;  ///< a line of the bank is about it
};

using items_by_account = std::map<ledger::balance_key, std::vector<bank_item>>;

bool ordered_by_us(const bank_item& one) {
    return one.what == "payment" || one.what == "advance";
}

/// An order goes with its id from end to end; of all else the book has the bank's reference.
std::string bank_key(const state& s, const std::string& what, const std::string& id) {
    if (what == "receive") return s.receipts.find(contribution_id{id})->asked.reference;
    if (what == "income") return s.incomes.find(income_id{id})->asked.reference;
    if (what == "charge") return s.charges.find(charge_id{id})->asked.reference;
    if (what == "exchange") return s.exchanges.find(exchange_id{id})->asked.reference;
    if (what == "refund") return s.refunds.find(refund_id{id})->asked.reference;
    if (what == "recover") return s.recoveries.find(recovery_id{id})->asked.reference;
    return id;
}

/// A receipt and its reversal for the same day: together they say that nothing came.
using undone_receipts = std::set<std::string, std::less<>>;

undone_receipts undone_in(const state& s) {
    undone_receipts out;
    for (const auto& [place, entry] : s.book.entries) {
        const auto [what, id] = parts_of(entry.id);
        if (what != "correct") continue;
        const contribution_id& of = s.corrections.find(correction_id{id})->asked.contribution;
        if (entry.day != s.receipts.find(of)->asked.effective) continue;
        out.insert("receive:" + of.value);
        out.emplace(entry.id);
    }
    return out;
}

items_by_account bank_items(const state& s) {
    items_by_account out;
    const undone_receipts undone = undone_in(s);
    for (const auto& [place, entry] : s.book.entries) {
        if (undone.contains(entry.id)) continue;
        const auto [what, id] = parts_of(entry.id);
        for (const auto& [key, change] : ledger::changes_of(entry.legs))
            if (ledger::is_bank(key.account) && change != 0)
                out[key].push_back({what, id, bank_key(s, what, id), entry.day, change,
                                    static_cast<std::int64_t>(entry.number)});
    }
    return out;
}

/// The items of one account by what the bank may call them.
class bank_matching {
  public:
    explicit bank_matching(std::vector<bank_item>& items) : items_(items) {
        for (std::size_t i = 0; i < items.size(); ++i)
            by_key_.emplace(std::pair(ordered_by_us(items[i]), items[i].key), i);
    }

    /// The first of the line's items that will do; null where none does.
    template <class Wanted>
    bank_item* find(const statement_line& line, Wanted wanted) {
        const std::string end_to_end = line.end_to_end.value_or("");
        for (const auto& key : {std::pair(true, end_to_end), std::pair(false, end_to_end),
                                std::pair(false, line.line)}) {
            if (key.second.empty()) continue;
            const auto [first, last] = by_key_.equal_range(key);
            for (auto it = first; it != last; ++it)
                if (bank_item& one = items_[it->second]; wanted(one)) return &one;
        }
        return nullptr;
    }

  private:
    std::vector<bank_item>& items_;
    std::multimap<std::pair<bool, std::string>, std::size_t> by_key_;
};

void put_booked(bank_line_row& row, const bank_item& item) {
    row.what = item.what;
    row.id = item.id;
    row.booked = amount_in(row.amount_.unit, item.change);
    row.booked_seq = item.seq;
}

/// What a line is that has no entry of its own amount.
void place_rest(bank_line_row& row, const statement_line& line, bank_matching& book) {
    if (bank_item* other = book.find(line, [](const bank_item& one) { return !one.taken; })) {
        other->taken = true;
        row.status = bank_line_status::differs;
        put_booked(row, *other);
        return;
    }
    const bank_item* same = book.find(line, [](const bank_item&) { return true; });
    if (!same) return;
    const bool back = (same->change > 0) != (line.amount_.minor > 0);
    row.status = back ? bank_line_status::returned : bank_line_status::repeated;
    put_booked(row, *same);
}

/// Entries of equal amount are found for all lines before any other is taken.
std::vector<bank_line_row> lines_of(const bank_account_id& account,
                                    const std::vector<const record<record_statement>*>& statements,
                                    std::vector<bank_item>& items) {
    std::vector<bank_line_row> rows;
    std::vector<const statement_line*> lines;
    bank_matching book(items);
    for (const auto* statement : statements)
        for (const statement_line& one : statement->asked.lines) {
            rows.push_back({account,
                            statement->asked.statement,
                            one.line,
                            one.day,
                            one.amount_,
                            one.end_to_end,
                            one.text,
                            bank_line_status::waiting,
                            {},
                            {},
                            {},
                            {},
                            static_cast<std::int64_t>(statement->seq)});
            lines.push_back(&one);
            bank_item* item = book.find(one, [&](const bank_item& of) {
                return !of.taken && of.change == one.amount_.minor;
            });
            if (!item) continue;
            item->taken = true;
            rows.back().status = bank_line_status::matched;
            put_booked(rows.back(), *item);
        }
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].status == bank_line_status::waiting) place_rest(rows[i], *lines[i], book);
    return rows;
}

result<amount> book_amount(const unit_id& unit, int128 minor, const std::string& account) {
    if (!fits(minor)) return refuse(refusals::overflow, {}, account);
    return amount_in(unit, minor);
}

int128 held_on(const std::vector<bank_item>& items, date day) {
    int128 sum = 0;
    for (const bank_item& one : items)
        if (!one.day || *one.day <= day) sum += one.change;
    return sum;
}

void put_unseen(reconciliation_view& v, bank_account_row& row, const unit_id& unit,
                const std::vector<bank_item>& items, date from) {
    for (const bank_item& one : items) {
        if (one.taken || !one.day || *one.day < from || *one.day > *row.day) continue;
        v.unseen.push_back(
            {row.account, one.what, one.id, one.day, amount_in(unit, one.change), one.seq});
        ++row.unseen;
    }
}

void put_lines(reconciliation_view& v, bank_account_row& row, std::vector<bank_line_row> lines) {
    for (bank_line_row& one : lines) {
        if (one.status == bank_line_status::waiting)
            ++row.waiting;
        else if (one.status != bank_line_status::matched)
            ++row.mismatched;
        v.lines.push_back(std::move(one));
    }
}

/// One account in one unit.
result<void> put_account(const world& w, const ledger::balance_key& key,
                         const std::vector<const record<record_statement>*>& statements,
                         std::vector<bank_item>& items, reconciliation_view& v) {
    const unit_id unit{key.unit};
    bank_account_row row;
    row.account = {key.account.substr(key.account.find(':') + 1)};
    if (const auto* opened = w.own.banks.find(row.account)) row.name = opened->asked.name;
    row.book = amount_in(unit, ledger::balance(w.own.book, key.account, key.unit));
    for (const auto* one : statements) {
        const record_statement& c = one->asked;
        const int128 held = held_on(items, c.until);
        const amount book = VECHE_TRY(book_amount(unit, held, key.account));
        const amount more = VECHE_TRY(book_amount(unit, c.closing.minor - held, key.account));
        v.statements.push_back({c.statement, row.account, c.from, c.until, c.opening, c.closing,
                                book, more, static_cast<std::int64_t>(c.lines.size()),
                                static_cast<std::int64_t>(one->seq)});
        row.book = book;
        row.statement = c.statement;
        row.day = c.until;
        row.bank = c.closing;
        row.difference = more;
    }
    if (!statements.empty()) {
        put_lines(v, row, lines_of(row.account, statements, items));
        put_unseen(v, row, unit, items, statements.front()->asked.from);
    }
    v.accounts.push_back(std::move(row));
    return {};
}

}  // namespace

result<reconciliation_view> ask(const world& w, const reconciliation_query& q, const viewer&) {
    items_by_account items = bank_items(w.own);
    std::map<ledger::balance_key, std::vector<const record<record_statement>*>> statements;
    for (const auto& [key, held] : w.own.book.balances)
        if (ledger::is_bank(key.account)) statements[key];
    for (const auto& [id, one] : w.own.statements)
        statements[{bank_name(one.asked.bank), one.asked.opening.unit.value}].push_back(&one);
    reconciliation_view v;
    for (auto& [key, of] : statements) {
        if (q.account && key.account != bank_name(q.account)) continue;
        std::sort(of.begin(), of.end(),
                  [](const auto* a, const auto* b) { return a->seq < b->seq; });
        VECHE_CHECK(put_account(w, key, of, items[key], v));
    }
    return v;
}

}  // namespace veche::fund
