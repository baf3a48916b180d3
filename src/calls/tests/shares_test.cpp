// Calls that divide something over parties: every kind of division against a slow oracle written
// apart, nested levels, claims, lots drawn only where they are needed, and what is refused.

#include "calls/shares.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

using veche::shares::division_rule;

/// Runs the call whose list is closed; what was shared out.
shared_out share(agency& a) {
    const events made = a.must(officer, run_allocation{{"c"}});
    REQUIRE(made.size() == 1);
    return from_json<shared_out>(made.front().body).value();
}

shared_out share(const open_call& c) {
    agency a;
    a.must(a.now_by("gov"), c);
    close(a);
    return share(a);
}

std::vector<std::int64_t> units_of(const shared_out& e) {
    std::vector<std::int64_t> out;
    for (const party_share& one : e.shares) out.push_back(one.units);
    return out;
}

state_claim claim(const std::string& party, std::int64_t minor) {
    return {{"c"}, {party}, minor, en("Needed")};
}

share_party party(const std::string& id, std::int64_t weight, const std::string& group = {}) {
    share_party one;
    one.party = {id};
    one.title = en(id);
    one.weight = weight;
    one.source = "invented";
    if (!group.empty()) one.group = group_id{group};
    return one;
}

// --- The oracle: unit by unit, and in fractions of a common denominator --------------------------

/// Twice the divisor of a seat: first, then by steps; for the methods that have such a row.
std::int64_t divisor(apportion_method how, std::int64_t seat) {
    switch (how) {
        case apportion_method::dhondt:
            return 2 * (seat + 1);
        case apportion_method::sainte_lague:
            return 2 * seat + 1;
        case apportion_method::danish:
            return 3 * seat + 1;
        case apportion_method::imperiali:
            return seat + 2;
        default:
            return seat;  // Adams
    }
}

/// The next unit goes to the greatest weight / divisor, the first in the list where equal.
std::vector<std::int64_t> unit_by_unit(const share_terms& t) {
    const auto& parties = t.parties;
    std::vector<std::int64_t> got;
    std::int64_t left = *t.places;
    for (const share_party& one : parties) {
        got.push_back(one.least.value_or(0));
        left -= got.back();
    }
    for (; left > 0; --left) {
        std::size_t best = parties.size();
        for (std::size_t i = 0; i < parties.size(); ++i) {
            if (parties[i].most && got[i] >= *parties[i].most) continue;
            if (best == parties.size()) {
                best = i;
                continue;
            }
            const std::int64_t mine = divisor(t.apportion->method, got[i]);
            const std::int64_t other = divisor(t.apportion->method, got[best]);
            const bool first =
                mine == 0 || other == 0
                    ? (mine == 0 && (other != 0 || *parties[i].weight > *parties[best].weight))
                    : *parties[i].weight * other > *parties[best].weight * mine;
            if (first) best = i;
        }
        ++got[best];
    }
    return got;
}

/// Max-min by units of 1/den: the least served who still wants more gets the next crumb.
std::vector<std::int64_t> crumb_by_crumb(std::vector<std::int64_t> caps, std::int64_t amount) {
    std::vector<std::int64_t> got(caps.size());
    for (; amount > 0; --amount) {
        std::size_t least = caps.size();
        for (std::size_t i = 0; i < caps.size(); ++i)
            if (got[i] < caps[i] && (least == caps.size() || got[i] < got[least])) least = i;
        if (least == caps.size()) break;
        ++got[least];
    }
    return got;
}

std::int64_t between(std::mt19937_64& random, std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(to - from + 1));
}

