#pragma once
// What several commands of the fund are judged by.

#include "fund/fund.hpp"
#include "fund/operations.hpp"

namespace veche::fund {

constexpr std::size_t max_title_bytes = 1000;
constexpr std::size_t max_text_bytes = 16'000;
constexpr std::size_t max_name_bytes = 300;
constexpr std::size_t max_reference_bytes = 140;
constexpr std::size_t max_items = 1000;     // of a claim
constexpr std::size_t max_payments = 8192;  // of a run
constexpr std::size_t max_instalments = 120;
constexpr std::size_t max_plan_steps = 366;

/// A decision whose body may order such commands.
result<void> by_decision(const world&, const context&, std::string_view type);
/// An office that has the power in its body; never a decision.
result<void> by_office(const world&, const context&, std::string_view power, std::string_view type);

result<void> check_unit(const world&, const amount&, std::string_view field);
result<void> check_positive(const amount&, std::string_view field);
result<void> check_same_unit(const amount&, const unit_id&, std::string_view field);
/// Both: in that unit and more than zero.
result<void> check_amount(const amount&, const unit_id&, std::string_view field);
result<void> check_year(std::int32_t year);
/// A value date is not in the future.
result<void> check_effective(date effective, const context&);
result<void> check_reference(const std::string&);
/// Length, and that the languages are the charter's. A charter without a list leaves them open.
result<void> check_text(const world&, const localized&, const std::string& field,
                        std::size_t limit);
/// The same of a text that must say something.
result<void> check_words(const world&, const localized&, const refusal_kind& missing,
                         const std::string& field, std::size_t limit);
/// The account exists and holds that unit; "main" holds all.
result<void> check_bank(const world&, const std::optional<bank_account_id>&, const unit_id&,
                        std::string_view field);
/// What a line of a bank's statement says: more than zero, of a day that has come, with the bank's
/// reference, on an account of the fund.
result<void> check_bank_line(const world&, const amount&, date effective,
                             const std::string& reference, const std::optional<bank_account_id>&,
                             const context&);
result<void> check_partner(const partner&);
/// More than zero, from somewhere, of a day that has come.
result<void> check_rate(const exchange_rate&, const context&, const std::string& field);
result<void> check_content(const std::optional<content_ref>&, const std::string& field);
/// In the order of their days, each of the unit and of more than zero, together no more than the
/// whole.
result<void> check_instalments(const world&, const std::vector<instalment>&, const amount& whole);
/// A known id is refused: as carried out already where it was the same, as taken where it was not.
result<void> check_new(bool known, bool same, const refusal_kind& taken, std::string_view field,
                       const std::string& id);
/// The same, told from what is recorded under the id; null where nothing is.
template <class Record, class Command>
result<void> check_new(const Record* known, const Command& c, const refusal_kind& taken,
                       std::string_view field, const std::string& id) {
    return check_new(known != nullptr, known && known->asked == c, taken, field, id);
}

/// Whether the book lets it pass, in the fund's own words; `field` is where the amount stands. The
/// balances it leaves fit 64 bits. A unit of the charter that the book has not met yet is no
/// obstacle.
result<void> check_book(const world&, const ledger::book&, const ledger::operation&,
                        std::string_view field);
result<void> check_book(const world&, const ledger::operation&, std::string_view field);

/// "1234.50 RUB"
std::string amount_words(const world&, int128 minor, const std::string& unit);

}  // namespace veche::fund
