// Books kept as text: read whole, every entry checked to sum to zero, every balance added up; the
// same file goes to hledger and ledger (run.py).
//
//   bench_books make FILE ENTRIES    a seeded book of two legs an entry, 4 units, 1,004 accounts
//   bench_books fold FILE TURNS      one JSON object
//   bench_books post ENTRIES         the book of a union (ledger/book.hpp), every entry checked and
//                                    posted; one JSON object

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "figures.hpp"
#include "ledger/book.hpp"
#include "ledger/text_book.hpp"

namespace {

using namespace veche;
using bench::clock_type;
using bench::quantile;

int make(const char* file, std::size_t entries) {
    constexpr const char* units[] = {"RUB", "BYN", "EUR", "CNY"};
    const date first = *parse_date("2015-01-01");
    std::mt19937_64 random(7);
    std::ofstream out(file, std::ios::binary);
    for (std::size_t n = 0; n < entries; ++n) {
        const std::size_t line = random() % 1000;
        const char* unit = units[random() % 4];
        const auto minor = 1 + random() % 10'000'000;
        char amount[32];
        std::snprintf(amount, sizeof amount, "%llu.%02llu",
                      static_cast<unsigned long long>(minor / 100),
                      static_cast<unsigned long long>(minor % 100));
        const date day{first.days + static_cast<std::int32_t>(n * 3650 / entries)};
        out << to_text(day) << " (E" << n << ") payment " << n << "\n    Expense:Programme "
            << line % 40 << ":Line " << line << "  " << amount << ' ' << unit
            << "\n    Bank:" << unit << "  -" << amount << ' ' << unit << "\n\n";
    }
    return out.flush() ? 0 : 1;
}

int fold(const char* file, std::size_t turns) {
    std::string text;
    {
        std::ifstream in(file, std::ios::binary | std::ios::ate);
        text.resize(static_cast<std::size_t>(in.tellg()));
        in.seekg(0);
        in.read(text.data(), static_cast<std::streamsize>(text.size()));
        if (!in) return 1;
    }
    std::vector<double> whole;
    std::vector<double> past;
    double memory = 0;
    double entries = 0;
    std::string bank;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        const double before = bench::resident_bytes();
        auto begin = clock_type::now();
        const auto book = ledger::text_book::read(text);
        if (!book) {
            std::fprintf(stderr, "%s\n", book.error().sentence().c_str());
            return 1;
        }
        const auto now = book->balances();
        whole.push_back(bench::seconds_since(begin));
        if (turn == 0) memory = bench::resident_bytes() - before + static_cast<double>(text.size());
        begin = clock_type::now();
        if (book->balances(parse_date("2020-01-01")).size() > now.size()) return 1;
        past.push_back(bench::seconds_since(begin));
        entries = static_cast<double>(book->entries());
        for (const auto& one : now)
            if (one.account == "Bank:RUB") bank = to_text(one.holds);
    }
    std::printf(
        "{\"what\":\"book\",\"entries\":%.0f,\"seconds\":%.4f,\"low\":%.4f,\"high\":%.4f,"
        "\"past_s\":%.4f,\"bytes_per_entry\":%.1f,\"text_bytes_per_entry\":%.1f,"
        "\"bank_rub\":\"%s\"}\n",
        entries, quantile(whole, 0.5), quantile(whole, 0), quantile(whole, 1), quantile(past, 0.5),
        memory / entries, static_cast<double>(text.size()) / entries, bank.c_str());
    return 0;
}

/// What members paid over ten years, and what was spent of it: entries of two legs, four units, 104
/// accounts.
int post(std::size_t entries) {
    constexpr const char* units[] = {"RUB", "BYN", "EUR", "CNY"};
    const date first = *parse_date("2015-01-01");
    std::mt19937_64 random(7);
    const double before = bench::resident_bytes();
    ledger::book book;
    for (const char* unit : units)
        ledger::post(book, ledger::declare_unit{{unit, {}, {}}, unit, 2}, 0);
    const auto begin = clock_type::now();
    for (std::size_t n = 0; n < entries; ++n) {
        const date day{first.days + static_cast<std::int32_t>(n * 3650 / entries)};
        const ledger::receive one{{"receive:contribution-" + std::to_string(n), day, "cashier"},
                                  "Bank:main",
                                  "member-" + std::to_string(random() % 25),
                                  units[random() % 4],
                                  1 + static_cast<std::int64_t>(random() % 10'000'000)};
        if (!ledger::check(book, one).good()) return 1;
        ledger::post(book, one, n);
    }
    const double took = bench::seconds_since(begin);
    const double memory = bench::resident_bytes() - before;
    std::vector<double> past;
    for (std::int32_t year = 2016; year < 2025; ++year) {
        const auto asked = clock_type::now();
        if (ledger::folded_until(book, date_from({year, 7, 1})).size() > book.balances.size())
            return 1;
        past.push_back(bench::seconds_since(asked));
    }
    std::printf(
        "{\"what\":\"posted book\",\"entries\":%zu,\"us_each\":%.3f,\"bytes_per_entry\":%.1f,"
        "\"past_us\":%.1f}\n",
        entries, took / static_cast<double>(entries) * 1e6, memory / static_cast<double>(entries),
        quantile(past, 0.5) * 1e6);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view verb = argc > 1 ? argv[1] : "";
    if (argc == 4 && verb == "make") return make(argv[2], std::strtoul(argv[3], nullptr, 10));
    if (argc == 4 && verb == "fold") return fold(argv[2], std::strtoul(argv[3], nullptr, 10));
    if (argc == 3 && verb == "post") return post(std::strtoul(argv[2], nullptr, 10));
    std::fprintf(stderr, "bench_books make FILE ENTRIES | fold FILE TURNS | post ENTRIES\n");
    return 2;
}
