// Random calls in which hosts rank and some go in pairs: what stands on the journal is put together
// again and judged by the definition of stability, written here apart from engine and check.

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

/// The market of one round by names, and the matching that the entry states.
struct told_round {
    std::map<std::string, std::vector<std::string>> lists;  ///< of those who go alone
    struct told_pair {
        std::string one, two;
        std::vector<std::pair<std::string, std::string>> lines;  ///< "" goes without
    };
    std::vector<told_pair> pairs;
    std::map<std::string, std::vector<std::string>> orders;
    std::map<std::string, std::int64_t> places;
    std::map<std::string, std::string> got;  ///< "" for nothing
};

told_round round_of(const run_input& in, const call& c, const allocated& made) {
    told_round out;
    const auto name = [&](const std::optional<std::uint32_t>& p) {
        return p ? c.asked.programmes[*p].programme.value : std::string();
    };
    for (const candidate& one : in.candidates) {
        out.got[one.applicant.value] = "";
        if (one.paired) continue;
        for (const std::uint32_t p : one.choices) out.lists[one.applicant.value].push_back(name(p));
    }
    for (const run_pair& one : in.pairs) {
        told_round::told_pair& pair = out.pairs.emplace_back();
        pair.one = in.candidates[one.first].applicant.value;
        pair.two = in.candidates[one.second].applicant.value;
        for (const pair_line& line : one.lines)
            pair.lines.push_back({name(line.first), name(line.second)});
    }
    for (std::size_t p = 0; p < in.seats.size(); ++p)
        out.places[c.asked.programmes[p].programme.value] = in.seats[p][0].seats;
    for (const place_change& one : made.hosts->changes) out.places[one.programme.value] = one.to;
    for (const host_ranking& one : c.rankings)
        for (const person_id& who : one.applicants)
            if (out.got.contains(who.value)) out.orders[one.programme.value].push_back(who.value);
    for (const programme_placing& one : made.hosts->placed)
        for (const std::int64_t rank : one.ranks) {
            const auto& order = c.ranking_of(one.programme)->applicants;
            out.got[order[static_cast<std::size_t>(rank - 1)].value] = one.programme.value;
        }
    return out;
}

/// Whether programmes would choose these people, given whom they hold beside: each the best of its
/// places out of all it then has.
bool chosen(const told_round& t, std::map<std::string, std::set<std::string>> asking,
            const std::set<std::string>& moving) {
    for (auto& [programme, comers] : asking) {
        std::set<std::string> all = comers;
        for (const auto& [who, at] : t.got)
            if (at == programme && !moving.contains(who)) all.insert(who);
        const auto order = t.orders.find(programme);
        if (order == t.orders.end()) return false;
        std::int64_t left = t.places.at(programme);
        std::size_t in = 0;
        for (const std::string& who : order->second)
            if (all.contains(who) && left-- > 0) in += comers.contains(who) ? 1 : 0;
        if (in != comers.size()) return false;
    }
    return true;
}

void check_stable(const told_round& t) {
    std::map<std::string, std::int64_t> taken;
    for (const auto& [who, at] : t.got)
        if (!at.empty()) ++taken[at];
    for (const auto& [programme, n] : taken) CHECK(n <= t.places.at(programme));
    for (const auto& [who, list] : t.lists) {
        const std::string& got = t.got.at(who);
        const auto end = std::find(list.begin(), list.end(), got);
        CHECK((got.empty() || end != list.end()));
        for (auto at = list.begin(); at != end; ++at) CHECK_FALSE(chosen(t, {{*at, {who}}}, {who}));
    }
    for (const auto& pair : t.pairs) {
        const std::pair<std::string, std::string> got{t.got.at(pair.one), t.got.at(pair.two)};
        const auto end = std::find(pair.lines.begin(), pair.lines.end(), got);
        CHECK(((got.first.empty() && got.second.empty()) || end != pair.lines.end()));
        for (auto at = pair.lines.begin(); at != end; ++at) {
            std::map<std::string, std::set<std::string>> asking;
            if (!at->first.empty()) asking[at->first].insert(pair.one);
            if (!at->second.empty()) asking[at->second].insert(pair.two);
            CHECK_FALSE(chosen(t, asking, {pair.one, pair.two}));
        }
    }
}

