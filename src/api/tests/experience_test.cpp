// Requirements of reading that hold for every page: why a list is empty, lasting addresses, parts
// of pages to take away or embed.

#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "api/pages/page_parts.hpp"
#include "api/tests/site_at_hand.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::api;
using veche::api::testing::header_of;
using page_fixture = veche::api::testing::site_at_hand;

namespace {

constexpr std::string_view reasons[] = {"not_yet", "none", "not_published", "closed", "filtered"};

/// The reasons that the empty lists of a page give; "?" for one that gives none.
std::vector<std::string> reasons_in(std::string_view html) {
    constexpr std::string_view mark = "class=\"empty\"";
    constexpr std::string_view why = " data-why=\"";
    std::vector<std::string> found;
    for (auto at = html.find(mark); at != std::string_view::npos; at = html.find(mark, at + 1)) {
        auto rest = html.substr(at + mark.size());
        if (!rest.starts_with(why)) {
            found.emplace_back("?");
            continue;
        }
        rest.remove_prefix(why.size());
        const std::string name(rest.substr(0, rest.find('"')));
        const bool known =
            std::find(std::begin(reasons), std::end(reasons), name) != std::end(reasons);
        // The words follow at once, so that nobody needs the attribute.
        const bool said = rest.substr(name.size()).starts_with("\"><strong>");
        found.push_back(known && said ? name : "?");
    }
    return found;
}

bool has(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TEST_CASE_FIXTURE(page_fixture,
                  "every list of a union in which nothing has happened says why it is empty") {
    for (const char* path :
         {"",         "decisions",     "sessions",  "programme",   "approvals",
          "money",    "contributions", "balances",  "commitments", "claims",
          "payments", "bank",          "flow",      "arrears",     "pace",
          "past",     "series",        "elections", "calls",       "bodies/acc"}) {
        CAPTURE(path);
        for (const char* language : {"en", "ru", "be"}) {
            const response page = ask("GET", "/" + std::string(language) + "/" + path);
            CHECK(page.status == 200);
            const auto why = reasons_in(page.body);
            CHECK(has(why, "not_yet"));
            CHECK_FALSE(has(why, "?"));
        }
    }
    for (const char* path : {"late", "acts", "follow-ups", "take/programme", "by-measure/-"}) {
        CAPTURE(path);
        const auto why = reasons_in(ask("GET", "/en/" + std::string(path)).body);
        CHECK(has(why, "none"));
        CHECK_FALSE(has(why, "?"));
    }
    log_in();
    CHECK(has(reasons_in(ask("GET", "/en/me").body), "none"));
}

TEST_CASE_FIXTURE(page_fixture, "a list that its filters empty says so and offers to clear them") {
    for (const char* path : {"decisions", "programme", "late", "approvals", "search", "sessions"}) {
        CAPTURE(path);
        const std::string query = std::string_view(path) == "sessions" ? "?body=acc" : "?q=zzzz";
        const response page = ask("GET", "/en/" + std::string(path) + query);
        CHECK(has(reasons_in(page.body), "filtered"));
        CHECK(page.body.find("<a href=\"/en/" + std::string(path) + "\">Clear the filters</a>") !=
              std::string::npos);
    }
}

TEST_CASE("no template shows an empty list without one of the five reasons") {
    std::size_t notes = 0;
    for (const auto& file :
         std::filesystem::directory_iterator(veche::source_dir() + "/web/templates")) {
        std::ifstream in(file.path());
        const std::string text((std::istreambuf_iterator<char>(in)), {});
        CAPTURE(file.path());
        const auto why = reasons_in(text);
        notes += why.size();
        CHECK_FALSE(has(why, "?"));
    }
    CHECK(notes > 30);
}

TEST_CASE_FIXTURE(page_fixture,
                  "a thing has one address; old and careless ones lead there for good") {
    const auto leads = [&](const std::string& from, int status) {
        const response moved = ask("GET", from);
        CHECK(moved.status == status);
        return header_of(moved, "Location");
    };
    CHECK(leads("/en/decision/2026-0001", 301) == "/en/decisions/2026-0001");
    CHECK(leads("/ru/measures?status=late", 301) == "/ru/programme?status=late");
    CHECK(leads("/en/bodies/", 301) == "/en/bodies");
    CHECK(leads("/en/vote/v-1.csv", 301) == "/en/votes/v-1.csv");
    CHECK(leads("/be", 301) == "/be/");
    CHECK(leads("/decisions?year=2026", 302) == "/en/decisions?year=2026");
    CHECK(ask("GET", "/nothing/here").status == 404);
}

TEST_CASE_FIXTURE(page_fixture, "the page of a thing, asked for without the thing, is none") {
    CHECK(ask("GET", "/en/votes").status == 404);
    CHECK(ask("GET", "/en/votes.json").status == 404);
    CHECK(ask("GET", "/en/floor").status == 404);
    for (const char* section :
         {"secret-votes", "motions",       "acts",         "amendment",     "boards",
          "bundles",      "call-projects", "call-results", "call-shares",   "call-vote",
          "calls",        "cases",         "contracts",    "decisions",     "dose-allocations",
          "dose-lots",    "dose-plans",    "elections",    "exchanges",     "floor",
          "links",        "lots",          "minutes",      "organisations", "places",
          "plans",        "regions",       "sealed",       "series",        "sessions",
          "voter"}) {
        INFO(std::string(section));
        CHECK(ask("GET", std::string("/en/") + section).status != 400);
    }
}

TEST_CASE_FIXTURE(page_fixture, "a part of a page is embedded without script, cookie or any act") {
    const response made = ask("GET", "/en/embed/bodies?part=table");
    REQUIRE(made.status == 200);
    const std::string policy = header_of(made, "Content-Security-Policy");
    CHECK(policy.find("frame-ancestors *") != std::string::npos);
    CHECK(policy.find("script-src") == std::string::npos);
    CHECK(policy.find("form-action 'none'") != std::string::npos);
    CHECK(header_of(made, "X-Frame-Options").empty());
    CHECK(header_of(made, "Set-Cookie").empty());
    CHECK(made.body.find("<script") == std::string::npos);
    CHECK(made.body.find("<form") == std::string::npos);
    CHECK(made.body.find("href=\"/en/bodies\"") != std::string::npos);
    CHECK(ask("GET", "/en/embed/bodies?part=no-such").status == 404);
    CHECK(ask("GET", "/en/embed/me").status == 404);
    CHECK(ask("GET", "/en/embed/embed/bodies").status == 404);
    // What only the person signed in sees is nowhere in it.
    log_in();
    CHECK(ask("GET", "/en/embed/bodies?part=table").body.find("Sign out") == std::string::npos);
}

TEST_CASE_FIXTURE(page_fixture, "what is taken away as CSV is the table that was shown") {
    const response page = ask("GET", "/en/bodies");
    const auto parts = pages::parts_of(page.body);
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].name == "table");
    CHECK(parts[1].name == "members");
    const response file = ask("GET", "/en/bodies.csv?part=table");
    REQUIRE(file.status == 200);
    CHECK(file.type.starts_with("text/csv"));
    const auto lines = std::count(file.body.begin(), file.body.end(), '\n');
    CHECK(lines == static_cast<std::ptrdiff_t>(parts[0].rows) + 1);
    CHECK(ask("GET", "/en/bodies.csv?part=no-such").status == 404);
    CHECK(ask("GET", "/en/bodies.svg").status == 404);
}

