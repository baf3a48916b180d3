// What a charter must hold, by breaking it in one place at a time.

#include <algorithm>

#include <doctest/doctest.h>

#include "charter/tests/small_union.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

namespace {

/// Code and place of the refusal after `breaking` the small union.
template <class Breaking>
std::string fault(const Breaking& breaking) {
    charter_document doc = small_union();
    breaking(doc);
    const auto checked = check(doc);
    if (!checked) return std::string(checked.error().code()) + " " + checked.error().field;
    return "sound";
}

using document = charter_document;

}  // namespace

TEST_CASE("the small union is sound") {
    CHECK(fault([](document&) {}) == "sound");
}

TEST_CASE("ids are well formed and unique") {
    CHECK(fault([](document& d) { d.id = "no id"; }) == "charter.id_malformed id");
    CHECK(fault([](document& d) { d.seats[0].id = ""; }) == "charter.id_malformed seats.0.id");
    CHECK(fault([](document& d) { d.rules[1].id = d.rules[0].id; }) ==
          "charter.id_taken rules.1.id");
    CHECK(fault([](document& d) { d.mandates.push_back(d.mandates[0]); }) ==
          "charter.id_taken mandates.8.id");
    // A row of seats may not run into another seat.
    CHECK(fault([](document& d) { d.seats[0].id = "house/s-2"; }) ==
          "charter.id_taken seats.house/s");
    CHECK(fault([](document& d) {
              d.seats[2].id = std::string(63, 'x');
              d.seats[2].count = 100;
              d.mandates.clear();
          }).starts_with("charter.id_malformed seats."));
    CHECK(fault([](document& d) { d.offices[0].id = {"council/N"}; }) ==
          "charter.id_taken offices.council/N");
}

TEST_CASE("names are there, in languages of the charter") {
    CHECK(fault([](document& d) { d.name.clear(); }) == "charter.name_missing name");
    CHECK(fault([](document& d) { d.bodies[0].name["en"] = ""; }) ==
          "charter.name_missing bodies.council.name.en");
    CHECK(fault([](document& d) { d.bodies[0].about["fr"] = "x"; }) ==
          "charter.language_unknown bodies.council.about");
    CHECK(fault([](document& d) {
              d.languages.clear();
              d.note["fr"] = "x";
          }) == "sound");
}

TEST_CASE("members, weights and units") {
    CHECK(fault([](document& d) { d.members[1].until = day("2019-01-01"); }) ==
          "charter.days_reversed members.S.until");
    CHECK(fault([](document& d) { d.members[0].weights[0].name = "count"; }) ==
          "charter.id_malformed members.N.weights");
    CHECK(fault([](document& d) { d.members[0].weights[0].value = -1; }) ==
          "charter.number_out_of_range members.N.weights");
    CHECK(fault([](document& d) { d.members[0].weights[1].from = day("2020-01-01"); }) ==
          "charter.weight_repeated members.N.weights");
    CHECK(fault([](document& d) { d.units[0].scale = 10; }) ==
          "charter.number_out_of_range units.EUR.scale");
}

TEST_CASE("rules are read and tried, with the place inside them") {
    CHECK(fault([](document& d) { d.rules[0].rule.bytes = R"({"pass":{"cmp":[1,">","1"]}})"; }) ==
          "charter.rule_form rules.unanimity.rule.pass.cmp");
    CHECK(fault([](document& d) { d.rules[0].rule.bytes = "{"; }) ==
          "json.not_canonical rules.unanimity.rule");
    CHECK(fault([](document& d) {
              d.rules[0].rule.bytes = to_canonical(*parse_rule_text("yes.area > 1/2 seats.area"));
          }) == "charter.rule_weight_unknown rules.unanimity.rule");
    CHECK(fault([](document& d) {
              d.rules[0].rule.bytes = to_canonical(*parse_rule_text("yes > seats"));
          }) == "charter.rule_never_passes rules.unanimity.rule");
}

