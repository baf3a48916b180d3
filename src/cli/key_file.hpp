#pragma once
// An actor's signing key in a file: {"id","public_key","secret"}, as `veche keygen` makes it.

#include <filesystem>

#include "kernel/fields.hpp"

namespace veche::cli {

struct key_file {
    std::string id;
    std::string public_key;
    std::string secret;
};
VECHE_FIELDS(key_file, (id, "Id under which the key is enrolled."),
             (public_key, "Ed25519 public key, base64."),
             (secret, "Ed25519 seed, base64. Whoever has it signs in your name."))

/// The key of a seed of 32 bytes.
key_file key_from_seed(std::string id, std::string_view seed);
result<key_file> read_key_file(const std::filesystem::path& file);

/// The signature line over an event line, by the person's key as it is enrolled in that journal.
std::string sign_line(const key_file& key, const person_id& person, const std::string& origin,
                      std::string_view event_line);

}  // namespace veche::cli
