#include "tables/query.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

#include "tables/packing.hpp"
#include "tables/refusal.hpp"

namespace veche::tables {
namespace {

__extension__ typedef __int128 wide_sum;

constexpr std::size_t mask_rows = 4'096;
using row_mask = std::array<std::uint8_t, mask_rows>;

/// What a filter looks for in the cells themselves.
struct cell_filter {
    const column* in = nullptr;
    std::vector<std::uint64_t> cells;
    std::vector<double> doubles;
    bool all = false;  ///< a column of width 0 whose one value is asked for
};

std::optional<std::uint64_t> word_cell(const column& c, const std::string& value) {
    const auto at = std::lower_bound(c.words->begin(), c.words->end(), value);
    if (at == c.words->end() || *at != value) return std::nullopt;
    return static_cast<std::uint64_t>(at - c.words->begin());
}

/// The cell of a number; nothing where no cell of the column can be it.
std::optional<std::uint64_t> decimal_cell(const column& c, decimal value) {
    while (value.scale > c.scale && value.mantissa % 10 == 0) {
        value.mantissa /= 10;
        --value.scale;
    }
    if (value.scale > c.scale) return std::nullopt;
    const auto lifted = raised(value.mantissa, c.scale - value.scale);
    if (!lifted || *lifted < c.base) return std::nullopt;
    const std::uint64_t cell =
        static_cast<std::uint64_t>(*lifted) - static_cast<std::uint64_t>(c.base);
    const std::uint64_t top = c.width == 8 ? std::numeric_limits<std::uint64_t>::max()
                                           : (std::uint64_t{1} << (8 * c.width)) - 1;
    // The greatest cell stands for a missing one.
    if (cell > top || (c.missing > 0 && cell == top)) return std::nullopt;
    return cell;
}

result<cell_filter> filter_for(const table& t, const row_filter& from,
                               std::vector<std::string>* unmatched) {
    cell_filter out;
    out.in = VECHE_TRY(t.find(from.column));
    for (const std::string& value : from.values) {
        std::optional<std::uint64_t> cell;
        if (out.in->kind == column_kind::words) {
            cell = word_cell(*out.in, value);
        } else {
            decimal number;
            const auto form = read_decimal(value, '.', number);
            const auto as_double = read_double(value, '.');
            if (!as_double) return refuse(refusals::value_malformed, "where", value, out.in->name);
            if (out.in->kind == column_kind::real)
                out.doubles.push_back(*as_double);
            else if (form != number_form::real && number.mantissa != no_mantissa)
                cell = decimal_cell(*out.in, number);
        }
        if (cell) {
            out.cells.push_back(*cell);
            out.all = out.all || (out.in->width == 0 && *cell == 0);
        } else if (out.in->kind != column_kind::real && unmatched != nullptr) {
            unmatched->push_back(from.column + "=" + value);
        }
    }
    return out;
}

/// Marks the rows of a whole block that equal a value: a loop of known length, which the compiler
/// makes one of many cells at a time.
template <class Cell>
void mark_block(const Cell* cells, Cell value, row_mask& mask) {
    for (std::size_t i = 0; i < mask_rows; ++i)
        mask[i] = static_cast<std::uint8_t>(mask[i] | (cells[i] == value ? 1 : 0));
}

template <class Cell>
void mark_rows(const Cell* cells, Cell value, std::size_t rows, row_mask& mask) {
    if (rows == mask_rows) return mark_block(cells, value, mask);
    for (std::size_t i = 0; i < rows; ++i)
        mask[i] = static_cast<std::uint8_t>(mask[i] | (cells[i] == value ? 1 : 0));
}

void mark(const cell_filter& f, std::uint64_t from, std::size_t rows, row_mask& mask) {
    const column& c = *f.in;
    mask.fill(0);
    if (c.missing == c.rows) return;
    if (c.kind == column_kind::real) {
        const auto* cells = reinterpret_cast<const double*>(c.cells) + from;
        for (const double value : f.doubles) mark_rows(cells, value, rows, mask);
    } else if (c.width == 0) {
        mask.fill(f.all ? 1 : 0);
    } else {
        with_cells(c, [&]<class Cell>(const Cell* cells) {
            for (const std::uint64_t value : f.cells)
                mark_rows(cells + from, static_cast<Cell>(value), rows, mask);
        });
    }
}

void both(row_mask& kept, const row_mask& one) {
    for (std::size_t i = 0; i < mask_rows; ++i)
        kept[i] = static_cast<std::uint8_t>(kept[i] & one[i]);
}

bool any_of(const row_mask& mask) {
    std::uint64_t some = 0;
    for (std::size_t i = 0; i < mask_rows; i += 8) {
        std::uint64_t part = 0;
        std::memcpy(&part, mask.data() + i, 8);
        some |= part;
    }
    return some != 0;
}

/// Calls f(row) for each row that all filters keep.
template <class Call>
void for_each_kept(const table& t, const std::vector<cell_filter>& filters, Call f) {
    row_mask kept{};
    row_mask one{};
    for (std::uint64_t from = 0; from < t.rows(); from += mask_rows) {
        const auto rows =
            static_cast<std::size_t>(std::min<std::uint64_t>(mask_rows, t.rows() - from));
        kept.fill(1);
        bool any = true;
        for (std::size_t n = 0; n < filters.size() && any; ++n) {
            mark(filters[n], from, rows, n == 0 ? kept : one);
            if (n > 0) both(kept, one);
            any = any_of(kept);
        }
        for (std::size_t i = 0; any && i < rows; ++i)
            if (kept[i] != 0) f(from + i);
    }
}

result<std::vector<cell_filter>> filters_for(const table& t, const std::vector<row_filter>& where,
                                             std::vector<std::string>* unmatched) {
    std::vector<cell_filter> out;
    for (const row_filter& one : where) out.push_back(VECHE_TRY(filter_for(t, one, unmatched)));
    return out;
}

/// The cell of a row as a number that orders like what it stands for; missing is the greatest.
std::uint64_t key_of(const column& c, std::uint64_t row) {
    constexpr std::uint64_t missing = std::numeric_limits<std::uint64_t>::max();
    if (c.missing == c.rows) return missing;
    if (c.kind == column_kind::real) {
        const double value = reinterpret_cast<const double*>(c.cells)[row];
        if (std::isnan(value)) return missing;
        // Positive doubles order as their bits do, negative ones against them. Zero has one sign.
        const auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
        return bits >> 63 != 0 ? ~bits : bits | std::uint64_t{1} << 63;
    }
    if (c.width == 0) return 0;
    return with_cells(c, [&]<class Cell>(const Cell* cells) -> std::uint64_t {
        const Cell cell = cells[row];
        return c.missing > 0 && cell == std::numeric_limits<Cell>::max() ? missing : cell;
    });
}

struct group_state {
    std::uint64_t parent = 0, key = 0;  // of the group by fewer columns, and of the last of them
    std::uint64_t first_row = 0, rows = 0, missing = 0;
    wide_sum exact = 0;
    double sum = 0, lost = 0;
};

/// Groups by a row of keys, found again by hash and put in order at the end.
class grouping {
  public:
    std::size_t group(std::uint64_t parent, std::uint64_t key, std::uint64_t row) {
        if (groups_.size() * 2 >= slots_.size()) grow();
        std::size_t at = place_of(parent, key);
        while (slots_[at] >= 0) {
            const auto found = static_cast<std::size_t>(slots_[at]);
            if (groups_[found].parent == parent && groups_[found].key == key) return found;
            at = (at + 1) & (slots_.size() - 1);
        }
        slots_[at] = static_cast<std::int64_t>(groups_.size());
        group_state made;
        made.parent = parent;
        made.key = key;
        made.first_row = row;
        groups_.push_back(made);
        return groups_.size() - 1;
    }
    std::vector<group_state>& groups() { return groups_; }

