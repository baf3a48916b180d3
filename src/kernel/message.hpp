#pragma once
// What travels: commands (asked by an actor, journaled byte for byte as acts), events (derived by
// decide, journaled with `by`), and the context in which they are judged. A room declares
//   struct cast_ballot { static constexpr wire_info wire{"assembly.cast_ballot", 1, "Cast ..."};
//   ... };
// with VECHE_FIELDS, and provides, found by overload:
//   result<events> decide(const world&, const cast_ballot&, const context&);   pure
//   void apply(state&, const cast_ballot&, const context&);                    total on what decide
//   let pass
// and for each derived event only the apply.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields.hpp"

namespace veche {

/// Name, version and meaning of a message on the wire. A released version is never edited.
struct wire_info {
    std::string_view type;  ///< "module.verb_noun" for commands, "module.noun_past" for events
    std::int32_t v = 1;
    std::string_view meaning;  ///< one sentence; becomes help and API summary
};

/// The decision under which an enactment is carried out.
struct decision_authority {
    decision_id decision;
    body_id body;
    std::string rule;  ///< id of the charter's rule under which it was taken
};

/// When, by whom, and by what right. The only clock the domain knows.
struct context {
    instant at;             ///< admission time of the entry
    std::uint64_t seq = 0;  ///< number of the entry
    person_id actor;        ///< empty for derived entries
    std::string auth;       ///< id of the office or seat under whose authority the actor acts
    std::optional<decision_authority> decision;  ///< set while an enactment is carried out or tried
};

/// Who looks at a view, and when. The person is empty for the public.
struct viewer {
    person_id person;
    instant now;
};

/// A derived event in its wire form.
struct event {
    std::string type;
    std::int32_t v = 1;
    std::string body;                            ///< canonical JSON object
    std::shared_ptr<const void> made = nullptr;  ///< what `body` says, until it is folded

    bool operator==(const event& other) const {
        return type == other.type && v == other.v && body == other.body;
    }
};
using events = std::vector<event>;

template <class E>
event make_event(E value) {
    std::string body = to_json(value);
    return {std::string(E::wire.type), E::wire.v, std::move(body),
            std::make_shared<const E>(std::move(value))};
}

}  // namespace veche
