#pragma once
// What several commands of the programme are judged by.

#include <span>

#include "charter/words.hpp"
#include "programme/programme.hpp"

namespace veche::programme {

constexpr std::size_t max_title_bytes = 1000;
constexpr std::size_t max_text_bytes = 16'000;
constexpr std::size_t max_word_bytes = 200;  // names of spheres, units, periods, media types
constexpr std::size_t max_documents = 32;
constexpr std::size_t max_milestones = 64;
constexpr std::size_t max_waits = 64;
constexpr std::int32_t max_weight = 1000;

/// A decision whose body may order such commands.
result<void> by_decision(const world&, const context&, std::string_view type);
/// No decision may order what an office reports.
result<void> by_office(const context&);
/// Whether the actor's office has the power "measures" in the body.
bool keeps_measures(const world&, const context&, const body_id&, std::string_view type);
/// A decision that may order it, or an office with power "measures" in the body.
result<void> may_keep(const world&, const context&, const body_id&, std::string_view type);
/// The responsible office named in the measure, or any with power "report" in the owning body.
bool reports_for(const world&, const measure&, const context&, std::string_view type);

using charter::blank;
result<void> check_length(const std::string& words, const std::string& field, std::size_t limit);
/// Length, and that the languages are the charter's. A charter without a list leaves them open.
result<void> check_text(const world&, const localized&, const std::string& field,
                        std::size_t limit);
result<void> check_documents(const std::vector<evidence>&, const std::string& field);
result<void> check_due(date due, const context&);

result<const measure*> find(const world&, const measure_id&);
result<void> check_open(const measure&);

/// What a measure is part of, how much it counts there, and what it waits for: all that is named
/// exists, and nothing would come to wait for itself or be a part of itself.
result<void> check_place(const world&, const measure_id&, const std::optional<measure_id>& parent,
                         const std::optional<std::int32_t>& weight,
                         const std::vector<measure_id>& waits_for);

}  // namespace veche::programme
