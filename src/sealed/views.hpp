#pragma once
// What the public sees of sealed texts: that they exist, who may read them by what rule, and what
// was done with them by whom. Reading one is not a view: its bytes are not in the state.

#include <tuple>

#include "sealed/readers.hpp"

namespace veche::sealed {

struct text_query {
    static constexpr wire_info wire{"sealed.text", 1, "One sealed text: what is public of it."};
    sealed_id sealed;
};
VECHE_FIELDS(text_query, (sealed, "The sealed text."))

struct texts_query {
    static constexpr wire_info wire{"sealed.texts", 1, "Sealed texts, the latest first."};
    std::optional<std::string> of;
    std::optional<body_id> body;
    std::optional<text_status> status;
};
VECHE_FIELDS(texts_query, (of, "Only those attached to this thing, such as a session."),
             (body, "Only those of this body."), (status, "Only those of this state."))

struct reader_view {
    body_id body;
    localized body_name;
    std::optional<office_id> office;
    localized office_name;
    std::string power;
};
VECHE_FIELDS(reader_view, (body, "The body."), (body_name, "Name of the body."),
             (office, "The office; every holder of a seat where none is named."),
             (office_name, "Title of the office."), (power, "The power by which it may read."))

struct step_view {
    person_id by;
    localized title;
    std::string auth;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(step_view, (by, "Who."), (title, "Title of that person."),
             (auth, "Seat or office acted under."), (at, "When."), (seq, "Journal entry."))

struct request_view {
    request_kind kind{};
    localized ground;
    step_view step;
};
VECHE_FIELDS(request_view, (kind, "What was proposed."), (ground, "Why, by language."),
             (step, "By whom and when."))

struct text_view {
    seal_ref sealed;
    origin from;
    localized title;
    text_status status{};
    instant at;
    std::int64_t seq = 0;
    std::vector<reader_view> readers;
    std::optional<request_view> proposal;
    std::optional<step_view> confirmed;
    std::optional<std::string> salt;
    std::optional<std::string> text;
    std::optional<std::string> reads_as;
    std::optional<std::string> unseals_as;
    bool own_proposal = false;
};
VECHE_FIELDS(text_view, (sealed, "The commitment."), (from, "What it belongs to."),
             (title, "What the public is told of it."), (status, "Where it stands."),
             (at, "When it was sealed."), (seq, "Journal entry."),
             (readers, "Who may read it, by rule."),
             (proposal, "What was proposed, open or confirmed."),
             (confirmed, "Who published or destroyed it."),
             (salt, "Its salt in base64, once published."), (text, "The text, once published."),
             (reads_as, "Seat or office by which the viewer may read it."),
             (unseals_as, "Office by which the viewer may propose and confirm."),
             (own_proposal, "Whether the viewer made the open proposal."))

struct text_row {
    sealed_id sealed;
    origin from;
    localized title;
    text_status status{};
    instant at;
    std::int64_t seq = 0;
    bool may_read = false;
};
VECHE_FIELDS(text_row, (sealed, "The sealed text."), (from, "What it belongs to."),
             (title, "What the public is told of it."), (status, "Where it stands."),
             (at, "When it was sealed."), (seq, "Journal entry."),
             (may_read, "Whether the viewer may read it."))

struct texts_view {
    std::vector<text_row> texts;
};
VECHE_FIELDS(texts_view, (texts, "The sealed texts."))

using queries = std::tuple<text_query, texts_query>;

result<text_view> ask(const world&, const text_query&, const viewer&);
result<texts_view> ask(const world&, const texts_query&, const viewer&);

}  // namespace veche::sealed
