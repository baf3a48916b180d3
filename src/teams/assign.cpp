#include "teams/assign.hpp"

#include <algorithm>

#include "kernel/check.hpp"
#include "teams/certificate_check.hpp"
#include "teams/conflict.hpp"
#include "teams/refusal.hpp"
#include "teams/score.hpp"
#include "teams/search.hpp"

namespace veche::teams {
namespace {

/// Prices may need fractions where windows of several families meet.
constexpr int128 grain_without_lots = 720, grain_with_lots = 12;

class solver {
  public:
    solver(const call& c, problem of) : call_(c), of_(std::move(of)), score_(of_, c) {}

    result<outcome> run() {
        limits_.nodes = call_.node_limit;
        limits_.grain = call_.seed ? grain_with_lots : grain_without_lots;
        score_.weigh(of_, limits_.grain);
        const search_result made = search(of_, limits_);
        write(made);
        if (out_.what == verdict::none) out_.reason = find_conflict(of_, made, call_.node_limit);
        if (made.found) out_.lot = lots_needed(made);
        if (out_.lot == lots::needed && !call_.seed) return refuse(refusals::lot_needed, "seed");
        return std::move(out_);
    }

  private:
    static int128 floor_of(int128 value, int128 by) {
        return value >= 0 ? value / by : -((-value + by - 1) / by);
    }

    void write(const search_result& made) {
        out_.nodes = made.nodes;
        out_.grain = static_cast<std::int64_t>(limits_.grain);
        write_placings(made);
        const int128 bound = floor_of(write_parts(made), limits_.grain);
        out_.bound = to_text(bound);
        if (!made.found) {
            out_.what = made.complete ? verdict::none : verdict::not_decided;
            return;
        }
        const int128 found = made.value / limits_.grain;
        out_.found = to_text(found);
        // What the search proved beyond the parts that are written.
        const bool by_aim = floor_of(bound_, limits_.grain * score_.lots_below()) <=
                            floor_of(found, score_.lots_below());
        out_.what = made.complete ? verdict::best : by_aim ? verdict::best_by_aim : verdict::gap;
    }

    void write_placings(const search_result& made) {
        for (std::uint32_t p = 0; p < of_.people_count(); ++p) {
            placing one{of_.people[p], std::nullopt};
            if (made.found && made.at[p] != nowhere) {
                const option& o = of_.options[made.at[p]];
                one.site = of_.sites[o.site];
                out_.utility += o.utility;
                ++out_.placed;
            }
            out_.placings.push_back(std::move(one));
        }
        std::sort(out_.placings.begin(), out_.placings.end(),
                  [](const placing& a, const placing& b) { return a.person < b.person; });
    }

    /// Writes the parts, or the first alone where they are many, and gives the bound of what it
    /// wrote.
    int128 write_parts(const search_result& made) {
        constexpr std::size_t most_prices = 200'000, most_work = 200'000'000;
        std::size_t prices = 0;
        bound_ = INT64_MIN;
        bool any = false;
        for (const search_part& one : made.parts) {
            prices += one.prices.size() + 1;
            if (one.option == nowhere) bound_ = any ? std::max(bound_, one.bound) : one.bound;
            any = any || one.option == nowhere;
        }
        out_.shortened = prices > most_prices || made.parts.size() * of_.options.size() > most_work;
        if (!out_.shortened) {
            for (const search_part& one : made.parts) out_.parts.push_back(part_of(one));
            return bound_;
        }
        search_part first = made.first;
        first.option = nowhere;
        out_.parts.push_back(part_of(first));
        return first.bound;
    }

    part part_of(const search_part& from) const {
        part to;
        if (from.option != nowhere) {
            const option& o = of_.options[from.option];
            to.person = of_.people[o.person];
            to.site = of_.sites[o.site];
            to.yes = static_cast<std::int32_t>(from.yes);
            to.no = static_cast<std::int32_t>(from.no);
            return to;
        }
        for (const auto& [r, worth] : from.prices)
            to.prices.push_back({of_.sites[of_.rules[r].site], of_.rules[r].of.what,
                                 of_.rules[r].of.value, to_text(worth)});
        return to;
    }

    /// Whether another assignment is as good by the aim: the search is asked for the one among the
    /// best that has most people elsewhere than here.
    lots lots_needed(const search_result& made) {
        if (out_.what == verdict::gap) return lots::not_decided;
        problem other = of_;
        score_.weigh_apart(other, made.at, limits_.grain);
        search_limits limits = limits_;
        limits.start = made.at;
        const search_result apart = search(other, limits);
        int128 here = 0;
        for (const std::uint32_t i : made.at)
            if (i != nowhere) here += other.options[i].weight;
        if (apart.value > here) return lots::needed;
        return apart.complete ? lots::not_needed : lots::not_decided;
    }

    const call& call_;
    problem of_;
    score score_;
    search_limits limits_;
    int128 bound_ = 0;
    outcome out_;
};

}  // namespace

result<outcome> solve(const call& c) {
    problem of = VECHE_TRY(read(c));
    outcome made = VECHE_TRY(solver(c, std::move(of)).run());
    const std::string fault = certificate_fault(c, made);
    VECHE_ENSURE(fault.empty(), "a result for teams passes its own check");
    return made;
}

}  // namespace veche::teams