  private:
    [[nodiscard]] std::size_t place_of(std::uint64_t parent, std::uint64_t key) const {
        std::uint64_t mixed = (key + 1) * 0x9E3779B97F4A7C15 ^ (parent + 1) * 0xC2B2AE3D27D4EB4F;
        mixed ^= mixed >> 31;
        return static_cast<std::size_t>(mixed) & (slots_.size() - 1);
    }
    void grow() {
        slots_.assign(slots_.size() * 4, -1);
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            std::size_t at = place_of(groups_[i].parent, groups_[i].key);
            while (slots_[at] >= 0) at = (at + 1) & (slots_.size() - 1);
            slots_[at] = static_cast<std::int64_t>(i);
        }
    }
    std::vector<std::int64_t> slots_ = std::vector<std::int64_t>(256, -1);
    std::vector<group_state> groups_;
};

void add_value(group_state& to, const column& c, std::uint64_t row) {
    ++to.rows;
    if (c.kind == column_kind::real) {
        const double value = reinterpret_cast<const double*>(c.cells)[row];
        if (std::isnan(value)) {
            ++to.missing;
            return;
        }
        const double sum = to.sum + value;
        to.lost +=
            std::abs(to.sum) >= std::abs(value) ? (to.sum - sum) + value : (value - sum) + to.sum;
        to.sum = sum;
        return;
    }
    const std::uint64_t cell = key_of(c, row);
    if (cell == std::numeric_limits<std::uint64_t>::max())
        ++to.missing;
    else
        to.exact += c.base + static_cast<std::int64_t>(cell);
}

std::string digits_of(wide_sum value, std::uint8_t scale) {
    const bool negative = value < 0;
    std::string digits;
    for (wide_sum rest = negative ? -value : value; rest > 0; rest /= 10)
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    if (digits.size() <= scale) digits.insert(0, scale + 1U - digits.size(), '0');
    if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
    return negative ? "-" + digits : digits;
}

group_sum answer_of(const group_state& from, const std::vector<const column*>& by,
                    const column& value) {
    group_sum out;
    for (const column* one : by) out.keys.push_back(text_of(*one, from.first_row));
    out.rows = from.rows;
    out.missing = from.missing;
    if (value.kind == column_kind::real) {
        out.sum = from.sum + from.lost;
    } else {
        out.exact = digits_of(from.exact, value.scale);
        out.sum = read_double(out.exact, '.').value_or(0);
    }
    return out;
}

}  // namespace

