#pragma once
// What an entry of the journal tells, and whom: the table of messages worth telling, the things
// that each concerns, and who is to act now.

#include <functional>

#include "api/follow_store.hpp"
#include "office/state.hpp"

namespace veche::api {

/// What one entry holds, as far as news are made of it.
struct journal_news {
    std::vector<news_draft> drafts;
    std::optional<std::uint64_t> by;  ///< the entry that it follows from
    person_id actor;                  ///< of an act
};

/// `acted`: who acted in an entry that is named as the cause. `searches`: things of the kind
/// "search/<words>". Entries that tell nothing give none. The state may be newer than the entry.
journal_news news_in(std::string_view entry, const office::state&,
                     const std::vector<std::string>& searches,
                     const std::function<person_id(std::uint64_t)>& acted);

/// Persons who have to do something about the thing, or whose plans it changes: who has a seat in
/// the body of a vote, an election or a session, who reports on a measure, who has to agree to a
/// paper now, who keeps a late item of a link's plan or speaks for a side of the link.
std::vector<person_id> called_by(const office::state&, std::string_view thing, date today);

/// A silence procedure that runs: when its members are warned, a day before its end, or half-way
/// where it lasts less than two days. Nothing for other votes.
std::optional<instant> silence_warning(const office::state&, std::string_view vote);
/// That it ends soon; nothing where it is over.
std::optional<news_draft> silence_news(const office::state&, std::string_view vote, instant now);

/// Who reported a barrier without an account and left an address is kept in the file of followers
/// under this name; it is no person of the charter.
inline constexpr std::string_view reporter_prefix = "reporter/";
person_id reporter_of(const std::string& report);
/// When nothing more was to come of a report; nothing while something is. Of one that is not there,
/// long ago.
std::optional<instant> ended_at(const office::state&, const std::string& report);

/// "vote/v-1" as kind and id.
std::pair<std::string_view, std::string_view> split_thing(std::string_view thing);
/// Whether there is such a thing to follow; for searches, whether they have words.
bool is_thing(const office::state&, std::string_view thing);
/// Whether nothing more is to come of it.
bool is_over(const office::state&, std::string_view thing);
/// Its title, empty where there is none or where it has no words of its own (searches, the whole
/// programme).
localized title_of(const office::state&, std::string_view thing);
/// Its page below the language: "programme/G1".
std::string page_of(std::string_view thing);

}  // namespace veche::api
