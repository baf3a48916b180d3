// Files of rows that a union takes over from elsewhere: registers, counts, orders, cases. Whatever
// they hold, every row is read or named as a problem with its line; what is written is read again
// as the same.

#include <algorithm>
#include <cstdint>

#include "barriers/imports.hpp"
#include "kernel/check.hpp"
#include "kernel/csv.hpp"
#include "prevention/csv_orders.hpp"
#include "registry/csv_rows.hpp"
#include "situation/csv_counts.hpp"

namespace {

using namespace veche;

constexpr const char* kinds[] = {"place", "population", "organisation", "link",
                                 "claim", "activity",   "enterprise",   "operation"};

template <class Problem>
void are_placed(const std::vector<Problem>& problems, std::string_view text) {
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    for (const Problem& one : problems)
        VECHE_ENSURE(one.line >= 0 && one.line <= lines, "a problem is on a line of the file");
}

void registers(std::string_view text, std::size_t kind) {
    const auto read = registry::read_csv_rows(text, kinds[kind % std::size(kinds)], {});
    VECHE_ENSURE(read.rows.size() == read.lines.size(), "each row has its line");
    are_placed(read.problems, text);
    (void)registry::parts_of(read.rows, 20'000);
}

void counts(std::string_view text, std::size_t variant) {
    situation::csv_layout layout;
    if (variant % 2 == 1) layout.wide = "cases";
    if (variant % 3 == 1) layout.days = situation::day_form::month_day_year;
    layout.columns = {{"region", "region"}, {"day", "day"}, {"cases", "cases"}};
    const auto read = situation::read_csv_counts(text, layout);
    VECHE_ENSURE(read.runs.size() == read.places.size(), "each run has its cells");
    are_placed(read.problems, text);
}

void orders(std::string_view text) {
    prevention::csv_orders_options options;
    options.members = {{"BLR", "by"}, {"RUS", "ru"}};
    options.source = "a source";
    const auto read = prevention::read_order_rows(text, options);
    are_placed(read.problems, text);
    if (!read.problems.empty() || read.orders.empty()) return;
    const std::string written = prevention::orders_as_csv(read.orders);
    const auto again = prevention::read_order_rows(written, options);
    VECHE_ENSURE(again.problems.empty(), "orders that were written can be read");
    VECHE_ENSURE(again.orders.size() == read.orders.size(), "and are as many");
    VECHE_ENSURE(prevention::orders_as_csv(again.orders) == written, "and the same");
}

/// Any text survives being a cell, and no spreadsheet takes it for a formula.
void cells(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return;
    const std::string one(text);
    // Not first in its row: there a mark of the byte order would be passed over.
    const std::string cell = csv_cell(one);
    const std::string row = "x," + cell;
    csv_reader in(row, ',');
    const auto read = in.next();
    if (one.empty() || !read) return;
    VECHE_ENSURE(read->fields.size() == 2 && read->fields[1] == one,
                 "a cell is read as it was written");
    const std::string_view shown = std::string_view(cell).substr(cell.front() == '"' ? 1 : 0);
    VECHE_ENSURE(std::string_view("=@").find(shown.front()) == std::string_view::npos,
                 "no cell begins a formula");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t choice = data[0];
    switch (choice % 5) {
        case 0:
            registers(text, choice / 5);
            break;
        case 1:
            counts(text, choice / 5);
            break;
        case 2:
            orders(text);
            break;
        case 3:
            are_placed(barriers::read_case_rows(text).problems, text);
            break;
        default:
            cells(text);
            break;
    }
    return 0;
}
