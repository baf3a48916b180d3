// Amendments from tabling to the merged text that the decision holds.

#include <set>

#include "assembly/amendments.hpp"
#include "assembly/motion_refusal.hpp"
#include "assembly/tests/hall.hpp"
#include "kernel/hash.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

using enum amendment_kind;

table_amendment amend(std::string id, amendment_kind kind, std::int32_t paragraph,
                      std::string words = {}) {
    table_amendment c;
    c.amendment = {std::move(id)};
    c.motion = {"m"};
    c.kind = kind;
    c.paragraph = paragraph;
    if (!words.empty()) c.text = en(std::move(words));
    return c;
}

table_amendment amend_further(std::string id, std::string amends, amendment_kind kind,
                              std::int32_t paragraph, std::string words = {}) {
    auto c = amend(std::move(id), kind, paragraph, std::move(words));
    c.amends = amendment_id{std::move(amends)};
    return c;
}

/// Three paragraphs in two languages and two orders, before the house or the council.
hall hall_with_text(const std::string& body = "council") {
    hall h;
    h.must(secretary, session_of("s", body));
    h.must(secretary, item_of("s", "i1"));
    h.must(chair, open_session{{"s"}});
    auto c = motion_of("m", "s");
    c.text = {{"en", "One is one.\n\nTwo is two.\n\nThree is three."},
              {"ru", "Один.\n\nДва.\n\nТри."}};
    if (body == "council") c.enactments = {measure_order("M1"), measure_order("M2")};
    h.must(chair, c);
    return h;
}

amendment_status amendment_status_of(const hall& h, const std::string& id) {
    return h.own.amendments.find(amendment_id{id})->status;
}
std::string text_now(const hall& h) {
    return the_motion(h).text.at("en");
}

/// One vote of the council, on the amendment or on the motion.
events decide_by(hall& h, const std::string& amendment, vote_choice choice) {
    auto c = vote_on("v" + std::to_string(h.own.votes.size() + 1), "m");
    if (!amendment.empty()) c.amendment = amendment_id{amendment};
    h.must(chair, c);
    CHECK(the_motion(h).status == motion_status::voting);
    h.must(north, ballot_in(c.vote.value, "council/north", choice));
    h.must(south, ballot_in(c.vote.value, "council/south", vote_choice::yes));
    return h.must(chair, close_vote{c.vote, {}});
}
events adopt(hall& h, const std::string& amendment) {
    return decide_by(h, amendment, vote_choice::yes);
}
events reject(hall& h, const std::string& amendment) {
    return decide_by(h, amendment, vote_choice::no);
}

std::vector<std::string> order_now(const hall& h) {
    std::vector<std::string> out;
    for (const auto& id : voting_order(h.own, the_motion(h))) out.push_back(id.value);
    return out;
}

}  // namespace

TEST_CASE("an adopted amendment is merged, and the decision holds the merged text") {
    hall h = hall_with_text();
    auto c = amend("a", replace, 2, "Two is a pair.");
    c.text["ru"] = "Пара.";
    h.must(north, c);
    adopt(h, "a");
    CHECK(amendment_status_of(h, "a") == amendment_status::adopted);
    CHECK(the_motion(h).status == motion_status::tabled);
    CHECK(text_now(h) == "One is one.\n\nTwo is a pair.\n\nThree is three.");
    CHECK(the_motion(h).text.at("ru") == "Один.\n\nПара.\n\nТри.");
    CHECK(the_motion(h).original.at("en") == "One is one.\n\nTwo is two.\n\nThree is three.");
    REQUIRE(h.followed.back().type == text_amended::wire.type);
    const auto e = *from_json<text_amended>(h.followed.back().body);
    CHECK(e.sha256.at("en") == to_hex(sha256(text_now(h))));
    CHECK(e.left_behind.empty());
    adopt(h, "");
    CHECK(the_motion(h).status == motion_status::adopted);
    CHECK(h.view(decision_query{{"2026-0001"}}).text == the_motion(h).text);
}

TEST_CASE("a rejected amendment leaves the text, and one without a quorum waits again") {
    hall h = hall_with_text();
    h.must(north, amend("a", delete_, 1));
    reject(h, "a");
    CHECK(amendment_status_of(h, "a") == amendment_status::rejected);
    CHECK(the_motion(h).text == the_motion(h).original);
    CHECK(h.own.decisions.empty());
    hall house = hall_with_text("house");
    house.must(deputy("n", 1), amend("a", delete_, 1));
    auto c = vote_on("v", "m");
    c.amendment = amendment_id{"a"};
    house.must(speaker, c);
    house.must(deputy("n", 1), ballot_in("v", "house-n-1", vote_choice::yes));
    house.must(speaker, close_vote{{"v"}, {}});
    CHECK(amendment_status_of(house, "a") == amendment_status::tabled);
    CHECK(the_motion(house).status == motion_status::tabled);
}

