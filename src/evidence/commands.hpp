#pragma once
// What may be asked of the evidence.

#include <tuple>

#include "evidence/terms.hpp"

namespace veche::evidence {

/// By an office with power "evidence" in the body. The bytes lie beside the journal under their
/// hash, or with whoever published them: then everyone can fetch them there and compare the hash.
struct register_dataset {
    static constexpr wire_info wire{"evidence.register_dataset", 1,
                                    "Name a data set by its hash, with its source."};
    dataset_id dataset;
    body_id body;
    localized title;
    localized about;
    std::string publisher;
    std::string address;
    std::string licence;
    date retrieved;
    std::string period;
    std::string unit;
    dataset_layout layout{};
    content_ref file;
    std::optional<dataset_id> replaces;
};
VECHE_FIELDS(register_dataset, (dataset, "Short name of the data set."),
             (body, "The body whose office answers for it."), (title, "Title by language."),
             (about, "What is in it, what is not, and how it was made, by language."),
             (publisher, "Who published it."), (address, "Where it was published."),
             (licence, "Under which terms it may be used."), (retrieved, "The day it was fetched."),
             (period, "What time it is about, as in 2009 or 1986-2006."),
             (unit, "Unit of its values, as in thousand USD."), (layout, "How it is to be read."),
             (file, "The file."), (replaces, "The data set of which it is a newer state."))

/// By an office with power "evidence" in the body. What was computed from it stays, and is marked.
struct withdraw_dataset {
    static constexpr wire_info wire{"evidence.withdraw_dataset", 1,
                                    "Say that a data set should not be used any more."};
    dataset_id dataset;
    localized reason;
};
VECHE_FIELDS(withdraw_dataset, (dataset, "The data set."), (reason, "Why, by language."))

/// By an office with power "evidence" in the body. Figures are computed outside; everyone who has
/// the data computes them again (`veche verify --evidence`).
struct publish_finding {
    static constexpr wire_info wire{"evidence.publish_finding", 1,
                                    "Publish what was found, with data, method and figures."};
    finding_id finding;
    body_id body;
    localized question;
    localized answer;
    localized certainty;
    localized caveats;
    specification specified;
    std::vector<figure> figures;
    content_ref result;
    std::string program;
    std::optional<finding_id> corrects;
};
VECHE_FIELDS(publish_finding, (finding, "Short name of the finding."),
             (body, "The body whose office answers for it."),
             (question, "The question, by language."),
             (answer, "The answer in two sentences, by language."),
             (certainty, "How sure this is, and why, by language."),
             (caveats, "What it does not say, by language."),
             (specified, "Method, data and parameters."),
             (figures, "The figures that are published."), (result, "The whole result as a file."),
             (program, "The program that computed it, as in veche 0.1.0."),
             (corrects, "The finding that it takes the place of."))

/// By somebody else who holds an office with power "evidence", after computing it again.
struct review_finding {
    static constexpr wire_info wire{"evidence.review_finding", 1,
                                    "Say how a finding came out when computed again."};
    finding_id finding;
    review_outcome outcome{};
    content_ref result;
    std::string program;
    localized note;
};
VECHE_FIELDS(review_finding, (finding, "The finding."), (outcome, "How it came out."),
             (result, "The whole result of the reviewer as a file."),
             (program, "The program that computed it."),
             (note, "What differs, and what of it matters, by language."))

/// By an office with power "evidence" in the body.
struct withdraw_finding {
    static constexpr wire_info wire{"evidence.withdraw_finding", 1, "Take a finding back."};
    finding_id finding;
    localized reason;
};
VECHE_FIELDS(withdraw_finding, (finding, "The finding."), (reason, "Why, by language."))

/// By an office with power "evidence" in the body of the finding: it is shown where the subject is.
struct attach_finding {
    static constexpr wire_info wire{"evidence.attach_finding", 1,
                                    "Lay a finding beside what it is evidence for."};
    finding_id finding;
    subject to;
};
VECHE_FIELDS(attach_finding, (finding, "The finding."), (to, "What it is evidence for."))

/// By an office with power "evidence" in the body of the finding.
struct detach_finding {
    static constexpr wire_info wire{"evidence.detach_finding", 1,
                                    "Take a finding away from where it was laid."};
    finding_id finding;
    subject from;
};
VECHE_FIELDS(detach_finding, (finding, "The finding."), (from, "Where it lies."))

using commands = std::tuple<register_dataset, withdraw_dataset, publish_finding, review_finding,
                            withdraw_finding, attach_finding, detach_finding>;

}  // namespace veche::evidence
