#pragma once
// Commitments of the fund as grants of 360Giving (standard.threesixtygiving.org, version 1.4).
//
// A grant is a commitment in a currency: awarded is what was committed less what was released,
// disbursed is what was paid and paid ahead less what came back; both with each step as a
// transaction, and equal to their sum. The award's day is that of the confirmation, or of the
// decision that committed by itself; the programme is the budget line.
//
// The journal does not say whether a partner got a grant or sold something: the file tells all
// commitments, and the one of OCDS tells them too. Left out: reservations, addresses and locations,
// planned dates, beneficiaries, which the union does not know. Derived: the ids (open_ids).

#include "documents/open_money.hpp"

namespace veche::documents {

/// The package; nothing where the fund has no commitment in a currency, as the standard asks for
/// one grant at least.
std::optional<std::string> grants_360giving_of(const setting&, const open_money&,
                                               const open_ids& = {});

}  // namespace veche::documents
