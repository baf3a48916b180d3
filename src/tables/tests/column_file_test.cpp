// Tables kept on disk and mapped again.

#include "tables/column_file.hpp"

#include <cstring>

#include "tables/refusal.hpp"
#include "tables/tests/shared.hpp"

using namespace veche;
using namespace veche::tables;
using namespace veche::tables::testing;

namespace {

const char* const mixed_text =
    "year,code,value,real,void,word\n"
    "2020,-5,1.25,0.1234567890123456789,,x\n"
    "2020,70000,NA,1e300,,\"a, b\"\n"
    "2020,3,-9999999999.99,NA,,NA\n";

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The bytes at an address that a mapping could have.
result<table> opened(const std::string& bytes) {
    auto room = std::make_shared<std::vector<std::uint64_t>>(bytes.size() / 8 + 1);
    std::memcpy(room->data(), bytes.data(), bytes.size());
    const std::string_view view(reinterpret_cast<const char*>(room->data()), bytes.size());
    return columns_from(view, room, "test", column_check::whole);
}

}  // namespace

TEST_CASE("a table comes back from its file as it was, and equal tables are equal bytes") {
    const test_folder folder;
    text_options options;
    options.units["value"] = "1000 USD";
    const table t = table_of(mixed_text, options);
    REQUIRE(write_columns(folder.file("a.columns"), t).has_value());
    const auto back = open_columns(folder.file("a.columns"));
    REQUIRE_MESSAGE(back.has_value(), back.error().sentence());
    CHECK(back->rows() == 3);
    CHECK(back->source().hash == t.source().hash);
    CHECK(back->columns()[2].unit == "1000 USD");
    CHECK(back->columns()[0].width == 0);
    CHECK(back->columns()[4].missing == 3);
    for (const column& one : t.columns()) CHECK(texts_in(*back, one.name) == texts_in(t, one.name));
    REQUIRE(write_columns(folder.file("b.columns"), *back).has_value());
    CHECK(bytes_of(folder.file("a.columns")) == bytes_of(folder.file("b.columns")));
    CHECK(write_columns(folder.file("a.columns"), t).error().code() ==
          refusals::file_unwritable.code);
    CHECK(write_columns(folder.file("a.columns"), t, true).has_value());
    CHECK_FALSE(std::filesystem::exists(folder.file("a.columns.part")));
}

TEST_CASE("no byte of a file of columns can change unseen") {
    const test_folder folder;
    REQUIRE(write_columns(folder.file("a.columns"), table_of(mixed_text)).has_value());
    const std::string sound = bytes_of(folder.file("a.columns"));
    const table before = *opened(sound);
    std::size_t seen = 0;
    for (std::size_t at = 0; at < sound.size(); ++at) {
        std::string changed = sound;
        changed[at] = static_cast<char>(changed[at] ^ 0x41);
        const auto read = opened(changed);
        seen += !read.has_value();
        // What is passed over is padding alone.
        if (read)
            for (const column& one : before.columns())
                CHECK(texts_in(*read, one.name) == texts_in(before, one.name));
    }
    CHECK(seen > sound.size() / 4);
    for (std::size_t size = 0; size < sound.size(); size += 7)
        CHECK_FALSE(opened(sound.substr(0, size)).has_value());
}

TEST_CASE("a table without rows or columns is kept too") {
    const test_folder folder;
    REQUIRE(write_columns(folder.file("none"), table_of("a,b\n")).has_value());
    CHECK(open_columns(folder.file("none"))->columns().size() == 2);
    REQUIRE(write_columns(folder.file("nothing"), table{}).has_value());
    CHECK(open_columns(folder.file("nothing"))->rows() == 0);
}

TEST_CASE("doubles that are decimals are kept as decimals") {
    const std::vector<double> prices = {1.25, -3, 0.1, std::nan("")};
    const column exact = number_column("p", "USD", prices);
    CHECK(exact.kind == column_kind::exact);
    CHECK(exact.scale == 2);
    CHECK(exact.missing == 1);
    CHECK(numbers_of(exact)[2] == 0.1);
    const std::vector<double> thirds = {1.0 / 3, 1};
    CHECK(number_column("t", "", thirds).kind == column_kind::real);
    const std::vector<double> large = {1e18};
    CHECK(number_column("l", "", large).kind == column_kind::real);
    CHECK(numbers_of(number_column("l", "", large))[0] == 1e18);
}
