#pragma once
// Two editors of one thing: what others did to it between the opening of a form and its sending.

#include "api/pages/visit.hpp"

namespace veche::api::pages {

/// An act of the same kind on the same thing, by somebody else or from another window.
struct meanwhile_card {
    std::int64_t seq = 0;
    instant at;
    person_id actor;
    json::raw_json body;
};
VECHE_VIEW(meanwhile_card, (seq, "Its entry."), (at, "When."), (actor, "Who did it."),
           (body, "What was entered."))

/// Acts of `type` on the thing that `body` (JSON) names, since the journal had `seen` entries, the
/// newest first; the act with the key `idem` is this very form. Only for commands that replace what
/// stands: with others nothing is lost by two.
std::vector<meanwhile_card> done_meanwhile(const visit& here, std::string_view type,
                                           std::string_view body, std::string_view seen,
                                           std::string_view idem);

}  // namespace veche::api::pages
