#include "barriers/terms.hpp"

#include <algorithm>

#include "kernel/hash.hpp"

namespace veche::barriers {
namespace {

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string word_statement(const barrier_id& of, std::int32_t n, reporter_word word,
                           const std::optional<seal_ref>& sealed) {
    return "veche/barriers/word/v1\n" + of.value + "\n" + std::to_string(n) + "\n" +
           std::string(name_of(word)) + "\n" + (sealed ? sealed->commit.value : "-") + "\n";
}

std::string reporter_seed(std::string_view secret) {
    constexpr std::string_view purpose("veche/barriers/reporter/v1\0", 27);
    return std::string(as_bytes(sha256({purpose, secret})));
}

bool is_heading(std::string_view text) {
    return (text.size() == 2 || text.size() == 4 || text.size() == 6) && all_digits(text);
}

bool is_service(std::string_view text) {
    return text.size() == 2 && all_digits(text);
}

}  // namespace veche::barriers
