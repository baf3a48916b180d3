// The way of a case: who may do which step, and what its clock says.

#include "barriers/tests/desk.hpp"
#include "kernel/months.hpp"

using namespace veche;
using namespace veche::barriers;
using namespace veche::barriers::testing;

TEST_CASE("a case goes its whole way, and is closed by the check six months later") {
    case_desk d;
    d.to_removed();
    CHECK(d.at_hand("b-1").removals.back().check_on == *parse_date("2026-09-02"));
    d.pass_to(*parse_instant("2026-09-01T23:59:59.999Z"));
    CHECK(d.how("b-1") == barrier_standing::removed);
    d.pass_to(*parse_instant("2026-09-02T00:00:00.000Z"));
    CHECK(d.how("b-1") == barrier_standing::checking);
    CHECK(d.send(looked<record_check>("b-1", true), "tester") == "");
    CHECK(d.how("b-1") == barrier_standing::closed);
    CHECK(d.own.due.empty());
}

TEST_CASE("a step may be done on its last day, and is late when that is over") {
    case_desk d;
    d.to_position();
    CHECK(d.at_hand("b-1").runs.back().due == *parse_date("2026-03-09"));
    d.pass_to(*parse_instant("2026-03-09T23:59:59.999Z"));
    CHECK_FALSE(d.at_hand("b-1").runs.back().late);
    d.pass_to(*parse_instant("2026-03-10T00:00:00.000Z"));
    CHECK(d.at_hand("b-1").runs.back().late);
    barriers_query late;
    late.late = true;
    CHECK(ask(d.seen(), late, d.anyone())->found == 1);
    CHECK(ask(d.seen(), late, d.anyone())->barriers.front().days_left == -1);
}

TEST_CASE("the charter sets the days") {
    case_desk d;
    charter::charter_document doc = d.charter.document();
    doc.bodies.front().barriers.emplace();
    doc.bodies.front().barriers->position_days = 3;
    doc.bodies.front().barriers->check_months = 1;
    CHECK(charter::check(doc));
    d.charter.found(doc);
    d.to_removed();
    CHECK(d.at_hand("b-1").runs[1].due == *parse_date("2026-03-05"));
    CHECK(d.at_hand("b-1").removals.back().check_on == *parse_date("2026-04-02"));
    doc.bodies.front().barriers->reply_days = 0;
    CHECK_FALSE(charter::check(doc));
}

TEST_CASE("the member addressed asks for time once, and gets the days of the charter") {
    case_desk d;
    d.to_position();
    CHECK(d.send(answer_of("b-1", position::asks_time), "contact-b") ==
          "barriers.time_of_other says");
    CHECK(d.send(answer_of("b-1", position::asks_time), "contact-a") == "");
    CHECK(d.at_hand("b-1").runs.back().due == *parse_date("2026-03-16"));
    CHECK(d.send(answer_of("b-1", position::asks_time), "contact-a") == "barriers.time_given says");
    d.pass_to(*parse_instant("2026-03-16T12:00:00.000Z"));
    CHECK_FALSE(d.at_hand("b-1").runs.back().late);
    CHECK(d.send(answer_of("b-1", position::disputes), "contact-a") == "");
    CHECK(d.how("b-1") == barrier_standing::finding);
}

TEST_CASE("another member's position moves no clock") {
    case_desk d;
    d.to_position();
    CHECK(d.send(answer_of("b-1", position::accepts), "contact-b") == "");
    CHECK(d.how("b-1") == barrier_standing::position);
    CHECK(d.send(answer_of("b-1", position::accepts), "clerk") == "barriers.no_contact");
}

TEST_CASE("a member that is silent past its day holds nothing up") {
    case_desk d;
    d.to_position();
    CHECK(d.send(finding_of(d, "b-1"), "desk") == "barriers.position_missing barrier");
    d.pass(8);
    CHECK(d.send(finding_of(d, "b-1"), "desk") == "");
    CHECK(d.how("b-1") == barrier_standing::panel);
    const step_run& run = d.at_hand("b-1").runs[1];
    CHECK(run.step == barrier_step::position);
    CHECK(run.late);
    CHECK(run.ended == date_of(d.at));
}