TEST_CASE("a language without the new words is left out and named") {
    hall h = hall_with_text();
    h.must(north, amend("a", replace, 2, "Two is a pair."));
    adopt(h, "a");
    CHECK_FALSE(the_motion(h).text.contains("ru"));
    CHECK(the_motion(h).left_behind == std::vector<std::string>{"ru"});
}

TEST_CASE("amendments to an amendment change its words before it is voted on") {
    hall h = hall_with_text();
    h.must(north, amend("a", insert_after, 3, "Four is four.\n\nFive is five."));
    h.must(south, amend_further("b", "a", replace, 1, "Four is twice two."));
    CHECK(order_now(h) == std::vector<std::string>{"b", "a"});
    auto early = vote_on("v", "m");
    early.amendment = amendment_id{"a"};
    CHECK(h.refused(chair, early).kind == &refusals::not_next);
    adopt(h, "b");
    CHECK(text_now(h).ends_with("Three is three."));
    adopt(h, "a");
    CHECK(text_now(h).ends_with("Three is three.\n\nFour is twice two.\n\nFive is five."));
    // A third storey is not built.
    h.must(north, amend("c", insert_after, 0, "Zero."));
    h.must(north, amend_further("d", "c", replace, 1, "Nought."));
    CHECK(h.refused(north, amend_further("e", "d", replace, 1, "x")).kind ==
          &refusals::amendment_too_deep);
    h.must(north, withdraw_amendment{{"c"}});
    CHECK(amendment_status_of(h, "d") == amendment_status::fallen);
}

TEST_CASE("the farthest from the text is voted on first, and what it settles falls") {
    hall h = hall_with_text();
    h.must(north, amend("late", replace, 3, "Three."));
    h.must(north, amend("after", insert_after, 2, "Then:"));
    h.must(north, amend("near", replace, 2, "Two is two indeed."));
    h.must(north, amend("far", replace, 2, "Nothing of the kind."));
    h.must(south, amend_further("nearer", "near", replace, 1, "Two is two."));
    h.must(south, amend("gone", delete_, 2));
    CHECK(order_now(h) ==
          std::vector<std::string>{"gone", "far", "nearer", "near", "after", "late"});
    reject(h, "gone");
    adopt(h, "far");
    CHECK(amendment_status_of(h, "near") == amendment_status::fallen);
    CHECK(amendment_status_of(h, "nearer") == amendment_status::fallen);
    CHECK(order_now(h) == std::vector<std::string>{"after", "late"});
    CHECK(h.refused(north, amend("again", replace, 2, "x")).kind == &refusals::place_settled);
    CHECK(h.refused(chair, vote_on("v", "m")).kind == &refusals::amendments_pending);
    adopt(h, "after");
    adopt(h, "late");
    CHECK(text_now(h) == "One is one.\n\nNothing of the kind.\n\nThen:\n\nThree.");
}

TEST_CASE("the chair may set another order, but no amendment before those to it") {
    hall h = hall_with_text();
    h.must(north, amend("a", replace, 1, "x"));
    h.must(north, amend("b", replace, 2, "y"));
    h.must(south, amend_further("c", "b", replace, 1, "z"));
    h.must(chair, set_voting_order{{"m"}, {{"b"}}});
    CHECK(order_now(h) == std::vector<std::string>{"c", "b", "a"});
    CHECK(h.refused(chair, set_voting_order{{"m"}, {{"c"}}}).kind == &refusals::amendment_unknown);
    CHECK(h.refused(north, set_voting_order{{"m"}, {{"a"}, {"a"}}}).kind->code ==
          "charter.power_missing");
    CHECK(h.refused(chair, set_voting_order{{"m"}, {{"a"}, {"a"}}}).kind ==
          &refusals::amendment_repeated);
    reject(h, "c");
    reject(h, "b");
    CHECK(h.refused(chair, set_voting_order{{"m"}, {{"b"}}}).kind ==
          &refusals::amendment_not_tabled);
}

TEST_CASE("an ordered command can be amended too") {
    hall h = hall_with_text();
    auto c = amend("a", replace_enactment, 2);
    CHECK(h.refused(north, c).kind == &refusals::order_missing);
    c.order = measure_order("M9");
    c.paragraph = 3;
    CHECK(h.refused(north, c).kind == &refusals::place_unknown);
    c.paragraph = 2;
    h.must(north, c);
    adopt(h, "a");
    CHECK(the_motion(h).enactments ==
          std::vector<enactment>{measure_order("M1"), measure_order("M9")});
    CHECK(the_motion(h).text == the_motion(h).original);
    adopt(h, "");
    CHECK(h.own.decisions.find(decision_id{"2026-0001"})->enactments == the_motion(h).enactments);
}

