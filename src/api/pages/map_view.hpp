#pragma once
// Outlines that the deployment gave, and which part of them an address asks to see: how near, and
// around which place. Everything is in the address, so that closer, further and aside are links.

#include <filesystem>

#include "api/pages/visit.hpp"
#include "api/urlencoded.hpp"
#include "maps/sheet.hpp"

namespace veche::api::pages {

/// What lies in the folder of outlines; either may be absent, and then maps are nets of degrees.
struct map_book {
    std::optional<maps::sheet> regions;
    std::optional<maps::sheet> countries;
};

/// Reads regions.topojson and countries.topojson. Refuses files that are no outlines.
result<std::shared_ptr<const map_book>> load_maps(const std::filesystem::path& folder);

/// Addresses of the same map nearer, further and aside; "" where there is nothing more that way.
struct map_ways {
    std::string here, closer, further, west, north, south, east, whole;
};
VECHE_VIEW(map_ways, (here, "This map."), (closer, "Twice as near."), (further, "Half as near."),
           (west, "To the west."), (north, "To the north."), (south, "To the south."),
           (east, "To the east."), (whole, "All of it."))

/// How near, and around where, as "zoom" and "at" of the address say; 1 and nothing by themselves.
/// "by" moves it from there by parts of the picture: the hand that drags it knows no degrees.
struct map_look {
    int zoom = 1;
    std::optional<maps::position> at;
    maps::point by;  ///< to the east and to the south
};
map_look look_asked(const visit&);
/// The same as parts of an address, what "by" says left out.
pairs query_of_look(const map_look&);

/// One map: the window that is looked through, and the ways on from there.
class map_view {
  public:
    /// `around`: what the whole map shows, in the plane of the sheet. `address`: of the page;
    /// `kept`: what else its query says.
    map_view(const maps::sheet&, const maps::extent& around, const map_look&, std::string address,
             pairs kept);
    [[nodiscard]] const maps::window& window() const { return window_; }
    [[nodiscard]] map_ways ways() const;

  private:
    [[nodiscard]] std::string link_to(int zoom, const maps::point& middle) const;
    [[nodiscard]] std::string link_aside(double right, double down) const;

    const maps::sheet& sheet_;
    maps::window whole_;
    maps::window window_;
    int zoom_;
    std::string address_;
    pairs kept_;
};

/// Whose outlines they are, and what they leave out, in the reader's language.
std::string words_on_outlines(const visit&, const maps::sheet&);

}  // namespace veche::api::pages
