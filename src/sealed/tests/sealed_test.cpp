#include <doctest/doctest.h>

#include "journal/seal.hpp"
#include "kernel/hash.hpp"
#include "sealed/refusal.hpp"
#include "sealed/views.hpp"

using namespace veche;
using namespace veche::sealed;

namespace {

instant at(std::string_view text) {
    return *parse_instant(text);
}
localized en(std::string text) {
    return {{"en", std::move(text)}};
}

struct actor {
    std::string person;
    std::string auth;
};
const actor anna{"p-1", "council/a"};        // a seat
const actor boris{"p-2", "council/keeper"};  // unseal
const actor clara{"p-3", "council/keeper"};  // unseal
const actor dmitri{"p-4", "council/clerk"};  // read_personal
const actor stranger{"p-9", "council/clerk"};

charter::charter_document small_union() {
    charter::charter_document doc;
    doc.id = "small-union";
    charter::body b;
    b.id = {"council"};
    b.name = en("The council");
    doc.bodies.push_back(std::move(b));
    charter::seat s;
    s.id = "council/a";
    s.body = {"council"};
    doc.seats.push_back(std::move(s));
    const auto office = [&](std::string id, std::string power) {
        charter::office o;
        o.id = {std::move(id)};
        o.body = {"council"};
        o.powers = {std::move(power)};
        doc.offices.push_back(std::move(o));
    };
    office("council/keeper", "unseal");
    office("council/clerk", "read_personal");
    const auto mandate = [&](const actor& who, bool seat) {
        charter::mandate m;
        m.id = "m-" + who.person;
        m.person = {who.person};
        if (seat)
            m.seat = who.auth;
        else
            m.office = office_id{who.auth};
        m.from = *parse_date("2020-01-01");
        doc.mandates.push_back(std::move(m));
    };
    mandate(anna, true);
    for (const actor& who : {boris, clara, dmitri}) mandate(who, false);
    return doc;
}

/// A council and one sealed text; commands go through decide and apply as in the office.
struct desk {
    charter::state charter;
    state own;
    std::uint64_t seq = 1;
    std::string key = journal::generate_sealing_key();
    std::string words = "What was said in the closed part.";
    journal::seal seal;
    std::string salt;

    explicit desk(sealed_class kind = sealed_class::closed) {
        charter.found(small_union());
        const bool closed = kind == sealed_class::closed;
        auto [made, beside] = journal::make_seal(
            words, closed ? journal::seal_class::closed : journal::seal_class::personal, "s-1",
            key);
        seal = made;
        salt = beside.salt;
        text_kept kept;
        kept.sealed = {"sha256-salt", static_cast<std::int32_t>(made.bucket), kind, id(), "s-1"};
        kept.bodies = {{"council"}};
        kept.from = {"assembly.paper", "session-1", std::nullopt, "paper-1"};
        kept.title = en("A closed paper");
        CHECK(check_new({charter, own}, kept.sealed, "sealed"));
        apply(own, charter, kept, context{at("2026-03-01T10:00:00.000Z"), seq++, {}, {}, {}});
    }
    [[nodiscard]] sealed_id id() const { return {to_hex(seal.commit)}; }
    [[nodiscard]] const sealed_text& text() const { return *own.texts.find(id()); }

    template <class Command>
    std::string act(const actor& who, const Command& c) {
        const context ctx{at("2026-03-02T10:00:00.000Z"), seq, {who.person}, who.auth, {}};
        const auto derived = decide(world{charter, own}, c, ctx);
        if (!derived) return std::string(derived.error().code());
        apply(own, charter, c, ctx);
        ++seq;
        for (const event& e : *derived) {
            json::document doc;
            CHECK(doc.reset(e.body));
            if (e.type == disclosed::wire.type)
                apply(own, charter, *from_json<disclosed>(doc.root()), ctx);
            else
                apply(own, charter, *from_json<shredded>(doc.root()), ctx);
            ++seq;
        }
        return "";
    }
    std::string propose(const actor& who) {
        return act(who, propose_disclosure{id(), en("It is over.")});
    }
    std::string confirm(const actor& who) {
        return act(who, confirm_disclosure{id(), to_base64(salt), words});
    }
    [[nodiscard]] bool may_read(const actor& who) const {
        return readable({charter, own}, id(), {{who.person}, at("2026-03-02T10:00:00.000Z")})
            .has_value();
    }
};

}  // namespace

