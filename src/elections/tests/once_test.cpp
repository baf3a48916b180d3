// Approval, plurality with a second round, yes and no.

#include "elections/refusal.hpp"
#include "elections/tests/shared.hpp"

using namespace veche;
using namespace veche::elections;
using namespace veche::elections::testing;

namespace {

contest of_three(method how, std::int32_t posts, std::vector<paper> papers) {
    contest c;
    c.how = how;
    c.posts = posts;
    c.candidates = {"a", "b", "c"};
    c.papers = std::move(papers);
    return c;
}

}  // namespace

TEST_CASE("approval elects the most approved, as many as there are posts") {
    const auto made = counted(of_three(
        method::approval, 2, {ranked(4, {"a", "b"}), ranked(3, {"b", "c"}), ranked(2, {"c"})}));
    CHECK(made.elected == texts{"b", "c"});
    CHECK(made.stages.size() == 1);
    CHECK(votes_of(made.stages[0]) == texts{"4.00000", "7.00000", "5.00000"});
    CHECK(made.stages[0].rows[0].stands == standing::excluded);
}

TEST_CASE("a majority of all who may vote is more than half of them, not of the papers") {
    contest c = of_three(method::approval, 1, {ranked(5, {"a"}), ranked(2, {"b"})});
    c.needs = needed::majority_of_papers;
    CHECK(counted(c).elected == texts{"a"});
    c.needs = needed::majority_of_electors;
    c.electors = 10;
    CHECK(counted(c).outcome == result_kind::nobody);
    c.electors = 9;
    CHECK(counted(c).elected == texts{"a"});
}

TEST_CASE("a tie for the last post goes to lot; a tie of those who all find a post does not") {
    contest c = of_three(method::approval, 2, {ranked(3, {"a", "b"}), ranked(1, {"c"})});
    CHECK(counted(c).elected == texts{"a", "b"});
    c.posts = 1;
    CHECK(count(c).error().kind == &refusals::lot_needed);
    c.seed = "s";
    const auto made = counted(c);
    CHECK(made.elected.size() == 1);
    CHECK(made.stages[0].lots[0].among == texts{"a", "b"});
    CHECK(made.elected[0] == made.stages[0].lots[0].drawn);
}

TEST_CASE("without an absolute majority the first two meet again, and then the most votes win") {
    contest c = of_three(method::plurality, 1,
                         {ranked(4, {"a"}), ranked(3, {"b"}), ranked(2, {"c"}), ranked(1, {})});
    c.needs = needed::majority_of_papers;
    const auto first = counted(c);
    CHECK(first.outcome == result_kind::runoff);
    CHECK(first.runoff == texts{"a", "b"});
    CHECK(first.blank == 1);
    CHECK(first.stages[0].reasons.front() == reason{"majority", {"5.00000"}});
    c.candidates = first.runoff;
    c.needs = needed::most;
    c.papers = {ranked(4, {"a"}), ranked(5, {"b"})};
    CHECK(counted(c).elected == texts{"b"});
}

TEST_CASE("half of the papers is no majority") {
    contest c =
        of_three(method::plurality, 1, {ranked(5, {"a"}), ranked(3, {"b"}), ranked(2, {"c"})});
    c.needs = needed::majority_of_papers;
    CHECK(counted(c).outcome == result_kind::runoff);
    c.papers.front().count = 6;
    CHECK(counted(c).elected == texts{"a"});
}

TEST_CASE("a tie for the second place of the second round goes to lot") {
    contest c =
        of_three(method::plurality, 1, {ranked(4, {"a"}), ranked(3, {"b"}), ranked(3, {"c"})});
    c.needs = needed::majority_of_papers;
    c.seed = "seed";
    const auto made = counted(c);
    CHECK(made.runoff.front() == "a");
    CHECK(made.runoff.back() == made.stages[0].lots[0].drawn);
}

TEST_CASE("two who miss the majority do not meet again: nobody is elected") {
    contest c = of_three(method::plurality, 1, {ranked(4, {"a"}), ranked(3, {"b"})});
    c.candidates.pop_back();
    c.needs = needed::majority_of_electors;
    c.electors = 20;
    CHECK(counted(c).outcome == result_kind::nobody);
}

TEST_CASE("yes and no: more yes than no, the most yes first, then the fewest no") {
    contest c = of_three(method::yes_no, 2,
                         {paper{3, {"a", "b"}, {"c"}}, paper{2, {"c"}, {"a"}}, paper{1, {}, {"a"}},
                          paper{1, {"b"}, {}}});
    const auto made = counted(c);
    CHECK(made.papers == 7);
    // a has 3 yes and 3 no: not more.
    CHECK(made.elected == texts{"b"});
    CHECK(made.outcome == result_kind::partly_filled);
    CHECK(made.stages[0].rows[0].against == 3 * unit);
    CHECK(codes_of(made.stages[0]) == texts{"more_yes", "not_enough", "not_enough"});
    c.papers = {paper{3, {"a", "b", "c"}, {}}, paper{1, {}, {"b"}}};
    CHECK(count(c).has_value());
    CHECK(counted(c).elected == texts{"a", "c"});
}
