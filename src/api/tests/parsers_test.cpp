#include <random>

#include <doctest/doctest.h>

#include "api/admission.hpp"
#include "api/cookies.hpp"
#include "api/delivery.hpp"
#include "api/log.hpp"
#include "api/multipart.hpp"
#include "api/problem.hpp"
#include "api/refusal.hpp"
#include "api/urlencoded.hpp"

using namespace veche;
using namespace veche::api;

TEST_CASE("percent-decoding is strict and gives UTF-8 only") {
    CHECK(percent_decode("a%20b+c", false) == "a b+c");
    CHECK(percent_decode("a%20b+c", true) == "a b c");
    CHECK(percent_decode("%D1%8F", true) == "я");
    CHECK_FALSE(percent_decode("%", true));
    CHECK_FALSE(percent_decode("%4", true));
    CHECK_FALSE(percent_decode("%zz", true));
    CHECK_FALSE(percent_decode("%00", true));
    CHECK_FALSE(percent_decode("%D1", true));
    CHECK_FALSE(percent_decode("%C0%AF", true));
}

TEST_CASE("what is percent-encoded decodes to itself") {
    const std::string text = "a/b?c=d&e+f %я\n~.-_";
    CHECK(percent_decode(percent_encode(text), true) == text);
    const pairs list = {{"вид", "да & нет"}, {"empty", ""}, {"twice", "1"}, {"twice", "2"}};
    CHECK(parse_urlencoded(to_urlencoded(list)) == list);
}

TEST_CASE("a query keeps order and repeats, and has a limit") {
    const auto got = parse_urlencoded("a=1&b&&a=2&=x");
    REQUIRE(got);
    CHECK(*got == pairs{{"a", "1"}, {"b", ""}, {"a", "2"}, {"", "x"}});
    std::string many;
    for (std::size_t i = 0; i <= max_pairs; ++i) many += "a=1&";
    CHECK_FALSE(parse_urlencoded(many));
}

TEST_CASE("a target is an origin form without tricks") {
    const auto got = parse_target("/en/bodies/high%20council?q=%D1%8F&n=1");
    REQUIRE(got);
    CHECK(got->path == "/en/bodies/high council");
    CHECK(got->query == pairs{{"q", "я"}, {"n", "1"}});
    for (const char* bad : {"", "x", "*", "http://a/b", "/../etc", "/a/..", "/a/%2e%2e/b", "/a/./b",
                            "/a%5Cb", "/a%0Ab", "/a b", "/a?x=%", "/a#b"})
        CHECK_MESSAGE(!parse_target(bad), bad);
    CHECK(parse_target("/a/..b"));
}

TEST_CASE("cookies are read leniently and written strictly") {
    CHECK(parse_cookies("a=1; b=\"2\";c; =d ;e=f=g") ==
          pairs{{"a", "1"}, {"b", "2"}, {"e", "f=g"}});
    CHECK(to_set_cookie("s", "v", {.secure = true, .max_age_s = 60}) ==
          "s=v; Path=/; SameSite=Lax; Max-Age=60; HttpOnly; Secure");
}

TEST_CASE("a multipart form gives fields and files") {
    const std::string body =
        "--X\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nПовестка\r\n"
        "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n"
        "Content-Type: application/pdf\r\n\r\n%PDF\r\n--not a boundary\x01\r\n"
        "--X\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--X--\r\n";
    const auto got = parse_form("multipart/form-data; boundary=X", body);
    REQUIRE(got);
    CHECK(got->fields == pairs{{"title", "Повестка"}, {"empty", ""}});
    REQUIRE(got->uploads.size() == 1);
    CHECK(got->uploads[0].field == "file");
    CHECK(got->uploads[0].name == "a.pdf");
    CHECK(got->uploads[0].media == "application/pdf");
    CHECK(got->uploads[0].bytes == "%PDF\r\n--not a boundary\x01");
}

TEST_CASE("every truncation of a multipart form is refused") {
    const std::string body = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--X--";
    REQUIRE(parse_form("multipart/form-data; boundary=\"X\"", body));
    for (std::size_t n = 0; n < body.size(); ++n)
        CHECK_FALSE(parse_form("multipart/form-data; boundary=X", body.substr(0, n)));
}

TEST_CASE("a form of another type is refused with 415") {
    const auto got = parse_form("text/plain", "a=1");
    REQUIRE_FALSE(got);
    CHECK(got.error().kind->http_status == 415);
}