open_call some_apportionment(std::mt19937_64& random) {
    open_call c = shares_call();
    share_terms& t = *c.shares;
    constexpr apportion_method methods[] = {
        apportion_method::dhondt, apportion_method::sainte_lague, apportion_method::danish,
        apportion_method::imperiali, apportion_method::adams};
    t.apportion->method = methods[between(random, 0, 4)];
    t.parties.clear();
    std::int64_t least = 0;
    const std::int64_t count = between(random, 1, 6);
    for (std::int64_t i = 0; i < count; ++i) {
        share_party one = party("p" + std::to_string(i), between(random, 1, 12));
        if (between(random, 0, 3) == 0) one.least = between(random, 0, 3);
        if (between(random, 0, 3) == 0 && i > 0)
            one.most = one.least.value_or(0) + between(random, 0, 4);
        least += one.least.value_or(0);
        t.parties.push_back(one);
    }
    t.places = std::max<std::int64_t>(1, least + between(random, 0, 15));
    return c;
}

}  // namespace

TEST_CASE("a call divides places in proportion, and says what each gets") {
    agency a;
    a.must(a.now_by("gov"), shares_call());
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.not_closed");
    close(a);
    const shared_out e = share(a);
    CHECK(units_of(e) == std::vector<std::int64_t>{6, 2, 2});
    CHECK(e.seed.empty());
    CHECK_FALSE(e.lots_decided);
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.allocated_already");
    CHECK(a.view(call_query{{"c"}}).stage == call_stage::answered);
    const shares_view seen = a.view(shares_query{{"c"}});
    CHECK(seen.parties[0].exact == "53/10");
    CHECK(seen.parties[0].units == 6);
    const share_view why = a.view(share_query{{"c"}, {"b"}});
    REQUIRE(why.steps.size() == 1);
    CHECK(why.steps[0].why.more_votes == 1);  // 25/5 is above 53/11, which won the last
    const auto ended = a.must(officer, conclude_call{{"c"}});
    const auto report = from_json<call_concluded>(ended.front().body).value();
    CHECK(report.parties.size() == 3);
    CHECK(report.parties[1].units == 2);
    CHECK(report.left == 0);
}

TEST_CASE("apportionments agree with a slow oracle that gives unit by unit") {
    std::mt19937_64 random(20261128);
    int tried = 0;
    for (int n = 0; n < 400; ++n) {
        const open_call c = some_apportionment(random);
        agency a;
        if (!a.submit(a.now_by("gov"), c)) continue;  // maxima below the places
        ++tried;
        close(a);
        INFO(to_json(c));
        CHECK(units_of(share(a)) == unit_by_unit(*c.shares));
    }
    CHECK(tried > 250);
}

TEST_CASE("divisions among claims agree with an oracle that gives crumb by crumb") {
    std::mt19937_64 random(7);
    for (int n = 0; n < 120; ++n) {
        const auto rule =
            between(random, 0, 1) == 0 ? division_rule::max_min : division_rule::equal_losses;
        open_call c = claims_call(rule);
        std::vector<std::int64_t> claims;
        std::int64_t all = 0;
        for (share_party& one : c.shares->parties) {
            one.office.reset();
            one.claim = between(random, 0, 9);
            one.source = "invented";
            claims.push_back(*one.claim);
            all += claims.back();
        }
        c.shares->divide->missing.reset();
        c.shares->places = between(random, 1, 30);
        const shared_out e = share(c);
        // In sixths there is no remainder: three claimants, and halves.
        constexpr std::int64_t den = 6;
        const std::int64_t given = std::min(*c.shares->places, all);
        const std::int64_t poured = rule == division_rule::max_min ? given : all - given;
        std::vector<std::int64_t> caps = claims;
        for (std::int64_t& one : caps) one *= den;
        std::vector<std::int64_t> shares = crumb_by_crumb(caps, poured * den);
        if (rule == division_rule::equal_losses)
            for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = caps[i] - shares[i];
        INFO(to_json(c));
        CHECK(e.left == *c.shares->places - given);
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const std::int64_t cut = std::gcd(shares[i], den);
            const std::string text = std::to_string(shares[i] / cut) +
                                     (den == cut ? std::string() : "/" + std::to_string(den / cut));
            CHECK(e.shares[i].exact == text);
            CHECK(e.shares[i].units >= shares[i] / den);
            CHECK(e.shares[i].units <= (shares[i] + den - 1) / den);
            sum += e.shares[i].units;
        }
        CHECK(sum == given);
    }
}

