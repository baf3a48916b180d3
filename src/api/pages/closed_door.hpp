#pragma once
// A door for pages that nobody signs in to: what the public reads, made without a server.

#include "api/pages/pages.hpp"
#include "office/office.hpp"

namespace veche::api::pages {

/// Refuses every login.
class closed_door final : public doorkeeper {
  public:
    result<std::string> sign_in(const request&, std::string_view, std::string_view) override {
        return refuse(office::refusals::not_signed_in, "name");
    }
    std::string login_nonce() override { return {}; }
    result<std::string> sign_in_by_passkey(const request&, const passkey_answer&,
                                           const office::office&, std::string_view) override {
        return refuse(office::refusals::not_signed_in, "name");
    }
    result<std::string> recover(const request&, const recovery_asked&, office::office&) override {
        return refuse(office::refusals::not_signed_in, "code");
    }
    std::string sign_out(const request&) override { return {}; }
};

}  // namespace veche::api::pages
