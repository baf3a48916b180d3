#pragma once
// An election to try things on: fixed seeds, so that every run sees the same bytes.

#include <doctest/doctest.h>

#include "ballot/tally.hpp"

namespace veche::ballot::testing {

inline seed seed_of(std::string_view what, std::uint64_t n) {
    return {transcript("test seed").add(what).add(n).hash().bytes};
}

template <class T>
T must(result<T> r) {
    INFO((r ? std::string() : r.error().sentence() + " " + r.error().field));
    REQUIRE(r.has_value());
    return *std::move(r);
}

struct shape {
    std::int32_t options = 2;
    bool blank = true;
    std::int32_t least = 1;
    std::int32_t most = 1;
    std::int32_t trustees = 3;
    std::int32_t threshold = 2;
    std::vector<std::int64_t> weights = {1, 1, 1, 1, 1, 1};
    std::int32_t weight_floor = 1;
};

inline definition define(const shape& s) {
    definition d;
    d.id = "fixture";
    d.question = {{"en", "Who leads the session?"}};
    for (std::int32_t n = 0; n < s.options; ++n)
        d.options.push_back({"option-" + std::to_string(n), {{"en", "Option"}}});
    d.blank = s.blank;
    d.least = s.least;
    d.most = s.most;
    d.weight_floor = s.weight_floor;
    d.threshold = s.threshold;
    for (std::int32_t n = 1; n <= s.trustees; ++n)
        d.trustees.push_back(make_trustee("trustee " + std::to_string(n),
                                          seed_of("trustee", static_cast<std::uint64_t>(n))));
    return d;
}

inline ceremony hold_ceremony(const definition& d) {
    ceremony c;
    const auto all = [&](auto make) {
        for (std::size_t n = 1; n <= d.trustees.size(); ++n)
            make(static_cast<std::int32_t>(n), seed_of("trustee", n));
    };
    all([&](auto n, const seed& s) { c.commitments.push_back(make_commitment(d, n, s)); });
    all([&](auto n, const seed& s) { c.coefficients.push_back(make_coefficients(d, n, s)); });
    all([&](auto n, const seed& s) { c.shares.push_back(make_shares(d, n, s)); });
    all([&](auto n, const seed& s) {
        c.confirmations.push_back(must(make_confirmation(d, n, s, c)));
    });
    return c;
}

struct hall {
    explicit hall(const shape& s = {}) : d(define(s)), keys(hold_ceremony(d)) {
        joint = must(finish_ceremony(d, keys));
        for (std::size_t n = 0; n < s.weights.size(); ++n)
            r.voters.push_back({credential_of(seed_of("voter", n)), s.weights[n]});
        r = sorted(r);
        e = must(open_election(d, r, joint.ceremony, joint.key));
        t = terms_of(d, e);
    }
    [[nodiscard]] secret_ballot vote(std::size_t voter, const std::vector<std::int32_t>& chosen,
                                     std::uint64_t attempt = 0) const {
        return must(make_ballot(t, seed_of("voter", voter), chosen,
                                seed_of("randomness", voter * 1000 + attempt)));
    }
    [[nodiscard]] partial_decryption partial(std::int32_t trustee, const board& b) const {
        const seed s = seed_of("trustee", static_cast<std::uint64_t>(trustee));
        return make_partial(t.election, b.head(), must(b.totals()), trustee,
                            must(secret_share(d, trustee, s, keys)), s);
    }
    definition d;
    ceremony keys;
    joint_key joint;
    roll r;
    election e;
    terms t;
};

}  // namespace veche::ballot::testing
