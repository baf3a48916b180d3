// Random lives of calls whose offers roll: what always holds of them, and a replay that comes out
// the same.

#include <algorithm>
#include <map>

#include "calls/rolling_offers.hpp"
#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

using matching::rolling_standing;

std::string candidate_name(std::int32_t i) {
    return "a" + std::to_string(i);
}

open_call random_rolling_call(generator& g) {
    open_call c = rolling_call();
    c.programmes.clear();
    const std::int32_t programmes = pick(g, 1, 4);
    for (std::int32_t p = 0; p < programmes; ++p)
        c.programmes.push_back(
            {{"p" + std::to_string(p)}, en("Programme"), "", std::nullopt, pick(g, 1, 3), {}});
    c.rules.lottery = pick(g, 0, 1) ? lottery_kind::single : lottery_kind::per_programme;
    c.answer_days = pick(g, 1, 3);
    c.rules.rolling_until = plus_days(c.closes, pick(g, 3, 10));
    return c;
}

/// The offers of an application are its lines on the lists, and nothing else.
void check_mirror(const call& c, const application& a) {
    std::map<place_id, const offer*> within;
    std::int32_t kept = 0;
    for (const offer& one : a.offers) {
        if (one.beyond) continue;
        CHECK(within.emplace(*one.programme, &one).second);
        kept += one.status == offer_status::accepted ? 1 : 0;
    }
    CHECK(kept <= 1);
    const auto at = position_in(*c.rolling, a.applicant);
    if (!at || c.offers_over) return;
    const matching::market& m = c.rolling->run.places();
    for (std::uint32_t i = m.begins[*at]; i < m.begins[*at + 1]; ++i) {
        const place_id& id = c.asked.programmes[m.choices[i].programme].programme;
        const matching::rolling_line& line = c.rolling->run.state().lines[i];
        const auto found = within.find(id);
        const offer* one = found == within.end() ? nullptr : found->second;
        const bool has =
            one && (one->status == offer_status::open || one->status == offer_status::accepted);
        CHECK((line.standing == rolling_standing::offered) ==
              (one && one->status == offer_status::open));
        CHECK((line.standing == rolling_standing::held) ==
              (one && one->status == offer_status::accepted && one->keep_waiting));
        CHECK((line.standing == rolling_standing::accepted) ==
              (one && one->status == offer_status::accepted && !one->keep_waiting));
        if (line.standing == rolling_standing::offered)
            CHECK(one->until == answer_until(c, *c.rolling, line.answer_by));
        if (line.standing == rolling_standing::waiting) CHECK_FALSE(has);
    }
}

void check_rolling_call(const agency& a) {
    const call& c = *a.own.calls.find(call_id{"c"});
    CHECK(fault_in_book(*c.rolling) == "");
    std::int64_t open = 0;
    std::map<place_id, std::int32_t> taken;
    each_application(a.own, {"c"}, [&](const application& one) {
        check_mirror(c, one);
        for (const offer& o : one.offers) {
            open += o.status == offer_status::open ? 1 : 0;
            if (!o.beyond && (o.status == offer_status::open || o.status == offer_status::accepted))
                ++taken[*o.programme];
            if (o.status == offer_status::open) CHECK(o.until > a.now);
        }
    });
    CHECK(c.open_offers == open);
    for (const programme_plan& plan : c.asked.programmes)
        CHECK(taken[plan.programme] <= plan.capacity);
}

/// One act by chance of one applicant, which may be refused.
void act_by_chance(generator& g, agency& a, const open_call& c, std::int32_t applicants) {
    const actor who = applicant(candidate_name(pick(g, 0, applicants - 1)));
    const place_id programme = c.programmes[static_cast<std::size_t>(pick(
                                                g, 0, static_cast<int>(c.programmes.size()) - 1))]
                                   .programme;
    switch (pick(g, 0, 9)) {
        case 0:
            (void)a.submit(a.now_as(who), withdraw_application{{"c"}});
            return;
        case 1:
        case 2: {
            rank_offers said{{"c"}, {}};
            for (const programme_plan& plan : c.programmes) said.ranking.push_back(plan.programme);
            std::shuffle(said.ranking.begin(), said.ranking.end(), g);
            said.ranking.resize(
                static_cast<std::size_t>(pick(g, 1, static_cast<int>(said.ranking.size()))));
            (void)a.submit(a.now_as(who), said);
            return;
        }
        case 3:
        case 4:
            (void)a.submit(a.now_as(who),
                           answer_offer{{"c"}, offer_answer::decline, {}, programme});
            return;
        case 5:
            (void)a.submit(a.now_as(who), answer_offer{{"c"}, offer_answer::accept, {}, programme});
            return;
        case 6: {
            if (!a.submit(a.now_as(who), lodge_appeal{{"c"}, appeal_ground::points, {}})) return;
            decide_appeal right{{"c"}, {who.person}, true, en("Heard"), {}, {}, {}};
            right.points = {{{"merit"}, pick(g, 1, 9) * 10}};
            right.eligible = true;
            a.must(arbiter, right);
            return;
        }
        default:
            (void)a.submit(a.now_as(who),
                           answer_offer{{"c"}, offer_answer::accept, true, programme});
    }
}

}  // namespace

