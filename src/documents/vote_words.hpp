#pragma once
// One vote as blocks of a document: rule, counts, outcome with its reasons, and every name.

#include "assembly/vote_views.hpp"
#include "documents/setting.hpp"

namespace veche::documents {

/// What is asked: the motion's title, and before it what of the motion, or how many in the bundle.
std::string question_text(const setting&, const assembly::vote_view&);
/// "For 12, against 3, abstained 1, not voted 0"
std::string counts_text(const setting&, const assembly::ballot_counts&);
/// Who holds a seat: title and id of the person; the id alone where the seat's name says the title.
std::string holder_text(const setting&, const std::optional<person_id>& holder,
                        const localized& holder_title, const localized& seat_name);
/// Why the outcome is what it is, in the language of the document, one line for each condition.
std::vector<std::string> reason_texts(const setting&, const std::vector<charter::reason_line>&);
/// What a seat said, and how: split, by hand, by proxy, corrected.
std::string ballot_text(const setting&, const assembly::seat_ballot_view&);
/// Appends the vote's facts, its reasons and the table of names.
void add_vote(const setting&, const assembly::vote_view&, document&);
/// The table of names alone.
block ballots_block(const setting&, const assembly::vote_view&);

}  // namespace veche::documents
