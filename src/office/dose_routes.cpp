// Routes of doses, and what they take of the register.

#include "doses/refusal.hpp"
#include "doses/views.hpp"
#include "office/room_routes.hpp"
#include "registry/checks.hpp"
#include "registry/state.hpp"

namespace veche::office {
namespace {

result<void> check_region(const state& s, const std::optional<doses::region_id>& id) {
    if (id && !s.registry.places.contains(registry::place_id{id->value}))
        return refuse(doses::refusals::region_unknown, "region", id->value);
    return {};
}

class region_outlook final : public doses::outlook {
  public:
    explicit region_outlook(const state& s) : s_(s) {}

    [[nodiscard]] std::optional<doses::region_told> find(
        const doses::region_id& id) const override {
        const registry::place_id of{id.value};
        const registry::place* one = s_.registry.places.find(of);
        if (!one) return std::nullopt;
        doses::region_told out;
        out.names = one->what.names;
        out.member = registry::member_of(s_.registry, of);
        if (!one->population.empty()) {
            out.people = one->population.back().people;
            out.people_on = one->population.back().on;
        }
        return out;
    }

  private:
    const state& s_;
};

struct in_doses : in_room<&state::doses, doses::world> {
    static doses::world world(const state& s) {
        return {s.charter, s.doses, std::make_shared<region_outlook>(s)};
    }
};

}  // namespace

template <>
result<void> check_across_rooms(const state& s, const doses::record_site& m, const context&) {
    return check_region(s, m.region);
}
template <>
result<void> check_across_rooms(const state& s, const doses::record_target& m, const context&) {
    return check_region(s, m.region);
}
template <>
result<void> check_across_rooms(const state& s, const doses::report_people& m, const context&) {
    return check_region(s, m.region);
}

/// Data that a plan names as a data set of the evidence are the bytes that the evidence has.
template <>
result<void> check_across_rooms(const state& s, const doses::allocate& m, const context&) {
    if (!m.plan) return {};
    for (std::size_t i = 0; i < m.plan->sources.size(); ++i) {
        const doses::plan_source& one = m.plan->sources[i];
        if (!one.dataset) continue;
        const auto* there = s.evidence.datasets.find(evidence::dataset_id{one.dataset->value});
        if (!there || there->what.file.sha256 != one.sha256)
            return refuse(doses::refusals::plan_source_differs,
                          "plan.sources." + std::to_string(i) + ".dataset", one.dataset->value);
    }
    return {};
}

void add_dose_routes(route_list& all) {
    add_commands<in_doses>(all, list_of<doses::commands>());
    add_derived<in_doses>(all, list_of<doses::derived>());
}

void add_dose_views(view_list& all) {
    add_views<in_doses>(all, list_of<doses::queries>());
}

}  // namespace veche::office
