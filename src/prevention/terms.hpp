#pragma once
// Words of the register of preventive measures: who ordered what, where, from when to when, by
// which act; and what is said of a clash.

#include <optional>
#include <string>
#include <vector>

#include "kernel/message.hpp"
#include "prevention/clashes.hpp"

namespace veche::prevention {

/// An order of the register: "by-c1-2021-09-01".
using order_id = id<struct order_tag>;
/// A clash that was found: "x-3".
using clash_id = id<struct clash_tag>;
/// Orders that are accepted together.
using order_batch_id = id<struct order_batch_tag>;

enum class order_scope : std::uint8_t {
    general,  ///< everywhere and for all
    targeted  ///< some places, or some people
};
VECHE_CHOICES(order_scope, general, targeted)

/// The act by which something was ordered or changed.
struct legal_act {
    localized title;
    std::optional<std::string> number;
    std::optional<std::string> address;
    std::optional<date> on;
};
VECHE_FIELDS(legal_act, (title, "Title by language."), (number, "Its number, where it has one."),
             (address, "Where it is published on the web."), (on, "The day of the act."))

/// What an order says. Kind and place never change; the rest may.
struct order_terms {
    member_id member;
    std::optional<std::string> region;
    preventive_kind kind{};
    std::int32_t level = 0;
    std::optional<order_scope> scope;
    std::vector<std::string> where;
    localized whom;
    date from;
    std::optional<date> to;
    localized title;
    localized decided_by;
    std::optional<legal_act> act;
    std::vector<std::string> asks;
    std::vector<std::string> issues;
    std::optional<std::string> source;
};
VECHE_FIELDS(order_terms, (member, "The member in which it holds."),
             (region, "The region of the member, where it holds in one alone."),
             (kind, "Kind of the measure."), (level, "Level on the scale of the kind; 0 is none."),
             (scope, "General, or targeted at some places or people."),
             (where, "Regions in which it holds, where it is targeted at some."),
             (whom, "Whom it concerns, by language, where it is targeted at some."),
             (from, "First day."), (to, "Last day; until further notice where empty."),
             (title, "What is ordered in a few words, by language."),
             (decided_by, "Who decided, by language."), (act, "The legal act."),
             (asks, "Proofs that it asks for, as in pcr-72h."),
             (issues, "Of proofs alone: those that are issued from then on."),
             (source, "Who says so, where the record is not the authority's own."))

/// What a side says to a clash.
enum class clash_position : std::uint8_t {
    aligns,    ///< it will change its order
    explains,  ///< why its order is as it is
    accepts,   ///< both may stand as they are
    disputes   ///< it is no contradiction
};
VECHE_CHOICES(clash_position, aligns, explains, accepts, disputes)

enum class clash_standing : std::uint8_t {
    open,
    aligned,   ///< a change of an order ended it
    accepted,  ///< both sides accept it, with reasons
    decided,   ///< a decision of the union settled it
    over       ///< its days have passed
};
VECHE_CHOICES(clash_standing, open, aligned, accepted, decided, over)

/// What was done to an order.
enum class order_change : std::uint8_t { ordered, amended, extended, ended, withdrawn };
VECHE_CHOICES(order_change, ordered, amended, extended, ended, withdrawn)

/// A member, or one of its regions.
struct place_of {
    member_id member;
    std::optional<std::string> region;
    auto operator<=>(const place_of&) const = default;
};
VECHE_FIELDS(place_of, (member, "The member."), (region, "Its region."))

}  // namespace veche::prevention
