// What people search for, and what is searched: any words find only what has them, and a snippet is
// a piece of its text.

#include <cstdint>

#include "kernel/check.hpp"
#include "search/index.hpp"
#include "search/words.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche::search;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto line = std::min(input.find('\n'), input.size());
    const std::string_view asked = input.substr(0, line);
    const std::string_view text = input.substr(std::min(line + 1, input.size()));
    for (const word_at& one : words_of(text))
        VECHE_ENSURE(one.begin < one.end && one.end <= text.size(), "a word is in its text");
    word_index all;
    all.put({"motion", "a", {std::string(text)}, {std::string(asked)}, 1});
    all.put({"motion", "b", {"Budget of the union"}, {"Бюджет союза"}, 2});
    const auto found = all.find({std::string(asked), "", 0, 10});
    VECHE_ENSURE(found.hits.size() <= 2 && found.found >= found.hits.size(),
                 "no more than there is");
    const snippet piece = snippet_of(text, asked);
    const std::string shown = piece.before + piece.found + piece.after;
    VECHE_ENSURE(shown.size() <= text.size() + 16, "a snippet is no longer than its text");
    all.remove("motion", "a");
    VECHE_ENSURE(all.size() == 1, "what is taken out is gone");
    return 0;
}
