#pragma once
// Cookies (RFC 6265): reading the request's, writing ours.

#include "api/http.hpp"

namespace veche::api {

/// "a=1; b=2" into pairs. Parts that are not "name=value" are passed over, as the RFC has it; at
/// most 50 are read.
pairs parse_cookies(std::string_view header);

struct cookie_settings {
    bool secure = false;         ///< adds Secure; the name should then begin with "__Host-"
    std::int64_t max_age_s = 0;  ///< 0 forgets the cookie
    bool http_only = true;
};

/// A Set-Cookie value with Path=/ and SameSite=Lax. Name and value must be cookie-safe already.
std::string to_set_cookie(std::string_view name, std::string_view value, const cookie_settings&);

}  // namespace veche::api
