#pragma once
// A union of two members with a register of barriers, and the commands that its tests send.

#include <doctest/doctest.h>

#include "barriers/clock.hpp"
#include "barriers/deadlines.hpp"
#include "barriers/refusal.hpp"
#include "barriers/views.hpp"
#include "charter/tests/bare_union.hpp"
#include "journal/signed_note.hpp"
#include "kernel/hash.hpp"

namespace veche::barriers::testing {

inline localized en(std::string text) {
    return {{"en", std::move(text)}};
}

/// Key of the reporter with that secret.
inline journal::key_pair key_of(const std::string& secret) {
    return journal::key_from_seed(reporter_seed(secret));
}

inline seal_ref sealed_as(const std::string& text) {
    return {"sha256-salt", 256, sealed_class::personal, {to_hex(sha256(text))}, "s-" + text};
}

struct desk {
    charter::state charter;
    state own;
    std::uint64_t seq = 10;
    instant at = *parse_instant("2026-03-02T10:00:00.000Z");
    std::string as = "p-desk";  ///< who acts; each holds one office

    desk() {
        charter::charter_document doc = charter::testing::bare_union();
        charter::member b = doc.members.front();
        b.id = {"B"};
        b.name = en("Member B");
        doc.members.push_back(std::move(b));
        office(doc, "desk", {"barriers"});
        office(doc, "contact-a", {"answer_barriers"}, "A");
        office(doc, "contact-b", {"answer_barriers"}, "B");
        office(doc, "tester", {"test_barriers"});
        office(doc, "clerk", {});
        for (const char* one : {"panel-1", "panel-2", "panel-3", "panel-4", "panel-5"})
            office(doc, one, {"judge_barriers"});
        charter.found(doc);
    }

    static void office(charter::charter_document& doc, const std::string& name,
                       std::vector<std::string> powers, const char* member = nullptr) {
        charter::testing::add_office(doc, "council/" + name, "p-" + name, std::move(powers));
        if (member) doc.offices.back().member = member_id{member};
    }

    [[nodiscard]] world seen() const { return {charter, own, nullptr}; }
    [[nodiscard]] viewer anyone() const { return {{}, at}; }
    [[nodiscard]] context now() const {
        context ctx;
        ctx.at = at;
        ctx.seq = seq;
        ctx.actor = {as};
        ctx.auth = "council/" + as.substr(2);
        return ctx;
    }
    /// Lets what is derived happen.
    void follow(const event& e) {
        const auto take = [&]<class E>(const E*) {
            if (e.type != E::wire.type) return;
            const auto one = from_json<E>(std::string_view(e.body));
            REQUIRE(one);
            apply(own, charter, *one, now());
        };
        std::apply([&](auto... each) { (take(&each), ...); }, derived{});
        ++seq;
    }
    /// The code of the refusal and its field, or "" where it was carried out.
    template <class C>
    std::string send(const C& command, const char* by = nullptr) {
        if (by) as = std::string("p-") + by;
        const auto outcome = decide(seen(), command, now());
        if (!outcome)
            return std::string(outcome.error().code()) +
                   (outcome.error().field.empty() ? "" : " " + outcome.error().field);
        apply(own, charter, command, now());
        ++seq;
        for (const event& e : *outcome) follow(e);
        at.ms += 1000;
        return "";
    }
    /// Lets the days pass until then, with what falls due on the way.
    void pass_to(instant then) {
        while (const auto due = next_due(own, charter, then)) {
            at = std::max(at, *earliest_due(own));
            follow(*due);
        }
        at = std::max(at, then);
    }
    void pass(int days) { pass_to(plus_days(at, days)); }

    barrier_standing how(const char* id) const { return own.cases.find(barrier_id{id})->standing; }
    const barrier_case& at_hand(const char* id) const { return *own.cases.find(barrier_id{id}); }
};

inline receive report_by(const std::string& secret) {
    receive c;
    c.body = {"council"};
    c.key = to_base64(key_of(secret).public_key);
    c.class_ = barrier_class::barrier;
    c.member = member_id{"A"};
    c.sealed = sealed_as(secret);
    return c;
}

inline say word_of(const std::string& secret, const char* id, std::int32_t n, reporter_word word) {
    say c;
    c.barrier = {id};
    c.n = n;
    c.word = word;
    c.signature = to_base64(
        journal::sign_bytes(key_of(secret), word_statement(c.barrier, n, word, c.sealed)));
    return c;
}

inline register_case case_of(const char* id, const char* member = "A") {
    register_case c;
    c.barrier = {id};
    c.class_ = barrier_class::barrier;
    c.member = {member};
    c.authority = en("Office of examples");
    c.title = en("A second certificate");
    c.about = en("A second certificate is asked for.");
    c.hinders.headings = {"8703"};
    return c;
}

inline answer answer_of(const char* id, position says) {
    answer c;
    c.barrier = {id};
    c.says = says;
    c.text = en("So.");
    return c;
}

inline give_finding finding_of(const desk& d, const char* id) {
    give_finding c;
    c.barrier = {id};
    c.text = en("It hinders.");
    c.consultations = {date_of(d.at).days + 10};
    return c;
}

inline vote_class vote_of(const char* id, barrier_class class_) {
    vote_class c;
    c.barrier = {id};
    c.class_ = class_;
    return c;
}

inline promise_remedy remedy_of(const desk& d, const char* id, const char* name, int days) {
    promise_remedy c;
    c.barrier = {id};
    c.remedy = {name};
    c.owner = en("Office of examples");
    c.text = en("The rule is changed.");
    c.due = {date_of(d.at).days + days};
    return c;
}

inline prove_remedy proof_of(const desk& d, const char* id, const char* name) {
    prove_remedy c;
    c.barrier = {id};
    c.remedy = {name};
    c.on = date_of(d.at);
    c.text = en("It was changed.");
    return c;
}

inline claim_removal claim_of(const char* id) {
    claim_removal c;
    c.barrier = {id};
    c.text = en("It is gone.");
    return c;
}

template <class Looked>
Looked looked(const char* id, bool gone) {
    Looked c;
    c.barrier = {id};
    c.gone = gone;
    c.text = en("It was tried.");
    return c;
}

/// Ways of a case, each from its report on.
struct case_desk : desk {
    void to_position(const char* id = "b-1", const std::string& secret = "one") {
        CHECK(send(report_by(secret), "desk") == "");
        CHECK(send(case_of(id), "desk") == "");
    }
    void to_panel(const char* id = "b-1") {
        to_position(id);
        CHECK(send(answer_of(id, position::accepts), "contact-a") == "");
        CHECK(send(finding_of(*this, id), "desk") == "");
    }
    void judge(const char* id, barrier_class as_what) {
        for (const char* one : {"panel-1", "panel-2", "panel-3"})
            CHECK(send(vote_of(id, as_what), one) == "");
        CHECK(send(qualify{{id}}, "panel-1") == "");
    }
    void to_measures(const char* id = "b-1") {
        to_panel(id);
        judge(id, barrier_class::barrier);
    }
    void to_claimed(const char* id = "b-1") {
        to_measures(id);
        CHECK(send(remedy_of(*this, id, "m-1", 40), "contact-a") == "");
        CHECK(send(proof_of(*this, id, "m-1"), "contact-a") == "");
        CHECK(send(claim_of(id), "contact-a") == "");
    }
    void to_removed(const char* id = "b-1") {
        to_claimed(id);
        CHECK(send(word_of("one", id, 1, reporter_word::confirm), "desk") == "");
    }
};

}  // namespace veche::barriers::testing
