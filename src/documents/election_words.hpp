#pragma once
// The count of an election in a reader's words: for its page, and for minutes.

#include "assembly/views.hpp"
#include "documents/document.hpp"
#include "documents/setting.hpp"

namespace veche::documents {

/// Votes as the language writes them, without places that are all zero.
std::string votes_text(const setting&, std::int64_t votes);

/// Titles of candidates, parted by commas; "" of nobody.
std::string candidates_text(const setting&, const std::vector<assembly::candidate_view>&);

/// Who is elected, in the order of election; nobody while it is not decided.
std::vector<assembly::candidate_view> elected_of(const assembly::election_view&);

/// What one seat said: whom it chose, and whom it voted against.
std::string ballot_text(const setting&, const assembly::election_ballot_view&);

/// The title of one who stands in the round; the id where nobody of it does.
std::string candidate_name(const setting&, const assembly::round_view&, const std::string& id);

/// "Surplus of ..."
std::string stage_title(const setting&, const assembly::round_view&, const elections::stage&);

/// Each reason of a stage as a sentence.
std::vector<std::string> stage_sentences(const setting&, const assembly::round_view&,
                                         const elections::stage&);

/// Facts, the count stage by stage, every ballot.
void add_election(const setting&, const assembly::election_view&, document& into);

}  // namespace veche::documents
