#include "situation/checks.hpp"

namespace veche::situation {
namespace {

template <class Command>
void put_again(kept<Command>& one, const Command& c, const context& ctx) {
    one.what = c;
    one.done = done_by(ctx);
    one.versions.push_back(ctx.seq);
}

template <class Key, class Command>
void put(cow_map<Key, kept<Command>>& map, const Key& key, const Command& c, const context& ctx) {
    if (!map.contains(key)) map.insert(key, {});
    put_again(map.edit(key), c, ctx);
}

/// Makes room for the days from `from` to `to`, both with.
void widen(counts& of, std::int32_t from, std::int32_t to) {
    if (of.newest.empty()) of.first = from;
    if (from < of.first) {
        of.newest.insert(of.newest.begin(), static_cast<std::size_t>(of.first - from), no_figure);
        of.first = from;
    }
    const auto days = static_cast<std::size_t>(to - of.first + 1);
    if (of.newest.size() < days) of.newest.resize(days, no_figure);
}

class recorder {
  public:
    recorder(state& s, report& told)
        : s_(s), told_(told), number_(static_cast<std::uint32_t>(s.reports.size())) {}

    void take(const count_run& run, count_basis basis) {
        const counts_key key{run.region, run.series};
        if (!s_.counted.contains(key)) s_.counted.insert(key, {});
        counts& of = s_.counted.edit(key);
        of.basis = basis;
        const auto count = static_cast<std::int32_t>(run.values.size());
        widen(of, run.from.days, run.from.days + count - 1);
        for (std::int32_t i = 0; i < count; ++i)
            say(of, run.from.days + i, run.values[static_cast<std::size_t>(i)]);
    }

    /// A figure that is as it was known is no version.
    void say(counts& of, std::int32_t day, std::int64_t value) {
        std::int64_t& known = of.newest[static_cast<std::size_t>(day - of.first)];
        ++told_.values;
        if (known == value) return;
        ++(known == no_figure ? told_.fresh : told_.changed);
        known = value;
        of.versions.push_back({value, day, number_});
    }

  private:
    state& s_;
    report& told_;
    std::uint32_t number_;
};

template <class Command>
report report_by(const Command& c, const context& ctx) {
    report out;
    out.done = done_by(ctx);
    out.source = c.source;
    out.address = c.address;
    out.reason = c.reason;
    return out;
}

void end_batch(batch& one, counts_standing how, const context& ctx) {
    one.standing = how;
    one.ended = done_by(ctx);
    one.parts = {};
}

}  // namespace

void apply(state& s, const charter::state&, const watch_region& c, const context& ctx) {
    put(s.regions, c.region, c, ctx);
}

void apply(state& s, const charter::state&, const name_series& c, const context& ctx) {
    put(s.series, c.series, c, ctx);
}

void apply(state& s, const charter::state&, const name_method& c, const context& ctx) {
    if (!s.method) s.method.emplace();
    put_again(*s.method, c, ctx);
}

void apply(state& s, const charter::state&, const report_counts& c, const context& ctx) {
    report told = report_by(c, ctx);
    recorder into(s, told);
    for (const count_run& run : c.runs) into.take(run, c.basis);
    s.reports.push_back(std::move(told));
}

void apply(state& s, const charter::state&, const stage_counts& c, const context& ctx) {
    if (!s.batches.contains(c.batch)) {
        batch fresh;
        fresh.done = done_by(ctx);
        s.batches.insert(c.batch, std::move(fresh));
    }
    batch& one = s.batches.edit(c.batch);
    ++one.part_count;
    one.values += values_in(c.runs);
    one.parts.push_back(c.runs);
}

void apply(state& s, const charter::state&, const accept_counts& c, const context& ctx) {
    report told = report_by(c, ctx);
    told.batch = c.batch;
    recorder into(s, told);
    const shared_list<std::vector<count_run>> parts = s.batches.find(c.batch)->parts;
    for (const std::vector<count_run>& part : parts)
        for (const count_run& run : part) into.take(run, c.basis);
    s.reports.push_back(std::move(told));
    end_batch(s.batches.edit(c.batch), counts_standing::reported, ctx);
}

void apply(state& s, const charter::state&, const discard_counts& c, const context& ctx) {
    end_batch(s.batches.edit(c.batch), counts_standing::discarded, ctx);
}

void apply(state& s, const charter::state&, const withdraw_counts& c, const context& ctx) {
    report told;
    told.done = done_by(ctx);
    told.reason = c.reason;
    recorder into(s, told);
    counts& of = s.counted.edit(counts_key{c.region, c.series});
    for (std::int32_t day = c.from.days; day <= c.until.days; ++day)
        if (figure_on(of, day) != no_figure) into.say(of, day, no_figure);
    s.reports.push_back(std::move(told));
}

}  // namespace veche::situation
