#pragma once
// Sealed texts (closed sessions, personal data). The journal holds a salted commitment:
//   {"sealed":{"alg":"sha256-salt","bucket":4096,"class":"closed","commit":"...","subject":"..."}}
// The text itself lies beside the journal, encrypted with a key of its own, that key with a key of
// its subject (store/sealed_store.hpp). Whoever gets text and salt can check the commitment;
// once the salt is destroyed the commitment says nothing. The fold never reads a sealed text.

#include "kernel/hash.hpp"
#include "kernel/json.hpp"

namespace veche::journal {

constexpr std::size_t salt_bytes = 32;
constexpr std::size_t sealing_key_bytes = 32;
constexpr std::size_t max_sealed_bytes = 16 << 20;

enum class seal_class : std::uint8_t { closed, personal };

/// What stands on the journal.
struct seal {
    hash256 commit{};
    seal_class kind = seal_class::closed;
    std::string subject;       ///< opaque pseudonym, one per purpose
    std::uint32_t bucket = 0;  ///< size after padding, all that the public learns of the size
    bool operator==(const seal&) const = default;
};

/// {"sealed":{...}}, canonical.
std::string seal_json(const seal&);
/// Reads the object under "sealed". Refuses with journal.seal_malformed.
result<seal> read_seal(json::node sealed);

/// SHA-256("veche/sealed/v1" 00 salt text).
hash256 seal_commit(std::string_view salt, std::string_view text);

/// What lies beside the journal for one text.
struct sealed_text {
    std::string salt;         ///< 32 bytes
    std::string nonce;        ///< 24 bytes
    std::string ciphertext;   ///< XChaCha20-Poly1305 of the padded text, bound to the commitment
    std::string wrapped_key;  ///< nonce and ciphertext of the text's key under the subject's key
};

std::string generate_sealing_key();
/// Seals a text for a subject. Texts are padded to 256 bytes or a power of two above.
std::pair<seal, sealed_text> make_seal(std::string_view text, seal_class, std::string subject,
                                       std::string_view subject_key);
/// The text again. Refuses with journal.seal_wrong if any byte or the key is another.
result<std::string> open_seal(const hash256& commit, const sealed_text&,
                              std::string_view subject_key);
/// That a disclosed text and salt are those that were sealed; refuses with journal.seal_wrong.
result<void> check_disclosure(const hash256& commit, std::string_view salt, std::string_view text);

}  // namespace veche::journal
