#pragma once
// Exchanges as programmes: people-to-people, student construction teams, internships, with seasons,
// sites and hosts. Who took part stands here by a pseudonym, never by a name.

#include "registry/partner_commands.hpp"

namespace veche::registry {

using exchange_id = id<struct exchange_tag>;
using season_id = id<struct season_tag>;
using site_id = id<struct exchange_site_tag>;
/// A call of the union; only the office knows more of it.
using call_ref = id<struct exchange_call_tag>;

enum class exchange_kind : std::uint8_t { people, construction, internship, study, camp, other };
VECHE_CHOICES(exchange_kind, people, construction, internship, study, camp, other)

/// By an office with power "registry" in the body.
struct record_exchange {
    static constexpr wire_info wire{"registry.record_exchange", 1,
                                    "Record a programme of exchange, or correct it."};
    exchange_id exchange;
    body_id body;
    exchange_kind kind{};
    localized names;
    localized about;
    std::optional<organisation_id> organiser;
    std::optional<link_id> link;
    source_note source;
    localized reason;
};
VECHE_FIELDS(record_exchange, (exchange, "Short name of the programme."),
             (body, "The body whose office answers for the record."), (kind, "Kind of exchange."),
             (names, "Names by language."), (about, "What it is for, by language."),
             (organiser, "The organisation that runs it."),
             (link, "The link between two sides on which it rests."), (source, "Who says so."),
             (reason, "Why the record is corrected, by language."))

/// Where people go in a season.
struct season_site {
    site_id site;
    organisation_id host;
    std::optional<place_id> place;
    std::int32_t places = 0;
    bool operator==(const season_site&) const = default;
};
VECHE_FIELDS(season_site, (site, "Short name of the site."), (host, "The organisation that hosts."),
             (place, "Where it is; where the host sits if not said."),
             (places, "How many can come."))

/// By an office with power "registry" in the body of the programme.
struct record_season {
    static constexpr wire_info wire{
        "registry.record_season", 1,
        "Record a season of an exchange with its sites, or correct it."};
    exchange_id exchange;
    season_id season;
    date from;
    date until;
    std::vector<season_site> sites;
    std::optional<call_ref> call;
    source_note source;
    localized reason;
};
VECHE_FIELDS(record_season, (exchange, "The programme."), (season, "Short name of the season."),
             (from, "First day."), (until, "Last day."), (sites, "Sites with hosts and places."),
             (call, "The call from which the places came."), (source, "Who says so."),
             (reason, "Why the record is corrected, by language."))

/// Somebody who took part: the number of the applicant in the season's call, or a pseudonym that
/// the organiser made, in 16 to 64 hexadecimal digits.
struct season_participant {
    person_id person;
    site_id site;
    std::optional<member_id> member;
    std::int32_t days = 0;
    bool operator==(const season_participant&) const = default;
};
VECHE_FIELDS(season_participant,
             (person, "Pseudonym: a number of the call, or 16 to 64 hexadecimal digits."),
             (site, "The site."), (member, "The member from which the person came."),
             (days, "Days there."))

/// 16 to 64 hexadecimal digits in small letters: what no name is.
bool is_pseudonym(std::string_view);

/// By an office with power "registry" in the body of the programme. A report has one part or
/// several; a part that exists is put again with the reason.
struct report_season {
    static constexpr wire_info wire{"registry.report_season", 1,
                                    "Report who took part in a season, by pseudonym."};
    exchange_id exchange;
    season_id season;
    std::int32_t part = 1;
    bool nobody = false;
    std::vector<season_participant> participants;
    localized about;
    source_note source;
    localized reason;
};
VECHE_FIELDS(report_season, (exchange, "The programme."), (season, "The season."),
             (part, "Number of the part, from 1."), (nobody, "Whether nobody took part."),
             (participants, "Who took part, each pseudonym once in a season."),
             (about, "What was done, by language."), (source, "Who says so."),
             (reason, "Why the part is corrected, by language."))

}  // namespace veche::registry
