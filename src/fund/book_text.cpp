#include "fund/book_text.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "fund/checks.hpp"
#include "fund/operations.hpp"
#include "kernel/check.hpp"
#include "ledger/decimal.hpp"

namespace veche::fund {
namespace {

/// An id as a part of an account's name.
std::string bean_part(std::string_view id) {
    std::string out = "X";
    for (const char c : id) {
        if (c == '-')
            out += "--";
        else if (c == '.')
            out += "-d";
        else if (c == '_')
            out += "-u";
        else if (c == '/')
            out += "-s";
        else
            out += c;
    }
    return out;
}

/// "Assets:Receivable:Xru" for "Receivable:ru".
std::string bean_account(std::string_view account) {
    const std::size_t first = account.find(':');
    const std::string kind(account.substr(0, first));
    const std::string rest(first == std::string_view::npos ? "" : account.substr(first + 1));
    constexpr std::string_view contribution = "Contribution:";
    if (kind == "Income" && rest.starts_with(contribution))
        return "Income:Contribution:" + bean_part(rest.substr(contribution.size()));
    const auto under = [&](const std::string& root) {
        return rest.empty() ? root : root + ":" + bean_part(rest);
    };
    if (kind == "Income") return under("Income");
    if (kind == "Expense") return under("Expenses");
    if (kind == "Payable") return under("Liabilities:Payable");
    if (kind == "Exchange") return under("Equity:Exchange");
    return under("Assets:" + kind);
}

std::string decimal_in(const charter::state& charter, const ledger::leg_view& l) {
    return decimal_text(l.minor, scale_of(charter, {std::string(l.unit)}));
}

}  // namespace

std::string decimal_text(int128 minor, std::int32_t scale) {
    return ledger::to_text(ledger::decimal{minor, scale});
}

std::string ledger_text(const state& s, const charter::state& charter) {
    std::string out;
    for (const auto& [place, entry] : s.book.entries) {
        VECHE_ENSURE(entry.day.has_value(), "the fund writes no entry without a day");
        std::string what(entry.id);
        std::replace(what.begin(), what.end(), ':', ' ');
        out += to_text(*entry.day) + " (" + std::to_string(entry.number) + ") " + what + "\n";
        if (const decision_id* order = s.orders.find(place))
            out += "    ; decision: " + order->value + "\n";
        for (const ledger::leg_view l : entry.legs)
            out += fmt::format("    {}  \"{}\" {}\n", l.account, l.unit, decimal_in(charter, l));
        out += "\n";
    }
    return out;
}

std::string beancount_text(const state& s, const charter::state& charter) {
    std::map<std::string, date> opened;
    for (const auto& [place, entry] : s.book.entries)
        for (const ledger::leg_view l : entry.legs) {
            const auto [found, is_new] = opened.emplace(bean_account(l.account), *entry.day);
            if (!is_new) found->second = std::min(found->second, *entry.day);
        }
    std::string out;
    for (const auto& [account, on] : opened) out += to_text(on) + " open " + account + "\n";
    for (const auto& [place, entry] : s.book.entries) {
        out += fmt::format("\n{} * \"{}\"\n", to_text(*entry.day), entry.id);
        out += "  entry: \"" + std::to_string(entry.number) + "\"\n";
        if (const decision_id* order = s.orders.find(place))
            out += "  decision: \"" + order->value + "\"\n";
        for (const ledger::leg_view l : entry.legs)
            out += fmt::format("  {}  {} {}\n", bean_account(l.account), decimal_in(charter, l),
                               l.unit);
    }
    return out;
}

std::string book_csv(const state& s, const charter::state& charter) {
    std::string out = "day,entry,what,id,decision,account,amount,unit\r\n";
    for (const auto& [place, entry] : s.book.entries) {
        const auto [what, id] = parts_of(entry.id);
        const decision_id* order = s.orders.find(place);
        // Ids, days, numbers and names of accounts hold neither commas nor quotes.
        const std::string head = to_text(*entry.day) + "," + std::to_string(entry.number) + "," +
                                 what + "," + id + "," + (order ? order->value : std::string()) +
                                 ",";
        for (const ledger::leg_view l : entry.legs)
            out += fmt::format("{}{},{},{}\r\n", head, l.account, decimal_in(charter, l), l.unit);
    }
    return out;
}

}  // namespace veche::fund
