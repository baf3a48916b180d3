#include "teams/relaxation.hpp"

#include <algorithm>

namespace veche::teams {
namespace {

int128 above_all_weights(const problem& of) {
    int128 most = 0;
    for (const option& o : of.options) most = std::max(most, o.weight < 0 ? -o.weight : o.weight);
    return most + 1;
}

/// Nodes: people, sites, the sink, then one for each rule in the flow that is not of a size.
std::uint32_t nodes_of(const problem& of, const std::vector<std::uint32_t>& family) {
    std::uint32_t nodes = of.people_count() + of.sites_count() + 1;
    for (const rule& r : of.rules) nodes += r.label != 0 && r.family == family[r.site];
    return nodes;
}

constexpr int barred_shift = 12, shortage_shift = 20;

}  // namespace

relaxation::relaxation(const problem& of, const std::vector<std::uint32_t>& family)
    : of_(of),
      heaviest_(above_all_weights(of)),
      net_(nodes_of(of, family), heaviest_ << shortage_shift) {
    const std::uint32_t people = of.people_count();
    const std::uint32_t sink = people + of.sites_count();
    arc_of_rule_.assign(of.rules.size(), nowhere);
    from_of_rule_.assign(of.rules.size(), nowhere);
    std::uint32_t cell = sink + 1;
    for (std::uint32_t r = 0; r < of.rules.size(); ++r) {
        const rule& one = of.rules[r];
        const bool size = one.label == 0;
        if (!size && one.family != family[one.site]) continue;
        const std::uint32_t site = people + one.site;
        from_of_rule_[r] = size ? site : cell++;
        arc_of_rule_[r] =
            net_.add(from_of_rule_[r], size ? sink : site, one.min,
                     std::max<std::int64_t>(one.min, std::min<std::int64_t>(one.max, people)), 0);
    }
    for (std::uint32_t p = 0; p < people; ++p) {
        net_.supply(p, 1);
        stay_.push_back(net_.add(p, sink, 0, 1, 0));
    }
    net_.supply(sink, -static_cast<std::int64_t>(people));
    for (const option& o : of.options) {
        std::uint32_t to = people + o.site;
        for (std::uint32_t r = of.rule_begins[o.site]; r < of.rule_begins[o.site + 1]; ++r)
            if (of.rules[r].label != 0 && keeps(r) && of.has[of.rules[r].label][o.person])
                to = from_of_rule_[r];
        arc_of_option_.push_back(net_.add(o.person, to, 0, 1, -o.weight));
    }
}

bool relaxation::solve(const part_state& in, std::vector<int128>& prices,
                       std::vector<std::uint32_t>& at) {
    const int128 barred = heaviest_ << barred_shift;
    for (std::uint32_t i = 0; i < of_.options.size(); ++i) {
        const option& o = of_.options[i];
        int128 cost = in.barred[i] ? barred : -o.weight;
        for (std::uint32_t r = of_.rule_begins[o.site]; r < of_.rule_begins[o.site + 1]; ++r)
            if (!keeps(r) && prices[r] != 0 && of_.has[of_.rules[r].label][o.person])
                cost += prices[r];
        net_.set_cost(arc_of_option_[i], cost);
    }
    for (std::uint32_t p = 0; p < of_.people_count(); ++p)
        net_.set_cost(stay_[p], in.forced[p] ? barred : 0);
    net_.solve();
    bool kept = net_.short_of() == 0;
    std::fill(at.begin(), at.end(), nowhere);
    for (std::uint32_t i = 0; i < of_.options.size(); ++i)
        if (net_.flow(arc_of_option_[i]) == 1) {
            at[of_.options[i].person] = i;
            kept = kept && !in.barred[i];
        }
    for (std::uint32_t p = 0; p < of_.people_count(); ++p)
        kept = kept && (!in.forced[p] || at[p] != nowhere);
    const std::uint32_t sink = of_.people_count() + of_.sites_count();
    for (std::uint32_t r = 0; r < of_.rules.size(); ++r)
        if (keeps(r)) {
            const rule& one = of_.rules[r];
            const std::uint32_t to = one.label == 0 ? sink : of_.people_count() + one.site;
            prices[r] = net_.potential(to) - net_.potential(from_of_rule_[r]);
        }
    return kept;
}

int128 bound_of(const problem& of, const part_state& in, const std::vector<int128>& prices) {
    int128 sum = 0;
    for (std::uint32_t r = 0; r < of.rules.size(); ++r)
        sum += prices[r] * (prices[r] > 0 ? of.rules[r].max : of.rules[r].min);
    for (std::uint32_t p = 0; p < of.people_count(); ++p) {
        bool any = in.forced[p] == 0;
        int128 best = 0;
        for (std::uint32_t i = of.begins[p]; i < of.begins[p + 1]; ++i) {
            if (in.barred[i]) continue;
            const option& o = of.options[i];
            int128 gain = o.weight;
            for (std::uint32_t r = of.rule_begins[o.site]; r < of.rule_begins[o.site + 1]; ++r)
                if (prices[r] != 0 && of.has[of.rules[r].label][p]) gain -= prices[r];
            if (!any || gain > best) best = gain;
            any = true;
        }
        sum += best;
    }
    return sum;
}

}  // namespace veche::teams
