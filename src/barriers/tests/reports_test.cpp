// Reports and what their makers say later, by the secret link alone.

#include "barriers/tests/desk.hpp"

using namespace veche;
using namespace veche::barriers;
using namespace veche::barriers::testing;

namespace {

link_duplicate link_of(const char* id, const char* into) {
    return {{id}, {into}, en("One rule.")};
}

}  // namespace

TEST_CASE("a report is numbered, and its clock runs at once") {
    desk d;
    CHECK(d.send(report_by("one")) == "");
    CHECK(d.send(report_by("two")) == "");
    CHECK(d.how("b-2") == barrier_standing::waiting);
    CHECK(d.at_hand("b-2").runs.front().due == *parse_date("2026-03-09"));
    const auto seen = ask(d.seen(), barriers_query{}, d.anyone());
    CHECK(seen->received == 2);
    CHECK(seen->waiting == 2);
    CHECK(seen->barriers.empty());
}

TEST_CASE("a report is refused for the first thing that is wrong") {
    desk d;
    CHECK(d.send(report_by("one")) == "");
    receive c = report_by("one");
    CHECK(d.send(c) == "barriers.key_taken key");
    c.key = "AAAA";
    c.class_ = barrier_class::none;
    CHECK(d.send(c) == "barriers.key_malformed key");
    c = report_by("two");
    c.class_ = barrier_class::none;
    c.member = member_id{"C"};
    CHECK(d.send(c) == "barriers.class_impossible class");
    c.class_.reset();
    CHECK(d.send(c) == "barriers.member_unknown member");
    CHECK(d.send(report_by("three"), "clerk") == "barriers.not_desk");
    c.draft = draft_id{"none"};
    c.member.reset();
    CHECK(d.send(c, "desk") == "barriers.draft_unknown draft");
}

TEST_CASE("only the key of the secret link says a word, once and of its own report") {
    case_desk d;
    d.to_claimed();
    CHECK(d.send(report_by("two"), "desk") == "");
    const say good = word_of("one", "b-1", 1, reporter_word::confirm);
    say bad = good;
    bad.word = reporter_word::dispute;
    CHECK(d.send(bad, "desk") == "barriers.signature_wrong signature");
    bad = word_of("two", "b-1", 1, reporter_word::confirm);
    CHECK(d.send(bad, "desk") == "barriers.signature_wrong signature");
    bad = good;
    bad.sealed = sealed_as("x");
    CHECK(d.send(bad, "desk") == "barriers.signature_wrong signature");
    bad = word_of("one", "b-1", 2, reporter_word::confirm);
    CHECK(d.send(bad, "desk") == "barriers.word_out_of_order n");
    CHECK(d.send(good, "clerk") == "barriers.not_desk");
    CHECK(d.send(good, "desk") == "");
    CHECK(d.how("b-1") == barrier_standing::removed);
    CHECK(d.send(good, "desk") == "barriers.word_out_of_order n");
}

TEST_CASE("a word that the operator kept back cannot be used at a later removal") {
    case_desk d;
    d.to_claimed();
    const say kept = word_of("one", "b-1", 1, reporter_word::confirm);
    CHECK(d.send(word_of("one", "b-1", 1, reporter_word::dispute), "desk") == "");
    CHECK(d.how("b-1") == barrier_standing::measures);
    CHECK(d.send(claim_of("b-1"), "contact-a") == "");
    CHECK(d.send(kept, "desk") == "barriers.word_out_of_order n");
}

TEST_CASE("a report that was taken back before it was read is over") {
    desk d;
    CHECK(d.send(report_by("one")) == "");
    CHECK(d.send(word_of("one", "b-1", 1, reporter_word::withdraw)) == "");
    CHECK(d.how("b-1") == barrier_standing::withdrawn);
    CHECK(d.own.due.empty());
    CHECK(d.send(word_of("one", "b-1", 2, reporter_word::comment)) ==
          "barriers.report_withdrawn barrier");
    CHECK(d.send(case_of("b-1")) == "barriers.wrong_step barrier");
}

