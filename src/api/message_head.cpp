#include "api/message_head.hpp"

#include <algorithm>
#include <array>

#include "api/admission.hpp"
#include "api/cookies.hpp"
#include "api/refusal.hpp"
#include "api/urlencoded.hpp"
#include "kernel/text.hpp"

namespace veche::api {
namespace {

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::size_t count_of(const pairs& fields, std::string_view name) {
    return static_cast<std::size_t>(std::count_if(
        fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; }));
}

tl::unexpected<refusal> malformed(std::string why) {
    return refuse(refusals::request_malformed, {}, std::move(why));
}

/// RFC 9112, section 6.3, without its leniencies.
result<void> check_length(const pairs& fields, unsigned version) {
    const std::string* coding = find_value(fields, "transfer-encoding");
    const std::string* length = find_value(fields, "content-length");
    if (count_of(fields, "transfer-encoding") > 1 || count_of(fields, "content-length") > 1)
        return malformed("it says twice how long its body is");
    if (coding != nullptr && length != nullptr)
        return malformed("it says in two ways how long its body is");
    if (coding != nullptr && (version < 11 || lower_case(text::trim(*coding)) != "chunked"))
        return malformed("its transfer coding is not \"chunked\"");
    if (length != nullptr &&
        (length->empty() || length->find_first_not_of("0123456789") != std::string::npos))
        return malformed("the length of its body is no number");
    return {};
}

/// A name or an address with a port; nothing that could be read as more than that.
bool is_host(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view(".-_:[]%").find(c) != std::string_view::npos;
    });
}

result<void> check_fields(const pairs& fields, unsigned version) {
    const std::size_t hosts = count_of(fields, "host");
    if (hosts > 1 || (hosts == 0 && version >= 11)) return malformed("it must name its host once");
    if (hosts == 1 && !is_host(*find_value(fields, "host")))
        return malformed("its host is no name");
    constexpr std::array<std::string_view, 5> once = {"content-type", "origin", "sec-fetch-site",
                                                      "last-event-id", "content-encoding"};
    for (const std::string_view name : once)
        if (count_of(fields, name) > 1)
            return malformed("the field " + std::string(name) + " stands twice");
    // No body is unpacked here, so nothing small can become something large.
    if (find_value(fields, "content-encoding") != nullptr)
        return malformed("its body is encoded; send it as it is");
    return {};
}

/// All values of a field as one list, which is what several fields of a name mean (RFC 9110,
/// section 5.3). A proxy may add its own line under the client's.
std::string joined(const pairs& fields, std::string_view name) {
    std::string out;
    for (const auto& [key, value] : fields)
        if (key == name) out += (out.empty() ? "" : ",") + value;
    return out;
}

/// The last one, which the proxy wrote; what stands before it may be the client's.
std::string_view last_of(const pairs& fields, std::string_view name) {
    std::string_view out;
    for (const auto& [key, value] : fields)
        if (key == name) out = value;
    return out.substr(out.rfind(',') == std::string_view::npos ? 0 : out.rfind(',') + 1);
}

}  // namespace

result<request> read_head(const message_head& head, const std::string& peer,
                          const std::vector<std::string>& trusted_proxies) {
    request req;
    for (const auto& [name, value] : head.fields) req.headers.emplace_back(lower_case(name), value);
    VECHE_CHECK(check_length(req.headers, head.version));
    VECHE_CHECK(check_fields(req.headers, head.version));
    auto where = parse_target(head.target);
    if (!where) return malformed("its address is not a proper path");
    req.path = std::move(where->path);
    req.query = std::move(where->query);
    req.method = head.method == "HEAD" ? "GET" : head.method;
    for (const auto& [name, value] : req.headers)
        if (name == "cookie")
            for (auto& cookie : parse_cookies(value)) req.cookies.push_back(std::move(cookie));
    client from = client_of(peer, joined(req.headers, "x-forwarded-for"),
                            last_of(req.headers, "x-forwarded-proto"), trusted_proxies);
    req.remote = std::move(from.address);
    req.secure = from.secure;
    return req;
}

}  // namespace veche::api
