#include "render/template.hpp"

#include <doctest/doctest.h>

#include "render/escape.hpp"

using namespace veche;
using namespace veche::render;

namespace {

enum class light : std::uint8_t { red, green };
VECHE_CHOICES(light, red, green)

struct line {
    std::string name;
    std::int64_t size = 0;
    std::optional<date> due;
};
VECHE_FIELDS_HERE(line, (name, "Name."), (size, "Size."), (due, "Due."))

struct view {
    std::string title;
    localized name;
    light state = light::red;
    bool open = false;
    std::vector<line> lines;
    std::optional<line> best;
    std::map<std::string, std::int64_t> votes;
    instant at;
    amount sum;
    markup plot;
    body_id body;
    ratio share;
};
VECHE_FIELDS_HERE(view, (title, "Title."), (name, "Name."), (state, "State."), (open, "Open."),
                  (lines, "Lines."), (best, "Best."), (votes, "Votes."), (at, "At."), (sum, "Sum."),
                  (plot, "Plot."), (body, "Body."), (share, "Share."))

struct globals {
    std::string lang;
};
VECHE_FIELDS_HERE(globals, (lang, "Language."))

constexpr std::string_view english = R"toml(
[format]
date = "{day} {month} {year}"
instant = "{date}, {time} ({zone})"
[lines]
count = "{n, plural, one {# line} other {# lines}}"
hello = "Hello, {who}"
[choice.light]
red = "Stop"
green = "Go"
)toml";
constexpr std::string_view russian = R"toml(
[format]
date = "{day} {month} {year} г."
instant = "{date}, {time} ({zone})"
[lines]
count = "{n, plural, one {# строка} few {# строки} many {# строк} other {# строки}}"
hello = "Здравствуйте, {who}"
[choice.light]
red = "Стоять"
green = "Идти"
)toml";

class few_names : public names {
  public:
    const localized* find(std::string_view kind, std::string_view id) const override {
        static const localized found{{"en", "Council"}, {"ru", "Совет"}};
        return kind == "body" && id == "council" ? &found : nullptr;
    }
    std::int32_t scale(std::string_view unit) const override { return unit == "RUB" ? 2 : 0; }
};

catalogue texts(std::string_view language) {
    auto made = catalogue::from_text(language, language == "ru" ? russian : english);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return std::move(*made);
}

std::string show(const std::string& source, const view& data, std::string_view language = "en",
                 std::map<std::string, std::string> others = {}) {
    const catalogue in = texts(language);
    const zone minsk("Europe/Minsk");
    const few_names known;
    others["page"] = source;
    const auto parsed = templates::from_texts(others);
    if (!parsed) return parsed.error().sentence();
    const auto bound = bind<globals, view>(*parsed, "page", in);
    if (!bound) return bound.error().sentence();
    const globals page{std::string(language)};
    return render_page(*bound, page, data, {&in, "ru", &minsk, &known});
}

}  // namespace

TEST_CASE("values are escaped, markup made here is not") {
    view data;
    data.title = R"(<a href="x">'`&)";
    data.plot.bytes = "<svg/>";
    CHECK(show("{{title}}{{plot}}", data) == "&lt;a href=&quot;x&quot;&gt;&#39;&#96;&amp;<svg/>");
    CHECK(show("{{title|short:2}}", data) == "&lt;a\u2026");
    CHECK(show("{{title|url}}", data) == "%3Ca%20href%3D%22x%22%3E%27%60%26");
}

TEST_CASE("sections follow the type: lists, optionals, truths, choices, maps") {
    view data;
    data.lines = {{"one", 1, {}}, {"two", 2, date{1}}};
    CHECK(show("{{#lines}}{{@number}} {{name}}{{^@last}}, {{/@last}}{{/lines}}", data) ==
          "1 one, 2 two");
    CHECK(show("{{^lines}}none{{/lines}}{{lines.@size}}", data) == "2");
    CHECK(show("{{#lines}}{{#due}}[{{.}}]{{/due}}{{^due}}-{{/due}}{{/lines}}", data) ==
          "-[<time datetime=\"1970-01-02\">2 January 1970</time>]");
    CHECK(show("{{#best}}{{name}}{{/best}}{{^best}}nobody{{/best}}{{best.name}}", data) ==
          "nobody");
    data.best = data.lines[0];
    CHECK(show("{{#best}}{{name}}{{/best}}{{^best}}nobody{{/best}} {{best.name}}", data) ==
          "one one");
    CHECK(show("{{#state=green}}go{{/state}}{{^state=green}}wait{{/state}}{{state}}", data) ==
          "waitStop");
    CHECK(show("{{#open}}yes{{/open}}{{^open}}no{{/open}}", data) == "no");
    data.votes = {{"ada", 3}, {"bo", 0}};
    CHECK(show("{{#votes}}{{@key}}={{.}};{{/votes}}", data) == "ada=3;bo=0;");
    CHECK(show("{{#lines}}{{title}}{{@view.title}}{{@page.lang}}{{/lines}}", data) == "enen");
}

