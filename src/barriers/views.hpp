#pragma once
// What the register of barriers tells; all of it is public. What reporters wrote is not in it.

#include "barriers/imports.hpp"
#include "barriers/scoreboard.hpp"

namespace veche::barriers {

struct barrier_row {
    barrier_id barrier;
    std::int64_t number = 0;
    barrier_standing standing{};
    std::optional<barrier_id> into;
    std::optional<barrier_class> class_;
    std::optional<member_id> member;
    localized title;
    localized authority;
    std::vector<std::string> headings;
    std::vector<std::string> services;
    std::optional<barrier_step> step;
    std::optional<member_id> owed_by;
    std::optional<date> due;
    std::optional<std::int64_t> days_left;
    bool late = false;
    std::int64_t reports = 0;
    std::optional<std::string> taken_from;
    std::optional<std::int64_t> firms;
    std::optional<std::string> finding;
    std::optional<cost_figure> cost;
    std::optional<cost_figure> touched;
    std::optional<cost_figure> tariff;
    std::optional<std::int64_t> rank;
    date received;
    date changed;
    std::int64_t seq = 0;
};
VECHE_FIELDS(barrier_row, (barrier, "The case."), (number, "Its number."),
             (standing, "Where it is."), (into, "The case of the same cause it is linked to."),
             (class_, "As the panel said, else as registered or reported."),
             (member, "The member whose rule or practice it is."), (title, "Title."),
             (authority, "The authority."), (headings, "Headings of the Harmonized System."),
             (services, "Divisions of services."),
             (step, "The step that runs, the one due first where several do."),
             (owed_by, "The member that owes it; the body that keeps the register where empty."),
             (due, "Its last day."), (days_left, "Days until then, below zero when it is over."),
             (late, "Whether it is late."), (reports, "How often the cause was reported."),
             (taken_from, "The register that it was taken over from."),
             (firms, "Firms that it hits, where they were counted."),
             (finding, "The finding that says what it costs."),
             (cost, "What it costs a year, by that finding."),
             (touched, "The trade that it touches, by that finding."),
             (tariff, "The tariff that would do the same, by that finding."),
             (rank, "Its rank by cost among those in the same unit."),
             (received, "The day on which it was reported or taken over."),
             (changed, "The day on which a step last began or ended."),
             (seq, "Entry of the report."))

enum class barrier_order : std::uint8_t { cost, due, newest };
VECHE_CHOICES(barrier_order, cost, due, newest)

struct barriers_query {
    static constexpr wire_info wire{"barriers.barriers", 1, "Barriers to trade and movement."};
    std::optional<std::string> query;
    std::optional<barrier_class> class_;
    std::optional<member_id> member;
    std::optional<barrier_standing> standing;
    std::optional<bool> open;
    std::optional<bool> late;
    std::optional<std::string> heading;
    std::optional<barrier_order> order;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(barriers_query, (query, "Words of title, text, authority and law, all of them."),
             (class_, "Only of this class."), (member, "Only of this member."),
             (standing, "Only where it is so."), (open, "Only open ones, or only others."),
             (late, "Only late ones, or only others."),
             (heading, "Only of this heading and those within it or around it."),
             (order, "By cost, by what is due first, or the newest first."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct standing_count {
    barrier_standing standing{};
    std::int64_t cases = 0;
};
VECHE_FIELDS(standing_count, (standing, "Where they are."), (cases, "How many."))

struct barriers_view {
    std::vector<barrier_row> barriers;
    std::vector<standing_count> standings;
    std::int32_t found = 0;
    std::int32_t total = 0;
    std::int64_t received = 0;
    std::int64_t taken = 0;
    std::int64_t waiting = 0;
    std::int64_t declined = 0;
    std::int64_t withdrawn = 0;
    std::int64_t commented = 0;
    std::int64_t linked = 0;
    std::int64_t registered = 0;
    std::int64_t late = 0;
    std::int64_t unweighed = 0;
};
VECHE_FIELDS(barriers_view, (barriers, "In the order asked for; linked ones are with their case."),
             (standings, "How many of those that match are at each step."),
             (found, "How many match."), (total, "How many cases there are."),
             (received, "Reports ever received."),
             (taken, "Cases taken over from registers that others keep."),
             (waiting, "Reports not read yet."), (declined, "Reports that became no case."),
             (withdrawn, "Reports taken back before they were read."),
             (commented, "Reports published as comments on drafts."),
             (linked, "Reports linked to the case of the same cause."),
             (registered, "Cases, taken over ones too."), (late, "Cases of which a step is late."),
             (unweighed, "Of those found: cases whose cost is not known."))

struct step_row {
    barrier_step step{};
    std::optional<remedy_id> remedy;
    std::optional<member_id> member;
    date began;
    date due;
    std::optional<date> ended;
    std::optional<std::int64_t> days_left;
    bool late = false;
    bool stopped = false;
};
VECHE_FIELDS(step_row, (step, "The step."), (remedy, "The measure."),
             (member, "Who owes it; the body that keeps the register where empty."),
             (began, "First day."), (due, "Last day."), (ended, "When it was done or stopped."),
             (days_left, "Days left while it runs, below zero when it is late."),
             (late, "Whether its last day passed first."),
             (stopped, "Whether it ended without being done."))

/// Something that was said or done, with who did it.
struct said_row {
    localized text;
    std::optional<content_ref> document;
    std::optional<member_id> member;
    person_id by;
    std::string as;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(said_row, (text, "In words."), (document, "A document."),
             (member, "The member for which it was said."), (by, "Who."),
             (as, "Under which office."), (at, "When."), (seq, "Entry."))

struct position_row {
    position says{};
    said_row said;
};
VECHE_FIELDS(position_row, (says, "Position."), (said, "In words, and who said it."))

struct finding_row {
    date consultations;
    said_row said;
};
VECHE_FIELDS(finding_row, (consultations, "The day of the consultations."),
             (said, "In words, and who said it."))

struct panel_vote_row {
    person_id by;
    barrier_class class_{};
    localized text;
    bool dissent = false;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(panel_vote_row, (by, "Who."), (class_, "What it is, as that person says."),
             (text, "Why."), (dissent, "Whether the panel found otherwise."), (at, "When."),
             (seq, "Entry."))

struct round_row {
    std::vector<panel_vote_row> votes;
    std::vector<person_id> silent;
    std::optional<barrier_class> found;
    std::int32_t for_it = 0;
    std::int32_t cast = 0;
    std::int32_t panel = 0;
    std::optional<std::int64_t> seq;
};
VECHE_FIELDS(round_row, (votes, "Votes by name, the last of each."),
             (silent, "Members of the panel now that have not voted, while it is open."),
             (found, "What the panel found."), (for_it, "Votes for that."), (cast, "Votes cast."),
             (panel, "Members of the panel."), (seq, "Entry that says what it found."))

struct remedy_row {
    remedy_id remedy;
    localized owner;
    localized text;
    date due;
    bool late = false;
    std::optional<date> done_on;
    std::optional<said_row> proof;
    std::vector<std::int64_t> versions;
};
VECHE_FIELDS(remedy_row, (remedy, "Short name."), (owner, "Who carries it out."),
             (text, "What is done."), (due, "Last day."), (late, "Whether it was or is late."),
             (done_on, "When it was done."), (proof, "What shows it."),
             (versions, "Entries that named or changed it."))

struct looked_row {
    bool gone = false;
    said_row said;
};
VECHE_FIELDS(looked_row, (gone, "Whether it is gone."), (said, "What was looked at."))

struct removal_row {
    confirmed_by how{};
    std::optional<barrier_id> by_report;
    instant at;
    date check_on;
    std::int64_t seq = 0;
};
VECHE_FIELDS(removal_row, (how, "Who confirmed it."), (by_report, "Whose word it was."),
             (at, "When."), (check_on, "When it is checked again."), (seq, "Entry."))

struct word_row {
    barrier_id barrier;
    std::int32_t n = 0;
    reporter_word word{};
    bool sealed = false;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(word_row, (barrier, "The report."), (n, "Which word of it."), (word, "What was said."),
             (sealed, "Whether something was written with it."), (at, "When."), (seq, "Entry."))

struct link_row {
    barrier_id barrier;
    std::optional<barrier_id> into;
    localized reason;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(link_row, (barrier, "The report."), (into, "Linked to; parted where empty."),
             (reason, "Why."), (at, "When."), (seq, "Entry."))

struct weight_row {
    std::string finding;
    std::string row;
    bool stands = false;
    localized question;
    std::vector<std::string> sources;
    std::vector<cost_figure> figures;
    std::int64_t seq = 0;
};
VECHE_FIELDS(weight_row, (finding, "The finding."), (row, "Its name in it."),
             (stands, "Whether the finding was not corrected or withdrawn since."),
             (question, "What the finding asks."), (sources, "Its data: publisher, period, title."),
             (figures, "What it says."), (seq, "Entry."))

/// Where a case comes from that nobody reported here.
struct taken_row {
    std::string number;
    std::optional<date> since;
    source_note source;
    import_id batch;
};
VECHE_FIELDS(taken_row, (number, "Its number in that register."),
             (since, "The day on which that register took it up."),
             (source, "The register, and how far it was read there."),
             (batch, "The batch in which it came."))

struct barrier_query {
    static constexpr wire_info wire{"barriers.barrier", 1,
                                    "One barrier: clock, positions, votes, measures, proof."};
    barrier_id barrier;
};
VECHE_FIELDS(barrier_query, (barrier, "The case."))

struct barrier_view {
    barrier_row row;
    body_id body;
    localized about;
    localized legal;
    std::optional<localized> whom;
    std::optional<std::string> firms_source;
    std::optional<barrier_class> reported_class;
    std::optional<member_id> reported_member;
    std::optional<draft_id> draft;
    std::optional<taken_row> taken;
    std::optional<std::string> key;
    std::optional<sealed_id> sealed;
    bool withdrawn = false;
    std::optional<decline_ground> ground;
    std::optional<said_row> declined;
    std::optional<said_row> comment;
    std::vector<step_row> steps;
    std::vector<position_row> positions;
    std::vector<finding_row> findings;
    std::vector<round_row> rounds;
    std::vector<remedy_row> remedies;
    std::vector<said_row> claims;
    std::vector<looked_row> tests;
    std::vector<removal_row> removals;
    std::vector<looked_row> checks;
    std::vector<said_row> reopenings;
    std::vector<word_row> words;
    std::vector<link_row> links;
    std::vector<barrier_id> duplicates;
    std::optional<weight_row> weight;
    std::vector<std::int64_t> versions;
};
VECHE_FIELDS(barrier_view, (row, "The case in short."), (body, "The body that keeps it."),
             (about, "What hinders whom."), (legal, "The rules it is about."),
             (whom, "Persons whom it hinders."), (firms_source, "Who counted the firms."),
             (reported_class, "What the reporter took it for."),
             (reported_member, "The member that the reporter named."),
             (draft, "The draft on which it is a comment."),
             (taken, "The register that it was taken over from."),
             (key, "Public key of the reporter's secret link."),
             (sealed, "Commitment of what the reporter wrote."),
             (withdrawn, "Whether the report was taken back."),
             (ground, "Ground on which it became no case."), (declined, "Why."),
             (comment, "The comment it was published as."),
             (steps, "Each step with its clock, the first first."), (positions, "Positions."),
             (findings, "Preliminary findings."), (rounds, "What the panel did."),
             (remedies, "Measures."), (claims, "Removals said by the member."), (tests, "Tests."),
             (removals, "Removals confirmed."), (checks, "Checks months later."),
             (reopenings, "Why it was taken up again."),
             (words, "What reporters said by their secret links."),
             (links, "How reports of the same cause were linked and parted."),
             (duplicates, "Reports linked to it."), (weight, "What it costs."),
             (versions, "Entries that recorded it."))

/// For whoever has the secret link: the number of their report, and what they may say now.
struct report_query {
    static constexpr wire_info wire{"barriers.report", 1,
                                    "The report to which a public key belongs."};
    std::string key;
};
VECHE_FIELDS(report_query, (key, "Public key of the secret link, base64."))

struct report_view {
    barrier_id report;
    barrier_id main;
    std::int32_t next_word = 0;
    std::vector<reporter_word> may;
};
VECHE_FIELDS(report_view, (report, "The report."), (main, "The case that stands for it."),
             (next_word, "Number of the next word."), (may, "Words that fit now."))

struct scoreboard_query {
    static constexpr wire_info wire{"barriers.scoreboard", 1,
                                    "How each member keeps the clocks of barriers."};
};
VECHE_NO_FIELDS(scoreboard_query)

struct scoreboard_view {
    std::vector<score_row> members;
};
VECHE_FIELDS(scoreboard_view, (members, "Each member, and last the body's own steps."))

struct draft_row {
    draft_id draft;
    member_id member;
    localized title;
    localized authority;
    draft_standing standing{};
    std::optional<draft_outcome> outcome;
    std::int64_t comments = 0;
    std::optional<barrier_step> step;
    std::optional<date> due;
    std::optional<std::int64_t> days_left;
    bool late = false;
    std::optional<date> planned;
    date notified;
    std::int64_t seq = 0;
};
VECHE_FIELDS(draft_row, (draft, "Short name."), (member, "The member that drafts it."),
             (title, "Title."), (authority, "The authority."), (standing, "Where it is."),
             (outcome, "What became of it."), (comments, "Comments."), (step, "What runs."),
             (due, "Its last day."), (days_left, "Days until then, below zero when it is over."),
             (late, "Whether the answer is late."), (planned, "When it is to be adopted."),
             (notified, "When it was notified."), (seq, "Entry."))

struct drafts_query {
    static constexpr wire_info wire{"barriers.drafts", 1,
                                    "Draft rules that were notified, the newest first."};
    std::optional<member_id> member;
    std::optional<draft_standing> standing;
};
VECHE_FIELDS(drafts_query, (member, "Only of this member."), (standing, "Only where it is so."))

struct drafts_view {
    std::vector<draft_row> drafts;
};
VECHE_FIELDS(drafts_view, (drafts, "The newest first."))

struct draft_query {
    static constexpr wire_info wire{"barriers.draft", 1, "One draft rule with its comments."};
    draft_id draft;
};
VECHE_FIELDS(draft_query, (draft, "The draft."))

struct comment_row {
    std::optional<barrier_id> by_report;
    said_row said;
};
VECHE_FIELDS(comment_row, (by_report, "The report that it was, of who has no account."),
             (said, "The comment."))

struct draft_view {
    draft_row row;
    body_id body;
    localized about;
    hindered hinders;
    content_ref document;
    std::vector<step_row> steps;
    std::vector<comment_row> comments;
    std::vector<said_row> replies;
    std::optional<said_row> ended;
    bool early = false;
};
VECHE_FIELDS(draft_view, (row, "The draft in short."), (body, "The body that keeps the register."),
             (about, "What it would change."), (hinders, "What it touches."),
             (document, "Its text."), (steps, "Its clock."), (comments, "Comments."),
             (replies, "Answers to them."), (ended, "What became of it."),
             (early, "Whether it ended while comments were still taken."))

struct imports_query {
    static constexpr wire_info wire{
        "barriers.imports", 1, "Batches of cases of registers that others keep, the newest first."};
};
VECHE_NO_FIELDS(imports_query)

struct import_row {
    import_id batch;
    body_id body;
    batch_standing standing{};
    std::int64_t cases = 0;
    std::int32_t parts = 0;
    std::optional<barrier_id> first;
    person_id by;
    instant at;
    std::int64_t seq = 0;
    std::optional<std::int64_t> ended;
    localized reason;
};
VECHE_FIELDS(import_row, (batch, "Short name."), (body, "The body."), (standing, "State."),
             (cases, "Cases."), (parts, "Parts in which they were laid ready."),
             (first, "The first case that came of it; the others follow."),
             (by, "Who laid them ready."), (at, "When."), (seq, "Entry of the first part."),
             (ended, "Entry that took them over or put them away."),
             (reason, "Why they were put away."))

struct imports_view {
    std::vector<import_row> imports;
};
VECHE_FIELDS(imports_view, (imports, "The newest first."))

struct import_query {
    static constexpr wire_info wire{"barriers.import", 1,
                                    "A batch of cases, and which of them cannot be taken over."};
    import_id batch;
};
VECHE_FIELDS(import_query, (batch, "The batch."))

struct import_view {
    import_row row;
    std::vector<case_problem> problems;
};
VECHE_FIELDS(import_view, (row, "The batch."),
             (problems, "Rows that cannot be taken over, while it waits."))

using queries = std::tuple<barriers_query, barrier_query, report_query, scoreboard_query,
                           drafts_query, draft_query, imports_query, import_query>;

result<barriers_view> ask(const world&, const barriers_query&, const viewer&);
result<barrier_view> ask(const world&, const barrier_query&, const viewer&);
result<report_view> ask(const world&, const report_query&, const viewer&);
result<scoreboard_view> ask(const world&, const scoreboard_query&, const viewer&);
result<drafts_view> ask(const world&, const drafts_query&, const viewer&);
result<draft_view> ask(const world&, const draft_query&, const viewer&);
result<imports_view> ask(const world&, const imports_query&, const viewer&);
result<import_view> ask(const world&, const import_query&, const viewer&);

}  // namespace veche::barriers
