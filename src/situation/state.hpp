#pragma once
// Every figure that was ever reported, by series, region and day, and the reports that said so.

#include "kernel/cow.hpp"
#include "kernel/shared_list.hpp"
#include "situation/commands.hpp"

namespace veche::situation {

/// Who did something, under which office, when and by which entry.
struct doing {
    person_id by;
    std::string as;
    instant at;
    std::uint64_t seq = 0;
};

inline doing done_by(const context& ctx) {
    return {ctx.actor, ctx.auth, ctx.at, ctx.seq};
}

/// The newest record holds; `versions` are the entries of all.
template <class Command>
struct kept {
    Command what;
    doing done;
    std::vector<std::uint64_t> versions;
};

/// The value of a day that has none. No report is not nought.
inline constexpr std::int64_t no_figure = -1;

/// What a report said of a day that was not known before, or known otherwise. Sixteen bytes: a
/// union of 83 regions has hundreds of thousands.
struct count_version {
    std::int64_t value = no_figure;
    std::int32_t day = 0;      ///< as a date has it
    std::uint32_t report = 0;  ///< its place in `state::reports`
};

/// A series of a region. Versions stand in the order of their reports, so that what was known on a
/// day is what stands before a certain one.
struct counts {
    count_basis basis{};
    std::int32_t first = 0;            ///< day of `newest.front()`
    std::vector<std::int64_t> newest;  ///< by day
    std::vector<count_version> versions;
};

struct counts_key {
    region_id region;
    series_id series;
    auto operator<=>(const counts_key&) const = default;
};

/// An act that said something of counts.
struct report {
    doing done;
    std::string source;
    std::optional<std::string> address;
    localized reason;
    std::optional<batch_id> batch;
    std::int64_t values = 0;   ///< how many it named
    std::int64_t fresh = 0;    ///< of days without a figure before
    std::int64_t changed = 0;  ///< of days with another figure before
};

enum class counts_standing : std::uint8_t { waiting, reported, discarded };
VECHE_CHOICES(counts_standing, waiting, reported, discarded)

struct batch {
    doing done;
    counts_standing standing{};
    shared_list<std::vector<count_run>> parts;  ///< empty once it has ended
    std::int32_t part_count = 0;
    std::int64_t values = 0;
    doing ended;
};

struct state {
    cow_map<region_id, kept<watch_region>> regions;
    cow_map<series_id, kept<name_series>> series;
    std::optional<kept<name_method>> method;
    cow_map<counts_key, counts> counted;
    shared_list<report> reports;  ///< in the order of their entries
    cow_map<batch_id, batch> batches;
};

}  // namespace veche::situation
