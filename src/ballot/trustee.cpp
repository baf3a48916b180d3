#include "ballot/trustee.hpp"

#include <fmt/format.h>

#include "ballot/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::ballot {
namespace {

scalar signing_secret(const seed& s) {
    return transcript("veche/ballot/trustee-signing/1").add(s).challenge();
}
scalar decryption_secret(const seed& s) {
    return transcript("veche/ballot/trustee-encryption/1").add(s).challenge();
}
scalar coefficient(const seed& s, const digest& of, std::int32_t k) {
    return transcript("veche/ballot/coefficient/1")
        .add(s)
        .add(of)
        .add(static_cast<std::uint64_t>(k))
        .challenge();
}

std::size_t index_of(std::int32_t number) {
    return static_cast<std::size_t>(number - 1);
}
scalar number_of(std::int32_t trustee) {
    return to_scalar(static_cast<std::uint64_t>(trustee));
}

/// f(x) of a trustee's polynomial, by Horner's rule.
scalar polynomial(const definition& d, const digest& of, const seed& s, std::int32_t x) {
    scalar sum;
    for (std::int32_t k = d.threshold - 1; k >= 0; --k)
        sum = sum * number_of(x) + coefficient(s, of, k);
    return sum;
}

std::vector<element> commit_coefficients(const definition& d, const digest& of, const seed& s) {
    std::vector<element> out;
    for (std::int32_t k = 0; k < d.threshold; ++k) out.push_back(generate(coefficient(s, of, k)));
    return out;
}

digest hash_coefficients(const digest& of, std::int32_t trustee,
                         const std::vector<element>& coefficients) {
    transcript t("veche/ballot/coefficients/1");
    t.add(of).add(static_cast<std::uint64_t>(trustee)).add(coefficients.size());
    for (const element& c : coefficients) t.add(c);
    return t.hash();
}

digest hash_shares(const key_shares& m) {
    transcript t("veche/ballot/shares/1");
    t.add(m.definition).add(static_cast<std::uint64_t>(m.trustee)).add(m.ephemeral);
    t.add(m.shares.size());
    for (const scalar& s : m.shares) t.add(s);
    return t.hash();
}

/// What is signed: the kind of message, the election it is for, its sender, its content.
transcript message(std::string_view kind, const digest& of, std::int32_t trustee,
                   const digest& content) {
    return transcript("veche/ballot/trustee-message/1")
        .add(kind)
        .add(of)
        .add(static_cast<std::uint64_t>(trustee))
        .add(content);
}

transcript knowledge_statement(const digest& of, std::int32_t trustee) {
    return transcript("veche/ballot/constant/1").add(of).add(static_cast<std::uint64_t>(trustee));
}

transcript complaint_statement(const key_complaint& c) {
    return transcript("veche/ballot/complaint/1")
        .add(c.definition)
        .add(static_cast<std::uint64_t>(c.trustee))
        .add(static_cast<std::uint64_t>(c.about));
}

/// What hides the share that `from` sends to `to`.
scalar mask(const digest& of, std::int32_t from, std::int32_t to, const element& ephemeral,
            const element& secret) {
    return transcript("veche/ballot/share-mask/1")
        .add(of)
        .add(static_cast<std::uint64_t>(from))
        .add(static_cast<std::uint64_t>(to))
        .add(ephemeral)
        .add(secret)
        .challenge();
}

scalar open_share(const key_shares& m, std::int32_t to, const element& secret) {
    return m.shares[index_of(to)] - mask(m.definition, m.trustee, to, m.ephemeral, secret);
}

/// The trustee and the definition a message names, and its signature.
template <class Message>
result<void> check_sender(const definition& d, const Message& m) {
    if (m.definition != hash_of(d)) return refuse(refusals::other_election, "definition");
    if (m.trustee < 1 || m.trustee > static_cast<std::int32_t>(d.trustees.size()))
        return refuse(refusals::trustee_unknown, "trustee", std::to_string(m.trustee));
    return {};
}

template <class Message>
result<void> check_signature(const definition& d, const Message& m, std::string_view kind,
                             const digest& content) {
    if (!holds(message(kind, m.definition, m.trustee, content),
               d.trustees[index_of(m.trustee)].signing, m.signature))
        return refuse(refusals::signature_wrong, "signature");
    return {};
}

proof sign_message(const seed& s, std::string_view kind, const digest& of, std::int32_t me,
                   const digest& content) {
    return prove_knowledge(message(kind, of, me, content), signing_secret(s), s);
}

/// Lists have one message of each trustee, in order.
template <class Message>
result<void> check_complete(const definition& d, const std::vector<Message>& list,
                            std::string_view what) {
    bool complete = list.size() == d.trustees.size();
    for (std::size_t n = 0; complete && n < list.size(); ++n)
        complete = list[n].trustee == static_cast<std::int32_t>(n + 1);
    if (complete) return {};
    return refuse(refusals::ceremony_unsound, std::string(what),
                  fmt::format("one message of each of the {} trustees, in order, is needed",
                              d.trustees.size()));
}

result<void> check_dealt(const definition& d, const ceremony& c) {
    VECHE_CHECK(check_complete(d, c.commitments, "commitments"));
    VECHE_CHECK(check_complete(d, c.coefficients, "coefficients"));
    VECHE_CHECK(check_complete(d, c.shares, "shares"));
    for (std::size_t n = 0; n < d.trustees.size(); ++n) {
        VECHE_CHECK(verify_commitment(d, c.commitments[n]));
        VECHE_CHECK(verify_coefficients(d, c.commitments[n], c.coefficients[n]));
        VECHE_CHECK(verify_shares(d, c.shares[n]));
    }
    return {};
}

}  // namespace

