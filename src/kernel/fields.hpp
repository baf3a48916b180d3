#pragma once
// The one description of a struct. `VECHE_FIELDS(T, (name, "meaning"), ...)` after the struct, in
// its namespace, gives from one list: reading and writing JSON, the API schema, the command-line
// form, form fields, template access. Types are erased into constant tables, so that the reader,
// the writer and the renderer are compiled once.
//
// Presence: optionals, lists and maps may be absent (nothing, empty); every other field is
// required. An absent or empty one is not written, so a value has one canonical form.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/id.hpp"
#include "kernel/instant.hpp"
#include "kernel/json.hpp"
#include "kernel/ratio.hpp"

namespace veche {

/// A text in several languages, by language tag ("en", "ru", "be").
using localized = std::map<std::string, std::string>;

/// An amount of one unit in its minor units (kopecks, places). Wire form
/// {"minor":"123","unit":"RUB"}: the number is a decimal string, so that no reader loses digits
/// above 2^53.
struct amount {
    std::int64_t minor = 0;
    unit_id unit;
    auto operator<=>(const amount&) const = default;
};

enum class form : std::uint8_t {
    boolean,
    integer,
    text,
    identifier,
    instant,
    date,
    ratio,
    choice,
    optional,
    list,
    map,
    object,
    raw,
};

struct type_info;

struct field_info {
    std::string_view name;
    std::string_view meaning;  ///< one sentence; becomes help, schema description and form hint
    const type_info& (*type)();
    const void* (*get)(const void* object);
    void* (*get_mutable)(void* object);
};

/// Everything generic code needs to know of one C++ type. One constant object per type.
struct type_info {
    form what;
    std::string_view name = {};                      ///< struct or enum name, "" otherwise
    std::span<const field_info> fields = {};         ///< object, in declared order
    std::span<const std::string_view> choices = {};  ///< choice, in order of the enum's values
    const type_info& (*element)() = nullptr;         ///< optional, list, map
    // Scalars, through text and numbers.
    result<void> (*read)(json::node, void* value) = nullptr;    ///< scalars and raw
    void (*write)(json::writer&, const void* value) = nullptr;  ///< scalars and raw
    std::string (*text)(const void* value) = nullptr;           ///< scalars, for people and forms
    // Containers.
    std::size_t (*size)(const void* value) = nullptr;
    const void* (*at)(const void* value, std::size_t index) = nullptr;
    std::string_view (*key_at)(const void* value, std::size_t index) = nullptr;  ///< map
    void* (*append)(void* value, std::string_view key) = nullptr;  ///< optional: emplace; list; map
    void (*clear)(void* value) = nullptr;
    std::span<const std::uint16_t> (*sorted)() = nullptr;  ///< object: field indices by name
};

/// Primary access: the type_info of T.
template <class T>
const type_info& describe();

/// Reads a value of the described type. Refusals name the field by its dotted path.
result<void> read_json(const type_info& type, json::node from, void* into);
void write_json(const type_info& type, const void* value, json::writer& out);
/// Object form from flat pairs as forms and command lines give them: "field=value", nested names
/// dotted ("amount.minor"), list elements repeated or numbered ("items.0.title"). Produces
/// canonical JSON bytes ready for read_json; refuses unknown names and malformed scalars with the
/// field named.
result<std::string> json_from_pairs(const type_info& type,
                                    const std::vector<std::pair<std::string, std::string>>& pairs);
/// JSON Schema (2020-12, as OpenAPI 3.1 uses it) of the type, nested objects inlined, as
/// canonical-like JSON text. Keys such as "$ref" never occur.
std::string json_schema(const type_info& type);

template <class T>
result<T> from_json(json::node from) {
    T value{};
    VECHE_CHECK(read_json(describe<T>(), from, &value));
    return value;
}
/// From canonical bytes.
template <class T>
result<T> from_json(std::string_view canonical) {
    json::document doc;
    VECHE_CHECK(doc.reset(canonical));
    return from_json<T>(doc.root());
}
template <class T>
std::string to_json(const T& value) {
    json::writer out;
    write_json(describe<T>(), &value, out);
    return out.take();
}

// ---------------------------------------------------------------------------------------------
// Below: how describe<T>() is found. Rooms use the macros at the end.

namespace detail {

result<void> read_bool(json::node, void*);
result<void> read_integer(json::node, void*);  // std::int64_t
result<void> read_int32(json::node, void*);
result<void> read_text(json::node, void*);
result<void> read_identifier(json::node, void*);  // std::string holding an identifier
result<void> read_instant(json::node, void*);
result<void> read_date(json::node, void*);
result<void> read_ratio(json::node, void*);
result<void> read_raw(json::node, void*);
result<void> read_minor(json::node, void*);  // std::int64_t as a decimal string
extern const type_info bool_info, integer_info, int32_info, text_info, identifier_info,
    instant_info, date_info, ratio_info, raw_info, amount_info;

std::vector<std::uint16_t> sort_fields(std::span<const field_info> fields);
result<std::size_t> read_choice(json::node from, std::span<const std::string_view> choices);

template <class T>
struct info_of;  // specialised for scalars and containers below

template <>
struct info_of<bool> {
    static const type_info& get() { return bool_info; }
};
template <>
struct info_of<std::int64_t> {
    static const type_info& get() { return integer_info; }
};
template <>
struct info_of<std::int32_t> {
    static const type_info& get() { return int32_info; }
};
template <>
struct info_of<std::string> {
    static const type_info& get() { return text_info; }
};
template <>
struct info_of<instant> {
    static const type_info& get() { return instant_info; }
};
template <>
struct info_of<date> {
    static const type_info& get() { return date_info; }
};
template <>
struct info_of<ratio> {
    static const type_info& get() { return ratio_info; }
};
template <>
struct info_of<json::raw_json> {
    static const type_info& get() { return raw_info; }
};
template <>
struct info_of<amount> {
    static const type_info& get() { return amount_info; }
};
template <class Tag>
struct info_of<id<Tag>> {
    // id<Tag> holds exactly one std::string, so the erased functions work on its address.
    static_assert(sizeof(id<Tag>) == sizeof(std::string));
    static const type_info& get() { return identifier_info; }
};

template <class T>
struct info_of<std::optional<T>> {
    static const type_info& get() {
        static const type_info info = [] {
            type_info i{form::optional, {}, {}, {}, &describe<T>};
            i.size = [](const void* v) -> std::size_t {
                return static_cast<const std::optional<T>*>(v)->has_value() ? 1 : 0;
            };
            i.at = [](const void* v, std::size_t) -> const void* {
                return &**static_cast<const std::optional<T>*>(v);
            };
            i.append = [](void* v, std::string_view) -> void* {
                return &static_cast<std::optional<T>*>(v)->emplace();
            };
            i.clear = [](void* v) { static_cast<std::optional<T>*>(v)->reset(); };
            return i;
        }();
        return info;
    }
};

template <class T>
struct info_of<std::vector<T>> {
    static const type_info& get() {
        static const type_info info = [] {
            type_info i{form::list, {}, {}, {}, &describe<T>};
            i.size = [](const void* v) { return static_cast<const std::vector<T>*>(v)->size(); };
            i.at = [](const void* v, std::size_t n) -> const void* {
                return &(*static_cast<const std::vector<T>*>(v))[n];
            };
            i.append = [](void* v, std::string_view) -> void* {
                return &static_cast<std::vector<T>*>(v)->emplace_back();
            };
            i.clear = [](void* v) { static_cast<std::vector<T>*>(v)->clear(); };
            return i;
        }();
        return info;
    }
};

template <class T>
struct info_of<std::map<std::string, T>> {
    using map_type = std::map<std::string, T>;
    static const type_info& get() {
        static const type_info info = [] {
            type_info i{form::map, {}, {}, {}, &describe<T>};
            i.size = [](const void* v) { return static_cast<const map_type*>(v)->size(); };
            i.at = [](const void* v, std::size_t n) -> const void* {
                return &std::next(static_cast<const map_type*>(v)->begin(),
                                  static_cast<std::ptrdiff_t>(n))
                            ->second;
            };
            i.key_at = [](const void* v, std::size_t n) -> std::string_view {
                return std::next(static_cast<const map_type*>(v)->begin(),
                                 static_cast<std::ptrdiff_t>(n))
                    ->first;
            };
            i.append = [](void* v, std::string_view key) -> void* {
                return &(*static_cast<map_type*>(v))[std::string(key)];
            };
            i.clear = [](void* v) { static_cast<map_type*>(v)->clear(); };
            return i;
        }();
        return info;
    }
};

template <class T>
concept has_choices = requires { veche_choices(static_cast<const T*>(nullptr)); };
template <class T>
concept has_fields = requires { veche_fields(static_cast<const T*>(nullptr)); };

template <has_choices T>
struct info_of<T> {
    static const type_info& get() {
        static const type_info info = [] {
            type_info i{form::choice,
                        veche_type_name(static_cast<const T*>(nullptr)),
                        {},
                        veche_choices(static_cast<const T*>(nullptr))};
            i.read = [](json::node from, void* v) -> result<void> {
                const auto at =
                    VECHE_TRY(read_choice(from, veche_choices(static_cast<const T*>(nullptr))));
                *static_cast<T*>(v) = static_cast<T>(at);
                return {};
            };
            i.write = [](json::writer& out, const void* v) {
                out.string(veche_choices(static_cast<const T*>(
                    nullptr))[static_cast<std::size_t>(*static_cast<const T*>(v))]);
            };
            i.text = [](const void* v) {
                return std::string(veche_choices(static_cast<const T*>(
                    nullptr))[static_cast<std::size_t>(*static_cast<const T*>(v))]);
            };
            return i;
        }();
        return info;
    }
};

template <has_fields T>
struct info_of<T> {
    static const type_info& get() {
        static const type_info info = [] {
            type_info i{form::object, veche_type_name(static_cast<const T*>(nullptr)),
                        veche_fields(static_cast<const T*>(nullptr))};
            i.sorted = [] {
                static const auto order = sort_fields(veche_fields(static_cast<const T*>(nullptr)));
                return std::span<const std::uint16_t>(order);
            };
            return i;
        }();
        return info;
    }
};

template <class T, auto Member>
constexpr field_info field(std::string_view name, std::string_view meaning) {
    using value_type = std::remove_cvref_t<decltype(std::declval<T>().*Member)>;
    return {name, meaning, &describe<value_type>,
            [](const void* o) -> const void* { return &(static_cast<const T*>(o)->*Member); },
            [](void* o) -> void* { return &(static_cast<T*>(o)->*Member); }};
}

}  // namespace detail

template <class T>
const type_info& describe() {
    return detail::info_of<T>::get();
}

/// The wire name of an enum's value.
template <detail::has_choices T>
std::string_view name_of(T value) {
    return veche_choices(static_cast<const T*>(nullptr))[static_cast<std::size_t>(value)];
}

}  // namespace veche

