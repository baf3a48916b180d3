// A made-up data set of flows taken into a cube once, and questions asked of it, beside one pass
// over the same text that does nothing but count its lines; in turns; CPU seconds.
//
//   bench_explore ROWS TURNS    one JSON object

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "explore/question.hpp"
#include "figures.hpp"

namespace {

using namespace veche;
using bench::quantile;

/// BACI's columns: 200 territories, 5,000 products, two years.
std::string make_text(std::size_t rows) {
    std::mt19937_64 random(3);
    std::string out = "t,i,j,k,v,q\n";
    for (std::size_t n = 0; n < rows; ++n) {
        // Each place once, so that no row says another value of the same flow.
        const std::size_t place = n * 11;
        const std::size_t i = place / 5'000 / 200 % 200;
        const std::size_t j = place / 5'000 % 200;
        out += std::to_string(2019 + place / 200'000'000 % 2) + "," + std::to_string(100 + i) +
               "," + std::to_string(100 + (i == j ? 200 : j)) + "," +
               std::to_string(10'000 + place % 5'000) + "," + std::to_string(random() % 1'000'000) +
               ",1\n";
    }
    return out;
}

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

template <class Work>
double timed(Work work) {
    const double begin = cpu_seconds();
    work();
    return cpu_seconds() - begin;
}

}  // namespace

int main(int count, char** words) {
    const std::size_t rows = count > 1 ? std::strtoull(words[1], nullptr, 10) : 500'000;
    const int turns = count > 2 ? std::atoi(words[2]) : 5;
    const std::string text = make_text(rows);
    std::vector<double> reading, asking, counting;
    std::size_t lines = 0;
    double total = 0;
    std::size_t bytes = 0;
    for (int turn = 0; turn < turns; ++turn) {
        result<explore::flow_cube> cube = explore::flow_cube{};
        reading.push_back(timed([&] { cube = explore::cube_of(text, "made up"); }));
        if (!cube) {
            std::fprintf(stderr, "%s\n", cube.error().sentence().c_str());
            return 1;
        }
        bytes = cube->bytes();
        explore::question asked;
        asked.of = cube->areas.front();
        asked.by = explore::grouping::product;
        asked.digits = 2;
        asking.push_back(timed([&] { total += explore::sums(*cube, asked)->total; }));
        counting.push_back(timed([&] {
            lines += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
        }));
    }
    std::printf(
        "{\"rows\": %zu, \"text_bytes\": %zu, \"cube_bytes\": %zu, \"reading_s\": %.4f, "
        "\"asking_s\": %.5f, \"counting_s\": %.5f, \"ask_over_count\": %.2f, \"check\": %.0f}\n",
        rows, text.size(), bytes, quantile(reading, 0.5), quantile(asking, 0.5),
        quantile(counting, 0.5), quantile(asking, 0.5) / std::max(quantile(counting, 0.5), 1e-9),
        total + static_cast<double>(lines));
    return 0;
}