class random_hosts {
  public:
    explicit random_hosts(std::uint32_t seed) : dice_(seed) {}

    void play() {
        open_call c = internships_call(pick(dice_, 0, 2) ? change_rule::named : change_rule::none);
        c.programmes.push_back({{"d"}, en("Delta"), "", std::nullopt, 1, {}});
        c.hosts->programmes.push_back({{"d"}, {host_a.auth}, {}, {}});
        for (programme_plan& one : c.programmes) one.capacity = pick(dice_, 1, 2);
        open(agency_, c);
        people_ = pick(dice_, 2, 7);
        for (int i = 0; i < people_; ++i) send(i);
        close(agency_);
        for (int i = 0; i < people_; ++i) judge(i);
        rank_all(c);
        for (int round = 0; round < 6 && play_round(); ++round) {
        }
        agency_.now = plus_days(agency_.now, 10);
        agency_.pass_deadlines();
        (void)agency_.submit(agency_.now_as(officer), conclude_call{{"c"}});
        agency_.tell();
        check_replay();
    }
    [[nodiscard]] int rounds() const { return rounds_; }
    [[nodiscard]] int pairs() const { return pairs_; }
    [[nodiscard]] int changed() const { return changed_; }
    [[nodiscard]] int stuck() const { return stuck_; }

