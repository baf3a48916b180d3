#pragma once
// Views of amendments and of what they change in a text.

#include "assembly/motion_terms.hpp"
#include "assembly/view_parts.hpp"
#include "assembly/word_diff.hpp"

namespace veche::assembly {

struct amendment_view {
    amendment_id id;
    motion_id motion;
    std::optional<amendment_id> amends;
    amendment_kind kind{};
    std::int32_t place = 0;
    localized text;
    std::vector<std::string> left_behind;
    std::vector<enactment_view> order;
    localized reason;
    amendment_status status{};
    std::int32_t turn = 0;
    std::vector<amendment_id> competes;
    std::optional<person_id> tabled_by;
    localized tabled_by_title;
    std::string tabled_as;
    instant at;
    std::vector<vote_row> votes;
    bool may_withdraw = false;
    std::int32_t supporters_needed = 0;
    std::vector<supporter_view> supporters;
    std::int64_t seq = 0;
};
VECHE_FIELDS(amendment_view, (id, "Id of the amendment."), (motion, "The motion."),
             (amends, "The amendment it amends; the motion itself where nothing is said."),
             (kind, "What it does."),
             (place, "Paragraph of the text as tabled, or number of an ordered command."),
             (text, "Its words, with what was adopted to amend them."),
             (left_behind, "Languages in which its words could not follow."),
             (order, "The command that is to be ordered instead."), (reason, "Why."),
             (status, "Where it stands."),
             (turn, "Its place in the order of voting, from 1; 0 where it does not wait."),
             (competes,
              "Others that wait and change the same place: one of them at most is adopted."),
             (tabled_by, "Who tabled it."), (tabled_by_title, "Title of that person."),
             (tabled_as, "The seat or office under which it was tabled."),
             (at, "When it was tabled."), (votes, "Votes on it, in order."),
             (may_withdraw, "Whether the viewer may withdraw it now."),
             (supporters_needed, "How many seats must support it before its vote."),
             (supporters, "Seats that support it."), (seq, "Journal entry."))

// --- assembly.text_changes
// ------------------------------------------------------------------------

struct text_changes_query {
    static constexpr wire_info wire{"assembly.text_changes", 1,
                                    "What amendments change in a motion's text, word by word."};
    motion_id id;
    std::optional<std::string> language;
};
VECHE_FIELDS(text_changes_query, (id, "The motion."),
             (language,
              "The language; the language of record where nothing is said, or where the "
              "text could not follow in it."))

/// One paragraph of the text as tabled, or words put in behind it.
struct paragraph_view {
    std::int32_t number = 0;
    bool inserted = false;
    bool changed = false;
    std::vector<diff_piece> pieces;
};
VECHE_FIELDS(paragraph_view, (number, "Its number, or that of the paragraph it was put in behind."),
             (inserted, "Whether an amendment put it in."),
             (changed, "Whether an amendment changed it or took it out."),
             (pieces, "Its words: those that stayed, went out and came in."))

/// What one amendment would change, or has changed, in the text that it amends, as that was tabled.
struct amendment_change {
    amendment_id id;
    std::string language;
    std::vector<diff_piece> pieces;
};
VECHE_FIELDS(amendment_change, (id, "The amendment."), (language, "The language of the words."),
             (pieces, "The words that stay, go out and come in."))

struct text_changes_view {
    std::string language;
    std::string record;
    std::vector<paragraph_view> paragraphs;
    std::vector<amendment_change> amendments;
};
VECHE_FIELDS(text_changes_view, (language, "The language shown."),
             (record, "The language of record, whose words bind."),
             (paragraphs, "The text as it stands against the text as tabled."),
             (amendments, "Each amendment by itself, in the order they were tabled."))

}  // namespace veche::assembly
