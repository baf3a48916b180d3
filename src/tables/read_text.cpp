#include "tables/read_text.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "kernel/text.hpp"
#include "tables/cell_scanner.hpp"
#include "tables/mapped_file.hpp"
#include "tables/packing.hpp"
#include "tables/refusal.hpp"

namespace veche::tables {
namespace {

constexpr std::size_t most_columns = 10'000;
constexpr std::uint64_t most_rows = std::numeric_limits<std::int32_t>::max();
/// The first rows tell most columns' types, so that few are read twice.
constexpr std::uint64_t trial_rows = 2'000;

/// What parts the columns of the first line, quotes apart.
char usual_separator(std::string_view text, char mark) {
    char best = mark == ',' ? ';' : ',';
    std::ptrdiff_t most = 0;
    for (const char one : {',', ';', '\t', '|'}) {
        if (one == mark) continue;
        std::ptrdiff_t count = 0;
        bool quoted = false;
        for (const char c : text.substr(0, text.find_first_of("\r\n"))) {
            quoted = quoted != (c == '"');
            count += !quoted && c == one;
        }
        if (count > most) best = one;
        most = std::max(most, count);
    }
    return best;
}

/// What is wrong with a row, out of the sentence that says so of the first of several.
std::string reason_of(const refusal_kind& why, const std::vector<std::string>& args) {
    constexpr std::string_view before = "column {2}: ";
    const std::size_t from = why.sentence.find(before) + before.size();
    std::vector<std::string> all(3);
    all.insert(all.end(), args.begin(), args.end());
    return fill_places(why.sentence.substr(from, why.sentence.size() - from - 1), all);
}

std::string excerpt(std::string_view text) {
    constexpr std::size_t most = 40;
    if (text.size() <= most) return fmt::format("\"{}\"", text);
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return fmt::format("\"{}...\"", text.substr(0, end));
}

/// A column while it is read.
struct incoming_column {
    std::string name;
    column_choice said = column_choice::seen;
    column_kind kind = column_kind::exact;  ///< what it is taken for in this pass
    bool reading = true;                    ///< it is wanted in this pass, and agreed so far
    bool finished = false;
    std::string why;
    exact_builder decimals;
    real_builder doubles;
    word_builder words;
    column made;

    void start(column_kind as) {
        kind = as;
        reading = true;
        decimals = {};
        doubles = {};
        words = {};
    }
    void put_missing(std::size_t at) {
        if (kind == column_kind::exact) decimals.put_missing(at);
        if (kind == column_kind::real) doubles.put(at, std::numeric_limits<double>::quiet_NaN());
        if (kind == column_kind::words) words.put_missing(at);
    }
    void close(std::size_t rows) {
        if (kind == column_kind::exact) decimals.close(rows);
        if (kind == column_kind::real) doubles.close(rows);
        if (kind == column_kind::words) words.close(rows);
    }
};

/// Reads the rows as often as the types of columns need: most often once.
class row_reader {
  public:
    row_reader(std::string_view rows, const text_options& options, char separator,
               std::vector<incoming_column>& columns, std::uint64_t lines_before)
        : rows_(rows),
          options_(options),
          separator_(separator),
          columns_(columns),
          lines_before_(lines_before) {
        for (const std::string& one : options.missing) {
            decimal ignored;
            quick_ =
                quick_ && read_decimal(one, options.decimal_mark, ignored) != number_form::exact;
            longest_missing_ = std::max(longest_missing_, one.size());
        }
    }

    void read_all() {
        pass(trial_rows, false);
        while (contradicted()) {
            restart();
            pass(trial_rows, false);
        }
        for (incoming_column& one : columns_) one.start(one.kind);
        do {
            pass(most_rows, true);
            finish();
            restart();
            first_ = false;
        } while (std::any_of(columns_.begin(), columns_.end(),
                             [](const incoming_column& one) { return !one.finished; }));
    }

    std::vector<row_fault> faults;
    std::uint64_t fault_count = 0, rows_read = 0;
    bool too_many = false;

