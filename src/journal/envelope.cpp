#include "journal/envelope.hpp"

#include "journal/refusal.hpp"

namespace veche::journal {
namespace {

constexpr std::size_t max_basis = 16;

tl::unexpected<refusal> malformed_envelope(std::string_view field, std::string why) {
    return refuse(refusals::envelope_malformed, std::string(field), std::move(why));
}

result<void> text(json::node from, std::string_view& into, bool identifier) {
    if (!from.is(json::kind::string))
        return malformed_envelope(from.key(), std::string(from.key()) + " must be a text");
    into = from.as_string();
    if (into.empty() || into.size() > 128 || (identifier && !is_identifier(into)))
        return malformed_envelope(from.key(), std::string(from.key()) + " must be an identifier");
    return {};
}

result<std::int64_t> count(json::node from, std::string_view name) {
    if (!from.valid() || !from.is(json::kind::integer) || from.as_integer() < 0)
        return malformed_envelope(name, std::string(name) + " must be a whole number from 0");
    return from.as_integer();
}

result<void> read_seen(json::node from, envelope& into) {
    if (!from.is(json::kind::object) || from.size() != 2)
        return malformed_envelope("seen", "seen must be a root and a size");
    const json::node root = from.find("root");
    if (!root.valid() || !root.is(json::kind::string))
        return malformed_envelope("seen.root", "the root must be a text");
    into.seen = {static_cast<std::uint64_t>(VECHE_TRY(count(from.find("size"), "seen.size"))),
                 root.as_string()};
    return {};
}

result<void> read_basis(json::node from, envelope& into) {
    if (!from.is(json::kind::array) || from.size() == 0 || from.size() > max_basis)
        return malformed_envelope("basis", "basis must be a list of 1 to 16 conditions");
    for (json::node one = from.first(); one.valid(); one = one.next()) {
        const json::node stream = one.find("stream");
        if (!one.is(json::kind::object) || one.size() != 2 || !stream.valid() ||
            !stream.is(json::kind::string))
            return malformed_envelope("basis", "a condition is a stream and a version");
        const auto version = VECHE_TRY(count(one.find("ver"), "basis.ver"));
        into.basis.push_back({stream.as_string(), version});
    }
    return {};
}

result<void> read_member(json::node m, envelope& e, unsigned& seen_members) {
    const std::string_view key = m.key();
    const auto mark = [&](unsigned bit) { seen_members |= bit; };
    if (key == "actor") return mark(1), text(m, e.actor, true);
    if (key == "auth") return mark(2), text(m, e.auth, true);
    if (key == "idem") return mark(4), text(m, e.idem, true);
    if (key == "body") {
        mark(8);
        e.body = m;
        if (!m.is(json::kind::object)) return malformed_envelope(key, "body must be an object");
        return {};
    }
    if (key == "log") return mark(16), text(m, e.log, false);
    if (key == "type") return mark(32), text(m, e.type, true);
    if (key == "v" || key == "by") {
        mark(key == "v" ? 64U : 128U);
        const std::int64_t n = VECHE_TRY(count(m, key));
        if (key == "v")
            e.v = n;
        else
            e.by = static_cast<std::uint64_t>(n);
        return {};
    }
    if (key == "seen") return mark(256), read_seen(m, e);
    if (key == "basis") return mark(512), read_basis(m, e);
    return refuse(json::refusals::unknown_field, std::string(key), key);
}

constexpr unsigned of_act = 1 | 2 | 4 | 8 | 16 | 32 | 64;
constexpr unsigned of_derived = 8 | 16 | 32 | 64 | 128;

void write_options(json::writer& out, const act_options& options, bool basis) {
    if (basis && !options.basis.empty()) {
        out.key("basis");
        out.begin_array();
        for (const auto& [stream, ver] : options.basis) {
            out.begin_object();
            out.key("stream");
            out.string(stream);
            out.key("ver");
            out.integer(ver);
            out.end_object();
        }
        out.end_array();
    }
    if (!basis && options.seen) {
        out.key("seen");
        out.begin_object();
        out.key("root");
        out.string(options.seen->second);
        out.key("size");
        out.integer(static_cast<std::int64_t>(options.seen->first));
        out.end_object();
    }
}

}  // namespace

result<envelope> read_envelope(json::node line) {
    if (!line.is(json::kind::object)) return malformed_envelope({}, "it must be an object");
    envelope e;
    unsigned members = 0;
    for (json::node m = line.first(); m.valid(); m = m.next())
        VECHE_CHECK(read_member(m, e, members));
    e.derived = (members & 128U) != 0;
    if (e.derived && members != of_derived)
        return malformed_envelope({}, "a consequence has body, by, log, type and v, nothing else");
    if (!e.derived && (members & ~(256U | 512U)) != of_act)
        return malformed_envelope({}, "a command has actor, auth, body, idem, log, type and v");
    return e;
}

std::string compose_act_line(std::string_view actor, std::string_view auth, std::string_view body,
                             std::string_view idem, std::string_view log, std::string_view type,
                             std::int32_t v, const act_options& options) {
    json::writer out;
    out.begin_object();
    out.key("actor");
    out.string(actor);
    out.key("auth");
    out.string(auth);
    write_options(out, options, true);
    out.key("body");
    out.raw(body);
    out.key("idem");
    out.string(idem);
    out.key("log");
    out.string(log);
    write_options(out, options, false);
    out.key("type");
    out.string(type);
    out.key("v");
    out.integer(v);
    out.end_object();
    return out.take();
}

std::string compose_event_line(std::uint64_t by, std::string_view log, const event& what) {
    json::writer out;
    out.begin_object();
    out.key("body");
    out.raw(what.body);
    out.key("by");
    out.integer(static_cast<std::int64_t>(by));
    out.key("log");
    out.string(log);
    out.key("type");
    out.string(what.type);
    out.key("v");
    out.integer(what.v);
    out.end_object();
    return out.take();
}

}  // namespace veche::journal
