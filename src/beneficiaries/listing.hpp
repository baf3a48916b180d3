#pragma once
// Payments as they are looked for and put in order. Inside the room only. Rows with names are made
// for the part of a list that is shown; what is left out is only counted.

#include <map>

#include "beneficiaries/views.hpp"

namespace veche::beneficiaries {

/// Names of organisations, each asked for once.
class namer {
  public:
    explicit namer(const world& w) : w_(w) {}
    const party_name& of(const party_id&);
    /// The short name of the record that stands.
    const party_id& current(const party_id&);

  private:
    const world& w_;
    std::map<party_id, party_name> named_;
    std::map<party_id, party_id> current_;
};

/// Sums by unit. A sum outside of an amount stays at its end.
class unit_sums {
  public:
    void add(const amount& one, const std::optional<amount>& less = {});
    void add(const std::map<unit_id, int128>& all);
    [[nodiscard]] std::vector<amount> take() const;

  private:
    std::map<unit_id, int128> sums_;
};

/// What payments are asked for; payer and recipient by the records that stand.
struct payment_filter {
    std::optional<std::int32_t> year;
    std::optional<party_id> payer;
    std::optional<bool> fund;
    std::optional<party_id> recipient;
    std::optional<payment_kind> kind;
};

/// A payment of a report; points into the state.
struct reported_payment {
    const report_key* report;
    const kept<report_payments>* part;
    const disclosed_payment* paid;
};

/// Calls `take` for each payment of a report that fits: of a recipient by its index, else report by
/// report.
template <class Take>
void each_reported(const world& w, namer& names, const payment_filter& of, Take&& take) {
    if (of.fund.value_or(false)) return;
    const auto is_payer = [&](const party_id& id) {
        return !of.payer || names.current(id) == *of.payer;
    };
    const auto take_one = [&](const report_key& key, const kept<report_payments>& part,
                              const disclosed_payment& paid) {
        if (!of.kind || paid.kind == *of.kind) take(reported_payment{&key, &part, &paid});
    };
    if (of.recipient) {
        const auto all =
            w.around ? w.around->all_names(*of.recipient) : std::vector<party_id>{*of.recipient};
        for (const party_id& name : all) {
            const paid_rows* paid = w.own.paid_to.find(name);
            if (!paid) continue;
            for (const auto& [place, rows] : *paid) {
                const report_key& key = place.report;
                if ((of.year && key.year != *of.year) || !is_payer(key.payer)) continue;
                const auto& part =
                    w.own.reports.find(key)->parts[static_cast<std::size_t>(place.part) - 1];
                for (const std::int32_t row : rows)
                    take_one(key, part, part.what.payments[static_cast<std::size_t>(row)]);
            }
        }
        return;
    }
    for (const auto& [key, report] : w.own.reports) {
        if ((of.year && key.year != *of.year) || !is_payer(key.payer)) continue;
        for (const kept<report_payments>& part : report.parts)
            for (const disclosed_payment& one : part.what.payments) take_one(key, part, one);
    }
}

/// Out of the book of the fund, by the commitments that were referred; those that fit.
std::vector<payment_row> paid_by_fund(const world&, namer&, const payment_filter&);
payment_row row_of(namer&, const reported_payment&);

struct found_payments {
    std::int32_t found = 0;
    unit_sums sums;
    std::vector<payment_row> rows;  ///< of the part asked for, the latest year first
};
found_payments find_payments(const world&, namer&, const payment_filter&,
                             std::optional<std::int32_t> offset, std::optional<std::int32_t> count);

}  // namespace veche::beneficiaries
