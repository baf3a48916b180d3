// Plans of links: what each side owes by when, and what became of it.

#include <algorithm>

#include <rapidcheck.h>

#include "registry/csv_rows.hpp"
#include "registry/export_rows.hpp"
#include "registry/tests/desk.hpp"

using namespace veche;
using namespace veche::registry;
using namespace veche::registry::testing;

namespace {

struct planned_desk : linked_desk {
    planned_desk() { conclude("2026-01-10"); }
    std::string say(const char* item, link_side side, item_word says, const char* on = nullptr) {
        return send(word_of("ash-birch", item, side, says, on));
    }
};

constexpr auto side_a = link_side::a;
constexpr auto side_b = link_side::b;

}  // namespace

TEST_CASE_FIXTURE(planned_desk, "an item is late by an entry on the day after its last day") {
    CHECK(send(item_of("ash-birch", "bridge", "2026-06")) == "");
    CHECK(how("ash-birch", "bridge") == item_standing::planned);
    CHECK(earliest_due(own) == start_of(*parse_date("2026-07-01")));  // the month counts to its end
    pass_to("2026-06-30");
    CHECK(how("ash-birch", "bridge") == item_standing::planned);
    const auto due = next_due(own, charter, start_of(*parse_date("2026-07-01")));
    REQUIRE(due);
    CHECK(due->type == "registry.item_late");
    CHECK(due->body == R"({"due":"2026-06-30","item":"bridge","link":"ash-birch"})");
    pass_to("2026-07-01");
    CHECK(how("ash-birch", "bridge") == item_standing::late);
    // Said once: nothing more of it falls due.
    CHECK_FALSE(next_due(own, charter, start_of(*parse_date("2026-12-01"))));
    CHECK(say("bridge", side_a, item_word::done, "2026-07-05") == "registry.day_to_come on");
    CHECK(say("bridge", side_a, item_word::done, "2026-06-28") == "");
    CHECK(how("ash-birch", "bridge") == item_standing::done);
    const item_row row = show_item(own, {{"ash-birch"}, {"bridge"}}, date_of(at));
    CHECK(row.done_on == *parse_date("2026-06-28"));
    CHECK_FALSE(row.days_late);  // it was done in time and reported late
}

TEST_CASE_FIXTURE(planned_desk,
                  "what both sides owe is done when both say so and nobody denies it") {
    CHECK(send(item_of("ash-birch", "fair", "2026-05-01", {side_a, side_b})) == "");
    CHECK(say("fair", side_a, item_word::done, "2026-03-01") == "");
    CHECK(how("ash-birch", "fair") == item_standing::planned);
    CHECK(say("fair", side_b, item_word::done) == "");
    CHECK(how("ash-birch", "fair") == item_standing::done);
    // Where a side names no day, the day on which its word was recorded counts.
    CHECK(done_day(*own.items.find(item_key{{"ash-birch"}, {"fair"}})) == date_of(at));
    CHECK(say("fair", side_b, item_word::not_done) == "");
    CHECK(how("ash-birch", "fair") == item_standing::planned);
    CHECK(say("fair", side_b, item_word::done) == "");
    CHECK(say("fair", side_a, item_word::dropped) == "");
    CHECK(how("ash-birch", "fair") == item_standing::dropped);  // one side is enough
    // An item that the other side alone owes is denied by this one.
    CHECK(send(item_of("ash-birch", "choir", "2026-05-01", {side_b})) == "");
    CHECK(say("choir", side_b, item_word::done) == "");
    CHECK(how("ash-birch", "choir") == item_standing::done);
    CHECK(say("choir", side_a, item_word::not_done) == "");
    CHECK(how("ash-birch", "choir") == item_standing::planned);
    pass_to("2026-05-02");
    CHECK(how("ash-birch", "choir") == item_standing::late);
    CHECK(how("ash-birch", "fair") == item_standing::dropped);
    const auto view = ask(seen(), link_query{{"ash-birch"}}, anyone());
    REQUIRE(view);
    REQUIRE(view->plan.size() == 2);
    CHECK(view->plan[1].words.size() == 5);  // nothing that was said is lost
    CHECK(view->plan[0].row.late_seq);
}

