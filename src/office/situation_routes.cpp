// Routes of the situation, and what it takes of the register.

#include "office/room_routes.hpp"
#include "registry/checks.hpp"
#include "registry/state.hpp"
#include "registry/viewing.hpp"
#include "situation/refusal.hpp"
#include "situation/views.hpp"

namespace veche::office {
namespace {

class place_outlook final : public situation::outlook {
  public:
    explicit place_outlook(const state& s) : s_(s) {}

    [[nodiscard]] std::optional<situation::known_place> find(
        const situation::region_id& id) const override {
        const registry::place_id place{id.value};
        const registry::place* one = s_.registry.places.find(place);
        if (!one) return std::nullopt;
        situation::known_place out;
        out.names = one->what.names;
        out.member = registry::member_of(s_.registry, place);
        if (const auto at = registry::point_of(s_.registry, *one)) {
            out.latitude = at->latitude;
            out.longitude = at->longitude;
        }
        for (auto at = one->population.rbegin(); at != one->population.rend(); ++at)
            out.population.push_back({at->on, at->people, at->source.name});
        return out;
    }

  private:
    const state& s_;
};

/// Views also look at names and people of places.
struct in_situation : in_room<&state::situation, situation::world> {
    static situation::world world(const state& s) {
        return {s.charter, s.situation, std::make_shared<place_outlook>(s)};
    }
};

}  // namespace

/// The register has the place.
template <>
result<void> check_across_rooms(const state& s, const situation::watch_region& m, const context&) {
    if (s.registry.places.contains(registry::place_id{m.region.value})) return {};
    return refuse(situation::refusals::place_unknown, "region", m.region.value);
}

void add_situation_routes(route_list& all) {
    add_commands<in_situation>(all, list_of<situation::commands>());
}

void add_situation_views(view_list& all) {
    add_views<in_situation>(all, list_of<situation::queries>());
}

}  // namespace veche::office
