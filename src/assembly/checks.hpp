#pragma once
// Checks that several commands share.

#include <optional>
#include <string>

#include "assembly/assembly.hpp"
#include "assembly/refusal.hpp"
#include "assembly/sitting_refusal.hpp"

namespace veche::assembly {

result<const session*> known_session(const state&, const session_id&, std::string field);
result<const motion*> known_motion(const state&, const motion_id&, std::string field);
result<const vote*> known_vote(const state&, const vote_id&, std::string field);

/// The seat as it has a vote that day in the session's body, or in one that sits jointly with it.
std::optional<charter::elector> find_elector(const charter::state&, const session&,
                                             const std::string& seat, date on);

/// Non-empty where `required`; every language known to the union, no text above the limit.
enum class presence_of_text { required, optional };
result<void> check_text(const charter::state&, const localized& text, const std::string& field,
                        std::size_t most_bytes, presence_of_text);
result<void> check_language(const charter::state&, const std::string& language,
                            const std::string& field);
/// A time to come, this very moment included.
result<void> check_to_come(instant when, instant now, const std::string& field);

result<void> known_item(const session&, const item_id&, const std::string& field);
/// A session that is neither closed nor cancelled.
result<void> not_over(const session&);
/// Whether one more fits; refuses with too_many at `field`.
result<void> room_for(std::size_t now, std::size_t most, const std::string& field);
/// That no body sits twice.
result<void> check_joint_bodies(const body_id& lead, const std::vector<body_id>& joint_with);
/// The form of a name of the IANA time zone database. Whether there is such a zone only the edge
/// knows; it shows times of an unknown one in UTC.
result<void> check_zone(const std::optional<std::string>& zone, const std::string& field);
/// That one takes part in the session in this form: where nothing is said, in the hall unless there
/// is none. Nobody is present in a session held in writing.
result<void> check_mode(const session&, const std::optional<presence_mode>&);
presence_mode mode_of(const session&, const std::optional<presence_mode>&);

/// The power over the session's leading body.
template <class Command>
result<void> require_power(const world& w, const context& ctx, std::string_view power,
                           const body_id& body) {
    return charter::require(w.charter, ctx, power, body, Command::wire.type);
}

}  // namespace veche::assembly
