#include "store/postgres/postgres_rows.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "kernel/check.hpp"
#include "store/form.hpp"
#include "store/refusal.hpp"

namespace veche::store {
namespace {

constexpr std::size_t most_connections = 3;
constexpr int most_attempts = 12;

result<found_rows> run_on(session& s, std::string_view sql, const values& with) {
    parameters given;
    for (const values::one& value : with.list()) {
        if (value.kind == value_kind::nothing) given.add_nothing();
        if (value.kind == value_kind::integer) given.add(value.number);
        if (value.kind == value_kind::text) given.add_text(value.bytes);
        if (value.kind == value_kind::bytes) given.add_blob(value.bytes);
    }
    const rows got = VECHE_TRY(s.run(as_postgres(sql), given));
    found_rows out(static_cast<std::size_t>(got.columns()));
    for (int row = 0; row < got.count(); ++row)
        for (int column = 0; column < got.columns(); ++column) {
            if (got.is_missing(row, column))
                out.put({});
            else if (got.is_integer(column))
                out.put({value_kind::integer, got.integer(row, column), {}});
            else
                out.put({value_kind::bytes, 0, std::string(got.bytes(row, column))});
        }
    out.set_changed(got.changed());
    return out;
}

class on_session final : public row_desk {
  public:
    explicit on_session(session& s) : s_(s) {}
    result<found_rows> run(std::string_view sql, const values& with) override {
        auto done = run_on(s_, sql, with);
        if (!done) failed_ = done.error();
        return done;
    }
    /// Why a statement failed, whatever the work made of it.
    [[nodiscard]] const std::optional<refusal>& failed() const { return failed_; }

  private:
    session& s_;
    std::optional<refusal> failed_;
};

bool is_reading(std::string_view sql) {
    return sql.starts_with("SELECT");
}

/// That the schema, into which the session looks, is there and of the form that is known.
result<void> check_part(session& s, const std::string& schema) {
    const bool there = VECHE_TRY(postgres_rows::exists(s, schema));
    if (!there) return refuse(refusals::parts_missing, {}, s.place());
    const rows form = VECHE_TRY(s.run("SELECT number FROM form WHERE id=1"));
    const std::int64_t number = form.count() == 1 ? form.integer(0, 0) : 0;
    if (number == schema_form) return {};
    return refuse(refusals::schema_unknown, {}, s.place(), std::to_string(number),
                  std::to_string(schema_form));
}

}  // namespace

/// A connection for as long as it is needed.
class postgres_rows::lent {
  public:
    lent(postgres_rows& of, std::unique_ptr<session> s) : of_(of), session_(std::move(s)) {}
    ~lent() { of_.give_back(std::move(session_)); }
    lent(const lent&) = delete;
    lent& operator=(const lent&) = delete;
    session& operator*() { return *session_; }

