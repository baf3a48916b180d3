// Elections to posts: who may what, what counts, what follows.

#include <algorithm>
#include <set>

#include "assembly/election_refusal.hpp"
#include "assembly/elections.hpp"
#include "assembly/tests/hall.hpp"
#include "charter/commands.hpp"
#include "elections/refusal.hpp"
#include "kernel/hash.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

const std::string number(64, '7');

/// The house may fill posts; council and chamber may not.
charter::charter_document electing_union() {
    auto doc = small_union();
    for (charter::body& b : doc.bodies)
        if (b.id.value == "house") b.enacts = {"charter.grant_mandate", "charter.end_mandate"};
    return doc;
}

call_election election_of(std::string id, method how, std::int32_t posts = 1) {
    call_election c;
    c.election = {std::move(id)};
    c.session = {"s"};
    c.item = {"i1"};
    c.title = en("Clerk of the house");
    c.office = office_id{"house/clerk"};
    c.how = how;
    c.posts = posts;
    return c;
}

/// An open session of the house with the election "e" called.
hall hall_with_election(method how, std::int32_t posts = 1,
                        std::optional<needed> needs = std::nullopt) {
    hall h(electing_union());
    h.must(secretary, session_of("s", "house"));
    h.must(secretary, item_of("s", "i1"));
    h.must(chair, open_session{{"s"}});
    auto c = election_of("e", how, posts);
    c.needs = needs;
    h.must(chair, c);
    return h;
}

void stand(hall& h, const actor& who) {
    h.must(who, nominate_candidate{{"e"}, {who.person}, {}});
}

open_election opening_election() {
    return {{"e"}, commitment_to(number)};
}

cast_election_ballot marked(const actor& who, std::vector<std::string> marks,
                            std::vector<std::string> against = {}) {
    cast_election_ballot c{{"e"}, who.auth, {}, {}};
    for (std::string& one : marks) c.marks.push_back({std::move(one)});
    for (std::string& one : against) c.against.push_back({std::move(one)});
    return c;
}

const election& of(const hall& h) {
    return *h.own.elections.find(election_id{"e"});
}

const election_decided& result_of(const hall& h) {
    return *of(h).rounds.back().result;
}

std::vector<person_id> persons(std::vector<std::string> ids) {
    std::vector<person_id> out;
    for (std::string& one : ids) out.push_back({std::move(one)});
    return out;
}

}  // namespace

TEST_CASE("a ranked election fills an office: stages, result, and the mandate it orders") {
    hall h = hall_with_election(method::stv);
    stand(h, n1);
    stand(h, s1);
    h.must(n1, nominate_candidate{{"e"}, {"p-n3"}, {}});
    h.must(n3, accept_candidacy{{"e"}, {"p-n3"}});
    h.must(chair, opening_election());
    h.must(n1, marked(n1, {"p-n1", "p-n3"}));
    h.must(n2, marked(n2, {"p-n3"}));
    h.must(n3, marked(n3, {"p-n3", "p-n1"}));
    h.must(s1, marked(s1, {"p-s1", "p-n1"}));
    // The last ballot counts.
    h.must(s1, marked(s1, {"p-s1", "p-n3"}));
    const auto derived = h.must(chair, close_election{{"e"}, number});
    CHECK(of(h).status == election_status::decided);
    CHECK(result_of(h).elected == persons({"p-n3"}));
    CHECK(result_of(h).papers == 4);
    CHECK(result_of(h).absent == 1);
    CHECK(result_of(h).quota == 3 * elections::unit);
    CHECK(derived.size() == of(h).rounds.back().stages.size() + 1);
    REQUIRE(of(h).orders.size() == 1);
    const auto order = from_json<charter::grant_mandate>(of(h).orders[0].body.bytes);
    REQUIRE(order.has_value());
    CHECK(order->mandate.id == "e/1");
    CHECK(order->mandate.person.value == "p-n3");
    CHECK(order->mandate.office == office_id{"house/clerk"});
    CHECK(to_text(order->mandate.from) == "2026-11-24");
}