TEST_CASE("rolling calls with random lives keep what they promise, and replay the same") {
    std::int64_t chains = 0;
    std::int64_t beyond = 0;
    for (std::uint32_t seed = 0; seed < 250; ++seed) {
        CAPTURE(seed);
        generator g(seed);
        agency a;
        const open_call c = random_rolling_call(g);
        open(a, c);
        const std::int32_t applicants = pick(g, 2, 9);
        for (std::int32_t i = 0; i < applicants; ++i) {
            std::vector<std::string> choices;
            for (const programme_plan& plan : c.programmes) choices.push_back(plan.programme.value);
            std::shuffle(choices.begin(), choices.end(), g);
            choices.resize(static_cast<std::size_t>(pick(g, 1, static_cast<int>(choices.size()))));
            a.must(applicant(candidate_name(i)), apply_for(choices));
        }
        close(a);
        for (std::int32_t i = 0; i < applicants; ++i) {
            if (pick(g, 0, 9) == 0)
                a.must(officer,
                       judge_eligibility{
                           {"c"}, {candidate_name(i)}, false, ineligibility::condition_unmet, {}});
            else
                score(a, candidate_name(i), pick(g, 1, 4) * 10);
        }
        if (pick(g, 0, 5) == 0)
            a.must(officer, set_aside{{"c"}, {}, c.programmes.front().programme, en("Why")});
        settle_and_reveal(a);
        if (a.submit(a.now_as(officer), run_allocation{{"c"}})) {
            check_rolling_call(a);
            for (int step = 0; step < 40; ++step) {
                act_by_chance(g, a, c, applicants);
                if (pick(g, 0, 3) == 0) {
                    a.now.ms += pick(g, 1, 20) * 3'600'000;
                    a.pass_deadlines();
                }
                check_rolling_call(a);
            }
        }
        a.now = plus_days(*c.rules.rolling_until, 4);
        a.pass_deadlines();
        (void)a.submit(a.now_as(officer), conclude_call{{"c"}});
        a.tell();
        for (const event& e : a.derived) {
            chains += e.type == offers_moved::wire.type ? 1 : 0;
            if (e.type == offers_lapsed::wire.type)
                chains += from_json<offers_lapsed>(e.body).value().root ? 1 : 0;
            if (e.type == appeal_settled::wire.type)
                beyond += from_json<appeal_settled>(e.body).value().programme ? 1 : 0;
        }
        if (a.own.calls.find(call_id{"c"})->concluded) CHECK_FALSE(earliest_due(a.own));

        agency again;
        for (const auto& step : a.played) step(again);
        again.now = a.now;
        again.pass_deadlines();
        CHECK(again.derived == a.derived);
        CHECK(again.everything() == a.everything());
    }
    CHECK(chains > 300);
    CHECK(beyond > 10);
}

TEST_CASE("where all answer by a ranking, rolling offers end where programmes would match them") {
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        CAPTURE(seed);
        generator g(seed);
        agency a;
        open_call c = random_rolling_call(g);
        c.rules.rolling_until = plus_days(c.closes, 10);
        open(a, c);
        const std::int32_t applicants = pick(g, 2, 9);
        std::map<std::string, std::vector<std::string>> wants;
        for (std::int32_t i = 0; i < applicants; ++i) {
            std::vector<std::string>& choices = wants[candidate_name(i)];
            for (const programme_plan& plan : c.programmes) choices.push_back(plan.programme.value);
            std::shuffle(choices.begin(), choices.end(), g);
            a.must(applicant(candidate_name(i)), apply_for(choices));
        }
        close(a);
        for (std::int32_t i = 0; i < applicants; ++i)
            score(a, candidate_name(i), pick(g, 1, 4) * 10);
        run(a);
        std::vector<std::string> order;
        for (const auto& [who, choices] : wants) order.push_back(who);
        std::shuffle(order.begin(), order.end(), g);
        for (const std::string& who : order) {
            rank_offers said{{"c"}, {}};
            for (const std::string& one : wants[who]) said.ranking.push_back({one});
            a.must(applicant(who), said);
        }
        a.now = *c.rules.rolling_until;
        a.pass_deadlines();
        // Stable: nobody wants a programme more that has a place, or took somebody behind them.
        const call& of = *a.own.calls.find(call_id{"c"});
        for (const std::string& who : order)
            for (const std::string& one : wants[who]) {
                if (a.place_of(who) == one) break;
                const auto mine = choice_at(of, *of.rolling, {who}, {one});
                const std::uint32_t p = position_of(of, {one});
                std::int64_t taken = 0;
                for (const std::string& other : order) {
                    if (a.place_of(other) != one) continue;
                    ++taken;
                    const auto theirs = choice_at(of, *of.rolling, {other}, {one});
                    CHECK(of.rolling->run.place_of(*theirs) < of.rolling->run.place_of(*mine));
                }
                CHECK(taken == of.asked.programmes[p].capacity);
            }
    }
}

}  // namespace veche::calls::testing
