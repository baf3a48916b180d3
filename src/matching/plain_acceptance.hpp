#pragma once
// Deferred acceptance written for reading: one proposal at a time, one ordered set for each
// programme. The engines of this folder that need it on small markets call it, and tests hold the
// fast one against it.

#include "matching/market.hpp"

namespace veche::matching {

/// The applicant-optimal stable matching (Gale and Shapley 1962). Where a programme ranks two
/// alike, the lower number of the applicant goes first. Choices at programmes that do not exist are
/// a broken invariant.
assignment plain_acceptance(const market&);

/// The programme-optimal one: programmes offer, in their order, and applicants hold the best offer.
assignment plain_offers(const market&);

}  // namespace veche::matching
