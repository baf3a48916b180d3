#include "api/cookies.hpp"

namespace veche::api {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

pairs parse_cookies(std::string_view header) {
    constexpr std::size_t max_cookies = 50;
    pairs out;
    while (!header.empty() && out.size() < max_cookies) {
        const std::size_t end = std::min(header.find(';'), header.size());
        const std::string_view part = trim(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos || equals == 0) continue;
        std::string_view value = trim(part.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        out.emplace_back(trim(part.substr(0, equals)), value);
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
