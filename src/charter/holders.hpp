#pragma once
// Who holds what in a document from a day on: for those who look at a charter before it is in
// force.

#include "charter/charter.hpp"

namespace veche::charter {

/// A mandate counts if it has not ended before that day, also one that only begins later.
class holders {
  public:
    holders(const charter_document&, date on);

    /// Persons who hold an office with the power over the body.
    [[nodiscard]] std::set<std::string> with_power(std::string_view power, const body_id&) const;
    [[nodiscard]] std::set<std::string> of_office(const office_id&) const;
    [[nodiscard]] bool holds_seat(std::string_view expanded) const {
        return held_.contains(expanded);
    }
    /// Whether one of these persons has a seat in the body.
    [[nodiscard]] bool has_seat(const std::set<std::string>& persons, const body_id&) const;

  private:
    const charter_document& doc_;
    std::map<std::string, std::string, std::less<>> held_;  ///< seat and its holder
    std::map<std::string, std::set<std::string>> offices_;
};

/// Whether the office has the power over the body.
bool gives(const office&, std::string_view power, const body_id&);
/// Ids of the seats of a row.
std::vector<std::string> seats_in(const seat&);

}  // namespace veche::charter
