#include "kernel/csv.hpp"

#include <doctest/doctest.h>

using namespace veche;

namespace {

std::string rows_of(std::string_view text) {
    csv_reader reader(text);
    std::string out;
    while (const auto row = reader.next()) {
        out += std::to_string(row->line) + ":";
        for (const std::string& field : row->fields) out += "[" + field + "]";
        out += " ";
    }
    if (!reader.fault().empty()) out += std::to_string(reader.line()) + " " + reader.fault();
    return out;
}

}  // namespace

TEST_CASE("rows are read with the separator that their first line has most of") {
    CHECK(rows_of("a,b\n1,2\n") == "1:[a][b] 2:[1][2] ");
    CHECK(rows_of("\xEF\xBB\xBF"
                  "a;b;c,d\r\n1;;\r\n\r\n;;2") == "1:[a][b][c,d] 2:[1][][] 4:[][][2] ");
    CHECK(rows_of("a\tb") == "1:[a][b] ");
    CHECK(rows_of("") == "");
    CHECK(rows_of("\n\n") == "");
}

TEST_CASE("a row says at which byte it begins, whatever ended the one before") {
    csv_reader reader("ab\rcd\r\n\n\"e\nf\"\ng", ',');
    std::vector<std::size_t> begins;
    while (const auto row = reader.next()) begins.push_back(row->at);
    CHECK(begins == std::vector<std::size_t>{0, 3, 8, 14});
}

TEST_CASE("quoted fields hold separators, quotes and lines") {
    CHECK(rows_of("\"a,\"\"b\"\"\nc\",d\n1,2") == "1:[a,\"b\"\nc][d] 3:[1][2] ");
    CHECK(rows_of("\"\",\"\"") == "1:[][] ");
}

TEST_CASE("quotes that do not end, or are followed by something, end the reading") {
    CHECK(rows_of("a,b\n\"1,2\n3") == "1:[a][b] 2 a quoted field does not end");
    CHECK(rows_of("a,b\n\"1\"2,3\n4,5") == "1:[a][b] 2 something follows a quoted field");
}

TEST_CASE("no cell that somebody wrote is run as a formula, and it is read again as it was") {
    for (const std::string text :
         {"=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "-A1", "\t=1", "\r=1",
          "'=1", "''@x", "-1-1", "-", "-1e5+A1", "=\"a\",b"}) {
        const std::string cell = csv_cell(text);
        const std::size_t first = cell.front() == '"' ? 1 : 0;
        if (text != "-") CHECK_MESSAGE(cell[first] == '\'', text);
        const std::string line = cell + ",x";
        csv_reader in(line, ',');
        const auto row = in.next();
        REQUIRE(row);
        const std::vector<std::string> as_it_was{text, "x"};
        CHECK_MESSAGE(row->fields == as_it_was, text);
    }
}

TEST_CASE("numbers and ordinary texts stay as they are in a cell") {
    for (const std::string text : {"-12", "+3.5 %", "-1 000,50 BYN", "-1.5e-07", "-inf", "-nan",
                                   "a=b", "Rock 'n' roll", "'tis", "", "'", "5-6", "-1\u00a0000"})
        CHECK_MESSAGE(csv_shielded(text) == text, text);
    CHECK(csv_unshielded("'tis") == "'tis");
}
