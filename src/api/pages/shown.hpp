#pragma once
// A view's answer inside a page's own struct, without a copy. Templates see it as an optional.

#include <memory>

#include "kernel/fields.hpp"

namespace veche::api::pages {

template <class T>
struct shown {
    std::shared_ptr<const T> value;
    const T* operator->() const { return value.get(); }
    const T& operator*() const { return *value; }
    explicit operator bool() const { return value != nullptr; }
};

}  // namespace veche::api::pages

namespace veche::detail {

template <class T>
struct info_of<api::pages::shown<T>> {
    static const type_info& get() {
        static const type_info info = [] {
            type_info i{form::optional, {}, {}, {}, &describe<T>};
            i.size = [](const void* v) -> std::size_t {
                return static_cast<const api::pages::shown<T>*>(v)->value ? 1 : 0;
            };
            i.at = [](const void* v, std::size_t) -> const void* {
                return static_cast<const api::pages::shown<T>*>(v)->value.get();
            };
            return i;
        }();
        return info;
    }
};

}  // namespace veche::detail
