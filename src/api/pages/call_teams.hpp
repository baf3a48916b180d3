#pragma once
// What the pages of a call for teams show: windows with how they are filled, what a run found of
// each part, and why an applicant is sent somewhere or not.

#include "api/pages/call_parts.hpp"

namespace veche::api::pages {

struct window_line {
    std::string name;
    std::int64_t count = 0;
    std::int32_t min = 0;
    std::optional<std::int32_t> max;
    bool below = false;
};
VECHE_VIEW(window_line, (name, "Whom it counts."), (count, "How many the team has."),
           (min, "At least so many."), (max, "At most so many."),
           (below, "Whether the team has fewer."))

struct team_card {
    std::string site;
    std::vector<window_line> windows;
    bool below = false;
    std::int64_t seq = 0;
};
VECHE_VIEW(team_card, (site, "The site."), (seq, "Entry of the journal that says so."),
           (windows, "Its windows, the size first."),
           (below, "Whether some window has fewer than it asks for."))

struct part_card {
    std::string sites;
    calls::team_verdict verdict{};
    std::int64_t utility = 0;
    std::int64_t placed = 0;
    std::string found;
    std::string bound;
    std::int64_t nodes = 0;
    std::string certificate;
    std::vector<std::string> conflict;
    std::vector<team_card> teams;
};
VECHE_VIEW(part_card, (sites, "The sites."), (verdict, "What was found."),
           (utility, "Points reached."), (placed, "How many are sent there."),
           (found, "Aim and lots as one number."), (bound, "What is proved impossible above."),
           (nodes, "Parts of the search looked at."), (certificate, "SHA-256 of the certificate."),
           (conflict, "What stands in the way, in sentences."),
           (teams, "The teams after this run."))

struct site_card {
    std::int32_t choice = 0;
    std::string programme;
    calls::team_outcome outcome{};
    std::vector<std::string> reasons;
};
VECHE_VIEW(site_card, (choice, "Which choice, from 1."), (programme, "The site."),
           (outcome, "What came of it."), (reasons, "Why, in sentences."))

/// A feature or skill that somebody claims, with the feature that counts instead or the reason why
/// it does not.
struct claim_line {
    std::string name;
    std::string instead;
    std::optional<calls::ineligibility> reason;
};
VECHE_VIEW(claim_line, (name, "What is claimed."), (instead, "What counts instead."),
           (reason, "Why it does not count."))

/// `seq`: the entry that the figures come from.
std::vector<team_card> team_cards(const visit&, const calls::call_view&,
                                  const std::vector<calls::team_made>&, std::int64_t seq);
std::vector<part_card> part_cards(const visit&, const calls::call_view&,
                                  const std::vector<calls::team_part>&, std::int64_t seq);
std::vector<site_card> site_cards(const visit&, const calls::call_view&,
                                  const calls::application_view&);
std::vector<claim_line> claim_lines(const visit&, const calls::call_view&,
                                    const calls::application_view&);
/// The rule of teams in sentences.
std::vector<std::string> team_sentences(const visit&, const calls::call_view&);

}  // namespace veche::api::pages
