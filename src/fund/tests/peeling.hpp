#pragma once
// Refusals in their order: a command that breaks many rules is mended one fault at a time.

#include <algorithm>
#include <set>

#include "fund/tests/treasury.hpp"

namespace veche::fund::testing {

/// Place in the documented order; nothing for the charter's own refusals.
inline std::optional<std::ptrdiff_t> rank(const refusal_kind* kind) {
    const auto found = std::find(std::begin(refusals::all), std::end(refusals::all), kind);
    if (found == std::end(refusals::all)) return std::nullopt;
    return found - std::begin(refusals::all);
}

using kinds = std::set<const refusal_kind*>;

/// Checks that a command that breaks many rules is refused for them in the documented order, while
/// one fault after another is mended. Remembers which refusals were met.
class peeling {
  public:
    explicit peeling(kinds& met) : met_(met) {}
    template <class Who, class Command>
    void refused(const treasury& t, const Who& who, const Command& c, const refusal_kind& expected,
                 std::string_view field = {}) {
        const refusal got = t.refused(who, c);
        CHECK_MESSAGE(got.kind == &expected, got.code(), " instead of ", expected.code);
        if (!field.empty()) CHECK(got.field == field);
        const auto place = rank(got.kind);
        REQUIRE(place);
        CHECK(last_ <= *place);
        last_ = *place;
        met_.insert(got.kind);
    }

  private:
    kinds& met_;
    std::ptrdiff_t last_ = -1;
};

void peel_budget(kinds& met);
void peel_bank(kinds& met);
void peel_commitments(kinds& met);
void peel_claims(kinds& met);
void peel_payments(kinds& met);
void peel_statements(kinds& met);
void peel_contracts(kinds& met);

}  // namespace veche::fund::testing
