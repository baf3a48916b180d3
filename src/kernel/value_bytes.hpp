#pragma once
// Values as bytes and back, whatever they are made of: for snapshots of a state, and for its hash.
// The bytes follow the declarations of the structs and nothing else, so they mean something only to
// a program with the same declarations; what lasts is the journal.
//
//   integer    LEB128, signed ones zigzag    text, list, map   count, then each
//   choice     one byte                      optional          0, or 1 and the value
//   variant    number of the type, value     shared            0; 1 and the value; 2 and which
//   struct     its parts (kernel/parts.hpp), or what `spell` writes and `rebuild` reads
//
// Nothing is read beyond what there is: a reader of wrong bytes ends with `bad()`, not elsewhere.

#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <typeinfo>
#include <unordered_map>
#include <variant>
#include <vector>

#include "kernel/check.hpp"
#include "kernel/cow.hpp"
#include "kernel/parts.hpp"
#include "kernel/ratio.hpp"
#include "kernel/shared_list.hpp"

namespace veche {

namespace detail {

template <class T, template <class...> class Of>
inline constexpr bool made_of = false;
template <template <class...> class Of, class... A>
inline constexpr bool made_of<Of<A...>, Of> = true;

template <class T>
inline constexpr bool is_byte_array = false;
template <std::size_t N>
inline constexpr bool is_byte_array<std::array<std::uint8_t, N>> = true;
template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t N>
inline constexpr bool is_array<std::array<T, N>> = true;

template <class T>
concept map_like = made_of<T, std::map>;
template <class T>
concept listed = made_of<T, std::vector> || made_of<T, std::set>;
template <class T>
concept shared = made_of<T, std::shared_ptr>;

}  // namespace detail

/// Whether what is shared is written once, or wherever it stands. Only the second says the same of
/// equal values.
enum class sharing : std::uint8_t { kept, spelled_out };

class byte_writer {
  public:
    using sink = std::function<void(std::string_view)>;
    byte_writer(sharing how, sink to) : how_(how), to_(std::move(to)) {}

    template <class T>
    void put(const T& value);
    /// Hands the rest to the sink.
    void end() {
        to_(held_);
        held_.clear();
    }

  private:
    static constexpr std::size_t enough = 1 << 16;

    // Not in line: a state is made of thousands of them.
    void put_byte(std::uint8_t byte);
    void put_number(std::uint64_t n);
    void put_signed(std::int64_t n);
    void put_text(std::string_view text);
    template <class T>
    void put_shared(const std::shared_ptr<T>& value);

    sharing how_;
    sink to_;
    std::string held_;
    std::unordered_map<const void*, std::uint64_t> seen_;
};

class byte_reader {
  public:
    explicit byte_reader(std::string_view from) : rest_(from) {}

