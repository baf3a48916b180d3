#pragma once
// What the rules of all records share. Inside the room only.

#include "registry/refusal.hpp"
#include "registry/registry.hpp"

namespace veche::registry {

inline constexpr std::size_t max_name_bytes = 600;
inline constexpr std::size_t max_text_bytes = 8000;
inline constexpr std::size_t max_word_bytes = 300;
inline constexpr std::size_t max_list = 64;

/// The body exists, no decision stands behind the command, and the office has the power.
result<void> may_record(const world&, const body_id&, const context&, std::string_view type);

result<void> check_names(const world&, const localized&, const std::string& field);
result<void> check_text(const world&, const localized&, const std::string& field);
result<void> check_word(const std::optional<std::string>&, const std::string& field);
result<void> check_source(const source_note&, const context&);
result<void> check_file(const std::optional<content_ref>&, const std::string& field);
/// Of a record that exists already.
result<void> check_reason(const world&, bool exists, const std::string& id, const localized&);

/// The day as it may be meant; refused where malformed, or where it cannot have begun yet.
result<day_span> check_past(const std::string& on, const std::string& field, const context&);
/// From and until of a record, each optional.
result<void> check_span(const std::optional<std::string>& from,
                        const std::optional<std::string>& until);

/// Each sound, each scheme once. That no other record has one is the caller's check.
result<void> check_codes(const std::vector<code>&);

result<const place*> find_place(const world&, const place_id&, const std::string& field);
/// Refuses one that was merged into another, and names that.
result<const organisation*> find_organisation(const world&, const organisation_id&,
                                              const std::string& field);
result<const link*> find_link(const world&, const link_id&, const std::string& field);

/// The member of the place: its own, or that of the places around it.
std::optional<member_id> member_of(const state&, const place_id&);
/// Of the side of a link: of the place, or of the place where the organisation sits.
std::optional<member_id> member_of(const state&, const link_end&);

}  // namespace veche::registry
