#include "shares/division.hpp"

#include <algorithm>
#include <numeric>

#include <rapidcheck.h>

#include "kernel/hash.hpp"
#include "kernel/lottery.hpp"
#include "shares/certificate_check.hpp"
#include "shares/delivery.hpp"
#include "shares/explanation.hpp"
#include "shares/remainder.hpp"
#include "shares/share_file.hpp"
#include "shares/tests/shared.hpp"

using namespace veche;
using namespace veche::shares;
using namespace veche::shares::testing;

namespace {

using texts = std::vector<std::string>;

division division_of(division_rule rule, std::int64_t amount, const row& claims) {
    division out;
    out.rule = rule;
    out.amount = amount;
    for (const std::int64_t claim : claims) {
        std::string name = "c";
        name += std::to_string(out.claimants.size() + 1);
        out.claimants.push_back({name, claim, std::nullopt});
    }
    return out;
}

division_certificate divided_of(const division& in) {
    const auto made = divide_amount(in);
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().sentence()));
    CHECK(fault_in(in, *made) == "");
    return *made;
}

/// A share in units of 1/840, exact for up to eight claimants.
std::int64_t scaled(const std::string& text) {
    const std::size_t slash = text.find('/');
    const std::int64_t den = slash == text.npos ? 1 : std::stoll(text.substr(slash + 1));
    RC_ASSERT(840 % den == 0);
    return std::stoll(text.substr(0, slash)) * (840 / den);
}

/// From the smallest claim on: the claim, or an equal part of what is left.
row awards_by_turns(std::int64_t amount, const row& claims, std::int64_t scale) {
    std::vector<std::size_t> order(claims.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return claims[a] < claims[b]; });
    row out(claims.size());
    std::int64_t left = amount * scale;
    auto waiting = static_cast<std::int64_t>(claims.size());
    for (const std::size_t i : order) {
        out[i] = std::min(claims[i] * scale, left / waiting);
        left -= out[i];
        --waiting;
    }
    return out;
}

struct some_claims {
    row claims = *rc::gen::resize(
        5, rc::gen::nonEmpty(rc::gen::container<row>(rc::gen::inRange<std::int64_t>(0, 30))));
    std::int64_t all = std::accumulate(claims.begin(), claims.end(), std::int64_t{0});
    std::int64_t amount = *rc::gen::inRange<std::int64_t>(0, all + 1);
};

division_certificate checked(const division& in) {
    const auto made = divide_amount(in);
    RC_ASSERT(made.has_value());
    RC_ASSERT(fault_in(in, *made) == "");
    division settled = in;
    settled.ties.policy = tie_policy::order;
    const auto whole = divide_amount(settled);
    RC_ASSERT(fault_in(settled, *whole) == "");
    RC_ASSERT(std::accumulate(whole->units.begin(), whole->units.end(), whole->left_over) ==
              in.amount);
    return *made;
}

}  // namespace

// Aumann and Maschler 1985.
TEST_CASE("the three estates of the Mishna are divided as it says") {
    CHECK(divided_of(division_of(division_rule::talmud, 100, {100, 200, 300})).exact ==
          texts{"100/3", "100/3", "100/3"});
    CHECK(divided_of(division_of(division_rule::talmud, 200, {100, 200, 300})).exact ==
          texts{"50", "75", "75"});
    CHECK(divided_of(division_of(division_rule::talmud, 300, {100, 200, 300})).exact ==
          texts{"50", "100", "150"});
    CHECK(divided_of(division_of(division_rule::talmud, 500, {100, 200, 300})).exact ==
          texts{"200/3", "500/3", "800/3"});
}

TEST_CASE("max-min fills small claims first, and says who stopped at which level") {
    const division in = division_of(division_rule::max_min, 100, {10, 40, 60, 90});
    const division_certificate made = divided_of(in);
    CHECK(made.exact == texts{"10", "30", "30", "30"});
    CHECK(made.levels == std::vector<freeze>{{"10", {"c1"}}, {"30", {"c2", "c3", "c4"}}});
    CHECK(explain(in, made, 0).full);
    CHECK(explain(in, made, 3).level == "30");
    division weighted = division_of(division_rule::max_min, 90, {10, 40, 60, 90});
    weighted.claimants[3].weight = 2;
    CHECK(divided_of(weighted).exact == texts{"10", "20", "20", "40"});
}

