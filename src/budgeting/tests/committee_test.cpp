#include "budgeting/committee.hpp"

#include <doctest/doctest.h>

#include "budgeting/fairness.hpp"
#include "budgeting/refusal.hpp"
#include "budgeting/tests/shared.hpp"
#include "budgeting/vector_cases.hpp"

using namespace veche;
using namespace veche::budgeting;
using namespace veche::budgeting::testing;

namespace {

/// Three parties of candidates with 5, 3 and 2 ballots of 10.
election parties() {
    return approvals(
        4, {1, 1, 1, 1, 1, 1},
        {{0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {3, 4}, {3, 4}, {3, 4}, {5}, {5}});
}

std::string elected(committee_rule rule, std::size_t seats = 4) {
    const election e = parties();
    const auto made = committee(e, seats, rule);
    return made ? ids(e, *made) : made.error().sentence();
}

constexpr const char* small_abc =
    "description: \"two, of \\\"three\\\":\n  candidates\"\n"
    "profile: [[0, 2], [2], [], {1, 2}]\nnum_cand: 3\ncommitteesize: 2\ncompute:\n"
    "- rule_id: av\n  result: [[0, 2], [1,\n      2]]\n  resolute: true\n"
    "- rule_id: rsd\n  result:\n  resolute: true\n"
    "- rule_id: equal-shares\n  result: [[0, 2], [2, 1]]\n  resolute: false\n";

}  // namespace

TEST_CASE("proportional rules give parties their parts, approval gives the largest most") {
    CHECK(elected(committee_rule::av) == "a b c d");
    CHECK(elected(committee_rule::sav) == "a b c f");
    for (const committee_rule rule :
         {committee_rule::pav, committee_rule::seqpav, committee_rule::revseqpav,
          committee_rule::seqphragmen, committee_rule::equal_shares,
          committee_rule::phragmen_enestroem}) {
        CAPTURE(name_of(rule));
        CHECK(elected(rule) == "a b d f");
    }
    CHECK(elected(committee_rule::cc, 3) == "a d f");
    CHECK(elected(committee_rule::maximin_support, 3) == "a b d");
}

TEST_CASE("committees that cannot be are refused") {
    const election e = parties();
    CHECK(committee(e, 0, committee_rule::av).error().kind == &refusals::posts_out_of_range);
    CHECK(committee(e, 7, committee_rule::av).error().kind == &refusals::posts_out_of_range);
    CHECK(committee(e, 6, committee_rule::av).has_value());
}

TEST_CASE("a file of approvals and committees is read") {
    const auto read = read_abc(small_abc);
    REQUIRE(read.has_value());
    CHECK(read->seats == 2);
    CHECK(read->on.voters == 4);
    CHECK(read->on.projects.size() == 3);
    REQUIRE(read->computed.size() == 3);
    CHECK(read->computed[0].committees.size() == 2);
    CHECK(read->computed[0].resolute);
    CHECK(read->computed[1].committees.empty());
    CHECK(read->computed[2].committees[1] == std::vector<std::uint32_t>{1, 2});
    CHECK(first_miss(*read).empty());
}

TEST_CASE("a file of approvals that is unsound is refused with its line") {
    std::string text = small_abc;
    const auto with = [&](const std::string& old, const std::string& fresh) {
        std::string changed = text;
        changed.replace(changed.find(old), old.size(), fresh);
        const auto read = read_abc(changed);
        return read ? std::string() : read.error().sentence();
    };
    CHECK(with("num_cand", "cands").starts_with("Line 4: there should be description, profile"));
    CHECK(with("[2], []", "[2, []").starts_with("Line 3: there should be a number"));
    CHECK(with("{1, 2}", "{1, 9}").find("below num_cand") != std::string::npos);
    CHECK(with("{1, 2}]", "{1, 2}").find("comma or the end") != std::string::npos);
    CHECK(with("rule_id: av", "rules: av").find("rule_id") != std::string::npos);
    CHECK_FALSE(read_abc("").has_value());
    const auto missed = read_abc(text.replace(text.find("[[0, 2], [1"), 11, "[[0, 1], [1"));
    CHECK(first_miss(*missed) == "av chooses another committee.");
}

TEST_CASE("every shared election chooses one of its committees by every rule known here") {
    const auto folder = allocation_folder();
    if (!std::filesystem::exists(folder)) {
        MESSAGE("skipped: the shared elections are not here");
        return;
    }
    CHECK(run_vector("multiwinner", R"({"input":{"dir":"committee"},"expected":{}})", folder) ==
          "");
}

TEST_CASE("a group that pays for more than it gets is found") {
    // Half of the voters want a and half of the money is just its cost; they get nothing.
    const election e = approvals(8, {4, 8}, {{0}, {0}, {1}, {1}});
    const auto found = unheard_groups(e, {1});
    REQUIRE(found.size() == 1);
    CHECK(found[0].project == 0);
    CHECK(found[0].supporters == 2);
    CHECK(unheard_groups(e, {0}).empty());
}

TEST_CASE("equal shares leave nobody unheard in the shared elections") {
    const auto folder = allocation_folder() / "pb";
    if (!std::filesystem::exists(folder)) {
        MESSAGE("skipped: the shared elections are not here");
        return;
    }
    std::size_t count = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() != ".pb" || file.file_size() > 150'000) continue;
        const auto read = read_pb(text_in(file.path()));
        if (!read || read->on.kind != ballot_kind::approval) continue;
        CAPTURE(file.path());
        CHECK(unheard_groups(read->on, equal_shares(read->on, {})->chosen()).empty());
        ++count;
    }
    CHECK(count > 30);
}
