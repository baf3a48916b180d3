#include "api/multipart.hpp"

#include <algorithm>

#include "api/refusal.hpp"
#include "api/urlencoded.hpp"
#include "kernel/text.hpp"

namespace veche::api {
namespace {

constexpr std::size_t max_uploads = 16;
constexpr std::size_t max_part_head = 4096;

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// Value of a parameter such as name="x" in a header value. Browsers escape only the quote, CR and
/// LF inside it, as %22 %0D %0A (WHATWG), so up to the next quote is the whole value.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
    std::size_t at = 0;
    while ((at = header.find(';', at)) != std::string_view::npos) {
        std::string_view rest = text::trim(header.substr(++at));
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        if (lower(text::trim(rest.substr(0, equals))) != name) continue;
        rest = text::trim(rest.substr(equals + 1));
        if (!rest.empty() && rest.front() == '"') {
            const std::size_t end = rest.find('"', 1);
            if (end == std::string_view::npos) return std::nullopt;
            return std::string(rest.substr(1, end - 1));
        }
        return std::string(text::trim(rest.substr(0, rest.find(';'))));
    }
    return std::nullopt;
}

struct part_head {
    std::string disposition;
    std::string media;
};

std::optional<part_head> parse_part_head(std::string_view text) {
    part_head head;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 2, text.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        const std::string name = lower(line.substr(0, colon));
        if (name == "content-disposition") head.disposition = text::trim(line.substr(colon + 1));
        if (name == "content-type") head.media = text::trim(line.substr(colon + 1));
    }
    return head;
}

result<void> add_part(form& into, std::string_view head_text, std::string_view bytes) {
    const auto head = parse_part_head(head_text);
    if (!head || lower(head->disposition).rfind("form-data", 0) != 0)
        return refuse(refusals::form_malformed, {}, "a part without its disposition");
    const auto name = parameter(head->disposition, "name");
    if (!name || !text::is_utf8(*name))
        return refuse(refusals::form_malformed, {}, "a part without a name");
    if (const auto file = parameter(head->disposition, "filename")) {
        if (into.uploads.size() == max_uploads)
            return refuse(refusals::form_malformed, *name, "too many files");
        if (!text::is_utf8(*file))
            return refuse(refusals::form_malformed, *name, "a file name that is not UTF-8");
        into.uploads.push_back({*name, *file, head->media, std::string(bytes)});
        return {};
    }
    if (into.fields.size() == max_pairs)
        return refuse(refusals::form_malformed, *name, "too many fields");
    if (!text::is_utf8(bytes) || bytes.find('\0') != std::string_view::npos)
        return refuse(refusals::form_malformed, *name, "a value that is not UTF-8 text");
    into.fields.emplace_back(*name, std::string(bytes));
    return {};
}

result<form> parse_multipart(std::string_view boundary, std::string_view body) {
    if (boundary.empty() || boundary.size() > 70)
        return refuse(refusals::form_malformed, {}, "no proper boundary");
    const std::string first = "--" + std::string(boundary);
    const std::string separator = "\r\n" + first;
    if (body.substr(0, first.size()) != first)
        return refuse(refusals::form_malformed, {}, "it does not begin with its boundary");
    body.remove_prefix(first.size());
    form out;
    while (body.substr(0, 2) != "--") {
        if (body.substr(0, 2) != "\r\n")
            return refuse(refusals::form_malformed, {}, "a boundary without its line end");
        const std::size_t head_end = body.substr(0, max_part_head).find("\r\n\r\n");
        if (head_end == std::string_view::npos)
            return refuse(refusals::form_malformed, {}, "a part without an end of its head");
        const std::size_t data = head_end + 4;
        const std::size_t data_end = body.find(separator, data);
        if (data_end == std::string_view::npos)
            return refuse(refusals::form_malformed, {}, "a part without its end");
        VECHE_CHECK(add_part(out, head_end < 2 ? "" : body.substr(2, head_end - 2),
                             body.substr(data, data_end - data)));
        body.remove_prefix(data_end + separator.size());
    }
    return out;
}

}  // namespace

std::string_view form::value(std::string_view name) const {
    const std::string* found = find_value(fields, name);
    return found != nullptr ? std::string_view(*found) : std::string_view{};
}

result<form> parse_form(std::string_view content_type, std::string_view body) {
    const std::string media = lower(text::trim(content_type.substr(0, content_type.find(';'))));
    if (media == "application/x-www-form-urlencoded") {
        auto fields = parse_urlencoded(body);
        if (!fields) return refuse(refusals::form_malformed, {}, "its encoding is damaged");
        return form{std::move(*fields), {}};
    }
    if (media == "multipart/form-data")
        return parse_multipart(parameter(content_type, "boundary").value_or(""), body);
    return refuse(refusals::media_not_accepted, {}, "a form");
}

result<form> parse_form(const request& req) {
    return parse_form(req.header("content-type"), req.body);
}

}  // namespace veche::api
