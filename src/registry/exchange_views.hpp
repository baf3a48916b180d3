#pragma once
// What is public of exchanges: programmes with their seasons, and how many took part. Counts are
// made of pseudonyms and shown as numbers; the journal has the pseudonyms.

#include "registry/views.hpp"

namespace veche::registry {

/// Days after the end of a season within which it is reported.
inline constexpr int season_report_days = 90;

enum class season_standing : std::uint8_t {
    planned,  ///< has not begun
    running,  ///< has begun and is not over
    awaited,  ///< is over; there is time left for the report
    missing,  ///< there is none left, and no report
    reported  ///< who took part is known, or that nobody did
};
VECHE_CHOICES(season_standing, planned, running, awaited, missing, reported)

/// Of a season on a day, by rule.
season_standing standing_of(const season&, date today);

struct member_count {
    std::optional<member_id> member;
    std::int64_t people = 0;
};
VECHE_FIELDS(member_count, (member, "The member; nothing where it is not known."),
             (people, "How many people came from it."))

struct site_row {
    site_id site;
    organisation_name host;
    std::optional<place_name> place;
    std::int64_t places = 0;
    std::optional<std::int64_t> people;
    std::optional<std::int64_t> days;
};
VECHE_FIELDS(site_row, (site, "Short name."), (host, "The host."), (place, "Where it is."),
             (places, "How many could come."),
             (people, "How many came; nothing while there is no report."),
             (days, "Days that they were there, together."))

struct season_row {
    exchange_id exchange;
    season_id season;
    date from;
    date until;
    season_standing standing{};
    date due;
    std::int64_t places = 0;
    std::optional<std::int64_t> people;
    std::optional<std::int64_t> days;
    std::optional<std::int64_t> came_again;
    std::vector<member_count> by_member;
    std::vector<site_row> sites;
    std::optional<call_ref> call;
    localized call_title;
    std::optional<std::int64_t> from_call;
    localized about;
    source_note source;
    std::vector<std::int64_t> versions;
    std::vector<std::int64_t> report_versions;
};
VECHE_FIELDS(season_row, (exchange, "The programme."), (season, "Short name."),
             (from, "First day."), (until, "Last day."), (standing, "Its state by rule."),
             (due, "The last day on which its report is in time."),
             (places, "How many could come."),
             (people, "How many came, each pseudonym once; nothing while there is no report."),
             (days, "Days that they were there, together."),
             (came_again, "Of them, how many had come in an earlier season."),
             (by_member, "How many came from each member."), (sites, "By site."),
             (call, "The call from which the places came."), (call_title, "Its title."),
             (from_call, "How many of those who came hold a place of the call."),
             (about, "What was done."), (source, "Who says so."),
             (versions, "Entries that recorded the season."),
             (report_versions, "Entries that reported it, corrections too."))

struct exchanges_query {
    static constexpr wire_info wire{"registry.exchanges", 1, "Programmes of exchange."};
    std::optional<std::string> query;
    std::optional<exchange_kind> kind;
    std::optional<organisation_id> organisation;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(exchanges_query, (query, "Words of the names, all of them."),
             (kind, "Only of this kind."), (organisation, "Only those that it runs or hosts."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct exchange_row {
    exchange_id exchange;
    localized names;
    exchange_kind kind{};
    std::optional<organisation_name> organiser;
    std::int64_t seasons = 0;
    std::optional<date> last_until;
    std::int64_t people = 0;
    std::int64_t days = 0;
    std::int64_t missing = 0;
    verification verified{};
    std::int64_t seq = 0;
};
VECHE_FIELDS(exchange_row, (exchange, "Short name."), (names, "Names."), (kind, "Kind."),
             (organiser, "Who runs it."), (seasons, "How many seasons."),
             (last_until, "Last day of the latest season."),
             (people, "How many people came in all, each pseudonym once."),
             (days, "Days that they were there, together."),
             (missing, "Seasons whose report is missing."),
             (verified, "How far the record was read."), (seq, "Entry that recorded it."))

struct exchanges_view {
    std::vector<exchange_row> exchanges;
    std::int32_t found = 0;
    std::int32_t total = 0;
};
VECHE_FIELDS(exchanges_view, (exchanges, "By short name."), (found, "How many match."),
             (total, "How many there are in all."))

struct exchange_query {
    static constexpr wire_info wire{"registry.exchange", 1,
                                    "One programme of exchange with its seasons."};
    exchange_id exchange;
};
VECHE_FIELDS(exchange_query, (exchange, "The programme."))

struct exchange_view {
    exchange_row row;
    localized about;
    std::optional<link_id> link;
    body_id body;
    source_note source;
    std::vector<season_row> seasons;
    std::vector<std::int64_t> versions;
};
VECHE_FIELDS(exchange_view, (row, "The programme in short."), (about, "What it is for."),
             (link, "The link on which it rests."), (body, "The body whose office answers for it."),
             (source, "Who says so."), (seasons, "The latest first."),
             (versions, "Entries that recorded it."))

struct roles_query {
    static constexpr wire_info wire{
        "registry.roles", 1,
        "Calls and exchanges in which an organisation is host, site, university or recipient."};
    organisation_id organisation;
};
VECHE_FIELDS(roles_query, (organisation, "The organisation."))

struct role_row {
    call_role role{};
    std::optional<call_ref> call;
    localized title;
    localized part;
    std::optional<std::int64_t> places;
    std::optional<std::string> contract;
    std::optional<exchange_id> exchange;
};
VECHE_FIELDS(role_row, (role, "What it is there."), (call, "The call."),
             (title, "Title of the call or name of the exchange."),
             (part, "The programme or site of the call."), (places, "How many places."),
             (contract, "The contract of the fund with the winner."),
             (exchange, "The programme of exchange."))

struct roles_view {
    std::vector<role_row> roles;
};
VECHE_FIELDS(roles_view, (roles, "Calls by short name, then exchanges."))

using exchange_queries = std::tuple<exchanges_query, exchange_query, roles_query>;

result<exchanges_view> ask(const world&, const exchanges_query&, const viewer&);
result<exchange_view> ask(const world&, const exchange_query&, const viewer&);
result<roles_view> ask(const world&, const roles_query&, const viewer&);

}  // namespace veche::registry