TEST_CASE_FIXTURE(planned_desk, "an amended item says what it said before, and its clock follows") {
    CHECK(send(item_of("ash-birch", "bridge", "2026-03-05")) == "");
    pass_to("2026-03-06");
    CHECK(how("ash-birch", "bridge") == item_standing::late);
    CHECK(send(item_of("ash-birch", "bridge", "2026-08")) == "registry.reason_missing reason");
    plan_item moved = item_of("ash-birch", "bridge", "2026-08", {side_a, side_b});
    moved.reason = en("The river was high.");
    CHECK(send(moved) == "");
    CHECK(how("ash-birch", "bridge") == item_standing::planned);
    CHECK(earliest_due(own) == start_of(*parse_date("2026-09-01")));
    const auto view = ask(seen(), link_query{{"ash-birch"}}, anyone());
    REQUIRE(view);
    REQUIRE(view->plan.size() == 1);
    REQUIRE(view->plan[0].before.size() == 1);
    CHECK(view->plan[0].before[0].due == "2026-03-05");
    CHECK(view->plan[0].before[0].sides == std::vector{side_a});
    CHECK(view->plan[0].reason == en("The river was high."));
    CHECK(view->plan[0].row.changes == 2);
    pass_to("2026-09-01");
    CHECK(how("ash-birch", "bridge") == item_standing::late);
}

TEST_CASE_FIXTURE(planned_desk, "the plan of a link that is suspended, ended or denied rests") {
    CHECK(send(item_of("ash-birch", "bridge", "2026-06")) == "");
    for (const link_claim stop : {link_claim::suspended, link_claim::ended, link_claim::denied}) {
        CHECK(send(claim_of("ash-birch", side_b, stop)) == "");
        CHECK(how("ash-birch", "bridge") == item_standing::resting);
        CHECK(own.promised.empty());
        CHECK(send(claim_of("ash-birch", side_b, link_claim::concluded)) == "");
        CHECK(how("ash-birch", "bridge") == item_standing::planned);
        CHECK(own.promised.size() == 1);
    }
    CHECK(send(claim_of("ash-birch", side_b, link_claim::suspended)) == "");
    pass_to("2026-08-01");
    CHECK(how("ash-birch", "bridge") == item_standing::resting);
    CHECK(send(claim_of("ash-birch", side_b, link_claim::concluded)) == "");
    pass_to("2026-08-01");  // what should have been done meanwhile is late at once
    CHECK(how("ash-birch", "bridge") == item_standing::late);
    CHECK(say("bridge", side_a, item_word::done, "2026-08-01") == "");
    CHECK(show_item(own, {{"ash-birch"}, {"bridge"}}, date_of(at)).days_late == 32);
}

TEST_CASE_FIXTURE(planned_desk, "what no plan can hold is refused with its place") {
    CHECK(send(item_of("ash-oak", "bridge", "2026-06")) == "registry.link_unknown link");
    CHECK(send(item_of("ash-birch", "bridge", "June")) == "registry.day_malformed due");
    CHECK(send(item_of("ash-birch", "bridge", "2026", {})) == "registry.sides_unclear sides");
    CHECK(send(item_of("ash-birch", "bridge", "2026", {side_a, side_a})) ==
          "registry.sides_unclear sides");
    plan_item silent = item_of("ash-birch", "bridge", "June", {});
    silent.text = {};
    silent.source.name = " ";
    CHECK(send(silent) == "registry.source_missing source.name");  // the first that is checked
    silent.source.name = "Office";
    CHECK(send(silent) == "registry.item_empty text");
    clerk = true;
    CHECK(send(item_of("ash-birch", "bridge", "2026")) == "registry.not_registrar");
    clerk = false;
    CHECK(say("bridge", side_a, item_word::done) == "registry.item_unknown item");
    CHECK(send(item_of("ash-birch", "bridge", "2026")) == "");
    CHECK(send(activity_of("visit", "ash-birch", "2026-02")) == "");
    report_item shown = word_of("ash-birch", "bridge", side_a, item_word::done);
    shown.activity = activity_id{"other"};
    CHECK(send(shown) == "registry.activity_elsewhere activity");
    shown.activity = activity_id{"visit"};
    shown.proof = content_ref{"abc", 1, "application/pdf"};
    CHECK(send(shown) == "registry.file_malformed proof.sha256");
    shown.proof.reset();
    CHECK(send(shown) == "");
}

