#pragma once
// What is public of the evidence: all of it.

#include "evidence/evidence.hpp"

namespace veche::evidence {

/// Whether something still holds.
enum class evidence_standing : std::uint8_t { stands, replaced, corrected, withdrawn };
VECHE_CHOICES(evidence_standing, stands, replaced, corrected, withdrawn)

struct datasets_query {
    static constexpr wire_info wire{"evidence.datasets", 1, "Data sets, newest first."};
};
VECHE_NO_FIELDS(datasets_query)

struct dataset_row {
    dataset_id dataset;
    body_id body;
    localized title;
    std::string publisher;
    std::string period;
    std::string unit;
    dataset_layout layout{};
    content_ref file;
    evidence_standing standing_now{};
    std::int64_t findings = 0;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(dataset_row, (dataset, "Short name."), (body, "The body whose office answers for it."),
             (title, "Title by language."), (publisher, "Who published it."),
             (period, "What time it is about."), (unit, "Unit of its values."),
             (layout, "How it is read."), (file, "The file."),
             (standing_now, "Whether it still holds."), (findings, "Findings that rest on it."),
             (at, "When it was named here."), (seq, "Entry that named it."))

struct datasets_view {
    std::vector<dataset_row> datasets;
};
VECHE_FIELDS(datasets_view, (datasets, "Data sets, newest first."))

struct dataset_query {
    static constexpr wire_info wire{"evidence.dataset", 1, "One data set with its source."};
    dataset_id dataset;
};
VECHE_FIELDS(dataset_query, (dataset, "The data set."))

struct finding_row {
    finding_id finding;
    body_id body;
    localized question;
    localized answer;
    std::string method;
    std::vector<figure> figures;
    evidence_standing standing_now{};
    std::int64_t agreeing = 0;
    std::int64_t differing = 0;
    bool data_changed = false;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(finding_row, (finding, "Short name."), (body, "The body whose office answers for it."),
             (question, "The question."), (answer, "The answer."), (method, "Method and version."),
             (figures, "Its figures."), (standing_now, "Whether it still holds."),
             (agreeing, "Others who computed it again and agree."),
             (differing, "Others who came to something else."),
             (data_changed, "A data set under it was replaced or withdrawn since."),
             (at, "When it was published."), (seq, "Entry that published it."))

struct dataset_view {
    dataset_row row;
    localized about;
    std::string address;
    std::string licence;
    date retrieved;
    std::optional<dataset_id> replaces;
    std::optional<dataset_id> replaced_by;
    std::optional<instant> withdrawn;
    std::optional<std::int64_t> withdrawn_seq;
    localized reason;
    std::vector<finding_row> used_by;
};
VECHE_FIELDS(dataset_view, (row, "The data set in short."), (about, "What is in it."),
             (address, "Where it was published."), (licence, "Terms of its use."),
             (retrieved, "The day it was fetched."), (replaces, "Of which it is a newer state."),
             (replaced_by, "Its newer state."), (withdrawn, "When it was withdrawn."),
             (withdrawn_seq, "Entry that withdrew it."), (reason, "Why it was withdrawn."),
             (used_by, "Findings that rest on it, newest first."))

struct findings_query {
    static constexpr wire_info wire{"evidence.findings", 1, "Findings, newest first."};
    std::optional<body_id> body;
    std::optional<std::string> method;
    std::optional<bool> all;
};
VECHE_FIELDS(findings_query, (body, "Only those of this body."),
             (method, "Only those by this method, with or without its version."),
             (all, "Also those that were corrected or taken back."))

struct findings_view {
    std::vector<finding_row> findings;
};
VECHE_FIELDS(findings_view, (findings, "Findings, newest first."))

struct finding_query {
    static constexpr wire_info wire{"evidence.finding", 1,
                                    "One finding: question, answer, figures, how to recompute it."};
    finding_id finding;
};
VECHE_FIELDS(finding_query, (finding, "The finding."))

struct review_row {
    person_id by;
    std::string as;
    review_outcome outcome{};
    content_ref result;
    std::string program;
    localized note;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(review_row, (by, "Who computed it again."), (as, "Under which office."),
             (outcome, "How it came out."), (result, "The whole result of the reviewer."),
             (program, "The program."), (note, "What differs."), (at, "When."), (seq, "Entry."))

struct finding_view {
    finding_row row;
    localized certainty;
    localized caveats;
    specification specified;
    content_ref result;
    std::string program;
    person_id by;
    std::string as;
    std::vector<dataset_row> data;
    std::vector<review_row> reviews;
    std::vector<subject> attached;
    std::optional<finding_id> corrects;
    std::optional<finding_id> corrected_by;
    std::optional<instant> withdrawn;
    std::optional<std::int64_t> withdrawn_seq;
    localized reason;
};
VECHE_FIELDS(finding_view, (row, "The finding in short."), (certainty, "How sure this is."),
             (caveats, "What it does not say."), (specified, "Method, data and parameters."),
             (result, "The whole result as a file."), (program, "The program that computed it."),
             (by, "Who published it."), (as, "Under which office."),
             (data, "Its data sets, as the specification names them."),
             (reviews, "Recomputations by others, in order."),
             (attached, "What it is evidence for."), (corrects, "Whose place it takes."),
             (corrected_by, "What took its place."), (withdrawn, "When it was taken back."),
             (withdrawn_seq, "Entry that took it back."), (reason, "Why it was taken back."))

struct findings_about_query {
    static constexpr wire_info wire{"evidence.findings_about", 1,
                                    "Findings that were laid beside something."};
    subject_kind kind{};
    std::string id;
};
VECHE_FIELDS(findings_about_query, (kind, "Kind."),
             (id, "Its id; of an item on an agenda session/item."))

using queries =
    std::tuple<datasets_query, dataset_query, findings_query, finding_query, findings_about_query>;

result<datasets_view> ask(const world&, const datasets_query&, const viewer&);
result<dataset_view> ask(const world&, const dataset_query&, const viewer&);
result<findings_view> ask(const world&, const findings_query&, const viewer&);
result<finding_view> ask(const world&, const finding_query&, const viewer&);
result<findings_view> ask(const world&, const findings_about_query&, const viewer&);

}  // namespace veche::evidence
