#include "api/site.hpp"

#include <charconv>

#include "api/cookies.hpp"
#include "api/log.hpp"
#include "api/problem.hpp"
#include "api/refusal.hpp"
#include "api/secret_paths.hpp"
#include "render/escape.hpp"

namespace veche::api {
namespace {

bool is_asset(std::string_view path) {
    return path.starts_with("/assets/");
}

/// Whether the client is a person's browser asking for a page.
bool wants_page(const request& req) {
    return !req.path.starts_with("/api/") && !is_asset(req.path) &&
           req.header("accept").find("text/html") != std::string_view::npos;
}

/// A refusal that came before any page could be asked: a page for a person, a problem for a
/// program.
response refused(const request& req, const refusal& r) {
    response res = to_problem(r);
    if (!wants_page(req)) return res;
    const std::string said = render::escaped(r.sentence());
    res.type = "text/html; charset=utf-8";
    res.body =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Error: " + said +
        "</title><meta name=\"viewport\" content=\"width=device-width\"><main><h1>Error</h1><p>" +
        said + "</p><p><a href=\"/\">Veche</a></p></main></html>\n";
    return res;
}

/// "/ru/embed/...": a table or plot inside the page of another site.
bool is_embedded(std::string_view path) {
    return path.size() > 4 && path.front() == '/' && path.substr(3).starts_with("/embed/");
}

bool changes_something(const request& req) {
    return req.method != "GET";
}

// --- Several nodes: what a client has seen at one is never missing from what another answers. A
// program hands back the header of its last answer; a browser has a cookie from whatever it sent.

constexpr std::string_view seen_header = "veche-seen";
constexpr std::string_view seen_cookie = "veche-seen";
/// Nodes that are further behind than this are not sent anybody.
constexpr std::int64_t seen_life_s = 300;
/// How long an answer may wait for what its reader has seen elsewhere.
constexpr std::int64_t longest_wait_ms = 3'000;

std::uint64_t number_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

std::uint64_t seen_by(const request& req) {
    const std::string* const cookie = req.cookie(seen_cookie);
    return std::max(number_in(req.header(seen_header)), cookie ? number_in(*cookie) : 0);
}

void say_seen(const request& req, response& res, std::uint64_t size) {
    res.add("Veche-Seen", std::to_string(size));
    if (changes_something(req))
        res.add("Set-Cookie", to_set_cookie(seen_cookie, std::to_string(size),
                                            {.secure = req.secure, .max_age_s = seen_life_s}));
}

}  // namespace

void add_security_headers(const request& req, response& res) {
    if (is_embedded(req.path) && res.status == 200) {
        // The one kind of page that other sites may show inside theirs: it acts on nothing. A page
        // that says that nothing is there is an ordinary one, with the reader's name on it.
        res.add("Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
                "form-action 'none'; frame-ancestors *");
    } else {
        res.add("Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
                "base-uri 'none'; frame-ancestors 'none'");
        res.add("X-Frame-Options", "DENY");
    }
    res.add("X-Content-Type-Options", "nosniff");
    res.add("Referrer-Policy", "same-origin");
    res.add("Cross-Origin-Opener-Policy", "same-origin");
    res.add("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (req.secure) res.add("Strict-Transport-Security", "max-age=31536000");
}

response site::handle(const request& req) {
    std::optional<login_session> session;
    response res;
    try {
        const auto there =
            blocks(req) ? parts_.office.reach(seen_by(req), longest_wait_ms) : result<void>{};
        if (there && blocks(req)) session = parts_.entrance.who(req);
        res = there ? route(req, session) : refused(req, there.error());
    } catch (const accounts_failed& e) {
        log::write(log::level::error, "accounts_failed", {{"code", std::string(e.why.code())}});
        res = refused(req, e.why);
    }
    if (parts_.office.shared() && blocks(req)) say_seen(req, res, parts_.office.durable_size());
    add_security_headers(req, res);
    if (find_value(res.headers, "Cache-Control") == nullptr)
        res.add("Cache-Control",
                session || changes_something(req) ? "private, no-store" : "no-cache");
    return res;
}

response site::route(const request& req, const std::optional<login_session>& session) {
    if (req.path == "/health" && parts_.health != nullptr) return parts_.health->health();
    if (changes_something(req) && !is_same_origin(req, parts_.public_url))
        return refused(req, {&refusals::origin_foreign, {}, {}});
    if (auto journal = parts_.journal.handle(req)) return std::move(*journal);
    if (changes_something(req) &&
        (req.path.starts_with("/api/papers") || req.path == "/api/sealed"))
        if (const auto admitted = parts_.api.admit_act(req, session); !admitted)
            return refused(req, admitted.error());
    if (auto paper = parts_.library.handle(req, session)) return std::move(*paper);
    if (parts_.sealed != nullptr)
        if (auto text = parts_.sealed->handle(req, session)) return std::move(*text);
    if (auto answer = parts_.api.handle(req, session)) return std::move(*answer);
    return page(req, session);
}

result<void> site::admit_report(const request& req) {
    const bool reports = req.path.ends_with("/barriers/report") ||
                         req.path.ends_with("/barriers/report.json") ||
                         req.path.ends_with("/barriers/seal.json");
    if (!changes_something(req) || !reports) return {};
    const auto wait_s = reports_.take(network_of(req.remote), parts_.office.now().ms);
    if (wait_s > 0) figures::of_program().count_limited(limited::report);
    if (wait_s > 0) return refuse(refusals::too_many_requests, {}, std::to_string(wait_s));
    return {};
}

response site::page(const request& req, const std::optional<login_session>& session) {
    if (const auto admitted = admit_report(req); !admitted) return refused(req, admitted.error());
    if (!is_asset(req.path)) {
        const auto admitted = changes_something(req) ? parts_.api.admit_act(req, session)
                                                     : parts_.api.admit_read(req);
        if (!admitted) return refused(req, admitted.error());
    }
    pages::page_context context{parts_.office,
                                parts_.entrance,
                                parts_.office.now(),
                                session ? session->person.value : "",
                                session ? session->csrf : "",
                                parts_.public_url,
                                &parts_.journal,
                                &parts_.library,
                                parts_.sealed,
                                parts_.follows,
                                parts_.mails,
                                parts_.licence,
                                parts_.queue};
    if (auto found = parts_.pages.handle(context, req)) {
        if (found->status == 403)
            log::write(log::level::warning, "authority_refused",
                       {{"path", path_for_log(req.path)}, {"person", context.person}});
        return std::move(*found);
    }
    return refused(req, {&refusals::page_unknown, {}, {}});
}

std::size_t site::body_limit(std::string_view method, std::string_view path) const {
    constexpr std::size_t ordinary = 64 * 1024;
    constexpr std::size_t table = 1024 * 1024;  // some thousand cases of another register
    if (method == "POST" && path.ends_with("/barriers/import")) return table;
    return method == "POST" && papers::takes(path) ? papers::largest_bytes : ordinary;
}

bool site::blocks(const request& req) const {
    return !is_asset(req.path) && req.path != "/health" && req.path != "/api/stream";
}

}  // namespace veche::api