TEST_CASE("bodies: what they refer to, their ladder, their orders") {
    CHECK(fault([](document& d) { d.bodies[1].parent = body_id{"senate"}; }) ==
          "charter.reference_unknown bodies.house.parent");
    CHECK(fault([](document& d) { d.bodies[0].parent = body_id{"office"}; }) ==
          "charter.parent_circle bodies.council.parent");
    CHECK(fault([](document& d) { d.bodies[0].rules.push_back("coin"); }) ==
          "charter.reference_unknown bodies.council.rules");
    CHECK(fault([](document& d) { d.bodies[0].escalate_days = 5; }) ==
          "charter.parent_missing bodies.council.escalate_days");
    CHECK(fault([](document& d) { d.bodies[1].escalate_days = 0; }) ==
          "charter.number_out_of_range bodies.house.escalate_days");
    for (const auto& days : {std::vector{0}, {367}, {7, 7}, {7, 30}, {9, 8, 7, 6, 5, 4, 3, 2, 1}})
        CHECK(fault([&](document& d) { d.bodies[1].remind_days = days; }) ==
              "charter.number_out_of_range bodies.house.remind_days");
    for (const char* pattern : {"fund", "fund.", ".add", "Fund.add", "fund.*x"})
        CHECK(fault([&](document& d) { d.bodies[0].enacts.push_back(pattern); }) ==
              "charter.command_pattern bodies.council.enacts");
    CHECK(fault([](document& d) { d.unsigned_types = {"*", "x"}; }) ==
          "charter.command_pattern unsigned_types");
}

TEST_CASE("seats, offices and mandates") {
    CHECK(fault([](document& d) { d.seats[0].body = {"senate"}; }) ==
          "charter.reference_unknown seats.council/N.body");
    CHECK(fault([](document& d) { d.seats[0].member = member_id{"W"}; }) ==
          "charter.reference_unknown seats.council/N.member");
    CHECK(fault([](document& d) { d.seats[2].count = 0; }) ==
          "charter.number_out_of_range seats.house/n.count");
    CHECK(fault([](document& d) { d.offices[0].powers.push_back("rule"); }) ==
          "charter.power_unknown offices.council/chair.powers");
    CHECK(fault([](document& d) { d.offices[0].over.push_back({"senate"}); }) ==
          "charter.reference_unknown offices.council/chair.over");
    CHECK(fault([](document& d) { d.mandates[0].office = office_id{"council/chair"}; }) ==
          "charter.mandate_aim mandates.north");
    CHECK(fault([](document& d) { d.mandates[0].seat.reset(); }) ==
          "charter.mandate_aim mandates.north");
    CHECK(fault([](document& d) { d.mandates[0].seat = "council/W"; }) ==
          "charter.reference_unknown mandates.north.seat");
    CHECK(fault([](document& d) { d.mandates[0].person = {"a b"}; }) ==
          "charter.id_malformed mandates.north.person");
    CHECK(fault([](document& d) { d.mandates[0].until = day("2026-01-01"); }) ==
          "charter.seat_held mandates.north-next.seat");
    CHECK(fault([](document& d) { d.mandates[0].until.reset(); }) ==
          "charter.seat_held mandates.north-next.seat");
    CHECK(fault([](document& d) {
              std::swap(d.mandates[0], d.mandates[1]);
              d.mandates[1].until = day("2026-01-01");
          }) == "charter.seat_held mandates.north.seat");
}

TEST_CASE("supporters and signatories: as many as there can be, and known ones") {
    const auto supporters = [](std::int32_t motion, std::int32_t amendment) {
        return fault([&](document& d) {
            d.bodies[0].motions = motion_procedure{};
            d.bodies[0].motions->supporters = motion;
            d.bodies[0].motions->amendment_supporters = amendment;
        });
    };
    CHECK(supporters(2, 0) == "sound");
    CHECK(supporters(2000, 0) == "charter.number_out_of_range bodies.council.motions.supporters");
    CHECK(supporters(0, -1) ==
          "charter.number_out_of_range bodies.council.motions.amendment_supporters");
    const auto signed_by = [](std::vector<std::string> by, entry_into_force when) {
        return fault([&](document& d) { d.bodies[0].acts = act_procedure{std::move(by), when}; });
    };
    using enum entry_into_force;
    CHECK(signed_by({"council/N", "council/chair"}, last_signature) == "sound");
    CHECK(signed_by({"council/nobody"}, adoption) ==
          "charter.reference_unknown bodies.council.acts.signatories");
    CHECK(signed_by({"council/N", "council/N"}, adoption) ==
          "charter.signatory_repeated bodies.council.acts.signatories");
    CHECK(signed_by({}, last_signature) ==
          "charter.signatories_missing bodies.council.acts.in_force");
}

