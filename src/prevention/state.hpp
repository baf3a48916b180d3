#pragma once
// The register of preventive measures as the journal tells of it.

#include "kernel/cow.hpp"
#include "prevention/commands.hpp"
#include "prevention/events.hpp"

namespace veche::prevention {

/// Who did something, under which office or by which decision, when and by which entry.
struct doing {
    person_id by;
    std::string as;
    std::optional<decision_id> decision;
    instant at;
    std::uint64_t seq = 0;
};

inline doing done_by(const context& ctx) {
    std::optional<decision_id> decision;
    if (ctx.decision) decision = ctx.decision->decision;
    return {ctx.actor, ctx.auth, decision, ctx.at, ctx.seq};
}

template <class Command>
struct deed {
    Command what;
    doing done;
};

/// What an order says since an entry.
struct order_version {
    order_change how{};
    order_terms says;
    std::optional<legal_act> act;  ///< that changed it; its own where it was ordered
    localized reason;
    doing done;
};

struct kept_order {
    body_id body;
    std::vector<order_version> versions;

    [[nodiscard]] const order_version& last() const { return versions.back(); }
    [[nodiscard]] bool withdrawn() const { return last().how == order_change::withdrawn; }
    /// What was known then; nothing before it was recorded, or where it was known to be withdrawn.
    [[nodiscard]] const order_version* known_at(instant) const;
};

/// Orders by where they hold and what they are about: what a search for clashes looks at.
struct place_kind {
    body_id body;
    place_of place;
    preventive_kind kind{};
    auto operator<=>(const place_kind&) const = default;
};

/// Two neighbours in one kind; `a` stands first in the charter's list.
struct border_kind {
    body_id body;
    place_of a;
    place_of b;
    preventive_kind kind{};
    auto operator<=>(const border_kind&) const = default;
};

/// What comes of a clash with time.
enum class clash_deadline : std::uint8_t { late, escalation, over };
struct due_mark {
    instant at;
    std::int64_t number = 0;  ///< of the clash
    clash_deadline kind{};
    auto operator<=>(const due_mark&) const = default;
};

struct clash_step {
    clash_changed says;
    doing done;
};

struct clash_case {
    std::int64_t number = 0;
    deed<clash_found> found;
    clash_side on_a;  ///< as they are now
    clash_side on_b;
    date from;
    date to;  ///< `no_end` until further notice
    date due;
    clash_standing standing = clash_standing::open;
    bool late = false;
    std::optional<body_id> escalated_to;
    std::vector<clash_step> changes;
    std::vector<deed<state_position>> positions;
    std::vector<deed<refer_clash>> referred;
    std::optional<deed<settle_clash>> settled;
    std::optional<doing> ended;
    std::vector<due_mark> marks;  ///< what of it stands in `state::due`

    [[nodiscard]] border_kind border() const {
        const clash_found& f = found.what;
        return {f.body, f.a, f.b, f.kind};
    }
};

enum class order_batch_standing : std::uint8_t { waiting, accepted, discarded };
VECHE_CHOICES(order_batch_standing, waiting, accepted, discarded)

struct order_batch {
    body_id body;
    std::int32_t parts = 0;
    std::vector<staged_order> orders;  ///< while it waits
    std::int64_t count = 0;
    order_batch_standing standing = order_batch_standing::waiting;
};

struct state {
    cow_map<order_id, kept_order> orders;
    cow_map<place_kind, std::vector<order_id>> by_place;
    cow_map<std::int64_t, clash_case> clashes;
    /// Those that hold an interval: open, accepted or decided, in the order of their numbers.
    cow_map<border_kind, std::vector<std::int64_t>> live;
    cow_map<order_batch_id, order_batch> batches;
    cow_map<due_mark, bool> due;  ///< the earliest first
};

inline clash_id clash_named(std::int64_t number) {
    return {"x-" + std::to_string(number)};
}
/// 0 where it is no name of a clash.
std::int64_t number_of(const clash_id&);

}  // namespace veche::prevention
