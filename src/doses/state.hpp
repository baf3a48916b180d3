#pragma once
// The book (ledger/book.hpp) holds every dose; beside it stands what a number cannot say. Every
// product is a unit, every lot at a site in a state an account.

#include <map>

#include "doses/events.hpp"
#include "kernel/cow.hpp"
#include "kernel/shared_list.hpp"
#include "ledger/book.hpp"

namespace veche::doses {

/// The newest record holds; `versions` are the entries of all.
template <class Command>
struct kept {
    Command what;
    std::vector<std::uint64_t> versions;
};

enum class move_kind : std::uint8_t {
    received,
    sent,
    came,
    missing,
    opened,
    given,
    discarded,
    counted,
    quarantined,
    released,
    recalled,
    expired,
    warned
};
VECHE_CHOICES(move_kind, received, sent, came, missing, opened, given, discarded, counted,
              quarantined, released, recalled, expired, warned)

/// A step in the life of a lot.
struct lot_move {
    move_kind kind{};
    date on;
    instant written;
    std::optional<site_id> site;
    std::optional<site_id> other;
    std::int64_t doses = 0;
    std::optional<loss_reason> why;
    localized note;
    std::uint64_t seq = 0;
};

struct lot {
    receive_lot what;
    std::uint64_t seq = 0;
    bool recalled = false;
    bool expired = false;
    shared_list<lot_move> moves;
};

/// Lots of a product in the order in which they are issued.
struct issue_key {
    product_id product;
    date expires;
    date received;
    lot_id lot;
    auto operator<=>(const issue_key&) const = default;
};

struct shipment {
    site_id from;
    site_id to;
    product_id product;
    date on;
    date use_from;
    std::optional<allocation_id> allocation;
    bool moved = false;  ///< a transfer, out of the order of issue
    std::vector<lot_part> lots;
    std::optional<accept> came;
    std::uint64_t seq = 0;
    std::uint64_t came_seq = 0;
};

struct allocation {
    allocate asked;
    decision_id decision;
    allocated out;
    std::map<site_id, std::int64_t> sent;
    date on;
    std::uint64_t seq = 0;
};

/// Doses given, by day.
struct given_key {
    product_id product;
    std::int32_t dose = 1;
    auto operator<=>(const given_key&) const = default;
};
struct region_given_key {
    product_id product;
    std::optional<region_id> region;
    std::optional<group_id> group;
    std::int32_t dose = 1;
    auto operator<=>(const region_given_key&) const = default;
};
struct site_product {
    site_id site;
    product_id product;
    auto operator<=>(const site_product&) const = default;
};
using day_counts = std::map<date, std::int64_t>;

/// What passed through a site, of one product.
struct passed {
    std::int64_t received = 0;
    std::int64_t came = 0;
    std::int64_t sent = 0;
    std::int64_t opened = 0;
    std::int64_t given = 0;
    std::int64_t lost_open = 0;
    std::int64_t lost_closed = 0;
    std::int64_t counted = 0;  ///< found at counts, less what was missing
};

struct people_key {
    region_id region;
    std::optional<group_id> group;
    auto operator<=>(const people_key&) const = default;
};
struct people_report {
    report_people what;
    instant written;
    std::uint64_t seq = 0;
};

enum class due_kind : std::uint8_t { warn, expire };
struct due_mark {
    instant at;
    due_kind kind{};
    lot_id lot;
    auto operator<=>(const due_mark&) const = default;
};
struct nothing {};

struct state {
    ledger::book book;
    cow_map<product_id, kept<record_product>> products;
    cow_map<site_id, kept<record_site>> sites;
    cow_map<group_id, kept<record_group>> groups;
    cow_map<people_key, kept<record_target>> targets;
    cow_map<lot_id, lot> lots;
    cow_map<issue_key, nothing> order;
    cow_map<shipment_id, shipment> shipments;
    cow_map<allocation_id, allocation> allocations;
    cow_map<site_product, std::int64_t> needs;
    cow_map<given_key, day_counts> given;
    cow_map<region_given_key, std::int64_t> given_in;
    cow_map<site_product, day_counts> used;  ///< doses given at a site, by day
    cow_map<site_product, passed> passed_by;
    cow_map<people_key, shared_list<people_report>> people;
    cow_map<due_mark, nothing> due;
};

}  // namespace veche::doses
