#pragma once
// What pages of calls show where offers roll: how far the list of each programme went, and where an
// application stands on each of its lists, with its answers.

#include "api/pages/acts.hpp"
#include "api/pages/call_parts.hpp"

namespace veche::api::pages {

struct list_line {
    std::string programme;
    std::int64_t places = 0;
    calls::list_row row;
};
VECHE_VIEW(list_line, (programme, "The programme."), (places, "Its places."),
           (row, "Its list in numbers."))

struct lists_card {
    std::vector<list_line> lines;
    std::optional<instant> until;
    bool over = false;
    std::int64_t seq = 0;
};
VECHE_VIEW(lists_card, (lines, "Programmes with their lists."),
           (until, "Until when offers go out."), (over, "Whether that is past."),
           (seq, "Entry of the run that made the lists."))

/// Nothing where offers do not roll, or before the run.
std::optional<lists_card> lists_of(const visit&, const calls::call_view&);

struct own_list {
    std::int32_t choice = 0;
    std::string programme;
    calls::list_standing standing{};
    std::string left;
    std::optional<instant> until;
    std::vector<std::string> reasons;
    std::vector<act> answers;
};
VECHE_VIEW(own_list, (choice, "Which choice, from 1."), (programme, "The programme."),
           (standing, "Where it stands."), (left, "How much time is left to answer."),
           (until, "Until when."), (reasons, "Why, in sentences."),
           (answers, "What the applicant can answer."))

struct rolling_part {
    std::vector<own_list> lists;
    std::optional<instant> until;
    bool over = false;
    std::vector<std::string> ranking;
    std::vector<act> acts;
    std::vector<own_list> beyond;
};
VECHE_VIEW(rolling_part, (lists, "Each list."), (until, "Until when offers go out."),
           (over, "Whether that is past."), (ranking, "The ranking that answers, best first."),
           (acts, "The form of the ranking."), (beyond, "Places won by appeal, to be answered."))

/// Nothing where offers do not roll, or before the run.
std::optional<rolling_part> rolling_part_of(const visit&, const calls::call_view&,
                                            const calls::application_view&);
/// Programmes that one can still rank: the ranking as it stands, or what is open.
std::vector<calls::place_id> open_to(const calls::rolling_case&);
/// The rule in sentences.
std::vector<std::string> rolling_rules(const visit&, const calls::call_view&);

}  // namespace veche::api::pages
