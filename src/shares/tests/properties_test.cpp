// What holds for every apportionment, tried on random ones, and every outcome against a slow oracle
// that gives seat by seat.

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include <rapidcheck.h>

#include "shares/divisor.hpp"
#include "shares/tests/shared.hpp"

using namespace veche;
using namespace veche::shares;
using namespace veche::shares::testing;

namespace {

/// Compares quotients for the seat after s and after t, in small numbers.
int oracle_order(const contest& in, std::int64_t v, std::int64_t s, std::int64_t w,
                 std::int64_t t) {
    const auto divisor = [&](std::int64_t had) -> std::pair<std::int64_t, std::int64_t> {
        switch (in.how) {
            case method::dhondt:
                return {had + 1, 1};
            case method::sainte_lague:
                return {2 * had + 1, 1};
            case method::modified_sainte_lague:
                return {had == 0 ? 14 : 20 * had + 10, 10};
            case method::adams:
                return {had, 1};
            case method::danish:
                return {3 * had + 1, 1};
            case method::imperiali:
                return {had + 2, 1};
            case method::dean:
                return {2 * had * (had + 1), 2 * had + 1};
            case method::huntington_hill:
                return {had * (had + 1), 1};
            default:
                return {had == 0 ? in.divisors->first
                                 : in.divisors->second + (had - 1) * in.divisors->step,
                        1};
        }
    };
    const auto [ds, es] = divisor(s);
    const auto [dt, et] = divisor(t);
    std::int64_t left = v * es;
    std::int64_t right = w * et;
    if (in.how == method::huntington_hill) {
        left *= v;
        right *= w;
    }
    if (ds == 0 || dt == 0) {
        if (ds == dt) return v < w ? -1 : static_cast<int>(v > w);
        return ds == 0 ? 1 : -1;
    }
    return left * dt < right * ds ? -1 : static_cast<int>(left * dt > right * ds);
}

/// Every way in which seat after seat can go to one with the greatest quotient.
std::set<row> oracle(const contest& in, bool stay_in_quota = false) {
    std::int64_t all = 0;
    row start;
    std::int64_t given = 0;
    for (const party& p : in.parties) {
        all += p.votes;
        start.push_back(p.least.value_or(0));
        given += start.back();
    }
    std::set<row> states = {start};
    for (; given < in.seats; ++given) {
        std::set<row> next;
        for (const row& state : states) {
            std::vector<std::size_t> best;
            for (std::size_t i = 0; i < state.size(); ++i) {
                const party& p = in.parties[i];
                if (p.votes == 0 || state[i] >= p.most.value_or(in.seats)) continue;
                if (stay_in_quota && state[i] * all >= p.votes * (given + 1)) continue;
                const int order = best.empty()
                                      ? 1
                                      : oracle_order(in, p.votes, state[i],
                                                     in.parties[best[0]].votes, state[best[0]]);
                if (order > 0) best.clear();
                if (order >= 0) best.push_back(i);
            }
            for (const std::size_t i : best) {
                row after = state;
                ++after[i];
                next.insert(after);
            }
        }
        states = std::move(next);
    }
    return states;
}

/// Every set of largest remainders, by trying all sets of parties.
std::set<row> oracle_of_remainders(const contest& in, std::int64_t num, std::int64_t den) {
    row whole;
    row rest;
    std::int64_t open = in.seats;
    for (const party& p : in.parties) {
        whole.push_back(p.votes * num / den);
        rest.push_back(p.votes * num % den);
        open -= whole.back();
    }
    std::set<row> out;
    for (std::size_t set = 0; set < std::size_t{1} << whole.size(); ++set) {
        row seats = whole;
        std::int64_t worst_in = den;
        std::int64_t best_out = 0;
        std::int64_t size = 0;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            const bool in_set = (set >> i & 1) != 0;
            seats[i] += in_set ? 1 : 0;
            size += in_set ? 1 : 0;
            if (in_set)
                worst_in = std::min(worst_in, rest[i]);
            else
                best_out = std::max(best_out, rest[i]);
        }
        if (size == open && worst_in > 0 && worst_in >= best_out) out.insert(seats);
    }
    return out;
}

