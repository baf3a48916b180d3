#include "tables/packing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace veche::tables {
namespace {

std::uint8_t width_for(std::uint64_t greatest, bool missing) {
    // With missing cells the greatest cell of the width is theirs.
    const std::uint64_t top = greatest + (missing ? 1 : 0);
    if (top == 0) return 0;
    for (const auto width : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{4}})
        if (top < std::uint64_t{1} << (8 * width)) return width;
    return 8;
}

constexpr double missing_number = std::numeric_limits<double>::quiet_NaN();

std::uint64_t word_hash(std::string_view word) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash ^ (hash >> 29);
}

}  // namespace

cell_packer::cell_packer(std::uint64_t rows, std::uint64_t greatest, std::uint64_t missing)
    : rows_(rows), missing_(missing) {
    if (missing < rows) width_ = width_for(greatest, missing > 0);
    room_ = std::make_shared_for_overwrite<std::uint64_t[]>((rows * width_ + 7) / 8);
}

void cell_packer::add(std::span<const std::int64_t> cells, std::int64_t base, std::int64_t absent) {
    const auto write = [&]<class Cell>(Cell* to) {
        to += at_;
        for (const std::int64_t one : cells)
            *to++ = one == absent ? std::numeric_limits<Cell>::max()
                                  : static_cast<Cell>(static_cast<std::uint64_t>(one) -
                                                      static_cast<std::uint64_t>(base));
    };
    auto* room = reinterpret_cast<std::byte*>(room_.get());
    if (width_ == 1) write(reinterpret_cast<std::uint8_t*>(room));
    if (width_ == 2) write(reinterpret_cast<std::uint16_t*>(room));
    if (width_ == 4) write(reinterpret_cast<std::uint32_t*>(room));
    if (width_ == 8) write(reinterpret_cast<std::uint64_t*>(room));
    at_ += cells.size();
}

void cell_packer::fill(column& into) const {
    into.width = width_;
    into.rows = rows_;
    into.missing = missing_;
    into.cells = reinterpret_cast<const std::byte*>(room_.get());
    into.holder = room_;
}

bool exact_builder::put_other(std::size_t at, decimal value) {
    if (value.scale < scale_) {
        const auto lifted = raised(value.mantissa, scale_ - value.scale);
        if (!lifted) return false;
        open_[at] = *lifted;
        return true;
    }
    for (std::size_t i = 0; i < at; ++i) {
        if (open_[i] == no_mantissa) continue;
        const auto lifted = raised(open_[i], value.scale - scale_);
        if (!lifted) return false;
        open_[i] = *lifted;
    }
    scale_ = value.scale;
    open_[at] = value.mantissa;
    return true;
}

void exact_builder::close(std::size_t rows) {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t greatest = no_mantissa;
    std::uint64_t missing = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        if (open_[i] == no_mantissa) {
            ++missing;
            continue;
        }
        least = std::min(least, open_[i]);
        greatest = std::max(greatest, open_[i]);
    }
    if (missing == rows) least = greatest = 0;
    block made{least, scale_, {}};
    cell_packer packer(rows, static_cast<std::uint64_t>(greatest - least), missing);
    packer.add({open_.data(), rows}, least, no_mantissa);
    made.cells.kind = column_kind::exact;
    made.cells.scale = scale_;
    made.cells.base = least;
    packer.fill(made.cells);
    blocks_.push_back(std::move(made));
    rows_ += rows;
    missing_ += missing;
}

bool exact_builder::settle(std::uint8_t scale, std::int64_t& least, std::uint64_t& range) const {
    std::int64_t greatest = no_mantissa;
    least = std::numeric_limits<std::int64_t>::max();
    for (const block& one : blocks_) {
        if (one.cells.missing == one.cells.rows) continue;
        // If the least and the greatest cell fit, all between them do.
        std::int64_t low = std::numeric_limits<std::int64_t>::max();
        std::int64_t high = no_mantissa;
        for (const std::int64_t cell : mantissas_of(one.cells, 0, one.cells.rows)) {
            if (cell == no_mantissa) continue;
            low = std::min(low, cell);
            high = std::max(high, cell);
        }
        const auto lifted_low = raised(low, scale - one.scale);
        const auto lifted_high = raised(high, scale - one.scale);
        if (!lifted_low || !lifted_high) return false;
        least = std::min(least, *lifted_low);
        greatest = std::max(greatest, *lifted_high);
    }
    if (greatest == no_mantissa) least = greatest = 0;
    range = static_cast<std::uint64_t>(greatest - least);
    return true;
}

std::optional<column> exact_builder::finish() const {
    std::int64_t least = 0;
    std::uint64_t range = 0;
    std::uint8_t scale = 0;
    for (const block& one : blocks_) scale = std::max(scale, one.scale);
    if (!settle(scale, least, range)) return std::nullopt;
    cell_packer packer(rows_, range, missing_);
    for (const block& one : blocks_) {
        auto cells = mantissas_of(one.cells, 0, one.cells.rows);
        if (const int by = scale - one.scale; by > 0)
            for (std::int64_t& cell : cells)
                if (cell != no_mantissa) cell *= powers_of_ten[static_cast<std::size_t>(by)];
        packer.add(cells, least, no_mantissa);
    }
    column out;
    out.kind = column_kind::exact;
    out.scale = scale;
    out.base = least;
    packer.fill(out);
    return out;
}

