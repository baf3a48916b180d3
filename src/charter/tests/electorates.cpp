#include "charter/tests/electorates.hpp"

#include <doctest/doctest.h>

namespace veche::charter::testing {

rule from_text(std::string_view text) {
    auto r = parse_rule_text(text);
    REQUIRE_MESSAGE(r.has_value(), r.error().sentence());
    return *r;
}

std::vector<voter> weighing(const std::vector<std::int64_t>& pop) {
    std::vector<voter> out;
    for (const std::int64_t weight : pop)
        out.push_back({std::string(1, static_cast<char>('A' + out.size())), {}, {{"pop", weight}}});
    return out;
}

std::int64_t dice::upto(std::int64_t most) {
    return static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most + 1)));
}

std::vector<voter> dice::electorate() {
    std::vector<voter> out;
    const std::int64_t size = 1 + upto(8);
    for (std::int64_t i = 0; i < size; ++i) {
        voter v{"v" + std::to_string(i), {}, {{"pop", upto(20)}, {"money", upto(100)}}};
        if (!chance(10)) v.attributes["st"] = chance(50) ? "x" : "y";
        out.push_back(std::move(v));
    }
    return out;
}

std::vector<voter> dice::delegations() {
    auto out = electorate();
    std::map<std::string, std::map<std::string, std::int64_t>> of_member;
    for (voter& v : out) {
        const auto group = v.attributes.find("st");
        if (group != v.attributes.end())
            v.weights = of_member.try_emplace(group->second, v.weights).first->second;
    }
    return out;
}

ballot_map dice::ballots(const std::vector<voter>& voters) {
    ballot_map out;
    for (const voter& v : voters)
        if (!chance(20)) out[v.id] = static_cast<ballot>(upto(4));
    return out;
}

std::string dice::weight() {
    constexpr const char* names[] = {"count", "pop", "money"};
    return names[upto(2)];
}

ratio dice::share() {
    const std::int64_t den = 1 + upto(6);
    return {upto(den), den};
}

measure dice::any_measure() {
    measure m;
    m.kind = static_cast<measure_kind>(upto(2));
    if (m.kind == measure_kind::integer) {
        m.integer = upto(6);
        return m;
    }
    m.weight = weight();
    if (m.kind == measure_kind::selection) {
        m.sel = static_cast<selection>(upto(9));
    } else {
        m.share = share();
        m.integer = upto(2);
    }
    return m;
}

condition dice::any_condition(int depth) {
    condition c;
    c.kind = depth >= 3 ? condition_kind::compare : static_cast<condition_kind>(upto(6));
    switch (c.kind) {
        case condition_kind::compare:
            c.left = any_measure();
            c.op = static_cast<comparison>(upto(4));
            c.share = share();
            c.right = any_measure();
            break;
        case condition_kind::none_of:
            c.ids = {"v" + std::to_string(upto(3)), "v7"};
            c.sel = static_cast<selection>(upto(3));
            break;
        case condition_kind::all:
        case condition_kind::any:
            for (std::int64_t n = upto(2); n >= 0; --n) c.parts.push_back(any_condition(depth + 1));
            break;
        case condition_kind::within:
            c.eq = "x";
            [[fallthrough]];
        case condition_kind::each:
            c.by = "st";
            [[fallthrough]];
        case condition_kind::negation:
            c.parts.push_back(any_condition(depth + 1));
            break;
    }
    return c;
}

condition dice::monotone_condition(int depth) {
    condition c = any_condition(3);
    switch (depth >= 3 ? 0 : upto(4)) {
        case 0:  // enough in favour, of a base that a change of mind leaves alone
            c.left = {measure_kind::selection, 0, selection::yes, weight(), {0, 1}};
            c.op = chance(50) ? comparison::more : comparison::at_least;
            c.right = {measure_kind::selection,
                       0,
                       static_cast<selection>(3 + upto(3)),
                       c.left.weight,
                       {0, 1}};
            if (chance(30)) c.right.sel = selection::seats;
            if (chance(20)) c.right = {measure_kind::integer, upto(5), {}, "count", {0, 1}};
            return c;
        case 1:  // not too many against, or not in favour
            c.left = {measure_kind::selection,
                      0,
                      chance(50) ? selection::no : selection::notyes,
                      weight(),
                      {0, 1}};
            c.op = chance(50) ? comparison::less : comparison::at_most;
            c.right = {chance(50) ? measure_kind::mincover : measure_kind::selection, upto(2),
                       selection::participating, c.left.weight, share()};
            return c;
        case 2:
            c = {};
            c.kind = condition_kind::none_of;
            c.ids = {"v1"};
            return c;
        case 3:
            c = {};
            c.kind = chance(50) ? condition_kind::all : condition_kind::any;
            c.parts = {monotone_condition(depth + 1), monotone_condition(depth + 1)};
            return c;
        default:
            c = {};
            c.kind = chance(50) ? condition_kind::each : condition_kind::within;
            c.by = "st";
            c.eq = c.kind == condition_kind::within ? "x" : "";
            c.parts = {monotone_condition(depth + 1)};
            return c;
    }
}

rule dice::any_rule() {
    rule r;
    for (std::int64_t n = upto(2); n > 0; --n) r.quorum.push_back(any_condition(1));
    r.pass = any_condition(0);
    if (chance(30)) r.against = any_condition(1);
    r.tie = static_cast<tie_break>(upto(2));
    if (chance(10)) r.silence = silence{static_cast<std::int32_t>(1 + upto(30)), std::nullopt};
    return r;
}

rule dice::monotone_rule() {
    rule r;
    r.pass = monotone_condition(0);
    r.tie = static_cast<tie_break>(upto(2));
    return r;
}

}  // namespace veche::charter::testing
