#include "calls/places.hpp"

#include <algorithm>
#include <map>

#include "kernel/hash.hpp"
#include "matching/certificate_check.hpp"
#include "matching/deferred_acceptance.hpp"
#include "matching/lots.hpp"
#include "matching/reserved_acceptance.hpp"
#include "matching/score_limits.hpp"

namespace veche::calls {
namespace {

using matching::nobody;

/// The market of a round: scores become ranks, the highest score rank 0.
matching::market market_of(const run_input& in) {
    const std::int64_t most = most_points(in.of->asked);
    matching::market m;
    for (const auto& runs : in.seats) {
        std::int64_t free = 0;
        for (const seat_run& run : runs) free += run.seats;
        m.capacities.push_back(static_cast<std::uint32_t>(free));
    }
    for (const candidate& one : in.candidates) {
        const auto rank = static_cast<std::uint32_t>(most - one.score);
        for (const std::uint32_t p : one.choices) m.choices.push_back({p, rank});
        m.begins.push_back(static_cast<std::uint32_t>(m.choices.size()));
    }
    return m;
}

/// What an applicant's lot at a programme is compared by.
std::string lot_of(const run_input& in, std::uint32_t programme, const person_id& applicant) {
    const auto& id = in.of->asked.programmes[programme].programme;
    const hash256 key = key_of(*in.of, in.seed, id, applicant);
    return std::string(as_bytes(key)) + applicant.value;
}

matching::reserves reserves_of(const run_input& in) {
    matching::reserves out;
    for (const candidate& one : in.candidates) out.types.push_back(one.groups);
    for (const auto& runs : in.seats) {
        matching::seat_plan plan;
        for (const seat_run& run : runs)
            plan.runs.push_back({static_cast<std::uint32_t>(run.seats),
                                 run.group ? *run.group : matching::any_type, run.hard});
        out.plans.push_back(std::move(plan));
    }
    return out;
}

bool reserves_used(const run_input& in) {
    return std::any_of(in.seats.begin(), in.seats.end(),
                       [](const auto& runs) { return runs.size() > 1; });
}

std::string told(const run_input& in, const matching::verdict& v) {
    if (v.holds()) return {};
    const auto& all = in.of->asked.programmes;
    return matching::sentence(
        v, v.applicant == nobody ? std::string() : in.candidates[v.applicant].applicant.value,
        v.programme == nobody ? std::string() : all[v.programme].programme.value);
}

/// Placement and the run of places of each candidate, with the verdict on it.
struct matched {
    matching::assignment placed;
    std::vector<std::uint32_t> runs;
    std::vector<std::uint32_t> lots;  ///< programmes at which lots decided
    std::string fault;
};

matched by_limits(const run_input& in, const matching::market& m) {
    const auto policy = in.of->asked.rules.ties == tie_policy::hungarian
                            ? matching::tie_policy::hungarian
                            : matching::tie_policy::chilean;
    matching::outcome o = matching::match_by_limits(m, policy);
    std::string fault = told(in, matching::check_score_limits(m, o, policy));
    return {std::move(o.placed), std::vector<std::uint32_t>(m.applicants()), {}, std::move(fault)};
}

matched by_lots(const run_input& in, const matching::market& m, const matching::market& strict) {
    matching::outcome o = matching::match_by_applicants(strict);
    std::string fault = told(in, matching::check_stable(strict, o));
    if (fault.empty())
        fault = told(in, matching::check_optimal(strict, o, matching::proposing::applicants));
    std::vector<std::uint32_t> lots = matching::decided_by_lot(m, o.placed);
    return {std::move(o.placed), std::vector<std::uint32_t>(m.applicants()), std::move(lots),
            std::move(fault)};
}

/// Whether the candidate would rather be at the choice than where it was placed.
bool prefers(const matching::market& m, const matching::assignment& placed, std::uint32_t who,
             std::uint32_t choice) {
    for (std::uint32_t c = m.begins[who]; c < choice; ++c)
        if (m.choices[c].programme == placed[who]) return false;
    return m.choices[choice].programme != placed[who];
}

/// With reserves: programmes that refuse somebody and admit another of the same score and the same
/// groups. Only a lot parts these two.
std::vector<std::uint32_t> parted_by_lot(const run_input& in, const matching::market& m,
                                         const matching::assignment& placed) {
    using like = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
    std::map<like, int> seen;  // bit 0: one of them is admitted, bit 1: one is refused
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c) {
            const std::uint32_t p = m.choices[c].programme;
            const like key{p, m.choices[c].rank, in.candidates[a].groups};
            if (placed[a] == p) seen[key] |= 1;
            if (prefers(m, placed, a, c)) seen[key] |= 2;
        }
    std::vector<std::uint32_t> out;
    for (const auto& [key, what] : seen)
        if (what == 3 && (out.empty() || out.back() != std::get<0>(key)))
            out.push_back(std::get<0>(key));
    return out;
}

matched by_reserves(const run_input& in, const matching::market& m,
                    const matching::market& strict) {
    const matching::reserves held = reserves_of(in);
    matching::reserved_outcome o = matching::match_with_reserves(strict, held);
    std::string fault = told(in, matching::check_reserved(strict, held, o));
    std::vector<std::uint32_t> lots = parted_by_lot(in, m, o.of.placed);
    return {std::move(o.of.placed), std::move(o.runs), std::move(lots), std::move(fault)};
}

/// The last admitted of one entry of the cutoffs, while candidates are counted into it.
struct tally {
    std::int64_t taken = 0;
    std::optional<std::uint32_t> last_rank;  ///< in the strict order
    std::uint32_t last = 0;                  ///< its candidate
    void add(std::uint32_t rank, std::uint32_t who) {
        ++taken;
        if (!last_rank || rank > *last_rank) {
            last_rank = rank;
            last = who;
        }
    }
};

/// The cutoff of a programme's open places and of each of its reserves: who sits in a reserve
/// without being of its group sits there as one of all.
class cutoff_maker {
  public:
    cutoff_maker(const run_input& in, const matched& what, const matching::market& strict)
        : in_(in), tallies_(in.seats.size()) {
        for (std::size_t p = 0; p < in.seats.size(); ++p)
            tallies_[p].resize(in.seats[p].size() + 1);
        for (std::uint32_t a = 0; a < in.candidates.size(); ++a) {
            const std::uint32_t p = what.placed[a];
            if (p == nobody) continue;
            for (std::uint32_t c = strict.begins[a]; c < strict.begins[a + 1]; ++c)
                if (strict.choices[c].programme == p)
                    tallies_[p][entry_of(p, what.runs[a], in.candidates[a].groups)].add(
                        strict.choices[c].rank, a);
        }
    }

