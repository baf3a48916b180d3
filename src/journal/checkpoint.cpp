#include "journal/checkpoint.hpp"

#include <algorithm>
#include <charconv>

#include "journal/refusal.hpp"

namespace veche::journal {
namespace {

tl::unexpected<refusal> malformed_checkpoint(std::string why) {
    return refuse(refusals::checkpoint_malformed, {}, std::move(why));
}

result<checkpoint> parse_text(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    if (lines.size() != 3)
        return malformed_checkpoint("it does not have exactly the lines origin, size, root");
    checkpoint c;
    c.origin = lines[0];
    const std::string_view digits = lines[1];
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), c.size);
    if (error != std::errc{} || end != digits.data() + digits.size() ||
        (digits.size() > 1 && digits.front() == '0'))
        return malformed_checkpoint("its size is not a whole number");
    const auto root = from_base64(lines[2]);
    if (!root || root->size() != 32)
        return malformed_checkpoint("its root is not 32 bytes in base64");
    std::copy_n(root->begin(), 32, reinterpret_cast<char*>(c.root.data()));
    // An actor's note begins with "{", so an origin must not: one key never signs for the other
    // use.
    if (!is_key_name(c.origin) || c.origin.front() == '{')
        return malformed_checkpoint("its origin is not a name");
    return c;
}

}  // namespace

std::string checkpoint_text(const checkpoint& c) {
    return c.origin + "\n" + std::to_string(c.size) + "\n" + to_base64(as_bytes(c.root)) + "\n";
}

std::string sign_checkpoint(const checkpoint& c, const key_pair& key) {
    return sign_note(checkpoint_text(c), c.origin, key);
}

result<checkpoint> parse_checkpoint(std::string_view whole) {
    return parse_text(VECHE_TRY(split_note(whole)).text);
}

result<checkpoint> verify_checkpoint(std::string_view whole, std::string_view vkey) {
    const verifier_key key = VECHE_TRY(parse_verifier_key(vkey));
    checkpoint c = VECHE_TRY(parse_text(VECHE_TRY(open_note(whole, {key})).text));
    if (c.origin != key.name) return malformed_checkpoint("its origin is not the name of the key");
    return c;
}

}  // namespace veche::journal
