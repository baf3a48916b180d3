// The money of the programme's measures: whatever a line has for itself counts once, for one
// measure or for none.

#include <map>
#include <set>
#include <tuple>

#include "fund/views.hpp"

namespace veche::fund {
namespace {

/// That of the line, else of the nearest line above it that names one.
std::optional<measure_id> measure_behind(const state& s, const line_id& id) {
    const budget_line* at = s.lines.find(id);
    while (!at->asked.measure && at->asked.parent) at = s.lines.find(*at->asked.parent);
    return at->asked.measure;
}

measure_line_row by_itself(const line_row& line) {
    return {line.line,      line.title,
            line.year,      {line.amended.minor - line.given.minor, line.amended.unit},
            line.open,      line.paid,
            line.available, line.decision,
            line.seq};
}

/// What is for no measure comes last.
using measure_key = std::tuple<bool, measure_id, unit_id>;
using measure_sums = std::map<measure_key, measure_money_row>;

void add_line(measure_sums& sums, const std::optional<measure_id>& measure,
              const measure_line_row& line) {
    const unit_id& unit = line.whole.unit;
    measure_money_row& row =
        sums[measure_key{!measure.has_value(), measure.value_or(measure_id{}), unit}];
    row.measure = measure;
    for (amount* sum : {&row.whole, &row.open, &row.paid, &row.available}) sum->unit = unit;
    row.whole.minor += line.whole.minor;
    row.open.minor += line.open.minor;
    row.paid.minor += line.paid.minor;
    row.available.minor += line.available.minor;
    row.lines.push_back(line.line);
}

std::vector<measure_money_row> measure_rows_of(measure_sums&& sums) {
    std::vector<measure_money_row> rows;
    for (auto& [key, row] : sums) rows.push_back(std::move(row));
    return rows;
}

}  // namespace

result<by_measure_view> ask(const world& w, const by_measure_query& q, const viewer& by) {
    const budget_view budget = VECHE_TRY(ask(w, budget_query{q.year}, by));
    measure_sums sums;
    for (const line_row& one : budget.lines)
        add_line(sums, measure_behind(w.own, one.line), by_itself(one));
    return by_measure_view{measure_rows_of(std::move(sums))};
}

result<measure_money_view> ask(const world& w, const measure_money_query& q, const viewer& by) {
    const budget_view budget = VECHE_TRY(ask(w, budget_query{q.year}, by));
    measure_money_view v;
    measure_sums sums;
    std::set<line_id> among;
    for (const line_row& one : budget.lines) {
        if (measure_behind(w.own, one.line) != q.measure) continue;
        v.lines.push_back(by_itself(one));
        add_line(sums, q.measure, v.lines.back());
        among.insert(one.line);
    }
    v.units = measure_rows_of(std::move(sums));
    movements_view all = VECHE_TRY(ask(w, movements_query{}, by));
    for (movement_row& one : all.movements) {
        // Money that came back as income is of no line any more, but of its commitment.
        const line_id* line = one.line         ? &*one.line
                              : one.commitment ? &w.own.commitments.find(*one.commitment)->line
                                               : nullptr;
        if (line && among.contains(*line)) v.steps.push_back(std::move(one));
    }
    return v;
}

}  // namespace veche::fund
