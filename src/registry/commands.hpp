#pragma once
// What may be asked of the register. A record that exists is put again as a whole, with the reason:
// what it said before stays on the journal.

#include <tuple>

#include "registry/exchange_commands.hpp"
#include "registry/plan_commands.hpp"

namespace veche::registry {

/// By an office with power "registry" in the body.
struct record_place {
    static constexpr wire_info wire{"registry.record_place", 1,
                                    "Record a country, region, town or district, or correct it."};
    place_id place;
    body_id body;
    place_kind kind{};
    localized names;
    std::vector<code> codes;
    std::optional<member_id> member;
    std::optional<place_id> within;
    std::optional<place_id> capital_of;
    std::optional<map_point> at;
    std::optional<std::string> from;
    std::optional<std::string> until;
    std::vector<place_id> followed_by;
    source_note source;
    localized reason;
};
VECHE_FIELDS(record_place, (place, "Short name of the place, as in BY-BR or brest."),
             (body, "The body whose office answers for the record."), (kind, "Kind of place."),
             (names, "Names by language."), (codes, "Codes under which others know it."),
             (member, "The member that it is of."), (within, "The place around it."),
             (capital_of, "The place whose seat it is."), (at, "Where it is."),
             (from, "Since when it is one: a year, a month or a day."),
             (until, "Until when it was one."), (followed_by, "What took its place."),
             (source, "Who says so."), (reason, "Why the record is corrected, by language."))

/// By an office with power "registry" in the body.
struct record_population {
    static constexpr wire_info wire{"registry.record_population", 1,
                                    "Record how many people lived in a place."};
    place_id place;
    body_id body;
    std::string on;
    std::int64_t people = 0;
    source_note source;
    localized reason;
};
VECHE_FIELDS(record_population, (place, "The place."),
             (body, "The body whose office answers for the record."),
             (on, "When: a year, a month or a day."), (people, "How many people."),
             (source, "Who says so."), (reason, "Why the figure is corrected, by language."))

/// By an office with power "registry" in the body.
struct record_organisation {
    static constexpr wire_info wire{"registry.record_organisation", 1,
                                    "Record an enterprise, university or other organisation."};
    organisation_id organisation;
    body_id body;
    std::vector<organisation_kind> kinds;
    localized names;
    std::vector<code> codes;
    std::optional<place_id> place;
    std::vector<std::string> sectors;
    std::optional<std::string> address;
    std::optional<std::string> from;
    std::optional<std::string> until;
    source_note source;
    localized reason;
};
VECHE_FIELDS(record_organisation, (organisation, "Short name of the organisation."),
             (body, "The body whose office answers for the record."), (kinds, "What it is."),
             (names, "Names by language."), (codes, "Legal numbers and other codes."),
             (place, "Where it sits."), (sectors, "Divisions of ISIC in which it works, as in 28."),
             (address, "Its address on the web."), (from, "Since when it exists."),
             (until, "Until when it existed."), (source, "Who says so."),
             (reason, "Why the record is corrected, by language."))

/// By an office with power "registry" in the body. What was said of the one is said of the other
/// from then on; the journal keeps both.
struct merge_organisations {
    static constexpr wire_info wire{"registry.merge_organisations", 1,
                                    "Say that two records are of one organisation."};
    organisation_id kept;
    organisation_id merged;
    body_id body;
    localized reason;
};
VECHE_FIELDS(merge_organisations, (kept, "The record that stays."),
             (merged, "The record that goes into it."),
             (body, "The body whose office answers for it."),
             (reason, "How it is known, by language."))

/// By an office with power "registry" in the body. What was recorded under the name of the merged
/// record goes back to it; what was recorded under the name of the other meanwhile stays there.
struct separate_organisations {
    static constexpr wire_info wire{"registry.separate_organisations", 1,
                                    "Undo a merger: the two records are of two organisations."};
    organisation_id kept;
    organisation_id merged;
    body_id body;
    localized reason;
};
VECHE_FIELDS(separate_organisations, (kept, "The record that the other went into."),
             (merged, "The record that stands by itself again."),
             (body, "The body whose office answers for it."),
             (reason, "How it is known, by language."))

/// By an office with power "registry" in the body. What each side says is claimed apart.
struct record_link {
    static constexpr wire_info wire{"registry.record_link", 1,
                                    "Record a link between two sides, or correct it."};
    link_id link;
    body_id body;
    link_kind kind{};
    link_end a;
    link_end b;
    localized about;
    source_note source;
    localized reason;
};
VECHE_FIELDS(record_link, (link, "Short name of the link."),
             (body, "The body whose office answers for the record."), (kind, "Kind of link."),
             (a, "One side."), (b, "The other side."), (about, "What it is for, by language."),
             (source, "Who says so."), (reason, "Why the record is corrected, by language."))

/// By an office with power "registry" in the body.
struct claim_link {
    static constexpr wire_info wire{"registry.claim_link", 1,
                                    "Record what one side says of a link."};
    link_id link;
    body_id body;
    link_side side{};
    link_claim says{};
    std::optional<std::string> on;
    std::optional<content_ref> document;
    std::optional<content_ref> plan;
    source_note source;
};
VECHE_FIELDS(claim_link, (link, "The link."), (body, "The body whose office answers for it."),
             (side, "Which side."), (says, "What it says."),
             (on, "Since when: a year, a month or a day."), (document, "What was signed."),
             (plan, "The plan of what is to be done."), (source, "Who says so."))

/// By an office with power "registry" in the body.
struct report_activity {
    static constexpr wire_info wire{"registry.report_activity", 1,
                                    "Report what was done on a link or by an organisation."};
    activity_id activity;
    body_id body;
    std::optional<link_id> link;
    std::optional<organisation_id> organisation;
    std::string on;
    activity_kind kind{};
    localized about;
    std::optional<std::int64_t> people;
    std::optional<amount> money;
    std::optional<std::string> claim;
    std::optional<place_id> place;
    std::optional<content_ref> document;
    source_note source;
};
VECHE_FIELDS(report_activity, (activity, "Short name of the activity."),
             (body, "The body whose office answers for the report."), (link, "The link, or"),
             (organisation, "the organisation."), (on, "When: a year, a month or a day."),
             (kind, "Kind of activity."), (about, "What was done, by language."),
             (people, "How many people took part."), (money, "What it cost."),
             (claim, "The claim under which the fund paid."), (place, "Where."),
             (document, "A report of it."), (source, "Who says so."))

/// By an office with power "registry" in the body.
struct record_enterprise {
    static constexpr wire_info wire{
        "registry.record_enterprise", 1,
        "Record that an organisation is run by sides of several members, and who holds it."};
    organisation_id organisation;
    body_id body;
    enterprise_form form{};
    std::vector<holder> holders;
    std::optional<std::string> since;
    source_note source;
    localized reason;
};
VECHE_FIELDS(record_enterprise, (organisation, "The organisation."),
             (body, "The body whose office answers for the record."), (form, "What it is."),
             (holders, "Who holds it, each share exact, from and to, or not known."),
             (since, "Since when: a year, a month or a day."), (source, "Who says so."),
             (reason, "Why the record is corrected, by language."))

/// By an office with power "registry" in the body.
struct report_operation {
    static constexpr wire_info wire{"registry.report_operation", 1,
                                    "Report what was seen of an enterprise in a year."};
    organisation_id organisation;
    body_id body;
    std::int32_t year = 0;
    operation seen{};
    localized about;
    std::optional<content_ref> proof;
    source_note source;
};
VECHE_FIELDS(report_operation, (organisation, "The enterprise."),
             (body, "The body whose office answers for the report."), (year, "The year."),
             (seen, "What was seen."), (about, "What shows it, by language."),
             (proof, "A document that shows it."), (source, "Who says so."))

/// By an office with power "registry" in the body. Of an organisation that several sides run the
/// holders stand in `record_enterprise`.
struct record_owners {
    static constexpr wire_info wire{"registry.record_owners", 1,
                                    "Record who holds an organisation, or correct it."};
    organisation_id organisation;
    body_id body;
    std::vector<holder> holders;
    std::optional<std::string> since;
    source_note source;
    localized reason;
};
VECHE_FIELDS(record_owners, (organisation, "The organisation."),
             (body, "The body whose office answers for the record."),
             (holders, "Who holds it, each share exact, from and to, or not known."),
             (since, "Since when: a year, a month or a day."), (source, "Who says so."),
             (reason, "Why the record is corrected, by language."))

/// One row of a batch: exactly one of these.
struct batch_row {
    std::optional<record_place> place;
    std::optional<record_population> population;
    std::optional<record_organisation> organisation;
    std::optional<record_link> link;
    std::optional<claim_link> claim;
    std::optional<report_activity> activity;
    std::optional<record_enterprise> enterprise;
    std::optional<report_operation> operation;
    std::optional<plan_item> item;
    std::optional<report_item> item_report;
};
VECHE_FIELDS(batch_row, (place, "A place, or"), (population, "a figure of people, or"),
             (organisation, "an organisation, or"), (link, "a link, or"),
             (claim, "what one side says of a link, or"), (activity, "an activity, or"),
             (enterprise, "who holds an enterprise, or"), (operation, "what was seen of one, or"),
             (item, "an item of a link's plan, or"), (item_report, "what one side says of one."))

/// By an office with power "registry" in the body. Rows wait, and nothing of them holds, until the
/// batch is accepted as a whole.
struct stage_rows {
    static constexpr wire_info wire{"registry.stage_rows", 1,
                                    "Lay rows ready that are to be accepted together."};
    batch_id batch;
    body_id body;
    std::int32_t part = 1;
    std::vector<batch_row> rows;
};
VECHE_FIELDS(stage_rows, (batch, "Short name of the batch."),
             (body, "The body whose office answers for it."),
             (part, "Number of this part, from 1."), (rows, "The rows."))

/// By an office with power "registry" in the body. All rows hold, or none.
struct accept_batch {
    static constexpr wire_info wire{"registry.accept_batch", 1,
                                    "Record all rows of a batch, or none."};
    batch_id batch;
    std::int64_t rows = 0;
};
VECHE_FIELDS(accept_batch, (batch, "The batch."), (rows, "How many rows it has."))

/// By an office with power "registry" in the body.
struct discard_batch {
    static constexpr wire_info wire{"registry.discard_batch", 1, "Put a batch away unrecorded."};
    batch_id batch;
    localized reason;
};
VECHE_FIELDS(discard_batch, (batch, "The batch."), (reason, "Why, by language."))

using commands =
    std::tuple<record_place, record_population, record_organisation, merge_organisations,
               separate_organisations, record_link, claim_link, report_activity, record_enterprise,
               report_operation, record_owners, name_agent, submit_profile, review_profile,
               withdraw_profile, express_interest, answer_interest, record_outcome, record_exchange,
               record_season, report_season, plan_item, report_item, stage_rows, accept_batch,
               discard_batch>;

}  // namespace veche::registry
