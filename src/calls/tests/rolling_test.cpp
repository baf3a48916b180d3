// Rolling offers: chains of free places, what can be answered, days that pass, the last day, and
// appeals.

#include "calls/rolling_offers.hpp"
#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

answer_offer keep(const std::string& programme) {
    return {{"c"}, offer_answer::accept, true, place_id{programme}};
}
answer_offer take(const std::string& programme) {
    return {{"c"}, offer_answer::accept, {}, place_id{programme}};
}
answer_offer decline(const std::string& programme) {
    return {{"c"}, offer_answer::decline, {}, place_id{programme}};
}
rank_offers rank(const std::vector<std::string>& programmes) {
    rank_offers c{{"c"}, {}};
    for (const std::string& one : programmes) c.ranking.push_back({one});
    return c;
}

const call& the_call(const agency& a) {
    return *a.own.calls.find(call_id{"c"});
}

/// "a offered, b held", in the order in which offers came.
std::string offers_of(const agency& a, const std::string& who) {
    std::string out;
    for (const offer& one : a.of(who).offers) {
        const bool held = one.status == offer_status::accepted && one.keep_waiting;
        out += (out.empty() ? "" : ", ") + one.programme->value + (one.beyond ? "+ " : " ") +
               (held ? "kept" : std::string(name_of(one.status)));
    }
    return out;
}

/// w 90, x 80, y 70, z 60; all but w named a, b and z, w a and b. Run on 12 March at midnight.
agency called(const open_call& c = rolling_call()) {
    agency a;
    open(a, c);
    a.must(applicant("w"), apply_for({"a", "b"}));
    for (const char* who : {"x", "y", "z"}) a.must(applicant(who), apply_for({"a", "b", "z"}));
    close(a);
    int points = 90;
    for (const char* who : {"w", "x", "y", "z"}) {
        score(a, who, points);
        points -= 10;
    }
    run(a);
    return a;
}

std::vector<list_move> moved(const events& made) {
    if (made.empty()) return {};
    REQUIRE(made.size() == 1);
    return from_json<offers_moved>(made.front().body).value().lists;
}

refusal why_rolling(const open_call& c) {
    agency a;
    const auto decided = decide(a.seen(), c, a.now_by("gov"));
    REQUIRE_FALSE(decided.has_value());
    return decided.error();
}

}  // namespace

TEST_CASE("rolling offers are refused where a call does not fit them, each with its sentence") {
    open_call c = grants_call();
    c.rules.unfilled = unfilled_rule::none;
    c.rules.rolling_until = at("2026-03-25T00:00:00.000Z");
    CHECK(why_rolling(c).code() == "calls.rolling_places_only");
    c = shares_call();
    c.rules.rolling_until = at("2026-03-25T00:00:00.000Z");
    CHECK(why_rolling(c).code() == "calls.rolling_places_only");
    c = internships_call();
    c.rules.rolling_until = at("2026-03-25T00:00:00.000Z");
    CHECK(why_rolling(c).code() == "calls.rolling_places_only");
    c = rolling_call();
    c.rules.ties = tie_policy::hungarian;
    c.rules.lottery.reset();
    CHECK(why_rolling(c).code() == "calls.rolling_needs_lots");
    c = rolling_call();
    c.programmes[2].reserves = {{{"north"}, 1}};
    c.rules.reserves = reserve_rule::first;
    CHECK(why_rolling(c).code() == "calls.rolling_without_reserves");
    c = rolling_call();
    c.rules.unfilled = unfilled_rule::next_round;
    CHECK(why_rolling(c).code() == "calls.rolling_one_run");
    CHECK(why_rolling(c).field == "rules.unfilled");
    c = rolling_call();
    c.rules.rolling_until = at("2026-03-12T23:59:59.999Z");
    CHECK(why_rolling(c).code() == "calls.rolling_too_short");
    c.rules.rolling_until = at("2026-03-13T00:00:00.000Z");
    agency a;
    a.must(a.now_by("gov"), c);
}

TEST_CASE("programmes call in their order, and one can be called by several") {
    agency a = called();
    CHECK(offers_of(a, "w") == "a open, b open");
    CHECK(offers_of(a, "x") == "z open");
    CHECK(offers_of(a, "y") == "z open");
    CHECK(offers_of(a, "z").empty());
    const allocated& made = the_call(a).rounds.back().made;
    CHECK(made.offers == 4);
    CHECK(made.candidates == 4);
    REQUIRE(made.cutoffs.size() == 3);
    CHECK(made.cutoffs[0].score == 90);
    CHECK(made.cutoffs[2].score == 70);
    CHECK(made.cutoffs[2].taken == 2);
    CHECK(made.lots_needed.empty());
    CHECK(stage_of(the_call(a), a.now) == call_stage::offered);
}

