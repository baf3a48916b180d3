#pragma once
// What every cow_map is inside, whatever its keys and values: chunks of keys with a shared value
// each, and the list of them, both copied when they are changed while somebody else holds them. It
// knows of its keys only how they are moved, copied and ended; so it is compiled once, and not for
// each of the hundred and more maps that a state is made of.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace veche {

namespace detail {

/// The one owned T behind the pointer, copied first if somebody else holds it too.
template <class T, class Held>
T& own_as(std::shared_ptr<Held>& held) {
    if (held.use_count() != 1) {
        held = std::make_shared<T>(*static_cast<const T*>(held.get()));
    } else {
        // The last other holder may have let go in another thread: see what it did before.
        std::atomic_thread_fence(std::memory_order_acquire);
    }
    return *static_cast<T*>(held.get());
}
template <class T>
T& own(std::shared_ptr<T>& held) {
    return own_as<T>(held);
}

/// How keys of a type are kept.
struct key_kind {
    std::size_t size;
    /// Makes so many at `to` of those at `from`, which end; the two ranges may overlap.
    void (*move)(void* to, void* from, std::size_t count);
    void (*copy)(void* to, const void* from);
    void (*end)(void* key);
};

template <class K>
struct key_kind_of {
    static_assert(std::is_nothrow_move_constructible_v<K>);
    static_assert(alignof(K) <= alignof(std::max_align_t));
    static void move_one(K* to, K* from) {
        ::new (static_cast<void*>(to)) K(std::move(*from));
        from->~K();
    }
    static void move(void* to, void* from, std::size_t count) {
        K* const t = static_cast<K*>(to);
        K* const f = static_cast<K*>(from);
        if (t < f)
            for (std::size_t i = 0; i < count; ++i) move_one(t + i, f + i);
        else
            for (std::size_t i = count; i > 0; --i) move_one(t + i - 1, f + i - 1);
    }
    static void copy(void* to, const void* from) { ::new (to) K(*static_cast<const K*>(from)); }
    static void end(void* key) { static_cast<K*>(key)->~K(); }
    static constexpr key_kind kind{sizeof(K), &move, &copy, &end};
};

/// Keys in ascending order, one after another in memory, and their values.
class key_chunk {
  public:
    explicit key_chunk(const key_kind& kind) : kind_(&kind) {}
    key_chunk(const key_chunk& other);
    key_chunk& operator=(const key_chunk&) = delete;
    ~key_chunk();

    [[nodiscard]] std::size_t size() const { return values_.size(); }
    [[nodiscard]] bool empty() const { return values_.empty(); }
    [[nodiscard]] const void* keys() const { return keys_.get(); }
    [[nodiscard]] const void* key(std::size_t i) const { return keys_.get() + i * kind_->size; }
    [[nodiscard]] const std::shared_ptr<void>& value(std::size_t i) const { return values_[i]; }
    [[nodiscard]] std::shared_ptr<void>& value(std::size_t i) { return values_[i]; }

    void reserve(std::size_t count);
    /// Gives the place of the key, which is made there at once, by a move that does not throw.
    [[nodiscard]] void* insert(std::size_t at, std::shared_ptr<void> value);
    void erase(std::size_t at);
    /// Gives what stands at `from` and after it.
    [[nodiscard]] std::shared_ptr<key_chunk> split(std::size_t from);

  private:
    [[nodiscard]] void* slot(std::size_t i) { return keys_.get() + i * kind_->size; }

    const key_kind* kind_;
    std::unique_ptr<std::byte[]> keys_;  // as many as there is room for
    std::size_t room_ = 0;
    std::vector<std::shared_ptr<void>> values_;
};

}  // namespace detail

class cow_tree {
  public:
    using chunk = detail::key_chunk;
    using chunk_list = std::vector<std::shared_ptr<chunk>>;
    struct place {
        std::size_t outer;
        std::size_t inner;
        bool operator==(const place&) const = default;
    };

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] const chunk_list* list() const { return list_.get(); }

    /// Where the key stands, or the end of a chunk or another key's place, where it does not. There
    /// is some key. R is what the keys are, or the one member that each of them consists of.
    template <class R>
    [[nodiscard]] place seek(const R& key) const {
        return is_edited(key) ? edited_ : lower_bound(key);
    }
    /// Whether the key stands at the place that was sought for it.
    template <class R>
    [[nodiscard]] bool stands(const R& key, place at) const {
        const chunk& within = *(*list_)[at.outer];
        return at.inner < within.size() && !(key < static_cast<const R*>(within.keys())[at.inner]);
    }
    [[nodiscard]] const std::shared_ptr<void>& value(place at) const {
        return (*list_)[at.outer]->value(at.inner);
    }

    /// The value there, to be changed or put in its place: all around it is owned.
    [[nodiscard]] std::shared_ptr<void>& edit(place at);
    /// Puts a value before what stands there, or anywhere while there is none. Gives the place of
    /// its key, which is made there at once, by a move that does not throw.
    [[nodiscard]] void* insert(const detail::key_kind& kind, place at, std::shared_ptr<void> value);
    /// The same, behind all others.
    [[nodiscard]] void* append(const detail::key_kind& kind, std::shared_ptr<void> value);
    void erase(place at);

  private:
    static constexpr std::size_t chunk_capacity = 64;

    /// Whether this key was changed last: one thing is mostly asked for and changed many times in a
    /// row (the vote that is open, the account that pays). The place may be another key's by now.
    template <class R>
    [[nodiscard]] bool is_edited(const R& key) const {
        if (edited_.outer >= list_->size()) return false;
        const chunk& within = *(*list_)[edited_.outer];
        if (edited_.inner >= within.size()) return false;
        const R& last = static_cast<const R*>(within.keys())[edited_.inner];
        return !(last < key) && !(key < last);
    }
    template <class R>
    [[nodiscard]] place lower_bound(const R& key) const;

    std::shared_ptr<chunk_list> list_;
    std::size_t size_ = 0;
    place edited_{};
};

/// The place of the first key not below it, within the last chunk that may hold it.
template <class R>
cow_tree::place cow_tree::lower_bound(const R& key) const {
    const chunk_list& list = *list_;
    const auto first = [](const chunk& c) -> const R& { return *static_cast<const R*>(c.keys()); };
    // Mostly something new is asked for, which stands last where keys ascend.
    const bool in_last = !(key < first(*list.back()));
    const auto after =
        in_last ? list.end() : std::partition_point(list.begin(), list.end(), [&](const auto& c) {
            return !(key < first(*c));
        });
    const auto outer =
        static_cast<std::size_t>(after == list.begin() ? 0 : after - list.begin() - 1);
    const chunk& within = *list[outer];
    const R* const keys = static_cast<const R*>(within.keys());
    const R* const inner =
        std::partition_point(keys, keys + within.size(), [&](const R& one) { return one < key; });
    return {outer, static_cast<std::size_t>(inner - keys)};
}

extern template cow_tree::place cow_tree::lower_bound(const std::string&) const;
extern template cow_tree::place cow_tree::lower_bound(const std::int32_t&) const;
extern template cow_tree::place cow_tree::lower_bound(const std::int64_t&) const;
extern template cow_tree::place cow_tree::lower_bound(const std::uint32_t&) const;
extern template cow_tree::place cow_tree::lower_bound(const std::uint64_t&) const;

}  // namespace veche
