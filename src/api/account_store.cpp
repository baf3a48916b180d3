#include "api/account_store.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>

#include <sqlite3.h>
#include <sys/stat.h>

#include "api/refusal.hpp"
#include "kernel/hash.hpp"

namespace veche::api {
namespace {

constexpr std::string_view schema =
    "CREATE TABLE IF NOT EXISTS account(login TEXT PRIMARY KEY, person TEXT NOT NULL,"
    " hash TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS session(token BLOB PRIMARY KEY CHECK(length(token)=32),"
    " login TEXT NOT NULL REFERENCES account(login), opened_ms INTEGER NOT NULL,"
    " seen_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS passkey(key BLOB PRIMARY KEY CHECK(length(key)=32),"
    " uses INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS session_login ON session(login);";

/// Being found is written down at most this often, so that reading pages does not wait for the
/// disk.
constexpr std::int64_t renew_after_ms = 5 * 60 * 1000;
/// And then together with all others who were found since: in the last hour of a call everybody
/// comes back after a while, and each would wait for the disk.
constexpr std::int64_t write_after_ms = 1000;
/// Sessions that are over are refused at once and swept away at most this often.
constexpr std::int64_t sweep_after_ms = 60 * 1000;

struct closer {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};

[[noreturn]] void fail(sqlite3* db, const char* what) {
    throw std::runtime_error(std::string("The file of accounts failed (") + what +
                             "): " + (db != nullptr ? sqlite3_errmsg(db) : "out of memory") + ".");
}

/// One prepared statement.
class statement {
  public:
    statement(sqlite3* db, const char* sql) : db_(db) {
        if (sqlite3_prepare_v2(db, sql, -1, &handle_, nullptr) != SQLITE_OK) fail(db, sql);
    }
    ~statement() { sqlite3_finalize(handle_); }
    statement(const statement&) = delete;
    statement& operator=(const statement&) = delete;

    statement& text(std::string_view value) {
        sqlite3_bind_text(handle_, ++bound_, value.data(), static_cast<int>(value.size()),
                          SQLITE_TRANSIENT);
        return *this;
    }
    statement& blob(std::string_view value) {
        sqlite3_bind_blob(handle_, ++bound_, value.data(), static_cast<int>(value.size()),
                          SQLITE_TRANSIENT);
        return *this;
    }
    statement& integer(std::int64_t value) {
        sqlite3_bind_int64(handle_, ++bound_, value);
        return *this;
    }
    /// Whether there is a (further) row.
    bool step() {
        const int code = sqlite3_step(handle_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) fail(db_, "step");
        return false;
    }
    /// Runs to the end; the number of rows changed.
    int run() {
        while (step()) {
        }
        return sqlite3_changes(db_);
    }
    /// Ready for other values; lets go of the file until then.
    void again() {
        sqlite3_reset(handle_);
        bound_ = 0;
    }
    [[nodiscard]] std::string text_at(int column) const {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
        return bytes != nullptr ? std::string(bytes) : std::string{};
    }
    [[nodiscard]] std::int64_t integer_at(int column) const {
        return sqlite3_column_int64(handle_, column);
    }

  private:
    sqlite3* db_;
    sqlite3_stmt* handle_ = nullptr;
    int bound_ = 0;
};

/// Only this hash of a token is kept: who reads the file cannot log in with it.
hash256 token_hash(std::string_view token) {
    return sha256({"veche/session/v1", std::string_view("\0", 1), token});
}

/// Derived from the token, so that it needs no keeping and tells nothing about it.
std::string csrf_of(std::string_view token) {
    return to_hex(sha256({"veche/csrf/v1", std::string_view("\0", 1), token})).substr(0, 32);
}

}  // namespace

struct account_store::impl {
    explicit impl(password_cost cost) : hasher(cost) {}

