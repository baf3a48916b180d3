#include "api/mail_message.hpp"

#include <doctest/doctest.h>

#include "api/mail_route.hpp"
#include "api/refusal.hpp"
#include "kernel/hash.hpp"

using namespace veche;
using namespace veche::api;

namespace {

mail_message sample() {
    mail_message made;
    made.from = "news@union.example";
    made.from_name = "Союзное государство";
    made.to = "anna@post.example";
    made.subject = "Plain";
    made.text = "One line.\n";
    made.html = "<p>One line.</p>\n";
    made.language = "en";
    made.id = "abc@union.example";
    made.leave = "https://union.example/en/unsubscribe/x";
    made.at = {1'790'000'000'000};
    return made;
}

/// The texts of encoded words put together.
std::string decoded(std::string_view header) {
    std::string out;
    for (auto at = header.find("=?utf-8?B?"); at != std::string_view::npos;
         at = header.find("=?utf-8?B?", at + 1)) {
        const auto from = at + 10;
        const auto one = from_base64(header.substr(from, header.find("?=", from) - from));
        REQUIRE(one);
        out += *one;
    }
    return out;
}

}  // namespace

TEST_CASE("long Cyrillic subjects are folded between characters and read back whole") {
    std::string subject;
    for (int n = 0; n < 30; ++n) subject += "Заседание Высшего Совета, ";
    const std::string header = header_text(subject, 9);
    CHECK(decoded(header) == subject);
    for (std::size_t at = 0; at <= header.size();) {
        const auto end = std::min(header.find("\r\n", at), header.size());
        CHECK(end - at + (at == 0 ? 9 : 0) <= 76);
        // Each encoded word is UTF-8 by itself (RFC 2047, 5): it begins with no continuation byte.
        const std::string word = decoded(std::string_view(header).substr(at, end - at));
        CHECK((static_cast<unsigned char>(word.front()) & 0xC0U) != 0x80U);
        at = end + 2;
    }
}

TEST_CASE("plain subjects stay plain, and what looks encoded is encoded") {
    CHECK(header_text("A vote was opened", 9) == "A vote was opened");
    CHECK(decoded(header_text("=?utf-8?B?eA==?=", 9)) == "=?utf-8?B?eA==?=");
    CHECK(header_text("", 9).empty());
}

TEST_CASE("quoted-printable keeps its lines short and no blank at their ends") {
    CHECK(quoted_printable("a = b \nc\t\n.") == "a =3D b=20\r\nc=09\r\n.");
    CHECK(quoted_printable("Ў") == "=D0=8E");
    const std::string made = quoted_printable(std::string(300, 'x') + " Минск\n");
    for (std::size_t at = 0; at < made.size();) {
        const auto end = made.find("\r\n", at);
        REQUIRE(end != std::string::npos);
        CHECK(end - at <= 76);
        at = end + 2;
    }
}

TEST_CASE("a mail has the headers that let its reader leave with one click") {
    const auto made = to_bytes(sample());
    REQUIRE(made);
    CHECK(made->find("\r\nList-Unsubscribe: <https://union.example/en/unsubscribe/x>\r\n") !=
          std::string::npos);
    CHECK(made->find("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n") !=
          std::string::npos);
    CHECK(made->starts_with("Date: Mon, 21 Sep 2026 14:13:20 +0000\r\n"));
    CHECK(made->find("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
                     "quoted-printable\r\n\r\nOne line.\r\n") != std::string::npos);
    // No bare line feed anywhere, no line beyond 78 characters.
    for (std::size_t at = 0; at < made->size();) {
        const auto end = made->find('\n', at);
        REQUIRE(end != std::string::npos);
        CHECK(made->at(end - 1) == '\r');
        CHECK(end - at <= 79);
        at = end + 1;
    }
}

TEST_CASE("Cyrillic text goes as base64 of its canonical form") {
    mail_message cyrillic = sample();
    for (int n = 0; n < 20; ++n) cyrillic.text += "Заседание перенесено.\n";
    const auto made = to_bytes(cyrillic);
    REQUIRE(made);
    const std::string_view mark = "Content-Transfer-Encoding: base64\r\n\r\n";
    const auto from = made->find(mark);
    REQUIRE(from != std::string::npos);
    std::string packed =
        made->substr(from + mark.size(), made->find("\r\n--", from) - from - mark.size());
    std::erase_if(packed, [](char c) { return c == '\r' || c == '\n'; });
    const auto text = from_base64(packed);
    REQUIRE(text);
    CHECK(text->starts_with("One line.\r\nЗаседание перенесено.\r\n"));
}

TEST_CASE("nothing breaks out of a header") {
    mail_message broken = sample();
    broken.subject = "x\r\nBcc: all@post.example";
    CHECK(to_bytes(broken).error().kind == &refusals::mail_header);
    broken = sample();
    broken.from_name = "x\ny";
    CHECK(to_bytes(broken).error().kind == &refusals::mail_header);
    broken = sample();
    broken.leave = "https://x.example/> <https://y.example";
    CHECK(to_bytes(broken).error().kind == &refusals::mail_header);
    broken = sample();
    broken.to = "anna@post.example\r\nBcc: all@post.example";
    CHECK(to_bytes(broken).error().kind == &refusals::mail_address);
}

TEST_CASE("addresses are the plain form that mail servers take") {
    for (const char* good : {"a@b", "anna.maria+x@post.example", "o'neill@x-y.example"})
        CHECK_MESSAGE(is_mail_address(good), good);
    for (const char* bad : {"", "anna", "@post.example", "anna@", "a..b@c.example", ".a@c.example",
                            "a@-c.example", "a b@c.example", "<a@c.example>", "a@c.example>",
                            "анна@почта.рф", "a@[127.0.0.1]", "a@b@c.example", "a,b@c.example"})
        CHECK_MESSAGE(!is_mail_address(bad), bad);
}

TEST_CASE("a login does not travel in the clear to another machine") {
    mail_settings with;
    with.host = "mail.example";
    with.from = "news@union.example";
    with.login = "news";
    with.tls = mail_tls::none;
    CHECK(open_mail_route(with).error().field == "tls");
    with.host = "127.0.0.1";
    CHECK(open_mail_route(with).has_value());
    with.host = "mail.example/x?";
    CHECK(open_mail_route(with).error().field == "host");
    with.host = "mail.example";
    with.from = "nobody";
    CHECK(open_mail_route(with).error().field == "from");
}

TEST_CASE("without a server mail is unreachable, not lost") {
    mail_settings with;
    with.host = "127.0.0.1";
    with.port = 1;
    with.tls = mail_tls::none;
    with.from = "news@union.example";
    const auto route = open_mail_route(with);
    REQUIRE(route);
    CHECK((*route)->send("anna@post.example", "x\r\n").outcome == mail_outcome::unreachable);
}
