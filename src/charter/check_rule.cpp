// Law 10: a rule is checked when the charter takes it.

#include <algorithm>

#include "charter/refusal.hpp"
#include "charter/rule.hpp"
#include "charter/rule_limits.hpp"

namespace veche::charter {

namespace {

template <class Visit>
void visit_conditions(const condition& c, const Visit& visit) {
    visit(c);
    for (const condition& part : c.parts) visit_conditions(part, visit);
}

template <class Visit>
void visit_conditions(const rule& r, const Visit& visit) {
    for (const condition& c : r.quorum) visit_conditions(c, visit);
    visit_conditions(r.pass, visit);
    if (r.against) visit_conditions(*r.against, visit);
}

/// Levels of JSON that the condition takes.
int levels(const condition& c) {
    int below = 0;
    for (const condition& part : c.parts) below = std::max(below, levels(part));
    switch (c.kind) {
        case condition_kind::negation:
            return 1 + below;
        case condition_kind::compare:
        case condition_kind::none_of:
            return 3;
        default:
            return 2 + below;
    }
}

result<void> check_depth(const rule& r) {
    int most = 1 + levels(r.pass);
    if (r.against) most = std::max(most, 1 + levels(*r.against));
    for (const condition& c : r.quorum) most = std::max(most, 2 + levels(c));
    if (most > max_charter_rule_levels)
        return refuse(refusals::rule_too_deep, {}, std::to_string(max_charter_rule_levels));
    return {};
}

result<void> check_names(const condition& c, const rule_surroundings& around) {
    for (const measure* m : {&c.left, &c.right})
        if (m->weight != "count" && !around.weights.contains(m->weight))
            return refuse(refusals::rule_weight_unknown, {}, m->weight);
    if (c.kind == condition_kind::each || c.kind == condition_kind::within) {
        const auto known = around.attributes.find(c.by);
        if (known == around.attributes.end()) return refuse(refusals::rule_group_unknown, {}, c.by);
        if (c.kind == condition_kind::within && !known->second.contains(c.eq))
            return refuse(refusals::rule_group_unknown, {}, c.eq);
    }
    for (const std::string& id : c.ids)
        if (!around.voters.empty() && !around.voters.contains(id))
            return refuse(refusals::rule_voter_unknown, {}, id);
    return {};
}

/// Some electorate of `size` that has whatever the rule names: the voters, the groups, the weights.
std::vector<voter> invented(const rule& r, const rule_surroundings& around, std::size_t size) {
    std::vector<voter> out;
    visit_conditions(r, [&](const condition& c) {
        for (const std::string& id : c.ids)
            if (std::none_of(out.begin(), out.end(), [&](const voter& v) { return v.id == id; }))
                out.push_back({id, {}, {}});
    });
    while (out.size() < size) out.push_back({"voter " + std::to_string(out.size()), {}, {}});
    for (std::size_t i = 0; i < out.size(); ++i) {
        for (const std::string& weight : around.weights) out[i].weights[weight] = 1;
        for (const auto& [by, values] : around.attributes)
            if (!values.empty())
                out[i].attributes[by] =
                    *std::next(values.begin(), static_cast<std::ptrdiff_t>(i % values.size()));
    }
    return out;
}

struct tried {
    bool passes = false;
    bool fails = false;
};

void try_ballots(const rule& r, std::span<const voter> voters, bloc_mode blocs,
                 const ballot_map& ballots, tried& so_far) {
    circumstances around;
    around.blocs = blocs;
    around.silence_over = true;
    const outcome out = outcome_of(r, voters, ballots, around);
    (out == outcome::adopted ? so_far.passes : so_far.fails) = true;
}

/// All yes, all no, all abstaining, and rising numbers of yes among no: each number up to 64, then
/// 64 more steps up to all.
tried try_out(const rule& r, std::span<const voter> voters, bloc_mode blocs) {
    tried out;
    ballot_map ballots;
    for (const ballot said : {ballot::abstain, ballot::yes, ballot::no}) {
        for (const voter& v : voters) ballots[v.id] = said;
        try_ballots(r, voters, blocs, ballots, out);
    }
    const std::size_t step = std::max<std::size_t>(1, voters.size() / 64);
    for (std::size_t i = 0; i < voters.size() && !(out.passes && out.fails); ++i) {
        ballots[voters[i].id] = ballot::yes;
        if (i < 64 || i % step == 0) try_ballots(r, voters, blocs, ballots, out);
    }
    return out;
}

result<void> report(const tried& seen) {
    if (!seen.passes) return refuse(refusals::rule_never_passes);
    if (!seen.fails) return refuse(refusals::rule_never_fails);
    return {};
}

}  // namespace

std::set<std::string> weights_used(const rule& r) {
    std::set<std::string> out;
    visit_conditions(r, [&](const condition& c) {
        out.insert(c.left.weight);
        out.insert(c.right.weight);
    });
    out.erase("count");
    return out;
}

std::set<std::string> voters_named(const rule& r) {
    std::set<std::string> out;
    visit_conditions(r, [&](const condition& c) { out.insert(c.ids.begin(), c.ids.end()); });
    return out;
}

result<void> check_rule_decides(const rule& r, std::span<const voter> voters, bloc_mode blocs) {
    return report(try_out(r, voters, blocs));
}

result<void> check_rule(const rule& r, const rule_surroundings& around) {
    VECHE_CHECK(check_depth(r));
    result<void> names;
    std::int64_t largest = 0;
    visit_conditions(r, [&](const condition& c) {
        if (names) names = check_names(c, around);
        largest = std::max({largest, c.left.integer, c.right.integer});
    });
    VECHE_CHECK(names);
    tried seen;
    for (const std::size_t size :
         {std::size_t{2}, std::size_t{3}, std::size_t{10}, std::size_t{30},
          static_cast<std::size_t>(std::min<std::int64_t>(largest + 1, 1000))}) {
        const tried here = try_out(r, invented(r, around, size), bloc_mode::none);
        seen.passes = seen.passes || here.passes;
        seen.fails = seen.fails || here.fails;
    }
    return report(seen);
}

}  // namespace veche::charter
