#include "api/problem.hpp"

#include "api/messages.hpp"
#include "api/vitals.hpp"

namespace veche::api {
namespace {

/// The reason phrases of RFC 9110 for the statuses that refusals use.
std::string_view title_of(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 409:
            return "Conflict";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Error";
    }
}

/// Seconds to wait: the refusal's own where it names them, otherwise a moment.
std::string seconds_in(const refusal& r) {
    const bool named = !r.args.empty() && !r.args.front().empty() &&
                       r.args.front().find_first_not_of("0123456789") == std::string::npos;
    return named ? r.args.front() : "2";
}

}  // namespace

response to_problem(const refusal& r) {
    const int status = r.kind->http_status;
    figures::of_program().count_refusal(r.kind->code);
    problem_details details{std::string(r.code()),
                            r.sentence(),
                            std::nullopt,
                            status,
                            std::string(title_of(status)),
                            "/problems/" + std::string(r.code())};
    if (!r.field.empty()) details.field = r.field;
    response res;
    res.status = status;
    res.type = "application/problem+json";
    res.body = to_json(details);
    res.add("Cache-Control", "no-store");
    if (status == 429 || status == 503) res.add("Retry-After", seconds_in(r));
    return res;
}

}  // namespace veche::api
