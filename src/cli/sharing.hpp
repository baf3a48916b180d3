#pragma once
// What `veche apportion`, `veche divide` and `veche deliver` say alike.

#include <string>
#include <string_view>

#include "cli/shares.hpp"
#include "shares/shares.hpp"

namespace veche::cli {

inline shares::tie_rule tie_rule_of(const sharing_options& options) {
    shares::tie_rule out;
    if (options.ties == "order") out.policy = shares::tie_policy::order;
    if (options.ties == "lottery") out.policy = shares::tie_policy::lottery;
    if (!options.seed.empty()) out.seed = options.seed;
    if (!options.call.empty()) out.call = options.call;
    if (!options.programme.empty()) out.programme = options.programme;
    return out;
}

/// Letters of a UTF-8 text, for columns.
inline std::size_t letters_in(std::string_view text) {
    std::size_t letters = 0;
    for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return letters;
}
inline std::string padded(std::string_view text, std::size_t width) {
    const std::size_t letters = letters_in(text);
    return std::string(text) + std::string(letters < width ? width - letters : 0, ' ');
}

inline std::string sentence_of_tie(const shares::tie& one) {
    std::string out = std::to_string(one.places) + " of those who stand equal get one more each:";
    for (const std::string& name : one.among)
        out += " " + name + (&name == &one.among.back() ? "." : ",");
    if (one.given.empty()) return out + " Nobody has it yet.";
    out += " By the rule for ties it goes to";
    for (const std::string& name : one.given)
        out += " " + name + (&name == &one.given.back() ? "." : ",");
    return out;
}

inline int verdict_on(const std::string& fault, const terminal& on) {
    if (on.json) on.out << (fault.empty() ? "true" : "false") << '\n';
    on.say(fault.empty() ? "The certificate holds."
                         : "The certificate does not hold: " + fault + ".");
    return fault.empty() ? done : refused;
}

}  // namespace veche::cli
