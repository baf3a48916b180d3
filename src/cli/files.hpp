#pragma once
// Whole files, in and out.

#include <filesystem>
#include <string>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"

namespace veche::cli {

/// The file's bytes; "-" is standard input.
result<std::string> read_file(const std::filesystem::path& file);

/// The described value that the file holds as JSON.
template <class T>
result<T> read_described(const std::filesystem::path& file) {
    const std::string text = VECHE_TRY(read_file(file));
    const std::string canonical = VECHE_TRY(json::canonicalize(text));
    return from_json<T>(std::string_view(canonical));
}

/// Writes a new file; refuses where one is already. `secret`: readable by its owner alone.
result<void> write_new_file(const std::filesystem::path& file, std::string_view bytes, bool secret);

/// A part of the shared files of the program (web, unions): beside the working folder, or above the
/// program itself. Empty where it is found nowhere.
std::filesystem::path find_shared(const std::filesystem::path& part);

}  // namespace veche::cli
