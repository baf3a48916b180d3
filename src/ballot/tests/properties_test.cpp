// Properties that hold for every election, tried on random ones.

#include <numeric>

#include <rapidcheck.h>
#include <stdlib.h>

#include "ballot/refusal.hpp"
#include "ballot/tests/shared.hpp"

using namespace veche;
using namespace veche::ballot;
using namespace veche::ballot::testing;

namespace {
/// An election costs some milliseconds; read by rapidcheck before its first property.
const int few_cases = ::setenv("RC_PARAMS", "max_success=25", 0);
}  // namespace

TEST_CASE(
    "whatever the question, weights and votes, the totals are what counting in the open gives") {
    REQUIRE(few_cases == 0);
    CHECK(rc::check("encrypted and open counts agree", [] {
        shape s;
        s.options = *rc::gen::inRange(1, 4);
        s.blank = s.options == 1 || *rc::gen::arbitrary<bool>();
        s.most = *rc::gen::inRange(1, s.options + 1);
        s.least = *rc::gen::inRange(0, s.most + 1);
        s.trustees = *rc::gen::inRange(1, 4);
        s.threshold = *rc::gen::inRange(1, s.trustees + 1);
        const std::size_t voters = *rc::gen::inRange<std::size_t>(3, 6);
        s.weights = *rc::gen::container<std::vector<std::int64_t>>(
            voters, rc::gen::inRange<std::int64_t>(1, 1000));
        const hall h(s);
        board b(h.d, h.r, h.e);
        std::vector<std::int64_t> open(static_cast<std::size_t>(h.t.choices));
        for (std::size_t v = 0; v < voters; ++v) {
            std::vector<std::int32_t> chosen(static_cast<std::size_t>(s.options));
            std::iota(chosen.begin(), chosen.end(), 0);
            chosen.resize(*rc::gen::inRange(static_cast<std::size_t>(s.least),
                                            static_cast<std::size_t>(s.most) + 1));
            if (s.blank && *rc::gen::inRange(0, 4) == 0) chosen = {s.options};
            must(b.accept(h.vote(v, chosen)));
            for (const std::int32_t c : chosen) open[static_cast<std::size_t>(c)] += s.weights[v];
        }
        std::vector<partial_decryption> partials;
        for (std::int32_t n = s.trustees; n > s.trustees - s.threshold; --n)
            partials.push_back(h.partial(n, b));
        const auto o = tally(h.t.election, b.head(), must(b.totals()), h.joint.verifying,
                             s.threshold, partials);
        RC_ASSERT(o.has_value());
        RC_ASSERT(o->totals == open);
    }));
}

TEST_CASE("arithmetic in the group is arithmetic") {
    CHECK(rc::check("exponents add and multiply", [](std::uint64_t a, std::uint64_t b) {
        const scalar x = to_scalar(a);
        const scalar y = transcript("x").add(b).challenge();
        RC_ASSERT(generate(x) * generate(y) == generate(x + y));
        RC_ASSERT(power(generate(x), y) == generate(x * y));
        RC_ASSERT(generate(x) / generate(y) == generate(x - y));
        RC_ASSERT(is_element(generate(y)));
        RC_ASSERT(is_scalar(x * y));
    }));
}
