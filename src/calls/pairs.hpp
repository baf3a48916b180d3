#pragma once
// Two who go together. A pair counts where both name each other and say the same of each line; in
// every other case each goes alone, by their own choices. So nobody is in two pairs, and no ring of
// people who name each other in turn can come about.

#include "calls/state.hpp"

namespace veche::calls {

/// How an application stands with the one it names.
enum class pair_state : std::uint8_t {
    agreed,     ///< both say the same
    one_sided,  ///< the other does not name this applicant, or did not apply
    differing,  ///< they name each other, and their lines differ
    apart       ///< they agreed, and one does not take part or gave the place up
};
VECHE_CHOICES(pair_state, agreed, one_sided, differing, apart)

/// Nothing where the application names nobody.
std::optional<pair_state> pair_state_of(const state&, const application&);
/// The other's application, where the two go together: agreed, and both take part.
const application* partner_of(const state&, const application&);
/// Programmes that the applicant names, alone or with a partner, each once; what the pair wants
/// comes first.
std::vector<place_id> named_by(const submit_application&);
/// Which line came true with this offer, from 1: of the pair's list, or of the own choices. 0 where
/// none did.
std::int32_t line_of(const state&, const application&, const offer&);

}  // namespace veche::calls
