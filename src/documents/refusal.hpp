#pragma once

#include "kernel/result.hpp"

namespace veche::documents::refusals {

inline constexpr refusal_kind font_missing{
    "documents.font_missing", 503,
    "A PDF cannot be made here: the font {0} is missing (Debian package fonts-dejavu-core)."};
inline constexpr refusal_kind pdf_failed{"documents.pdf_failed", 500,
                                         "The PDF could not be made (libharu code {0})."};
// --- Files that go to a bank and come from it
// ------------------------------------------------------

inline constexpr refusal_kind file_not_xml{"documents.file_not_xml", 400,
                                           "The file cannot be read as XML: {0}."};
inline constexpr refusal_kind message_unknown{
    "documents.message_unknown", 400,
    "The file is {0}: statements are read as camt.053.001.02 and camt.053.001.08."};
inline constexpr refusal_kind report_unknown{
    "documents.report_unknown", 400,
    "The file is {0}: what became of orders is read as pain.002.001.03 and pain.002.001.10."};
inline constexpr refusal_kind report_unsound{
    "documents.report_unsound", 400,
    "The report {0} cannot be read at {1}: it does not say there which order it is about."};
inline constexpr refusal_kind file_unsound{
    "documents.file_unsound", 400,
    "The statement {0} cannot be read at {1}: it has no amount, direction or day there."};
inline constexpr refusal_kind balances_missing{
    "documents.balances_missing", 400,
    "The statement {0} does not say its booked balances, opening (OPBD) and closing (CLBD)."};
inline constexpr refusal_kind currency_differs{
    "documents.currency_differs", 400, "At {0} the amount is in {1}, and the account holds {2}."};
inline constexpr refusal_kind amount_too_fine{
    "documents.amount_too_fine", 400,
    "At {0} stands {1}, and the unit has {2} decimal places. Nothing is rounded."};
inline constexpr refusal_kind orders_none{"documents.orders_none", 404,
                                          "There is no payment {0} to order."};
inline constexpr refusal_kind order_id_too_long{
    "documents.order_id_too_long", 400,
    "{0} is longer than the {1} characters that a payment order has for it."};
inline constexpr refusal_kind order_id_twice{
    "documents.order_id_twice", 409,
    "A payment and an advance are both called {0}: the bank could not tell them apart. Order them "
    "in two files."};
inline constexpr refusal_kind order_unit{
    "documents.order_unit", 400,
    "{0} cannot be ordered from a bank: only currencies of three letters with at most five decimal "
    "places and amounts of at most 18 digits can."};
inline constexpr refusal_kind account_missing{"documents.account_missing", 404,
                                              "The file of accounts has no account of {0}."};
inline constexpr refusal_kind account_unsound{
    "documents.account_unsound", 400, "Line {0} of the file of accounts cannot be used: {1}."};

inline constexpr const refusal_kind* all[] = {
    &font_missing,    &pdf_failed,        &file_not_xml,     &message_unknown,
    &file_unsound,    &balances_missing,  &currency_differs, &amount_too_fine,
    &orders_none,     &order_id_too_long, &order_id_twice,   &order_unit,
    &account_missing, &account_unsound,   &report_unknown,   &report_unsound};

}  // namespace veche::documents::refusals
