#pragma once
// What views of the register take of other rooms, told by the office: findings on trade, calls and
// who has which part in them. A finding joint-enterprises/1 names a product, a region that makes it
// and a region that buys it, with a range.

#include <optional>
#include <string>
#include <vector>

#include "registry/exchange_commands.hpp"

namespace veche::registry {

struct found_range {
    std::string value;
    std::optional<std::string> low;
    std::optional<std::string> high;
    std::string unit;
};
VECHE_FIELDS(found_range, (value, "The figure as it was published."), (low, "Lower end."),
             (high, "Upper end."), (unit, "Unit."))

struct pair_finding {
    std::string finding;
    std::string product;
    std::string maker;
    std::string partner;
    std::optional<found_range> amount;
    std::optional<found_range> density;
    std::optional<found_range> rank;
    std::int64_t differing = 0;
};
VECHE_FIELDS(pair_finding, (finding, "The finding."),
             (product, "Heading of the Harmonized System."),
             (maker, "Code of the region that makes it, ISO 3166-2."),
             (partner, "Code of the region that buys it."), (amount, "What could move at most."),
             (density, "How much of what is near to it the partner makes."),
             (rank, "Place among the suggestions, and from which to which."),
             (differing, "How many who computed it again came to something else."))

/// What an organisation is in a call, or in an exchange.
enum class call_role : std::uint8_t { university, host, site, recipient, organiser };
VECHE_CHOICES(call_role, university, host, site, recipient, organiser)

struct told_role {
    organisation_id organisation;
    call_role role{};
    call_ref call;
    localized title;
    localized part;
    std::optional<std::int64_t> places;
    std::optional<std::string> contract;
};

struct told_call {
    localized title;
    std::vector<person_id> holders;  ///< numbers of those who hold a place
};

class outlook {
  public:
    outlook() = default;
    outlook(const outlook&) = delete;
    outlook& operator=(const outlook&) = delete;
    virtual ~outlook() = default;
    /// Of findings that stand.
    [[nodiscard]] virtual std::vector<pair_finding> joint_enterprises() const = 0;
    /// Nothing where there is no such call.
    [[nodiscard]] virtual std::optional<told_call> call(const call_ref&) const = 0;
    /// Of all organisations that calls name, and of recipients of grants; calls by short name.
    [[nodiscard]] virtual std::vector<told_role> roles() const = 0;
};

}  // namespace veche::registry
