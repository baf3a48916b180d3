#pragma once
// Why a file of vectors is not read.

#include "kernel/result.hpp"

namespace veche::ledger::refusals {

inline constexpr refusal_kind vectors_malformed{"ledger.vectors_malformed", 400,
                                                "The file of ledger vectors cannot be read: {0}."};

inline constexpr const refusal_kind* all[] = {&vectors_malformed};

}  // namespace veche::ledger::refusals
