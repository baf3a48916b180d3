#include "prevention/clashes.hpp"

#include <algorithm>

namespace veche::prevention {
namespace {

struct days {
    date from;
    date to;
};

bool holds_on(const std::vector<days>& all, date day) {
    return std::any_of(all.begin(), all.end(),
                       [&](const days& one) { return one.from <= day && day <= one.to; });
}

/// Stretches of one order: level and scope alone, whatever proofs go with it.
std::vector<stretch> runs_of(const timeline& line) {
    std::vector<stretch> out;
    for (const stretch& one : line) {
        if (one.what.level == 0) continue;
        if (!out.empty() && next_day(out.back().to) == one.from &&
            out.back().what.level == one.what.level && out.back().what.general == one.what.general)
            out.back().to = one.to;
        else
            out.push_back(one);
    }
    return out;
}

/// Days by which one side began or ended the same order later than the other.
std::vector<days> calendar_days_of(const timeline& a, const timeline& b, std::int32_t most) {
    std::vector<days> out;
    const std::vector<stretch> of_b = runs_of(b);
    for (const stretch& one : runs_of(a)) {
        for (const stretch& other : of_b) {
            const bool same = one.what.level == other.what.level &&
                              one.what.general == other.what.general && one.from <= other.to &&
                              other.from <= one.to;
            if (!same) continue;
            const date began = std::max(one.from, other.from);
            const date began_first = std::min(one.from, other.from);
            if (began_first < began && began.days - began_first.days <= most)
                out.push_back({began_first, {began.days - 1}});
            const date ended = std::max(one.to, other.to);
            const date ended_first = std::min(one.to, other.to);
            if (ended < no_end && ended_first < ended && ended.days - ended_first.days <= most)
                out.push_back({next_day(ended_first), ended});
        }
    }
    return out;
}

bool closes(const holding& shut, const holding& open, const clash_rules& rules) {
    return shut.level >= rules.door_closed && open.level <= rules.door_open;
}

/// Whether one side asks for what the other does not issue.
bool unrecognised(const holding& asking, const holding& issuing) {
    return !std::includes(issuing.issues.begin(), issuing.issues.end(), asking.asks.begin(),
                          asking.asks.end());
}

std::int32_t apart(const clash_side& a, const clash_side& b) {
    return a.level > b.level ? a.level - b.level : b.level - a.level;
}

/// Intervals of one check, grown day by day as the turns come.
class interval_list {
  public:
    void add(clash_check check, date from, date to, const clash_side& a, const clash_side& b) {
        for (std::size_t i = all_.size(); i-- > 0;) {
            clash_span& last = all_[i];
            if (last.check != check) continue;
            if (next_day(last.to) != from) break;
            last.to = to;
            if (apart(a, b) > apart(last.a, last.b)) {
                last.a = a;
                last.b = b;
            }
            return;
        }
        all_.push_back({check, from, to, a, b});
    }
    std::vector<clash_span> take() {
        std::stable_sort(all_.begin(), all_.end(), [](const clash_span& a, const clash_span& b) {
            return a.check != b.check ? a.check < b.check : a.from < b.from;
        });
        return std::move(all_);
    }

  private:
    std::vector<clash_span> all_;
};

/// The one of the first four checks that names such a day.
std::optional<clash_check> named_by(preventive_kind kind, const holding& a, const holding& b,
                                    bool calendar, const clash_rules& rules) {
    if (kind == preventive_kind::p1) return std::nullopt;
    const std::int32_t gap = a.level > b.level ? a.level - b.level : b.level - a.level;
    const bool scopes =
        scale_of(kind).flagged && a.level > 0 && b.level > 0 && a.general != b.general;
    const bool door = kind == preventive_kind::c8 && (closes(a, b, rules) || closes(b, a, rules));
    const std::pair<clash_check, bool> all[] = {{clash_check::calendar, calendar},
                                                {clash_check::door, door},
                                                {clash_check::level_gap, gap >= rules.gap},
                                                {clash_check::scope_gap, scopes}};
    for (const auto& [check, holds] : all)
        if (holds && rules.looks_for(check)) return check;
    return std::nullopt;
}

void add_turns(std::vector<date>& turns, const std::vector<days>& all) {
    for (const days& one : all) {
        turns.push_back(one.from);
        turns.push_back(next_day(one.to));
    }
    std::sort(turns.begin(), turns.end());
    turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
}

}  // namespace

bool clash_rules::looks_for(clash_check check) const {
    return std::find(checks.begin(), checks.end(), check) != checks.end();
}

bool clash_rules::looks_at(preventive_kind kind) const {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::vector<clash_span> clashes_between(preventive_kind kind, const border_side& a,
                                        const border_side& b, const clash_rules& rules) {
    if (!rules.looks_at(kind)) return {};
    std::vector<days> shifted;
    if (rules.looks_for(clash_check::calendar))
        shifted = calendar_days_of(a.of_kind, b.of_kind, rules.calendar_days);
    const timeline* lines[] = {&a.of_kind, &b.of_kind, &a.proofs, &b.proofs};
    std::vector<date> turns = turns_of(lines);
    add_turns(turns, shifted);
    interval_list out;
    for (std::size_t i = 0; i < turns.size() && turns[i] < no_end; ++i) {
        const date from = turns[i];
        const bool last = i + 1 == turns.size() || turns[i + 1] == no_end;
        const date to = last ? no_end : date{turns[i + 1].days - 1};
        const holding on_a = on_day(a.of_kind, from), on_b = on_day(b.of_kind, from);
        const clash_side side_a{on_a.level, on_a.general}, side_b{on_b.level, on_b.general};
        if (const auto check = named_by(kind, on_a, on_b, holds_on(shifted, from), rules))
            out.add(*check, from, to, side_a, side_b);
        const bool unknown_proof = unrecognised(on_a, on_day(b.proofs, from)) ||
                                   unrecognised(on_b, on_day(a.proofs, from));
        if (unknown_proof && rules.looks_for(clash_check::recognition))
            out.add(clash_check::recognition, from, to, side_a, side_b);
    }
    return out.take();
}

}  // namespace veche::prevention
