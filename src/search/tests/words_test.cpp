#include "search/words.hpp"

#include <doctest/doctest.h>

using namespace veche::search;

namespace {

std::vector<std::string> folded(std::string_view text) {
    std::vector<std::string> out;
    for (const word_at& one : words_of(text)) out.push_back(one.folded);
    return out;
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("words are what stands between signs, in the three languages") {
    CHECK(folded("Berlin–Minsk, 2026-07 (No. 5)") ==
          list{"berlin", "minsk", "2026", "07", "no", "5"});
    CHECK(folded("«Белкоммунмаш»—холдинг № 7") == list{"белкоммунмаш", "холдинг", "7"});
    CHECK(folded("Сувязі Мінска й Віцебска") == list{"сувязи", "минска", "й", "вицебска"});
}

TEST_CASE("what people interchange is one letter") {
    CHECK(folded("Объём") == folded("объем"));
    CHECK(folded("Магілёў") == folded("магилеу"));
    for (const char* spelling : {"аб'ект", "аб’ект", "абʼект", "аб‘ект", "аб\u00ADект"})
        CHECK(folded(spelling) == list{"абект"});
    CHECK(folded("Zürich") == list{"zurich"});
}

TEST_CASE("marks that stand apart are as if they were written into the letter") {
    CHECK(folded("е\u0308лка") == folded("ёлка"));
    CHECK(folded("раи\u0306он") == folded("район"));
    CHECK(folded("у\u0306сё") == folded("ўсё"));
    CHECK(folded("Zu\u0308rich") == list{"zurich"});
    CHECK(folded("при\u0301каз") == folded("приказ"));
}

TEST_CASE("a word of two alphabets is read as Cyrillic where that can be") {
    CHECK(folded("Mинcк") == list{"минск"});
    CHECK(folded("Минск1") == list{"минск1"});
    CHECK(folded("Minsk") == list{"minsk"});
    CHECK(folded("Zбор") == list{"zбор"});
}

TEST_CASE("an apostrophe around a word is not in it") {
    const std::string text = "the ‘port’ of Brest'";
    const auto words = words_of(text);
    REQUIRE(words.size() == 4);
    CHECK(text.substr(words[1].begin, words[1].end - words[1].begin) == "port");
    CHECK(text.substr(words[3].begin, words[3].end - words[3].begin) == "Brest");
}

TEST_CASE("bytes that are no text stop nothing") {
    CHECK(folded("\xff\xc3 port \xe2\x80").size() >= 1);
    CHECK(folded("").empty());
    CHECK(letters_of("\xc3").size() == 1);
}

TEST_CASE("a letter more, fewer, other or swapped is one error") {
    CHECK(distance(U"минск", U"минск", 2) == 0);
    CHECK(distance(U"минск", U"мнск", 2) == 1);
    CHECK(distance(U"минск", U"миннск", 2) == 1);
    CHECK(distance(U"минск", U"мирск", 2) == 1);
    CHECK(distance(U"минск", U"мниск", 2) == 1);
    CHECK(distance(U"минск", U"пинскк", 2) == 2);
    CHECK(distance(U"минск", U"брест", 2) == 3);
    CHECK(distance(U"ca", U"abc", 3) == 3);  // no letter is touched twice
}

TEST_CASE("short words and numbers must be right") {
    CHECK(errors_forgiven(U"рак") == 0);
    CHECK(errors_forgiven(U"порт") == 1);
    CHECK(errors_forgiven(U"минском") == 1);
    CHECK(errors_forgiven(U"витебска") == 2);
    CHECK(errors_forgiven(U"2026") == 0);
}
