#pragma once
// The book as a plain-text journal that hledger and ledger read, so that other programs can add it
// up again. docs: hledger.org/hledger.html#journal, ledger-cli.org/doc/ledger3.html section 4.

#include <string>

#include "fund/state.hpp"

namespace veche::fund {

/// A decimal number of the unit: 1234 kopecks are "12.34".
std::string decimal_text(int128 minor, std::int32_t scale);

/// Every entry in the order of its writing, dated by the day it is for, its number on the journal
/// as the code, every amount written out. Units are quoted, so that no code of one is misread.
std::string ledger_text(const state&, const charter::state&);

}  // namespace veche::fund
