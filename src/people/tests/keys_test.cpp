#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "charter/tests/bare_union.hpp"
#include "kernel/hash.hpp"
#include "people/refusal.hpp"
#include "people/views.hpp"

using namespace veche;
using namespace veche::people;

namespace {

instant at(std::string_view text) {
    return *parse_instant(text);
}

struct actor {
    std::string person;
    std::string auth;
};
const actor anna{"p-1", "council/a"};
const actor boris{"p-2", "council/registrar"};  // power "accounts"
const actor clerk{"p-3", "council/clerk"};      // no powers
const actor stranger{"p-9", ""};                // no mandate
const actor vera{"p-4", "council/keeper"};      // power "accounts" too

/// One body, a seat, an office with power "accounts", an office without powers.
charter::charter_document small_union() {
    charter::charter_document doc = charter::testing::bare_union();
    charter::testing::add_office(doc, boris.auth, boris.person, {"accounts"});
    charter::testing::add_office(doc, vera.auth, vera.person, {"accounts"});
    charter::testing::add_office(doc, clerk.auth, clerk.person, {});
    doc.mandates.push_back({"m1", {anna.person}, anna.auth, {}, *parse_date("2026-01-01"), {}});
    return doc;
}

/// A public key of 32 like bytes, in base64.
std::string key_of(char fill) {
    return to_base64(std::string(32, fill));
}
enroll_key enrolment(std::string id, char fill) {
    return {std::move(id), key_of(fill), "laptop", std::nullopt};
}

struct registry {
    registry() {
        const auto doc = small_union();
        REQUIRE(charter::check(doc).has_value());
        charter.found(doc);
    }
    [[nodiscard]] world seen() const { return {charter, own}; }
    [[nodiscard]] context now_as(const actor& who) const {
        return {now, seq, {who.person}, who.auth, std::nullopt};
    }
    template <class Command>
    void must(const actor& who, const Command& c) {
        const context ctx = now_as(who);
        const auto decided = decide(seen(), c, ctx);
        REQUIRE_MESSAGE(decided.has_value(),
                        (decided ? std::string() : decided.error().sentence()));
        apply(own, charter, c, ctx);
        ++seq;
    }
    template <class Command>
    refusal refused(const context& ctx, const Command& c) const {
        const auto decided = decide(seen(), c, ctx);
        REQUIRE_FALSE(decided.has_value());
        return decided.error();
    }
    template <class Command>
    refusal refused(const actor& who, const Command& c) const {
        return refused(now_as(who), c);
    }
    [[nodiscard]] std::vector<std::string> active(const actor& who) const {
        std::vector<std::string> ids;
        for (const key& k : active_keys(own, {who.person}, now)) ids.push_back(k.id);
        return ids;
    }

    charter::state charter;
    state own;
    instant now = at("2026-11-24T09:00:00.000Z");
    std::uint64_t seq = 10;
};

using names = std::vector<std::string>;

/// Refused for this, and not for anything that stands earlier in the documented order than before.
class peeling {
  public:
    explicit peeling(std::set<const refusal_kind*>& met) : met_(met) {}
    template <class Who, class Command>
    void refused(const registry& r, const Who& who, const Command& c, const refusal_kind& expected,
                 std::string_view field = {}) {
        const refusal got = r.refused(who, c);
        CHECK_MESSAGE(got.kind == &expected, got.code(), " instead of ", expected.code);
        if (!field.empty()) CHECK(got.field == field);
        const auto place = std::find(std::begin(refusals::all), std::end(refusals::all), got.kind);
        REQUIRE(place != std::end(refusals::all));
        CHECK(last_ <= place - std::begin(refusals::all));
        last_ = place - std::begin(refusals::all);
        met_.insert(got.kind);
    }

