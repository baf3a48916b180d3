#include "fund/ledger_text.hpp"

#include <algorithm>

#include "fund/checks.hpp"
#include "kernel/check.hpp"

namespace veche::fund {
std::string decimal_text(int128 minor, std::int32_t scale) {
    std::string digits = to_text(minor < 0 ? -minor : minor);
    const auto places = static_cast<std::size_t>(scale);
    if (places > 0) {
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, ".");
    }
    return minor < 0 ? "-" + digits : digits;
}

std::string ledger_text(const state& s, const charter::state& charter) {
    std::string out;
    for (const auto& [place, entry] : s.book.entries) {
        VECHE_ENSURE(entry.day.has_value(), "the fund writes no entry without a day");
        std::string what = entry.id;
        std::replace(what.begin(), what.end(), ':', ' ');
        out += to_text(*entry.day) + " (" + std::to_string(entry.number) + ") " + what + "\n";
        if (const decision_id* order = s.orders.find(place))
            out += "    ; decision: " + order->value + "\n";
        for (const ledger::leg& l : entry.legs)
            out += "    " + l.account + "  \"" + l.unit + "\" " +
                   decimal_text(l.minor, scale_of(charter, {l.unit})) + "\n";
        out += "\n";
    }
    return out;
}

}  // namespace veche::fund
