#pragma once
// Atom (RFC 4287): news to follow. Ids are tag URIs (RFC 4151) made of the journal's host and the
// number of the entry, so that they outlive addresses and languages.

#include "documents/setting.hpp"

namespace veche::documents {

struct feed_entry {
    std::string id;    ///< stable within the union: "journal/17", "decision/2026-0007"
    std::string path;  ///< of its page, below the language
    std::string title;
    std::string summary;
    instant updated;
};

struct feed {
    std::string id;    ///< stable within the union: "decisions", "measure/G1"
    std::string path;  ///< of the page that it belongs to, below the language
    std::string self;  ///< path and query of the feed itself, as it was asked for
    std::string title;
    std::vector<feed_entry> entries;
};

/// Newest first, at most 50. Entries with the same id are told once (the newest); titles that would
/// be the same get their day, and their number where that is not enough.
std::string to_atom(const setting&, feed);

}  // namespace veche::documents
