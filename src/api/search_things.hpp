#pragma once
// Everything of a union that can be found by words: what is there, what each says, and which of it
// an entry of the journal touches. A room that comes to have something to find is added here.

#include <string>
#include <vector>

#include "office/state.hpp"

namespace veche::api {

/// Kind and id of a thing. A part of a call is named by the call, a line feed and its own id.
struct thing_key {
    std::string kind;
    std::string id;
    auto operator<=>(const thing_key&) const = default;
};

struct found_thing {
    std::string kind;  ///< as people are told it: an organisation may be an enterprise
    std::string path;  ///< of its page, below the language
    localized title;
    localized text;             ///< what it says beside its title
    std::string words;          ///< codes, a publisher, a method: found, and not shown
    std::string more;           ///< its number, where that says something
    localized within;           ///< the call that it is a part of
    std::optional<instant> at;  ///< when it was decided, tabled, begins
    std::optional<instant> changed;
    std::int64_t day = INT64_MIN;  ///< for the order
};

/// Nothing where there is none, or none to be found: a motion that was adopted is found as its
/// decision.
std::optional<found_thing> thing_of(const office::state&, const thing_key&);

std::vector<thing_key> all_things(const office::state&);

/// Things that a message names, its rows and ordered commands included; what is named but not there
/// does no harm.
std::vector<thing_key> things_named(std::string_view type, json::node body);
/// Things that a message made or replaced without naming them: cases that were taken over, rows of
/// a report of payments.
std::vector<thing_key> things_made(const office::state&, std::string_view type, json::node body);
/// The thing and what shows its name: the links of a place, the parts of a call.
std::vector<thing_key> things_around(const office::state&, const thing_key&);

}  // namespace veche::api
