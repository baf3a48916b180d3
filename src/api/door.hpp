#pragma once
// The door: who a request comes from, logging in and out, and whether the request was meant. It
// holds the rate limits of logins and the name of the cookie.

#include <functional>

#include "api/account_store.hpp"
#include "api/pages/pages.hpp"
#include "api/passkey_login.hpp"
#include "api/rate_limit.hpp"

namespace veche::api {

struct door_settings {
    /// Attempts that fail: the members of a chamber may share one address and all log in at nine.
    rate by_address{.burst = 20, .per_second = 0.2};
    rate by_login{.burst = 20, .per_second = 0.1};  ///< from all addresses together
    rate by_both{.burst = 5, .per_second = 1.0 / 30};
};

class door final : public pages::doorkeeper {
  public:
    /// `now_ms`: the wall clock. The store must outlive the door.
    door(account_store&, door_settings, std::function<std::int64_t()> now_ms);

    result<std::string> sign_in(const request&, std::string_view name,
                                std::string_view password) override;
    std::string login_nonce() override;
    result<std::string> sign_in_by_passkey(const request&, const pages::passkey_answer&,
                                           const office::office&,
                                           std::string_view public_url) override;
    result<std::string> recover(const request&, const pages::recovery_asked&,
                                office::office&) override;
    std::string sign_out(const request&) override;

    /// The login session of the request, if it has one that is alive.
    [[nodiscard]] std::optional<login_session> who(const request&);
    [[nodiscard]] static bool has_session_cookie(const request&);

  private:
    result<void> admit_login(const request&, const std::string& login, std::int64_t now);
    result<account> account_of_passkey(const pages::passkey_answer&, const office::office&,
                                       std::string_view public_url, std::int64_t now);
    std::string open(const request&, const person_id&, const std::string& login, std::int64_t now);

    account_store& accounts_;
    std::function<std::int64_t()> now_ms_;
    rate_limiter by_address_;
    rate_limiter by_login_;
    rate_limiter by_both_;
    login_nonces nonces_;
};

/// Whether a request that changes something comes from our own pages, or from a program that is no
/// browser: by Origin, and where that is missing by Sec-Fetch-Site. Together with SameSite cookies
/// this keeps other sites from acting in a reader's name.
bool is_same_origin(const request&, std::string_view public_url);

}  // namespace veche::api