  private:
    std::set<const refusal_kind*>& met_;
    std::ptrdiff_t last_ = -1;
};

void peel_enrolment(std::set<const refusal_kind*>& met) {
    registry r;
    r.must(anna, enrolment("k1", 1));
    for (int n = 2; n <= 8; ++n)
        r.must(anna, enrolment("k" + std::to_string(n), static_cast<char>(n)));
    peeling p(met);
    enroll_key c{"K1", "AAAA", std::string(201, 'x'), r.now};
    for (const std::string bad : {"K1", "", "a_b", "é", "k 1"}) {
        c.key = bad;
        p.refused(r, anna, c, refusals::key_name_malformed, "key");
    }
    c.key = std::string(33, 'k');
    p.refused(r, anna, c, refusals::key_name_malformed, "key");
    c.key = "k1";
    p.refused(r, anna, c, refusals::name_too_long, "name");
    c.name = std::string(200, 'x');
    for (const std::string& bad :
         {std::string("AAAA"), key_of(1) + "\n", key_of(1).substr(0, 43), std::string(),
          to_base64(std::string(33, 1)), to_base64(std::string(31, 1))}) {
        c.public_key = bad;
        p.refused(r, anna, c, refusals::key_malformed, "public_key");
    }
    c.public_key = key_of(1);
    p.refused(r, anna, c, refusals::key_taken, "key");
    c.key = std::string(32, '9');
    p.refused(r, anna, c, refusals::key_enrolled_elsewhere, "public_key");
    p.refused(r, boris, c, refusals::key_enrolled_elsewhere, "public_key");
    c.public_key = key_of(9);
    p.refused(r, anna, c, refusals::until_past, "until");
    c.until = instant{r.now.ms + 1};
    p.refused(r, anna, c, refusals::too_many_keys);
    r.must(anna, revoke_key{{"p-1"}, "k3"});
    r.must(anna, c);
    r.must(boris, enrolment("az-09", 10));  // the ends of what an id may hold
}

void peel_passkey(std::set<const refusal_kind*>& met) {
    registry r;
    r.must(anna, enrolment("k1", 1));
    peeling p(met);
    enroll_passkey c{"K1", "!", "http://veche.example", std::string(201, 'x'), r.now};
    p.refused(r, anna, c, refusals::key_name_malformed, "key");
    c.key = "k1";
    p.refused(r, anna, c, refusals::name_too_long, "name");
    c.name = "phone";
    for (const std::string& bad :
         {std::string("!"), std::string(), to_base64(std::string(1101, 1))}) {
        c.public_key = bad;
        p.refused(r, anna, c, refusals::passkey_malformed, "public_key");
    }
    c.public_key = to_base64(std::string(1100, 1));
    for (const std::string& bad :
         {std::string("http://veche.example"), std::string("https://"),
          std::string("https://veche.example/"), std::string("https://Veche.example"),
          std::string("https://192.0.2.1"), std::string("https://a..b"), std::string("https://a."),
          std::string("https://-a.b"), std::string("https://a.b:"), std::string("https://a.b:080"),
          std::string("https://a.b:1234567"), std::string("https://a b.c"),
          std::string("http://localhost.evil"), std::string("http://127.0.0.1:8080"),
          "https://" + std::string(270, 'a')}) {
        c.site = bad;
        CAPTURE(bad);
        p.refused(r, anna, c, refusals::site_malformed, "site");
    }
    c.site = "https://a-1.xn--80a.example:8443";
    p.refused(r, anna, c, refusals::key_taken, "key");
    c.key = "phone";
    c.public_key = key_of(1);
    p.refused(r, anna, c, refusals::key_enrolled_elsewhere, "public_key");
    c.public_key = key_of(2);
    p.refused(r, anna, c, refusals::until_past, "until");
    c.until = std::nullopt;
    r.must(anna, c);
    for (const char* good : {"http://localhost", "http://localhost:8080", "https://localhost"}) {
        c.key += "-x";
        c.public_key = key_of(static_cast<char>(c.key.size()));
        c.site = good;
        r.must(anna, c);
    }
    const auto keys = active_keys(r.own, {anna.person}, r.now);
    CHECK(keys.size() == 5);
    CHECK(keys[0].site.empty());
    CHECK(keys[1].site == "https://a-1.xn--80a.example:8443");
}

void peel_revocation(std::set<const refusal_kind*>& met) {
    registry r;
    r.must(anna, enrolment("k1", 1));
    peeling p(met);
    revoke_key c{{"p-1"}, "k2"};
    p.refused(r, clerk, c, refusals::not_yours, "person");
    p.refused(r, stranger, c, refusals::not_yours, "person");
    p.refused(r, actor{"p-3", "council/registrar"}, c, refusals::not_yours, "person");
    context ordered = r.now_as(anna);
    ordered.decision = decision_authority{{"2026-0001"}, {"council"}, "unanimity"};
    p.refused(r, ordered, c, refusals::not_yours, "person");
    p.refused(r, anna, c, refusals::key_unknown, "key");
    c.key = "k1";
    r.must(anna, c);
    p.refused(r, anna, c, refusals::key_revoked, "key");
    CHECK(r.refused(boris, revoke_key{{"p-2"}, "k1"}).kind == &refusals::key_unknown);
}

const std::string code(32, '7');
const std::string code_hash = to_hex(sha256(code));

void peel_recovery(std::set<const refusal_kind*>& met) {
    registry r;
    const person_id anna_id{anna.person};
    {
        peeling p(met);
        p.refused(r, clerk, propose_recovery{anna_id}, refusals::not_with_accounts);
        p.refused(r, anna, propose_recovery{anna_id}, refusals::not_with_accounts);
        context ordered = r.now_as(boris);
        ordered.decision = decision_authority{{"2026-0001"}, {"council"}, "unanimity"};
        p.refused(r, ordered, propose_recovery{anna_id}, refusals::not_with_accounts);
        p.refused(r, boris, propose_recovery{{boris.person}}, refusals::not_for_yourself);
        r.must(boris, propose_recovery{anna_id});
        p.refused(r, vera, propose_recovery{anna_id}, refusals::recovery_open, "person");
    }
    peeling p(met);
    confirm_recovery c{{"p-7"}, "no hash"};
    p.refused(r, clerk, c, refusals::not_with_accounts);
    p.refused(r, boris, confirm_recovery{{boris.person}, ""}, refusals::not_for_yourself);
    p.refused(r, boris, c, refusals::recovery_unknown, "person");
    c.person = anna_id;
    p.refused(r, boris, c, refusals::same_person, "person");
    p.refused(r, vera, c, refusals::code_hash_malformed, "code_hash");
    p.refused(r, anna, complete_recovery{code}, refusals::code_wrong, "code");
    r.must(vera, confirm_recovery{anna_id, code_hash});
    peeling again(met);
    again.refused(r, vera, confirm_recovery{anna_id, code_hash}, refusals::recovery_confirmed);
    again.refused(r, boris, withdraw_recovery{anna_id}, refusals::recovery_confirmed);
}

/// "union.example/journal+1a2b3c4d+" and 33 bytes: the form of a verifier key.
std::string vkey_of(char fill) {
    return "union.example/journal+1a2b3c4d+" + to_base64("\x01" + std::string(32, fill));
}

void peel_log_key(std::set<const refusal_kind*>& met) {
    registry r;
    peeling p(met);
    propose_log_key c{"x", log_key_cause::planned};
    p.refused(r, clerk, c, refusals::not_with_accounts);
    for (const std::string& bad :
         {std::string("x"), std::string(), vkey_of('a') + "=",
          "+1a2b3c4d" + vkey_of('a').substr(30), vkey_of('a').substr(1, 44),
          std::string(600, 'a') + vkey_of('a')}) {
        c.vkey = bad;
        p.refused(r, boris, c, refusals::vkey_malformed, "vkey");
    }
    r.must(boris, propose_log_key{vkey_of('a'), log_key_cause::planned});
    c.vkey = vkey_of('a');
    p.refused(r, vera, c, refusals::vkey_taken, "vkey");
    c.vkey = vkey_of('b');
    p.refused(r, vera, c, refusals::log_key_open, "vkey");
    p.refused(r, vera, confirm_log_key{vkey_of('b')}, refusals::log_key_unknown, "vkey");
    p.refused(r, vera, take_log_key{vkey_of('a')}, refusals::log_key_unconfirmed, "vkey");
    p.refused(r, boris, confirm_log_key{vkey_of('a')}, refusals::same_person, "vkey");
    r.must(vera, confirm_log_key{vkey_of('a')});
    peeling after(met);
    after.refused(r, vera, confirm_log_key{vkey_of('a')}, refusals::log_key_confirmed, "vkey");
    r.must(boris, take_log_key{vkey_of('a')});
    after.refused(r, boris, take_log_key{vkey_of('a')}, refusals::log_key_in_use, "vkey");
    after.refused(r, boris, withdraw_log_key{vkey_of('a')}, refusals::log_key_in_use, "vkey");
}

}  // namespace

