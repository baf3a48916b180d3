// Rules before they are adopted.

#include "barriers/tests/desk.hpp"

using namespace veche;
using namespace veche::barriers;
using namespace veche::barriers::testing;

namespace {

notify_draft draft_of(const char* id) {
    notify_draft c;
    c.draft = {id};
    c.body = {"council"};
    c.member = {"A"};
    c.authority = en("Office of examples");
    c.title = en("A new label");
    c.about = en("Each box gets a label.");
    c.hinders.headings = {"22"};
    c.document = {std::string(64, 'a'), 10, "text/plain"};
    return c;
}

template <class Words>
Words words_on(const char* id) {
    Words c;
    c.draft = {id};
    c.text = en("So.");
    return c;
}

const draft& at_hand(const desk& d, const char* id) {
    return *d.own.drafts.find(draft_id{id});
}

}  // namespace

TEST_CASE("a draft takes comments for sixty days, then its answer is due") {
    desk d;
    CHECK(d.send(draft_of("label"), "contact-b") == "barriers.not_contact");
    CHECK(d.send(draft_of("label"), "contact-a") == "");
    CHECK(d.send(draft_of("label"), "contact-a") == "barriers.draft_taken draft");
    CHECK(at_hand(d, "label").runs.back().due == *parse_date("2026-05-01"));
    CHECK(d.send(words_on<comment_draft>("label"), "contact-b") == "");
    CHECK(d.send(words_on<reply_draft>("label"), "contact-a") == "barriers.comments_open draft");
    d.pass(61);
    CHECK(at_hand(d, "label").standing == draft_standing::reply);
    CHECK(d.send(words_on<comment_draft>("label"), "contact-b") == "barriers.draft_closed draft");
    d.pass(40);
    CHECK(at_hand(d, "label").runs.back().late);
    CHECK(d.send(words_on<reply_draft>("label"), "contact-a") == "");
    CHECK(at_hand(d, "label").standing == draft_standing::replied);
    CHECK(d.send(words_on<end_draft>("label"), "contact-a") == "");
    CHECK(d.send(words_on<end_draft>("label"), "contact-a") == "barriers.draft_over draft");
    CHECK_FALSE(ask(d.seen(), draft_query{{"label"}}, d.anyone())->early);
}

TEST_CASE("a draft on which nobody commented owes no answer") {
    desk d;
    CHECK(d.send(draft_of("label"), "contact-a") == "");
    d.pass(61);
    CHECK(at_hand(d, "label").standing == draft_standing::replied);
    CHECK(d.own.due.empty());
}

TEST_CASE("a report on a draft becomes a comment, and one that ended early says so") {
    desk d;
    CHECK(d.send(draft_of("label"), "contact-a") == "");
    receive c = report_by("one");
    c.draft = draft_id{"label"};
    CHECK(d.send(c, "desk") == "");
    CHECK(d.send(report_by("two"), "desk") == "");
    CHECK(d.send(publish_comment{{"b-2"}, en("No.")}, "desk") == "barriers.not_on_draft barrier");
    CHECK(d.send(publish_comment{{"b-1"}, en("No.")}, "desk") == "");
    CHECK(d.how("b-1") == barrier_standing::commented);
    CHECK(d.send(words_on<end_draft>("label"), "contact-a") == "");
    const auto shown = ask(d.seen(), draft_query{{"label"}}, d.anyone());
    CHECK(shown->early);
    CHECK(shown->comments.front().by_report == barrier_id{"b-1"});
    CHECK(d.send(report_by("three"), "desk") == "");
    c = report_by("four");
    c.draft = draft_id{"label"};
    CHECK(d.send(c, "desk") == "barriers.draft_closed draft");
}
