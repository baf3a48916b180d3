#include "matching/vector_cases.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "matching/certificate_check.hpp"
#include "matching/deferred_acceptance.hpp"
#include "matching/foreign_json.hpp"
#include "matching/lots.hpp"
#include "matching/score_limits.hpp"

namespace veche::matching {
namespace {

/// Thrown and caught within this file.
struct unlike {
    std::string what;
};

/// The market of a case, and the names in it.
struct vector_market {
    market of;
    std::vector<std::string> applicants;
    std::vector<std::string> programmes;
};

foreign_json member(const foreign_json& of, std::string_view name) {
    auto all = of.object();
    const auto found = all.find(name);
    if (found == all.end()) throw unlike{"the case has no " + std::string(name)};
    return found->second;
}

std::uint32_t small_number(const foreign_json& n) {
    const auto value = n.integer();
    if (!value || *value < 0 || *value >= no_limit) throw unlike{n.text() + " is no count"};
    return static_cast<std::uint32_t>(*value);
}

std::uint32_t place_of(const std::vector<std::string>& names, std::string_view name) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) throw unlike{"the case has no " + std::string(name) + " in its lists"};
    return static_cast<std::uint32_t>(at - names.begin());
}

/// The ranks that a programme gives, by place in a list or by a class for each name.
std::map<std::string, std::uint32_t> ranks_of(const foreign_json& order) {
    std::map<std::string, std::uint32_t> ranks;
    for (const auto& [name, rank] : order.object()) ranks[name] = small_number(rank);
    for (const foreign_json& one : order.list())
        ranks.emplace(one.text(), static_cast<std::uint32_t>(ranks.size()));
    return ranks;
}

vector_market market_of(const foreign_json& input, std::string_view orders_name) {
    vector_market made;
    const auto capacity = member(input, "capacity");
    std::vector<std::map<std::string, std::uint32_t>> ranks;
    for (const auto& [name, order] : member(input, orders_name).object()) {
        made.programmes.push_back(name);
        made.of.capacities.push_back(small_number(member(capacity, name)));
        ranks.push_back(ranks_of(order));
    }
    for (const auto& [name, list] : member(input, "applicants").object()) {
        made.applicants.push_back(name);
        for (const foreign_json& one : list.list()) {
            const std::uint32_t p = place_of(made.programmes, one.text());
            if (const auto rank = ranks[p].find(name); rank != ranks[p].end())
                made.of.choices.push_back({p, rank->second});
        }
        made.of.begins.push_back(static_cast<std::uint32_t>(made.of.choices.size()));
    }
    return made;
}

assignment expected_of(const vector_market& m, const foreign_json& said) {
    assignment placed(m.of.applicants(), nobody);
    for (const auto& [name, at] : said.object())
        if (!at.is_null()) placed[place_of(m.applicants, name)] = place_of(m.programmes, at.text());
    return placed;
}

std::string text_of(const vector_market& m, const assignment& placed) {
    std::string all;
    for (std::uint32_t a = 0; a < placed.size(); ++a)
        all += fmt::format("{}{}:{}", a == 0 ? "" : " ", m.applicants[a],
                           placed[a] == nobody ? "-" : m.programmes[placed[a]]);
    return all;
}

using expectations = foreign_json::members;

void compare(const vector_market& m, const expectations& expected, std::string_view name,
             const assignment& placed) {
    const auto said = expected.find(name);
    if (said == expected.end()) return;
    if (const assignment wanted = expected_of(m, said->second); wanted != placed)
        throw unlike{fmt::format("{}: {} expected, {} came out", name, text_of(m, wanted),
                                 text_of(m, placed))};
}

/// Every stable assignment, by trying all.
std::vector<assignment> all_stable(const market& m) {
    std::vector<assignment> found;
    assignment placed(m.applicants(), nobody);
    const std::function<void(std::uint32_t)> place = [&](std::uint32_t a) {
        if (a == m.applicants()) {
            if (check_weakly_stable(m, placed).holds()) found.push_back(placed);
            return;
        }
        placed[a] = nobody;
        place(a + 1);
        for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i) {
            placed[a] = m.choices[i].programme;
            place(a + 1);
        }
    };
    if (m.applicants() > 10) throw unlike{"the case is too large to try all assignments"};
    place(0);
    return found;
}

