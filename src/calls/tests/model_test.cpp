// Random lives of calls: what always holds of them, a slow engine written apart beside ours, and a
// replay that comes out the same byte for byte.

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

open_call random_call(generator& g) {
    open_call c = places_call();
    c.programmes.clear();
    const std::int32_t programmes = pick(g, 1, 4);
    for (std::int32_t p = 0; p < programmes; ++p)
        c.programmes.push_back(
            {{"p" + std::to_string(p)}, en("Programme"), "", std::nullopt, pick(g, 1, 3), {}});
    const std::int32_t policy = pick(g, 0, 4);
    c.rules.ties = policy == 0   ? tie_policy::hungarian
                   : policy == 1 ? tie_policy::chilean
                                 : tie_policy::lottery;
    if (c.rules.ties != tie_policy::lottery) {
        c.rules.lottery.reset();
        c.custodians.clear();
    } else {
        c.rules.lottery = pick(g, 0, 1) ? lottery_kind::single : lottery_kind::per_programme;
    }
    if (policy == 4) {
        c.rules.reserves = static_cast<reserve_rule>(pick(g, 0, 2));
        for (programme_plan& plan : c.programmes)
            plan.reserves = {{{pick(g, 0, 1) ? "north" : "young"}, pick(g, 1, plan.capacity)}};
    }
    return c;
}

std::string name_of_applicant(std::int32_t i) {
    return "a" + std::to_string(i);
}

void apply_all(generator& g, agency& a, const open_call& c, std::int32_t applicants) {
    for (std::int32_t i = 0; i < applicants; ++i) {
        std::vector<std::string> choices;
        for (const programme_plan& plan : c.programmes) choices.push_back(plan.programme.value);
        std::shuffle(choices.begin(), choices.end(), g);
        choices.resize(static_cast<std::size_t>(pick(g, 1, static_cast<int>(choices.size()))));
        std::vector<std::string> groups;
        for (const char* group : {"north", "young"})
            if (pick(g, 0, 2) == 0) groups.emplace_back(group);
        a.must(applicant(name_of_applicant(i)), apply_for(choices, groups));
    }
}

/// Applicants in any order ask from the top of their lists until nobody is refused any more. For
/// strict orders alone, as slow as it is plain.
std::map<std::string, std::string> slow_match(const agency& a, const run_input& in) {
    const call& c = *in.of;
    std::map<std::string, std::size_t> asked;
    std::map<std::string, std::vector<const candidate*>> held;
    const auto better = [&](const candidate* x, const candidate* y, const place_id& p) {
        if (x->score != y->score) return x->score > y->score;
        return key_of(c, in.seed, p, x->applicant) < key_of(c, in.seed, p, y->applicant);
    };
    for (bool moved = true; moved;) {
        moved = false;
        for (const candidate& one : in.candidates) {
            bool seated = false;
            for (const auto& [p, all] : held)
                seated = seated || std::find(all.begin(), all.end(), &one) != all.end();
            std::size_t& next = asked[one.applicant.value];
            if (seated || next == one.choices.size()) continue;
            moved = true;
            const std::uint32_t p = one.choices[next++];
            const place_id& id = c.asked.programmes[p].programme;
            auto& all = held[id.value];
            all.push_back(&one);
            std::sort(all.begin(), all.end(),
                      [&](const candidate* x, const candidate* y) { return better(x, y, id); });
            if (static_cast<std::int64_t>(all.size()) > in.seats[p][0].seats) all.pop_back();
        }
    }
    std::map<std::string, std::string> out;
    for (const auto& [p, all] : held)
        for (const candidate* one : all) out[one->applicant.value] = p;
    (void)a;
    return out;
}

