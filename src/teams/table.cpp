#include "teams/table.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/text.hpp"
#include "teams/refusal.hpp"

namespace veche::teams {

std::optional<std::size_t> table::column(std::string_view name) const {
    const auto at = std::find(columns.begin(), columns.end(), name);
    if (at == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(at - columns.begin());
}

result<std::size_t> table::needed(std::string_view name) const {
    const auto at = column(name);
    if (!at)
        return wrong(1,
                     "there is no column \"" + std::string(name) + "\"; add it to the first line");
    return *at;
}

tl::unexpected<refusal> table::wrong(std::size_t line, const std::string& why) const {
    const std::string at = file + ", line " + std::to_string(line);
    return refuse(refusals::file_malformed, at, at, why);
}

result<std::int64_t> table::whole(const csv_row& row, std::size_t at) const {
    const std::string& text = row.fields[at];
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return wrong(row.line, "\"" + text + "\" in the column \"" + columns[at] +
                                   "\" should be a whole number");
    return value;
}

result<table> read_table(std::string file, std::string_view text) {
    table out{std::move(file), {}, {}};
    if (!text::is_utf8(text)) return out.wrong(1, "the file is not in UTF-8; save it so");
    csv_reader reader(text);
    while (auto row = reader.next()) {
        for (std::string& field : row->fields) field = std::string(text::trim(field));
        if (out.columns.empty()) {
            out.columns = std::move(row->fields);
            auto sorted = out.columns;
            std::sort(sorted.begin(), sorted.end());
            const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
            if (twice != sorted.end())
                return out.wrong(row->line, "two columns are called \"" + *twice +
                                                "\"; give each a name of its own");
            continue;
        }
        if (row->fields.size() != out.columns.size())
            return out.wrong(row->line, "there are " + std::to_string(row->fields.size()) +
                                            " fields and " + std::to_string(out.columns.size()) +
                                            " columns; give each column a field");
        out.rows.push_back(*std::move(row));
    }
    if (!reader.fault().empty()) return out.wrong(reader.line(), reader.fault());
    if (out.columns.empty()) return out.wrong(1, "the file is empty; its first line names columns");
    return out;
}

}  // namespace veche::teams
