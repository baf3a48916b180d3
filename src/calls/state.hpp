#pragma once
// Every call with its applications, by applicant, so that one of fifty thousand is found and
// changed without looking at the others.

#include <memory>
#include <span>

#include "calls/ballot_box.hpp"
#include "calls/commands.hpp"
#include "calls/events.hpp"
#include "charter/charter.hpp"
#include "kernel/cow.hpp"
#include "kernel/shared_list.hpp"
#include "teams/outcome.hpp"

namespace veche::calls {

/// Where a call stands. Announced and open differ by the day alone; only a budget is voted on.
enum class call_stage : std::uint8_t {
    announced,
    open,
    closed,
    offered,
    answered,
    concluded,
    voting
};
VECHE_CHOICES(call_stage, announced, open, closed, offered, answered, concluded, voting)

/// The ballots and the certificate of a budget as it was run (budget.hpp).
struct voted_result;

/// Where rolling offers stand (rolling_offers.hpp).
struct rolling_book;

/// How often a programme is chosen in applications that are not withdrawn.
struct demand {
    std::int64_t wanted = 0;
    std::int64_t first = 0;  ///< as the first choice
};

struct lot_share {
    office_id custodian;
    person_id by;
    std::string hash;
    std::string number;  ///< hex; empty until revealed
    bool missed = false;
};

/// A part of a round of a call for teams, as the engine was asked and answered; without its proof.
struct team_solved {
    teams::call asked;
    teams::outcome made;
};

/// One run with what it came to.
struct allocation_round {
    allocated made;
    instant at;
    std::uint64_t seq = 0;
    std::vector<team_solved> teams;
};

/// The order of a host, as last sent.
struct host_ranking {
    place_id programme;
    std::vector<person_id> applicants;  ///< best first
    person_id by;
    instant at;
    std::uint64_t seq = 0;
};

/// What the office of a party states; the last one counts.
struct stated_claim {
    party_id party;
    std::int64_t claim = 0;
    localized reason;
    person_id by;
    instant at;
    std::uint64_t seq = 0;
    std::int32_t versions = 1;
};

/// What was shared out.
struct sharing {
    shared_out made;
    instant at;
    std::uint64_t seq = 0;
};

/// Each act copies the call while somebody reads an older state. What can be large is therefore
/// shared by all copies: the terms, and the runs.
struct call {
    explicit call(open_call ordered)
        : call(std::make_shared<const open_call>(std::move(ordered))) {}
    explicit call(std::shared_ptr<const open_call> ordered)
        : terms(std::move(ordered)), asked(*terms) {}

    std::shared_ptr<const open_call> terms;
    const open_call& asked;  ///< the terms
    decision_id decision;
    instant at;
    std::uint64_t seq = 0;
    std::vector<lot_share> lot;  ///< in the order of the custodians
    bool applied_to = false;     ///< somebody has applied
    std::int64_t applications = 0;
    std::vector<demand> demands;  ///< in the order of the programmes
    std::optional<call_closed> closed;
    std::uint64_t closed_seq = 0;
    std::optional<instant> settled;    ///< nothing is judged from here on; custodians reveal
    bool lot_over = false;             ///< the seed is fixed: all revealed, or passed over
    std::optional<instant> lot_until;  ///< to reveal
    std::vector<place_id> set_aside;
    std::vector<localized> set_aside_reasons;  ///< of the programmes above
    std::vector<host_ranking> rankings;        ///< where hosts rank, by the order of sending
    bool rankings_over = false;                ///< no run waits for them any more
    shared_list<allocation_round> rounds;
    std::vector<instant> answers_due;  ///< last moments of open offers, ascending
    std::int64_t open_offers = 0;
    std::int64_t open_appeals = 0;
    std::int64_t lapsed = 0;           ///< offers that nobody answered
    std::vector<stated_claim> claims;  ///< of shares, by party
    std::optional<sharing> shared;
    std::optional<call_concluded> concluded;
    std::uint64_t concluded_seq = 0;
    instant concluded_at;
    std::shared_ptr<const vote_opened>
        vote_open;  ///< what is on the ballot paper, once it is fixed
    std::uint64_t vote_open_seq = 0;
    std::optional<vote_closed> vote_over;
    std::uint64_t vote_over_seq = 0;
    std::shared_ptr<const voted_result> voted;  ///< once it was run
    std::shared_ptr<rolling_book> rolling;      ///< where offers roll, once it was run
    bool offers_over = false;                   ///< the last day of rolling offers has passed
    std::uint64_t offers_over_seq = 0;

