#pragma once
// Logging in with a passkey: the nonces that are signed, and whose passkey it was. A passkey is a
// key of a person on the journal; nothing of it is kept beside the journal but its counter.

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "api/account_store.hpp"
#include "api/pages/pages.hpp"
#include "kernel/id.hpp"

namespace veche::api {

constexpr std::int64_t nonce_life_ms = 3 * 60 * 1000;

/// Nonces that are good for one login within three minutes, at any node. Giving one out keeps
/// nothing: it names its end and is sealed with a secret that the accounts keep. Only those that
/// logged somebody in are remembered there, until their end, so strangers cannot fill the disk.
/// Thread-safe.
class login_nonces {
  public:
    /// `most`: how many used ones are remembered; beyond that nobody logs in with a passkey for a
    /// while. The accounts must outlive it.
    explicit login_nonces(account_store& kept, std::size_t most = 10'000)
        : kept_(kept), most_(most) {}

    /// 96 hex digits.
    [[nodiscard]] std::string give(std::int64_t now_ms);
    /// Whether it was given out here, has not ended and has logged nobody in.
    [[nodiscard]] bool is_good(std::string_view nonce, std::int64_t now_ms);
    /// Uses it up; false where it was not good any more.
    [[nodiscard]] bool use(std::string_view nonce, std::int64_t now_ms);

  private:
    [[nodiscard]] std::string seal(std::string_view head);
    /// When it ends, by its own word; 0 where it was not given out here.
    [[nodiscard]] std::int64_t end_of(std::string_view nonce);

    account_store& kept_;
    const std::size_t most_;
    std::mutex mutex_;
    std::string secret_;  ///< asked for when it is first needed
};

/// Whose passkey answered.
struct passkey_found {
    person_id person;
    std::string public_key;  ///< SubjectPublicKeyInfo
    std::uint32_t uses = 0;  ///< the authenticator's counter
};

/// Id on the journal of the key that belongs to a credential: it is found by the answer alone, and
/// the credential's own id stays between browser and authenticator.
std::string passkey_key_id(std::string_view credential);

/// Looks for the key in force that made this answer, and checks the answer whole: challenge, site,
/// user present and verified, signature. Refuses with passkey_unknown or passkey_refused.
result<passkey_found> find_passkey(const office::office&, const pages::passkey_answer&,
                                   std::string_view public_url);

}  // namespace veche::api
