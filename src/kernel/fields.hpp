#pragma once
// The one description of a struct. `VECHE_FIELDS(T, (name, "meaning"), ...)` after the struct, in
// its namespace, gives from one list: reading and writing JSON, the API schema, the command-line
// form, form fields, template access. Types are erased into constant tables, so that the reader,
// the writer and the renderer are compiled once.
//
// Presence: optionals, lists and maps may be absent (nothing, empty); every other field is
// required. An absent or empty one is not written, so a value has one canonical form.

#include <cstddef>
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
    std::size_t offset;  ///< of the member, in bytes

    [[nodiscard]] const void* get(const void* object) const {
        return static_cast<const std::byte*>(object) + offset;
    }
    [[nodiscard]] void* get_mutable(void* object) const {
        return static_cast<std::byte*>(object) + offset;
    }
};

/// Everything generic code needs to know of one C++ type. One constant object per type.
struct type_info {
    form what;
    std::string_view name = {};                      ///< struct or enum name, "" otherwise
    std::span<const field_info> fields = {};         ///< object, in declared order
    std::span<const std::string_view> choices = {};  ///< choice, in order of the enum's values
    const type_info& (*element)() = nullptr;         ///< optional, list, map
    // Scalars and raw; a choice needs none: it is its value's place among `choices`.
    result<void> (*read)(json::node, void* value) = nullptr;
    void (*write)(json::writer&, const void* value) = nullptr;
    std::string (*text)(const void* value) = nullptr;
    // Containers.
    std::size_t (*size)(const void* value) = nullptr;
    const void* (*at)(const void* value, std::size_t index) = nullptr;
    std::string_view (*key_at)(const void* value, std::size_t index) = nullptr;  ///< map
    // Of what is read too; nothing for what is only shown (VECHE_VIEW).
    void* (*append)(void* value, std::string_view key) = nullptr;  ///< optional: emplace; list; map
    void (*clear)(void* value) = nullptr;
    std::span<const std::uint16_t> sorted = {};  ///< object: field indices by name
};

/// Primary access: the type_info of T.
template <class T>
const type_info& describe();

/// Reads a value of the described type. Refusals name the field by its dotted path.
result<void> read_json(const type_info& type, json::node from, void* into);
void write_json(const type_info& type, const void* value, json::writer& out);
/// Whether the type is a scalar or a choice, which has a text for people and forms.
bool has_text(const type_info& type);
std::string text_of(const type_info& type, const void* value);
/// Object form from flat pairs as forms and command lines give them: "field=value", nested names
/// dotted ("amount.minor"), list elements repeated or numbered ("items.0.title"). Produces
/// canonical JSON bytes ready for read_json; refuses unknown names and malformed scalars with the
/// field named.
result<std::string> json_from_pairs(const type_info& type,
                                    const std::vector<std::pair<std::string, std::string>>& pairs);
/// JSON Schema (2020-12, as OpenAPI 3.1 uses it) of the type, nested objects inlined, as
/// canonical-like JSON text. Keys such as "$ref" never occur.
std::string json_schema(const type_info& type);

namespace detail {
template <class T>
concept only_shown = requires { veche_only_shown(static_cast<const T*>(nullptr)); };
}  // namespace detail

