#include "assembly/agenda.hpp"

#include <algorithm>

namespace veche::assembly {

namespace {

const agenda_item* find(const std::vector<agenda_item>& agenda, const item_id& id) {
    const auto at = std::find_if(agenda.begin(), agenda.end(),
                                 [&](const agenda_item& item) { return item.id == id; });
    return at == agenda.end() ? nullptr : &*at;
}

std::size_t place_of(const std::vector<agenda_item>& agenda, const item_id& id) {
    return static_cast<std::size_t>(find(agenda, id) - agenda.data());
}

std::size_t depth_of(const std::vector<agenda_item>& agenda, const agenda_item& item) {
    std::size_t depth = 0;
    for (const agenda_item* up = &item; up->under; up = find(agenda, *up->under)) ++depth;
    return depth;
}

std::optional<instant> later(std::optional<instant> a, std::optional<instant> b) {
    if (!a || !b) return a ? a : b;
    return std::max(*a, *b);
}

/// Goes through an agenda with the clock in hand.
class walker {
  public:
    walker(const std::vector<agenda_item>& agenda, std::optional<instant> now)
        : agenda_(agenda),
          outline_(outline_of(agenda)),
          states_(now ? states_of(agenda)
                      : std::vector<item_state>(agenda.size(), item_state::waiting)),
          now_(now) {
        made_.items.resize(agenda.size());
    }

    timetable walk(instant from) {
        clock_ = from;
        level(0, agenda_.size());
        made_.end = clock_;
        return std::move(made_);
    }

  private:
    [[nodiscard]] bool runs(std::size_t i) const { return states_[i] == item_state::running; }
    [[nodiscard]] bool over(std::size_t i) const { return states_[i] == item_state::done; }

    /// The items of one level: the one that runs, then those that wait, in order.
    void level(std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; i = outline_[i].end)
            if (runs(i)) item(i);
        for (std::size_t i = first; i < last; i = outline_[i].end)
            if (!runs(i) && !over(i)) item(i);
    }

    void item(std::size_t i) {
        item_time& time = made_.items[i];
        if (!runs(i))
            clock_ = clock_ ? later(clock_, agenda_[i].not_before) : agenda_[i].not_before;
        time.start = runs(i) ? agenda_[i].dealt_with.front().from : clock_;
        const std::optional<instant> least = end_by_length(i);
        const bool parts = outline_[i].end > i + 1;
        if (parts) level(i + 1, outline_[i].end);
        time.end = !parts ? least : clock_ ? later(clock_, least) : least;
        clock_ = time.end;
    }

    /// The clock when the item's own length is used up.
    [[nodiscard]] std::optional<instant> end_by_length(std::size_t i) const {
        const agenda_item& item = agenda_[i];
        if (!item.minutes || !clock_) return std::nullopt;
        std::int64_t left = *item.minutes * ms_per_minute;
        if (now_)
            for (const span& one : item.dealt_with)
                left -= one.until.value_or(*now_).ms - one.from.ms;
        return instant{clock_->ms + std::max<std::int64_t>(left, 0)};
    }

    const std::vector<agenda_item>& agenda_;
    std::vector<outline_place> outline_;
    std::vector<item_state> states_;
    std::optional<instant> now_;  ///< nothing where only the plan counts
    std::optional<instant> clock_;
    timetable made_;
};

}  // namespace

std::vector<outline_place> outline_of(const std::vector<agenda_item>& agenda) {
    std::vector<outline_place> out;
    std::vector<std::size_t> open;  // the item at each depth whose subtree is not over
    std::vector<int> counts;        // how many items each depth has had
    for (const agenda_item& item : agenda) {
        const std::size_t depth = depth_of(agenda, item);
        for (; open.size() > depth; open.pop_back()) out[open.back()].end = out.size();
        counts.resize(depth + 1, 0);
        ++counts[depth];
        std::string label;
        for (const int count : counts) label += (label.empty() ? "" : ".") + std::to_string(count);
        open.push_back(out.size());
        out.push_back({std::move(label), depth, 0});
    }
    for (const std::size_t last : open) out[last].end = out.size();
    return out;
}

std::vector<item_state> states_of(const std::vector<agenda_item>& agenda) {
    const auto outline = outline_of(agenda);
    std::vector<item_state> out(agenda.size(), item_state::waiting);
    // From the last to the first: what stands under an item is known before it.
    for (std::size_t i = agenda.size(); i-- > 0;) {
        bool waits = false;
        for (std::size_t part = i + 1; part < outline[i].end; part = outline[part].end)
            waits = waits || out[part] == item_state::waiting;
        if (agenda[i].running())
            out[i] = item_state::running;
        else if (agenda[i].closed || (!agenda[i].dealt_with.empty() && !waits))
            out[i] = item_state::done;
    }
    return out;
}

std::size_t height_of(const std::vector<agenda_item>& agenda, const item_id& root) {
    const std::size_t top = depth_of(agenda, *find(agenda, root));
    std::size_t most = 0;
    for (const agenda_item& item : agenda)
        if (stands_within(agenda, item.id, root))
            most = std::max(most, depth_of(agenda, item) - top + 1);
    return most;
}

bool stands_within(const std::vector<agenda_item>& agenda, const item_id& item,
                   const item_id& root) {
    for (const agenda_item* up = find(agenda, item); up; up = find(agenda, *up->under)) {
        if (up->id == root) return true;
        if (!up->under) return false;
    }
    return false;
}

agenda_gap gap_of(const std::vector<agenda_item>& agenda, const std::optional<item_id>& before,
                  const std::optional<item_id>& under) {
    if (before) return {place_of(agenda, *before), find(agenda, *before)->under};
    if (under) return {outline_of(agenda)[place_of(agenda, *under)].end, under};
    return {agenda.size(), std::nullopt};
}

timetable plan_of(const session& s, instant from) {
    return walker(s.agenda, std::nullopt).walk(from);
}

timetable forecast_of(const session& s, instant now) {
    if (s.over() || s.mode == session_mode::written) {
        timetable none;
        none.items.resize(s.agenda.size());
        return none;
    }
    const bool open = s.status == session_status::open;
    return walker(s.agenda, now).walk(open ? now : std::max(now, s.starts));
}

}  // namespace veche::assembly
