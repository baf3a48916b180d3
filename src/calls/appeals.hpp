#pragma once
// What an appeal that is upheld comes to: the place that the corrected record would have got, which
// nobody else loses.

#include "calls/calls.hpp"

namespace veche::calls {

/// The application with what the appeal corrects.
application corrected(const application&, const decide_appeal&);
/// The effect, with the figures that say why.
appeal_settled settle_appeal(const state&, const call&, const application&, const decide_appeal&,
                             instant at);

}  // namespace veche::calls
