#include "ledger/decimal.hpp"

#include "kernel/check.hpp"

namespace veche::ledger {
namespace {

constexpr std::int32_t max_places = 2 * max_digits;

int128 power_of_ten(std::int32_t n) {
    VECHE_ENSURE(n >= 0 && n <= max_places, "a power of ten that fits 128 bits");
    int128 out = 1;
    for (; n > 0; --n) out *= 10;
    return out;
}

}  // namespace

bool add_at_other_places(decimal& to, const decimal& what) {
    if (to.digits == 0 && to.places < what.places) {
        to = what;
        return true;
    }
    int128 other = what.digits;
    if (what.places < to.places) {
        if (__builtin_mul_overflow(other, power_of_ten(to.places - what.places), &other))
            return false;
    } else {
        if (__builtin_mul_overflow(to.digits, power_of_ten(what.places - to.places), &to.digits))
            return false;
        to.places = what.places;
    }
    return !__builtin_add_overflow(to.digits, other, &to.digits);
}

decimal negative(const decimal& of) {
    return {-of.digits, of.places};
}

bool same(const decimal& a, const decimal& b) {
    decimal difference = a;
    return add(difference, negative(b)) && difference.digits == 0;
}

std::string to_text(const decimal& d) {
    std::string digits = veche::to_text(d.digits < 0 ? -d.digits : d.digits);
    const auto places = static_cast<std::size_t>(d.places);
    if (places > 0) {
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, ".");
    }
    return d.digits < 0 ? "-" + digits : digits;
}

}  // namespace veche::ledger
