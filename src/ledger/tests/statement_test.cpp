#include "ledger/statement.hpp"

#include <doctest/doctest.h>

using namespace veche;
using namespace veche::ledger;

namespace {

std::string said_of(std::string_view text, const statement_columns& named = {},
                    decimal_mark mark = decimal_mark::unknown) {
    const auto found = read_statement(text, named, mark);
    if (!found) return found.error().sentence();
    std::string out = std::to_string(found->rows) + (found->newest_first ? " up " : " down ") +
                      to_text(found->opening) + " " + to_text(found->closing);
    if (const auto& at = found->first_break)
        out += " line " + std::to_string(at->line) + ": " + to_text(at->before) + " " +
               to_text(at->amount) + " " + to_text(at->expected) + " " + to_text(at->stated);
    return out;
}

}  // namespace

TEST_CASE("a statement whose balances follow") {
    CHECK(said_of("Date,Amount,Balance\n2026-01-01,5.00,105.00\n2026-01-02,-2.5,102.50\n") ==
          "2 down 100.00 102.50");
    CHECK(said_of("\xEF\xBB\xBF"
                  "Дата;Сумма;Остаток\r\n01.02.2026;1\u00A0000,50;1000,50\r\n") ==
          "1 down 0.00 1000.50");
    CHECK(said_of("Paid in\tPaid out\tBalance\n5\t\t5\n\t2\t3\n\t-1\t2\n") == "3 down 0 2");
    CHECK(said_of("a,\"the \"\"b\"\"\nnamed\",c\n1,1,1\n2,2,3\n", {"a", "", "", "C"}) ==
          "2 down 0 3");
}

TEST_CASE("the first row at which a balance stops adding up is named") {
    CHECK(said_of("Amount,Balance\n5,5\n1,6\n1,8\n1,9\n") == "4 down 0 9 line 4: 6 1 7 8");
    CHECK(said_of("Amount,Balance\n1,9\n1,8\n1,6\n5,5\n") == "4 up 0 9 line 3: 6 1 7 8");
    CHECK(said_of("Amount,Balance\n1,7\n1,6\n5,5\n") == "3 up 0 7");
}

TEST_CASE("what cannot be read of a statement is said with its line") {
    CHECK(said_of("") == "Line 1: the file is empty.");
    CHECK(said_of("Date,Amount\n") == "Line 1: no column is called balance.");
    CHECK(said_of("Date,Balance\n") ==
          "Line 1: no column is called amount, and no two credit and debit.");
    CHECK(said_of("Amount,Balance\n") == "Line 1: no rows follow the first.");
    CHECK(said_of("Amount,Balance\n1,2\n\n1\n") == "Line 4: the row has too few fields.");
    CHECK(said_of("Amount,Balance\nfive,5\n").starts_with("Line 2: "));
    CHECK(said_of("Amount,Balance\n\"5,5\n") == "Line 2: a quoted field does not end.");
    CHECK(said_of("Amount,Balance\n5 of 6,5\n") == "Line 2: \"5 of 6\" is not a number.");
}
