#include "kernel/lottery.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>

#include <doctest/doctest.h>
#include <simdjson.h>

#include "source_dir.hpp"

using namespace veche;

namespace {

hash256 digest_of(std::string_view hex) {
    const auto bytes = from_hex(hex);
    REQUIRE(bytes.has_value());
    REQUIRE(bytes->size() == 32);
    hash256 out{};
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

hash256 counting_from(std::uint8_t first) {
    hash256 out{};
    std::iota(out.begin(), out.end(), first);
    return out;
}

/// The drawings that lie outside the repository, or nothing.
std::string published_drawings() {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path base = folder != nullptr ? folder : source_dir() + "/../shared";
    std::ifstream in(base / "data/allocation/lottery/lottery_keys.json", std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
}

}  // namespace

// The figures were made with Python's hashlib.
TEST_CASE("everyone can work out their own number, and the order follows from the numbers") {
    const hash256 seed = lottery_seed(counting_from(0), counting_from(32));
    CHECK(to_hex(seed) == "3aa69bdf12b2b5f564b3f164596b4561094a899b431f19b3375e578d4d2b385f");
    CHECK(to_hex(lottery_key(seed, "call-1", every_programme, "A-001")) ==
          "f3c1e992404e03cdc46bddbaf42ba525ad60120836ee6027979186bf566c2bb0");
    CHECK(to_hex(lottery_key(seed, "call-1", "prog-7", "Ж-003")) ==
          "092e5053f6fe3af995ef23f8afe46b30b28f913935dcc826f7ce3442bf2baf17");
    const std::vector<std::string> all = {"A-001", "A-002", "Ж-003", "ў-004"};
    CHECK(lottery_order(seed, "call-1", every_programme, all) ==
          std::vector<std::size_t>{1, 3, 2, 0});
    CHECK(lottery_order(seed, "call-1", "prog-7", all) == std::vector<std::size_t>{2, 0, 3, 1});
}

TEST_CASE("who withdraws moves nobody else, and identifiers part where the parts of the key do") {
    const hash256 seed = counting_from(7);
    const std::vector<std::string> fewer = {"A-001", "Ж-003"};
    CHECK(lottery_order(seed, "c", every_programme, fewer) ==
          (lottery_key(seed, "c", "*", "A-001") < lottery_key(seed, "c", "*", "Ж-003")
               ? std::vector<std::size_t>{0, 1}
               : std::vector<std::size_t>{1, 0}));
    CHECK(lottery_key(seed, "ab", "c", "d") != lottery_key(seed, "a", "bc", "d"));
    CHECK(lottery_order(seed, "c", "*", {}).empty());
}

TEST_CASE("published drawings come out key by key") {
    const std::string text = published_drawings();
    if (text.empty()) {
        MESSAGE("skipped: the shared drawings are not here");
        return;
    }
    simdjson::dom::parser parser;
    std::size_t keys = 0;
    for (const simdjson::dom::element one : parser.parse(text).get_array()) {
        const auto part = [&one](const char* name) {
            return std::string(std::string_view(one[name]));
        };
        const hash256 seed = lottery_seed(digest_of(part("root")), digest_of(part("randomness")));
        CHECK(to_hex(seed) == part("seed"));
        std::vector<std::string> applicants;
        for (const auto& [applicant, key] : one["expected"]["key"].get_object()) {
            applicants.emplace_back(applicant);
            CHECK(to_hex(lottery_key(seed, part("call"), part("programme"), applicant)) ==
                  std::string_view(key));
            ++keys;
        }
        std::vector<std::string> order;
        for (const std::size_t at :
             lottery_order(seed, part("call"), part("programme"), applicants))
            order.push_back(applicants[at]);
        std::vector<std::string> expected;
        for (const simdjson::dom::element name : one["expected"]["order"].get_array())
            expected.emplace_back(std::string_view(name));
        CHECK(order == expected);
    }
    CHECK(keys > 50);
}
