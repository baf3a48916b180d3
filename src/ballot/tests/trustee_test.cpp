#include "ballot/trustee.hpp"

#include "ballot/refusal.hpp"
#include "ballot/tests/shared.hpp"

using namespace veche;
using namespace veche::ballot;
using namespace veche::ballot::testing;

TEST_CASE("shares of any threshold give the joint secret, and fit their verification keys") {
    for (const auto& [n, t] : {std::pair{1, 1}, {3, 2}, {5, 3}, {4, 4}}) {
        const definition d = define({.trustees = n, .threshold = t});
        const ceremony c = hold_ceremony(d);
        const joint_key joint = must(finish_ceremony(d, c));
        for (std::int32_t me = 1; me <= n; ++me) {
            const auto s = seed_of("trustee", static_cast<std::uint64_t>(me));
            CHECK(generate(must(secret_share(d, me, s, c))) ==
                  joint.verifying[static_cast<std::size_t>(me - 1)]);
        }
    }
}

TEST_CASE("coefficients other than those committed to are refused") {
    const definition d = define({});
    ceremony c = hold_ceremony(d);
    // A trustee that has seen the others' coefficients chooses its own anew.
    definition other = d;
    other.id = "another";
    key_coefficients chosen = make_coefficients(other, 2, seed_of("trustee", 2));
    chosen.definition = hash_of(d);
    c.coefficients[1] = chosen;
    CHECK(finish_ceremony(d, c).error().code() == refusals::ceremony_unsound.code);
}

TEST_CASE("each message is bound to its sender, its kind and its definition") {
    const definition d = define({});
    const ceremony c = hold_ceremony(d);
    key_commitment m = c.commitments[0];
    CHECK(verify_commitment(d, m).has_value());
    m.trustee = 2;
    CHECK(verify_commitment(d, m).error().code() == refusals::signature_wrong.code);
    m.trustee = 4;
    CHECK(verify_commitment(d, m).error().code() == refusals::trustee_unknown.code);
    m = c.commitments[0];
    m.definition.bytes[0] ^= 1;
    CHECK(verify_commitment(d, m).error().code() == refusals::other_election.code);
    key_coefficients neutral = c.coefficients[0];
    neutral.coefficients[1] = {};
    CHECK(verify_coefficients(d, c.commitments[0], neutral).error().code() ==
          refusals::not_an_element.code);
    key_shares shares = c.shares[0];
    shares.shares[0] = shares.shares[0] + to_scalar(1);
    CHECK(verify_shares(d, shares).error().code() == refusals::signature_wrong.code);
}

TEST_CASE("a wrong share leads to a complaint that anyone can check, a right one to none") {
    const definition d = define({});
    ceremony c = hold_ceremony(d);
    const seed accuser = seed_of("trustee", 1);
    CHECK(complaints(1, accuser, c).empty());

    // Trustee 3 sends trustee 1 a share of a polynomial other than the one it committed to.
    definition other = d;
    other.id = "another";
    key_shares wrong = make_shares(d, 3, seed_of("trustee", 3));
    wrong.shares[0] = wrong.shares[0] + to_scalar(1);
    const seed liar = seed_of("trustee", 3);
    // It signs what it sends, as a trustee that lies would.
    transcript content("veche/ballot/shares/1");
    content.add(wrong.definition).add(std::uint64_t{3}).add(wrong.ephemeral);
    content.add(wrong.shares.size());
    for (const scalar& s : wrong.shares) content.add(s);
    wrong.signature =
        prove_knowledge(transcript("veche/ballot/trustee-message/1")
                            .add("shares")
                            .add(wrong.definition)
                            .add(std::uint64_t{3})
                            .add(content.hash()),
                        transcript("veche/ballot/trustee-signing/1").add(liar).challenge(), liar);
    REQUIRE(verify_shares(d, wrong).has_value());
    const ceremony honest = c;
    c.shares[2] = wrong;
    c.confirmations.clear();

    const auto found = complaints(1, accuser, c);
    REQUIRE(found.size() == 1);
    CHECK(found[0].about == 3);
    CHECK(verify_complaint(d, c, found[0]).has_value());
    CHECK_FALSE(make_confirmation(d, 1, accuser, c).has_value());
    CHECK(make_confirmation(d, 2, seed_of("trustee", 2), c).has_value());
    CHECK_FALSE(finish_ceremony(d, c).has_value());

    // A complaint about a share that is right, and one with an invented secret, do not hold.
    key_complaint invented = found[0];
    invented.secret = generate(to_scalar(5));
    CHECK(verify_complaint(d, c, invented).error().code() == refusals::proof_wrong.code);
    CHECK_FALSE(verify_complaint(d, honest, found[0]).has_value());
}

TEST_CASE("a ceremony without one message of each trustee in order gives no key") {
    const definition d = define({});
    const ceremony whole = hold_ceremony(d);
    CHECK(finish_ceremony(d, whole).has_value());
    ceremony c = whole;
    c.confirmations.pop_back();
    CHECK_FALSE(finish_ceremony(d, c).has_value());
    c = whole;
    std::swap(c.coefficients[0], c.coefficients[1]);
    CHECK_FALSE(finish_ceremony(d, c).has_value());
    c = whole;
    c.confirmations[1] = c.confirmations[0];
    CHECK_FALSE(finish_ceremony(d, c).has_value());
}
