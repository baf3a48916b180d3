#pragma once
// What happened to one thing of the assembly or of the fund, for whoever follows it.

#include "assembly/act_views.hpp"
#include "assembly/election_views.hpp"
#include "assembly/secret_views.hpp"
#include "documents/news.hpp"
#include "fund/views.hpp"

namespace veche::documents {

/// That a vote was opened, and its result.
std::vector<feed_entry> news_of(const setting&, const assembly::vote_view&);
/// That a motion was tabled, and its votes.
std::vector<feed_entry> news_of(const setting&, const assembly::motion_view&);
/// That a decision was taken, every signature, why its orders failed, since when it is in force.
std::vector<feed_entry> news_of(const setting&, const assembly::decision_view&);
/// That an election was called, its rounds opened and counted.
std::vector<feed_entry> news_of(const setting&, const assembly::election_view&);
/// That a secret vote was opened and what came of it.
std::vector<feed_entry> news_of(const setting&, const assembly::secret_vote_view&);
/// That an election was called.
feed_entry news_of(const setting&, const assembly::election_row&);
/// That an act waits for signatures.
feed_entry news_of(const setting&, const assembly::unsigned_act_row&);
/// That money came in.
feed_entry news_of(const setting&, const fund::receipt_row&);

}  // namespace veche::documents