element committed(const std::vector<element>& coefficients, std::int32_t x) {
    element product;
    for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c)
        product = power(product, number_of(x)) * *c;
    return product;
}

scalar lagrange(std::int32_t me, const std::vector<std::int32_t>& all) {
    scalar over = to_scalar(1);
    scalar under = to_scalar(1);
    for (const std::int32_t j : all) {
        if (j == me) continue;
        over = over * number_of(j);
        under = under * (number_of(j) - number_of(me));
    }
    return over * inverse(under);
}

trustee make_trustee(std::string name, const seed& s) {
    return {std::move(name), generate(signing_secret(s)), generate(decryption_secret(s))};
}

key_commitment make_commitment(const definition& d, std::int32_t me, const seed& s) {
    const digest of = hash_of(d);
    const digest commitment = hash_coefficients(of, me, commit_coefficients(d, of, s));
    return {of, me, commitment, sign_message(s, "commitment", of, me, commitment)};
}

key_coefficients make_coefficients(const definition& d, std::int32_t me, const seed& s) {
    const digest of = hash_of(d);
    key_coefficients out{of, me, commit_coefficients(d, of, s), {}, {}};
    out.knowledge = prove_knowledge(knowledge_statement(of, me), coefficient(s, of, 0), s);
    out.signature =
        sign_message(s, "coefficients", of, me, hash_coefficients(of, me, out.coefficients));
    return out;
}

key_shares make_shares(const definition& d, std::int32_t me, const seed& s) {
    const digest of = hash_of(d);
    const scalar e = transcript("veche/ballot/ephemeral/1").add(s).add(of).challenge();
    key_shares out{of, me, generate(e), {}, {}};
    for (std::size_t n = 0; n < d.trustees.size(); ++n) {
        const auto to = static_cast<std::int32_t>(n + 1);
        const element secret = power(d.trustees[n].encryption, e);
        out.shares.push_back(polynomial(d, of, s, to) + mask(of, me, to, out.ephemeral, secret));
    }
    out.signature = sign_message(s, "shares", of, me, hash_shares(out));
    return out;
}

std::vector<key_complaint> complaints(std::int32_t me, const seed& s, const ceremony& c) {
    std::vector<key_complaint> out;
    const scalar own = decryption_secret(s);
    for (const key_shares& m : c.shares) {
        const element secret = power(m.ephemeral, own);
        const scalar share = open_share(m, me, secret);
        if (generate(share) == committed(c.coefficients[index_of(m.trustee)].coefficients, me))
            continue;
        key_complaint complaint{m.definition, me, m.trustee, secret, {}};
        complaint.proof_of_secret =
            prove_equal_logs(complaint_statement(complaint), own, m.ephemeral, s);
        out.push_back(complaint);
    }
    return out;
}

result<key_confirmation> make_confirmation(const definition& d, std::int32_t me, const seed& s,
                                           const ceremony& c) {
    VECHE_CHECK(check_dealt(d, c));
    const auto wrong = complaints(me, s, c);
    if (!wrong.empty())
        return refuse(refusals::ceremony_unsound, "shares",
                      fmt::format("the share sent by trustee {} is not on its polynomial",
                                  wrong.front().about));
    const digest all = transcript_of(d, c);
    return key_confirmation{hash_of(d), me, all,
                            sign_message(s, "confirmation", hash_of(d), me, all)};
}

result<void> verify_commitment(const definition& d, const key_commitment& m) {
    VECHE_CHECK(check_sender(d, m));
    return check_signature(d, m, "commitment", m.commitment);
}