TEST_CASE("a panel judges by name, more than half of it, and by more than half of the votes") {
    case_desk d;
    d.to_panel();
    CHECK(d.send(vote_of("b-1", barrier_class::barrier), "clerk") == "barriers.not_desk");
    CHECK(d.send(vote_of("b-1", barrier_class::barrier), "panel-1") == "");
    CHECK(d.send(vote_of("b-1", barrier_class::exception), "panel-2") == "");
    CHECK(d.send(qualify{{"b-1"}}, "panel-1") == "barriers.no_quorum");
    CHECK(d.send(vote_of("b-1", barrier_class::barrier), "panel-3") == "");
    CHECK(d.send(vote_of("b-1", barrier_class::exception), "panel-4") == "");
    CHECK(d.send(qualify{{"b-1"}}, "panel-1") == "barriers.no_majority");
    const auto open = ask(d.seen(), barrier_query{{"b-1"}}, d.anyone());
    CHECK(open->rounds.front().silent == std::vector{person_id{"p-panel-5"}});
    // The last vote of each counts.
    CHECK(d.send(vote_of("b-1", barrier_class::barrier), "panel-2") == "");
    CHECK(d.send(qualify{{"b-1"}}, "panel-1") == "");
    CHECK(d.how("b-1") == barrier_standing::measures);
    const auto shown = ask(d.seen(), barrier_query{{"b-1"}}, d.anyone());
    const round_row& round = shown->rounds.front();
    CHECK(round.found == barrier_class::barrier);
    CHECK(round.for_it == 3);
    CHECK(round.cast == 4);
    CHECK(round.panel == 5);
    CHECK(round.votes.back().dissent);
    CHECK_FALSE(round.votes.front().dissent);
}

TEST_CASE("who has left the panel does not count") {
    case_desk d;
    d.to_panel();
    for (const char* one : {"panel-1", "panel-2", "panel-3"})
        CHECK(d.send(vote_of("b-1", barrier_class::barrier), one) == "");
    charter::charter_document doc = d.charter.document();
    for (charter::mandate& one : doc.mandates)
        if (one.person.value == "p-panel-3") one.until = date{date_of(d.at).days - 1};
    d.charter.found(doc);
    CHECK(d.send(qualify{{"b-1"}}, "panel-1") == "barriers.no_quorum");
}

TEST_CASE("a panel that finds nothing ends the case until it is taken up again") {
    case_desk d;
    d.to_panel();
    d.judge("b-1", barrier_class::none);
    CHECK(d.how("b-1") == barrier_standing::not_found);
    CHECK(d.own.due.empty());
    CHECK(d.send(reopen{{"b-1"}, en("New facts.")}, "desk") == "");
    CHECK(d.how("b-1") == barrier_standing::panel);
    d.judge("b-1", barrier_class::restriction);
    CHECK(d.at_hand("b-1").rounds.size() == 2);
    CHECK(d.at_hand("b-1").judged() == barrier_class::restriction);
}

TEST_CASE("measures are the member's, with a day, and all are shown before a removal is said") {
    case_desk d;
    d.to_measures();
    CHECK(d.send(remedy_of(d, "b-1", "m-1", 30), "contact-b") == "barriers.not_contact");
    CHECK(d.send(remedy_of(d, "b-1", "m-1", -1), "contact-a") == "barriers.due_past due");
    CHECK(d.send(remedy_of(d, "b-1", "m-1", 30), "contact-a") == "");
    CHECK(d.send(remedy_of(d, "b-1", "m-1", 60), "contact-a") == "barriers.reason_missing reason");
    promise_remedy later = remedy_of(d, "b-1", "m-1", 60);
    later.reason = en("The session was moved.");
    CHECK(d.send(later, "contact-a") == "");
    CHECK(d.send(claim_of("b-1"), "contact-a") == "barriers.remedies_open barrier");
    d.pass(61);
    CHECK(d.at_hand("b-1").runs.back().late);
    CHECK(d.send(proof_of(d, "b-1", "m-2"), "contact-a") == "barriers.remedy_unknown remedy");
    prove_remedy early = proof_of(d, "b-1", "m-1");
    early.on = {date_of(d.at).days + 1};
    CHECK(d.send(early, "contact-a") == "barriers.day_to_come on");
    CHECK(d.send(proof_of(d, "b-1", "m-1"), "contact-a") == "");
    CHECK(d.send(proof_of(d, "b-1", "m-1"), "contact-a") == "barriers.remedy_proved remedy");
    CHECK(d.at_hand("b-1").runs.back().step == barrier_step::claim);
    CHECK(d.send(claim_of("b-1"), "contact-a") == "");
}