TEST_CASE_FIXTURE(planned_desk, "items are found by place, state, day and words") {
    CHECK(send(item_of("ash-birch", "second", "2026-06", {side_b})) == "");
    plan_item fair = item_of("ash-birch", "first", "2026-04", {side_a});
    fair.text = {{"en", "A fair of linen"}, {"ru", "Ярмарка льна"}};
    CHECK(send(fair) == "");
    CHECK(say("second", side_b, item_word::done, "2026-02") == "");
    pass_to("2026-05-11");
    plan_items_query q;
    auto all = ask(seen(), q, anyone());
    REQUIRE(all);
    REQUIRE(all->items.size() == 2);
    CHECK(all->items[0].item.value == "first");
    CHECK(all->items[0].days_late == 11);
    CHECK(all->standings.size() == 2);
    q.standing = item_standing::late;
    CHECK(ask(seen(), q, anyone())->found == 1);
    q = {};
    q.place = place_id{"B-1"};
    q.query = "ярмарка";
    CHECK(ask(seen(), q, anyone())->found == 1);
    q.query = "birch linen";
    CHECK(ask(seen(), q, anyone())->found == 1);
    q.query = "linen bridge";
    CHECK(ask(seen(), q, anyone())->found == 0);
    q = {};
    q.from = parse_date("2026-05-01");
    CHECK(ask(seen(), q, anyone())->found == 1);
    q.until = parse_date("2026-06-29");
    CHECK(ask(seen(), q, anyone())->found == 0);
    q = {};
    q.link = link_id{"none"};
    CHECK_FALSE(ask(seen(), q, anyone()));
    const auto year = ask(seen(), place_year_query{{"A-1"}, 2026}, anyone());
    REQUIRE(year);
    CHECK(year->plan_found == 2);
    CHECK(ask(seen(), place_year_query{{"A-1"}, 2025}, anyone())->plan_found == 0);
}

TEST_CASE_FIXTURE(planned_desk, "open items are shown to who keeps them or speaks for a side") {
    CHECK(send(organisation_of("mill", "ash")) == "");
    record_link partners = link_of("mill-birch", "ash", "birch");
    partners.kind = link_kind::partner;
    partners.a = {{}, organisation_id{"mill"}};
    CHECK(send(partners) == "");
    CHECK(send(item_of("mill-birch", "loom", "2026-04")) == "");
    CHECK(send(item_of("ash-birch", "fair", "2026-06")) == "");
    CHECK(send(item_of("ash-birch", "walk", "2026-06")) == "");
    CHECK(say("walk", side_a, item_word::done, "2026-02") == "");
    name_agent agent;
    agent.organisation = {"mill"};
    agent.person = {"of-mill"};
    agent.until = parse_date("2026-05-31");
    CHECK(send(agent) == "");
    pass_to("2026-05-11");
    const auto of = [&](const char* person) {
        return ask(seen(), my_plan_items_query{{person}, {}, {}}, anyone()).value();
    };
    const auto kept = of("p-1");
    CHECK(kept.found == 2);
    CHECK(kept.late == 1);
    REQUIRE(kept.items.size() == 2);
    CHECK(kept.items[0].row.item.value == "loom");
    CHECK(kept.items[0].ties == std::vector<link_tie>{link_tie::keeper});
    const auto spoken = of("of-mill");
    REQUIRE(spoken.items.size() == 1);
    CHECK(spoken.items[0].row.item.value == "loom");
    CHECK(spoken.items[0].ties == std::vector<link_tie>{link_tie::speaker});
    CHECK(of("p-2").found == 0);
    CHECK(ask(seen(), my_plan_items_query{{"p-1"}, 1, 1}, anyone())->items.front().row.item.value ==
          "fair");
    pass_to("2026-06-01");
    CHECK(of("of-mill").found == 0);
    // Whose link does not stand has nothing to do.
    CHECK(send(claim_of("ash-birch", side_a, link_claim::suspended)) == "");
    CHECK(of("p-1").found == 1);
}

