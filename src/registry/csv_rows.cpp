#include "registry/csv_rows.hpp"

#include <algorithm>

#include "kernel/csv.hpp"
#include "registry/refusal.hpp"

namespace veche::registry {
namespace {

using pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view code_prefix = "code.";

const field_info* field_named(const type_info& type, std::string_view name) {
    const auto found = std::find_if(type.fields.begin(), type.fields.end(),
                                    [&](const field_info& one) { return one.name == name; });
    return found == type.fields.end() ? nullptr : &*found;
}

/// The type of the records of that kind; nothing where there is no such kind.
const type_info* record_type(std::string_view kind) {
    const field_info* field = field_named(describe<batch_row>(), kind);
    return field ? &field->type().element() : nullptr;
}

/// A field whose cell holds several values: a list of what is no object itself.
bool is_value_list(const type_info& record, std::string_view column) {
    const field_info* field = field_named(record, column);
    return field && field->type().what == form::list &&
           field->type().element().what != form::object;
}

bool is_column(const type_info& record, std::string_view column) {
    const std::string_view first = column.substr(0, column.find('.'));
    const bool point = column == "latitude" || column == "longitude";
    if (column.starts_with(code_prefix)) return field_named(record, "codes") != nullptr;
    if (point) return field_named(record, "at") != nullptr;
    return field_named(record, first) != nullptr;
}

/// Degrees with up to six decimals as millionths, without rounding; nothing for another text.
std::optional<std::string> millionths(std::string_view text) {
    const bool minus = text.starts_with('-');
    if (minus) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view part =
        point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || whole.size() > 3 || part.size() > 6) return std::nullopt;
    std::int64_t value = 0;
    for (const std::string_view digits : {whole, part})
        for (const char c : digits) {
            if (c < '0' || c > '9') return std::nullopt;
            value = value * 10 + (c - '0');
        }
    for (std::size_t i = part.size(); i < 6; ++i) value *= 10;
    return std::to_string(minus ? -value : value);
}

class reader {
  public:
    reader(std::string_view csv, std::string_view kind, const pairs& presets)
        : in_(csv), kind_(kind), record_(*record_type(kind)), presets_(presets) {}

    csv_rows read() {
        const auto head = in_.next();
        if (!head || !check_head(*head)) return finish();
        while (const auto row = in_.next()) {
            if (std::all_of(row->fields.begin(), row->fields.end(),
                            [](const std::string& cell) { return cell.empty(); }))
                continue;
            add(*row);
        }
        return finish();
    }

  private:
    void problem(std::int64_t line, std::string column, refusal why) {
        out_.problems.push_back({line, std::move(column), veche::record_of(std::move(why))});
    }

    csv_rows finish() {
        if (!in_.fault().empty())
            problem(static_cast<std::int64_t>(in_.line()), "",
                    {&refusals::csv_unsound, "", {in_.fault()}});
        else if (out_.rows.empty() && out_.problems.empty())
            problem(1, "", {&refusals::csv_empty, "", {}});
        return std::move(out_);
    }

    bool check_head(const csv_row& head) {
        columns_ = head.fields;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const auto before = columns_.begin() + static_cast<std::ptrdiff_t>(i);
            if (!is_column(record_, columns_[i]))
                problem(1, columns_[i], {&refusals::column_unknown, "", {columns_[i], kind_}});
            else if (std::find(columns_.begin(), before, columns_[i]) != before)
                problem(1, columns_[i], {&refusals::column_twice, "", {columns_[i]}});
        }
        return out_.problems.empty();
    }

