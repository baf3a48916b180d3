#pragma once
// Decision rules: a small language of exact conditions, and the pure function that applies a rule
// to an electorate and its ballots (docs/format/rules.md). Integers and fractions only; the base of
// every share is named; whoever says nothing is absent, which is not abstaining.
//
// Reading order: ballot, outcome, voter, condition, rule, evaluate, verdict.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::charter {

/// What a voter said. `absent`: neither present nor represented. `excluded`: stands aside (an
/// opt-out, a conflict of interest, a matter that is not the voter's). `split`: part of the
/// voter's weight says this, part that (split_votes).
enum class ballot : std::uint8_t { yes, no, abstain, absent, excluded, split };
VECHE_CHOICES(ballot, yes, no, abstain, absent, excluded, split)

/// `no_opinion`: neither a majority for nor one against, where the law knows both. `invalid`: the
/// ballots do not fit the electorate. `pending`: what decides is still missing (the public seed of
/// a lot, the end of a silence procedure).
enum class outcome : std::uint8_t { adopted, rejected, no_opinion, no_quorum, invalid, pending };
VECHE_CHOICES(outcome, adopted, rejected, no_opinion, no_quorum, invalid, pending)

/// How ballots of one member's seats become one ballot, before weighing.
enum class bloc_mode : std::uint8_t { none, uniform, majority };
VECHE_CHOICES(bloc_mode, none, uniform, majority)

struct voter {
    std::string id;                                 ///< a seat, or a member voting as a bloc
    std::map<std::string, std::string> attributes;  ///< groups: "st" is the member
    std::map<std::string, std::int64_t> weights;    ///< of the day; "count" is implied
};

/// Ballots by voter. A voter without an entry is absent.
using ballot_map = std::map<std::string, ballot, std::less<>>;

/// How a voter has split a weight between the choices; the parts add up to the weight.
struct split_votes {
    std::int64_t yes = 0;
    std::int64_t no = 0;
    std::int64_t abstain = 0;
    bool operator==(const split_votes&) const = default;
    auto operator<=>(const split_votes&) const = default;
};
VECHE_FIELDS(split_votes, (yes, "Votes in favour."), (no, "Votes against."),
             (abstain, "Votes that abstain."))

/// Which ballots a measure counts. `present` and `cast` are two names of yes, no or abstain;
/// `decisive` is yes or no; `notyes` is no, abstain or absent; `participating` is all but excluded;
/// `seats` is everybody, the legal number.
enum class selection : std::uint8_t {
    yes,
    no,
    abstain,
    absent,
    present,
    cast,
    decisive,
    notyes,
    participating,
    seats
};
VECHE_CHOICES(selection, yes, no, abstain, absent, present, cast, decisive, notyes, participating,
              seats)

enum class measure_kind : std::uint8_t { integer, selection, mincover };

/// A number taken from the ballots: a constant, the weight of a selection, or `mincover`: the
/// fewest participating voters whose weight exceeds `share` of the participating weight, plus
/// `add`.
struct measure {
    measure_kind kind = measure_kind::integer;
    std::int64_t integer = 0;  ///< the constant, or what is added to the cover
    selection sel = selection::yes;
    std::string weight = "count";
    ratio share{0, 1};
    bool operator==(const measure&) const = default;
};

enum class comparison : std::uint8_t { more, at_least, equal, at_most, less };
/// How they are written, in their order.
inline constexpr std::string_view comparison_signs[] = {">", ">=", "=", "<=", "<"};
enum class condition_kind : std::uint8_t { all, any, negation, each, within, none_of, compare };

/// A condition. Which members mean something depends on the kind.
struct condition {
    condition_kind kind = condition_kind::all;
    std::vector<condition> parts;   ///< all, any; the one condition of negation, each, within
    std::string by;                 ///< each, within: the attribute that makes the groups
    std::string eq;                 ///< within: the group
    std::vector<std::string> ids;   ///< none_of: the voters who may not...
    selection sel = selection::no;  ///< ...say this
    measure left;                   ///< compare: left OP share * right
    comparison op = comparison::at_least;
    ratio share{1, 1};
    measure right;
    bool operator==(const condition&) const = default;
};

