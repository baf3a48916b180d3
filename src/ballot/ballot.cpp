#include "ballot/ballot.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ballot/refusal.hpp"

namespace veche::ballot {
namespace {

transcript choice_statement(const digest& election, const element& credential, std::size_t n) {
    return transcript("veche/ballot/choice/1").add(election).add(credential).add(n);
}

transcript range_statement(const digest& election, const element& credential) {
    return transcript("veche/ballot/range/1").add(election).add(credential);
}

transcript signature_statement(const secret_ballot& b) {
    return transcript("veche/ballot/signature/1").add(b.election).add(tracker_of(b));
}

/// How much a chosen option counts for the limits: the blank vote fills them.
std::int32_t share_of_limit(const terms& t, std::size_t choice) {
    return t.blank && static_cast<std::int32_t>(choice) == t.choices - 1 ? t.most : 1;
}

/// The sum that the range proof speaks of, from the public ciphertexts.
ciphertext limited_sum(const terms& t, const std::vector<encrypted_choice>& choices) {
    ciphertext sum;
    for (std::size_t n = 0; n < choices.size(); ++n) {
        const std::int32_t share = share_of_limit(t, n);
        const scalar times = to_scalar(static_cast<std::uint64_t>(share));
        sum.alpha = sum.alpha * (share == 1 ? choices[n].alpha : power(choices[n].alpha, times));
        sum.beta = sum.beta * (share == 1 ? choices[n].beta : power(choices[n].beta, times));
    }
    return sum;
}

/// How much of the limits the choices use.
result<std::int32_t> check_choices(const terms& t, const std::vector<std::int32_t>& chosen) {
    std::int32_t used = 0;
    for (std::size_t n = 0; n < chosen.size(); ++n) {
        if (chosen[n] < 0 || chosen[n] >= t.choices)
            return refuse(refusals::choice_unfit, "chosen",
                          fmt::format("there is no option number {}", chosen[n]));
        if (n > 0 && chosen[n] <= chosen[n - 1])
            return refuse(refusals::choice_unfit, "chosen",
                          "options are named once, in ascending order");
        used += share_of_limit(t, static_cast<std::size_t>(chosen[n]));
    }
    if (used < t.least || used > t.most)
        return refuse(
            refusals::choice_unfit, "chosen",
            fmt::format("{} to {} options are chosen, or the blank vote alone", t.least, t.most));
    return used;
}

std::string opening_statement(const terms& t, const opening& from) {
    transcript statement("veche/ballot/opening/1");
    statement.add(t.election).add(t.key).add(from.credential);
    for (const std::int32_t n : from.chosen) statement.add(static_cast<std::uint64_t>(n));
    return std::string(statement.bytes());
}

std::size_t range_size(const terms& t) {
    return static_cast<std::size_t>(t.most) - static_cast<std::size_t>(t.least) + 1;
}

tl::unexpected<refusal> malformed(std::string field, std::string why) {
    return refuse(refusals::ballot_malformed, std::move(field), std::move(why));
}

}  // namespace

result<secret_ballot> encrypt(const terms& t, const opening& from) {
    const std::int32_t used = VECHE_TRY(check_choices(t, from.chosen));
    if (!is_generator(from.credential)) return refuse(refusals::not_an_element, "credential");
    nonces secrets(from.randomness, opening_statement(t, from));
    secret_ballot b{t.election, from.credential, {}, {}, {}};
    scalar limited_r;
    for (std::size_t n = 0; n < static_cast<std::size_t>(t.choices); ++n) {
        const bool chosen = std::binary_search(from.chosen.begin(), from.chosen.end(),
                                               static_cast<std::int32_t>(n));
        const scalar r = secrets.next();
        const ciphertext c{generate(r), power(t.key, r) * generate(to_scalar(chosen ? 1 : 0))};
        b.choices.push_back({c.alpha, c.beta,
                             prove_one_of(choice_statement(t.election, from.credential, n), t.key,
                                          c, r, 0, 2, chosen ? 1 : 0, secrets)});
        limited_r = limited_r + r * to_scalar(static_cast<std::uint64_t>(share_of_limit(t, n)));
    }
    b.range = prove_one_of(range_statement(t.election, from.credential), t.key,
                           limited_sum(t, b.choices), limited_r, t.least, range_size(t),
                           static_cast<std::size_t>(used - t.least), secrets);
    return b;
}

void sign(secret_ballot& b, const scalar& credential, const seed& randomness) {
    b.signature = prove_knowledge(signature_statement(b), credential, randomness);
}

result<secret_ballot> make_ballot(const terms& t, const seed& credential,
                                  const std::vector<std::int32_t>& chosen, const seed& randomness) {
    scalar secret = credential_secret(credential);
    const opening from{generate(secret), chosen, randomness};
    auto made = encrypt(t, from);
    if (made) sign(*made, secret, randomness);
    wipe(secret);
    return made;
}

digest tracker_of(const secret_ballot& b) {
    transcript t("veche/ballot/tracker/1");
    t.add(b.election).add(b.credential).add(b.choices.size());
    const auto add = [&](const std::vector<proof>& proofs) {
        t.add(proofs.size());
        for (const proof& p : proofs) t.add(p.c).add(p.z);
    };
    for (const encrypted_choice& c : b.choices) {
        t.add(c.alpha).add(c.beta);
        add(c.proofs);
    }
    add(b.range);
    return t.hash();
}

result<void> verify_ballot(const terms& t, const secret_ballot& b) {
    if (b.election != t.election) return refuse(refusals::other_election, "election");
    if (!is_generator(b.credential)) return refuse(refusals::not_an_element, "credential");
    if (b.choices.size() != static_cast<std::size_t>(t.choices))
        return malformed("choices", fmt::format("it has {} choices", t.choices));
    if (b.range.size() != range_size(t))
        return malformed("range", fmt::format("it has {} proofs", range_size(t)));
    if (!holds(signature_statement(b), b.credential, b.signature))
        return refuse(refusals::signature_wrong, "signature");
    for (std::size_t n = 0; n < b.choices.size(); ++n) {
        const encrypted_choice& c = b.choices[n];
        const auto field = [&] { return fmt::format("choices.{}", n); };
        if (c.proofs.size() != 2) return malformed(field(), "a choice has two proofs");
        if (!is_generator(c.alpha) || !is_generator(c.beta))
            return refuse(refusals::not_an_element, field());
        if (!one_of_holds(choice_statement(t.election, b.credential, n), t.key, {c.alpha, c.beta},
                          0, c.proofs))
            return refuse(refusals::proof_wrong, field(), "an option is chosen once or not at all");
    }
    if (!one_of_holds(range_statement(t.election, b.credential), t.key, limited_sum(t, b.choices),
                      t.least, b.range))
        return refuse(refusals::proof_wrong, "range", "the right number of options is chosen");
    return {};
}

result<bool> audit(const terms& t, const opening& from, const digest& tracker) {
    const secret_ballot b = VECHE_TRY(encrypt(t, from));
    return tracker_of(b) == tracker;
}

}  // namespace veche::ballot
