#pragma once
// Going through what a value is made of, for plain structs without a line written for them: their
// members are counted by what may stand in their braces and reached by a structured binding (as
// Boost.PFR does, which Debian 12 does not have). A class with secrets lets itself be visited by a
// member template `parts(self, f)` that calls `f` with all it is made of, and makes `part_access`
// its friend.

#include <array>
#include <cstddef>
#include <exception>
#include <type_traits>
#include <utility>

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
    operator T() const {  // NOLINT: never called, and meant to be implicit
        std::terminate();
    }
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

// Names of so many parts, for a structured binding.
#define VECHE_PARTS_1 p1
#define VECHE_PARTS_2 VECHE_PARTS_1, p2
#define VECHE_PARTS_3 VECHE_PARTS_2, p3
#define VECHE_PARTS_4 VECHE_PARTS_3, p4
#define VECHE_PARTS_5 VECHE_PARTS_4, p5
#define VECHE_PARTS_6 VECHE_PARTS_5, p6
#define VECHE_PARTS_7 VECHE_PARTS_6, p7
#define VECHE_PARTS_8 VECHE_PARTS_7, p8
#define VECHE_PARTS_9 VECHE_PARTS_8, p9
#define VECHE_PARTS_10 VECHE_PARTS_9, p10
#define VECHE_PARTS_11 VECHE_PARTS_10, p11
#define VECHE_PARTS_12 VECHE_PARTS_11, p12
#define VECHE_PARTS_13 VECHE_PARTS_12, p13
#define VECHE_PARTS_14 VECHE_PARTS_13, p14
#define VECHE_PARTS_15 VECHE_PARTS_14, p15
#define VECHE_PARTS_16 VECHE_PARTS_15, p16
#define VECHE_PARTS_17 VECHE_PARTS_16, p17
#define VECHE_PARTS_18 VECHE_PARTS_17, p18
#define VECHE_PARTS_19 VECHE_PARTS_18, p19
#define VECHE_PARTS_20 VECHE_PARTS_19, p20
#define VECHE_PARTS_21 VECHE_PARTS_20, p21
#define VECHE_PARTS_22 VECHE_PARTS_21, p22
#define VECHE_PARTS_23 VECHE_PARTS_22, p23
#define VECHE_PARTS_24 VECHE_PARTS_23, p24
#define VECHE_PARTS_25 VECHE_PARTS_24, p25
#define VECHE_PARTS_26 VECHE_PARTS_25, p26
#define VECHE_PARTS_27 VECHE_PARTS_26, p27
#define VECHE_PARTS_28 VECHE_PARTS_27, p28
#define VECHE_PARTS_29 VECHE_PARTS_28, p29
#define VECHE_PARTS_30 VECHE_PARTS_29, p30
#define VECHE_PARTS_31 VECHE_PARTS_30, p31
#define VECHE_PARTS_32 VECHE_PARTS_31, p32
#define VECHE_PARTS_33 VECHE_PARTS_32, p33
#define VECHE_PARTS_34 VECHE_PARTS_33, p34
#define VECHE_PARTS_35 VECHE_PARTS_34, p35
#define VECHE_PARTS_36 VECHE_PARTS_35, p36
#define VECHE_PARTS_37 VECHE_PARTS_36, p37
#define VECHE_PARTS_38 VECHE_PARTS_37, p38
#define VECHE_PARTS_39 VECHE_PARTS_38, p39
#define VECHE_PARTS_40 VECHE_PARTS_39, p40
#define VECHE_PARTS_41 VECHE_PARTS_40, p41
#define VECHE_PARTS_42 VECHE_PARTS_41, p42
#define VECHE_PARTS_43 VECHE_PARTS_42, p43
#define VECHE_PARTS_44 VECHE_PARTS_43, p44
#define VECHE_PARTS_45 VECHE_PARTS_44, p45
#define VECHE_PARTS_46 VECHE_PARTS_45, p46
#define VECHE_PARTS_47 VECHE_PARTS_46, p47
#define VECHE_PARTS_48 VECHE_PARTS_47, p48
#define VECHE_PARTS_49 VECHE_PARTS_48, p49
#define VECHE_PARTS_50 VECHE_PARTS_49, p50
#define VECHE_PARTS_51 VECHE_PARTS_50, p51
#define VECHE_PARTS_52 VECHE_PARTS_51, p52
#define VECHE_PARTS_53 VECHE_PARTS_52, p53
#define VECHE_PARTS_54 VECHE_PARTS_53, p54
#define VECHE_PARTS_55 VECHE_PARTS_54, p55
#define VECHE_PARTS_56 VECHE_PARTS_55, p56
#define VECHE_PARTS_57 VECHE_PARTS_56, p57
#define VECHE_PARTS_58 VECHE_PARTS_57, p58
#define VECHE_PARTS_59 VECHE_PARTS_58, p59
#define VECHE_PARTS_60 VECHE_PARTS_59, p60
#define VECHE_PARTS_61 VECHE_PARTS_60, p61
#define VECHE_PARTS_62 VECHE_PARTS_61, p62
#define VECHE_PARTS_63 VECHE_PARTS_62, p63
#define VECHE_PARTS_64 VECHE_PARTS_63, p64

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
#define VECHE_WITH_PARTS(n)              \
    else if constexpr (count == (n)) {   \
        auto& [VECHE_PARTS_##n] = value; \
        f(VECHE_PARTS_##n);              \
    }
        // clang-format off
        VECHE_WITH_PARTS(1) VECHE_WITH_PARTS(2) VECHE_WITH_PARTS(3) VECHE_WITH_PARTS(4)
        VECHE_WITH_PARTS(5) VECHE_WITH_PARTS(6) VECHE_WITH_PARTS(7) VECHE_WITH_PARTS(8)
        VECHE_WITH_PARTS(9) VECHE_WITH_PARTS(10) VECHE_WITH_PARTS(11) VECHE_WITH_PARTS(12)
        VECHE_WITH_PARTS(13) VECHE_WITH_PARTS(14) VECHE_WITH_PARTS(15) VECHE_WITH_PARTS(16)
        VECHE_WITH_PARTS(17) VECHE_WITH_PARTS(18) VECHE_WITH_PARTS(19) VECHE_WITH_PARTS(20)
        VECHE_WITH_PARTS(21) VECHE_WITH_PARTS(22) VECHE_WITH_PARTS(23) VECHE_WITH_PARTS(24)
        VECHE_WITH_PARTS(25) VECHE_WITH_PARTS(26) VECHE_WITH_PARTS(27) VECHE_WITH_PARTS(28)
        VECHE_WITH_PARTS(29) VECHE_WITH_PARTS(30) VECHE_WITH_PARTS(31) VECHE_WITH_PARTS(32)
        VECHE_WITH_PARTS(33) VECHE_WITH_PARTS(34) VECHE_WITH_PARTS(35) VECHE_WITH_PARTS(36)
        VECHE_WITH_PARTS(37) VECHE_WITH_PARTS(38) VECHE_WITH_PARTS(39) VECHE_WITH_PARTS(40)
        VECHE_WITH_PARTS(41) VECHE_WITH_PARTS(42) VECHE_WITH_PARTS(43) VECHE_WITH_PARTS(44)
        VECHE_WITH_PARTS(45) VECHE_WITH_PARTS(46) VECHE_WITH_PARTS(47) VECHE_WITH_PARTS(48)
        VECHE_WITH_PARTS(49) VECHE_WITH_PARTS(50) VECHE_WITH_PARTS(51) VECHE_WITH_PARTS(52)
        VECHE_WITH_PARTS(53) VECHE_WITH_PARTS(54) VECHE_WITH_PARTS(55) VECHE_WITH_PARTS(56)
        VECHE_WITH_PARTS(57) VECHE_WITH_PARTS(58) VECHE_WITH_PARTS(59) VECHE_WITH_PARTS(60)
        VECHE_WITH_PARTS(61) VECHE_WITH_PARTS(62) VECHE_WITH_PARTS(63) VECHE_WITH_PARTS(64)
        // clang-format on
#undef VECHE_WITH_PARTS
    }
}

}  // namespace veche