  private:
    [[nodiscard]] bool contradicted() const {
        return std::any_of(columns_.begin(), columns_.end(), [](const incoming_column& one) {
            return !one.finished && !one.reading;
        });
    }

    /// What was contradicted is read again as what the contradicting cell asked for.
    void restart() {
        for (incoming_column& one : columns_) {
            if (!one.finished) one.start(one.kind);
        }
    }

    void finish() {
        for (incoming_column& one : columns_) {
            if (one.finished || !one.reading) continue;
            if (one.kind == column_kind::exact) {
                auto made = one.decimals.finish();
                if (!made) {
                    one.kind = column_kind::real;
                    one.why = "its numbers need more than 18 digits together";
                    continue;
                }
                one.made = *std::move(made);
            } else {
                one.made =
                    one.kind == column_kind::real ? one.doubles.finish() : one.words.finish();
            }
            one.finished = true;
        }
    }

    void pass(std::uint64_t limit, bool whole) {
        cell_scanner from(rows_, separator_, options_.decimal_mark);
        std::uint64_t rows = 0;
        std::size_t in_block = 0;
        auto dropped = dropped_.begin();
        while (from.begin_row()) {
            if (rows == limit) {
                too_many = whole;
                break;
            }
            if (!(whole && first_) && dropped != dropped_.end() && *dropped == rows) {
                from.skip_row();
                ++dropped;
            } else if (read_row(from, in_block, whole && first_)) {
                if (++in_block == block_rows) {
                    close(in_block);
                    in_block = 0;
                    if (whole && options_.progress) options_.progress(from.read(), rows_.size());
                }
            } else if (whole && first_) {
                dropped_.push_back(rows);
            }
            ++rows;
        }
        close(in_block);
        if (whole && options_.progress) options_.progress(rows_.size(), rows_.size());
        rows_read = rows;
    }

    void close(std::size_t rows) {
        if (rows == 0) return;
        for (incoming_column& one : columns_)
            if (one.reading && !one.finished) one.close(rows);
    }

    bool read_row(cell_scanner& from, std::size_t at, bool report) {
        decimal quick;
        std::size_t read = 0;
        changed_.clear();
        for (incoming_column& into : columns_) {
            if (read > 0 && from.row_ended()) break;
            ++read;
            if (into.kind == column_kind::exact && quick_ && from.quick_number(quick)) {
                if (into.reading && !into.finished && !into.decimals.put(at, quick))
                    contradict(into, column_kind::real, from, to_text(quick.mantissa, quick.scale));
                continue;
            }
            const auto cell = from.next();
            std::vector<std::string> args;
            const refusal_kind* why =
                cell.fault != nullptr ? cell.fault : take(into, at, cell, from, args);
            if (why == nullptr) continue;
            from.skip_row();
            if (report) fault(from, into.name, *why, std::move(args));
            forget_row();
            return false;
        }
        if (read == columns_.size() && from.row_ended()) return true;
        while (!from.row_ended()) {
            (void)from.next();
            ++read;
        }
        if (report)
            fault(from, "", refusals::rows_of_other_length,
                  {std::to_string(read), std::to_string(columns_.size())});
        forget_row();
        return false;
    }

    /// A row that is not taken says nothing about the types of columns.
    void forget_row() {
        for (const auto& [one, kind] : changed_) {
            one->kind = kind;
            one->reading = true;
            one->why.clear();
        }
    }

    void fault(const cell_scanner& from, std::string_view name, const refusal_kind& why,
               std::vector<std::string> args) {
        if (fault_count++ >= most_faults) return;
        std::string reason = reason_of(why, args);
        faults.push_back({lines_before_ + from.row_line(), std::string(name), std::move(reason),
                          &why, std::move(args)});
    }

    [[nodiscard]] bool is_missing(const cell_scanner::cell& cell, bool numbers) const {
        if (cell.quoted && (!numbers || cell.text.empty())) return cell.text.empty();
        if (cell.text.size() > longest_missing_) return false;
        return std::find(options_.missing.begin(), options_.missing.end(), cell.text) !=
               options_.missing.end();
    }

