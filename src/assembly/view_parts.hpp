#pragma once
// Parts that several views of the assembly share. Texts stay in all their languages; the page picks
// one. `seq` is the number of the journal entry behind a thing.

#include <optional>
#include <string>
#include <vector>

#include "assembly/assembly.hpp"

namespace veche::assembly {

struct named_body {
    body_id id;
    localized name;
    bool invented = false;
};
VECHE_FIELDS(named_body, (id, "Id of the body."), (name, "Name by language."),
             (invented, "Whether it is invented for the example."))

/// One thing the viewer may do, and the office that gives the right to do it.
struct office_power {
    std::string power;
    body_id body;
    office_id office;
};
VECHE_FIELDS(office_power, (power, "convene, agenda, papers, table, preside or measures."),
             (body, "The body in which it holds."), (office, "The office that gives it."))

struct viewer_means {
    std::vector<std::string> seats;
    std::vector<office_power> powers;
};
VECHE_FIELDS(viewer_means, (seats, "Seats the viewer holds here."),
             (powers, "What the viewer's offices may do here."))

struct paper_view {
    paper_id id;
    localized title;
    std::string language;
    content_ref content;
    instant at;
    std::int64_t seq = 0;
    std::int32_t version = 1;
    std::optional<paper_id> replaces;
    std::optional<paper_id> replaced_by;
    std::optional<paper_id> translates;
    std::optional<instant> due;
    bool late = false;
    bool outdated = false;
};
VECHE_FIELDS(paper_view, (id, "Id of the paper."), (title, "Title by language."),
             (language, "Language of the paper."), (content, "The file."),
             (at, "When it was attached."), (seq, "Journal entry."),
             (version, "Its version, from 1."), (replaces, "The version before it."),
             (replaced_by, "The version after it."), (translates, "What it is a translation of."),
             (due, "When it was due, as was stated when it came."),
             (late, "Whether it came later than that."),
             (outdated, "Whether what it translates has a newer version."))

/// One document in all its languages, with the versions that it had.
struct dossier_view {
    std::vector<paper_view> current;
    std::vector<paper_view> earlier;
    std::vector<std::string> missing;
};
VECHE_FIELDS(dossier_view, (current, "What stands now, one paper for each language."),
             (earlier, "Versions that were replaced, the latest first."),
             (missing, "Languages that are wanted and not there."))

/// One seat that supports a motion or an amendment.
struct supporter_view {
    std::string seat;
    localized name;
    person_id person;
    localized person_title;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(supporter_view, (seat, "The seat."), (name, "Title of the seat."),
             (person, "Who held it then."), (person_title, "Title of that person."),
             (at, "When it came."), (seq, "Journal entry."))

struct motion_row {
    motion_id id;
    localized title;
    named_body body;
    motion_status status{};
    std::int32_t enactments = 0;
    std::optional<vote_id> vote;
    std::optional<decision_id> decision;
    std::optional<person_id> tabled_by;
    localized tabled_by_title;
    std::vector<supporter_view> supporters;
    std::optional<named_body> from;
};
VECHE_FIELDS(motion_row, (id, "Id of the motion."), (title, "The question."),
             (body, "The body that is to decide."), (status, "Where it stands."),
             (enactments, "How many commands it orders."), (vote, "Its latest vote."),
             (decision, "The decision it became."), (tabled_by, "Who tabled it."),
             (tabled_by_title, "Title of that person."), (supporters, "Seats that support it."),
             (from, "The body that forwarded it."))

/// One ordered command and its fate.
struct enactment_view {
    std::int32_t number = 0;
    std::string type;
    std::int32_t v = 1;
    json::raw_json body;
    std::optional<std::int64_t> seq;
};
VECHE_FIELDS(enactment_view, (number, "Its place, from 1."), (type, "Type of the command."),
             (v, "Version of the command."), (body, "The command itself."),
             (seq, "Journal entry that carried it out."))

/// One seat and what it cast.
struct seat_ballot_view {
    std::string seat;
    localized name;
    std::optional<person_id> holder;
    localized holder_title;
    bool vacant = false;
    charter::ballot ballot{};
    bool cast = false;
    std::optional<std::int64_t> seq;
    std::optional<charter::split_votes> votes;
    std::optional<cast_how> how;
    std::optional<std::string> proxy;
    std::optional<vote_choice> corrected;
    std::optional<std::int64_t> corrected_seq;
};
VECHE_FIELDS(seat_ballot_view, (seat, "The seat."), (name, "Title of the seat."),
             (holder, "Who held it when the vote was opened."),
             (holder_title, "Title of that person."), (vacant, "Whether nobody held it."),
             (ballot, "Its ballot; absent while it has not voted."),
             (cast, "Whether it has voted."), (seq, "Journal entry of the ballot."),
             (votes, "How it split its votes, where it did."),
             (how, "Who put it on the journal; nothing where its holder did."),
             (proxy, "The seat that cast it by proxy."),
             (corrected, "What the seat says since that it meant."),
             (corrected_seq, "Journal entry of that correction."))

/// The seats of one member, or those that stand for no member.
struct delegation_view {
    std::optional<member_id> member;
    localized name;
    ballot_counts counts;
    std::vector<seat_ballot_view> seats;
};
VECHE_FIELDS(delegation_view, (member, "The member; none where seats stand for no member."),
             (name, "Name of the member."), (counts, "How its seats voted."),
             (seats, "Its seats, in the order of the charter."))

struct rule_view {
    std::string id;
    localized name;
    std::string source;
    charter::source_mark mark{};
    std::optional<json::raw_json> rule;
};
VECHE_FIELDS(rule_view, (id, "Id of the rule."), (name, "Name by language."),
             (source, "Legal source."), (mark, "Whether that source was read."),
             (rule, "The rule itself; none where the charter has dropped it since."))

/// A vote in a list: enough to show its course.
struct vote_row {
    vote_id id;
    motion_id motion;
    localized title;
    named_body body;
    vote_status status{};
    instant opened;
    std::optional<instant> closes;
    ballot_counts counts;
    std::optional<charter::outcome> outcome;
    std::optional<amendment_id> amendment;
    bool secret = false;
    std::optional<bundle_id> bundle;
    std::optional<std::int32_t> part;
    bool urgency = false;
};
VECHE_FIELDS(vote_row, (id, "Id of the vote."), (motion, "The motion."), (title, "The question."),
             (body, "The body that decides."), (status, "Open or closed."),
             (opened, "When it was opened."), (closes, "When it closes by itself."),
             (counts, "Ballots so far, by seat."), (outcome, "The outcome, once decided."),
             (amendment, "The amendment that is voted on, where it is one."),
             (secret, "Whether the ballots are secret; then only totals are known."),
             (bundle, "The bundle that is voted on, where it is one."),
             (part, "The part of the motion that is voted on, where it is one."),
             (urgency, "Whether it is the urgency of the motion."))

}  // namespace veche::assembly
