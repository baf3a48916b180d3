#include "ballot/refusal.hpp"
#include "ballot/tests/shared.hpp"

using namespace veche;
using namespace veche::ballot;
using namespace veche::ballot::testing;

TEST_CASE("every choice within the limits makes a ballot that verifies, every other none") {
    const hall h({.options = 3, .least = 1, .most = 2});
    for (unsigned set = 0; set < 16; ++set) {
        std::vector<std::int32_t> chosen;
        for (std::int32_t n = 0; n < 4; ++n)
            if ((set >> n & 1U) != 0) chosen.push_back(n);
        const bool blank = (set & 8U) != 0;
        const bool fits = blank ? chosen.size() == 1 : !chosen.empty() && chosen.size() <= 2;
        const auto made = make_ballot(h.t, seed_of("voter", 0), chosen, seed_of("r", set));
        CAPTURE(set);
        CHECK(made.has_value() == fits);
        if (made) CHECK(verify_ballot(h.t, *made).has_value());
    }
}

TEST_CASE("choices named twice or out of order are refused") {
    const hall h({.options = 3, .most = 3});
    for (const std::vector<std::int32_t>& chosen :
         {std::vector<std::int32_t>{1, 1}, {1, 0}, {-1}, {4}})
        CHECK_FALSE(make_ballot(h.t, seed_of("voter", 0), chosen, seed_of("r", 0)).has_value());
}

TEST_CASE("a ballot is worth nothing under another credential, election or place") {
    const hall h;
    const secret_ballot good = h.vote(0, {1});
    CHECK(verify_ballot(h.t, good).has_value());

    // Another voter copies the ciphertexts and signs them with an own credential.
    secret_ballot copied = good;
    copied.credential = credential_of(seed_of("voter", 1));
    sign(copied, credential_secret(seed_of("voter", 1)), seed_of("r", 1));
    CHECK(verify_ballot(h.t, copied).error().code() == refusals::proof_wrong.code);

    secret_ballot swapped = good;
    std::swap(swapped.choices[0], swapped.choices[1]);
    sign(swapped, credential_secret(seed_of("voter", 0)), seed_of("r", 1));
    CHECK(verify_ballot(h.t, swapped).error().code() == refusals::proof_wrong.code);

    terms other = h.t;
    other.election.bytes[0] ^= 1;
    CHECK(verify_ballot(other, good).error().code() == refusals::other_election.code);
    secret_ballot moved = good;
    moved.election = other.election;
    sign(moved, credential_secret(seed_of("voter", 0)), seed_of("r", 1));
    CHECK(verify_ballot(other, moved).error().code() == refusals::proof_wrong.code);
}

TEST_CASE("no bit of a ballot can be changed") {
    const hall h;
    const secret_ballot good = h.vote(0, {0});
    const std::string text = to_json(good);
    std::size_t tried = 0;
    // One digit of each of the values; values are 64 digits.
    for (std::size_t at = text.find(":\""); at != std::string::npos;
         at = text.find(":\"", at + 1)) {
        for (const std::size_t digit : {std::size_t{2}, std::size_t{40}}) {
            std::string changed = text;
            changed[at + digit] = changed[at + digit] == '0' ? '1' : '0';
            CAPTURE(at);
            CHECK_FALSE(verify_ballot(h.t, must(from_json<secret_ballot>(changed))).has_value());
            ++tried;
        }
    }
    CHECK(tried == 2 * (2 + 3 * 6 + 2 + 2));
}

TEST_CASE("neutral elements, other encodings of scalars and wrong counts are refused") {
    const hall h;
    const scalar secret = credential_secret(seed_of("voter", 0));
    const auto refused = [&](auto change) {
        secret_ballot b = h.vote(0, {0});
        change(b);
        sign(b, secret, seed_of("r", 9));
        const auto verdict = verify_ballot(h.t, b);
        return verdict ? std::string() : std::string(verdict.error().code());
    };
    CHECK(refused([](secret_ballot&) {}).empty());
    CHECK(refused([](secret_ballot& b) { b.choices[0].alpha = {}; }) ==
          refusals::not_an_element.code);
    CHECK(refused([](secret_ballot& b) { b.choices[0].beta = {}; }) ==
          refusals::not_an_element.code);
    CHECK(refused([](secret_ballot& b) { b.choices.pop_back(); }) ==
          refusals::ballot_malformed.code);
    CHECK(refused([](secret_ballot& b) { b.choices[0].proofs.pop_back(); }) ==
          refusals::ballot_malformed.code);
    CHECK(refused([](secret_ballot& b) { b.range.push_back(b.range[0]); }) ==
          refusals::ballot_malformed.code);
    // z + L is the same number in another spelling; it fits into 32 bytes.
    CHECK(refused([](secret_ballot& b) {
              const scalar minus_one = scalar{} - to_scalar(1);
              unsigned carry = 1;
              for (std::size_t n = 0; n < 32; ++n) {
                  carry += b.range[0].z.bytes[n] + unsigned{minus_one.bytes[n]};
                  b.range[0].z.bytes[n] = static_cast<std::uint8_t>(carry);
                  carry >>= 8;
              }
          }) == refusals::proof_wrong.code);
    secret_ballot stranger = h.vote(0, {0});
    stranger.credential = {};
    CHECK(verify_ballot(h.t, stranger).error().code() == refusals::not_an_element.code);
}

TEST_CASE("two votes for one option cannot be proved, whatever the client does") {
    // The client adds g once more to a ciphertext that holds 1 and keeps the proofs.
    const hall h;
    secret_ballot b = h.vote(0, {0});
    b.choices[0].beta = b.choices[0].beta * generate(to_scalar(1));
    sign(b, credential_secret(seed_of("voter", 0)), seed_of("r", 9));
    CHECK(verify_ballot(h.t, b).error().code() == refusals::proof_wrong.code);

    // Every option is sound by itself and two are chosen where one may be.
    terms loose = h.t;
    loose.most = 2;
    secret_ballot two = must(make_ballot(loose, seed_of("voter", 0), {0, 1}, seed_of("r", 3)));
    CHECK(verify_ballot(loose, two).has_value());
    two.range.resize(1);
    sign(two, credential_secret(seed_of("voter", 0)), seed_of("r", 9));
    CHECK(verify_ballot(h.t, two).error().field == "range");
}

TEST_CASE("a challenged ballot is made again from its opening, and only from it") {
    const hall h;
    const opening from{credential_of(seed_of("voter", 2)), {1}, seed_of("randomness", 2000)};
    const digest shown = tracker_of(h.vote(2, {1}));
    CHECK(must(audit(h.t, from, shown)));
    opening lie = from;
    lie.chosen = {0};
    CHECK_FALSE(must(audit(h.t, lie, shown)));
    lie = from;
    lie.randomness.bytes[5] ^= 1;
    CHECK_FALSE(must(audit(h.t, lie, shown)));
}

TEST_CASE("the signature does not change the tracker, everything else does") {
    const hall h;
    const secret_ballot b = h.vote(0, {0});
    secret_ballot again = b;
    sign(again, credential_secret(seed_of("voter", 0)), seed_of("r", 5));
    CHECK(again.signature.c != b.signature.c);
    CHECK(tracker_of(again) == tracker_of(b));
    CHECK(tracker_of(h.vote(0, {0}, 1)) != tracker_of(b));
}
