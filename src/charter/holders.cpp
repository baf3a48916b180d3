#include "charter/holders.hpp"

#include <algorithm>

namespace veche::charter {

bool gives(const office& row, std::string_view power, const body_id& over) {
    const auto has = [](const auto& list, const auto& what) {
        return std::find(list.begin(), list.end(), what) != list.end();
    };
    return has(row.powers, power) && (row.body == over || has(row.over, over));
}

std::vector<std::string> seats_in(const seat& row) {
    if (!row.count) return {row.id};
    std::vector<std::string> out;
    for (std::int32_t n = 1; n <= *row.count; ++n) out.push_back(row.id + "-" + std::to_string(n));
    return out;
}

holders::holders(const charter_document& doc, date on) : doc_(doc) {
    for (const mandate& row : doc.mandates) {
        if (row.until && *row.until < on) continue;
        if (row.seat) held_[*row.seat] = row.person.value;
        if (row.office) offices_[row.office->value].insert(row.person.value);
    }
}

std::set<std::string> holders::of_office(const office_id& id) const {
    const auto found = offices_.find(id.value);
    return found == offices_.end() ? std::set<std::string>{} : found->second;
}

std::set<std::string> holders::with_power(std::string_view power, const body_id& over) const {
    std::set<std::string> out;
    for (const office& row : doc_.offices)
        if (gives(row, power, over)) out.merge(of_office(row.id));
    return out;
}

bool holders::has_seat(const std::set<std::string>& persons, const body_id& in) const {
    return std::any_of(doc_.seats.begin(), doc_.seats.end(), [&](const seat& row) {
        if (row.body != in) return false;
        const auto ids = seats_in(row);
        return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
            const auto held = held_.find(id);
            return held != held_.end() && persons.contains(held->second);
        });
    });
}

}  // namespace veche::charter
