#pragma once
// What one may see of the assembly. `means` says what the viewer may do, and under which seat or
// office, so that a page offers exactly that.

#include <tuple>

#include "assembly/act_views.hpp"
#include "assembly/amendment_views.hpp"
#include "assembly/course_views.hpp"
#include "assembly/election_views.hpp"
#include "assembly/floor_views.hpp"
#include "assembly/forward_views.hpp"
#include "assembly/search_views.hpp"
#include "assembly/secret_views.hpp"
#include "assembly/series_views.hpp"
#include "assembly/session_views.hpp"
#include "assembly/vote_views.hpp"

namespace veche::assembly {

result<sessions_view> ask(const world&, const sessions_query&, const viewer&);
result<session_view> ask(const world&, const session_query&, const viewer&);
result<series_list_view> ask(const world&, const series_list_query&, const viewer&);
result<series_view> ask(const world&, const series_query&, const viewer&);
result<floor_view> ask(const world&, const floor_query&, const viewer&);
result<motion_view> ask(const world&, const motion_query&, const viewer&);
result<text_changes_view> ask(const world&, const text_changes_query&, const viewer&);
result<vote_view> ask(const world&, const vote_query&, const viewer&);
result<tally_view> ask(const world&, const tally_query&, const viewer&);
result<decisions_view> ask(const world&, const decisions_query&, const viewer&);
result<decision_view> ask(const world&, const decision_query&, const viewer&);
result<bundle_view> ask(const world&, const bundle_query&, const viewer&);
result<search_view> ask(const world&, const search_query&, const viewer&);
result<forwards_view> ask(const world&, const forwards_query&, const viewer&);
result<unsigned_acts_view> ask(const world&, const unsigned_acts_query&, const viewer&);
result<elections_view> ask(const world&, const elections_query&, const viewer&);
result<election_view> ask(const world&, const election_query&, const viewer&);
result<my_duties_view> ask(const world&, const my_duties_query&, const viewer&);

using other_queries =
    std::tuple<sessions_query, session_query, series_list_query, series_query, floor_query,
               motion_query, vote_query, tally_query, decisions_query, decision_query,
               my_duties_query, text_changes_query, unsigned_acts_query, forwards_query,
               elections_query, election_query, bundle_query, search_query>;
using queries =
    decltype(std::tuple_cat(std::declval<other_queries>(), std::declval<secret_queries>()));

}  // namespace veche::assembly