    [[nodiscard]] std::vector<cutoff> make() const {
        std::vector<cutoff> out;
        for (std::uint32_t p = 0; p < in_.seats.size(); ++p) add(p, out);
        return out;
    }

  private:
    /// Position of the run, or one behind the last for open places.
    [[nodiscard]] std::size_t entry_of(std::uint32_t p, std::uint32_t run,
                                       std::uint32_t groups) const {
        const auto& group = in_.seats[p][run].group;
        return group && (groups >> *group & 1) != 0 ? run : in_.seats[p].size();
    }
    void add(std::uint32_t p, std::vector<cutoff>& out) const {
        const auto& plan = in_.of->asked.programmes[p];
        if (in_.of->is_set_aside(plan.programme)) return;
        std::int64_t open = 0;
        for (std::size_t r = 0; r < in_.seats[p].size(); ++r) {
            const seat_run& run = in_.seats[p][r];
            const std::int64_t taken = tallies_[p][r].taken;
            open += run.group ? (run.hard ? 0 : run.seats - taken) : run.seats;
            if (!run.group || run.seats == 0) continue;
            out.push_back(entry(p, tallies_[p][r], run.seats));
            out.back().group = in_.of->asked.groups[*run.group].group;
        }
        if (open > 0) out.push_back(entry(p, tallies_[p].back(), open));
    }
    [[nodiscard]] cutoff entry(std::uint32_t p, const tally& t, std::int64_t seats) const {
        cutoff out;
        out.programme = in_.of->asked.programmes[p].programme;
        out.seats = seats;
        out.taken = t.taken;
        if (t.taken < seats || !t.last_rank) return out;
        out.score = in_.candidates[t.last].score;
        if (in_.of->asked.rules.ties == tie_policy::lottery)
            out.key =
                to_hex(key_of(*in_.of, in_.seed, out.programme, in_.candidates[t.last].applicant));
        return out;
    }

