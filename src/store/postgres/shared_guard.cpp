#include "store/postgres/shared_guard.hpp"

#include "journal/checkpoint.hpp"
#include "store/postgres/postgres_rows.hpp"
#include "store/refusal.hpp"

namespace veche::store {

result<void> shared_guard::prepare(row_base& in, const std::string& origin,
                                   const std::string& vkey) {
    VECHE_CHECK(in.make(
        "CREATE TABLE IF NOT EXISTS guard(id INTEGER PRIMARY KEY CHECK(id=1), log TEXT NOT NULL,"
        " vkey TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL)"
        " STRICT;"));
    const hash256 empty = sha256("");
    VECHE_CHECK(
        in.run("INSERT INTO guard(id,log,vkey,size,root,note) VALUES(1,?1,?2,0,?3,'') "
               "ON CONFLICT DO NOTHING",
               values().text(origin).text(vkey).bytes(as_bytes(empty))));
    return {};
}

result<std::unique_ptr<shared_guard>> shared_guard::at(const std::string& url,
                                                       const std::string& schema,
                                                       const std::filesystem::path& folder) {
    const std::shared_ptr<row_base> in = VECHE_TRY(postgres_rows::open(url, schema));
    auto made = VECHE_TRY(open(in, nullptr));
    if (folder.empty()) return made;
    const std::filesystem::path file = folder / "guard.sqlite";
    if (!std::filesystem::exists(file)) VECHE_CHECK(sqlite_guard::create(file, made->origin()));
    auto own = VECHE_TRY(sqlite_guard::open(file));
    return open(in, std::move(own));
}

result<std::unique_ptr<shared_guard>> shared_guard::open(std::shared_ptr<row_base> in,
                                                         std::unique_ptr<sqlite_guard> own) {
    std::unique_ptr<shared_guard> made(new shared_guard(std::move(in), std::move(own)));
    const auto found = VECHE_TRY(made->in_->run("SELECT log,vkey FROM guard WHERE id=1"));
    if (found.empty())
        return refuse(refusals::database_damaged, {}, made->in_->place(), "its guard is empty");
    made->origin_ = found.text(0, 0);
    made->vkey_ = found.text(0, 1);
    if (made->own_) {
        const std::string watched = VECHE_TRY(made->own_->origin());
        if (watched != made->origin_)
            return refuse(refusals::other_union, {}, made->origin_, watched);
    }
    VECHE_CHECK(made->last());
    return made;
}

result<journal::stored_checkpoint> shared_guard::last() const {
    const auto found = VECHE_TRY(in_->run("SELECT size,root,note FROM guard WHERE id=1"));
    const auto damaged = [&] {
        return refuse(refusals::database_damaged, {}, in_->place(),
                      "size, root and note of its guard do not agree");
    };
    if (found.empty() || found.text(0, 1).size() != sizeof(hash256)) return damaged();
    journal::stored_checkpoint c{static_cast<std::uint64_t>(found.integer(0, 0)),
                                 journal::hash_at(found.text(0, 1), 0), found.text(0, 2)};
    if (c.note.empty() && c.size == 0 && c.root == sha256("")) return c;
    const auto read = journal::parse_checkpoint(c.note);
    if (!read || read->size != c.size || read->root != c.root || read->origin != origin_)
        return damaged();
    return c;
}

result<journal::stored_checkpoint> shared_guard::seen() const {
    return own_ ? own_->last() : last();
}

result<void> shared_guard::saw(const journal::stored_checkpoint& signed_by_others) {
    if (!own_) return {};
    const auto before = VECHE_TRY(own_->last());
    if (before.size >= signed_by_others.size) return {};
    return own_->advance(before.size, signed_by_others);
}

result<void> shared_guard::advance(std::uint64_t expected, const journal::stored_checkpoint& to) {
    const auto done = VECHE_TRY(
        in_->run("UPDATE guard SET size=?1,root=?2,note=?3 WHERE id=1 AND size=?4",
                 values().add(to.size).bytes(as_bytes(to.root)).text(to.note).add(expected)));
    if (done.changed() != 1)
        return refuse(refusals::overtaken, {}, "another place", std::to_string(expected));
    return saw(to);
}

}  // namespace veche::store
