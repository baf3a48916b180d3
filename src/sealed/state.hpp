#pragma once
// Every sealed text there ever was, by its commitment. All of it is public; the texts are not here,
// but for those that were published.

#include "kernel/cow.hpp"
#include "sealed/events.hpp"

namespace veche::sealed {

enum class text_status : std::uint8_t { sealed, disclosed, shredded };
VECHE_CHOICES(text_status, sealed, disclosed, shredded)

enum class request_kind : std::uint8_t { disclosure, shredding };
VECHE_CHOICES(request_kind, disclosure, shredding)

/// What one person proposed; another must confirm it.
struct request {
    request_kind kind{};
    person_id by;
    std::string auth;
    localized ground;
    instant at;
    std::uint64_t seq = 0;
};

/// By whom and when it was done.
struct confirmation {
    person_id by;
    std::string auth;
    instant at;
    std::uint64_t seq = 0;
};

struct sealed_text {
    seal_ref seal;
    std::vector<body_id> bodies;
    origin from;
    localized title;
    instant at;
    std::uint64_t seq = 0;
    text_status status = text_status::sealed;
    std::optional<request> proposal;        ///< open, or the one that was confirmed
    std::optional<confirmation> confirmed;  ///< where it was disclosed or shredded
    std::string salt;                       ///< base64, where it was disclosed
    std::string text;                       ///< where it was disclosed
};

struct state {
    cow_map<sealed_id, sealed_text> texts;
    cow_map<std::string, sealed_id> by_subject;  ///< one text each: what is destroyed together
};

}  // namespace veche::sealed