    /// As bytes (kernel/value_bytes.hpp).
    template <class Out>
    void spell(Out& out) const {
        out.put(terms);
        after_terms(*this, [&](const auto&... part) { (out.put(part), ...); });
    }
    template <class In>
    static call rebuild(In& in) {
        auto ordered = in.template get<std::shared_ptr<const open_call>>();
        call made(ordered ? std::move(ordered) : std::make_shared<const open_call>());
        after_terms(made, [&](auto&... part) { (in.get_into(part), ...); });
        return made;
    }
    /// Everything but the terms, in the order in which it stands here.
    template <class Self, class F>
    static void after_terms(Self& c, F&& f) {
        f(c.decision, c.at, c.seq, c.lot, c.applied_to, c.applications, c.demands, c.closed,
          c.closed_seq, c.settled, c.lot_over, c.lot_until, c.set_aside, c.set_aside_reasons,
          c.rankings, c.rankings_over, c.rounds, c.answers_due, c.open_offers, c.open_appeals,
          c.lapsed, c.claims, c.shared, c.concluded, c.concluded_seq, c.concluded_at, c.vote_open,
          c.vote_open_seq, c.vote_over, c.vote_over_seq, c.voted, c.rolling, c.offers_over,
          c.offers_over_seq);
    }

    /// Whether what is offered was given out, at least once.
    [[nodiscard]] bool was_run() const { return !rounds.empty() || shared.has_value(); }
    [[nodiscard]] const programme_plan* find(const place_id& id) const {
        for (const programme_plan& one : asked.programmes)
            if (one.programme == id) return &one;
        return nullptr;
    }
    /// Projects on the ballot paper, ascending; none before it is fixed.
    [[nodiscard]] std::span<const person_id> slate() const {
        return vote_open ? std::span<const person_id>(vote_open->projects)
                         : std::span<const person_id>();
    }
    [[nodiscard]] const host_ranking* ranking_of(const place_id& id) const {
        for (const host_ranking& one : rankings)
            if (one.programme == id) return &one;
        return nullptr;
    }
    [[nodiscard]] bool is_set_aside(const place_id& id) const {
        for (const place_id& one : set_aside)
            if (one == id) return true;
        return false;
    }
};

/// One assessor of an application: assigned, then declared, then assessed.
struct assessor_record {
    person_id assessor;
    std::optional<interest> declared;
    std::vector<criterion_points> points;  ///< empty until assessed
    std::uint64_t seq = 0;                 ///< entry of the assessment

    /// Whether the assessment of this person is needed.
    [[nodiscard]] bool counts() const { return !declared || *declared == interest::none; }
};

enum class offer_status : std::uint8_t {
    open,
    accepted,
    declined,
    lapsed,
    left,             ///< given up for something better
    partner_declined  ///< lost, because the other of the pair declined or gave no answer
};
VECHE_CHOICES(offer_status, open, accepted, declined, lapsed, left, partner_declined)

struct offer {
    std::optional<place_id> programme;  ///< nothing for a grant
    std::optional<group_id> group;      ///< whose reserved place it is; nothing for an open one
    /// Which run of the programme's places it takes, as seats_of (run.hpp) lays them out.
    std::uint32_t seat = 0;
    std::int32_t round = 0;
    bool beyond = false;  ///< from an appeal, beyond the capacity
    offer_status status = offer_status::open;
    bool keep_waiting = false;
    bool paired = false;  ///< both of a pair keep it, or neither
    instant until;        ///< last moment to answer
};

/// The applicant's place in the order of a programme, when the first round was run.
struct standing {
    std::optional<place_id> programme;  ///< nothing for grants
    std::int64_t rank = 0;
};

struct appeal_record {
    appeal_ground ground{};
    std::vector<seal_ref> sealed;
    instant at;
    std::uint64_t seq = 0;
    std::optional<bool> upheld;
    localized reason;
    person_id decided_by;
    std::optional<appeal_settled> effect;
};

enum class eligibility : std::uint8_t { unjudged, eligible, ineligible };
VECHE_CHOICES(eligibility, unjudged, eligible, ineligible)

struct application {
    call_id call;
    person_id applicant;
    submit_application asked;
    instant at;
    std::uint64_t seq = 0;
    std::int32_t versions = 1;
    bool withdrawn = false;
    eligibility eligible = eligibility::unjudged;
    std::optional<ineligibility> reason;
    std::vector<group_refusal> refused_groups;
    std::vector<skill_refusal> refused_skills;
    std::vector<feature_mending> mended_features;
    person_id judged_by;
    std::vector<assessor_record> assessors;
    std::vector<criterion_points> corrected;  ///< by appeal: sums over all assessors
    bool set_aside = false;
    localized set_aside_reason;
    std::vector<standing> standings;  ///< in the order of the choices
    std::vector<offer> offers;        ///< the last one counts
    bool as_pair = false;             ///< took part with the partner
    bool alone = false;               ///< took part by its own choices
    std::optional<appeal_record> appeal;

