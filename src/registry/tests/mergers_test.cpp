// Records that were merged and separated again: what goes back, what stays, who may, and that a
// separated record stands as if it had never been merged, after random lives.

#include "registry/mergers.hpp"

#include <algorithm>
#include <set>

#include <rapidcheck.h>

#include "registry/tallies.hpp"
#include "registry/tests/partner_desk.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

using namespace testing;

merge_organisations one_body(const char* kept, const char* merged) {
    return {{kept}, {merged}, {"council"}, en("One firm.")};
}
separate_organisations two_bodies(const char* kept, const char* merged) {
    return {{kept}, {merged}, {"council"}, en("Two firms.")};
}

record_link firm_link(const char* id, const char* firm, const char* place) {
    record_link c = link_of(id, place, place);
    c.a = {{}, organisation_id{firm}};
    c.kind = link_kind::partner;
    return c;
}

report_activity firm_activity(const char* id, const char* firm) {
    report_activity c = activity_of(id, nullptr, "2026-01");
    c.organisation = organisation_id{firm};
    return c;
}

record_enterprise firm_holders(const char* firm, const char* holder_name) {
    record_enterprise c;
    c.organisation = {firm};
    c.body = {"council"};
    holder one;
    one.kind = holder_kind::organisation;
    one.organisation = organisation_id{holder_name};
    c.holders = {one};
    c.source = from();
    c.reason = en("Sold.");
    return c;
}

organisation_view shown(const partner_desk& d, const char* id) {
    return ask(d.seen(), organisation_query{{id}}, d.anyone()).value();
}

std::vector<std::string> links_shown(const partner_desk& d, const char* id) {
    std::vector<std::string> out;
    for (const link_row& one : shown(d, id).links) out.push_back(one.link.value);
    return out;
}

std::int32_t profiles_shown(const partner_desk& d, const char* id) {
    profiles_query of;
    of.organisation = organisation_id{id};
    return ask(d.seen(), of, d.anyone())->found;
}

name_agent speaker_of(const char* firm, const char* person, const char* until = nullptr) {
    name_agent c;
    c.organisation = {firm};
    c.person = {person};
    if (until) c.until = parse_date(until);
    return c;
}

}  // namespace

TEST_CASE("what was recorded under a name goes back with it, what came meanwhile stays") {
    partner_desk d;
    CHECK(d.send(firm_link("mill-birch", "mill", "birch")) == "");
    CHECK(d.send(firm_activity("mill-fair", "mill")) == "");
    CHECK(d.send(firm_holders("mill", "loom")) == "");
    CHECK(d.publish(profile_of("linen", "mill", profile_kind::offer)) == "");
    CHECK(d.send(one_body("dye", "mill")) == "");
    CHECK(shown(d, "mill").row.named.organisation.value == "dye");
    CHECK(links_shown(d, "dye") == std::vector<std::string>{"mill-birch"});
    CHECK(shown(d, "dye").mergers.front().goes_back->links == 1);
    CHECK(shown(d, "dye").mergers.front().goes_back->activities == 1);
    CHECK(shown(d, "dye").mergers.front().goes_back->profiles == 1);
    // Meanwhile: an activity on the link that moved, one of the record that stands, a link of it.
    CHECK(d.send(activity_of("visit", "mill-birch", "2026-02")) == "");
    CHECK(d.send(firm_activity("dye-fair", "dye")) == "");
    CHECK(d.send(firm_link("dye-b", "dye", "B-1")) == "");
    CHECK(d.send(two_bodies("dye", "mill")) == "");

    CHECK(links_shown(d, "mill") == std::vector<std::string>{"mill-birch"});
    CHECK(links_shown(d, "dye") == std::vector<std::string>{"dye-b"});
    CHECK(d.own.links.find(link_id{"mill-birch"})->activities.size() == 1);
    CHECK(shown(d, "mill").activities.size() == 1);
    CHECK(shown(d, "mill").activities.front().activity.value == "mill-fair");
    CHECK(shown(d, "dye").activities.front().activity.value == "dye-fair");
    CHECK(shown(d, "mill").row.form.has_value());
    CHECK_FALSE(shown(d, "dye").row.form.has_value());
    CHECK(profiles_shown(d, "mill") == 1);
    CHECK(profiles_shown(d, "dye") == 0);
    CHECK(shown(d, "dye").merged.empty());
    CHECK(d.own.merged == 0);
    // Both pages keep the history, and nothing can be undone twice.
    for (const char* id : {"mill", "dye"}) {
        const auto past = shown(d, id).mergers;
        REQUIRE(past.size() == 1);
        CHECK(past[0].reason == en("One firm."));
        REQUIRE(past[0].undone.has_value());
        CHECK(past[0].undone->reason == en("Two firms."));
        CHECK_FALSE(past[0].goes_back.has_value());
    }
    CHECK(d.send(two_bodies("dye", "mill")) == "registry.not_merged merged");
    // It can be merged again, the other way round too.
    CHECK(d.send(one_body("mill", "dye")) == "");
    CHECK(shown(d, "mill").mergers.size() == 2);
    CHECK(links_shown(d, "mill").size() == 2);
}

