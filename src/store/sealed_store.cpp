#include "store/sealed_store.hpp"

#include "journal/refusal.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/sqlite_rows.hpp"

namespace veche::store {
namespace {

constexpr const char* sealed_schema = R"(
CREATE TABLE IF NOT EXISTS sealed(commit_ BLOB PRIMARY KEY, subject TEXT NOT NULL, salt BLOB,
  nonce BLOB, ct BLOB, dek BLOB) STRICT;
CREATE INDEX IF NOT EXISTS sealed_subject ON sealed(subject);
CREATE TABLE IF NOT EXISTS subject_key(subject TEXT PRIMARY KEY, kek BLOB) STRICT;
)";

constexpr const char* find_key = "SELECT kek FROM subject_key WHERE subject=?1 AND kek IS NOT NULL";

/// The subject's key, made where there is none.
result<std::string> subject_key(row_desk& desk, std::string_view subject) {
    const auto found = VECHE_TRY(desk.run(find_key, values().text(subject)));
    if (!found.empty()) return found.text(0, 0);
    std::string key = journal::generate_sealing_key();
    VECHE_CHECK(
        desk.run("INSERT INTO subject_key(subject,kek) VALUES(?1,?2) "
                 "ON CONFLICT(subject) DO UPDATE SET kek=excluded.kek",
                 values().text(subject).bytes(key)));
    return key;
}

/// What was shredded has no bytes left.
void add_kept(values& into, const std::string& bytes) {
    bytes.empty() ? into.nothing() : into.bytes(bytes);
}

result<void> copy_keys(row_base& from, row_desk& to) {
    const auto keys = VECHE_TRY(from.run("SELECT subject,kek FROM subject_key ORDER BY subject"));
    for (std::size_t i = 0; i < keys.count(); ++i) {
        values one;
        one.text(keys.text(i, 0));
        add_kept(one, keys.text(i, 1));
        VECHE_CHECK(to.run("INSERT INTO subject_key(subject,kek) VALUES(?1,?2)", one));
    }
    return {};
}

/// One at a time: each may be large.
result<void> copy_texts(row_base& from, row_desk& to) {
    std::string after;
    for (;;) {
        const auto next = VECHE_TRY(
            from.run("SELECT commit_,subject,salt,nonce,ct,dek FROM sealed WHERE commit_>?1 "
                     "ORDER BY commit_ LIMIT 1",
                     values().bytes(after)));
        if (next.empty()) return {};
        after = next.text(0, 0);
        values one;
        one.bytes(after).text(next.text(0, 1));
        for (std::size_t i = 2; i < 6; ++i) add_kept(one, next.text(0, i));
        VECHE_CHECK(
            to.run("INSERT INTO sealed(commit_,subject,salt,nonce,ct,dek) "
                   "VALUES(?1,?2,?3,?4,?5,?6)",
                   one));
    }
}

}  // namespace

result<void> sealed_store::create(const std::filesystem::path& file) {
    const auto rows = VECHE_TRY(sqlite_rows::open(file, row_file::secret));
    VECHE_CHECK(prepare(*rows));
    return rows->make("PRAGMA user_version=1");
}

result<std::unique_ptr<sealed_store>> sealed_store::open(const std::filesystem::path& file) {
    {
        database d = VECHE_TRY(database::open(file.string(), access::write));
        VECHE_CHECK(check_form(d));
    }
    auto rows = VECHE_TRY(sqlite_rows::open(file, row_file::secret));
    return std::make_unique<sealed_store>(std::move(rows));
}

result<void> sealed_store::prepare(row_base& in) {
    return in.make(sealed_schema);
}

result<journal::seal> sealed_store::keep(std::string_view text, journal::seal_class kind,
                                         std::string subject) {
    if (text.size() >= journal::max_sealed_bytes)
        return refuse(refusals::content_too_large, {}, std::to_string(journal::max_sealed_bytes));
    journal::seal kept;
    const auto work = [&](row_desk& desk) -> result<void> {
        const std::string key = VECHE_TRY(subject_key(desk, subject));
        auto [public_part, beside] = journal::make_seal(text, kind, subject, key);
        VECHE_CHECK(
            desk.run("INSERT INTO sealed(commit_,subject,salt,nonce,ct,dek) "
                     "VALUES(?1,?2,?3,?4,?5,?6)",
                     values()
                         .bytes(as_bytes(public_part.commit))
                         .text(public_part.subject)
                         .bytes(beside.salt)
                         .bytes(beside.nonce)
                         .bytes(beside.ciphertext)
                         .bytes(beside.wrapped_key)));
        kept = std::move(public_part);
        return {};
    };
    VECHE_CHECK(in_->together(work));
    return kept;
}

result<disclosure> sealed_store::disclose(const hash256& commit) const {
    const auto found = VECHE_TRY(
        in_->run("SELECT salt,nonce,ct,dek,kek FROM sealed LEFT JOIN subject_key USING(subject) "
                 "WHERE commit_=?1",
                 values().bytes(as_bytes(commit))));
    if (found.empty()) return refuse(refusals::content_missing, {}, to_hex(commit));
    const journal::sealed_text beside{found.text(0, 0), found.text(0, 1), found.text(0, 2),
                                      found.text(0, 3)};
    if (beside.salt.empty()) return refuse(journal::refusals::seal_shredded);
    std::string text = VECHE_TRY(journal::open_seal(commit, beside, found.text(0, 4)));
    return disclosure{beside.salt, std::move(text)};
}

result<void> sealed_store::shred(const hash256& commit) {
    const auto done = VECHE_TRY(
        in_->run("UPDATE sealed SET salt=NULL,nonce=NULL,ct=NULL,dek=NULL WHERE commit_=?1",
                 values().bytes(as_bytes(commit))));
    if (done.changed() != 1) return refuse(refusals::content_missing, {}, to_hex(commit));
    return in_->forget_traces({"sealed"});
}

result<std::uint64_t> sealed_store::shred_subject(std::string_view subject) {
    std::int64_t count = 0;
    bool any = false;
    const auto work = [&](row_desk& desk) -> result<void> {
        const auto texts =
            VECHE_TRY(desk.run("UPDATE sealed SET salt=NULL,nonce=NULL,ct=NULL,dek=NULL "
                               "WHERE subject=?1 AND salt IS NOT NULL",
                               values().text(subject)));
        const auto key = VECHE_TRY(
            desk.run("UPDATE subject_key SET kek=NULL WHERE subject=?1 AND kek IS NOT NULL",
                     values().text(subject)));
        count = texts.changed();
        any = count > 0 || key.changed() > 0;
        return {};
    };
    VECHE_CHECK(in_->together(work));
    // Every node hears of it, and each start goes through all of them again: on a server the one
    // that found something cleans up.
    if (any || !in_->shared()) VECHE_CHECK(in_->forget_traces({"sealed", "subject_key"}));
    return static_cast<std::uint64_t>(count);
}

result<void> sealed_store::copy(row_base& from, row_base& to) {
    return to.together([&](row_desk& desk) -> result<void> {
        VECHE_CHECK(copy_keys(from, desk));
        return copy_texts(from, desk);
    });
}

}  // namespace veche::store
