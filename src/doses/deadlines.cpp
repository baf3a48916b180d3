#include "doses/deadlines.hpp"

#include "doses/stock.hpp"

namespace veche::doses {

std::optional<event> next_due(const state& s, const charter::state&, instant at) {
    if (s.due.empty()) return std::nullopt;
    const due_mark& mark = (*s.due.begin()).first;
    if (at < mark.at) return std::nullopt;
    const lot& one = *s.lots.find(mark.lot);
    if (mark.kind == due_kind::warn)
        return make_event(
            expiry_near{mark.lot, one.what.expires, expected_waste(s, mark.lot, date_of(mark.at))});
    lot_expired out{mark.lot, {}};
    for (const auto& [site, _] : s.sites)
        if (const std::int64_t left = closed_left(s, site, mark.lot); left > 0)
            out.left.push_back({site, left});
    return make_event(out);
}

std::optional<instant> earliest_due(const state& s) {
    if (s.due.empty()) return std::nullopt;
    return (*s.due.begin()).first.at;
}

}  // namespace veche::doses