    void contradict(incoming_column& one, column_kind kind, const cell_scanner& from,
                    std::string_view text) {
        changed_.emplace_back(&one, one.kind);
        one.kind = kind;
        one.reading = false;
        one.why = fmt::format(
            "line {}: {} {}", lines_before_ + from.row_line(), excerpt(text),
            kind == column_kind::words ? "is no number" : "needs more digits than a decimal has");
    }

    /// Takes a cell; says why it cannot be taken.
    const refusal_kind* take(incoming_column& into, std::size_t at, cell_scanner::cell cell,
                             const cell_scanner& from, std::vector<std::string>& args) {
        if (into.finished || !into.reading) return nullptr;
        const bool settled = into.said == column_choice::numbers;
        if (settled) cell.text = text::trim(cell.text);
        if (is_missing(cell, settled)) {
            into.put_missing(at);
            return nullptr;
        }
        if (into.kind == column_kind::words) {
            into.words.put(at, cell.text);
            return nullptr;
        }
        decimal value;
        const number_form form = read_decimal(cell.text, options_.decimal_mark, value);
        if (form == number_form::none || (form == number_form::coded && !settled))
            return no_number(into, cell, from, args);
        if (into.kind == column_kind::exact) {
            const bool fits = form != number_form::real && value.mantissa != no_mantissa &&
                              into.decimals.put(at, value);
            if (!fits) contradict(into, column_kind::real, from, cell.text);
            return nullptr;
        }
        const auto number = read_double(cell.text, options_.decimal_mark);
        if (!number) return no_number(into, cell, from, args);
        into.doubles.put(at, *number);
        return nullptr;
    }

    const refusal_kind* no_number(incoming_column& into, const cell_scanner::cell& cell,
                                  const cell_scanner& from, std::vector<std::string>& args) {
        if (into.said == column_choice::numbers) {
            args = {excerpt(cell.text)};
            return &refusals::rows_no_number;
        }
        contradict(into, column_kind::words, from, cell.text);
        return nullptr;
    }

    std::string_view rows_;
    const text_options& options_;
    char separator_;
    std::vector<incoming_column>& columns_;
    std::uint64_t lines_before_;
    bool quick_ = true, first_ = true;
    std::size_t longest_missing_ = 0;
    std::vector<std::uint64_t> dropped_;
    std::vector<std::pair<incoming_column*, column_kind>> changed_;  // by the row at hand
};

struct opened_text {
    std::string_view rows;
    std::vector<std::string> names;
    char separator = ',';
    std::uint64_t lines_before = 0;
};

result<opened_text> open_text(std::string_view text, const text_options& options) {
    opened_text out;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    out.separator =
        options.separator != 0 ? options.separator : usual_separator(text, options.decimal_mark);
    if (out.separator == options.decimal_mark || out.separator == '"')
        return refuse(refusals::separator_unusable, "separator");
    out.names = options.names;
    out.rows = text;
    if (out.names.empty()) {
        cell_scanner header(text, out.separator, options.decimal_mark);
        if (!header.begin_row()) return refuse(refusals::header_missing, "text");
        while (!header.row_ended()) {
            const auto cell = header.next();
            if (cell.fault != nullptr)
                return refuse(*cell.fault, "text", "1", std::to_string(header.row_line()),
                              std::to_string(out.names.size() + 1));
            out.names.emplace_back(cell.text);
        }
        out.rows = text.substr(header.read());
        const std::string_view before = text.substr(0, header.read());
        out.lines_before = static_cast<std::uint64_t>(
            std::count(before.begin(), before.end(),
                       before.find('\n') == std::string_view::npos ? '\r' : '\n'));
    }
    if (out.names.size() > most_columns)
        return refuse(refusals::too_large, "text", "10,000 columns",
                      std::to_string(out.names.size()));
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < out.names.size(); ++i) {
        if (out.names[i].empty())
            return refuse(refusals::column_unnamed, "text", std::to_string(i + 1));
        if (!seen.insert(out.names[i]).second)
            return refuse(refusals::column_repeated, "text", out.names[i]);
    }
    return out;
}

result<std::vector<incoming_column>> columns_for(const opened_text& text,
                                                 const text_options& options) {
    std::vector<incoming_column> out(text.names.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].name = text.names[i];
        if (const auto said = options.choices.find(out[i].name); said != options.choices.end())
            out[i].said = said->second;
        if (out[i].said == column_choice::words) out[i].kind = column_kind::words;
        out[i].finished = out[i].said == column_choice::left_out;
    }
    std::string all;
    for (const std::string& one : text.names) all += (all.empty() ? "" : ", ") + one;
    const auto known = [&](std::string_view name) {
        return std::find(text.names.begin(), text.names.end(), name) != text.names.end();
    };
    for (const auto& [name, choice] : options.choices)
        if (!known(name)) return refuse(refusals::column_unknown, "choices", name, all);
    for (const auto& [name, unit] : options.units)
        if (!known(name)) return refuse(refusals::column_unknown, "units", name, all);
    return out;
}

}  // namespace