void require(bool holds, std::string_view what) {
    if (!holds) throw unlike{std::string(what)};
}

void run_strict(const foreign_json& whole) {
    const expectations expected = member(whole, "expected").object();
    const vector_market m = market_of(member(whole, "input"), "programmes");
    const outcome best = match_by_applicants(m.of);
    const outcome worst = match_by_programmes(m.of);
    for (const auto& [out, side] :
         {std::pair(&best, proposing::applicants), std::pair(&worst, proposing::programmes)})
        require(check_stable(m.of, *out).holds() && check_optimal(m.of, *out, side).holds(),
                "a certificate does not hold");
    compare(m, expected, "applicant_optimal", best.placed);
    compare(m, expected, "DA", best.placed);
    compare(m, expected, "programme_optimal", worst.placed);
    if (const auto count = expected.find("n_stable"); count != expected.end()) {
        const auto all = all_stable(m.of);
        require(all.size() == small_number(count->second),
                fmt::format("{} stable matchings, not {}", all.size(), count->second.text()));
    }
    if (const auto said = expected.find("pareto_dominating_unstable"); said != expected.end())
        require(!check_weakly_stable(m.of, expected_of(m, said->second)).holds(),
                "the assignment said to be unstable is stable");
}

/// Lots that stand in the order of a list of names; those not named follow in theirs.
lots lots_by(const vector_market& m, const std::vector<std::string>& first) {
    std::vector<std::string> keys(m.applicants.size());
    for (std::size_t a = 0; a < keys.size(); ++a) {
        const auto at = std::find(first.begin(), first.end(), m.applicants[a]) - first.begin();
        keys[a] = fmt::format("{:06}{:06}", at, a);
    }
    return [keys](std::uint32_t, std::uint32_t a) { return keys[a]; };
}

/// The name in "lottery_x_first" or "DA_tie_1_before_3".
std::string first_in(std::string_view name, std::string_view before, std::string_view after) {
    name.remove_prefix(before.size());
    return std::string(name.substr(0, name.find(after)));
}

void run_equals(const foreign_json& whole) {
    const expectations expected = member(whole, "expected").object();
    const vector_market m = market_of(member(whole, "input"), "programme_rank_classes");
    for (const auto& [name, said] : expected)
        if (name.starts_with("DA_tie_")) {
            const auto lot = lots_by(m, {first_in(name, "DA_tie_", "_before")});
            compare(m, expected, name, match_by_applicants(drawn(m.of, lot)).placed);
        } else if (name == "stable_improvement") {
            // From every way of drawing the lots; where two come out, lots are said to decide.
            std::vector<std::uint32_t> order(m.applicants.size());
            std::iota(order.begin(), order.end(), 0);
            do {
                std::vector<std::string> names;
                for (const std::uint32_t a : order) names.push_back(m.applicants[a]);
                const auto from = match_by_applicants(drawn(m.of, lots_by(m, names))).placed;
                require(!decided_by_lot(m.of, from).empty(), "lots are not said to decide");
                compare(m, expected, name, improve(m.of, from, order));
            } while (std::next_permutation(order.begin(), order.end()));
        }
    auto found = all_stable(m.of);
    if (const auto said = expected.find("all_weakly_stable"); said != expected.end()) {
        std::vector<assignment> wanted;
        for (const foreign_json& one : said->second.list()) wanted.push_back(expected_of(m, one));
        std::sort(wanted.begin(), wanted.end());
        std::sort(found.begin(), found.end());
        require(found == wanted, "the weakly stable matchings are others");
    }
    if (const auto said = expected.find("sizes"); said != expected.end()) {
        std::vector<std::int64_t> sizes;
        for (const assignment& one : found)
            sizes.push_back(static_cast<std::int64_t>(one.size()) -
                            std::count(one.begin(), one.end(), nobody));
        for (const foreign_json& size : said->second.list())
            require(std::find(sizes.begin(), sizes.end(), size.integer()) != sizes.end(),
                    "no weakly stable matching has the size " + size.text());
    }
}

