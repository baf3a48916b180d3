#include "gravity/sample.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "gravity/level_counts.hpp"
#include "gravity/pair_rule.hpp"
#include "gravity/refusal.hpp"

namespace veche::gravity {
namespace {

constexpr std::string_view fate_names[fates] = {
    "used", "missing", "weightless", "singleton", "level_zero", "separated_effects", "separated"};
constexpr std::string_view fate_meanings[fates] = {
    "used",
    "a cell is missing",
    "weight 0",
    "alone in a level of an effect",
    "in a level without any positive outcome",
    "separated by two effects",
    "separated by regressors or more than two effects"};

std::string row_text(std::size_t row) {
    return std::to_string(row + 1);
}

result<void> check_shapes(const model& m) {
    const std::size_t n = m.outcome.size();
    std::set<std::string> names;
    const auto check = [&](const std::string& name, std::size_t length,
                           bool unique) -> result<void> {
        if (length != n)
            return refuse(refusals::length_differs, name, name, std::to_string(length),
                          std::to_string(n));
        if (unique && !names.insert(name).second)
            return refuse(refusals::name_repeated, name, name);
        return {};
    };
    for (const regressor& one : m.regressors) VECHE_CHECK(check(one.name, one.values.size(), true));
    names.clear();
    for (const grouping& one : m.effects) VECHE_CHECK(check(one.name, one.code.size(), true));
    for (const grouping& one : m.clusters) VECHE_CHECK(check(one.name, one.code.size(), false));
    if (!m.weights.empty()) VECHE_CHECK(check("weights", m.weights.size(), false));
    if (!m.offset.empty()) VECHE_CHECK(check("offset", m.offset.size(), false));
    return {};
}

/// The first row that is at fault, if any: `at_fault` looks at one, and may mark it.
template <class At_fault>
std::optional<std::size_t> first_at_fault(std::size_t n, numerics::workers& crew,
                                          const At_fault& at_fault) {
    const std::size_t parts = n / rows_of_part + 1;
    std::vector<std::size_t> first(parts, n);
    crew.run(parts, [&](std::size_t part) {
        const std::size_t end = n * (part + 1) / parts;
        for (std::size_t i = n * part / parts; i < end && first[part] == n; ++i)
            if (at_fault(i)) first[part] = i;
    });
    const std::size_t least = *std::min_element(first.begin(), first.end());
    return least < n ? std::optional(least) : std::nullopt;
}

/// Marks missing numbers; refuses infinite ones.
result<void> look_at(std::span<const double> values, const std::string& name, sample& s,
                     numerics::workers& crew) {
    const auto bad = first_at_fault(values.size(), crew, [&](std::size_t i) {
        if (std::isfinite(values[i])) return false;
        s.of_row[i] = fate::missing;
        return !std::isnan(values[i]);
    });
    if (bad) return refuse(refusals::not_finite, name, row_text(*bad), name);
    return {};
}

result<void> look_at(const grouping& one, sample& s, numerics::workers& crew) {
    const auto bad = first_at_fault(one.code.size(), crew, [&](std::size_t i) {
        if (one.code[i] == -1) s.of_row[i] = fate::missing;
        return one.code[i] < -1 || one.code[i] >= one.levels;
    });
    if (bad)
        return refuse(refusals::code_out_of_range, one.name, row_text(*bad), one.name,
                      std::to_string(one.code[*bad]));
    return {};
}

result<void> look_at_cells(const model& m, sample& s, numerics::workers& crew) {
    VECHE_CHECK(look_at(m.outcome, m.outcome_name.empty() ? "outcome" : m.outcome_name, s, crew));
    for (const regressor& one : m.regressors) VECHE_CHECK(look_at(one.values, one.name, s, crew));
    for (const grouping& one : m.effects) VECHE_CHECK(look_at(one, s, crew));
    for (const grouping& one : m.clusters) VECHE_CHECK(look_at(one, s, crew));
    if (!m.offset.empty()) VECHE_CHECK(look_at(m.offset, "offset", s, crew));
    if (!m.weights.empty()) VECHE_CHECK(look_at(m.weights, "weights", s, crew));
    const auto below = first_at_fault(m.outcome.size(), crew, [&](std::size_t i) {
        if (s.of_row[i] != fate::used) return false;
        if (m.of == family::poisson && m.outcome[i] < 0) return true;
        if (m.weights.empty() || m.weights[i] > 0) return false;
        s.of_row[i] = fate::weightless;
        return m.weights[i] < 0;
    });
    if (!below) return {};
    if (m.of == family::poisson && m.outcome[*below] < 0)
        return refuse(refusals::outcome_negative, m.outcome_name, row_text(*below),
                      fmt::format("{}", m.outcome[*below]));
    return refuse(refusals::weight_negative, "weights", row_text(*below),
                  fmt::format("{}", m.weights[*below]));
}

/// Drops rows until nothing more has to go.
class reduction {
  public:
    reduction(const model& m, const settings& how, sample& s, numerics::workers& crew)
        : m_(m), how_(how), s_(s), crew_(crew), counts_(m.effects.size()) {}

