#include "documents/tests/assembled_union.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "charter/toml.hpp"
#include "journal/signed_note.hpp"
#include "kernel/check.hpp"
#include "source_dir.hpp"

namespace veche::documents::testing {
namespace {

const char* const ministers[][2] = {
    {"ru-prime-minister", "com/ru-prime-minister"}, {"by-prime-minister", "com/by-prime-minister"},
    {"ru-foreign-minister", "com/ru-foreign"},      {"by-foreign-minister", "com/by-foreign"},
    {"ru-economy-minister", "com/ru-economy"},      {"by-economy-minister", "com/by-economy"},
    {"ru-finance-minister", "com/ru-finance"},      {"by-finance-minister", "com/by-finance"},
    {"state-secretary", "com/state-secretary"}};

charter::charter_document example_charter() {
    std::ifstream in(std::filesystem::path(veche::source_dir()) / "unions/union-state.toml");
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    auto document = charter::read_toml(text);
    VECHE_ENSURE(document.has_value(), "the example charter is sound");
    return *std::move(document);
}

constexpr const char* measure_order =
    R"([{"type":"programme.add_measure","v":1,"body":{"measure":"m-roaming","title":)"
    R"({"en":"Even roaming tariffs","ru":"Равные тарифы"},"sphere":"economy","owner":"com",)"
    R"("due":"2026-09-30","indicator":{"name":{"en":"tariffs"},"formula":"tariffs","unit":"tariffs",)"
    R"("form":"at_least","target":"4","per":"year"}}}])";

}  // namespace

assembled_union::assembled_union()
    : publisher_(store_, guard_, "union.example/journal",
                 journal::key_from_seed(std::string(32, 'k'))) {
    office::options with;
    with.now = [this] { return instant{now_}; };
    with.ticker = false;
    desk = office::office::open(store_, publisher_, with).value();
    REQUIRE(desk->found(example_charter()));
    auto read = render::catalogues::load(
        std::filesystem::path(veche::source_dir()) / "web/catalogues", {"en", "ru", "be"});
    REQUIRE_MESSAGE(read.has_value(), read.error().sentence());
    texts_ = *std::move(read);
    must("assembly.convene_session",
         R"({"id":"s-1","body":"com","title":{"en":"Session of the Council of Ministers",)"
         R"("ru":"Заседание Совета Министров"},"starts":"2026-03-13T07:00:00.000Z",)"
         R"("venue":{"en":"Minsk","ru":"Минск"}})",
         "state-secretary", "pc/state-secretary");
    must("assembly.add_item",
         R"({"session":"s-1","item":"i1","kind":"decision","title":{"en":"Tariffs; prices, )"
         R"(and <roaming> & \"more\"","ru":"Тарифы"}})",
         "state-secretary", "pc/state-secretary");
    must("assembly.add_paper",
         R"({"session":"s-1","paper":"p1","item":"i1","title":{"en":"Draft","ru":"Проект"},)"
         R"("language":"ru","content":{"sha256":")" +
             std::string(64, 'a') + R"(","size":2048,"media":"application/pdf"}})",
         "state-secretary", "pc/state-secretary");
    must("assembly.open_session", R"({"session":"s-1"})", "ru-prime-minister", "com/chair");
    for (const auto& [motion, choice, orders] :
         {std::array<const char*, 3>{"mo-1", "yes", measure_order},
          std::array<const char*, 3>{"mo-2", "no", "[]"}}) {
        const std::string id = motion;
        must("assembly.table_motion",
             R"({"motion":")" + id + R"(","session":"s-1","item":"i1","title":{"en":"Motion )" +
                 id + R"(","ru":"Предложение )" + id +
                 R"("},"text":{"en":"First line.\nSecond line.","ru":"Первая строка.\nВторая."},)"
                 R"("enactments":)" +
                 orders + "}",
             "ru-prime-minister", "com/chair");
        must("assembly.open_vote", R"({"vote":"v-)" + id + R"(","motion":")" + id + "\"}",
             "ru-prime-minister", "com/chair");
        for (const auto& [person, seat] : ministers)
            must(
                "assembly.cast_ballot",
                R"({"vote":"v-)" + id + R"(","seat":")" + seat + R"(","choice":")" + choice + "\"}",
                person, seat);
        must("assembly.close_vote", R"({"vote":"v-)" + id + "\"}", "ru-prime-minister",
             "com/chair");
    }
    REQUIRE(desk->tick());
}

void assembled_union::must(std::string_view type, std::string_view body, std::string_view person,
                           std::string_view auth) {
    now_ += 1000;
    const auto canonical = json::canonicalize(body);
    REQUIRE(canonical);
    const auto done = desk->submit_unsigned(type, *canonical, {std::string(person)}, auth,
                                            "t-" + std::to_string(next_idem_++));
    REQUIRE_MESSAGE(done.has_value(),
                    type << ": " << done.error().sentence() << " [" << done.error().field << "]");
}

std::shared_ptr<const void> assembled_union::ask_erased(std::string_view view,
                                                        const std::string& query) {
    auto answer = desk->ask(view, query, viewer{{}, desk->now()});
    REQUIRE_MESSAGE(answer.has_value(), answer.error().sentence());
    return answer->value;
}

setting assembled_union::in(std::string_view language) {
    setting made;
    made.around.texts = texts_.find(language);
    made.around.record_language = "ru";
    made.around.zone = &zone_;
    made.union_name = {{"en", "A union"}, {"ru", "Союз"}};
    made.site = "https://veche.example";
    made.stamp = {"union.example/journal", 42, "cm9vdA=="};
    return made;
}

}  // namespace veche::documents::testing
