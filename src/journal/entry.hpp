#pragma once
// The leaf of the tree (docs/format/journal.md):
//   {"at":"2026-08-01T12:00:00.123Z","seq":15}      admission, written by the sequencer
//   {...}                                           event line, canonical JSON, as its actor sent
//   it
//                                                   an empty line, only if signatures follow
//   — name base64                                   signature lines of a C2SP signed note
// Every line ends with one newline. From the second line on a signed entry is a signed note.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/instant.hpp"
#include "kernel/result.hpp"

namespace veche::journal {

/// Entry bundles carry a 16-bit length.
constexpr std::size_t max_entry_bytes = 65'535;

/// Views into the bytes of an entry.
struct entry_view {
    std::uint64_t seq = 0;
    instant at;
    std::string_view event_line;       ///< without its newline
    std::string_view signature_block;  ///< the signature lines with their newlines, or empty
};

/// Splits an entry. Strict: exactly the form above; the event line itself is not looked into.
result<entry_view> parse_entry(std::string_view bytes);

std::string compose_entry(std::uint64_t seq, instant at, std::string_view event_line,
                          const std::vector<std::string>& signature_lines);

/// The lines of a signature block, without newlines.
std::vector<std::string> signature_lines(std::string_view block);

}  // namespace veche::journal
