#include "kernel/search_fold.hpp"

#include <doctest/doctest.h>

using veche::fold_for_search;
using veche::matches_search;

TEST_CASE("folding joins case, ё and е, і and и, ў and у, and drops apostrophes") {
    CHECK(fold_for_search("Ёлка ÉCOLE Straße") == "елка ecole strasse");
    CHECK(fold_for_search("Łódź Zürich Smørrebrød Œuvre") == "lodz zurich smorrebrod oeuvre");
    CHECK(fold_for_search("Ελλάς ΑΘΉΝΑ") == "ελλασ αθηνα");
    CHECK(fold_for_search("ҐАНАК Қазақ") == fold_for_search("ганак қазақ"));
    CHECK(fold_for_search("Беларусі") == fold_for_search("БЕЛАРУСИ"));
    CHECK(fold_for_search("саўка") == fold_for_search("САУКА"));
    CHECK(fold_for_search("аб'ект") == fold_for_search("аб\u2019ект"));
    CHECK(fold_for_search("аб\u02bcект") == "абект");
    CHECK(fold_for_search("А-Я а-я 2026 €") == "а-я а-я 2026 €");
}

TEST_CASE("broken bytes pass through folding unharmed") {
    CHECK(fold_for_search("a\xD0") == "a\xD0");
    CHECK(fold_for_search("\xFF\x80") == "\xFF\x80");
}

TEST_CASE("all words of a query must occur") {
    const auto text = fold_for_search("О бюджете Союза на 2027 год");
    CHECK(matches_search(text, "БЮДЖЕТ 2027"));
    CHECK(matches_search(text, "  "));
    CHECK_FALSE(matches_search(text, "бюджет 2028"));
}