    /// The fields of the record that a cell gives; false where it cannot be read.
    bool take_cell(const std::string& column, const std::string& cell, std::int64_t line) {
        if (cell.empty()) return true;
        if (column.starts_with(code_prefix)) {
            const std::string path = "codes." + std::to_string(codes_++) + ".";
            give(path + "scheme", column.substr(code_prefix.size()));
            give(path + "value", cell);
        } else if (column == "latitude" || column == "longitude") {
            const auto value = millionths(cell);
            if (!value) {
                problem(line, column, {&refusals::degrees_malformed, "", {cell.substr(0, 40)}});
                return false;
            }
            give("at." + column, *value);
        } else if (is_value_list(record_, column)) {
            for (std::size_t at = 0; at <= cell.size();) {
                const std::size_t end = std::min(cell.find(';', at), cell.size());
                give(column, cell.substr(at, end - at));
                at = end + 1;
            }
        } else {
            give(column, cell);
        }
        return true;
    }

    void give(const std::string& field, std::string value) {
        given_.emplace_back(kind_ + "." + field, std::move(value));
    }

    void add(const csv_row& row) {
        const auto line = static_cast<std::int64_t>(row.line);
        if (row.fields.size() != columns_.size())
            return problem(line, "",
                           {&refusals::cells_differ,
                            "",
                            {std::to_string(row.fields.size()), std::to_string(columns_.size())}});
        given_.clear();
        codes_ = 0;
        bool whole = true;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            whole = take_cell(columns_[i], row.fields[i], line) && whole;
        for (const auto& [field, value] : presets_)
            if (std::find(columns_.begin(), columns_.end(), field) == columns_.end())
                give(field, value);
        if (!whole) return;
        auto made = row_from(given_);
        if (!made) {
            std::string heading = heading_of(made.error().field);
            return problem(line, std::move(heading), std::move(made).error());
        }
        out_.rows.push_back(*std::move(made));
        out_.lines.push_back(line);
    }

    static result<batch_row> row_from(const pairs& given) {
        const std::string json = VECHE_TRY(json_from_pairs(describe<batch_row>(), given));
        return from_json<batch_row>(std::string_view(json));
    }

    /// The heading that a field of the row stands under, as near as the file has one.
    std::string heading_of(std::string_view field) const {
        if (field.starts_with(kind_ + ".")) field.remove_prefix(kind_.size() + 1);
        for (std::string_view at = field;; at = at.substr(0, at.rfind('.'))) {
            if (std::find(columns_.begin(), columns_.end(), at) != columns_.end())
                return std::string(at);
            if (at.find('.') == std::string_view::npos) return std::string(field);
        }
    }

    csv_reader in_;
    const std::string kind_;
    const type_info& record_;
    const pairs& presets_;
    std::vector<std::string> columns_;
    pairs given_;
    std::size_t codes_ = 0;
    csv_rows out_;
};

}  // namespace

csv_rows read_csv_rows(std::string_view csv, std::string_view kind, const pairs& presets) {
    if (record_type(kind)) return reader(csv, kind, presets).read();
    csv_rows out;
    out.problems.push_back(
        {1, "", veche::record_of({&refusals::kind_unknown, "", {std::string(kind)}})});
    return out;
}

std::vector<std::vector<batch_row>> parts_of(const std::vector<batch_row>& rows,
                                             std::size_t max_bytes) {
    std::vector<std::vector<batch_row>> out;
    std::size_t bytes = 0;
    for (const batch_row& row : rows) {
        const std::size_t size = to_json(row).size() + 1;
        if (out.empty() || out.back().size() == max_part_rows || bytes + size > max_bytes) {
            out.emplace_back();
            bytes = 0;
        }
        out.back().push_back(row);
        bytes += size;
    }
    return out;
}

std::string column_of(const batch_row& row, std::string_view field) {
    const auto codes = [&]() -> const std::vector<code>* {
        if (row.place) return &row.place->codes;
        return row.organisation ? &row.organisation->codes : nullptr;
    }();
    if (codes && field.starts_with("codes.")) {
        const std::string number(field.substr(6, field.find('.', 6) - 6));
        const auto i = static_cast<std::size_t>(std::atoi(number.c_str()));
        if (i < codes->size()) return std::string(code_prefix) + (*codes)[i].scheme;
    }
    if (field.starts_with("at.")) return std::string(field.substr(3));
    return std::string(field);
}

}  // namespace veche::registry