TEST_CASE("talmud and a proportion with caps come out as the books say") {
    const auto divided = [](division_rule rule, std::int64_t amount,
                            std::vector<std::int64_t> claims) {
        open_call c = claims_call(rule);
        c.shares->divide->missing.reset();
        c.shares->places = amount;
        for (std::size_t i = 0; i < claims.size(); ++i) {
            c.shares->parties[i].office.reset();
            c.shares->parties[i].claim = claims[i];
            c.shares->parties[i].source = "Aumann and Maschler 1985";
        }
        std::vector<std::string> exact;
        for (const party_share& one : share(c).shares) exact.push_back(*one.exact);
        return exact;
    };
    using texts = std::vector<std::string>;
    CHECK(divided(division_rule::talmud, 100, {100, 200, 300}) == texts{"100/3", "100/3", "100/3"});
    CHECK(divided(division_rule::talmud, 200, {100, 200, 300}) == texts{"50", "75", "75"});
    CHECK(divided(division_rule::talmud, 300, {100, 200, 300}) == texts{"50", "100", "150"});
    CHECK(divided(division_rule::proportional, 120, {10, 20, 30}) == texts{"10", "20", "30"});
    CHECK(divided(division_rule::proportional, 30, {10, 20, 30}) == texts{"5", "10", "15"});
}

TEST_CASE("groups share out what they get among those in them, within the bounds of both") {
    open_call c = shares_call();
    share_terms& t = *c.shares;
    t.places = 20;
    t.groups = {{{"north"}, en("North"), std::nullopt, std::nullopt, 8},
                {{"coast"}, en("Coast"), group_id{"north"}, 3, std::nullopt},
                {{"south"}, en("South"), std::nullopt, std::nullopt, std::nullopt}};
    t.parties = {party("n1", 50, "north"), party("k1", 5, "coast"), party("k2", 5, "coast"),
                 party("s1", 30, "south"), party("s2", 10, "south")};
    t.parties.back().least = 4;
    const shared_out e = share(c);
    // North would have 12 of 20 and may have 8; of those the coast has at least 3.
    CHECK(units_of(e) == std::vector<std::int64_t>{5, 2, 1, 8, 4});
    REQUIRE(e.levels.size() == 4);
    CHECK_FALSE(e.levels[0].group);
    CHECK(e.levels[1].group == group_id{"north"});
    CHECK(e.levels[1].units == 8);
    CHECK(e.levels[2].group == group_id{"coast"});
    CHECK(e.levels[2].units == 3);
    REQUIRE(e.ties.size() == 1);
    CHECK(e.ties[0].group == group_id{"coast"});
    CHECK(e.ties[0].given == std::vector<std::string>{"k1"});

    agency a;
    a.must(a.now_by("gov"), c);
    close(a);
    share(a);
    const share_view why = a.view(share_query{{"c"}, {"k2"}});
    REQUIRE(why.steps.size() == 3);
    CHECK(why.steps[0].title == en("North"));
    CHECK(why.steps[1].title == en("Coast"));
    CHECK(why.steps[2].within == group_id{"coast"});
    REQUIRE(why.steps[2].why.tied);
    CHECK_FALSE(why.steps[2].why.tied->won);
    const shares_view seen = a.view(shares_query{{"c"}});
    CHECK(seen.groups[0].weight == 60);
    CHECK(seen.groups[1].units == 3);
}

