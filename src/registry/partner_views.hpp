#pragma once
// What is public of the partner search: profiles with their review, interest in them and what came
// of it, suggestions with every reason. Of sealed contacts only that there are some.

#include "registry/suggestions.hpp"
#include "registry/views.hpp"

namespace veche::registry {

struct profiles_query {
    static constexpr wire_info wire{"registry.profiles", 1,
                                    "Offers and requests of the partner search."};
    std::optional<std::string> query;
    std::optional<profile_kind> kind;
    std::optional<profile_subject> subject;
    std::optional<std::string> sector;
    std::optional<place_id> place;
    std::optional<organisation_id> organisation;
    std::optional<profile_standing> standing;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(profiles_query, (query, "Words of title, text or organisation, all of them."),
             (kind, "Only offers, or only requests."), (subject, "Only of this subject."),
             (sector, "Only where this division of ISIC is worked in or sought."),
             (place, "Only of organisations in this place and those within it."),
             (organisation, "Only of this organisation, whatever their state."),
             (standing, "Only in this state; public ones where nothing is said."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct profile_row {
    profile_id profile;
    organisation_name organisation;
    std::optional<place_name> place;
    std::optional<member_id> member;
    profile_kind kind{};
    profile_subject subject{};
    localized title;
    std::vector<std::string> sectors;
    std::vector<std::string> seeks;
    std::vector<std::string> headings;
    date until;
    profile_standing standing{};
    std::int64_t interests = 0;
    std::int64_t seq = 0;
};
VECHE_FIELDS(profile_row, (profile, "Short name."), (organisation, "Who offers or asks."),
             (place, "Where it sits."), (member, "The member that it is of."),
             (kind, "Offer or request."), (subject, "Goods, technology or cooperation."),
             (title, "Title."), (sectors, "Divisions of ISIC in which it works."),
             (seeks, "Divisions in which a partner should work."),
             (headings, "Headings of the Harmonized System."), (until, "Its last day."),
             (standing, "Its state."), (interests, "How many were interested."),
             (seq, "Entry that submitted it."))

struct profiles_view {
    std::vector<profile_row> profiles;
    std::int32_t found = 0;
    std::int32_t total = 0;
    std::int64_t waiting = 0;
};
VECHE_FIELDS(profiles_view, (profiles, "The newest first."), (found, "How many match."),
             (total, "How many there are in all, whatever their state."),
             (waiting, "How many wait for a review."))

struct interest_row {
    interest_id interest;
    profile_id profile;
    localized title;
    organisation_name organisation;
    localized text;
    std::vector<sealed_id> sealed;
    instant at;
    std::int64_t seq = 0;
    std::optional<interest_answer> answer;
    localized answer_text;
    std::optional<std::int64_t> answer_seq;
    std::optional<partner_outcome> outcome;
    std::optional<link_id> link;
    std::optional<organisation_name> enterprise;
    localized about;
    std::optional<source_note> source;
    std::optional<std::int64_t> outcome_seq;
};
VECHE_FIELDS(interest_row, (interest, "Short name."), (profile, "The profile."),
             (title, "Its title."), (organisation, "Who is interested."),
             (text, "What it says in public."), (sealed, "Its contact, sealed."), (at, "When."),
             (seq, "Entry."), (answer, "Accepted or declined."), (answer_text, "What was said."),
             (answer_seq, "Entry of the answer."), (outcome, "What came of it."),
             (link, "The link."), (enterprise, "The joint enterprise."), (about, "What it is."),
             (source, "Who says so."), (outcome_seq, "Entry that says so."))

struct why_row {
    match_reason reason{};
    std::vector<std::string> sectors;
    std::vector<std::string> headings;
    std::vector<place_name> places;
    std::vector<link_id> links;
    std::optional<pair_finding> finding;
};
VECHE_FIELDS(why_row, (reason, "The reason."), (sectors, "Divisions of ISIC it rests on."),
             (headings, "Headings it rests on."), (places, "Places it rests on."),
             (links, "Links it rests on."), (finding, "The finding, with its uncertainty."))

struct suggestion_row {
    profile_row other;
    std::vector<why_row> why;
};
VECHE_FIELDS(suggestion_row, (other, "The profile that could fit."), (why, "Every reason."))

struct profile_query {
    static constexpr wire_info wire{"registry.profile", 1,
                                    "One profile: review, interest, suggestions with reasons."};
    profile_id profile;
};
VECHE_FIELDS(profile_query, (profile, "The profile."))

struct profile_view {
    profile_row row;
    localized text;
    std::vector<place_name> regions;
    localized reason;
    std::optional<std::int64_t> reviewed_seq;
    std::optional<std::int64_t> over_seq;
    body_id body;
    std::vector<interest_row> interests;
    std::vector<suggestion_row> suggestions;
    bool yours = false;
    std::vector<organisation_name> speaks_for;
    std::vector<std::int64_t> versions;
};
VECHE_FIELDS(profile_view, (row, "The profile in short."), (text, "What it is."),
             (regions, "Places in which a partner should sit."), (reason, "Why it was returned."),
             (reviewed_seq, "Entry of the review."), (over_seq, "Entry that ended it."),
             (body, "The body whose office reviews it."), (interests, "Who is interested."),
             (suggestions,
              "Profiles of organisations of other members that could fit, those with "
              "most reasons first."),
             (yours, "Whether the viewer speaks for its organisation."),
             (speaks_for, "Organisations for which the viewer speaks."),
             (versions, "Entries that submitted it."))

struct pairs_query {
    static constexpr wire_info wire{
        "registry.pairs", 1,
        "Regions of different members that findings say could make a thing together, with who "
        "offers or asks there."};
};
VECHE_NO_FIELDS(pairs_query)

struct pair_row {
    pair_finding finding;
    std::optional<place_name> maker;
    std::optional<place_name> partner;
    std::int64_t maker_profiles = 0;
    std::int64_t partner_profiles = 0;
};
VECHE_FIELDS(pair_row, (finding, "The finding, with its uncertainty."),
             (maker, "The region that makes it."), (partner, "The region that buys it."),
             (maker_profiles, "Public profiles there that name the goods, or no goods at all."),
             (partner_profiles, "The same in the other region."))

struct pairs_view {
    std::vector<pair_row> pairs;
};
VECHE_FIELDS(pairs_view, (pairs, "By finding, then in its own order."))

struct agencies_query {
    static constexpr wire_info wire{"registry.agencies", 1,
                                    "Organisations for which the viewer speaks."};
};
VECHE_NO_FIELDS(agencies_query)

struct agencies_view {
    std::vector<organisation_name> organisations;
};
VECHE_FIELDS(agencies_view, (organisations, "By short name."))

using partner_queries = std::tuple<profiles_query, profile_query, pairs_query, agencies_query>;

result<profiles_view> ask(const world&, const profiles_query&, const viewer&);
result<profile_view> ask(const world&, const profile_query&, const viewer&);
result<pairs_view> ask(const world&, const pairs_query&, const viewer&);
result<agencies_view> ask(const world&, const agencies_query&, const viewer&);

}  // namespace veche::registry
