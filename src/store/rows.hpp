#pragma once
// Rows beside the journal (accounts, followers, sealed texts, papers), in a SQLite file or in a
// schema on a PostgreSQL server. Their SQL is written once, in words that both take: ?1, ?2 for
// values, ON CONFLICT, whole numbers of 64 bits, texts compared byte by byte. A schema is written
// as SQLite has it; what PostgreSQL calls otherwise is put in its place.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.hpp"

namespace veche::store {

enum class value_kind : std::uint8_t { nothing, integer, text, bytes };

/// What a statement is given, ?1 first.
class values {
  public:
    struct one {
        value_kind kind = value_kind::nothing;
        std::int64_t number = 0;
        std::string bytes;
    };
    values& add(std::int64_t value) {
        list_.push_back({value_kind::integer, value, {}});
        return *this;
    }
    values& add(std::uint64_t value) { return add(static_cast<std::int64_t>(value)); }
    values& text(std::string_view value) {
        list_.push_back({value_kind::text, 0, std::string(value)});
        return *this;
    }
    values& bytes(std::string_view value) {
        list_.push_back({value_kind::bytes, 0, std::string(value)});
        return *this;
    }
    values& nothing() {
        list_.emplace_back();
        return *this;
    }
    [[nodiscard]] const std::vector<one>& list() const { return list_; }

  private:
    std::vector<one> list_;
};

/// What a statement gave: rows, and how many it changed. A missing value reads as 0 and as "".
class found_rows {
  public:
    explicit found_rows(std::size_t columns = 0) : columns_(columns) {}
    void put(values::one value) { list_.push_back(std::move(value)); }
    void set_changed(std::int64_t count) { changed_ = count; }

    [[nodiscard]] std::size_t count() const { return columns_ == 0 ? 0 : list_.size() / columns_; }
    [[nodiscard]] bool empty() const { return list_.empty(); }
    [[nodiscard]] std::int64_t integer(std::size_t row, std::size_t column) const {
        return list_[row * columns_ + column].number;
    }
    [[nodiscard]] const std::string& text(std::size_t row, std::size_t column) const {
        return list_[row * columns_ + column].bytes;
    }
    [[nodiscard]] std::int64_t changed() const { return changed_; }

  private:
    std::size_t columns_;
    std::vector<values::one> list_;
    std::int64_t changed_ = 0;
};

/// Where statements run.
class row_desk {
  public:
    virtual ~row_desk() = default;
    /// Runs one statement to its end. A change is durable on return, within `together` with all
    /// others.
    virtual result<found_rows> run(std::string_view sql, const values& with = {}) = 0;
};

/// Thread-safe.
class row_base : public row_desk {
  public:
    using work = std::function<result<void>(row_desk&)>;
    /// All of it or nothing, as if nobody else worked meanwhile; durable on return. Where another
    /// program was in the way the work is done anew, so it leaves nothing behind but what it
    /// writes here. On a refusal nothing is changed.
    virtual result<void> together(const work&) = 0;
    /// A file says the number of the form of its tables: one of a newer release is refused
    /// (store.schema_unknown), an older one is taken on. A server's parts go by its journal's.
    virtual result<void> take_form(std::int64_t known) = 0;
    /// Makes tables that are not there yet.
    virtual result<void> make(std::string_view schema) = 0;
    /// Whether other nodes use the same rows at the same time.
    [[nodiscard]] virtual bool shared() const = 0;
    /// Server and database, or the file: for people.
    [[nodiscard]] virtual std::string place() const = 0;
    /// Leaves nothing of rows that were overwritten in these tables, as far as the database can.
    virtual result<void> forget_traces(const std::vector<std::string>& tables) = 0;
};

/// The same statement, and the same schema, as PostgreSQL has them.
std::string as_postgres(std::string_view sql);
std::string schema_as_postgres(std::string_view schema);

}  // namespace veche::store