TEST_CASE_FIXTURE(planned_desk, "plans go out as rows and come in again, faults named by column") {
    const auto csv_of = [&](const char* kind) {
        return to_csv(table_of(records_of(own, kind), kind));
    };
    CHECK(send(item_of("ash-birch", "bridge", "2026-06", {side_a, side_b})) == "");
    CHECK(say("bridge", side_b, item_word::done, "2026-02") == "");
    planned_desk other;
    for (const char* kind : {"item", "item_report"}) {
        const csv_rows read = read_csv_rows(csv_of(kind), kind, {});
        REQUIRE(read.problems.empty());
        REQUIRE(read.rows.size() == 1);
        stage_rows stage{{std::string("b-") + kind}, {"council"}, 1, read.rows};
        CHECK(other.send(stage) == "");
        CHECK(other.send(accept_batch{stage.batch, 1}) == "");
        CHECK(to_csv(table_of(records_of(other.own, kind), kind)) == csv_of(kind));
    }
    const csv_rows faulty = read_csv_rows(
        "link,item,sides,due,text.en,source.name,source.verified\nash-birch,b,c,2026,x,y,yes\n",
        "item", {{"body", "council"}});
    REQUIRE(faulty.problems.size() == 1);
    CHECK(faulty.problems[0].line == 2);
    CHECK(faulty.problems[0].column == "sides");
}

TEST_CASE("the state of an item is what a plain reading of its whole history gives") {
    CHECK(rc::check([] {
        planned_desk d;
        std::vector<link_side> owed{side_a};
        date last = *parse_date("2026-04-10");
        std::optional<item_word> newest[2];
        std::optional<link_claim> stopped;
        RC_ASSERT(d.send(item_of("ash-birch", "x", to_text(last), owed)) == "");
        const int steps = *rc::gen::inRange(1, 30);
        for (int i = 0; i < steps; ++i) {
            const int kind = *rc::gen::inRange(0, 4);
            if (kind == 0) {
                const int side = *rc::gen::inRange(0, 2);
                const auto word = static_cast<item_word>(
                    *rc::gen::weightedElement<int>({{6, 0}, {3, 1}, {1, 2}}));
                newest[side] = word;
                RC_ASSERT(d.say("x", static_cast<link_side>(side), word) == "");
            } else if (kind == 1) {
                owed = *rc::gen::elementOf(
                    std::vector<std::vector<link_side>>{{side_a}, {side_b}, {side_a, side_b}});
                last = {date_of(d.at).days + *rc::gen::inRange(-30, 60)};
                plan_item c = item_of("ash-birch", "x", to_text(last), owed);
                c.reason = en("Moved.");
                RC_ASSERT(d.send(c) == "");
            } else if (kind == 2) {
                const auto claim = *rc::gen::elementOf(
                    std::vector{link_claim::concluded, link_claim::suspended, link_claim::ended});
                stopped = claim == link_claim::concluded ? std::nullopt : std::optional(claim);
                RC_ASSERT(d.send(claim_of("ash-birch", side_a, claim)) == "");
            } else {
                d.pass_to(to_text(date{date_of(d.at).days + *rc::gen::inRange(0, 40)}).c_str());
            }
            d.pass_to(to_text(date_of(d.at)).c_str());
            const auto said = [&](item_word what) {
                return newest[0] == what || newest[1] == what;
            };
            const bool all = std::all_of(owed.begin(), owed.end(), [&](link_side one) {
                return newest[static_cast<int>(one)] == item_word::done;
            });
            const item_standing plain = said(item_word::dropped)            ? item_standing::dropped
                                        : all && !said(item_word::not_done) ? item_standing::done
                                        : stopped                           ? item_standing::resting
                                        : last < date_of(d.at)              ? item_standing::late
                                                               : item_standing::planned;
            RC_ASSERT(d.how("ash-birch", "x") == plain);
            RC_ASSERT(d.own.promised.size() == (plain == item_standing::planned ? 1 : 0));
        }
    }));
}