TEST_CASE("a place that an answer frees goes on in the same breath, along a whole chain") {
    agency a = called();
    // w keeps a: b goes to x, who already has z.
    CHECK(moved(a.must(applicant("w"), keep("a"))) == std::vector<list_move>{{{"b"}, 1, 2}});
    CHECK(offers_of(a, "w") == "a kept, b left");
    CHECK(offers_of(a, "x") == "z open, b open");
    // x takes b for good: z goes to the last, and x leaves the list of a.
    CHECK(moved(a.must(applicant("x"), take("b"))) == std::vector<list_move>{{{"z"}, 1, 3}});
    CHECK(offers_of(a, "x") == "z left, b accepted");
    CHECK(offers_of(a, "z") == "z open");
    CHECK(a.refused(applicant("x"), keep("z")) == "calls.taken_for_good");
    // w withdraws: a goes past x to y.
    CHECK(moved(a.must(applicant("w"), withdraw_application{{"c"}})) ==
          std::vector<list_move>{{{"a"}, 1, 3}});
    CHECK(offers_of(a, "w") == "a declined, b left");
    CHECK(offers_of(a, "y") == "z open, a open");
    // Declining frees a, which goes to z; nobody is left for z.
    CHECK(moved(a.must(applicant("y"), decline("a"))) == std::vector<list_move>{{{"a"}, 1, 4}});
    CHECK(moved(a.must(applicant("y"), decline("z"))).empty());
    CHECK(offers_of(a, "y") == "z declined, a declined");
}

TEST_CASE("a ranking answers by itself, offers that are there and offers to come") {
    agency a = called();
    // y wants b before z, and gives up a.
    CHECK(moved(a.must(applicant("y"), rank({"b", "z"}))).empty());
    CHECK(offers_of(a, "y") == "z kept");
    // x wants b before z: keeps z until b comes.
    CHECK(moved(a.must(applicant("x"), rank({"b", "z"}))).empty());
    // w takes a: b goes to x at once, who lets z go, which goes to z.
    CHECK(moved(a.must(applicant("w"), take("a"))) ==
          std::vector<list_move>{{{"b"}, 1, 2}, {{"z"}, 1, 3}});
    CHECK(offers_of(a, "x") == "z left, b kept");
    CHECK(offers_of(a, "z") == "z open");
    // x may think again: z is lost, b can be taken for good.
    CHECK(a.refused(applicant("x"), rank({"z", "b"})) == "calls.list_left");
    a.must(applicant("x"), take("b"));
    // y waits for b no longer than it lasts.
    CHECK(a.refused(applicant("y"), rank({"a"})) == "calls.list_left");
    CHECK(a.refused(applicant("y"), rank({})) == "calls.choices_missing");
    CHECK(a.refused(applicant("y"), rank({"z", "z"})) == "calls.id_repeated");
    CHECK(fault_in_book(*the_call(a).rolling).empty());
}

TEST_CASE("an offer lapses with its day, and goes on; the next has as many days") {
    agency a = called();
    CHECK(a.of("w").offers[0].until == at("2026-03-13T00:00:00.000Z"));
    a.go_to("2026-03-12T10:00:00.000Z");
    a.must(applicant("w"), keep("a"));  // b goes to x, for the rest of today and one day
    CHECK(a.of("x").offers[1].until == at("2026-03-14T00:00:00.000Z"));
    a.go_to("2026-03-13T00:00:00.000Z");
    CHECK(offers_of(a, "x") == "z lapsed, b open");
    CHECK(offers_of(a, "y") == "z lapsed");
    CHECK(offers_of(a, "z") == "z open");
    const auto lapsed = from_json<offers_lapsed>(a.derived.back().body).value();
    CHECK(lapsed.lapsed == 2);
    CHECK(lapsed.lists == std::vector<list_move>{{{"z"}, 1, 3}});
    CHECK(lapsed.root.has_value());
    CHECK(a.refused(applicant("x"), take("z")) == "calls.no_offer");
    a.go_to("2026-03-14T00:00:00.000Z");  // b lapses for x, and goes to y
    CHECK(offers_of(a, "y") == "z lapsed, b open");
    CHECK(the_call(a).lapsed == 3);
}

