#include "store/postgres/shared_guard.hpp"

#include "journal/checkpoint.hpp"
#include "journal/refusal.hpp"
#include "store/postgres/postgres_rows.hpp"
#include "store/refusal.hpp"

namespace veche::store {
namespace {

constexpr const char* key_table =
    "CREATE TABLE IF NOT EXISTS key_change(pos INTEGER PRIMARY KEY, old_vkey TEXT NOT NULL,"
    " vkey TEXT NOT NULL, note TEXT NOT NULL) STRICT;";

result<key_history> keys_in(row_desk& in) {
    const auto found = VECHE_TRY(in.run("SELECT note,old_vkey,vkey FROM key_change ORDER BY pos"));
    std::vector<handover> all;
    for (std::size_t i = 0; i < found.count(); ++i)
        all.push_back({found.text(i, 0), found.text(i, 1), found.text(i, 2)});
    return key_history(std::move(all));
}

result<void> write_change(row_desk& in, std::size_t pos, const handover& h) {
    VECHE_CHECK(in.run(
        "INSERT INTO key_change(pos,old_vkey,vkey,note) VALUES(?1,?2,?3,?4)",
        values().add(static_cast<std::int64_t>(pos)).text(h.old_vkey).text(h.vkey).text(h.note)));
    return {};
}

}  // namespace

result<void> shared_guard::prepare(row_base& in, const std::string& origin,
                                   const std::string& vkey) {
    VECHE_CHECK(in.make(
        "CREATE TABLE IF NOT EXISTS guard(id INTEGER PRIMARY KEY CHECK(id=1), log TEXT NOT NULL,"
        " vkey TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL)"
        " STRICT;"));
    VECHE_CHECK(in.make(key_table));
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
    const auto found = VECHE_TRY(in_->run("SELECT size,root,note,vkey FROM guard WHERE id=1"));
    const auto damaged = [&] {
        return refuse(refusals::database_damaged, {}, in_->place(),
                      "size, root and note of its guard do not agree");
    };
    if (found.empty() || found.text(0, 1).size() != sizeof(hash256)) return damaged();
    note_key(found.text(0, 3));
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
    const auto done = VECHE_TRY(in_->run(
        "UPDATE guard SET size=?1,root=?2,note=?3 WHERE id=1 AND size=?4 AND vkey=?5",
        values().add(to.size).bytes(as_bytes(to.root)).text(to.note).add(expected).text(vkey_)));
    return done.changed() == 1 ? saw(to) : overtaken(expected);
}

result<void> shared_guard::overtaken(std::uint64_t expected) const {
    VECHE_CHECK(last());
    if (const auto other = other_key()) return refuse(journal::refusals::key_changed, {}, *other);
    return refuse(refusals::overtaken, {}, "another place", std::to_string(expected));
}

void shared_guard::note_key(const std::string& in_force) const {
    const std::lock_guard lock(mutex_);
    other_ = in_force == vkey_ ? std::nullopt : std::optional(in_force);
}

std::optional<std::string> shared_guard::other_key() const {
    const std::lock_guard lock(mutex_);
    return other_;
}

result<key_history> shared_guard::keys() const {
    // Not made here: whoever only opens a union may not be allowed to make tables.
    const auto there =
        VECHE_TRY(in_->run("SELECT count(*) FROM information_schema.tables WHERE "
                           "table_schema=current_schema()::text AND table_name='key_change'"));
    if (there.integer(0, 0) == 0) return key_history{};
    return keys_in(*in_);
}

result<void> shared_guard::keep(const key_history& more) {
    VECHE_CHECK(in_->make(key_table));
    if (more.empty()) return {};
    return in_->together([&](row_desk& in) -> result<void> {
        auto all = VECHE_TRY(keys_in(in));
        const std::size_t before = all.changes().size();
        all.add_earlier(more);
        if (all.changes().size() == before) return {};
        VECHE_CHECK(in.run("DELETE FROM key_change"));
        std::size_t pos = 0;
        for (const handover& h : all.changes()) VECHE_CHECK(write_change(in, ++pos, h));
        return {};
    });
}

result<void> shared_guard::change_key(const handover& how, std::uint64_t expected,
                                      const journal::stored_checkpoint& to) {
    bool changed = false;
    VECHE_CHECK(in_->together([&](row_desk& in) -> result<void> {
        const auto done = VECHE_TRY(in.run(
            "UPDATE guard SET vkey=?1,size=?2,root=?3,note=?4 WHERE id=1 AND size=?5 AND vkey=?6",
            values()
                .text(how.vkey)
                .add(to.size)
                .bytes(as_bytes(to.root))
                .text(to.note)
                .add(expected)
                .text(how.old_vkey)));
        changed = done.changed() == 1;
        if (!changed) return {};
        const auto known = VECHE_TRY(keys_in(in));
        return write_change(in, known.changes().size() + 1, how);
    }));
    if (!changed) return overtaken(expected);
    {
        const std::lock_guard lock(mutex_);
        vkey_ = how.vkey;
        other_.reset();
    }
    return saw(to);
}

}  // namespace veche::store
