// The rule language's JSON form, as rule vectors and the journal hold it.

#include <algorithm>
#include <array>

#include "charter/rule.hpp"

namespace veche::charter {
namespace {

constexpr std::array<std::string_view, 5> operators = {">", ">=", "=", "<=", "<"};
constexpr int max_nesting = 12;

tl::unexpected<refusal> malformed(const std::string& place, std::string why) {
    return refuse(refusals::rule_malformed, place, std::move(why));
}

result<std::string> text_at(json::node from, std::string_view key, const std::string& place) {
    const json::node found = from.find(key);
    if (!found.valid() || !found.is(json::kind::string))
        return malformed(place, "\"" + std::string(key) + "\" must be a text");
    return std::string(found.as_string());
}

result<ratio> fraction_of(json::node from, const std::string& place) {
    if (from.is(json::kind::string))
        if (const auto r = parse_ratio(from.as_string()); r && r->num >= 0) return *r;
    return malformed(place, "a fraction such as \"2/3\" is expected");
}

result<selector> selector_of(json::node from, const std::string& place) {
    selector sel{};
    if (!describe<selector>().read(from, &sel))
        return malformed(place, "\"" + std::string(from.raw()) + "\" selects no voters");
    return sel;
}

result<void> only(json::node from, std::initializer_list<std::string_view> allowed,
                  const std::string& place) {
    if (!from.is(json::kind::object)) return malformed(place, "an object is expected");
    for (json::node m = from.first(); m.valid(); m = m.next())
        if (std::find(allowed.begin(), allowed.end(), m.key()) == allowed.end())
            return malformed(place, "there is no \"" + std::string(m.key()) + "\" here");
    return {};
}

result<measure> measure_of(json::node from, const std::string& place) {
    measure m;
    if (from.is(json::kind::integer)) {
        m.number = from.as_integer();
        return m;
    }
    VECHE_CHECK(only(from, {"sel", "w", "mincover", "add"}, place));
    if (from.find("w").valid()) m.w = VECHE_TRY(text_at(from, "w", place));
    if (from.find("mincover").valid()) {
        VECHE_CHECK(only(from, {"w", "mincover", "add"}, place));
        m.what = measure::kind::mincover;
        m.share = VECHE_TRY(fraction_of(from.find("mincover"), place));
        if (const json::node add = from.find("add"); add.valid()) {
            if (!add.is(json::kind::integer)) return malformed(place, "\"add\" must be a number");
            m.add = add.as_integer();
        }
        return m;
    }
    m.what = measure::kind::selection;
    if (!from.find("sel").valid()) return malformed(place, "a measure needs \"sel\"");
    VECHE_CHECK(only(from, {"sel", "w"}, place));
    m.sel = VECHE_TRY(selector_of(from.find("sel"), place));
    return m;
}

result<condition> condition_of(json::node from, const std::string& place, int depth);

result<void> parts_of(json::node from, condition& c, const std::string& place, int depth) {
    if (!from.is(json::kind::array) || from.size() == 0)
        return malformed(place, "a list of conditions is expected");
    int n = 0;
    for (json::node part = from.first(); part.valid(); part = part.next())
        c.parts.push_back(
            VECHE_TRY(condition_of(part, place + "." + std::to_string(n++), depth + 1)));
    return {};
}

result<condition> compare_of(json::node from, const std::string& place) {
    condition c;
    if (!from.is(json::kind::array) || from.size() != 4)
        return malformed(place, "\"cmp\" takes measure, operator, fraction, measure");
    const json::node op = from.first().next();
    const auto known = std::find(operators.begin(), operators.end(),
                                 op.is(json::kind::string) ? op.as_string() : std::string_view{});
    if (known == operators.end()) return malformed(place, "the operator is one of > >= = <= <");
    c.op = static_cast<comparison>(known - operators.begin());
    c.left = VECHE_TRY(measure_of(from.first(), place));
    c.factor = VECHE_TRY(fraction_of(op.next(), place));
    c.right = VECHE_TRY(measure_of(op.next().next(), place));
    return c;
}

result<condition> group_of(json::node from, bool one, const std::string& place, int depth) {
    condition c;
    c.what = one ? condition::kind::in : condition::kind::each;
    VECHE_CHECK(one ? only(from, {"by", "eq", "cond"}, place) : only(from, {"by", "cond"}, place));
    c.by = VECHE_TRY(text_at(from, "by", place));
    if (one) c.equals = VECHE_TRY(text_at(from, "eq", place));
    if (!from.find("cond").valid()) return malformed(place, "\"cond\" is missing");
    c.parts.push_back(VECHE_TRY(condition_of(from.find("cond"), place + ".cond", depth + 1)));
    return c;
}

result<condition> noneof_of(json::node from, const std::string& place) {
    condition c;
    c.what = condition::kind::noneof;
    VECHE_CHECK(only(from, {"ids", "sel"}, place));
    const json::node ids = from.find("ids");
    if (!ids.valid() || !ids.is(json::kind::array) || ids.size() == 0)
        return malformed(place, "\"ids\" must be a list");
    for (json::node one = ids.first(); one.valid(); one = one.next()) {
        if (!one.is(json::kind::string)) return malformed(place, "\"ids\" must be texts");
        c.ids.emplace_back(one.as_string());
    }
    if (from.find("sel").valid()) c.sel = VECHE_TRY(selector_of(from.find("sel"), place));
    return c;
}

result<condition> condition_of(json::node from, const std::string& place, int depth) {
    if (depth > max_nesting) return malformed(place, "conditions are nested too deep");
    if (!from.is(json::kind::object) || from.size() != 1)
        return malformed(place, "a condition is an object with one member");
    const json::node inner = from.first();
    const std::string_view key = inner.key();
    const std::string at = place + "." + std::string(key);
    condition c;
    if (key == "cmp") return compare_of(inner, at);
    if (key == "each") return group_of(inner, false, at, depth);
    if (key == "in") return group_of(inner, true, at, depth);
    if (key == "noneof") return noneof_of(inner, at);
    if (key == "not") {
        c.what = condition::kind::negation;
        c.parts.push_back(VECHE_TRY(condition_of(inner, at, depth + 1)));
        return c;
    }
    if (key != "all" && key != "any")
        return malformed(place, "there is no condition \"" + std::string(key) + "\"");
    c.what = key == "all" ? condition::kind::all : condition::kind::any;
    VECHE_CHECK(parts_of(inner, c, at, depth));
    return c;
}

void write(const measure& m, json::writer& out) {
    if (m.what == measure::kind::number) return out.integer(m.number);
    out.begin_object();
    if (m.what == measure::kind::mincover) {
        out.key("add");
        out.integer(m.add);
        out.key("mincover");
        out.string(veche::to_text(m.share));
    } else {
        out.key("sel");
        out.string(name_of(m.sel));
    }
    out.key("w");
    out.string(m.w);
    out.end_object();
}

void write(const condition& c, json::writer& out);

void write_parts(const condition& c, json::writer& out) {
    out.begin_array();
    for (const condition& part : c.parts) write(part, out);
    out.end_array();
}

void write_group(const condition& c, json::writer& out) {
    out.begin_object();
    out.key("by");
    out.string(c.by);
    out.key("cond");
    write(c.parts.front(), out);
    if (c.what == condition::kind::in) {
        out.key("eq");
        out.string(c.equals);
    }
    out.end_object();
}

void write_noneof(const condition& c, json::writer& out) {
    out.begin_object();
    out.key("ids");
    out.begin_array();
    for (const auto& one : c.ids) out.string(one);
    out.end_array();
    out.key("sel");
    out.string(name_of(c.sel));
    out.end_object();
}

void write_compare(const condition& c, json::writer& out) {
    out.begin_array();
    write(c.left, out);
    out.string(operators[static_cast<std::size_t>(c.op)]);
    out.string(veche::to_text(c.factor));
    write(c.right, out);
    out.end_array();
}

void write(const condition& c, json::writer& out) {
    constexpr std::array<std::string_view, 7> names = {"all", "any",    "not", "each",
                                                       "in",  "noneof", "cmp"};
    out.begin_object();
    out.key(names[static_cast<std::size_t>(c.what)]);
    switch (c.what) {
        case condition::kind::all:
        case condition::kind::any:
            write_parts(c, out);
            break;
        case condition::kind::negation:
            write(c.parts.front(), out);
            break;
        case condition::kind::each:
        case condition::kind::in:
            write_group(c, out);
            break;
        case condition::kind::noneof:
            write_noneof(c, out);
            break;
        case condition::kind::compare:
            write_compare(c, out);
            break;
    }
    out.end_object();
}

}  // namespace

result<rule> parse_rule(json::node from) {
    rule r;
    VECHE_CHECK(only(from, {"quorum", "pass", "against", "tie"}, "rule"));
    if (const json::node quorum = from.find("quorum"); quorum.valid()) {
        condition all;
        VECHE_CHECK(parts_of(quorum, all, "quorum", 0));
        r.quorum = std::move(all.parts);
    }
    if (!from.find("pass").valid()) return malformed("rule", "\"pass\" is missing");
    r.pass = VECHE_TRY(condition_of(from.find("pass"), "pass", 0));
    if (const json::node against = from.find("against"); against.valid())
        r.against = VECHE_TRY(condition_of(against, "against", 0));
    if (const json::node tie = from.find("tie"); tie.valid())
        if (!describe<tie_rule>().read(tie, &r.tie))
            return malformed("tie", "a tie is settled by reject, chair or lot");
    return r;
}

std::string to_json(const rule& r) {
    json::writer out;
    out.begin_object();
    if (r.against) {
        out.key("against");
        write(*r.against, out);
    }
    out.key("pass");
    write(r.pass, out);
    if (!r.quorum.empty()) {
        out.key("quorum");
        out.begin_array();
        for (const condition& c : r.quorum) write(c, out);
        out.end_array();
    }
    if (r.tie != tie_rule::reject) {
        out.key("tie");
        out.string(name_of(r.tie));
    }
    out.end_object();
    return out.take();
}

}  // namespace veche::charter
