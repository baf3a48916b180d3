#include "barriers/imports.hpp"

#include <rapidcheck.h>

#include "barriers/scoreboard.hpp"
#include "barriers/tests/desk.hpp"

using namespace veche;
using namespace veche::barriers;
using namespace veche::barriers::testing;

namespace {

constexpr const char* heading =
    "number,since,class,member,authority.en,title.en,about.en,hinders.headings,hinders.services,"
    "legal.en,source.name,source.verified\n";

taken_case row_of(const std::string& number, const char* member = "A") {
    taken_case c;
    c.number = number;
    c.class_ = barrier_class::restriction;
    c.member = {member};
    c.authority = en("Office of examples");
    c.title = en("No common rule for " + number);
    c.about = en("Each member has its own form.");
    c.hinders.headings = {"8703"};
    c.source.name = "Register of the other union";
    return c;
}

stage_cases part_of_batch(const char* batch, int part, std::vector<taken_case> rows) {
    return {{batch}, {"council"}, part, std::move(rows)};
}

}  // namespace

TEST_CASE("a file of cases becomes rows, and every problem has its line and column") {
    const auto read = read_case_rows(
        std::string(heading) +
        "12,2023-02-01,barrier,A,Customs,Second stamp,It is asked for twice.,8703;8704,49,"
        "Article 3,Register,yes\n"
        "13,2023-02-31,barrier,A,Customs,Third stamp,And again.,8703,,,Register,yes\n"
        "14,,wall,A,Customs,Fourth stamp,And again.,8703,,,Register,yes\n"
        "15,,barrier,A,Customs,Fifth stamp\n");
    REQUIRE(read.rows.size() == 1);
    CHECK(read.rows[0].hinders.headings == std::vector<std::string>{"8703", "8704"});
    CHECK(read.rows[0].hinders.services == std::vector<std::string>{"49"});
    CHECK(read.rows[0].since == parse_date("2023-02-01"));
    REQUIRE(read.problems.size() == 3);
    CHECK(read.problems[0].line == 3);
    CHECK(read.problems[0].column == "since");
    CHECK(read.problems[1].column == "class");
    CHECK(read.problems[2].why.code == csv::refusals::cells_differ.code);
    CHECK(read_case_rows("number,castle\n1,2\n").problems[0].why.code ==
          csv::refusals::column_unknown.code);
}

TEST_CASE_FIXTURE(case_desk, "all cases of a batch are taken over, or none") {
    taken_case wrong = row_of("3");
    wrong.hinders.headings = {"87"};
    wrong.member = {"C"};
    CHECK(send(part_of_batch("first", 1, {row_of("1"), row_of("2", "B")}), "desk") == "");
    CHECK(send(part_of_batch("first", 3, {wrong}), "desk") == "barriers.part_out_of_order part");
    CHECK(send(part_of_batch("first", 2, {wrong, row_of("1")}), "desk") == "");
    CHECK(own.cases.empty());
    CHECK(send(accept_cases{{"first"}, 3}, "desk") == "barriers.cases_differ cases");
    CHECK(send(accept_cases{{"first"}, 4}, "desk") == "barriers.cases_refused batch");
    CHECK(own.cases.empty());
    const auto view = ask(seen(), import_query{{"first"}}, anyone()).value();
    REQUIRE(view.problems.size() == 2);
    CHECK(view.problems[0].row == 3);
    CHECK(view.problems[0].why.code == "barriers.member_unknown");
    CHECK(view.problems[1].why.code == "barriers.number_twice");
    CHECK(send(discard_cases{{"first"}, en("Two rows cannot be.")}, "desk") == "");
    CHECK(send(accept_cases{{"first"}, 4}, "desk") == "barriers.import_closed batch");

    CHECK(send(part_of_batch("second", 1, {row_of("1"), row_of("2", "B")}), "desk") == "");
    CHECK(send(accept_cases{{"second"}, 2}, "clerk") == "barriers.not_desk");
    CHECK(send(accept_cases{{"second"}, 2}, "desk") == "");
    CHECK(how("b-1") == barrier_standing::position);
    CHECK(at_hand("b-2").record->what.member == member_id{"B"});
    CHECK(ask(seen(), imports_query{}, anyone()).value().imports[0].first == barrier_id{"b-1"});
}

