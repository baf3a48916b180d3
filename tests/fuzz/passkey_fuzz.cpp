// What an authenticator hands over: client data, authenticator data, signature and public key. No
// such bytes are a signature by accident, and a good one is good for its own challenge alone.

#include <cstdint>

#include "journal/passkey.hpp"
#include "journal/signed_note.hpp"
#include "kernel/check.hpp"
#include "kernel/hash.hpp"

namespace {

using namespace veche;
using namespace veche::journal;

const relying_party here = party_of("https://union.example");
// A key that nobody has: the base point of the curve, in the one form that is taken.
const std::string key = *from_base64(
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/"
    "m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==");

/// Cuts the input at two line breaks of its own.
assertion cut(std::string_view text) {
    assertion out;
    for (std::string* part : {&out.signature, &out.authenticator_data}) {
        const auto end = std::min(text.find('\n'), text.size());
        *part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    // A proper beginning, so that what follows it is reached.
    out.authenticator_data = std::string(as_bytes(sha256(here.id))) + out.authenticator_data;
    out.client_data_json = text;
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const assertion made = cut(text);
    // The challenge of the nonce "n", which the seeds answer.
    VECHE_ENSURE(!verify_assertion(made, key, login_challenge("n"), here), "nobody has the key");
    const passkey named{"a-key", key};
    VECHE_ENSURE(!verify_passkey_line(text, named, "line", here), "no line of the key");
    if (made.client_data_json.size() < 60'000 && made.authenticator_data.size() < 60'000 &&
        made.signature.size() < 60'000) {
        const std::string line = passkey_line(named, made);
        VECHE_ENSURE(split_signature_line(line).has_value(), "a line can be taken apart");
        VECHE_ENSURE(!verify_passkey_line(line, named, "line", here), "nobody has the key");
    }
    if (is_acceptable_passkey(text))
        VECHE_ENSURE(!verify_spki_signature(text, "message", made.signature) || size > 40,
                     "a key that is taken is a whole key");
    return 0;
}
