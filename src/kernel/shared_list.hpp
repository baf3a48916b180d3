#pragma once
// A list of values that never change once they are in it, for a state that is copied while it
// grows. A copy of the list costs one reference count for each value, however large the values are.

#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace veche {

template <class T>
class shared_list {
    using held = std::vector<std::shared_ptr<const T>>;

  public:
    class iterator {
      public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        iterator() = default;
        const T& operator*() const { return **at_; }
        const T* operator->() const { return at_->get(); }
        iterator& operator++() {
            ++at_;
            return *this;
        }
        iterator operator++(int) { return iterator(at_++); }
        bool operator==(const iterator&) const = default;

      private:
        friend class shared_list;
        explicit iterator(typename held::const_iterator at) : at_(at) {}
        typename held::const_iterator at_{};
    };

    [[nodiscard]] std::size_t size() const { return values_.size(); }
    [[nodiscard]] bool empty() const { return values_.empty(); }
    [[nodiscard]] iterator begin() const { return iterator(values_.begin()); }
    [[nodiscard]] iterator end() const { return iterator(values_.end()); }
    [[nodiscard]] const T& operator[](std::size_t i) const { return *values_[i]; }
    [[nodiscard]] const T& back() const { return *values_.back(); }
    void push_back(T value) { values_.push_back(std::make_shared<const T>(std::move(value))); }

  private:
    held values_;
};

}  // namespace veche