enum class tie_break : std::uint8_t { reject, chair, lot };
VECHE_CHOICES(tie_break, reject, chair, lot)

/// A silence procedure: the text is adopted at its end unless the ballots break `pass` before.
struct silence {
    std::optional<std::int32_t> days;  ///< after the opening
    std::optional<instant> until;      ///< or a stated moment
    bool operator==(const silence&) const = default;
};

struct rule {
    std::vector<condition> quorum;  ///< all must hold, or there is no quorum
    condition pass;
    std::optional<condition> against;  ///< where given and it does not hold either: no opinion
    tie_break tie = tie_break::reject;
    std::optional<veche::charter::silence> silence;
    bool operator==(const rule&) const = default;
};

/// The JSON form, e.g. {"pass":{"cmp":[{"sel":"yes","w":"count"},">","1/2",
/// {"sel":"seats","w":"count"}]}}. Refusals name the field at fault by its path.
result<rule> parse_rule(json::node);
result<rule> parse_rule(std::string_view canonical);
/// The text form for people, e.g. "quorum [ present > 1/2 seats ] pass yes > 1/2 decisive". A
/// condition alone is a rule that has only `pass`. Refusals say the line and column in the text.
result<rule> parse_rule_text(std::string_view text);
/// Canonical JSON, and the text form; both read back to the same rule.
std::string to_canonical(const rule&);
std::string rule_text(const rule&);

/// Where a position of a text lies, counted from 1.
struct text_place {
    std::int32_t line = 1;
    std::int32_t column = 1;
};
/// The same as parse_rule_text, and where the fault is.
result<rule> parse_rule_text(std::string_view text, text_place& fault);

/// What a rule may speak of.
struct rule_surroundings {
    std::set<std::string> weights;                            ///< besides "count"
    std::map<std::string, std::set<std::string>> attributes;  ///< attribute and its values
    std::set<std::string> voters;  ///< ids that `noneof` may name; empty: any
};
/// Law 10: every weight, attribute, group and voter exists, fractions are proper, some ballots pass
/// and some fail (tried on electorates of several sizes).
result<void> check_rule(const rule&, const rule_surroundings&);
/// The last part of law 10 for one real electorate.
result<void> check_rule_decides(const rule&, std::span<const voter>, bloc_mode = bloc_mode::none);
/// Names of the weights that a rule uses, "count" not among them.
std::set<std::string> weights_used(const rule&);
/// Voters that a rule names.
std::set<std::string> voters_named(const rule&);

/// Why a rule cannot be applied to mere counts of yes, no and abstentions.
enum class names_needed : std::uint8_t { no, blocs, weights, groups, voters, chair };
names_needed needs_names(const rule&, bloc_mode);
/// Whether voters may split this weight: the rule uses it, and asks nowhere else what a voter said.
bool may_split(const rule&, std::string_view weight, bloc_mode);

/// What surrounds a vote besides its ballots.
struct circumstances {
    /// Seat of whoever presides: on a tie "for the chair" its yes is one more vote in favour.
    std::optional<std::string> chair = std::nullopt;
    bloc_mode blocs = bloc_mode::none;  ///< voters with the same "st" speak with one voice
    /// Text of a public seed that nobody knew when ballots were cast.
    std::optional<std::string> seed = std::nullopt;
    bool silence_over = false;  ///< the deadline of a silence procedure has passed
    bool margins = true;        ///< look for the ballots that would have turned it
    /// The weight that ballots `split`, and how those voters have split it.
    std::string split_weight = {};
    std::map<std::string, split_votes, std::less<>> splits = {};
    /// Voters who are represented by others and whose ballots do not count towards the quorum.
    std::set<std::string, std::less<>> represented = {};
};

