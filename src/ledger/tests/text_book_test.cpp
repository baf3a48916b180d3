#include "ledger/text_book.hpp"

#include <doctest/doctest.h>

#include "ledger/text_amount.hpp"

using namespace veche;
using namespace veche::ledger;

namespace {

std::string balances_of(std::string_view text, std::optional<date> until = {}) {
    const auto book = text_book::read(text);
    if (!book) return book.error().sentence();
    std::string out;
    for (const text_balance& one : book->balances(until))
        out += std::string(one.account) + " " + to_text(one.holds) + " " + std::string(one.unit) +
               "\n";
    return out;
}

std::string amount_of(std::string_view text, decimal_mark mark = decimal_mark::unknown) {
    amount_reader amount(text, mark);
    if (!amount.read()) return amount.why();
    return to_text(amount.number()) + "|" + std::string(amount.unit()) + "|" +
           std::string(amount.rest());
}

}  // namespace

TEST_CASE("amounts are read as people write them") {
    for (const auto& [written, read] : std::initializer_list<std::pair<const char*, const char*>>{
             {"5", "5||"},
             {"-5.20 RUB", "-5.20|RUB|"},
             {"RUB -5.20", "-5.20|RUB|"},
             {"-$5", "-5|$|"},
             {"$-5 ; note", "-5|$|; note"},
             {"\"study place\" 3", "3|study place|"},
             {"3 \"study place\"  @ 5 RUB", "3|study place|@ 5 RUB"},
             {"5 ₽ = 6 ₽", "5|₽|= 6 ₽"},
             {".5", "0.5||"},
             {"1,234.50", "1234.50||"},
             {"1.234,50 EUR", "1234.50|EUR|"},
             {"12,5", "12.5||"},
             {"1,000,000", "1000000||"},
             {"+7", "7||"},
             {"000000000000000005", "5||"}})
        CHECK_MESSAGE(amount_of(written) == read, written);
    CHECK(amount_of("1,000", decimal_mark::comma) == "1.000||");
    CHECK(amount_of("1,000", decimal_mark::point) == "1000||");
    CHECK(amount_of("1.000,5", decimal_mark::comma) == "1000.5||");
}

TEST_CASE("amounts that are none, or may be two, are refused") {
    for (const char* wrong : {"", "-", "RUB", ".", "RUB .", "1,000", "1.000,000.00", "1,00,000.0",
                              "1234567890123456789", "\"RUB 5", "\"\" 5", "@ 5", "1,2,3"})
        CHECK_MESSAGE(amount_of(wrong).find('|') == std::string::npos, wrong);
}

TEST_CASE("a book is read: marks, codes, comments, units, what is left out") {
    CHECK(balances_of(R"(; a comment
account Bank:main
    a note of the directive
comment
2026-01-01 not an entry
end comment
2026-01-01 * (1) Opening | of the book  ; said here
    ; and here
    Bank:main          1,000.50 RUB
    Equity:Opening

2026/1/5=2026/1/7 ! two units
    Expense:Travel   100 "study place"
    Expense:Travel   $5
    Bank:main
~ monthly
    Expense:Planned  5 RUB
    Bank:main
2026.02.01
    Bank:main   -0.50 RUB
    Expense:Travel   0.5 RUB
)") == "Bank:main -5 $\nBank:main 1000.00 RUB\nBank:main -100 study place\n"
       "Equity:Opening -1000.50 RUB\nExpense:Travel 5 $\nExpense:Travel 0.5 RUB\n"
       "Expense:Travel 100 study place\n");
}

TEST_CASE("prices count, exactly") {
    CHECK(balances_of("2026-01-01\n a  100.00 USD @ 82.42135 INR\n b  -8242.135 INR\n") ==
          "a 100.00 USD\nb -8242.135 INR\n");
    CHECK(balances_of("2026-01-01\n a  -3 USD @@ 10 RUB\n b  10 RUB\n") == "a -3 USD\nb 10 RUB\n");
    CHECK(balances_of("2026-01-01\n a  100.00 USD @ 82.42135 INR\n b  -8242.14 INR\n") ==
          "Line 1: the entry does not sum to zero: -0.0050000 INR is left over.");
}

