#include "ledger/text_book.hpp"

#include <algorithm>
#include <functional>

#include "kernel/check.hpp"

namespace veche::ledger {

std::uint32_t name_table::number_of(std::string_view name) {
    if (2 * (names_.size() + 1) > slots_.size()) grow();
    std::size_t at = std::hash<std::string_view>{}(name) & (slots_.size() - 1);
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
        if (*names_[slots_[at] - 1] == name) return slots_[at] - 1;
    names_.push_back(std::make_unique<const std::string>(name));
    slots_[at] = static_cast<std::uint32_t>(names_.size());
    return slots_[at] - 1;
}

void name_table::grow() {
    slots_.assign(std::max<std::size_t>(16, slots_.size() * 2), 0);
    for (std::uint32_t n = 0; n < names_.size(); ++n) {
        std::size_t at = std::hash<std::string_view>{}(*names_[n]) & (slots_.size() - 1);
        while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = n + 1;
    }
}

decimal& text_book::sum_in(folded& all, std::uint32_t account, std::uint16_t unit) {
    if (account >= all.size()) all.resize(account + 1);
    for (held& one : all[account])
        if (one.unit == unit) return one.sum;
    return all[account].emplace_back(held{unit, {}}).sum;
}

text_book::folded text_book::fold_until(date day) const {
    folded all;
    std::uint64_t at = 0;
    for (const entry& one : entries_) {
        if (one.day <= day)
            for (std::uint64_t i = at; i < one.legs_end; ++i)
                VECHE_ENSURE(add(sum_in(all, legs_[i].account, legs_[i].unit),
                                 {legs_[i].digits, legs_[i].places}),
                             "the reader let every sum pass");
        at = one.legs_end;
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
