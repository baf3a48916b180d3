#include "programme/outlook.hpp"

#include <algorithm>
#include <set>

namespace veche::programme {
namespace {

constexpr std::int32_t whole = 10'000;
constexpr std::int32_t farthest_days = 3660;

const std::vector<measure_id> no_measures;

/// Progress by milestones or by the newest value, where the measure has no parts.
std::optional<std::int32_t> own_progress(const measure& m, const outlook& known) {
    if (!m.milestones.empty()) {
        const auto reached = std::count_if(m.milestones.begin(), m.milestones.end(),
                                           [](const milestone& one) { return one.reached; });
        return static_cast<std::int32_t>(reached * whole /
                                         static_cast<std::int64_t>(m.milestones.size()));
    }
    const indicator& i = m.indicator_;
    const bool to_reach = i.form == target_form::at_least || i.form == target_form::share ||
                          i.form == target_form::by_date;
    if (!to_reach || !i.target || i.target->num <= 0 || known.values.empty()) return std::nullopt;
    return hundredths_of_percent(known.values.back().value, *i.target);
}

/// Days by which the newest milestone that was reached or is over slipped; nothing where all of
/// them lie ahead.
std::optional<std::int32_t> slip_of(const measure& m, date today) {
    std::optional<std::int32_t> slip;
    for (const milestone& one : m.milestones) {
        if (one.reached)
            slip = one.reached->days - one.due.days;
        else if (one.due < today)
            slip = today.days - one.due.days;
    }
    return slip;
}

/// The day on which the newest value was reported; nothing where the journal tells it or none was.
std::optional<date> newest_report(const measure& m) {
    for (auto it = m.reports.rbegin(); it != m.reports.rend(); ++it)
        if (it->value) return date_of(it->at);
    return std::nullopt;
}

void add_amount(std::vector<amount>& sum, const amount& one) {
    const auto at =
        std::lower_bound(sum.begin(), sum.end(), one,
                         [](const amount& a, const amount& b) { return a.unit < b.unit; });
    if (at == sum.end() || at->unit != one.unit)
        sum.insert(at, one);
    else
        at->minor += one.minor;
}

}  // namespace

prospect::prospect(const world& w, instant now) : world_(w), now_(now), today_(date_of(now)) {
    for (const auto& [id, m] : w.own.measures) {
        if (m.parent) parts_[*m.parent].push_back(id);
        for (const measure_id& before : m.waits_for) waiting_[before].push_back(id);
    }
    for (const measure* m : in_order()) looked_.emplace(m->id, look(*m));
}

const std::vector<measure_id>& prospect::parts_of(const measure_id& id) const {
    const auto found = parts_.find(id);
    return found == parts_.end() ? no_measures : found->second;
}

/// Every measure after its parts and what it waits for.
std::vector<const measure*> prospect::in_order() const {
    std::vector<const measure*> out;
    std::set<measure_id> begun;
    std::set<measure_id> placed;
    for (const auto& [start, ignored] : world_.own.measures) {
        std::vector<measure_id> open{start};
        while (!open.empty()) {
            const measure_id at = open.back();
            const measure* m = world_.own.measures.find(at);
            if (!begun.insert(at).second) {
                open.pop_back();
                if (placed.insert(at).second) out.push_back(m);
                continue;
            }
            for (const auto* list : {&parts_of(at), &m->waits_for})
                for (const measure_id& next : *list)
                    if (!begun.contains(next)) open.push_back(next);
        }
    }
    return out;
}

outlook prospect::look(const measure& m) const {
    outlook out;
    if (m.indicator_.journal && world_.told)
        out.values = world_.told->values(*m.indicator_.journal, m.owner, now_);
    if (out.values.empty()) out.values = reported_values(m);
    const std::optional<date> done = m.done ? std::optional(date_of(*m.done)) : std::nullopt;
    out.target = state_of_target({m.indicator_, m.due, out.values, done, all_reached(m), today_});
    out.days_late = days_late(m, now_);
    out.days_late_in_all = out.days_late;
    if (!parts_of(m.id).empty()) add_parts(m, out);
    if (out.parts == 0) out.progress = own_progress(m, out);
    if (m.done) out.progress = whole;
    if (m.open()) {
        forecast(m, out);
        wait(m, out);
    } else if (done) {
        out.basis = forecast_basis::done;
        out.finish = done;
    }
    if (out.finish) out.late_by = std::max(out.finish->days - m.due.days, 0);
    return out;
}

void prospect::add_parts(const measure& m, outlook& into) const {
    std::int64_t weights = 0;
    std::int64_t sum = 0;
    for (const measure_id& id : parts_of(m.id)) {
        const measure& part = *world_.own.measures.find(id);
        if (part.dropped) continue;
        const outlook& known = of(id);
        weights += part.weight;
        sum += std::int64_t{part.weight} * known.progress.value_or(0);
        into.parts += 1 + known.parts;
        into.parts_late += (known.days_late > 0 ? 1 : 0) + known.parts_late;
        into.days_late_in_all = std::max(into.days_late_in_all, known.days_late_in_all);
    }
    if (weights > 0) into.progress = static_cast<std::int32_t>(sum / weights);
}

void prospect::forecast(const measure& m, outlook& into) const {
    const auto say = [&](forecast_basis basis, std::int64_t day) {
        const std::int64_t least = today_.days;
        const std::int64_t most = std::max<std::int64_t>(least, m.due.days + farthest_days);
        into.basis = basis;
        into.finish = date{static_cast<std::int32_t>(std::clamp(day, least, most))};
    };
    for (const measure_id& id : parts_of(m.id)) {
        const outlook& part = of(id);
        if (part.finish && (!into.finish || into.finish < part.finish))
            say(forecast_basis::parts, part.finish->days);
    }
    if (into.finish) return;
    if (const auto slip = slip_of(m, today_))
        return say(forecast_basis::milestones, m.due.days + std::max(*slip, 0));
    const auto reported = newest_report(m);
    if (!reported || !into.progress || *into.progress == 0) return;
    const std::int64_t days = reported->days - date_of(m.added).days;
    if (days < 1) return;
    const std::int64_t in_all = (days * whole + *into.progress - 1) / *into.progress;
    say(forecast_basis::reports, date_of(m.added).days + in_all);
}

void prospect::wait(const measure& m, outlook& into) const {
    for (const measure_id& id : m.waits_for) {
        const measure& before = *world_.own.measures.find(id);
        if (!before.open()) continue;
        into.waiting = true;
        const date free = std::max(of(id).finish.value_or(before.due), today_);
        // Without a forecast of its own only what comes after the due day says something.
        if (into.finish ? *into.finish < free : m.due < free) {
            into.basis = forecast_basis::waits;
            into.finish = free;
        }
    }
}

std::vector<measure_id> prospect::held_up_by(const measure_id& id) const {
    std::set<measure_id> held;
    std::vector<measure_id> open{id};
    while (!open.empty()) {
        const auto found = waiting_.find(open.back());
        open.pop_back();
        if (found == waiting_.end()) continue;
        for (const measure_id& next : found->second)
            if (world_.own.measures.find(next)->open() && held.insert(next).second)
                open.push_back(next);
    }
    return {held.begin(), held.end()};
}

std::vector<amount> prospect::money_in_all(const measure_id& id,
                                           std::optional<std::int32_t> year) const {
    std::vector<amount> sum;
    if (!world_.told) return sum;
    std::vector<measure_id> open{id};
    while (!open.empty()) {
        const measure_id at = open.back();
        open.pop_back();
        for (const amount& one : world_.told->money(at, year)) add_amount(sum, one);
        const auto& parts = parts_of(at);
        open.insert(open.end(), parts.begin(), parts.end());
    }
    return sum;
}

}  // namespace veche::programme
