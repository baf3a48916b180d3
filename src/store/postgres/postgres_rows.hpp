#pragma once
// Rows in a schema of their own on a PostgreSQL server, used by several threads and by several
// nodes. Nothing is taken but rows: no advisory locks, no notifications, no sequences.

#include <condition_variable>
#include <mutex>

#include "store/postgres/session.hpp"
#include "store/rows.hpp"

namespace veche::store {

class postgres_rows final : public row_base {
  public:
    /// Makes the schema where it is missing, owned by the role of the URL.
    static result<void> create(const std::string& url, const std::string& schema);
    /// Refuses with store.parts_missing where there is no such schema, and with
    /// store.schema_unknown where another version of the program made it.
    static result<std::unique_ptr<postgres_rows>> open(const std::string& url,
                                                       const std::string& schema);
    /// Name of the schema for a part of the union whose journal lies where this session looks.
    static result<std::string> schema_of(session&, std::string_view part);
    /// Whether the schema is there.
    static result<bool> exists(session&, const std::string& schema);

    result<found_rows> run(std::string_view sql, const values& with = {}) override;
    result<void> together(const work&) override;
    result<void> take_form(std::int64_t) override { return {}; }
    result<void> make(std::string_view schema) override;
    [[nodiscard]] bool shared() const override { return true; }
    [[nodiscard]] std::string place() const override { return session::place_of(url_); }
    result<void> forget_traces(const std::vector<std::string>& tables) override;

  private:
    class lent;
    postgres_rows(std::string url, std::string schema)
        : url_(std::move(url)), schema_(std::move(schema)) {}
    result<std::unique_ptr<session>> take();
    void give_back(std::unique_ptr<session>);
    result<std::unique_ptr<session>> connect() const;
    static result<void> attempt(session&, const work&);

    const std::string url_, schema_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<session>> idle_;
    std::size_t out_ = 0;  ///< connections at work
};

/// The same rows as of one moment, over a connection of its own that changes nothing.
class postgres_moment final : public row_base {
  public:
    /// Refuses as `postgres_rows::open`.
    static result<std::unique_ptr<postgres_moment>> open(const std::string& url,
                                                         const std::string& schema);

    result<found_rows> run(std::string_view sql, const values& with = {}) override;
    result<void> together(const work& what) override { return what(*this); }
    result<void> take_form(std::int64_t) override { return {}; }
    result<void> make(std::string_view schema) override;
    [[nodiscard]] bool shared() const override { return true; }
    [[nodiscard]] std::string place() const override { return session_.place(); }
    result<void> forget_traces(const std::vector<std::string>&) override { return {}; }

  private:
    explicit postgres_moment(session s) : session_(std::move(s)) {}

    std::mutex mutex_;
    session session_;
};

}  // namespace veche::store
