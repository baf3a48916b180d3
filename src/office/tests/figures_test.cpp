#include "office/figures.hpp"

#include <doctest/doctest.h>

#include "fund/fund.hpp"

using namespace veche;
using namespace veche::office;
using programme::journal_figure;

namespace {

instant at(std::string_view day, int hour = 10) {
    return {start_of(*parse_date(day)).ms + hour * std::int64_t{3'600'000}};
}

void add_session(union_state& s, const char* id, const char* body, const char* day,
                 const std::vector<const char*>& papers, bool closed = true) {
    assembly::session one;
    one.id = {id};
    one.body = {body};
    one.starts = at(day);
    one.opened = at(day);
    if (closed) {
        one.closed = at(day, 12);
        one.status = assembly::session_status::closed;
    }
    for (const char* published : papers) {
        assembly::paper paper;
        paper.at = at(published);
        one.papers.push_back(std::move(paper));
    }
    one.seq = s.assembly.sessions.size() + 1;
    s.assembly.sessions.insert(one.id, one);
}

void add_decision(union_state& s, const char* id, const char* day) {
    assembly::decision one;
    one.id = {id};
    one.at = at(day);
    s.assembly.decisions.insert(one.id, one);
}

/// The context of what the decision orders, or of what an office does where none is named.
context ordered(const char* decision) {
    context ctx;
    ctx.seq = 7;
    if (decision != nullptr) ctx.decision = decision_authority{{decision}, {"com"}, "rule"};
    return ctx;
}

void add_line(union_state& s, const char* id, int year, const char* decision, std::int64_t minor,
              const char* measure = nullptr) {
    if (!s.charter.founded()) s.charter.found({});
    fund::appropriate one;
    one.line = {id};
    one.year = year;
    one.amount_ = {minor, {"RUB"}};
    if (measure != nullptr) one.measure = measure_id{measure};
    apply(s.fund, s.charter, one, ordered(decision));
}

/// "2025=3 2026=21/2"
std::string told(const union_state& s, journal_figure of, const char* until = "2026-12-31",
                 const char* body = "com") {
    std::string out;
    for (const auto& one : union_figures(s).values(of, {body}, at(until))) {
        CHECK(one.computed);
        out += (out.empty() ? "" : " ") + one.period + "=" + to_text(one.value);
    }
    return out;
}

}  // namespace

TEST_CASE("sessions of a body are counted by the year in which they were closed") {
    union_state s;
    CHECK(told(s, journal_figure::sessions_held).empty());
    add_session(s, "a", "com", "2025-12-30", {});
    add_session(s, "b", "com", "2026-02-01", {});
    add_session(s, "c", "pa", "2026-03-01", {});
    add_session(s, "d", "com", "2026-04-01", {}, false);
    CHECK(told(s, journal_figure::sessions_held) == "2025=1 2026=1");
    CHECK(told(s, journal_figure::sessions_held, "2026-01-31") == "2025=1");
}

TEST_CASE(
    "the lead of papers is that of the last one before the opening, the median over sessions") {
    union_state s;
    add_session(s, "a", "com", "2026-02-20", {"2026-02-01", "2026-02-10", "2026-02-25"});
    CHECK(told(s, journal_figure::paper_lead_days) == "2026=10");
    add_session(s, "b", "pa", "2026-03-20", {"2026-03-05"});
    CHECK(told(s, journal_figure::paper_lead_days) == "2026=25/2");
    add_session(s, "c", "pa", "2026-04-20", {});
    add_session(s, "d", "pa", "2026-05-20", {"2026-05-19"});
    CHECK(told(s, journal_figure::paper_lead_days) == "2026=10");
}

TEST_CASE("votes count as published when the result stands on the journal") {
    union_state s;
    for (const char* id : {"a", "b", "c"}) {
        assembly::vote one;
        one.id = {id};
        one.body = {"com"};
        one.closed = at("2026-05-01");
        if (id[0] != 'c') one.result = std::make_shared<const assembly::vote_decided>();
        s.assembly.votes.insert(one.id, one);
    }
    CHECK(told(s, journal_figure::votes_published) == "2026=200/3");
    CHECK(told(s, journal_figure::votes_published, "2026-12-31", "pa").empty());
}

TEST_CASE("a budget is late by the days from 1 January to the first decision on its money") {
    union_state s;
    add_decision(s, "d1", "2025-12-20");
    add_decision(s, "d2", "2026-03-15");
    add_decision(s, "d3", "2026-02-10");
    add_line(s, "a", 2025, "d1", 100);
    add_line(s, "b", 2026, "d2", 100);
    CHECK(told(s, journal_figure::budget_delay_days) == "2025=353 2026=73");
    add_line(s, "c", 2026, "d3", 100);
    CHECK(told(s, journal_figure::budget_delay_days) == "2025=353 2026=40");
    add_line(s, "d", 2026, "d1", 100);
    CHECK(told(s, journal_figure::budget_delay_days) == "2025=353 2026=0");
    // Whoever takes over a line of 2024 in 2026 does not say that the budget of 2024 was late.
    add_line(s, "e", 2024, "d2", 100);
    CHECK(told(s, journal_figure::budget_delay_days) == "2025=353 2026=0");
}

