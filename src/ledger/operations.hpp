#pragma once
// What can happen to a book, one plain struct each. Amounts are in minor units of the unit that
// stands beside them. Who may do it, and by which decision, is the business of whoever posts.
//
// `id` names the operation for good: posted again with the same content it is there already, with
// other content it is refused. `day` is the day it is for; where it is absent no closed year stands
// in its way. `by` is who acts, for the operations that take two persons.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kernel/instant.hpp"
#include "kernel/ratio.hpp"

namespace veche::ledger {

/// One leg of an entry: so much is added to the account. Assets, receivables and expenses grow by
/// positive amounts, income and liabilities by negative ones.
struct leg {
    std::string account;
    std::string unit;
    int128 minor = 0;
    bool operator==(const leg&) const = default;
};

/// A party's part of a contribution.
struct share {
    std::string party;
    int128 minor = 0;
    bool operator==(const share&) const = default;
};

enum class rounding : std::uint8_t { half_even, half_up, down };

/// How many minor units of the one for how many of the other; both above zero.
struct rate {
    int128 num = 1;
    int128 den = 1;
    bool operator==(const rate&) const = default;
};

struct head {
    std::string id;
    std::optional<date> day;
    std::string by;
    bool operator==(const head&) const = default;
};

// --- Units and free entries
// -------------------------------------------------------------------------

struct declare_unit : head {
    std::string unit;
    std::int32_t scale = 0;
    bool operator==(const declare_unit&) const = default;
};
/// Any legs that sum to zero in every unit: an opening balance, a book taken over.
struct enter : head {
    std::vector<leg> legs;
    bool operator==(const enter&) const = default;
};

// --- Contributions
// ----------------------------------------------------------------------------------

/// The shares sum to the total.
struct assess : head {
    std::string unit;
    int128 total = 0;
    std::vector<share> shares;
    bool operator==(const assess&) const = default;
};
/// Another division of what was assessed: only the differences are written, and they sum to zero.
struct reassess : head {
    std::string unit;
    int128 total = 0;
    std::vector<share> before;
    std::vector<share> shares;
    bool operator==(const reassess&) const = default;
};
struct receive : head {
    std::string bank;
    std::string party;
    std::string unit;
    int128 minor = 0;
    bool operator==(const receive&) const = default;
};
/// What will not come: taken off the receivable, never off a budget line.
struct write_off : head {
    std::string party;
    std::string unit;
    int128 minor = 0;
    bool operator==(const write_off&) const = default;
};
/// Interest and other income of the fund itself, by the name of the income.
struct earn : head {
    std::string bank;
    std::string income;
    std::string unit;
    int128 minor = 0;
    bool operator==(const earn&) const = default;
};

// --- Budget
// -----------------------------------------------------------------------------------------

/// Opens a line with its original appropriation, under a parent out of what that one has left.
struct appropriate : head {
    std::string line;
    std::string parent;
    std::string unit;
    int128 minor = 0;
    bool operator==(const appropriate&) const = default;
};
struct amend : head {
    std::string line;
    int128 delta = 0;
    bool operator==(const amend&) const = default;
};
/// Virement: from one line to another, at once or not at all.
struct transfer : head {
    std::string from;
    std::string to;
    int128 minor = 0;
    bool operator==(const transfer&) const = default;
};
/// Unspent authority of a closed year to a line of the next one, which is opened if it is new.
struct carry : head {
    std::string from;
    std::string to;
    int128 minor = 0;
    bool operator==(const carry&) const = default;
};
/// The year's books are shut on `day`.
struct close : head {
    std::string year;
    bool operator==(const close&) const = default;
};

// --- Commitments
// ------------------------------------------------------------------------------------

/// Blocks the money from this moment; confirmed by another person, voided, or it expires.
struct reserve : head {
    std::string line;
    std::string unit;
    int128 minor = 0;
    std::optional<date> expires;
    bool operator==(const reserve&) const = default;
};
/// Reserved and confirmed in one, where one act of authority does both.
struct commit : reserve {
    bool operator==(const commit&) const = default;
};
/// Of the whole or, where an amount is given, of a part; the rest is free again.
struct confirm : head {
    std::string ref;
    std::optional<int128> minor;
    bool operator==(const confirm&) const = default;
};
struct void_reservation : head {
    std::string ref;
    bool operator==(const void_reservation&) const = default;
};
/// Every pending reservation whose last day lies before `day`.
struct expire : head {
    bool operator==(const expire&) const = default;
};
struct release : head {
    std::string ref;
    int128 minor = 0;
    bool operator==(const release&) const = default;
};

// --- Claims and payments
// ----------------------------------------------------------------------------

/// A claim on a commitment, certified: the fund owes it.
struct accept : head {
    std::string ref;
    std::string unit;
    int128 minor = 0;
    bool operator==(const accept&) const = default;
};
struct pay : head {
    std::string bank;
    std::string ref;  ///< the claim
    int128 minor = 0;
    bool operator==(const pay&) const = default;
};
/// Paid on a commitment before anything was claimed; no expense until it is settled.
struct advance : head {
    std::string bank;
    std::string ref;  ///< the commitment
    int128 minor = 0;
    bool operator==(const advance&) const = default;
};
/// A certified claim met out of the advance instead of the bank.
struct settle : head {
    std::string ref;  ///< the claim
    int128 minor = 0;
    bool operator==(const settle&) const = default;
};
/// What is left of an advance comes back.
struct refund : head {
    std::string bank;
    std::string ref;  ///< the commitment
    int128 minor = 0;
    bool operator==(const refund&) const = default;
};
/// Money paid comes back: to the line again, or as income of the fund.
struct recover : head {
    std::string bank;
    std::string ref;  ///< the payment
    int128 minor = 0;
    bool reuse = false;
    bool operator==(const recover&) const = default;
};
/// What the bank takes for itself, paid from a line.
struct charge : head {
    std::string bank;
    std::string line;
    int128 minor = 0;
    bool operator==(const charge&) const = default;
};

// --- Exchange
// ---------------------------------------------------------------------------------------

/// Between two accounts of a bank, by a rate that must give the second amount from the first.
struct exchange : head {
    std::string bank;
    std::string unit;
    int128 minor = 0;
    std::string to_bank;
    std::string to_unit;
    int128 to_minor = 0;
    rate at;
    rounding mode = rounding::half_even;
    bool operator==(const exchange&) const = default;
};

using operation =
    std::variant<declare_unit, enter, assess, reassess, receive, write_off, earn, appropriate,
                 amend, transfer, carry, close, reserve, commit, confirm, void_reservation, expire,
                 release, accept, pay, advance, settle, refund, recover, charge, exchange>;

/// What all operations have.
const head& head_of(const operation&);

}  // namespace veche::ledger