std::int64_t votes_in(const contest& in) {
    std::int64_t all = 0;
    for (const party& p : in.parties) all += p.votes;
    return all;
}

/// A small contest with many ties; somebody has a vote.
contest some_contest(method how) {
    row votes = *rc::gen::resize(
        6, rc::gen::nonEmpty(rc::gen::container<row>(rc::gen::inRange<std::int64_t>(0, 25))));
    votes.push_back(*rc::gen::inRange<std::int64_t>(1, 25));
    contest in = contest_of(how, *rc::gen::inRange<std::int64_t>(0, 25), votes);
    if (how == method::divisors) {
        const auto first = *rc::gen::inRange<std::int64_t>(0, 5);
        in.divisors = divisor_row{first, first + *rc::gen::inRange<std::int64_t>(1, 5),
                                  *rc::gen::inRange<std::int64_t>(1, 5)};
    }
    return in;
}

void bound(contest& in) {
    std::int64_t least = 0;
    for (party& p : in.parties) {
        if (*rc::gen::arbitrary<bool>()) {
            p.least = *rc::gen::inRange<std::int64_t>(0, 4);
            least += *p.least;
        }
        if (*rc::gen::arbitrary<bool>())
            p.most = p.least.value_or(0) + *rc::gen::inRange<std::int64_t>(0, 8);
    }
    in.seats = std::max(in.seats, least);
    std::int64_t room = 0;
    for (const party& p : in.parties)
        room += p.votes == 0 ? p.least.value_or(0) : p.most.value_or(in.seats);
    if (room < in.seats) in.seats = room;
}

void agrees(const contest& in, const std::set<row>& outcomes) {
    const auto made = apportion(in);
    RC_ASSERT(made.has_value());
    RC_ASSERT(fault_in(in, *made) == "");
    RC_ASSERT(made->outcomes == static_cast<std::int64_t>(outcomes.size()));
    if (outcomes.size() > 1 && outcomes.size() <= 64)
        RC_ASSERT(std::set<row>(made->tied_outcomes.begin(), made->tied_outcomes.end()) ==
                  outcomes);
    RC_ASSERT(made->decided == (outcomes.size() == 1));
    if (made->decided) RC_ASSERT(made->given == *outcomes.begin());
    contest settled = in;
    settled.ties = {tie_policy::lottery, std::string(64, 'b'), "c", std::nullopt};
    const auto by_lot = apportion(settled);
    RC_ASSERT(by_lot.has_value());
    RC_ASSERT(fault_in(settled, *by_lot) == "");
    RC_ASSERT(outcomes.contains(by_lot->given));
}

method some_divisor_method() {
    return static_cast<method>(*rc::gen::inRange(0, static_cast<int>(method::divisors) + 1));
}

}  // namespace

TEST_CASE("divisor methods give what seat after seat gives, and lots where outcomes are several") {
    CHECK(rc::check("engine and oracle agree", [] {
        const contest in = some_contest(some_divisor_method());
        agrees(in, oracle(in));
    }));
    CHECK(rc::check("within bounds too", [] {
        contest in = some_contest(some_divisor_method());
        bound(in);
        RC_PRE(votes_in(in) > 0);
        agrees(in, oracle(in));
    }));
}

TEST_CASE("the quota method gives what its definition gives, with every tie on the way") {
    CHECK(rc::check("engine and oracle agree", [] {
        const contest in = some_contest(method::quota_method);
        contest as_dhondt = in;
        as_dhondt.how = method::dhondt;
        agrees(in, oracle(as_dhondt, true));
    }));
}

