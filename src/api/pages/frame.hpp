#pragma once
// What every page shows around its content: the globals that templates reach as @page.

#include "kernel/fields.hpp"
#include "kernel/instant.hpp"

namespace veche::api::pages {

struct tongue {
    std::string id;
    std::string name;  ///< in the language itself
    std::string href;  ///< the same page in that language
    bool current = false;
};
VECHE_VIEW(tongue, (id, "Language tag."), (name, "The language's own name."),
           (href, "Address of this page in it."), (current, "Whether the page is in it."))

struct crumb {
    std::string href;
    std::string name;
};
VECHE_VIEW(crumb, (href, "Address."), (name, "Name of the page above."))

/// The page in another form: a feed to follow, a file to take away.
struct offered {
    std::string type;
    std::string label;
    std::string href;
};
VECHE_VIEW(offered, (type, "Media type."), (label, "Its format, for a reader."),
           (href, "Its address."))

struct person_card {
    std::string id;
    localized title;
};
VECHE_VIEW(person_card, (id, "Id of the person."), (title, "Title from seat or office."))

/// That the thing on the page can be followed.
struct follow_offer {
    std::string thing;
    bool on = false;
    bool over = false;
};
VECHE_VIEW(follow_offer, (thing, "Kind and id of the thing."),
           (on, "Whether the reader follows it."), (over, "Whether nothing more comes of it."))

struct frame {
    std::string lang;
    localized union_name;
    localized note;
    std::vector<tongue> tongues;
    std::string style_version;
    std::optional<person_card> person;
    std::string csrf;
    std::string idem;
    std::string door;
    std::vector<crumb> path;
    std::string address;
    std::string zone;
    std::int64_t entries = 0;
    std::string searched;
    std::optional<std::string> done;
    std::optional<std::int64_t> done_seq;
    bool failed = false;
    bool signs = false;
    std::vector<offered> follows;
    std::vector<offered> files;
    std::string takes;
    std::string licence;
    std::string url;
    instant at;
    std::string root;
    std::int64_t root_size = 0;
    std::int32_t idle_minutes = 0;
    std::optional<follow_offer> follow;
};
VECHE_VIEW(frame, (lang, "Language of the page."), (union_name, "Name of the union."),
           (note, "What in this deployment is invented."), (tongues, "The languages."),
           (style_version, "Changes when style or script change."), (person, "Who is signed in."),
           (csrf, "Token for forms."), (idem, "Fresh key for the forms of this page."),
           (door, "Which door it stands behind."), (path, "Pages above it."),
           (address, "Path and query of the page."), (zone, "City and offset of the times shown."),
           (entries, "Entries of the journal."), (searched, "What was searched for."),
           (done, "What the reader has just done."), (done_seq, "The entry of that."),
           (failed, "Whether the page reports an error."),
           (signs, "Whether the reader has a signing key."), (follows, "Feeds of the page."),
           (files, "The page as files."), (takes, "Where its tables and plots can be taken away."),
           (licence, "Under which it may be used; empty where nothing is said."),
           (url, "Its whole address, for a print."), (at, "When it was made."),
           (root, "Root of the newest checkpoint."), (root_size, "Entries under that root."),
           (idle_minutes, "How long a login rests before it ends; 0 for the public."),
           (follow, "The thing on it that can be followed."))

}  // namespace veche::api::pages
