#pragma once
// Finding things of the assembly by their words.

#include "assembly/view_parts.hpp"

namespace veche::assembly {

/// A motion that was adopted is found as its decision.
enum class search_kind : std::uint8_t { decision, motion, session, election };
VECHE_CHOICES(search_kind, decision, motion, session, election)

struct search_query {
    static constexpr wire_info wire{"assembly.search", 1,
                                    "Decisions, motions, sessions and elections by their words."};
    std::string query;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(search_query,
             (query,
              "Words that title, text or number hold, all of them; case and the letters "
              "that people interchange do not count."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct search_row {
    search_kind kind{};
    std::string id;
    localized title;
    named_body body;
    instant at;
    std::optional<instant> changed;
};
VECHE_FIELDS(search_row, (kind, "What it is."), (id, "Its id or number."),
             (title, "Title by language."), (body, "The body it belongs to."),
             (at, "When it was decided, tabled, or begins."),
             (changed, "When it last changed, where that is known."))

/// Decisions first, then motions, sessions, elections; the latest of each first. `found` counts
/// all of them, shown or not. Nothing is found by no words.
struct search_view {
    std::vector<search_row> rows;
    std::int32_t found = 0;
};
VECHE_FIELDS(search_view, (rows, "Those that are shown."), (found, "How many there are."))

}  // namespace veche::assembly
