#include "api/papers.hpp"

#include <algorithm>
#include <array>

#include "api/problem.hpp"
#include "api/refusal.hpp"
#include "kernel/hash.hpp"
#include "kernel/text.hpp"

namespace veche::api {
namespace {

constexpr std::string_view papers_address = "/api/papers";

bool is_hash(std::string_view text) {
    constexpr std::size_t hex_digits = 64;
    return text.size() == hex_digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// "Text/Plain; charset=utf-8" is text/plain: what a paper on the journal names.
std::string without_parameters(std::string_view media) {
    std::string type(media.substr(0, media.find(';')));
    while (!type.empty() && type.back() == ' ') type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return type;
}

/// Types in which browsers run script.
bool is_active(std::string_view media) {
    const std::string type = without_parameters(media);
    constexpr std::array<std::string_view, 3> words = {"html", "xml", "script"};
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return type.find(word) != std::string_view::npos;
    });
}

bool is_media_type(std::string_view text) {
    constexpr std::size_t longest = 100;
    return text.size() <= longest && text.find('/') != std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace

bool papers::takes(std::string_view path) {
    // Commands sent to the API carry no file; the forms of the pages do.
    const bool form = !path.starts_with("/api/do/");
    return path == papers_address || path == "/api/sealed" || path.ends_with("/papers") ||
           (form && path.ends_with("/do/assembly.add_paper")) ||
           (form && (path.ends_with("/do/assembly.add_sealed_paper") ||
                     path.ends_with("/do/assembly.add_internal_item") ||
                     path.ends_with("/do/calls.submit_application") ||
                     path.ends_with("/do/calls.lodge_appeal")));
}

std::optional<response> papers::handle(const request& req,
                                       const std::optional<login_session>& session) {
    const std::string_view path = req.path;
    if (path != papers_address && !path.starts_with(std::string(papers_address) + "/"))
        return std::nullopt;
    auto answered = answer(req, session);
    if (!answered) return to_problem(answered.error());
    return std::move(*answered);
}

result<response> papers::answer(const request& req, const std::optional<login_session>& session) {
    const std::string_view path = req.path;
    if (path != papers_address) {
        if (req.method != "GET") return refuse(refusals::method_not_allowed, {}, "GET");
        return get(path.substr(papers_address.size() + 1));
    }
    if (req.method != "POST") return refuse(refusals::method_not_allowed, {}, "POST");
    if (!session) return refuse(refusals::login_needed);
    const paper_answer kept = VECHE_TRY(put(req.body, req.header("content-type")));
    response res;
    res.type = "application/json";
    res.body = to_json(kept);
    return res;
}

result<response> papers::get(std::string_view hash) const {
    auto bytes = fetch(hash);
    if (!bytes) return tl::unexpected(std::move(bytes).error());
    response res;
    res.body = std::move(*bytes);
    res.type = media_of(res.body);
    res.etag = hash;
    const bool shown = res.type != "application/octet-stream";
    return res
        .add("Content-Disposition", std::string(shown ? "inline" : "attachment") + "; filename=\"" +
                                        std::string(hash.substr(0, 16)) + "\"")
        .add("Cache-Control", "public, max-age=31536000, immutable")
        .add("Access-Control-Allow-Origin", "*");
}

result<void> papers::check(std::string_view bytes, std::string_view media) {
    if (bytes.size() > largest_bytes)
        return refuse(refusals::body_too_large, "file", std::to_string(largest_bytes));
    if (!is_media_type(media) || is_active(media))
        return refuse(refusals::paper_media, "file", media);
    return {};
}

result<paper_answer> papers::put(std::string_view bytes, std::string_view media) {
    VECHE_CHECK(check(bytes, media));
    const std::string hash = VECHE_TRY(shelf_->keep(bytes));
    return paper_answer{without_parameters(media), hash, static_cast<std::int64_t>(bytes.size())};
}

result<std::string> papers::fetch(std::string_view hash) const {
    if (!is_hash(hash)) return refuse(refusals::paper_unknown);
    return shelf_->read(hash);
}

result<std::string> papers::keep(std::string_view bytes, std::string_view media) {
    return VECHE_TRY(put(bytes, media)).sha256;
}

std::string_view media_of(std::string_view bytes) {
    if (bytes.starts_with("%PDF-")) return "application/pdf";
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
    if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
    if (text::is_utf8(bytes) && bytes.find('\0') == std::string_view::npos)
        return "text/plain; charset=utf-8";
    return "application/octet-stream";
}

}  // namespace veche::api