TEST_CASE("on the last day what is kept is taken, what is open lapses, and nobody is called") {
    agency a = called();
    a.must(applicant("w"), keep("a"));
    a.must(applicant("x"), keep("b"));  // z goes to z
    a.must(applicant("y"), keep("z"));
    CHECK(a.refused(officer, conclude_call{{"c"}}) == "calls.offers_running");
    a.go_to("2026-03-24T10:00:00.000Z");
    a.must(applicant("x"), decline("b"));  // b goes to y, until the last day at most
    CHECK(a.of("y").offers[1].until == at("2026-03-25T00:00:00.000Z"));
    a.go_to("2026-03-25T00:00:00.000Z");
    const auto ended = from_json<offers_ended>(a.derived.back().body).value();
    CHECK(ended.kept == 2);
    CHECK(ended.lapsed == 1);
    CHECK(ended.waiting == 2);  // x waits for a, z for a and b
    CHECK(offers_of(a, "w") == "a accepted, b left");
    CHECK(offers_of(a, "y") == "z accepted, b lapsed");
    CHECK(a.refused(applicant("z"), rank({"a"})) == "calls.offers_out");
    CHECK(a.refused(applicant("w"), decline("a")) == "calls.offers_out");
    CHECK(stage_of(the_call(a), a.now) == call_stage::answered);
    a.must(officer, conclude_call{{"c"}});
    const call_concluded& made = *the_call(a).concluded;
    CHECK(made.accepted == 2);
    CHECK(made.left == 2);
    CHECK(made.offered == 4);
    CHECK(made.programmes[1].left == 1);
    CHECK_FALSE(earliest_due(a.own));
}

TEST_CASE("a call that was not run before its last day ends with nothing given") {
    agency a;
    open(a, rolling_call());
    a.must(applicant("x"), apply_for({"a"}));
    close(a);
    score(a, "x", 50);
    settle_and_reveal(a);
    a.go_to("2026-03-25T00:00:00.000Z");
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.offers_out");
    a.must(officer, conclude_call{{"c"}});
    CHECK(the_call(a).concluded->accepted == 0);
}

TEST_CASE("what cannot be answered is refused") {
    agency a = called();
    CHECK(a.refused(applicant("w"), answer_offer{{"c"}, offer_answer::accept, {}}) ==
          "calls.offer_unnamed");
    CHECK(a.refused(applicant("w"), take("z")) == "calls.no_offer");
    CHECK(a.refused(applicant("x"), take("a")) == "calls.no_offer");
    a.must(applicant("x"), decline("a"));  // a waiting place can be given up
    CHECK(a.refused(applicant("x"), decline("a")) == "calls.no_offer");
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    agency other;
    open(other, places_call());
    other.must(applicant("x"), apply_for({"a"}));
    CHECK(other.refused(applicant("x"), rank({"a"})) == "calls.offers_not_rolling");
    close(other);
    score(other, "x", 50);
    run(other);
    CHECK(other.refused(applicant("x"), take("b")) == "calls.no_offer");
    other.must(applicant("x"), take("a"));
}

TEST_CASE(
    "an appeal that is right wins a place beyond the capacity where somebody behind was called") {
    agency a = called();
    a.must(applicant("z"), lodge_appeal{{"c"}, appeal_ground::points, {}});
    a.must(applicant("y"), lodge_appeal{{"c"}, appeal_ground::points, {}});
    decide_appeal right{{"c"}, {"z"}, true, en("Miscounted"), {{{"merit"}, 85}}, {}, {}};
    a.must(arbiter, right);
    CHECK(offers_of(a, "z") == "z+ open");  // behind w at a and b, before x at z
    CHECK(a.of("z").appeal->effect->figures.size() == 3);
    CHECK(offers_of(a, "x") == "z open");  // nobody else moves
    right.applicant = {"y"};
    right.points = {{{"merit"}, 75}};
    a.must(arbiter, right);
    CHECK(a.of("y").appeal->effect->effect == appeal_effect::below_cutoff);
    CHECK(a.refused(applicant("z"), keep("z")) == "calls.appeal_cannot_wait");
    // The place is not on the list any more: when w leaves b it goes to x.
    a.must(applicant("z"), take("z"));
    CHECK(offers_of(a, "z") == "z+ accepted");
    a.must(applicant("w"), decline("b"));
    a.must(applicant("x"), decline("b"));
    a.must(applicant("y"), decline("b"));
    CHECK(offers_of(a, "z") == "z+ accepted");  // took one for good, and left all lists
    CHECK(a.place_of("z") == "z+");
    CHECK(fault_in_book(*the_call(a).rolling).empty());
}