TEST_CASE("balances that the text states are checked, or set") {
    const std::string opening = "2026-01-01\n a  5 RUB = 5.00 RUB\n b\n";
    CHECK(balances_of(opening) == "a 5 RUB\nb -5 RUB\n");
    CHECK(balances_of(opening + "2026-01-02\n a  1 RUB = 7 RUB\n b\n") ==
          "Line 5: a should hold 7 RUB here, and holds 6.");
    CHECK(balances_of(opening + "2026-01-02\n a  = 9 RUB\n b\n") == "a 9 RUB\nb -9 RUB\n");
    CHECK(balances_of(opening + "2026-01-02\n a:x  1 RUB\n a  0 RUB =* 6 RUB\n b\n") ==
          "a 5 RUB\na:x 1 RUB\nb -6 RUB\n");
    CHECK(balances_of(opening + "2026-01-02\n a  1 EUR == 1 EUR\n b\n") ==
          "Line 5: a should hold nothing but EUR here, and holds 5 RUB.");
}

TEST_CASE("postings in brackets are kept apart, or balance among themselves") {
    CHECK(balances_of("2026-01-01\n a  5 RUB\n b\n (c)  7 RUB\n [d]  1 RUB\n [e]\n") ==
          "a 5 RUB\nb -5 RUB\nc 7 RUB\nd 1 RUB\ne -1 RUB\n");
    CHECK(balances_of("2026-01-01\n [d]  1 RUB\n [e]  -2 RUB\n") ==
          "Line 1: the entry does not sum to zero: -1 RUB is left over.");
}

TEST_CASE("balances of a day in the past") {
    const std::string text = "2026-01-02\n a  5 RUB\n b\n\n2026-01-01\n a  1 RUB\n b\n";
    CHECK(balances_of(text, parse_date("2026-01-01")) == "a 1 RUB\nb -1 RUB\n");
    CHECK(balances_of(text, parse_date("2026-01-02")) == "a 6 RUB\nb -6 RUB\n");
    CHECK(balances_of(text, parse_date("2025-12-31")).empty());
}

TEST_CASE("balances of a past day of a long book are those of its beginning") {
    std::string text;
    std::string first;
    for (int n = 0; n < 300'000; ++n) {
        const char* day = n < 140'000 ? "2026-01-01" : n < 270'000 ? "2026-01-02" : "2026-01-03";
        text += std::string(day) + "\n a" + std::to_string(n % 7) + "  " + std::to_string(n % 97) +
                " RUB\n b\n\n";
        if (n + 1 == 140'000) first = balances_of(text);
    }
    CHECK(balances_of(text, parse_date("2026-01-01")) == first);
    CHECK(balances_of(text, parse_date("2026-01-03")) == balances_of(text));
    // Out of order nothing is started from: the answer is the same.
    const std::string late = "2026-01-01\n a0  1 RUB\n c\n";
    CHECK(balances_of(text + late, parse_date("2026-01-02")) ==
          balances_of(late + text, parse_date("2026-01-02")));
}

TEST_CASE("what is wrong is refused with its line, and nothing is guessed") {
    for (const auto& [text, words] : std::initializer_list<std::pair<const char*, const char*>>{
             {"2026-02-30 x\n a  1 RUB\n b\n", "Line 1: a line that begins with a digit"},
             {"2026-01-01x\n a  1 RUB\n b\n", "Line 1: after the date comes a space"},
             {"2026-01-01\n a  1 RUB\n b  -2 RUB\n",
              "Line 1: the entry does not sum to zero: -1 RUB"},
             {"2026-01-01\n a  100 EUR\n b  -9000 RUB\n",
              "Line 1: the entry does not sum to zero: 100 EUR"},
             {"2026-01-01\n a  100.004 EUR\n b  -100.00 EUR\n",
              "Line 1: the entry does not sum to zero: 0.004 EUR"},
             {"2026-01-01\n a\n b\n", "Line 3: two amounts of one entry are left out"},
             {"2026-01-01\n\n a  1 RUB\n", "Line 1: an entry has no postings"},
             {"2026-01-01\n a  1 RUB {5 EUR}\n b\n", "Line 2: \"{5 EUR}\" after an amount"},
             {"2026-01-01\n a  1,000 RUB\n b\n",
              "Line 2: a number such as 1,000 may be one or a thousand"},
             {"2026-01-01\n (a)\n", "Line 2: an amount in round brackets is left out"},
             {"include other.journal\n", "Line 1: \"include\" is not read"},
             {"alias a=b\n", "Line 1: \"alias\" is not read"},
             {"= expenses\n  (b)  1 RUB\n", "Line 1: \"=\" is not read"},
             {"comment\nnever ended\n", "Line 2: \"end comment\" is missing"},
             {"2026-01-01\n a  999999999999999999 RUB @ 999999999999999999 EUR\n b\n",
              "Line 3: the amount is too large"}})
        CHECK_MESSAGE(balances_of(text).starts_with(words), balances_of(text));
}

TEST_CASE("an empty book is one") {
    CHECK(balances_of("").empty());
    CHECK(balances_of("\n\n; nothing\n").empty());
}
