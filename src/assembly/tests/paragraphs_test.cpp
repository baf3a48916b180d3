// Texts as numbered paragraphs, what changes make of them, and differences word by word.

#include "assembly/paragraphs.hpp"

#include <random>

#include "assembly/tests/hall.hpp"
#include "assembly/word_diff.hpp"

using namespace veche;
using namespace veche::assembly;

namespace {

const std::string three = "One.\n\nTwo,\nin two lines.\n\nThree.";

text_change change(amendment_kind kind, std::int32_t paragraph, std::string words = {}) {
    text_change c{kind, paragraph, {}};
    if (!words.empty()) c.words["en"] = std::move(words);
    return c;
}

std::string after(const std::vector<text_change>& changes) {
    return change_all({{"en", three}}, "en", changes).text.at("en");
}

std::string side(const std::vector<diff_piece>& pieces, diff_kind left_out) {
    std::string out;
    for (const diff_piece& p : pieces)
        if (p.kind != left_out) out += (out.empty() ? "" : " ") + p.words;
    return out;
}

}  // namespace

TEST_CASE("blank lines part paragraphs, whatever their spaces and line ends") {
    CHECK(paragraphs_of(three) ==
          std::vector<std::string>{"One.", "Two,\nin two lines.", "Three."});
    CHECK(paragraphs_of("\r\n\r\nOne. \r\n \t \r\n\r\nTwo.\r\n") ==
          std::vector<std::string>{"One.", "Two."});
    CHECK(paragraphs_of(" \n\n").empty());
    CHECK(text_of(paragraphs_of(three)) == three);
}

TEST_CASE("changes name paragraphs by the numbers of the text as tabled") {
    using enum amendment_kind;
    CHECK(after({}) == three);
    CHECK(after({change(replace, 1, "Uno.")}) == "Uno.\n\nTwo,\nin two lines.\n\nThree.");
    CHECK(after({change(delete_, 2), change(replace, 3, "Tres.")}) == "One.\n\nTres.");
    CHECK(after({change(insert_after, 0, "Zero."), change(insert_after, 3, "Four.\n\nFive.")}) ==
          "Zero.\n\nOne.\n\nTwo,\nin two lines.\n\nThree.\n\nFour.\n\nFive.");
    // What was put in behind a paragraph stays when the paragraph goes.
    CHECK(after({change(insert_after, 1, "A."), change(delete_, 1),
                 change(insert_after, 1, "B.")}) == "A.\n\nB.\n\nTwo,\nin two lines.\n\nThree.");
    CHECK(after({change(delete_, 1), change(delete_, 2), change(delete_, 3)}).empty());
}

TEST_CASE("other languages travel along, and stay behind where they cannot") {
    using enum amendment_kind;
    const localized text{{"be", "Адзін."}, {"en", "One.\n\nTwo."}, {"ru", "Раз.\n\nДва."}};
    auto c = change(replace, 2, "Three.");
    c.words["ru"] = "Три.";
    const auto both = change_all(text, "en", {c});
    CHECK(both.text == localized{{"en", "One.\n\nThree."}, {"ru", "Раз.\n\nТри."}});
    CHECK(both.left_behind == std::vector<std::string>{"be"});
    c.words.erase("ru");
    CHECK(change_all(text, "en", {c}).text == localized{{"en", "One.\n\nThree."}});
    // A deletion needs no words.
    CHECK(change_all(text, "en", {change(delete_, 1)}).text ==
          localized{{"en", "Two."}, {"ru", "Два."}});
}

TEST_CASE("the language of record is the first of the charter that says something") {
    const assembly::testing::hall h;
    CHECK(language_of_record(h.charter, {{"en", "x"}, {"ru", "y"}}) == "en");
    CHECK(language_of_record(h.charter, {{"en", " \n"}, {"ru", "y"}}) == "ru");
    CHECK(language_of_record(h.charter, {}).empty());
}

TEST_CASE("a difference names what goes out before what comes in") {
    const auto pieces = diff_words("the old mill by the river", "the new mill  by\nthe sea shore");
    CHECK(pieces == std::vector<diff_piece>{{diff_kind::same, "the"},
                                            {diff_kind::out, "old"},
                                            {diff_kind::in, "new"},
                                            {diff_kind::same, "mill by the"},
                                            {diff_kind::out, "river"},
                                            {diff_kind::in, "sea shore"}});
    CHECK(word_distance("the old mill by the river", "the new mill by the sea shore") == 5);
    CHECK(diff_words("", "").empty());
    CHECK(word_distance("a b", "") == 2);
}

TEST_CASE("random texts: both sides of a difference can be read back") {
    std::mt19937 random(7);
    const auto text = [&] {
        std::string out;
        for (auto n = random() % 30; n > 0; --n)
            out += std::string(out.empty() ? "" : " ") + static_cast<char>('a' + random() % 4);
        return out;
    };
    for (int i = 0; i < 2000; ++i) {
        const std::string a = text();
        const std::string b = text();
        const auto pieces = diff_words(a, b);
        REQUIRE(side(pieces, diff_kind::in) == a);
        REQUIRE(side(pieces, diff_kind::out) == b);
        REQUIRE(word_distance(a, b) == word_distance(b, a));
        for (std::size_t p = 1; p < pieces.size(); ++p)
            REQUIRE(pieces[p].kind != pieces[p - 1].kind);
    }
}

TEST_CASE("texts too large to compare count as wholly different between equal ends") {
    std::string a = "head";
    std::string b = "head";
    for (int i = 0; i < 1100; ++i) {
        a += " a" + std::to_string(i);
        b += " b" + std::to_string(i);
    }
    const auto pieces = diff_words(a + " a tail", b + " a tail");
    REQUIRE(pieces.size() == 4);
    CHECK(pieces[0].words == "head");
    CHECK(pieces[3].words == "a tail");
}
