// Texts with a separator, and files of columns: whatever they hold is read or refused. What was
// read from text is the same after its way through a file, and every cell of it can be asked for.

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "tables/column_file.hpp"
#include "tables/query.hpp"
#include "tables/read_text.hpp"

namespace {

void ask_everything(const veche::tables::table& t) {
    using namespace veche::tables;
    for (const column& one : t.columns()) {
        (void)levels_of(one);
        (void)numbers_of(one);
        for (std::uint64_t row = 0; row < t.rows() && row < 50; ++row) (void)text_of(one, row);
        (void)sum_by(t, {{}, {one.name}, one.name});
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche::tables;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    auto room = std::make_shared<std::vector<std::uint64_t>>(size / 8 + 1);
    if (size > 0) std::memcpy(room->data(), data, size);
    const std::string_view placed(reinterpret_cast<const char*>(room->data()), size);
    // A width of zero lets few bytes stand for many rows.
    constexpr std::uint64_t most_rows = 100'000;
    if (const auto t = columns_from(placed, room, "input", column_check::whole))
        if (t->rows() <= most_rows) ask_everything(*t);
    text_options sound;
    sound.sound_rows_only = true;
    if (const auto read = read_text(bytes, sound)) ask_everything(*read->made);
    return 0;
}