TEST_CASE("largest remainders are the largest, by each quota") {
    CHECK(rc::check("engine and oracle agree", [] {
        const contest in = some_contest(method::hamilton);
        agrees(in, oracle_of_remainders(in, in.seats, votes_in(in)));
    }));
    CHECK(rc::check("with the quota of Droop", [] {
        const contest in = some_contest(method::droop);
        const auto outcomes = oracle_of_remainders(in, 1, votes_in(in) / (in.seats + 1) + 1);
        if (outcomes.empty())
            RC_ASSERT(apportion(in).error().code() == "shares.quota_unusable");
        else
            agrees(in, outcomes);
    }));
    CHECK(rc::check("with the quota of Hagenbach-Bischoff, one whole quota too many apart", [] {
        const contest in = some_contest(method::hagenbach_bischoff);
        const auto outcomes = oracle_of_remainders(in, in.seats + 1, votes_in(in));
        if (!outcomes.empty()) agrees(in, outcomes);
    }));
    CHECK(rc::check("within bounds the certificate proves it", [] {
        contest in = some_contest(method::hamilton);
        bound(in);
        RC_PRE(votes_in(in) > 0);
        const auto made = apportion(in);
        RC_ASSERT(made.has_value());
        RC_ASSERT(fault_in(in, *made) == "");
    }));
}

TEST_CASE("a certificate with a seat in the wrong place is found out") {
    CHECK(rc::check("no seat can be moved", [] {
        const auto how =
            static_cast<method>(*rc::gen::inRange(0, static_cast<int>(method::dutch) + 1));
        contest in = some_contest(how);
        in.ties.policy = tie_policy::order;
        auto made = apportion(in);
        RC_PRE(made.has_value() && in.parties.size() > 1);
        RC_ASSERT(fault_in(in, *made) == "");
        RC_PRE(in.seats > 0);
        const std::size_t size = in.parties.size();
        std::size_t from = *rc::gen::inRange<std::size_t>(0, size);
        while (made->given[from] == 0) from = (from + 1) % size;
        const std::size_t to = (from + *rc::gen::inRange<std::size_t>(1, size)) % size;
        --made->given[from];
        ++made->given[to];
        RC_ASSERT(fault_in(in, *made) != "");
    }));
}

TEST_CASE("a greater house takes no seat from anybody") {
    CHECK(rc::check("house monotonicity, party by party", [] {
        const bool by_quota = *rc::gen::inRange(0, 8) == 0;
        contest in = some_contest(by_quota ? method::quota_method : some_divisor_method());
        in.ties.policy = tie_policy::order;
        const row before = apportion(in)->given;
        ++in.seats;
        const row after = apportion(in)->given;
        // By the order of the list a tie of the smaller house falls as in the greater one.
        for (std::size_t i = 0; i < before.size(); ++i) RC_ASSERT(before[i] <= after[i]);
    }));
}

TEST_CASE("who gains votes loses no seat to one who does not") {
    CHECK(rc::check("population monotonicity", [] {
        contest in = some_contest(some_divisor_method());
        in.ties.policy = tie_policy::order;
        const row before = apportion(in)->given;
        const auto up = *rc::gen::inRange<std::size_t>(0, before.size());
        in.parties[up].votes += *rc::gen::inRange<std::int64_t>(1, 30);
        const row after = apportion(in)->given;
        RC_ASSERT(after[up] >= before[up]);
        for (std::size_t i = 0; i < before.size(); ++i)
            if (i != up) RC_ASSERT(after[i] <= before[i]);
    }));
}

TEST_CASE("quotas bound what a party gets, by the methods for which that is so") {
    CHECK(rc::check("lower and upper quota", [] {
        contest in = some_contest(method::hamilton);
        in.ties.policy = tie_policy::order;
        const std::int64_t all = votes_in(in);
        for (const method how :
             {method::hamilton, method::quota_method, method::dhondt, method::adams}) {
            in.how = how;
            const row given = apportion(in)->given;
            const bool few = how == method::adams && in.seats < 26;
            for (std::size_t i = 0; i < given.size(); ++i) {
                const std::int64_t share = in.parties[i].votes * in.seats;
                if (how != method::adams) RC_ASSERT(given[i] >= share / all);
                if (how != method::dhondt && !few) RC_ASSERT(given[i] <= (share + all - 1) / all);
            }
        }
    }));
}

TEST_CASE("names and order of rows, and the unit of votes, make no difference") {
    CHECK(rc::check("neutrality and homogeneity", [] {
        const auto how =
            static_cast<method>(*rc::gen::inRange(0, static_cast<int>(method::dutch) + 1));
        contest in = some_contest(how);
        in.ties = {tie_policy::lottery, std::string(64, '7'), "call", "*"};
        const auto made = apportion(in);
        RC_PRE(made.has_value());
        contest turned = in;
        std::reverse(turned.parties.begin(), turned.parties.end());
        row back = apportion(turned)->given;
        std::reverse(back.begin(), back.end());
        RC_ASSERT(back == made->given);
        if (how == method::droop) return;  // its quota is a whole number of votes
        contest scaled = in;
        for (party& p : scaled.parties) p.votes *= 1'000'003;
        RC_ASSERT(apportion(scaled)->given == made->given);
    }));
}