    const run_input& in_;
    std::vector<std::vector<tally>> tallies_;
};

/// Where classes stay together the limit is the class itself, also where it was refused whole and
/// places stayed empty.
std::vector<cutoff> class_cutoffs(const run_input& in, const matching::market& m,
                                  const matched& what) {
    const std::int64_t most = most_points(in.of->asked);
    std::vector<std::int64_t> taken(in.seats.size());
    std::vector<std::uint32_t> limit(in.seats.size(), UINT32_MAX);  // best rank refused
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        if (what.placed[a] != nobody) ++taken[what.placed[a]];
        for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c) {
            const matching::choice& one = m.choices[c];
            if (prefers(m, what.placed, a, c))
                limit[one.programme] = std::min(limit[one.programme], one.rank);
        }
    }
    std::vector<cutoff> out;
    for (std::uint32_t p = 0; p < in.seats.size(); ++p) {
        const auto& id = in.of->asked.programmes[p].programme;
        if (in.of->is_set_aside(id) || m.capacities[p] == 0) continue;
        cutoff& one = out.emplace_back();
        one.programme = id;
        one.seats = m.capacities[p];
        one.taken = taken[p];
        // The least score above the best one refused.
        if (limit[p] != UINT32_MAX) one.score = most - limit[p] + 1;
    }
    return out;
}

/// The candidate's place in the order of each of its choices, from 1; equals share a place.
void rank_all(const matching::market& m, run_result& out) {
    std::vector<std::vector<std::uint32_t>> by(m.programmes());
    for (const matching::choice& one : m.choices) by[one.programme].push_back(one.rank);
    for (auto& ranks : by) std::sort(ranks.begin(), ranks.end());
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c) {
            const auto& ranks = by[m.choices[c].programme];
            const auto at = std::lower_bound(ranks.begin(), ranks.end(), m.choices[c].rank);
            out.placings[a].ranks.push_back(at - ranks.begin() + 1);
        }
}

/// What everybody can check from the cutoffs alone: each candidate has the first of its choices
/// whose cutoff it meets.
std::string check_by_cutoffs(const run_input& in, const run_result& out) {
    std::vector<std::vector<const cutoff*>> by(in.seats.size());
    for (const cutoff& one : out.cutoffs) by[position_of(*in.of, *one.programme)].push_back(&one);
    const bool lots = draws_lots(in.of->asked);
    for (std::size_t a = 0; a < in.candidates.size(); ++a) {
        const candidate& who = in.candidates[a];
        const auto first =
            std::find_if(who.choices.begin(), who.choices.end(), [&](std::uint32_t p) {
                const auto& id = in.of->asked.programmes[p].programme;
                // Most are above or below; only an equal score takes the trouble of a lot.
                const bool equal =
                    lots && std::any_of(by[p].begin(), by[p].end(),
                                        [&](const cutoff* one) { return one->score == who.score; });
                const std::string key =
                    equal ? to_hex(key_of(*in.of, in.seed, id, who.applicant)) : std::string();
                return std::any_of(by[p].begin(), by[p].end(), [&](const cutoff* one) {
                    return meets(*one, *in.of, who.groups, who.score, key);
                });
            });
        const placing& got = out.placings[a];
        const bool same =
            first == who.choices.end() ? !got.offered : got.offered && got.programme == *first;
        if (!same) return "the cutoffs place " + who.applicant.value + " elsewhere";
    }
    return {};
}

}  // namespace

matching::market strict_market(const run_input& in) {
    return matching::drawn(market_of(in), [&](std::uint32_t p, std::uint32_t a) {
        return lot_of(in, p, in.candidates[a].applicant);
    });
}

run_result allocate_places(const run_input& in) {
    const matching::market m = market_of(in);
    const bool lots = draws_lots(in.of->asked);
    const matching::market strict = lots ? strict_market(in) : m;
    const matched what = !lots               ? by_limits(in, m)
                         : reserves_used(in) ? by_reserves(in, m, strict)
                                             : by_lots(in, m, strict);
    run_result out;
    out.fault = what.fault;
    out.placings.resize(in.candidates.size());
    for (std::uint32_t a = 0; a < in.candidates.size(); ++a)
        if (what.placed[a] != nobody) {
            out.placings[a].offered = true;
            out.placings[a].programme = what.placed[a];
            out.placings[a].seat = what.runs[a];
        }
    rank_all(strict, out);
    out.cutoffs = lots ? cutoff_maker(in, what, strict).make() : class_cutoffs(in, m, what);
    for (const std::uint32_t p : what.lots)
        out.lots_needed.push_back(in.of->asked.programmes[p].programme);
    out.lots_decided = !what.lots.empty();
    if (out.fault.empty()) out.fault = check_by_cutoffs(in, out);
    return out;
}

}  // namespace veche::calls