TEST_CASE("nobody is voted on who has not agreed to stand") {
    hall h = hall_with_election(method::approval);
    h.must(n1, nominate_candidate{{"e"}, {"p-n3"}, {}});
    CHECK(h.refused(chair, opening_election()).kind == &refusals::nobody_stands);
    stand(h, n2);
    CHECK(h.refused(n1, accept_candidacy{{"e"}, {"p-n3"}}).kind == &refusals::not_the_candidate);
    h.must(chair, opening_election());
    CHECK(of(h).rounds.back().candidates == persons({"p-n2"}));
    const auto why = h.refused(n1, marked(n1, {"p-n3"}));
    CHECK(why.kind == &elections::refusals::candidate_unknown);
    CHECK(why.field == "marks");
}

TEST_CASE("who withdraws stands no more and cannot come back; who stands need not agree again") {
    hall h = hall_with_election(method::approval);
    stand(h, n1);
    CHECK(h.refused(n1, accept_candidacy{{"e"}, {"p-n1"}}).kind == &refusals::candidacy_settled);
    h.must(n1, withdraw_candidacy{{"e"}, {"p-n1"}});
    CHECK(h.refused(n1, accept_candidacy{{"e"}, {"p-n1"}}).kind == &refusals::candidacy_settled);
    CHECK(h.refused(n2, nominate_candidate{{"e"}, {"p-n1"}, {}}).kind ==
          &refusals::already_nominated);
    CHECK(h.refused(chair, opening_election()).kind == &refusals::nobody_stands);
}

TEST_CASE("a person whom the charter does not know is nominated with a title") {
    hall h = hall_with_election(method::approval);
    CHECK(h.refused(n1, nominate_candidate{{"e"}, {"expert-1"}, {}}).kind ==
          &refusals::text_missing);
    h.must(n1, nominate_candidate{{"e"}, {"expert-1"}, en("Expert No 1")});
    const auto view = h.view(election_query{{"e"}}, n1);
    CHECK(view.candidates.at(0).name == en("Expert No 1"));
    CHECK(view.candidates.at(0).status == candidacy_status::nominated);
}

TEST_CASE("without a majority the two who lead meet again, and then the most votes decide") {
    hall h = hall_with_election(method::plurality, 1, needed::majority_of_electors);
    for (const actor& one : {n1, n2, s1}) stand(h, one);
    h.must(chair, opening_election());
    h.must(n1, marked(n1, {"p-n1"}));
    h.must(n2, marked(n2, {"p-n1"}));
    h.must(n3, marked(n3, {"p-n2"}));
    h.must(s1, marked(s1, {}));
    // n2 and s1 do not tie: s1 has none.
    h.must(chair, close_election{{"e"}, number});
    CHECK(of(h).status == election_status::runoff);
    CHECK(of(h).orders.empty());
    CHECK(result_of(h).runoff == persons({"p-n1", "p-n2"}));
    CHECK(result_of(h).blank == 1);
    h.must(chair, opening_election());
    CHECK(of(h).rounds.size() == 2);
    CHECK(h.refused(s1, marked(s1, {"p-s1"})).kind == &elections::refusals::candidate_unknown);
    h.must(s1, marked(s1, {"p-n2"}));
    const auto derived = h.must(chair, close_election{{"e"}, number});
    CHECK(of(h).status == election_status::decided);
    CHECK(result_of(h).elected == persons({"p-n2"}));
    CHECK(result_of(h).round == 2);
}

