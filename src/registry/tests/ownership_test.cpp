#include "registry/ownership.hpp"

#include <rapidcheck.h>

#include "registry/tests/desk.hpp"

namespace veche::registry {
namespace {

using namespace testing;

holder part_of_register(const char* id, std::optional<share> held) {
    return {holder_kind::organisation, organisation_id{id}, {}, {}, std::move(held)};
}
holder part_of_state(const char* name, std::optional<share> held) {
    return {holder_kind::state, {}, name, member_id{"A"}, std::move(held)};
}
share all_of(const char* per_cent) {
    return {per_cent, {}, {}};
}
share between(const char* low, const char* high) {
    return {{}, low, high};
}
record_owners owners_are(const char* id, std::vector<holder> holders) {
    record_owners c;
    c.organisation = {id};
    c.body = {"council"};
    c.holders = std::move(holders);
    c.source = from();
    return c;
}

struct owned_desk : desk {
    owned_desk() {
        for (const char* id : {"paper", "house", "bank", "trust"})
            CHECK(send(organisation_of(id)) == "");
    }
    /// "low-high" of the owner called so, "" where there is none.
    std::string part(const char* of, const std::string& owner, bool all = false) const {
        const auto view = owners_of(own, *own.organisations.find(organisation_id{of}), all);
        for (const owner_row& one : view.owners)
            if (one.name.value_or(one.organisation ? one.organisation->value : "persons") == owner)
                return one.low + "-" + one.high + (one.known ? "" : "?");
        return "";
    }
};

}  // namespace

TEST_CASE("a share through others is the product of the shares along the way") {
    owned_desk d;
    CHECK(d.send(owners_are("paper", {part_of_register("house", all_of("60")),
                                      part_of_state("City", all_of("40"))})) == "");
    CHECK(d.send(owners_are("house", {part_of_state("Republic", all_of("33.3333")),
                                      part_of_register("bank", between("10", "20"))})) == "");
    CHECK(d.part("paper", "house") == "60-60");
    CHECK(d.part("paper", "City") == "40-40");
    CHECK(d.part("paper", "Republic") == "19.99998-19.99998");
    CHECK(d.part("paper", "bank") == "6-12");
}

TEST_CASE("ways to one holder add up, states like everybody else") {
    owned_desk d;
    CHECK(d.send(owners_are("paper", {part_of_register("house", all_of("50")),
                                      part_of_state("Republic", all_of("10")),
                                      part_of_register("bank", all_of("40"))})) == "");
    CHECK(d.send(owners_are("house", {part_of_state("Republic", all_of("20"))})) == "");
    CHECK(d.send(owners_are("bank", {part_of_state("Republic", between("25", "75"))})) == "");
    CHECK(d.part("paper", "Republic") == "30-50");
    const auto view = owners_of(d.own, *d.own.organisations.find(organisation_id{"paper"}), false);
    const auto& republic = *std::find_if(view.owners.begin(), view.owners.end(),
                                         [](const auto& one) { return one.name == "Republic"; });
    CHECK(republic.direct);
    CHECK_FALSE(republic.exact);
    CHECK(view.owners.front().name != "Republic");
    CHECK(view.owners.front().exact);
    CHECK(republic.steps == 1);
    CHECK(republic.through.size() == 2);
}

TEST_CASE("what is not known is from nothing to all that the others leave") {
    owned_desk d;
    CHECK(d.send(owners_are("paper", {part_of_register("house", {}),
                                      part_of_state("City", all_of("40"))})) == "");
    CHECK(d.part("paper", "house") == "0-60?");
    CHECK(d.send(owners_are("house", {part_of_state("Republic", all_of("50"))})) == "");
    CHECK(d.part("paper", "Republic") == "0-30?");
}

TEST_CASE("holders below 5 per cent are counted, not named") {
    owned_desk d;
    holder persons{holder_kind::persons, {}, {}, {}, all_of("4.9999")};
    CHECK(d.send(owners_are("paper", {persons, part_of_state("City", all_of("5"))})) == "");
    CHECK(d.part("paper", "persons") == "");
    CHECK(d.part("paper", "persons", true) == "4.9999-4.9999");
    CHECK(d.part("paper", "City") == "5-5");
    CHECK(owners_of(d.own, *d.own.organisations.find(organisation_id{"paper"}), false).below == 1);
}

TEST_CASE("a ring of holders is followed once and said") {
    owned_desk d;
    CHECK(d.send(owners_are("paper", {part_of_register("house", all_of("50"))})) == "");
    CHECK(d.send(owners_are("house", {part_of_register("paper", all_of("10")),
                                      part_of_state("City", all_of("90"))})) == "");
    const auto view = owners_of(d.own, *d.own.organisations.find(organisation_id{"paper"}), false);
    CHECK(view.ring);
    CHECK(d.part("paper", "City") == "45-45");
    CHECK_FALSE(view.deeper);
}

TEST_CASE("ways longer than six steps are cut and said") {
    desk d;
    for (int i = 0; i <= 8; ++i) CHECK(d.send(organisation_of("o-" + std::to_string(i))) == "");
    for (int i = 0; i < 8; ++i)
        CHECK(d.send(owners_are(("o-" + std::to_string(i)).c_str(),
                                {part_of_register(("o-" + std::to_string(i + 1)).c_str(),
                                                  all_of("100"))})) == "");
    const auto view = owners_of(d.own, *d.own.organisations.find(organisation_id{"o-0"}), false);
    CHECK(view.owners.size() == 6);
    CHECK(view.deeper);
    CHECK(view.owners.back().high == "100");
}

TEST_CASE("holders of an enterprise of several sides stand in one place") {
    owned_desk d;
    record_enterprise run;
    run.organisation = {"paper"};
    run.body = {"council"};
    run.holders = {part_of_state("City", all_of("51"))};
    run.source = from();
    CHECK(d.send(run) == "");
    CHECK(d.send(owners_are("paper", {part_of_state("City", all_of("40"))})) ==
          "registry.held_by_sides organisation");
    CHECK(d.part("paper", "City") == "51-51");
    CHECK(d.send(owners_are("house", {part_of_state("City", all_of("40"))})) == "");
    CHECK(d.send(owners_are("house", {part_of_state("City", all_of("41"))})) ==
          "registry.reason_missing reason");
    d.clerk = true;
    CHECK(d.send(owners_are("bank", {part_of_state("City", all_of("40"))})) ==
          "registry.not_registrar");
}

TEST_CASE("no owner has more than the whole, and low is never above high") {
    CHECK(rc::check([] {
        desk d;
        constexpr int count = 7;
        for (int i = 0; i < count; ++i)
            RC_ASSERT(d.send(organisation_of("o-" + std::to_string(i))) == "");
        for (int i = 0; i < count; ++i) {
            std::vector<holder> holders;
            int left = 100;
            const int of = *rc::gen::inRange(1, 4);
            for (int k = 0; k < of; ++k) {
                const int low = *rc::gen::inRange(0, left + 1);
                left -= low;
                const int wide = *rc::gen::inRange(0, 101 - low);
                std::optional<share> held =
                    between(std::to_string(low).c_str(), std::to_string(low + wide).c_str());
                if (low == 0) held.reset();
                const std::string other = "o-" + std::to_string(*rc::gen::inRange(0, count));
                holders.push_back(*rc::gen::arbitrary<bool>()
                                      ? part_of_register(other.c_str(), held)
                                      : part_of_state(other.c_str(), held));
            }
            RC_ASSERT(d.send(owners_are(("o-" + std::to_string(i)).c_str(), holders)) == "");
        }
        const auto view = owners_of(d.own, *d.own.organisations.find(organisation_id{"o-0"}), true);
        for (const owner_row& one : view.owners) {
            RC_ASSERT(std::stod(one.low) <= std::stod(one.high));
            RC_ASSERT(std::stod(one.high) <= 100);
        }
    }));
}

}  // namespace veche::registry