TEST_CASE("two let a third one in, who shows the code within a day and once") {
    registry r;
    r.must(anna, enrolment("k1", 1));
    r.must(anna, enroll_passkey{"phone", key_of(3), "https://veche.example", "phone", {}});
    r.must(boris, propose_recovery{{anna.person}});
    CHECK(r.active(anna).size() == 2);
    r.must(vera, confirm_recovery{{anna.person}, code_hash});
    CHECK(r.active(anna).empty());
    CHECK(r.refused(anna, complete_recovery{code + "7"}).kind == &refusals::code_wrong);
    CHECK(r.refused(stranger, complete_recovery{code}).kind == &refusals::code_wrong);
    const instant confirmed = r.now;
    r.now = {confirmed.ms + recovery_hours * 60 * ms_per_minute};
    CHECK(r.refused(anna, complete_recovery{code}).kind == &refusals::code_wrong);
    r.now.ms -= 1;
    CHECK(ask(r.seen(), recoveries_query{}, {{}, r.now})->recoveries.at(0).waits_for_owner);
    r.must(anna, complete_recovery{code});
    CHECK(r.refused(anna, complete_recovery{code}).kind == &refusals::code_wrong);
    const auto row = ask(r.seen(), recoveries_query{}, {{boris.person}, r.now})->recoveries.at(0);
    CHECK_FALSE(row.waits_for_owner);
    CHECK(row.own_proposal);
    CHECK(row.confirmed->by.value == vera.person);
    // The old keys stay on record, and another recovery may follow.
    CHECK(ask(r.seen(), keys_query{{anna.person}}, {{}, r.now})->keys.size() == 2);
    r.must(anna, enrolment("k2", 2));
    r.must(vera, propose_recovery{{anna.person}});
    CHECK(r.active(anna) == names{"k2"});
    r.must(boris, withdraw_recovery{{anna.person}});
    CHECK(r.refused(boris, confirm_recovery{{anna.person}, code_hash}).kind ==
          &refusals::recovery_unknown);
    CHECK(r.active(anna) == names{"k2"});
}

