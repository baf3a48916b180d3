#include "kernel/fields.hpp"

#include <algorithm>
#include <charconv>
#include <deque>
#include <mutex>
#include <numeric>

#include "kernel/check.hpp"

namespace veche {
namespace {

/// Puts a path in front of the field a refusal names.
refusal within(refusal r, std::string_view outer) {
    r.field = r.field.empty() ? std::string(outer) : std::string(outer) + "." + r.field;
    return r;
}

result<void> read_object(const type_info& type, json::node from, void* into) {
    if (!from.is(json::kind::object)) return refuse(json::refusals::wrong_type, {}, "an object");
    const auto order = type.sorted;
    std::size_t next = 0;  // position in `order`: both lists ascend, so one merge pass suffices
    for (json::node member = from.first();; member = member.next()) {
        const bool more = member.valid();
        while (next < order.size() && (!more || type.fields[order[next]].name < member.key())) {
            const field_info& absent = type.fields[order[next++]];
            const form what = absent.type().what;
            if (what != form::optional && what != form::list && what != form::map)
                return refuse(json::refusals::missing_field, std::string(absent.name), absent.name);
        }
        if (!more) return {};
        if (next == order.size() || type.fields[order[next]].name != member.key())
            return refuse(json::refusals::unknown_field, std::string(member.key()), member.key());
        const field_info& field = type.fields[order[next++]];
        if (auto done = read_json(field.type(), member, field.get_mutable(into)); !done)
            return tl::unexpected(within(std::move(done).error(), field.name));
    }
}

result<void> read_elements(const type_info& type, json::node from, void* into) {
    const bool map = type.what == form::map;
    if (!from.is(map ? json::kind::object : json::kind::array))
        return refuse(json::refusals::wrong_type, {}, map ? "an object" : "a list");
    VECHE_ENSURE(type.append != nullptr, "a view is written, never read");
    type.clear(into);
    std::size_t index = 0;
    for (json::node child = from.first(); child.valid(); child = child.next(), ++index) {
        void* element = type.append(into, map ? child.key() : std::string_view{});
        if (auto done = read_json(type.element(), child, element); !done)
            return tl::unexpected(within(std::move(done).error(),
                                         map ? std::string(child.key()) : std::to_string(index)));
    }
    return {};
}

bool absent(const type_info& type, const void* value) {
    return (type.what == form::optional || type.what == form::list || type.what == form::map) &&
           type.size(value) == 0;
}

result<void> read_choice(const type_info& type, json::node from, void* into) {
    const auto& choices = type.choices;
    if (from.is(json::kind::string)) {
        const auto at = std::find(choices.begin(), choices.end(), from.as_string());
        if (at != choices.end()) {
            *static_cast<std::uint8_t*>(into) = static_cast<std::uint8_t>(at - choices.begin());
            return {};
        }
    }
    std::string expected = "one of";
    for (std::size_t i = 0; i < choices.size(); ++i)
        expected += (i == 0                    ? " "
                     : i + 1 == choices.size() ? " or "
                                               : ", ") +
                    std::string(choices[i]);
    return refuse(json::refusals::wrong_type, {}, std::move(expected));
}

/// The wire name of an enum's value; every described enum takes a byte.
std::string_view chosen(const type_info& type, const void* value) {
    const std::size_t at = *static_cast<const std::uint8_t*>(value);
    VECHE_ENSURE(at < type.choices.size(), "a value of an enum is among its choices");
    return type.choices[at];
}

}  // namespace

result<void> read_json(const type_info& type, json::node from, void* into) {
    switch (type.what) {
        case form::object:
            return read_object(type, from, into);
        case form::list:
        case form::map:
            return read_elements(type, from, into);
        case form::optional:
            return read_json(type.element(), from, type.append(into, {}));
        case form::choice:
            return read_choice(type, from, into);
        default:
            return type.read(from, into);
    }
}

void write_json(const type_info& type, const void* value, json::writer& out) {
    switch (type.what) {
        case form::object:
            out.begin_object();
            for (const std::uint16_t index : type.sorted) {
                const field_info& field = type.fields[index];
                const void* part = field.get(value);
                if (absent(field.type(), part)) continue;
                out.key(field.name);
                write_json(field.type(), part, out);
            }
            out.end_object();
            return;
        case form::list:
            out.begin_array();
            for (std::size_t i = 0; i < type.size(value); ++i)
                write_json(type.element(), type.at(value, i), out);
            out.end_array();
            return;
        case form::map:
            out.begin_object();
            for (std::size_t i = 0; i < type.size(value); ++i) {
                out.key(type.key_at(value, i));
                write_json(type.element(), type.at(value, i), out);
            }
            out.end_object();
            return;
        case form::optional:
            if (type.size(value) == 0)
                out.null();
            else
                write_json(type.element(), type.at(value, 0), out);
            return;
        case form::choice:
            out.string(chosen(type, value));
            return;
        default:
            type.write(out, value);
    }
}

bool has_text(const type_info& type) {
    return type.what == form::choice || type.text != nullptr;
}

std::string text_of(const type_info& type, const void* value) {
    return type.what == form::choice ? std::string(chosen(type, value)) : type.text(value);
}

namespace detail {
namespace {

template <class T>
T& as(void* v) {
    return *static_cast<T*>(v);
}
template <class T>
const T& as(const void* v) {
    return *static_cast<const T*>(v);
}

template <class T, auto Parse>
result<void> read_parsed(json::node from, void* value, std::string_view expected) {
    if (!from.is(json::kind::string)) return refuse(json::refusals::wrong_type, {}, expected);
    const auto parsed = Parse(from.as_string());
    if (!parsed) return refuse(json::refusals::wrong_type, {}, expected);
    as<T>(value) = *parsed;
    return {};
}

template <class T>
void write_text(json::writer& out, const void* v) {
    out.string(to_text(as<T>(v)));
}
template <class T>
std::string text_by(const void* v) {
    return to_text(as<T>(v));
}

type_info scalar(form what, result<void> (*read)(json::node, void*),
                 void (*write)(json::writer&, const void*), std::string (*text)(const void*)) {
    type_info i{what, {}, {}, {}};
    i.read = read;
    i.write = write;
    i.text = text;
    return i;
}

std::string minor_text(const void* v) {
    return std::to_string(as<std::int64_t>(v));
}
const type_info& minor_info() {
    static const type_info info = scalar(
        form::integer, &read_minor,
        [](json::writer& out, const void* v) { out.string(minor_text(v)); }, &minor_text);
    return info;
}

constexpr field_info amount_fields[] = {
    {"minor", "The number, in minor units of the unit.", &minor_info, offsetof(amount, minor)},
    {"unit", "The unit: a currency, places, doses.", &info_of<unit_id>::get,
     offsetof(amount, unit)},
};

}  // namespace

result<void> read_bool(json::node from, void* v) {
    if (!from.is(json::kind::boolean))
        return refuse(json::refusals::wrong_type, {}, "true or false");
    as<bool>(v) = from.as_bool();
    return {};
}
result<void> read_integer(json::node from, void* v) {
    if (!from.is(json::kind::integer))
        return refuse(json::refusals::wrong_type, {}, "a whole number");
    as<std::int64_t>(v) = from.as_integer();
    return {};
}
result<void> read_int32(json::node from, void* v) {
    if (!from.is(json::kind::integer))
        return refuse(json::refusals::wrong_type, {}, "a whole number");
    const std::int64_t n = from.as_integer();
    if (n < INT32_MIN || n > INT32_MAX)
        return refuse(json::refusals::out_of_range, {}, std::to_string(n));
    as<std::int32_t>(v) = static_cast<std::int32_t>(n);
    return {};
}
result<void> read_text(json::node from, void* v) {
    if (!from.is(json::kind::string)) return refuse(json::refusals::wrong_type, {}, "a text");
    as<std::string>(v) = from.as_string();
    return {};
}
result<void> read_identifier(json::node from, void* v) {
    if (!from.is(json::kind::string) || !is_identifier(from.as_string()))
        return refuse(json::refusals::wrong_type, {},
                      "an identifier of 1 to 64 letters, digits, '.', '_', '-' or '/'");
    as<std::string>(v) = from.as_string();
    return {};
}
result<void> read_instant(json::node from, void* v) {
    return read_parsed<instant, parse_instant>(from, v, "a time such as 2026-08-01T12:00:00.000Z");
}
result<void> read_date(json::node from, void* v) {
    return read_parsed<date, parse_date>(from, v, "a date such as 2026-08-01");
}
result<void> read_ratio(json::node from, void* v) {
    return read_parsed<ratio, parse_ratio>(from, v, "a fraction such as 2/3");
}
result<void> read_raw(json::node from, void* v) {
    as<json::raw_json>(v).bytes = from.raw();
    return {};
}
result<void> read_minor(json::node from, void* v) {
    constexpr std::string_view expected = "a whole number written as a text, such as \"1500\"";
    if (!from.is(json::kind::string)) return refuse(json::refusals::wrong_type, {}, expected);
    const std::string_view digits = from.as_string();
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    if (error == std::errc::result_out_of_range)
        return refuse(json::refusals::out_of_range, {}, digits);
    // Only one spelling of a number: no "007", no "-0".
    if (error != std::errc{} || end != digits.data() + digits.size() || std::to_string(n) != digits)
        return refuse(json::refusals::wrong_type, {}, expected);
    as<std::int64_t>(v) = n;
    return {};
}

const type_info bool_info = scalar(
    form::boolean, &read_bool, [](json::writer& out, const void* v) { out.boolean(as<bool>(v)); },
    [](const void* v) { return std::string(as<bool>(v) ? "true" : "false"); });
const type_info integer_info = scalar(
    form::integer, &read_integer,
    [](json::writer& out, const void* v) { out.integer(as<std::int64_t>(v)); },
    [](const void* v) { return std::to_string(as<std::int64_t>(v)); });
const type_info int32_info = scalar(
    form::integer, &read_int32,
    [](json::writer& out, const void* v) { out.integer(as<std::int32_t>(v)); },
    [](const void* v) { return std::to_string(as<std::int32_t>(v)); });
const type_info text_info = scalar(
    form::text, &read_text,
    [](json::writer& out, const void* v) { out.string(as<std::string>(v)); },
    [](const void* v) { return as<std::string>(v); });
const type_info identifier_info = scalar(
    form::identifier, &read_identifier,
    [](json::writer& out, const void* v) { out.string(as<std::string>(v)); },
    [](const void* v) { return as<std::string>(v); });
const type_info instant_info =
    scalar(form::instant, &read_instant, &write_text<instant>, &text_by<instant>);
const type_info date_info = scalar(form::date, &read_date, &write_text<date>, &text_by<date>);
const type_info ratio_info = scalar(form::ratio, &read_ratio, &write_text<ratio>, &text_by<ratio>);
const type_info raw_info = scalar(
    form::raw, &read_raw,
    [](json::writer& out, const void* v) { out.raw(as<json::raw_json>(v).bytes); },
    [](const void* v) { return as<json::raw_json>(v).bytes; });

const type_info amount_info = object_info("amount", amount_fields);

type_info object_info(std::string_view name, std::span<const field_info> fields) {
    // Kept to the end of the program, as the descriptions are.
    static std::mutex one_at_a_time;
    static auto& kept = *new std::deque<std::vector<std::uint16_t>>;
    const std::lock_guard lock(one_at_a_time);
    std::vector<std::uint16_t>& order = kept.emplace_back(fields.size());
    std::iota(order.begin(), order.end(), std::uint16_t{0});
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return fields[a].name < fields[b].name; });
    for (std::size_t i = 1; i < order.size(); ++i)
        VECHE_ENSURE(fields[order[i - 1]].name != fields[order[i]].name, "field names are unique");
    type_info i{form::object, name, fields};
    i.sorted = order;
    return i;
}

}  // namespace detail
}  // namespace veche
