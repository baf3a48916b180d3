// Teams for sites under windows on size, three categories and a skill; a panel by leximin.
//
//   bench_teams assign PEOPLE SITES CATEGORIES NODES TURNS    one JSON object
//   bench_teams panel PEOPLE SIZE CATEGORIES TURNS            one JSON object

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "figures.hpp"
#include "teams/assign.hpp"
#include "teams/certificate_check.hpp"
#include "teams/panel_check.hpp"

namespace {

using namespace veche;
using bench::clock_type;
using bench::quantile;

/// Each person may go to ten sites. Sites need eight tenths of all, from each of four member states
/// at least a tenth and at most half of a team, of each of the other features at most six tenths.
teams::call make_call(std::size_t people, std::size_t sites, std::size_t categories,
                      std::int64_t nodes) {
    std::mt19937_64 random(11);
    teams::call c;
    c.id = "bench";
    c.node_limit = nodes;
    c.seed = std::string(64, '5');
    const auto team = static_cast<std::int64_t>(people * 8 / 10 / sites);
    const std::size_t features[] = {4, 3, 2};
    for (std::size_t s = 0; s < sites; ++s) {
        teams::site one{"s" + std::to_string(s), {{"size", "", team - team / 5, team + team / 5}}};
        for (std::size_t k = 0; k < categories; ++k)
            for (std::size_t f = 0; f < features[k % 3]; ++f)
                one.windows.push_back({"c" + std::to_string(k), "f" + std::to_string(f), team / 10,
                                       k == 0 ? team / 2 : team * 6 / 10});
        if (categories > 1) one.windows.push_back({"skill", "welder", team / 8, std::nullopt});
        c.sites.push_back(std::move(one));
    }
    for (std::size_t p = 0; p < people; ++p) {
        teams::person one;
        one.id = "p" + std::to_string(p);
        for (std::size_t k = 0; k < categories; ++k)
            one.features["c" + std::to_string(k)] =
                "f" + std::to_string(random() % features[k % 3]);
        if (random() % 5 == 0) one.skills.push_back("welder");
        for (std::size_t n = 0; n < 10; ++n) {
            const std::string at = "s" + std::to_string((p + n * n + random() % 3) % sites);
            bool twice = false;
            for (const teams::wish& w : one.wishes) twice = twice || w.site == at;
            if (!twice)
                one.wishes.push_back({at, static_cast<std::int64_t>(100 - 10 * n + random() % 30)});
        }
        c.people.push_back(std::move(one));
    }
    return c;
}

/// What each turn took, and the last result.
template <class Result>
struct turns_taken {
    Result made;
    std::vector<double> solve_s;
    std::vector<double> check_s;
};

/// Nothing where a problem was refused or a result does not hold.
template <class Result, class Problem>
std::optional<turns_taken<Result>> solved(const Problem& problem, std::size_t turns,
                                          veche::result<Result> (*solve)(const Problem&),
                                          std::string (*fault_of)(const Problem&, const Result&)) {
    turns_taken<Result> out;
    for (std::size_t turn = 0; turn < turns; ++turn) {
        auto begin = clock_type::now();
        auto found = solve(problem);
        out.solve_s.push_back(bench::seconds_since(begin));
        if (!found) {
            std::fprintf(stderr, "%s\n", found.error().sentence().c_str());
            return std::nullopt;
        }
        out.made = *std::move(found);
        begin = clock_type::now();
        if (!fault_of(problem, out.made).empty()) return std::nullopt;
        out.check_s.push_back(bench::seconds_since(begin));
    }
    return out;
}

int assign(std::size_t people, std::size_t sites, std::size_t categories, std::int64_t nodes,
           std::size_t turns) {
    const teams::call c = make_call(people, sites, categories, nodes);
    const auto taken = solved<teams::outcome>(c, turns, teams::solve, teams::certificate_fault);
    if (!taken) return 1;
    const auto& [made, solve_s, check_s] = *taken;
    std::printf(
        "{\"what\":\"teams\",\"people\":%zu,\"sites\":%zu,\"categories\":%zu,\"verdict\":\"%s\","
        "\"utility\":%lld,\"placed\":%lld,\"nodes\":%lld,\"found\":\"%s\",\"bound\":\"%s\","
        "\"seconds\":%.4f,\"low\":%.4f,\"high\":%.4f,\"check_s\":%.4f,\"memory_mb\":%.1f}\n",
        people, sites, categories, std::string(name_of(made.what)).c_str(),
        static_cast<long long>(made.utility), static_cast<long long>(made.placed),
        static_cast<long long>(made.nodes), made.found.c_str(), made.bound.c_str(),
        quantile(solve_s, 0.5), quantile(solve_s, 0), quantile(solve_s, 1), quantile(check_s, 0.5),
        bench::resident_bytes() / 1e6);
    return 0;
}

/// Features of unlike frequency, each category tied to the one before; windows of the panel that
/// those who applied do not meet by chance.
teams::panel_call make_panel(std::size_t people, std::size_t size, std::size_t categories) {
    std::mt19937_64 random(23);
    teams::panel_call c;
    c.id = "bench";
    c.size = static_cast<std::int64_t>(size);
    c.node_limit = 100'000;
    const std::size_t features[] = {2, 4, 5, 3, 2};
    for (std::size_t p = 0; p < people; ++p) {
        teams::respondent one;
        one.id = std::to_string(p);
        std::size_t before = 0;
        for (std::size_t k = 0; k < categories; ++k) {
            const std::size_t n = features[k % 5];
            before = std::min({random() % n, random() % n, (before + random() % n) % n});
            one.features["c" + std::to_string(k)] = "f" + std::to_string(before);
        }
        c.people.push_back(std::move(one));
    }
    for (std::size_t k = 0; k < categories; ++k)
        for (std::size_t f = 0; f < features[k % 5]; ++f) {
            const std::string category = "c" + std::to_string(k);
            const std::string feature = "f" + std::to_string(f);
            const auto applied = static_cast<std::size_t>(
                std::count_if(c.people.begin(), c.people.end(), [&](const teams::respondent& one) {
                    return one.features.at(category) == feature;
                }));
            // Half way between their share of those who applied and an even share.
            const std::size_t n = features[k % 5];
            const auto share =
                static_cast<std::int64_t>(size * (applied * n + people) / (2 * people * n));
            c.quotas.push_back(
                {category, feature, std::max<std::int64_t>(share - 1, 0), share + 2});
        }
    return c;
}

int panel(std::size_t people, std::size_t size, std::size_t categories, std::size_t turns) {
    const teams::panel_call c = make_panel(people, size, categories);
    const auto taken =
        solved<teams::panel_outcome>(c, turns, teams::find_lottery, teams::panel_fault);
    if (!taken) return 1;
    const auto& [made, solve_s, check_s] = *taken;
    std::printf(
        "{\"what\":\"panel\",\"people\":%zu,\"size\":%zu,\"categories\":%zu,\"verdict\":\"%s\","
        "\"kinds\":%zu,\"panels\":%zu,\"levels\":%zu,\"least\":\"%s\",\"most\":\"%s\","
        "\"seconds\":%.4f,\"low\":%.4f,\"high\":%.4f,\"check_s\":%.4f,\"memory_mb\":%.1f}\n",
        people, size, categories, std::string(name_of(made.what)).c_str(), made.kinds.size(),
        made.panels.size(), made.levels.size(),
        made.levels.empty() ? "" : made.levels.front().probability.c_str(),
        made.levels.empty() ? "" : made.levels.back().probability.c_str(), quantile(solve_s, 0.5),
        quantile(solve_s, 0), quantile(solve_s, 1), quantile(check_s, 0.5),
        bench::resident_bytes() / 1e6);
    return 0;
}

std::size_t number(const char* text) {
    return std::strtoul(text, nullptr, 10);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view verb = argc > 1 ? argv[1] : "";
    if (argc == 7 && verb == "assign")
        return assign(number(argv[2]), number(argv[3]), number(argv[4]),
                      static_cast<std::int64_t>(number(argv[5])), number(argv[6]));
    if (argc == 6 && verb == "panel")
        return panel(number(argv[2]), number(argv[3]), number(argv[4]), number(argv[5]));
    std::fprintf(stderr,
                 "bench_teams assign PEOPLE SITES CATEGORIES NODES TURNS | panel PEOPLE SIZE "
                 "CATEGORIES TURNS\n");
    return 2;
}
