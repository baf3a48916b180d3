#include "beneficiaries/listing.hpp"

#include <algorithm>
#include <limits>

namespace veche::beneficiaries {
namespace {

/// One of two: what the fund paid, or what was reported.
struct listed_payment {
    const party_id* recipient = nullptr;  ///< the record that stands; nothing: natural persons
    payment_row* of_fund = nullptr;
    reported_payment reported{};
};

const party_id nobody{};

bool before(const listed_payment& a, const listed_payment& b) {
    const party_id& x = a.recipient ? *a.recipient : nobody;
    const party_id& y = b.recipient ? *b.recipient : nobody;
    return x < y;
}

using by_year = std::map<std::int32_t, std::vector<listed_payment>, std::greater<>>;

/// Rows of the part that is asked for: only years in which it lies are put in order.
std::vector<payment_row> rows_of(namer& names, by_year& years, std::size_t from, std::size_t most) {
    std::vector<payment_row> out;
    for (auto& [year, all] : years) {
        if (out.size() == most) break;
        if (from >= all.size()) {
            from -= all.size();
            continue;
        }
        for (listed_payment& one : all)
            if (!one.of_fund && one.reported.paid->recipient)
                one.recipient = &names.current(*one.reported.paid->recipient);
        std::stable_sort(all.begin(), all.end(), before);
        for (; from < all.size() && out.size() < most; ++from)
            out.push_back(all[from].of_fund ? std::move(*all[from].of_fund)
                                            : row_of(names, all[from].reported));
        from = 0;
    }
    return out;
}

}  // namespace

const party_name& namer::of(const party_id& id) {
    const auto [at, fresh] = named_.try_emplace(id);
    if (fresh) {
        const std::optional<party> one = w_.around ? w_.around->find(id) : std::nullopt;
        at->second = one ? party_name{one->id, one->names, one->member} : party_name{id, {}, {}};
    }
    return at->second;
}

const party_id& namer::current(const party_id& id) {
    const auto [at, fresh] = current_.try_emplace(id);
    if (fresh) at->second = w_.around ? w_.around->current(id) : id;
    return at->second;
}

void unit_sums::add(const amount& one, const std::optional<amount>& less) {
    sums_[one.unit] += one.minor;
    if (less) sums_[less->unit] -= less->minor;
}

void unit_sums::add(const std::map<unit_id, int128>& all) {
    for (const auto& [unit, minor] : all) sums_[unit] += minor;
}

std::vector<amount> unit_sums::take() const {
    constexpr int128 most = std::numeric_limits<std::int64_t>::max();
    std::vector<amount> out;
    for (const auto& [unit, minor] : sums_)
        out.push_back({static_cast<std::int64_t>(std::clamp(minor, -most, most)), unit});
    return out;
}

payment_row row_of(namer& names, const reported_payment& one) {
    const disclosed_payment& paid = *one.paid;
    payment_row row;
    row.year = one.report->year;
    row.payer = names.of(one.report->payer);
    if (paid.recipient) row.recipient = names.of(*paid.recipient);
    row.persons = paid.persons;
    row.kind = paid.kind;
    row.rule = paid.rule;
    row.purpose = paid.purpose;
    row.money = paid.money;
    row.conflicts = paid.conflicts;
    row.tie = paid.tie;
    row.seq = static_cast<std::int64_t>(one.part->done.seq);
    return row;
}

std::vector<payment_row> paid_by_fund(const world& w, namer& names, const payment_filter& of) {
    std::vector<payment_row> out;
    if (!w.around || of.payer || !of.fund.value_or(true)) return out;
    for (const auto& [commitment, referred] : w.own.referred) {
        const refer_commitment& what = referred.what;
        if ((of.kind && what.kind != *of.kind) ||
            (of.recipient && names.current(what.recipient) != *of.recipient))
            continue;
        for (const fund_payment& one : w.around->paid_under(commitment)) {
            if (of.year && one.year != *of.year) continue;
            payment_row row;
            row.year = one.year;
            row.recipient = names.of(what.recipient);
            row.kind = what.kind;
            row.rule = what.rule;
            row.purpose = one.purpose;
            row.money = one.paid;
            if (one.came_back != 0) row.came_back = amount{one.came_back, one.paid.unit};
            row.conflicts = what.conflicts;
            row.tie = what.tie;
            row.commitment = commitment;
            row.payment = one.payment;
            row.seq = one.seq;
            out.push_back(std::move(row));
        }
    }
    return out;
}

found_payments find_payments(const world& w, namer& names, const payment_filter& of,
                             std::optional<std::int32_t> offset,
                             std::optional<std::int32_t> count) {
    found_payments out;
    by_year years;
    std::vector<payment_row> fund = paid_by_fund(w, names, of);
    for (payment_row& one : fund) {
        out.sums.add(one.money, one.came_back);
        years[one.year].push_back({&one.recipient->id, &one, {}});
    }
    std::size_t found = fund.size();
    each_reported(w, names, of, [&](const reported_payment& one) {
        ++found;
        out.sums.add(one.paid->money);
        years[one.report->year].push_back({nullptr, nullptr, one});
    });
    out.found = static_cast<std::int32_t>(found);
    out.rows = rows_of(names, years, static_cast<std::size_t>(std::max(0, offset.value_or(0))),
                       count ? static_cast<std::size_t>(std::max(0, *count)) : found);
    return out;
}

}  // namespace veche::beneficiaries
