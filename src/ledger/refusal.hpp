#pragma once
// Why a file is not read.

#include "kernel/result.hpp"

namespace veche::ledger::refusals {

inline constexpr refusal_kind vectors_malformed{"ledger.vectors_malformed", 400,
                                                "The file of ledger vectors cannot be read: {0}."};

inline constexpr refusal_kind text_wrong{"ledger.text_wrong", 400, "Line {0}: {1}."};

inline constexpr const refusal_kind* all[] = {&vectors_malformed, &text_wrong};

}  // namespace veche::ledger::refusals
