#pragma once
// How money that a call gives is paid: by a contract with each winner, in instalments of which the
// call says when they fall due and against what.

#include "kernel/message.hpp"

namespace veche::calls {

/// Against what an instalment is paid.
enum class contract_proof : std::uint8_t { signing, interim_report, final_report };
VECHE_CHOICES(contract_proof, signing, interim_report, final_report)

struct contract_part {
    contract_proof shown{};
    std::int32_t share = 0;
    std::int32_t due_days = 0;
    bool operator==(const contract_part&) const = default;
};
VECHE_FIELDS(contract_part, (shown, "Against what it is paid."),
             (share, "Its share of what was won, in millionths."),
             (due_days, "Days from signing until it falls due."))

struct contract_terms {
    std::vector<contract_part> parts;
    bool operator==(const contract_terms&) const = default;
};
VECHE_FIELDS(contract_terms, (parts, "The instalments, in the order in which they fall due."))

}  // namespace veche::calls
