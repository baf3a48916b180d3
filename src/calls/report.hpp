#pragma once
// What a call came to, in figures.

#include "calls/calls.hpp"

namespace veche::calls {

/// The report as things stand: places or money accepted and left, by programme, group and member.
call_concluded report_of(const state&, const call&);

}  // namespace veche::calls
