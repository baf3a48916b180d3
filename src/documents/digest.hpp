#pragma once
// A mail about what happened to the things somebody follows, as text and as HTML that say the same.
// Nothing in it is fetched from anywhere: no images, no script, no counting of readers.

#include "documents/setting.hpp"

namespace veche::documents {

struct digest_item {
    std::string said;  ///< what happened, in words
    instant at;
    std::int64_t seq = 0;  ///< its entry of the journal
};

/// One thing with its news.
struct digest_group {
    std::string kind;  ///< "Vote", in the reader's language
    std::string title;
    std::string path;  ///< of its page, below the language
    std::vector<digest_item> items;
};

struct letter {
    std::string subject;
    std::string text;
    std::string html;
};

/// The groups are told with the newest first, and so are their items. At most 50 groups and 20
/// items in each; the rest is counted. `leave`: address that ends the mail. There must be a group,
/// and none may be empty.
letter digest_of(const setting&, bool urgent, std::vector<digest_group>, const std::string& leave);

/// The mail that asks whether an address is its owner's. `why`: who asked that news be sent to it.
letter confirmation_of(const setting&, const std::string& why, const std::string& link);

/// A mail that says that mail arrives.
letter trial_of(const setting&);

}  // namespace veche::documents