    [[nodiscard]] const offer* current() const { return offers.empty() ? nullptr : &offers.back(); }
    /// The offer it holds: accepted, or waiting for an answer. A declined one is none.
    [[nodiscard]] const offer* held() const;
    /// Whether the claim to the group counts.
    [[nodiscard]] bool in_group(const group_id&) const;
    /// Whether the claim to the skill counts.
    [[nodiscard]] bool has_skill(const skill_id&) const;
    /// The feature that counts in the category; nothing in a call that has no such category.
    [[nodiscard]] std::optional<feature_id> feature_in(const category_id&) const;
    /// Whether it can be part of an allocation.
    [[nodiscard]] bool in_run() const {
        return !withdrawn && !set_aside && eligible == eligibility::eligible;
    }
};

/// At one moment the order is by call, then as the kinds stand here.
enum class deadline_kind : std::uint8_t {
    closing,
    lot,
    answers,
    vote_opens,
    vote_ends,
    rankings,
    last_offers
};
struct deadline {
    instant at;
    call_id call;
    deadline_kind kind = deadline_kind::closing;
    auto operator<=>(const deadline&) const = default;
};

struct state {
    cow_map<call_id, call> calls;
    cow_map<call_id, cow_map<person_id, application>> applications;
    cow_map<person_id, std::vector<call_id>> by_applicant;  ///< in the order of applying
    cow_map<deadline, char> deadlines;                      ///< the value says nothing
    cow_map<call_id, ballot_box> ballots;                   ///< of calls that are voted on

    [[nodiscard]] const application* find(const call_id& call, const person_id& applicant) const {
        const auto* of = applications.find(call);
        return of ? of->find(applicant) : nullptr;
    }
};

/// Whether applicants name programmes in the order in which they want them.
bool by_programme(const open_call&);
/// Whether what is offered is money of one budget.
bool by_money(const open_call&);
/// Whether it is divided over parties, so that nobody applies.
bool by_party(const open_call&);
/// Whether citizens choose by their votes.
bool by_vote(const open_call&);
/// Whether offers go out one after another until a last day, and one can have several.
bool rolls(const open_call&);
/// Whether hosts rank applicants, so that there are neither scores nor lots.
bool by_hosts(const open_call&);
/// Whether people are sent to sites whose windows hold together.
bool by_teams(const open_call&);
/// Where the call stands at that moment.
call_stage stage_of(const call&, instant at);
/// Calls `f` with every application of the call, by applicant.
template <class F>
void each_application(const state& s, const call_id& id, F f) {
    if (const auto* all = s.applications.find(id))
        for (const auto& [applicant, one] : *all) f(one);
}
/// The score that counts: weighted points over all assessors, as corrected on appeal.
std::int64_t score_of(const call&, const application&);
/// The highest score one can have.
std::int64_t most_points(const open_call&);
/// Whether every assessment that is needed is there.
bool assessed(const call&, const application&);
/// Whether lots can decide in this call.
bool draws_lots(const open_call&);
/// Until when one can appeal; nothing before the first run.
std::optional<instant> appeals_until(const call&);

}  // namespace veche::calls
