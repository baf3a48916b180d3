#include "api/witness_site.hpp"

#include "api/log.hpp"
#include "api/problem.hpp"
#include "api/refusal.hpp"
#include "journal/policy.hpp"
#include "render/escape.hpp"

namespace veche::api {
namespace {

constexpr std::size_t largest_request = 64 * 1024;
constexpr const char* plain_text = "text/plain; charset=utf-8";

response text_answer(int status, std::string body) {
    response res;
    res.status = status;
    res.type = plain_text;
    res.body = std::move(body);
    return res;
}

}  // namespace

result<witness_status> status_of(journal::witness& w) {
    witness_status out{w.name(), w.vkey(), {}};
    const auto evidence = VECHE_TRY(w.record().evidence());
    for (const journal::witnessed_log& log : VECHE_TRY(w.record().all())) {
        witnessed_row row;
        row.origin = log.origin;
        row.size = static_cast<std::int64_t>(log.size);
        row.root = to_base64(as_bytes(log.root));
        if (!log.note.empty()) {
            row.cosigned = instant{log.time * 1000};
            row.checkpoint = journal::witness::address_of(log.origin) + "/checkpoint";
        }
        row.evidence = std::count_if(evidence.begin(), evidence.end(),
                                     [&](const auto& e) { return e.origin == log.origin; });
        out.logs.push_back(std::move(row));
    }
    return out;
}

witness_site::witness_site(journal::witness& inside, rate limit, std::function<instant()> now)
    : witness_(inside), limiter_(limit), now_(std::move(now)) {}

std::size_t witness_site::body_limit(std::string_view, std::string_view path) const {
    return path == "/add-checkpoint" ? largest_request : 1024;
}

response witness_site::handle(const request& req) {
    const auto wait_s = limiter_.take(network_of(req.remote), now_().ms);
    response res;
    if (wait_s > 0) {
        res = text_answer(429, "Too many requests.\n");
        res.add("Retry-After", std::to_string(wait_s));
    } else if (req.path == "/add-checkpoint") {
        res = take(req);
    } else if (req.method != "GET") {
        res = problem(refusals::method_not_allowed, "GET");
    } else if (req.path == "/") {
        res = page();
    } else if (req.path == "/status") {
        const auto status = status_of(witness_);
        res = status ? response{} : to_problem(status.error());
        if (status) {
            res.type = "application/json";
            res.body = to_json(*status);
        }
    } else if (req.path == "/vkey") {
        res = text_answer(200, witness_.vkey() + "\n");
    } else {
        res = cosigned(std::string_view(req.path).substr(1));
    }
    res.add("X-Content-Type-Options", "nosniff");
    res.add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (find_value(res.headers, "Cache-Control") == nullptr) res.add("Cache-Control", "no-store");
    return res;
}

response witness_site::take(const request& req) {
    if (req.method != "POST") return problem(refusals::method_not_allowed, "POST");
    journal::witness_reply reply = witness_.add_checkpoint(req.body, now_().ms / 1000);
    constexpr int ordinary = 409;
    if (reply.status > ordinary)
        log::write(log::level::warning, "not_cosigned",
                   {{"status", std::to_string(reply.status)}, {"detail", reply.body}});
    response res = text_answer(reply.status, std::move(reply.body));
    res.type = std::move(reply.type);
    return res;
}

/// "<SHA-256 of the origin in hex>/checkpoint".
response witness_site::cosigned(std::string_view address) const {
    constexpr std::string_view ending = "/checkpoint";
    if (!address.ends_with(ending)) return problem(refusals::page_unknown);
    address.remove_suffix(ending.size());
    const auto all = witness_.record().all();
    if (!all) return to_problem(all.error());
    for (const journal::witnessed_log& log : *all) {
        if (journal::witness::address_of(log.origin) != address || log.note.empty()) continue;
        response res = text_answer(200, log.note);
        res.add("Access-Control-Allow-Origin", "*");
        return res.add("Cache-Control", "public, max-age=5");
    }
    return text_answer(404, "Nothing was cosigned of such a log.\n");
}

response witness_site::page() const {
    const auto status = status_of(witness_);
    if (!status) return to_problem(status.error());
    std::string rows;
    for (const witnessed_row& row : status->logs) {
        rows += "<tr><th scope=\"row\">" + render::escaped(row.origin) + "</th><td>" +
                std::to_string(row.size) + "</td><td>" +
                (row.cosigned ? to_text(*row.cosigned) : std::string("never")) + "</td><td>";
        if (!row.checkpoint.empty()) rows += "<a href=\"" + row.checkpoint + "\">checkpoint</a>";
        rows += "</td><td>" + std::to_string(row.evidence) + "</td></tr>\n";
    }
    response res;
    res.body =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" +
        render::escaped(status->name) +
        "</title><meta name=\"viewport\" content=\"width=device-width\"></head><body><main><h1>" +
        "Witness " + render::escaped(status->name) + "</h1>\n<p>Verifier key: <code>" +
        render::escaped(status->vkey) +
        "</code></p>\n<p>It cosigns checkpoints of these logs, each only if it extends the one "
        "before (c2sp.org/tlog-witness).</p>\n<table><thead><tr><th scope=\"col\">Log</th><th "
        "scope=\"col\">Entries</th><th scope=\"col\">Cosigned</th><th scope=\"col\">Checkpoint</th>"
        "<th scope=\"col\">Refused after signing</th></tr></thead><tbody>\n" +
        rows + "</tbody></table>\n<p><a href=\"status\">As JSON</a></p></main></body></html>\n";
    return res;
}

}  // namespace veche::api
