#include "ledger/text_book.hpp"

#include <algorithm>
#include <functional>

#include "kernel/check.hpp"

namespace veche::ledger {

std::uint32_t name_table::number_of(std::string_view name) {
    if (2 * (names_.size() + 1) > slots_.size()) grow();
    const std::size_t hash = std::hash<std::string_view>{}(name);
    slot& found = slot_of(name, hash);
    if (found.number_and_one == 0) {
        names_.emplace_back(kept_.emplace_back(name));
        found = {static_cast<std::uint32_t>(names_.size()), static_cast<std::uint32_t>(hash)};
    }
    return found.number_and_one - 1;
}

/// The slot that holds the name, or the free one that is to hold it.
name_table::slot& name_table::slot_of(std::string_view name, std::size_t hash) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        slot& one = slots_[at];
        if (one.number_and_one == 0 || (one.hash == static_cast<std::uint32_t>(hash) &&
                                        names_[one.number_and_one - 1] == name))
            return one;
    }
}

void name_table::grow() {
    slots_.assign(std::max<std::size_t>(16, slots_.size() * 2), {});
    for (std::uint32_t n = 0; n < names_.size(); ++n) {
        const std::size_t hash = std::hash<std::string_view>{}(names_[n]);
        slot_of(names_[n], hash) = {n + 1, static_cast<std::uint32_t>(hash)};
    }
}

decimal& text_book::sum_in(folded& all, std::uint32_t account, std::uint16_t unit) {
    if (account >= all.size()) all.resize(account + 1);
    for (held& one : all[account])
        if (one.unit == unit) return one.sum;
    return all[account].emplace_back(held{unit, {}}).sum;
}

/// Called after each entry.
void text_book::keep_snapshot() {
    constexpr std::size_t apart = std::size_t{1} << 17;
    const std::size_t n = entries_.size();
    if (n > 1 && entries_[n - 1].day < entries_[n - 2].day) {
        ascending_ = false;
        snapshots_.clear();
    }
    if (ascending_ && n % apart == 0) snapshots_.push_back({n, now_});
}

text_book::folded text_book::fold_until(date day) const {
    folded all;
    std::size_t n = 0;
    const auto after = std::partition_point(
        snapshots_.begin(), snapshots_.end(),
        [&](const snapshot& one) { return entries_[one.entries - 1].day <= day; });
    if (after != snapshots_.begin()) {
        all = std::prev(after)->balances;
        n = std::prev(after)->entries;
    }
    for (; n < entries_.size(); ++n) {
        if (entries_[n].day > day) {
            if (ascending_) break;
            continue;
        }
        for (std::uint64_t i = n == 0 ? 0 : entries_[n - 1].legs_end; i < entries_[n].legs_end; ++i)
            VECHE_ENSURE(add(sum_in(all, legs_[i].account, legs_[i].unit),
                             {legs_[i].digits, legs_[i].places}),
                         "the reader let every sum pass");
    }
    return all;
}

std::vector<text_balance> text_book::balances(std::optional<date> until) const {
    return until ? listed(fold_until(*until)) : listed(now_);
}

std::vector<text_balance> text_book::listed(const folded& all) const {
    std::vector<text_balance> out;
    for (std::uint32_t account = 0; account < all.size(); ++account)
        for (const held& one : all[account])
            if (one.sum.digits != 0)
                out.push_back({accounts_.name(account), units_.name(one.unit), one.sum});
    std::sort(out.begin(), out.end(), [](const text_balance& a, const text_balance& b) {
        return std::pair(a.account, a.unit) < std::pair(b.account, b.unit);
    });
    return out;
}

std::size_t text_book::bytes() const {
    return legs_.capacity() * sizeof(leg) + entries_.capacity() * sizeof(entry);
}

}  // namespace veche::ledger
