#include "journal/envelope.hpp"

#include <doctest/doctest.h>

#include "journal/refusal.hpp"

namespace veche::journal {
namespace {

const std::string cast_act = compose_act_line(
    "p-1", "seat/1", R"({"choice":"yes"})", "01980000-0000-7000-8000-000000000001",
    "veche.example/journal", "assembly.cast_ballot", 1,
    {std::pair<std::uint64_t, std::string>{15, "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs="},
     {{"decision/142", 7}}});

refusal refused(const std::string& line) {
    json::document parsed;
    REQUIRE(parsed.reset(line));
    const auto read = read_envelope(parsed.root());
    REQUIRE_FALSE(read);
    return read.error();
}

std::string with(std::string line, std::string_view from, std::string_view to) {
    const auto at = line.find(from);
    REQUIRE(at != std::string::npos);
    return line.replace(at, from.size(), to);
}

TEST_CASE("an act says who, by what right, what, and what they had seen") {
    CHECK(json::canonicalize(cast_act).value() == cast_act);
    json::document parsed;
    REQUIRE(parsed.reset(cast_act));
    const auto e = read_envelope(parsed.root());
    REQUIRE(e);
    CHECK_FALSE(e->derived);
    CHECK(e->actor == "p-1");
    CHECK(e->auth == "seat/1");
    CHECK(e->idem == "01980000-0000-7000-8000-000000000001");
    CHECK(e->log == "veche.example/journal");
    CHECK(e->type == "assembly.cast_ballot");
    CHECK(e->v == 1);
    CHECK(e->body.raw() == R"({"choice":"yes"})");
    REQUIRE(e->seen);
    CHECK(e->seen->size == 15);
    REQUIRE(e->basis.size() == 1);
    CHECK(e->basis[0].stream == "decision/142");
    CHECK(e->basis[0].ver == 7);
}

TEST_CASE("a consequence names its cause and nobody else") {
    const std::string line =
        compose_event_line(15, "veche.example/journal", {"assembly.vote_decided", 1, "{}"});
    CHECK(line == R"({"body":{},"by":15,"log":"veche.example/journal",)"
                  R"("type":"assembly.vote_decided","v":1})");
    json::document parsed;
    REQUIRE(parsed.reset(line));
    const auto e = read_envelope(parsed.root());
    REQUIRE(e);
    CHECK(e->derived);
    CHECK(e->by == 15);
}

TEST_CASE("what is missing, extra or of another type is refused by name") {
    CHECK(refused(with(cast_act, R"("actor":"p-1",)", "")).kind == &refusals::envelope_malformed);
    CHECK(refused(with(cast_act, R"("idem":)", R"("idea":)")).field == "idea");
    CHECK(refused(with(cast_act, R"("actor":"p-1")", R"("actor":1)")).field == "actor");
    CHECK(refused(with(cast_act, R"("actor":"p-1")", R"("actor":"p 1")")).field == "actor");
    CHECK(refused(with(cast_act, R"("v":1)", R"("v":-1)")).field == "v");
    CHECK(refused(with(cast_act, R"("size":15)", R"("size":"15")")).field == "seen.size");
    CHECK(refused(with(cast_act, R"("ver":7)", R"("ver":null)")).field == "basis.ver");
    CHECK(refused(with(cast_act, R"({"choice":"yes"})", "[]")).field == "body");
    CHECK(refused(with(cast_act, R"("body":{"choice":"yes"},)", R"("body":{},"by":3,)")).kind ==
          &refusals::envelope_malformed);
    CHECK(refused("[]").kind == &refusals::envelope_malformed);
    CHECK(refused("{}").kind == &refusals::envelope_malformed);
}

}  // namespace
}  // namespace veche::journal
