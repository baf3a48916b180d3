#pragma once
// What several commands of calls are judged by.

#include <set>

#include "calls/calls.hpp"
#include "calls/refusal.hpp"
#include "charter/words.hpp"

namespace veche::calls {

constexpr std::size_t max_title_bytes = 1000;
constexpr std::size_t max_text_bytes = 16'000;
constexpr std::size_t max_programmes = 200;  // a command and its result fit one entry
constexpr std::size_t max_result_bytes = 60'000;
constexpr std::size_t max_groups = 12;  // as many as an engine tells apart
constexpr std::size_t max_criteria = 20;
constexpr std::size_t max_custodians = 16;
constexpr std::size_t max_seals = 16;
constexpr std::int32_t max_capacity = 1'000'000;
constexpr std::int64_t max_stipend = 1'000'000'000'000;  // minor units
constexpr std::int32_t max_points = 1000;                // and weights
constexpr std::int32_t max_assessors = 9;
constexpr std::int32_t max_days = 366;
constexpr std::int64_t most_team_nodes = 20'000;  // a run is computed by whoever reads it

/// A decision whose body may order such commands.
result<void> by_decision(const world&, const context&, std::string_view type);
/// An officer with this power in the body that runs the call.
result<void> by_officer(const world&, const call&, const context&, std::string_view power,
                        std::string_view type);
/// A person for themselves.
result<void> by_applicant(const context&);

result<const call*> find_call(const world&, const call_id&);
result<const application*> find_application(const world&, const call_id&, const person_id&);
/// The application of the actor, not withdrawn.
result<const application*> own_application(const world&, const call_id&, const context&);
/// Nothing was allocated yet.
result<void> check_before_run(const call&);
/// Nothing waits for lots that are being revealed.
result<void> check_not_settled(const call&);
/// No more applications come.
result<void> check_closed(const call&);
result<void> check_not_concluded(const call&);

/// That a call has terms for teams exactly where it is one, and that they can hold.
result<void> check_team_call(const world&, const open_call&);
/// One feature of each category, and skills of the call; none where the call knows none.
result<void> check_features(const call&, const submit_application&);
/// What an officer refuses of them, or mends.
result<void> check_mending(const call&, const application&, const judge_eligibility&);
/// What an appeal brings back of them.
result<void> check_team_appeal(const application&, const decide_appeal&);

using charter::blank;
/// Length, and that the languages are the charter's.
result<void> check_text(const world&, const localized&, const std::string& field,
                        std::size_t limit);
result<void> check_range(std::int64_t value, const std::string& field, std::int64_t from,
                         std::int64_t to);
result<void> check_hex(const std::string&, const std::string& field);
/// Not above the limit, and none twice.
template <class Id>
result<void> check_ids(const std::vector<Id>& ids, const std::string& field, std::size_t limit) {
    if (ids.size() > limit) return refuse(refusals::too_many, field, std::to_string(limit));
    std::set<Id> seen;
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (!seen.insert(ids[i]).second)
            return refuse(refusals::id_repeated, field + "." + std::to_string(i), ids[i].value);
    return {};
}

}  // namespace veche::calls
