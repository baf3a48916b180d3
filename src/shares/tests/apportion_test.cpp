#include "shares/explanation.hpp"
#include "shares/refusal.hpp"
#include "shares/share_file.hpp"
#include "shares/tests/shared.hpp"

using namespace veche;
using namespace veche::shares;
using namespace veche::shares::testing;

namespace {

std::string code_of(const contest& in) {
    const auto made = apportion(in);
    return made ? "" : std::string(made.error().code());
}

}  // namespace

// Balinski and Young 1975, as in the shared vectors A01 and A02.
TEST_CASE("seven methods give seven houses of the same votes") {
    const row votes = {9061, 7179, 5259, 3319, 1182};
    CHECK(seats_of(method::quota_method, 26, votes) == row{10, 7, 5, 3, 1});
    CHECK(seats_of(method::hamilton, 26, votes) == row{9, 7, 5, 4, 1});
    CHECK(seats_of(method::dhondt, 26, votes) == row{10, 7, 5, 3, 1});
    CHECK(seats_of(method::sainte_lague, 26, votes) == row{9, 8, 5, 3, 1});
    CHECK(seats_of(method::huntington_hill, 26, votes) == row{9, 7, 6, 3, 1});
    CHECK(seats_of(method::adams, 26, votes) == row{9, 7, 5, 3, 2});
    CHECK(seats_of(method::dean, 26, votes) == row{9, 7, 5, 4, 1});
}

TEST_CASE("largest remainders can take a seat from a party when the house grows") {
    CHECK(seats_of(method::hamilton, 10, {6, 6, 2}) == row{4, 4, 2});
    CHECK(seats_of(method::hamilton, 11, {6, 6, 2}) == row{5, 5, 1});
}

TEST_CASE("smaller quotas give more whole seats") {
    const row votes = {60, 25, 15};
    CHECK(seats_of(method::hamilton, 4, votes) == row{2, 1, 1});
    CHECK(seats_of(method::droop, 4, votes) == row{3, 1, 0});
    CHECK(seats_of(method::hagenbach_bischoff, 4, votes) == row{3, 1, 0});
}

TEST_CASE("one whole quota too many stands open to all who have one") {
    const certificate made = made_of(contest_of(method::hagenbach_bischoff, 3, {10, 10, 20}));
    CHECK(made.outcomes == 3);
    CHECK_FALSE(made.decided);
    CHECK(made.given == row{0, 0, 1});
    CHECK(made.tied_outcomes == std::vector<row>{{0, 1, 2}, {1, 0, 2}, {1, 1, 1}});
}

TEST_CASE("a tie is named, counted, and settled only by a declared rule") {
    contest in = contest_of(method::dhondt, 3, {100, 50, 50, 10});
    certificate made = made_of(in);
    CHECK(made.given == row{1, 0, 0, 0});
    CHECK_FALSE(made.decided);
    REQUIRE(made.ties.size() == 1);
    CHECK(made.ties[0].places == 2);
    CHECK(made.ties[0].among == std::vector<std::string>{"p1", "p2", "p3"});
    CHECK(made.outcomes == 3);
    in.ties.policy = tie_policy::order;
    made = made_of(in);
    CHECK(made.decided);
    CHECK(made.given == row{2, 1, 0, 0});
    in.ties = {tie_policy::lottery, std::string(64, 'a'), "call-1", std::nullopt};
    made = made_of(in);
    CHECK(made.decided);
    // Everybody's number decides, and no list: without the fourth, the same come first.
    contest fewer = in;
    fewer.parties.pop_back();
    CHECK(made_of(fewer).ties[0].given == made.ties[0].given);
}

TEST_CASE("where the last seats are equal but all are given, nothing is drawn") {
    const certificate made = made_of(contest_of(method::dhondt, 4, {100, 50, 50}));
    CHECK(made.ties.empty());
    CHECK(made.outcomes == 1);
    CHECK(made.given == row{2, 1, 1});
}