TEST_CASE("dates, amounts and choices speak the page's language") {
    view data;
    data.at = *parse_instant("2026-11-24T10:46:00.000Z");
    data.sum = {1234567890, {"RUB"}};
    data.body.value = "council";
    data.share = {2, 3};
    CHECK(show("{{at}}", data) ==
          "<time datetime=\"2026-11-24T10:46:00.000Z\">24 November 2026, 13:46 (Minsk, "
          "UTC+3)</time>");
    CHECK(show("{{at|datetime|plain}}", data, "ru") == "24 ноября 2026 г., 13:46 (Минск, UTC+3)");
    CHECK(show("{{sum|money|plain}}", data) == "12,345,678.90\u00A0RUB");
    CHECK(show("{{sum|money|plain}}", data, "ru") == "12\u00A0345\u00A0678,90\u00A0RUB");
    CHECK(show("{{state}} {{body|name:body}} {{share|percent}}", data, "ru") ==
          "Стоять Совет 66,7\u00A0%");
    CHECK(show("{{body|name:member}}", data) == "council");
    CHECK(show("{{share|value}}", data) == "\u2248\u00A00.67");
    data.share = {-5, 2};
    CHECK(show("{{share|value}}", data, "ru") == "\u22122,5");
    data.share = {240'000, 2};
    CHECK(show("{{share|value}}", data) == "120,000");
}

TEST_CASE("a missing language falls back to the language of record, marked") {
    view data;
    data.name = {{"ru", "Минск & Москва"}};
    CHECK(show("{{name}}", data) == "<span lang=\"ru\">Минск &amp; Москва</span>");
    CHECK(show("{{name|plain}}", data) == "Минск &amp; Москва");
}

TEST_CASE("texts take their places from fields and choose plural forms") {
    view data;
    data.title = "<b>";
    data.lines.resize(22);
    CHECK(show("{{t lines.count n=lines.@size}}", data, "ru") == "22 строки");
    data.lines.resize(5);
    CHECK(show("{{t lines.count n=lines.@size}}", data, "ru") == "5 строк");
    CHECK(show("{{t lines.hello who=title}}", data) == "Hello, &lt;b&gt;");
}

TEST_CASE("parts, parents and blocks") {
    view data;
    data.title = "T";
    const std::map<std::string, std::string> others{
        {"layout", "<h1>{{$title}}none{{/title}}</h1>\n{{$main}}{{/main}}"},
        {"part", "[{{title}}]"}};
    CHECK(show("{{<layout}}\n{{$title}}{{>part}}{{/title}}\n{{$main}}M{{/main}}\n{{/layout}}", data,
               "en", others) == "<h1>[T]</h1>\nM");
    CHECK(show("{{<layout}}{{/layout}}", data, "en", others) == "<h1>none</h1>\n");
    CHECK(show("a\n  {{#open}}\n x\n  {{/open}}\nb\n", data) == "a\nb\n");
}

TEST_CASE("what does not fit is said when the template is bound") {
    const view data;
    const auto says = [&](const std::string& source, const std::string& why) {
        const auto answer = show(source, data);
        CHECK_MESSAGE(answer.find(why) != std::string::npos, answer);
    };
    says("\n{{titel}}", "Template page, line 2: nothing here has a field called titel");
    says("{{best.nme}}", "there is no nme in line");
    says("{{#state}}{{/state}}", "is a choice");
    says("{{#state=blue}}{{/state}}", "is never blue");
    says("{{title|date}}", "takes a date");
    says("{{title|dat}}", "there is no filter dat");
    says("{{lines}}", "cannot be printed");
    says("{{t no.key}}", "lacks no.key");
    says("{{t lines.count}}", "wants n");
    says("{{#open}}", "not closed");
    says("{{/open}}", "not opened");
    says("{{>nobody}}", "no template called nobody");
    says("{{{title}}}", "raw values");
    says("{{>page}}", "includes itself");
    says("{{body|name:planet}}", "no kind of name");
}

TEST_CASE("words come into a text as they are, numbers and plurals as the language writes them") {
    const auto texts = *catalogue::from_text("en", R"(
a = "{who} asks {whom}, {who}."
b = "{n} of {who}"
c = "it''s {who}"
d = "{n, plural, one {# day} other {# days}} for {who}"
)");
    const text_argument who{"who", "{whom} o'Neil & <b>"}, whom{"whom", "Ў"};
    CHECK(texts.text("a", {who, whom}) == "{whom} o'Neil & <b> asks Ў, {whom} o'Neil & <b>.");
    CHECK(texts.text("a", {whom}) == "{who} asks Ў, {who}.");
    CHECK(texts.text("b", {{"n", std::int64_t{1234567}}, whom, {"who", "x"}}) == "1,234,567 of x");
    CHECK(texts.text("b", {{"n", "7 000"}, {"who", "x"}}) == "7 000 of x");
    CHECK(texts.text("c", {whom, {"who", "x"}}) == "it's x");
    CHECK(texts.text("d", {{"n", std::int64_t{1}}, {"who", "x"}}) == "1 day for x");
}

TEST_CASE("languages must have the same texts with the same places") {
    const auto a = *catalogue::from_text("en", "a = \"{n}\"\nb = \"x\"");
    const auto b = *catalogue::from_text("ru", "a = \"{m}\"\nc = \"x\"");
    const auto found = differences(a, b);
    REQUIRE(found.size() == 3);
    CHECK(found[0] == "a has other places in ru than in en");
    CHECK(found[1] == "ru lacks b");
    CHECK(found[2] == "en lacks c");
    CHECK_FALSE(catalogue::from_text("en", "a = \"{n\"").has_value());
    CHECK_FALSE(catalogue::from_text("en", "a = 1").has_value());
}

TEST_CASE("a refusal speaks the language of the page") {
    static constexpr refusal_kind kind{"room.fact", 409, "{0} is shut."};
    const auto ru = *catalogue::from_text("ru", "[refusal.room]\nfact = \"{0}: закрыто.\"");
    const auto en = *catalogue::from_text("en", "");
    const refusal why{&kind, "", {"Door"}};
    CHECK(ru.sentence(why) == "Door: закрыто.");
    CHECK(en.sentence(why) == "Door is shut.");
}