template <class T>
result<void> read_json(json::node from, T& into) {
    static_assert(!detail::only_shown<T>, "a VECHE_VIEW is written, never read");
    return read_json(describe<T>(), from, &into);
}
template <class T>
result<T> from_json(json::node from) {
    T value{};
    VECHE_CHECK(read_json(from, value));
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

type_info object_info(std::string_view name, std::span<const field_info> fields);

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

// Constants, so that a file which names a type compiles tables and the few functions in them.
template <class T>
struct info_of<std::optional<T>> {
    using held = std::optional<T>;
    static constexpr type_info make() {
        type_info i{.what = form::optional, .element = &info_of<T>::get};
        i.size = [](const void* v) -> std::size_t { return *static_cast<const held*>(v) ? 1 : 0; };
        i.at = [](const void* v, std::size_t) -> const void* {
            return &**static_cast<const held*>(v);
        };
        if constexpr (!only_shown<T>) {
            i.append = [](void* v, std::string_view) -> void* {
                return &static_cast<held*>(v)->emplace();
            };
            i.clear = [](void* v) { static_cast<held*>(v)->reset(); };
        }
        return i;
    }
    static const type_info& get() {
        static constexpr type_info info = make();
        return info;
    }
};

template <class T>
struct info_of<std::vector<T>> {
    using held = std::vector<T>;
    static constexpr type_info make() {
        type_info i{.what = form::list, .element = &info_of<T>::get};
        i.size = [](const void* v) { return static_cast<const held*>(v)->size(); };
        i.at = [](const void* v, std::size_t n) -> const void* {
            return &(*static_cast<const held*>(v))[n];
        };
        if constexpr (!only_shown<T>) {
            i.append = [](void* v, std::string_view) -> void* {
                return &static_cast<held*>(v)->emplace_back();
            };
            i.clear = [](void* v) { static_cast<held*>(v)->clear(); };
        }
        return i;
    }
    static const type_info& get() {
        static constexpr type_info info = make();
        return info;
    }
};

template <class T>
struct info_of<std::map<std::string, T>> {
    using held = std::map<std::string, T>;
    static auto nth(const void* v, std::size_t n) {
        return std::next(static_cast<const held*>(v)->begin(), static_cast<std::ptrdiff_t>(n));
    }
    static constexpr type_info make() {
        type_info i{.what = form::map, .element = &info_of<T>::get};
        i.size = [](const void* v) { return static_cast<const held*>(v)->size(); };
        i.at = [](const void* v, std::size_t n) -> const void* { return &nth(v, n)->second; };
        i.key_at = [](const void* v, std::size_t n) -> std::string_view {
            return nth(v, n)->first;
        };
        if constexpr (!only_shown<T>) {
            i.append = [](void* v, std::string_view key) -> void* {
                return &(*static_cast<held*>(v))[std::string(key)];
            };
            i.clear = [](void* v) { static_cast<held*>(v)->clear(); };
        }
        return i;
    }
    static const type_info& get() {
        static constexpr type_info info = make();
        return info;
    }
};

template <class T>
concept has_choices = requires { veche_choices(static_cast<const T*>(nullptr)); };
template <class T>
concept has_fields = requires { veche_fields(static_cast<const T*>(nullptr)); };

template <has_choices T>
struct info_of<T> {
    static_assert(sizeof(T) == 1, "an enum that is described takes a byte");
    static const type_info& get() {
        static const type_info info{form::choice,
                                    veche_type_name(static_cast<const T*>(nullptr)),
                                    {},
                                    veche_choices(static_cast<const T*>(nullptr))};
        return info;
    }
};

template <has_fields T>
struct info_of<T> {
    static const type_info& get() {
        static const type_info info = object_info(veche_type_name(static_cast<const T*>(nullptr)),
                                                  veche_fields(static_cast<const T*>(nullptr)));
        return info;
    }
};

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
// By the member's place: a function for each member would be half of what a page's file compiles.
#define VECHE_FIELD_2(T, name, meaning) {VECHE_WIRE_NAME(#name), meaning, &::veche::detail::info_of<std::remove_cvref_t<decltype(T::name)>>::get, offsetof(T, name)},
// A template, so that a file which includes a struct without reading or writing it compiles none
// of its table.
#define VECHE_FIELDS_HERE(T, ...)                                                         \
    inline std::string_view veche_type_name(const T*) { return #T; }                      \
    template <class Self = T>                                                             \
    std::span<const ::veche::field_info> veche_fields(const T*) {                         \
        static constexpr ::veche::field_info list[] = {VECHE_EACH(VECHE_FIELD_OF, Self, __VA_ARGS__)}; \
        return list;                                                                      \
    }
// In a header: all who read or write the struct share one table, which one file of its room
// compiles (CMakeLists.txt writes it, with VECHE_TABLE empty); in a source file the one above.
#define VECHE_FIELDS(T, ...)                                                              \
    VECHE_FIELDS_HERE(T, __VA_ARGS__)                                                     \
    VECHE_TABLE template std::span<const ::veche::field_info> veche_fields<T>(const T*);
#define VECHE_TABLE extern
// A struct that is shown (a page, a row of one) and never read, so that no reader of it is compiled.
#define VECHE_VIEW_HERE(T, ...)                                                           \
    [[maybe_unused]] inline void veche_only_shown(const T*) {}                            \
    VECHE_FIELDS_HERE(T, __VA_ARGS__)
#define VECHE_VIEW(T, ...)                                                                \
    [[maybe_unused]] inline void veche_only_shown(const T*) {}                            \
    VECHE_FIELDS(T, __VA_ARGS__)
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
