#pragma once
// What pages of calls show where hosts rank: hosts with their rankings, a matching, pairs, and the
// reasons of each line.

#include "api/pages/call_parts.hpp"

namespace veche::api::pages {

struct host_line {
    std::string programme;
    std::string office;
    std::optional<date> first_day;
    std::optional<date> last_day;
    std::optional<std::int64_t> ranked;
    std::optional<std::int64_t> seq;
};
VECHE_VIEW(host_line, (programme, "The programme."), (office, "Who ranks."),
           (first_day, "First day."), (last_day, "Last day."), (ranked, "How many are ranked."),
           (seq, "Entry of the ranking."))

struct host_link {
    std::string label;
    std::string href;
};
VECHE_VIEW(host_link, (label, "What for."), (href, "Where the reader ranks."))

struct hosts_card {
    std::vector<host_line> lines;
    std::optional<instant> until;
    bool over = false;
    std::vector<host_link> mine;
};
VECHE_VIEW(hosts_card, (lines, "Programmes with who ranks."),
           (until, "Until when a run waits for them."), (over, "Whether it waits no longer."),
           (mine, "Where the reader ranks."))

/// Nothing where hosts do not rank.
std::optional<hosts_card> hosts_of(const visit&, const calls::call_view&);

struct matching_card {
    calls::matching_outcome outcome{};
    bool none_stable = false;
    bool fewest = false;
    std::vector<std::string> changes;
};
VECHE_VIEW(matching_card, (outcome, "How the result holds."),
           (none_stable, "Whether the places given are proved to allow none."),
           (fewest, "Whether no smaller change would do."),
           (changes, "Programmes whose places changed."))

std::optional<matching_card> matching_of(const visit&, const calls::call_view&,
                                         const std::optional<calls::host_result>&);

/// Programmes and pairs at which a run hangs.
struct stuck_card {
    std::vector<std::string> programmes;
    std::vector<std::string> applicants;
};
VECHE_VIEW(stuck_card, (programmes, "Programmes."), (applicants, "Who goes in pairs."))

std::optional<stuck_card> stuck_of(const visit&, const calls::call_view&,
                                   const calls::dry_run_view&);

struct pair_card {
    std::string partner;
    std::optional<calls::pair_state> state;
    std::vector<std::string> lines;
    std::string named_by;
};
VECHE_VIEW(pair_card, (partner, "With whom."), (state, "Whether the pair counts."),
           (lines, "What the two want."), (named_by, "Who names the applicant."))

/// Nothing where the applicant names nobody and nobody names the applicant.
std::optional<pair_card> pair_of(const visit&, const calls::call_view&,
                                 const calls::application_view&);
/// "Energy / Chemistry", "Energy / without".
std::string pair_words(const visit&, const calls::call_view&,
                       const std::optional<calls::place_id>& mine,
                       const std::optional<calls::place_id>& partners);
/// The rule in sentences, and the reasons of one line.
std::vector<std::string> host_rules(const visit&, const calls::call_view&);
std::vector<std::string> host_reasons(const visit&, const calls::choice_explanation&);

}  // namespace veche::api::pages
