#pragma once
// Words of the disclosure of public money: what was paid to whom, under which rule.

#include <optional>
#include <string>
#include <vector>

#include "kernel/content_ref.hpp"
#include "kernel/message.hpp"

namespace veche::beneficiaries {

/// An organisation of the register; only the office knows more of it.
using party_id = id<struct beneficiary_party_tag>;
/// A commitment of the fund; only the office knows more of it.
using spending_id = id<struct beneficiary_spending_tag>;

enum class payment_kind : std::uint8_t { grant, advertising };
VECHE_CHOICES(payment_kind, grant, advertising)

/// What was said of ties between who decided and who was paid.
enum class conflict_note : std::uint8_t { none, declared, not_asked };
VECHE_CHOICES(conflict_note, none, declared, not_asked)

/// Money to one organisation, or to so many natural persons, whom the journal does not name.
struct disclosed_payment {
    std::optional<party_id> recipient;
    std::optional<std::int64_t> persons;
    payment_kind kind{};
    std::string rule;
    localized purpose;
    amount money;
    conflict_note conflicts{};
    localized tie;
    bool operator==(const disclosed_payment&) const = default;
};
VECHE_FIELDS(disclosed_payment, (recipient, "The organisation that was paid, or"),
             (persons, "to how many natural persons together; they are not named."),
             (kind, "A grant or a contract for advertising."),
             (rule, "The rule under which it was paid."), (purpose, "What for, by language."),
             (money, "How much in the year."),
             (conflicts, "What was said of ties between who decided and who was paid."),
             (tie, "The tie that was declared, by language."))

}  // namespace veche::beneficiaries