TEST_CASE("cells become fields: markup goes, entities are read, blocks are kept apart") {
    const std::string table =
        "<table class=\"t\"><caption>All &amp; more</caption><thead><tr><th>A</th><th>B</th></tr>"
        "</thead><tbody><tr><th>x, <b>y</b></th><td>1 &lt; 2<p>said \"so\"</p></td></tr></tbody>"
        "</table>";
    CHECK(pages::table_csv(table) == "A,B\r\n\"x, y\",\"1 < 2 said \"\"so\"\"\"\r\n");
    const auto parts = pages::parts_of("<main><h2 id=\"first\">F</h2>" + table + table + "</main>");
    REQUIRE(parts.size() == 2);
    CHECK(parts[0].name == "first");
    CHECK(parts[1].name == "first-2");
    CHECK(parts[0].title == "All & more");
    CHECK(parts[0].rows == 1);
}

TEST_CASE_FIXTURE(page_fixture,
                  "two editors of one thing: the second sees what the first did, then chooses") {
    at_hand.clock_ms += 1000;
    log_in();
    const std::string csrf = accounts.find_session(cookies.front().second, now_ms())->csrf;
    const std::string session =
        "csrf=" + csrf + "&_auth=pc%2Fstate-secretary&_idem=0190a000-0000-7000-8000-00000000000";
    const pairs form = {{"content-type", "application/x-www-form-urlencoded"}};
    const response made =
        ask("POST", "/en/do/assembly.convene_session",
            session + "1&id=s-1&body=com&title.en=One&starts=2026-12-20T10%3A00", form);
    CAPTURE(made.body);
    REQUIRE(made.status == 303);
    const std::string seen = std::to_string(at_hand.office->durable_size());
    const auto reschedule = [&](const char* key, const std::string& at, const std::string& from) {
        return ask("POST", "/en/do/assembly.reschedule_session",
                   session + key + "&_seen=" + from + "&session=s-1&starts=" + at, form);
    };
    CHECK(reschedule("2", "2026-12-21T10%3A00", seen).status == 303);
    const response second = reschedule("3", "2026-12-22T10%3A00", seen);
    CHECK(second.status == 409);
    CHECK(second.body.find("<title>Error:") != std::string::npos);
    CHECK(second.body.find("2026-12-21") != std::string::npos);  // what the first entered
    CHECK(second.body.find("2026-12-22") != std::string::npos);  // what was entered now
    // The same form sent twice is one act, not two editors.
    CHECK(reschedule("2", "2026-12-21T10%3A00", seen).status == 303);
    const std::string now = std::to_string(at_hand.office->durable_size());
    CHECK(second.body.find("name=\"_seen\" value=\"" + now + "\"") != std::string::npos);
    CHECK(reschedule("3", "2026-12-22T10%3A00", now).status == 303);
}
