// Tables out of texts.

#include "kernel/csv.hpp"
#include "tables/refusal.hpp"
#include "tables/tests/shared.hpp"

using namespace veche;
using namespace veche::tables;
using namespace veche::tables::testing;

TEST_CASE("columns are typed by all of their cells") {
    const table t =
        table_of("year,product,country,value\n2020,010121,Belarus,1.5\n2021,10122,Kazakhstan,20\n");
    CHECK(t.rows() == 2);
    CHECK(t.columns()[0].kind == column_kind::exact);
    CHECK(t.columns()[0].width == 1);
    CHECK(numbers_in(t, "year") == std::vector<double>{2020, 2021});
    // One code with a zero in front makes codes of them all.
    CHECK(texts_in(t, "product") == words{"010121", "10122"});
    CHECK(texts_in(t, "value") == words{"1.5", "20.0"});
    const auto levels = t.levels("country");
    REQUIRE(levels.has_value());
    CHECK(levels->names == words{"Belarus", "Kazakhstan"});
    CHECK(levels->code == std::vector<std::int32_t>{0, 1});
    CHECK(t.numbers("country").error().code() == refusals::not_numbers.code);
    CHECK(t.numbers("nothing").error().code() == refusals::column_unknown.code);
}

TEST_CASE("numbers are groups too, in the order of their size") {
    const auto levels = table_of("a\n10\n9\nNA\n10\n-1\n").levels("a");
    REQUIRE(levels.has_value());
    CHECK(levels->names == words{"-1", "9", "10"});
    CHECK(levels->code == std::vector<std::int32_t>{2, 1, -1, 2, 0});
}

TEST_CASE("missing cells are neither zero nor an empty word") {
    const table t = table_of("n,w\n1,a\n,\n  NA,.\n0,\"NA\"\n\"\",\"\"\n");
    const auto n = numbers_in(t, "n");
    CHECK(n[0] == 1);
    CHECK(std::isnan(n[1]));
    CHECK(std::isnan(n[2]));
    CHECK(n[3] == 0);
    CHECK(std::isnan(n[4]));
    // In quotes NA is Namibia.
    CHECK(texts_in(t, "w") == words{"a", "-", "-", "NA", "-"});
    CHECK(t.columns()[0].missing == 3);
    text_options strict;
    strict.missing = {"-999"};
    const table other = table_of("n,w\n1,NA\n-999,x\n", strict);
    CHECK(std::isnan(numbers_in(other, "n")[1]));
    CHECK(texts_in(other, "w") == words{"NA", "x"});
    CHECK(std::isnan(numbers_in(table_of("a,b\nNA,1\n,2\n"), "a")[1]));
}

TEST_CASE("quotes, line ends and byte marks of all programs are read") {
    const std::string text =
        "\xEF\xBB\xBF\"a, b\";c\r\n\"x\"\"y\";1,5\r\n\r\n\"two\r\nlines\" ; 2\r\rlast;3";
    text_options comma;
    comma.decimal_mark = ',';
    const table t = table_of(text, comma);
    CHECK(texts_in(t, "a, b") == words{"x\"y", "two\r\nlines", "last"});
    CHECK(numbers_in(t, "c") == std::vector<double>{1.5, 2, 3});
    CHECK(texts_in(table_of("a\tb\n x \t\n"), "a") == words{"x"});
    CHECK(table_of("a|b\n1|2\n").columns().size() == 2);
    CHECK(table_of("a,b\n").rows() == 0);
    text_options named;
    named.names = {"x", "y"};
    CHECK(numbers_in(table_of("1,2\n3,4\n", named), "y") == std::vector<double>{2, 4});
}

