#include "documents/payment_status.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace veche::documents {
namespace {

constexpr std::pair<std::string_view, order_fate> known_fates[] = {
    {"ACCC", order_fate::accepted}, {"ACCP", order_fate::accepted}, {"ACFC", order_fate::accepted},
    {"ACSC", order_fate::accepted}, {"ACSP", order_fate::accepted}, {"ACTC", order_fate::accepted},
    {"ACWC", order_fate::accepted}, {"ACWP", order_fate::accepted}, {"CANC", order_fate::cancelled},
    {"PART", order_fate::partly},   {"PATC", order_fate::pending},  {"PDNG", order_fate::pending},
    {"RCVD", order_fate::pending},  {"RJCT", order_fate::rejected}};

/// Those of the external code sets of ISO 20022 that concern transfers; the names there are put in
/// plain words.
constexpr std::pair<std::string_view, std::string_view> known_reasons[] = {
    {"AC01", "the account number is not right"},
    {"AC02", "the number of the account to be debited is not right"},
    {"AC03", "the number of the account to be credited is not right"},
    {"AC04", "the account is closed"},
    {"AC05", "the account to be debited is closed"},
    {"AC06", "the account is blocked"},
    {"AC07", "the account to be credited is closed"},
    {"AG01", "such payments are not allowed on this account"},
    {"AG02", "the kind of payment is not right"},
    {"AM01", "the amount is zero"},
    {"AM02", "the amount is larger than is allowed"},
    {"AM03", "the currency is not one in which this can be paid"},
    {"AM04", "there is not enough money on the account"},
    {"AM05", "the order was given twice"},
    {"AM07", "the amount is blocked"},
    {"AM09", "the amount is not the one agreed or expected"},
    {"AM10", "the amounts do not sum to the control sum"},
    {"AM12", "the amount is missing or malformed"},
    {"BE01", "name and account do not belong together"},
    {"BE04", "the address of who is paid is missing"},
    {"BE05", "who sent the orders is not known"},
    {"BE06", "who is paid is not known at that bank"},
    {"BE07", "the address of who pays is missing"},
    {"CURR", "the currency is not right"},
    {"CUST", "the customer asked for it"},
    {"DT01", "the day is not right"},
    {"DUPL", "the payment was made before"},
    {"ED05", "the settlement failed"},
    {"FF01", "the form of the file is not right"},
    {"MD07", "the customer has died"},
    {"MS02", "a reason of the customer that is not told"},
    {"MS03", "a reason of the bank that is not told"},
    {"NARR", "as the bank says"},
    {"RC01", "the code of the bank is not right"},
    {"RC03", "the code of the bank that is debited is not right"},
    {"RC04", "the code of the bank that is credited is not right"},
    {"RF01", "the id is not unique"},
    {"RR01", "account or identification of who pays is missing, as rules ask for it"},
    {"RR02", "name or address of who pays is missing, as rules ask for it"},
    {"RR03", "name or address of who is paid is missing, as rules ask for it"},
    {"RR04", "rules do not allow it"},
    {"TM01", "it came after the time at which the bank closes for such orders"}};

template <class Table>
auto in_table(const Table& table, std::string_view code) {
    return std::find_if(std::begin(table), std::end(table),
                        [&](const auto& one) { return one.first == code; });
}

}  // namespace

order_fate fate_of(std::string_view code) {
    const auto found = in_table(known_fates, code);
    return found == std::end(known_fates) ? order_fate::other : found->second;
}

std::string_view reason_words(std::string_view code) {
    const auto found = in_table(known_reasons, code);
    return found == std::end(known_reasons) ? std::string_view() : found->second;
}

}  // namespace veche::documents
