// The partner search against a plain reading of the whole history.

#include <rapidcheck.h>

#include "registry/tests/partner_desk.hpp"

namespace veche::registry {
namespace {

using namespace testing;

constexpr const char* firm_names[] = {"mill", "loom", "yarn", "dye"};

/// One profile as a plain reader keeps it.
struct plain_profile {
    std::string firm;
    date until;
    std::string standing;
    std::set<std::string> waiting;  ///< firms whose interest waits for an answer
};

class plain_board {
  public:
    std::map<std::string, plain_profile> profiles;

    void pass(date today) {
        for (auto& [id, one] : profiles)
            if (one.until < today && one.standing != "withdrawn") one.standing = "expired";
    }
    bool submit(const std::string& id, const std::string& firm, date until) {
        const auto there = profiles.find(id);
        if (there != profiles.end() && there->second.firm != firm) return false;
        plain_profile& one = profiles[id];
        one.firm = firm;
        one.until = until;
        one.standing = "in_review";
        return true;
    }
    bool review(const std::string& id, bool good) {
        const auto there = profiles.find(id);
        if (there == profiles.end()) return false;
        std::string& how = there->second.standing;
        if (how != "in_review" && !(how == "published" && !good)) return false;
        how = good ? "published" : "returned";
        return true;
    }
    bool withdraw(const std::string& id, const std::string& firm) {
        const auto there = profiles.find(id);
        if (there == profiles.end() || there->second.firm != firm) return false;
        std::string& how = there->second.standing;
        if (how == "withdrawn" || how == "expired") return false;
        how = "withdrawn";
        return true;
    }
    bool interest(const std::string& id, const std::string& firm) {
        const auto there = profiles.find(id);
        return there != profiles.end() && there->second.standing == "published" &&
               there->second.firm != firm && there->second.waiting.insert(firm).second;
    }
};

std::string speaker_of(const std::string& firm) {
    return "of-" + firm;
}

}  // namespace

TEST_CASE("the standing of every profile is what a plain reading of the whole history gives") {
    CHECK(rc::check([] {
        partner_desk d;
        plain_board plain;
        const int steps = *rc::gen::inRange(1, 40);
        for (int i = 0; i < steps; ++i) {
            const std::string id = "p-" + std::to_string(*rc::gen::inRange(0, 5));
            const std::string firm = firm_names[*rc::gen::inRange(0, 4)];
            const std::string who = speaker_of(firm);
            const date today = date_of(d.at);
            switch (*rc::gen::inRange(0, 6)) {
                case 0:
                case 1: {
                    auto c = profile_of(id.c_str(), firm.c_str(), profile_kind::offer);
                    c.until = date{today.days + *rc::gen::inRange(0, 60)};
                    RC_ASSERT((d.send_as(who.c_str(), c) == "") == plain.submit(id, firm, c.until));
                    break;
                }
                case 2: {
                    const bool good = *rc::gen::inRange(0, 4) != 0;
                    const review_profile c{
                        {id},
                        good ? profile_verdict::published : profile_verdict::returned,
                        en("Reason")};
                    RC_ASSERT((d.send(c) == "") == plain.review(id, good));
                    break;
                }
                case 3:
                    RC_ASSERT((d.send_as(who.c_str(), withdraw_profile{{id}}) == "") ==
                              plain.withdraw(id, firm));
                    break;
                case 4: {
                    const auto c =
                        interest_in(("i-" + std::to_string(i)).c_str(), id.c_str(), firm.c_str());
                    RC_ASSERT((d.send_as(who.c_str(), c) == "") == plain.interest(id, firm));
                    break;
                }
                default: {
                    const date then{today.days + *rc::gen::inRange(1, 40)};
                    d.pass_to_day(to_text(then).c_str());
                    plain.pass(then);
                }
            }
            std::size_t open = 0;
            for (const auto& [name, one] : plain.profiles) {
                RC_ASSERT(name_of(d.stands(name.c_str())) == one.standing);
                if (one.standing != "withdrawn" && one.standing != "expired") ++open;
            }
            RC_ASSERT(d.own.expiring.size() == open);
        }
    }));
}

TEST_CASE("who is suggested to one is suggested the one, for the mirrored reasons") {
    CHECK(rc::check([] {
        partner_desk d;
        const auto some = [](std::initializer_list<const char*> of) {
            std::vector<std::string> out;
            for (const char* one : of)
                if (*rc::gen::arbitrary<bool>()) out.emplace_back(one);
            return out;
        };
        for (const char* firm : firm_names) {
            auto c = profile_of(firm, firm, static_cast<profile_kind>(*rc::gen::inRange(0, 2)),
                                static_cast<profile_subject>(*rc::gen::inRange(0, 3)));
            c.sectors = some({"13", "14", "28"});
            c.seeks = some({"13", "14", "28"});
            c.headings = some({"53", "5309", "87"});
            RC_ASSERT(d.publish(c) == "");
        }
        std::set<std::pair<std::string, std::string>> pairs;
        for (const auto& [id, one] : d.own.profiles)
            for (const suggestion& each : suggest(d.own, one, {})) {
                RC_ASSERT(each.why.size() >= 2);
                pairs.emplace(id.value, each.other.value);
            }
        for (const auto& [a, b] : pairs) RC_ASSERT(pairs.count({b, a}) == 1);
    }));
}

}  // namespace veche::registry
