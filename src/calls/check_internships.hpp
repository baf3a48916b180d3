#pragma once
// What opening and applying refuse where hosts rank.

#include "calls/checks.hpp"

namespace veche::calls {

constexpr std::size_t max_pairs = 100;
constexpr std::size_t max_ranked = 1000;

/// The terms of hosts stand exactly in a call for internships, for each programme once, and the
/// call asks for nothing that needs scores, groups or lots.
result<void> check_hosts(const world&, const open_call&);
/// How many bytes the matching of the call may take in the entry of a run.
std::size_t host_result_bytes(const open_call&);
/// A partner is another person, and comes with lines, each once, of programmes of the call.
result<void> check_pairs(const call&, const submit_application&, const context&);

}  // namespace veche::calls
