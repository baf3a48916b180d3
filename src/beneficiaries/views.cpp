#include "beneficiaries/views.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "beneficiaries/listing.hpp"
#include "beneficiaries/refusal.hpp"
#include "kernel/part_of.hpp"

namespace veche::beneficiaries {
namespace {

/// The record that stands for what was asked.
std::optional<party_id> current(namer& names, const std::optional<party_id>& asked) {
    return asked ? std::optional(names.current(*asked)) : std::nullopt;
}

template <class Query>
payment_filter filter_of(namer& names, const Query& q) {
    payment_filter out{q.year, current(names, q.payer), q.fund, {}, q.kind};
    if constexpr (requires { q.recipient; }) out.recipient = current(names, q.recipient);
    return out;
}

std::int64_t count_of_all(const world& w) {
    std::int64_t count = 0;
    for (const auto& [key, report] : w.own.reports) count += report.rows;
    if (w.around)
        for (const auto& [commitment, referred] : w.own.referred)
            count += static_cast<std::int64_t>(w.around->paid_under(commitment).size());
    return count;
}

bool is_of(const std::optional<party_name>& one, const std::optional<party_id>& asked) {
    return !asked || (one && one->id == *asked);
}

report_row row_of(const world& w, namer& names, const kept<name_payer>& payer, std::int32_t year,
                  date today) {
    report_row row;
    const report* given = w.own.reports.find(report_key{payer.what.payer, year});
    row.year = year;
    row.payer = names.of(payer.what.payer);
    row.standing = standing_of(payer.what, year, given, today);
    row.due = due_day(payer.what, year);
    row.rule = payer.what.rule;
    const date done = given ? date_of(given->first) : today;
    if ((given || row.standing == report_standing::missing) && *row.due < done)
        row.days_late = done.days - row.due->days;
    if (!given) return row;
    row.seq = static_cast<std::int64_t>(given->parts.front().done.seq);
    row.rows = given->rows;
    unit_sums sums;
    sums.add(given->sums);
    row.sums = sums.take();
    return row;
}

/// What the fund paid, one row a year.
std::vector<report_row> fund_rows(const std::vector<payment_row>& all) {
    std::map<std::int32_t, std::pair<std::int64_t, unit_sums>> years;
    for (const payment_row& one : all) {
        auto& [rows, sums] = years[one.year];
        ++rows;
        sums.add(one.money, one.came_back);
    }
    std::vector<report_row> out;
    for (const auto& [year, counted] : years) {
        report_row row;
        row.year = year;
        row.rows = counted.first;
        row.sums = counted.second.take();
        out.push_back(std::move(row));
    }
    return out;
}

std::int32_t last_year_of(const name_payer& payer, date today) {
    const std::int32_t now = civil_of(today).year;
    return std::min(payer.until.value_or(now), now);
}

part_row show_part(const kept<report_payments>& one) {
    part_row row;
    row.part = one.what.part;
    row.zero = one.what.zero;
    row.rows = static_cast<std::int64_t>(one.what.payments.size());
    unit_sums sums;
    for (const disclosed_payment& each : one.what.payments) sums.add(each.money);
    row.sums = sums.take();
    row.source = one.what.source;
    row.address = one.what.address;
    row.document = one.what.document;
    row.reason = one.what.reason;
    row.by = one.done.by;
    row.as = one.done.as;
    row.at = one.done.at;
    row.versions = {one.versions.begin(), one.versions.end()};
    return row;
}

}  // namespace

result<payments_view> ask(const world& w, const payments_query& q, const viewer&) {
    namer names(w);
    found_payments found = find_payments(w, names, filter_of(names, q), q.offset, q.count);
    payments_view out;
    out.payments = std::move(found.rows);
    out.sums = found.sums.take();
    out.found = found.found;
    out.total = static_cast<std::int32_t>(count_of_all(w));
    return out;
}

result<reports_view> ask(const world& w, const reports_query& q, const viewer& who) {
    const date today = date_of(who.now);
    namer names(w);
    const auto asked = current(names, q.payer);
    std::vector<report_row> all;
    reports_view out;
    if (!asked && !q.standing) all = fund_rows(paid_by_fund(w, names, {}));
    for (const auto& [id, payer] : w.own.payers)
        for (std::int32_t year = payer.what.from; year <= last_year_of(payer.what, today); ++year) {
            report_row row = row_of(w, names, payer, year, today);
            if (row.standing == report_standing::missing) ++out.missing;
            if (is_of(row.payer, asked) && (!q.standing || row.standing == q.standing))
                all.push_back(std::move(row));
        }
    if (q.year) std::erase_if(all, [&](const auto& one) { return one.year != *q.year; });
    std::stable_sort(all.begin(), all.end(),
                     [](const report_row& a, const report_row& b) { return a.year > b.year; });
    out.found = static_cast<std::int32_t>(all.size());
    for (report_row& one : part_of(all, q.offset, q.count)) out.reports.push_back(std::move(one));
    return out;
}

namespace {

/// Records that were paid, in order, natural persons last; the rows of each are looked at only
/// where a filter asks for them.
std::vector<party_id> paid_parties(const world& w, namer& names, const payment_filter& of,
                                   const std::vector<payment_row>& fund) {
    std::vector<party_id> out;
    for (const payment_row& one : fund) out.push_back(one.recipient->id);
    const auto fits = [&](const paid_rows& paid) {
        if (of.fund.value_or(false)) return false;
        if (!of.year && !of.payer && !of.kind) return true;
        for (const auto& [place, rows] : paid) {
            const report_key& key = place.report;
            if ((of.year && key.year != *of.year) ||
                (of.payer && names.current(key.payer) != *of.payer))
                continue;
            if (!of.kind) return true;
            const auto& part =
                w.own.reports.find(key)->parts[static_cast<std::size_t>(place.part) - 1];
            for (const std::int32_t row : rows)
                if (part.what.payments[static_cast<std::size_t>(row)].kind == *of.kind) return true;
        }
        return false;
    };
    for (const auto& [name, paid] : w.own.paid_to)
        if (fits(paid))
            out.push_back(name.value.empty() || !w.around ? name : w.around->current(name));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    if (!out.empty() && out.front().value.empty())
        std::rotate(out.begin(), out.begin() + 1, out.end());
    return out;
}

recipient_row recipient_of(const world& w, namer& names, payment_filter of, const party_id& id,
                           const std::vector<payment_row>& fund) {
    recipient_row row;
    unit_sums sums;
    std::set<std::string> payers;
    const auto count = [&](std::int32_t year, const std::string& payer, const amount& money,
                           const std::optional<amount>& less) {
        row.first = row.rows == 0 ? year : std::min(row.first, year);
        row.last = std::max(row.last, year);
        ++row.rows;
        payers.insert(payer);
        sums.add(money, less);
    };
    if (!id.value.empty()) row.recipient = names.of(id);
    for (const payment_row& one : fund)
        if (one.recipient->id == id) count(one.year, {}, one.money, one.came_back);
    of.recipient = id;
    each_reported(w, names, of, [&](const reported_payment& one) {
        count(one.report->year, names.current(one.report->payer).value, one.paid->money, {});
    });
    row.payers = static_cast<std::int64_t>(payers.size());
    row.sums = sums.take();
    return row;
}

}  // namespace

result<recipients_view> ask(const world& w, const recipients_query& q, const viewer&) {
    namer names(w);
    const payment_filter of = filter_of(names, q);
    const std::vector<payment_row> fund = paid_by_fund(w, names, of);
    std::vector<party_id> all = paid_parties(w, names, of, fund);
    recipients_view out;
    out.found = static_cast<std::int32_t>(all.size());
    for (const party_id& id : part_of(all, q.offset, q.count))
        out.recipients.push_back(recipient_of(w, names, of, id, fund));
    return out;
}

result<report_view> ask(const world& w, const report_query& q, const viewer& who) {
    const kept<name_payer>* payer = w.own.payers.find(q.payer);
    if (!payer) return refuse(refusals::payer_unknown, "payer", q.payer.value);
    const std::int32_t now = civil_of(date_of(who.now)).year;
    if (q.year < payer->what.from || q.year > std::min(payer->what.until.value_or(now), now))
        return refuse(refusals::year_not_owed, "year", q.payer.value);
    namer names(w);
    report_view out;
    out.row = row_of(w, names, *payer, q.year, date_of(who.now));
    out.body = payer->what.body;
    out.from = payer->what.from;
    out.until = payer->what.until;
    const report* given = w.own.reports.find(report_key{q.payer, q.year});
    if (!given) return out;
    for (const kept<report_payments>& part : given->parts) out.parts.push_back(show_part(part));
    const payment_filter own{q.year, out.row.payer->id, false, {}, {}};
    out.payments = find_payments(w, names, own, {}, {}).rows;
    return out;
}

result<payers_view> ask(const world& w, const payers_query&, const viewer&) {
    namer names(w);
    payers_view out;
    for (const auto& [id, one] : w.own.payers)
        out.payers.push_back({names.of(id),
                              one.what.body,
                              one.what.from,
                              one.what.until,
                              one.what.due_days,
                              one.what.rule,
                              one.what.office,
                              {one.versions.begin(), one.versions.end()}});
    return out;
}

result<unreferred_view> ask(const world& w, const unreferred_query&, const viewer&) {
    unreferred_view out;
    if (!w.around) return out;
    for (const fund_partner& one : w.around->known_partners())
        if (one.recipient.watched && !w.own.referred.contains(one.commitment))
            out.commitments.push_back(
                {one.commitment,
                 one.purpose,
                 {one.recipient.id, one.recipient.names, one.recipient.member}});
    std::stable_sort(
        out.commitments.begin(), out.commitments.end(),
        [](const auto& a, const auto& b) { return a.commitment.value < b.commitment.value; });
    return out;
}

}  // namespace veche::beneficiaries