TEST_CASE("a lot is drawn from the committed number and the ballots, the same at every replay") {
    hall h = hall_with_election(method::plurality);
    stand(h, n1);
    stand(h, n2);
    h.must(chair, opening_election());
    h.must(n1, marked(n1, {"p-n1"}));
    h.must(n2, marked(n2, {"p-n2"}));
    const hall before = h;
    h.must(chair, close_election{{"e"}, number});
    const auto& stage = of(h).rounds.back().stages.at(0);
    REQUIRE(stage.lots.size() == 1);
    CHECK(stage.lots[0].among == std::vector<std::string>{"p-n1", "p-n2"});
    const std::string ballots = R"([{"marks":["p-n1"],"seat":"house-n-1"},)"
                                R"({"marks":["p-n2"],"seat":"house-n-2"}])";
    CHECK(ballots_text(of(h).rounds.back()) == ballots);
    CHECK(result_of(h).ballots_sha256 == to_hex(sha256(ballots)));
    CHECK(result_of(h).lot_seed == to_hex(sha256("veche election lot 1\n" + number + "\n" +
                                                 to_hex(sha256(ballots)) + "\n")));
    hall again = before;
    again.must(chair, close_election{{"e"}, number});
    CHECK(of(again).rounds.back().stages == of(h).rounds.back().stages);
}

TEST_CASE("only the number that was committed to closes an election") {
    hall h = hall_with_election(method::plurality);
    stand(h, n1);
    auto open = opening_election();
    open.lot_commitment[0] = 'G';
    CHECK(h.refused(chair, open).kind == &refusals::commitment_malformed);
    h.must(chair, opening_election());
    CHECK(h.refused(chair, close_election{{"e"}, std::string(64, '8')}).kind ==
          &refusals::not_the_number);
    CHECK(h.refused(chair, close_election{{"e"}, "7"}).kind == &refusals::not_the_number);
    h.must(chair, close_election{{"e"}, number});
    CHECK(result_of(h).outcome == elections::result_kind::nobody);
}

TEST_CASE("yes and no of each candidate for two seats, filled in the order of election") {
    auto doc = electing_union();
    hall h(doc);
    h.must(secretary, session_of("s", "house"));
    h.must(secretary, item_of("s", "i1"));
    h.must(chair, open_session{{"s"}});
    auto c = election_of("e", method::yes_no, 2);
    c.office.reset();
    c.seats = {"house-s-2", "house-n-1"};
    c.from = *parse_date("2027-01-01");
    c.until = *parse_date("2027-12-31");
    for (const charter::mandate& m : doc.mandates)
        if (m.seat == "house-n-1") c.succeeds = {m.id};
    REQUIRE(c.succeeds.size() == 1);
    h.must(chair, c);
    for (const actor& one : {n2, n3, s1}) stand(h, one);
    h.must(chair, opening_election());
    h.must(n1, marked(n1, {"p-n2", "p-s1"}, {"p-n3"}));
    h.must(n2, marked(n2, {"p-s1"}, {"p-n3"}));
    CHECK(h.refused(n3, marked(n3, {"p-s1"}, {"p-s1"})).kind ==
          &elections::refusals::mark_repeated);
    h.must(chair, close_election{{"e"}, number});
    CHECK(result_of(h).elected == persons({"p-s1", "p-n2"}));
    REQUIRE(of(h).orders.size() == 3);
    CHECK(of(h).orders[0].body.bytes ==
          R"({"mandate":")" + c.succeeds[0] + R"(","until":"2026-12-31"})");
    CHECK(of(h).orders[1].body.bytes ==
          R"({"mandate":{"from":"2027-01-01","id":"e/1","person":"p-s1",)"
          R"("seat":"house-s-2","until":"2027-12-31"}})");
    CHECK(of(h).orders[2].body.bytes.find(R"("seat":"house-n-1")") != std::string::npos);
}

