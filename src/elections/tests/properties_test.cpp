// What holds of every count, tried on random ones.

#include <algorithm>
#include <numeric>

#include <rapidcheck.h>

#include "elections/tests/shared.hpp"

using namespace veche;
using namespace veche::elections;
using namespace veche::elections::testing;

namespace {

contest random_contest(method how) {
    contest c;
    c.how = how;
    const int candidates = *rc::gen::inRange(1, 9);
    for (int n = 0; n < candidates; ++n) c.candidates.push_back("c" + std::to_string(n));
    c.posts = how == method::plurality ? 1 : *rc::gen::inRange(1, 6);
    c.needs =
        *rc::gen::element(needed::most, needed::majority_of_papers, needed::majority_of_electors);
    c.electors = *rc::gen::inRange(1, 100);
    c.seed = std::to_string(*rc::gen::inRange(0, 1000));
    const int kinds = *rc::gen::inRange(0, 14);
    for (int k = 0; k < kinds; ++k) {
        texts order = c.candidates;
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(
                order[i - 1],
                order[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(i)))]);
        paper p;
        p.count = *rc::gen::inRange(1, 20);
        const auto length =
            static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(order.size()) + 1));
        p.marks.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(length));
        if (how == method::plurality && p.marks.size() > 1) p.marks.resize(1);
        if (how == method::yes_no)
            p.against.assign(order.begin() + static_cast<std::ptrdiff_t>(length), order.end());
        c.papers.push_back(std::move(p));
    }
    return c;
}

method any_method() {
    return *rc::gen::element(method::stv, method::approval, method::plurality, method::yes_no);
}

std::int64_t votes_in(const stage& s) {
    return std::accumulate(s.rows.begin(), s.rows.end(), std::int64_t{0},
                           [](std::int64_t sum, const row& r) { return sum + r.votes; });
}

}  // namespace

TEST_CASE("the order of the papers changes nothing, nor does it matter how they are bundled") {
    CHECK(rc::check("permuted papers", [] {
        contest c = random_contest(any_method());
        const auto made = count(c).value();
        std::reverse(c.papers.begin(), c.papers.end());
        RC_ASSERT(count(c).value() == made);
        contest single = c;
        single.papers.clear();
        for (const paper& p : c.papers)
            for (std::int64_t n = 0; n < p.count; ++n)
                single.papers.push_back({1, p.marks, p.against});
        RC_ASSERT(count(single).value() == made);
    }));
}

TEST_CASE("at every stage each vote is with a candidate, not transferable, or lost by rounding") {
    CHECK(rc::check("conservation", [] {
        const contest c = random_contest(method::stv);
        const auto made = count(c).value();
        std::int64_t residual = 0;
        for (const stage& s : made.stages) {
            RC_ASSERT(votes_in(s) + s.non_transferable + s.residual == made.papers * unit);
            RC_ASSERT(s.residual >= residual);
            residual = s.residual;
        }
        // Less than a unit is lost of each paper at each transfer.
        RC_ASSERT(residual <= made.papers * static_cast<std::int64_t>(made.stages.size()));
    }));
}

TEST_CASE("whoever is elected reached the quota or was among the last, and no post is doubled") {
    CHECK(rc::check("elected", [] {
        const contest c = random_contest(method::stv);
        const auto made = count(c).value();
        RC_ASSERT(made.elected.size() <= static_cast<std::size_t>(c.posts));
        if (made.papers > 0)
            RC_ASSERT(made.elected.size() ==
                      std::min(static_cast<std::size_t>(c.posts), c.candidates.size()));
        texts once = made.elected;
        std::sort(once.begin(), once.end());
        RC_ASSERT(std::unique(once.begin(), once.end()) == once.end());
        for (const stage& s : made.stages)
            for (const row& r : s.rows) {
                const bool now =
                    std::find(s.elected.begin(), s.elected.end(), r.candidate) != s.elected.end();
                const bool last = &s == &made.stages.back();
                if (now) RC_ASSERT(r.votes >= *made.quota || last);
                if (r.stands == standing::excluded) RC_ASSERT(r.votes == 0);
            }
    }));
}

TEST_CASE("who is first on more than half of all papers is elected") {
    CHECK(rc::check("majority", [] {
        contest c = random_contest(method::stv);
        const std::int64_t others =
            std::accumulate(c.papers.begin(), c.papers.end(), std::int64_t{0},
                            [](std::int64_t sum, const paper& p) { return sum + p.count; });
        c.papers.push_back({others + 1, {c.candidates.back()}, {}});
        const auto made = count(c).value();
        RC_ASSERT(std::find(made.elected.begin(), made.elected.end(), c.candidates.back()) !=
                  made.elected.end());
    }));
}

TEST_CASE("nobody without enough votes is elected by the methods that count once") {
    CHECK(rc::check("enough", [] {
        const contest c =
            random_contest(*rc::gen::element(method::approval, method::plurality, method::yes_no));
        const auto made = count(c).value();
        for (const row& r : made.stages.front().rows) {
            if (r.stands != standing::elected) continue;
            if (c.needs == needed::majority_of_papers) RC_ASSERT(2 * r.votes > made.papers * unit);
            if (c.needs == needed::majority_of_electors) RC_ASSERT(2 * r.votes > c.electors * unit);
            if (r.against) RC_ASSERT(r.votes > *r.against);
        }
    }));
}
