// Who owes what since when, told from the entries of the members' accounts alone, so that what is
// owed less what was prepaid is the balance of the account on that day.

#include "fund/arrears_views.hpp"

#include <algorithm>
#include <map>

#include "fund/operations.hpp"
#include "fund/refusal.hpp"
#include "ledger/division.hpp"

namespace veche::fund {
namespace {

constexpr std::string_view receivable = "Receivable:";

/// What one assessment called from one member.
struct member_call {
    const assessment* of = nullptr;
    date on;
    int128 minor = 0;
    int128 owed = 0;
    [[nodiscard]] date asked_by() const { return of->asked.due.value_or(on); }
};

/// A member's account in one unit, by what stands behind it.
struct member_account {
    std::vector<member_call> calls;
    int128 came = 0;
    int128 written_off = 0;
    std::uint64_t last = 0;
};

using account_key = std::pair<member_id, unit_id>;
using member_accounts = std::map<account_key, member_account>;

/// The assessment that an entry of the book made or divided anew; null where it is another entry.
const assessment* assessment_behind(const state& s, const ledger::entry& e) {
    const auto [what, id] = parts_of(e.id);
    if (what == "assess") return s.assessments.find(assessment_id{id});
    if (what != "reassess") return nullptr;
    return s.assessments.find(s.reassessments.find(assessment_id{id})->asked.of);
}

void count_call(member_account& of, const assessment& call, date on, int128 minor) {
    const auto known = std::find_if(of.calls.begin(), of.calls.end(),
                                    [&](const member_call& one) { return one.of == &call; });
    if (known != of.calls.end())
        known->minor += minor;
    else
        of.calls.push_back({&call, on, minor, 0});
}

/// The entries that are for the day or before.
member_accounts accounts_on(const state& s, date at) {
    member_accounts all;
    for (const auto& [place, entry] : s.book.entries) {
        if (entry.day && *entry.day > at) continue;
        for (const ledger::leg_view leg : entry.legs) {
            if (!leg.account.starts_with(receivable)) continue;
            member_account& of = all[{member_id{std::string(leg.account.substr(receivable.size()))},
                                      unit_id{std::string(leg.unit)}}];
            of.last = entry.number;
            if (const assessment* call = assessment_behind(s, entry))
                count_call(of, *call, entry.day.value_or(at), leg.minor);
            else if (entry.id.starts_with("write_off:"))
                of.written_off -= leg.minor;
            else
                of.came -= leg.minor;
        }
    }
    return all;
}

/// Pays the calls out of what came and was given up, those asked first; what is left over.
int128 settle_calls(member_account& of) {
    std::stable_sort(
        of.calls.begin(), of.calls.end(), [](const member_call& a, const member_call& b) {
            return std::pair(a.asked_by(), a.of->seq) < std::pair(b.asked_by(), b.of->seq);
        });
    int128 left = of.came + of.written_off;
    for (member_call& one : of.calls) {
        const int128 paid = std::clamp<int128>(left, 0, one.minor);
        one.owed = one.minor - paid;
        left -= paid;
    }
    return left;
}

arrears_row row_of(const member_account& of, const charter::member& member, const unit_id& unit,
                   int128 prepaid, date at) {
    arrears_row row;
    row.member = member.id;
    row.name = member.name;
    int128 called = 0, owed = 0, overdue = 0;
    for (const member_call& one : of.calls) {
        called += one.minor;
        owed += one.owed;
        if (one.of->asked.due && *one.of->asked.due < at) overdue += one.owed;
        if (one.owed > 0 && !row.since && one.asked_by() <= at) row.since = one.asked_by();
        row.calls.push_back({one.of->asked.assessment, one.of->asked.year,
                             amount_in(unit, one.minor), one.on, one.of->asked.due,
                             amount_in(unit, one.owed), one.of->decision,
                             static_cast<std::int64_t>(one.of->seq)});
    }
    row.called = amount_in(unit, called);
    row.came = amount_in(unit, of.came);
    row.written_off = amount_in(unit, of.written_off);
    row.owed = amount_in(unit, owed);
    row.overdue = amount_in(unit, overdue);
    row.prepaid = amount_in(unit, prepaid);
    if (row.since) row.age_days = at.days - row.since->days;
    row.last_seq = static_cast<std::int64_t>(of.last);
    return row;
}

/// Only some of the entries count on a past day, so their sums are nothing that was checked before.
bool countable(const member_account& of, int128 prepaid) {
    int128 called = 0;
    for (const member_call& one : of.calls) called += one.minor;
    return fits(called) && fits(of.came) && fits(of.written_off) && fits(prepaid);
}

// --- The forecast
// -----------------------------------------------------------------------------------

/// The newest rate between the units that is not of a later day.
const record<name_rate>* rate_between(const state& s, const unit_id& from, const unit_id& to,
                                      date at) {
    const record<name_rate>* newest = nullptr;
    for (const auto& [id, one] : s.rates) {
        if (one.asked.from != from || one.asked.to != to || one.asked.at.on > at) continue;
        if (!newest ||
            std::pair(newest->asked.at.on, newest->seq) < std::pair(one.asked.at.on, one.seq))
            newest = &one;
    }
    return newest;
}

/// Tells the amount in the member's own currency: it is in it, or a rate was named.
void tell_in_own(const world& w, const charter::member& member, date at, forecast_row& row) {
    row.currency = member.currency;
    if (!member.currency) return;
    if (*member.currency == row.left.unit) {
        row.own = row.left;
        return;
    }
    const auto* rate = rate_between(w.own, row.left.unit, *member.currency, at);
    if (!rate) return;
    const name_rate& named = rate->asked;
    const auto told = ledger::converted(
        row.left.minor,
        minor_rate(named.at.rate, scale_of(w.charter, named.from), scale_of(w.charter, named.to)),
        rounding_of(named.at.rounding));
    if (!told || !fits(*told)) return;
    row.own = amount_in(named.to, *told);
    row.rate = {named.rate, named.from, named.to, named.at, static_cast<std::int64_t>(rate->seq)};
}

std::optional<forecast_row> forecast_of(const world& w, const charter::member& member,
                                        const arrears_row& owes, date at) {
    const std::int32_t year = civil_of(at).year;
    forecast_row row{member.id, member.name, year, {0, owes.called.unit}, {0, owes.called.unit},
                     {},        {},          {}};
    bool called = false;
    for (const call_row& one : owes.calls) {
        if (one.year != year) continue;
        called = true;
        row.called.minor += one.called.minor;
        row.left.minor += one.owed.minor;
    }
    if (!called) return std::nullopt;
    tell_in_own(w, member, at, row);
    return row;
}

}  // namespace

result<arrears_view> ask(const world& w, const arrears_query& q, const viewer& by) {
    arrears_view v{q.at.value_or(date_of(by.now)), {}, {}};
    member_accounts accounts = accounts_on(w.own, v.at);
    // In the order of the charter, which is that of the treaty.
    for (const charter::member& member : w.charter.document().members)
        for (auto it = accounts.lower_bound({member.id, {}});
             it != accounts.end() && it->first.first == member.id; ++it) {
            const int128 prepaid = settle_calls(it->second);
            if (!countable(it->second, prepaid))
                return refuse(refusals::overflow, "at", std::string(receivable) + member.id.value);
            v.members.push_back(row_of(it->second, member, it->first.second, prepaid, v.at));
            if (auto next = forecast_of(w, member, v.members.back(), v.at))
                v.forecast.push_back(*std::move(next));
        }
    return v;
}

}  // namespace veche::fund
