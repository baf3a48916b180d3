#include <random>

#include "programme/approval_views.hpp"
#include "programme/tests/desk.hpp"

using namespace veche;
using namespace veche::programme;
using namespace veche::programme::testing;

namespace {

const actor drafter{"p-reporter", "gov/reporter"};

approval_step step(const char* id, const char* body, std::optional<const char*> office, int stage,
                   int days) {
    approval_step s;
    s.step = {id};
    s.body = {body};
    if (office) s.office = office_id{*office};
    s.stage = stage;
    s.days = days;
    return s;
}

/// Draft (10 days), then two parties side by side (5 and 20 days), then the highest body (30).
start_approval chain() {
    start_approval c;
    c.approval = {"A1"};
    c.title = en("A draft");
    c.body = {"gov"};
    c.steps = {step("end", "top", std::nullopt, 3, 30), step("draft", "gov", "gov/reporter", 1, 10),
               step("keep", "gov", "gov/keeper", 2, 5),
               step("clerk", "board", "board/clerk", 2, 20)};
    return c;
}

give_approval agree(const char* name) {
    return {{"A1"}, {name}, {}, {}};
}

return_for_revision send_back(const char* name, std::vector<step_id> to) {
    return {{"A1"}, {name}, std::move(to), en("Owners are missing")};
}

approval_view shown(const desk& d, const actor& who = {}) {
    return d.view(approval_query{{"A1"}}, who);
}

std::string states(const desk& d) {
    std::string out;
    for (const step_view& one : shown(d).steps)
        out += one.step.value + "=" + std::string(name_of(one.status)) + " ";
    return out;
}

}  // namespace

TEST_CASE("stages follow each other, steps of one stage run side by side, the last completes it") {
    desk d;
    d.must(keeper, chain());
    CHECK(states(d) == "draft=running keep=waiting clerk=waiting end=waiting ");
    d.now = at("2026-11-30T12:00:00.000Z");
    d.must(drafter, agree("draft"));
    CHECK(states(d) == "draft=approved keep=running clerk=running end=waiting ");
    d.must(clerk, agree("clerk"));
    CHECK(states(d) == "draft=approved keep=running clerk=approved end=waiting ");
    d.now = at("2026-12-02T12:00:00.000Z");
    d.must(keeper, agree("keep"));
    const auto done = d.submit(d.now_by("top"), agree("end"));
    REQUIRE(done);
    CHECK(types_of(*done) == std::vector<std::string>{"programme.approval_completed"});
    CHECK((*done)[0].body == R"({"approval":"A1","days":8})");
    const approval_view v = shown(d);
    CHECK(v.approval.status == approval_status::complete);
    CHECK(v.approval.days == 8);
    CHECK(v.steps[0].used == 6);
    CHECK(v.steps[1].used == 2);
    CHECK(v.steps[3].runs[0].decision->value == "2026-0001");
    CHECK_FALSE(earliest_due(d.own));
}

TEST_CASE("only the party agrees: a decision of its body, or the holder of the office named") {
    desk d;
    d.must(keeper, chain());
    CHECK(d.refused(keeper, agree("draft")).kind == &refusals::not_approver);
    CHECK(d.refused(stranger, agree("draft")).kind == &refusals::not_approver);
    CHECK(d.refused(d.now_by("top"), agree("draft")).kind == &refusals::not_approver);
    d.must(d.now_by("gov"), agree("draft"));  // the body itself, by decision
    d.must(keeper, agree("keep"));
    d.must(clerk, agree("clerk"));
    CHECK(d.refused(chancery, agree("end")).kind == &refusals::not_approver);
    CHECK(shown(d, keeper).steps[3].agree_as.empty());
    desk fresh;
    fresh.must(keeper, chain());
    CHECK(shown(fresh, drafter).steps[0].agree_as == std::vector{office_id{"gov/reporter"}});
}

