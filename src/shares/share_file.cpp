#include "shares/share_file.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "kernel/csv.hpp"
#include "kernel/text.hpp"
#include "shares/refusal.hpp"

namespace veche::shares {
namespace {

tl::unexpected<refusal> at_line(std::size_t line, std::string why) {
    return refuse(refusals::file_malformed, "", std::to_string(line), std::move(why));
}

/// A sheet whose first row names its columns.
class sheet {
  public:
    sheet(std::string_view csv, std::vector<std::string_view> columns)
        : rows_(csv), columns_(std::move(columns)), at_(columns_.size(), std::string::npos) {}

    /// The first `needed` of the columns must be there.
    result<void> read_head(std::size_t needed) {
        const auto head = rows_.next();
        if (!head) return at_line(rows_.line(), reason("it is empty; the first row names columns"));
        width_ = head->fields.size();
        for (std::size_t i = 0; i < width_; ++i) {
            std::string name(text::trim(head->fields[i]));
            std::transform(name.begin(), name.end(), name.begin(), [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            });
            const auto known = std::find(columns_.begin(), columns_.end(), name);
            if (known == columns_.end())
                return at_line(head->line,
                               "there is no column \"" + name + "\"; there are " + known_columns());
            std::size_t& place = at_[static_cast<std::size_t>(known - columns_.begin())];
            if (place != std::string::npos)
                return at_line(head->line, "the column \"" + name + "\" stands twice");
            place = i;
        }
        for (std::size_t i = 0; i < needed; ++i)
            if (at_[i] == std::string::npos)
                return at_line(head->line, "the column \"" + std::string(columns_[i]) +
                                               "\" is missing; there are " + known_columns());
        return {};
    }

    /// Whether there is another row; it is refused where it has another width than the first.
    result<bool> next() {
        row_ = rows_.next();
        if (!row_ && !rows_.fault().empty()) return at_line(rows_.line(), rows_.fault());
        if (row_ && row_->fields.size() != width_)
            return at_line(row_->line, "it has " + std::to_string(row_->fields.size()) +
                                           " fields, and the first row has " +
                                           std::to_string(width_));
        return row_.has_value();
    }

    [[nodiscard]] std::size_t line() const { return row_->line; }
    [[nodiscard]] std::string text_of(std::size_t column) const {
        if (at_[column] == std::string::npos) return {};
        return std::string(text::trim(row_->fields[at_[column]]));
    }
    /// Nothing where the field is empty or the column is not there.
    [[nodiscard]] result<std::optional<std::int64_t>> number(std::size_t column) const {
        const std::string field = text_of(column);
        if (field.empty()) return std::optional<std::int64_t>{};
        std::int64_t value = 0;
        const auto read = std::from_chars(field.data(), field.data() + field.size(), value);
        if (read.ec != std::errc{} || read.ptr != field.data() + field.size() || value < 0)
            return at_line(line(), "\"" + field + "\" in the column " +
                                       std::string(columns_[column]) +
                                       " is no whole number of digits alone; write it without "
                                       "decimals, blanks and signs");
        return std::optional{value};
    }

  private:
    [[nodiscard]] std::string reason(std::string otherwise) const {
        return rows_.fault().empty() ? std::move(otherwise) : rows_.fault();
    }
    [[nodiscard]] std::string known_columns() const {
        std::string all;
        for (const std::string_view one : columns_)
            all += (all.empty() ? "" : ", ") + std::string(one);
        return all;
    }

