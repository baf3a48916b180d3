#pragma once
// Payments of the fund as orders to its bank: ISO 20022 pain.001.001.09. The accounts of those who
// are paid come from a file that its operator keeps; they are in no journal and in no view.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fund/views.hpp"
#include "kernel/result.hpp"

namespace veche::documents {

/// Where somebody's money is.
struct payee_account {
    std::string account;  ///< IBAN, or the account by another id of at most 34 characters
    std::string bic;      ///< of its bank; may be empty
};

/// By the register number of a partner, or where it has none by its name; the fund's own by
/// "Bank:main".
using payee_accounts = std::map<std::string, payee_account>;

/// Reads "party,account,bic", with these names in the first line. Refuses, with its line, a
/// repeated party, an account that has the form of an IBAN and a wrong check number, and a
/// malformed BIC.
result<payee_accounts> read_payee_accounts(std::string_view csv);

struct order_terms {
    std::string message;  ///< id of the file, once for all time, at most 35 characters
    std::string debtor;   ///< name of the fund at its bank
    instant created;
};

/// An advance is ordered as a payment is, but on no claim.
fund::payment_row order_of(const fund::advance_row&);

/// One block of orders for each account of the fund, day and unit; each order goes with the id of
/// its payment from end to end. `scales`: decimal places by unit.
result<std::string> to_payment_orders(const std::vector<fund::payment_row>&, const order_terms&,
                                      const payee_accounts&,
                                      const std::map<unit_id, std::int32_t>& scales);

/// Whether the account has the form of an IBAN, and then whether its check number is right.
bool has_iban_form(std::string_view account);
bool iban_holds(std::string_view account);

}  // namespace veche::documents
