// What the index finds beside a plain reading of every word of every thing.

#include "search/index.hpp"

#include <algorithm>
#include <optional>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace veche::search;

namespace {

thing_text thing(std::string kind, std::string id, std::vector<std::string> title,
                 std::vector<std::string> text = {}, std::int64_t day = 0) {
    return {std::move(kind), std::move(id), std::move(title), std::move(text), day};
}

std::vector<std::string> ids(const answer& of) {
    std::vector<std::string> out;
    for (const hit& one : of.hits) out.push_back(one.id);
    return out;
}

query words(std::string text) {
    return {std::move(text), "", 0, 50};
}

using list = std::vector<std::string>;

// --- A plain reading ------------------------------------------------------------------------

/// How the word of a thing answers the one that was asked for: errors, beginnings; nothing where
/// it does not.
std::optional<std::pair<int, int>> plainly(const std::string& word, const std::string& asked) {
    if (word == asked) return std::pair{0, 0};
    if (word.starts_with(asked)) return std::pair{0, 1};
    const int most = errors_forgiven(letters_of(asked));
    const int errors = distance(letters_of(asked), letters_of(word), most);
    if (most == 0 || errors > most) return std::nullopt;
    return std::pair{errors, 0};
}

struct ranked {
    int how = 0;
    int in_text = 0;
    const thing_text* one = nullptr;
    hit shown;
};

std::optional<ranked> read_plainly(const thing_text& one, const std::vector<std::string>& asked) {
    ranked out{0, 0, &one, {one.kind, one.id, 0, 0, 0}};
    for (const std::string& word : asked) {
        std::optional<std::tuple<int, int, int, int>> best;
        const auto look = [&](const std::string& text, int in_text) {
            for (const word_at& each : words_of(text))
                if (const auto how = plainly(each.folded, word)) {
                    const std::tuple now{how->first * 2 + how->second, in_text, how->first,
                                         how->second};
                    if (!best || now < *best) best = now;
                }
        };
        for (const std::string& text : one.title) look(text, 0);
        look(one.id, 0);
        // A word that stands in the title is not looked for in the text again.
        for (const std::string& text : one.text) look(text, 1);
        if (!best) return std::nullopt;
        out.how += std::get<0>(*best);
        out.in_text += std::get<1>(*best);
        out.shown.errors += std::get<2>(*best);
        out.shown.beginnings += std::get<3>(*best);
    }
    out.shown.in_text = out.in_text;
    return out;
}

std::vector<hit> find_plainly(const std::vector<thing_text>& all, const std::string& text) {
    std::vector<std::string> asked;
    for (const word_at& one : words_of(text))
        if (std::find(asked.begin(), asked.end(), one.folded) == asked.end())
            asked.push_back(one.folded);
    std::vector<ranked> found;
    for (const thing_text& one : all)
        if (const auto how = read_plainly(one, asked)) found.push_back(*how);
    std::sort(found.begin(), found.end(), [](const ranked& a, const ranked& b) {
        return std::tuple(a.how, a.in_text, -a.one->day, a.one->kind, a.one->id) <
               std::tuple(b.how, b.in_text, -b.one->day, b.one->kind, b.one->id);
    });
    std::vector<hit> out;
    for (const ranked& one : found) out.push_back(one.shown);
    return out;
}

/// Few letters, so that errors and beginnings happen.
rc::Gen<std::string> near_words() {
    return rc::gen::apply(
        [](const std::vector<int>& letters) {
            static constexpr const char* parts[] = {"м", "и", "н", "с", "к", "ё", "a"};
            std::string out;
            for (const int one : letters) out += parts[one];
            return out;
        },
        rc::gen::resize(
            12, rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 7)))));
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& one : parts) out += one + " ";
    return out;
}

}  // namespace

TEST_CASE("the right word comes before a longer one, and that before one with an error") {
    word_index all;
    all.put(thing("place", "a", {"Минска"}));
    all.put(thing("place", "b", {"Пинск"}));
    all.put(thing("place", "c", {"Минск"}));
    CHECK(ids(all.find(words("минск"))) == list{"c", "a", "b"});
    const answer found = all.find(words("Мінск"));
    REQUIRE(found.hits.size() == 3);
    CHECK(found.hits[0] == hit{"place", "c", 0, 0, 0});
    CHECK(found.hits[1] == hit{"place", "a", 0, 1, 0});
    CHECK(found.hits[2] == hit{"place", "b", 1, 0, 0});
}

TEST_CASE("titles come before texts, then the latest comes first") {
    word_index all;
    all.put(thing("motion", "old", {"Harbour"}, {}, 1));
    all.put(thing("motion", "new", {"Harbour"}, {}, 2));
    all.put(thing("motion", "said", {"Cranes"}, {"of the harbour"}, 3));
    CHECK(ids(all.find(words("harbour"))) == list{"new", "old", "said"});
}