TEST_CASE("a place from an appeal lapses by itself, and is given up with the others") {
    agency a = called();
    for (const char* who : {"y", "z"})
        a.must(applicant(who), lodge_appeal{{"c"}, appeal_ground::points, {}});
    a.now = at("2026-03-12T06:00:00.000Z");
    decide_appeal right{{"c"}, {"y"}, true, en("Miscounted"), {{{"merit"}, 95}}, {}, {}};
    a.must(arbiter, right);
    right.applicant = {"z"};
    a.must(arbiter, right);
    CHECK(offers_of(a, "y") == "z open, a+ open");
    a.must(applicant("y"), take("z"));
    CHECK(offers_of(a, "y") == "z accepted, a+ left");
    a.go_to("2026-03-13T06:00:00.000Z");
    CHECK(offers_of(a, "z") == "a+ lapsed, z open");  // x and y let theirs lapse before
    CHECK(fault_in_book(*the_call(a).rolling).empty());
}

TEST_CASE("a case says where it stands on each list, and how far the list went; lists are public") {
    agency a = called();
    a.must(applicant("w"), keep("a"));  // b goes to x
    const application_view mine = a.view(application_query{{"c"}, {}}, applicant("y"));
    REQUIRE(mine.rolling);
    CHECK(mine.explanation.empty());
    REQUIRE(mine.rolling->lists.size() == 3);
    const list_place& b = mine.rolling->lists[1];
    CHECK(b.standing == list_standing::waiting);
    CHECK(b.your_rank == 3);
    CHECK(b.listed == 4);
    CHECK(b.before == 0);
    CHECK(b.first_run == 1);
    CHECK(b.last == 2);
    CHECK(b.your_score == 70);
    CHECK(b.last_score == 80);
    CHECK(mine.rolling->lists[2].standing == list_standing::offered);
    CHECK(mine.rolling->lists[2].until == at("2026-03-13T00:00:00.000Z"));
    CHECK(mine.rolling->can_answer);
    CHECK(std::find(mine.left.begin(), mine.left.end(), todo::answer) != mine.left.end());
    CHECK(mine.until == at("2026-03-13T00:00:00.000Z"));

    const call_view seen = a.view(call_query{{"c"}});
    REQUIRE(seen.programmes[1].list);
    CHECK(seen.programmes[1].list->open == 1);
    CHECK(seen.programmes[1].list->waiting == 2);
    CHECK(seen.programmes[1].list->first_run == 1);
    CHECK(seen.programmes[1].list->last == 2);
    CHECK(seen.programmes[0].list->kept == 1);
    CHECK(seen.programmes[2].offered == 2);

    a.must(applicant("y"), rank({"b", "z"}));
    const auto ranked = a.view(application_query{{"c"}, {}}, applicant("y")).rolling;
    CHECK(ranked->ranking == std::vector<place_id>{{"b"}, {"z"}});
    CHECK(ranked->lists[0].standing == list_standing::given_up);
    a.go_to("2026-03-25T00:00:00.000Z");
    const auto over = a.view(application_query{{"c"}, {}}, applicant("y")).rolling;
    CHECK(over->over);
    CHECK_FALSE(over->can_answer);
    CHECK(a.view(histories_query{call_id{"c"}}).calls[0].turns.back().turn ==
          call_turn::offers_ended);
}

TEST_CASE("lots part equal scores in the lists, and whoever waits sees both numbers") {
    agency a;
    open(a, rolling_call());
    for (const char* who : {"x", "y", "z"}) a.must(applicant(who), apply_for({"a"}));
    close(a);
    for (const char* who : {"x", "y", "z"}) score(a, who, 50);
    const allocated made = run(a);
    CHECK(made.lots_needed == std::vector<place_id>{{"a"}});
    std::int64_t sum = 0;
    for (const char* who : {"x", "y", "z"}) {
        const list_place one =
            a.view(application_query{{"c"}, {}}, applicant(who)).rolling->lists[0];
        sum += one.your_rank;
        CHECK(one.last_score == one.your_score);
        CHECK((one.your_key <= *one.last_key) == (one.standing == list_standing::offered));
    }
    CHECK(sum == 6);
}

}  // namespace veche::calls::testing
