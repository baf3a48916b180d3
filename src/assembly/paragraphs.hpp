#pragma once
// A motion's text as numbered paragraphs, and what amendments make of it. Pure functions: the same
// text and the same changes give the same bytes everywhere.
//
// Paragraphs are parted by blank lines and numbered from 1 as the text was tabled; the numbers stay
// while amendments come and go. One language is the language of record: its paragraphs are the ones
// that amendments name, and its words bind. The other languages travel along as far as they can.

#include <string>
#include <string_view>
#include <vector>

#include "assembly/motion_terms.hpp"
#include "charter/charter.hpp"

namespace veche::assembly {

/// Paragraphs without the blank lines between them; the ends of lines lose their spaces.
std::vector<std::string> paragraphs_of(std::string_view text);
/// The same parted by one blank line.
std::string text_of(const std::vector<std::string>& paragraphs);

/// The first language of the charter in which the text says something; where the charter lists
/// none, the first of the text by its tag. Empty for an empty text.
std::string language_of_record(const charter::state&, const localized& text);

/// One change of a text.
struct text_change {
    amendment_kind kind{};
    std::int32_t paragraph = 0;
    localized words;  ///< what comes in, by language; nothing for a deletion
};

/// What became of one paragraph of the text as tabled; number 0 stands for the head before it.
struct text_slot {
    std::int32_t number = 0;
    std::string was;
    std::vector<std::string> now;    ///< what stands in its place: itself, other words or nothing
    std::vector<std::string> after;  ///< what was put in behind it
    bool touched = false;            ///< whether a change named it (an insertion does not)
};

/// The paragraphs of one language after the changes, in the order given. Each change must name a
/// paragraph that exists and have its words in that language.
std::vector<text_slot> change_text(std::string_view text, const std::string& language,
                                   const std::vector<text_change>& changes);
std::vector<std::string> paragraphs_now(const std::vector<text_slot>& slots);

/// A text after its changes.
struct changed_text {
    localized text;
    /// Languages that could not follow: their paragraphs do not match those of the language of
    /// record, or a change has no words in them. Their text is left out rather than shown wrong.
    std::vector<std::string> left_behind;
};
changed_text change_all(const localized& text, const std::string& record,
                        const std::vector<text_change>& changes);

}  // namespace veche::assembly