TEST_CASE("an announced key of the log signs only when two have said so") {
    registry r;
    CHECK(log_key_in_use(r.own) == nullptr);
    r.must(boris, propose_log_key{vkey_of('a'), log_key_cause::exposed});
    r.must(boris, withdraw_log_key{vkey_of('a')});
    r.must(boris, propose_log_key{vkey_of('a'), log_key_cause::lost});
    r.must(vera, confirm_log_key{vkey_of('a')});
    CHECK(log_key_in_use(r.own) == nullptr);
    r.must(vera, take_log_key{vkey_of('a')});
    CHECK(log_key_in_use(r.own)->vkey == vkey_of('a'));
    r.must(vera, propose_log_key{vkey_of('b'), log_key_cause::planned});
    CHECK(log_key_in_use(r.own)->vkey == vkey_of('a'));
    const auto keys = ask(r.seen(), log_keys_query{}, {{vera.person}, r.now})->keys;
    REQUIRE(keys.size() == 2);
    CHECK(keys[0].cause == log_key_cause::lost);
    CHECK(keys[0].taken->by.value == vera.person);
    CHECK(keys[1].own_proposal);
    CHECK_FALSE(keys[1].confirmed);
}

TEST_CASE("every refusal of the room is met, and in the documented order") {
    std::set<const refusal_kind*> met;
    peel_enrolment(met);
    peel_passkey(met);
    peel_revocation(met);
    peel_recovery(met);
    peel_log_key(met);
    for (const refusal_kind* kind : refusals::all) {
        CHECK_MESSAGE(met.contains(kind), kind->code);
        CHECK(kind->code.starts_with("people."));
        CHECK(kind->sentence.ends_with('.'));
    }
}

TEST_CASE("who holds no mandate enrols a key of their own, and rules no others by it") {
    registry r;
    r.must(anna, enrolment("k1", 1));
    r.must(stranger, enrolment("k1", 2));
    r.must(stranger, enroll_passkey{"phone", key_of(3), "https://veche.example", "phone", {}});
    CHECK(r.active(stranger) == names{"k1", "phone"});
    CHECK(r.active(anna) == names{"k1"});
    CHECK(r.refused(stranger, enrolment("k2", 1)).kind == &refusals::key_enrolled_elsewhere);
    for (const char* auth : {"", "p-9", "p-1", "council/a", "council/registrar"})
        CHECK(r.refused(actor{"p-9", auth}, revoke_key{{"p-1"}, "k1"}).kind ==
              &refusals::not_yours);
    r.must(stranger, revoke_key{{"p-9"}, "k1"});
    CHECK(r.active(stranger) == names{"phone"});
}

TEST_CASE("a key is in force from its enrolment until it runs out") {
    registry r;
    enroll_key c = enrolment("k1", 1);
    c.until = at("2026-11-25T00:00:00.000Z");
    r.must(anna, c);
    r.must(anna, enrolment("k2", 2));
    CHECK(r.active(anna) == names{"k1", "k2"});
    CHECK(r.active(boris).empty());
    const auto ids_at = [&](instant when) { return active_keys(r.own, {"p-1"}, when).size(); };
    CHECK(ids_at({r.now.ms - 1}) == 0);
    CHECK(ids_at(at("2026-11-24T23:59:59.999Z")) == 2);
    CHECK(ids_at(at("2026-11-25T00:00:00.000Z")) == 1);
    const auto found = active_keys(r.own, {"p-1"}, r.now);
    CHECK(found[0].public_key == std::string(32, 1));
    CHECK(found[0].name == "laptop");
    CHECK(found[0].seq == 10);
}

