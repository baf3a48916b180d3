// Stable matching at the size of a country: applicants with lists of ten, made from a seed.
//
//   bench_matching make FILE APPLICANTS PROGRAMMES CHOICES LOAD% SKEW SEED   a file of numbers
//   bench_matching text FILE RP                                             the same as RP text
//   bench_matching fold FILE TURNS                                          one JSON object
//   bench_matching read RP TURNS                                            one JSON object
//
// Popularity of programme j is (1 + j)^-SKEW; every programme orders its applicants by its own lot.
// The file: applicants, programmes, choices, capacities, programmes chosen row by row, and the rank
// there of each choice, all as 32-bit numbers, little-endian.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "figures.hpp"
#include "matching/certificate_check.hpp"
#include "matching/deferred_acceptance.hpp"
#include "matching/market_file.hpp"

namespace {

using namespace veche;
using bench::clock_type;
using bench::quantile;
using numbers = std::vector<std::uint32_t>;

/// SplitMix64 (Steele, Lea and Flood 2014).
struct source {
    std::uint64_t state;
    std::uint64_t next() {
        std::uint64_t z = state += 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
};

struct instance {
    std::uint32_t applicants, programmes, length;
    numbers capacities, chosen, ranks;
};

void choose(instance& made, double skew, source& random) {
    std::vector<double> up_to(made.programmes);
    double sum = 0;
    for (std::uint32_t j = 0; j < made.programmes; ++j) up_to[j] = sum += std::pow(1.0 + j, -skew);
    for (std::size_t a = 0; a < made.applicants; ++a) {
        const auto row = made.chosen.begin() + static_cast<std::ptrdiff_t>(a * made.length);
        for (auto end = row; end != row + made.length;) {
            const auto at = std::lower_bound(up_to.begin(), up_to.end(), random.unit() * sum);
            const auto j = static_cast<std::uint32_t>(
                std::min<std::ptrdiff_t>(at - up_to.begin(), made.programmes - 1));
            if (std::find(row, end, j) == end) *end++ = j;
        }
    }
}

void rank(instance& made, source& random) {
    std::vector<std::vector<std::uint64_t>> of(made.programmes);
    for (std::size_t e = 0; e < made.chosen.size(); ++e) of[made.chosen[e]].push_back(e);
    for (auto& places : of) {
        for (std::size_t k = places.size(); k > 1; --k)
            std::swap(places[k - 1], places[random.next() % k]);
        for (std::size_t k = 0; k < places.size(); ++k)
            made.ranks[places[k]] = static_cast<std::uint32_t>(k);
    }
}

std::uint32_t number(const char* text) {
    return static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10));
}

int make(char** arg) {
    instance made{number(arg[1]), number(arg[2]), number(arg[3]), {}, {}, {}};
    const auto places =
        static_cast<std::uint64_t>(made.applicants / (std::strtod(arg[4], nullptr) / 100));
    for (std::uint32_t j = 0; j < made.programmes; ++j)
        made.capacities.push_back(static_cast<std::uint32_t>(places / made.programmes) +
                                  (j < places % made.programmes));
    made.chosen.resize(std::size_t{made.applicants} * made.length);
    made.ranks.resize(made.chosen.size());
    source random{std::strtoull(arg[6], nullptr, 10)};
    choose(made, std::strtod(arg[5], nullptr), random);
    rank(made, random);
    std::ofstream out(arg[0], std::ios::binary);
    const auto write = [&](const std::uint32_t* from, std::size_t count) {
        out.write(reinterpret_cast<const char*>(from), static_cast<std::streamsize>(count * 4));
    };
    write(&made.applicants, 1);
    write(&made.programmes, 1);
    write(&made.length, 1);
    write(made.capacities.data(), made.capacities.size());
    write(made.chosen.data(), made.chosen.size());
    write(made.ranks.data(), made.ranks.size());
    return out.flush() ? 0 : 1;
}

/// The market of a file, read in pieces so that no second copy of it stays in memory.
bool read(const char* file, matching::market& m) {
    std::ifstream in(file, std::ios::binary);
    const auto take = [&](numbers& into) {
        in.read(reinterpret_cast<char*>(into.data()),
                static_cast<std::streamsize>(into.size() * 4));
        return static_cast<bool>(in);
    };
    numbers head(3);
    if (!take(head)) return false;
    m.capacities.resize(head[1]);
    if (!take(m.capacities)) return false;
    m.choices.resize(std::size_t{head[0]} * head[2]);
    m.begins.clear();
    for (std::uint32_t a = 0; a <= head[0]; ++a) m.begins.push_back(a * head[2]);
    numbers piece(std::size_t{head[2]} * 1000);
    for (auto matching::choice::* part : {&matching::choice::programme, &matching::choice::rank})
        for (std::size_t at = 0; at < m.choices.size(); at += piece.size()) {
            piece.resize(std::min(piece.size(), m.choices.size() - at));
            if (!take(piece)) return false;
            for (std::size_t i = 0; i < piece.size(); ++i) m.choices[at + i].*part = piece[i];
            piece.resize(std::size_t{head[2]} * 1000);
        }
    return true;
}

/// FNV over the programmes, as the reference figures take it.
std::uint64_t fingerprint(const matching::assignment& placed) {
    std::uint64_t hash = 1469598103934665603ULL;
    for (const std::uint32_t at : placed) hash = (hash ^ at) * 1099511628211ULL;
    return hash;
}

