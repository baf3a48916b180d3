#include "ballot/group.hpp"

#include <doctest/doctest.h>

using namespace veche;
using namespace veche::ballot;

namespace {
constexpr std::string_view order_hex =
    "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
template <class T>
T read(std::string_view hex) {
    auto out = from_json<T>(json::quoted(hex));
    REQUIRE(out.has_value());
    return *out;
}
}  // namespace

namespace {
struct holder {
    element key;
    scalar part;
};
VECHE_FIELDS_HERE(holder, (key, "An element."), (part, "A scalar."))
}  // namespace

TEST_CASE("results that are neutral are neutral, not errors") {
    const element g = generate(to_scalar(1));
    CHECK(generate(scalar{}) == element{});
    CHECK(power(g, scalar{}) == element{});
    CHECK(power(element{}, to_scalar(7)) == element{});
    CHECK(g / g == element{});
    CHECK(g * element{} == g);
    CHECK(generate(scalar{} - to_scalar(1)) * g == element{});
}

TEST_CASE("the neutral element is an element and no generator; odd bytes are neither") {
    CHECK(is_element(element{}));
    CHECK_FALSE(is_generator(element{}));
    CHECK(is_generator(generate(to_scalar(1))));
    // RFC 9496 A.3: not canonical, negative, not on the curve.
    for (const std::string_view bad :
         {"00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371"})
        CHECK_FALSE(is_element(read<element>(bad)));
}

TEST_CASE("multiples of the generator are those of RFC 9496") {
    CHECK(generate(to_scalar(1)) ==
          read<element>("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"));
    CHECK(generate(to_scalar(15)) ==
          read<element>("e0c418f7c8d9c4cdd7395b93ea124f3ad99021bb681dfc3302a9d99a2e53e64e"));
}

TEST_CASE("only integers below the order are scalars") {
    CHECK(is_scalar(scalar{}));
    CHECK(is_scalar(scalar{} - to_scalar(1)));
    CHECK_FALSE(is_scalar(read<scalar>(order_hex)));
    scalar high;
    high.bytes.fill(0xff);
    CHECK_FALSE(is_scalar(high));
    const scalar x = to_scalar(123456789);
    CHECK(x * inverse(x) == to_scalar(1));
}

TEST_CASE("a transcript keeps parts apart and names its use") {
    CHECK(transcript("t").add("ab").add("c").hash() != transcript("t").add("a").add("bc").hash());
    CHECK(transcript("t").add("a").challenge() != transcript("u").add("a").challenge());
    CHECK(to_hex(transcript("t").add(std::uint64_t{1}).bytes()) ==
          "0000000174000000080000000000000001");
}

TEST_CASE("32 bytes are written as 64 lower-case digits and in no other way") {
    CHECK(to_json(element{}) == '"' + std::string(64, '0') + '"');
    for (const std::string& bad :
         {std::string(63, '0'), std::string(66, '0'), std::string(64, 'A'), std::string(64, 'g')})
        CHECK_FALSE(from_json<element>(json::quoted(bad)).has_value());
    CHECK_FALSE(from_json<element>("12").has_value());
}

TEST_CASE("elements and scalars are read from the fields of a form") {
    const std::string digits = to_hex(generate(to_scalar(2)).bytes);
    const auto made = json_from_pairs(describe<holder>(), {{"key", digits}, {"part", digits}});
    REQUIRE(made.has_value());
    CHECK(*made == "{\"key\":\"" + digits + "\",\"part\":\"" + digits + "\"}");
    for (const std::string& wrong : {std::string("00"), digits + "00", std::string(64, 'X')}) {
        const auto refused =
            json_from_pairs(describe<holder>(), {{"key", wrong}, {"part", digits}});
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().field == "key");
    }
}
