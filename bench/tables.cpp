// Ten million rows in BACI's form: text to a file of columns, and questions to that file.
//
//   bench_tables ROWS TURNS FOLDER    one JSON object; the files in FOLDER are taken away

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "figures.hpp"
#include "tables/column_file.hpp"
#include "tables/query.hpp"
#include "tables/read_text.hpp"
#include "trade/import.hpp"

namespace {

using namespace veche;
using bench::clock_type;
using bench::quantile;
using bench::seconds_since;

/// Rows as BACI has them: sorted, 226 territories, 5,000 products, each pair with every 25th of
/// them or so; values and quantities over six powers of ten, one quantity in twenty missing. The
/// same rows for the same seed everywhere.
void write_rows(const std::filesystem::path& file, std::size_t rows) {
    constexpr std::size_t territories = 226;
    constexpr std::size_t products = 5'000;
    std::mt19937_64 random(11);
    std::ofstream out(file, std::ios::binary);
    std::string text = "t,i,j,k,v,q\n";
    const auto amount = [&] {
        std::uint64_t most = 10;
        for (std::uint64_t size = random() % 6; size > 0; --size) most *= 10;
        return 1 + random() % (most * 1'000);
    };
    std::size_t made = 0;
    for (std::size_t pair = 0; made < rows; pair = (pair + 1) % (territories * territories)) {
        const std::size_t i = pair / territories;
        const std::size_t j = pair % territories;
        for (std::uint64_t k = random() % 50; i != j && k < products && made < rows;
             k += 1 + random() % 49, ++made) {
            const std::uint64_t v = amount();
            const std::uint64_t q = amount();
            char line[96];
            const int length =
                std::snprintf(line, sizeof line, "2020,%zu,%zu,%llu,%llu.%03llu,", 4 + 4 * i,
                              4 + 4 * j, static_cast<unsigned long long>(10'121 + 190 * k),
                              static_cast<unsigned long long>(v / 1'000),
                              static_cast<unsigned long long>(v % 1'000));
            text.append(line, static_cast<std::size_t>(length));
            if (random() % 20 == 0)
                text += "           NA\n";
            else
                text += std::to_string(q / 1'000) + "." +
                        std::to_string(1'000 + q % 1'000).substr(1) + "\n";
        }
        if (text.size() > 1'000'000) {
            out << text;
            text.clear();
        }
    }
    out << text;
}

struct figures {
    std::vector<double> import_s, import_cpu_s, flows_s, flows_cpu_s, scan_s, open_s, query_ms,
        query_cpu_ms;
    double text_bytes = 0, file_bytes = 0, peak_bytes = 0;
    std::uint64_t kept = 0, groups = 0;
};

/// The bare cost beside: every byte of the text read and hashed.
double read_and_hash(const std::filesystem::path& file) {
    const auto begin = clock_type::now();
    std::ifstream in(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (to_hex(sha256(bytes)).empty()) std::abort();
    return seconds_since(begin);
}

double cpu_since(std::clock_t begin) {
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

/// The same rows as flows of trade: codes with their zeros, traps looked for, kept.
bool flows(const std::filesystem::path& text, const std::filesystem::path& columns, figures& f) {
    const auto begin = clock_type::now();
    const std::clock_t worked = std::clock();
    trade::import_options options;
    options.classification = "HS17";
    options.repeated = trade::repeated_rule::add;
    const auto made = trade::import_file(text, options);
    if (!made || !made->flows ||
        !tables::write_columns(columns, trade::to_table(*made->flows), true))
        return false;
    f.flows_s.push_back(seconds_since(begin));
    f.flows_cpu_s.push_back(cpu_since(worked));
    f.peak_bytes = std::max(f.peak_bytes, bench::resident_bytes());
    return true;
}

bool turn(const std::filesystem::path& text, const std::filesystem::path& columns, figures& f) {
    f.scan_s.push_back(read_and_hash(text));
    auto begin = clock_type::now();
    const std::clock_t worked = std::clock();
    const auto read = tables::sound_table(tables::read_text_file(text, {}));
    if (!read || !tables::write_columns(columns, *read, true)) return false;
    f.import_s.push_back(seconds_since(begin));
    f.import_cpu_s.push_back(cpu_since(worked));
    f.peak_bytes = std::max(f.peak_bytes, bench::resident_bytes());
    begin = clock_type::now();
    const auto mapped = tables::open_columns(columns);
    if (!mapped) return false;
    f.open_s.push_back(seconds_since(begin));
    for (int i = 0; i < 5; ++i) {
        std::clock_t asked = std::clock();
        begin = clock_type::now();
        const auto answer = tables::sum_by(
            *mapped, {{{"i", {std::to_string(100 + 4 * i)}}, {"t", {"2020"}}}, {"j"}, "v"});
        if (!answer) return false;
        f.query_ms.push_back(seconds_since(begin) * 1e3);
        f.query_cpu_ms.push_back(cpu_since(asked) * 1e3);
        f.kept = answer->rows_kept;
        f.groups = answer->groups.size();
        asked = std::clock();
        begin = clock_type::now();
        const auto other = tables::sum_by(
            *mapped, {{{"i", {"4", "8"}}, {"j", {std::to_string(100 + 4 * i), "60"}}}, {"k"}, "q"});
        if (!other) return false;
        f.query_ms.push_back(seconds_since(begin) * 1e3);
        f.query_cpu_ms.push_back(cpu_since(asked) * 1e3);
    }
    f.file_bytes = static_cast<double>(std::filesystem::file_size(columns));
    return flows(text, columns, f);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "bench_tables ROWS TURNS FOLDER\n");
        return 2;
    }
    const std::filesystem::path folder = argv[3];
    const auto text = folder / "rows.csv";
    const auto columns = folder / "rows.columns";
    const std::size_t rows = std::strtoull(argv[1], nullptr, 10);
    std::filesystem::create_directories(folder);
    write_rows(text, rows);
    figures f;
    bool good = true;
    for (int i = 0; good && i < std::atoi(argv[2]); ++i) good = turn(text, columns, f);
    f.text_bytes = static_cast<double>(std::filesystem::file_size(text));
    std::filesystem::remove(text);
    std::filesystem::remove(columns);
    if (!good) return 1;
    std::printf(
        "{\"what\":\"tables\",\"rows\":%zu,\"import_s\":%.3f,\"import_low_s\":%.3f,"
        "\"import_high_s\":%.3f,\"import_cpu_s\":%.3f,\"flows_s\":%.3f,\"flows_cpu_s\":%.3f,\"read_"
        "and_hash_s\":%.3f,\"open_checked_s\":%"
        ".3f,"
        "\"query_ms\":%.2f,\"query_high_ms\":%.2f,\"query_cpu_ms\":%.2f,\"kept\":%llu,\"groups\":%"
        "llu,"
        "\"text_bytes\":%.0f,\"file_bytes\":%.0f,\"resident_bytes\":%.0f}\n",
        rows, quantile(f.import_s, 0.5), quantile(f.import_s, 0), quantile(f.import_s, 1),
        quantile(f.import_cpu_s, 0.5), quantile(f.flows_s, 0.5), quantile(f.flows_cpu_s, 0.5),
        quantile(f.scan_s, 0.5), quantile(f.open_s, 0.5), quantile(f.query_ms, 0.5),
        quantile(f.query_ms, 1), quantile(f.query_cpu_ms, 0.5),
        static_cast<unsigned long long>(f.kept), static_cast<unsigned long long>(f.groups),
        f.text_bytes, f.file_bytes, f.peak_bytes);
    return 0;
}