TEST_CASE("every word must be found, a kind may be asked for, and all kinds are counted") {
    word_index all;
    all.put(thing("link", "l", {"Brest – Kobrin"}));
    all.put(thing("place", "brest", {"Brest", "Брест", "Брэст"}));
    CHECK(ids(all.find(words("brest kobrin"))) == list{"l"});
    CHECK(all.find(words("brest harbour")).hits.empty());
    CHECK(all.find(words(" ,. ")).found == 0);
    const answer places = all.find({"брест", "place", 0, 10});
    CHECK(ids(places) == list{"brest"});
    const answer both = all.find({"brest", "place", 0, 10});
    CHECK(both.found == 1);
    CHECK(both.by_kind == std::map<std::string, std::size_t>{{"link", 1}, {"place", 1}});
}

TEST_CASE("a form of a word with another ending is found") {
    word_index all;
    all.put(thing("place", "nsk", {"Новосибирск"}));
    all.put(thing("motion", "m", {"О связях с Новосибирском"}));
    all.put(thing("place", "mah", {"Магілёў"}));
    CHECK(ids(all.find(words("новосибирск"))) == list{"nsk", "m"});
    CHECK(ids(all.find(words("новосибирском"))) == list{"m", "nsk"});
    CHECK(ids(all.find(words("магилев"))) == list{"mah"});
    CHECK(all.find(words("могилев")).found == 0);  // two letters of seven
}

TEST_CASE("what is put again is found by its new words alone") {
    word_index all;
    all.put(thing("measure", "G1", {"Harbour"}));
    all.put(thing("measure", "G1", {"Bridge"}));
    CHECK(all.find(words("harbour")).hits.empty());
    CHECK(ids(all.find(words("bridge"))) == list{"G1"});
    all.remove("measure", "G1");
    all.remove("measure", "G1");
    CHECK(all.find(words("bridge")).hits.empty());
    CHECK(all.size() == 0);
}

TEST_CASE("thousands of changes leave what a fresh index would have") {
    word_index all;
    for (int turn = 0; turn < 5; ++turn)
        for (int i = 0; i < 900; ++i)
            all.put(thing("t", std::to_string(i), {"round " + std::to_string(turn)}, {}, i));
    CHECK(all.size() == 900);
    CHECK(all.find(words("round 3")).found == 111);  // those whose own number begins with 3
    CHECK(all.find(words("round 4")).found == 900);
    CHECK(all.find({"round 4", "t", 898, 50}).hits.size() == 2);
}

TEST_CASE("the index finds what a plain reading finds, in the same order") {
    CHECK(rc::check([] {
        word_index all;
        std::vector<thing_text> things;
        const int count = *rc::gen::inRange(1, 25);
        for (int i = 0; i < count; ++i) {
            thing_text one =
                thing(i % 2 == 0 ? "place" : "link", "#" + std::to_string(i),
                      {joined(*rc::gen::resize(
                          4, rc::gen::container<std::vector<std::string>>(near_words())))},
                      {joined(*rc::gen::resize(
                          4, rc::gen::container<std::vector<std::string>>(near_words())))},
                      *rc::gen::inRange(0, 3));
            all.put(one);
            things.push_back(std::move(one));
        }
        for (int i = 0; i < 3 && !things.empty(); ++i) {  // some are put again, some go
            const auto at =
                static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(things.size())));
            if (i == 0) {
                all.remove(things[at].kind, things[at].id);
                things.erase(things.begin() + static_cast<std::ptrdiff_t>(at));
            } else {
                things[at].title = {*near_words()};
                all.put(things[at]);
            }
        }
        const std::string asked = joined(*rc::gen::resize(
            3, rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(near_words()))));
        const answer found = all.find(words(asked));
        RC_ASSERT(found.hits == find_plainly(things, asked));
        RC_ASSERT(found.found == found.hits.size());
    }));
}

TEST_CASE("a piece of the text shows the word that was found") {
    const snippet found = snippet_of(
        "The assembly asks the committee for a report on harbours, bridges and railways, to be "
        "given before the end of the year, with a list of what is not finished yet.",
        "bridge", 30);
    CHECK(found.before == "… for a report on harbours, ");
    CHECK(found.found == "bridges");
    CHECK(found.after == " and railways, to be given …");
    CHECK(snippet_of("Мост через Нёман", "неман").found == "Нёман");
    CHECK(snippet_of("Nothing of it", "harbour").found.empty());
    CHECK(snippet_of("", "harbour").found.empty());
}