TEST_CASE(
    "offices state claims while the call is open; the last counts, and a missing one is as said") {
    open_call c = claims_call(division_rule::max_min);
    c.shares->parties[1].office = office_id{jury_2.auth};
    c.shares->parties[2].office = office_id{jury_3.auth};
    agency a;
    a.must(a.now_by("gov"), c);
    CHECK(a.refused(jury_1, claim("a", 60)) == "calls.not_open_yet");
    a.go_to("2026-03-02T00:00:00.000Z");
    CHECK(a.refused(jury_2, claim("a", 60)) == "calls.not_claimant");
    CHECK(a.refused(actor{jury_2.person, jury_1.auth}, claim("a", 60)) == "calls.not_claimant");
    CHECK(a.refused(a.now_by("gov"), claim("a", 60)) == "calls.not_by_decision");
    CHECK(a.refused(jury_1, claim("x", 60)) == "calls.party_unknown");
    CHECK(a.refused(jury_1, claim("a", -1)) == "calls.number_out_of_range");
    state_claim silent = claim("a", 5);
    silent.reason.clear();
    CHECK(a.refused(jury_1, silent) == "calls.reason_missing");
    CHECK(a.refused(applicant("who"), apply_for({})) == "calls.nobody_applies");
    a.must(jury_1, claim("a", 60));
    a.must(jury_1, claim("a", 70));
    a.must(jury_2, claim("b", 20));
    CHECK(a.view(shares_query{{"c"}}, jury_3).states == std::vector<party_id>{{"c"}});
    close(a);
    CHECK(a.refused(jury_3, claim("c", 5)) == "calls.closed_already");
    const call& of = *a.own.calls.find(call_id{"c"});
    CHECK(of.closed->applications == 2);
    const std::string records[] = {
        R"({"claim":70,"party":"a","reason":{"en":"Needed"},"stated":true})",
        R"({"claim":20,"party":"b","reason":{"en":"Needed"},"stated":true})",
        R"({"claim":0,"party":"c","stated":false})"};
    CHECK(of.closed->root == to_hex(merkle_root(records)));
    const shared_out e = share(a);
    CHECK(units_of(e) == std::vector<std::int64_t>{70, 20, 0});
    CHECK(e.left == 10);
    const share_view why = a.view(share_query{{"c"}, {"a"}});
    REQUIRE(why.division);
    CHECK(why.division->full);
}

TEST_CASE("the weight stands for a claim that its office did not state, where the call says so") {
    open_call c = claims_call(division_rule::equal_losses);
    c.shares->divide->missing = missing_claim::weight;
    c.shares->places = 50;
    const std::int64_t weights[] = {40, 30, 20};
    for (std::size_t i = 0; i < 3; ++i) {
        c.shares->parties[i].weight = weights[i];
        c.shares->parties[i].source = "invented";
    }
    const shared_out e = share(c);
    CHECK(e.losses);
    CHECK(e.shares[0].exact == "80/3");
    CHECK(e.shares[2].exact == "20/3");
}

TEST_CASE("lots are drawn where several stand equal, and only there") {
    open_call c = shares_call();
    c.rules.ties = tie_policy::lottery;
    c.rules.lottery = lottery_kind::single;
    c.custodians = {{keeper_1.auth}};
    agency a;
    CHECK(a.refused(a.now_by("gov"), c) == "calls.custodian_alone");
    c.custodians = {{keeper_1.auth}, {keeper_2.auth}};
    c.reveal_days = 3;
    SUBCASE("nobody stands equal") {
        a.must(a.now_by("gov"), c);
        a.must(keeper_1, commitment_of(keeper_1));
        close(a);
        CHECK(a.refused(officer, settle_list{{"c"}}) == "calls.lots_not_needed");
        CHECK(a.view(blockers_query{{"c"}}, officer).can_run);
        CHECK(share(a).seed.empty());
    }
    SUBCASE("two stand equal") {
        c.shares->parties[1].weight = 23;
        c.shares->parties[0].weight = 54;
        c.shares->places = 11;
        a.must(a.now_by("gov"), c);
        a.must(keeper_1, commitment_of(keeper_1));
        close(a);
        CHECK(a.view(blockers_query{{"c"}}, officer).blockers.front().kind ==
              blocker_kind::lot_not_committed);
        CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.blocked");
        a.must(keeper_2, commitment_of(keeper_2));
        CHECK_FALSE(a.view(dry_run_query{{"c"}}, officer).would_share);
        a.must(officer, settle_list{{"c"}});
        CHECK(a.refused(keeper_2, commitment_of(keeper_2)) == "calls.list_settled");
        a.must(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)});
        a.must(keeper_2, reveal_lot{{"c"}, number_of(keeper_2)});
        CHECK(a.view(dry_run_query{{"c"}}, officer).would_share);
        const shared_out e = share(a);
        CHECK(e.lots_decided);
        REQUIRE(e.ties.size() == 1);
        CHECK(e.ties[0].among == std::vector<std::string>{"b", "c"});
        // The lower lottery number, computed here from the seed alone.
        const auto key = [&](const char* who) {
            return a.view(lot_query{{"c"}, {who}, std::nullopt}).key;
        };
        CHECK(e.ties[0].given.front() == (key("b") < key("c") ? "b" : "c"));
    }
}

