// Another program adds the book up again. Skipped, with a word, where neither is installed.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <sstream>

#include "fund/tests/treasury.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

namespace {

bool installed(const std::string& program) {
    return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    REQUIRE(pipe);
    std::string out;
    char block[4096];
    for (std::size_t n = 0; (n = fread(block, 1, sizeof block, pipe.get())) > 0;)
        out.append(block, n);
    return out;
}

/// A file that goes away with its owner.
class text_file {
  public:
    explicit text_file(const std::string& text) {
        std::string name = (std::filesystem::temp_directory_path() / "veche-book-XXXXXX").string();
        const int handle = mkstemp(name.data());
        REQUIRE(handle >= 0);
        path_ = name;
        std::ofstream(path_) << text;
    }
    ~text_file() { std::filesystem::remove(path_); }
    text_file(const text_file&) = delete;
    text_file& operator=(const text_file&) = delete;
    [[nodiscard]] std::string name() const { return path_.string(); }

  private:
    std::filesystem::path path_;
};

/// "account|UNIT" to the decimal number, zeros left out.
using balances = std::map<std::string, std::string>;

balances ours(const treasury& t) {
    balances all;
    for (const auto& [key, held] : t.own.book.balances)
        if (held.minor != 0)
            all[key.account + "|" + key.unit] =
                decimal_text(held.minor, t.charter.find_unit({key.unit})->scale);
    return all;
}

/// Rows "account","unit","number" as hledger writes them.
balances read_csv(const std::string& text) {
    balances all;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::erase(line, '"');
        std::istringstream cells(line);
        std::string account, unit, number;
        std::getline(cells, account, ',');
        std::getline(cells, unit, ',');
        std::getline(cells, number, ',');
        if (account == "account" || number == "0") continue;
        all[account + "|" + unit] = number;
    }
    return all;
}

/// Lines "account|unit number" as asked of ledger; a further unit follows on a line of its own.
balances read_lines(const std::string& text) {
    balances all;
    std::istringstream lines(text);
    std::string account;
    for (std::string line; std::getline(lines, line);) {
        if (const auto bar = line.find('|'); bar != std::string::npos) {
            account = line.substr(0, bar);
            line.erase(0, bar + 1);
        }
        const auto space = line.find(' ');
        if (space == std::string::npos) continue;
        all[account + "|" + line.substr(0, space)] = line.substr(space + 1);
    }
    return all;
}

/// A book of many entries in two units, with corrections and odd amounts.
treasury full_book() {
    treasury t;
    std::mt19937 random(7);
    for (int n = 0; n < 200; ++n) {
        const std::string number = std::to_string(n);
        if (n % 10 == 0) t.order(assessment_of("S" + number, 1 + random() % 1'000'000'000));
        const std::string member(1, static_cast<char>('A' + random() % 5));
        receive_contribution c = receipt_of("R" + number, member, 1 + random() % 100'000);
        if (random() % 4 == 0) c.amount_.unit = {"PLACE"};
        c.effective.days -= static_cast<std::int32_t>(random() % 400);
        t.must(cashier, c);
        if (random() % 7 == 0) t.must(controller, correction_of("C" + number, "R" + number));
    }
    t.must(cashier, receipt_of("small", "A", 1));
    return t;
}

}  // namespace

TEST_CASE("numbers are written with the places of their unit") {
    CHECK(decimal_text(1234, 2) == "12.34");
    CHECK(decimal_text(5, 2) == "0.05");
    CHECK(decimal_text(-5, 2) == "-0.05");
    CHECK(decimal_text(-100, 2) == "-1.00");
    CHECK(decimal_text(0, 3) == "0.000");
    CHECK(decimal_text(-42, 0) == "-42");
    CHECK(decimal_text(INT64_MAX, 2) == "92233720368547758.07");
    CHECK(decimal_text(INT64_MIN, 0) == "-9223372036854775808");
}

TEST_CASE("the book as text") {
    treasury t;
    t.order(assess_contributions{{"S1"}, 2027, rub(5), {{{"A"}, rub(5)}}});
    t.must(cashier, receipt_of("R1", "B", 120'050));
    CHECK(ledger_text(t.own, t.charter) ==
          "2026-11-24 (1) assess S1\n"
          "    ; decision: 2026-0001\n"
          "    Receivable:A  \"RUB\" 0.05\n"
          "    Income:Contribution:A  \"RUB\" -0.05\n"
          "\n"
          "2026-11-20 (2) receive R1\n"
          "    Bank:main  \"RUB\" 1200.50\n"
          "    Receivable:B  \"RUB\" -1200.50\n"
          "\n");
}

TEST_CASE("hledger finds the same balances") {
    if (!installed("hledger")) {
        MESSAGE("skipped: hledger is not installed");
        return;
    }
    const treasury t = full_book();
    const text_file book(ledger_text(t.own, t.charter));
    const auto theirs =
        read_csv(output_of("LC_ALL=C.UTF-8 hledger -f " + book.name() +
                           " balance --flat --layout=bare --output-format=csv --no-total"));
    CHECK(theirs.size() > 12);
    CHECK(theirs == ours(t));
}

TEST_CASE("ledger finds the same balances") {
    if (!installed("ledger")) {
        MESSAGE("skipped: ledger is not installed");
        return;
    }
    const treasury t = full_book();
    const text_file book(ledger_text(t.own, t.charter));
    const auto theirs = read_lines(
        output_of("ledger --args-only -f " + book.name() +
                  " balance --flat --no-total --balance-format '%(account)|%(display_total)\\n'"));
    CHECK(theirs.size() > 12);
    CHECK(theirs == ours(t));
}
