// The head and the body of a request as the server reads them: the same bytes are the same request
// however they come in pieces, and where a head is taken, everybody agrees where its body ends.

#include <cstdint>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "api/delivery.hpp"
#include "api/message_head.hpp"
#include "kernel/check.hpp"
#include "kernel/text.hpp"

namespace {

using namespace veche::api;
namespace http = boost::beast::http;

struct reading {
    bool whole = false;    ///< a head that is taken, with all of its body
    std::size_t used = 0;  ///< bytes
    std::size_t body = 0;  ///< bytes
    request head;
};

message_head head_of(const http::request<http::string_body>& message) {
    const auto text = [](const boost::beast::string_view& of) { return std::string(of); };
    message_head head{text(message.method_string()), text(message.target()), message.version(), {}};
    for (const auto& field : message)
        head.fields.emplace_back(text(field.name_string()), text(field.value()));
    return head;
}

/// Feeds the parser with `step` bytes more at a time, as a socket would.
reading read(std::string_view bytes, std::size_t step) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(8192);
    parser.body_limit(65'536);
    reading out;
    bool taken = false;
    std::size_t shown = std::min(step, bytes.size());
    for (;;) {
        boost::system::error_code ec;
        const auto rest = bytes.substr(out.used, shown - out.used);
        const std::size_t used = parser.put(boost::asio::buffer(rest.data(), rest.size()), ec);
        out.used += used;
        if (ec && ec != http::error::need_more) return out;
        if (parser.is_header_done() && !taken) {
            auto head = read_head(head_of(parser.get()), "10.0.0.1", {"10.0.0.1"});
            if (!head) return out;
            out.head = *std::move(head);
            taken = true;
        }
        if (parser.is_done()) break;
        if (used > 0 && !ec) continue;
        if (shown == bytes.size()) return out;
        shown = std::min(shown + step, bytes.size());
    }
    out.whole = true;
    out.body = parser.get().body().size();
    return out;
}

void is_framed(const reading& one) {
    const request& head = one.head;
    const auto length = head.header("content-length");
    const auto coding = head.header("transfer-encoding");
    VECHE_ENSURE(length.empty() || coding.empty(), "one way to say how long a body is");
    if (coding.empty())
        VECHE_ENSURE(one.body == (length.empty() ? 0 : std::stoull(std::string(length))),
                     "a body is as long as it says");
    else
        VECHE_ENSURE(coding.find_first_of(",;") == std::string_view::npos, "chunked alone");
    VECHE_ENSURE(head.path.starts_with('/') && veche::text::is_utf8(head.path), "a proper path");
    VECHE_ENSURE((head.path + "/").find("/../") == std::string::npos, "no way up");
    VECHE_ENSURE(!head.remote.empty() && head.remote.size() <= 64, "somebody asks");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const reading at_once = read(input, input.size());
    if (at_once.whole) is_framed(at_once);
    if (size <= 4096) {
        const reading in_pieces = read(input, 7);
        VECHE_ENSURE(in_pieces.whole == at_once.whole, "taken in pieces as taken at once");
        if (at_once.whole)
            VECHE_ENSURE(in_pieces.used == at_once.used && in_pieces.body == at_once.body &&
                             in_pieces.head.headers == at_once.head.headers,
                         "pieces are the same request");
    }
    (void)accepts_gzip(input);
    (void)matches_etag(input, "0123");
    return 0;
}
