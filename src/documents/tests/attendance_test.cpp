#include "documents/attendance.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "documents/minutes.hpp"
#include "documents/pdf.hpp"
#include "documents/tests/assembled_union.hpp"

using namespace veche;
using namespace veche::documents;
using namespace veche::documents::testing;

namespace {

std::shared_ptr<const assembly::session_view> session_of(testing::assembled_union& of,
                                                         const char* id) {
    return of.ask<assembly::session_view>(assembly::session_query{{id}});
}

/// All words of the document's tables.
std::string words_of(const document& made) {
    std::string out;
    for (const block& one : made.blocks) {
        out += one.text + "\n";
        for (const row& line : one.rows) {
            for (const cell& part : line.cells) out += part.text + " | ";
            out += "\n";
        }
    }
    return out;
}

/// A hybrid session with one seat in the hall, one remote, one represented, one excused.
void hold_session(testing::assembled_union& of) {
    const auto secretary = [&](std::string_view type, std::string_view body) {
        of.must(type, body, "state-secretary", "pc/state-secretary");
    };
    secretary("assembly.convene_session",
              R"({"id":"s-2","body":"com","title":{"en":"Second"},"mode":"hybrid",)"
              R"("starts":"2026-05-13T07:00:00.000Z","ends":"2026-05-13T09:00:00.000Z"})");
    secretary("assembly.add_item", R"({"session":"s-2","item":"a","kind":"discussion",)"
                                   R"("title":{"en":"Roads"},"minutes":20})");
    secretary("assembly.add_item", R"({"session":"s-2","item":"a1","kind":"discussion",)"
                                   R"("title":{"en":"Bridges"},"under":"a"})");
    secretary("assembly.send_invitations",
              R"({"session":"s-2","guests":[{"guest":"g","role":{"en":"Head of the bank"}}]})");
    of.must("assembly.answer_invitation",
            R"({"session":"s-2","seat":"com/by-foreign","answer":"substitute",)"
            R"("substitute":{"en":"Deputy minister"}})",
            "by-foreign-minister", "com/by-foreign");
    of.must("assembly.open_session", R"({"session":"s-2"})", "ru-prime-minister", "com/chair");
    of.must("assembly.register_presence", R"({"session":"s-2","seat":"com/ru-economy"})",
            "ru-economy-minister", "com/ru-economy");
    of.must("assembly.register_presence",
            R"({"session":"s-2","seat":"com/by-economy","mode":"remote"})", "by-economy-minister",
            "com/by-economy");
    of.must("assembly.start_item", R"({"session":"s-2","item":"a1"})", "ru-prime-minister",
            "com/chair");
    of.must("assembly.excuse_absence", R"({"session":"s-2","seat":"com/ru-finance"})",
            "ru-prime-minister", "com/chair");
    of.must("assembly.close_session", R"({"session":"s-2"})", "ru-prime-minister", "com/chair");
}

}  // namespace

TEST_CASE("the attendance list says of every seat what is known, and names its entries") {
    testing::assembled_union of;
    hold_session(of);
    const auto session = session_of(of, "s-2");
    const document made = attendance_of(of.in("en"), *session);
    const std::string words = words_of(made);
    CHECK(has(words, "present, in the hall"));
    CHECK(has(words, "present, remotely"));
    CHECK(has(words, "represented: Deputy minister"));
    CHECK(has(words, "excused"));
    CHECK(has(words, "absent"));
    CHECK(has(words, "Head of the bank"));
    for (const auto& seat : session->presence)
        for (const std::int64_t entry : seat.entries)
            CHECK(std::binary_search(made.entries.begin(), made.entries.end(), entry));
    const auto pdf = to_pdf(made);
    REQUIRE(pdf);
    CHECK(pdf->starts_with("%PDF-"));
}

TEST_CASE("the minutes hold the attendance list and the tree of the agenda with its times") {
    testing::assembled_union of;
    hold_session(of);
    const std::string words = words_of(minutes_of(of.in("en"), *session_of(of, "s-2")));
    CHECK(has(words, "1. Roads"));
    CHECK(has(words, "1.1. Bridges"));
    CHECK(has(words, "present, remotely"));
}