    csv_reader rows_;
    std::vector<std::string_view> columns_;
    std::vector<std::size_t> at_;
    std::size_t width_ = 0;
    std::optional<csv_row> row_;
};

/// The parts of a path, none of which may be empty.
bool is_path(std::string_view path) {
    return !path.empty() && path.front() != '/' && path.back() != '/' &&
           path.find("//") == std::string_view::npos &&
           std::count(path.begin(), path.end(), '/') < 16;
}

}  // namespace

result<grouped_contest> read_parties(std::string_view csv) {
    sheet in(csv, {"name", "votes", "min", "max", "group"});
    VECHE_CHECK(in.read_head(2));
    grouped_contest out;
    while (VECHE_TRY(in.next())) {
        party one{in.text_of(0), 0, std::nullopt, std::nullopt};
        if (one.name.empty()) return at_line(in.line(), "it has no name");
        const auto votes = VECHE_TRY(in.number(1));
        one.least = VECHE_TRY(in.number(2));
        one.most = VECHE_TRY(in.number(3));
        const std::string group = in.text_of(4);
        if (!votes) {
            if (!group.empty() || !is_path(one.name))
                return at_line(in.line(),
                               "it has no votes; give the number, or, for the bounds of a group, "
                               "its whole path as name and no group");
            out.bounds.push_back(std::move(one));
            continue;
        }
        if (!group.empty() && !is_path(group))
            return at_line(in.line(), "\"" + group +
                                          "\" is no group; write Region or Region/District, 16 "
                                          "levels at most");
        one.votes = *votes;
        out.parties.push_back({std::move(one), group});
    }
    if (out.parties.empty()) return refuse(refusals::nobody_shares, "parties");
    return out;
}

result<std::vector<claimant>> read_claims(std::string_view csv) {
    sheet in(csv, {"name", "claim", "weight"});
    VECHE_CHECK(in.read_head(2));
    std::vector<claimant> out;
    while (VECHE_TRY(in.next())) {
        claimant one{in.text_of(0), 0, std::nullopt};
        if (one.name.empty()) return at_line(in.line(), "it has no name");
        const auto claim = VECHE_TRY(in.number(1));
        if (!claim) return at_line(in.line(), "it has no claim; write 0 where there is none");
        one.claim = *claim;
        one.weight = VECHE_TRY(in.number(2));
        out.push_back(std::move(one));
    }
    return out;
}

namespace {

/// "-12.000000001" in billionths.
std::optional<std::int64_t> billionths_in(std::string_view text) {
    const bool less = text.starts_with('-');
    if (less) text.remove_prefix(1);
    const std::size_t mark = text.find_first_of(".,");
    const std::string_view whole = text.substr(0, mark);
    std::string part(mark == std::string_view::npos ? "" : text.substr(mark + 1));
    const bool bare = mark != std::string_view::npos && part.empty();
    if (bare || whole.empty() || whole.size() > 6 || part.size() > 9) return std::nullopt;
    part.resize(9, '0');
    std::int64_t value = 0;
    for (const char c : std::string(whole) + part) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return less ? -value : value;
}

}  // namespace

result<std::vector<region>> read_regions(std::string_view csv) {
    sheet in(csv, {"name", "weight", "owed"});
    VECHE_CHECK(in.read_head(2));
    std::vector<region> out;
    while (VECHE_TRY(in.next())) {
        region one{in.text_of(0), 0, 0};
        if (one.name.empty()) return at_line(in.line(), "it has no name");
        const auto weight = VECHE_TRY(in.number(1));
        if (!weight)
            return at_line(in.line(), "it has no weight; write 0 where nobody is eligible");
        one.weight = *weight;
        if (const std::string owed = in.text_of(2); !owed.empty()) {
            const auto residue = billionths_in(owed);
            if (!residue)
                return at_line(in.line(), "\"" + owed +
                                              "\" in the column owed is no number of units; write "
                                              "it as 1.25 or -0.5, with nine decimals at most");
            one.residue = *residue;
        }
        out.push_back(std::move(one));
    }
    return out;
}

std::string units_text(std::int64_t billionths) {
    const auto size = static_cast<std::uint64_t>(billionths < 0 ? -billionths : billionths);
    std::string part = fmt::format("{:09}", size % residue_scale);
    part.erase(part.find_last_not_of('0') + 1);
    return fmt::format("{}{}{}{}", billionths < 0 ? "-" : "", size / residue_scale,
                       part.empty() ? "" : ".", part);
}

std::string write_regions(const std::vector<region>& all) {
    std::string out = "name,weight,owed\n";
    for (const region& one : all) {
        out += '"';
        for (const char c : one.name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
        out += fmt::format("\",{},{}\n", one.weight, units_text(one.residue));
    }
    return out;
}

}  // namespace veche::shares
