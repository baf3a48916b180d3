#pragma once
// The fund as IATI activities (iatistandard.org, version 2.03), in the language of the setting.
//
// One activity is the fund itself: what members were called for and paid, and other income. Below
// it one activity is a budget line, because a line is what a decision gives money to, for one year:
// it has the budget, and money not committed yet is seen too, which an activity for each commitment
// would not show. How rows map:
//
//   assessed, divided anew            11 incoming commitment, below zero where it falls
//   written off                       11, below zero
//   received; reversed                1 incoming funds; 1 below zero
//   interest, gifts, fees             1, without a provider: the journal does not say who gave
//   appropriated; as it stands        budget of type 1; of type 2 where it differs, less what was
//                                     given to lines under it, so that nothing is counted twice
//   committed; released               2 outgoing commitment; 2 below zero
//   paid, paid ahead                  3 disbursement
//   advance or payment that came back 3 below zero, so that a line's disbursements are what it cost
//   ... as income of the fund         1 of the fund, from the partner
//   bank charge                       4 expenditure
//
// Left out: reservations and certified claims, which are no step of IATI; exchanges, which pay
// nobody; what is in no currency. Derived, because the standard demands it: identifiers (open_ids),
// a sector and a region of the vocabulary "reporting organisation" (99) that name the line and the
// union. The fund has no classification by purpose codes, and none is guessed.

#include "documents/open_money.hpp"

namespace veche::documents {

/// The file; nothing where the fund has no line and no movement in a currency, as a file without
/// activities is not valid.
std::optional<std::string> iati_of(const setting&, const open_money&, const open_ids& = {});

}  // namespace veche::documents