  private:
    postgres_rows& of_;
    std::unique_ptr<session> session_;
};

result<std::string> postgres_rows::schema_of(session& s, std::string_view part) {
    const rows here = VECHE_TRY(s.run("SELECT current_schema()::text"));
    std::string name(here.count() == 1 ? here.bytes(0, 0) : std::string_view("public"));
    if (name.empty() || name == "public") name = "veche";
    return name + "_" + std::string(part);
}

result<bool> postgres_rows::exists(session& s, const std::string& schema) {
    const rows there =
        VECHE_TRY(s.run("SELECT count(*) FROM information_schema.tables WHERE table_schema=$1 AND "
                        "table_name='form'",
                        parameters().add_text(schema)));
    return there.integer(0, 0) == 1;
}

result<void> postgres_rows::create(const std::string& url, const std::string& schema) {
    session s = VECHE_TRY(session::open(url));
    const bool there = VECHE_TRY(exists(s, schema));
    if (there) return {};
    return s.execute(("BEGIN; CREATE SCHEMA IF NOT EXISTS \"" + schema + "\"; CREATE TABLE \"" +
                      schema + "\".form(id int8 PRIMARY KEY CHECK(id=1), number int8 NOT NULL); " +
                      "INSERT INTO \"" + schema + "\".form VALUES(1," +
                      std::to_string(schema_form) + "); COMMIT")
                         .c_str());
}

result<std::unique_ptr<postgres_rows>> postgres_rows::open(const std::string& url,
                                                           const std::string& schema) {
    std::unique_ptr<postgres_rows> made(new postgres_rows(url, schema));
    auto taken = VECHE_TRY(made->take());
    lent s(*made, std::move(taken));
    VECHE_CHECK(check_part(*s, schema));
    return made;
}

result<std::unique_ptr<session>> postgres_rows::connect() const {
    session made = VECHE_TRY(session::open(url_));
    auto s = std::make_unique<session>(std::move(made));
    VECHE_CHECK(s->look_into(schema_));
    return s;
}

result<std::unique_ptr<session>> postgres_rows::take() {
    {
        std::unique_lock lock(mutex_);
        freed_.wait(lock, [this] { return !idle_.empty() || out_ < most_connections; });
        ++out_;
        if (!idle_.empty()) {
            auto s = std::move(idle_.back());
            idle_.pop_back();
            return s;
        }
    }
    auto made = connect();
    if (!made) give_back(nullptr);
    return made;
}

void postgres_rows::give_back(std::unique_ptr<session> s) {
    {
        const std::lock_guard lock(mutex_);
        --out_;
        if (s && !s->lost())
            idle_.push_back(std::move(s));
        else if (s)
            idle_.clear();  // the others were lost with it
    }
    freed_.notify_one();
}

result<found_rows> postgres_rows::run(std::string_view sql, const values& with) {
    for (int attempt = 1;; ++attempt) {
        auto taken = VECHE_TRY(take());
        lent s(*this, std::move(taken));
        auto done = run_on(*s, sql, with);
        if (done || attempt == most_attempts) return done;
        // What was asked can be asked again; whether a change was made nobody knows.
        const bool lost = (*s).lost() && is_reading(sql) && attempt == 1;
        if (!lost && done.error().kind != &refusals::contended) return done;
    }
}

result<void> postgres_rows::attempt(session& s, const work& what) {
    VECHE_CHECK(s.execute("BEGIN ISOLATION LEVEL SERIALIZABLE"));
    on_session desk(s);
    result<void> done;
    try {
        done = what(desk);
    } catch (...) {
        (void)s.execute("ROLLBACK");
        throw;
    }
    if (done && desk.failed()) done = tl::unexpected(*desk.failed());
    if (done) done = s.execute("COMMIT");
    if (!done && !s.lost()) (void)s.execute("ROLLBACK");
    if (!done && desk.failed() && desk.failed()->kind == &refusals::contended)
        return tl::unexpected(*desk.failed());
    return done;
}

result<void> postgres_rows::together(const work& what) {
    for (int attempts = 1;; ++attempts) {
        {
            auto taken = VECHE_TRY(take());
            lent s(*this, std::move(taken));
            auto done = attempt(*s, what);
            if (done || done.error().kind != &refusals::contended || attempts == most_attempts)
                return done;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(attempts * attempts));
    }
}

result<void> postgres_rows::make(std::string_view schema) {
    auto taken = VECHE_TRY(take());
    lent s(*this, std::move(taken));
    return (*s).execute(("BEGIN;" + schema_as_postgres(schema) + "COMMIT;").c_str());
}

result<void> postgres_rows::forget_traces(const std::vector<std::string>& tables) {
    auto taken = VECHE_TRY(take());
    lent s(*this, std::move(taken));
    // The server writes the rows that are left into new files and removes the old ones. Its
    // write-ahead log and whatever was copied from it are beyond its reach.
    for (const std::string& table : tables)
        VECHE_CHECK((*s).execute(("VACUUM FULL \"" + table + "\"").c_str()));
    return {};
}

result<std::unique_ptr<postgres_moment>> postgres_moment::open(const std::string& url,
                                                               const std::string& schema) {
    session s = VECHE_TRY(session::open(url));
    VECHE_CHECK(s.look_into(schema));
    VECHE_CHECK(s.begin_reading());
    VECHE_CHECK(check_part(s, schema));
    return std::unique_ptr<postgres_moment>(new postgres_moment(std::move(s)));
}

result<found_rows> postgres_moment::run(std::string_view sql, const values& with) {
    const std::lock_guard lock(mutex_);
    return run_on(session_, sql, with);
}

/// The server refuses: a moment that has passed is only looked at.
result<void> postgres_moment::make(std::string_view schema) {
    const std::lock_guard lock(mutex_);
    return session_.execute(schema_as_postgres(schema).c_str());
}

}  // namespace veche::store