    statement prepare(const char* sql) { return {db.get(), sql}; }
    std::string hash_of(const std::string& login) {
        const std::lock_guard lock(mutex);
        auto find = prepare("SELECT hash FROM account WHERE login=? AND disabled=0");
        find.text(login);
        return find.step() ? find.text_at(0) : std::string{};
    }
    /// Writes down who was found lately.
    void write_seen() {
        if (seen.empty()) return;
        prepare("BEGIN IMMEDIATE").run();
        try {
            auto renew = prepare("UPDATE session SET seen_ms=?1 WHERE token=?2 AND seen_ms<?1");
            for (const auto& [token, at_ms] : seen) {
                renew.integer(at_ms).blob(as_bytes(token)).run();
                renew.again();
            }
            prepare("COMMIT").run();
        } catch (const std::runtime_error&) {
            sqlite3_exec(db.get(), "ROLLBACK", nullptr, nullptr, nullptr);
            throw;
        }
        seen.clear();
    }
    void sweep(std::int64_t now_ms) {
        if (now_ms - swept_ms < sweep_after_ms) return;
        swept_ms = now_ms;
        write_seen();
        prepare("DELETE FROM session WHERE seen_ms<? OR opened_ms<?")
            .integer(now_ms - session_idle_ms)
            .integer(now_ms - session_most_ms)
            .run();
    }
    void end_sessions(const std::string& login) {
        prepare("DELETE FROM session WHERE login=?").text(login).run();
    }