TEST_CASE_FIXTURE(case_desk, "what was taken over once is not taken over again") {
    CHECK(send(part_of_batch("one", 1, {row_of("1")}), "desk") == "");
    CHECK(send(accept_cases{{"one"}, 1}, "desk") == "");
    taken_case elsewhere = row_of("1");
    elsewhere.source.name = "Another register";
    CHECK(send(part_of_batch("two", 1, {row_of("1"), elsewhere}), "desk") == "");
    const auto problems = ask(seen(), import_query{{"two"}}, anyone()).value().problems;
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].why.code == "barriers.number_taken");
    CHECK(problems[0].why.args == std::vector<std::string>{"1", "b-1"});
}

TEST_CASE_FIXTURE(case_desk,
                  "a case that was taken over goes the way of every case, without a reporter") {
    CHECK(send(part_of_batch("one", 1, {row_of("1")}), "desk") == "");
    CHECK(send(accept_cases{{"one"}, 1}, "desk") == "");
    const auto shown = ask(seen(), barrier_query{{"b-1"}}, anyone()).value();
    CHECK(!shown.key);
    CHECK(!shown.sealed);
    CHECK(shown.taken->number == "1");
    CHECK(shown.row.reports == 0);
    CHECK(shown.row.taken_from == "Register of the other union");
    const auto all = ask(seen(), barriers_query{}, anyone()).value();
    CHECK(all.received == 0);
    CHECK(all.taken == 1);
    CHECK(all.found == 1);
    // Nobody has a key that fits, not even the empty one.
    CHECK(send(word_of("one", "b-1", 1, reporter_word::comment), "desk") ==
          "barriers.signature_wrong signature");
    pass(8);
    CHECK(at_hand("b-1").runs.front().late);
    CHECK(send(answer_of("b-1", position::accepts), "contact-a") == "");
    CHECK(send(finding_of(*this, "b-1"), "desk") == "");
    judge("b-1", barrier_class::restriction);
    CHECK(send(remedy_of(*this, "b-1", "m-1", 40), "contact-a") == "");
    CHECK(send(proof_of(*this, "b-1", "m-1"), "contact-a") == "");
    CHECK(send(claim_of("b-1"), "contact-a") == "");
    CHECK(send(looked<record_test>("b-1", true), "tester") == "");
    CHECK(how("b-1") == barrier_standing::removed);
    // A later report of the same cause is linked to it; its reporter may then speak.
    CHECK(send(report_by("two"), "desk") == "");
    CHECK(send(link_duplicate{{"b-2"}, {"b-1"}, en("One cause")}, "desk") == "");
    CHECK(send(word_of("two", "b-2", 1, reporter_word::returned), "desk") == "");
    CHECK(how("b-1") == barrier_standing::checking);
}

TEST_CASE("a batch is accepted exactly when no row of it has a fault that a plain reading sees") {
    CHECK(rc::check([] {
        case_desk d;
        std::set<std::string> there;
        for (int turn = 0; turn < 3; ++turn) {
            std::vector<taken_case> rows;
            std::size_t faults = 0;
            std::set<std::string> seen_now;
            const int count = *rc::gen::inRange(1, 6);
            for (int i = 0; i < count; ++i) {
                const std::string number = std::to_string(*rc::gen::inRange(1, 12));
                taken_case row = row_of(number);
                bool sound = true;
                switch (*rc::gen::inRange(0, 8)) {
                    case 0:
                        row.title.clear();
                        sound = false;
                        break;
                    case 1:
                        row.hinders.headings = {"870"};
                        sound = false;
                        break;
                    case 2:
                        row.since = date{date_of(d.at).days + 1};
                        sound = false;
                        break;
                    default:
                        break;
                }
                if (sound) sound = !there.contains(number) && seen_now.insert(number).second;
                faults += sound ? 0 : 1;
                rows.push_back(std::move(row));
            }
            const std::string name = "batch-" + std::to_string(turn);
            RC_ASSERT(d.send(part_of_batch(name.c_str(), 1, rows), "desk") == "");
            const auto view = ask(d.seen(), import_query{{name}}, d.anyone()).value();
            RC_ASSERT(view.problems.size() == faults);
            const std::size_t before = d.own.cases.size();
            const bool taken =
                d.send(accept_cases{{name}, static_cast<std::int64_t>(count)}, "desk") == "";
            RC_ASSERT(taken == (faults == 0));
            RC_ASSERT(d.own.cases.size() == before + (taken ? rows.size() : 0));
            if (taken)
                for (const taken_case& row : rows) there.insert(row.number);
        }
    }));
}