TEST_CASE("a test confirms a removal or sends it back to the member") {
    case_desk d;
    d.to_claimed();
    CHECK(d.send(looked<record_test>("b-1", true), "desk") == "barriers.not_desk");
    CHECK(d.send(looked<record_test>("b-1", false), "tester") == "");
    CHECK(d.how("b-1") == barrier_standing::measures);
    CHECK(d.at_hand("b-1").runs.back().step == barrier_step::plan);
    CHECK(d.send(claim_of("b-1"), "contact-a") == "");
    CHECK(d.send(looked<record_test>("b-1", true), "tester") == "");
    CHECK(d.at_hand("b-1").removals.back().how == confirmed_by::test);
    CHECK(d.send(looked<record_check>("b-1", true), "tester") == "barriers.wrong_step barrier");
}

TEST_CASE("a barrier that is back is checked at once and reopened by the check") {
    case_desk d;
    d.to_removed();
    CHECK(d.send(word_of("one", "b-1", 2, reporter_word::returned), "desk") == "");
    CHECK(d.how("b-1") == barrier_standing::checking);
    CHECK(d.own.due.size() == 1);
    CHECK(d.send(looked<record_check>("b-1", false), "tester") == "");
    CHECK(d.how("b-1") == barrier_standing::measures);
    CHECK(d.at_hand("b-1").times_returned() == 1);
    CHECK(d.send(claim_of("b-1"), "contact-a") == "");
    CHECK(d.send(word_of("one", "b-1", 3, reporter_word::confirm), "desk") == "");
    CHECK(d.at_hand("b-1").removals.size() == 2);
}

TEST_CASE("a removed case that is taken up again has no check ahead") {
    case_desk d;
    d.to_removed();
    CHECK(d.send(reopen{{"b-1"}, en("The rule was adopted again.")}, "desk") == "");
    CHECK(d.how("b-1") == barrier_standing::measures);
    d.pass(400);
    CHECK(d.how("b-1") == barrier_standing::measures);
    CHECK(d.at_hand("b-1").times_returned() == 1);
}

TEST_CASE("a record is corrected with a reason, and never against another member") {
    case_desk d;
    d.to_position();
    CHECK(d.send(case_of("b-1"), "desk") == "barriers.reason_missing reason");
    register_case c = case_of("b-1", "B");
    c.reason = en("Another authority.");
    CHECK(d.send(c, "desk") == "barriers.member_fixed member");
    c.member = {"A"};
    c.hinders = {};
    CHECK(d.send(c, "desk") == "barriers.nothing_hindered hinders");
    c.hinders.headings = {"870"};
    CHECK(d.send(c, "desk") == "barriers.heading_malformed hinders.headings.0");
    c.hinders.headings = {"8703"};
    c.firms = 12;
    CHECK(d.send(c, "desk") == "barriers.firms_impossible firms");
    c.firms_source = "A count of examples";
    CHECK(d.send(c, "desk") == "");
    CHECK(d.at_hand("b-1").versions.size() == 2);
    CHECK(d.how("b-1") == barrier_standing::position);
}

TEST_CASE("no decision orders what is done about a barrier") {
    case_desk d;
    d.to_panel();
    context ctx = d.now();
    ctx.decision = decision_authority{{"d-1"}, {"council"}, "unanimity"};
    const auto code = [&](const auto& c) {
        const auto done = decide(d.seen(), c, ctx);
        return done ? std::string() : std::string(done.error().code());
    };
    CHECK(code(qualify{{"b-1"}}) == "barriers.not_by_decision");
    CHECK(code(answer_of("b-1", position::accepts)) == "barriers.not_by_decision");
    CHECK(code(report_by("two")) == "barriers.not_by_decision");
}

TEST_CASE("months later is the same day, or the last of a shorter month") {
    CHECK(months_after(*parse_date("2026-08-31"), 6) == *parse_date("2027-02-28"));
    CHECK(months_after(*parse_date("2027-08-31"), 6) == *parse_date("2028-02-29"));
    CHECK(months_after(*parse_date("2026-12-15"), 1) == *parse_date("2027-01-15"));
}