TEST_CASE("equal losses leave out whose claim is no greater than the loss") {
    const division_certificate made =
        divided_of(division_of(division_rule::equal_losses, 100, {10, 40, 60, 90}));
    CHECK(made.exact == texts{"0", "10", "30", "60"});
    CHECK(made.losses);
}

TEST_CASE("proportion by weight stops at the claim, and what nobody claims is left over") {
    division in = division_of(division_rule::proportional, 100, {10, 100, 100});
    for (claimant& c : in.claimants) c.weight = 1;
    in.claimants[2].weight = 2;
    CHECK(divided_of(in).exact == texts{"10", "30", "60"});
    in.amount = 1000;
    const division_certificate made = divided_of(in);
    CHECK(made.exact == texts{"10", "100", "100"});
    CHECK(made.left_over == 790);
    for (claimant& c : in.claimants) c.weight = 0;
    CHECK(divided_of(in).left_over == 1000);
    CHECK(divided_of(division_of(division_rule::proportional, 10, {1, 2, 3})).units ==
          row{1, 2, 3});
}

TEST_CASE("a unit for which claimants stand equal is given by the rule for ties alone") {
    division in = division_of(division_rule::max_min, 100, {50, 50, 50});
    division_certificate made = divided_of(in);
    CHECK(made.units == row{33, 33, 33});
    CHECK_FALSE(made.decided);
    CHECK(made.ties[0].places == 1);
    in.ties.policy = tie_policy::order;
    made = divided_of(in);
    CHECK(made.units == row{34, 33, 33});
    CHECK(made.decided);
}

TEST_CASE("a wrong division is refused, and a forged certificate is found out") {
    CHECK(divide_amount(division{}).error().code() == "shares.nobody_shares");
    division in = division_of(division_rule::max_min, -1, {1});
    CHECK(divide_amount(in).error().code() == "shares.number_out_of_range");
    in = division_of(division_rule::max_min, 1, {1, 2});
    in.claimants[1].name = "c1";
    CHECK(divide_amount(in).error().code() == "shares.name_repeated");
    in = division_of(division_rule::max_min, 100, {10, 40, 60, 90});
    const division_certificate right = divided_of(in);
    division_certificate forged = right;
    std::swap(forged.exact[0], forged.exact[1]);
    CHECK(fault_in(in, forged) != "");
    forged = right;
    forged.units = row{10, 31, 29, 30};
    CHECK(fault_in(in, forged) != "");
    forged = right;
    forged.levels[1].level = "31";
    CHECK(fault_in(in, forged) != "");
    forged = right;
    std::swap(forged.levels[0].frozen[0], forged.levels[1].frozen[0]);
    CHECK(fault_in(in, forged) != "");
    forged = right;
    forged.left_over = 1;
    CHECK(fault_in(in, forged) != "");
}