/// The input once from front to end: what no algorithm can do without.
double scan_s(const matching::market& m) {
    const auto begin = clock_type::now();
    std::uint32_t seen = 0;
    for (const matching::choice& one : m.choices) seen += one.programme ^ one.rank;
    const double took = bench::seconds_since(begin);
    return seen == 1 ? took + 1e-12 : took;  // so that the sum is needed
}

int fold(const char* file, std::size_t turns) {
    const double before = bench::resident_bytes();
    matching::market m;
    if (!read(file, m)) return 1;
    std::vector<double> core;
    std::vector<double> checked;
    std::vector<double> scan;
    std::vector<double> offers;
    matching::outcome out;
    double memory = 0;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        scan.push_back(scan_s(m));
        auto begin = clock_type::now();
        out = matching::match_by_applicants(m);
        core.push_back(bench::seconds_since(begin));
        const bool sound = matching::check_stable(m, out).holds() &&
                           matching::check_optimal(m, out, matching::proposing::applicants).holds();
        checked.push_back(bench::seconds_since(begin));
        memory = std::max(memory, bench::resident_bytes() - before);
        begin = clock_type::now();
        const auto other = matching::match_by_programmes(m);
        offers.push_back(bench::seconds_since(begin));
        if (!sound || !matching::check_stable(m, other).holds()) return 1;
    }
    std::size_t without = 0;
    std::size_t first = 0;
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        without += out.placed[a] == matching::nobody;
        first += m.begins[a] < m.begins[a + 1] && m.choices[m.begins[a]].programme == out.placed[a];
    }
    std::printf(
        "{\"what\":\"matching\",\"applicants\":%u,\"programmes\":%u,\"core_s\":%.4f,"
        "\"core_low\":%.4f,\"core_high\":%.4f,\"checked_s\":%.4f,\"scan_s\":%.5f,"
        "\"offers_s\":%.4f,\"bytes\":%.0f,\"proposals\":%llu,\"unmatched\":%zu,\"first\":%zu,"
        "\"hash\":\"%016llx\"}\n",
        m.applicants(), m.programmes(), quantile(core, 0.5), quantile(core, 0), quantile(core, 1),
        quantile(checked, 0.5), quantile(scan, 0.5), quantile(offers, 0.5), memory,
        static_cast<unsigned long long>(out.proposals), without, first,
        static_cast<unsigned long long>(fingerprint(out.placed)));
    return 0;
}

/// The same as text in RP form, programmes ordering their applicants best first.
int text(const char* file, const char* to) {
    matching::market m;
    if (!read(file, m)) return 1;
    std::vector<std::vector<std::uint32_t>> order(m.programmes());
    for (const matching::choice& one : m.choices) order[one.programme].push_back(0);
    std::ofstream out(to, std::ios::binary);
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        out << "r " << a;
        for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i) {
            out << ' ' << m.choices[i].programme;
            order[m.choices[i].programme][m.choices[i].rank] = a;
        }
        out << '\n';
    }
    for (std::uint32_t p = 0; p < m.programmes(); ++p) {
        out << "p " << p << ' ' << m.capacities[p];
        for (const std::uint32_t a : order[p]) out << ' ' << a;
        out << '\n';
    }
    return out.flush() ? 0 : 1;
}

/// From text to a matching checked.
int read_text(const char* file, std::size_t turns) {
    std::vector<double> whole;
    std::vector<double> reading;
    std::uint64_t hash = 0;
    double size = 0;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        const auto begin = clock_type::now();
        std::string bytes;
        {
            std::ifstream in(file, std::ios::binary | std::ios::ate);
            bytes.resize(static_cast<std::size_t>(in.tellg()));
            in.seekg(0);
            if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return 1;
        }
        size = static_cast<double>(bytes.size());
        const auto market = matching::read_market_rp(bytes);
        if (!market) return 1;
        reading.push_back(bench::seconds_since(begin));
        const auto out = matching::match_by_applicants(market->of);
        if (!matching::check_stable(market->of, out).holds()) return 1;
        whole.push_back(bench::seconds_since(begin));
        matching::assignment named;  // programmes by their ids, which are numbers here
        for (const std::uint32_t p : out.placed)
            named.push_back(p == matching::nobody ? p : number(market->programmes[p].c_str()));
        hash = fingerprint(named);
    }
    std::printf(
        "{\"what\":\"matching text\",\"text_bytes\":%.0f,\"read_s\":%.4f,\"seconds\":%.4f,"
        "\"low\":%.4f,\"high\":%.4f,\"hash\":\"%016llx\"}\n",
        size, quantile(reading, 0.5), quantile(whole, 0.5), quantile(whole, 0), quantile(whole, 1),
        static_cast<unsigned long long>(hash));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view verb = argc > 1 ? argv[1] : "";
    if (argc == 9 && verb == "make") return make(argv + 2);
    if (argc == 4 && verb == "text") return text(argv[2], argv[3]);
    if (argc == 4 && verb == "fold") return fold(argv[2], number(argv[3]));
    if (argc == 4 && verb == "read") return read_text(argv[2], number(argv[3]));
    std::fprintf(stderr,
                 "bench_matching make FILE ... | text FILE RP | fold FILE TURNS | read RP TURNS\n");
    return 2;
}
