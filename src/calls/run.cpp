#include "calls/run.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "calls/blockers.hpp"
#include "calls/grants.hpp"
#include "calls/refusal.hpp"
#include "kernel/check.hpp"
#include "matching/certificate_check.hpp"
#include "matching/deferred_acceptance.hpp"
#include "matching/lots.hpp"
#include "matching/reserved_acceptance.hpp"
#include "matching/score_limits.hpp"

namespace veche::calls {
namespace {

std::uint32_t position_of(const call& c, const place_id& id) {
    const auto& all = c.asked.programmes;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const programme_plan& p) { return p.programme == id; });
    return static_cast<std::uint32_t>(found - all.begin());
}

/// Choices that would be an improvement, of programmes that take part.
std::vector<std::uint32_t> wanted_by(const call& c, const application& a) {
    std::vector<std::uint32_t> out;
    const offer* held = a.held();
    for (const place_id& choice : a.asked.choices) {
        if (held && held->programme == choice) break;
        if (!c.is_set_aside(choice)) out.push_back(position_of(c, choice));
    }
    return out;
}

/// Whether the applicant still waits: never had an offer, or accepted one and waits for better.
bool waits(const call& c, const application& a) {
    if (!a.in_run()) return false;
    if (a.offers.empty()) return true;
    const offer* held = a.held();
    return c.asked.kind == call_kind::places && held && held->status == offer_status::accepted &&
           held->keep_waiting;
}

candidate candidate_of(const call& c, const application& a) {
    candidate out;
    out.applicant = a.applicant;
    out.groups = groups_of(c, a);
    out.score = score_of(c, a);
    if (c.asked.kind == call_kind::places)
        out.choices = wanted_by(c, a);
    else
        out.asks = a.asked.asks->minor;
    return out;
}

/// Places and money that are held are not free.
void take_held(run_input& in, const call& c, const application& a) {
    for (const offer& one : a.offers) {
        if (one.status != offer_status::open && one.status != offer_status::accepted) continue;
        if (c.asked.kind == call_kind::grants) {
            in.money -= a.asked.asks->minor;
        } else if (!one.beyond) {
            auto& seats = in.seats[position_of(c, *one.programme)][one.seat].seats;
            // A class that was admitted whole may have gone beyond the places.
            seats = std::max<std::int64_t>(seats - 1, 0);
        }
    }
}

// --- Places
// -----------------------------------------------------------------------------------------

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

run_result allocate_places(const run_input& in) {
    const matching::market m = market_of(in);
    const bool lots = draws_lots(in.of->asked);
    const matching::market strict =
        lots ? matching::drawn(m,
                               [&](std::uint32_t p, std::uint32_t a) {
                                   return lot_of(in, p, in.candidates[a].applicant);
                               })
             : m;
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

/// Everything that the run rested on and came to. Its hash stands on the journal.
struct certificate {
    call_id call;
    std::vector<cutoff> cutoffs;
    bool lots_decided = false;
    std::vector<place_id> lots_needed;
    std::string result_root;
    std::string root;
    std::int32_t round = 0;
    call_rules rules;
    std::string seed;
};
VECHE_FIELDS(certificate, (call, ""), (cutoffs, ""), (lots_decided, ""), (lots_needed, ""),
             (result_root, ""), (root, ""), (round, ""), (rules, ""), (seed, ""))

hash256 result_root_of(const run_input& in, const run_result& out) {
    std::vector<std::string> records;
    for (std::size_t a = 0; a < in.candidates.size(); ++a) {
        const placing& got = out.placings[a];
        result_record r{in.candidates[a].applicant, std::nullopt, std::nullopt, got.offered};
        if (got.offered && in.of->asked.kind == call_kind::places) {
            r.programme = in.of->asked.programmes[got.programme].programme;
            const auto& group = in.seats[got.programme][got.seat].group;
            if (group && (in.candidates[a].groups >> *group & 1) != 0)
                r.group = in.of->asked.groups[*group].group;
        }
        records.push_back(to_json(r));
    }
    return merkle_root(records);
}

}  // namespace

std::uint32_t groups_of(const call& c, const application& a) {
    std::uint32_t bits = 0;
    for (std::size_t g = 0; g < c.asked.groups.size(); ++g)
        if (a.in_group(c.asked.groups[g].group)) bits |= std::uint32_t{1} << g;
    return bits;
}

