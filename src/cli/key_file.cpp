#include "cli/key_file.hpp"

#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "journal/signed_note.hpp"
#include "kernel/hash.hpp"
#include "office/admission.hpp"

namespace veche::cli {

key_file key_from_seed(std::string id, std::string_view seed) {
    const journal::key_pair pair = journal::key_from_seed(seed);
    return {std::move(id), to_base64(pair.public_key), to_base64(seed)};
}

result<key_file> read_key_file(const std::filesystem::path& file) {
    const std::string text = VECHE_TRY(read_file(file));
    const auto canonical = json::canonicalize(text);
    if (!canonical) return refuse(refusals::key_malformed, {}, file.string());
    auto key = from_json<key_file>(std::string_view(*canonical));
    const auto seed = key ? from_base64(key->secret) : std::nullopt;
    if (!seed || seed->size() != journal::seed_bytes || !is_identifier(key->id))
        return refuse(refusals::key_malformed, {}, file.string());
    return std::move(*key);
}

std::string sign_line(const key_file& key, const person_id& person, const std::string& origin,
                      std::string_view event_line) {
    const auto seed = from_base64(key.secret).value_or("");
    return journal::signature_line(office::note_key_name(origin, person, key.id),
                                   journal::key_from_seed(seed), std::string(event_line) + "\n");
}

}  // namespace veche::cli
