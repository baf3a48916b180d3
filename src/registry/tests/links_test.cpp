#include "registry/tests/desk.hpp"

using namespace veche;
using namespace veche::registry;
using namespace veche::registry::testing;

TEST_CASE_FIXTURE(linked_desk, "the state of a link follows from what both sides say") {
    CHECK(how("ash-birch") == link_standing::proposed);
    CHECK(send(claim_of("ash-birch", link_side::a, link_claim::concluded, "2025-06-01")) == "");
    CHECK(how("ash-birch") == link_standing::proposed);  // one side alone concludes nothing
    CHECK(send(claim_of("ash-birch", link_side::b, link_claim::concluded, "2025-06-02")) == "");
    CHECK(how("ash-birch") == link_standing::concluded);
    CHECK(send(activity_of("visit", "ash-birch", "2025-09")) == "");
    CHECK(how("ash-birch") == link_standing::active);
    CHECK(send(claim_of("ash-birch", link_side::b, link_claim::suspended, "2026-01")) == "");
    CHECK(how("ash-birch") == link_standing::suspended);
    CHECK(send(claim_of("ash-birch", link_side::b, link_claim::concluded, "2026-02")) == "");
    CHECK(how("ash-birch") == link_standing::active);
    CHECK(send(claim_of("ash-birch", link_side::a, link_claim::ended)) == "");
    CHECK(how("ash-birch") == link_standing::ended);  // one side is enough
    CHECK(send(claim_of("ash-birch", link_side::b, link_claim::denied)) == "");
    CHECK(how("ash-birch") == link_standing::disputed);
    const auto view = ask(seen(), link_query{{"ash-birch"}}, anyone());
    REQUIRE(view);
    CHECK(view->claims.size() == 6);  // nothing that was said is lost
    CHECK(view->row.since == std::nullopt);
}

TEST_CASE_FIXTURE(linked_desk, "a link without an activity for 24 months is dormant") {
    conclude("2025-06-01");
    CHECK(earliest_due(own) == start_of(*parse_date("2027-06-02")));
    CHECK(send(activity_of("visit", "ash-birch", "2025-09-10")) == "");
    CHECK(earliest_due(own) == start_of(*parse_date("2027-09-11")));
    pass_to("2027-09-10");
    CHECK(how("ash-birch") == link_standing::active);
    pass_to("2027-09-11");
    CHECK(how("ash-birch") == link_standing::dormant);
    CHECK_FALSE(earliest_due(own));
    // Something that happened long ago and is reported late wakes nobody.
    CHECK(send(activity_of("old", "ash-birch", "2025-07")) == "");
    CHECK(how("ash-birch") == link_standing::dormant);
    CHECK(send(activity_of("new", "ash-birch", "2027-09-11")) == "");
    CHECK(how("ash-birch") == link_standing::active);
    CHECK(earliest_due(own) == start_of(*parse_date("2029-09-12")));
    CHECK(send(claim_of("ash-birch", link_side::a, link_claim::ended)) == "");
    CHECK_FALSE(earliest_due(own));
}

TEST_CASE_FIXTURE(linked_desk,
                  "an old conclusion with nothing since is dormant as soon as it is recorded") {
    conclude("2003");
    const auto due = next_due(own, charter, at);
    REQUIRE(due);
    CHECK(due->type == "registry.link_dormant");
    pass_to("2026-03-03");
    CHECK(how("ash-birch") == link_standing::dormant);
    const auto view = ask(seen(), link_query{{"ash-birch"}}, anyone());
    REQUIRE(view);
    CHECK(view->row.since == "2003");
    CHECK(view->dormant_on == *parse_date("2006-01-01"));
}

TEST_CASE_FIXTURE(linked_desk, "links join two sides of two members, once of each kind") {
    CHECK(send(place_of("alder", place_kind::town, nullptr, "A-1")) == "");
    CHECK(send(link_of("inside", "ash", "alder")) == "registry.members_same b");
    CHECK(send(link_of("itself", "ash", "ash")) == "registry.ends_same b");
    CHECK(send(link_of("nowhere", "ash", "oak")) == "registry.place_unknown b.place");
    CHECK(send(link_of("again", "birch", "ash")) == "registry.link_there link");
    record_link partner = link_of("partner", "birch", "ash");
    partner.kind = link_kind::partner;
    CHECK(send(partner) == "");
    record_link both = link_of("both", "ash", "birch");
    both.b.organisation = organisation_id{"works"};
    CHECK(send(both) == "registry.end_malformed b");
    record_link changed = link_of("ash-birch", "alder", "birch");
    changed.reason = en("Mistyped.");
    CHECK(send(changed) == "registry.ends_fixed a");
    CHECK(send(link_of("ash-birch", "ash", "birch")) == "registry.reason_missing reason");
    // Once it has ended, another one may be concluded.
    CHECK(send(claim_of("ash-birch", link_side::a, link_claim::ended)) == "");
    CHECK(send(link_of("again", "birch", "ash")) == "");
}

