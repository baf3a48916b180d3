#include "journal/entry.hpp"

#include <doctest/doctest.h>

#include "journal/signed_note.hpp"
#include "kernel/json.hpp"

namespace veche::journal {
namespace {

const instant noon = *parse_instant("2026-08-01T12:00:00.123Z");
const std::string cast_line = R"({"type":"vote.cast"})";

std::string one_signature() {
    return signature_line("k.veche.example/9f8e7d6c", key_from_seed(std::string(32, '7')),
                          cast_line + "\n");
}

TEST_CASE("an entry reads back as it was composed") {
    for (const std::uint64_t seq : {0UL, 9UL, 10UL, 999UL, 9007199254740991UL}) {
        const std::string bytes = compose_entry(seq, noon, cast_line, {});
        CHECK(bytes == "{\"at\":\"2026-08-01T12:00:00.123Z\",\"seq\":" + std::to_string(seq) +
                           "}\n" + cast_line + "\n");
        const auto view = parse_entry(bytes);
        REQUIRE(view);
        CHECK(view->seq == seq);
        CHECK(view->at == noon);
        CHECK(view->event_line == cast_line);
        CHECK(view->signature_block.empty());
    }
}

TEST_CASE("signatures stand after an empty line, and from line 2 on the entry is a signed note") {
    const key_pair key = key_from_seed(std::string(32, '7'));
    const std::string bytes = compose_entry(7, noon, cast_line, {one_signature(), one_signature()});
    const auto view = parse_entry(bytes);
    REQUIRE(view);
    CHECK(signature_lines(view->signature_block).size() == 2);
    const std::string note = bytes.substr(bytes.find('\n') + 1);
    const auto opened = open_note(note, {{"k.veche.example/9f8e7d6c", key.public_key}});
    REQUIRE(opened);
    CHECK(opened->text == cast_line + "\n");
}

TEST_CASE("anything but the one form is refused") {
    const std::string good = compose_entry(15, noon, cast_line, {one_signature()});
    REQUIRE(parse_entry(good));
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = good;
        changed.replace(changed.find(from), from.size(), to);
        return changed;
    };
    const std::string bad[] = {
        "",
        "\n",
        good.substr(0, good.size() - 1),
        good + "\n",
        good.substr(0, good.find('\n')),
        good.substr(0, good.find("\n\n") + 2),
        with("{\"at\"", " {\"at\""),
        with("{\"at\"", "{\"AT\""),
        with("\"seq\":15", "\"seq\":015"),
        with("\"seq\":15", "\"seq\":-1"),
        with("\"seq\":15", "\"seq\":"),
        with("\"seq\":15", "\"seq\":9007199254740992"),
        with("\"seq\":15", "\"seq\":99999999999999999999"),
        with("\"seq\":15}", "\"seq\":15} "),
        with("2026-08-01", "2026-02-30"),
        with("12:00:00", "24:00:00"),
        with("Z\"", "+\""),
        with("\n\n", "\n"),
        with("\n\n", "\n\n\n"),
        with("\xE2\x80\x94 ", "- "),
        with("\xE2\x80\x94 ", "\xE2\x80\x94  "),
        with("k.veche", "k+veche"),
        with("k.veche", "k\xC2\xA0veche"),
    };
    for (const std::string& bytes : bad) {
        CAPTURE(bytes);
        CHECK_FALSE(parse_entry(bytes));
    }
}

TEST_CASE("an entry holds 65535 bytes and not one more") {
    const std::size_t around = compose_entry(1, noon, "", {}).size();
    const std::string longest(max_entry_bytes - around, 'x');
    const std::string bytes = compose_entry(1, noon, longest, {});
    CHECK(bytes.size() == max_entry_bytes);
    CHECK(parse_entry(bytes));
    CHECK_FALSE(parse_entry(bytes.substr(0, bytes.size() - 1) + "x\n"));
}

TEST_CASE("every cut and every flipped bit is refused or reads as another entry") {
    const std::string good = compose_entry(15, noon, cast_line, {one_signature()});
    for (std::size_t cut = 0; cut < good.size(); ++cut) {
        const auto view = parse_entry(std::string_view(good).substr(0, cut));
        if (view) CHECK(cut == good.find("\n\n") + 1);
    }
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        std::string flipped = good;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        const auto view = parse_entry(flipped);
        if (!view) continue;
        const auto lines = signature_lines(view->signature_block);
        // Never two spellings of one entry.
        CHECK(compose_entry(view->seq, view->at, view->event_line, lines) == flipped);
    }
}

}  // namespace
}  // namespace veche::journal