TEST_CASE("a merger is undone by the same office, with a reason, from the outside in") {
    partner_desk d;
    CHECK(d.send(two_bodies("dye", "none")) == "registry.organisation_unknown merged");
    CHECK(d.send(two_bodies("none", "dye")) == "registry.organisation_unknown kept");
    CHECK(d.send(one_body("dye", "mill")) == "");
    separate_organisations c = two_bodies("dye", "mill");
    c.reason = {};
    CHECK(d.send(c) == "registry.reason_missing reason");
    d.clerk = true;
    CHECK(d.send(c) == "registry.not_registrar");
    d.clerk = false;
    c.body = {"none"};
    CHECK(d.send(c) == "registry.body_unknown body");
    CHECK(d.send(two_bodies("loom", "mill")) == "registry.not_merged merged");
    context by_decision = d.now();
    by_decision.decision = decision_authority{};
    CHECK(decide(d.seen(), two_bodies("dye", "mill"), by_decision).error().code() ==
          "registry.not_by_decision");
    CHECK(d.send(one_body("loom", "dye")) == "");
    CHECK(d.send(two_bodies("dye", "mill")) == "registry.merged_away kept");
    CHECK(d.send(two_bodies("loom", "mill")) == "registry.not_merged merged");
    CHECK(d.send(two_bodies("loom", "dye")) == "");
    CHECK(shown(d, "mill").row.named.organisation.value == "dye");
    CHECK(d.send(two_bodies("dye", "mill")) == "");
}

TEST_CASE("a number that stands elsewhere meanwhile is taken out there first") {
    partner_desk d;
    const auto numbered = [&](const char* id, std::vector<code> codes) {
        record_organisation c = d.own.organisations.find(organisation_id{id})->what;
        c.codes = std::move(codes);
        c.reason = en("Its number.");
        return d.send(c);
    };
    const code number{"unp", "100582333"};
    CHECK(numbered("mill", {number}) == "");
    CHECK(d.send(one_body("dye", "mill")) == "");
    CHECK(numbered("dye", {number}) == "");
    CHECK(d.send(two_bodies("dye", "mill")) == "registry.code_moved merged");
    CHECK(numbered("dye", {}) == "");
    CHECK(numbered("loom", {number}) == "");
    CHECK(d.send(two_bodies("dye", "mill")) == "registry.code_moved merged");
    CHECK(numbered("loom", {}) == "");
    CHECK(d.send(two_bodies("dye", "mill")) == "");
    CHECK(numbered("loom", {number}) == "registry.code_taken codes.0.value");
}

TEST_CASE("nobody gets back a right to speak that was ended meanwhile") {
    partner_desk d;
    CHECK(d.send(one_body("dye", "mill")) == "");
    CHECK(d.send(speaker_of("dye", "of-mill", "2026-01-31")) == "");
    CHECK(d.send(speaker_of("dye", "newcomer")) == "");
    CHECK(d.send(two_bodies("dye", "mill")) == "");
    const auto offer = profile_of("p", "mill", profile_kind::offer);
    CHECK(d.send_as("of-mill", offer) == "registry.not_agent");
    CHECK(d.send_as("of-dye", offer) == "registry.not_agent");
    CHECK(d.send_as("newcomer", offer) == "registry.not_agent");
    CHECK(d.send_as("newcomer", profile_of("p", "dye", profile_kind::offer)) == "");
}

TEST_CASE("holders that one record lent are lent by the next that has some") {
    partner_desk d;
    CHECK(d.send(firm_holders("mill", "yarn")) == "");
    CHECK(d.send(firm_holders("loom", "dye")) == "");
    CHECK(d.send(one_body("dye", "mill")) == "");
    CHECK(d.send(one_body("dye", "loom")) == "");
    CHECK(shown(d, "dye").holders.front().what.organisation->value == "yarn");
    CHECK(d.send(two_bodies("dye", "mill")) == "");
    CHECK(shown(d, "dye").holders.front().what.organisation->value == "dye");
    CHECK(shown(d, "mill").holders.front().what.organisation->value == "yarn");
    CHECK(shown(d, "yarn").holds.size() == 1);
}

TEST_CASE("a link whose side was merged is still corrected, and not moved") {
    partner_desk d;
    record_link c = firm_link("mill-birch", "mill", "birch");
    CHECK(d.send(c) == "");
    CHECK(d.send(one_body("dye", "mill")) == "");
    c.about = en("Spare parts");
    c.reason = en("What it is for.");
    CHECK(d.send(c) == "");
    c.a.organisation = organisation_id{"dye"};
    CHECK(d.send(c) == "registry.ends_fixed a");
}

