// Published vectors over ristretto255 judge the group operations that our proofs and keys are made
// of: equality proofs of RFC 9497, shares and a signature of RFC 9591, key generations of C2SP.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sodium.h>

#include "ballot/tests/shared.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::ballot;
using namespace veche::ballot::testing;

namespace {

std::optional<std::string> read_shared(const std::string& name) {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path base =
        folder != nullptr ? folder : veche::source_dir() + "/../shared";
    std::ifstream in(base / "data/assembly/ristretto" / name, std::ios::binary);
    if (!in) return std::nullopt;
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
}

/// Reads the files from front to back: their keys are not those of our JSON.
class scanner {
  public:
    explicit scanner(std::string_view text) : text_(text) {}
    /// The text of the next member of this name before `end`; "" where there is none.
    std::string next(const std::string& name, std::string_view before = {}) {
        const std::size_t at = text_.find("\"" + name + "\": \"", at_);
        const std::size_t compact = text_.find("\"" + name + "\":\"", at_);
        const std::size_t found = std::min(at, compact);
        if (found == std::string_view::npos) return {};
        if (!before.empty() && text_.find(before, at_) < found) return {};
        const std::size_t begin = text_.find('"', text_.find(':', found)) + 1;
        at_ = text_.find('"', begin);
        return std::string(text_.substr(begin, at_ - begin));
    }
    /// All texts of the next list of this name.
    std::vector<std::string> list(const std::string& name) {
        std::vector<std::string> out;
        at_ = text_.find('[', text_.find("\"" + name + "\"", at_));
        const std::size_t end = text_.find(']', at_);
        for (std::size_t q = text_.find('"', at_); q < end; q = text_.find('"', q)) {
            const std::size_t close = text_.find('"', q + 1);
            out.emplace_back(text_.substr(q + 1, close - q - 1));
            q = close + 1;
        }
        at_ = end;
        return out;
    }
    bool skip_to(std::string_view mark) {
        const std::size_t found = text_.find(mark, at_);
        if (found == std::string_view::npos) return false;
        at_ = found + mark.size();
        return true;
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

template <class T>
T hex(const std::string& digits) {
    return must(from_json<T>(std::string_view(json::quoted(digits))));
}

std::string sha512(const std::string& bytes) {
    std::string out(crypto_hash_sha512_BYTES, '\0');
    crypto_hash_sha512(reinterpret_cast<unsigned char*>(out.data()),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return out;
}

scalar reduce(const std::string& wide) {
    scalar out;
    crypto_core_ristretto255_scalar_reduce(out.bytes.data(),
                                           reinterpret_cast<const unsigned char*>(wide.data()));
    return out;
}

std::string two_bytes(std::size_t n) {
    return {static_cast<char>(n >> 8), static_cast<char>(n)};
}
std::string sized(std::string_view bytes) {
    return two_bytes(bytes.size()) + std::string(bytes);
}

/// RFC 9380 section 5.3.1 for 64 bytes: one block of SHA-512.
scalar hash_to_scalar(const std::string& message, const std::string& context) {
    const std::string domain = "HashToScalar-" + context;
    const std::string prime = domain + static_cast<char>(domain.size());
    const std::string first =
        sha512(std::string(128, '\0') + message + two_bytes(64) + '\0' + prime);
    return reduce(sha512(first + '\1' + prime));
}

std::vector<element> elements(const std::string& list) {
    std::vector<element> out;
    std::stringstream in(list);
    for (std::string one; std::getline(in, one, ',');) out.push_back(hex<element>(one));
    return out;
}

}  // namespace

TEST_CASE("equality proofs of RFC 9497 hold under our operations") {
    const auto text = read_shared("voprf-ristretto255.json");
    if (!text) {
        MESSAGE("skipped: the shared vectors are not here");
        return;
    }
    scanner in(*text);
    REQUIRE(in.skip_to("\"mode\": 1"));
    const element key = hex<element>(in.next("pkSm"));
    CHECK(generate(hex<scalar>(in.next("skSm"))) == key);
    const std::string context = std::string("OPRFV1-\x01-ristretto255-SHA512", 28);
    for (int vector = 0; vector < 3; ++vector) {
        const auto blinded = elements(in.next("BlindedElement"));
        const auto evaluated = elements(in.next("EvaluationElement"));
        const std::string both = in.next("proof");
        const scalar c = hex<scalar>(both.substr(0, 64));
        const scalar s = hex<scalar>(both.substr(64));
        const std::string salt = sha512(sized(key.view()) + sized("Seed-" + context));
        element m;
        element z;
        for (std::size_t n = 0; n < blinded.size(); ++n) {
            const scalar d = hash_to_scalar(sized(salt) + two_bytes(n) + sized(blinded[n].view()) +
                                                sized(evaluated[n].view()) + "Composite",
                                            context);
            m = m * power(blinded[n], d);
            z = z * power(evaluated[n], d);
        }
        // That document subtracts the challenge where ours adds it.
        const element a = generate(s) * power(key, c);
        const element b = power(m, s) * power(z, c);
        CHECK(hash_to_scalar(sized(key.view()) + sized(m.view()) + sized(z.view()) +
                                 sized(a.view()) + sized(b.view()) + "Challenge",
                             context) == c);
    }
}

TEST_CASE("shares and the signature of RFC 9591 hold under our operations") {
    const auto text = read_shared("frost-ristretto255-sha512.json");
    if (!text) {
        MESSAGE("skipped: the shared vectors are not here");
        return;
    }
    scanner in(*text);
    const scalar secret = hex<scalar>(in.next("group_secret_key"));
    const element key = hex<element>(in.next("group_public_key"));
    CHECK(generate(secret) == key);
    const std::string message = *from_hex(in.next("message"));
    const scalar slope = hex<scalar>(in.list("share_polynomial_coefficients")[0]);
    std::vector<scalar> shares;
    for (std::uint64_t n = 1; n <= 3; ++n) {
        shares.push_back(hex<scalar>(in.next("participant_share")));
        CHECK(secret + slope * to_scalar(n) == shares.back());
        CHECK(committed({key, generate(slope)}, static_cast<std::int32_t>(n)) ==
              generate(shares.back()));
    }
    for (const auto& [i, j] : {std::pair{1, 2}, {1, 3}, {2, 3}}) {
        const std::vector<std::int32_t> who{i, j};
        CHECK(lagrange(i, who) * shares[static_cast<std::size_t>(i - 1)] +
                  lagrange(j, who) * shares[static_cast<std::size_t>(j - 1)] ==
              secret);
    }
    const std::string both = in.next("sig");
    const element r = hex<element>(both.substr(0, 64));
    const scalar z = hex<scalar>(both.substr(64));
    const scalar c = reduce(sha512("FROST-RISTRETTO255-SHA512-v1chal" + std::string(r.view()) +
                                   std::string(key.view()) + message));
    CHECK(generate(z) == r * power(key, c));
}

TEST_CASE("published key generations, 2 of 3, 3 of 5 and 7 of 14, give the same keys here") {
    const auto text = read_shared("cocktail-dkg-ristretto255-sha512.json");
    if (!text) {
        MESSAGE("skipped: the shared vectors are not here");
        return;
    }
    scanner in(*text);
    for (const auto& [n, t] : {std::pair{3, 2}, {5, 3}, {14, 7}}) {
        REQUIRE(in.skip_to("\"round1\":"));
        std::vector<element> joint(static_cast<std::size_t>(t));
        for (int who = 0; who < n; ++who) {
            const auto list = in.list("vss_commitment");
            REQUIRE(list.size() == joint.size());
            for (std::size_t k = 0; k < joint.size(); ++k)
                joint[k] = joint[k] * hex<element>(list[k]);
        }
        REQUIRE(in.skip_to("\"round2\":"));
        std::vector<scalar> shares;
        std::vector<std::int32_t> who;
        for (std::int32_t me = 1; me <= n; ++me) {
            shares.push_back(hex<scalar>(in.next("secret_share")));
            const element verifying = hex<element>(in.next("verification_share"));
            CHECK(committed(joint, me) == verifying);
            CHECK(generate(shares.back()) == verifying);
        }
        CHECK(joint[0] == hex<element>(in.next("group_public_key")));
        // The last t trustees recover the secret.
        for (std::int32_t me = n - t + 1; me <= n; ++me) who.push_back(me);
        scalar secret;
        for (const std::int32_t me : who)
            secret = secret + lagrange(me, who) * shares[static_cast<std::size_t>(me - 1)];
        CHECK(generate(secret) == joint[0]);
    }
}
