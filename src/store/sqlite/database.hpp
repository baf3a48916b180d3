#pragma once
// A thin wrapper of SQLite's C interface: a connection, prepared statements, refusals instead of
// codes. All SQL of the project passes through here.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace veche::store {

class database;

/// A prepared statement. Bind from 1; step() says whether there is a row.
class statement {
  public:
    statement(database& in, std::string_view sql);
    statement(statement&&) noexcept = default;
    statement& operator=(statement&&) noexcept = default;

    statement& bind(int at, std::int64_t value);
    statement& bind(int at, std::uint64_t value) {
        return bind(at, static_cast<std::int64_t>(value));
    }
    statement& bind_nothing(int at);
    statement& bind_text(int at, std::string_view value);
    /// The bytes must live until the next reset.
    statement& bind_blob(int at, std::string_view value);

    result<bool> step();
    /// Steps through and resets.
    result<void> run();
    void reset();

    [[nodiscard]] std::size_t columns() const;
    [[nodiscard]] bool is_integer(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] std::string_view text(int column) const { return blob(column); }

  private:
    struct finalize {
        void operator()(sqlite3_stmt* s) const;
    };
    database* in_;
    std::unique_ptr<sqlite3_stmt, finalize> handle_;
};

/// `beside`: as `create`, with a rollback journal, because another program may write too (SQLite
/// before 3.51.3 can damage a write-ahead log that two connections checkpoint).
enum class access : std::uint8_t { read, write, create, beside };

class database {
  public:
    /// Opens with the settings of docs/format/journal.md: WAL, synchronous=FULL, fullfsync,
    /// untrusted schema. Refusals: store.file_missing, store.read_only, store.database_damaged.
    static result<database> open(const std::string& path, access how);
    database(database&&) noexcept = default;
    database& operator=(database&&) noexcept = default;

    result<void> execute(const char* sql);
    /// The refusal that SQLite's last code on this connection means.
    [[nodiscard]] refusal trouble() const;
    /// Rows that the last statement changed.
    [[nodiscard]] int changes() const;
    /// Rows that all statements changed so far.
    [[nodiscard]] std::int64_t total_changes() const;
    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    struct close {
        void operator()(sqlite3* d) const;
    };
    database(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}
    std::string path_;
    std::unique_ptr<sqlite3, close> handle_;
};

}  // namespace veche::store
