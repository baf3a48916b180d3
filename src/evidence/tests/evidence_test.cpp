#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "charter/tests/bare_union.hpp"
#include "evidence/refusal.hpp"
#include "evidence/views.hpp"

using namespace veche;
using namespace veche::evidence;

namespace {

localized en(std::string text) {
    return {{"en", std::move(text)}};
}

struct actor {
    std::string person;
    std::string auth;
};
const actor anna{"p-1", "council/analyst"};    // power "evidence"
const actor boris{"p-2", "council/reviewer"};  // the same power
const actor clerk{"p-3", "council/clerk"};     // none

/// One body with two offices that have the power and one that has not.
charter::charter_document evidence_union() {
    charter::charter_document doc = charter::testing::bare_union();
    charter::testing::add_office(doc, anna.auth, anna.person, {"evidence"});
    charter::testing::add_office(doc, boris.auth, boris.person, {"evidence"});
    charter::testing::add_office(doc, clerk.auth, clerk.person, {});
    return doc;
}

const content_ref some_file{std::string(64, 'a'), 1000, "text/csv"};

register_dataset flows() {
    register_dataset c;
    c.dataset = {"flows"};
    c.body = {"council"};
    c.title = en("Trade of two members");
    c.publisher = "Statistics office of A";
    c.address = "https://example.org/flows";
    c.licence = "CC BY 4.0";
    c.retrieved = *parse_date("2026-03-01");
    c.period = "2009";
    c.unit = "thousand USD";
    c.layout = dataset_layout::wits;
    c.file = some_file;
    return c;
}

publish_finding share() {
    publish_finding c;
    c.finding = {"share"};
    c.body = {"council"};
    c.question = en("How much of A's exports goes to B?");
    c.answer = en("Nearly half. It was a third ten years before.");
    c.certainty = en("Both sides report; they differ by 3 %.");
    c.specified = {"partner-share/1",
                   {{"flows", {"flows"}}},
                   {{"partner", "B"}, {"reporter", "A"}, {"year", "2009"}}};
    c.figures = {{"share", en("Share"), "%", "47.03", "46.1", "48"}};
    c.result = some_file;
    c.program = "veche 0.1.0";
    return c;
}

review_finding review_of(review_outcome how) {
    return {{"share"}, how, some_file, "veche 0.1.0", {}};
}

/// A union with its evidence, and the time that passes by a minute with each act.
struct desk {
    charter::state charter;
    state own;
    std::uint64_t seq = 10;

    desk() { charter.found(evidence_union()); }

