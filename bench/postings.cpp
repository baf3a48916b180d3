// Postings made durable: contributions received, each an act and an entry of the book, handed in by
// one caller in batches of 1, 100 and 8,000. A batch is answered when all of it is on disk. Prints
// one JSON object per size.

#include <cstdlib>
#include <vector>

#include "figures.hpp"
#include "hall.hpp"
#include "journal/envelope.hpp"
#include "store/folder.hpp"

namespace {

using namespace veche;
using bench::clock_type;
using bench::quantile;

office::submission posting(std::size_t n) {
    const std::string number = std::to_string(n);
    const std::string body = R"({"amount":{"minor":")" + std::to_string(100 + n % 900) +
                             R"(","unit":"RUB"},"contribution":"c)" + number +
                             R"(","effective":"2026-01-15","member":")" +
                             (n % 2 == 0 ? "ru" : "by") + R"(","reference":"r)" + number + "\"}";
    return {journal::compose_act_line("treasurer", "pc/treasurer", body, bench::idem(n),
                                      bench::origin, "fund.receive_contribution", 1),
            {},
            {"treasurer"}};
}

}  // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 5.0;
    const std::filesystem::path scratch = "build/bench/postings";
    std::filesystem::remove_all(scratch);
    std::filesystem::create_directories(scratch);
    bench::must(store::create_folder(scratch / "union", bench::origin));
    auto folder = bench::must(store::open_folder(scratch / "union"));
    office::options with;
    with.now = [] { return instant{1'790'000'000'000}; };
    with.batch = 8'192;
    with.ticker = false;
    auto desk = bench::must(office::office::open(*folder.journal, *folder.publisher, with));
    bench::must(desk->found(bench::example()));
    std::size_t next = 0;
    for (const std::size_t size : {1, 100, 8'000}) {
        std::vector<double> took_ms;
        const auto begin = clock_type::now();
        const std::size_t first = next;
        do {
            std::vector<office::submission> batch;
            for (std::size_t i = 0; i < size; ++i) batch.push_back(posting(next++));
            const auto handed_in = clock_type::now();
            for (auto& answer : desk->submit_all(std::move(batch))) bench::must(std::move(answer));
            took_ms.push_back(
                std::chrono::duration<double, std::milli>(clock_type::now() - handed_in).count());
        } while (clock_type::now() - begin < std::chrono::duration<double>(seconds));
        const std::chrono::duration<double> whole = clock_type::now() - begin;
        std::printf(
            "{\"what\":\"postings\",\"batch\":%zu,\"per_s\":%.0f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,"
            "\"batches\":%zu}\n",
            size, static_cast<double>(next - first) / whole.count(), quantile(took_ms, 0.5),
            quantile(took_ms, 0.99), took_ms.size());
        std::fflush(stdout);
    }
}
