#include "journal/glance.hpp"

#include <charconv>
#include <optional>

#include "journal/envelope.hpp"
#include "kernel/json.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view actor_mark = R"({"actor":")";
constexpr std::string_view body_mark = R"({"body":{)";
constexpr std::string_view idem_mark = R"(,"idem":")";
constexpr std::string_view type_mark = R"(,"type":")";
constexpr std::string_view version_mark = R"(,"v":)";

/// The text that begins there, where it is one without escapes.
std::optional<std::string_view> text_at(std::string_view line, std::size_t begin) {
    const std::size_t end = line.find('"', begin);
    if (end == std::string_view::npos || end == begin) return std::nullopt;
    const std::string_view text = line.substr(begin, end - begin);
    if (text.find('\\') != std::string_view::npos) return std::nullopt;
    return text;
}

/// The last text with that mark before it.
std::optional<std::string_view> last_text(std::string_view line, std::string_view mark) {
    const std::size_t at = line.rfind(mark);
    if (at == std::string_view::npos) return std::nullopt;
    return text_at(line, at + mark.size());
}

/// A line as most are; nothing where it may be another.
std::optional<glance> usual(std::string_view line) {
    glance out;
    out.derived = line.starts_with(body_mark);
    if (!out.derived && !line.starts_with(actor_mark)) return std::nullopt;
    const auto type = last_text(line, type_mark);
    if (!type) return std::nullopt;
    out.type = *type;
    // What stands last in the line stands in its outermost object.
    std::string_view rest =
        line.substr(static_cast<std::size_t>(out.type.data() - line.data()) + out.type.size() + 1);
    if (!rest.starts_with(version_mark) || !rest.ends_with('}')) return std::nullopt;
    rest.remove_prefix(version_mark.size());
    rest.remove_suffix(1);
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), out.v);
    if (error != std::errc{} || end != rest.data() + rest.size() || out.v < 0) return std::nullopt;
    if (out.derived) return out;
    const auto actor = text_at(line, actor_mark.size());
    // Between the key and the type there are the journal's name and what was seen of it: no other
    // member of that name, and in a text the marks would stand escaped.
    const auto idem = last_text(line, idem_mark);
    if (!actor || !idem) return std::nullopt;
    out.actor = *actor;
    out.idem = *idem;
    return out;
}

}  // namespace

result<glance> glance_at(std::string_view event_line) {
    if (const auto seen = usual(event_line)) return *seen;
    json::document line;
    VECHE_CHECK(line.reset(event_line));
    const envelope e = VECHE_TRY(read_envelope(line.root()));
    // The envelope's texts are the document's: find them in the line.
    const auto in_line = [&](std::string_view text) {
        const std::size_t at = event_line.find(text);
        return at == std::string_view::npos ? std::string_view{}
                                            : event_line.substr(at, text.size());
    };
    return glance{e.derived, in_line(e.actor), in_line(e.idem), in_line(e.type), e.v};
}

}  // namespace veche::journal
