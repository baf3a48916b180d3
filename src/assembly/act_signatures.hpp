#pragma once
// Acts: a decision's text, signed by the offices and seats that the charter names for the body, on
// whatever days they sign, and in force from adoption, the last signature or a stated day.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/terms.hpp"
#include "charter/charter.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

struct decision;
struct decision_adopted;
struct motion;
struct state;

/// By the holder of the office or seat, each for itself.
struct sign_act {
    static constexpr wire_info wire{"assembly.sign_act", 1, "Sign the act of a decision."};
    decision_id decision;
    std::string as;
};
VECHE_FIELDS(sign_act, (decision, "The decision."),
             (as, "The office or seat under which you sign."))

using act_commands = std::tuple<sign_act>;

/// The act has its signatures and its day has come. What it orders is carried out now.
struct decision_in_force {
    static constexpr wire_info wire{"assembly.decision_in_force", 1,
                                    "A decision entered into force."};
    decision_id decision;
};
VECHE_FIELDS(decision_in_force, (decision, "The decision."))

struct act_signature {
    std::string as;
    person_id person;
    instant at;
    std::uint64_t seq = 0;
};

/// How one act is signed, as the charter had it when the decision was adopted.
struct act_signing {
    std::vector<std::string> signatories;
    std::vector<act_signature> signatures;  ///< in the order in which they came
    bool decides_force = false;             ///< in force only with the last of them

    [[nodiscard]] bool complete() const { return signatures.size() >= signatories.size(); }
    [[nodiscard]] const act_signature* find(std::string_view as) const;
};

/// Writes into the event what the charter and the motion say about signing and force.
void state_signing(const charter::state&, const motion&, decision_adopted&);

/// Notes the same on the decision that the event makes; where nothing is asked for it is in force.
void note_signing(state&, decision&, const decision_adopted&, const context&);

/// The decision ends: one that is not in force yet never will be.
void repeal(state&, const decision_id& ended, const decision_id& by);

/// Whether the decision's day has come and its signatures are there, as far as they are asked for.
bool may_enter_into_force(const decision&, date today);

/// The decision whose day came at or before `at`, the earliest first, then by number.
std::optional<decision_id> next_into_force(const state&, instant at);

}  // namespace veche::assembly
