#pragma once
// What the rules of the register share. Inside the room only.

#include "prevention/prevention.hpp"
#include "prevention/refusal.hpp"

namespace veche::prevention {

inline constexpr std::size_t max_title_bytes = 600;
inline constexpr std::size_t max_text_bytes = 8000;
inline constexpr std::size_t max_word_bytes = 300;
inline constexpr std::size_t max_places = 100;
inline constexpr std::size_t max_proofs = 16;
inline constexpr std::size_t max_part_orders = 200;
inline constexpr std::size_t max_batch_orders = 5000;

result<const kept_order*> find_standing(const world&, const order_id&);
result<const clash_case*> find_clash(const world&, const clash_id&);
result<const clash_case*> find_open_clash(const world&, const clash_id&);

/// The desk of the body.
result<void> may_keep(const world&, const body_id&, const context&, std::string_view type);
/// An office of the member, the desk, or a decision that may order it.
result<void> may_order(const world&, const body_id&, const member_id&, const context&,
                       std::string_view type);
/// Whether the actor holds an office of the member that orders measures.
bool orders_for(const world&, const body_id&, const member_id&, const context&,
                std::string_view type);

/// Everything that an order says by itself; `where` is the path of the field.
result<void> check_terms(const world&, const order_terms&, const std::string& where);
/// The act is named, or a source stands for it.
result<void> check_act(const world&, const std::optional<legal_act>&,
                       const std::optional<std::string>& source, const std::string& where);
result<void> need_text(const world&, const localized&, const std::string& field,
                       std::size_t limit = max_text_bytes);

}  // namespace veche::prevention