TEST_CASE("every unsound row is listed with its place, and nothing is half taken") {
    const std::string text = "a,b\n1,2\n3\n\n4,5,6\n7,\"8\"x\n9,\xE9\n10,\"11\n12,13\n";
    const reading read = read_of(text);
    CHECK_FALSE(read.made.has_value());
    REQUIRE(read.fault_count == 5);
    CHECK(read.faults[0] == row_fault{3, "", "it has 1 cells where there are 2 columns"});
    CHECK(read.faults[1] == row_fault{5, "", "it has 3 cells where there are 2 columns"});
    CHECK(read.faults[2] == row_fault{6, "b", "something follows its closing quotation mark"});
    CHECK(read.faults[3].line == 7);
    CHECK(read.faults[3].reason.find("UTF-8") != std::string::npos);
    CHECK(read.faults[4] == row_fault{8, "b", "its quotation mark is never closed"});
    const refusal why = sound_table(read).error();
    CHECK(why.code() == refusals::rows_of_other_length.code);
    CHECK(why.args ==
          std::vector<std::string>{std::to_string(read.fault_count), "3", "-", "1", "2"});
    CHECK(why.sentence().ends_with("it has 1 cells where there are 2 columns."));
    text_options sound;
    sound.sound_rows_only = true;
    const reading rest = read_of(text, sound);
    REQUIRE(rest.made.has_value());
    CHECK(rest.faults == read.faults);
    CHECK(numbers_in(*rest.made, "b") == std::vector<double>{2});
    CHECK(rest.made->source().rows_read == 6);
    CHECK(rest.made->source().rows_dropped == 5);
}

TEST_CASE("an unsound row says nothing about types") {
    text_options sound;
    sound.sound_rows_only = true;
    const reading read = read_of("a,b\n1,2\nword,3,4\n5,6\n", sound);
    CHECK(read.made->columns()[0].kind == column_kind::exact);
    CHECK(read.notes[0].why.empty());
}

TEST_CASE("a column is what the caller says, or its cell is at fault") {
    text_options said;
    said.choices["code"] = column_choice::words;
    said.choices["n"] = column_choice::numbers;
    said.choices["x"] = column_choice::left_out;
    said.units["n"] = "USD";
    const table t = table_of("code,n,x\n1,007,a\n2,8,b\n", said);
    CHECK(t.columns().size() == 2);
    CHECK(texts_in(t, "code") == words{"1", "2"});
    CHECK(numbers_in(t, "n") == std::vector<double>{7, 8});
    CHECK(t.columns()[1].unit == "USD");
    const reading read = read_of("code,n,x\n1,2,a\n2,many,b\n", said);
    REQUIRE(read.faults.size() == 1);
    CHECK(read.faults[0] == row_fault{3, "n", "\"many\" is no number"});
    said.choices["other"] = column_choice::words;
    CHECK(read_text("code,n,x\n", said).error().code() == refusals::column_unknown.code);
}

TEST_CASE("in a column of numbers quotes change nothing") {
    text_options said;
    said.choices["q"] = column_choice::numbers;
    const table t = table_of("q\n\"  NA\"\n\" 1.5 \"\n\"\"\n", said);
    CHECK(texts_in(t, "q") == words{"-", "1.5", "-"});
    CHECK(*column_names("a;\"b;c\"\n1;2\n", {}) == words{"a", "b;c"});
}

