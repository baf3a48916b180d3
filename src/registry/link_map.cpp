// Links gathered by region, so that a map of twenty thousand is one of some hundred lines.

#include <algorithm>
#include <map>
#include <unordered_map>

#include "kernel/part_of.hpp"
#include "registry/registry.hpp"
#include "registry/tallies.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

class pair_counter {
  public:
    explicit pair_counter(const state& s) : state_(s) {}

    void add(const link& one) {
        const place_id* a = region_of(place_of(state_, one.what.a));
        const place_id* b = region_of(place_of(state_, one.what.b));
        if (!a || !b) {
            ++nowhere_;
            return;
        }
        const bool turned = *b < *a;
        count& of = pairs_[{turned ? *b : *a, turned ? *a : *b}];
        ++of.links;
        if (is_alive(one)) ++of.alive;
    }

    link_map_view take(std::optional<std::int32_t> most) {
        std::vector<std::pair<const pair*, const count*>> order;
        for (const auto& [ends, of] : pairs_) order.emplace_back(&ends, &of);
        std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
            return a.second->links > b.second->links;
        });
        link_map_view out;
        out.found = static_cast<std::int64_t>(order.size());
        out.nowhere = nowhere_;
        for (const auto& [ends, of] : part_of(order, std::nullopt, most))
            out.pairs.push_back({name_place(state_, ends->first), point(ends->first),
                                 name_place(state_, ends->second), point(ends->second), of->links,
                                 of->alive});
        return out;
    }

  private:
    using pair = std::pair<place_id, place_id>;
    struct count {
        std::int64_t links = 0;
        std::int64_t alive = 0;
    };

    /// The innermost region around the place, itself included; the place where there is none.
    const place_id* region_of(const std::optional<place_id>& of) {
        if (!of) return nullptr;
        const auto known = regions_.find(of->value);
        if (known != regions_.end()) return known->second;
        const place* start = state_.places.find(*of);
        const place* at = start;
        while (at && at->what.kind != place_kind::region)
            at = at->what.within ? state_.places.find(*at->what.within) : nullptr;
        return regions_[start->what.place.value] = at ? &at->what.place : &start->what.place;
    }
    std::optional<map_point> point(const place_id& id) const {
        return point_of(state_, *state_.places.find(id));
    }

    const state& state_;
    std::unordered_map<std::string_view, const place_id*> regions_;
    std::map<pair, count> pairs_;
    std::int64_t nowhere_ = 0;
};

}  // namespace

result<link_map_view> ask(const world& w, const link_map_query& q, const viewer&) {
    links_query of;
    of.query = q.query;
    of.place = q.place;
    of.kind = q.kind;
    of.standing = q.standing;
    pair_counter counter(w.own);
    for (const link* one : VECHE_TRY(links_that_fit(w, of, nullptr))) counter.add(*one);
    return counter.take(q.count);
}

}  // namespace veche::registry
