#include "prevention/timeline.hpp"

#include <algorithm>

namespace veche::prevention {
namespace {

void unite(std::vector<std::string>& into, const std::vector<std::string>& more) {
    into.insert(into.end(), more.begin(), more.end());
    std::sort(into.begin(), into.end());
    into.erase(std::unique(into.begin(), into.end()), into.end());
}

void add_to(holding& all, const holding& one) {
    if (one.level > all.level) {
        all.level = one.level;
        all.general = one.general;
    } else if (one.level == all.level) {
        all.general = all.general || one.general;
    }
    unite(all.asks, one.asks);
    unite(all.issues, one.issues);
}

std::vector<date> turns_in(std::span<const stretch> all) {
    std::vector<date> turns;
    for (const stretch& one : all) {
        turns.push_back(one.from);
        turns.push_back(next_day(one.to));
    }
    return turns;
}

void in_order(std::vector<date>& days) {
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
}

}  // namespace

timeline laid_out(std::span<const stretch> orders) {
    std::vector<const stretch*> waiting;
    for (const stretch& one : orders) waiting.push_back(&one);
    std::sort(waiting.begin(), waiting.end(),
              [](const stretch* a, const stretch* b) { return a->from < b->from; });
    std::vector<date> turns = turns_in(orders);
    in_order(turns);
    timeline out;
    std::vector<const stretch*> running;
    std::size_t next = 0;
    for (std::size_t i = 0; i < turns.size() && turns[i] < no_end; ++i) {
        const date day = turns[i];
        while (next < waiting.size() && waiting[next]->from <= day)
            running.push_back(waiting[next++]);
        std::erase_if(running, [&](const stretch* one) { return one->to < day; });
        if (running.empty()) continue;
        holding now;
        for (const stretch* one : running) add_to(now, one->what);
        const bool last = i + 1 == turns.size() || turns[i + 1] == no_end;
        const date to = last ? no_end : date{turns[i + 1].days - 1};
        if (!out.empty() && out.back().what == now && next_day(out.back().to) == day)
            out.back().to = to;
        else
            out.push_back({day, to, std::move(now)});
    }
    return out;
}

holding on_day(const timeline& line, date day) {
    const auto after = std::upper_bound(line.begin(), line.end(), day,
                                        [](date d, const stretch& one) { return d < one.from; });
    if (after == line.begin() || std::prev(after)->to < day) return {};
    return std::prev(after)->what;
}

std::vector<date> turns_of(std::span<const timeline* const> lines) {
    std::vector<date> all;
    for (const timeline* line : lines) {
        const std::vector<date> turns = turns_in(*line);
        all.insert(all.end(), turns.begin(), turns.end());
    }
    in_order(all);
    return all;
}

std::int64_t days_apart(std::span<const timeline> places, std::int32_t gap) {
    std::vector<const timeline*> lines;
    for (const timeline& one : places) lines.push_back(&one);
    const std::vector<date> turns = turns_of(lines);
    std::int64_t days = 0;
    for (std::size_t i = 0; i + 1 < turns.size(); ++i) {
        std::int32_t low = std::numeric_limits<std::int32_t>::max(), high = 0;
        for (const timeline& one : places) {
            const std::int32_t level = on_day(one, turns[i]).level;
            low = std::min(low, level);
            high = std::max(high, level);
        }
        if (high - low >= gap) days += turns[i + 1].days - turns[i].days;
    }
    return days;
}

}  // namespace veche::prevention