TEST_CASE("the rules of division are what their slow definitions give") {
    CHECK(rc::check("max-min by turns, equal losses as its mirror", [] {
        const some_claims some;
        const auto awards = checked(division_of(division_rule::max_min, some.amount, some.claims));
        const row slow = awards_by_turns(some.amount, some.claims, 840);
        for (std::size_t i = 0; i < slow.size(); ++i) RC_ASSERT(scaled(awards.exact[i]) == slow[i]);
        const auto losses =
            checked(division_of(division_rule::equal_losses, some.all - some.amount, some.claims));
        for (std::size_t i = 0; i < slow.size(); ++i)
            RC_ASSERT(scaled(losses.exact[i]) == some.claims[i] * 840 - slow[i]);
    }));
    // Their theorem: it is the one rule that divides between any two as the garment is divided.
    CHECK(rc::check("the Talmud divides between any two as a contested garment", [] {
        const some_claims some;
        const auto made = checked(division_of(division_rule::talmud, some.amount, some.claims));
        for (std::size_t i = 0; i < some.claims.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                const std::int64_t a = some.claims[i] * 840;
                const std::int64_t b = some.claims[j] * 840;
                const std::int64_t both = scaled(made.exact[i]) + scaled(made.exact[j]);
                const std::int64_t mine = std::max<std::int64_t>(0, both - b);
                const std::int64_t theirs = std::max<std::int64_t>(0, both - a);
                RC_ASSERT(2 * scaled(made.exact[i]) == 2 * mine + (both - mine - theirs));
            }
    }));
    CHECK(rc::check("by weight the certificate proves it, whatever the numbers", [] {
        division in;
        in.rule = division_rule::proportional;
        const auto size = *rc::gen::inRange<std::size_t>(1, 8);
        for (std::size_t i = 0; i < size; ++i) {
            std::string name = "c";
            name += std::to_string(i);
            in.claimants.push_back({name, *rc::gen::inRange<std::int64_t>(0, most_votes / 8),
                                    *rc::gen::inRange<std::int64_t>(0, most_votes / 8)});
        }
        in.amount = *rc::gen::inRange<std::int64_t>(0, most_votes);
        checked(in);
    }));
}

TEST_CASE("water rises between floors and brims to the level that uses the amount up") {
    const row weights = {1, 2, 3};
    const row least = {4, 0, 0};
    const row most = {10, 3, 100};
    CHECK(to_text(fill_level(weights, least, most, 4)) == "0");
    CHECK(to_text(fill_level(weights, least, most, 8)) == "4/5");
    CHECK(to_text(fill_level(weights, least, most, 9)) == "1");
    CHECK(to_text(fill_level(weights, least, most, 113)) == "100/3");
}

TEST_CASE("what rounding takes from a region in one delivery it gets in the next") {
    delivery in;
    in.ties.policy = tie_policy::order;
    in.regions = {{"a", 1, 0}, {"b", 1, 0}, {"c", 1, 0}};
    in.units = 1;
    row all(3, 0);
    for (int turn = 0; turn < 3; ++turn) {
        const auto made = deliver(in);
        REQUIRE(made.has_value());
        for (std::size_t i = 0; i < 3; ++i) {
            all[i] += made->given[i];
            in.regions[i].residue = made->residues[i];
        }
    }
    CHECK(all == row{1, 1, 1});
    for (const region& r : in.regions) CHECK(std::abs(r.residue) <= 2);
    in.ties.policy = tie_policy::open;
    for (region& r : in.regions) r.residue = 0;
    const auto open = deliver(in);
    CHECK_FALSE(open->decided);
    CHECK(open->residues.empty());
    CHECK(open->ties[0].among.size() == 3);
    in.regions[0].residue = 1;
    CHECK(deliver(in).error().code() == "shares.residues_malformed");
    in.regions[1].residue = -1;
    for (region& r : in.regions) r.weight = 0;
    CHECK(deliver(in).error().code() == "shares.no_votes");
}

TEST_CASE("deliveries keep to the exact share in the long run, whatever comes when") {
    CHECK(rc::check("residues stay small and sum to zero", [] {
        delivery in;
        in.ties.policy = tie_policy::order;
        const auto size = *rc::gen::inRange<std::size_t>(1, 7);
        std::int64_t weights = 0;
        for (std::size_t i = 0; i < size; ++i) {
            std::string name = "r";
            name += std::to_string(i);
            in.regions.push_back({name, *rc::gen::inRange<std::int64_t>(1, 1000), 0});
            weights += in.regions.back().weight;
        }
        row given(size, 0);
        std::int64_t units = 0;
        for (int turn = 0; turn < 20; ++turn) {
            in.units = *rc::gen::inRange<std::int64_t>(0, 30);
            units += in.units;
            const auto made = deliver(in);
            RC_ASSERT(made.has_value() && made->decided);
            std::int64_t sum = 0;
            std::int64_t here = 0;
            for (std::size_t i = 0; i < size; ++i) {
                RC_ASSERT(made->given[i] >= 0);
                given[i] += made->given[i];
                here += made->given[i];
                in.regions[i].residue = made->residues[i];
                sum += made->residues[i];
                // The residue is the exact difference but for a billionth a delivery.
                const int128 owed =
                    int128{units} * in.regions[i].weight - int128{given[i]} * weights;
                const int128 kept = int128{made->residues[i]} * weights;
                const int128 off = owed * residue_scale - kept;
                RC_ASSERT((off < 0 ? -off : off) <= int128{turn + 1} * weights);
                RC_ASSERT(std::abs(made->residues[i]) < 3 * residue_scale);
            }
            RC_ASSERT(here == in.units);
            RC_ASSERT(sum == 0);
        }
    }));
}

