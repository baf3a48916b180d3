#pragma once
// What the rules of the register share. Inside the room only.

#include <span>

#include "barriers/barriers.hpp"
#include "barriers/refusal.hpp"

namespace veche::barriers {

inline constexpr std::size_t max_title_bytes = 600;
inline constexpr std::size_t max_text_bytes = 8000;
inline constexpr std::size_t max_word_bytes = 300;
inline constexpr std::size_t max_list = 32;
inline constexpr std::size_t max_words = 50;

result<const barrier_case*> find_report(const world&, const barrier_id&);
/// Refuses one that is linked to another, and names that.
result<const barrier_case*> find_case(const world&, const barrier_id&);
result<const draft*> find_draft(const world&, const draft_id&);
result<void> check_standing(const barrier_case&, std::span<const barrier_standing>);

/// An office with that power in the body.
result<void> may(const world&, const body_id&, std::string_view power, const context&,
                 std::string_view type);
/// The contact point of that member.
result<void> may_answer(const world&, const body_id&, const member_id&, const context&,
                        std::string_view type);
/// The member whose contact point acts.
result<member_id> contact_of(const world&, const body_id&, const context&, std::string_view type);
/// Everybody who sits on the panel of the body that day, by name.
std::vector<person_id> panel_of(const charter::state&, const body_id&, date on);

result<void> check_text(const world&, const localized&, const std::string& field,
                        std::size_t limit = max_text_bytes);
/// The same, and not blank.
result<void> need_text(const world&, const localized&, const std::string& field,
                       std::size_t limit = max_text_bytes);
result<void> check_file(const std::optional<content_ref>&);
result<void> check_hindered(const world&, const hindered&);

/// Class and words of a case, registered here or taken over.
template <class Record>
result<void> check_wording(const world& w, const Record& c) {
    if (c.class_ == barrier_class::none) return refuse(refusals::class_impossible, "class");
    VECHE_CHECK(need_text(w, c.title, "title", max_title_bytes));
    VECHE_CHECK(need_text(w, c.about, "about"));
    VECHE_CHECK(need_text(w, c.authority, "authority", max_title_bytes));
    return check_text(w, c.legal, "legal");
}

/// What it hinders, and how many firms it hits.
template <class Record>
result<void> check_reach(const world& w, const Record& c) {
    VECHE_CHECK(check_hindered(w, c.hinders));
    const bool sourced = c.firms_source && !c.firms_source->empty();
    if (c.firms.has_value() != sourced || (c.firms && (*c.firms < 1 || *c.firms > 100'000'000)))
        return refuse(refusals::firms_impossible, "firms");
    if (c.firms_source && c.firms_source->size() > max_word_bytes)
        return refuse(refusals::text_too_long, "firms_source", std::to_string(max_word_bytes));
    return {};
}

/// Which words fit where the case is. A comment and taking back fit nearly everywhere.
bool word_fits(const barrier_case& report, const barrier_case& main, reporter_word);

/// Votes of a round, the last of each person.
std::vector<deed<vote_class>> votes_that_count(const panel_round&);

}  // namespace veche::barriers
