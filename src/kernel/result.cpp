#include "kernel/result.hpp"

namespace veche {

std::string fill_places(std::string_view pattern, const std::vector<std::string>& args) {
    std::string out;
    out.reserve(pattern.size() + 32);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool place = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                           pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
        const auto index = place ? static_cast<std::size_t>(pattern[i + 1] - '0') : args.size();
        if (place && index < args.size()) {
            out += args[index];
            i += 2;
        } else {
            out += pattern[i];
        }
    }
    return out;
}

std::string refusal::sentence() const {
    return fill_places(kind->sentence, args);
}

}  // namespace veche
