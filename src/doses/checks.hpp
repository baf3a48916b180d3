#pragma once
// What the rules of the room share. Inside the room only.

#include "doses/refusal.hpp"
#include "doses/stock.hpp"

namespace veche::doses {

inline constexpr std::size_t max_name_bytes = 600;
inline constexpr std::size_t max_text_bytes = 2000;
inline constexpr std::size_t max_word_bytes = 300;
inline constexpr std::size_t max_rows = 500;
inline constexpr std::int64_t max_doses = 1'000'000'000'000;
inline constexpr std::int64_t max_people = 10'000'000'000;

/// An office with power "doses" in the body.
result<void> may_desk(const world&, const body_id&, const context&, std::string_view type);
/// The desk, or an office with power "keep_doses" of the member that keeps the site.
result<void> may_keep(const world&, const record_site&, const context&, std::string_view type);

result<const record_product*> find_product(const world&, const product_id&, const char* field);
result<const record_site*> find_site(const world&, const site_id&, const char* field);
result<const lot*> find_lot(const world&, const lot_id&);

result<void> check_names(const world&, const localized&, const char* field);
result<void> check_text(const world&, const localized&, const char* field);
result<void> need_reason(const world&, const localized&, const char* field);
result<void> check_source(const std::string&);
result<void> check_range(std::int64_t value, std::int64_t least, std::int64_t most,
                         const std::string& field);
/// The day has come.
result<void> check_past(date on, const context&);
/// More than nothing, and whole vials.
result<void> check_vials(const record_product&, std::int64_t doses, const char* field);

}  // namespace veche::doses
