#pragma once
// An ordered map whose copy costs one reference count. A copy and its original share everything
// until one of them is changed; then only the touched values, their chunk and the list of chunks
// are copied. A map that shares nothing is changed in place. States are built of it, so that
// trying out a command on a scratch copy is cheap and folding the journal copies nothing.
//
// Threads: several may read and copy different map objects that share parts. One map object is
// changed by one thread at a time, and not while another reads or copies that same object.

#include <iterator>
#include <memory>
#include <new>
#include <utility>

#include "kernel/check.hpp"
#include "kernel/cow_tree.hpp"
#include "kernel/id.hpp"

namespace veche {

namespace detail {

/// What keys are compared by: names by their texts, whatever they name.
template <class K>
const K& sought(const K& key) {
    return key;
}
template <class Tag>
const std::string& sought(const id<Tag>& key) {
    static_assert(sizeof(id<Tag>) == sizeof(std::string));
    return key.value;
}

}  // namespace detail

template <class K, class V>
class cow_map {
    static constexpr const detail::key_kind& kind = detail::key_kind_of<K>::kind;

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
            const cow_tree::chunk& within = *(*list_)[at_.outer];
            return {static_cast<const K*>(within.keys())[at_.inner],
                    *static_cast<const V*>(within.value(at_.inner).get())};
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
        iterator(const cow_tree::chunk_list* list, cow_tree::place at) : list_(list), at_(at) {}
        const cow_tree::chunk_list* list_ = nullptr;
        cow_tree::place at_{};
    };

    [[nodiscard]] std::size_t size() const { return tree_.size(); }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] iterator begin() const { return {tree_.list(), {0, 0}}; }
    [[nodiscard]] iterator end() const {
        return {tree_.list(), {tree_.list() ? tree_.list()->size() : 0, 0}};
    }

    /// The value under the key, or nothing.
    [[nodiscard]] const V* find(const K& key) const {
        if (empty()) return nullptr;
        const cow_tree::place at = tree_.seek(detail::sought(key));
        if (!tree_.stands(detail::sought(key), at)) return nullptr;
        return static_cast<const V*>(tree_.value(at).get());
    }
    [[nodiscard]] bool contains(const K& key) const { return find(key) != nullptr; }

    /// The value under the key, to be changed. The key must be there.
    [[nodiscard]] V& edit(const K& key) { return detail::own_as<V>(tree_.edit(place_of(key))); }

    /// Puts a value under a new key. The key must not be there.
    V& insert(K key, V value) {
        auto held = std::make_shared<V>(std::move(value));
        V& put = *held;
        const cow_tree::place at = empty() ? cow_tree::place{} : tree_.seek(detail::sought(key));
        VECHE_ENSURE(empty() || !tree_.stands(detail::sought(key), at), "what is put in is new");
        ::new (tree_.insert(kind, at, std::move(held))) K(std::move(key));
        return put;
    }

    /// Puts a value under a key above all others; false, and nothing is done, where it is not.
    bool append(K key, std::shared_ptr<V> held) {
        if (!empty() && !((*--end()).first < key)) return false;
        ::new (tree_.append(kind, std::move(held))) K(std::move(key));
        return true;
    }

    /// Takes out the value under the key. The key must be there.
    void erase(const K& key) { tree_.erase(place_of(key)); }

  private:
    [[nodiscard]] cow_tree::place place_of(const K& key) const {
        VECHE_ENSURE(!empty(), "what is changed or taken out exists");
        const cow_tree::place at = tree_.seek(detail::sought(key));
        VECHE_ENSURE(tree_.stands(detail::sought(key), at), "what is changed or taken out exists");
        return at;
    }

    cow_tree tree_;
};

}  // namespace veche