TEST_CASE("minima and maxima hold, and everybody else is in proportion") {
    contest in = contest_of(method::dhondt, 20, {1000, 500, 10, 1});
    in.parties[2].least = 2;
    in.parties[3].least = 1;
    in.parties[0].most = 9;
    CHECK(made_of(in).given == row{9, 8, 2, 1});
    in.how = method::hamilton;
    CHECK(made_of(in).given == row{9, 8, 2, 1});
    in.how = method::huntington_hill;
    CHECK(made_of(in).given == row{9, 8, 2, 1});
    for (party& p : in.parties) p.votes = 0;
    in.parties[2].least = 19;
    CHECK(made_of(in).given == row{0, 0, 19, 1});
}

TEST_CASE("bounds that hide the multiplier do not make the house hard to fill") {
    for (const method how : seat_methods) {
        contest in = contest_of(how, most_seats, {2'800'000'000, 20, 2'680'000'000});
        in.parties[0].most = 9;
        in.parties[2].most = 0;
        CHECK(made_of(in).given == row{9, most_seats - 9, 0});
        in.parties[1].most = most_seats - 4;
        in.parties[2].most = 1;
        CHECK(made_of(in).outcomes == 1);
        in = contest_of(how, most_seats, {1, most_votes - 1});
        in.parties[0].least = most_seats - 3;
        CHECK(made_of(in).given == row{most_seats - 3, 3});
    }
}