/// Places held at each programme within the capacity, unless whole classes may go beyond it.
void check_capacity(const agency& a, const call& c) {
    std::map<std::string, std::int32_t> taken;
    each_application(a.own, c.asked.call, [&](const application& one) {
        std::int32_t live = 0;
        for (const offer& o : one.offers)
            if (o.status == offer_status::open || o.status == offer_status::accepted) {
                ++live;
                if (!o.beyond) ++taken[o.programme->value];
            }
        CHECK(live <= 2);
    });
    if (c.asked.rules.ties != tie_policy::chilean)
        for (const programme_plan& plan : c.asked.programmes)
            CHECK(taken[plan.programme.value] <= plan.capacity);
}

/// How good a choice the applicant holds: 0 is the best, a great number is nothing.
std::size_t rank_held(const application& a) {
    const offer* held = a.held();
    if (!held) return 1000;
    const auto& all = a.asked.choices;
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), *held->programme) -
                                    all.begin());
}

void check_counts(const agency& a, const call& c) {
    std::int64_t open_offers = 0;
    std::int64_t appeals = 0;
    std::int64_t counted = 0;
    each_application(a.own, c.asked.call, [&](const application& one) {
        counted += one.withdrawn ? 0 : 1;
        for (const offer& o : one.offers) open_offers += o.status == offer_status::open ? 1 : 0;
        appeals += one.appeal && !one.appeal->upheld ? 1 : 0;
    });
    CHECK(c.open_offers == open_offers);
    CHECK(c.open_appeals == appeals);
    CHECK(c.applications == counted);
    CHECK((c.answers_due.empty() ? open_offers == 0 : open_offers > 0));
}

/// One round with its answers; whether there was one.
bool play_round(generator& g, agency& a) {
    const call& before = *a.own.calls.find(call_id{"c"});
    const run_input in = next_round(a.own, before);
    std::map<std::string, std::size_t> ranks;
    each_application(a.own, {"c"}, [&](const application& one) {
        if (one.held()) ranks[one.applicant.value] = rank_held(one);
    });
    const bool plain =
        before.asked.rules.ties == tie_policy::lottery && !before.asked.rules.reserves;
    const auto expected = plain ? slow_match(a, in) : std::map<std::string, std::string>();
    if (!a.submit(a.now_as(officer), run_allocation{{"c"}})) return false;
    const call& c = *a.own.calls.find(call_id{"c"});
    check_capacity(a, c);
    check_counts(a, c);
    for (const auto& [who, rank] : ranks) CHECK(rank_held(a.of(who)) <= rank);
    if (plain)
        for (const candidate& one : in.candidates) {
            const auto at = expected.find(one.applicant.value);
            const offer* last = a.of(one.applicant.value).current();
            const bool offered = last && last->round == in.round;
            CHECK(offered == (at != expected.end()));
            if (offered && at != expected.end()) CHECK(last->programme->value == at->second);
        }
    std::vector<std::string> waiting;
    each_application(a.own, {"c"}, [&](const application& one) {
        if (one.current() && one.current()->status == offer_status::open)
            waiting.push_back(one.applicant.value);
    });
    for (const std::string& who : waiting) {
        const std::int32_t what = pick(g, 0, 4);
        if (what == 0) a.must(applicant(who), answer_offer{{"c"}, offer_answer::decline, {}});
        if (what == 1) a.must(applicant(who), answer_offer{{"c"}, offer_answer::accept, {}});
        if (what == 2) a.must(applicant(who), answer_offer{{"c"}, offer_answer::accept, true});
        if (what == 3) a.must(applicant(who), withdraw_application{{"c"}});
    }
    a.now = plus_days(a.now, 5);
    a.pass_deadlines();
    check_counts(a, *a.own.calls.find(call_id{"c"}));
    return true;
}

