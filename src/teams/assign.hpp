#pragma once
// The best teams of a call, with what proves them.

#include "teams/outcome.hpp"

namespace veche::teams {

/// Refuses a call that is none, and one of which several assignments are equally good where no seed
/// for lots is given. A result that the limit of the search cut short says so in its verdict.
result<outcome> solve(const call&);

}  // namespace veche::teams
