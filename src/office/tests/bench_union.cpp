#include "office/tests/bench_union.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "charter/toml.hpp"
#include "journal/entry.hpp"
#include "journal/log_source.hpp"
#include "kernel/check.hpp"
#include "office/verify.hpp"
#include "source_dir.hpp"

namespace veche::office::testing {
namespace {

charter::charter_document example_charter() {
    std::ifstream in(std::filesystem::path(veche::source_dir()) / "unions/union-state.toml");
    std::ostringstream text;
    text << in.rdbuf();
    auto document = charter::read_toml(text.str());
    VECHE_ENSURE(document.has_value(), document ? "" : document.error().sentence());
    return *std::move(document);
}

const char* const ministers[][2] = {
    {"ru-prime-minister", "com/ru-prime-minister"}, {"by-prime-minister", "com/by-prime-minister"},
    {"ru-foreign-minister", "com/ru-foreign"},      {"by-foreign-minister", "com/by-foreign"},
    {"ru-economy-minister", "com/ru-economy"},      {"by-economy-minister", "com/by-economy"},
    {"ru-finance-minister", "com/ru-finance"},      {"by-finance-minister", "com/by-finance"},
    {"state-secretary", "com/state-secretary"}};

}  // namespace

bench_union::bench_union()
    : publisher(store, guard, "union.example/journal",
                journal::key_from_seed(std::string(32, 'k'))) {
    options with;
    with.now = [this] { return instant{now_}; };
    with.ticker = false;
    desk = office::open(store, publisher, with).value();
    const auto founded = desk->found(example_charter());
    VECHE_ENSURE(founded.has_value(), founded ? "" : founded.error().sentence());
}

result<receipt> bench_union::send(std::string_view type, std::string_view body,
                                  std::string_view person, std::string_view auth,
                                  std::string_view idem) {
    now_ += 1000;
    const std::string canonical = VECHE_TRY(json::canonicalize(body));
    const std::string own = "t-" + std::to_string(next_idem_++);
    return desk->submit_unsigned(type, canonical, {std::string(person)}, auth,
                                 idem.empty() ? own : idem);
}

receipt bench_union::must(std::string_view type, std::string_view body, std::string_view person,
                          std::string_view auth) {
    const auto done = send(type, body, person, auth);
    REQUIRE_MESSAGE(done.has_value(), type << " " << body << ": " << done.error().sentence() << " ["
                                           << done.error().field << "]");
    return *done;
}

std::string bench_union::refused(std::string_view type, std::string_view body,
                                 std::string_view person, std::string_view auth) {
    const auto done = send(type, body, person, auth);
    return done ? "" : std::string(done.error().code());
}

void bench_union::session(const std::string& id) {
    must("assembly.convene_session",
         R"({"id":")" + id + R"(","body":"com","title":{"en":"Session"},"starts":")" +
             to_text(plus_days(desk->now(), 1)) + "\"}",
         "state-secretary", "pc/state-secretary");
    must("assembly.add_item",
         R"({"session":")" + id + R"(","item":"i1","kind":"decision","title":{"en":"Item"}})",
         "state-secretary", "pc/state-secretary");
}

void bench_union::vote(const std::string& session, const std::string& motion,
                       std::string_view choice) {
    must("assembly.open_vote", R"({"vote":"v-)" + motion + R"(","motion":")" + motion + "\"}",
         "ru-prime-minister", "com/chair");
    for (const auto& [person, seat] : ministers)
        must("assembly.cast_ballot",
             R"({"vote":"v-)" + motion + R"(","seat":")" + seat + R"(","choice":")" +
                 std::string(choice) + "\"}",
             person, seat);
    must("assembly.close_vote", R"({"vote":"v-)" + motion + "\"}", "ru-prime-minister",
         "com/chair");
    (void)session;
}

void bench_union::adopt(const std::string& session, const std::string& motion,
                        const std::string& enactments) {
    must("assembly.open_session", R"({"session":")" + session + "\"}", "ru-prime-minister",
         "com/chair");
    must("assembly.table_motion",
         R"({"motion":")" + motion + R"(","session":")" + session +
             R"(","item":"i1","title":{"en":"Motion"},"text":{"en":"Text"},"enactments":)" +
             enactments + "}",
         "ru-prime-minister", "com/chair");
    vote(session, motion, "yes");
}

std::vector<std::string> bench_union::types(std::uint64_t from) const {
    std::vector<std::string> out;
    for (std::uint64_t i = from; i < store.current().next; ++i) {
        const std::string bytes = entry(i);
        const auto view = journal::parse_entry(bytes);
        json::document line;
        VECHE_ENSURE(view && line.reset(view->event_line), "a stored entry is well-formed");
        out.emplace_back(line.root().find("type").as_string());
    }
    return out;
}

void verifies(bench_union& u) {
    REQUIRE(u.publisher.publish().has_value());
    journal::publisher_source source(u.publisher);
    verify_options with;
    with.vkey = u.publisher.vkey();
    const auto report = verify(source, with);
    REQUIRE_MESSAGE(report.has_value(), report.error().why.sentence());
    CHECK(report->entries == static_cast<std::int64_t>(u.store.current().next));
}

}  // namespace veche::office::testing
