#pragma once
// The event line: what an act or a derived event says around its body.
//   act      actor, auth, body, idem, log, type, v; optionally seen, basis
//   derived  body, by, log, type, v; never actor, auth, idem

#include <optional>

#include "kernel/message.hpp"

namespace veche::journal {

/// The last checkpoint that the client had verified.
struct seen_checkpoint {
    std::uint64_t size = 0;
    std::string_view root;  ///< base64
};

/// An optimistic condition: the stream was at this version when the client looked.
struct basis_condition {
    std::string_view stream;
    std::int64_t ver = 0;
};

/// Views into a parsed line.
struct envelope {
    bool derived = false;
    std::string_view actor, auth, idem;  ///< of an act
    std::uint64_t by = 0;                ///< of a derived event
    std::string_view log, type;
    std::int64_t v = 0;
    json::node body;
    std::optional<seen_checkpoint> seen;
    std::vector<basis_condition> basis;
};

/// Reads the parsed line. Anything missing, extra or of another type is refused, naming the field.
result<envelope> read_envelope(json::node line);

/// What a client says of the history it saw.
struct act_options {
    std::optional<std::pair<std::uint64_t, std::string>> seen =
        std::nullopt;  ///< size, base64 root
    std::vector<std::pair<std::string, std::int64_t>> basis = {};
};
std::string compose_act_line(std::string_view actor, std::string_view auth, std::string_view body,
                             std::string_view idem, std::string_view log, std::string_view type,
                             std::int32_t v, const act_options& options = {});
std::string compose_event_line(std::uint64_t by, std::string_view log, const event& what);

}  // namespace veche::journal