    mutable std::mutex mutex;  // the connection is used by one thread at a time
    std::unique_ptr<sqlite3, closer> db;
    std::optional<statement> by_token;
    std::map<hash256, std::int64_t> seen;  ///< sessions found that the file does not tell of yet
    std::int64_t seen_since_ms = 0;
    std::int64_t swept_ms = 0;
    password_hasher hasher;
};

account_store::account_store(const std::filesystem::path& file, password_cost cost)
    : impl_(std::make_unique<impl>(cost)) {
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &opened,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    impl_->db.reset(opened);
    if (code != SQLITE_OK) fail(opened, "open");
    ::chmod(file.c_str(), S_IRUSR | S_IWUSR);
    sqlite3_busy_timeout(opened, 5000);
    // A rollback journal rather than WAL: two programs may write here, and SQLite before 3.51.3 can
    // damage a WAL that two connections checkpoint.
    for (const char* sql : {"PRAGMA journal_mode=DELETE", "PRAGMA synchronous=FULL",
                            "PRAGMA foreign_keys=ON", "PRAGMA trusted_schema=OFF"})
        impl_->prepare(sql).run();
    if (sqlite3_exec(opened, std::string(schema).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(opened, "schema");
}

account_store::~account_store() {
    try {
        impl_->write_seen();
    } catch (const std::runtime_error&) {
        // Those sessions end a little earlier.
    }
}

result<void> account_store::add(const std::string& login, const person_id& person,
                                std::string_view password) {
    if (!is_login_name(login)) return refuse(refusals::login_name_improper, "login");
    const std::string hash = VECHE_TRY(impl_->hasher.hash(password));
    const std::lock_guard lock(impl_->mutex);
    auto insert = impl_->prepare(
        "INSERT INTO account(login,person,hash) VALUES(?,?,?) ON CONFLICT DO NOTHING");
    if (insert.text(login).text(person.value).text(hash).run() == 0)
        return refuse(refusals::account_exists, "login", login);
    return {};
}

result<void> account_store::reset(const std::string& login, std::string_view password) {
    const std::string hash = VECHE_TRY(impl_->hasher.hash(password));
    const std::lock_guard lock(impl_->mutex);
    auto update = impl_->prepare("UPDATE account SET hash=? WHERE login=?");
    if (update.text(hash).text(login).run() == 0)
        return refuse(refusals::account_unknown, "login", login);
    impl_->end_sessions(login);
    return {};
}

result<void> account_store::set_disabled(const std::string& login, bool disabled) {
    const std::lock_guard lock(impl_->mutex);
    auto update = impl_->prepare("UPDATE account SET disabled=? WHERE login=?");
    if (update.integer(disabled ? 1 : 0).text(login).run() == 0)
        return refuse(refusals::account_unknown, "login", login);
    if (disabled) impl_->end_sessions(login);
    return {};
}

std::vector<account> account_store::list() const {
    const std::lock_guard lock(impl_->mutex);
    std::vector<account> out;
    auto all = impl_->prepare("SELECT login,person,disabled FROM account ORDER BY login");
    while (all.step()) out.push_back({all.text_at(0), {all.text_at(1)}, all.integer_at(2) != 0});
    return out;
}

result<person_id> account_store::verify(const std::string& login, std::string_view password) {
    const std::string hash = is_login_name(login) ? impl_->hash_of(login) : std::string{};
    if (!VECHE_TRY(impl_->hasher.verify(hash, password)))
        return refuse(refusals::login_wrong, "password");
    // The cost may have been raised since; the password is at hand only now. A queue that is full
    // just leaves it for the next time.
    std::string renewed = hash;
    if (impl_->hasher.is_outdated(hash))
        if (auto made = impl_->hasher.hash(password)) renewed = std::move(*made);
    const std::lock_guard lock(impl_->mutex);
    auto update = impl_->prepare(
        "UPDATE account SET hash=? WHERE login=? AND hash=? AND disabled=0 RETURNING person");
    // No row: the account was disabled or reset while the hash was being computed.
    if (!update.text(renewed).text(login).text(hash).step())
        return refuse(refusals::login_wrong, "password");
    person_id person{update.text_at(0)};
    update.run();
    return person;
}

std::int64_t account_store::hashes_computed() const {
    return impl_->hasher.computed();
}

std::optional<std::string> account_store::login_of(const person_id& person) const {
    const std::lock_guard lock(impl_->mutex);
    auto find = impl_->prepare(
        "SELECT login FROM account WHERE person=? AND disabled=0 ORDER BY login LIMIT 1");
    find.text(person.value);
    return find.step() ? std::optional(find.text_at(0)) : std::nullopt;
}

bool account_store::count_use(std::string_view public_key, std::uint32_t uses) {
    const hash256 key = sha256(public_key);
    const std::lock_guard lock(impl_->mutex);
    if (uses == 0) {
        auto find = impl_->prepare("SELECT 1 FROM passkey WHERE key=? AND uses>0");
        return !find.blob(as_bytes(key)).step();
    }
    auto note = impl_->prepare(
        "INSERT INTO passkey(key,uses) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET"
        " uses=excluded.uses WHERE excluded.uses>passkey.uses");
    return note.blob(as_bytes(key)).integer(uses).run() == 1;
}

std::string account_store::open_session(const std::string& login, std::int64_t now_ms) {
    constexpr std::size_t token_bytes = 32;
    std::string token = to_hex(random_bytes(token_bytes));
    const hash256 hash = token_hash(token);
    const std::lock_guard lock(impl_->mutex);
    impl_->sweep(now_ms);
    impl_->prepare("INSERT INTO session(token,login,opened_ms,seen_ms) VALUES(?,?,?,?)")
        .blob(as_bytes(hash))
        .text(login)
        .integer(now_ms)
        .integer(now_ms)
        .run();
    return token;
}

std::optional<login_session> account_store::find_session(std::string_view token,
                                                         std::int64_t now_ms) {
    constexpr std::size_t token_size = 64;
    if (token.size() != token_size) return std::nullopt;
    const hash256 hash = token_hash(token);
    const std::lock_guard lock(impl_->mutex);
    impl& in = *impl_;
    if (!in.by_token)
        in.by_token.emplace(in.db.get(),
                            "SELECT s.login,a.person,s.seen_ms FROM session s JOIN account a"
                            " USING(login) WHERE s.token=? AND s.opened_ms>=? AND a.disabled=0");
    statement& find = *in.by_token;
    find.again();
    std::optional<login_session> found;
    std::int64_t seen_ms = 0;
    if (find.blob(as_bytes(hash)).integer(now_ms - session_most_ms).step()) {
        found = {find.text_at(0), {find.text_at(1)}, csrf_of(token)};
        seen_ms = find.integer_at(2);
    }
    find.again();
    if (const auto lately = in.seen.find(hash); lately != in.seen.end())
        seen_ms = std::max(seen_ms, lately->second);
    if (!found || seen_ms < now_ms - session_idle_ms) return std::nullopt;
    if (now_ms - seen_ms > renew_after_ms) {
        if (in.seen.empty()) in.seen_since_ms = now_ms;
        in.seen[hash] = now_ms;
    }
    if (now_ms - in.seen_since_ms > write_after_ms) in.write_seen();
    return found;
}

void account_store::close_session(std::string_view token) {
    const hash256 hash = token_hash(token);
    const std::lock_guard lock(impl_->mutex);
    impl_->prepare("DELETE FROM session WHERE token=?").blob(as_bytes(hash)).run();
}

bool is_login_name(std::string_view text) {
    constexpr std::size_t longest = 64;
    return !text.empty() && text.size() <= longest &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") ==
               std::string_view::npos;
}

}  // namespace veche::api