    template <class T>
    T get();
    template <class T>
    void get_into(T& value);
    /// Whether the bytes were not those of what was asked for.
    [[nodiscard]] bool bad() const { return bad_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

  private:
    struct held {
        std::shared_ptr<void> value;
        const std::type_info* type;
    };

    std::uint8_t get_byte();
    std::uint64_t get_number();
    std::int64_t get_signed();
    /// How many follow; each takes a byte at least.
    std::size_t get_count();
    std::string_view get_bytes(std::size_t count);
    void get_text(std::string& text);
    template <class T>
    void get_many(T& value);
    template <class T>
    std::shared_ptr<T> get_held();
    template <class T>
    std::shared_ptr<T> get_shared();
    template <class V, std::size_t I = 0>
    void get_variant(V& value, std::uint64_t which);

    std::string_view rest_;
    std::vector<held> shared_;
    bool bad_ = false;
};

/// How a class without parts of its own is written and made again.
struct spelling {
    template <class T>
    static auto spell(byte_writer& out, const T& value) -> decltype(value.spell(out)) {
        value.spell(out);
    }
    template <class T>
    static auto rebuild(byte_reader& in) -> decltype(T::rebuild(in)) {
        return T::rebuild(in);
    }
    /// An empty one, whose parts are then read.
    template <class T>
    static T blank() {
        return T();
    }
};

namespace detail {
template <class T>
concept spelled = requires(byte_writer& out, const T& value) { spelling::spell(out, value); };
/// Made blank where it shall stand, and then read: nothing is moved.
template <class T>
concept read_in_place = !spelled<T> && std::is_default_constructible_v<T>;
}  // namespace detail

template <class T>
void byte_writer::put_shared(const std::shared_ptr<T>& value) {
    if (!value) return put_byte(0);
    if (how_ == sharing::kept) {
        const auto [known, fresh] = seen_.emplace(value.get(), seen_.size());
        if (!fresh) {
            put_byte(2);
            return put_number(known->second);
        }
    }
    put_byte(1);
    put(*value);
}

template <class T>
void byte_writer::put(const T& value) {
    using namespace detail;
    if constexpr (std::is_enum_v<T>) {
        put(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::is_same_v<T, bool> || (std::is_integral_v<T> && sizeof(T) == 1)) {
        put_byte(static_cast<std::uint8_t>(value));
    } else if constexpr (std::is_same_v<T, int128>) {
        put_signed(static_cast<std::int64_t>(value >> 64));
        put_number(static_cast<std::uint64_t>(value));
    } else if constexpr (std::is_integral_v<T>) {
        if constexpr (std::is_signed_v<T>)
            put_signed(value);
        else
            put_number(value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        put_text(value);
    } else if constexpr (is_byte_array<T>) {
        for (const std::uint8_t byte : value) put_byte(byte);
    } else if constexpr (is_array<T>) {
        for (const auto& one : value) put(one);
    } else if constexpr (std::is_same_v<T, std::vector<bool>>) {
        put_number(value.size());
        for (const bool one : value) put_byte(one ? 1 : 0);
    } else if constexpr (listed<T> || made_of<T, shared_list>) {
        put_number(value.size());
        for (const auto& one : value) put(one);
    } else if constexpr (map_like<T> || made_of<T, cow_map>) {
        put_number(value.size());
        for (const auto& [key, one] : value) {
            put(key);
            put(one);
        }
    } else if constexpr (made_of<T, std::pair>) {
        put(value.first);
        put(value.second);
    } else if constexpr (made_of<T, std::optional>) {
        put_byte(value ? 1 : 0);
        if (value) put(*value);
    } else if constexpr (made_of<T, std::variant>) {
        put_number(value.index());
        std::visit([&](const auto& one) { put(one); }, value);
    } else if constexpr (shared<T>) {
        put_shared(value);
    } else if constexpr (spelled<T>) {
        spelling::spell(*this, value);
    } else {
        with_parts(value, [&](const auto&... part) { (put(part), ...); });
    }
}

template <class T>
std::shared_ptr<T> byte_reader::get_shared() {
    using plain = std::remove_const_t<T>;
    const std::uint8_t how = get_byte();
    if (how == 0 || bad_) return nullptr;
    if (how == 2) {
        const std::uint64_t which = get_number();
        if (which < shared_.size() && *shared_[which].type == typeid(plain) && shared_[which].value)
            return std::static_pointer_cast<plain>(shared_[which].value);
        bad_ = true;
        return nullptr;
    }
    if (how != 1) bad_ = true;
    const std::size_t place = shared_.size();
    shared_.push_back({nullptr, &typeid(plain)});  // numbered before what lies within it
    auto made = get_held<plain>();
    shared_[place].value = made;
    return made;
}

template <class V, std::size_t I>
void byte_reader::get_variant(V& value, std::uint64_t which) {
    if constexpr (I == std::variant_size_v<V>) {
        bad_ = true;
    } else if (which == I) {
        using one = std::variant_alternative_t<I, V>;
        if constexpr (detail::read_in_place<one>)
            get_into(value.template emplace<I>());
        else
            value.template emplace<I>(get<one>());
    } else {
        get_variant<V, I + 1>(value, which);
    }
}

template <class T>
T byte_reader::get() {
    if constexpr (detail::spelled<T>) {
        return spelling::rebuild<T>(*this);
    } else {
        T value = spelling::blank<T>();
        get_into(value);
        return value;
    }
}

template <class T>
std::shared_ptr<T> byte_reader::get_held() {
    if constexpr (detail::read_in_place<T>) {
        auto made = std::make_shared<T>();
        get_into(*made);
        return made;
    } else {
        return std::make_shared<T>(get<T>());
    }
}

/// Lists and maps. What they hold before goes.
template <class T>
void byte_reader::get_many(T& value) {
    using namespace detail;
    if constexpr (made_of<T, shared_list> || made_of<T, cow_map>)
        value = T();
    else
        value.clear();
    const std::size_t count = get_count();
    if constexpr (made_of<T, std::vector>) {
        using one = typename T::value_type;
        if constexpr (read_in_place<one>)
            value = T(count);
        else
            value.reserve(count);
        for (std::size_t i = 0; i < count && !bad_; ++i) {
            if constexpr (read_in_place<one>)
                get_into(value[i]);
            else
                value.push_back(get<one>());
        }
    } else {
        for (std::size_t i = 0; i < count && !bad_; ++i) {
            if constexpr (made_of<T, shared_list>) {
                value.push_back(get<typename T::iterator::value_type>());
            } else if constexpr (made_of<T, std::set>) {
                value.insert(value.end(), get<typename T::value_type>());
            } else if constexpr (made_of<T, cow_map>) {
                auto key = get<typename T::key_type>();
                auto one = get_held<typename T::mapped_type>();
                if (!bad_ && !value.append(std::move(key), std::move(one))) bad_ = true;
            } else {
                auto key = get<typename T::key_type>();
                value.emplace_hint(value.end(), std::move(key), get<typename T::mapped_type>());
            }
        }
    }
}

template <class T>
void byte_reader::get_into(T& value) {
    using namespace detail;
    if constexpr (std::is_enum_v<T>) {
        value = static_cast<T>(get<std::underlying_type_t<T>>());
    } else if constexpr (std::is_same_v<T, bool>) {
        const std::uint8_t byte = get_byte();
        bad_ = bad_ || byte > 1;
        value = byte == 1;
    } else if constexpr (std::is_integral_v<T> && sizeof(T) == 1) {
        value = static_cast<T>(get_byte());
    } else if constexpr (std::is_same_v<T, int128>) {
        const std::int64_t high = get_signed();
        value = (static_cast<int128>(high) << 64) | static_cast<int128>(get_number());
    } else if constexpr (std::is_integral_v<T>) {
        if constexpr (std::is_signed_v<T>)
            value = static_cast<T>(get_signed());
        else
            value = static_cast<T>(get_number());
    } else if constexpr (std::is_same_v<T, std::string>) {
        get_text(value);
    } else if constexpr (is_byte_array<T>) {
        const std::string_view bytes = get_bytes(value.size());
        if (!bad_) std::memcpy(value.data(), bytes.data(), bytes.size());
    } else if constexpr (is_array<T>) {
        for (auto& one : value) get_into(one);
    } else if constexpr (std::is_same_v<T, std::vector<bool>>) {
        value.resize(get_count());
        for (std::size_t i = 0; i < value.size(); ++i) value[i] = get_byte() == 1;
    } else if constexpr (listed<T> || map_like<T> || made_of<T, shared_list> ||
                         made_of<T, cow_map>) {
        get_many(value);
    } else if constexpr (made_of<T, std::pair>) {
        get_into(value.first);
        get_into(value.second);
    } else if constexpr (made_of<T, std::optional>) {
        value.reset();
        if (get_byte() != 1) return;
        if constexpr (read_in_place<typename T::value_type>)
            get_into(value.emplace());
        else
            value.emplace(get<typename T::value_type>());
    } else if constexpr (made_of<T, std::variant>) {
        get_variant(value, get_number());
    } else if constexpr (shared<T>) {
        value = get_shared<typename T::element_type>();
    } else if constexpr (spelled<T>) {
        value = spelling::rebuild<T>(*this);
    } else {
        with_parts(value, [&](auto&... part) { (get_into(part), ...); });
    }
}

}  // namespace veche