result<void> verify_coefficients(const definition& d, const key_commitment& before,
                                 const key_coefficients& m) {
    VECHE_CHECK(check_sender(d, m));
    if (m.coefficients.size() != static_cast<std::size_t>(d.threshold))
        return refuse(refusals::ceremony_unsound, "coefficients",
                      fmt::format("a polynomial has {} coefficients", d.threshold));
    for (const element& c : m.coefficients)
        if (!is_generator(c)) return refuse(refusals::not_an_element, "coefficients");
    const digest content = hash_coefficients(m.definition, m.trustee, m.coefficients);
    if (before.trustee != m.trustee || before.commitment != content)
        return refuse(refusals::ceremony_unsound, "coefficients",
                      "they are not what the trustee committed to");
    if (!holds(knowledge_statement(m.definition, m.trustee), m.coefficients.front(), m.knowledge))
        return refuse(refusals::proof_wrong, "knowledge", "the trustee knows its own constant");
    return check_signature(d, m, "coefficients", content);
}

result<void> verify_shares(const definition& d, const key_shares& m) {
    VECHE_CHECK(check_sender(d, m));
    if (!is_generator(m.ephemeral)) return refuse(refusals::not_an_element, "ephemeral");
    if (m.shares.size() != d.trustees.size())
        return refuse(refusals::ceremony_unsound, "shares", "there is one for each trustee");
    for (const scalar& s : m.shares)
        if (!is_scalar(s))
            return refuse(refusals::ceremony_unsound, "shares", "a share is a reduced number");
    return check_signature(d, m, "shares", hash_shares(m));
}

result<void> verify_confirmation(const definition& d, const ceremony& c,
                                 const key_confirmation& m) {
    VECHE_CHECK(check_sender(d, m));
    if (m.transcript != transcript_of(d, c))
        return refuse(refusals::ceremony_unsound, "transcript",
                      "the trustee confirms something else than what is here");
    return check_signature(d, m, "confirmation", m.transcript);
}

result<void> verify_complaint(const definition& d, const ceremony& c, const key_complaint& m) {
    VECHE_CHECK(check_sender(d, m));
    VECHE_CHECK(check_dealt(d, c));
    if (m.about < 1 || m.about > static_cast<std::int32_t>(d.trustees.size()))
        return refuse(refusals::trustee_unknown, "about", std::to_string(m.about));
    const key_shares& accused = c.shares[index_of(m.about)];
    if (!equal_logs_hold(complaint_statement(m), d.trustees[index_of(m.trustee)].encryption,
                         accused.ephemeral, m.secret, m.proof_of_secret))
        return refuse(refusals::proof_wrong, "proof_of_secret",
                      "this is what the share was encrypted with");
    const scalar share = open_share(accused, m.trustee, m.secret);
    if (generate(share) == committed(c.coefficients[index_of(m.about)].coefficients, m.trustee))
        return refuse(refusals::ceremony_unsound, "about", "the share is as it should be");
    return {};
}

digest transcript_of(const definition& d, const ceremony& c) {
    transcript t("veche/ballot/ceremony/1");
    t.add(hash_of(d));
    for (const key_coefficients& m : c.coefficients)
        t.add(hash_coefficients(m.definition, m.trustee, m.coefficients));
    for (const key_shares& m : c.shares) t.add(hash_shares(m));
    return t.hash();
}

result<joint_key> finish_ceremony(const definition& d, const ceremony& c) {
    VECHE_CHECK(check_definition(d));
    VECHE_CHECK(check_dealt(d, c));
    VECHE_CHECK(check_complete(d, c.confirmations, "confirmations"));
    for (const key_confirmation& m : c.confirmations) VECHE_CHECK(verify_confirmation(d, c, m));
    // The sum of all polynomials, coefficient by coefficient.
    std::vector<element> joint(static_cast<std::size_t>(d.threshold));
    for (const key_coefficients& m : c.coefficients)
        for (std::size_t k = 0; k < joint.size(); ++k) joint[k] = joint[k] * m.coefficients[k];
    joint_key out{joint.front(), {}, transcript_of(d, c)};
    if (!is_generator(out.key)) return refuse(refusals::not_an_element, "coefficients");
    for (std::size_t n = 0; n < d.trustees.size(); ++n) {
        out.verifying.push_back(committed(joint, static_cast<std::int32_t>(n + 1)));
        if (!is_generator(out.verifying.back()))
            return refuse(refusals::not_an_element, "coefficients");
    }
    return out;
}

result<scalar> secret_share(const definition& d, std::int32_t me, const seed& s,
                            const ceremony& c) {
    VECHE_CHECK(make_confirmation(d, me, s, c));
    scalar sum;
    for (const key_shares& m : c.shares)
        sum = sum + open_share(m, me, power(m.ephemeral, decryption_secret(s)));
    return sum;
}

}  // namespace veche::ballot
