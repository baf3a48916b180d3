#pragma once
// Going through what a value is made of, for plain structs without a line written for them: their
// members are counted by what may stand in their braces and reached by a structured binding (as
// Boost.PFR does, which Debian 12 does not have). A class with secrets lets itself be visited by a
// member template `parts(self, f)` that calls `f` with all it is made of, and makes `part_access`
// its friend.

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <boost/preprocessor/repetition/enum_params.hpp>
#include <boost/preprocessor/repetition/repeat_from_to.hpp>

namespace veche {

/// Makes empty values and odd ones, see kernel/value_bytes.hpp.
struct spelling;

/// Through which a class shows its parts.
struct part_access {
    template <class T, class F>
    static auto visit(T& value, F&& f)
        -> decltype(std::remove_const_t<T>::parts(value, std::forward<F>(f))) {
        return std::remove_const_t<T>::parts(value, std::forward<F>(f));
    }
};

namespace detail {

/// May stand for any member.
struct any_part {
    template <class T>
    operator T() const;  // NOLINT: never called, and meant to be implicit
};

template <class T, std::size_t... I>
constexpr bool takes_parts(std::index_sequence<I...>) {
    return requires { T{(static_cast<void>(I), std::declval<any_part>())...}; };
}

template <class T, std::size_t N = 0>
constexpr std::size_t count_parts() {
    if constexpr (takes_parts<T>(std::make_index_sequence<N + 1>()))
        return count_parts<T, N + 1>();
    else
        return N;
}

struct no_part {
    template <class... P>
    void operator()(P&...) const {}
};

template <class T>
concept shows_parts = requires(T& value) { part_access::visit(value, no_part{}); };

}  // namespace detail

inline constexpr std::size_t most_parts = 64;

/// Calls `f(part...)` once with all members of the value in the order of their declaration.
template <class T, class F>
void with_parts(T& value, F&& f) {
    using plain = std::remove_const_t<T>;
    if constexpr (detail::shows_parts<T>) {
        part_access::visit(value, std::forward<F>(f));
    } else {
        static_assert(std::is_aggregate_v<plain>,
                      "a class that is no plain struct shows its parts");
        constexpr std::size_t count = detail::count_parts<plain>();
        static_assert(count <= most_parts, "a struct of so many members is several");
        if constexpr (count == 0) {
            f();
        }
#define VECHE_WITH_PARTS(z, n, unused)                 \
    else if constexpr (count == n) {                   \
        auto& [BOOST_PP_ENUM_PARAMS(n, part)] = value; \
        f(BOOST_PP_ENUM_PARAMS(n, part));              \
    }
        BOOST_PP_REPEAT_FROM_TO(1, 65, VECHE_WITH_PARTS, unused)
#undef VECHE_WITH_PARTS
    }
}

}  // namespace veche