TEST_CASE("a late cell changes the type of its whole column") {
    std::string text = "year,code,value\n";
    for (int i = 0; i < 40'000; ++i)
        text += std::to_string(1900 + i % 100) + "," + std::to_string(100 + i % 7) + ",1.5\n";
    const table numbers = table_of(text);
    CHECK(numbers.columns()[1].kind == column_kind::exact);
    text += "2000,0101,0.1234567890123456789\n";
    const reading read = read_of(text);
    REQUIRE(read.made.has_value());
    CHECK(read.made->columns()[1].kind == column_kind::words);
    CHECK(read.made->columns()[1].words->size() == 8);
    CHECK(read.made->columns()[2].kind == column_kind::real);
    CHECK(numbers_in(*read.made, "value")[39'999] == 1.5);
    CHECK(numbers_in(*read.made, "value")[40'000] == 0.1234567890123456789);
    CHECK(read.notes[1].why == "line 40002: \"0101\" is no number");
}

TEST_CASE("numbers over different powers of ten share one, or become doubles") {
    CHECK(texts_in(table_of("a\n1\n2.25\n3.5\n"), "a") == words{"1.00", "2.25", "3.50"});
    const table wide = table_of("a\n123456789012345\n0.000001\n");
    CHECK(wide.columns()[0].kind == column_kind::real);
    CHECK(numbers_in(wide, "a") == std::vector<double>{123456789012345, 0.000001});
    // Seen only when all blocks stand side by side.
    std::string text = "a\n";
    for (int i = 0; i < 20'000; ++i) text += "123456789012345678\n";
    text += "0.5\n";
    CHECK(table_of(text).columns()[0].kind == column_kind::real);
}

TEST_CASE("other encodings are read where they are named, and never guessed") {
    text_options latin;
    latin.encoding = text_encoding::latin1;
    CHECK(texts_in(table_of("a\nC\xF4te d'Ivoire\n", latin), "a") == words{"Côte d'Ivoire"});
    text_options cyrillic;
    cyrillic.encoding = text_encoding::windows1251;
    CHECK(texts_in(table_of("a\n\xC1\xE5\xEB\xE0\xF0\xF3\xF1\xFC\xB3\xB8\n", cyrillic), "a") ==
          words{"Беларусьіё"});
    CHECK(read_text(std::string_view("\xFF\xFE"
                                     "a\0",
                                     4),
                    {})
              .error()
              .code() == refusals::encoding_unknown.code);
    CHECK(read_text("", {}).error().code() == refusals::header_missing.code);
    CHECK(read_text("a,,c\n", {}).error().code() == refusals::column_unnamed.code);
    CHECK(read_text("a,a\n", {}).error().code() == refusals::column_repeated.code);
}

TEST_CASE("a number of more digits than a column holds is read with care, and nothing overflows") {
    for (const std::size_t digits : {18U, 19U, 20U, 30U}) {
        const std::string number(digits, '9');
        const table t = table_of("a\n" + number + "\n1\n");
        CHECK(numbers_of(t.columns()[0])[0] == std::strtod(number.c_str(), nullptr));
        CHECK(numbers_of(t.columns()[0])[1] == 1);
    }
}

TEST_CASE("random texts come out as a plain reader has them") {
    std::uint64_t state = 11;
    const auto drawn = [&](std::uint64_t below) {
        state = state * 6364136223846793005 + 1442695040888963407;
        return (state >> 33) % below;
    };
    const words pool = {"1",   "-2.50", "NA", "",  "007", "x y",           "\"a,b\"", "\"q\"\"q\"",
                        "3e2", "1e99",  ".",  "é", "0",   "9999999999999", "-0"};
    for (int turn = 0; turn < 400; ++turn) {
        std::string text = "a,b,c\n";
        const auto rows = drawn(30);
        for (std::uint64_t row = 0; row < rows; ++row)
            for (int c = 0; c < 3; ++c)
                text += pool[drawn(turn % 4 == 0 ? 2 : pool.size())] + (c < 2 ? "," : "\n");
        const table t = table_of(text);
        csv_reader plain(text);
        const auto header = plain.next();
        std::uint64_t row = 0;
        for (; const auto one = plain.next(); ++row)
            for (std::size_t c = 0; c < 3; ++c) {
                const column& in = t.columns()[c];
                const std::string& cell = one->fields[c];
                const auto ours = text_of(in, row);
                const bool missing = cell.empty() || cell == "NA" || cell == ".";
                CHECK(ours.has_value() == !missing);
                if (missing) continue;
                if (in.kind == column_kind::words)
                    CHECK(*ours == cell);
                else
                    CHECK(numbers_of(in)[row] == std::strtod(cell.c_str(), nullptr));
            }
        CHECK(row == t.rows());
    }
}

TEST_CASE("a file is mapped, hashed and named") {
    const test_folder folder;
    std::uint64_t told = 0;
    text_options options;
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
        CHECK(done <= total);
        told = done;
    };
    const auto t = sound_table(read_text_file(folder.file("a.csv", "a\n1\n"), options));
    REQUIRE(t.has_value());
    CHECK(t->source().name == "a.csv");
    CHECK(t->source().hash == to_hex(sha256("a\n1\n")));
    CHECK(told == 2);
    CHECK(read_text_file(folder.file("none.csv"), {}).error().code() ==
          refusals::file_unreadable.code);
}
