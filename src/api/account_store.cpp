#include "api/account_store.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "api/refusal.hpp"
#include "kernel/hash.hpp"
#include "store/sqlite/sqlite_rows.hpp"

namespace veche::api {

using store::found_rows;
using store::row_desk;
using store::values;

namespace {

constexpr std::string_view schema = R"(
CREATE TABLE IF NOT EXISTS account(login TEXT PRIMARY KEY, person TEXT NOT NULL,
  hash TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session(token BLOB PRIMARY KEY CHECK(length(token)=32),
  login TEXT NOT NULL REFERENCES account(login), opened_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passkey(key BLOB PRIMARY KEY CHECK(length(key)=32),
  uses INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS secret(name TEXT PRIMARY KEY, value BLOB NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS nonce(hash BLOB PRIMARY KEY, end_ms INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_login ON session(login);
)";

/// The number of the form that these tables have. Files of the first releases say 0.
constexpr std::int64_t accounts_form = 1;

/// Being found is written down at most this often, so that reading pages does not wait for the
/// disk.
constexpr std::int64_t renew_after_ms = 5 * 60 * 1000;
/// And then together with all others who were found since: in the last hour of a call everybody
/// comes back after a while, and each would wait for the disk.
constexpr std::int64_t write_after_ms = 1000;
/// Sessions that are over are refused at once and swept away at most this often.
constexpr std::int64_t sweep_after_ms = 60 * 1000;

template <class T>
T must(result<T> done) {
    if (!done) throw accounts_failed(std::move(done).error());
    return *std::move(done);
}
void must(result<void> done) {
    if (!done) throw accounts_failed(std::move(done).error());
}

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
    impl(std::shared_ptr<store::row_base> rows, password_cost cost)
        : in(std::move(rows)), hasher(cost) {}

    std::string hash_of(const std::string& login) const {
        const auto found = must(in->run("SELECT hash FROM account WHERE login=?1 AND disabled=0",
                                        values().text(login)));
        return found.empty() ? std::string{} : found.text(0, 0);
    }
    /// Writes down who was found lately.
    void write_seen() {
        if (seen.empty()) return;
        must(in->together([&](row_desk& desk) -> result<void> {
            for (const auto& [token, at_ms] : seen)
                VECHE_CHECK(desk.run("UPDATE session SET seen_ms=?1 WHERE token=?2 AND seen_ms<?1",
                                     values().add(at_ms).bytes(as_bytes(token))));
            return {};
        }));
        seen.clear();
    }
    void sweep(std::int64_t now_ms) {
        if (now_ms - swept_ms < sweep_after_ms) return;
        swept_ms = now_ms;
        write_seen();
        must(in->run("DELETE FROM session WHERE seen_ms<?1 OR opened_ms<?2",
                     values().add(now_ms - session_idle_ms).add(now_ms - session_most_ms)));
    }
    static result<void> end_sessions(row_desk& desk, const std::string& login) {
        VECHE_CHECK(desk.run("DELETE FROM session WHERE login=?1", values().text(login)));
        return {};
    }

    std::shared_ptr<store::row_base> in;
    std::mutex mutex;                      // of what follows
    std::map<hash256, std::int64_t> seen;  ///< sessions found that the rows do not tell of yet
    std::int64_t seen_since_ms = 0;
    std::int64_t swept_ms = 0;
    password_hasher hasher;
};

account_store::account_store(const std::filesystem::path& file, password_cost cost)
    : account_store(must(store::sqlite_rows::open(file, store::row_file::beside)), cost) {
    must(prepare(*impl_->in));
}

account_store::account_store(std::shared_ptr<store::row_base> in, password_cost cost)
    : impl_(std::make_unique<impl>(std::move(in), cost)) {}

account_store::~account_store() {
    try {
        impl_->write_seen();
    } catch (const accounts_failed&) {
        // Those sessions end a little earlier.
    }
}

result<void> account_store::prepare(store::row_base& in) {
    VECHE_CHECK(in.take_form(accounts_form));
    return in.make(schema);
}

result<void> account_store::add(const std::string& login, const person_id& person,
                                std::string_view password) {
    if (!is_login_name(login)) return refuse(refusals::login_name_improper, "login");
    const std::string hash = VECHE_TRY(impl_->hasher.hash(password));
    const auto done = VECHE_TRY(impl_->in->run(
        "INSERT INTO account(login,person,hash) VALUES(?1,?2,?3) ON CONFLICT DO NOTHING",
        values().text(login).text(person.value).text(hash)));
    if (done.changed() == 0) return refuse(refusals::account_exists, "login", login);
    return {};
}

result<void> account_store::reset(const std::string& login, std::string_view password) {
    const std::string hash = VECHE_TRY(impl_->hasher.hash(password));
    return impl_->in->together([&](row_desk& desk) -> result<void> {
        const auto done = VECHE_TRY(
            desk.run("UPDATE account SET hash=?1 WHERE login=?2", values().text(hash).text(login)));
        if (done.changed() == 0) return refuse(refusals::account_unknown, "login", login);
        return impl::end_sessions(desk, login);
    });
}

result<void> account_store::set_disabled(const std::string& login, bool disabled) {
    return impl_->in->together([&](row_desk& desk) -> result<void> {
        const auto done = VECHE_TRY(desk.run("UPDATE account SET disabled=?1 WHERE login=?2",
                                             values().add(std::int64_t{disabled}).text(login)));
        if (done.changed() == 0) return refuse(refusals::account_unknown, "login", login);
        return disabled ? impl::end_sessions(desk, login) : result<void>{};
    });
}

std::size_t account_store::open_sessions(std::int64_t now_ms) const {
    const auto count =
        impl_->in->run("SELECT count(*) FROM session WHERE seen_ms>=?1 AND opened_ms>=?2",
                       values().add(now_ms - session_idle_ms).add(now_ms - session_most_ms));
    return count ? static_cast<std::size_t>(count->integer(0, 0)) : 0;
}

std::vector<account> account_store::list() const {
    const auto all =
        must(impl_->in->run("SELECT login,person,disabled FROM account ORDER BY login"));
    std::vector<account> out;
    for (std::size_t i = 0; i < all.count(); ++i)
        out.push_back({all.text(i, 0), {all.text(i, 1)}, all.integer(i, 2) != 0});
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
    const auto found = VECHE_TRY(impl_->in->run(
        "UPDATE account SET hash=?1 WHERE login=?2 AND hash=?3 AND disabled=0 RETURNING person",
        values().text(renewed).text(login).text(hash)));
    // No row: the account was disabled or reset while the hash was being computed.
    if (found.empty()) return refuse(refusals::login_wrong, "password");
    return person_id{found.text(0, 0)};
}

std::int64_t account_store::hashes_computed() const {
    return impl_->hasher.computed();
}

std::optional<std::string> account_store::login_of(const person_id& person) const {
    const auto found = must(impl_->in->run(
        "SELECT login FROM account WHERE person=?1 AND disabled=0 ORDER BY login LIMIT 1",
        values().text(person.value)));
    return found.empty() ? std::nullopt : std::optional(found.text(0, 0));
}

bool account_store::count_use(std::string_view public_key, std::uint32_t uses) {
    const hash256 key = sha256(public_key);
    if (uses == 0)
        return must(impl_->in->run("SELECT 1 FROM passkey WHERE key=?1 AND uses>0",
                                   values().bytes(as_bytes(key))))
            .empty();
    const auto noted = must(
        impl_->in->run("INSERT INTO passkey(key,uses) VALUES(?1,?2) ON CONFLICT(key) DO UPDATE SET"
                       " uses=excluded.uses WHERE excluded.uses>passkey.uses",
                       values().bytes(as_bytes(key)).add(std::int64_t{uses})));
    return noted.changed() == 1;
}

std::string account_store::open_session(const std::string& login, std::int64_t now_ms) {
    constexpr std::size_t token_bytes = 32;
    std::string token = to_hex(random_bytes(token_bytes));
    const hash256 hash = token_hash(token);
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->sweep(now_ms);
    }
    must(impl_->in->run("INSERT INTO session(token,login,opened_ms,seen_ms) VALUES(?1,?2,?3,?3)",
                        values().bytes(as_bytes(hash)).text(login).add(now_ms)));
    return token;
}

std::optional<login_session> account_store::find_session(std::string_view token,
                                                         std::int64_t now_ms) {
    constexpr std::size_t token_size = 64;
    if (token.size() != token_size) return std::nullopt;
    const hash256 hash = token_hash(token);
    impl& in = *impl_;
    const auto found =
        must(in.in->run("SELECT s.login,a.person,s.seen_ms FROM session s JOIN account a"
                        " USING(login) WHERE s.token=?1 AND s.opened_ms>=?2 AND a.disabled=0",
                        values().bytes(as_bytes(hash)).add(now_ms - session_most_ms)));
    if (found.empty()) return std::nullopt;
    std::int64_t seen_ms = found.integer(0, 2);
    const std::lock_guard lock(in.mutex);
    if (const auto lately = in.seen.find(hash); lately != in.seen.end())
        seen_ms = std::max(seen_ms, lately->second);
    if (seen_ms < now_ms - session_idle_ms) return std::nullopt;
    if (now_ms - seen_ms > renew_after_ms) {
        if (in.seen.empty()) in.seen_since_ms = now_ms;
        in.seen[hash] = now_ms;
    }
    if (now_ms - in.seen_since_ms > write_after_ms) in.write_seen();
    return login_session{found.text(0, 0), {found.text(0, 1)}, csrf_of(token)};
}

void account_store::close_session(std::string_view token) {
    const hash256 hash = token_hash(token);
    must(impl_->in->run("DELETE FROM session WHERE token=?1", values().bytes(as_bytes(hash))));
}

std::string account_store::login_secret() {
    constexpr std::size_t secret_bytes = 32;
    // Of several programs that make one the first has it.
    must(impl_->in->run("INSERT INTO secret(name,value) VALUES('login',?1) ON CONFLICT DO NOTHING",
                        values().bytes(random_bytes(secret_bytes))));
    return must(impl_->in->run("SELECT value FROM secret WHERE name='login'")).text(0, 0);
}

bool account_store::use_nonce(std::string_view nonce, std::int64_t end_ms, std::int64_t now_ms,
                              std::size_t most) {
    const hash256 hash = sha256(nonce);
    std::int64_t noted = 0;
    must(impl_->in->together([&](row_desk& desk) -> result<void> {
        VECHE_CHECK(desk.run("DELETE FROM nonce WHERE end_ms<=?1", values().add(now_ms)));
        const auto done = VECHE_TRY(
            desk.run("INSERT INTO nonce(hash,end_ms) SELECT ?1,?2 WHERE"
                     " (SELECT COUNT(*) FROM nonce)<?3 ON CONFLICT DO NOTHING",
                     values().bytes(as_bytes(hash)).add(end_ms).add(std::uint64_t{most})));
        noted = done.changed();
        return {};
    }));
    return noted == 1;
}

bool account_store::is_nonce_used(std::string_view nonce) {
    const hash256 hash = sha256(nonce);
    return !must(
                impl_->in->run("SELECT 1 FROM nonce WHERE hash=?1", values().bytes(as_bytes(hash))))
                .empty();
}

result<void> account_store::copy(store::row_base& from, store::row_base& to) {
    const auto accounts =
        VECHE_TRY(from.run("SELECT login,person,hash,disabled FROM account ORDER BY login"));
    const auto sessions = VECHE_TRY(from.run("SELECT token,login,opened_ms,seen_ms FROM session"));
    const auto passkeys = VECHE_TRY(from.run("SELECT key,uses FROM passkey"));
    return to.together([&](row_desk& desk) -> result<void> {
        for (std::size_t i = 0; i < accounts.count(); ++i)
            VECHE_CHECK(
                desk.run("INSERT INTO account(login,person,hash,disabled) VALUES(?1,?2,?3,?4)",
                         values()
                             .text(accounts.text(i, 0))
                             .text(accounts.text(i, 1))
                             .text(accounts.text(i, 2))
                             .add(accounts.integer(i, 3))));
        for (std::size_t i = 0; i < sessions.count(); ++i)
            VECHE_CHECK(
                desk.run("INSERT INTO session(token,login,opened_ms,seen_ms) VALUES(?1,?2,?3,?4)",
                         values()
                             .bytes(sessions.text(i, 0))
                             .text(sessions.text(i, 1))
                             .add(sessions.integer(i, 2))
                             .add(sessions.integer(i, 3))));
        for (std::size_t i = 0; i < passkeys.count(); ++i)
            VECHE_CHECK(desk.run("INSERT INTO passkey(key,uses) VALUES(?1,?2)",
                                 values().bytes(passkeys.text(i, 0)).add(passkeys.integer(i, 1))));
        return {};
    });
}

bool is_login_name(std::string_view text) {
    constexpr std::size_t longest = 64;
    return !text.empty() && text.size() <= longest &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") ==
               std::string_view::npos;
}

}  // namespace veche::api
