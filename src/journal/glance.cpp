#include "journal/glance.hpp"

#include <charconv>
#include <optional>

#include "journal/envelope.hpp"
#include "kernel/json.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view actor_mark = R"({"actor":")";
constexpr std::string_view body_mark = R"({"body":{)";

/// The text that begins there, where it is one without escapes.
std::optional<std::string_view> text_at(std::string_view line, std::size_t begin) {
    const std::size_t end = line.find('"', begin);
    if (end == std::string_view::npos || end == begin) return std::nullopt;
    const std::string_view text = line.substr(begin, end - begin);
    if (text.find('\\') != std::string_view::npos) return std::nullopt;
    return text;
}

/// Takes off the end what stands there after this mark, a text without escapes. Within a text the
/// quotes of the mark would stand escaped: what stands last stands in the outermost object.
std::optional<std::string_view> take_text(std::string_view& rest, std::string_view mark) {
    if (!rest.ends_with('"')) return std::nullopt;
    rest.remove_suffix(1);
    const std::size_t quote = rest.rfind('"');
    if (quote == std::string_view::npos) return std::nullopt;
    const std::string_view text = rest.substr(quote + 1);
    rest = rest.substr(0, quote + 1);
    if (text.empty() || text.find('\\') != std::string_view::npos || !rest.ends_with(mark))
        return std::nullopt;
    rest.remove_suffix(mark.size());
    return text;
}

/// Takes `,"v":N}` off the end.
std::optional<std::int64_t> take_version(std::string_view& rest) {
    constexpr std::string_view mark = R"(,"v":)";
    if (!rest.ends_with('}')) return std::nullopt;
    rest.remove_suffix(1);
    const std::size_t before = rest.find_last_not_of("0123456789");
    if (before == std::string_view::npos) return std::nullopt;
    const std::string_view digits = rest.substr(before + 1);
    rest = rest.substr(0, before + 1);
    std::int64_t v = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), v);
    if (error != std::errc{} || end != digits.data() + digits.size() || !rest.ends_with(mark))
        return std::nullopt;
    rest.remove_suffix(mark.size());
    return v;
}

/// Takes off the end what the actor had seen of the journal, where that stands there.
void take_seen(std::string_view& rest) {
    if (!rest.ends_with('}')) return;
    const std::size_t at = rest.rfind(R"(,"seen":{)");
    if (at != std::string_view::npos) rest = rest.substr(0, at);
}

/// A line as most are; nothing where it may be another.
std::optional<glance> usual(std::string_view line) {
    glance out;
    out.derived = line.starts_with(body_mark);
    if (!out.derived && !line.starts_with(actor_mark)) return std::nullopt;
    std::string_view rest = line;
    const auto v = take_version(rest);
    const auto type = v ? take_text(rest, R"(,"type":")") : std::nullopt;
    if (!type) return std::nullopt;
    out.v = *v;
    out.type = *type;
    if (out.derived) return out;
    take_seen(rest);
    const auto log = take_text(rest, R"(,"log":")");
    const auto idem = log ? take_text(rest, R"(,"idem":")") : std::nullopt;
    const auto actor = text_at(line, actor_mark.size());
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
