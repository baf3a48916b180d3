#pragma once
// Two members with a region each, organisations there and persons who speak for them.

#include "registry/partner_views.hpp"
#include "registry/tests/desk.hpp"

namespace veche::registry::testing {

class told_outlook final : public outlook {
  public:
    std::vector<pair_finding> pairs;
    std::map<call_ref, told_call> calls;
    std::vector<told_role> told_roles;
    [[nodiscard]] std::vector<pair_finding> joint_enterprises() const override { return pairs; }
    [[nodiscard]] std::optional<told_call> call(const call_ref& id) const override {
        const auto there = calls.find(id);
        return there == calls.end() ? std::nullopt : std::optional(there->second);
    }
    [[nodiscard]] std::vector<told_role> roles() const override { return told_roles; }
};

struct partner_desk : linked_desk {
    std::shared_ptr<told_outlook> found = std::make_shared<told_outlook>();
    std::string speaker;  ///< who acts, in person; the keeper where nobody is named

    partner_desk() {
        conclude();
        place_code("A-1", "AA-1");
        place_code("B-1", "BB-1");
        for (const auto& [id, place] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"mill", "ash"}, {"loom", "birch"}, {"yarn", "B-1"}, {"dye", "ash"}}) {
            record_organisation c = organisation_of(id, place);
            c.sectors = {"13"};
            CHECK(send(c) == "");
            name_agent agent;
            agent.organisation = {id};
            agent.person = {"of-" + std::string(id)};
            CHECK(send(agent) == "");
        }
    }
    void place_code(const char* id, const char* value) {
        record_place c = own.places.find(place_id{id})->what;
        c.codes = {{"iso-3166-2", value}};
        c.reason = en("The code was missing");
        CHECK(send(c) == "");
    }
    [[nodiscard]] world seen() const { return {charter, own, found}; }
    [[nodiscard]] context now() const {
        context ctx = desk::now();
        if (speaker.empty()) return ctx;
        ctx.actor = {speaker};
        ctx.auth = speaker;
        return ctx;
    }
    template <class C>
    std::string send(const C& command) {
        const auto outcome = decide(seen(), command, now());
        if (!outcome)
            return std::string(outcome.error().code()) +
                   (outcome.error().field.empty() ? "" : " " + outcome.error().field);
        apply(own, charter, command, now());
        ++seq;
        at.ms += 1000;
        return "";
    }
    template <class C>
    std::string send_as(const char* who, const C& command) {
        speaker = who;
        std::string out = send(command);
        speaker.clear();
        return out;
    }
    /// Sent by whoever speaks for the organisation, and published.
    std::string publish(const submit_profile& c) {
        const std::string said = send_as(("of-" + c.organisation.value).c_str(), c);
        return said.empty() ? send(review_profile{c.profile, profile_verdict::published, {}})
                            : said;
    }
    [[nodiscard]] profile_standing stands(const char* id) const {
        return own.profiles.find(profile_id{id})->standing;
    }
    /// Lets the days pass until then, with the profiles that expire on the way.
    void pass_to_day(const char* day) {
        const instant then = start_of(*parse_date(day));
        while (const auto due = next_due(own, charter, then)) {
            at = std::max(at, *earliest_due(own));
            if (const auto quiet = from_json<link_dormant>(due->body); quiet)
                apply(own, charter, *quiet, desk::now());
            else
                apply(own, charter, *from_json<profile_expired>(due->body), desk::now());
            ++seq;
        }
        at = std::max(at, then);
    }
};

inline submit_profile profile_of(const char* id, const char* organisation, profile_kind kind,
                                 profile_subject subject = profile_subject::goods) {
    submit_profile c;
    c.profile = {id};
    c.organisation = {organisation};
    c.kind = kind;
    c.subject = subject;
    c.title = en("Linen");
    c.text = en("Linen by the metre");
    c.until = *parse_date("2026-06-30");
    return c;
}

inline express_interest interest_in(const char* id, const char* profile, const char* organisation) {
    express_interest c;
    c.interest = {id};
    c.profile = {profile};
    c.organisation = {organisation};
    c.text = en("We weave it");
    return c;
}

}  // namespace veche::registry::testing
