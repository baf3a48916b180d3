#include "assembly/papers.hpp"

#include "assembly/sitting_refusal.hpp"
#include "assembly/tests/hall.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

add_paper paper_of(std::string id, std::string language = "en") {
    add_paper c;
    c.session = {"s"};
    c.item = item_id{"i1"};
    c.title = en("Paper " + id);
    c.paper = {std::move(id)};
    c.language = std::move(language);
    c.content = {std::string(64, 'a'), 1000, "application/pdf"};
    return c;
}

add_paper version_of(std::string old, std::string id, std::string language = "en") {
    add_paper c = paper_of(std::move(id), std::move(language));
    c.item.reset();
    c.replaces = paper_id{std::move(old)};
    return c;
}

add_paper translation_of(std::string original, std::string id) {
    add_paper c = paper_of(std::move(id), "ru");
    c.item.reset();
    c.translates = paper_id{std::move(original)};
    return c;
}

hall hall_with_item(const charter::charter_document& doc = small_union()) {
    hall h(doc);
    h.must(secretary, session_of("s", "council"));
    h.must(secretary, item_of("s", "i1"));
    h.must(secretary, item_of("s", "i2"));
    return h;
}

item_view shown(const hall& h) {
    return h.view(session_query{{"s"}}).agenda.front();
}

std::string ids(const std::vector<paper_view>& papers) {
    std::string out;
    for (const auto& p : papers) out += (out.empty() ? "" : " ") + p.id.value;
    return out;
}

}  // namespace

TEST_CASE("a new version stands where the old one stood, and both stay") {
    hall h = hall_with_item();
    h.must(secretary, paper_of("p1"));
    h.must(secretary, version_of("p1", "p2"));
    h.must(secretary, version_of("p2", "p3"));
    REQUIRE(shown(h).dossiers.size() == 1);
    const dossier_view of = shown(h).dossiers.front();
    CHECK(ids(of.current) == "p3");
    CHECK(of.current.front().version == 3);
    CHECK(ids(of.earlier) == "p2 p1");
    CHECK(ids(shown(h).papers) == "p1 p2 p3");
    const auto again = h.refused(secretary, version_of("p1", "p4"));
    CHECK(again.kind == &refusals::paper_replaced);
    CHECK(again.args == std::vector<std::string>{"p1", "p2"});
}

TEST_CASE("a translation names the version it is of, and says when that was replaced") {
    hall h = hall_with_item();
    h.must(secretary, paper_of("p1"));
    h.must(secretary, translation_of("p1", "r1"));
    REQUIRE(shown(h).dossiers.size() == 1);
    CHECK(ids(shown(h).dossiers[0].current) == "p1 r1");
    h.must(secretary, version_of("p1", "p2"));
    CHECK(ids(shown(h).dossiers[0].current) == "p2 r1");
    CHECK(shown(h).dossiers[0].current[1].outdated);
    auto second = version_of("r1", "r2", "ru");
    second.translates = paper_id{"p2"};
    h.must(secretary, second);
    CHECK(ids(shown(h).dossiers[0].current) == "p2 r2");
    CHECK_FALSE(shown(h).dossiers[0].current[1].outdated);
    CHECK(shown(h).dossiers[0].current[1].version == 2);
}

TEST_CASE("versions keep language and item, translations change the language only") {
    hall h = hall_with_item();
    h.must(secretary, paper_of("p1"));
    CHECK(h.refused(secretary, version_of("p1", "x", "ru")).kind == &refusals::paper_language);
    auto same = translation_of("p1", "x");
    same.language = "en";
    CHECK(h.refused(secretary, same).kind == &refusals::paper_language);
    auto moved = version_of("p1", "x");
    moved.item = item_id{"i2"};
    CHECK(h.refused(secretary, moved).kind == &refusals::paper_elsewhere);
    CHECK(h.refused(secretary, version_of("nothing", "x")).kind == &refusals::paper_unknown);
}

TEST_CASE("a paper is late by the deadline that stood when it came, and missing languages show") {
    hall h = hall_with_item();
    require_papers terms{{"s"}, item_id{"i1"}, at("2026-11-25T09:00:00.000Z"), {"en", "ru"}};
    CHECK_FALSE(h.ask_for(chair, terms));
    h.must(secretary, terms);
    CHECK(shown(h).papers_missing);
    h.now = terms.due;
    h.must(secretary, paper_of("p1"));
    CHECK_FALSE(shown(h).papers[0].late);
    CHECK(shown(h).dossiers[0].missing == std::vector<std::string>{"ru"});
    h.now.ms += 1;
    h.must(secretary, translation_of("p1", "r1"));
    CHECK(shown(h).papers[1].late);
    CHECK(shown(h).dossiers[0].missing.empty());
    // A later deadline forgives nothing.
    terms.due = at("2026-11-30T09:00:00.000Z");
    h.must(secretary, terms);
    CHECK(shown(h).papers[1].late);
    h.must(secretary, paper_of("p2"));
    CHECK_FALSE(shown(h).papers[2].late);
    terms.due = h.now;
    terms.languages = {"en", "en"};
    CHECK(h.refused(secretary, terms).kind == &refusals::language_repeated);
}

TEST_CASE("where a session says nothing, the charter says when its papers are due") {
    auto doc = small_union();
    doc.bodies.front().sessions.emplace().paper_days = 5;
    hall h = hall_with_item(doc);
    CHECK(shown(h).papers_due == at("2026-11-26T10:00:00.000Z"));
    h.must(secretary, require_papers{{"s"}, {}, at("2026-11-27T10:00:00.000Z"), {"ru"}});
    CHECK(shown(h).papers_due == at("2026-11-27T10:00:00.000Z"));
    CHECK(h.view(session_query{{"s"}}).papers_missing);
}