void appeal_some(generator& g, agency& a, std::int32_t applicants) {
    for (std::int32_t i = 0; i < applicants; ++i) {
        const std::string who = name_of_applicant(i);
        if (pick(g, 0, 3) != 0) continue;
        if (!a.submit(a.now_as(applicant(who)), lodge_appeal{{"c"}, appeal_ground::points, {}}))
            continue;
        decide_appeal c;
        c.call = {"c"};
        c.applicant = {who};
        c.upheld = pick(g, 0, 2) > 0;
        c.reason = en("Heard");
        if (c.upheld) c.points = {{{"merit"}, pick(g, 0, 100)}};
        if (c.upheld) c.eligible = true;
        std::map<std::string, std::string> others;
        each_application(a.own, {"c"}, [&](const application& one) {
            if (one.applicant.value != who)
                others[one.applicant.value] = a.place_of(one.applicant.value);
        });
        a.must(arbiter, c);
        for (const auto& [other, place] : others) CHECK(a.place_of(other) == place);
    }
    a.now = plus_days(a.now, 5);
    a.pass_deadlines();
}

/// Opens the call, with one custodian or both.
void open_by_chance(generator& g, agency& a, const open_call& c) {
    a.must(a.now_by("gov"), c);
    if (draws_lots(c)) {
        a.must(keeper_1, commitment_of(keeper_1));
        if (pick(g, 0, 2) == 0) a.must(keeper_2, commitment_of(keeper_2));
    }
    a.go_to("2026-03-02T00:00:00.000Z");
}

void wait(agency& a, std::int64_t days) {
    a.now = plus_days(a.now, days);
    a.pass_deadlines();
}

/// Settles the list; now one custodian reveals, now the other, now both, now first none.
void draw_by_chance(generator& g, agency& a) {
    const std::size_t committed = a.own.calls.find(call_id{"c"})->lot.size();
    if (committed == 0) return;
    a.must(officer, settle_list{{"c"}});
    if (pick(g, 0, 3) == 0) wait(a, 3);
    if (committed == 2 && pick(g, 0, 1)) a.must(keeper_2, reveal_lot{{"c"}, number_of(keeper_2)});
    if (a.own.calls.find(call_id{"c"})->lot.back().number.empty() || pick(g, 0, 1))
        a.must(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)});
    wait(a, 6);
}

}  // namespace

TEST_CASE("calls with random lives keep what they promise, and replay the same") {
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        generator g(seed);
        agency a;
        const open_call c = random_call(g);
        open_by_chance(g, a, c);
        const std::int32_t applicants = pick(g, 1, 9);
        apply_all(g, a, c, applicants);
        if (pick(g, 0, 3) == 0)
            a.must(applicant(name_of_applicant(0)), withdraw_application{{"c"}});
        close(a);
        if (pick(g, 0, 5) == 0)
            a.must(officer, set_aside{{"c"}, {}, c.programmes.front().programme, en("Why")});
        for (std::int32_t i = 0; i < applicants; ++i) {
            const std::string who = name_of_applicant(i);
            if (a.of(who).withdrawn) continue;
            if (pick(g, 0, 9) == 0)
                a.must(officer,
                       judge_eligibility{{"c"}, {who}, false, ineligibility::condition_unmet, {}});
            else
                score(a, who, pick(g, 1, 4) * 10);
        }
        draw_by_chance(g, a);
        bool appealed = false;
        for (int round = 0; round < 4 && play_round(g, a); ++round) {
            if (!appealed) appeal_some(g, a, applicants);
            appealed = true;
        }
        a.now = plus_days(a.now, 10);
        a.pass_deadlines();
        (void)a.submit(a.now_as(officer), conclude_call{{"c"}});
        a.tell();
        const auto& concluded = a.own.calls.find(call_id{"c"})->concluded;
        if (concluded) CHECK_FALSE(earliest_due(a.own));

        agency again;
        for (const auto& step : a.played) step(again);
        again.now = a.now;
        again.pass_deadlines();
        CHECK(again.derived == a.derived);
        CHECK(again.everything() == a.everything());
    }
}

