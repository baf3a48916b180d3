#include "tables/table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "tables/refusal.hpp"

namespace veche::tables {
namespace {

constexpr double absent_number = std::numeric_limits<double>::quiet_NaN();

bool all_missing(const column& c) {
    return c.rows > 0 && c.missing == c.rows;
}

template <class Cell>
bool is_absent(const column& c, Cell cell) {
    return c.missing > 0 && cell == std::numeric_limits<Cell>::max();
}

/// Levels of numbers: the distinct ones by size.
template <class Number>
std::vector<std::int32_t> ranks_of(const std::vector<Number>& cells, std::vector<Number>& distinct,
                                   bool (*absent)(Number)) {
    for (const Number one : cells)
        if (!absent(one) && (distinct.empty() || distinct.back() != one)) distinct.push_back(one);
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::vector<std::int32_t> out(cells.size(), -1);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (absent(cells[i])) continue;
        if (i > 0 && cells[i] == cells[i - 1]) {
            out[i] = out[i - 1];
            continue;
        }
        out[i] = static_cast<std::int32_t>(
            std::lower_bound(distinct.begin(), distinct.end(), cells[i]) - distinct.begin());
    }
    return out;
}

/// Below so many different cells levels are found by counting instead of sorting.
constexpr std::uint64_t most_counted = std::uint64_t{1} << 22;

/// The greatest cell that is not missing; nothing where all are, or where there are no cells.
std::optional<std::uint64_t> greatest_cell(const column& c) {
    if (c.width == 0 || c.missing == c.rows) return std::nullopt;
    return with_cells(c, [&](const auto* cells) {
        std::uint64_t out = 0;
        for (std::size_t i = 0; i < c.rows; ++i)
            if (!is_absent(c, cells[i])) out = std::max<std::uint64_t>(out, cells[i]);
        return out;
    });
}

level_list counted_levels(const column& c, std::uint64_t greatest) {
    level_list out;
    out.code.assign(c.rows, -1);
    std::vector<std::int32_t> rank(greatest + 1, -1);
    with_cells(c, [&](const auto* cells) {
        for (std::size_t i = 0; i < c.rows; ++i)
            if (!is_absent(c, cells[i])) rank[cells[i]] = 0;
        for (std::uint64_t cell = 0; cell <= greatest; ++cell) {
            if (rank[cell] < 0) continue;
            rank[cell] = static_cast<std::int32_t>(out.names.size());
            out.names.push_back(to_text(c.base + static_cast<std::int64_t>(cell), c.scale));
        }
        for (std::size_t i = 0; i < c.rows; ++i)
            if (!is_absent(c, cells[i])) out.code[i] = rank[cells[i]];
    });
    return out;
}

}  // namespace

result<table> table::of(std::vector<column> columns, table_source source) {
    std::set<std::string_view> names;
    for (const column& one : columns) {
        if (!names.insert(one.name).second)
            return refuse(refusals::column_repeated, "columns", one.name);
        if (one.rows != columns.front().rows)
            return refuse(refusals::lengths_differ, "columns", one.name, std::to_string(one.rows),
                          std::to_string(columns.front().rows));
    }
    table out;
    out.rows_ = columns.empty() ? 0 : columns.front().rows;
    out.columns_ = std::move(columns);
    out.source_ = std::move(source);
    return out;
}

bool table::has(std::string_view name) const {
    return std::any_of(columns_.begin(), columns_.end(),
                       [&](const column& one) { return one.name == name; });
}

result<const column*> table::find(std::string_view name) const {
    std::string others;
    for (const column& one : columns_) {
        if (one.name == name) return &one;
        others += (others.empty() ? "" : ", ") + one.name;
    }
    return refuse(refusals::column_unknown, "column", std::string(name),
                  others.empty() ? "none" : others);
}

result<std::vector<double>> table::numbers(std::string_view name) const {
    const column* one = VECHE_TRY(find(name));
    if (one->kind == column_kind::words)
        return refuse(refusals::not_numbers, "column", one->name,
                      one->words->empty() ? "none" : one->words->front());
    return numbers_of(*one);
}

result<level_list> table::levels(std::string_view name) const {
    const column* one = VECHE_TRY(find(name));
    return levels_of(*one);
}

std::vector<double> numbers_of(const column& c) {
    std::vector<double> out(c.rows, absent_number);
    if (c.kind == column_kind::words || all_missing(c)) return out;
    if (c.kind == column_kind::real) {
        const auto* cells = reinterpret_cast<const double*>(c.cells);
        std::copy(cells, cells + c.rows, out.begin());
    } else if (c.width == 0) {
        std::fill(out.begin(), out.end(), to_double(c.base, c.scale));
    } else {
        with_cells(c, [&](const auto* cells) {
            for (std::size_t i = 0; i < c.rows; ++i)
                if (!is_absent(c, cells[i]))
                    out[i] = to_double(c.base + static_cast<std::int64_t>(cells[i]), c.scale);
        });
    }
    return out;
}

std::vector<std::int64_t> mantissas_of(const column& c, std::uint64_t from, std::uint64_t count) {
    if (c.kind != column_kind::exact) return {};
    std::vector<std::int64_t> out(count, all_missing(c) ? no_mantissa : c.base);
    if (c.width == 0) return out;
    with_cells(c, [&](const auto* cells) {
        cells += from;
        for (std::size_t i = 0; i < count; ++i)
            out[i] =
                is_absent(c, cells[i]) ? no_mantissa : c.base + static_cast<std::int64_t>(cells[i]);
    });
    return out;
}

std::vector<std::int32_t> codes_of(const column& c) {
    if (c.kind != column_kind::words) return {};
    std::vector<std::int32_t> out(c.rows, all_missing(c) ? -1 : 0);
    if (c.width == 0) return out;
    with_cells(c, [&](const auto* cells) {
        for (std::size_t i = 0; i < c.rows; ++i)
            out[i] = is_absent(c, cells[i]) ? -1 : static_cast<std::int32_t>(cells[i]);
    });
    return out;
}

level_list levels_of(const column& c) {
    if (c.kind == column_kind::words) return {codes_of(c), *c.words};
    level_list out;
    if (c.kind == column_kind::exact) {
        if (const auto greatest = greatest_cell(c); greatest && *greatest < most_counted)
            return counted_levels(c, *greatest);
        std::vector<std::int64_t> distinct;
        out.code = ranks_of<std::int64_t>(mantissas_of(c, 0, c.rows), distinct,
                                          [](std::int64_t one) { return one == no_mantissa; });
        for (const std::int64_t one : distinct) out.names.push_back(to_text(one, c.scale));
        return out;
    }
    std::vector<double> distinct;
    out.code = ranks_of<double>(numbers_of(c), distinct, [](double one) { return one != one; });
    for (const double one : distinct) out.names.push_back(to_text(one));
    return out;
}

std::optional<std::string> text_of(const column& c, std::uint64_t row) {
    if (all_missing(c)) return std::nullopt;
    if (c.kind == column_kind::real) {
        const double value = reinterpret_cast<const double*>(c.cells)[row];
        if (std::isnan(value)) return std::nullopt;
        return to_text(value);
    }
    std::int64_t cell = 0;
    if (c.width > 0) {
        const bool missing = with_cells(c, [&](const auto* cells) {
            cell = static_cast<std::int64_t>(cells[row]);
            return is_absent(c, cells[row]);
        });
        if (missing) return std::nullopt;
    }
    if (c.kind == column_kind::words) return (*c.words)[static_cast<std::size_t>(cell)];
    return to_text(c.base + cell, c.scale);
}

}  // namespace veche::tables
