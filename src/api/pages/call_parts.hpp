#pragma once
// What the pages of calls share: names of programmes and groups, what comes next and until when,
// rules and reasons in words.

#include "api/pages/visit.hpp"
#include "calls/views.hpp"

namespace veche::api::pages {

/// What happens next in a call.
struct call_clock {
    std::string what;
    std::optional<instant> until;
    std::string left;
};
VECHE_VIEW(call_clock, (what, "What comes next, in words."), (until, "By when."),
           (left, "How much time that leaves, in words."))

/// A call in a list, with its clock.
struct call_card {
    calls::call_row row;
    call_clock clock;
};
VECHE_VIEW(call_card, (row, "The call."), (clock, "What comes next."))

/// "3 days left", "5 hours left"; "" where the moment is past.
std::string time_left(const visit&, instant until);
call_clock clock_of(const visit&, const calls::call_view&);
call_card card_of(const visit&, const calls::call_row&);

/// Names; the id where there is none, and what a grant is called where there is no programme.
std::string programme_name(const visit&, const calls::call_view&,
                           const std::optional<calls::place_id>&);
std::string group_name(const visit&, const calls::call_view&, const calls::group_id&);

/// The reader's office with that power in the body or over it.
std::optional<std::string> office_holding(const visit&, std::string_view power, const body_id&);

/// Who got in by one entry: a programme's open places, or those held for a group.
struct cutoff_line {
    std::string programme;
    std::string group;
    std::int64_t seats = 0;
    std::int64_t taken = 0;
    std::optional<amount> money;
    std::optional<amount> granted;
    std::optional<std::int64_t> score;
    std::string key;
    std::optional<std::int64_t> rank;
};
VECHE_VIEW(cutoff_line, (programme, "The programme."),
           (group, "For whom the places are held; empty for open ones."), (seats, "Places free."),
           (taken, "How many got in."), (money, "Money that was free."),
           (granted, "Money granted."), (score, "Score from which on one got in."),
           (key, "Highest lottery number of that score that got in."),
           (rank, "Where hosts rank: the last place in the ranking that got in."))

/// How a group or a member comes out.
struct share_line {
    std::string name;
    std::int64_t applied = 0;
    std::int64_t placed = 0;
    std::int64_t share = 0;
};
VECHE_VIEW(share_line, (name, "Group or member."), (applied, "How many took part."),
           (placed, "Of them with an offer or a place."),
           (share, "That in per cent, rounded down."))

share_line share_of(std::string name, std::int64_t applied, std::int64_t placed);

std::vector<cutoff_line> cutoff_lines(const visit&, const calls::call_view&,
                                      const std::vector<calls::cutoff>&);

/// The rule of the call in sentences, from its named parameters.
std::vector<std::string> rule_sentences(const visit&, const calls::call_view&);
/// A worked example of what the parameters do.
std::vector<std::string> rule_examples(const visit&, const calls::call_view&);

/// A choice with the reasons of what came of it, for the applicant.
struct choice_card {
    std::int32_t choice = 0;
    std::string programme;
    calls::choice_outcome outcome{};
    std::vector<std::string> reasons;
    bool together = false;
};
VECHE_VIEW(choice_card, (choice, "Which choice, from 1."), (programme, "The programme."),
           (outcome, "What came of it."), (reasons, "Why, in sentences."),
           (together, "Whether it is a line of two who go together."))

std::vector<choice_card> choice_cards(const visit&, const calls::call_view&,
                                      const calls::application_view&);

/// The first part of an address like "cases/CALL/PERSON" after its section, and the second.
struct call_address {
    calls::call_id call;
    std::string person;
};
/// Nothing where either is no identifier.
std::optional<call_address> call_address_of(const visit&);

/// Who is not signed in is led to the login, and from there back.
std::optional<response> login_first(const visit&);

}  // namespace veche::api::pages
