#include "api/cookies.hpp"

#include "kernel/text.hpp"

namespace veche::api {
pairs parse_cookies(std::string_view header) {
    constexpr std::size_t max_cookies = 50;
    pairs out;
    while (!header.empty() && out.size() < max_cookies) {
        const std::size_t end = std::min(header.find(';'), header.size());
        const std::string_view part = text::trim(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos || equals == 0) continue;
        std::string_view value = text::trim(part.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        out.emplace_back(text::trim(part.substr(0, equals)), value);
    }
    return out;
}

std::string to_set_cookie(std::string_view name, std::string_view value,
                          const cookie_settings& settings) {
    std::string out;
    out.append(name).append("=").append(value).append("; Path=/; SameSite=Lax; Max-Age=");
    out += std::to_string(settings.max_age_s);
    if (settings.http_only) out += "; HttpOnly";
    if (settings.secure) out += "; Secure";
    return out;
}

}  // namespace veche::api