TEST_CASE("contributions received are all that arrived of all that was assessed, exactly") {
    union_state s;
    add_decision(s, "d1", "2026-01-10");
    fund::assessment owed;
    owed.asked.assessment = {"x"};
    owed.asked.year = 2026;
    owed.asked.total = {300, {"RUB"}};
    owed.decision = {"d1"};
    s.fund.assessments.insert(owed.asked.assessment, owed);
    CHECK(told(s, journal_figure::contributions_received) == "2026=0");
    for (const char* id : {"p", "q"}) {
        fund::receipt paid;
        paid.asked.contribution = {id};
        paid.asked.amount_ = {100, {"RUB"}};
        paid.asked.effective = *parse_date("2026-06-01");
        if (id[0] == 'q') paid.reversed_seq = 9;
        s.fund.receipts.insert(paid.asked.contribution, paid);
    }
    CHECK(told(s, journal_figure::contributions_received) == "2026=100/3");
    CHECK(told(s, journal_figure::contributions_received, "2026-05-31") == "2026=0");
    owed.asked.assessment = {"y"};
    owed.asked.total = {5, {"EUR"}};
    s.fund.assessments.insert(owed.asked.assessment, owed);
    CHECK(told(s, journal_figure::contributions_received).empty());  // two units make no percent
}

TEST_CASE("of money nothing is told before anything was spent") {
    union_state s;
    add_decision(s, "d1", "2026-01-10");
    add_line(s, "a", 2026, "d1", 400, "M1");
    add_line(s, "b", 2025, "d1", 100, "M1");
    CHECK(told(s, journal_figure::money_paid).empty());
    CHECK(union_figures(s).money({"M1"}, std::nullopt) == std::vector{amount{500, {"RUB"}}});
    CHECK(union_figures(s).money({"M1"}, 2026) == std::vector{amount{400, {"RUB"}}});
    CHECK(union_figures(s).money({"M2"}, std::nullopt).empty());
}

TEST_CASE("money paid counts payments by their day, less what a line may spend again") {
    union_state s;
    add_decision(s, "d1", "2026-01-10");
    add_line(s, "a", 2026, "d1", 400);
    const context office = ordered(nullptr);
    const date paid_on = *parse_date("2026-06-01");
    const date back_on = *parse_date("2026-07-01");
    apply(s.fund, s.charter,
          fund::receive_contribution{{"r"}, {"ru"}, {500, {"RUB"}}, paid_on, "Order", {}}, office);
    apply(s.fund, s.charter,
          fund::commit{{"k"}, {"a"}, {300, {"RUB"}}, {{"en", "Tables"}}, {"Joiners", ""}, {}},
          ordered("d1"));
    apply(s.fund, s.charter, fund::submit_claim{{"q"}, {"k"}, {{"Tables", {200, {"RUB"}}, {}}}, {}},
          office);
    apply(s.fund, s.charter, fund::accept_claim{{"q"}, {}}, office);
    apply(s.fund, s.charter, fund::pay_claims{{{{"p"}, {"q"}, {200, {"RUB"}}}}, paid_on, {}},
          office);
    CHECK(told(s, journal_figure::money_paid) == "2026=50");
    CHECK(told(s, journal_figure::money_paid, "2026-05-31").empty());
    apply(s.fund, s.charter,
          fund::receive_recovery{{"y"}, {"p"}, {40, {"RUB"}}, true, {"d1"}, back_on, "Order", {}},
          office);
    apply(s.fund, s.charter,
          fund::receive_recovery{{"z"}, {"p"}, {20, {"RUB"}}, false, {"d1"}, back_on, "Order", {}},
          office);
    CHECK(told(s, journal_figure::money_paid) == "2026=40");
    CHECK(told(s, journal_figure::money_paid, "2026-06-30") == "2026=50");
}

TEST_CASE("measures in time are those done by their last day, of all whose day is over") {
    union_state s;
    CHECK(told(s, journal_figure::measures_in_time).empty());
    CHECK(told(s, journal_figure::loose_items).empty());
    const auto add = [&](const char* id, const char* due, const char* done) {
        programme::measure m;
        m.id = {id};
        m.due = *parse_date(due);
        m.added = at("2026-01-01");
        if (*done != '\0') m.done = at(done);
        s.programme.measures.insert(m.id, m);
    };
    add("a", "2026-03-01", "2026-03-01");
    add("b", "2026-03-01", "2026-03-02");
    add("c", "2026-03-01", "");
    add("d", "2027-03-01", "2026-03-01");
    CHECK(told(s, journal_figure::measures_in_time) == "2026=100/3");
    programme::follow_up_item item;
    item.id = {"f"};
    item.opened = at("2026-02-01");
    s.programme.follow_ups.insert(item.id, item);
    CHECK(told(s, journal_figure::loose_items) == "2026=1");
    s.programme.follow_ups.edit(item.id).resolved = at("2026-06-01");
    CHECK(told(s, journal_figure::loose_items) == "2026=0");
    CHECK(told(s, journal_figure::loose_items, "2026-05-01") == "2026=1");
}
