#include "teams/conflict.hpp"

#include <algorithm>
#include <set>

namespace veche::teams {
namespace {

struct side {
    std::uint32_t rule;
    bool least;
    bool operator<(const side& other) const {
        return std::pair(rule, least) < std::pair(other.rule, other.least);
    }
};

/// The same people and sites under these sides alone, each place worth nothing.
problem under(const problem& of, const std::set<side>& sides) {
    problem out = of;
    for (option& o : out.options) o.weight = 0;
    out.rules.clear();
    out.rule_begins.clear();
    for (std::uint32_t s = 0; s < of.sites_count(); ++s) {
        out.rule_begins.push_back(static_cast<std::uint32_t>(out.rules.size()));
        for (std::uint32_t r = of.rule_begins[s]; r < of.rule_begins[s + 1]; ++r) {
            rule one = of.rules[r];
            const bool least = sides.count({r, true}) > 0;
            const bool most = sides.count({r, false}) > 0;
            if (one.label != 0 && !least && !most) continue;
            if (!least) one.min = 0;
            if (!most) one.max = std::max<std::int64_t>(one.min, of.people_count());
            out.rules.push_back(one);
        }
    }
    out.rule_begins.push_back(static_cast<std::uint32_t>(out.rules.size()));
    return out;
}

/// Those that bear a price somewhere in the proof: without all others there are still no teams.
std::set<side> priced(const search_result& proof) {
    std::set<side> sides;
    for (const search_part& one : proof.parts)
        if (one.option == nowhere)
            for (const auto& [r, worth] : one.prices) sides.insert({r, worth < 0});
    return sides;
}

std::string name_of_side(const conflict_side& s) {
    std::string text =
        s.site + (s.least ? " needs at least " : " takes at most ") + std::to_string(s.limit);
    if (s.what == "size") return text + " people";
    if (s.what == "skill") return text + " with the skill " + s.value;
    return text + " of " + s.what + " " + s.value;
}

std::string lone(const conflict_side& s) {
    const std::string who = s.what == "size"    ? "people"
                            : s.what == "skill" ? "people with the skill " + s.value
                                                : "people of " + s.what + " " + s.value;
    return s.site + ": " + std::to_string(s.limit) + " " + who + " are needed, " +
           std::to_string(s.may_go) + " who applied may be sent there. Find " +
           std::to_string(s.limit - s.may_go) + " more, or lower the minimum to " +
           std::to_string(s.may_go) + ".";
}

}  // namespace

conflict find_conflict(const problem& of, const search_result& proof, std::int64_t node_limit) {
    conflict out;
    std::set<side> kept = priced(proof);
    const std::set<side> all = kept;
    search_limits limits;
    limits.nodes = node_limit;
    for (const side& one : all) {
        std::set<side> fewer = kept;
        fewer.erase(one);
        const problem rest = under(of, fewer);
        const search_result tried = search(rest, limits);
        if (tried.complete && !tried.found)
            kept = std::move(fewer);
        else if (!tried.found)
            out.irreducible = false;
    }
    for (const side& one : kept) {
        const rule& r = of.rules[one.rule];
        std::int64_t may_go = 0;
        for (const option& o : of.options) may_go += o.site == r.site && of.has[r.label][o.person];
        out.sides.push_back({of.sites[r.site], r.of.what, r.of.value, one.least,
                             one.least ? r.min : r.of.max.value_or(r.max), may_go});
    }
    std::sort(out.sides.begin(), out.sides.end(), [](const auto& a, const auto& b) {
        return std::tie(a.site, a.what, a.value, a.least) <
               std::tie(b.site, b.what, b.value, b.least);
    });
    return out;
}

std::string sentence_of(const conflict& c) {
    if (c.sides.size() == 1 && c.sides.front().least &&
        c.sides.front().limit > c.sides.front().may_go)
        return lone(c.sides.front());
    std::string text = "These cannot hold together:";
    for (std::size_t i = 0; i < c.sides.size(); ++i)
        text += (i == 0                    ? " "
                 : i + 1 == c.sides.size() ? " and "
                                           : ", ") +
                name_of_side(c.sides[i]);
    text += ". ";
    if (!c.irreducible) return text + "Not all of them may be at fault: the search was cut short.";
    return text + "Loosen any one of them, or find people who fit, and the others can hold.";
}

}  // namespace veche::teams
