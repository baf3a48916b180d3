#include "calls/run.hpp"

#include <algorithm>

#include "calls/blockers.hpp"
#include "calls/budget.hpp"
#include "calls/grants.hpp"
#include "calls/internships.hpp"
#include "calls/pairs.hpp"
#include "calls/places.hpp"
#include "calls/refusal.hpp"
#include "calls/rolling_offers.hpp"
#include "calls/teams.hpp"
#include "calls/voting.hpp"
#include "kernel/check.hpp"

namespace veche::calls {
namespace {

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
bool waits(const state& s, const call& c, const application& a) {
    if (by_hosts(c.asked)) return waits_with_hosts(s, a);
    if (!a.in_run() || (by_vote(c.asked) && !on_slate(c, a.applicant))) return false;
    if (a.offers.empty()) return true;
    const offer* held = a.held();
    // In a team whoever holds a place stays at the site.
    return by_programme(c.asked) && !by_teams(c.asked) && held &&
           held->status == offer_status::accepted && held->keep_waiting;
}

/// Choices by position, without the programmes set aside.
std::vector<std::uint32_t> wanted_there(const state& s, const call& c, const application& a) {
    std::vector<std::uint32_t> out;
    for (const place_id& one : wanted_with_hosts(s, a))
        if (!c.is_set_aside(one)) out.push_back(position_of(c, one));
    return out;
}

candidate candidate_of(const state& s, const call& c, const application& a) {
    candidate out;
    out.applicant = a.applicant;
    out.groups = groups_of(c, a);
    out.score = score_of(c, a);
    out.paired = by_hosts(c.asked) && partner_of(s, a);
    if (by_hosts(c.asked))
        out.choices = wanted_there(s, c, a);
    else if (by_programme(c.asked))
        out.choices = wanted_by(c, a);
    else
        out.asks = a.asked.asks->minor;
    return out;
}

/// Whether it waits for an answer or was accepted.
bool is_held(const offer& one) {
    return one.status == offer_status::open || one.status == offer_status::accepted;
}

std::int64_t money_held(const application& a) {
    std::int64_t minor = 0;
    for (const offer& one : a.offers)
        if (is_held(one)) minor += a.asked.asks->minor;
    return minor;
}

/// Places and money that are held are not free.
void take_held(run_input& in, const call& c, const application& a) {
    if (by_money(c.asked)) {
        in.money -= money_held(a);
        return;
    }
    for (const offer& one : a.offers)
        if (is_held(one) && !one.beyond) {
            auto& seats = in.seats[position_of(c, *one.programme)][one.seat].seats;
            // A class that was admitted whole may have gone beyond the places.
            seats = std::max<std::int64_t>(seats - 1, 0);
        }
}

/// Everything that the run rested on and came to. Its hash stands on the journal.
struct certificate {
    call_id call;
    std::vector<cutoff> cutoffs;
    std::optional<host_result> hosts;
    bool lots_decided = false;
    std::vector<place_id> lots_needed;
    std::string result_root;
    std::string root;
    std::int32_t round = 0;
    call_rules rules;
    std::string seed;
    std::optional<std::string> ballots;
    std::optional<budgeting::certificate> shares;
    std::optional<voting_terms> voting;
    std::vector<team_part> teams;
};
VECHE_FIELDS_HERE(certificate, (call, ""), (cutoffs, ""), (lots_decided, ""), (lots_needed, ""),
                  (result_root, ""), (root, ""), (round, ""), (rules, ""), (seed, ""),
                  (ballots, ""), (shares, ""), (voting, ""), (hosts, ""), (teams, ""))

hash256 result_root_of(const run_input& in, const run_result& out) {
    std::vector<std::string> records;
    if (out.rolled) return merkle_root(first_records(in, *out.rolled));
    for (std::size_t a = 0; a < in.candidates.size(); ++a) {
        const placing& got = out.placings[a];
        result_record r{in.candidates[a].applicant, std::nullopt, std::nullopt, got.offered};
        if (got.offered && by_programme(in.of->asked)) {
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

std::uint32_t position_of(const call& c, const place_id& id) {
    const auto& all = c.asked.programmes;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const programme_plan& p) { return p.programme == id; });
    return static_cast<std::uint32_t>(found - all.begin());
}

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

std::int64_t free_money(const state& s, const call& c) {
    std::int64_t minor = c.asked.budget ? c.asked.budget->minor : 0;
    each_application(s, c.asked.call, [&](const application& a) { minor -= money_held(a); });
    return std::max<std::int64_t>(minor, 0);
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
        if (!waits(s, c, a)) return;
        candidate one = candidate_of(s, c, a);
        if (by_programme(c.asked) && one.choices.empty() && !one.paired) return;
        in.candidates.push_back(std::move(one));
    });
    in.money = std::max<std::int64_t>(in.money, 0);
    in.ballots = s.ballots.find(c.asked.call);
    if (by_hosts(c.asked)) add_hosts(s, c, in);
    if (draws_lots(c.asked) && c.closed && c.lot_over) in.seed = seed_of(c);
    if (by_teams(c.asked)) add_parts(s, in);
    return in;
}

bool has_work(const run_input& in) {
    if (by_vote(in.of->asked)) return in.ballots->size() > 0 && any_support(in);
    if (by_hosts(in.of->asked)) return hosts_have_work(in);
    return std::any_of(in.candidates.begin(), in.candidates.end(), [&](const candidate& one) {
        if (by_money(in.of->asked)) return one.asks <= in.money;
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
    return unblocked_round(s, c);
}

result<run_input> unblocked_round(const state& s, const call& c) {
    run_input in = next_round(s, c);
    const bool over =
        c.offers_over || (!c.rounds.empty() && c.asked.rules.unfilled == unfilled_rule::none);
    if (over || !has_work(in)) return refuse(refusals::nothing_to_allocate, "call");
    return in;
}

run_result allocate(const run_input& in) {
    switch (in.of->asked.kind) {
        case call_kind::places:
            return rolls(in.of->asked) ? allocate_rolling(in) : allocate_places(in);
        case call_kind::grants:
            return allocate_grants(in);
        case call_kind::internships:
            return allocate_internships(in);
        case call_kind::budget:
            return allocate_budget(in);
        case call_kind::shares:
            break;  // shared out without candidates (shares.hpp)
        case call_kind::teams:
            return allocate_teams(in);
    }
    VECHE_ENSURE(false, "every kind of call is allocated");
    return {};
}

allocated summary_of(const run_input& in, const run_result& out, instant at) {
    allocated e;
    e.call = in.of->asked.call;
    e.round = in.round;
    e.candidates = static_cast<std::int64_t>(in.candidates.size());
    for (const placing& one : out.placings) e.offers += one.offered ? 1 : 0;
    if (out.rolled) e.offers = static_cast<std::int64_t>(out.rolled->made.size());
    e.cutoffs = out.cutoffs;
    e.teams = out.parts;
    e.lots_decided = out.lots_decided;
    e.lots_needed = out.lots_needed;
    if (draws_lots(in.of->asked)) e.seed = to_hex(in.seed);
    e.result_root = to_hex(result_root_of(in, out));
    e.hosts = out.hosts;
    e.endowment = out.endowment;
    e.projects = out.projects;
    certificate proof;
    proof.call = e.call;
    proof.cutoffs = e.cutoffs;
    proof.hosts = e.hosts;
    proof.lots_decided = e.lots_decided;
    proof.lots_needed = e.lots_needed;
    proof.result_root = e.result_root;
    proof.root = in.of->closed->root;
    proof.round = e.round;
    proof.rules = in.of->asked.rules;
    proof.seed = e.seed;
    proof.voting = in.of->asked.voting;
    proof.teams = e.teams;
    if (out.voted) {
        proof.ballots = in.of->vote_over->root;
        proof.shares = out.voted->proof;
    }
    e.certificate = to_hex(sha256(to_json(proof)));
    e.answer_until = plus_days(at, in.of->asked.answer_days);
    if (rolls(in.of->asked))
        e.answer_until = std::min(e.answer_until, *in.of->asked.rules.rolling_until);
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
