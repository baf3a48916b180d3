#pragma once
// Chance and secrecy, from libsodium: random bytes, comparison in constant time, Argon2id.

#include <cstdint>
#include <string>
#include <string_view>

namespace veche::api {

std::string random_bytes(std::size_t count);

/// Equal, in a time that does not tell where the texts differ.
bool is_same_secret(std::string_view a, std::string_view b);

/// Cost of one password hash. `moderate` takes about 0.7 s and 256 MiB, `interactive` 0.1 s and
/// 64 MiB; `fast` is for tests and protects nothing.
enum class password_cost : std::uint8_t { fast, interactive, moderate };

/// An Argon2id hash with its salt and cost in the usual text form. Throws std::bad_alloc where its
/// memory is not to be had.
std::string argon2id(std::string_view password, password_cost);
/// A hash at that cost that no password fits: checking against it costs what checking any does.
std::string argon2id_decoy(password_cost);
bool argon2id_fits(const std::string& hash, std::string_view password);
/// Whether a hash was made at another cost.
bool argon2id_differs(const std::string& hash, password_cost);

}  // namespace veche::api
