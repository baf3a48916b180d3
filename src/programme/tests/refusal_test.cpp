#include "charter/refusal.hpp"

#include <algorithm>
#include <set>

#include "programme/tests/desk.hpp"

using namespace veche;
using namespace veche::programme;
using namespace veche::programme::testing;

namespace {

/// Place in the documented order; nothing for the charter's own refusals.
std::optional<std::ptrdiff_t> rank(const refusal_kind* kind) {
    const auto found = std::find(std::begin(refusals::all), std::end(refusals::all), kind);
    if (found == std::end(refusals::all)) return std::nullopt;
    return found - std::begin(refusals::all);
}

/// Checks that a command that breaks many rules is refused for them in the documented order, while
/// one fault after another is mended. Remembers which refusals were met.
class peeling {
  public:
    explicit peeling(std::set<const refusal_kind*>& met) : met_(met) {}
    template <class Who, class Command>
    void refused(const desk& d, const Who& who, const Command& c, const refusal_kind& expected,
                 std::string_view field = {}) {
        const refusal got = d.refused(who, c);
        CHECK_MESSAGE(got.kind == &expected, got.code(), " instead of ", expected.code);
        if (!field.empty()) CHECK(got.field == field);
        const auto place = rank(got.kind);
        REQUIRE(place);
        CHECK(last_ <= *place);
        last_ = *place;
        met_.insert(got.kind);
    }

