#include "assembly/checks.hpp"

#include <algorithm>

#include "assembly/limits.hpp"

namespace veche::assembly {

result<const session*> known_session(const state& s, const session_id& id, std::string field) {
    if (const session* found = s.sessions.find(id)) return found;
    return refuse(refusals::session_unknown, std::move(field), id.value);
}

result<const motion*> known_motion(const state& s, const motion_id& id, std::string field) {
    if (const motion* found = s.motions.find(id)) return found;
    return refuse(refusals::motion_unknown, std::move(field), id.value);
}

result<const vote*> known_vote(const state& s, const vote_id& id, std::string field) {
    if (const vote* found = s.votes.find(id)) return found;
    return refuse(refusals::vote_unknown, std::move(field), id.value);
}

std::optional<charter::elector> find_elector(const charter::state& charter, const session& s,
                                             const std::string& seat, date on) {
    const auto seated_in = [&](const body_id& body) -> std::optional<charter::elector> {
        for (charter::elector& e : charter.electorate(body, on))
            if (e.seat == seat) return std::move(e);
        return std::nullopt;
    };
    if (auto found = seated_in(s.body)) return found;
    for (const body_id& body : s.joint_with)
        if (auto found = seated_in(body)) return found;
    return std::nullopt;
}

result<void> check_language(const charter::state& charter, const std::string& language,
                            const std::string& field) {
    const auto& known = charter.document().languages;
    const bool used = std::any_of(known.begin(), known.end(),
                                  [&](const charter::language& l) { return l.id == language; });
    // A charter without a list of languages leaves them open.
    if (!known.empty() && !used) return refuse(refusals::language_unknown, field, language);
    return {};
}

result<void> check_text(const charter::state& charter, const localized& text,
                        const std::string& field, std::size_t most_bytes,
                        presence_of_text presence) {
    const bool says_something = std::any_of(text.begin(), text.end(), [](const auto& entry) {
        return entry.second.find_first_not_of(" \t\r\n") != std::string::npos;
    });
    if (presence == presence_of_text::required && !says_something)
        return refuse(refusals::text_missing, field);
    for (const auto& [language, words] : text) {
        const std::string place = field + "." + language;
        if (words.size() > most_bytes)
            return refuse(refusals::text_too_long, place, std::to_string(words.size()),
                          std::to_string(most_bytes));
        VECHE_CHECK(check_language(charter, language, place));
    }
    return {};
}

result<void> known_item(const session& s, const item_id& id, const std::string& field) {
    if (!s.find_item(id)) return refuse(refusals::item_unknown, field, id.value);
    return {};
}

result<void> not_over(const session& s) {
    if (s.over()) return refuse(refusals::session_over, "session", s.id.value);
    return {};
}

result<void> room_for(std::size_t now, std::size_t most, const std::string& field) {
    if (now >= most) return refuse(refusals::too_many, field, std::to_string(most));
    return {};
}

result<void> check_joint_bodies(const body_id& lead, const std::vector<body_id>& joint_with) {
    if (joint_with.size() > limits::joint_bodies)
        return refuse(refusals::too_many, "joint_with", std::to_string(limits::joint_bodies));
    for (auto b = joint_with.begin(); b != joint_with.end(); ++b)
        if (*b == lead || std::find(joint_with.begin(), b, *b) != b)
            return refuse(refusals::body_repeated,
                          "joint_with." + std::to_string(b - joint_with.begin()), b->value);
    return {};
}

result<void> check_zone(const std::optional<std::string>& zone, const std::string& field) {
    if (!zone) return {};
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("/_+-").find(c) != std::string_view::npos;
    };
    if (zone->empty() || zone->size() > limits::zone_bytes ||
        !std::all_of(zone->begin(), zone->end(), is_letter))
        return refuse(refusals::zone_malformed, field);
    return {};
}

presence_mode mode_of(const session& s, const std::optional<presence_mode>& said) {
    if (said) return *said;
    return s.mode == session_mode::remote ? presence_mode::remote : presence_mode::in_person;
}

result<void> check_mode(const session& s, const std::optional<presence_mode>& said) {
    const presence_mode mode = mode_of(s, said);
    const bool offered = s.mode == session_mode::hybrid ||
                         (s.mode == session_mode::in_person && mode == presence_mode::in_person) ||
                         (s.mode == session_mode::remote && mode == presence_mode::remote);
    if (!offered) return refuse(refusals::mode_not_offered, "mode", s.id.value);
    return {};
}

result<void> check_to_come(instant when, instant now, const std::string& field) {
    if (when < now) return refuse(refusals::time_passed, field, to_text(when));
    return {};
}

}  // namespace veche::assembly
