#include "fund/views.hpp"

#include <algorithm>
#include <set>

#include "fund/ledger.hpp"
#include "fund/refusal.hpp"

namespace veche::fund {
namespace {

localized member_name(const charter::state& c, const member_id& id) {
    const charter::member* m = c.find_member(id);
    return m ? m->name : localized{{"en", id.value}};
}

line_row row_of(const budget_line& l) {
    return {l.id,      l.title,    l.year,    l.original,
            l.amended, l.decision, l.measure, static_cast<std::int64_t>(l.seq)};
}

}  // namespace

namespace {

balances_view folded_balances(const state& s) {
    balances_view v;
    for (const auto& [key, held] : s.balances)
        v.accounts.push_back({key.first,
                              {held.minor, key.second},
                              held.entries,
                              static_cast<std::int64_t>(held.last_seq)});
    return v;
}

}  // namespace

result<balances_view> ask(const world& w, const balances_query& q, const viewer&) {
    if (!q.at) return folded_balances(w.own);
    struct fold {
        int128 minor = 0;
        std::int64_t entries = 0;
        std::uint64_t last_seq = 0;
    };
    std::map<balance_key, fold> accounts;
    for (const auto& [seq, entry] : w.own.entries) {
        if (entry.effective > *q.at) continue;
        for (const leg& l : entry.legs) {
            fold& held = accounts[{l.account, l.amount_.unit}];
            held.minor += l.amount_.minor;
            if (held.entries == 0 || held.last_seq != seq) ++held.entries;
            held.last_seq = seq;
        }
    }
    balances_view v;
    for (const auto& [key, held] : accounts) {
        // Only some of the entries count here, so their sum is no balance that was checked before.
        if (!fits(held.minor)) return refuse(refusals::overflow, "at", key.first);
        v.accounts.push_back({key.first,
                              {static_cast<std::int64_t>(held.minor), key.second},
                              held.entries,
                              static_cast<std::int64_t>(held.last_seq)});
    }
    return v;
}

result<budget_view> ask(const world& w, const budget_query& q, const viewer&) {
    budget_view v;
    std::set<std::int64_t> years;
    std::map<unit_id, unit_total> totals;
    for (const auto& [id, line] : w.own.lines) {
        years.insert(line.year);
        if (q.year && line.year != *q.year) continue;
        v.lines.push_back(row_of(line));
        unit_total& t = totals[line.amended.unit];
        t.original.unit = t.amended.unit = line.amended.unit;
        t.original.minor += line.original.minor;
        t.amended.minor += line.amended.minor;
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
        r.assessed.unit = r.received.unit = r.outstanding.unit = unit;
        r.last_seq = std::max(r.last_seq, static_cast<std::int64_t>(seq));
        return r;
    };
    for (const auto& [id, a] : w.own.assessments)
        for (const share& one : a.shares)
            row(one.member, one.amount_.unit, a.seq).assessed.minor += one.amount_.minor;
    for (const auto& [id, r] : w.own.receipts) {
        member_row& m = row(r.member, r.amount_.unit, r.reversed_seq.value_or(r.seq));
        if (!r.reversed_seq) m.received.minor += r.amount_.minor;
        std::optional<std::int64_t> reversed_by;
        if (r.reversed_seq) reversed_by = static_cast<std::int64_t>(*r.reversed_seq);
        v.receipts.push_back({r.id, r.member, member_name(w.charter, r.member), r.amount_,
                              r.effective, r.reference, static_cast<std::int64_t>(r.seq),
                              reversed_by});
    }
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

result<line_view> ask(const world& w, const line_query& q, const viewer&) {
    const budget_line* line = w.own.lines.find(q.id);
    if (!line) return refuse(refusals::line_unknown, "id", q.id.value);
    line_view v{row_of(*line), {}};
    for (const line_amendment& one : line->amendments)
        v.amendments.push_back(
            {one.decision, {one.minor, line->amended.unit}, static_cast<std::int64_t>(one.seq)});
    return v;
}

}  // namespace veche::fund
