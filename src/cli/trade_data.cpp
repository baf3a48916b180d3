#include <algorithm>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "cli/trade_files.hpp"
#include "tables/column_file.hpp"
#include "tables/mapped_file.hpp"
#include "tables/query.hpp"
#include "trade/concordance.hpp"

namespace veche::cli {
namespace {

result<trade::import_options> reading_options(const trade_options& options) {
    trade::import_options out;
    if (options.separator.size() == 1) out.text.separator = options.separator[0];
    if (options.separator == "tab") out.text.separator = '\t';
    if (options.decimal_mark.size() == 1) out.text.decimal_mark = options.decimal_mark[0];
    const auto encodings = veche_choices(static_cast<const tables::text_encoding*>(nullptr));
    for (std::size_t i = 0; i < encodings.size(); ++i)
        if (encodings[i] == options.encoding)
            out.text.encoding = static_cast<tables::text_encoding>(i);
    if (!options.missing.empty()) {
        out.text.missing = options.missing;
        out.text.missing.emplace_back();
    }
    out.text.sound_rows_only = options.sound_rows;
    out.classification = options.classification;
    out.product_digits = options.digits;
    if (options.add_repeated) out.repeated = trade::repeated_rule::add;
    out.areas_left_out = options.leave_out;
    out.unknown_areas_dropped = options.drop_unknown;
    if (!options.mapping.empty()) {
        const std::string text = VECHE_TRY(read_file(options.mapping));
        out.mapping = VECHE_TRY(trade::read_mapping(text));
    }
    if (!options.areas.empty()) {
        const std::string text = VECHE_TRY(read_file(options.areas));
        out.areas = VECHE_TRY(trade::read_areas(text, options.area_code, options.area_name));
    }
    return out;
}

bool holds_columns(const std::filesystem::path& file) {
    const auto mapped = tables::mapped_file::open(file);
    return mapped && tables::is_column_file(mapped->bytes());
}

void add_traps(sheet& to, const trade::imported& from) {
    for (const trade::trap_note& one : from.traps) {
        std::string examples;
        for (const std::string& example : one.examples)
            examples += (examples.empty() ? "" : ", ") + example;
        to.rows.push_back({one.trap, static_cast<double>(one.rows), examples, one.sentence});
    }
    if (!to.rows.empty()) to.columns = {"trap", "rows", "such as", "what"};
}

int show_faults(const trade::imported& from, const trade_options& options, const terminal& on) {
    sheet out;
    out.title = fmt::format("{} rows cannot be read, so nothing was taken.", from.fault_count);
    out.columns = {"line", "column", "reason"};
    for (const tables::row_fault& one : from.faults)
        out.rows.push_back({static_cast<double>(one.line), one.column, one.reason});
    out.most_rows = options.rows;
    show(out, on);
    return refused;
}

tables::row_filter filter_from(const std::string& text) {
    const std::size_t at = text.find('=');
    tables::row_filter out{text.substr(0, at), {}};
    for (std::size_t from = at + 1; at != std::string::npos && from <= text.size();) {
        const std::size_t end = std::min(text.find('|', from), text.size());
        out.values.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

}  // namespace

result<trade::imported> import_statistics(const trade_options& options, const terminal& on) {
    trade::import_options how = VECHE_TRY(reading_options(options));
    progress_bar bar(on, "Reading");
    how.text.progress = [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); };
    return trade::import_file(options.file, std::move(how));
}

result<trade::imported> flows_from_file(const trade_options& options, const terminal& on) {
    if (!holds_columns(options.file)) {
        auto made = VECHE_TRY(import_statistics(options, on));
        if (made.flows) return made;
        const tables::row_fault& first = made.faults.front();
        return refuse(refusals::file_unreadable, "file", options.file.string(),
                      fmt::format("line {}, column {}: {}", first.line,
                                  first.column.empty() ? "-" : first.column, first.reason));
    }
    const tables::table t = VECHE_TRY(tables::open_columns(options.file));
    trade::imported out;
    out.flows = VECHE_TRY(trade::flows_from(t));
    return out;
}

sheet sheet_about(std::string title, const tables::table_source& source, std::size_t rows,
                  const trade_options& options) {
    sheet out;
    out.title = std::move(title);
    out.facts = {{"data", source.name},
                 {"SHA-256 of the data", source.hash},
                 {"rows", fmt::format("{} read, {} flows used", source.rows_read, rows)}};
    out.most_rows = options.rows;
    return out;
}

std::string share_text(double part, double whole) {
    return whole > 0 ? fmt::format("{:.6g} = {:.10g} / {:.10g}", part / whole, part, whole)
                     : fmt::format("none: {:.10g} / {:.10g}", part, whole);
}

int trade_import(const trade_options& options, const terminal& on) {
    const auto made = import_statistics(options, on);
    if (!made) return on.fail(made.error());
    if (!made->flows) return show_faults(*made, options, on);
    if (!options.to.empty())
        if (const auto written =
                tables::write_columns(options.to, trade::to_table(*made->flows), options.replace);
            !written)
            return on.fail(written.error());
    sheet out =
        sheet_about(fmt::format("{} flows of {} rows were taken.", made->rows_kept, made->rows_in),
                    made->flows->source, made->flows->size(), options);
    out.facts.emplace_back("form", std::string(name_of(made->form)));
    out.facts.emplace_back(
        "values in", made->flows->value_unit.empty() ? "unknown unit" : made->flows->value_unit);
    if (made->fault_count > 0)
        out.remarks.push_back(
            fmt::format("{} unsound rows were left out, the first in line {}: {}.",
                        made->fault_count, made->faults[0].line, made->faults[0].reason));
    if (!options.to.empty()) out.facts.emplace_back("written to", options.to.string());
    add_traps(out, *made);
    show(out, on);
    return done;
}

int trade_sum(const trade_options& options, const terminal& on) {
    const auto t = tables::open_columns(options.file);
    if (!t) return on.fail(t.error());
    tables::sum_query query;
    for (const std::string& one : options.where) query.where.push_back(filter_from(one));
    query.by = options.by;
    query.value = options.value;
    const auto answer = tables::sum_by(*t, query);
    if (!answer) return on.fail(answer.error());
    sheet out = sheet_about("Sum of " + options.value, t->source(), answer->rows_kept, options);
    const std::string unit = t->find(options.value).value()->unit;
    out.facts.emplace_back("values in", unit.empty() ? "unknown unit" : unit);
    for (const std::string& one : answer->unmatched)
        out.remarks.push_back("No row has " + one + ".");
    out.columns = options.by;
    for (const char* one : {"sum", "rows", "missing"}) out.columns.emplace_back(one);
    for (const tables::group_sum& one : answer->groups) {
        std::vector<sheet_cell> row;
        for (const auto& key : one.keys)
            row.push_back(key ? sheet_cell(*key) : sheet_cell(std::monostate{}));
        row.emplace_back(one.sum);
        row.emplace_back(static_cast<double>(one.rows));
        row.emplace_back(static_cast<double>(one.missing));
        out.rows.push_back(std::move(row));
    }
    show(out, on);
    return done;
}

int trade_convert(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    const auto text = read_file(options.concordance);
    if (!text) return on.fail(text.error());
    const auto by = trade::read_concordance(*text, options.step);
    if (!by) return on.fail(by.error());
    const trade::converted_flows made = trade::convert(*from->flows, *by);
    if (const auto written =
            tables::write_columns(options.to, trade::to_table(made.flows), options.replace);
        !written)
        return on.fail(written.error());
    sheet out =
        sheet_about(fmt::format("{} flows of {} were written.", made.flows.size(), made.rows_in),
                    made.flows.source, made.flows.size(), options);
    out.facts.emplace_back("weights of codes that fall apart", std::string(name_of(by->weights)));
    out.facts.emplace_back("share of the value that was divided",
                           share_text(made.value_divided, made.value_in));
    if (!made.unmatched.empty())
        out.remarks.push_back(fmt::format(
            "{} codes have no place in the concordance and stay as they are, such as {}.",
            made.unmatched.size(), made.unmatched.front()));
    show(out, on);
    return done;
}

}  // namespace veche::cli