TEST_CASE("a quota far above a maximum is cut to it") {
    contest in = contest_of(method::hamilton, 847'523'438'868, {4, 27, 200, 201'232'673'582'858});
    in.parties[3].most = 1;
    CHECK(made_of(in).given.back() == 1);
}

TEST_CASE("a tie inside the quota method is not a tie at its end") {
    contest in = contest_of(method::quota_method, 8, {720, 720, 120, 120});
    const certificate made = made_of(in);
    CHECK(made.outcomes == 4);
    CHECK(made.given == row{3, 3, 0, 0});
    CHECK(made.tied_outcomes.size() == 4);
    in.ties.policy = tie_policy::order;
    CHECK(made_of(in).given == row{4, 3, 1, 0});
    // Many equal parties: the outcomes are counted and not walked through.
    in = contest_of(method::quota_method, 30, row(60, 7));
    CHECK(made_of(in).outcomes == most_votes);
    CHECK(made_of(contest_of(method::quota_method, 60, row(60, 7))).outcomes == 1);
}

TEST_CASE("a list with most votes gets most seats by the Dutch law, at the cost of the weakest") {
    const certificate made = made_of(contest_of(method::dutch, 15, {2571, 977, 567, 536, 453}));
    CHECK(made.given == row{8, 3, 2, 1, 1});
    CHECK(made.awards[made.awards.size() - 2].kind == award_kind::taken_for_majority);
    CHECK(made.awards.back() == award{award_kind::majority, "p1", 1});
}

TEST_CASE("what a Dutch list has no candidates for goes to the others") {
    contest in = contest_of(method::dutch, 19, {808, 57, 56, 55, 54, 53, 52, 51, 14});
    CHECK(made_of(in).given == row{15, 1, 1, 1, 1, 0, 0, 0, 0});
    in.parties[0].most = 13;
    CHECK(made_of(in).given == row{13, 1, 1, 1, 1, 1, 1, 0, 0});
    in.seats = 15;
    in.parties[0].most = 5;
    CHECK(made_of(in).decided);
}

TEST_CASE("groups share out what they were given, and bounds reach upwards") {
    const auto read = read_parties(
        "name,votes,min,max,group\n"
        "Red,600,,,North\nBlue,300,,,North\nRed,80,,,South/Isles\nBlue,40,2,,South/Isles\n"
        "Red,500,,,South/Shore\nNorth,,,9,\n");
    REQUIRE(read.has_value());
    grouped_contest in = *read;
    in.how = method::sainte_lague;
    in.seats = 15;
    const auto levels = apportion_groups(in);
    REQUIRE(levels.has_value());
    CHECK(fault_in(in, *levels) == "");
    REQUIRE(levels->size() == 5);
    CHECK((*levels)[0].answer.given == row{9, 6});
    CHECK((*levels)[1].group == "North");
    CHECK((*levels)[1].answer.given == row{6, 3});
    CHECK((*levels)[2].group == "South");
    CHECK((*levels)[2].asked.parties[0].least == 2);
    CHECK((*levels)[2].answer.given == row{2, 4});
    CHECK((*levels)[3].answer.given == row{0, 2});
    auto forged = *levels;
    forged[2].answer.given = row{1, 5};
    CHECK(fault_in(in, forged) != "");
    forged = *levels;
    forged.pop_back();
    CHECK(fault_in(in, forged) != "");
    CHECK(*from_json<std::vector<level_result>>(std::string_view(to_json(*levels)))
               ->front()
               .answer.lowest_won == *levels->front().answer.lowest_won);
}

TEST_CASE("a party that is called like a group is refused: its name would not say which is meant") {
    auto in = *read_parties("name,votes,min,max,group\nRed,600,,,Red/North\nBlue,80,,,South\n");
    in.how = method::sainte_lague;
    in.seats = 100;
    const auto levels = apportion_groups(in);
    REQUIRE(!levels.has_value());
    CHECK(levels.error().code() == "shares.name_repeated");
}

TEST_CASE("a wrong contest is refused by its first fault") {
    contest in = contest_of(method::dhondt, 5, {3, 2});
    in.parties[1].name = "p1";
    in.seats = -1;
    CHECK(code_of(in) == "shares.number_out_of_range");
    in.seats = 5;
    CHECK(code_of(in) == "shares.name_repeated");
    in.parties[1].name = "";
    CHECK(code_of(in) == "shares.name_missing");
    in.parties[1].name = "p2";
    in.parties[1].votes = most_votes;
    CHECK(code_of(in) == "shares.number_out_of_range");
    in.parties[1].votes = 2;
    in.parties[1].least = 3;
    in.parties[1].most = 2;
    CHECK(code_of(in) == "shares.bounds_contradict");
    in.parties[1].most = 4;
    in.parties[0].least = 4;
    CHECK(code_of(in) == "shares.minima_exceed_seats");
    in.parties[0].least = 0;
    in.parties[0].most = 0;
    CHECK(code_of(in) == "shares.maxima_below_seats");
    in.how = method::droop;
    CHECK(code_of(in) == "shares.bounds_not_with_method");
    CHECK(code_of(contest_of(method::dhondt, 1, {})) == "shares.nobody_shares");
    CHECK(code_of(contest_of(method::dhondt, 1, {0, 0})) == "shares.no_votes");
    CHECK(code_of(contest_of(method::droop, 9, {1, 1})) == "shares.quota_unusable");
    CHECK(code_of(contest_of(method::quota_method, most_seats, {1, 1})) == "shares.too_long");
    in = contest_of(method::divisors, 2, {1, 1});
    in.divisors = divisor_row{3, 3, 1};
    CHECK(code_of(in) == "shares.divisors_malformed");
    in = contest_of(method::dhondt, 1, {2, 1});
    in.ties = {tie_policy::lottery, "abc", std::nullopt, std::nullopt};
    CHECK(code_of(in) == "shares.seed_malformed");
}

TEST_CASE("a party is told what it has, what the line was, and what would have changed it") {
    const contest in = contest_of(method::dhondt, 8, {100'000, 80'000, 30'000, 20'000});
    const certificate made = made_of(in);
    const explanation e = explain(in, made, 3);
    CHECK(e.fair_share == "16/23");
    CHECK(e.seats == 0);
    CHECK(e.next_quotient == "20000");
    CHECK(e.line == "25000");
    // With 25,000 it would stand equal with the last seat given, and one more decides.
    CHECK(e.more_votes == 5'001);
    CHECK_FALSE(e.fewer_votes);
    CHECK(explain(in, made, 2).fewer_votes.has_value());
    CHECK(sentence_of(e).find("With 5001 more votes it would have one seat more.") !=
          std::string::npos);
    for (const method how : seat_methods) {
        contest other = in;
        other.how = how;
        const certificate before = made_of(other);
        for (std::size_t i = 0; i < 4; ++i) {
            const explanation told = explain(other, before, i);
            contest then = other;
            if (told.more_votes) {
                then.parties[i].votes += *told.more_votes;
                CHECK(made_of(then).given[i] > before.given[i]);
                --then.parties[i].votes;
                CHECK(made_of(then).given[i] == before.given[i]);
            }
            if (told.fewer_votes) {
                then.parties[i].votes = other.parties[i].votes - *told.fewer_votes;
                CHECK(made_of(then).given[i] < before.given[i]);
            }
        }
    }
}

TEST_CASE("who lost a lottery is told both numbers and no name") {
    contest in = contest_of(method::dhondt, 1, {5, 5, 5});
    in.ties = {tie_policy::lottery, std::string(64, 'c'), "call-1", std::nullopt};
    const certificate made = made_of(in);
    for (std::size_t i = 0; i < 3; ++i) {
        const explanation e = explain(in, made, i);
        REQUIRE(e.tied.has_value());
        CHECK(e.tied->equal == 3);
        CHECK(e.tied->won == (*e.tied->your_key <= *e.tied->last_key));
        const std::string told = to_json(e);
        for (std::size_t other = 0; other < 3; ++other)
            if (other != i)
                CHECK(told.find("\"" + in.parties[other].name + "\"") == std::string::npos);
    }
}

TEST_CASE("methods are known by the names that people use") {
    CHECK(read_method("Sainte-Laguë")->first == method::sainte_lague);
    CHECK(read_method("Webster")->first == method::sainte_lague);
    CHECK(read_method("D'Hondt")->first == method::dhondt);
    CHECK(read_method("huntington-hill")->first == method::huntington_hill);
    CHECK(*read_method("divisors:2,5,3")->second == divisor_row{2, 5, 3});
    CHECK(read_method("divisors:2,5").error().code() == "shares.divisors_malformed");
    CHECK(read_method("divisors:2,5,3,4").error().code() == "shares.divisors_malformed");
    CHECK(read_method("fair").error().code() == "shares.method_unknown");
    for (int how = 0; how <= static_cast<int>(method::dutch); ++how) {
        const auto one = static_cast<method>(how);
        if (one != method::divisors) CHECK(read_method(name_of(one))->first == one);
    }
}

TEST_CASE("a file that cannot be read is refused with its line and what to do") {
    const auto fault = [](std::string_view csv) {
        const auto read = read_parties(csv);
        return read ? "" : read.error().sentence();
    };
    CHECK(fault("") ==
          "Line 1 of the file cannot be read: it is empty; the first row names columns.");
    CHECK(fault("name,seats\n")
              .starts_with("Line 1 of the file cannot be read: there is no column \"seats\"; there "
                           "are name, votes"));
    CHECK(fault("name\na\n").find("the column \"votes\" is missing") != std::string::npos);
    CHECK(fault("name,votes,votes\n").find("stands twice") != std::string::npos);
    CHECK(fault("name,votes\na,1\nb,1.5\n")
              .starts_with("Line 3 of the file cannot be read: \"1.5\""));
    CHECK(fault("name,votes\na,1,2\n").find("it has 3 fields") != std::string::npos);
    CHECK(fault("name,votes\n,1\n").find("it has no name") != std::string::npos);
    CHECK(fault("name,votes,group\na,,b\n").find("it has no votes") != std::string::npos);
    CHECK(fault("name,votes,group\na,1,b//c\n").find("is no group") != std::string::npos);
    CHECK(fault("name,votes\n\"a,1\n").find("does not end") != std::string::npos);
    CHECK(fault("name,votes\n") == "There is nobody among whom to share.");
    const auto spaced = read_parties("\xEF\xBB\xBFVotes;Name\r\n 12 ;\"Алый\"\r\n");
    REQUIRE(spaced.has_value());
    CHECK(spaced->parties[0].of.name == "Алый");
    CHECK(spaced->parties[0].of.votes == 12);
    CHECK(read_claims("name,claim\na,\n").error().sentence().find("it has no claim") !=
          std::string::npos);
}
