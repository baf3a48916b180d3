#include "fund/ledger_text.hpp"

namespace veche::fund {
namespace {

std::int32_t scale_of(const charter::state& c, const unit_id& id) {
    const charter::unit* unit = c.find_unit(id);
    return unit ? unit->scale : 0;
}

}  // namespace

std::string decimal_text(std::int64_t minor, std::int32_t scale) {
    std::string digits = to_text(minor < 0 ? -int128{minor} : int128{minor});
    const auto places = static_cast<std::size_t>(scale);
    if (places > 0) {
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, ".");
    }
    return minor < 0 ? "-" + digits : digits;
}

std::string ledger_text(const state& s, const charter::state& charter) {
    std::string out;
    for (const auto& [seq, entry] : s.entries) {
        out += to_text(entry.effective) + " (" + std::to_string(seq) + ") ";
        out += std::string(name_of(entry.kind)) + " " + entry.id + "\n";
        if (!entry.decision.empty()) out += "    ; decision: " + entry.decision.value + "\n";
        for (const leg& l : entry.legs) {
            const std::int32_t scale = scale_of(charter, l.amount_.unit);
            out += "    " + l.account + "  \"" + l.amount_.unit.value + "\" " +
                   decimal_text(l.amount_.minor, scale) + "\n";
        }
        out += "\n";
    }
    return out;
}

}  // namespace veche::fund