TEST_CASE("an amendment that breaks every rule is refused for them in the documented order") {
    hall h = hall_with_text();
    auto c = amend("a", replace, 9);
    h.must(north, amend("a", replace, 1, "x"));
    c.motion = {"nowhere"};
    c.amends = amendment_id{"none"};
    CHECK(h.refused(stranger, c).kind == &refusals::motion_unknown);
    c.motion = {"m"};
    CHECK(h.refused(stranger, c).kind == &refusals::amendment_unknown);
    c.amends.reset();
    CHECK(h.refused(stranger, c).kind == &refusals::may_not_table);
    CHECK(h.refused(north, c).kind == &refusals::id_taken);
    c.amendment = {"b"};
    CHECK(h.refused(north, c).kind == &refusals::place_unknown);
    c.paragraph = 0;
    CHECK(h.refused(north, c).kind == &refusals::place_unknown);
    c.paragraph = 2;
    CHECK(h.refused(north, c).kind == &refusals::text_missing);
    c.text = {{"ru", "Пара."}};
    CHECK(h.refused(north, c).kind == &refusals::record_language_missing);
    c.text = en("Pair.");
    c.order = measure_order("M9");
    CHECK(h.refused(north, c).kind == &refusals::leave_out);
    c.order.reset();
    auto d = amend("d", delete_, 1, "x");
    CHECK(h.refused(north, d).kind == &refusals::leave_out);
    h.must(north, amend("gone", delete_, 2));
    auto e = amend_further("e", "gone", replace, 1, "x");
    CHECK(h.refused(north, e).kind == &refusals::amendment_wordless);
    h.must(chair, withdraw_amendment{{"gone"}});
    e.amends = amendment_id{"a"};
    CHECK(h.refused(stranger, withdraw_amendment{{"a"}}).kind ==
          &refusals::may_not_withdraw_amendment);
    h.must(north, withdraw_amendment{{"a"}});
    CHECK(h.refused(north, e).kind == &refusals::amendment_not_tabled);
    CHECK(h.refused(north, withdraw_amendment{{"a"}}).kind == &refusals::amendment_not_tabled);
    h.must(chair, withdraw_motion{{"m"}});
    CHECK(h.refused(north, c).kind == &refusals::motion_not_tabled);
}

TEST_CASE("what waits lapses with its motion") {
    hall h = hall_with_text();
    h.must(north, amend("a", replace, 1, "x"));
    h.must(south, amend_further("b", "a", replace, 1, "y"));
    h.must(chair, close_session{{"s"}});
    CHECK(amendment_status_of(h, "a") == amendment_status::lapsed);
    CHECK(amendment_status_of(h, "b") == amendment_status::lapsed);
}

TEST_CASE("the charter may end the time for amendments and name their rule") {
    hall h = hall_with_text();
    charter::charter_document changes;
    for (const auto& row : small_union().bodies)
        if (row.id.value == "council") changes.bodies.push_back(row);
    charter::motion_procedure& how = changes.bodies[0].motions.emplace();
    how.amendment_hours = 26;
    how.amendment_rule = "majority";
    h.charter.put(changes, {});
    // The session is planned for 10 o'clock on the first of December.
    h.now = at("2026-11-30T07:59:59.999Z");
    h.must(north, amend("a", replace, 1, "x"));
    h.now = at("2026-11-30T08:00:00.000Z");
    CHECK(h.refused(north, amend("b", replace, 1, "y")).kind == &refusals::amendments_closed);
    auto c = vote_on("v", "m");
    c.amendment = amendment_id{"a"};
    h.must(chair, c);
    h.must(north, ballot_in("v", "council/north", vote_choice::yes));
    h.must(south, ballot_in("v", "council/south", vote_choice::abstain));
    h.must(chair, close_vote{{"v"}, {}});
    CHECK(amendment_status_of(h, "a") == amendment_status::adopted);
    CHECK(h.own.votes.find(vote_id{"v"})->roll->described.id == "majority");
}

TEST_CASE("codes of refusals about motions are unique, and sentences end with a full stop") {
    std::set<std::string_view> codes;
    for (const refusal_kind* kind : refusals::all) codes.insert(kind->code);
    for (const refusal_kind* kind : refusals::of_motions::all) {
        CHECK(codes.insert(kind->code).second);
        CHECK(kind->code.starts_with("assembly."));
        CHECK(kind->sentence.ends_with('.'));
    }
}