TEST_CASE("what could not be shared out is refused when the call is ordered") {
    const auto said = [](const std::function<void(open_call&)>& change) {
        open_call c = shares_call();
        change(c);
        agency a;
        const auto decided = decide(a.seen(), c, a.now_by("gov"));
        REQUIRE_FALSE(decided.has_value());
        return std::string(decided.error().code()) + " " + decided.error().field;
    };
    CHECK(said([](open_call& c) { c.shares.reset(); }) == "calls.shares_missing shares");
    CHECK(said([](open_call& c) { c.shares->places.reset(); }) == "calls.shares_missing shares.of");
    CHECK(said([](open_call& c) { c.shares->apportion.reset(); }) ==
          "calls.shares_missing shares.apportion");
    CHECK(said([](open_call& c) { c.shares->parties.clear(); }) ==
          "calls.shares_missing shares.parties");
    CHECK(said([](open_call& c) { c.shares->parties[1].source.clear(); }) ==
          "calls.source_missing shares.parties.1.source");
    CHECK(said([](open_call& c) { c.shares->parties[1].party = {"a"}; }) ==
          "calls.id_repeated shares.parties.1");
    CHECK(said([](open_call& c) { c.shares->parties[1].weight = 0; }) ==
          "calls.weight_malformed shares.parties.1.weight");
    CHECK(said([](open_call& c) { c.shares->parties[1].member = member_id{"X"}; }) ==
          "calls.member_unknown shares.parties.1.member");
    CHECK(said([](open_call& c) { c.shares->parties[1].group = group_id{"g"}; }) ==
          "calls.group_unknown shares.parties.1.group");
    CHECK(said([](open_call& c) { c.shares->parties[1].claim = 4; }) ==
          "calls.not_with_shares shares.parties.1.claim");
    CHECK(said([](open_call& c) { c.answer_days = 5; }) == "calls.not_with_shares answer_days");
    CHECK(said([](open_call& c) { c.appeal_days = 5; }) == "calls.not_with_shares appeal_days");
    CHECK(said([](open_call& c) { c.budget = amount{1, {"RUB"}}; }) ==
          "calls.not_with_shares budget");
    CHECK(said([](open_call& c) { c.rules.ties = tie_policy::hungarian; }) ==
          "calls.not_with_shares rules.ties");
    CHECK(said([](open_call& c) { c.rules.unfilled = unfilled_rule::next_round; }) ==
          "calls.not_with_shares rules.unfilled");
    CHECK(said([](open_call& c) { c.shares->apportion->method = apportion_method::divisors; }) ==
          "calls.not_with_shares shares.apportion.divisors");
    CHECK(said([](open_call& c) {
              c.shares->places.reset();
              c.shares->of = amount{100, {"XX"}};
          }) == "calls.share_unit_unknown shares.of.unit");
    // What the engine finds: bounds that leave no way.
    CHECK(said([](open_call& c) { c.shares->parties[0].least = 11; }) ==
          "shares.minima_exceed_seats shares");
    CHECK(said([](open_call& c) {
              for (share_party& one : c.shares->parties) one.most = 3;
          }) == "shares.maxima_below_seats shares");
    CHECK(said([](open_call& c) {
              c.shares->groups = {{{"g/h"}, en("G"), std::nullopt, std::nullopt, std::nullopt}};
          }) == "calls.group_id_malformed shares.groups.0.group");
    CHECK(said([](open_call& c) {
              c.shares->apportion.reset();
              c.shares->divide = divide_terms{division_rule::talmud, std::nullopt};
          }) == "calls.not_with_shares shares.parties.0.weight");
    // And an order of the list does not part applicants.
    open_call places = places_call();
    places.rules.ties = tie_policy::order;
    places.rules.lottery.reset();
    agency a;
    CHECK(a.refused(a.now_by("gov"), places) == "calls.order_for_parties");
}

