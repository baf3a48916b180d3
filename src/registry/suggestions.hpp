#pragma once
// Who could be a partner for a profile, and why: a pure function of the register and of what was
// found on trade. Two profiles of organisations of different members, one of which offers what the
// other asks for, or both of which look for cooperation, and which have at least one thing in
// common that they make or need. Every reason is named and counts as one; none is weighed.

#include <memory>

#include "registry/partners.hpp"

namespace veche::registry {

enum class match_reason : std::uint8_t {
    meets,           ///< an offer and a request of one subject
    cooperation,     ///< both look for cooperation
    sought_sector,   ///< the other works in a sector that is sought here
    seeks_this,      ///< the other seeks a sector in which this one works
    same_sector,     ///< both work in it
    same_heading,    ///< both name the goods, or one the chapter of the other's
    region_wanted,   ///< the other sits in a region that is wanted here
    region_wants,    ///< this one sits in a region that the other wants
    regions_linked,  ///< their regions have a link that stands
    finding          ///< a published finding names the pair of regions
};
VECHE_CHOICES(match_reason, meets, cooperation, sought_sector, seeks_this, same_sector,
              same_heading, region_wanted, region_wants, regions_linked, finding)

/// One reason with what it rests on: divisions, headings, places, links, the finding.
struct why_matched {
    match_reason reason{};
    std::vector<std::string> on;
    std::optional<pair_finding> finding;
};

struct suggestion {
    profile_id other;
    std::vector<why_matched> why;  ///< in the order of `match_reason`
};

/// For a profile against every other that is public; those with most reasons first, then by short
/// name. Nothing where the profile itself is none of an organisation with a known member.
std::vector<suggestion> suggest(const state&, const profile&,
                                const std::vector<pair_finding>& found);

}  // namespace veche::registry