TEST_CASE("two persons open a sealed text, and what they publish fits the commitment") {
    desk d;
    CHECK(d.confirm(boris) == "sealed.nothing_proposed");
    CHECK(d.propose(anna) == "charter.power_missing");
    CHECK(d.propose(boris) == "");
    CHECK(d.propose(clara) == "sealed.proposal_open");
    CHECK(d.confirm(boris) == "sealed.same_person");
    CHECK(d.act(clara, confirm_shredding{d.id()}) == "sealed.nothing_proposed");
    CHECK(d.confirm(clara) == "");
    CHECK(d.text().status == text_status::disclosed);
    CHECK(d.text().text == d.words);
    CHECK(d.may_read(stranger));
    CHECK(d.propose(boris) == "sealed.over");
}

TEST_CASE("a disclosure of anything else than what was sealed is refused") {
    desk d;
    CHECK(d.propose(boris) == "");
    const std::string salt = to_base64(d.salt);
    CHECK(d.act(clara, confirm_disclosure{d.id(), salt, d.words + "!"}) ==
          "sealed.disclosure_wrong");
    std::string other = d.salt;
    other[0] = static_cast<char>(other[0] ^ 1);
    CHECK(d.act(clara, confirm_disclosure{d.id(), to_base64(other), d.words}) ==
          "sealed.disclosure_wrong");
    CHECK(d.act(clara, confirm_disclosure{d.id(), "no base64", d.words}) ==
          "sealed.disclosure_wrong");
    CHECK(d.text().status == text_status::sealed);
}

TEST_CASE("two persons destroy a sealed text; withdrawing a proposal makes room for another") {
    desk d;
    CHECK(d.act(boris, propose_shredding{d.id(), {}}) == "sealed.ground_missing");
    CHECK(d.propose(boris) == "");
    CHECK(d.act(anna, withdraw_proposal{d.id()}) == "sealed.not_yours");
    CHECK(d.act(boris, withdraw_proposal{d.id()}) == "");
    CHECK(d.act(clara, propose_shredding{d.id(), en("The term has run out.")}) == "");
    CHECK(d.act(clara, confirm_shredding{d.id()}) == "sealed.same_person");
    CHECK(d.act(boris, confirm_shredding{d.id()}) == "");
    CHECK(d.text().status == text_status::shredded);
    CHECK(d.text().confirmed->by.value == boris.person);
    CHECK(d.confirm(boris) == "sealed.over");
}

TEST_CASE("readers of a closed text are seats of its body and offices that the charter names") {
    const desk d;
    CHECK(d.may_read(anna));
    CHECK(d.may_read(boris));
    CHECK_FALSE(d.may_read(dmitri));
    CHECK_FALSE(d.may_read(stranger));
    CHECK_FALSE(d.may_read({"", ""}));
    const auto shown = ask(world{d.charter, d.own}, text_query{d.id()},
                           viewer{{}, at("2026-03-02T10:00:00.000Z")});
    REQUIRE(shown);
    REQUIRE(shown->readers.size() == 2);
    CHECK_FALSE(shown->readers[0].office);
    CHECK(shown->readers[1].power == "unseal");
    CHECK_FALSE(shown->reads_as);
    CHECK_FALSE(shown->text);
}

TEST_CASE("personal data is read by its own power, never published, and can be destroyed") {
    desk d(sealed_class::personal);
    CHECK_FALSE(d.may_read(anna));
    CHECK(d.may_read(dmitri));
    CHECK(d.propose(boris) == "sealed.personal_stays");
    CHECK(d.act(boris, propose_shredding{d.id(), en("Asked for by the person.")}) == "");
    CHECK(d.act(clara, confirm_shredding{d.id()}) == "");
}

TEST_CASE("a seal is well-formed, and neither it nor its pseudonym was used before") {
    const desk d;
    const world w{d.charter, d.own};
    seal_ref s = d.text().seal;
    CHECK(check_new(w, s, "sealed").error().code() == "sealed.seal_taken");
    s.commit.value[0] = s.commit.value[0] == 'a' ? 'b' : 'a';
    CHECK(check_new(w, s, "sealed").error().code() == "sealed.subject_taken");
    s.subject = "s-2";
    CHECK(check_new(w, s, "sealed"));
    s.alg = "sha1";
    CHECK(check_new(w, s, "sealed").error().code() == "sealed.seal_unsound");
}
