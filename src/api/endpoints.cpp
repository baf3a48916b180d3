#include "api/endpoints.hpp"

#include <charconv>

#include "api/log.hpp"
#include "api/messages.hpp"
#include "api/problem.hpp"
#include "api/refusal.hpp"
#include "api/uuid.hpp"
#include "api/vitals.hpp"
#include "journal/envelope.hpp"
#include "kernel/hash.hpp"

namespace veche::api {
namespace {

constexpr std::string_view do_prefix = "/api/do/";
constexpr std::string_view ask_prefix = "/api/ask/";

result<std::string> canonical_body(const request& req) {
    const std::string_view type = req.header("content-type");
    // A browser sends this type to another site only if that site has allowed it; ours does not.
    if (type.substr(0, type.find(';')) != "application/json")
        return refuse(refusals::media_not_accepted, {}, "application/json");
    return json::canonicalize(req.body);
}

result<void> need_method(const request& req, std::string_view method) {
    if (req.method == method) return {};
    return refuse(refusals::method_not_allowed, {}, method);
}

std::string tag_of(std::string_view body) {
    return to_hex(sha256(body)).substr(0, 32);
}

void log_refusal(const refusal& r, std::string_view path,
                 const std::optional<login_session>& session) {
    const int status = r.kind->http_status;
    const bool authority = status == 403;
    if (!authority && status < 500) return;
    log::write(authority ? log::level::warning : log::level::error,
               authority ? "authority_refused" : "request_failed",
               {{"code", std::string(r.code())},
                {"path", std::string(path)},
                {"person", session ? session->person.value : ""}});
}

}  // namespace

response json_response(const type_info& type, const void* value) {
    json::writer out;
    write_json(type, value, out);
    response res;
    res.type = "application/json";
    res.body = out.take();
    return res;
}

endpoints::endpoints(office::office& office, door& door, entry_reader entries,
                     std::string public_url, endpoint_limits limits,
                     std::function<std::int64_t()> now_ms)
    : office_(office),
      door_(door),
      stream_(std::make_shared<entry_stream>(office, entries)),
      votes_(office, now_ms),
      now_ms_(std::move(now_ms)),
      acts_(limits.acts),
      reads_(limits.reads),
      description_(office, std::move(entries), std::move(public_url), now_ms_) {}

std::optional<response> endpoints::handle(const request& req,
                                          const std::optional<login_session>& session) {
    if (req.path == "/health") return health();
    if (req.path.rfind("/api/", 0) != 0) return std::nullopt;
    auto answer = route(req.path, req, session);
    if (answer) return std::move(*answer);
    log_refusal(answer.error(), req.path, session);
    return to_problem(answer.error());
}

result<response> endpoints::route(std::string_view path, const request& req,
                                  const std::optional<login_session>& session) {
    if (path.starts_with(do_prefix)) {
        VECHE_CHECK(need_method(req, "POST"));
        return act(path.substr(do_prefix.size()), req, session);
    }
    if (path == "/api/login" || path == "/api/logout") {
        VECHE_CHECK(need_method(req, "POST"));
        if (path == "/api/login") return login(req);
        response res;
        res.type.clear();
        return res.add("Set-Cookie", door_.sign_out(req));
    }
    VECHE_CHECK(need_method(req, "GET"));
    VECHE_CHECK(admit_read(req));
    if (path.starts_with(ask_prefix)) return ask(path.substr(ask_prefix.size()), req, session);
    if (path == "/api/stream") return stream(req);
    if (path == "/api/me") {
        if (!session) return refuse(refusals::login_needed);
        return json_response(login_answer{session->csrf, session->login, session->person});
    }
    if (path == "/api/openapi.json") {
        response res;
        res.type = "application/json";
        res.body = description_.document();
        res.etag = tag_of(res.body);
        return res.add("Access-Control-Allow-Origin", "*");
    }
    return refuse(refusals::page_unknown);
}

result<void> endpoints::admit_read(const request& req) {
    const auto wait_s = reads_.take(network_of(req.remote), now_ms_());
    if (wait_s > 0) figures::of_program().count_limited(limited::read);
    if (wait_s > 0) return refuse(refusals::too_many_requests, {}, std::to_string(wait_s));
    return {};
}

result<void> endpoints::admit_act(const request& req, const std::optional<login_session>& session) {
    const auto key = session ? "person " + session->person.value : network_of(req.remote);
    const auto wait_s = acts_.take(key, now_ms_());
    if (wait_s > 0) figures::of_program().count_limited(limited::act);
    if (wait_s > 0) return refuse(refusals::too_many_requests, {}, std::to_string(wait_s));
    return {};
}

result<response> endpoints::act(std::string_view type, const request& req,
                                const std::optional<login_session>& session) {
    VECHE_CHECK(admit_act(req, session));
    const office::route* route = office::find_route(type);
    if (route == nullptr || !route->command) return refuse(refusals::command_unknown, {}, type);
    const std::string canonical = VECHE_TRY(canonical_body(req));
    json::document doc;
    VECHE_CHECK(doc.reset(canonical));
    const bool is_signed = doc.root().find("line").valid();
    if (!is_signed && !session) return refuse(refusals::login_needed);
    const auto done = VECHE_TRY(is_signed ? act_signed(type, doc.root(), session)
                                          : act_unsigned(type, doc.root(), *session));
    return json_response(receipt_answer{static_cast<std::int64_t>(done.entries), done.repeated,
                                        static_cast<std::int64_t>(done.seq)});
}

result<office::receipt> endpoints::act_signed(std::string_view type, const json::node& body,
                                              const std::optional<login_session>& session) {
    signed_request asked = VECHE_TRY(from_json<signed_request>(body));
    json::document line;
    VECHE_CHECK(line.reset(asked.line));
    const json::node named = line.root().find("type");
    if (!named.valid() || !named.is(json::kind::string) || named.as_string() != type)
        return refuse(refusals::type_differs, "line", type);
    return office_.submit({std::move(asked.line), std::move(asked.signatures),
                           session ? session->person : person_id{}});
}

result<office::receipt> endpoints::act_unsigned(std::string_view type, const json::node& body,
                                                const login_session& session) {
    const do_request asked = VECHE_TRY(from_json<do_request>(body));
    const std::string idem = asked.idem ? *asked.idem : make_uuid7(now_ms_());
    journal::act_options conditions;
    for (const auto& item : asked.basis) conditions.basis.emplace_back(item.stream, item.ver);
    std::string line = journal::compose_act_line(
        session.person.value, asked.auth.value_or(session.person.value), asked.body.bytes, idem,
        office_.origin(), type, office::find_route(type)->wire.v, conditions);
    return office_.submit({std::move(line), {}, session.person});
}

result<response> endpoints::ask(std::string_view name, const request& req,
                                const std::optional<login_session>& session) {
    const office::view_route* view = office::find_view(name);
    if (view == nullptr) return refuse(refusals::view_unknown, {}, name);
    const std::string query = VECHE_TRY(json_from_pairs(view->query(), req.query));
    const viewer who{session ? session->person : person_id{}, office_.now()};
    const office::answer answer = VECHE_TRY(office_.ask(name, query, who));
    response res = json_response(*answer.type, answer.value.get());
    res.etag = tag_of(res.body);
    return res.add("Access-Control-Allow-Origin", "*");
}

result<response> endpoints::login(const request& req) {
    const std::string canonical = VECHE_TRY(canonical_body(req));
    const login_request asked = VECHE_TRY(from_json<login_request>(std::string_view(canonical)));
    std::string cookie = VECHE_TRY(door_.sign_in(req, asked.login, asked.password));
    request as_next = req;
    const std::size_t equals = cookie.find('=');
    as_next.cookies = {
        {cookie.substr(0, equals), cookie.substr(equals + 1, cookie.find(';') - equals - 1)}};
    const auto opened = door_.who(as_next);
    if (!opened) return refuse(refusals::login_wrong, "password");
    response res = json_response(login_answer{opened->csrf, opened->login, opened->person});
    return res.add("Set-Cookie", std::move(cookie));
}

result<response> endpoints::stream(const request& req) {
    if (const std::string_view vote = req.query_value("vote"); !vote.empty()) {
        response res;
        res.events = VECHE_TRY(votes_.follow(std::string(vote)));
        return res;
    }
    std::string_view last = req.header("last-event-id");
    if (last.empty()) last = req.query_value("after");
    response res;
    res.events = stream_;
    res.events_after = office_.durable_size();
    if (!last.empty()) {
        std::uint64_t seq = 0;
        const auto [end, error] = std::from_chars(last.data(), last.data() + last.size(), seq);
        if (error != std::errc{} || end != last.data() + last.size())
            return refuse(refusals::request_malformed, "after", "the last event's number is none");
        // Another node may have told of entries that are on their way to this one.
        res.events_after =
            office_.shared() ? seq + 1 : std::min<std::uint64_t>(seq + 1, res.events_after);
    }
    return res;
}

response endpoints::health() const {
    health_answer h;
    h.entries = static_cast<std::int64_t>(office_.durable_size());
    h.origin = office_.origin();
    h.status = "ok";
    h.writing = true;
    return json_response(h);
}

}  // namespace veche::api
