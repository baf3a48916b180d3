#include "api/sealed_desk.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "api/tests/temporary_folder.hpp"
#include "api/tests/union_at_hand.hpp"
#include "kernel/hash.hpp"
#include "store/contents.hpp"
#include "store/sqlite/database.hpp"

using namespace veche;
using namespace veche::api;

namespace {

const std::string words = "What only the ministers may read, for now.";

/// A session with one closed paper; the secretary and a deputy may open and destroy it.
struct closed_paper {
    testing::union_at_hand at_hand;
    testing::temporary_folder folder;
    std::filesystem::path file = folder.path / "sealed.sqlite";
    std::unique_ptr<store::sealed_store> store = [this] {
        REQUIRE(store::sealed_store::create(file));
        return std::move(*store::sealed_store::open(file));
    }();
    std::unique_ptr<sealed_desk> desk =
        std::make_unique<sealed_desk>(*at_hand.office, *store, folder.path / "papers");
    seal_ref seal;
    int acts = 0;

    closed_paper() {
        CHECK(act("state-secretary", "pc/state-secretary", "assembly.convene_session",
                  R"({"body":"com","id":"s-1","starts":"2099-01-01T10:00:00.000Z",)"
                  R"("title":{"en":"Session"}})") == "");
        const auto kept = desk->keep(words, "text/plain", "minutes.txt");
        REQUIRE(kept);
        seal = *kept;
        CHECK(act("state-secretary", "pc/state-secretary", "assembly.add_sealed_paper",
                  R"({"language":"en","paper":"p-1","sealed":)" + to_json(seal) +
                      R"(,"session":"s-1","title":{"en":"Closed"}})") == "");
    }
    std::string act(const std::string& person, const std::string& auth, std::string_view type,
                    const std::string& body) {
        const auto done = at_hand.office->submit_unsigned(type, body, {person}, auth,
                                                          "test-" + std::to_string(++acts));
        return done ? "" : std::string(done.error().code());
    }
    std::string secretary(std::string_view type, const std::string& more = {}) {
        return act("state-secretary", "pc/state-secretary", type, body(more));
    }
    std::string deputy(std::string_view type, const std::string& more = {}) {
        return act("deputy-state-secretary-1", "pc/deputy", type, body(more));
    }
    std::string body(const std::string& more) const {
        const std::string it = "\"sealed\":\"" + seal.commit.value + "\"";
        return "{" + (more.starts_with("\"ground\"") ? more + "," + it : it + more) + "}";
    }
    std::string opened_by(const std::string& person) const {
        const auto file_of = desk->open_file(seal.commit, {person});
        return file_of ? file_of->bytes : std::string(file_of.error().code());
    }
    /// Whether the bytes stand anywhere in the store's files.
    bool on_disk(const std::string& bytes) const {
        for (const auto& each : std::filesystem::directory_iterator(folder.path)) {
            if (!each.is_regular_file()) continue;
            std::ifstream in(each.path(), std::ios::binary);
            const std::string all(std::istreambuf_iterator<char>(in), {});
            if (all.find(bytes) != std::string::npos) return true;
        }
        return false;
    }
};

constexpr const char* ground = R"("ground":{"en":"Why."})";

}  // namespace

TEST_CASE_FIXTURE(closed_paper, "a closed paper is read by those whom the charter names only") {
    CHECK(opened_by("state-secretary") == words);
    CHECK(opened_by("by-economy-minister") == words);
    CHECK(opened_by("secretariat-1") == words);
    CHECK(opened_by("treasurer") == "sealed.may_not_read");
    CHECK(opened_by("") == "sealed.may_not_read");
    CHECK_FALSE(on_disk(words));
}

TEST_CASE_FIXTURE(closed_paper, "what two persons open lies with the open papers") {
    CHECK(secretary("sealed.propose_disclosure", ground) == "");
    const auto opened = desk->open(seal.commit, {"state-secretary"});
    REQUIRE(opened);
    const std::string said =
        ",\"salt\":" + json::quoted(opened->salt) + ",\"text\":" + json::quoted(opened->text);
    CHECK(act("state-secretary", "pc/state-secretary", "sealed.confirm_disclosure",
              *json::canonicalize(body(said))) == "sealed.same_person");
    CHECK(act("deputy-state-secretary-1", "pc/deputy", "sealed.confirm_disclosure",
              *json::canonicalize(body(said))) == "");
    const auto shown = store::read_content(folder.path / "papers", to_hex(sha256(words)));
    REQUIRE(shown);
    CHECK(*shown == words);
    CHECK(opened_by("") == words);
}

TEST_CASE_FIXTURE(closed_paper, "what two persons destroy is gone from the files too") {
    const auto opened = desk->open(seal.commit, {"state-secretary"});
    REQUIRE(opened);
    const std::string salt = *from_base64(opened->salt);
    CHECK(on_disk(salt));
    CHECK(deputy("sealed.propose_shredding", ground) == "");
    CHECK(deputy("sealed.confirm_shredding") == "sealed.same_person");
    CHECK(secretary("sealed.confirm_shredding") == "");
    CHECK(opened_by("state-secretary") == "journal.seal_shredded");
    CHECK_FALSE(on_disk(salt));
}

TEST_CASE_FIXTURE(closed_paper, "what could not be destroyed at once is destroyed at the start") {
    desk.reset();  // the program stops before it can follow the journal
    CHECK(deputy("sealed.propose_shredding", ground) == "");
    CHECK(secretary("sealed.confirm_shredding") == "");
    hash256 commit{};
    const std::string bytes = *from_hex(seal.commit.value);
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(commit.data()));
    CHECK(store->disclose(commit));
    desk = std::make_unique<sealed_desk>(*at_hand.office, *store, folder.path / "papers");
    CHECK(store->disclose(commit).error().code() == "journal.seal_shredded");
}

TEST_CASE_FIXTURE(closed_paper, "a changed byte of what lies sealed is said") {
    {
        auto d = store::database::open(file.string(), store::access::write);
        REQUIRE(d);
        CHECK(d->execute("UPDATE sealed SET ct=CAST(substr(ct,2)||substr(ct,1,1) AS BLOB)"));
    }
    CHECK(opened_by("state-secretary") == "journal.seal_wrong");
}
