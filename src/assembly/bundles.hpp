#pragma once
// Bundles: several motions, or several amendments to one motion, put to one vote. All of them carry
// or all fail; each carried motion becomes a decision of its own. Anyone entitled may have one
// taken out before the vote, and it is voted on by itself.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/motion_terms.hpp"
#include "charter/charter.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

struct state;
struct world;
struct motion;
struct amendment;
struct session;

using bundle_id = id<struct bundle_tag>;

/// `failed` bundles were voted down; a `dissolved` one has nothing left to vote on together.
enum class bundle_status : std::uint8_t { standing, voting, carried, failed, dissolved };
VECHE_CHOICES(bundle_status, standing, voting, carried, failed, dissolved)

/// Power "preside". Motions of one body in one session under one rule; or amendments to one motion,
/// none of which competes with any that waits.
struct bundle_motions {
    static constexpr wire_info wire{"assembly.bundle_motions", 1,
                                    "Bundle motions or amendments for one vote."};
    bundle_id bundle;
    localized title;
    std::vector<motion_id> motions;
    std::vector<amendment_id> amendments;
};
VECHE_FIELDS(bundle_motions, (bundle, "Id of the bundle."), (title, "Title by language."),
             (motions, "The motions; of amendments the one motion that they amend."),
             (amendments, "The amendments, where it is they that are bundled."))

/// By the holder of a seat of the body, or with power "preside", before the vote.
struct take_out_of_bundle {
    static constexpr wire_info wire{"assembly.take_out_of_bundle", 1,
                                    "Have a motion or an amendment voted on by itself."};
    bundle_id bundle;
    motion_id motion;
    std::optional<amendment_id> amendment;
};
VECHE_FIELDS(take_out_of_bundle, (bundle, "The bundle."), (motion, "The motion."),
             (amendment, "The amendment to it, where amendments are bundled."))

using bundle_commands = std::tuple<bundle_motions, take_out_of_bundle>;

/// What was taken out, at whose wish.
struct taken_out {
    motion_id motion;
    std::optional<amendment_id> amendment;
    person_id person;
    std::string as;
    instant at;
    std::uint64_t seq = 0;
};

struct bundle {
    bundle_id id;
    body_id body;
    session_id session;
    localized title;
    std::vector<motion_id> motions;
    std::vector<amendment_id> amendments;
    std::vector<taken_out> out;
    bundle_status status = bundle_status::standing;
    std::vector<vote_id> votes;
    instant at;
    std::uint64_t seq = 0;
};

/// The bundle's members that still wait for their vote or are being voted on.
std::vector<motion_id> motions_left(const state&, const bundle&);
std::vector<amendment_id> amendments_left(const state&, const bundle&);

/// The bundle in which it waits for its vote, if any.
const bundle* bundle_of(const state&, const motion&);
const bundle* bundle_of(const state&, const amendment&);

/// Where silence decides, an objection is to one text and has its reason, so that nothing is
/// bundled or split there. `field` is blamed.
result<void> check_divisible(const charter::state&, const std::string& rule,
                             const std::string& field);

/// Whether the bundle can be voted on now: each of its members could be by itself.
result<void> check_bundle(const world&, const bundle&);

/// The vote on it was opened, or decided with that outcome.
void bundle_voting(state&, const bundle_id&, const vote_id&);
void bundle_decided(state&, const bundle_id&, charter::outcome);

/// Bundles that wait for their vote end with their session.
void dissolve_bundles(state&, const session& over);

/// The vote on it carried: what follows for each of its members, in their order.
events after_bundle_carried(const world&, const bundle&, const vote_id&, const context&);

}  // namespace veche::assembly
