#include "programme/tests/desk.hpp"

using namespace veche;
using namespace veche::programme;
using namespace veche::programme::testing;

TEST_CASE("a measure remembers the decision that it comes from") {
    desk d;
    d.seq = 41;
    add_measure c = measure_of("M1");
    c.responsible = office_id{"board/clerk"};
    d.order(c);
    const measure& m = known(d, "M1");
    CHECK(m.decision.value == "2026-0001");
    CHECK(m.seq == 41);
    CHECK(m.added == d.now);
    CHECK(m.owner.value == "gov");
    CHECK(m.responsible->value == "board/clerk");
    CHECK(m.title == c.title);
    CHECK(m.text == c.text);
    CHECK(m.sphere == "economy");
    CHECK(to_json(m.indicator_) == to_json(c.indicator_));
    CHECK(status_of(m, d.now) == measure_status::planned);
}

TEST_CASE("what an amendment does not say stays, and the history keeps what was") {
    desk d;
    d.order(measure_of("M1"));
    amend_measure c;
    c.measure = {"M1"};
    c.text = en("Something else");
    c.responsible = office_id{"gov/reporter"};
    c.indicator_ = known(d, "M1").indicator_;
    c.indicator_->target = ratio{5, 1};
    d.must(keeper, c);
    c = {};
    c.measure = {"M1"};
    c.title = en("New title");
    c.due = day("2027-02-01");
    c.owner = body_id{"board"};
    d.order(c);
    const measure& m = known(d, "M1");
    CHECK(m.title == en("New title"));
    CHECK(m.text == en("Something else"));
    CHECK(m.responsible->value == "gov/reporter");
    CHECK(*m.indicator_.target == ratio{5, 1});
    CHECK(m.owner.value == "board");
    CHECK(to_text(m.due) == "2027-02-01");
    REQUIRE(m.amendments.size() == 2);
    CHECK_FALSE(m.amendments[0].decision);
    CHECK(m.amendments[0].by.value == "p-keeper");
    CHECK(m.amendments[0].as == "gov/keeper");
    CHECK_FALSE(m.amendments[0].due_before);
    CHECK_FALSE(m.amendments[0].owner_before);
    CHECK(m.amendments[1].decision->value == "2026-0001");
    CHECK(to_text(*m.amendments[1].due_before) == "2026-12-01");
    CHECK(m.amendments[1].owner_before->value == "gov");
    CHECK(m.amendments[0].seq < m.amendments[1].seq);
}

TEST_CASE("each part of a measure may be amended alone") {
    desk d;
    d.order(measure_of("M1"));
    amend_measure parts[6];
    for (amend_measure& c : parts) c.measure = {"M1"};
    parts[0].title = en("New title");
    parts[1].text = en("New text");
    parts[2].owner = body_id{"gov"};
    parts[3].responsible = office_id{"board/clerk"};
    parts[4].due = day("2027-01-01");
    parts[5].indicator_ = measure_of("M1").indicator_;
    for (const amend_measure& c : parts) d.must(keeper, c);
    CHECK(known(d, "M1").amendments.size() == 6);
}

TEST_CASE("a keeper of both bodies may hand a measure over; a form without target needs none") {
    desk d;
    add_measure c = measure_of("M1");
    c.indicator_.target.reset();
    c.indicator_.form = target_form::present;
    d.order(c);
    c.measure = {"M2"};
    c.indicator_.form = target_form::by_date;
    d.order(c);
    amend_measure hand_over;
    hand_over.measure = {"M1"};
    hand_over.owner = body_id{"board"};
    d.must(chancery, hand_over);
    CHECK(known(d, "M1").owner.value == "board");
}