std::vector<seat_run> seats_of(const call& c, const programme_plan& plan) {
    std::vector<seat_run> out;
    std::int64_t open = plan.capacity;
    const auto rule = c.asked.rules.reserves;
    for (const reserve& one : plan.reserves) {
        const auto& groups = c.asked.groups;
        const auto at = std::find_if(groups.begin(), groups.end(),
                                     [&](const group_plan& g) { return g.group == one.group; });
        out.push_back({one.seats, static_cast<std::uint32_t>(at - groups.begin()),
                       rule == reserve_rule::hard});
        open -= one.seats;
    }
    out.insert(rule == reserve_rule::last ? out.begin() : out.end(),
               seat_run{open, std::nullopt, false});
    return out;
}

run_input next_round(const state& s, const call& c) {
    run_input in;
    in.of = &c;
    in.round = static_cast<std::int32_t>(c.rounds.size()) + 1;
    for (const programme_plan& plan : c.asked.programmes) {
        in.seats.push_back(seats_of(c, plan));
        if (c.is_set_aside(plan.programme))
            for (seat_run& run : in.seats.back()) run.seats = 0;
    }
    if (c.asked.budget) in.money = c.asked.budget->minor;
    each_application(s, c.asked.call, [&](const application& a) {
        take_held(in, c, a);
        if (!waits(c, a)) return;
        candidate one = candidate_of(c, a);
        if (c.asked.kind == call_kind::places && one.choices.empty()) return;
        in.candidates.push_back(std::move(one));
    });
    in.money = std::max<std::int64_t>(in.money, 0);
    if (draws_lots(c.asked) && c.closed && c.lot_over) in.seed = seed_of(c);
    return in;
}

bool has_work(const run_input& in) {
    return std::any_of(in.candidates.begin(), in.candidates.end(), [&](const candidate& one) {
        if (in.of->asked.kind == call_kind::grants) return one.asks <= in.money;
        return std::any_of(one.choices.begin(), one.choices.end(), [&](std::uint32_t p) {
            return std::any_of(in.seats[p].begin(), in.seats[p].end(), [&](const seat_run& run) {
                return run.seats > 0 &&
                       (!run.hard || (one.groups >> run.group.value_or(0) & 1) != 0);
            });
        });
    });
}

result<run_input> ready_round(const state& s, const call& c) {
    if (const auto blocking = blockers_of(s, c); !blocking.empty())
        return refuse(refusals::blocked, "call", std::to_string(blocking.size()));
    run_input in = next_round(s, c);
    const bool over = !c.rounds.empty() && c.asked.rules.unfilled == unfilled_rule::none;
    if (over || !has_work(in)) return refuse(refusals::nothing_to_allocate, "call");
    return in;
}

run_result allocate(const run_input& in) {
    return in.of->asked.kind == call_kind::places ? allocate_places(in) : allocate_grants(in);
}

allocated summary_of(const run_input& in, const run_result& out, instant at) {
    allocated e;
    e.call = in.of->asked.call;
    e.round = in.round;
    e.candidates = static_cast<std::int64_t>(in.candidates.size());
    for (const placing& one : out.placings) e.offers += one.offered ? 1 : 0;
    e.cutoffs = out.cutoffs;
    e.lots_decided = out.lots_decided;
    e.lots_needed = out.lots_needed;
    if (draws_lots(in.of->asked)) e.seed = to_hex(in.seed);
    e.result_root = to_hex(result_root_of(in, out));
    const certificate proof{e.call,        e.cutoffs,          e.lots_decided,
                            e.lots_needed, e.result_root,      in.of->closed->root,
                            e.round,       in.of->asked.rules, e.seed};
    e.certificate = to_hex(sha256(to_json(proof)));
    e.answer_until = plus_days(at, in.of->asked.answer_days);
    return e;
}

bool meets(const cutoff& one, const call& c, std::uint32_t groups, std::int64_t score,
           const std::string& key) {
    if (one.group) {
        const auto& all = c.asked.groups;
        const auto at = std::find_if(all.begin(), all.end(),
                                     [&](const group_plan& g) { return g.group == *one.group; });
        if ((groups >> (at - all.begin()) & 1) == 0) return false;
    }
    if (!one.score) return true;
    if (score != *one.score) return score > *one.score;
    return !one.key || key <= *one.key;
}

}  // namespace veche::calls