namespace {

/// By a sorted list of all quotients, in numbers of 128 bits.
row by_sorting(const row& votes, std::int64_t seats, const divisor_row& by) {
    struct claim {
        std::int64_t votes;
        std::int64_t divisor;
        std::size_t party;
    };
    std::vector<claim> all;
    const std::int64_t sum = std::accumulate(votes.begin(), votes.end(), std::int64_t{0});
    for (std::size_t i = 0; i < votes.size(); ++i) {
        // Nobody gets more than twice its share and a few; both row and house are small.
        const auto most = static_cast<std::int64_t>(2 * int128{votes[i]} * seats / sum) + 12;
        for (std::int64_t s = 0; s < most; ++s)
            all.push_back({votes[i], s == 0 ? by.first : by.second + (s - 1) * by.step, i});
    }
    std::sort(all.begin(), all.end(), [](const claim& a, const claim& b) {
        return int128{a.votes} * b.divisor > int128{b.votes} * a.divisor;
    });
    row out(votes.size(), 0);
    for (std::int64_t n = 0; n < seats; ++n) ++out[all[static_cast<std::size_t>(n)].party];
    return out;
}

}  // namespace

TEST_CASE("votes that doubles cannot tell apart are told apart") {
    CHECK(rc::check("whole numbers decide", [] {
        const auto base = std::int64_t{1} << *rc::gen::inRange(20, 44);
        row votes;
        std::set<std::int64_t> unlike;
        for (int i = 0; i < 200; ++i)
            unlike.insert(base + *rc::gen::resize(100, rc::gen::inRange<std::int64_t>(0, 5000)));
        votes.assign(unlike.begin(), unlike.end());
        const auto seats = *rc::gen::resize(
            100, rc::gen::inRange<std::int64_t>(1, static_cast<std::int64_t>(votes.size()) * 3));
        for (const divisor_row& by :
             {divisor_row{1, 2, 1}, divisor_row{1, 3, 2}, divisor_row{14, 30, 20}}) {
            const divided made = divide({votes, {}, {}}, seats, {divisor_series::kind::row, by});
            if (made.tied.empty()) RC_ASSERT(made.seats == by_sorting(votes, seats, by));
        }
    }));
}

TEST_CASE("many parties and seats come out by every method as their certificates say") {
    std::uint64_t state = 1;
    const auto random = [&state] {
        state ^= state << 13;
        state ^= state >> 7;
        return state ^= state << 17;
    };
    for (const std::int64_t seats : {0, 7, 1000, 123'456, 1'000'000'000}) {
        contest in = contest_of(method::dhondt, seats, {});
        for (int i = 0; i < 3000; ++i) {
            std::string name = "p";
            name += std::to_string(i);
            const auto votes = static_cast<std::int64_t>(random() >> (24 + random() % 30));
            in.parties.push_back({name, votes, std::nullopt, std::nullopt});
        }
        in.divisors = divisor_row{3, 10, 2};
        in.ties.policy = tie_policy::order;
        for (int how = 0; how <= static_cast<int>(method::hagenbach_bischoff); ++how) {
            in.how = static_cast<method>(how);
            CAPTURE(how);
            made_of(in);
        }
        if (seats < 1000) continue;
        for (party& p : in.parties) {
            if (random() % 3 == 0) p.least = static_cast<std::int64_t>(random() % 2);
            if (random() % 3 == 0)
                p.most = p.least.value_or(0) + static_cast<std::int64_t>(random() % 1000);
        }
        in.seats = std::max(in.seats, std::int64_t{3000});
        for (int how = 0; how <= static_cast<int>(method::hamilton); ++how) {
            in.how = static_cast<method>(how);
            CAPTURE(how);
            made_of(in);
        }
    }
}
