#include "journal/glance.hpp"

#include <random>

#include <doctest/doctest.h>

#include "journal/envelope.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view glance_log = "veche.example/journal";

/// What a glance says is what the whole line says.
void check_same(const std::string& line) {
    CAPTURE(line);
    json::document parsed;
    REQUIRE(parsed.reset(line));
    const auto whole = read_envelope(parsed.root());
    const auto seen = glance_at(line);
    REQUIRE(whole.has_value() == seen.has_value());
    if (!whole) return;
    CHECK(seen->derived == whole->derived);
    CHECK(seen->actor == whole->actor);
    CHECK(seen->idem == whole->idem);
    CHECK(seen->type == whole->type);
    CHECK(seen->v == whole->v);
}

}  // namespace

TEST_CASE("a glance at a line sees what reading it says, whatever stands in its body") {
    // Texts that look like what is looked for.
    const std::string lures[] = {R"({})",
                                 R"({"idem":"no"})",
                                 R"({"type":"no","v":9})",
                                 R"({"actor":"no","by":3,"x":{"idem":"no","type":"no","v":7}})",
                                 R"({"note":"\",\"idem\":\"no\""})",
                                 R"({"note":",\"type\":\"no\",\"v\":3}"})",
                                 R"({"list":[{"idem":"a","type":"b","v":1}]})"};
    for (const std::string& body : lures) {
        act_options with;
        check_same(compose_act_line("anna", "pc/chair", body, "k-1", glance_log, "a.b", 2));
        with.basis = {{"idem", 3}, {"type", 1}};
        check_same(compose_act_line("anna", "pc/chair", body, "k-1", glance_log, "a.b", 2, with));
        with.seen = {17, "AAAA"};
        check_same(compose_act_line("anna", "pc/chair", body, "k-1", glance_log, "a.b", 2, with));
        check_same(compose_event_line(4, glance_log, {"a.b", 1, body}));
    }
}

TEST_CASE("a line that is not as most are is read whole, and refused where it is none") {
    check_same(R"({"actor":"a","auth":"b","body":{},"idem":"k","log":"l","type":"t"})");
    check_same(R"({"actor":"a","auth":"b","body":{},"idem":"","log":"l","type":"t","v":1})");
    check_same(R"({"actor":"a","auth":"b","body":{},"idem":"k","log":"l","type":"t","v":-1})");
    check_same(R"({"actor":"a\u0001","auth":"b","body":{},"idem":"k","log":"l","type":"t","v":1})");
    for (const char* line : {"", "{", "[]", R"({"actor":"a)", R"({"actor":"a","type":"t","v":1)"})
        CHECK_FALSE(glance_at(line));
}

TEST_CASE("a glance at any bytes stays within them") {
    std::mt19937 random(20261129);
    const std::string line =
        compose_act_line("anna", "pc/chair", R"({"x":"y"})", "k-1", glance_log, "a.b", 2);
    for (int turn = 0; turn < 20'000; ++turn) {
        std::string bytes = line.substr(0, 1 + random() % line.size());
        for (int n = 0; n < 3; ++n) bytes[random() % bytes.size()] = "\"\\{},:a1"[random() % 9];
        const auto seen = glance_at(bytes);
        if (!seen) continue;
        for (const std::string_view part : {seen->actor, seen->idem, seen->type})
            CHECK((part.empty() || (part.data() >= bytes.data() &&
                                    part.data() + part.size() <= bytes.data() + bytes.size())));
    }
}

}  // namespace veche::journal
