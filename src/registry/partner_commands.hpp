#pragma once
// What may be asked of the partner search. Organisations speak through persons whom the register
// knows as theirs; those act for themselves, without a seat or an office. How to reach an
// organisation is sealed beside the journal, never on it.

#include "registry/partner_terms.hpp"

namespace veche::registry {

/// By an office with power "registry" in the body that answers for the organisation's record.
struct name_agent {
    static constexpr wire_info wire{"registry.name_agent", 1,
                                    "Say who speaks for an organisation, or no longer does."};
    organisation_id organisation;
    person_id person;
    std::optional<date> until;
    std::optional<content_ref> document;
};
VECHE_FIELDS(name_agent, (organisation, "The organisation."), (person, "The person, by number."),
             (until, "The last day; one that is over ends it."),
             (document, "The mandate that was shown."))

/// By a person who speaks for the organisation. Sent again it replaces the profile as a whole,
/// which is then reviewed anew.
struct submit_profile {
    static constexpr wire_info wire{"registry.submit_profile", 1,
                                    "Offer or ask for goods, technology or cooperation."};
    profile_id profile;
    organisation_id organisation;
    profile_kind kind{};
    profile_subject subject{};
    localized title;
    localized text;
    std::vector<std::string> sectors;
    std::vector<std::string> seeks;
    std::vector<std::string> headings;
    std::vector<place_id> regions;
    date until;
};
VECHE_FIELDS(submit_profile, (profile, "Short name of the profile."),
             (organisation, "The organisation that offers or asks."), (kind, "Offer or request."),
             (subject, "Goods, technology or cooperation."), (title, "Title by language."),
             (text, "What it is, by language. Everybody reads it."),
             (sectors, "Divisions of ISIC in which it works here; those of the record if none."),
             (seeks, "Divisions of ISIC in which a partner should work."),
             (headings, "Chapters, headings or subheadings of the Harmonized System."),
             (regions, "Places in which a partner should sit; anywhere if none."),
             (until, "The last day on which it stands."))

/// By an office with power "registry" in the body that answers for the organisation's record.
struct review_profile {
    static constexpr wire_info wire{"registry.review_profile", 1,
                                    "Publish a profile, or return it with the reason."};
    profile_id profile;
    profile_verdict verdict{};
    localized reason;
};
VECHE_FIELDS(review_profile, (profile, "The profile."), (verdict, "Published or returned."),
             (reason, "Why it is returned, by language."))

/// By a person who speaks for the organisation.
struct withdraw_profile {
    static constexpr wire_info wire{"registry.withdraw_profile", 1, "Take a profile back."};
    profile_id profile;
};
VECHE_FIELDS(withdraw_profile, (profile, "The profile."))

/// By a person who speaks for another organisation.
struct express_interest {
    static constexpr wire_info wire{"registry.express_interest", 1,
                                    "Say that an organisation is interested in a profile."};
    interest_id interest;
    profile_id profile;
    organisation_id organisation;
    localized text;
    std::vector<seal_ref> sealed;
};
VECHE_FIELDS(express_interest, (interest, "Short name of the expression of interest."),
             (profile, "The profile."), (organisation, "The organisation that is interested."),
             (text, "What everybody may read of it, by language."),
             (sealed, "How to reach it, sealed beside the journal."))

/// By a person who speaks for the organisation of the profile.
struct answer_interest {
    static constexpr wire_info wire{"registry.answer_interest", 1,
                                    "Accept or decline an expression of interest."};
    interest_id interest;
    interest_answer answer{};
    localized text;
};
VECHE_FIELDS(answer_interest, (interest, "The expression of interest."),
             (answer, "Accepted or declined."), (text, "What is said to it, by language."))

/// By an office with power "registry" in the body that answers for the organisation's record.
struct record_outcome {
    static constexpr wire_info wire{"registry.record_outcome", 1,
                                    "Record what came of an expression of interest."};
    interest_id interest;
    partner_outcome outcome{};
    std::optional<link_id> link;
    std::optional<organisation_id> enterprise;
    localized about;
    source_note source;
};
VECHE_FIELDS(record_outcome, (interest, "The expression of interest."), (outcome, "What came."),
             (link, "The link."), (enterprise, "The joint enterprise."),
             (about, "What it is, by language."), (source, "Who says so."))

}  // namespace veche::registry