void run_limits(const foreign_json& whole) {
    const expectations expected = member(whole, "expected").object();
    const vector_market m = market_of(member(whole, "input"), "programme_rank_classes");
    for (const auto& [of, policy] : {std::pair("H_stable", tie_policy::hungarian),
                                     std::pair("L_stable", tie_policy::chilean)}) {
        const outcome out = match_by_limits(m.of, policy);
        require(check_score_limits(m.of, out, policy).holds(), "a certificate does not hold");
        compare(m, expected, of, out.placed);
    }
    for (const auto& [name, said] : expected)
        if (name.starts_with("lottery_")) {
            const auto lot = lots_by(m, {first_in(name, "lottery_", "_first")});
            compare(m, expected, name, match_by_applicants(drawn(m.of, lot)).placed);
        }
}

/// Markets from a counter, so that the property is tried on the same ones everywhere.
market counted_market(std::uint32_t seed) {
    std::uint64_t state = seed * std::uint64_t{0x9E3779B97F4A7C15} + 1;
    const auto below = [&](std::uint32_t n) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>((state >> 33) % n);
    };
    market m;
    const std::uint32_t programmes = 1 + below(4);
    for (std::uint32_t p = 0; p < programmes; ++p) m.capacities.push_back(below(4));
    const std::uint32_t applicants = 1 + below(6);
    std::vector<std::uint32_t> next(programmes);
    for (std::uint32_t a = 0; a < applicants; ++a) {
        std::vector<std::uint32_t> list(programmes);
        std::iota(list.begin(), list.end(), 0);
        for (std::uint32_t i = programmes; i > 1; --i) std::swap(list[i - 1], list[below(i)]);
        list.resize(1 + below(programmes));
        // Strict, and in an order of its own at each programme.
        for (const std::uint32_t p : list) m.choices.push_back({p, below(1000) * applicants + a});
        m.begins.push_back(static_cast<std::uint32_t>(m.choices.size()));
    }
    return m;
}

/// The theorem of the rural hospitals (Roth 1986), on markets of which every stable matching is
/// found by trying all.
void run_rural_hospitals() {
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        const market m = counted_market(seed);
        const auto all = all_stable(m);
        const auto fill = fill_of(m, all.front());
        for (const assignment& one : all) {
            require(fill_of(m, one) == fill, "two stable matchings fill programmes otherwise");
            for (std::uint32_t a = 0; a < m.applicants(); ++a) {
                const std::uint32_t here = all.front()[a];
                require((here == nobody) == (one[a] == nobody),
                        "two stable matchings place different applicants");
                if (here != nobody && fill[here] < m.capacities[here])
                    require(one[a] == here, "a programme with free seats gets others");
            }
        }
        require(std::find(all.begin(), all.end(), match_by_applicants(m).placed) != all.end() &&
                    std::find(all.begin(), all.end(), match_by_programmes(m).placed) != all.end(),
                "an engine's matching is not among the stable ones");
    }
}

}  // namespace

std::optional<std::string> run_vector(std::string_view kind, std::string_view whole_case_json,
                                      const std::filesystem::path&) {
    const foreign_json whole(whole_case_json);
    try {
        if (kind == "HR")
            run_strict(whole);
        else if (kind == "HRT")
            run_equals(whole);
        else if (kind == "score-limits")
            run_limits(whole);
        else if (kind == "property" &&
                 whole_case_json.find("rural hospitals") != std::string_view::npos)
            run_rural_hospitals();
        else
            return std::nullopt;
    } catch (const unlike& one) {
        return one.what;
    }
    return "";
}

}  // namespace veche::matching
