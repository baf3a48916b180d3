#pragma once
// An ordered map whose copy costs one reference count. A copy and its original share everything
// until one of them is changed; then only the touched values, their chunk and the list of chunks
// are copied. A map that shares nothing is changed in place. States are built of it, so that
// trying out a command on a scratch copy is cheap and folding the journal copies nothing.
//
// Threads: several may read and copy different map objects that share parts. One map object is
// changed by one thread at a time, and not while another reads or copies that same object.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "kernel/check.hpp"

namespace veche {

namespace detail {

/// The one owned object behind the pointer, copied first if somebody else holds it too.
template <class T>
T& own(std::shared_ptr<T>& held) {
    if (held.use_count() != 1) {
        held = std::make_shared<T>(std::as_const(*held));
    } else {
        // The last other holder may have let go in another thread: see what it did before.
        std::atomic_thread_fence(std::memory_order_acquire);
    }
    return *held;
}

}  // namespace detail

template <class K, class V>
class cow_map {
    struct entry {
        K key;
        std::shared_ptr<V> value;
    };
    using chunk = std::vector<entry>;
    using chunk_list = std::vector<std::shared_ptr<chunk>>;
    static constexpr std::size_t chunk_capacity = 64;

    struct place {
        std::size_t outer;
        std::size_t inner;
        bool operator==(const place&) const = default;
    };

  public:
    using key_type = K;
    using mapped_type = V;
    class iterator {
      public:
        using iterator_category = std::bidirectional_iterator_tag;
        using value_type = std::pair<const K&, const V&>;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = value_type;

        iterator() = default;
        value_type operator*() const {
            const entry& e = (*(*list_)[at_.outer])[at_.inner];
            return {e.key, *e.value};
        }
        iterator& operator++() {
            if (++at_.inner == (*list_)[at_.outer]->size()) at_ = {at_.outer + 1, 0};
            return *this;
        }
        iterator& operator--() {
            if (at_.inner == 0) {
                --at_.outer;
                at_.inner = (*list_)[at_.outer]->size();
            }
            --at_.inner;
            return *this;
        }
        iterator operator++(int) {
            auto before = *this;
            ++*this;
            return before;
        }
        iterator operator--(int) {
            auto before = *this;
            --*this;
            return before;
        }
        bool operator==(const iterator&) const = default;

      private:
        friend class cow_map;
        iterator(const chunk_list* list, place at) : list_(list), at_(at) {}
        const chunk_list* list_ = nullptr;
        place at_{};
    };

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] iterator begin() const { return {list_.get(), {0, 0}}; }
    [[nodiscard]] iterator end() const { return {list_.get(), {list_ ? list_->size() : 0, 0}}; }

    /// The value under the key, or nothing.
    template <class Key>
    [[nodiscard]] const V* find(const Key& key) const {
        if (size_ == 0) return nullptr;
        const place at = is_edited(key) ? edited_ : lower_bound(key);
        const chunk& within = *(*list_)[at.outer];
        if (at.inner == within.size() || key < within[at.inner].key) return nullptr;
        return within[at.inner].value.get();
    }
    template <class Key>
    [[nodiscard]] bool contains(const Key& key) const {
        return find(key) != nullptr;
    }

    /// The value under the key, to be changed. The key must be there.
    template <class Key>
    [[nodiscard]] V& edit(const Key& key) {
        VECHE_ENSURE(size_ != 0, "what is changed exists");
        const place at = is_edited(key) ? edited_ : lower_bound(key);
        edited_ = at;
        chunk& within = detail::own(detail::own(list_)[at.outer]);
        VECHE_ENSURE(at.inner < within.size() && !(key < within[at.inner].key),
                     "what is changed exists");
        return detail::own(within[at.inner].value);
    }

