#pragma once
// The act of a decision: its text, how it was taken with every name, what it ordered and what came
// of that. Made from public views alone.

#include "assembly/vote_views.hpp"
#include "documents/setting.hpp"

namespace veche::documents {

document act_of(const setting&, const assembly::decision_view&, const assembly::vote_view&);

/// Paragraphs of a text: its lines that are not empty.
std::vector<std::string> paragraphs(std::string_view text);

}  // namespace veche::documents
