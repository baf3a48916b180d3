#pragma once
// The commands that a motion or a decision orders, in words.

#include "api/pages/visit.hpp"
#include "assembly/view_parts.hpp"

namespace veche::api::pages {

struct order_card {
    std::int32_t number = 0;
    std::string type;
    std::string title;
    render::markup content;
    std::optional<std::int64_t> seq;
    std::string plan;
};
VECHE_VIEW(order_card, (number, "Its place, from 1."), (type, "Type of the command."),
           (title, "What it does, in words."), (content, "Its fields."),
           (seq, "Entry that carried it out."),
           (plan, "Where what it proposes is weighed: page below the language."))

std::vector<order_card> orders_of(const visit& here,
                                  const std::vector<assembly::enactment_view>& enactments);

/// Names the page that weighs a plan of doses which the motion orders.
void link_plans(std::vector<order_card>&, const std::vector<assembly::enactment_view>&,
                const std::string& motion);

/// What a message of this type is, in words: text "command.<type>" or "event.<type>".
std::string message_title(const visit& here, std::string_view type);

}  // namespace veche::api::pages