    context of(const actor& who) const {
        context ctx;
        ctx.at = {parse_instant("2026-03-02T10:00:00.000Z")->ms +
                  static_cast<std::int64_t>(seq) * 60'000};
        ctx.seq = seq;
        ctx.actor = {who.person};
        ctx.auth = who.auth;
        return ctx;
    }
    template <class C>
    std::string code_of(const C& c, const actor& who) const {
        const auto made = decide({charter, own}, c, of(who));
        return made ? "" : std::string(made.error().kind->code);
    }
    /// Nothing where it was accepted, otherwise the code.
    template <class C>
    std::string act(const C& c, const actor& who) {
        std::string code = code_of(c, who);
        if (code.empty()) {
            apply(own, charter, c, of(who));
            ++seq;
        }
        return code;
    }
    template <class Q>
    auto ask_for(const Q& q) const {
        return ask({charter, own}, q, viewer{{}, of(anna).at}).value();
    }
};

}  // namespace

TEST_CASE("a finding names its data and its method, and everybody sees both") {
    desk t;
    REQUIRE(t.act(flows(), anna).empty());
    REQUIRE(t.act(share(), anna).empty());
    const finding_view seen = t.ask_for(finding_query{{"share"}});
    CHECK(seen.row.standing_now == evidence_standing::stands);
    CHECK(seen.row.method == "partner-share/1");
    CHECK(seen.specified == share().specified);
    REQUIRE(seen.data.size() == 1);
    CHECK(seen.data[0].file == some_file);
    CHECK(seen.by.value == anna.person);
    CHECK(t.ask_for(datasets_query{}).datasets.at(0).findings == 1);
    CHECK(t.ask_for(dataset_query{{"flows"}}).used_by.at(0).finding.value == "share");
    CHECK(t.ask_for(findings_query{{}, "partner-share", {}}).findings.size() == 1);
    CHECK(t.ask_for(findings_query{{}, "partner-share/2", {}}).findings.empty());
}

TEST_CASE(
    "only an office with the power evidence in the body publishes, and no decision orders it") {
    desk t;
    CHECK(t.code_of(flows(), clerk) == "evidence.not_keeper");
    context ctx = t.of(anna);
    ctx.decision = decision_authority{{"d"}, {"council"}, "unanimity"};
    const auto made = decide({t.charter, t.own}, flows(), ctx);
    REQUIRE(!made);
    CHECK(made.error().kind->code == "evidence.not_by_decision");
}

TEST_CASE("who published a finding does not judge it, and whoever differs says in what") {
    desk t;
    t.act(flows(), anna);
    t.act(share(), anna);
    CHECK(t.code_of(review_of(review_outcome::agrees), anna) == "evidence.own_finding");
    CHECK(t.act(review_of(review_outcome::agrees), boris).empty());
    review_finding differs = review_of(review_outcome::differs);
    CHECK(t.code_of(differs, boris) == "evidence.note_missing");
    differs.note = en("The share of 2008 comes out.");
    CHECK(t.act(differs, boris).empty());
    const finding_row row = t.ask_for(finding_query{{"share"}}).row;
    CHECK(row.agreeing == 1);
    CHECK(row.differing == 1);
}

TEST_CASE("a correction takes the place of what it corrects, once") {
    desk t;
    t.act(flows(), anna);
    t.act(share(), anna);
    publish_finding better = share();
    better.finding = {"share-2"};
    better.corrects = finding_id{"share"};
    REQUIRE(t.act(better, anna).empty());
    CHECK(t.ask_for(finding_query{{"share"}}).row.standing_now == evidence_standing::corrected);
    CHECK(t.ask_for(findings_query{}).findings.size() == 1);
    CHECK(t.ask_for(findings_query{{}, {}, true}).findings.size() == 2);
    better.finding = {"share-3"};
    CHECK(t.code_of(better, anna) == "evidence.finding_closed");
    CHECK(t.code_of(withdraw_finding{{"share"}, en("Wrong.")}, anna) == "evidence.finding_closed");
}

TEST_CASE("data that was replaced or withdrawn marks what rests on it") {
    desk t;
    t.act(flows(), anna);
    t.act(share(), anna);
    register_dataset newer = flows();
    newer.dataset = {"flows-2"};
    newer.replaces = dataset_id{"flows"};
    REQUIRE(t.act(newer, anna).empty());
    CHECK(t.ask_for(finding_query{{"share"}}).row.data_changed);
    newer.dataset = {"flows-3"};
    CHECK(t.code_of(newer, anna) == "evidence.dataset_replaced");
    REQUIRE(t.act(withdraw_dataset{{"flows"}, en("Rows were lost.")}, anna).empty());
    publish_finding late = share();
    late.finding = {"late"};
    CHECK(t.code_of(late, anna) == "evidence.dataset_withdrawn");
    CHECK(t.ask_for(dataset_query{{"flows"}}).row.standing_now == evidence_standing::withdrawn);
}

TEST_CASE("a finding is laid beside what it is evidence for, and taken away again") {
    desk t;
    t.act(flows(), anna);
    t.act(share(), anna);
    const subject motion{subject_kind::motion, "m-1"};
    REQUIRE(t.act(attach_finding{{"share"}, motion}, anna).empty());
    CHECK(t.code_of(attach_finding{{"share"}, motion}, anna) == "evidence.attached_already");
    CHECK(t.ask_for(findings_about_query{subject_kind::motion, "m-1"}).findings.size() == 1);
    CHECK(t.ask_for(findings_about_query{subject_kind::measure, "m-1"}).findings.empty());
    REQUIRE(t.act(detach_finding{{"share"}, motion}, anna).empty());
    CHECK(t.code_of(detach_finding{{"share"}, motion}, anna) == "evidence.not_attached");
    CHECK(t.ask_for(findings_about_query{subject_kind::motion, "m-1"}).findings.empty());
}

TEST_CASE("what a finding lacks is said by its name") {
    desk t;
    t.act(flows(), anna);
    const auto code = [&](auto change) {
        publish_finding c = share();
        change(c);
        return t.code_of(c, anna);
    };
    CHECK(code([](auto& c) { c.question = {}; }) == "evidence.question_missing");
    CHECK(code([](auto& c) { c.answer = {}; }) == "evidence.answer_missing");
    CHECK(code([](auto& c) { c.certainty = {}; }) == "evidence.certainty_missing");
    CHECK(code([](auto& c) { c.answer = en(std::string(1501, 'x')); }) == "evidence.text_too_long");
    CHECK(code([](auto& c) { c.result.size = 0; }) == "evidence.file_malformed");
    CHECK(code([](auto& c) { c.specified.method = "partner-share"; }) ==
          "evidence.method_malformed");
    CHECK(code([](auto& c) { c.specified.method = "Partner/1"; }) == "evidence.method_malformed");
    CHECK(code([](auto& c) { c.specified.data.clear(); }) == "evidence.data_missing");
    CHECK(code([](auto& c) { c.specified.data[0].dataset = {"no"}; }) ==
          "evidence.dataset_unknown");
    CHECK(code([](auto& c) { std::swap(c.specified.parameters[0], c.specified.parameters[1]); }) ==
          "evidence.specification_malformed");
    CHECK(code([](auto& c) { c.figures.clear(); }) == "evidence.figures_missing");
    CHECK(code([](auto& c) { c.figures.push_back(c.figures[0]); }) == "evidence.figure_malformed");
    CHECK(code([](auto& c) { c.figures[0].value = "4.7e1"; }) == "evidence.figure_malformed");
    CHECK(code([](auto& c) { c.figures[0].low = "47.04"; }) == "evidence.interval_malformed");
    CHECK(code([](auto& c) { c.figures[0].high.reset(); }) == "evidence.interval_malformed");
}

TEST_CASE("what a data set lacks is said by its name") {
    desk t;
    const auto code = [&](auto change) {
        register_dataset c = flows();
        change(c);
        return t.code_of(c, anna);
    };
    CHECK(code([](auto&) {}).empty());
    CHECK(code([](auto& c) { c.replaces = dataset_id{"no"}; }) == "evidence.dataset_unknown");
    CHECK(code([](auto& c) { c.body = {"no"}; }) == "evidence.body_unknown");
    CHECK(code([](auto& c) { c.title = {}; }) == "evidence.title_missing");
    CHECK(code([](auto& c) { c.licence = ""; }) == "evidence.source_missing");
    CHECK(code([](auto& c) { c.unit = ""; }) == "evidence.source_missing");
    CHECK(code([](auto& c) { c.retrieved = *parse_date("2026-03-03"); }) ==
          "evidence.retrieved_late");
    CHECK(code([](auto& c) { c.file.sha256 = "beef"; }) == "evidence.file_malformed");
    t.act(flows(), anna);
    CHECK(t.code_of(flows(), anna) == "evidence.dataset_taken");
    register_dataset sound = flows();
    sound.dataset = {"picture"};
    sound.layout = dataset_layout::other;
    REQUIRE(t.act(sound, anna).empty());
    publish_finding c = share();
    c.specified.data = {{"flows", {"picture"}}};
    CHECK(t.code_of(c, anna) == "evidence.layout_unreadable");
}

TEST_CASE("decimals are written in one way and compared as numbers") {
    for (const char* sound : {"0", "47.03", "-1.5", "0.0", "123456789012345678", "-0.01"})
        CHECK_MESSAGE(is_decimal(sound), sound);
    for (const char* unsound : {"", "-", ".5", "5.", "05", "1e3", "+1", "-0", "-0.00", "1.2.3",
                                " 1", "NaN", "1234567890123456789"})
        CHECK_MESSAGE(!is_decimal(unsound), unsound);
    // Each is above the one before.
    const std::vector<std::string> rising = {"-100.5", "-100", "-2", "-1.99", "-0.5", "0",
                                             "0.49",   "0.5",  "2",  "10",    "10.01"};
    for (std::size_t i = 0; i < rising.size(); ++i)
        for (std::size_t j = 0; j < rising.size(); ++j)
            CHECK_MESSAGE(not_above(rising[i], rising[j]) == (i <= j),
                          (rising[i] + " and " + rising[j]));
    CHECK(not_above("0.50", "0.5"));
    CHECK(not_above("0.5", "0.50"));
}

TEST_CASE("of several faults the first of the list of refusals is named") {
    desk t;
    publish_finding c = share();  // its data set does not exist
    c.question = {};
    c.figures.clear();
    CHECK(t.code_of(c, clerk) == "evidence.not_keeper");
    CHECK(t.code_of(c, anna) == "evidence.question_missing");
    std::set<std::string_view> codes;
    for (const refusal_kind* kind : refusals::all) codes.insert(kind->code);
    CHECK(codes.size() == std::size(refusals::all));
}
