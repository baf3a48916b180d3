// The two forms of a rule: JSON and text.

#include <doctest/doctest.h>

#include "charter/tests/electorates.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

namespace {

refusal text_refused(std::string_view text) {
    const auto r = parse_rule_text(text);
    REQUIRE_FALSE(r.has_value());
    return r.error();
}

refusal json_refused(std::string_view canonical) {
    const auto r = parse_rule(canonical);
    REQUIRE_FALSE(r.has_value());
    return r.error();
}

}  // namespace

TEST_CASE("the text form means what the JSON form means") {
    const rule eu = from_text(
        "quorum [ present > 1/2 participating ]\n"
        "pass all[ yes >= 55/100 participating, any[ yes.pop >= 65/100 participating.pop,\n"
        "          notyes < mincover{35/100, pop, +1} ] ]  # the blocking minority");
    const std::string taking_part = R"({"sel":"participating","w":"count"})";
    CHECK(to_canonical(eu) ==
          R"({"pass":{"all":[{"cmp":[{"sel":"yes","w":"count"},">=","55/100",)" + taking_part +
              R"(]},{"any":[{"cmp":[{"sel":"yes","w":"pop"},">=","65/100",)"
              R"({"sel":"participating","w":"pop"}]},{"cmp":[{"sel":"notyes","w":"count"},"<","1",)"
              R"({"add":1,"mincover":"35/100","w":"pop"}]}]}]},)"
              R"("quorum":[{"cmp":[{"sel":"present","w":"count"},">","1/2",)" +
              taking_part + "]}]}");
    CHECK(to_canonical(from_text("all[ yes >= 9, noneof{CN FR, no} ]")) ==
          R"({"pass":{"all":[{"cmp":[{"sel":"yes","w":"count"},">=","1",9]},)"
          R"({"noneof":{"ids":["CN","FR"],"sel":"no"}}]}})");
    CHECK(to_canonical(from_text("pass not in{by: st, eq: x, no >= 1} tie lot silence 7 days")) ==
          R"({"pass":{"not":{"in":{"by":"st","cond":)"
          R"({"cmp":[{"sel":"no","w":"count"},">=","1",1]},"eq":"x"}}},)"
          R"("silence":{"days":7},"tie":"lot"})");
    const rule until = from_text("pass no = 0 silence until 2026-08-01T12:00:00.000Z # the end");
    CHECK(until.silence->until == parse_instant("2026-08-01T12:00:00.000Z"));
}

TEST_CASE("every rule reads back from both of its forms") {
    dice random(1);
    for (int n = 0; n < 3000; ++n) {
        const rule r = random.any_rule();
        const std::string canonical = to_canonical(r);
        CAPTURE(canonical);
        const auto again = parse_rule(canonical);
        REQUIRE_MESSAGE(again.has_value(), again.error().sentence());
        CHECK(to_canonical(*again) == canonical);
        const std::string text = rule_text(r);
        CAPTURE(text);
        CHECK(to_canonical(from_text(text)) == canonical);
    }
}

TEST_CASE("a fault in the text is named by line and column") {
    text_place fault;
    CHECK_FALSE(parse_rule_text("pass all[ yes > 1/2 seats,\n          no << 3 ]", fault));
    CHECK(fault.line == 2);
    CHECK(fault.column == 15);
    CHECK(
        text_refused("").sentence() ==
        "Line 1, column 1 of the rule: expected yes, no, abstain, absent, present, cast, decisive, "
        "notyes, participating or seats.");
    CHECK(text_refused("yes > 1/2").code() == "charter.rule_syntax");
    CHECK(text_refused("yes > 3/2 seats").code() == "charter.rule_share");
    CHECK(text_refused("yes > 1/2000000000 seats").code() == "charter.rule_share");
    CHECK(text_refused("yes >= 99999999999").code() == "charter.rule_syntax");
    CHECK(text_refused("yes >= 1000000001").code() == "charter.rule_number");
    CHECK(text_refused("yes > seats seats").code() == "charter.rule_syntax");
    CHECK(text_refused("pass yes > no tie coin").code() == "charter.rule_syntax");
    CHECK(text_refused("pass yes > no silence 0 days").code() == "charter.rule_syntax");
    CHECK(text_refused(std::string(9000, ' ')).code() == "charter.rule_syntax");
    std::string deep;
    for (int n = 0; n < 5000; ++n) deep += "not ";
    CHECK(text_refused(deep + "yes > no").code() == "charter.rule_syntax");
    CHECK(text_refused(deep.substr(0, 80) + "yes > no").code() == "charter.rule_too_deep");
}

TEST_CASE("a fault in the JSON is named by its path") {
    CHECK(json_refused(R"([])").code() == "charter.rule_form");
    CHECK(json_refused(R"({"quorum":[]})").field == "pass");
    CHECK(json_refused(R"({"pass":{"all":[]}})").field == "pass.all");
    CHECK(json_refused(R"({"pass":{"maybe":1}})").field == "pass");
    CHECK(json_refused(R"({"pass":{"cmp":[1,">","1",2]},"until":1})").code() ==
          "json.unknown_field");
    CHECK(json_refused(R"({"pass":{"cmp":[{"sel":"yes","x":1},">","1",2]}})").field ==
          "pass.cmp.0.x");
    CHECK(json_refused(R"({"pass":{"cmp":[{"sel":"yea"},">","1",2]}})").field == "pass.cmp.0.sel");
    CHECK(json_refused(R"({"pass":{"cmp":[1,">","7/6",2]}})").code() == "charter.rule_share");
    CHECK(json_refused(R"({"pass":{"cmp":[-1,">","1/6",2]}})").code() == "charter.rule_number");
    CHECK(json_refused(R"({"pass":{"each":{"by":"st"}}})").field == "pass.each.cond");
    CHECK(json_refused(R"({"pass":{"noneof":{"ids":[]}}})").field == "pass.noneof.ids");
    CHECK(json_refused(R"({"pass":{"cmp":[1,">","1",2]},"tie":"coin"})").field == "tie");
    CHECK(json_refused(R"({"pass":{"cmp":[1,">","1",2]},"silence":{}})").field == "silence");
}

TEST_CASE("the base of a share is always named") {  // law 3
    CHECK(json_refused(R"({"pass":{"cmp":[{"sel":"yes"},">","1/2"]}})").field == "pass.cmp");
    CHECK(text_refused("yes > 1/2").sentence().find("expected") != std::string::npos);
}
