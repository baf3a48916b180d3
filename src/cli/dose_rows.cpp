#include "cli/dose_rows.hpp"

#include <algorithm>
#include <charconv>

#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "kernel/csv.hpp"

namespace veche::cli {
namespace {

refusal row_fault(std::size_t line, const std::string& column, const std::string& remedy) {
    return refuse(refusals::row_unsound, column, std::to_string(line), column, remedy).value();
}

std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

}  // namespace

std::optional<ratio> exact_number(std::string_view text) {
    if (const auto plain = parse_ratio(text)) return plain;
    constexpr int most_power = 18;
    const std::size_t mark = text.find_first_of("eE");
    int power = 0;
    if (mark != std::string_view::npos) {
        const auto read = whole(text.substr(mark + 1));
        if (!read || *read < -most_power || *read > most_power) return std::nullopt;
        power = static_cast<int>(*read);
    }
    std::string digits(text.substr(0, mark));
    const std::size_t dot = digits.find('.');
    if (dot != std::string::npos) {
        power -= static_cast<int>(digits.size() - dot - 1);
        digits.erase(dot, 1);
    }
    const auto num = whole(digits);
    if (!num || power < -most_power) return std::nullopt;
    ratio out{*num, 1};
    for (; power < 0; ++power) out.den *= 10;
    for (; power > 0; --power) {
        if (out.num > INT64_MAX / 10) return std::nullopt;
        out.num *= 10;
    }
    return out;
}

std::string dose_row::word(const std::string& column) const {
    const auto found = cells_.find(column);
    return found == cells_.end() ? "" : found->second;
}
result<std::string> dose_row::needed(const std::string& column) const {
    std::string out = word(column);
    if (out.empty()) return tl::unexpected(row_fault(line_, column, "it is empty: fill it in"));
    return out;
}
result<std::int64_t> dose_row::number(const std::string& column) const {
    const std::string text = word(column);
    if (text.empty()) return std::int64_t{0};
    const auto value = whole(text);
    if (!value)
        return tl::unexpected(
            row_fault(line_, column, "\"" + text + "\" is no whole number: write digits alone"));
    return *value;
}
result<date> dose_row::day(const std::string& column) const {
    const std::string text = word(column);
    const auto value = parse_date(text);
    if (!value)
        return tl::unexpected(
            row_fault(line_, column, "\"" + text + "\" is no day: write it as 2026-03-01"));
    return *value;
}
result<ratio> dose_row::fraction(const std::string& column) const {
    const std::string text = word(column);
    const auto value = exact_number(text);
    if (!value)
        return tl::unexpected(
            row_fault(line_, column,
                      "\"" + text + "\" is no number of up to 18 digits: write 0.02 or 2/100"));
    return *value;
}

result<std::vector<dose_row>> dose_rows(const std::filesystem::path& file,
                                        const std::vector<std::string>& needed) {
    const std::string bytes = VECHE_TRY(read_file(file));
    csv_reader reader(bytes);
    const auto head = reader.next();
    if (!head) return tl::unexpected(row_fault(1, "", "the file is empty: write a head"));
    for (const std::string& one : needed)
        if (std::find(head->fields.begin(), head->fields.end(), one) == head->fields.end())
            return tl::unexpected(row_fault(1, one, "there is no such column: add it"));
    std::vector<dose_row> out;
    while (const auto row = reader.next()) {
        if (row->fields.size() != head->fields.size())
            return tl::unexpected(
                row_fault(row->line, "",
                          "it has " + std::to_string(row->fields.size()) + " cells, the head " +
                              std::to_string(head->fields.size()) + ": make them equal"));
        std::map<std::string, std::string> cells;
        for (std::size_t i = 0; i < row->fields.size(); ++i)
            cells[head->fields[i]] = row->fields[i];
        out.emplace_back(row->line, std::move(cells));
    }
    if (!reader.fault().empty())
        return tl::unexpected(row_fault(reader.line(), "", reader.fault()));
    return out;
}

}  // namespace veche::cli