    void run() {
        const bool poisson = m_.of == family::poisson;
        bool again = true;
        while (again) {
            again = poisson && drop_levels(fate::level_zero);
            if (!how_.keep_singletons) again = drop_levels(fate::singleton) || again;
            if (!again && poisson && how_.find_separated) again = drop_by_pairs();
        }
        s_.count = {};
        for (const fate one : s_.of_row) ++s_.count[static_cast<std::size_t>(one)];
        s_.levels.clear();
        for (std::size_t q = 0; q < m_.effects.size(); ++q) s_.levels.push_back(counts(q).in_use());
    }

  private:
    /// Of an effect, over the rows in use now: counted once as long as none is dropped.
    const level_counts& counts(std::size_t q) {
        if (!counts_[q]) counts_[q] = count_levels(m_, s_, m_.effects[q], crew_);
        return *counts_[q];
    }
    void forget_counts() { counts_.assign(counts_.size(), std::nullopt); }

    bool drop_levels(fate why);
    void drop_levels_of(std::size_t q, separation_stage& stage);
    bool drop_by_pairs();

    const model& m_;
    const settings& how_;
    sample& s_;
    numerics::workers& crew_;
    std::vector<std::optional<level_counts>> counts_;
};

/// Drops one kind of row over all effects; whether there was any.
bool reduction::drop_levels(fate why) {
    separation_stage stage;
    stage.why = why;
    stage.a.resize(m_.effects.size());
    for (std::size_t q = 0; q < m_.effects.size(); ++q) drop_levels_of(q, stage);
    if (stage.rows.empty()) return false;
    std::sort(stage.rows.begin(), stage.rows.end());
    s_.stages.push_back(std::move(stage));
    return true;
}

void reduction::drop_levels_of(std::size_t q, separation_stage& stage) {
    const grouping& effect = m_.effects[q];
    const level_counts& count = counts(q);
    std::vector<std::uint8_t> goes(static_cast<std::size_t>(effect.levels));
    for (std::int32_t level = 0; level < effect.levels; ++level)
        goes[level] = stage.why == fate::singleton ? count.single(level)
                                                   : count.any(level) && !count.positive(level);
    if (std::find(goes.begin(), goes.end(), 1) == goes.end()) return;
    if (stage.why == fate::level_zero) stage.a[q].assign(goes.begin(), goes.end());
    for (std::size_t i = 0; i < s_.of_row.size(); ++i)
        if (s_.of_row[i] == fate::used && goes[effect.code[i]] != 0) {
            s_.of_row[i] = stage.why;
            stage.rows.push_back(static_cast<std::uint32_t>(i));
        }
    forget_counts();
}

/// The first pair of effects that separates rows, in their order: later ones are looked at by other
/// threads meanwhile, and forgotten where an earlier one was found.
bool reduction::drop_by_pairs() {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t q = 0; q < m_.effects.size(); ++q) {
        counts(q);
        for (std::size_t r = q + 1; r < m_.effects.size(); ++r) pairs.emplace_back(q, r);
    }
    std::vector<std::optional<separation_stage>> found(pairs.size());
    std::atomic<std::size_t> first = pairs.size();
    crew_.run(pairs.size(), [&](std::size_t i) {
        if (first < i) return;
        const auto [q, r] = pairs[i];
        found[i] = separated_by_pair(m_, s_, {q, *counts_[q]}, {r, *counts_[r]});
        for (std::size_t least = first; found[i] && i < least;)
            if (first.compare_exchange_weak(least, i)) break;
    });
    if (first == pairs.size()) return false;
    separation_stage& stage = *found[first];
    for (const std::uint32_t row : stage.rows) s_.of_row[row] = stage.why;
    s_.stages.push_back(std::move(stage));
    forget_counts();
    return true;
}

}  // namespace

std::string_view name_of(fate f) {
    return fate_names[static_cast<std::size_t>(f)];
}

std::string_view meaning_of(fate f) {
    return fate_meanings[static_cast<std::size_t>(f)];
}

result<sample> prepare(const model& m, const settings& how, numerics::workers& crew) {
    VECHE_CHECK(check_shapes(m));
    sample s;
    s.of_row.resize(m.outcome.size());
    VECHE_CHECK(look_at_cells(m, s, crew));
    reduction(m, how, s, crew).run();
    if (s.used() == 0) {
        std::string why;
        for (std::size_t f = 1; f < fates; ++f)
            if (s.count[f] > 0)
                why +=
                    fmt::format("{}{} {}", why.empty() ? "" : ", ", s.count[f], fate_meanings[f]);
        return refuse(refusals::no_rows, m.outcome_name, std::to_string(s.of_row.size()),
                      std::to_string(s.of_row.size()), why.empty() ? "there was none" : why);
    }
    return s;
}

void drop(const model& m, const settings& how, separation_stage stage, sample& s,
          numerics::workers& crew) {
    for (const std::uint32_t row : stage.rows) s.of_row[row] = stage.why;
    s.stages.push_back(std::move(stage));
    reduction(m, how, s, crew).run();
}

}  // namespace veche::gravity
