#include "registry/tests/partner_desk.hpp"

namespace veche::registry {
namespace {

using namespace testing;

/// Reasons of the suggestion, "" where the other is none.
std::string why(const partner_desk& d, const char* of, const char* other) {
    const auto view = ask(d.seen(), profile_query{{of}}, d.anyone()).value();
    for (const suggestion_row& one : view.suggestions) {
        if (one.other.profile.value != other) continue;
        std::string out;
        for (const why_row& each : one.why)
            out += (out.empty() ? "" : " ") + std::string(name_of(each.reason));
        return out;
    }
    return "";
}

}  // namespace

TEST_CASE("a profile is public after its review, and returned with a reason") {
    partner_desk d;
    const auto offer = profile_of("p-1", "mill", profile_kind::offer);
    CHECK(d.send_as("of-mill", offer) == "");
    CHECK(d.stands("p-1") == profile_standing::in_review);
    CHECK(ask(d.seen(), profiles_query{}, d.anyone())->found == 0);
    CHECK(ask(d.seen(), profiles_query{}, d.anyone())->waiting == 1);
    CHECK(d.send(review_profile{{"p-1"}, profile_verdict::returned, {}}) ==
          "registry.ground_missing reason");
    CHECK(d.send(review_profile{{"p-1"}, profile_verdict::returned, en("Say how much")}) == "");
    CHECK(d.send(review_profile{{"p-1"}, profile_verdict::published, {}}) ==
          "registry.not_in_review profile");
    CHECK(d.send_as("of-mill", offer) == "");
    CHECK(d.send(review_profile{{"p-1"}, profile_verdict::published, {}}) == "");
    CHECK(ask(d.seen(), profiles_query{}, d.anyone())->found == 1);
    // What is public can be returned again, with a reason.
    CHECK(d.send(review_profile{{"p-1"}, profile_verdict::returned, en("Sold")}) == "");
    CHECK(d.stands("p-1") == profile_standing::returned);
    d.clerk = true;
    CHECK(d.send(review_profile{{"p-1"}, profile_verdict::returned, en("No")}) ==
          "registry.not_registrar");
}

TEST_CASE("only who speaks for an organisation offers in its name, and in person") {
    partner_desk d;
    const auto offer = profile_of("p-1", "mill", profile_kind::offer);
    CHECK(d.send_as("of-loom", offer) == "registry.not_agent");
    CHECK(d.send(offer) == "registry.not_for_oneself");
    name_agent until;
    until.organisation = {"mill"};
    until.person = {"of-mill"};
    until.until = parse_date("2026-03-01");
    CHECK(d.send(until) == "");
    CHECK(d.send_as("of-mill", offer) == "registry.not_agent");
    until.until = parse_date("2026-03-02");
    CHECK(d.send(until) == "");
    CHECK(d.send_as("of-mill", offer) == "");
    CHECK(d.send_as("of-mill", until) == "registry.not_registrar");
    CHECK(d.send_as("of-loom", withdraw_profile{{"p-1"}}) == "registry.not_agent");
    CHECK(d.send_as("of-loom", profile_of("p-1", "loom", profile_kind::offer)) ==
          "registry.profile_taken profile");
}

TEST_CASE("a profile is refused in the order of its faults") {
    partner_desk d;
    auto c = profile_of("p-1", "mill", profile_kind::offer);
    c.title = c.text = {};
    c.sectors = {"77", "77"};
    c.seeks = {"34"};
    c.headings = {"5309", "77"};
    c.regions = {{"nowhere"}};
    c.until = *parse_date("2026-03-01");
    const auto next = [&](const char* expected) { CHECK(d.send_as("of-mill", c) == expected); };
    next("registry.names_missing title");
    c.title = en("Linen");
    next("registry.profile_empty text");
    c.text = en("By the metre");
    next("registry.sector_unknown sectors.1");
    c.sectors = {"13"};
    next("registry.sector_unknown seeks.0");
    c.seeks = {"14"};
    next("registry.heading_unknown headings.1");
    c.headings = {"5309"};
    next("registry.place_unknown regions.0");
    c.regions = {{"B-1"}};
    next("registry.expiry_impossible until");
    c.until = *parse_date("2027-03-04");
    next("registry.expiry_impossible until");
    c.until = *parse_date("2027-03-03");
    next("");
}

TEST_CASE("a profile expires when its last day is over, and can be sent again") {
    partner_desk d;
    CHECK(d.publish(profile_of("p-1", "mill", profile_kind::offer)) == "");
    auto later = profile_of("p-2", "mill", profile_kind::request);
    later.until = *parse_date("2026-07-10");
    CHECK(d.publish(later) == "");
    CHECK(*earliest_due(d.own) == start_of(*parse_date("2026-07-01")));
    d.pass_to_day("2026-06-30");
    CHECK(d.stands("p-1") == profile_standing::published);
    d.pass_to_day("2026-07-01");
    CHECK(d.stands("p-1") == profile_standing::expired);
    CHECK(d.stands("p-2") == profile_standing::published);
    CHECK(d.send_as("of-mill", withdraw_profile{{"p-1"}}) == "registry.profile_over profile");
    CHECK(d.send_as("of-loom", interest_in("i-1", "p-1", "loom")) ==
          "registry.profile_not_public profile");
    auto again = profile_of("p-1", "mill", profile_kind::offer);
    again.until = *parse_date("2026-07-05");
    CHECK(d.publish(again) == "");
    CHECK(d.send_as("of-mill", withdraw_profile{{"p-1"}}) == "");
    d.pass_to_day("2026-08-01");
    CHECK(d.stands("p-1") == profile_standing::withdrawn);
    CHECK(d.stands("p-2") == profile_standing::expired);
    CHECK(d.own.expiring.empty());
}

TEST_CASE("interest is said once, answered once, and what came of it is named") {
    partner_desk d;
    CHECK(d.publish(profile_of("p-1", "mill", profile_kind::offer)) == "");
    CHECK(d.send_as("of-mill", interest_in("i-0", "p-1", "mill")) ==
          "registry.interest_in_own organisation");
    CHECK(d.send_as("of-loom", interest_in("i-1", "p-1", "loom")) == "");
    CHECK(d.send_as("of-loom", interest_in("i-2", "p-1", "loom")) ==
          "registry.interest_waits profile");
    CHECK(d.send_as("of-yarn", interest_in("i-1", "p-1", "yarn")) ==
          "registry.interest_taken interest");
    record_outcome came;
    came.interest = {"i-1"};
    came.outcome = partner_outcome::link;
    came.source = from();
    CHECK(d.send(came) == "registry.not_accepted interest");
    CHECK(d.send_as("of-loom", answer_interest{{"i-1"}, interest_answer::accepted, {}}) ==
          "registry.not_agent");
    CHECK(d.send_as("of-mill", answer_interest{{"i-1"}, interest_answer::accepted, {}}) == "");
    CHECK(d.send_as("of-mill", answer_interest{{"i-1"}, interest_answer::declined, {}}) ==
          "registry.answered_already interest");
    CHECK(d.send(came) == "registry.outcome_unclear outcome");
    came.link = link_id{"no-such"};
    CHECK(d.send(came) == "registry.link_unknown link");
    came.link = link_id{"ash-birch"};
    CHECK(d.send(came) == "");
    came.link.reset();
    came.outcome = partner_outcome::enterprise;
    came.enterprise = organisation_id{"loom"};
    CHECK(d.send(came) == "registry.not_enterprise enterprise");
    const auto view = ask(d.seen(), profile_query{{"p-1"}}, d.anyone()).value();
    REQUIRE(view.interests.size() == 1);
    CHECK(view.interests.front().link == link_id{"ash-birch"});
    CHECK(d.send_as("of-loom", interest_in("i-2", "p-1", "loom")) == "");
}

TEST_CASE("every suggestion says why, and nothing is suggested for a region alone") {
    partner_desk d;
    auto offer = profile_of("p-offer", "mill", profile_kind::offer);
    offer.sectors = {"13"};
    offer.seeks = {"14"};
    offer.headings = {"53"};
    offer.regions = {{"B-1"}};
    auto request = profile_of("p-request", "loom", profile_kind::request);
    request.sectors = {"14"};
    request.headings = {"5309"};
    auto region_only = profile_of("p-region", "yarn", profile_kind::request);
    region_only.sectors = {"28"};
    auto same_member = profile_of("p-same", "dye", profile_kind::request);
    same_member.headings = {"5309"};
    for (const auto& one : {offer, request, region_only, same_member}) CHECK(d.publish(one) == "");
    CHECK(why(d, "p-offer", "p-request") ==
          "meets sought_sector same_heading region_wanted regions_linked");
    CHECK(why(d, "p-request", "p-offer") ==
          "meets seeks_this same_heading region_wants regions_linked");
    CHECK(why(d, "p-offer", "p-region") == "");
    CHECK(why(d, "p-offer", "p-same") == "");
    d.found->pairs = {{"f-1", "5309", "AA-1", "BB-1", {}, {}, {}, 0},
                      {"f-1", "8701", "AA-1", "BB-1", {}, {}, {}, 0}};
    CHECK(why(d, "p-offer", "p-request") ==
          "meets sought_sector same_heading region_wanted regions_linked finding");
    CHECK(d.send_as("of-loom", withdraw_profile{{"p-request"}}) == "");
    CHECK(why(d, "p-offer", "p-request") == "");
}

TEST_CASE("two that look for cooperation meet whatever they offer or ask") {
    partner_desk d;
    CHECK(d.publish(profile_of("p-1", "mill", profile_kind::offer, profile_subject::cooperation)) ==
          "");
    CHECK(d.publish(profile_of("p-2", "loom", profile_kind::offer, profile_subject::cooperation)) ==
          "");
    CHECK(d.publish(
              profile_of("p-3", "yarn", profile_kind::request, profile_subject::technology)) == "");
    CHECK(why(d, "p-1", "p-2") == "cooperation same_sector regions_linked");
    CHECK(why(d, "p-1", "p-3") == "");
}

TEST_CASE("pairs of a finding are shown with who offers or asks there") {
    partner_desk d;
    auto offer = profile_of("p-1", "mill", profile_kind::offer);
    offer.headings = {"5309"};
    CHECK(d.publish(offer) == "");
    d.found->pairs = {{"f-1", "5309", "AA-1", "BB-1", {}, {}, {}, 0},
                      {"f-1", "8701", "AA-1", "XX-9", {}, {}, {}, 0}};
    const auto pairs = ask(d.seen(), pairs_query{}, d.anyone())->pairs;
    REQUIRE(pairs.size() == 2);
    CHECK(pairs[0].maker_profiles == 1);
    CHECK(pairs[0].partner_profiles == 0);
    CHECK(pairs[1].maker_profiles == 0);
    CHECK_FALSE(pairs[1].partner);
}

TEST_CASE("profiles and those who speak go with a merged record") {
    partner_desk d;
    CHECK(d.publish(profile_of("p-1", "mill", profile_kind::offer)) == "");
    CHECK(d.send(merge_organisations{{"dye"}, {"mill"}, {"council"}, en("One firm")}) == "");
    CHECK(d.send_as("of-dye", withdraw_profile{{"p-1"}}) == "");
    profiles_query of;
    of.organisation = organisation_id{"mill"};
    CHECK(ask(d.seen(), of, d.anyone())->found == 1);
    CHECK(d.send_as("of-mill", profile_of("p-1", "dye", profile_kind::offer)) == "");
}

TEST_CASE("headings of the Harmonized System are chapters, headings or subheadings") {
    for (const char* good : {"01", "97", "5309", "530911"}) CHECK(is_hs_heading(good));
    for (const char* bad : {"", "0", "00", "77", "98", "7701", "53091", "5309111", "53o9"})
        CHECK_FALSE(is_hs_heading(bad));
}

}  // namespace veche::registry
