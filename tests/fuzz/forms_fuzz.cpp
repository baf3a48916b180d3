// What a browser or a stranger sends: targets, urlencoded and multipart bodies, cookies.
// The first line of the input is the content type (or the header); the rest is the body.

#include <cstdint>

#include "api/cookies.hpp"
#include "api/multipart.hpp"
#include "api/urlencoded.hpp"
#include "kernel/check.hpp"
#include "kernel/text.hpp"

namespace {

using namespace veche::api;

void check_target(std::string_view text) {
    const auto read = parse_target(text);
    if (!read) return;
    VECHE_ENSURE(read->path.starts_with('/'), "a path begins with a slash");
    VECHE_ENSURE(veche::text::is_utf8(read->path), "a path is UTF-8");
    VECHE_ENSURE((read->path + "/").find("/../") == std::string::npos, "no way up");
}

void check_urlencoded(std::string_view text) {
    const auto read = parse_urlencoded(text);
    if (!read) return;
    VECHE_ENSURE(read->size() <= max_pairs, "a bounded number of names");
    const auto again = parse_urlencoded(to_urlencoded(*read));
    VECHE_ENSURE(again && *again == *read, "what is written can be read again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto line = std::min(input.find('\n'), input.size());
    const std::string_view head = input.substr(0, line);
    const std::string_view body = input.substr(std::min(line + 1, input.size()));
    check_target(head);
    check_urlencoded(body);
    (void)parse_cookies(head);
    if (const auto form = parse_form(head, body)) {
        VECHE_ENSURE(form->fields.size() <= max_pairs, "a bounded number of fields");
        for (const upload& u : form->uploads)
            VECHE_ENSURE(u.bytes.size() <= body.size(), "an upload is part of the body");
    }
    return 0;
}