  private:
    static std::string name(int i) { return "a" + std::to_string(i); }
    std::vector<std::string> some_programmes() {
        std::vector<std::string> all{"a", "b", "d"};
        std::shuffle(all.begin(), all.end(), dice_);
        all.resize(static_cast<std::size_t>(pick(dice_, 1, 3)));
        return all;
    }
    /// People 2k and 2k+1 may go together; now and then their lines differ.
    void send(int i) {
        const bool second = i % 2 == 1;
        if (!second) {
            lines_.clear();
            if (i + 1 < people_ && pick(dice_, 0, 2)) {
                for (const std::string& x : some_programmes())
                    for (const std::string& y : some_programmes()) lines_.push_back(x + "/" + y);
                if (pick(dice_, 0, 1)) lines_.push_back("a/");
                std::shuffle(lines_.begin(), lines_.end(), dice_);
            }
        }
        if (lines_.empty()) {
            agency_.must(applicant(name(i)), apply_for(some_programmes()));
            return;
        }
        std::vector<std::string> mine = lines_;
        if (second)
            for (std::string& one : mine) {
                const auto slash = one.find('/');
                one = one.substr(slash + 1) + "/" + one.substr(0, slash);
            }
        if (second && pick(dice_, 0, 9) == 0) std::reverse(mine.begin(), mine.end());
        agency_.must(
            applicant(name(i)),
            apply_with(name(second ? i - 1 : i + 1), mine,
                       pick(dice_, 0, 1) ? some_programmes() : std::vector<std::string>()));
    }
    void judge(int i) {
        if (pick(dice_, 0, 9))
            admit(agency_, {name(i)});
        else
            agency_.must(officer, judge_eligibility{
                                      {"c"}, {name(i)}, false, ineligibility::condition_unmet, {}});
    }
    void rank_all(const open_call& c) {
        for (const host_plan& plan : c.hosts->programmes) {
            rank_applicants order{{"c"}, plan.programme, {}};
            const actor host = plan.office.value == host_a.auth ? host_a : host_b;
            const auto desk = agency_.view(host_desk_query{{"c"}, plan.programme}, host);
            for (const host_desk_row& one : desk.applicants)
                if (one.eligible == eligibility::eligible && pick(dice_, 0, 7))
                    order.applicants.push_back(one.applicant);
            std::shuffle(order.applicants.begin(), order.applicants.end(), dice_);
            agency_.must(host, order);
        }
    }
    /// Programmes and lines held; what may be lost only by an own answer or the partner's.
    bool play_round() {
        const call& before = *agency_.own.calls.find(call_id{"c"});
        const run_input in = next_round(agency_.own, before);
        std::map<std::string, std::size_t> held;
        for (int i = 0; i < people_; ++i)
            if (agency_.of(name(i)).held()) held[name(i)] = line_held(name(i));
        const auto decided = agency_.submit(agency_.now_as(officer), run_allocation{{"c"}});
        if (!decided) {
            stuck_ += decided.error().code() == "calls.no_stable_matching" ? 1 : 0;
            CHECK(decided.error().code() != "calls.certificate_failed");
            return false;
        }
        const call& c = *agency_.own.calls.find(call_id{"c"});
        const allocated& made = c.rounds.back().made;
        ++rounds_;
        pairs_ += static_cast<int>(in.pairs.size());
        changed_ += made.hosts->changes.empty() ? 0 : 1;
        const told_round told = round_of(in, c, made);
        check_stable(told);
        for (const auto& [who, at] : told.got) {
            const offer* last = agency_.of(who).current();
            const bool offered = last && last->round == in.round;
            CHECK(offered == !at.empty());
            if (offered && !at.empty()) CHECK(last->programme->value == at);
        }
        for (const auto& [who, line] : held) CHECK(line_held(who) <= line);
        answer_some();
        return true;
    }
    std::size_t line_held(const std::string& who) {
        const application& a = agency_.of(who);
        const offer* held = a.held();
        if (!held) return 1000;
        if (held->paired) return 0;
        const auto& all = a.asked.choices;
        return static_cast<std::size_t>(std::find(all.begin(), all.end(), *held->programme) -
                                        all.begin());
    }
    void answer_some() {
        for (int i = 0; i < people_; ++i) {
            const application& a = agency_.of(name(i));
            if (!a.current() || a.current()->status != offer_status::open) continue;
            const bool paired = a.current()->paired;
            const int what = pick(dice_, 0, 4);
            const actor who = applicant(name(i));
            if (what == 0) agency_.must(who, answer_offer{{"c"}, offer_answer::decline, {}});
            if (what == 1 || (what == 2 && paired))
                agency_.must(who, answer_offer{{"c"}, offer_answer::accept, {}});
            if (what == 2 && !paired)
                agency_.must(who, answer_offer{{"c"}, offer_answer::accept, true});
            if (what == 3) agency_.must(who, withdraw_application{{"c"}});
        }
        agency_.now = plus_days(agency_.now, 5);
        agency_.pass_deadlines();
        check_pairs_whole();
        std::int64_t waiting = 0;
        for (int i = 0; i < people_; ++i)
            for (const offer& one : agency_.of(name(i)).offers)
                waiting += one.status == offer_status::open ? 1 : 0;
        CHECK(agency_.own.calls.find(call_id{"c"})->open_offers == waiting);
    }
    /// When all have answered both of a pair hold what they were offered together, or neither does.
    void check_pairs_whole() {
        for (int i = 0; i < people_; ++i)
            for (const offer& one : agency_.of(name(i)).offers) {
                if (!one.paired || one.status != offer_status::accepted) continue;
                const application& other = agency_.of(agency_.of(name(i)).asked.partner->value);
                for (const offer& theirs : other.offers)
                    if (theirs.paired) CHECK(theirs.status == offer_status::accepted);
            }
    }
    void check_replay() {
        agency again;
        for (const auto& step : agency_.played) step(again);
        again.now = agency_.now;
        again.pass_deadlines();
        CHECK(again.everything() == agency_.everything());
    }

    generator dice_;
    agency agency_;
    int people_ = 0;
    std::vector<std::string> lines_;
    int rounds_ = 0, pairs_ = 0, changed_ = 0, stuck_ = 0;
};

}  // namespace

TEST_CASE("internships with random lives: every round is stable, and nobody loses what they hold") {
    int rounds = 0, pairs = 0, changed = 0, stuck = 0;
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        random_hosts one(seed);
        one.play();
        rounds += one.rounds();
        pairs += one.pairs();
        changed += one.changed();
        stuck += one.stuck();
    }
    // What is to be tested did happen.
    CHECK(rounds > 300);
    CHECK(pairs > 200);
    CHECK(changed > 0);
    CHECK(stuck > 0);
}

}  // namespace veche::calls::testing