TEST_CASE("identifiers of open data have the form that their registers give them") {
    const auto named = [](std::optional<std::string> iati, std::optional<std::string> ocid,
                          std::optional<std::string> giving) {
        return fault([&](document& d) { d.open_data = open_data_ids{iati, ocid, giving}; });
    };
    CHECK(named({}, {}, {}) == "sound");
    CHECK(named("XM-DAC-41114", "ocds-213czf", "360G-the.union_1") == "sound");
    for (const char* none : {"", "XMDAC", "X-1", "XM-", "XM-DAC/1", "XM-DAC 1", "-XM-1"})
        CHECK_MESSAGE(named(none, {}, {}) == "charter.open_id_malformed open_data.iati_org", none);
    for (const char* none : {"", "ocds-213cz", "ocds-213czfa", "ocds-213CZF", "OCDS-213czf"})
        CHECK_MESSAGE(named({}, none, {}) == "charter.open_id_malformed open_data.ocid_prefix",
                      none);
    for (const char* none : {"", "360G-", "360G-a/b", "360g-a", "360G- a"})
        CHECK_MESSAGE(named({}, {}, none) == "charter.open_id_malformed open_data.giving_prefix",
                      none);
}

TEST_CASE("an amendment that names identifiers of open data replaces all of them, another none") {
    document now;
    now.open_data = open_data_ids{"XM-DAC-1", "ocds-213czf", {}};
    document changes;
    CHECK(amended(now, changes, {}).open_data->iati_org == "XM-DAC-1");
    changes.open_data = open_data_ids{{}, "ocds-aaaaab", {}};
    CHECK_FALSE(amended(now, changes, {}).open_data->iati_org);
    CHECK(amended(now, changes, {}).open_data->ocid_prefix == "ocds-aaaaab");
}

TEST_CASE("the charter says who amends it, or nobody does") {
    CHECK(fault([](document& d) { d.amendment.reset(); }) == "sound");
    CHECK(fault([](document& d) { d.amendment->body = {"senate"}; }) ==
          "charter.reference_unknown amendment.body");
    CHECK(fault([](document& d) { d.amendment->body = {"house"}; }) ==
          "charter.rule_not_of_body amendment.rule");
}

TEST_CASE("a body's rules fit the seats it has") {
    // Without blocs each of three deputies would carry all of North's people.
    CHECK(fault([](document& d) { d.bodies[1].blocs = bloc_mode::none; }) ==
          "charter.weight_counted_twice bodies.house.rules");
    CHECK(fault([](document& d) {
              d.rules[1].rule.bytes = to_canonical(*parse_rule_text("yes.money > 1/2 seats.money"));
          }) == "charter.weight_missing bodies.council.rules");
    const auto vetoed = [](std::string_view veto) {
        return [veto](document& d) {
            d.bodies[1].rules = {"unanimity"};
            d.bodies[0].rules = {"unanimity"};
            d.rules[0].rule.bytes = to_canonical(*parse_rule_text(veto));
        };
    };
    // Seats vote in the council, members in the house of blocs: no rule can name voters of both.
    CHECK(fault(vetoed("all[ yes > 1/2 seats, noneof{council/N, no} ]")) ==
          "charter.rule_voter_unknown bodies.house.rules");
    CHECK(fault(vetoed("all[ yes > 1/2 seats, noneof{N, no} ]")) ==
          "charter.rule_voter_unknown bodies.council.rules");
    CHECK(fault([](document& d) {
              d.rules[0].rule.bytes = to_canonical(*parse_rule_text("yes >= 3"));
          }) == "charter.rule_never_passes bodies.council.rules");
}

TEST_CASE("secret votes are for persons, above a floor, and no trustee decrypts alone") {
    const auto with = [](const secret_procedure& how, bloc_mode blocs = bloc_mode::none) {
        return fault([&](document& d) {
            body& b = *std::find_if(d.bodies.begin(), d.bodies.end(),
                                    [](const body& one) { return one.id.value == "council"; });
            b.blocs = blocs;
            b.secret = how;
        });
    };
    CHECK(with({3, {}, 2}) == "sound");
    CHECK(with({2, {}, 2}) == "charter.number_out_of_range bodies.council.secret.floor");
    CHECK(with({3, {}, 1}) == "charter.number_out_of_range bodies.council.secret.threshold");
    CHECK(with({3, {{"nobody"}}, 2}) == "charter.reference_unknown bodies.council.secret.trustees");
    CHECK(with({3, {}, 2}, bloc_mode::uniform) == "charter.secret_of_blocs bodies.council.secret");
}
