#include "documents/digest.hpp"

#include <doctest/doctest.h>

#include "source_dir.hpp"

using namespace veche;
using namespace veche::documents;

namespace {

struct fixture {
    render::catalogues texts =
        *render::catalogues::load(veche::source_dir() + "/web/catalogues", {"en", "ru", "be"});
    render::zone minsk{"Europe/Minsk"};

    setting in(std::string_view language) const {
        setting made;
        made.around.texts = texts.find(language);
        made.around.zone = &minsk;
        made.around.record_language = "en";
        made.union_name = {{"en", "Union <1>"}, {"ru", "Союз"}};
        made.site = "https://union.example";
        return made;
    }
    static digest_group group(std::string title,
                              const std::vector<std::pair<int, std::string>>& items) {
        digest_group made{"Vote", std::move(title), "votes/v-1", {}};
        for (const auto& [hour, said] : items)
            made.items.push_back({said, {hour * 3'600'000LL}, hour});
        return made;
    }
};

}  // namespace

TEST_CASE_FIXTURE(fixture,
                  "a digest tells things newest first, and what happened to each likewise") {
    const letter made = digest_of(
        in("en"), false,
        {group("Old", {{1, "first"}, {3, "third"}}), group("New", {{2, "second"}, {9, "ninth"}})},
        "https://union.example/en/unsubscribe/x");
    const auto at = [&](const char* words) { return made.text.find(words); };
    CHECK(at("New") < at("ninth"));
    CHECK(at("ninth") < at("second"));
    CHECK(at("second") < at("Old"));
    CHECK(at("Old") < at("third"));
    CHECK(at("third") < at("first"));
    CHECK(made.subject == "Union <1>: New and 1 more thing");
    CHECK(at("(Minsk, UTC+3)") != std::string::npos);
    CHECK(at("https://union.example/en/unsubscribe/x") != std::string::npos);
}

TEST_CASE_FIXTURE(fixture,
                  "the two forms of a mail say the same, the HTML with its marks escaped") {
    const letter made = digest_of(in("en"), true, {group("A & <b>", {{1, "It was opened."}})}, "l");
    CHECK(made.text.find("A & <b>") != std::string::npos);
    CHECK(made.html.find("A &amp; &lt;b&gt;") != std::string::npos);
    CHECK(made.html.find("<b>") == std::string::npos);
    CHECK(made.html.find("<img") == std::string::npos);
    CHECK(made.subject == "Union <1>: A & <b>. It was opened.");
}

TEST_CASE_FIXTURE(fixture, "a mail speaks the reader's language") {
    const letter made =
        digest_of(in("ru"), false,
                  {group("А", {{1, "x"}}), group("Б", {{2, "x"}}), group("В", {{3, "x"}})}, "l");
    CHECK(made.subject == "Союз: В и ещё 2 предмета");
    CHECK(made.text.find("(Минск, UTC+3)") != std::string::npos);
    const letter asked =
        confirmation_of(in("be"), "Сакратар", "https://union.example/be/confirm/k");
    CHECK(asked.text.find("https://union.example/be/confirm/k") != std::string::npos);
    CHECK(asked.text.find("Сакратар") != std::string::npos);
}

TEST_CASE_FIXTURE(fixture, "what is too much for a mail is counted") {
    std::vector<std::pair<int, std::string>> items;
    for (int i = 0; i < 25; ++i) items.emplace_back(i, "news " + std::to_string(i) + ".");
    const letter made = digest_of(in("en"), false, {group("A", items)}, "l");
    CHECK(made.text.find("news 24.") != std::string::npos);
    CHECK(made.text.find("news 4.") == std::string::npos);
    CHECK(made.text.find("and 5 more on the site") != std::string::npos);
}
