#pragma once
// A thin wrapper of libpq: one connection, statements that are prepared once, parameters and
// answers in binary form, refusals instead of codes. What goes to a PostgreSQL server passes
// through here. One thread at a time.

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/result.hpp"

struct pg_conn;
struct pg_result;

namespace veche::store {

/// Parameters of a statement, $1 first.
class parameters {
  public:
    parameters& add(std::int64_t value);
    parameters& add_text(std::string_view value);
    parameters& add(std::uint64_t value) { return add(static_cast<std::int64_t>(value)); }
    /// A text or bytes, as the statement has it.
    parameters& add_bytes(std::string_view value);
    parameters& add_blob(std::string_view value);
    parameters& add_nothing();
    /// For $n::int8[] and $n::bytea[].
    parameters& add_all(std::span<const std::int64_t> values);
    parameters& add_all_bytes(std::span<const std::string_view> values);

    [[nodiscard]] const std::vector<std::string>& values() const { return values_; }
    /// Their types as the server numbers them; 0 where the statement says it.
    [[nodiscard]] const std::vector<unsigned>& types() const { return types_; }
    [[nodiscard]] bool is_nothing(std::size_t at) const { return missing_[at]; }

  private:
    std::string& next(unsigned type) {
        types_.push_back(type);
        missing_.push_back(false);
        return values_.emplace_back();
    }
    std::vector<std::string> values_;
    std::vector<bool> missing_;
    std::vector<unsigned> types_;
};

/// Rows that a statement gave.
class rows {
  public:
    explicit rows(pg_result* given) : given_(given) {}
    [[nodiscard]] int count() const;
    [[nodiscard]] int columns() const;
    [[nodiscard]] bool is_integer(int column) const;
    [[nodiscard]] bool is_missing(int row, int column) const;
    [[nodiscard]] std::int64_t integer(int row, int column) const;
    [[nodiscard]] std::string_view bytes(int row, int column) const;
    /// Rows that it changed.
    [[nodiscard]] int changed() const;

  private:
    struct clear {
        void operator()(pg_result* r) const;
    };
    std::unique_ptr<pg_result, clear> given_;
};

class session {
  public:
    /// Connects. Refuses with store.unreachable where there is no server, and with
    /// store.not_durable where its answers would not mean that a disk has what was written.
    static result<session> open(const std::string& url);

    /// Prepares the statement where it is new here, and runs it.
    result<rows> run(std::string_view sql, const parameters& with = {});
    /// One statement after another, sent together: they cost one way to the server and back. The
    /// first that fails ends them.
    struct call {
        std::string_view sql;
        parameters with;
    };
    result<std::vector<rows>> run_all(const std::vector<call>& all);
    /// Whether the server warned since this was asked before: it does where it stopped waiting for
    /// its standbys and committed all the same.
    bool warned() { return std::exchange(*warned_, false); }
    /// Several statements without parameters.
    result<void> execute(const char* sql);
    /// Shows one moment of all that is there, and changes nothing, until the connection ends.
    /// Nobody waits for it, so it may stand still for minutes.
    result<void> begin_reading();
    /// Names without a schema are looked for in this one.
    result<void> look_into(const std::string& schema);
    /// Connects anew where the connection was lost; an open transaction is gone then.
    result<void> restore();
    [[nodiscard]] bool lost() const;
    /// Server, port and database: what a person is told. Never the password.
    static std::string place_of(const std::string& url);
    [[nodiscard]] const std::string& place() const { return place_; }

  private:
    struct close {
        void operator()(pg_conn* c) const;
    };
    session(std::string place, pg_conn* handle) : place_(std::move(place)), handle_(handle) {}
    result<void> set_up();
    result<std::string> name_of(std::string_view sql, const parameters& with);
    [[nodiscard]] refusal trouble(const pg_result*) const;

    std::string place_;
    std::unique_ptr<bool> warned_ = std::make_unique<bool>(false);  ///< told by libpq
    std::unique_ptr<pg_conn, close> handle_;
    std::map<std::string, std::string, std::less<>> prepared_;  ///< names by their statements
};

}  // namespace veche::store
