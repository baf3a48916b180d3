#include "store/sqlite/sqlite_witness.hpp"

#include "store/refusal.hpp"
#include "store/sqlite/schema.hpp"

namespace veche::store {
namespace {

constexpr const char* witness_schema =
    "BEGIN;"
    "CREATE TABLE log(origin TEXT PRIMARY KEY, keys TEXT NOT NULL, url TEXT NOT NULL,"
    "  size INTEGER NOT NULL, root BLOB NOT NULL CHECK(length(root)=32), note TEXT NOT NULL,"
    "  time INTEGER NOT NULL) STRICT;"
    "CREATE TABLE evidence(id INTEGER PRIMARY KEY, origin TEXT NOT NULL, kind TEXT NOT NULL,"
    "  note TEXT NOT NULL, body TEXT NOT NULL, time INTEGER NOT NULL) STRICT;"
    "CREATE TRIGGER log_d BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT,'never forgotten'); END;"
    "CREATE TRIGGER log_u BEFORE UPDATE ON log WHEN NEW.size<OLD.size"
    "  BEGIN SELECT RAISE(ABORT,'never forgotten'); END;"
    "PRAGMA user_version=1;"
    "COMMIT;";
constexpr const char* log_columns = "SELECT origin,keys,url,size,root,note,time FROM log";

std::string join_keys(const std::vector<journal::verifier_key>& keys) {
    std::string out;
    for (const auto& key : keys) out += journal::format_verifier_key(key) + "\n";
    return out;
}

}  // namespace

result<void> sqlite_witness::create(const std::filesystem::path& file) {
    database d = VECHE_TRY(database::open(file.string(), access::create));
    return d.execute(witness_schema);
}

result<std::unique_ptr<sqlite_witness>> sqlite_witness::open(const std::filesystem::path& file) {
    database d = VECHE_TRY(database::open(file.string(), access::write));
    VECHE_CHECK(check_form(d));
    std::unique_ptr<sqlite_witness> made(new sqlite_witness(std::move(d)));
    VECHE_CHECK(made->all());
    return made;
}

result<journal::witnessed_log> sqlite_witness::row(const statement& s) const {
    const auto damaged = [&] {
        return refuse(refusals::database_damaged, {}, file_.path(),
                      "its size, root and note do not agree");
    };
    journal::witnessed_log log;
    log.origin = s.text(0);
    std::string_view keys = s.text(1);
    while (!keys.empty()) {
        const std::size_t end = keys.find('\n');
        if (end == std::string_view::npos) return damaged();
        log.keys.push_back(VECHE_TRY(journal::parse_verifier_key(keys.substr(0, end))));
        keys.remove_prefix(end + 1);
    }
    log.url = s.text(2);
    log.size = static_cast<std::uint64_t>(s.integer(3));
    if (s.blob(4).size() != 32) return damaged();
    log.root = journal::hash_at(s.blob(4), 0);
    log.note = s.text(5);
    log.time = s.integer(6);
    if (log.note.empty() && log.size == 0 && log.root == sha256("")) return log;
    const auto n = journal::split_note(log.note);
    const auto c =
        n ? journal::parse_foreign_checkpoint(n->text) : tl::unexpected<refusal>(n.error());
    if (!c || c->origin != log.origin || c->size != log.size || c->root != log.root)
        return damaged();
    return log;
}

result<void> sqlite_witness::add_log(const std::string& origin,
                                     const std::vector<journal::verifier_key>& keys,
                                     const std::string& url) {
    const std::lock_guard lock(mutex_);
    const hash256 empty = sha256("");
    const std::string lines = join_keys(keys);
    statement s(file_,
                "INSERT INTO log VALUES(?1,?2,?3,0,?4,'',0) "
                "ON CONFLICT(origin) DO UPDATE SET keys=?2,url=?3");
    return s.bind_text(1, origin)
        .bind_text(2, lines)
        .bind_text(3, url)
        .bind_blob(4, as_bytes(empty))
        .run();
}

result<std::optional<journal::witnessed_log>> sqlite_witness::find(std::string_view origin) const {
    const std::lock_guard lock(mutex_);
    const std::string sql = std::string(log_columns) + " WHERE origin=?1";
    statement s(file_, sql);
    s.bind_text(1, origin);
    if (!VECHE_TRY(s.step())) return std::optional<journal::witnessed_log>{};
    return std::optional(VECHE_TRY(row(s)));
}

result<std::vector<journal::witnessed_log>> sqlite_witness::all() const {
    const std::lock_guard lock(mutex_);
    const std::string sql = std::string(log_columns) + " ORDER BY origin";
    statement s(file_, sql);
    std::vector<journal::witnessed_log> out;
    while (VECHE_TRY(s.step())) out.push_back(VECHE_TRY(row(s)));
    return out;
}

result<bool> sqlite_witness::advance(const journal::witnessed_log& from,
                                     const journal::witnessed_log& to) {
    const std::lock_guard lock(mutex_);
    statement s(file_,
                "UPDATE log SET size=?1,root=?2,note=?3,time=?4 "
                "WHERE origin=?5 AND size=?6 AND root=?7");
    VECHE_CHECK(s.bind(1, to.size)
                    .bind_blob(2, as_bytes(to.root))
                    .bind_text(3, to.note)
                    .bind(4, to.time)
                    .bind_text(5, from.origin)
                    .bind(6, from.size)
                    .bind_blob(7, as_bytes(from.root))
                    .run());
    return file_.changes() == 1;
}

result<void> sqlite_witness::keep(const journal::witness_evidence& what) {
    const std::lock_guard lock(mutex_);
    {
        // The same refused checkpoint again says nothing new.
        statement same(file_, "SELECT 1 FROM evidence WHERE origin=?1 AND note=?2");
        same.bind_text(1, what.origin).bind_text(2, what.note);
        if (VECHE_TRY(same.step())) return {};
    }
    statement s(file_, "INSERT INTO evidence(origin,kind,note,body,time) VALUES(?1,?2,?3,?4,?5)");
    VECHE_CHECK(s.bind_text(1, what.origin)
                    .bind_text(2, what.kind)
                    .bind_text(3, what.note)
                    .bind_text(4, what.body)
                    .bind(5, what.time)
                    .run());
    statement old(file_,
                  "DELETE FROM evidence WHERE origin=?1 AND id NOT IN "
                  "(SELECT id FROM evidence WHERE origin=?1 ORDER BY id DESC LIMIT 100)");
    return old.bind_text(1, what.origin).run();
}

result<std::vector<journal::witness_evidence>> sqlite_witness::evidence() const {
    const std::lock_guard lock(mutex_);
    statement s(file_, "SELECT origin,kind,note,body,time FROM evidence ORDER BY id");
    std::vector<journal::witness_evidence> out;
    while (VECHE_TRY(s.step()))
        out.push_back({std::string(s.text(0)), std::string(s.text(1)), std::string(s.text(2)),
                       std::string(s.text(3)), s.integer(4)});
    return out;
}

}  // namespace veche::store