namespace {

/// Residues of regions with weight sum to zero, small or large, mostly even ones so that ties come
/// about.
delivery any_delivery() {
    delivery in;
    in.ties.policy = *rc::gen::element(tie_policy::open, tie_policy::order, tie_policy::lottery);
    if (in.ties.policy == tie_policy::lottery) in.ties.seed = std::string(64, 'c');
    const auto size = *rc::gen::inRange<std::size_t>(1, 7);
    for (std::size_t i = 0; i < size; ++i)
        in.regions.push_back(
            {std::string(1, static_cast<char>('a' + i)), *rc::gen::inRange<std::int64_t>(0, 5), 0});
    if (std::all_of(in.regions.begin(), in.regions.end(),
                    [](const region& r) { return r.weight == 0; }))
        in.regions[0].weight = 1;
    for (std::size_t i = 1; i < size; ++i) {
        const std::int64_t moved = *rc::gen::inRange(0, 3) > 0
                                       ? 0
                                       : *rc::gen::element<std::int64_t>(
                                             1, residue_scale, 500'000'000, -3 * residue_scale, -7);
        in.regions[i].residue += moved;
        in.regions[i - 1].residue -= moved;
    }
    in.units = *rc::gen::inRange<std::int64_t>(0, 12);
    return in;
}

/// One unit after another to whoever is owed most, in fractions of a billionth of all weights.
std::vector<std::int64_t> slow_delivery(const delivery& in, const std::vector<std::string>& first) {
    std::int64_t weights = 0;
    for (const region& r : in.regions) weights += r.weight;
    std::vector<std::int64_t> owed;
    std::vector<std::int64_t> given(in.regions.size());
    for (const region& r : in.regions)
        owed.push_back(in.units * residue_scale * r.weight + r.residue * weights);
    for (std::int64_t n = 0; n < in.units; ++n) {
        std::size_t best = in.regions.size();
        const auto place = [&](std::size_t i) {
            return std::find(first.begin(), first.end(), in.regions[i].name) - first.begin();
        };
        for (std::size_t i = 0; i < in.regions.size(); ++i)
            if (in.regions[i].weight > 0 && (best == in.regions.size() || owed[i] > owed[best] ||
                                             (owed[i] == owed[best] && place(i) < place(best))))
                best = i;
        ++given[best];
        owed[best] -= weights * residue_scale;
    }
    return given;
}

}  // namespace

TEST_CASE("each unit of a delivery goes to whoever is owed most, and the certificate shows it") {
    CHECK(rc::check("deliveries", [&] {
        const delivery in = any_delivery();
        const auto made = deliver(in);
        RC_ASSERT(made.has_value());
        const std::string fault = fault_in(in, *made);
        if (!fault.empty()) RC_LOG() << fault;
        RC_ASSERT(fault.empty());
        for (std::size_t i = 0; i < in.regions.size(); ++i)
            RC_ASSERT(!sentence_of(explain(in, *made, i)).empty());
        if (!made->decided) return;
        std::vector<std::string> first;
        for (const region& r : in.regions) first.push_back(r.name);
        if (in.ties.policy == tie_policy::lottery)
            std::sort(first.begin(), first.end(), [&](const auto& x, const auto& y) {
                const hash256 seed = *hash_from_hex(*in.ties.seed);
                return lottery_key(seed, "", "*", x) < lottery_key(seed, "", "*", y);
            });
        // Units that are even go by the order only where it decides: the last ones.
        RC_ASSERT(made->given == slow_delivery(in, first));
    }));
    // Whether one is met by chance or not: a tie that the terms leave open is left open.
    delivery even;
    even.regions = {{"a", 1, 0}, {"b", 1, 0}};
    even.units = 1;
    even.ties.policy = tie_policy::open;
    CHECK_FALSE(deliver(even).value().decided);
    even.ties.policy = tie_policy::order;
    CHECK(deliver(even).value().given == std::vector<std::int64_t>{1, 0});
}

