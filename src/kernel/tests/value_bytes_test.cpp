#include "kernel/value_bytes.hpp"

#include <doctest/doctest.h>

#include "kernel/instant.hpp"

using namespace veche;

namespace {

enum class colour : std::uint8_t { red, green };

struct small_part {
    std::int64_t number = 0;
    std::string word;
    bool operator==(const small_part&) const = default;
};

/// With a secret, shown by its parts.
class counter {
  public:
    void add(std::int64_t n) { sum_ += n; }
    bool operator==(const counter&) const = default;

  private:
    friend struct veche::part_access;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        f(self.sum_);
    }
    std::int64_t sum_ = 0;
};

struct every_kind {
    bool yes = false;
    colour paint = colour::red;
    std::int64_t least = 0;
    std::uint64_t most = 0;
    int128 large = 0;
    std::string text;
    std::optional<small_part> maybe;
    std::vector<small_part> many;
    std::vector<bool> bits;
    std::map<std::string, std::int32_t> by_name;
    std::set<std::int16_t> set;
    std::pair<date, instant> when;
    std::variant<std::int32_t, std::string, small_part> one_of;
    std::array<std::uint8_t, 4> bytes{};
    counter hidden;
    std::vector<every_kind> nested;
    bool operator==(const every_kind&) const = default;
};

/// Not empty to begin with.
struct begun {
    std::optional<std::int64_t> maybe = 7;
    std::vector<std::int64_t> many = {1, 2};
    std::map<std::string, std::int64_t> named = {{"a", 1}};
    std::set<std::int64_t> set = {3};
    bool operator==(const begun&) const = default;
};

every_kind full() {
    every_kind o;
    o.yes = true;
    o.paint = colour::green;
    o.least = std::numeric_limits<std::int64_t>::min();
    o.most = std::numeric_limits<std::uint64_t>::max();
    o.large = -(static_cast<int128>(1) << 100) - 7;
    o.text = std::string("a\0b", 3);
    o.maybe = {{-1, "ё"}};
    o.many = {{1, "x"}, {128, ""}, {-64, std::string(300, 'y')}};
    o.bits = {true, false, true};
    o.by_name = {{"", 0}, {"b", -2}};
    o.set = {-300, 0, 5};
    o.when = {date{-1}, instant{1'790'000'000'000}};
    o.one_of = small_part{9, "nine"};
    o.bytes = {0, 255, 1, 2};
    o.hidden.add(41);
    o.nested.resize(2);
    o.nested[1].text = "deep";
    return o;
}

template <class T>
std::string bytes_of(const T& value, sharing how = sharing::kept) {
    std::string out;
    byte_writer to(how, [&](std::string_view bytes) { out += bytes; });
    to.put(value);
    to.end();
    return out;
}

template <class T>
std::optional<T> value_of(std::string_view bytes) {
    byte_reader in(bytes);
    T value = in.get<T>();
    if (in.bad() || !in.at_end()) return std::nullopt;
    return value;
}

}  // namespace

TEST_CASE("members of a struct are counted and reached in their order") {
    small_part one{7, "seven"};
    with_parts(one, [](std::int64_t& number, std::string& word) {
        CHECK(number == 7);
        word = "changed";
    });
    CHECK(one.word == "changed");
    static_assert(detail::count_parts<every_kind>() == 16);
    static_assert(detail::count_parts<small_part>() == 2);
}

TEST_CASE("a value comes back from its bytes whatever it is made of") {
    CHECK(value_of<every_kind>(bytes_of(full())) == full());
    CHECK(value_of<every_kind>(bytes_of(every_kind{})) == every_kind{});
}

TEST_CASE("what a struct begins with does not stay where the bytes say otherwise") {
    const begun nothing{std::nullopt, {}, {}, {}};
    CHECK(value_of<begun>(bytes_of(nothing)) == nothing);
    CHECK(value_of<begun>(bytes_of(begun{})) == begun{});
}

TEST_CASE("no beginning of the bytes is taken for the whole, and nothing is read beyond it") {
    const std::string bytes = bytes_of(full());
    for (std::size_t n = 0; n < bytes.size(); ++n)
        CHECK_FALSE(value_of<every_kind>(std::string_view(bytes).substr(0, n)).has_value());
    CHECK_FALSE(value_of<every_kind>(bytes + "x").has_value());
}

TEST_CASE("any byte may be wrong: the reader ends") {
    const std::string bytes = bytes_of(full());
    for (std::size_t n = 0; n < bytes.size(); ++n) {
        std::string wrong = bytes;
        wrong[n] = static_cast<char>(~static_cast<unsigned char>(wrong[n]));
        (void)value_of<every_kind>(wrong);
    }
}

TEST_CASE("what is shared stays shared, and its hash does not know of it") {
    const auto roll = std::make_shared<const small_part>(small_part{3, "roll"});
    const std::vector<std::shared_ptr<const small_part>> same = {roll, nullptr, roll};
    const std::vector<std::shared_ptr<const small_part>> equal = {
        roll, nullptr, std::make_shared<const small_part>(*roll)};
    const auto back = value_of<std::vector<std::shared_ptr<const small_part>>>(bytes_of(same));
    REQUIRE(back);
    CHECK((*back)[0] == (*back)[2]);
    CHECK(*(*back)[0] == *roll);
    CHECK((*back)[1] == nullptr);
    CHECK(bytes_of(same).size() < bytes_of(equal).size());
    CHECK(bytes_of(same, sharing::spelled_out) == bytes_of(equal, sharing::spelled_out));
}

TEST_CASE("a map of cheap copies comes back in as many pieces as it takes") {
    cow_map<std::int32_t, std::string> map;
    for (std::int32_t n = 0; n < 1000; ++n) map.insert(n * 7 % 1000, std::to_string(n));
    const auto back = value_of<cow_map<std::int32_t, std::string>>(bytes_of(map));
    REQUIRE(back);
    CHECK(back->size() == map.size());
    for (const auto& [key, value] : map) CHECK(*back->find(key) == value);
    cow_map<std::int32_t, std::string> more = *back;
    CHECK(more.append(1000, std::make_shared<std::string>("last")));
    CHECK_FALSE(more.append(1000, std::make_shared<std::string>("again")));
    CHECK_FALSE(more.append(5, std::make_shared<std::string>("below")));
    CHECK(back->size() + 1 == more.size());
    CHECK_FALSE(back->contains(1000));
}
