#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "journal/refusal.hpp"
#include "store/refusal.hpp"
#include "store/sealed_store.hpp"
#include "store/sqlite/database.hpp"
#include "store/tests/filled.hpp"

namespace veche::store {
namespace {

using journal::seal_class;
using testing::temporary_folder;

/// All bytes of the store's files.
std::string everything(const std::filesystem::path& folder) {
    std::ostringstream bytes;
    for (const auto& one : std::filesystem::directory_iterator(folder))
        if (std::filesystem::file_size(one) > 0)
            bytes << std::ifstream(one.path(), std::ios::binary).rdbuf();
    return std::move(bytes).str();
}

TEST_CASE("sealed texts are kept, disclosed and shredded") {
    temporary_folder folder;
    const auto file = folder.path() / "sealed.sqlite";
    REQUIRE(sealed_store::create(file));
    auto store = sealed_store::open(file).value();
    const auto first = store->keep("minutes of session 7", seal_class::closed, "session-7").value();
    const auto second = store->keep("annex of session 7", seal_class::closed, "session-7").value();
    const auto third = store->keep("an applicant", seal_class::personal, "subject-1").value();
    store = sealed_store::open(file).value();
    const disclosure shown = store->disclose(first.commit).value();
    CHECK(shown.text == "minutes of session 7");
    CHECK(journal::check_disclosure(first.commit, shown.salt, shown.text));
    CHECK(everything(folder.path()).find("minutes") == std::string::npos);
    CHECK(everything(folder.path()).find(shown.salt) != std::string::npos);

    REQUIRE(store->shred(first.commit));
    CHECK(store->disclose(first.commit).error().kind == &journal::refusals::seal_shredded);
    CHECK(everything(folder.path()).find(shown.salt) == std::string::npos);
    CHECK(store->shred(first.commit));
    CHECK(store->disclose(second.commit).value().text == "annex of session 7");

    const std::string other_salt = store->disclose(second.commit).value().salt;
    CHECK(store->shred_subject("session-7").value() == 1);
    CHECK(store->disclose(second.commit).error().kind == &journal::refusals::seal_shredded);
    CHECK(everything(folder.path()).find(other_salt) == std::string::npos);
    CHECK(store->disclose(third.commit).value().text == "an applicant");
    // The subject may be given new texts, under a new key.
    const auto fourth = store->keep("a correction", seal_class::closed, "session-7").value();
    CHECK(store->disclose(fourth.commit).value().text == "a correction");
    CHECK(store->disclose(sha256("?")).error().kind == &refusals::content_missing);
    CHECK(store->shred(sha256("?")).error().kind == &refusals::content_missing);
}

TEST_CASE("a changed row of the sealed store is noticed") {
    temporary_folder folder;
    const auto file = folder.path() / "sealed.sqlite";
    REQUIRE(sealed_store::create(file));
    const auto kept =
        sealed_store::open(file).value()->keep("text", seal_class::personal, "subject-1").value();
    for (const char* sql :
         {"UPDATE sealed SET ct=zeroblob(length(ct))", "UPDATE sealed SET salt=zeroblob(32)",
          "UPDATE subject_key SET kek=x'00'"}) {
        auto d = database::open(file.string(), access::write).value();
        REQUIRE(d.execute(sql));
        CHECK(sealed_store::open(file).value()->disclose(kept.commit).error().kind ==
              &journal::refusals::seal_wrong);
    }
}

}  // namespace
}  // namespace veche::store
