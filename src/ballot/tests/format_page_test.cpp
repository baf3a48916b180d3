// The worked values of docs/format/ballot.md are those of the election in the repository.

#include <fstream>
#include <sstream>

#include "ballot/tests/play.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::ballot;
using namespace veche::ballot::testing;

TEST_CASE("the page on the record of a secret ballot shows the values that the code makes") {
    std::ifstream in(veche::source_dir() + "/docs/format/ballot.md");
    std::stringstream text;
    text << in.rdbuf();
    const std::string page = text.str();
    const play p = whole_election();
    const hall h({.weights = {1, 1, 1, 3, 3, 3}, .weight_floor = 3});
    for (const digest& value :
         {hash_of(h.d), hash_of(h.r), h.t.election, tracker_of(h.vote(0, {0})),
          empty_board(h.t.election), p.r.board()->head()})
        CHECK_MESSAGE(page.find(to_hex(value.bytes)) != std::string::npos, to_hex(value.bytes));
    CHECK(page.find(to_json(h.e)) != std::string::npos);
    CHECK(page.find(to_json(*p.r.outcome())) != std::string::npos);
    CHECK(page.find(to_hex(transcript("t").add(std::uint64_t{1}).bytes()).substr(0, 10)) !=
          std::string::npos);
}
