#include "kernel/csv_records.hpp"

#include <algorithm>

#include "kernel/csv.hpp"

namespace veche {
namespace {

namespace why = csv::refusals;

using cell_pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view code_prefix = "code.";

const field_info* record_field(const type_info& type, std::string_view name) {
    const auto found = std::find_if(type.fields.begin(), type.fields.end(),
                                    [&](const field_info& one) { return one.name == name; });
    return found == type.fields.end() ? nullptr : &*found;
}

/// The field at the end of a dotted name; nothing where the record has none.
const field_info* field_at(const type_info& record, std::string_view column) {
    const type_info* type = &record;
    for (;;) {
        const std::size_t dot = column.find('.');
        const field_info* field = record_field(*type, column.substr(0, dot));
        if (!field || dot == std::string_view::npos) return field;
        type = &field->type();
        if (type->what == form::optional) type = &type->element();
        if (type->what != form::object) return nullptr;
        column.remove_prefix(dot + 1);
    }
}

/// A field whose cell holds several values: a list of what is no object itself.
bool is_value_list(const type_info& record, std::string_view column) {
    const field_info* field = field_at(record, column);
    return field && field->type().what == form::list &&
           field->type().element().what != form::object;
}

bool is_column(const type_info& record, std::string_view column) {
    const std::string_view first = column.substr(0, column.find('.'));
    const bool point = column == "latitude" || column == "longitude";
    if (column.starts_with(code_prefix)) return record_field(record, "codes") != nullptr;
    if (point) return record_field(record, "at") != nullptr;
    return record_field(record, first) != nullptr;
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

class record_reader {
  public:
    record_reader(std::string_view csv, const csv_form& of,
                  const std::function<result<void>(std::string_view, std::int64_t)>& take)
        : in_(csv), of_(of), take_(take) {}

    std::vector<csv_problem> read() {
        const auto head = in_.next();
        if (!head || !check_head(*head)) return finish();
        while (const auto row = in_.next()) {
            if (std::all_of(row->fields.begin(), row->fields.end(),
                            [](const std::string& cell) { return cell.empty(); }))
                continue;
            ++rows_;
            add(*row);
        }
        return finish();
    }

  private:
    void problem(std::int64_t line, std::string column, refusal said) {
        problems_.push_back({line, std::move(column), record_of(std::move(said))});
    }

    std::vector<csv_problem> finish() {
        if (!in_.fault().empty())
            problem(static_cast<std::int64_t>(in_.line()), "", {&why::unsound, "", {in_.fault()}});
        else if (rows_ == 0 && problems_.empty())
            problem(1, "", {&why::no_rows, "", {}});
        return std::move(problems_);
    }

    bool check_head(const csv_row& head) {
        columns_ = head.fields;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const auto before = columns_.begin() + static_cast<std::ptrdiff_t>(i);
            if (!is_column(of_.record, columns_[i]))
                problem(1, columns_[i], {&why::column_unknown, "", {columns_[i], of_.kind}});
            else if (std::find(columns_.begin(), before, columns_[i]) != before)
                problem(1, columns_[i], {&why::column_twice, "", {columns_[i]}});
        }
        return problems_.empty();
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
                problem(line, column, {&why::degrees_malformed, "", {cell.substr(0, 40)}});
                return false;
            }
            give("at." + column, *value);
        } else if (is_value_list(of_.record, column)) {
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
        given_.emplace_back(of_.prefix + field, std::move(value));
    }

    void add(const csv_row& row) {
        const auto line = static_cast<std::int64_t>(row.line);
        if (row.fields.size() != columns_.size())
            return problem(line, "",
                           {&why::cells_differ,
                            "",
                            {std::to_string(row.fields.size()), std::to_string(columns_.size())}});
        given_.clear();
        codes_ = 0;
        bool whole = true;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            whole = take_cell(columns_[i], row.fields[i], line) && whole;
        for (const auto& [field, value] : of_.presets)
            if (std::find(columns_.begin(), columns_.end(), field) == columns_.end())
                give(field, value);
        if (!whole) return;
        auto taken = json_from_pairs(of_.row, given_).and_then([&](const std::string& json) {
            return take_(json, line);
        });
        if (taken) return;
        std::string heading = heading_of(taken.error().field);
        problem(line, std::move(heading), std::move(taken).error());
    }

    /// The heading that a field of the row stands under, as near as the file has one.
    std::string heading_of(std::string_view field) const {
        if (field.starts_with(of_.prefix)) field.remove_prefix(of_.prefix.size());
        for (std::string_view at = field;; at = at.substr(0, at.rfind('.'))) {
            if (std::find(columns_.begin(), columns_.end(), at) != columns_.end())
                return std::string(at);
            if (at.find('.') == std::string_view::npos) return std::string(field);
        }
    }

    csv_reader in_;
    const csv_form& of_;
    const std::function<result<void>(std::string_view, std::int64_t)>& take_;
    std::vector<std::string> columns_;
    cell_pairs given_;
    std::size_t codes_ = 0;
    std::size_t rows_ = 0;
    std::vector<csv_problem> problems_;
};

}  // namespace

std::vector<csv_problem> read_csv_records(
    std::string_view csv, const csv_form& of,
    const std::function<result<void>(std::string_view, std::int64_t)>& take) {
    return record_reader(csv, of, take).read();
}

}  // namespace veche
