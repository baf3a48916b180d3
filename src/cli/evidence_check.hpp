#pragma once
// Every published finding computed again from its data.

#include <functional>

#include "cli/terminal.hpp"
#include "evidence/state.hpp"

namespace veche::cli {

/// The bytes of a data set by their hash, in hex.
using fetch_bytes = std::function<result<std::string>(const std::string& sha256)>;

/// Computes each finding that stands again and says what came out; `refused` where one came out
/// differently or cannot be computed. Data that is not there is said, and is no fault of the
/// finding.
int check_evidence(const evidence::state&, const fetch_bytes&, const terminal&);

}  // namespace veche::cli