TEST_CASE("the calling of an election is refused in the documented order") {
    hall h = hall_with_election(method::stv);
    h.must(secretary, session_of("t", "council"));
    h.must(secretary, item_of("t", "i1"));
    auto c = election_of("e", method::plurality);
    c.session = {"nowhere"};
    c.item = {"no-item"};
    c.body = body_id{"no-body"};
    c.office = office_id{"no-office"};
    c.seats = {"no-seat"};
    c.succeeds = {"no-mandate"};
    c.title = {};
    c.posts = 0;
    c.needs = needed::most;
    const auto kind = [&](const actor& who) { return h.refused(who, c).kind; };
    CHECK(kind(stranger) == &refusals::session_unknown);
    c.session = {"s"};
    CHECK(kind(stranger) == &refusals::item_unknown);
    c.item = {"i1"};
    CHECK(kind(stranger) == &refusals::body_unknown);
    c.body = body_id{"council"};
    CHECK(kind(stranger) == &refusals::office_unknown);
    c.office = office_id{"house/clerk"};
    CHECK(kind(stranger) == &refusals::post_unknown);
    c.seats = {"house-n-1", "house-n-1"};
    CHECK(kind(stranger) == &refusals::mandate_unknown);
    c.succeeds.clear();
    CHECK(kind(stranger)->code.starts_with("charter."));
    CHECK(kind(chair) == &refusals::id_taken);
    c.election = {std::string(51, 'e')};
    CHECK(kind(chair) == &refusals::body_not_sitting);
    c.body.reset();
    CHECK(kind(chair) == &refusals::text_missing);
    c.title = en("Posts");
    CHECK(kind(chair) == &refusals::election_id_long);
    c.election = {std::string(50, 'e')};
    CHECK(kind(chair) == &refusals::post_missing);
    c.office.reset();
    CHECK(kind(chair) == &refusals::seat_repeated);
    c.seats = {"house-n-1", "house-n-2"};
    CHECK(kind(chair) == &refusals::posts_out_of_range);
    c.posts = 3;
    CHECK(kind(chair) == &refusals::posts_not_seats);
    c.posts = 2;
    CHECK(kind(chair) == &refusals::one_post_by_plurality);
    c.how = method::stv;
    CHECK(kind(chair) == &refusals::quota_decides);
    c.needs.reset();
    c.from = *parse_date("2026-12-02");
    c.until = *parse_date("2026-12-01");
    CHECK(kind(chair) == &refusals::term_reversed);
    c.from.reset();
    c.until = *parse_date("2026-11-23");
    CHECK(kind(chair) == &refusals::time_passed);
    c.until.reset();
    c.session = {"t"};
    CHECK(kind(chair) == &refusals::enactment_not_allowed);
}

TEST_CASE("an election of seats that vote as blocs is refused") {
    auto doc = electing_union();
    for (charter::body& b : doc.bodies)
        if (b.id.value == "chamber") b.enacts = {"charter.grant_mandate"};
    hall h(doc);
    h.must(secretary, session_of("s", "chamber"));
    h.must(secretary, item_of("s", "i1"));
    CHECK(h.refused(chair, election_of("e", method::stv)).kind == &refusals::blocs_do_not_elect);
}

TEST_CASE("a ballot is refused in the documented order") {
    hall h = hall_with_election(method::stv);
    stand(h, n1);
    auto c = marked(n1, {"p-n1", "p-n1"});
    c.election = {"none"};
    CHECK(h.refused(n1, c).kind == &refusals::election_unknown);
    c.election = {"e"};
    CHECK(h.refused(n1, c).kind == &refusals::election_not_open);
    h.must(chair, opening_election());
    h.must(chair, register_presence{{"s"}, n2.auth});
    c.seat = "council/north";
    CHECK(h.refused(north, c).kind == &refusals::seat_unknown);
    c.seat = n1.auth;
    CHECK(h.refused(n2, c).kind == &refusals::seat_not_held);
    CHECK(h.refused(n1, c).kind == &elections::refusals::mark_repeated);
    c.marks.resize(1);
    CHECK(h.refused(n1, c).kind == &refusals::not_present);
    h.must(n2, marked(n2, {"p-n1"}));
    h.must(chair, close_election{{"e"}, number});
    CHECK(h.refused(n2, marked(n2, {"p-n1"})).kind == &refusals::election_not_open);
    CHECK(h.refused(chair, close_election{{"e"}, number}).kind == &refusals::election_not_open);
    CHECK(h.refused(chair, annul_election{{"e"}, en("Late")}).kind == &refusals::election_over);
}

