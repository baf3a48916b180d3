#pragma once
// An authenticator in a few lines, for tests: an Ed25519 passkey of one site that answers as a
// browser would hand its answer over.

#include <algorithm>

#include "journal/passkey.hpp"
#include "journal/signed_note.hpp"
#include "kernel/hash.hpp"

namespace veche::journal::testing {

class soft_passkey {
  public:
    soft_passkey(char seed, std::string at)
        : site(std::move(at)), pair_(key_from_seed(std::string(32, seed))) {}

    [[nodiscard]] std::string spki() const {
        return from_hex("302a300506032b6570032100").value() + pair_.public_key;
    }
    /// Present, verified, counting up.
    assertion answer(std::string_view challenge) {
        ++uses;
        assertion out;
        out.authenticator_data = std::string(as_bytes(sha256(party_of(site).id))) + flags;
        for (int shift = 24; shift >= 0; shift -= 8)
            out.authenticator_data += static_cast<char>(uses >> shift & 0xFF);
        std::string text = to_base64(challenge);
        std::replace(text.begin(), text.end(), '+', '-');
        std::replace(text.begin(), text.end(), '/', '_');
        out.client_data_json = R"({"type":"webauthn.get","challenge":")" +
                               text.substr(0, text.find('=')) + R"(","origin":")" +
                               origin_or_site() + R"(","crossOrigin":false})";
        out.signature = sign_bytes(
            pair_, out.authenticator_data + std::string(as_bytes(sha256(out.client_data_json))));
        return out;
    }
    /// A signature line for an event line, by this key under that name.
    std::string line(const std::string& name, std::string_view event_line) {
        return passkey_line({name, spki()}, answer(passkey_challenge(event_line)));
    }
    [[nodiscard]] std::string enrolment(const std::string& id) const {
        return R"({"key":")" + id + R"(","name":"phone","public_key":")" + to_base64(spki()) +
               R"(","site":")" + site + "\"}";
    }

    std::string site;
    std::string origin;  ///< what the browser says instead of the site
    char flags = 0x05;
    std::uint32_t uses = 0;

  private:
    [[nodiscard]] std::string origin_or_site() const { return origin.empty() ? site : origin; }
    key_pair pair_;
};

}  // namespace veche::journal::testing
