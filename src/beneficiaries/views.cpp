#include "beneficiaries/views.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "beneficiaries/refusal.hpp"
#include "kernel/part_of.hpp"
#include "kernel/ratio.hpp"

namespace veche::beneficiaries {
namespace {

/// Names of organisations, each asked for once.
class namer {
  public:
    explicit namer(const world& w) : w_(w) {}
    const party_name& of(const party_id& id) {
        const auto [at, fresh] = known_.try_emplace(id);
        if (fresh) {
            const std::optional<party> one = w_.around ? w_.around->find(id) : std::nullopt;
            at->second =
                one ? party_name{one->id, one->names, one->member} : party_name{id, {}, {}};
        }
        return at->second;
    }

  private:
    const world& w_;
    std::map<party_id, party_name> known_;
};

/// Sums by unit. A sum outside of an amount stays at its end.
class unit_sums {
  public:
    void add(const amount& one, const std::optional<amount>& less = {}) {
        sums_[one.unit] += one.minor;
        if (less) sums_[less->unit] -= less->minor;
    }
    [[nodiscard]] std::vector<amount> take() const {
        constexpr int128 most = std::numeric_limits<std::int64_t>::max();
        std::vector<amount> out;
        for (const auto& [unit, minor] : sums_)
            out.push_back({static_cast<std::int64_t>(std::clamp(minor, -most, most)), unit});
        return out;
    }

  private:
    std::map<unit_id, int128> sums_;
};

std::string id_of(const std::optional<party_name>& one) {
    return one ? one->id.value : std::string();
}

void add_reported(const world& w, namer& names, std::vector<payment_row>& out) {
    for (const auto& [key, report] : w.own.reports)
        for (const kept<report_payments>& part : report.parts)
            for (const disclosed_payment& one : part.what.payments) {
                payment_row row;
                row.year = key.year;
                row.payer = names.of(key.payer);
                if (one.recipient) row.recipient = names.of(*one.recipient);
                row.persons = one.persons;
                row.kind = one.kind;
                row.rule = one.rule;
                row.purpose = one.purpose;
                row.money = one.money;
                row.conflicts = one.conflicts;
                row.tie = one.tie;
                row.seq = static_cast<std::int64_t>(part.done.seq);
                out.push_back(std::move(row));
            }
}

/// Out of the book of the fund, by the commitments that were referred.
void add_paid_by_fund(const world& w, namer& names, std::vector<payment_row>& out) {
    if (!w.around) return;
    for (const auto& [commitment, referred] : w.own.referred)
        for (const fund_payment& one : w.around->paid_under(commitment)) {
            payment_row row;
            row.year = one.year;
            row.recipient = names.of(referred.what.recipient);
            row.kind = referred.what.kind;
            row.rule = referred.what.rule;
            row.purpose = one.purpose;
            row.money = one.paid;
            if (one.came_back != 0) row.came_back = amount{one.came_back, one.paid.unit};
            row.conflicts = referred.what.conflicts;
            row.tie = referred.what.tie;
            row.commitment = commitment;
            row.payment = one.payment;
            row.seq = one.seq;
            out.push_back(std::move(row));
        }
}

std::vector<payment_row> all_payments(const world& w) {
    namer names(w);
    std::vector<payment_row> out;
    add_paid_by_fund(w, names, out);
    add_reported(w, names, out);
    std::stable_sort(out.begin(), out.end(), [](const payment_row& a, const payment_row& b) {
        if (a.year != b.year) return a.year > b.year;
        return id_of(a.recipient) < id_of(b.recipient);
    });
    return out;
}

/// The record that stands for what was asked.
std::optional<party_id> current(const world& w, const std::optional<party_id>& asked) {
    if (!asked) return std::nullopt;
    namer names(w);
    return names.of(*asked).id;
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
    unit_sums sums;
    for (const kept<report_payments>& part : given->parts)
        for (const disclosed_payment& one : part.what.payments) {
            ++row.rows;
            sums.add(one.money);
        }
    row.sums = sums.take();
    return row;
}

/// What the fund paid, one row a year.
std::vector<report_row> fund_rows(const std::vector<payment_row>& all) {
    std::map<std::int32_t, std::pair<std::int64_t, unit_sums>> years;
    for (const payment_row& one : all) {
        if (one.payer) continue;
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
    const auto payer = current(w, q.payer);
    const auto recipient = current(w, q.recipient);
    payments_view out;
    std::vector<payment_row> found;
    unit_sums sums;
    for (payment_row& one : all_payments(w)) {
        ++out.total;
        const bool fits = (!q.year || one.year == *q.year) && (!q.kind || one.kind == *q.kind) &&
                          is_of(one.payer, payer) && is_of(one.recipient, recipient) &&
                          (!q.fund || one.payer.has_value() != *q.fund);
        if (!fits) continue;
        sums.add(one.money, one.came_back);
        found.push_back(std::move(one));
    }
    out.found = static_cast<std::int32_t>(found.size());
    out.sums = sums.take();
    for (payment_row& one : part_of(found, q.offset, q.count))
        out.payments.push_back(std::move(one));
    return out;
}

result<reports_view> ask(const world& w, const reports_query& q, const viewer& who) {
    const date today = date_of(who.now);
    const auto asked = current(w, q.payer);
    namer names(w);
    reports_view out;
    if (!asked && !q.standing) out.reports = fund_rows(all_payments(w));
    for (const auto& [id, payer] : w.own.payers)
        for (std::int32_t year = payer.what.from; year <= last_year_of(payer.what, today); ++year) {
            report_row row = row_of(w, names, payer, year, today);
            if (row.standing == report_standing::missing) ++out.missing;
            if (is_of(row.payer, asked) && (!q.standing || row.standing == q.standing))
                out.reports.push_back(std::move(row));
        }
    if (q.year) std::erase_if(out.reports, [&](const auto& one) { return one.year != *q.year; });
    std::stable_sort(out.reports.begin(), out.reports.end(),
                     [](const report_row& a, const report_row& b) { return a.year > b.year; });
    return out;
}

result<recipients_view> ask(const world& w, const recipients_query& q, const viewer&) {
    struct gathered {
        recipient_row row;
        unit_sums sums;
        std::set<std::string> payers;
    };
    const auto payer = current(w, q.payer);
    std::map<std::pair<bool, std::string>, gathered> by;  // natural persons last
    for (const payment_row& one : all_payments(w)) {
        if ((q.year && one.year != *q.year) || (q.kind && one.kind != *q.kind) ||
            !is_of(one.payer, payer) || (q.fund && one.payer.has_value() == *q.fund))
            continue;
        gathered& to = by[{!one.recipient, id_of(one.recipient)}];
        to.row.recipient = one.recipient;
        to.row.first = to.row.rows == 0 ? one.year : std::min(to.row.first, one.year);
        to.row.last = std::max(to.row.last, one.year);
        ++to.row.rows;
        to.payers.insert(id_of(one.payer));
        to.sums.add(one.money, one.came_back);
    }
    recipients_view out;
    for (auto& [key, one] : by) {
        one.row.payers = static_cast<std::int64_t>(one.payers.size());
        one.row.sums = one.sums.take();
        out.recipients.push_back(std::move(one.row));
    }
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
    for (payment_row& one : all_payments(w))
        if (one.payer && one.payer->id == out.row.payer->id && one.year == q.year)
            out.payments.push_back(std::move(one));
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