result<std::vector<std::string>> column_names(std::string_view bytes, const text_options& options) {
    if (const auto foreign = foreign_form(bytes); !foreign.empty())
        return refuse(refusals::encoding_unknown, "text", std::string(foreign));
    // A name in quotes may hold a line end, but no header is as long as this.
    constexpr std::size_t most = 1'000'000;
    std::string converted(bytes.substr(0, most));
    if (options.encoding != text_encoding::utf8) converted = to_utf8(converted, options.encoding);
    const opened_text text = VECHE_TRY(open_text(converted, options));
    return text.names;
}

result<reading> read_text(std::string_view bytes, const text_options& options) {
    if (const auto foreign = foreign_form(bytes); !foreign.empty())
        return refuse(refusals::encoding_unknown, "text", std::string(foreign));
    std::string converted;
    if (options.encoding != text_encoding::utf8) converted = to_utf8(bytes, options.encoding);
    const opened_text text = VECHE_TRY(open_text(
        options.encoding == text_encoding::utf8 ? bytes : std::string_view(converted), options));
    auto columns = VECHE_TRY(columns_for(text, options));
    row_reader reader(text.rows, options, text.separator, columns, text.lines_before);
    reader.read_all();
    if (reader.too_many)
        return refuse(refusals::too_large, "text", fmt::format("{} rows", most_rows), "more");
    reading out;
    out.faults = std::move(reader.faults);
    out.fault_count = reader.fault_count;
    if (out.fault_count > 0 && !options.sound_rows_only) return out;
    std::vector<column> made;
    for (incoming_column& one : columns) {
        if (one.said == column_choice::left_out) continue;
        one.made.name = one.name;
        if (const auto unit = options.units.find(one.name); unit != options.units.end())
            one.made.unit = unit->second;
        out.notes.push_back({one.name, one.made.kind, one.made.missing, one.why});
        made.push_back(std::move(one.made));
    }
    table_source source{options.source, to_hex(sha256(bytes)),
                        static_cast<std::int64_t>(reader.rows_read),
                        static_cast<std::int64_t>(out.fault_count)};
    out.made = VECHE_TRY(table::of(std::move(made), std::move(source)));
    return out;
}

result<reading> read_text_file(const std::filesystem::path& file, text_options options) {
    const mapped_file mapped = VECHE_TRY(mapped_file::open(file));
    if (options.source.empty()) options.source = file.filename().string();
    return read_text(mapped.bytes(), options);
}

refusal unsound_rows(std::uint64_t rows, const row_fault& first) {
    refusal out{first.kind,
                "text",
                {std::to_string(rows), std::to_string(first.line),
                 first.column.empty() ? "-" : first.column}};
    out.args.insert(out.args.end(), first.args.begin(), first.args.end());
    return out;
}

result<table> sound_table(result<reading> read) {
    if (!read) return tl::unexpected<refusal>(std::move(read).error());
    if (read->made) return *std::move(read->made);
    return tl::unexpected<refusal>(unsound_rows(read->fault_count, read->faults.front()));
}

}  // namespace veche::tables
