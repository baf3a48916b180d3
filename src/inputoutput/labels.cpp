#include "inputoutput/labels.hpp"

#include <algorithm>
#include <array>

#include "inputoutput/refusal.hpp"

namespace veche::inputoutput {
namespace {

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

mark split(const std::string& whole, char between) {
    const std::size_t at = whole.find(between);
    if (at == std::string::npos) return {"", whole, whole, ""};
    return {whole.substr(0, at), whole.substr(at + 1), whole, ""};
}

/// At least half of the rows' labels have it.
char separator_of_labels(const grid& from) {
    for (const char one : {'|', '.', '_'}) {
        const auto having = std::count_if(
            from.rows.begin(), from.rows.end(),
            [&](const grid_row& row) { return row.labels[0].find(one) != std::string::npos; });
        if (static_cast<std::size_t>(having) * 2 >= from.rows.size()) return one;
    }
    return '|';
}

char separator_of_columns(const grid& from) {
    for (const char one : {'|', '.', '_'}) {
        const auto having =
            std::count_if(from.above[0].begin(), from.above[0].end(),
                          [&](const std::string& s) { return s.find(one) != std::string::npos; });
        if (static_cast<std::size_t>(having) * 2 >= from.columns) return one;
    }
    return '|';
}

/// Rows before the four of WIOD's head: the head ends where a row has "c1" beside its labels.
std::optional<std::size_t> head_of_wiod(std::string_view text, char separator) {
    std::size_t at = 0;
    constexpr std::size_t most = 12;
    for (std::size_t n = 0; n < most && at < text.size(); ++n) {
        while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) ++at;
        const auto fields = row_fields(text, separator, at);
        if (fields.size() > 4 && fields[3] == "c1" && n >= 4) return n - 4;
    }
    return std::nullopt;
}

void mark_labelled(labelled_grid& out, char asked, bool rows_are_producers) {
    out.between = asked != 0           ? asked
                  : rows_are_producers ? separator_of_labels(out.cells)
                                       : separator_of_columns(out.cells);
    for (const grid_row& row : out.cells.rows)
        out.rows.push_back(rows_are_producers ? split(row.labels[0], out.between)
                                              : mark{"", row.labels[0], row.labels[0], ""});
    for (const std::string& one : out.cells.above[0])
        out.columns.push_back(split(one, out.between));
}

void mark_wiod(labelled_grid& out) {
    for (const grid_row& row : out.cells.rows)
        out.rows.push_back(
            {row.labels[2], row.labels[3],
             row.labels[2] == "TOT" ? row.labels[1] : row.labels[2] + "|" + row.labels[3],
             row.labels[0]});
    const auto& above = out.cells.above;
    for (std::size_t c = 0; c < out.cells.columns; ++c)
        out.columns.push_back(
            {above[2][c], above[3][c], above[2][c] + "|" + above[3][c], above[0][c]});
}

void mark_flat(labelled_grid& out) {
    for (const grid_row& row : out.cells.rows)
        out.rows.push_back({row.labels[2], row.labels[3],
                            row.labels[2] == "TOT" ? row.labels[0] : row.labels[2] + row.labels[3],
                            row.labels[0]});
    for (const std::string& one : out.cells.above[0])
        out.columns.push_back({one.substr(0, 3), one.size() > 3 ? one.substr(3) : "", one, ""});
}

void mark_exiobase(labelled_grid& out) {
    const bool two = out.cells.label_columns == 2;
    for (const grid_row& row : out.cells.rows)
        out.rows.push_back(
            two ? mark{row.labels[0], row.labels[1], row.labels[0] + "|" + row.labels[1], ""}
                : mark{"", row.labels[0], row.labels[0], ""});
    const auto& above = out.cells.above;
    for (std::size_t c = 0; c < out.cells.columns; ++c)
        out.columns.push_back({above[0][c], above[1][c], above[0][c] + "|" + above[1][c], ""});
}

/// EXIOBASE names the columns of labels in a third row of the head, in most files.
grid_shape shape_of_exiobase(std::string_view text, char separator) {
    std::size_t at = 0;
    const auto regions = row_fields(text, separator, at);
    (void)row_fields(text, separator, at);
    const auto third = row_fields(text, separator, at);
    grid_shape shape{0, 2, 1};
    while (shape.labels < regions.size() && regions[shape.labels].empty()) ++shape.labels;
    const bool named = third.size() <= shape.labels ||
                       std::all_of(third.begin() + static_cast<std::ptrdiff_t>(shape.labels),
                                   third.end(), [](const auto& one) { return one.empty(); });
    if (named) shape.head = 3;
    return shape;
}

}  // namespace

meaning meaning_of(const mark& one) {
    static constexpr std::array<std::string_view, 8> outputs = {
        "out", "output", "total", "tot", "go", "gross output", "output at basic prices", "x"};
    static constexpr std::array<std::string_view, 6> added = {
        "va", "valu", "value added", "value_added", "value added at basic prices", "v"};
    static constexpr std::array<std::string_view, 3> sums = {
        "ii_fob", "total intermediate consumption", "intermediate consumption"};
    const bool whole = one.region.empty() || one.region == "TOT";
    if (!whole) return meaning::other;
    const std::string name = lowered(one.whole);
    const auto among = [&](const auto& names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (among(added)) return meaning::value_added;
    if (among(outputs) || one.whole.starts_with("TOT|")) return meaning::output;
    return among(sums) ? meaning::left_out : meaning::other;
}

layout layout_of(std::string_view text) {
    const char separator = separator_in(text);
    std::size_t at = 0;
    const auto first = row_fields(text, separator, at);
    if (!first.empty() && first[0] == "region") return layout::exiobase;
    if (std::find(first.begin(), first.end(), "IndustryCode") != first.end())
        return layout::wiod_flat;
    // The title of a sheet may have no separator: its fourth row or a later one does.
    const std::size_t some = std::min<std::size_t>(text.size(), 1 << 20);
    for (const char one : {',', ';', '\t'})
        if (head_of_wiod(text.substr(0, some), one)) return layout::wiod;
    return layout::labelled;
}

result<labelled_grid> open_labelled(std::string_view text, const reading& how,
                                    bool rows_are_producers) {
    const layout as = how.how.value_or(layout_of(text));
    char separator = separator_in(text);
    grid_shape shape;
    if (as == layout::wiod) {
        std::optional<std::size_t> head;
        for (const char one : {',', ';', '\t'})
            if (!head && (head = head_of_wiod(text, one))) separator = one;
        if (!head)
            return refuse(refusals::file_malformed, {}, "The file",
                          "no row has c1 in its fourth column, as WIOD's sheets have");
        shape = {*head, 4, 4};
    }
    if (as == layout::wiod_flat) shape.labels = 5;
    if (as == layout::exiobase) shape = shape_of_exiobase(text, separator);
    labelled_grid out;
    out.cells = VECHE_TRY(open_grid(text, separator, shape));
    if (as == layout::labelled) mark_labelled(out, how.between, rows_are_producers);
    if (as == layout::wiod) mark_wiod(out);
    if (as == layout::wiod_flat) mark_flat(out);
    if (as == layout::exiobase) mark_exiobase(out);
    return out;
}

}  // namespace veche::inputoutput
