#include "ballot/tally.hpp"

#include "ballot/refusal.hpp"
#include "ballot/tests/shared.hpp"

using namespace veche;
using namespace veche::ballot;
using namespace veche::ballot::testing;

namespace {

result<outcome> count(const hall& h, const board& b,
                      const std::vector<partial_decryption>& partials) {
    return tally(h.t.election, b.head(), must(b.totals()), h.joint.verifying, h.d.threshold,
                 partials);
}

board fill(const hall& h, const std::vector<std::int32_t>& votes) {
    board b(h.d, h.r, h.e);
    for (std::size_t n = 0; n < votes.size(); ++n) must(b.accept(h.vote(n, {votes[n]})));
    return b;
}

}  // namespace

TEST_CASE("the totals are the weights of the ballots, by any two of three trustees") {
    const hall h({.weights = {1, 2, 30, 400, 5000, 60000}});
    const board b = fill(h, {0, 1, 0, 2, 1, 1});
    const std::vector<std::int64_t> expected{31, 65002, 400};
    for (const auto& [i, j] : {std::pair{1, 2}, {1, 3}, {3, 2}}) {
        const outcome o = must(count(h, b, {h.partial(i, b), h.partial(j, b)}));
        CHECK(o.totals == expected);
        CHECK(o.ballots == 6);
        CHECK(o.weight == 65433);
    }
    CHECK(count(h, b, {h.partial(1, b)}).error().code() == refusals::partials_missing.code);
    CHECK(count(h, b, {h.partial(1, b), h.partial(1, b)}).error().code() ==
          refusals::partials_missing.code);
}

TEST_CASE("wrong partial decryptions are passed over where enough are right") {
    const hall h;
    const board b = fill(h, {0, 1, 0, 2});
    partial_decryption wrong = h.partial(2, b);
    wrong.shares[0].value = wrong.shares[0].value * generate(to_scalar(1));
    CHECK(must(count(h, b, {wrong, h.partial(1, b), h.partial(3, b)})).totals ==
          std::vector<std::int64_t>{2, 1, 1});
    CHECK_FALSE(count(h, b, {wrong, h.partial(1, b)}).has_value());
    // What trustee 1 made cannot be passed off as trustee 2's.
    partial_decryption passed_off = h.partial(1, b);
    passed_off.trustee = 2;
    CHECK_FALSE(
        verify_partial(h.t.election, b.head(), must(b.totals()), h.joint.verifying, passed_off)
            .has_value());
}

TEST_CASE("a decryption of some of the ballots is none of the board") {
    const hall h;
    const board some = fill(h, {0, 1, 0});
    const board all = fill(h, {0, 1, 0, 2});
    const auto verdict = verify_partial(h.t.election, all.head(), must(all.totals()),
                                        h.joint.verifying, h.partial(1, some));
    CHECK(verdict.error().code() == refusals::other_board.code);
    partial_decryption renamed = h.partial(1, some);
    renamed.board = all.head();
    CHECK(verify_partial(h.t.election, all.head(), must(all.totals()), h.joint.verifying, renamed)
              .error()
              .code() == refusals::proof_wrong.code);
}

TEST_CASE("only the last ballot of a credential counts, and no ballot is taken twice") {
    const hall h;
    board b = fill(h, {0, 1, 2});
    const secret_ballot first = h.vote(0, {0});
    CHECK(b.accept(first).error().code() == refusals::ballot_repeated.code);
    const secret_ballot second = h.vote(0, {1}, 1);
    const digest tracker = must(b.accept(second));
    CHECK(b.counted_for(second.credential) == tracker);
    // The old ballot cannot be brought back, even signed anew.
    secret_ballot again = first;
    sign(again, credential_secret(seed_of("voter", 0)), seed_of("r", 5));
    CHECK(b.accept(again).error().code() == refusals::ballot_repeated.code);
    CHECK(b.accepted() == 4);
    CHECK(b.counted() == 3);
    CHECK(must(count(h, b, {h.partial(1, b), h.partial(2, b)})).totals ==
          std::vector<std::int64_t>{0, 2, 1});
}

TEST_CASE("a credential that is not on the roll cannot vote") {
    const hall h;
    board b(h.d, h.r, h.e);
    CHECK(b.accept(h.vote(77, {0})).error().code() == refusals::credential_unknown.code);
    CHECK(b.head() == empty_board(h.t.election));
}

TEST_CASE("below the floors nothing is decrypted") {
    const hall few;
    CHECK(fill(few, {0, 1}).totals().error().code() == refusals::too_few_ballots.code);
    CHECK(fill(few, {0, 1, 1}).totals().has_value());
    const hall rare({.weights = {1, 1, 1, 9, 9, 9}, .weight_floor = 3});
    board b = fill(rare, {0, 0, 0, 1, 1});
    CHECK(b.totals().error().code() == refusals::weight_too_rare.code);
    must(b.accept(rare.vote(5, {0})));
    CHECK(b.totals().has_value());
}

TEST_CASE("discrete logarithms are found up to the bound and not beyond") {
    for (const std::int64_t bound : {0, 1, 2, 3, 99, 100, 101, 65535}) {
        const std::vector<element> ends{element{},
                                        generate(to_scalar(static_cast<std::uint64_t>(bound)))};
        CHECK(must(discrete_logs(ends, bound)) == std::vector<std::int64_t>{0, bound});
        const std::vector<element> beyond{
            generate(to_scalar(static_cast<std::uint64_t>(bound) + 1))};
        CHECK(discrete_logs(beyond, bound).error().code() == refusals::total_not_found.code);
    }
}

TEST_CASE("the board names every ballot in its order") {
    const hall h;
    board a(h.d, h.r, h.e);
    board b(h.d, h.r, h.e);
    must(a.accept(h.vote(0, {0})));
    must(a.accept(h.vote(1, {0})));
    must(b.accept(h.vote(1, {0})));
    must(b.accept(h.vote(0, {0})));
    CHECK(a.head() != b.head());
    CHECK(a.head() == next_board(next_board(empty_board(h.t.election), tracker_of(h.vote(0, {0}))),
                                 tracker_of(h.vote(1, {0}))));
}