TEST_CASE("parsers survive damaged input") {
    std::mt19937 random(7);
    const std::string seed =
        "--X\r\nContent-Disposition: form-data; name=\"a\"; "
        "filename=\"b\"\r\n\r\nc%D1%8F&=;\r\n--X--";
    for (int round = 0; round < 5000; ++round) {
        std::string text = seed;
        for (int i = 0; i < 4; ++i) text[random() % text.size()] = static_cast<char>(random());
        (void)parse_form("multipart/form-data; boundary=X", text);
        (void)parse_form(text, text);
        (void)parse_target("/" + text);
        (void)parse_cookies(text);
        (void)accepts_gzip(text);
        (void)matches_etag(text, "a");
    }
}

TEST_CASE("gzip is used where it is accepted and pays") {
    CHECK(accepts_gzip("gzip, deflate"));
    CHECK(accepts_gzip("br;q=1.0, *;q=0.5"));
    CHECK_FALSE(accepts_gzip("gzip;q=0, *"));
    CHECK_FALSE(accepts_gzip(""));
    CHECK_FALSE(accepts_gzip("identity"));
    CHECK(is_compressible("image/svg+xml"));
    CHECK(is_compressible("application/problem+json"));
    CHECK_FALSE(is_compressible("image/png"));
    request req;
    req.headers = {{"accept-encoding", "gzip"}};
    response res;
    res.body = std::string(5000, 'a');
    prepare_delivery(req, res);
    CHECK(res.body.size() < 100);
    CHECK(*find_value(res.headers, "Content-Encoding") == "gzip");
    response small;
    small.body = std::string(compress_above_bytes, 'a');
    prepare_delivery(req, small);
    CHECK(small.body.size() == compress_above_bytes);
}

TEST_CASE("a client that has the body gets 304") {
    request req;
    req.headers = {{"if-none-match", "\"x\", W/\"abc\""}};
    response res;
    res.body = "text";
    res.etag = "abc";
    prepare_delivery(req, res);
    CHECK(res.status == 304);
    CHECK(res.body.empty());
    response other;
    other.body = "text";
    other.etag = "abcd";
    prepare_delivery(req, other);
    CHECK(other.status == 200);
}

TEST_CASE("HTTP dates") {
    CHECK(http_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(http_date(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST_CASE("connections are counted in all and by address") {
    connection_counter counter(3, 2);
    CHECK(counter.open("a", false));
    CHECK(counter.open("a", false));
    CHECK_FALSE(counter.open("a", false));
    CHECK(counter.open("a", true));
    CHECK_FALSE(counter.open("b", false));
    counter.close("a");
    CHECK(counter.open("b", false));
    counter.close("unknown");
    CHECK(counter.total() == 3);
}

TEST_CASE("only a trusted proxy may name the client") {
    CHECK(client_of("9.9.9.9", "1.1.1.1", "https", {}).address == "9.9.9.9");
    CHECK_FALSE(client_of("9.9.9.9", "1.1.1.1", "https", {}).secure);
    const std::vector<std::string> proxies = {"127.0.0.1", "10.0.0.1"};
    const client behind = client_of("127.0.0.1", "forged, 1.1.1.1, 10.0.0.1", "https", proxies);
    CHECK(behind.address == "1.1.1.1");
    CHECK(behind.secure);
    CHECK(client_of("127.0.0.1", "", "http", proxies).address == "127.0.0.1");
    CHECK(client_of("127.0.0.1", std::string(100, 'a'), "", proxies).address == "127.0.0.1");
}

TEST_CASE("a refusal becomes problem details") {
    const response res = to_problem(refusal{&refusals::account_unknown, "name", {"anna"}});
    CHECK(res.status == 404);
    CHECK(res.type == "application/problem+json");
    CHECK(res.body ==
          R"({"code":"api.account_unknown","detail":"There is no account called anna.",)"
          R"("field":"name",)"
          R"("status":404,"title":"Not Found","type":"/problems/api.account_unknown"})");
    CHECK(*find_value(problem(refusals::too_many_requests, "7").headers, "Retry-After") == "7");
}

TEST_CASE("no value can forge a log line") {
    CHECK(log::to_value("plain-1.0") == "plain-1.0");
    CHECK(log::to_value("a b") == "\"a b\"");
    CHECK(log::to_value("") == "\"\"");
    CHECK(log::to_value("x\nerror forged").find('\n') == std::string::npos);
}