TEST_CASE("what is sent back begins again at the steps named; their clocks run anew") {
    desk d;
    d.must(keeper, chain());
    d.must(drafter, agree("draft"));
    d.must(clerk, agree("clerk"));
    d.now = at("2026-11-28T12:00:00.000Z");
    d.must(keeper, send_back("keep", {{"draft"}}));
    CHECK(states(d) == "draft=running keep=waiting clerk=approved end=waiting ");
    d.now = at("2026-12-03T12:00:00.000Z");
    d.must(drafter, agree("draft"));
    CHECK(states(d) == "draft=approved keep=running clerk=approved end=waiting ");
    const approval_view v = shown(d);
    REQUIRE(v.steps[0].runs.size() == 2);
    CHECK(v.steps[0].runs[1].used == 5);
    CHECK(v.steps[0].used == 5);
    CHECK(v.steps[1].runs[0].how == run_end::returned);
    CHECK(v.steps[1].runs[1].round == 2);
    CHECK(v.steps[1].runs[1].offset == 9);
    // Whoever still had it while it went back begins anew as well.
    desk both;
    both.must(keeper, chain());
    both.must(drafter, agree("draft"));
    both.must(keeper, send_back("keep", {{"draft"}}));
    CHECK(shown(both).steps[2].runs[0].how == run_end::stopped);
}

TEST_CASE("a party over its days is found on the day after, and the body above is seized later") {
    desk d;
    d.must(keeper, chain());  // on 24 November: ten days end with 4 December
    d.now = at("2026-12-04T23:59:59.999Z");
    CHECK(d.pass_deadlines().empty());
    CHECK(shown(d).steps[0].over == 0);
    d.now = at("2026-12-05T00:00:00.000Z");
    const events over = d.pass_deadlines();
    REQUIRE(types_of(over) == std::vector<std::string>{"programme.approval_overdue"});
    CHECK(over[0].body == R"({"approval":"A1","body":"gov","days":10,"step":"draft"})");
    CHECK(shown(d).approval.status == approval_status::overdue);
    CHECK(shown(d).steps[0].over == 1);
    const late_view late = d.view(late_query{});
    REQUIRE(late.steps == 1);
    CHECK(late.bodies[0].steps[0].over == 1);
    CHECK(earliest_due(d.own) == at("2026-12-15T00:00:00.000Z"));
    d.now = at("2026-12-15T00:00:00.000Z");
    const events up = d.pass_deadlines();
    REQUIRE(types_of(up) == std::vector<std::string>{"programme.approval_escalated"});
    CHECK(up[0].body == R"({"approval":"A1","body":"gov","days":11,"step":"draft","to":"top"})");
    CHECK(states(d) == "draft=seized keep=waiting clerk=waiting end=waiting ");
    CHECK(d.view(owed_by_query{{"top"}}).approvals.size() == 1);
    d.must(drafter, agree("draft"));
    // The two parties that follow have their own deadlines, the old ones are gone.
    CHECK(earliest_due(d.own) == at("2026-12-21T00:00:00.000Z"));
}

TEST_CASE("what is withdrawn has no clock any more") {
    desk d;
    d.must(keeper, chain());
    d.must(keeper, withdraw_approval{{"A1"}, en("Overtaken")});
    CHECK_FALSE(earliest_due(d.own));
    CHECK(shown(d).approval.status == approval_status::withdrawn);
    CHECK(d.refused(drafter, agree("draft")).kind == &refusals::approval_closed);
    CHECK(d.view(approvals_query{{}, {}, "DRAFT"}).approvals.size() == 1);
    CHECK(d.view(approvals_query{{}, {}, "other"}).approvals.empty());
}

TEST_CASE(
    "property: whatever the parties do, the order of deadlines is that of the turns that run") {
    std::mt19937 random(5);
    for (int round = 0; round < 40; ++round) {
        desk d;
        d.must(keeper, chain());
        for (int i = 0; i < 30; ++i) {
            d.now.ms += static_cast<std::int64_t>(random() % 8) * ms_per_day / 2;
            d.pass_deadlines();
            const char* names[] = {"draft", "keep", "clerk"};
            const actor* who[] = {&drafter, &keeper, &clerk};
            const std::size_t k = random() % 3;
            if (random() % 3 == 0)
                (void)d.submit(d.now_as(*who[k]), send_back(names[k], {{"draft"}}));
            else
                (void)d.submit(d.now_as(*who[k]), agree(names[k]));
            std::vector<step_deadline> expected;
            const approval& of = *d.own.approvals.find(approval_id{"A1"});
            for (const step_state& one : of.steps) {
                if (!one.running()) continue;
                const step_run& run = one.runs.back();
                if (!run.overdue_seq)
                    expected.push_back({run_falls_due(one.plan, run), of.id, one.plan.step, false});
                if (run.escalates) expected.push_back({*run.escalates, of.id, one.plan.step, true});
            }
            std::sort(expected.begin(), expected.end());
            std::vector<step_deadline> kept;
            for (const auto& [when, nothing] : d.own.step_deadlines) kept.push_back(when);
            REQUIRE(kept == expected);
        }
    }
}
