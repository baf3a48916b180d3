#pragma once
// What one may ask about sealed texts, whichever room put them there. Opening and destroying take
// two persons: one proposes, another confirms. The power stands beside each command; it is held in
// one of the bodies whose text it is.

#include "kernel/message.hpp"
#include "kernel/seal_ref.hpp"

namespace veche::sealed {

/// Power "unseal". Not for personal data, which is never published.
struct propose_disclosure {
    static constexpr wire_info wire{"sealed.propose_disclosure", 1,
                                    "Propose to publish a sealed text."};
    sealed_id sealed;
    localized ground;
};
VECHE_FIELDS(propose_disclosure, (sealed, "The sealed text."), (ground, "Why, by language."))

/// Power "unseal", by another person than the one who proposed. Carries salt and text, so that
/// everybody can check the commitment; a text that does not fit is refused.
struct confirm_disclosure {
    static constexpr wire_info wire{"sealed.confirm_disclosure", 1,
                                    "Publish a sealed text that another person proposed to open."};
    sealed_id sealed;
    std::string salt;
    std::string text;
};
VECHE_FIELDS(confirm_disclosure, (sealed, "The sealed text."),
             (salt, "Its salt, 32 bytes in base64."), (text, "The text as it was sealed."))

/// Power "unseal".
struct propose_shredding {
    static constexpr wire_info wire{"sealed.propose_shredding", 1,
                                    "Propose to destroy a sealed text for good."};
    sealed_id sealed;
    localized ground;
};
VECHE_FIELDS(propose_shredding, (sealed, "The sealed text."), (ground, "Why, by language."))

/// Power "unseal", by another person than the one who proposed. The keys are destroyed with it.
struct confirm_shredding {
    static constexpr wire_info wire{"sealed.confirm_shredding", 1,
                                    "Destroy a sealed text for good, as another person proposed."};
    sealed_id sealed;
};
VECHE_FIELDS(confirm_shredding, (sealed, "The sealed text."))

/// By whoever proposed, or with power "unseal".
struct withdraw_proposal {
    static constexpr wire_info wire{"sealed.withdraw_proposal", 1,
                                    "Withdraw the proposal to open or destroy a sealed text."};
    sealed_id sealed;
};
VECHE_FIELDS(withdraw_proposal, (sealed, "The sealed text."))

}  // namespace veche::sealed
