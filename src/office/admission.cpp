#include "office/admission.hpp"

#include <algorithm>

#include "journal/passkey.hpp"
#include "journal/signed_note.hpp"
#include "office/office.hpp"

namespace veche::office {

std::string note_key_name(std::string_view origin, const person_id& person, std::string_view key) {
    return std::string(origin.substr(0, origin.find('/'))) + "/" + person.value + "/" +
           std::string(key);
}

std::vector<signing_key> keys_in_force(const state& s, std::string_view origin,
                                       const person_id& person, instant at) {
    std::vector<signing_key> keys;
    for (const auto& key : people::active_keys(s.people, person, at))
        keys.push_back({note_key_name(origin, person, key.id), key.public_key, key.site});
    return keys;
}

result<void> check_signing(const state& s, const journal::envelope& e, bool has_keys,
                           bool signed_well) {
    if (signed_well) return {};
    if (has_keys) return refuse(refusals::signature_missing, {}, e.actor);
    const auto& accepted = s.charter.document().unsigned_types;
    // Whoever comes in again has no key by then; the code stands in for it.
    const bool by_code = e.type == people::complete_recovery::wire.type;
    const bool may =
        by_code || std::any_of(accepted.begin(), accepted.end(), [&](const std::string& type) {
            return type == "*" || type == e.type ||
                   (type.ends_with(".*") && e.type.starts_with(type.substr(0, type.size() - 1)));
        });
    if (!may) return refuse(refusals::unsigned_not_allowed, "type", e.type);
    return {};
}

const signing_key* signer_of(std::string_view event_line, const std::vector<std::string>& lines,
                             const std::vector<signing_key>& keys) {
    const std::string message = std::string(event_line) + "\n";
    const auto signed_by = [&](const signing_key& key, const std::string& line) {
        if (key.site.empty()) return journal::verify_line(line, key.name, key.public_key, message);
        return journal::verify_passkey_line(line, {key.name, key.public_key}, event_line,
                                            journal::party_of(key.site))
            .has_value();
    };
    for (const std::string& line : lines)
        for (const signing_key& key : keys)
            if (signed_by(key, line)) return &key;
    return nullptr;
}

bool any_signature_good(std::string_view event_line, const std::vector<std::string>& lines,
                        const std::vector<signing_key>& keys) {
    return signer_of(event_line, lines, keys) != nullptr;
}

}  // namespace veche::office
