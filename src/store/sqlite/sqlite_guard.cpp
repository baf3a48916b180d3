#include "store/sqlite/sqlite_guard.hpp"

#include "journal/checkpoint.hpp"
#include "journal/refusal.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/schema.hpp"

namespace veche::store {

result<void> sqlite_guard::create(const std::filesystem::path& file, const std::string& origin) {
    database d = VECHE_TRY(database::open(file.string(), access::create));
    VECHE_CHECK(
        d.execute("CREATE TABLE guard(log TEXT PRIMARY KEY, size INTEGER NOT NULL, "
                  "root BLOB NOT NULL, note TEXT NOT NULL) STRICT; PRAGMA user_version=1;"));
    const hash256 empty = sha256("");
    statement s(d, "INSERT INTO guard VALUES(?1,0,?2,'')");
    return s.bind_text(1, origin).bind_blob(2, as_bytes(empty)).run();
}

result<std::unique_ptr<sqlite_guard>> sqlite_guard::open(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) return refuse(journal::refusals::guard_missing);
    database d = VECHE_TRY(database::open(file.string(), access::write));
    VECHE_CHECK(check_form(d));
    std::unique_ptr<sqlite_guard> made(new sqlite_guard(std::move(d)));
    VECHE_CHECK(made->last());
    return made;
}

result<std::string> sqlite_guard::origin() const {
    const std::lock_guard lock(mutex_);
    statement s(file_, "SELECT log FROM guard");
    if (!VECHE_TRY(s.step()))
        return refuse(refusals::database_damaged, {}, file_.path(), "it is empty");
    return std::string(s.text(0));
}

result<journal::stored_checkpoint> sqlite_guard::last() const {
    const std::lock_guard lock(mutex_);
    statement s(file_, "SELECT size,root,note,log FROM guard");
    if (!VECHE_TRY(s.step()))
        return refuse(refusals::database_damaged, {}, file_.path(), "it is empty");
    const auto damaged = [&] {
        return refuse(refusals::database_damaged, {}, file_.path(),
                      "its size, root and note do not agree");
    };
    if (s.blob(1).size() != 32) return damaged();
    journal::stored_checkpoint c{static_cast<std::uint64_t>(s.integer(0)),
                                 journal::hash_at(s.blob(1), 0), std::string(s.text(2))};
    if (c.note.empty() && c.size == 0 && c.root == sha256("")) return c;
    const auto read = journal::parse_checkpoint(c.note);
    if (!read || read->size != c.size || read->root != c.root || read->origin != s.text(3))
        return damaged();
    return c;
}

result<void> sqlite_guard::advance(std::uint64_t expected, const journal::stored_checkpoint& to) {
    const std::lock_guard lock(mutex_);
    statement s(file_, "UPDATE guard SET size=?1,root=?2,note=?3 WHERE size=?4");
    VECHE_CHECK(s.bind(1, to.size)
                    .bind_blob(2, as_bytes(to.root))
                    .bind_text(3, to.note)
                    .bind(4, expected)
                    .run());
    if (file_.changes() != 1)
        return refuse(refusals::overtaken, {}, "another place", std::to_string(expected));
    return {};
}

}  // namespace veche::store
