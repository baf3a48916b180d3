#include "fund/views.hpp"

#include <algorithm>
#include <set>

#include "fund/refusal.hpp"

namespace veche::fund {
namespace {

localized member_name(const charter::state& c, const member_id& id) {
    const charter::member* m = c.find_member(id);
    return m ? m->name : localized{{"en", id.value}};
}

line_row row_of(const world& w, const budget_line& l) {
    const ledger::budget_line& book = *w.own.book.lines.find(l.asked.line.value);
    const unit_id& unit = l.asked.amount_.unit;
    std::optional<std::int32_t> months;
    if (l.provisional) months = l.provisional->months;
    return {l.asked.line,
            l.asked.title,
            l.asked.year,
            l.asked.parent,
            l.asked.amount_,
            amount_in(unit, book.appropriation),
            amount_in(unit, book.given),
            amount_in(unit, book.open),
            amount_in(unit, book.paid),
            amount_in(unit, book.available()),
            l.decision,
            l.asked.measure,
            static_cast<std::int64_t>(l.seq),
            months};
}

balance_row row_of(const ledger::balance_key& key, const ledger::account_fold& held) {
    return {key.account, amount_in({key.unit}, held.minor), static_cast<std::int64_t>(held.entries),
            static_cast<std::int64_t>(held.last)};
}

}  // namespace

result<balances_view> ask(const world& w, const balances_query& q, const viewer&) {
    balances_view v;
    if (!q.at) {
        for (const auto& [key, held] : w.own.book.balances) v.accounts.push_back(row_of(key, held));
        return v;
    }
    for (const auto& [key, held] : ledger::folded_until(w.own.book, *q.at)) {
        // Only some of the entries count here, so their sum is no balance that was checked before.
        if (!fits(held.minor)) return refuse(refusals::overflow, "at", key.account);
        v.accounts.push_back(row_of(key, held));
    }
    return v;
}

result<budget_view> ask(const world& w, const budget_query& q, const viewer&) {
    budget_view v;
    std::set<std::int64_t> years;
    std::map<unit_id, unit_total> totals;
    for (const auto& [id, line] : w.own.lines) {
        years.insert(line.asked.year);
        if (q.year && line.asked.year != *q.year) continue;
        v.lines.push_back(row_of(w, line));
    }
    for (const line_row& row : v.lines) {
        unit_total& t = totals[row.amended.unit];
        for (amount* sum : {&t.original, &t.amended, &t.open, &t.paid, &t.available})
            sum->unit = row.amended.unit;
        t.open.minor += row.open.minor;
        t.paid.minor += row.paid.minor;
        t.available.minor += row.available.minor;
        // What a line under another one has is part of what that one has.
        if (row.parent) continue;
        t.original.minor += row.original.minor;
        t.amended.minor += row.amended.minor;
    }
    std::sort(v.lines.begin(), v.lines.end(), [](const line_row& a, const line_row& b) {
        return std::tie(a.year, a.line) < std::tie(b.year, b.line);
    });
    v.years.assign(years.begin(), years.end());
    for (const auto& [unit, total] : totals) v.totals.push_back(total);
    return v;
}

result<contributions_view> ask(const world& w, const contributions_query&, const viewer&) {
    contributions_view v;
    std::map<std::pair<member_id, unit_id>, member_row> rows;
    const auto row = [&](const member_id& member, const unit_id& unit,
                         std::uint64_t seq) -> member_row& {
        member_row& r = rows[{member, unit}];
        r.member = member;
        r.name = member_name(w.charter, member);
        r.assessed.unit = r.received.unit = r.written_off.unit = r.outstanding.unit = unit;
        r.last_seq = std::max(r.last_seq, static_cast<std::int64_t>(seq));
        return r;
    };
    for (const auto& [id, a] : w.own.assessments)
        for (const share& one : a.shares)
            row(one.member, one.amount_.unit, a.seq).assessed.minor += one.amount_.minor;
    for (const auto& [id, r] : w.own.receipts) {
        const receive_contribution& c = r.asked;
        member_row& m = row(c.member, c.amount_.unit, r.reversed_seq.value_or(r.seq));
        if (!r.reversed_seq) m.received.minor += c.amount_.minor;
        std::optional<std::int64_t> reversed_by;
        if (r.reversed_seq) reversed_by = static_cast<std::int64_t>(*r.reversed_seq);
        v.receipts.push_back({c.contribution, c.member, member_name(w.charter, c.member), c.amount_,
                              c.effective, c.reference, static_cast<std::int64_t>(r.seq),
                              reversed_by});
    }
    for (const auto& [id, one] : w.own.write_offs)
        row(one.asked.member, one.asked.amount_.unit, one.seq).written_off.minor +=
            one.asked.amount_.minor;
    for (auto& [key, r] : rows) {
        r.outstanding.minor = balance(w.own, "Receivable:" + r.member.value, r.outstanding.unit);
        v.members.push_back(std::move(r));
    }
    // Members in the order of the charter, which is that of the treaty.
    const auto place = [&](const member_row& r) {
        const auto& members = w.charter.document().members;
        return std::find_if(members.begin(), members.end(),
                            [&](const charter::member& m) { return m.id == r.member; }) -
               members.begin();
    };
    std::stable_sort(v.members.begin(), v.members.end(),
                     [&](const member_row& a, const member_row& b) { return place(a) < place(b); });
    std::sort(v.receipts.begin(), v.receipts.end(),
              [](const receipt_row& a, const receipt_row& b) { return a.seq > b.seq; });
    return v;
}

result<past_budgets_view> ask(const world& w, const past_budgets_query&, const viewer&) {
    past_budgets_view v;
    for (const auto& [id, one] : w.own.past_budgets) {
        const record_past_budget& c = one.asked;
        v.budgets.push_back({c.budget, c.year, c.stage, c.revenue, c.contributions, c.expenditure,
                             c.source, c.mark, static_cast<std::int64_t>(one.seq)});
    }
    std::sort(v.budgets.begin(), v.budgets.end(),
              [](const past_budget_row& a, const past_budget_row& b) {
                  return std::pair(a.year, a.seq) < std::pair(b.year, b.seq);
              });
    return v;
}

result<line_view> ask(const world& w, const line_query& q, const viewer&) {
    const budget_line* line = w.own.lines.find(q.id);
    if (!line) return refuse(refusals::line_unknown, "id", q.id.value);
    line_view v{row_of(w, *line), {}};
    for (const line_amendment& one : line->amendments)
        v.amendments.push_back({one.decision,
                                {one.minor, line->asked.amount_.unit},
                                static_cast<std::int64_t>(one.seq)});
    return v;
}

}  // namespace veche::fund
