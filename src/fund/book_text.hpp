#pragma once
// The book as text that other programs read, so that they can add it up again.

#include <string>

#include "fund/state.hpp"

namespace veche::fund {

/// A decimal number of the unit: 1234 kopecks are "12.34".
std::string decimal_text(int128 minor, std::int32_t scale);

/// For hledger and ledger (hledger.org/hledger.html#journal, ledger-cli.org/doc/ledger3.html
/// section 4): every entry in the order of its writing, dated by the day it is for, its number on
/// the journal as the code, every amount written out. Units are quoted, so that none is misread.
std::string ledger_text(const state&, const charter::state&);

/// For beancount (beancount.github.io/docs/beancount_language_syntax.html). Accounts hang under its
/// five roots; the parts of a name that are ids begin with X, and what it cannot hold of them is
/// written as "-d" (.), "-u" (_), "-s" (/) and "--" (-), so that different names stay different.
std::string beancount_text(const state&, const charter::state&);

/// One row for each leg: day, number on the journal, what was done, id, decision, account, amount,
/// unit (RFC 4180).
std::string book_csv(const state&, const charter::state&);

}  // namespace veche::fund