TEST_CASE("a revoked key signs nothing more, and stays on record for what it signed") {
    registry r;
    r.must(anna, enrolment("k1", 1));
    const instant enrolled = r.now;
    r.now = at("2026-11-26T09:00:00.000Z");
    r.must(boris, revoke_key{{"p-1"}, "k1"});
    CHECK(r.active(anna).empty());
    CHECK(active_keys(r.own, {"p-1"}, {r.now.ms - 1}).size() == 1);
    CHECK(active_keys(r.own, {"p-1"}, enrolled).size() == 1);
    // Never again: neither its id nor its bytes.
    CHECK(r.refused(anna, enrolment("k1", 7)).kind == &refusals::key_taken);
    CHECK(r.refused(anna, enrolment("k2", 1)).kind == &refusals::key_enrolled_elsewhere);
    r.must(anna, enrolment("k2", 2));
    CHECK(r.active(anna) == names{"k2"});
}

TEST_CASE("validity is decided at the number of the entry, also within one millisecond") {
    registry r;
    enroll_key c = enrolment("k1", 1);
    c.until = at("2026-12-01T00:00:00.000Z");
    r.must(anna, c);                          // entry 10
    r.must(anna, enrolment("k2", 2));         // entry 11
    r.must(anna, revoke_key{{"p-1"}, "k1"});  // entry 12
    const auto valid = [&](std::uint64_t seq, std::string_view id = "k1") {
        return key_valid(r.own, {"p-1"}, id, seq, r.now);
    };
    CHECK_FALSE(valid(9));
    CHECK_FALSE(valid(10));  // the entry that enrols it is not signed with it
    CHECK(valid(11));
    CHECK(valid(12));  // the entry that revokes it may be
    CHECK_FALSE(valid(13));
    CHECK(valid(13, "k2"));
    CHECK_FALSE(valid(13, "k3"));
    CHECK_FALSE(key_valid(r.own, {"p-2"}, "k2", 13, r.now));
    CHECK(key_valid(r.own, {"p-1"}, "k1", 12, at("2026-11-30T23:59:59.999Z")));
    CHECK_FALSE(key_valid(r.own, {"p-1"}, "k1", 12, at("2026-12-01T00:00:00.000Z")));
}

TEST_CASE("a key that ran out does not count among those in force") {
    registry r;
    for (int n = 1; n <= 8; ++n) {
        enroll_key c = enrolment("k" + std::to_string(n), static_cast<char>(n));
        c.until = at("2026-11-25T00:00:00.000Z");
        r.must(anna, c);
    }
    CHECK(r.refused(anna, enrolment("k9", 9)).kind == &refusals::too_many_keys);
    r.now = at("2026-11-25T00:00:00.000Z");
    r.must(anna, enrolment("k9", 9));
}

TEST_CASE("keys are shown to anyone, with the entries that made and ended them") {
    registry r;
    r.must(anna, enrolment("k1", 1));
    r.must(anna, enrolment("k2", 2));
    r.must(anna, revoke_key{{"p-1"}, "k1"});
    const auto view = ask(r.seen(), keys_query{{"p-1"}}, viewer{{}, r.now});
    REQUIRE(view.has_value());
    CHECK(view->person.value == "p-1");
    REQUIRE(view->keys.size() == 2);
    CHECK(view->keys[0].public_key == key_of(1));
    CHECK(view->keys[0].seq == 10);
    CHECK(view->keys[0].revoked == r.now);
    CHECK(view->keys[0].revoked_seq == 12);
    CHECK_FALSE(view->keys[0].in_force);
    CHECK(view->keys[1].in_force);
    CHECK_FALSE(view->keys[1].revoked_seq);
    CHECK(ask(r.seen(), keys_query{{"p-9"}}, viewer{{}, r.now})->keys.empty());
}

TEST_CASE("a scratch copy leaves the original alone") {
    registry r;
    r.must(anna, enrolment("k1", 1));
    const state before = r.own;
    r.must(anna, revoke_key{{"p-1"}, "k1"});
    CHECK(active_keys(before, {"p-1"}, r.now).size() == 1);
}
