// Counts small enough to be done by hand.

#include "elections/refusal.hpp"
#include "elections/tests/shared.hpp"

using namespace veche;
using namespace veche::elections;
using namespace veche::elections::testing;

namespace {

contest of_four(std::int32_t posts, std::vector<paper> papers) {
    contest c;
    c.how = method::stv;
    c.posts = posts;
    c.candidates = {"a", "b", "c", "d"};
    c.papers = std::move(papers);
    return c;
}

}  // namespace

TEST_CASE("a surplus moves at its share, cut after five decimals, and the loss is shown") {
    // 18 papers, quota 18/3 + 1 = 7. The surplus of a is 2 of 9: each paper goes on at 0.22222.
    const auto made = counted(of_four(
        2, {ranked(9, {"a", "b"}), ranked(4, {"b"}), ranked(3, {"c", "d"}), ranked(2, {"d"})}));
    CHECK(made.papers == 18);
    CHECK(made.quota == 7 * unit);
    REQUIRE(made.stages.size() == 4);
    CHECK(votes_of(made.stages[0]) == texts{"9.00000", "4.00000", "3.00000", "2.00000"});
    CHECK(made.stages[0].elected == texts{"a"});
    CHECK(made.stages[1].kind == stage_kind::surplus);
    CHECK(made.stages[1].of == "a");
    CHECK(votes_of(made.stages[1]) == texts{"7.00000", "5.99998", "3.00000", "2.00000"});
    CHECK(made.stages[1].residual == 2);
    CHECK(made.stages[2].of == "d");
    CHECK(made.stages[2].non_transferable == 2 * unit);
    CHECK(made.stages[2].rows[3].change == -2 * unit);
    // The papers of c name d next, who is out.
    CHECK(made.stages[3].of == "c");
    CHECK(made.stages[3].non_transferable == 5 * unit);
    CHECK(codes_of(made.stages[3]) == texts{"lowest", "places_left"});
    CHECK(made.elected == texts{"a", "b"});
    CHECK(made.outcome == result_kind::filled);
}

TEST_CASE("who reaches the quota exactly has a surplus of zero, and it is a stage") {
    // 20 papers, quota 20/3 + 1 = 7.
    const auto made = counted(of_four(2, {ranked(7, {"a", "b"}), ranked(6, {"b"}),
                                          ranked(4, {"c", "b"}), ranked(3, {"d", "c"})}));
    REQUIRE(made.stages.size() >= 2);
    CHECK(made.stages[0].elected == texts{"a"});
    CHECK(made.stages[1].kind == stage_kind::surplus);
    CHECK(votes_of(made.stages[1]) == texts{"7.00000", "6.00000", "4.00000", "3.00000"});
    CHECK(made.stages[1].rows[0].change == 0);
}

TEST_CASE("the larger surplus goes first") {
    // 30 papers, quota 8 for three posts.
    const auto made = counted(of_four(
        3, {ranked(9, {"a", "c"}), ranked(12, {"b", "d"}), ranked(5, {"c"}), ranked(4, {"d"})}));
    CHECK(made.stages[0].elected == texts{"b", "a"});
    CHECK(made.stages[1].of == "b");
    CHECK(made.stages[2].of == "a");
}

TEST_CASE("a tie is parted by the latest earlier stage at which they differed") {
    // Quota 21/2 + 1 = 11. At stage 1 b has 4 and c has 5; d's papers make them equal at stage 2.
    const auto made = counted(of_four(1, {ranked(9, {"a"}), ranked(4, {"b"}), ranked(5, {"c"}),
                                          ranked(2, {"d", "b"}), ranked(1, {"d", "c"})}));
    CHECK(votes_of(made.stages[1]) == texts{"9.00000", "6.00000", "6.00000", "0.00000"});
    CHECK(made.stages[2].of == "b");
    CHECK(made.stages[2].reasons.front() == reason{"tie_at_stage", {"1"}});
    CHECK(made.stages[2].lots.empty());
}

