#pragma once
// Words of the register: where something is known from, places, organisations, links between two
// sides, what happened on them, who holds an enterprise.

#include <optional>
#include <string>
#include <vector>

#include "kernel/content_ref.hpp"
#include "kernel/message.hpp"
#include "kernel/source_note.hpp"
#include "registry/codes.hpp"

namespace veche::registry {

using place_id = id<struct place_tag>;
using organisation_id = id<struct organisation_tag>;
using link_id = id<struct link_tag>;
using activity_id = id<struct activity_tag>;
using batch_id = id<struct batch_tag>;

using veche::source_note;
using veche::verification;

/// A point of the Earth, in millionths of a degree.
struct map_point {
    std::int32_t latitude = 0;
    std::int32_t longitude = 0;
    bool operator==(const map_point&) const = default;
};
VECHE_FIELDS(map_point, (latitude, "Millionths of a degree, north above zero."),
             (longitude, "Millionths of a degree, east above zero."))

enum class place_kind : std::uint8_t {
    country,
    region,
    district,
    city,
    town,
    city_district,
    village,
    other
};
VECHE_CHOICES(place_kind, country, region, district, city, town, city_district, village, other)

enum class organisation_kind : std::uint8_t {
    enterprise,
    university,
    institute,
    school,
    association,
    media,
    culture,
    authority,
    other
};
VECHE_CHOICES(organisation_kind, enterprise, university, institute, school, association, media,
              culture, authority, other)

enum class link_kind : std::uint8_t {
    twinning,    ///< two towns or districts
    partner,     ///< partners without a treaty of twinning
    agreement,   ///< two regions, with a plan and a yearly report
    programme,   ///< of cooperation for some years
    institution  ///< two universities, schools, museums
};
VECHE_CHOICES(link_kind, twinning, partner, agreement, programme, institution)

/// One of the two ends of a link: a place or an organisation.
struct link_end {
    std::optional<place_id> place;
    std::optional<organisation_id> organisation;
    auto operator<=>(const link_end&) const = default;
};
VECHE_FIELDS(link_end, (place, "The place, or"), (organisation, "the organisation."))

enum class link_side : std::uint8_t { a, b };
VECHE_CHOICES(link_side, a, b)

/// What one side says of the link. The newest claim of a side is the one that holds.
enum class link_claim : std::uint8_t { concluded, suspended, ended, denied };
VECHE_CHOICES(link_claim, concluded, suspended, ended, denied)

enum class activity_kind : std::uint8_t {
    visit,
    agreement,
    exchange,
    fair,
    project,
    production,
    culture,
    sport,
    education,
    other
};
VECHE_CHOICES(activity_kind, visit, agreement, exchange, fair, project, production, culture, sport,
              education, other)

/// Per cent with up to four decimals: exact, or from low to high.
struct share {
    std::optional<std::string> exact;
    std::optional<std::string> low;
    std::optional<std::string> high;
    bool operator==(const share&) const = default;
};
VECHE_FIELDS(share, (exact, "Per cent, as in 50 or 33.3333, or"), (low, "at least so many, and"),
             (high, "at most so many."))

enum class holder_kind : std::uint8_t {
    organisation,  ///< of the register
    entity,        ///< a legal entity that the register does not hold, by its name
    state,         ///< a member or its region
    persons        ///< natural persons; the journal names none
};
VECHE_CHOICES(holder_kind, organisation, entity, state, persons)

/// Who holds a part of an enterprise.
struct holder {
    holder_kind kind{};
    std::optional<organisation_id> organisation;
    std::optional<std::string> name;
    std::optional<member_id> member;
    std::optional<share> held;
    bool operator==(const holder&) const = default;
};
VECHE_FIELDS(holder, (kind, "What kind of holder."),
             (organisation, "The organisation, where the register has it."),
             (name, "Name of an entity or a state."), (member, "The member that it is of."),
             (held, "Its share; left out: not known."))

enum class enterprise_form : std::uint8_t { joint_company, assembly, branch, cooperation, other };
VECHE_CHOICES(enterprise_form, joint_company, assembly, branch, cooperation, other)

/// What was seen of an enterprise in a year.
enum class operation : std::uint8_t { agreed, registered, operating, stopped, closed };
VECHE_CHOICES(operation, agreed, registered, operating, stopped, closed)

/// The divisions of ISIC, revision 4 (United Nations, 2008), run from 01 to 99 with gaps.
bool is_isic_division(std::string_view);

/// Ten-thousandths of a per cent; nothing for what is no per cent with up to four decimals.
std::optional<std::int64_t> read_share(std::string_view);

}  // namespace veche::registry