namespace {

const char* const firms[] = {"mill", "loom", "yarn", "dye"};

/// All that is shown or counted of organisations and places, without the mergers themselves.
std::string told(const partner_desk& d) {
    std::string out;
    for (const auto& [id, one] : d.own.organisations) {
        organisation_view view = shown(d, id.value.c_str());
        view.mergers.clear();
        view.versions.clear();
        profiles_query of;
        of.organisation = id;
        out += to_json(view) + to_json(ask(d.seen(), of, d.anyone()).value()) + "\n";
        std::set<std::string> agents;
        for (const agent& each : one.agents)
            agents.insert(each.what.person.value + "/" + each.what.organisation.value);
        for (const std::string& each : agents) out += each + " ";
        const auto* interests = d.own.interests_of.find(id);
        for (const auto& each : interests ? *interests : std::vector<interest_id>{})
            out += each.value + " ";
        for (const code& each : one.what.codes)
            out += each.value + "=" + d.own.organisation_codes.find(each)->value + " ";
    }
    for (const auto& [id, is] : d.own.run) out += id.value + " ";
    for (const auto& [id, list] : d.own.held) {
        std::set<std::string> names;
        for (const organisation_id& each : list) names.insert(each.value);
        for (const std::string& each : names) out += id.value + "<" + each + " ";
    }
    for (const auto& [id, one] : d.own.places) {
        const place_tally tally = tally_of(d.own, id);
        out += id.value + std::to_string(tally.links) + "," + std::to_string(tally.alive) + "," +
               std::to_string(tally.organisations) + " ";
        for (const organisation* each : organisations_around(d.own, id))
            out += each->what.organisation.value + " ";
    }
    return out + std::to_string(d.own.merged);
}

/// A register whose records are merged and separated, and one where they never are.
struct two_lives {
    partner_desk mixed;
    partner_desk apart;

    template <class C>
    void both(const C& command, const std::string& speaker = {}) {
        mixed.seq = apart.seq = std::max(mixed.seq, apart.seq);
        mixed.at = apart.at = std::max(mixed.at, apart.at);
        mixed.speaker = apart.speaker = speaker;
        if (decide(mixed.seen(), command, mixed.now()) &&
            decide(apart.seen(), command, apart.now()))
            RC_ASSERT(mixed.send(command) == apart.send(command));
        mixed.speaker.clear();
        apart.speaker.clear();
    }
    /// Separates what can be; false where nothing is merged.
    bool separate_one() {
        for (const auto& [id, one] : mixed.own.organisations) {
            if (!one.merged_into) continue;
            const organisation_id kept = *one.merged_into;
            if (mixed.own.organisations.find(kept)->merged_into) continue;
            RC_ASSERT(mixed.send(two_bodies(kept.value.c_str(), id.value.c_str())).empty());
            return true;
        }
        return false;
    }
};

void live(two_lives& of, int turn) {
    const auto number = [](int below) { return *rc::gen::inRange(0, below); };
    const auto firm = [&] { return firms[number(4)]; };
    const std::string name = "n" + std::to_string(turn);
    const char* id = name.c_str();
    static constexpr const char* towns[] = {"ash", "birch"};
    switch (number(10)) {
        case 0:
        case 1:
            of.mixed.send(one_body(firm(), firm()));
            break;
        case 2:
            of.separate_one();
            break;
        case 3: {
            record_link c = firm_link(id, firm(), towns[number(2)]);
            if (number(3) == 0) c.b = {{}, organisation_id{firm()}};
            of.both(c);
            break;
        }
        case 4:
            of.both(firm_activity(id, firm()));
            break;
        case 5:
            of.both(firm_holders(firm(), firm()));
            break;
        case 6: {
            record_owners c{{firm()}, {"council"}, {}, {}, from(), en("Sold.")};
            c.holders = firm_holders(firm(), firm()).holders;
            of.both(c);
            break;
        }
        case 7:
            of.both(speaker_of(firm(), ("person-" + std::to_string(number(3))).c_str()));
            break;
        case 8: {
            record_organisation c = organisation_of(firm(), towns[number(2)]);
            if (number(2) == 0) c.codes = {{"wikidata", "Q" + std::to_string(number(3) + 1)}};
            c.reason = en("Moved.");
            of.both(c);
            break;
        }
        default: {
            const char* whose = firm();
            of.both(
                profile_of(("p" + std::to_string(number(4))).c_str(), whose, profile_kind::offer),
                "of-" + std::string(whose));
        }
    }
}

}  // namespace

TEST_CASE("records that were all separated stand as if they had never been merged") {
    CHECK(rc::check([] {
        two_lives of;
        const int turns = *rc::gen::inRange(1, 50);
        for (int turn = 0; turn < turns; ++turn) live(of, turn);
        while (of.separate_one()) {
        }
        RC_ASSERT(told(of.mixed) == told(of.apart));
    }));
}

}  // namespace veche::registry
