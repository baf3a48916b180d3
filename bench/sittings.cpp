// Fills a union's folder with the sittings of a parliament: what `run.py` starts and verifies.
//
//   sittings FOLDER ENTRIES     prints how long the filling took

#include <filesystem>

#include "figures.hpp"
#include "parliament.hpp"
#include "store/folder.hpp"

int main(int argc, char** argv) {
    using namespace veche;
    if (argc < 3) return 2;
    const std::filesystem::path folder = argv[1];
    const std::size_t wanted = std::stoul(argv[2]);
    const auto from = bench::clock_type::now();
    bench::must(store::create_folder(folder, bench::origin));
    const auto files = bench::must(store::open_folder(folder));
    instant now{1'767'603'600'000};  // 2026-01-05T09:00Z
    office::options with;
    with.now = [&now] { return now; };
    with.ticker = false;
    const auto desk =
        bench::must(office::office::open(*files.journal, *files.publisher, std::move(with)));
    bench::must(desk->found(bench::example()));
    bench::parliament work(*desk, now);
    for (std::size_t n = 0; desk->durable_size() < wanted; ++n) work.session(n);
    bench::must(files.publisher->publish().map([](const auto&) { return 0; }));
    fmt::print(R"({{"what":"sittings","entries":{},"fill_s":{:.1f},"memory_bytes":{:.0f}}})"
               "\n",
               desk->durable_size(), bench::seconds_since(from), bench::resident_bytes());
    return 0;
}