    /// Puts a value under a new key. The key must not be there.
    V& insert(K key, V value) {
        if (!list_) list_ = std::make_shared<chunk_list>();
        chunk_list& list = detail::own(list_);
        if (list.empty()) list.push_back(std::make_shared<chunk>());
        place at = lower_bound(key);
        split_if_full(list, at);
        chunk& within = detail::own(list[at.outer]);
        VECHE_ENSURE(at.inner == within.size() || key < within[at.inner].key,
                     "what is put in is new");
        const auto where = within.begin() + static_cast<std::ptrdiff_t>(at.inner);
        const auto put =
            within.insert(where, {std::move(key), std::make_shared<V>(std::move(value))});
        ++size_;
        return *put->value;
    }

    /// Puts a value under a key above all others; false, and nothing is done, where it is not.
    bool append(K key, V value) {
        if (size_ != 0 && !(list_->back()->back().key < key)) return false;
        if (!list_) list_ = std::make_shared<chunk_list>();
        chunk_list& list = detail::own(list_);
        if (list.empty() || list.back()->size() == chunk_capacity) {
            list.push_back(std::make_shared<chunk>());
            list.back()->reserve(chunk_capacity);
        }
        detail::own(list.back()).push_back({std::move(key), std::make_shared<V>(std::move(value))});
        ++size_;
        return true;
    }

    /// Takes out the value under the key. The key must be there.
    template <class Key>
    void erase(const Key& key) {
        VECHE_ENSURE(contains(key), "what is taken out exists");
        const place at = lower_bound(key);
        chunk_list& list = detail::own(list_);
        chunk& within = detail::own(list[at.outer]);
        within.erase(within.begin() + static_cast<std::ptrdiff_t>(at.inner));
        if (within.empty()) list.erase(list.begin() + static_cast<std::ptrdiff_t>(at.outer));
        --size_;
    }

  private:
    /// Whether this key was changed last: one thing is mostly asked for and changed many times in a
    /// row (the vote that is open, the account that pays). The place may be another key's by now.
    template <class Key>
    [[nodiscard]] bool is_edited(const Key& key) const {
        if (edited_.outer >= list_->size()) return false;
        const chunk& within = *(*list_)[edited_.outer];
        if (edited_.inner >= within.size()) return false;
        const K& last = within[edited_.inner].key;
        return !(last < key) && !(key < last);
    }

    /// The place of the first entry not below the key, within the last chunk that may hold it.
    template <class Key>
    [[nodiscard]] place lower_bound(const Key& key) const {
        const chunk_list& list = *list_;
        // Mostly something new is asked for, which stands last where keys ascend.
        const chunk& last = *list.back();
        const bool in_last = !last.empty() && !(key < last.front().key);
        const auto after = in_last
                               ? list.end()
                               : std::partition_point(list.begin(), list.end(), [&](const auto& c) {
                                     return !c->empty() && !(key < c->front().key);
                                 });
        const auto outer =
            static_cast<std::size_t>(after == list.begin() ? 0 : after - list.begin() - 1);
        const chunk& within = *list[outer];
        const auto inner = std::partition_point(within.begin(), within.end(),
                                                [&](const entry& e) { return e.key < key; });
        return {outer, static_cast<std::size_t>(inner - within.begin())};
    }

    /// Makes room at `at`. A chunk that grows at its end starts a new one, so that ascending keys
    /// fill chunks; any other full chunk is halved.
    static void split_if_full(chunk_list& list, place& at) {
        if (list[at.outer]->size() < chunk_capacity) return;
        const std::size_t from = at.inner == chunk_capacity ? chunk_capacity : chunk_capacity / 2;
        chunk& left = detail::own(list[at.outer]);
        auto right =
            std::make_shared<chunk>(left.begin() + static_cast<std::ptrdiff_t>(from), left.end());
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(from), left.end());
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(at.outer) + 1, std::move(right));
        if (at.inner >= from) at = {at.outer + 1, at.inner - from};
    }

    std::shared_ptr<chunk_list> list_;
    std::size_t size_ = 0;
    place edited_{};
};

}  // namespace veche