TEST_CASE("the responsible office reports without a power, and only while its holder holds it") {
    desk d;
    CHECK(d.charter.holds_office({"p-clerk"}, {"board/clerk"}, date_of(d.now)));
    add_measure c = measure_of("M1");
    c.responsible = office_id{"board/clerk"};
    d.order(c);
    d.order(measure_of("M2"));
    report_progress r = report_of("R1", "M1");
    r.value = ratio{3, 2};
    r.evidence_ = {{"Minutes", std::string(64, '0'), 12, "application/pdf"}};
    CHECK(d.refused(actor{"p-clerk", "gov/reporter"}, r).kind == &refusals::not_responsible);
    CHECK(d.refused(actor{"p-keeper", "board/clerk"}, r).kind == &refusals::not_responsible);
    CHECK(d.refused(clerk, report_of("R1", "M2")).kind == &refusals::not_responsible);
    d.must(clerk, r);
    const measure& m = known(d, "M1");
    REQUIRE(m.reports.size() == 1);
    CHECK(m.reports[0].id.value == "R1");
    CHECK(m.reports[0].by.value == "p-clerk");
    CHECK(m.reports[0].as == "board/clerk");
    CHECK(*m.reports[0].value == ratio{3, 2});
    CHECK(m.reports[0].documents.size() == 1);
    CHECK_FALSE(m.reports[0].completing);
    CHECK(status_of(m, d.now) == measure_status::running);
    // An id of a report is used once over all measures.
    CHECK(d.refused(reporter, report_of("R1", "M2")).kind == &refusals::report_taken);
}

TEST_CASE("a measure that is done or dropped is neither late nor reported on") {
    desk d;
    for (const char* id : {"M1", "M2", "M3"}) d.order(measure_of(id));
    d.must(reporter, completion_of("M1"));
    d.must(keeper, completion_of("M2"));
    d.order(drop_measure{{"M3"}, en("No longer needed")});
    d.now = at("2027-06-01T00:00:00.000Z");
    CHECK(status_of(known(d, "M1"), d.now) == measure_status::done);
    CHECK(status_of(known(d, "M3"), d.now) == measure_status::dropped);
    CHECK(days_late(known(d, "M1"), d.now) == 0);
    CHECK(days_late(known(d, "M3"), d.now) == 0);
    CHECK(d.pass_deadlines().empty());
    CHECK_FALSE(earliest_due(d.own));
    CHECK(known(d, "M1").reports.back().completing);
    CHECK(known(d, "M1").closed_seq == 4);
    CHECK(known(d, "M3").closed_seq == 6);
    CHECK(known(d, "M3").drop_reason == en("No longer needed"));
}

TEST_CASE("a report that closes a measure has a name that is an identifier, however long") {
    desk d;
    const std::string longest(64, 'm');
    d.order(measure_of(longest));
    d.must(reporter, completion_of(longest));
    CHECK(is_identifier(known(d, longest).reports.back().id.value));
}

TEST_CASE("a scratch copy leaves the original alone") {
    desk d;
    d.order(measure_of("M1"));
    const state before = d.own;
    d.must(reporter, completion_of("M1"));
    CHECK(before.measures.find(measure_id{"M1"})->open());
    CHECK(deadlines_kept(before).size() == 1);
    CHECK(deadlines_kept(d.own).empty());
}

TEST_CASE("a failed decision stands on the follow-up list once until it is settled") {
    desk d;
    const auto fail = [&] {
        events e =
            follow_up(d.seen(), {"2026-0007"}, {"gov"}, 1, {"fund.line_taken", {"10"}, "amount"});
        for (const event& one : e) d.follow(one);
        return e.size();
    };
    CHECK(fail() == 1);
    CHECK(fail() == 0);
    d.must(keeper, resolve_follow_up{{"2026-0007"}, en("Tried again")});
    CHECK(d.own.follow_ups.find(follow_up_id{"2026-0007"})->resolved == d.now);
    CHECK(fail() == 1);
    const follow_up_item* second = d.own.follow_ups.find(follow_up_id{"2026-0007-2"});
    REQUIRE(second);
    CHECK(second->index == 1);
    CHECK(second->why == refusal_record{"fund.line_taken", {"10"}, "amount"});
    CHECK(second->opened == d.now);
    CHECK(second->body.value == "gov");
}