TEST_CASE("where nothing parts a tie, a lot does; without a seed the count stops and says so") {
    contest c = of_four(
        1, {ranked(5, {"a"}), ranked(4, {"b"}), ranked(2, {"c", "b"}), ranked(2, {"d", "a"})});
    const auto stopped = count(c);
    REQUIRE_FALSE(stopped.has_value());
    CHECK(stopped.error().kind == &refusals::lot_needed);
    CHECK(stopped.error().args == texts{"c, d"});
    c.seed = "seven";
    const auto made = counted(c);
    REQUIRE(made.stages[1].lots.size() == 1);
    CHECK(made.stages[1].lots[0].among == texts{"c", "d"});
    // printf 'veche lot 1\nseven\n1\nc\n' | sha256sum gives 0e8e..., with d for c 9fa0...
    CHECK(made.stages[1].lots[0].drawn == "c");
    CHECK(made.stages[1].of == "c");
    CHECK(made.stages[1].reasons.front() == reason{"tie_by_lot", {"1"}});
    CHECK(counted(c) == made);
}

TEST_CASE("another seed may draw another") {
    contest c = of_four(
        1, {ranked(5, {"a"}), ranked(4, {"b"}), ranked(2, {"c", "b"}), ranked(2, {"d", "a"})});
    std::size_t fell_on_c = 0;
    for (int n = 0; n < 100; ++n) {
        c.seed = std::to_string(n);
        if (counted(c).stages[1].of == "c") ++fell_on_c;
    }
    CHECK(fell_on_c > 30);
    CHECK(fell_on_c < 70);
}

TEST_CASE("no more candidates than posts: all are elected at once") {
    const auto made = counted(of_four(5, {ranked(3, {"a"}), ranked(1, {"b"})}));
    CHECK(made.stages.size() == 1);
    CHECK(made.elected == texts{"a", "b", "c", "d"});
    CHECK(made.outcome == result_kind::partly_filled);
}

TEST_CASE("without papers nobody is elected") {
    const auto made = counted(of_four(2, {ranked(3, {})}));
    CHECK(made.blank == 3);
    CHECK(made.elected.empty());
    CHECK(made.outcome == result_kind::nobody);
    CHECK(codes_of(made.stages[0]) == texts{"no_papers"});
}

TEST_CASE("what is no contest and what no paper is refused, each at its place") {
    const auto why = [](const contest& c) {
        const auto made = count(c);
        REQUIRE_FALSE(made.has_value());
        return std::pair{made.error().kind, made.error().field};
    };
    using found = std::pair<const refusal_kind*, std::string>;
    CHECK(why(of_four(0, {})) == found{&refusals::posts_out_of_range, "posts"});
    contest nobody = of_four(1, {});
    nobody.candidates.clear();
    CHECK(why(nobody) == found{&refusals::candidates_missing, "candidates"});
    contest twice = of_four(1, {});
    twice.candidates.push_back("a");
    CHECK(why(twice) == found{&refusals::candidate_repeated, "candidates"});
    contest two = of_four(2, {});
    two.how = method::plurality;
    CHECK(why(two) == found{&refusals::one_post_only, "posts"});
    CHECK(why(of_four(1, {ranked(1, {"a"}), ranked(1, {"e"})})) ==
          found{&refusals::candidate_unknown, "papers.1.marks"});
    CHECK(why(of_four(1, {ranked(1, {"a", "a"})})) ==
          found{&refusals::mark_repeated, "papers.0.marks"});
    CHECK(why(of_four(1, {paper{1, {"a"}, {"b"}}})) ==
          found{&refusals::against_not_asked, "papers.0.against"});
    CHECK(why(of_four(1, {ranked(0, {"a"})})) == found{&refusals::too_many_papers, "papers.0"});
    CHECK(why(of_four(1, {ranked(most_papers, {"a"}), ranked(1, {"a"})})) ==
          found{&refusals::too_many_papers, "papers.1"});
    contest one = of_four(1, {ranked(1, {"a", "b"})});
    one.how = method::plurality;
    CHECK(why(one) == found{&refusals::one_mark_only, "papers.0.marks"});
}
