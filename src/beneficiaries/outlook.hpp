#pragma once
// What the room must know of others to show money with names: told by the office, which sees the
// register and the fund.

#include <optional>
#include <string>
#include <vector>

#include "beneficiaries/terms.hpp"

namespace veche::beneficiaries {

struct party {
    party_id id;  ///< of the record that stands, after all mergers
    localized names;
    std::optional<member_id> member;
    bool watched = false;  ///< a media outlet, a cultural body or an association
};

/// An order of the fund to its bank under a commitment, and what came back of it.
struct fund_payment {
    std::string payment;
    std::int32_t year = 0;
    localized purpose;
    amount paid;
    std::int64_t came_back = 0;
    std::int64_t seq = 0;
};

/// A commitment of the fund to an organisation that the register knows by its number.
struct fund_partner {
    spending_id commitment;
    localized purpose;
    party recipient;
};

class outlook {
  public:
    outlook() = default;
    outlook(const outlook&) = delete;
    outlook& operator=(const outlook&) = delete;
    virtual ~outlook() = default;
    /// Nothing where the register has no such record.
    [[nodiscard]] virtual std::optional<party> find(const party_id&) const = 0;
    /// The short name of the record that stands for it; its own where the register has none.
    [[nodiscard]] virtual party_id current(const party_id&) const = 0;
    /// Short names of the record that stands and of all that were merged into it.
    [[nodiscard]] virtual std::vector<party_id> all_names(const party_id&) const = 0;
    /// By year, then by entry: payments on claims, advances, refunds as what came back.
    [[nodiscard]] virtual std::vector<fund_payment> paid_under(const spending_id&) const = 0;
    [[nodiscard]] virtual std::vector<fund_partner> known_partners() const = 0;
};

}  // namespace veche::beneficiaries
