#pragma once
// The explorer's state: all of it is in the address, so that an address opened elsewhere shows the
// same. What the address leaves open has a value from the data.

#include "api/explore_store.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/map_view.hpp"
#include "evidence/views.hpp"

namespace veche::api::pages {

enum class picture_kind : std::uint8_t { treemap, lines, sankey, map, space };
VECHE_CHOICES(picture_kind, treemap, lines, sankey, map, space)

struct explore_state {
    picture_kind show = picture_kind::treemap;
    explore::question asked;
    bool members_asked = false;  ///< the members are in the address, not from the list of names
    map_look look;               ///< of the map
};

/// The data set, its flows and the names of their codes.
struct explored_set {
    shown<evidence::dataset_view> view;
    std::shared_ptr<const explore::flow_cube> cube;
    std::shared_ptr<const explore::label_book> labels;  ///< null where no list of names is at hand

    [[nodiscard]] const explore::area_label* label_of(std::string_view area) const {
        return labels ? labels->area(area) : nullptr;
    }
    /// Whether any territory of the flows has a place on a map.
    [[nodiscard]] bool has_places() const;
};

/// Whether the bytes of the data set lie here and hold flows.
bool can_be_explored(const visit&, const evidence::dataset_row&);
/// Refuses data sets that are not at hand, hold no flows or are too large.
result<explored_set> explored(visit&, const shown<evidence::dataset_view>&);

/// What the address asks for; the rest as the data suggest.
explore_state state_of(const visit&, const explored_set&);
/// The state as a query, "?show=lines&of=BLR": nothing of it is left to chance.
std::string query_of_state(const explore_state&);
/// The same without the place on the map.
pairs pairs_of_state(const explore_state&);

/// The name of a territory, of the union or of all third ones; its code where there is none.
std::string area_name(const visit&, const explored_set&, std::string_view code);
/// The name of a product; its code where there is none.
std::string product_name(const visit&, const explored_set&, std::string_view code);

/// A choice of the form: its name in the address, its label and what can be chosen.
struct explore_choice {
    std::string name;
    std::string label;
    std::vector<choice_option> options;
};
VECHE_VIEW(explore_choice, (name, "Name in the address."), (label, "What is chosen."),
           (options, "What can be chosen."))

/// The choices of the picture that is shown.
std::vector<explore_choice> choices_of(const visit&, const explored_set&, const explore_state&);

}  // namespace veche::api::pages
