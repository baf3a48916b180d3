#pragma once
// What was known at a moment: the same figures without what was said later.

#include "situation/state.hpp"

namespace veche::situation {

/// How many of the reports had been made; all of them where no moment is named.
std::uint32_t reports_known(const state&, std::optional<instant> at);

/// Figures by day from `first` on, as so many reports had them.
struct figures {
    count_basis basis{};
    std::int32_t first = 0;
    std::vector<std::int64_t> values;  ///< `no_figure` where there is none

    [[nodiscard]] std::int64_t on(std::int32_t day) const;
    /// The newest day with a figure; nothing where there is none.
    [[nodiscard]] std::optional<std::int32_t> newest() const;
    /// The first day with a figure; only where there is one.
    [[nodiscard]] std::int32_t oldest() const;
    /// What a day added: the count of the day, or its sum less that of the day before. Nothing
    /// where a figure that it takes is missing.
    [[nodiscard]] std::optional<std::int64_t> gained(std::int32_t day) const;
    /// What the `days` days up to `day` added, in the same way.
    [[nodiscard]] std::optional<std::int64_t> gained(std::int32_t day, std::int32_t days) const;
};
figures figures_known(const counts&, std::uint32_t reports);

/// A day whose figure was changed or taken back.
struct revision {
    std::int32_t day = 0;
    std::int64_t before = 0;
    std::int64_t after = no_figure;
    std::uint32_t report = 0;
};
/// In the order of their reports, of the first `reports` of them.
std::vector<revision> revisions_in(const counts&, std::uint32_t reports);

}  // namespace veche::situation
