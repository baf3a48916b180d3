// The JSON form of a rule, read and written. Vectors of other tools use the same form.

#include <algorithm>
#include <initializer_list>

#include "charter/refusal.hpp"
#include "charter/rule.hpp"
#include "charter/rule_limits.hpp"

namespace veche::charter {

namespace {

tl::unexpected<refusal> wrong(const std::string& path, std::string expected) {
    return refuse(refusals::rule_form, path, std::move(expected));
}

std::string below(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

/// The object has no other members than these.
result<void> only(json::node object, std::initializer_list<std::string_view> names,
                  const std::string& path) {
    for (json::node member = object.first(); member.valid(); member = member.next())
        if (std::find(names.begin(), names.end(), member.key()) == names.end())
            return refuse(json::refusals::unknown_field, below(path, member.key()), member.key());
    return {};
}

result<json::node> part(json::node object, std::string_view name, const std::string& path) {
    const json::node found = object.find(name);
    if (!found.valid())
        return refuse(json::refusals::missing_field, below(path, name), std::string(name));
    return found;
}

result<std::string> read_word(json::node from, const std::string& path) {
    if (!from.is(json::kind::string) || !is_identifier(from.as_string()))
        return wrong(path, "a name");
    return std::string(from.as_string());
}

result<ratio> read_share(json::node from, const std::string& path) {
    std::optional<ratio> share;
    if (from.is(json::kind::string)) share = parse_ratio(from.as_string());
    if (from.is(json::kind::integer)) share = ratio{from.as_integer(), 1};
    if (!share) return wrong(path, "a fraction such as \"2/3\"");
    if (!is_proper(*share)) return refuse(refusals::rule_share, path, to_text(*share));
    return *share;
}

result<std::int64_t> read_number(json::node from, const std::string& path) {
    if (!from.is(json::kind::integer)) return wrong(path, "a whole number");
    if (from.as_integer() < 0 || from.as_integer() > max_rule_number)
        return refuse(refusals::rule_number, path, std::to_string(from.as_integer()));
    return from.as_integer();
}

result<selection> read_selection(json::node from, const std::string& path) {
    selection sel{};
    const auto names = veche_choices(static_cast<const selection*>(nullptr));
    const auto at = from.is(json::kind::string)
                        ? std::find(names.begin(), names.end(), from.as_string())
                        : names.end();
    if (at == names.end())
        return wrong(path,
                     "yes, no, abstain, absent, present, cast, decisive, "
                     "notyes, participating or seats");
    sel = static_cast<selection>(at - names.begin());
    return sel;
}

result<measure> read_measure(json::node from, const std::string& path) {
    measure out;
    if (from.is(json::kind::integer)) {
        out.integer = VECHE_TRY(read_number(from, path));
        return out;
    }
    if (!from.is(json::kind::object)) return wrong(path, "a number, a selection or a cover");
    if (const json::node weight = from.find("w"); weight.valid())
        out.weight = VECHE_TRY(read_word(weight, below(path, "w")));
    if (from.find("mincover").valid()) {
        VECHE_CHECK(only(from, {"add", "mincover", "w"}, path));
        out.kind = measure_kind::mincover;
        out.share = VECHE_TRY(read_share(from.find("mincover"), below(path, "mincover")));
        if (const json::node add = from.find("add"); add.valid())
            out.integer = VECHE_TRY(read_number(add, below(path, "add")));
        return out;
    }
    VECHE_CHECK(only(from, {"sel", "w"}, path));
    out.kind = measure_kind::selection;
    const json::node sel = VECHE_TRY(part(from, "sel", path));
    out.sel = VECHE_TRY(read_selection(sel, below(path, "sel")));
    return out;
}

result<condition> read_condition(json::node from, const std::string& path, int depth);

result<condition> read_compare(json::node from, const std::string& path) {
    if (!from.is(json::kind::array) || from.size() != 4)
        return wrong(path, "a measure, an operator, a fraction and a measure");
    condition out;
    out.kind = condition_kind::compare;
    json::node at = from.first();
    out.left = VECHE_TRY(read_measure(at, below(path, "0")));
    at = at.next();
    const auto op =
        at.is(json::kind::string)
            ? std::find(std::begin(comparison_signs), std::end(comparison_signs), at.as_string())
            : std::end(comparison_signs);
    if (op == std::end(comparison_signs)) return wrong(below(path, "1"), "one of > >= = <= <");
    out.op = static_cast<comparison>(op - std::begin(comparison_signs));
    at = at.next();
    out.share = VECHE_TRY(read_share(at, below(path, "2")));
    out.right = VECHE_TRY(read_measure(at.next(), below(path, "3")));
    return out;
}

result<condition> read_list(condition_kind kind, json::node from, const std::string& path,
                            int depth) {
    if (!from.is(json::kind::array) || from.size() == 0)
        return wrong(path, "a list of conditions, not empty");
    condition out;
    out.kind = kind;
    std::size_t index = 0;
    for (json::node child = from.first(); child.valid(); child = child.next(), ++index)
        out.parts.push_back(
            VECHE_TRY(read_condition(child, below(path, std::to_string(index)), depth + 1)));
    return out;
}

result<condition> read_grouped(condition_kind kind, json::node from, const std::string& path,
                               int depth) {
    if (!from.is(json::kind::object)) return wrong(path, "an object with by and cond");
    condition out;
    out.kind = kind;
    if (kind == condition_kind::within) {
        VECHE_CHECK(only(from, {"by", "cond", "eq"}, path));
        const json::node eq = VECHE_TRY(part(from, "eq", path));
        out.eq = VECHE_TRY(read_word(eq, below(path, "eq")));
    } else {
        VECHE_CHECK(only(from, {"by", "cond"}, path));
    }
    const json::node by = VECHE_TRY(part(from, "by", path));
    out.by = VECHE_TRY(read_word(by, below(path, "by")));
    const json::node inside = VECHE_TRY(part(from, "cond", path));
    out.parts.push_back(VECHE_TRY(read_condition(inside, below(path, "cond"), depth + 1)));
    return out;
}

result<condition> read_none_of(json::node from, const std::string& path) {
    if (!from.is(json::kind::object)) return wrong(path, "an object with ids");
    VECHE_CHECK(only(from, {"ids", "sel"}, path));
    condition out;
    out.kind = condition_kind::none_of;
    const json::node ids = VECHE_TRY(part(from, "ids", path));
    if (!ids.is(json::kind::array) || ids.size() == 0)
        return wrong(below(path, "ids"), "a list of voters, not empty");
    for (json::node id = ids.first(); id.valid(); id = id.next())
        out.ids.push_back(VECHE_TRY(read_word(id, below(path, "ids"))));
    if (const json::node sel = from.find("sel"); sel.valid())
        out.sel = VECHE_TRY(read_selection(sel, below(path, "sel")));
    return out;
}

result<condition> read_condition(json::node from, const std::string& path, int depth) {
    if (depth > max_condition_depth)
        return refuse(refusals::rule_too_deep, path, std::to_string(max_condition_depth));
    if (!from.is(json::kind::object) || from.size() != 1)
        return wrong(path, "one of all, any, not, each, in, noneof or cmp");
    const json::node inside = from.first();
    const std::string_view kind = inside.key();
    const std::string here = below(path, kind);
    if (kind == "cmp") return read_compare(inside, here);
    if (kind == "all") return read_list(condition_kind::all, inside, here, depth);
    if (kind == "any") return read_list(condition_kind::any, inside, here, depth);
    if (kind == "each") return read_grouped(condition_kind::each, inside, here, depth);
    if (kind == "in") return read_grouped(condition_kind::within, inside, here, depth);
    if (kind == "noneof") return read_none_of(inside, here);
    if (kind != "not") return wrong(path, "one of all, any, not, each, in, noneof or cmp");
    condition out;
    out.kind = condition_kind::negation;
    out.parts.push_back(VECHE_TRY(read_condition(inside, here, depth + 1)));
    return out;
}

result<silence> read_silence(json::node from) {
    silence out;
    const bool one = from.is(json::kind::object) && from.size() == 1;
    const json::node inside = one ? from.first() : json::node{};
    if (one && inside.key() == "days" && inside.is(json::kind::integer) &&
        inside.as_integer() >= 1 && inside.as_integer() <= max_silence_days) {
        out.days = static_cast<std::int32_t>(inside.as_integer());
        return out;
    }
    if (one && inside.key() == "until" && inside.is(json::kind::string)) {
        out.until = parse_instant(inside.as_string());
        if (out.until) return out;
    }
    return wrong("silence", "days from 1 to 3660, or until with a time");
}

void write_measure(json::writer& out, const measure& m) {
    if (m.kind == measure_kind::integer) return out.integer(m.integer);
    out.begin_object();
    if (m.kind == measure_kind::mincover) {
        out.key("add");
        out.integer(m.integer);
        out.key("mincover");
        out.string(to_text(m.share));
    } else {
        out.key("sel");
        out.string(name_of(m.sel));
    }
    out.key("w");
    out.string(m.weight);
    out.end_object();
}

void write_condition(json::writer& out, const condition& c);

void write_compare(json::writer& out, const condition& c) {
    out.begin_array();
    write_measure(out, c.left);
    out.string(comparison_signs[static_cast<std::size_t>(c.op)]);
    out.string(to_text(c.share));
    write_measure(out, c.right);
    out.end_array();
}

void write_list(json::writer& out, const std::vector<condition>& parts) {
    out.begin_array();
    for (const condition& part : parts) write_condition(out, part);
    out.end_array();
}

void write_grouped(json::writer& out, const condition& c) {
    out.begin_object();
    out.key("by");
    out.string(c.by);
    out.key("cond");
    write_condition(out, c.parts.front());
    if (c.kind == condition_kind::within) {
        out.key("eq");
        out.string(c.eq);
    }
    out.end_object();
}

void write_none_of(json::writer& out, const condition& c) {
    out.begin_object();
    out.key("ids");
    out.begin_array();
    for (const std::string& id : c.ids) out.string(id);
    out.end_array();
    out.key("sel");
    out.string(name_of(c.sel));
    out.end_object();
}

void write_condition(json::writer& out, const condition& c) {
    constexpr std::string_view names[] = {"all", "any", "not", "each", "in", "noneof", "cmp"};
    out.begin_object();
    out.key(names[static_cast<std::size_t>(c.kind)]);
    switch (c.kind) {
        case condition_kind::all:
        case condition_kind::any:
            write_list(out, c.parts);
            break;
        case condition_kind::negation:
            write_condition(out, c.parts.front());
            break;
        case condition_kind::each:
        case condition_kind::within:
            write_grouped(out, c);
            break;
        case condition_kind::none_of:
            write_none_of(out, c);
            break;
        case condition_kind::compare:
            write_compare(out, c);
            break;
    }
    out.end_object();
}

}  // namespace

result<rule> parse_rule(json::node from) {
    if (!from.is(json::kind::object)) return wrong("", "an object with pass");
    VECHE_CHECK(only(from, {"against", "pass", "quorum", "silence", "tie"}, ""));
    rule out;
    const json::node pass = VECHE_TRY(part(from, "pass", ""));
    out.pass = VECHE_TRY(read_condition(pass, "pass", 1));
    if (const json::node against = from.find("against"); against.valid())
        out.against = VECHE_TRY(read_condition(against, "against", 1));
    if (const json::node quorum = from.find("quorum"); quorum.valid() && quorum.size() > 0)
        out.quorum = VECHE_TRY(read_list(condition_kind::all, quorum, "quorum", 0)).parts;
    if (const json::node tie = from.find("tie"); tie.valid()) {
        const auto names = veche_choices(static_cast<const tie_break*>(nullptr));
        const auto at = tie.is(json::kind::string)
                            ? std::find(names.begin(), names.end(), tie.as_string())
                            : names.end();
        if (at == names.end()) return wrong("tie", "reject, chair or lot");
        out.tie = static_cast<tie_break>(at - names.begin());
    }
    if (const json::node quiet = from.find("silence"); quiet.valid())
        out.silence = VECHE_TRY(read_silence(quiet));
    return out;
}

result<rule> parse_rule(std::string_view canonical) {
    json::document doc;
    VECHE_CHECK(doc.reset(canonical));
    return parse_rule(doc.root());
}

std::string to_canonical(const rule& r) {
    json::writer out;
    out.begin_object();
    if (r.against) {
        out.key("against");
        write_condition(out, *r.against);
    }
    out.key("pass");
    write_condition(out, r.pass);
    if (!r.quorum.empty()) {
        out.key("quorum");
        write_list(out, r.quorum);
    }
    if (r.silence) {
        out.key("silence");
        out.begin_object();
        if (r.silence->days) {
            out.key("days");
            out.integer(*r.silence->days);
        } else {
            out.key("until");
            out.string(to_text(r.silence->until.value_or(instant{})));
        }
        out.end_object();
    }
    if (r.tie != tie_break::reject) {
        out.key("tie");
        out.string(name_of(r.tie));
    }
    out.end_object();
    return out.take();
}

}  // namespace veche::charter
