#pragma once
// Commitments of the fund as contracting processes of OCDS 1.1 (standard.open-contracting.org), a
// release for each that tells it as it stands now.
//
// A reservation is planning: its money of the budget line. A commitment is award and contract: the
// award keeps the amount as committed, the contract has it less what was released, each release as
// an amendment. Payments and advances are transactions from the union to the partner, what came
// back is one from the partner to the union, all above zero. A contract of which nothing is left to
// pay is terminated, which in the words of the standard means come to a close.
//
// `initiationType` is "tender" because the standard knows no other; no tender is told, because the
// journal holds none: whether a commitment was bought in competition or is a grant, it does not
// say. Days are told as their beginning in UTC. A release's id holds the number of the journal's
// entry that was the latest of the process, so that what changes gets another one.

#include "documents/open_money.hpp"

namespace veche::documents {

/// The release package; nothing where there is no commitment in a currency:
/// the standard asks for one release at least.
std::optional<std::string> ocds_of(const setting&, const open_money&, const open_ids& = {});

}  // namespace veche::documents