TEST_CASE("a delivery's certificate with anything moved does not hold") {
    CHECK(rc::check("changed deliveries", [] {
        const delivery in = any_delivery();
        const auto made = deliver(in);
        RC_ASSERT(made.has_value());
        const auto size = in.regions.size();
        const auto which = *rc::gen::inRange<std::size_t>(0, size);
        delivered said = *made;
        ++said.units;
        RC_ASSERT(!fault_in(in, said).empty());
        said = *made;
        said.owed[which] += "1";
        RC_ASSERT(!fault_in(in, said).empty());
        said = *made;
        ++said.given[which];
        RC_ASSERT(!fault_in(in, said).empty());
        if (size > 1) {
            said.given = made->given;
            const auto other = (which + 1) % size;
            ++said.given[which];
            --said.given[other];
            RC_ASSERT(!fault_in(in, said).empty());
            if (made->decided) {
                said = *made;
                ++said.residues[which];
                --said.residues[other];
                RC_ASSERT(!fault_in(in, said).empty());
            }
        }
        said = *made;
        said.decided = !said.decided;
        RC_ASSERT(!fault_in(in, said).empty());
    }));
}

TEST_CASE("regions are read with what they are owed, and written for the next delivery") {
    const auto read = read_regions("name;weight;owed\nNorth;30;-0,25\n\"So \"\"uth\";10;0.25\n");
    REQUIRE(read.has_value());
    CHECK((*read)[0].residue == -250'000'000);
    CHECK((*read)[1].name == "So \"uth");
    delivery in{1, {}, *read};
    const auto made = deliver(in);
    REQUIRE(made.has_value());
    CHECK(made->owed == std::vector<std::string>{"1/2", "1/2"});
    CHECK_FALSE(made->decided);
    in.ties.policy = tie_policy::order;
    const auto settled = deliver(in);
    CHECK(settled->given == std::vector<std::int64_t>{1, 0});
    CHECK(
        sentence_of(explain(in, *settled, 0)) ==
        "North: 30 are eligible, and it was owed 1/2 exactly, -0.25 of it from before; it gets 1. "
        "0.5 is taken off in the next. 2 stood equal for 1 unit, and it got one.");
    CHECK(
        sentence_of(explain(in, *settled, 1)) ==
        "So \"uth: 10 are eligible, and it was owed 1/2 exactly, 0.25 of it from before; it gets "
        "0. 0.5 is owed to it in the next. 2 stood equal for 1 unit, and it got none. With 1 more "
        "eligible it would have one more.");
    for (std::size_t i = 0; i < 2; ++i) in.regions[i].residue = settled->residues[i];
    const std::string next = write_regions(in.regions);
    CHECK(next == "name,weight,owed\n\"North\",30,-0.5\n\"So \"\"uth\",10,0.5\n");
    CHECK(read_regions(next)->at(1).residue == 500'000'000);
    const auto said = [](std::string_view csv) {
        const auto none = read_regions(csv);
        return none ? "read" : none.error().sentence();
    };
    CHECK(said("name,weight,owed\na,1,half\n") ==
          "Line 2 of the file cannot be read: \"half\" in the column owed is no number of units; "
          "write it as 1.25 or -0.5, "
          "with nine decimals at most.");
    CHECK(said("name,weight\na,\n") ==
          "Line 2 of the file cannot be read: it has no weight; write 0 where nobody is eligible.");
}
