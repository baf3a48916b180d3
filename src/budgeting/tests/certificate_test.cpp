// A certificate that is changed in any way no longer holds.

#include <doctest/doctest.h>

#include "budgeting/certificate_check.hpp"
#include "budgeting/tests/shared.hpp"

using namespace veche;
using namespace veche::budgeting;
using namespace veche::budgeting::testing;

namespace {

election town() {
    return approvals(60, {24, 18, 10, 40}, {{0, 1}, {0, 1}, {0}, {0}, {1, 3}, {2}});
}

certificate sound_one() {
    const election e = town();
    return certify(e, {}, equal_shares(e, {}).value());
}

std::string first_fault(const certificate& c) {
    const auto faults = check_certificate(town(), c);
    return faults.empty() ? "" : faults.front();
}

}  // namespace

TEST_CASE("a sound certificate holds, and goes through JSON unchanged") {
    const certificate c = sound_one();
    CHECK(first_fault(c).empty());
    const std::string text = to_json(c);
    const auto again = from_json<certificate>(std::string_view(text));
    REQUIRE(again.has_value());
    CHECK(to_json(*again) == text);
    CHECK(first_fault(*again).empty());
}

TEST_CASE("whatever is changed is noticed") {
    certificate c = sound_one();
    c.budget = 61;
    CHECK(first_fault(c) == "The budget is another one.");
    c = sound_one();
    c.purchases[0].price = "7";
    CHECK(first_fault(c) == "The effective votes of a do not follow from its price.");
    c.purchases[0].effective_votes = "24/7";
    CHECK(first_fault(c) == "What supporters of a pay is not its cost.");
    c = sound_one();
    c.purchases.pop_back();
    c.cost -= 10;
    CHECK(first_fault(c) == "Supporters of c hold its cost, and it was not bought.");
    c = sound_one();
    c.purchases.push_back({"d", 40, "1", "40"});
    CHECK(first_fault(c) == "What supporters of d pay is not its cost.");
    c = sound_one();
    c.purchases[1].project = "a";
    CHECK(first_fault(c) == "The project a is named twice.");
    c = sound_one();
    c.purchases[1].project = "z";
    CHECK(first_fault(c) == "There is no project z.");
    c = sound_one();
    c.endowment = "9";
    CHECK_FALSE(first_fault(c).empty());
    c = sound_one();
    c.endowment = "1/0";
    CHECK(first_fault(c) == "The endowment is no fraction.");
    c = sound_one();
    c.cost += 1;
    CHECK(first_fault(c) == "The cost of all is another one.");
    c = sound_one();
    c.rule = "lottery";
    CHECK_FALSE(first_fault(c).empty());
}

TEST_CASE("a purchase out of its turn is noticed, though everybody pays soundly") {
    // c, of one supporter, bought first: nobody else is touched, and all is paid exactly.
    certificate c = sound_one();
    std::swap(c.purchases[0], c.purchases[2]);
    std::swap(c.purchases[1], c.purchases[2]);
    CHECK(first_fault(c) == "a gives more for the money than c, which was bought before it.");
    CHECK(check_certificate(town(), c, false).empty());
}
