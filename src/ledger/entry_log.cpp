#include "ledger/entry_log.hpp"

#include <limits>

#include "kernel/check.hpp"

namespace veche::ledger {
namespace {

constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::min();

}  // namespace

std::uint32_t shared_names::number_of(const std::string& name) {
    if (const std::uint32_t* known = numbers_.find(name)) return *known;
    const auto number = static_cast<std::uint32_t>(names_.size());
    names_.insert(number, name);
    numbers_.insert(name, number);
    return number;
}

leg_view entry_log::leg_list::iterator::operator*() const {
    const int128 minor =
        static_cast<int128>(at_->high) * (int128{1} << 64) + static_cast<int128>(at_->low);
    return {names_->name(at_->account), names_->name(at_->unit), minor};
}

entry_log::entry entry_log::operator[](std::size_t place) const {
    VECHE_ENSURE(place < size_, "an entry that was written");
    const chunk& within = *chunks_.find(std::uint64_t{place / chunk_entries});
    const std::size_t at = place % chunk_entries;
    const packed_entry& one = within.entries[at];
    const packed_entry before = at == 0 ? packed_entry{} : within.entries[at - 1];
    const packed_leg* legs = within.legs.data();
    return {std::string_view(within.ids).substr(before.id_end, one.id_end - before.id_end),
            one.day == no_day ? std::nullopt : std::optional(date{one.day}),
            one.number,
            {legs + before.legs_end, legs + one.legs_end, &names_}};
}

void entry_log::append(std::string_view id, std::optional<date> day, std::uint64_t number,
                       const std::vector<leg>& legs) {
    const std::uint64_t last = size_ / chunk_entries;
    if (size_ % chunk_entries == 0) {
        if (last > 0) {
            // What is full grows no more.
            chunk& full = chunks_.edit(last - 1);
            full.legs.shrink_to_fit();
            full.ids.shrink_to_fit();
        }
        chunks_.insert(last, {}).entries.reserve(chunk_entries);
    }
    chunk& into = chunks_.edit(last);
    for (const leg& l : legs)
        into.legs.push_back({static_cast<std::int64_t>(l.minor >> 64),
                             static_cast<std::uint64_t>(l.minor), names_.number_of(l.account),
                             names_.number_of(l.unit)});
    into.ids += id;
    VECHE_ENSURE(into.ids.size() <= UINT32_MAX && into.legs.size() <= UINT32_MAX,
                 "ids and legs of a chunk are counted in 32 bits");
    into.entries.push_back({number, day ? day->days : no_day,
                            static_cast<std::uint32_t>(into.ids.size()),
                            static_cast<std::uint32_t>(into.legs.size())});
    ++size_;
}

}  // namespace veche::ledger
