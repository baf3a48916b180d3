#include "registry/csv_rows.hpp"

#include <algorithm>

#include "registry/refusal.hpp"

namespace veche::registry {
namespace {

/// The type of the records of that kind; nothing where there is no such kind.
const type_info* record_type(std::string_view kind) {
    for (const field_info& one : describe<batch_row>().fields)
        if (one.name == kind) return &one.type().element();
    return nullptr;
}

}  // namespace

csv_rows read_csv_rows(std::string_view csv, std::string_view kind,
                       const std::vector<std::pair<std::string, std::string>>& presets) {
    csv_rows out;
    const type_info* record = record_type(kind);
    if (!record) {
        out.problems.push_back(
            {1, "", veche::record_of({&refusals::kind_unknown, "", {std::string(kind)}})});
        return out;
    }
    const csv_form of{*record, std::string(kind), std::string(kind) + ".", presets,
                      describe<batch_row>()};
    out.problems =
        read_csv_records(csv, of, [&](std::string_view json, std::int64_t line) -> result<void> {
            out.rows.push_back(VECHE_TRY(from_json<batch_row>(json)));
            out.lines.push_back(line);
            return {};
        });
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
        if (i < codes->size()) return "code." + (*codes)[i].scheme;
    }
    if (field.starts_with("at.")) return std::string(field.substr(3));
    return std::string(field);
}

}  // namespace veche::registry
