#pragma once
// Views of a motion on its way to the vote: stages, parts, bundles.

#include "assembly/view_parts.hpp"

namespace veche::assembly {

/// A stage of the charter, and who moved the motion there once it has got there.
struct stage_view {
    std::string id;
    localized name;
    std::vector<std::string> by;
    std::optional<person_id> person;
    localized person_title;
    localized note;
    std::optional<instant> at;
    std::optional<std::int64_t> seq;
    bool next = false;
};
VECHE_FIELDS(stage_view, (id, "Id of the stage."), (name, "Name by language."),
             (by, "Who may move the motion there; who presides where nobody is named."),
             (person, "Who moved the motion there."), (person_title, "Title of that person."),
             (note, "What was found."), (at, "When it got there; nothing while it has not."),
             (seq, "Journal entry."), (next, "Whether it is the next one."))

/// A part of a motion that is voted on apart.
struct part_view {
    std::int32_t number = 0;
    localized title;
    std::vector<std::int32_t> paragraphs;
    std::vector<std::int32_t> orders;
    part_status status{};
    std::vector<vote_row> votes;
};
VECHE_FIELDS(part_view, (number, "Its number, from 1."), (title, "Title by language."),
             (paragraphs, "Its paragraphs, counted in the text as tabled."),
             (orders, "Its ordered commands, from 1."), (status, "Where it stands."),
             (votes, "Votes on it, in order."))

struct bundle_row {
    bundle_id id;
    localized title;
    bundle_status status{};
};
VECHE_FIELDS(bundle_row, (id, "Id of the bundle."), (title, "Title by language."),
             (status, "Where it stands."))

// --- assembly.bundle
// ------------------------------------------------------------------------------

struct bundle_query {
    static constexpr wire_info wire{"assembly.bundle", 1, "One bundle: what is decided together."};
    bundle_id id;
};
VECHE_FIELDS(bundle_query, (id, "Id of the bundle."))

/// What was taken out, at whose wish.
struct taken_out_view {
    motion_id motion;
    localized title;
    std::optional<amendment_id> amendment;
    person_id person;
    localized person_title;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(taken_out_view, (motion, "The motion."), (title, "The question."),
             (amendment, "The amendment to it, where it was one."), (person, "Who asked for it."),
             (person_title, "Title of that person."), (at, "When."), (seq, "Journal entry."))

struct bundle_view {
    bundle_id id;
    localized title;
    named_body body;
    session_id session;
    localized session_title;
    session_status session_state{};
    bundle_status status{};
    std::vector<motion_row> motions;
    std::vector<amendment_id> amendments;
    std::vector<taken_out_view> out;
    std::vector<vote_row> votes;
    viewer_means means;
    std::int64_t seq = 0;
};
VECHE_FIELDS(bundle_view, (id, "Id of the bundle."), (title, "Title by language."),
             (body, "The body that decides."), (session, "The session."),
             (session_title, "Title of the session."), (session_state, "Where the session stands."),
             (status, "Where it stands."), (motions, "Its motions."),
             (amendments, "Its amendments, where it is they that are bundled."),
             (out, "What was taken out of it."), (votes, "Votes on it, in order."),
             (means, "What the viewer may do here."), (seq, "Journal entry."))

}  // namespace veche::assembly