TEST_CASE("a session does not close over open ballots; an election that waits lapses with it") {
    hall h = hall_with_election(method::plurality);
    stand(h, n1);
    auto other = election_of("f", method::plurality);
    h.must(chair, other);
    h.must(chair, opening_election());
    CHECK(h.refused(chair, close_session{{"s"}}).kind == &refusals::elections_open);
    h.must(chair, annul_election{{"e"}, en("The number was lost")});
    h.must(chair, close_session{{"s"}});
    CHECK(standing_of(h.own, of(h)) == election_status::annulled);
    CHECK(standing_of(h.own, *h.own.elections.find(election_id{"f"})) == election_status::lapsed);
    CHECK(h.refused(n1, nominate_candidate{{"f"}, {"p-n1"}, {}}).kind ==
          &refusals::nominations_closed);
}

TEST_CASE("everything of an election that needs an office is refused without it") {
    hall h = hall_with_election(method::plurality);
    stand(h, n1);
    for (const actor& who : {stranger, n1, secretary}) {
        CHECK(h.refused(who, election_of("f", method::stv)).kind->code.starts_with("charter."));
        CHECK(h.refused(who, opening_election()).kind->code.starts_with("charter."));
        CHECK(h.refused(who, close_election{{"e"}, number}).kind->code.starts_with("charter."));
        CHECK(h.refused(who, annul_election{{"e"}, en("x")}).kind->code.starts_with("charter."));
    }
    CHECK(h.refused(stranger, nominate_candidate{{"e"}, {"p-n2"}, {}}).kind ==
          &refusals::may_not_nominate);
    CHECK(h.refused(stranger, withdraw_candidacy{{"e"}, {"p-n2"}}).kind ==
          &refusals::not_nominated);
}

TEST_CASE("views show whose ballot says what, and what the viewer may do") {
    hall h = hall_with_election(method::stv, 1);
    stand(h, n1);
    stand(h, s1);
    CHECK(h.view(election_query{{"e"}}, n2).may_nominate);
    h.must(chair, opening_election());
    auto view = h.view(election_query{{"e"}}, n2);
    CHECK(view.may_cast);
    CHECK_FALSE(view.may_nominate);
    REQUIRE(view.own.size() == 1);
    CHECK_FALSE(view.own[0].cast);
    h.must(n2, marked(n2, {"p-s1"}));
    view = h.view(election_query{{"e"}}, n2);
    CHECK(view.own[0].marks == persons({"p-s1"}));
    REQUIRE(view.rounds.size() == 1);
    CHECK(view.rounds[0].cast == 1);
    CHECK(view.rounds[0].ballots.at(1).marks.at(0).person.value == "p-s1");
    CHECK_FALSE(h.view(election_query{{"e"}}).may_cast);
    const auto list = h.view(elections_query{session_id{"s"}}, n2);
    REQUIRE(list.elections.size() == 1);
    CHECK(list.elections[0].may_cast);
    h.must(chair, close_election{{"e"}, number});
    CHECK(h.view(elections_query{}).elections[0].elected.at(0).person.value == "p-s1");
    CHECK(h.view(election_query{{"e"}}).rounds[0].lot_number == number);
}

TEST_CASE("codes of refusals about elections are unique, and sentences end with a full stop") {
    std::set<std::string_view> codes;
    for (const refusal_kind* kind : refusals::all) codes.insert(kind->code);
    for (const refusal_kind* kind : refusals::of_elections::all) {
        CHECK(codes.insert(kind->code).second);
        CHECK(kind->code.starts_with("assembly."));
        CHECK(kind->sentence.ends_with('.'));
    }
}
