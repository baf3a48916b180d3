#include <rapidcheck.h>

#include "registry/exchange_views.hpp"
#include "registry/tests/partner_desk.hpp"

namespace veche::registry {
namespace {

using namespace testing;

record_exchange exchange_of(const char* id, exchange_kind kind = exchange_kind::construction) {
    record_exchange c;
    c.exchange = {id};
    c.body = {"council"};
    c.kind = kind;
    c.names = en("Student teams");
    c.organiser = organisation_id{"mill"};
    c.source = from();
    return c;
}

record_season season_of(const char* exchange, const char* id, const char* begins,
                        const char* ends) {
    record_season c;
    c.exchange = {exchange};
    c.season = {id};
    c.from = *parse_date(begins);
    c.until = *parse_date(ends);
    c.sites = {{{"bridge"}, {"loom"}, {}, 3}, {{"road"}, {"yarn"}, {}, 5}};
    c.source = from();
    return c;
}

std::string pseudonym(int number) {
    std::string out = "00000000000000";
    return out + static_cast<char>('a' + number / 16 % 6) + "0123456789abcdef"[number % 16];
}

season_participant came(int number, const char* site = "bridge", int days = 10,
                        const char* member = "A") {
    return {{pseudonym(number)}, {site}, member_id{member}, days};
}

report_season report_on(const char* exchange, const char* season,
                        std::vector<season_participant> who, int part = 1) {
    report_season c;
    c.exchange = {exchange};
    c.season = {season};
    c.part = part;
    c.nobody = who.empty();
    c.participants = std::move(who);
    c.source = from();
    return c;
}

struct camp_desk : partner_desk {
    camp_desk() {
        CHECK(send(exchange_of("teams")) == "");
        CHECK(send(season_of("teams", "2025", "2025-07-01", "2025-08-10")) == "");
    }
    [[nodiscard]] exchange_view seen_of(const char* id) const {
        return ask(seen(), exchange_query{{id}}, anyone()).value();
    }
    [[nodiscard]] season_row seen_season(const char* exchange, const char* id) const {
        for (const season_row& one : seen_of(exchange).seasons)
            if (one.season.value == id) return one;
        FAIL("no such season");
        return {};
    }
};

}  // namespace

TEST_CASE("who took part is counted by pseudonym, by site and by member") {
    camp_desk d;
    CHECK(d.send(report_on("teams", "2025",
                           {came(1), came(2, "bridge", 5), came(3, "road", 20, "B")})) == "");
    auto more = report_on("teams", "2025", {came(4, "road", 1)}, 2);
    more.participants.front().member.reset();
    CHECK(d.send(more) == "");
    const season_row row = d.seen_season("teams", "2025");
    CHECK(row.people == 4);
    CHECK(row.days == 36);
    CHECK(row.places == 8);
    REQUIRE(row.sites.size() == 2);
    CHECK(row.sites[0].people == 2);
    CHECK(row.sites[1].days == 21);
    REQUIRE(row.by_member.size() == 3);
    CHECK_FALSE(row.by_member[0].member);
    CHECK(row.by_member[1].people == 2);
    CHECK(row.standing == season_standing::reported);
    CHECK(row.report_versions.size() == 2);
}

TEST_CASE("a pseudonym is counted once, and who comes again is the same") {
    camp_desk d;
    CHECK(d.send(season_of("teams", "2024", "2024-07-01", "2024-08-10")) == "");
    CHECK(d.send(report_on("teams", "2025", {came(1), came(1, "road")})) ==
          "registry.participant_repeated participants.1.person");
    CHECK(d.send(report_on("teams", "2025", {came(1), came(2)})) == "");
    CHECK(d.send(report_on("teams", "2025", {came(2)}, 2)) ==
          "registry.participant_repeated participants.0.person");
    CHECK(d.send(report_on("teams", "2024", {came(2), came(7)})) == "");
    CHECK(d.seen_season("teams", "2025").came_again == 1);
    CHECK(d.seen_season("teams", "2024").came_again == 0);
    CHECK(d.seen_of("teams").row.people == 3);
    // The same part again, corrected.
    auto again = report_on("teams", "2025", {came(1)});
    CHECK(d.send(again) == "registry.reason_missing reason");
    again.reason = en("One had not come");
    CHECK(d.send(again) == "");
    CHECK(d.seen_season("teams", "2025").came_again == 0);
}

TEST_CASE("nobody is named: a pseudonym is hexadecimal digits") {
    camp_desk d;
    auto c = report_on("teams", "2025", {came(1)});
    c.participants.front().person = {"ivan-petrov"};
    CHECK(d.send(c) == "registry.pseudonym_malformed participants.0.person");
    c.participants.front() = came(1, "tunnel");
    CHECK(d.send(c) == "registry.site_unknown participants.0.site");
    c.participants.front() = came(1, "bridge", 42);
    CHECK(d.send(c) == "registry.stay_impossible participants.0.days");
    c.participants.front() = came(1, "bridge", 41, "C");
    CHECK(d.send(c) == "registry.member_unknown participants.0.member");
    d.clerk = true;
    CHECK(d.send(c) == "registry.not_registrar");
}

TEST_CASE("a season without a report is missing one, and that nobody came is a report") {
    camp_desk d;  // on 2 March 2026
    CHECK(d.seen_season("teams", "2025").standing == season_standing::missing);
    CHECK(d.send(season_of("teams", "winter", "2026-01-05", "2026-01-20")) == "");
    CHECK(d.seen_season("teams", "winter").standing == season_standing::awaited);
    CHECK(d.send(season_of("teams", "spring", "2026-03-01", "2026-03-20")) == "");
    CHECK(d.seen_season("teams", "spring").standing == season_standing::running);
    CHECK(d.send(season_of("teams", "2026", "2026-07-01", "2026-08-10")) == "");
    CHECK(d.seen_season("teams", "2026").standing == season_standing::planned);
    CHECK(d.seen_of("teams").row.missing == 1);
    CHECK(d.send(report_on("teams", "2026", {came(1)})) == "registry.season_to_come season");
    CHECK(d.send(report_on("teams", "spring", {})) == "registry.season_to_come season");
    CHECK(d.send(report_on("teams", "spring", {came(1)})) == "");
    auto both = report_on("teams", "winter", {came(1)});
    both.nobody = true;
    CHECK(d.send(both) == "registry.nobody_unclear nobody");
    CHECK(d.send(report_on("teams", "winter", {})) == "");
    CHECK(d.send(report_on("teams", "winter", {came(1)}, 2)) == "registry.nobody_in_parts nobody");
    CHECK(d.seen_season("teams", "winter").standing == season_standing::reported);
}

TEST_CASE("a season is corrected as a whole, and keeps the sites at which somebody was") {
    camp_desk d;
    CHECK(d.send(report_on("teams", "2025", {came(1, "road")})) == "");
    auto c = season_of("teams", "2025", "2025-07-01", "2025-08-10");
    CHECK(d.send(c) == "registry.reason_missing reason");
    c.reason = en("Another site");
    c.sites = {{{"bridge"}, {"loom"}, {}, 3}};
    CHECK(d.send(c) == "registry.site_in_use sites");
    c.sites.push_back({{"bridge"}, {"loom"}, {}, 3});
    CHECK(d.send(c) == "registry.site_repeated sites.1.site");
    c.sites[1] = {{"road"}, {"nobody"}, {}, 3};
    CHECK(d.send(c) == "registry.organisation_unknown sites.1.host");
    c.sites[1] = {{"road"}, {"yarn"}, {}, -1};
    CHECK(d.send(c) == "registry.places_impossible sites.1.places");
    c.sites[1].places = 1;
    c.until = *parse_date("2025-06-30");
    CHECK(d.send(c) == "registry.season_impossible until");
    c.until = *parse_date("2025-08-31");
    CHECK(d.send(c) == "");
    CHECK(d.seen_season("teams", "2025").versions.size() == 2);
}

TEST_CASE("of a season with a call it is told how many hold a place of it") {
    camp_desk d;
    auto c = season_of("teams", "2025", "2025-07-01", "2025-08-10");
    c.call = call_ref{"call-1"};
    c.reason = en("It came from a call");
    CHECK(d.send(c) == "");
    d.found->calls[{"call-1"}] = {en("Teams"), {{"applicant-1"}, {"applicant-2"}}};
    auto who = report_on("teams", "2025", {came(1)});
    who.participants.push_back({{"applicant-2"}, {"road"}, {}, 3});
    CHECK(d.send(who) == "");  // that it is a number of the call is the office's to see
    const season_row row = d.seen_season("teams", "2025");
    CHECK(row.from_call == 1);
    CHECK(row.call_title == en("Teams"));
}

TEST_CASE("an organisation's page can say where it hosts, runs and was paid") {
    camp_desk d;
    d.found->told_roles = {
        {{"loom"}, call_role::university, {"call-1"}, en("Places"), en("Weaving"), 7, {}},
        {{"mill"}, call_role::recipient, {"call-2"}, en("Grants"), {}, {}, "grant-1"}};
    const auto roles = [&](const char* id) {
        std::string out;
        const roles_view view = ask(d.seen(), roles_query{{id}}, d.anyone()).value();
        for (const role_row& one : view.roles)
            out += (out.empty() ? "" : " ") + std::string(name_of(one.role));
        return out;
    };
    CHECK(roles("loom") == "university host");
    CHECK(roles("mill") == "recipient organiser");
    CHECK(roles("dye") == "");
    CHECK(d.send(merge_organisations{{"dye"}, {"loom"}, {"council"}, en("One")}) == "");
    CHECK(roles("dye") == "university host");
    CHECK(roles("loom") == "university host");
}

TEST_CASE("counts are what a plain reading of all reports gives") {
    CHECK(rc::check([] {
        camp_desk d;
        RC_ASSERT(d.send(season_of("teams", "2024", "2024-07-01", "2024-08-10")) == "");
        std::map<std::string, std::vector<std::vector<season_participant>>> said;
        const int steps = *rc::gen::inRange(1, 20);
        for (int i = 0; i < steps; ++i) {
            const std::string season = *rc::gen::arbitrary<bool>() ? "2024" : "2025";
            auto& parts = said[season];
            const int part = *rc::gen::inRange(1, 4);
            std::vector<season_participant> who;
            const int count = *rc::gen::inRange(1, 4);
            for (int k = 0; k < count; ++k)
                who.push_back(came(*rc::gen::inRange(0, 12),
                                   *rc::gen::arbitrary<bool>() ? "bridge" : "road",
                                   *rc::gen::inRange(1, 42)));
            auto c = report_on("teams", season.c_str(), who, part);
            c.reason = en("Corrected");
            const auto at = static_cast<std::size_t>(part) - 1;
            std::multiset<std::string> all;
            for (std::size_t k = 0; k < parts.size(); ++k)
                if (k != at)
                    for (const auto& one : parts[k]) all.insert(one.person.value);
            for (const auto& one : who) all.insert(one.person.value);
            const std::set<std::string> once(all.begin(), all.end());
            const bool good = at <= parts.size() && once.size() == all.size();
            RC_ASSERT((d.send(c) == "") == good);
            if (!good) continue;
            if (at == parts.size()) parts.emplace_back();
            parts[at] = who;
        }
        std::set<std::string> people, before;
        for (const auto& [season, parts] : said) {
            std::int64_t days = 0, again = 0, count = 0;
            std::set<std::string> here;
            for (const auto& part : parts)
                for (const auto& one : part) {
                    ++count;
                    days += one.days;
                    again += before.count(one.person.value) != 0;
                    here.insert(one.person.value);
                }
            const season_row row = d.seen_season("teams", season.c_str());
            // Without a report nobody says how many came, not even that it was nobody.
            RC_ASSERT(row.people.has_value() == !parts.empty());
            RC_ASSERT(row.people.value_or(0) == count);
            RC_ASSERT(row.days.value_or(0) == days);
            RC_ASSERT(row.came_again.value_or(0) == again);
            before.insert(here.begin(), here.end());
            people.insert(here.begin(), here.end());
        }
        RC_ASSERT(d.seen_of("teams").row.people == static_cast<std::int64_t>(people.size()));
    }));
}

}  // namespace veche::registry