/// One line of a reason. `words` is English; other languages fill their own pattern of the same
/// `code` (catalogue key) with the same args, see `say`.
struct reason_line {
    std::string code;               ///< "rule.at_least_of"
    std::vector<std::string> args;  ///< an argument "@key" is itself the key of a phrase
    std::string group;              ///< group for which it was tried, "" for all
    std::int32_t depth = 0;         ///< conditions inside a condition lie deeper
    bool holds = false;
    std::string words;
    bool operator==(const reason_line&) const = default;
};
VECHE_FIELDS(reason_line, (code, "Key of the phrase."), (args, "What fills its places."),
             (group, "The group for which it was tried."), (depth, "Depth in the rule."),
             (holds, "Whether it holds."), (words, "The line in English."))

/// Voters each of whom alone would have turned the outcome with another ballot.
struct turning {
    ballot from{};                    ///< they said this
    ballot to{};                      ///< had one of them said this instead
    charter::outcome outcome{};       ///< it would have been this
    std::vector<std::string> voters;  ///< in the order of the electorate
    reason_line line;
    bool operator==(const turning&) const = default;
};
VECHE_FIELDS(turning, (from, "What these voters said."),
             (to, "What one of them would have said instead."),
             (outcome, "The outcome it would give."), (voters, "The voters, each alone enough."),
             (line, "The same in words."))

/// The one ballot of a member whose seats vote as a bloc.
struct bloc_ballot {
    std::string id;
    charter::ballot ballot = charter::ballot::absent;
    bool operator==(const bloc_ballot&) const = default;
};
VECHE_FIELDS(bloc_ballot, (id, "The bloc."), (ballot, "Its one ballot."))

struct verdict {
    charter::outcome outcome = charter::outcome::invalid;
    std::string sentence;  ///< "Rejected: 14 of 27 members in favour, 15 needed."
    std::vector<reason_line> reasons;
    std::vector<turning> margins;
    std::vector<bloc_ballot> blocs;  ///< where seats voted as blocs
    bool operator==(const verdict&) const = default;
};
VECHE_FIELDS(verdict, (outcome, "The outcome."), (sentence, "Why, in one sentence."),
             (reasons, "The conditions that were tried, in order, and whether they hold."),
             (margins, "Where one other ballot would have turned it."),
             (blocs, "The one ballot of each bloc."))

/// The rule applied. Total: whatever does not fit together gives `invalid` and says why.
verdict evaluate(const rule&, std::span<const voter>, const ballot_map&, const circumstances& = {});
/// The same without words and margins: what a vote leaves on the journal. `said` has the ballot of
/// the voter at each position.
verdict judge(const rule&, std::span<const voter>, std::span<const ballot> said,
              const circumstances& = {});
/// Only the outcome, without words: what margins and property tests run many times.
outcome outcome_of(const rule&, std::span<const voter>, const ballot_map&,
                   const circumstances& = {});
/// The lines of a verdict as sentences, margins last: what the journal keeps.
std::vector<std::string> sentences(const verdict&);

/// The rule itself in words, line by line; `holds` means nothing here.
std::vector<reason_line> words_of(const rule&, bloc_mode = bloc_mode::none);
/// The name of a weight as a line of its own.
reason_line name_weight(const std::string& weight);

/// The one ballot of a bloc. uniform: a split is no yes and counts as abstaining. majority: yes if
/// more yes than no, a tie is a no. Modes none and an empty list give absent.
ballot bloc_ballot_of(bloc_mode, std::span<const ballot>);

/// The smallest whole number that reaches `share` of `of`.
std::int64_t threshold_up(ratio share, std::int64_t of);

/// A line in another language: `phrase` gives the pattern of a key, or nothing to take the English.
std::string say(const reason_line&,
                const std::function<std::optional<std::string>(std::string_view key)>& phrase);
/// Every key that `say` may ask for, with its English pattern. Catalogues translate these.
std::span<const std::pair<std::string_view, std::string_view>> rule_phrases();

}  // namespace veche::charter