// clang-format off
#define VECHE_PARENS ()
#define VECHE_EXPAND(...) VECHE_EXPAND3(VECHE_EXPAND3(VECHE_EXPAND3(__VA_ARGS__)))
#define VECHE_EXPAND3(...) VECHE_EXPAND2(VECHE_EXPAND2(VECHE_EXPAND2(__VA_ARGS__)))
#define VECHE_EXPAND2(...) VECHE_EXPAND1(VECHE_EXPAND1(VECHE_EXPAND1(__VA_ARGS__)))
#define VECHE_EXPAND1(...) __VA_ARGS__
#define VECHE_EACH(macro, T, ...) __VA_OPT__(VECHE_EXPAND(VECHE_EACH_STEP(macro, T, __VA_ARGS__)))
#define VECHE_EACH_STEP(macro, T, a, ...) macro(T, a) __VA_OPT__(VECHE_EACH_AGAIN VECHE_PARENS (macro, T, __VA_ARGS__))
#define VECHE_EACH_AGAIN() VECHE_EACH_STEP
// A trailing underscore escapes a C++ keyword: for_ has the wire name "for".
#define VECHE_WIRE_NAME(text) (std::string_view(text).ends_with('_') ? std::string_view(text).substr(0, std::string_view(text).size() - 1) : std::string_view(text))
#define VECHE_FIELD_OF(T, pair) VECHE_FIELD_1(T, VECHE_UNWRAP pair)
#define VECHE_UNWRAP(...) __VA_ARGS__
#define VECHE_FIELD_1(...) VECHE_FIELD_2(__VA_ARGS__)
#define VECHE_FIELD_2(T, name, meaning) ::veche::detail::field<T, &T::name>(VECHE_WIRE_NAME(#name), meaning),
// A template, so that a file which includes a struct without reading or writing it compiles none
// of its table.
#define VECHE_FIELDS(T, ...)                                                              \
    inline std::string_view veche_type_name(const T*) { return #T; }                      \
    template <class Self = T>                                                             \
    std::span<const ::veche::field_info> veche_fields(const T*) {                         \
        static constexpr ::veche::field_info list[] = {VECHE_EACH(VECHE_FIELD_OF, Self, __VA_ARGS__)}; \
        return list;                                                                      \
    }
// A struct without fields.
#define VECHE_NO_FIELDS(T)                                                                \
    inline std::string_view veche_type_name(const T*) { return #T; }                      \
    inline std::span<const ::veche::field_info> veche_fields(const T*) { return {}; }
#define VECHE_CHOICE_OF(T, name) VECHE_WIRE_NAME(#name),
// VECHE_CHOICES(ballot, yes, no, abstain): wire names of an enum whose values count from 0 in this order.
#define VECHE_CHOICES(T, ...)                                                             \
    inline std::string_view veche_type_name(const T*) { return #T; }                      \
    inline std::span<const std::string_view> veche_choices(const T*) {                    \
        static constexpr std::string_view list[] = {VECHE_EACH(VECHE_CHOICE_OF, T, __VA_ARGS__)}; \
        return list;                                                                      \
    }
// clang-format on
