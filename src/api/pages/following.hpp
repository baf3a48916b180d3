#pragma once
// The button that follows the thing on a page.

#include "api/pages/visit.hpp"

namespace veche::api::pages {

/// Says that the thing of this page ("vote/v-1") can be followed. One of which nothing more comes
/// is offered only to who follows it already, so that they can stop.
void offer_follow(visit& here, const std::string& thing);

}  // namespace veche::api::pages