  private:
    std::set<const refusal_kind*>& met_;
    std::ptrdiff_t last_ = -1;
};

using kinds = std::set<const refusal_kind*>;

void peel_add(kinds& met) {
    desk d;
    d.order(measure_of("M1"));
    peeling p(met);
    add_measure c;
    c.measure = {"M1"};
    c.owner = {"nobody"};
    c.text = en(std::string(16'001, 'x'));
    c.responsible = office_id{"no/office"};
    c.due = day("2026-11-23");
    c.parent = measure_id{"none"};
    p.refused(d, keeper, c, refusals::only_by_decision);
    const context by = d.now_by("gov");
    p.refused(d, by, c, refusals::owner_unknown, "owner");
    c.owner = {"gov"};
    p.refused(d, by, c, refusals::measure_taken, "measure");
    c.measure = {"M2"};
    p.refused(d, by, c, refusals::title_missing, "title");
    c.title = en(" \t\n");
    p.refused(d, by, c, refusals::title_missing, "title");
    c.title = en(std::string(1001, 'x'));
    p.refused(d, by, c, refusals::text_too_long, "title.en");
    c.title = en(std::string(1000, 'x'));
    p.refused(d, by, c, refusals::text_too_long, "text.en");
    c.text = en(std::string(16'000, 'x'));
    c.sphere = std::string(201, 'x');
    p.refused(d, by, c, refusals::text_too_long, "sphere");
    c.sphere.clear();
    c.indicator_.name = en(std::string(1001, 'x'));
    p.refused(d, by, c, refusals::text_too_long, "indicator.name.en");
    c.indicator_.name = en("held");
    c.indicator_.formula = std::string(1001, 'x');
    p.refused(d, by, c, refusals::text_too_long, "indicator.formula");
    c.indicator_.formula.clear();
    c.indicator_.unit = std::string(201, 'x');
    p.refused(d, by, c, refusals::text_too_long, "indicator.unit");
    c.indicator_.unit.clear();
    c.indicator_.per = std::string(201, 'x');
    p.refused(d, by, c, refusals::text_too_long, "indicator.per");
    c.indicator_.per = "year";
    p.refused(d, by, c, refusals::sphere_missing, "sphere");
    c.sphere = "economy";
    p.refused(d, by, c, refusals::responsible_unknown, "responsible");
    c.responsible = office_id{"gov/reporter"};
    p.refused(d, by, c, refusals::due_past, "due");
    c.due = day("2026-11-24");  // today still counts
    p.refused(d, by, c, refusals::indicator_incomplete, "indicator");
    c.indicator_.unit = "sessions";
    p.refused(d, by, c, refusals::indicator_incomplete, "indicator");  // at_least needs a target
    c.indicator_.target = ratio{4, 1};
    p.refused(d, by, c, refusals::parent_unknown, "parent");
    c.parent = measure_id{"M1"};
    d.order(c);
}

void peel_amend(kinds& met) {
    desk d;
    d.order(measure_of("M1"));
    peeling p(met);
    amend_measure c;
    c.measure = {"none"};
    c.owner = body_id{"nobody"};
    p.refused(d, reporter, c, refusals::measure_unknown, "measure");
    c.measure = {"M1"};
    p.refused(d, reporter, c, refusals::owner_unknown, "owner");
    c.owner = body_id{"board"};
    p.refused(d, reporter, c, refusals::not_keeper);
    p.refused(d, keeper, c, refusals::not_keeper);  // keeps gov's, but not the new owner's
    desk closed = d;
    closed.must(reporter, completion_of("M1"));
    p.refused(closed, chancery, c, refusals::measure_closed, "measure");
    c.owner.reset();
    p.refused(d, keeper, c, refusals::nothing_changes);
    c.title = en("");
    c.text = en(std::string(16'001, 'x'));
    c.indicator_ = indicator{};
    c.indicator_->per = std::string(201, 'x');
    c.responsible = office_id{"no/office"};
    c.due = day("2026-11-23");
    p.refused(d, keeper, c, refusals::title_missing, "title");
    c.title = en(std::string(1001, 'x'));
    p.refused(d, keeper, c, refusals::text_too_long, "title.en");
    c.title = en("New");
    p.refused(d, keeper, c, refusals::text_too_long, "text.en");
    c.text = en("New");
    p.refused(d, keeper, c, refusals::text_too_long, "indicator.per");
    c.indicator_->per.reset();
    p.refused(d, keeper, c, refusals::responsible_unknown, "responsible");
    c.responsible = office_id{"board/clerk"};
    p.refused(d, keeper, c, refusals::due_past, "due");
    c.due = day("2027-01-01");
    p.refused(d, keeper, c, refusals::indicator_incomplete, "indicator");
    c.indicator_ = measure_of("M1").indicator_;
    d.must(keeper, c);
}

void peel_drop(kinds& met) {
    desk d;
    d.order(measure_of("M1"));
    peeling p(met);
    drop_measure c{{"none"}, {}};
    p.refused(d, keeper, c, refusals::only_by_decision);
    const context by = d.now_by("gov");
    p.refused(d, by, c, refusals::measure_unknown, "measure");
    c.measure = {"M1"};
    desk closed = d;
    closed.must(reporter, completion_of("M1"));
    p.refused(closed, by, c, refusals::measure_closed);
    p.refused(d, by, c, refusals::reason_missing, "reason");
    c.reason = en(std::string(16'001, 'x'));
    p.refused(d, by, c, refusals::text_too_long, "reason.en");
}

template <class Command>
void peel_report_body(const desk& d, peeling& p, Command& c) {
    const std::string hex(64, 'a');
    c.note = en("  ");
    p.refused(d, reporter, c, refusals::note_missing, "note");
    c.note = en(std::string(16'001, 'x'));
    c.evidence_.assign(33, evidence{"Minutes", hex, 1, "application/pdf"});
    p.refused(d, reporter, c, refusals::text_too_long, "note.en");
    c.note = en("Done");
    p.refused(d, reporter, c, refusals::evidence_too_many, "evidence");
    c.evidence_.resize(32);
    for (const evidence& bad :
         {evidence{"", hex, 1, ""}, evidence{"t", hex.substr(1), 1, ""},
          evidence{"t", std::string(64, 'A'), 1, ""}, evidence{"t", hex, -1, ""},
          evidence{std::string(1001, 't'), hex, 1, ""},
          evidence{"t", hex, 1, std::string(201, 'm')}}) {
        c.evidence_[31] = bad;
        p.refused(d, reporter, c, refusals::evidence_malformed, "evidence.31");
    }
    c.evidence_[31] = {std::string(1000, 't'), hex, 0, std::string(200, 'm')};
}

void peel_report(kinds& met) {
    desk d;
    d.order(measure_of("M1"));
    d.must(reporter, report_of("R1", "M1"));
    peeling p(met);
    report_progress c = report_of("R1", "none");
    p.refused(d, d.now_by("gov"), c, refusals::not_by_decision);
    p.refused(d, stranger, c, refusals::measure_unknown, "measure");
    c.measure = {"M1"};
    p.refused(d, keeper, c, refusals::not_responsible);  // keeps measures, does not report
    desk closed = d;
    closed.must(reporter, completion_of("M1"));
    p.refused(closed, reporter, c, refusals::report_taken, "report");
    c.report = {"R2"};
    p.refused(closed, reporter, c, refusals::measure_closed);
    peel_report_body(d, p, c);
    d.must(reporter, c);
}

void peel_complete(kinds& met) {
    desk d;
    d.order(measure_of("M1"));
    peeling p(met);
    complete_measure c = completion_of("none");
    p.refused(d, d.now_by("gov"), c, refusals::not_by_decision);
    p.refused(d, stranger, c, refusals::measure_unknown, "measure");
    c.measure = {"M1"};
    p.refused(d, clerk, c, refusals::not_responsible);
    desk closed = d;
    closed.must(keeper, c);
    p.refused(closed, reporter, c, refusals::measure_closed);
    peel_report_body(d, p, c);
    d.must(reporter, c);
}

void peel_resolve(kinds& met) {
    desk d;
    for (const event& e : follow_up(d.seen(), {"2026-0001"}, {"gov"}, 0, {"fund.x", {}, ""}))
        d.follow(e);
    peeling p(met);
    resolve_follow_up c{{"none"}, {}};
    p.refused(d, d.now_by("gov"), c, refusals::not_by_decision);
    p.refused(d, stranger, c, refusals::follow_up_unknown, "follow_up");
    c.follow_up = {"2026-0001"};
    CHECK(d.refused(reporter, c).kind == &charter::refusals::power_missing);
    p.refused(d, keeper, c, refusals::note_missing, "note");
    c.note = en(std::string(16'001, 'x'));
    p.refused(d, keeper, c, refusals::text_too_long, "note.en");
    c.note = en("Settled");
    d.must(keeper, c);
    CHECK(d.refused(keeper, c).kind == &refusals::follow_up_resolved);
    met.insert(&refusals::follow_up_resolved);
}

void peel_place(kinds& met) {
    desk d;
    d.order(measure_of("M1"));
    peeling p(met);
    add_measure c = measure_of("M2");
    c.parent = measure_id{"none"};
    c.weight = 0;
    c.waits_for.assign(65, {"none"});
    c.milestones = {{{"a"}, en("A"), day("2026-11-23")}};
    const context by = d.now_by("gov");
    p.refused(d, by, c, refusals::parent_unknown, "parent");
    c.parent = measure_id{"M1"};
    p.refused(d, by, c, refusals::weight_out_of_range, "weight");
    c.weight = 1000;
    p.refused(d, by, c, refusals::waits_too_many, "waits_for");
    c.waits_for = {{"M1"}, {"none"}};
    p.refused(d, by, c, refusals::dependency_unknown, "waits_for.1");
    c.waits_for = {{"M1"}};  // it would wait for what it is a part of
    p.refused(d, by, c, refusals::circle, "waits_for");
    c.waits_for.clear();
    c.milestones.assign(65, c.milestones.front());
    p.refused(d, by, c, refusals::milestones_too_many, "milestones");
    c.milestones.resize(1);
    p.refused(d, by, c, refusals::milestone_malformed, "milestones.0");
    c.milestones = {{{"a"}, en("A"), day("2026-11-24")}, {{"a"}, en("B"), day("2026-11-25")}};
    p.refused(d, by, c, refusals::milestone_malformed, "milestones.1");
    c.milestones[1].milestone = {"b"};
    d.order(c);
}

void peel_milestones(kinds& met) {
    desk d;
    d.order(measure_of("M1"));
    d.must(keeper, set_milestone{{"M1"}, {"a"}, en("A"), day("2026-12-01")});
    peeling put(met);
    set_milestone c{{"none"}, {"b"}, {}, day("2026-11-23")};
    put.refused(d, reporter, c, refusals::measure_unknown, "measure");
    c.measure = {"M1"};
    put.refused(d, reporter, c, refusals::not_keeper);
    put.refused(d, keeper, c, refusals::title_missing, "title");
    c.title = en("B");
    put.refused(d, keeper, c, refusals::due_past, "due");
    c.due = day("2026-12-02");
    d.must(keeper, c);
    peeling reached(met);
    reach_milestone r{{"M1"}, {"none"}, day("2026-11-25"), {}, {}};
    reached.refused(d, d.now_by("gov"), r, refusals::not_by_decision);
    reached.refused(d, keeper, r, refusals::milestone_unknown, "milestone");
    r.milestone = {"a"};
    reached.refused(d, keeper, r, refusals::not_responsible);
    reached.refused(d, reporter, r, refusals::note_missing, "note");
    r.note = en("Reached");
    reached.refused(d, reporter, r, refusals::day_ahead, "on");
    r.on = day("2026-11-24");
    d.must(reporter, r);
    CHECK(d.refused(reporter, r).kind == &refusals::milestone_reached);
    met.insert(&refusals::milestone_reached);
    CHECK(d.refused(keeper, drop_milestone{{"M1"}, {"a"}, {}}).kind ==
          &refusals::milestone_reached);
    CHECK(d.refused(keeper, drop_milestone{{"M1"}, {"b"}, {}}).kind == &refusals::reason_missing);
    d.must(keeper, drop_milestone{{"M1"}, {"b"}, en("Not needed")});
}

void peel_period(kinds& met) {
    desk d;
    add_measure m = measure_of("M1");
    m.indicator_.form = target_form::share;
    m.indicator_.unit = "percent";
    d.order(m);
    peeling p(met);
    report_progress c = report_of("r1", "M1");
    c.evidence_.resize(33);
    c.period = "soon";
    p.refused(d, reporter, c, refusals::evidence_too_many, "evidence");
    c.evidence_.clear();
    p.refused(d, reporter, c, refusals::period_malformed, "period");
    c.period = "2027";
    p.refused(d, reporter, c, refusals::period_ahead, "period");
    c.period = "2026";
    p.refused(d, reporter, c, refusals::value_missing, "value");
    c.value = ratio{101, 1};
    p.refused(d, reporter, c, refusals::share_out_of_range, "value");
    c.value = ratio{100, 1};
    d.must(reporter, c);
}

void peel_approvals(kinds& met) {
    desk d;
    d.order(measure_of("M1"));
    peeling p(met);
    start_approval c;
    c.approval = {"A1"};
    c.body = {"nobody"};
    c.measures = {{"M1"}, {"none"}};
    c.papers.resize(33);
    p.refused(d, reporter, c, refusals::measure_unknown, "measures.1");
    c.measures.pop_back();
    p.refused(d, reporter, c, refusals::owner_unknown, "body");
    c.body = {"gov"};
    p.refused(d, reporter, c, refusals::not_keeper);
    p.refused(d, keeper, c, refusals::title_missing, "title");
    c.title = en("A draft");
    p.refused(d, keeper, c, refusals::evidence_too_many, "papers");
    c.papers.clear();
    p.refused(d, keeper, c, refusals::steps_missing, "steps");
    c.steps = {{{"a"}, {}, {"nobody"}, {}, 1, 0}};
    p.refused(d, keeper, c, refusals::step_malformed, "steps.0");
    c.steps[0].days = 5;
    p.refused(d, keeper, c, refusals::approver_unknown, "steps.0.body");
    c.steps[0].body = {"gov"};
    c.steps[0].office = office_id{"no/office"};
    p.refused(d, keeper, c, refusals::approver_unknown, "steps.0.office");
    c.steps[0].office = office_id{"gov/keeper"};
    c.steps.push_back({{"b"}, {}, {"gov"}, office_id{"gov/keeper"}, 2, 5});
    d.must(keeper, c);
    CHECK(d.refused(keeper, c).kind == &refusals::approval_taken);
    met.insert(&refusals::approval_taken);
    peeling back(met);
    return_for_revision r{{"none"}, {"none"}, {{"b"}}, {}};
    back.refused(d, keeper, r, refusals::approval_unknown, "approval");
    r.approval = {"A1"};
    back.refused(d, reporter, r, refusals::step_unknown, "step");
    r.step = {"b"};
    back.refused(d, reporter, r, refusals::not_approver);
    back.refused(d, keeper, r, refusals::step_not_running, "step");
    d.must(keeper, give_approval{{"A1"}, {"a"}, {}, {}});
    back.refused(d, keeper, r, refusals::reason_missing, "reason");
    r.reason = en("Not yet");
    back.refused(d, keeper, r, refusals::return_malformed, "to");
    r.to = {{"a"}};
    d.must(keeper, r);
    d.must(keeper, withdraw_approval{{"A1"}, en("Overtaken")});
    CHECK(d.refused(keeper, r).kind == &refusals::approval_closed);
    met.insert(&refusals::approval_closed);
}

}  // namespace

TEST_CASE("every refusal of the programme is met, and in the documented order") {
    kinds met;
    peel_add(met);
    peel_amend(met);
    peel_drop(met);
    peel_report(met);
    peel_complete(met);
    peel_resolve(met);
    peel_place(met);
    peel_milestones(met);
    peel_period(met);
    peel_approvals(met);
    for (const refusal_kind* kind : refusals::all) CHECK_MESSAGE(met.contains(kind), kind->code);
}

TEST_CASE("codes are the room's own, unique, and sentences end with a full stop") {
    std::set<std::string_view> codes;
    for (const refusal_kind* kind : refusals::all) {
        CHECK(codes.insert(kind->code).second);
        CHECK(kind->code.starts_with("programme."));
        CHECK(kind->sentence.ends_with('.'));
    }
}

TEST_CASE("texts come in the languages of the charter") {
    desk d;
    add_measure c = measure_of("M1");
    c.title["xx"] = "Title";
    CHECK(d.refused(d.now_by("gov"), c).kind == &charter::refusals::language_unknown);
    CHECK(d.refused(d.now_by("gov"), c).field == "title.xx");
    charter::charter_document doc = small_union();
    doc.languages.clear();
    d.charter.found(doc);
    d.order(c);  // a charter without languages leaves them open
}

TEST_CASE("a decision orders only what the charter lets its body order") {
    desk d;
    CHECK(d.refused(d.now_by("idle"), measure_of("M1")).kind == &charter::refusals::may_not_order);
    d.must(d.now_by("board"), measure_of("M1"));
    CHECK(d.refused(d.now_by("board"), drop_measure{{"M1"}, en("Why")}).kind ==
          &charter::refusals::may_not_order);
    amend_measure c;
    c.measure = {"M1"};
    c.due = day("2027-01-01");
    CHECK(d.refused(d.now_by("board"), c).kind == &charter::refusals::may_not_order);
    d.must(d.now_by("top"), c);
}

TEST_CASE("no measure reaches the journal without an owner, a date and an indicator") {
    const std::string whole = to_json(measure_of("M1"));
    REQUIRE(from_json<add_measure>(whole).has_value());
    for (const std::string part : {R"("owner":"gov",)", R"("due":"2026-12-01",)"}) {
        std::string without = whole;
        REQUIRE(without.find(part) != std::string::npos);
        without.erase(without.find(part), part.size());
        const auto read = from_json<add_measure>(without);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().kind == &json::refusals::missing_field);
    }
}
