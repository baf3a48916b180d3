#pragma once
// The plan of a link as dated items: what is to be done, which side owes it, until when, and what
// each side says became of it.

#include "registry/partner_terms.hpp"

namespace veche::registry {

/// Short name of an item within the plan of its link.
using plan_item_id = id<struct plan_item_tag>;

/// What one side says of an item. The newest word of a side is the one that holds.
enum class item_word : std::uint8_t { done, not_done, dropped };
VECHE_CHOICES(item_word, done, not_done, dropped)

/// By an office with power "registry" in the body. An item that exists is put again as a whole,
/// with the reason: what it said before is kept.
struct plan_item {
    static constexpr wire_info wire{"registry.plan_item", 1,
                                    "Put an item into the plan of a link, or amend it."};
    link_id link;
    plan_item_id item;
    body_id body;
    localized text;
    std::vector<link_side> sides;
    std::string due;
    source_note source;
    localized reason;
};
VECHE_FIELDS(plan_item, (link, "The link."), (item, "Short name of the item in its plan."),
             (body, "The body whose office answers for the record."),
             (text, "What is to be done, by language."),
             (sides, "Which side owes it, one or both."),
             (due, "Until when: a year, a month or a day; its last day counts."),
             (source, "Who says so."), (reason, "Why the item is amended, by language."))

/// By an office with power "registry" in the body.
struct report_item {
    static constexpr wire_info wire{"registry.report_item", 1,
                                    "Record what one side says of an item of a link's plan."};
    link_id link;
    plan_item_id item;
    body_id body;
    link_side side{};
    item_word says{};
    std::optional<std::string> on;
    localized about;
    std::optional<activity_id> activity;
    std::optional<content_ref> proof;
    source_note source;
};
VECHE_FIELDS(report_item, (link, "The link."), (item, "The item of its plan."),
             (body, "The body whose office answers for it."), (side, "Which side."),
             (says, "What it says."), (on, "When it was so: a year, a month or a day."),
             (about, "In its words, by language."),
             (activity, "The activity on the link that shows it."),
             (proof, "A document that shows it."), (source, "Who says so."))

}  // namespace veche::registry