TEST_CASE("a result that the foreign check does not accept is not shared out") {
    agency a;
    a.must(a.now_by("gov"), shares_call());
    close(a);
    const call& of = *a.own.calls.find(call_id{"c"});
    share_answer made = share_out(of).value();
    CHECK(fault_in(of, made).empty());
    --made.levels[0].answer.given[0];
    ++made.levels[0].answer.given[1];
    CHECK_FALSE(fault_in(of, made).empty());
}

TEST_CASE("calls for shares with random lives replay the same") {
    for (std::uint32_t seed = 0; seed < 150; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        const bool apportions = seed % 3 != 0;
        open_call c = apportions ? some_apportionment(random)
                                 : claims_call(static_cast<division_rule>(between(random, 0, 3)));
        constexpr apportion_method others[] = {
            apportion_method::hamilton, apportion_method::huntington_hill, apportion_method::dean,
            apportion_method::modified_sainte_lague};
        if (apportions && seed % 2 == 0)
            c.shares->apportion->method = others[between(random, 0, 3)];
        if (apportions && seed % 5 == 0) {
            c.shares->groups = {{{"g"}, en("G"), std::nullopt, std::nullopt, std::nullopt},
                                {{"h"}, en("H"), group_id{"g"}, std::nullopt, std::nullopt}};
            for (share_party& one : c.shares->parties)
                if (between(random, 0, 2) > 0)
                    one.group = group_id{between(random, 0, 1) == 0 ? "g" : "h"};
        }
        if (between(random, 0, 1) == 0) {
            c.rules.ties = tie_policy::lottery;
            c.rules.lottery = lottery_kind::single;
            c.custodians = {{keeper_1.auth}, {keeper_2.auth}};
        }
        agency a;
        if (!a.submit(a.now_by("gov"), c)) continue;
        if (draws_lots(c))
            for (const actor& keeper : {keeper_1, keeper_2}) a.must(keeper, commitment_of(keeper));
        a.go_to("2026-03-02T00:00:00.000Z");
        if (!apportions)
            for (const char* who : {"a", "b", "c", "a"})
                if (between(random, 0, 2) > 0) a.must(jury_1, claim(who, between(random, 0, 80)));
        close(a);
        if (needs_lots(*a.own.calls.find(call_id{"c"}))) {
            a.must(officer, settle_list{{"c"}});
            a.must(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)});
            if (between(random, 0, 1) == 0)
                a.must(keeper_2, reveal_lot{{"c"}, number_of(keeper_2)});
            else
                a.go_to("2026-03-20T00:00:00.000Z");
        }
        share(a);
        a.must(officer, conclude_call{{"c"}});
        a.tell();
        agency again;
        for (const auto& step : a.played) step(again);
        CHECK(again.everything() == a.everything());
    }
}

TEST_CASE("a call for shares comes out alike when it is played again") {
    agency a;
    a.must(a.now_by("gov"), claims_call(division_rule::proportional));
    a.go_to("2026-03-02T00:00:00.000Z");
    a.must(jury_1, claim("a", 60));
    a.must(jury_1, claim("b", 90));
    close(a);
    const shared_out e = share(a);
    agency again;
    for (const auto& step : a.played) step(again);
    CHECK(again.everything() == a.everything());
    CHECK(to_json(again.own.calls.find(call_id{"c"})->shared->made) == to_json(e));
}

}  // namespace veche::calls::testing
