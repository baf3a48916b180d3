#pragma once
// A whole election as a record, from fixed seeds.

#include "ballot/record.hpp"
#include "ballot/tests/shared.hpp"

namespace veche::ballot::testing {

/// Lines of a record under way.
struct play {
    template <class T>
    void add(record_kind kind, const T& body) {
        const std::string line = r.compose(kind, body);
        const auto taken = r.take(line);
        INFO((taken ? std::string() : taken.error().sentence()));
        REQUIRE(taken.has_value());
        lines.push_back(line);
    }
    record r;
    std::vector<std::string> lines;
};

inline void play_ceremony(play& p, const hall& h) {
    p.add(record_kind::definition, h.d);
    p.add(record_kind::roll, h.r);
    for (const auto& m : h.keys.commitments) p.add(record_kind::key_commitment, m);
    for (const auto& m : h.keys.coefficients) p.add(record_kind::key_coefficients, m);
    for (const auto& m : h.keys.shares) p.add(record_kind::key_shares, m);
    for (const auto& m : h.keys.confirmations) p.add(record_kind::key_confirmation, m);
    p.add(record_kind::election, h.e);
}

inline void play_close(play& p) {
    const board& b = *p.r.board();
    p.add(record_kind::closing,
          closing{b.terms().election, b.head(), static_cast<std::int64_t>(b.accepted()),
                  static_cast<std::int64_t>(b.counted())});
}

inline void play_decrypt(play& p, const hall& h, const std::vector<std::int32_t>& trustees) {
    for (const std::int32_t n : trustees)
        p.add(record_kind::partial_decryption, h.partial(n, *p.r.board()));
}

inline void play_result(play& p, const hall& h) {
    const board& b = *p.r.board();
    p.add(record_kind::result, must(tally(b.terms().election, b.head(), *p.r.totals(),
                                          h.joint.verifying, h.d.threshold, p.r.partials())));
}

/// Votes 0 0 1 2 0 1 of weights 1 1 1 3 3 3; voter 0 votes again, for 1.
inline play whole_election() {
    const hall h({.weights = {1, 1, 1, 3, 3, 3}, .weight_floor = 3});
    play p;
    play_ceremony(p, h);
    const std::vector<std::int32_t> votes{0, 0, 1, 2, 0, 1};
    for (std::size_t n = 0; n < votes.size(); ++n)
        p.add(record_kind::ballot, h.vote(n, {votes[n]}));
    p.add(record_kind::ballot, h.vote(0, {1}, 1));
    play_close(p);
    play_decrypt(p, h, {3, 1});
    play_result(p, h);
    return p;
}

}  // namespace veche::ballot::testing