TEST_CASE("grants with random lives never give more than there is, and replay the same") {
    for (std::uint32_t seed = 0; seed < 150; ++seed) {
        CAPTURE(seed);
        generator g(seed);
        agency a;
        open_call c = grants_call();
        c.rules.budget = static_cast<budget_rule>(pick(g, 0, 1));
        if (pick(g, 0, 2) == 0) {
            c.rules.ties = tie_policy::hungarian;
            c.rules.lottery.reset();
            c.custodians.clear();
        }
        open_by_chance(g, a, c);
        const std::int32_t applicants = pick(g, 1, 8);
        for (std::int32_t i = 0; i < applicants; ++i) {
            submit_application s = apply_for({});
            s.asks = amount{pick(g, 1, 6) * 10, {"RUB"}};
            s.title = en("Project");
            a.must(applicant(name_of_applicant(i)), s);
        }
        close(a);
        for (std::int32_t i = 0; i < applicants; ++i)
            score(a, name_of_applicant(i), pick(g, 1, 3) * 10);
        draw_by_chance(g, a);
        for (int round = 0; round < 3; ++round) {
            if (!a.submit(a.now_as(officer), run_allocation{{"c"}})) break;
            for (std::int32_t i = 0; i < applicants; ++i) {
                const offer* one = a.of(name_of_applicant(i)).current();
                if (!one || one->status != offer_status::open) continue;
                const auto answer = pick(g, 0, 1) ? offer_answer::accept : offer_answer::decline;
                if (pick(g, 0, 3) > 0)
                    a.must(applicant(name_of_applicant(i)), answer_offer{{"c"}, answer, {}});
            }
            a.now = plus_days(a.now, 5);
            a.pass_deadlines();
            if (round == 0) appeal_some(g, a, applicants);
            std::int64_t granted = 0;
            each_application(a.own, {"c"}, [&](const application& one) {
                if (one.held()) granted += one.asked.asks->minor;
            });
            CHECK(granted <= c.budget->minor);
        }
        a.now = plus_days(a.now, 10);
        a.pass_deadlines();
        (void)a.submit(a.now_as(officer), conclude_call{{"c"}});
        a.tell();
        agency again;
        for (const auto& step : a.played) step(again);
        again.now = a.now;
        again.pass_deadlines();
        CHECK(again.derived == a.derived);
        CHECK(again.everything() == a.everything());
    }
}

TEST_CASE("renaming programmes and applicants renames the result and nothing else, without lots") {
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        CAPTURE(seed);
        generator g(seed);
        open_call c = random_call(g);
        c.rules.reserves.reset();
        for (programme_plan& plan : c.programmes) plan.reserves.clear();
        c.rules.ties = tie_policy::hungarian;
        c.rules.lottery.reset();
        c.custodians.clear();
        std::map<std::string, std::string> places[2];
        const auto choices_seed = g();
        for (const bool renamed : {false, true}) {
            agency a;
            open_call here = c;
            const auto name = [&](const std::string& id) { return renamed ? "z-" + id : id; };
            // Other names, and another order of the rows.
            for (programme_plan& plan : here.programmes)
                plan.programme.value = name(plan.programme.value);
            if (renamed) std::reverse(here.programmes.begin(), here.programmes.end());
            open(a, here);
            generator own(static_cast<std::uint32_t>(choices_seed));
            std::vector<std::pair<std::string, std::int32_t>> all;
            for (std::int32_t i = 0; i < 7; ++i) {
                std::vector<std::string> choices;
                for (const programme_plan& plan : c.programmes)
                    choices.push_back(name(plan.programme.value));
                std::shuffle(choices.begin(), choices.end(), own);
                all.emplace_back((renamed ? "r" + std::to_string(9 - i) : name_of_applicant(i)),
                                 pick(own, 1, 5) * 10);
                a.must(applicant(all.back().first), apply_for(choices));
            }
            close(a);
            for (const auto& [who, points] : all) score(a, who, points);
            run(a);
            for (std::size_t i = 0; i < all.size(); ++i) {
                std::string place = a.place_of(all[i].first);
                if (renamed && !place.empty()) place = place.substr(2);
                places[renamed ? 1 : 0][std::to_string(i)] = place;
            }
        }
        CHECK(places[0] == places[1]);
    }
}

}  // namespace veche::calls::testing
