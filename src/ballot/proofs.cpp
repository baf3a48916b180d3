#include "ballot/proofs.hpp"

#include <algorithm>

namespace veche::ballot {
namespace {

/// A commitment from its challenge and response: base^z image^-c.
element recompute(const element& base_to_z, const element& image, const scalar& c) {
    return base_to_z / power(image, c);
}

scalar knowledge_challenge(transcript t, const element& public_key, const element& commitment) {
    return t.add(public_key).add(commitment).challenge();
}

scalar equality_challenge(transcript t, const element& public_key, const element& base,
                          const element& image, const element& a, const element& b) {
    return t.add(public_key).add(base).add(image).add(a).add(b).challenge();
}

/// What one branch of a disjunction says: alpha = g^r and beta / g^m = y^r.
struct commitments {
    element a;
    element b;
};

commitments recompute_branch(const element& key, const ciphertext& what, const element& shifted,
                             const proof& p) {
    return {recompute(generate(p.z), what.alpha, p.c), recompute(power(key, p.z), shifted, p.c)};
}

transcript disjunction(transcript t, const element& key, const ciphertext& what,
                       std::int32_t least) {
    t.add(key).add(what.alpha).add(what.beta).add(static_cast<std::uint64_t>(least));
    return t;
}

/// beta / g^m.
element shift(const element& beta, std::int32_t m) {
    return m == 0 ? beta : beta / generate(to_scalar(static_cast<std::uint64_t>(m)));
}

}  // namespace

scalar nonces::next() {
    return transcript("veche/ballot/nonce/1")
        .add(from_)
        .add(std::string_view(statement_))
        .add(count_++)
        .challenge();
}

proof prove_knowledge(const transcript& statement, const scalar& secret, const seed& from) {
    nonces secrets(from, transcript(statement).add(secret).bytes());
    const scalar w = secrets.next();
    const scalar c = knowledge_challenge(statement, generate(secret), generate(w));
    return {c, w + c * secret};
}

bool holds(const transcript& statement, const element& public_key, const proof& p) {
    if (!is_generator(public_key) || !is_scalar(p.c) || !is_scalar(p.z)) return false;
    return p.c ==
           knowledge_challenge(statement, public_key, recompute(generate(p.z), public_key, p.c));
}

proof prove_equal_logs(const transcript& statement, const scalar& secret, const element& base,
                       const seed& from) {
    nonces secrets(from, transcript(statement).add(secret).add(base).bytes());
    const scalar w = secrets.next();
    const scalar c = equality_challenge(statement, generate(secret), base, power(base, secret),
                                        generate(w), power(base, w));
    return {c, w + c * secret};
}

bool equal_logs_hold(const transcript& statement, const element& public_key, const element& base,
                     const element& image, const proof& p) {
    if (!is_generator(public_key) || !is_element(base) || !is_element(image) || !is_scalar(p.c) ||
        !is_scalar(p.z))
        return false;
    const element a = recompute(generate(p.z), public_key, p.c);
    const element b = recompute(power(base, p.z), image, p.c);
    return p.c == equality_challenge(statement, public_key, base, image, a, b);
}

std::vector<proof> prove_one_of(const transcript& statement, const element& key,
                                const ciphertext& what, const scalar& r, std::int32_t least,
                                std::size_t count, std::size_t index, nonces& from) {
    std::vector<proof> proofs(count);
    transcript t = disjunction(statement, key, what, least);
    scalar others;
    const scalar w = from.next();
    for (std::size_t n = 0; n < count; ++n) {
        // The branches that are not true are simulated: response and challenge first.
        commitments made{generate(w), power(key, w)};
        if (n != index) {
            proofs[n] = {from.next(), from.next()};
            others = others + proofs[n].c;
            made = recompute_branch(
                key, what, shift(what.beta, least + static_cast<std::int32_t>(n)), proofs[n]);
        }
        t.add(made.a).add(made.b);
    }
    proofs[index].c = t.challenge() - others;
    proofs[index].z = w + proofs[index].c * r;
    return proofs;
}

bool one_of_holds(const transcript& statement, const element& key, const ciphertext& what,
                  std::int32_t least, std::span<const proof> proofs) {
    if (!is_generator(key) || !is_element(what.alpha) || !is_element(what.beta)) return false;
    transcript t = disjunction(statement, key, what, least);
    scalar sum;
    for (std::size_t n = 0; n < proofs.size(); ++n) {
        if (!is_scalar(proofs[n].c) || !is_scalar(proofs[n].z)) return false;
        const auto made = recompute_branch(
            key, what, shift(what.beta, least + static_cast<std::int32_t>(n)), proofs[n]);
        t.add(made.a).add(made.b);
        sum = sum + proofs[n].c;
    }
    return sum == t.challenge();
}

}  // namespace veche::ballot
