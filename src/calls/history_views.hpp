#pragma once
// What happened to calls and when, and which of them say certain words: what feeds, calendars and
// the search of the site are made from.

#include "calls/calls.hpp"

namespace veche::calls {

/// A turn in the life of a call.
enum class call_turn : std::uint8_t {
    decided,
    opened,
    closed,
    vote_opened,
    vote_closed,
    allocated,
    shared_out,
    concluded,
    offers_ended
};
VECHE_CHOICES(call_turn, decided, opened, closed, vote_opened, vote_closed, allocated, shared_out,
              concluded, offers_ended)

struct turn_row {
    call_turn turn{};
    instant at;
    std::optional<std::int64_t> seq;
    std::optional<std::int32_t> round;
    std::optional<instant> answer_until;
};
VECHE_FIELDS(turn_row, (turn, "What happened."), (at, "When."),
             (seq, "Entry of the journal; an opening has none."), (round, "Number of the round."),
             (answer_until, "Until when its offers could be answered."))

struct call_history {
    call_id call;
    call_kind kind{};
    localized title;
    localized body_name;
    instant opens;
    instant closes;
    std::vector<turn_row> turns;
    std::optional<instant> votes_from;
    std::optional<instant> votes_until;
    std::optional<instant> offers_until = {};
};
VECHE_FIELDS(call_history, (call, "The call."), (kind, "What is offered."), (title, "Its title."),
             (body_name, "Name of the body that runs it."), (opens, "When it opens."),
             (closes, "When it closes."), (turns, "What happened until now, in order."),
             (votes_from, "From when citizens vote; of a budget."),
             (votes_until, "Until when they vote."),
             (offers_until, "Until when offers go out, where they roll."))

struct histories_query {
    static constexpr wire_info wire{"calls.histories", 1, "What happened to calls, and when."};
    std::optional<call_id> call;
};
VECHE_FIELDS(histories_query, (call, "Only this call."))

struct histories_view {
    std::vector<call_history> calls;
};
VECHE_FIELDS(histories_view, (calls, "The calls, by their ids."))

struct call_search_query {
    static constexpr wire_info wire{"calls.search", 1,
                                    "Calls, programmes, parties and projects that citizens "
                                    "vote on, which say certain words."};
    std::string query;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(call_search_query, (query, "The words."), (offset, "How many to pass over."),
             (count, "How many rows at most."))

/// `within` is the title of the call, where the row is of something in it.
struct call_search_row {
    call_id call;
    std::string part;
    localized title;
    localized within;
    instant at;
    instant changed;
    std::optional<person_id> project = {};
};
VECHE_FIELDS(call_search_row, (call, "The call."),
             (part, "The programme or the party in it; empty for the call itself."),
             (project, "Number of the applicant whose project it is."), (title, "Its title."),
             (within, "Title of the call, where it is not the call itself."),
             (at, "When the call opens."), (changed, "When the call last took a turn."))

struct call_search_view {
    std::vector<call_search_row> rows;
    std::int32_t found = 0;
};
VECHE_FIELDS(call_search_view, (rows, "What was found, from the offset on."),
             (found, "How much was found in all."))

}  // namespace veche::calls
