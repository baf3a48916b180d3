// How the key of a log changed, as files say it, and which checkpoints that makes good.

#include "store/key_history.hpp"

#include <doctest/doctest.h>

#include "store/refusal.hpp"
#include "store/tests/filled.hpp"

namespace veche::store {
namespace {

using testing::temporary_folder;

const std::string history_origin(testing::origin);

journal::key_pair history_key(char letter) {
    return journal::key_from_seed(std::string(32, letter));
}
std::string vkey_by(char letter) {
    return journal::format_verifier_key({history_origin, history_key(letter).public_key});
}
std::string note_by(std::uint64_t size, const std::string& letters) {
    const std::string text = journal::checkpoint_text({history_origin, size, sha256("tree")});
    std::string note = text + "\n";
    for (const char letter : letters)
        note += journal::signature_line(history_origin, history_key(letter), text) + "\n";
    return note;
}

TEST_CASE("a key that was left is good for what it signed, and for nothing after") {
    const key_history keys({{note_by(300, "ab"), vkey_by('a'), vkey_by('b')}});
    CHECK(keys.check());
    CHECK(keys.verify(note_by(400, "b"), vkey_by('b'))->size == 400);
    CHECK(keys.verify(note_by(300, "a"), vkey_by('b'))->size == 300);
    CHECK(keys.verify(note_by(200, "a"), vkey_by('b'))->size == 200);
    CHECK_FALSE(keys.verify(note_by(301, "a"), vkey_by('b')));
    CHECK_FALSE(keys.verify(note_by(300, "c"), vkey_by('b')));
    // Of a lost one nobody can say how far it signed.
    const key_history lost({{"", vkey_by('a'), vkey_by('b')}});
    CHECK(lost.check());
    CHECK(lost.verify(note_by(9000, "a"), vkey_by('b')));
    CHECK_FALSE(key_history({{note_by(300, "b"), vkey_by('a'), vkey_by('b')}}).check());
}

TEST_CASE("keys lead from one that was to the one that is") {
    key_history keys({{note_by(300, "ab"), vkey_by('a'), vkey_by('b')}});
    keys.add({"", vkey_by('b'), vkey_by('c')});
    keys.add({"", vkey_by('b'), vkey_by('x')});  // known already
    CHECK(keys.changes().size() == 2);
    for (const char earlier : {'a', 'b'}) {
        CHECK(keys.had(vkey_by(earlier)));
        CHECK(keys.leads(vkey_by(earlier), vkey_by('c')));
        CHECK_FALSE(keys.leads(vkey_by(earlier), vkey_by('x')));
    }
    CHECK_FALSE(keys.had(vkey_by('c')));
    CHECK_FALSE(keys.leads(vkey_by('c'), vkey_by('c')));
    CHECK(keys.change_to(vkey_by('c'))->note.empty());
    CHECK(keys.change_to(vkey_by('a')) == nullptr);
    // Readers are shown what somebody can check.
    CHECK(key_history::parse(keys.published())->changes().size() == 1);
    CHECK(key_history({{"", vkey_by('a'), vkey_by('b')}}).published().empty());
}

TEST_CASE("a folder says it in the files that earlier programs know") {
    const temporary_folder folder;
    CHECK(key_history::in_folder(folder.path())->empty());
    REQUIRE(key_history().keep_in(folder.path()));
    CHECK_FALSE(std::filesystem::exists(folder.path() / handovers_name));
    const key_history keys({{note_by(300, "ab"), vkey_by('a'), vkey_by('b')},
                            {"", vkey_by('b'), vkey_by('c')},
                            {note_by(400, "cd"), vkey_by('c'), vkey_by('d')}});
    REQUIRE(keys.keep_in(folder.path()));
    CHECK(key_history::in_folder(folder.path())->to_text() == keys.to_text());
    CHECK(testing::read_file(folder.path() / lost_vkeys_name) == vkey_by('b') + "\n");
    // They wrote lost ones into their own file alone, without what came after.
    const key_history before({keys.changes()[0], keys.changes()[2]});
    testing::write_file(folder.path() / handovers_name, before.to_text());
    const auto read = key_history::in_folder(folder.path()).value();
    REQUIRE(read.changes().size() == 3);
    CHECK(read.changes()[1].old_vkey == vkey_by('b'));
    CHECK(read.leads(vkey_by('a'), vkey_by('d')));
    testing::write_file(folder.path() / handovers_name, "{");
    CHECK(key_history::in_folder(folder.path()).error().kind == &refusals::database_damaged);
}

}  // namespace
}  // namespace veche::store