TEST_CASE_FIXTURE(linked_desk, "activities are of the past and of one subject") {
    report_activity none = activity_of("a", nullptr, "2026-01");
    CHECK(send(none) == "registry.subject_unclear link");
    CHECK(send(activity_of("a", "ash-birch", "2026-03-03")) == "registry.day_to_come on");
    CHECK(send(activity_of("a", "ash-birch", "2026")) == "");  // a year that has begun
    CHECK(own.links.find(link_id{"ash-birch"})->last_activity == *parse_date("2026-03-02"));
    CHECK(send(activity_of("a", "ash-birch", "2026")) == "registry.activity_taken activity");
    report_activity paid = activity_of("b", "ash-birch", "2026");
    paid.money = amount{100, {"EUR"}};
    CHECK(send(paid) == "registry.unit_unknown money.unit");
    report_activity silent = activity_of("c", "ash-birch", "2026");
    silent.about = {};
    CHECK(send(silent) == "registry.about_missing about");
}

TEST_CASE_FIXTURE(linked_desk,
                  "only the office with the power records, and no decision orders it") {
    clerk = true;
    CHECK(send(link_of("x", "ash", "birch")) == "registry.not_registrar");
    clerk = false;
    record_link c = link_of("x", "ash", "birch");
    c.body = {"nobody"};
    CHECK(send(c) == "registry.body_unknown body");
    context decided = now();
    decided.decision = decision_authority{{"2026-0001"}, {"council"}, "unanimity"};
    const auto outcome = decide(seen(), link_of("x", "ash", "birch"), decided);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().kind == &refusals::not_by_decision);
}

TEST_CASE_FIXTURE(linked_desk, "links are found by place, state and words") {
    conclude();
    CHECK(send(activity_of("visit", "ash-birch", "2025-09")) == "");
    links_query q;
    q.place = place_id{"A-1"};
    const auto of_region = ask(seen(), q, anyone());
    REQUIRE(of_region);
    REQUIRE(of_region->links.size() == 1);
    CHECK(of_region->links[0].a.region->place.value == "A-1");
    CHECK(of_region->links[0].b.member->value == "B");
    q.standing = link_standing::dormant;
    CHECK(ask(seen(), q, anyone())->found == 0);
    CHECK(ask(seen(), q, anyone())->standings.size() == 1);
    q = {};
    q.query = "BIRCH";
    CHECK(ask(seen(), q, anyone())->found == 1);
    q.query = "oak";
    CHECK(ask(seen(), q, anyone())->found == 0);
    const auto row = ask(seen(), place_query{{"A-1"}}, anyone());
    REQUIRE(row);
    CHECK(row->row.links == 1);
    CHECK(row->row.alive == 1);
}

TEST_CASE_FIXTURE(linked_desk, "a year of a place adds up what was said, and says what was not") {
    conclude();
    report_activity one = activity_of("one", "ash-birch", "2025-09");
    one.people = 30;
    CHECK(send(one) == "");
    CHECK(send(activity_of("two", "ash-birch", "2025-10")) == "");
    CHECK(send(activity_of("three", "ash-birch", "2026-01")) == "");
    const auto year = ask(seen(), place_year_query{{"B-1"}, 2025}, anyone());
    REQUIRE(year);
    CHECK(year->activities == 2);
    CHECK(year->people == 30);
    CHECK(year->without_people == 1);
    CHECK(year->silent.empty());
    CHECK(ask(seen(), place_query{{"B-1"}}, anyone())->years ==
          std::vector<std::int32_t>{2026, 2025});
    const auto before = ask(seen(), place_year_query{{"B-1"}, 2024}, anyone());
    REQUIRE(before);
    CHECK(before->links.empty());
    CHECK(before->silent.size() == 1);
}
