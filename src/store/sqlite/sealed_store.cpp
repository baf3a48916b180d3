#include "store/sqlite/sealed_store.hpp"

#include "journal/refusal.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/schema.hpp"

namespace veche::store {
namespace {

constexpr const char* sealed_schema = R"(
BEGIN;
CREATE TABLE sealed(commit_ BLOB PRIMARY KEY, subject TEXT NOT NULL, salt BLOB, nonce BLOB,
  ct BLOB, dek BLOB) STRICT;
CREATE INDEX sealed_subject ON sealed(subject);
CREATE TABLE subject_key(subject TEXT PRIMARY KEY, kek BLOB) STRICT;
PRAGMA user_version=1;
COMMIT;
)";

constexpr const char* shredded_columns = "salt=NULL,nonce=NULL,ct=NULL,dek=NULL";

}  // namespace

result<void> sealed_store::create(const std::filesystem::path& file) {
    database d = VECHE_TRY(database::open(file.string(), access::create));
    return d.execute(sealed_schema);
}

result<std::unique_ptr<sealed_store>> sealed_store::open(const std::filesystem::path& file) {
    database d = VECHE_TRY(database::open(file.string(), access::write));
    VECHE_CHECK(check_form(d));
    // Freed pages are overwritten with zeros.
    VECHE_CHECK(d.execute("PRAGMA secure_delete=ON"));
    return std::unique_ptr<sealed_store>(new sealed_store(std::move(d)));
}

result<std::string> sealed_store::subject_key(std::string_view subject) {
    statement find(file_, "SELECT kek FROM subject_key WHERE subject=?1 AND kek IS NOT NULL");
    if (VECHE_TRY(find.bind_text(1, subject).step())) return std::string(find.blob(0));
    std::string key = journal::generate_sealing_key();
    statement keep(file_, "INSERT OR REPLACE INTO subject_key(subject,kek) VALUES(?1,?2)");
    VECHE_CHECK(keep.bind_text(1, subject).bind_blob(2, key).run());
    return key;
}

result<journal::seal> sealed_store::keep(std::string_view text, journal::seal_class kind,
                                         std::string subject) {
    if (text.size() >= journal::max_sealed_bytes)
        return refuse(refusals::content_too_large, {}, std::to_string(journal::max_sealed_bytes));
    const std::lock_guard lock(mutex_);
    const std::string key = VECHE_TRY(subject_key(subject));
    auto [public_part, beside] = journal::make_seal(text, kind, std::move(subject), key);
    statement s(file_, "INSERT INTO sealed VALUES(?1,?2,?3,?4,?5,?6)");
    VECHE_CHECK(s.bind_blob(1, as_bytes(public_part.commit))
                    .bind_text(2, public_part.subject)
                    .bind_blob(3, beside.salt)
                    .bind_blob(4, beside.nonce)
                    .bind_blob(5, beside.ciphertext)
                    .bind_blob(6, beside.wrapped_key)
                    .run());
    return public_part;
}

result<disclosure> sealed_store::disclose(const hash256& commit) const {
    const std::lock_guard lock(mutex_);
    statement s(file_,
                "SELECT salt,nonce,ct,dek,kek FROM sealed LEFT JOIN subject_key USING(subject) "
                "WHERE commit_=?1");
    if (!VECHE_TRY(s.bind_blob(1, as_bytes(commit)).step()))
        return refuse(refusals::content_missing, {}, to_hex(commit));
    const journal::sealed_text beside{std::string(s.blob(0)), std::string(s.blob(1)),
                                      std::string(s.blob(2)), std::string(s.blob(3))};
    if (beside.salt.empty()) return refuse(journal::refusals::seal_shredded);
    std::string text = VECHE_TRY(journal::open_seal(commit, beside, s.blob(4)));
    return disclosure{beside.salt, std::move(text)};
}

result<void> sealed_store::shred(const hash256& commit) {
    const std::lock_guard lock(mutex_);
    statement s(file_, std::string("UPDATE sealed SET ") + shredded_columns + " WHERE commit_=?1");
    VECHE_CHECK(s.bind_blob(1, as_bytes(commit)).run());
    if (file_.changes() != 1) return refuse(refusals::content_missing, {}, to_hex(commit));
    return overwrite();
}

result<std::uint64_t> sealed_store::shred_subject(std::string_view subject) {
    const std::lock_guard lock(mutex_);
    statement texts(file_, std::string("UPDATE sealed SET ") + shredded_columns +
                               " WHERE subject=?1 AND salt IS NOT NULL");
    VECHE_CHECK(texts.bind_text(1, subject).run());
    const int count = file_.changes();
    statement key(file_, "UPDATE subject_key SET kek=NULL WHERE subject=?1");
    VECHE_CHECK(key.bind_text(1, subject).run());
    VECHE_CHECK(overwrite());
    return static_cast<std::uint64_t>(count);
}

/// The old pages still stand in the write-ahead log: move the new ones into the file and empty it.
result<void> sealed_store::overwrite() {
    return file_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace veche::store