TEST_CASE("a declined report can be taken up again, and its clock begins anew") {
    desk d;
    CHECK(d.send(report_by("one")) == "");
    CHECK(d.send(decline{{"b-1"}, decline_ground::elsewhere, {}}) ==
          "barriers.text_missing reason");
    CHECK(d.send(decline{{"b-1"}, decline_ground::elsewhere, en("Ask the court.")}) == "");
    CHECK(d.own.due.empty());
    CHECK(ask(d.seen(), barriers_query{}, d.anyone())->declined == 1);
    d.pass(20);
    CHECK(d.send(reopen{{"b-1"}, en("It was understood wrongly.")}) == "");
    CHECK(d.how("b-1") == barrier_standing::waiting);
    CHECK_FALSE(d.at_hand("b-1").runs.back().late);
    CHECK(d.at_hand("b-1").runs.back().due == date{date_of(d.at).days + 7});
}

TEST_CASE("who reported the same cause can confirm its removal too") {
    case_desk d;
    d.to_measures();
    CHECK(d.send(report_by("two"), "desk") == "");
    CHECK(d.send(link_of("b-2", "b-1"), "desk") == "");
    CHECK(ask(d.seen(), barriers_query{}, d.anyone())->barriers.front().reports == 2);
    CHECK(d.send(claim_of("b-1"), "contact-a") == "");
    CHECK(d.send(word_of("two", "b-2", 1, reporter_word::confirm), "desk") == "");
    CHECK(d.how("b-1") == barrier_standing::removed);
    CHECK(d.at_hand("b-1").removals.back().by_report == barrier_id{"b-2"});
}

TEST_CASE("linking stops a clock, parting begins it anew, and both stay in the history") {
    case_desk d;
    d.to_position();
    d.to_position("b-2", "two");
    CHECK(d.send(link_of("b-2", "b-2"), "desk") == "barriers.link_itself into");
    CHECK(d.send(link_of("b-2", "b-3"), "desk") == "barriers.main_unfit into");
    CHECK(d.send(link_of("b-2", "b-1"), "desk") == "");
    CHECK(d.send(link_of("b-1", "b-2"), "desk") == "barriers.main_unfit into");
    CHECK(d.send(link_of("b-2", "b-1"), "desk") == "barriers.linked_away barrier");
    CHECK(d.send(answer_of("b-2", position::accepts), "contact-a") ==
          "barriers.linked_away barrier");
    d.pass(30);
    CHECK_FALSE(d.at_hand("b-2").runs.back().late);
    CHECK(d.send(report_by("three"), "desk") == "");
    CHECK(d.send(case_of("b-3"), "desk") == "");
    CHECK(d.send(link_of("b-1", "b-3"), "desk") == "barriers.has_duplicates barrier");
    CHECK(d.send(unlink_duplicate{{"b-2"}, en("Two rules.")}, "desk") == "");
    CHECK(d.at_hand("b-2").runs.back().due == date{date_of(d.at).days + 7});
    CHECK(d.at_hand("b-2").links.size() == 2);
    CHECK(d.at_hand("b-1").duplicates.empty());
    CHECK(d.send(unlink_duplicate{{"b-2"}, en("Two rules.")}, "desk") ==
          "barriers.not_linked barrier");
}

TEST_CASE("the key of a secret link finds its report") {
    case_desk d;
    d.to_claimed();
    const auto found = ask(d.seen(), report_query{report_by("one").key}, d.anyone());
    REQUIRE(found);
    CHECK(found->report == barrier_id{"b-1"});
    CHECK(found->next_word == 1);
    CHECK(found->may == std::vector{reporter_word::comment, reporter_word::confirm,
                                    reporter_word::dispute, reporter_word::withdraw});
    CHECK_FALSE(ask(d.seen(), report_query{report_by("two").key}, d.anyone()));
}

TEST_CASE("the seed of a secret link is the hash that the documents say") {
    CHECK(
        to_hex(reporter_seed(std::string(32, 'a'))) ==
        to_hex(sha256("veche/barriers/reporter/v1" + std::string(1, '\0') + std::string(32, 'a'))));
}
