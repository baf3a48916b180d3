#include "cli/shuffle.hpp"

#include <algorithm>

#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "kernel/json.hpp"
#include "shares/beacon_shuffle.hpp"

namespace veche::cli {
namespace {

std::vector<std::string> lines_in(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out;
}

}  // namespace

int shuffle(const shuffle_options& options, const terminal& on) {
    const auto text = read_file(options.file);
    if (!text) return on.fail(text.error());
    std::string digits = options.randomness;
    std::transform(digits.begin(), digits.end(), digits.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
    const auto randomness = hash_from_hex(digits);
    if (!randomness)
        return on.fail({&refusals::randomness_malformed, "--randomness", {options.randomness}});
    const std::vector<std::string> entries = lines_in(*text);
    const std::size_t limit =
        options.limit ? static_cast<std::size_t>(*options.limit) : entries.size();
    const auto made = shares::shuffled(entries, {*randomness, limit, options.repetitions});
    if (!on.json) {
        for (const std::string& one : made) on.say(one);
        return done;
    }
    json::writer out;
    out.begin_array();
    for (const std::string& one : made) out.string(one);
    out.end_array();
    on.out << out.take() << '\n';
    return done;
}

}  // namespace veche::cli