void real_builder::close(std::size_t rows) {
    kept_.insert(kept_.end(), open_.begin(), open_.begin() + static_cast<std::ptrdiff_t>(rows));
}

column real_builder::finish() const {
    return real_column({}, {}, kept_);
}

std::int32_t dictionary::code_of(std::string_view word) {
    if (last_ >= 0 && words_[static_cast<std::size_t>(last_)] == word) return last_;
    const std::uint64_t hash = word_hash(word);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const std::int32_t found = slots_[at];
        if (found < 0) {
            last_ = static_cast<std::int32_t>(words_.size());
            slots_[at] = last_;
            words_.emplace_back(word);
            hashes_.push_back(hash);
            if (words_.size() * 2 > slots_.size()) grow();
            return last_;
        }
        const auto code = static_cast<std::size_t>(found);
        if (hashes_[code] == hash && words_[code] == word) return last_ = found;
    }
}

void dictionary::grow() {
    slots_.assign(slots_.size() * 4, -1);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t code = 0; code < words_.size(); ++code) {
        std::size_t at = hashes_[code] & mask;
        while (slots_[at] >= 0) at = (at + 1) & mask;
        slots_[at] = static_cast<std::int32_t>(code);
    }
}

void word_builder::close(std::size_t rows) {
    kept_.insert(kept_.end(), open_.begin(), open_.begin() + static_cast<std::ptrdiff_t>(rows));
}

column word_builder::finish() const {
    return word_column({}, kept_, words_.words());
}

column exact_column(std::string name, std::string unit, std::span<const std::int64_t> mantissas,
                    std::uint8_t scale) {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t greatest = no_mantissa;
    std::uint64_t missing = 0;
    for (const std::int64_t one : mantissas) {
        missing += one == no_mantissa;
        if (one == no_mantissa) continue;
        least = std::min(least, one);
        greatest = std::max(greatest, one);
    }
    if (greatest == no_mantissa) least = greatest = 0;
    column out;
    out.name = std::move(name);
    out.unit = std::move(unit);
    out.scale = scale;
    out.base = least;
    cell_packer packer(mantissas.size(),
                       static_cast<std::uint64_t>(greatest) - static_cast<std::uint64_t>(least),
                       missing);
    packer.add(mantissas, least, no_mantissa);
    packer.fill(out);
    return out;
}

column real_column(std::string name, std::string unit, std::span<const double> values) {
    column out;
    out.name = std::move(name);
    out.unit = std::move(unit);
    out.kind = column_kind::real;
    out.width = 8;
    out.rows = values.size();
    auto room = std::make_shared_for_overwrite<double[]>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        out.missing += std::isnan(values[i]);
        // One pattern of bits for all that is missing, so that equal columns are equal files.
        room[static_cast<std::ptrdiff_t>(i)] = std::isnan(values[i]) ? missing_number : values[i];
    }
    out.cells = reinterpret_cast<const std::byte*>(room.get());
    out.holder = std::move(room);
    return out;
}

column number_column(std::string name, std::string unit, std::span<const double> values) {
    constexpr std::uint8_t most_places = 9;
    // Up to here rounding to a mantissa and dividing again gives the same double.
    constexpr double most = 1e15;
    std::uint8_t scale = 0;
    std::vector<std::int64_t> mantissas(values.size());
    for (std::size_t i = 0; i < values.size();) {
        const double value = values[i];
        mantissas[i] = no_mantissa;
        if (std::isnan(value)) {
            ++i;
            continue;
        }
        const double lifted = std::round(value * static_cast<double>(powers_of_ten[scale]));
        if (!(std::abs(lifted) < most) || (value == 0 && std::signbit(value)))
            return real_column(std::move(name), std::move(unit), values);
        mantissas[i] = static_cast<std::int64_t>(lifted);
        if (to_double(mantissas[i], scale) == value) {
            ++i;
            continue;
        }
        // One place more, and all from the beginning: this happens nine times at most.
        if (++scale > most_places) return real_column(std::move(name), std::move(unit), values);
        i = 0;
    }
    return exact_column(std::move(name), std::move(unit), mantissas, scale);
}

column word_column(std::string name, std::span<const std::int32_t> codes,
                   std::span<const std::string> names) {
    std::vector<std::int64_t> place(names.size(), -1);
    std::uint64_t missing = 0;
    for (const std::int32_t one : codes) {
        if (one < 0)
            ++missing;
        else
            place[static_cast<std::size_t>(one)] = 0;
    }
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (place[i] == 0) order.push_back(i);
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
    auto words = std::make_shared<std::vector<std::string>>();
    for (const std::size_t one : order) {
        if (words->empty() || words->back() != names[one]) words->push_back(names[one]);
        place[one] = static_cast<std::int64_t>(words->size()) - 1;
    }
    column out;
    out.name = std::move(name);
    out.kind = column_kind::words;
    cell_packer packer(codes.size(), words->empty() ? 0 : words->size() - 1, missing);
    std::vector<std::int64_t> some;
    for (std::size_t from = 0; from < codes.size(); from += block_rows) {
        const auto part = codes.subspan(from, std::min(block_rows, codes.size() - from));
        some.assign(part.size(), -1);
        for (std::size_t i = 0; i < part.size(); ++i)
            if (part[i] >= 0) some[i] = place[static_cast<std::size_t>(part[i])];
        packer.add(some, 0, -1);
    }
    packer.fill(out);
    out.words = std::move(words);
    return out;
}

}  // namespace veche::tables
