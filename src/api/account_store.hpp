#pragma once
// Who may log in, and who is logged in: a small SQLite file beside the journal, or rows that all
// nodes share; never part of the journal.
// An account ties a login name to a person of the journal; what that person may do is the charter's
// business. Of passwords and session tokens only hashes are kept.

#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

#include "api/password.hpp"
#include "kernel/id.hpp"
#include "store/rows.hpp"

namespace veche::api {

struct account {
    std::string login;
    person_id person;
    bool disabled = false;
};

/// A login session as a request finds it.
struct login_session {
    std::string login;
    person_id person;
    std::string csrf;  ///< token that the session's forms carry
};

constexpr std::int64_t session_idle_ms = 8 * 3600 * 1000LL;
constexpr std::int64_t session_most_ms = 7 * 24 * 3600 * 1000LL;

/// The rows of accounts could not be read or written: the request cannot be answered now.
struct accounts_failed : std::runtime_error {
    explicit accounts_failed(refusal because)
        : std::runtime_error("The accounts failed: " + because.sentence()),
          why(std::move(because)) {}
    refusal why;
};

/// Thread-safe, and several programs may use the same rows: `veche account` works beside a running
/// server, and any number of nodes beside each other. What answers no result throws
/// accounts_failed.
class account_store {
  public:
    /// Opens or creates the file.
    account_store(const std::filesystem::path& file, password_cost cost);
    /// Over rows in which `prepare` made the tables.
    account_store(std::shared_ptr<store::row_base> in, password_cost cost);
    static result<void> prepare(store::row_base&);
    /// Copies accounts, sessions and counters.
    static result<void> copy(store::row_base& from, store::row_base& to);
    ~account_store();
    account_store(const account_store&) = delete;
    account_store& operator=(const account_store&) = delete;

    /// Login sessions that are alive.
    [[nodiscard]] std::size_t open_sessions(std::int64_t now_ms) const;
    /// Slow (a password hash), as are reset and verify.
    result<void> add(const std::string& login, const person_id& person, std::string_view password);
    /// A new password; ends the account's sessions.
    result<void> reset(const std::string& login, std::string_view password);
    /// A disabled account cannot log in; its sessions end.
    result<void> set_disabled(const std::string& login, bool disabled);
    [[nodiscard]] std::vector<account> list() const;

    /// The person, if the password is right and the account in use; `login_wrong` otherwise, in the
    /// same time and words whatever was wrong.
    result<person_id> verify(const std::string& login, std::string_view password);
    /// How many hashes of passwords were computed.
    [[nodiscard]] std::int64_t hashes_computed() const;

    /// Login of the person's account in use, the first by name where there are several.
    [[nodiscard]] std::optional<std::string> login_of(const person_id&) const;
    /// Notes the counter of a passkey. False where it has not grown since the last login: somebody
    /// else used a copy of it. Authenticators that do not count say 0 always.
    bool count_use(std::string_view public_key, std::uint32_t uses);

    /// Opens a session; returns its token, 64 hex digits, which is kept nowhere else.
    std::string open_session(const std::string& login, std::int64_t now_ms);
    /// The session of a token, if it is alive; being found keeps it alive.
    std::optional<login_session> find_session(std::string_view token, std::int64_t now_ms);
    void close_session(std::string_view token);

    /// 32 random bytes, made when they are first asked for, the same for all programs that share
    /// the rows.
    std::string login_secret();
    /// Notes that this nonce logged somebody in. False where it had before, or where `most` are
    /// noted that have not ended.
    bool use_nonce(std::string_view nonce, std::int64_t end_ms, std::int64_t now_ms,
                   std::size_t most);
    bool is_nonce_used(std::string_view nonce);

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

/// 1 to 64 characters [a-z0-9._-].
bool is_login_name(std::string_view text);

}  // namespace veche::api
