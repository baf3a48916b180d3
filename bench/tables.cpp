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

namespace {

using namespace veche;
using bench::clock_type;
using bench::quantile;
using bench::seconds_since;

/// Exporters, partners and products by turns as BACI has them: sorted, each exporter with some
/// partners, each pair with some products; values and quantities over six powers of ten, one
/// quantity in twenty missing. The same rows for the same seed everywhere.
void write_rows(const std::filesystem::path& file, std::size_t rows) {
    std::mt19937_64 random(11);
    std::ofstream out(file, std::ios::binary);
    std::string text = "t,i,j,k,v,q\n";
    std::size_t made = 0;
    for (std::uint64_t i = 4; made < rows; i = i % 890 + 4)
        for (std::uint64_t j = 4; j < 894 && made < rows; j += 1 + random() % 8)
            for (std::uint64_t k = 10121; k < 970600 && made < rows; k += 1 + random() % 20'000) {
                const std::uint64_t size = random() % 6;
                std::uint64_t most = 10;
                for (std::uint64_t s = 0; s < size; ++s) most *= 10;
                const std::uint64_t v = 1 + random() % (most * 1'000);
                const std::uint64_t q = 1 + random() % (most * 1'000);
                char line[96];
                int length = std::snprintf(
                    line, sizeof line, "2020,%llu,%llu,%llu,%llu.%03llu,",
                    static_cast<unsigned long long>(i), static_cast<unsigned long long>(j),
                    static_cast<unsigned long long>(k), static_cast<unsigned long long>(v / 1'000),
                    static_cast<unsigned long long>(v % 1'000));
                text.append(line, static_cast<std::size_t>(length));
                if (random() % 20 == 0) {
                    text += "           NA\n";
                } else {
                    length = std::snprintf(line, sizeof line, "%llu.%03llu\n",
                                           static_cast<unsigned long long>(q / 1'000),
                                           static_cast<unsigned long long>(q % 1'000));
                    text.append(line, static_cast<std::size_t>(length));
                }
                ++made;
                if (text.size() > 1'000'000) {
                    out << text;
                    text.clear();
                }
            }
    out << text;
}

struct figures {
    std::vector<double> import_s, import_cpu_s, scan_s, open_s, query_ms;
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

bool turn(const std::filesystem::path& text, const std::filesystem::path& columns, figures& f) {
    f.scan_s.push_back(read_and_hash(text));
    auto begin = clock_type::now();
    const std::clock_t worked = std::clock();
    const auto read = tables::sound_table(tables::read_text_file(text, {}));
    if (!read || !tables::write_columns(columns, *read, true)) return false;
    f.import_s.push_back(seconds_since(begin));
    f.import_cpu_s.push_back(static_cast<double>(std::clock() - worked) / CLOCKS_PER_SEC);
    f.peak_bytes = std::max(f.peak_bytes, bench::resident_bytes());
    begin = clock_type::now();
    const auto mapped = tables::open_columns(columns);
    if (!mapped) return false;
    f.open_s.push_back(seconds_since(begin));
    for (int i = 0; i < 5; ++i) {
        begin = clock_type::now();
        const auto answer = tables::sum_by(
            *mapped, {{{"i", {std::to_string(100 + i)}}, {"t", {"2020"}}}, {"j"}, "v"});
        if (!answer) return false;
        f.query_ms.push_back(seconds_since(begin) * 1e3);
        f.kept = answer->rows_kept;
        f.groups = answer->groups.size();
        begin = clock_type::now();
        const auto other = tables::sum_by(
            *mapped, {{{"i", {"4", "8"}}, {"j", {std::to_string(100 + i), "50"}}}, {"k"}, "q"});
        if (!other) return false;
        f.query_ms.push_back(seconds_since(begin) * 1e3);
    }
    return true;
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
    if (good) f.file_bytes = static_cast<double>(std::filesystem::file_size(columns));
    std::filesystem::remove(text);
    std::filesystem::remove(columns);
    if (!good) return 1;
    std::printf(
        "{\"what\":\"tables\",\"rows\":%zu,\"import_s\":%.3f,\"import_low_s\":%.3f,"
        "\"import_high_s\":%.3f,\"import_cpu_s\":%.3f,\"read_and_hash_s\":%.3f,\"open_checked_s\":%"
        ".3f,"
        "\"query_ms\":%.2f,\"query_high_ms\":%.2f,\"kept\":%llu,\"groups\":%llu,"
        "\"text_bytes\":%.0f,\"file_bytes\":%.0f,\"resident_bytes\":%.0f}\n",
        rows, quantile(f.import_s, 0.5), quantile(f.import_s, 0), quantile(f.import_s, 1),
        quantile(f.import_cpu_s, 0.5), quantile(f.scan_s, 0.5), quantile(f.open_s, 0.5),
        quantile(f.query_ms, 0.5), quantile(f.query_ms, 1), static_cast<unsigned long long>(f.kept),
        static_cast<unsigned long long>(f.groups), f.text_bytes, f.file_bytes, f.peak_bytes);
    return 0;
}
