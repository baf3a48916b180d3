#pragma once
// Papers and other long contents, kept by the SHA-256 of their bytes: the journal names them by
// that hash, the bytes lie beside it in FOLDER/xx/HASH, where xx is how the hash begins.

#include <filesystem>
#include <string>
#include <string_view>

#include "kernel/result.hpp"

namespace veche::store {

/// Keeps the bytes and answers their SHA-256 in hex. Durable on return; keeping the same bytes
/// again changes nothing. Refuses with store.disk_full or store.read_only.
result<std::string> keep_content(const std::filesystem::path& folder, std::string_view bytes);

/// The bytes of that hash (64 hex digits). Refuses with store.content_missing, and with
/// store.content_differs where the file no longer hashes to its name.
result<std::string> read_content(const std::filesystem::path& folder, std::string_view sha256_hex);

}  // namespace veche::store
