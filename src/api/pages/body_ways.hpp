#pragma once
// The ways in which a body may vote and meet besides the usual one, as its charter says, in words.

#include "api/pages/visit.hpp"

namespace veche::api::pages {

/// One sentence for each thing that the charter allows or asks of votes of the body.
std::vector<std::string> vote_ways(const visit& here, const charter::body& body);
/// How it votes in secret; nothing where it does not.
std::vector<std::string> secret_ways(const visit& here, const charter::body& body);
/// How its sessions are called.
std::vector<std::string> session_ways(const visit& here, const charter::body& body);

}  // namespace veche::api::pages
