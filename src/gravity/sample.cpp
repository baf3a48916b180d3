#include "gravity/sample.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

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

/// Marks missing numbers; refuses infinite ones.
result<void> look_at(std::span<const double> values, const std::string& name, sample& s) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i])) continue;
        if (std::isnan(values[i]))
            s.of_row[i] = fate::missing;
        else
            return refuse(refusals::not_finite, name, row_text(i), name);
    }
    return {};
}

result<void> look_at(const grouping& one, sample& s) {
    for (std::size_t i = 0; i < one.code.size(); ++i) {
        if (one.code[i] == -1)
            s.of_row[i] = fate::missing;
        else if (one.code[i] < 0 || one.code[i] >= one.levels)
            return refuse(refusals::code_out_of_range, one.name, row_text(i), one.name,
                          std::to_string(one.code[i]));
    }
    return {};
}

result<void> look_at_cells(const model& m, sample& s) {
    VECHE_CHECK(look_at(m.outcome, m.outcome_name.empty() ? "outcome" : m.outcome_name, s));
    for (const regressor& one : m.regressors) VECHE_CHECK(look_at(one.values, one.name, s));
    for (const grouping& one : m.effects) VECHE_CHECK(look_at(one, s));
    for (const grouping& one : m.clusters) VECHE_CHECK(look_at(one, s));
    if (!m.offset.empty()) VECHE_CHECK(look_at(m.offset, "offset", s));
    if (!m.weights.empty()) VECHE_CHECK(look_at(m.weights, "weights", s));
    for (std::size_t i = 0; i < m.outcome.size(); ++i) {
        if (s.of_row[i] != fate::used) continue;
        if (m.of == family::poisson && m.outcome[i] < 0)
            return refuse(refusals::outcome_negative, m.outcome_name, row_text(i),
                          fmt::format("{}", m.outcome[i]));
        if (m.weights.empty()) continue;
        if (m.weights[i] < 0)
            return refuse(refusals::weight_negative, "weights", row_text(i),
                          fmt::format("{}", m.weights[i]));
        if (m.weights[i] == 0) s.of_row[i] = fate::weightless;
    }
    return {};
}

/// How many rows in use bear each level of an effect (up to 2), and whether one has an outcome.
class level_counts {
  public:
    explicit level_counts(std::size_t levels) : of_(levels) {}
    void add(std::int32_t level, bool positive) {
        std::uint8_t& one = of_[level];
        one |= static_cast<std::uint8_t>((one & 1) << 1 | 1 | (positive ? 4 : 0));
    }
    [[nodiscard]] bool any(std::int32_t level) const { return (of_[level] & 1) != 0; }
    [[nodiscard]] bool single(std::int32_t level) const { return (of_[level] & 3) == 1; }
    [[nodiscard]] bool positive(std::int32_t level) const { return (of_[level] & 4) != 0; }
    [[nodiscard]] std::int32_t in_use() const {
        return static_cast<std::int32_t>(
            std::count_if(of_.begin(), of_.end(), [](std::uint8_t one) { return one != 0; }));
    }

  private:
    std::vector<std::uint8_t> of_;  // a row; a second; an outcome
};

level_counts count_levels(const model& m, const sample& s, const grouping& effect) {
    level_counts out(static_cast<std::size_t>(effect.levels));
    for (std::size_t i = 0; i < s.of_row.size(); ++i)
        if (s.of_row[i] == fate::used) out.add(effect.code[i], m.outcome[i] != 0);
    return out;
}

/// Drops one kind of row over all effects; whether there was any.
bool drop_levels(const model& m, fate why, sample& s) {
    separation_stage stage;
    stage.why = why;
    stage.a.resize(m.effects.size());
    for (std::size_t q = 0; q < m.effects.size(); ++q) {
        const grouping& effect = m.effects[q];
        const level_counts counts = count_levels(m, s, effect);
        const auto goes = [&](std::int32_t level) {
            return why == fate::singleton ? counts.single(level)
                                          : counts.any(level) && !counts.positive(level);
        };
        bool any = false;
        for (std::int32_t level = 0; level < effect.levels && !any; ++level) any = goes(level);
        if (!any) continue;
        if (why == fate::level_zero) {
            stage.a[q].resize(static_cast<std::size_t>(effect.levels));
            for (std::int32_t level = 0; level < effect.levels; ++level)
                stage.a[q][level] = goes(level) ? 1 : 0;
        }
        for (std::size_t i = 0; i < s.of_row.size(); ++i)
            if (s.of_row[i] == fate::used && goes(effect.code[i])) {
                s.of_row[i] = why;
                stage.rows.push_back(static_cast<std::uint32_t>(i));
            }
    }
    if (stage.rows.empty()) return false;
    std::sort(stage.rows.begin(), stage.rows.end());
    s.stages.push_back(std::move(stage));
    return true;
}

bool drop_by_pairs(const model& m, sample& s) {
    for (std::size_t q = 0; q < m.effects.size(); ++q)
        for (std::size_t r = q + 1; r < m.effects.size(); ++r)
            if (auto stage = separated_by_pair(m, s, q, r)) {
                for (const std::uint32_t row : stage->rows) s.of_row[row] = stage->why;
                s.stages.push_back(*std::move(stage));
                return true;
            }
    return false;
}

/// Until nothing more has to go; then counts what is left.
void drop_all(const model& m, const settings& how, sample& s) {
    const bool poisson = m.of == family::poisson;
    bool again = true;
    while (again) {
        again = poisson && drop_levels(m, fate::level_zero, s);
        if (!how.keep_singletons) again = drop_levels(m, fate::singleton, s) || again;
        if (!again && poisson && how.find_separated) again = drop_by_pairs(m, s);
    }
    s.count = {};
    for (const fate one : s.of_row) ++s.count[static_cast<std::size_t>(one)];
    s.levels.clear();
    for (const grouping& effect : m.effects)
        s.levels.push_back(count_levels(m, s, effect).in_use());
}

}  // namespace

std::string_view name_of(fate f) {
    return fate_names[static_cast<std::size_t>(f)];
}

std::string_view meaning_of(fate f) {
    return fate_meanings[static_cast<std::size_t>(f)];
}

result<sample> prepare(const model& m, const settings& how) {
    VECHE_CHECK(check_shapes(m));
    sample s;
    s.of_row.resize(m.outcome.size());
    VECHE_CHECK(look_at_cells(m, s));
    drop_all(m, how, s);
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

void drop(const model& m, const settings& how, separation_stage stage, sample& s) {
    for (const std::uint32_t row : stage.rows) s.of_row[row] = stage.why;
    s.stages.push_back(std::move(stage));
    drop_all(m, how, s);
}

}  // namespace veche::gravity
