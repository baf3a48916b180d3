#include "journal/seal.hpp"

#include <doctest/doctest.h>

#include "journal/refusal.hpp"

namespace veche::journal {
namespace {

const std::string kept_key(sealing_key_bytes, 'k');

TEST_CASE("a sealed text opens with its subject's key and shows nothing else") {
    for (const std::size_t size : {0, 1, 255, 256, 5000}) {
        const std::string text(size, 'x');
        const auto [public_part, beside] =
            make_seal(text, seal_class::personal, "subject-1", kept_key);
        CHECK(open_seal(public_part.commit, beside, kept_key).value() == text);
        CHECK(check_disclosure(public_part.commit, beside.salt, text));
        CHECK(public_part.bucket == (size <= 255 ? 256 : size == 256 ? 512 : 8192));
        CHECK(beside.ciphertext.size() == public_part.bucket + 16);
        // Twice the same text gives two seals that nobody can connect.
        CHECK(make_seal(text, seal_class::personal, "subject-1", kept_key).first.commit !=
              public_part.commit);
    }
}

TEST_CASE("a seal's public form reads back, and only in that form") {
    const seal s = make_seal("minutes", seal_class::closed, "session-7", kept_key).first;
    const std::string text = seal_json(s);
    CHECK(json::canonicalize(text).value() == text);
    const auto read = [](const std::string& from) {
        json::document parsed;
        REQUIRE(parsed.reset(from));
        return read_seal(parsed.root().find("sealed"));
    };
    CHECK(read(text).value() == s);
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = text;
        return changed.replace(changed.find(from), from.size(), to);
    };
    for (const auto& [from, to] :
         {std::pair("sha256-salt", "sha256"), std::pair("\"closed\"", "\"open\""),
          std::pair("\"bucket\":256", "\"bucket\":0"),
          std::pair("\"bucket\":256", "\"bucket\":\"\""), std::pair("session-7", "session 7"),
          std::pair("\"alg\"", "\"age\""), std::pair("\"commit\":\"", "\"commit\":\"00"),
          std::pair("\"sealed\"", "\"sealer\"")})
        CHECK(read(with(from, to)).error().kind == &refusals::seal_malformed);
}

TEST_CASE("every other byte, key or commitment is refused") {
    const auto [public_part, good] =
        make_seal("minutes", seal_class::closed, "session-7", kept_key);
    const hash256 commit = public_part.commit;
    CHECK(open_seal(commit, good, std::string(sealing_key_bytes, 'l')).error().kind ==
          &refusals::seal_wrong);
    CHECK_FALSE(open_seal(sha256("other"), good, kept_key));
    for (const auto part : {&sealed_text::salt, &sealed_text::nonce, &sealed_text::ciphertext,
                            &sealed_text::wrapped_key}) {
        for (std::size_t i = 0; i < (good.*part).size(); i += 7) {
            sealed_text bad = good;
            (bad.*part)[i] = static_cast<char>((bad.*part)[i] ^ 1);
            CHECK_FALSE(open_seal(commit, bad, kept_key));
        }
        sealed_text cut = good;
        (cut.*part).pop_back();
        CHECK_FALSE(open_seal(commit, cut, kept_key));
    }
    CHECK_FALSE(check_disclosure(commit, good.salt, "Minutes"));
    CHECK_FALSE(check_disclosure(commit, good.salt + "m", "inutes"));
}

TEST_CASE("the commitment is the one that the format says") {
    // hashlib.sha256(b"veche/sealed/v1\0" + b"s" * 32 + b"text").hexdigest()
    CHECK(to_hex(seal_commit(std::string(32, 's'), "text")) ==
          "f84befe12ef33f9424e97b34c50ff22415798a01c3f6708eb0ce8ab95d5b53f3");
}

}  // namespace
}  // namespace veche::journal