result<sum_answer> sum_by(const table& t, const sum_query& query) {
    sum_answer out;
    const auto filters = VECHE_TRY(filters_for(t, query.where, &out.unmatched));
    std::vector<const column*> by;
    for (const std::string& one : query.by) by.push_back(VECHE_TRY(t.find(one)));
    const column* value = VECHE_TRY(t.find(query.value));
    if (value->kind == column_kind::words) VECHE_CHECK(t.numbers(query.value));
    // One level of groups for each key, so that a group has its way of keys.
    std::vector<grouping> levels(by.size() + 1);
    for_each_kept(t, filters, [&](std::uint64_t row) {
        std::size_t at = 0;
        for (std::size_t i = 0; i < by.size(); ++i)
            at = levels[i].group(at, key_of(*by[i], row), row);
        ++out.rows_kept;
        grouping& last = levels[by.empty() ? 0 : by.size() - 1];
        if (by.empty()) at = last.group(0, 0, row);
        add_value(last.groups()[at], *value, row);
    });
    out.rows_in = t.rows();
    std::vector<group_state>& groups = levels[by.empty() ? 0 : by.size() - 1].groups();
    std::vector<std::size_t> order(groups.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto before = [&](std::size_t a, std::size_t b) {
        for (const column* one : by) {
            const auto left = key_of(*one, groups[a].first_row);
            const auto right = key_of(*one, groups[b].first_row);
            if (left != right) return left < right;
        }
        return false;
    };
    std::sort(order.begin(), order.end(), before);
    for (const std::size_t one : order) out.groups.push_back(answer_of(groups[one], by, *value));
    return out;
}

result<std::vector<std::uint32_t>> rows_where(const table& t, const std::vector<row_filter>& where,
                                              std::vector<std::string>* unmatched) {
    const auto filters = VECHE_TRY(filters_for(t, where, unmatched));
    std::vector<std::uint32_t> out;
    for_each_kept(t, filters,
                  [&](std::uint64_t row) { out.push_back(static_cast<std::uint32_t>(row)); });
    return out;
}

table take_rows(const table& t, const std::vector<std::uint32_t>& rows) {
    std::vector<column> columns;
    for (const column& c : t.columns()) {
        if (c.kind == column_kind::real) {
            const auto* cells = reinterpret_cast<const double*>(c.cells);
            std::vector<double> some;
            for (const std::uint32_t row : rows) some.push_back(cells[row]);
            columns.push_back(real_column(c.name, c.unit, some));
        } else if (c.kind == column_kind::exact) {
            const auto all = mantissas_of(c, 0, c.rows);
            std::vector<std::int64_t> some;
            for (const std::uint32_t row : rows) some.push_back(all[row]);
            columns.push_back(exact_column(c.name, c.unit, some, c.scale));
        } else {
            const auto all = codes_of(c);
            std::vector<std::int32_t> some;
            for (const std::uint32_t row : rows) some.push_back(all[row]);
            columns.push_back(word_column(c.name, some, *c.words));
        }
    }
    return *table::of(std::move(columns), t.source());
}

}  // namespace veche::tables
