#include "store/sqlite/sqlite_rows.hpp"

#include <sys/stat.h>

#include "store/refusal.hpp"

namespace veche::store {

/// The same connection, for work that holds its lock already.
class sqlite_rows::inside final : public row_desk {
  public:
    explicit inside(sqlite_rows& of) : of_(of) {}
    result<found_rows> run(std::string_view sql, const values& with) override {
        return of_.run_locked(sql, with);
    }

  private:
    sqlite_rows& of_;
};

result<std::unique_ptr<sqlite_rows>> sqlite_rows::open(const std::filesystem::path& file,
                                                       row_file how) {
    const access as = how == row_file::beside ? access::beside : access::create;
    database opened = VECHE_TRY(database::open(file.string(), as));
    ::chmod(file.c_str(), S_IRUSR | S_IWUSR);
    if (how == row_file::secret) VECHE_CHECK(opened.execute("PRAGMA secure_delete=ON"));
    return std::unique_ptr<sqlite_rows>(new sqlite_rows(std::move(opened), how));
}

result<found_rows> sqlite_rows::run(std::string_view sql, const values& with) {
    const std::lock_guard lock(mutex_);
    return run_locked(sql, with);
}

result<found_rows> sqlite_rows::run_locked(std::string_view sql, const values& with) {
    auto known = prepared_.find(sql);
    if (known == prepared_.end())
        known = prepared_.emplace(std::string(sql), statement(file_, sql)).first;
    statement& s = known->second;
    int at = 0;
    for (const values::one& value : with.list()) {
        ++at;
        if (value.kind == value_kind::nothing) s.bind_nothing(at);
        if (value.kind == value_kind::integer) s.bind(at, value.number);
        if (value.kind == value_kind::text) s.bind_text(at, value.bytes);
        if (value.kind == value_kind::bytes) s.bind_blob(at, value.bytes);
    }
    const std::size_t columns = s.columns();
    found_rows out(columns);
    const std::int64_t before = file_.total_changes();
    for (;;) {
        const auto more = s.step();
        if (!more) {
            const refusal why = more.error();
            prepared_.erase(known);
            return tl::unexpected(why);
        }
        if (!*more) break;
        for (std::size_t i = 0; i < columns; ++i) {
            const int column = static_cast<int>(i);
            if (s.is_integer(column))
                out.put({value_kind::integer, s.integer(column), {}});
            else
                out.put({value_kind::bytes, 0, std::string(s.blob(column))});
        }
    }
    s.reset();
    out.set_changed(file_.total_changes() - before);
    return out;
}

result<void> sqlite_rows::together(const work& what) {
    const std::lock_guard lock(mutex_);
    VECHE_CHECK(file_.execute("BEGIN IMMEDIATE"));
    inside desk(*this);
    result<void> done;
    try {
        done = what(desk);
    } catch (...) {
        (void)file_.execute("ROLLBACK");
        throw;
    }
    if (done) done = file_.execute("COMMIT");
    if (!done) (void)file_.execute("ROLLBACK");  // SQLite may have rolled back by itself
    return done;
}

result<void> sqlite_rows::take_form(std::int64_t known) {
    const std::lock_guard lock(mutex_);
    std::int64_t said = 0;
    {
        statement form(file_, "PRAGMA user_version");
        (void)VECHE_TRY(form.step());
        said = form.integer(0);
    }
    if (said > known)
        return refuse(refusals::schema_unknown, {}, file_.path(), std::to_string(said),
                      std::to_string(known));
    return file_.execute(("PRAGMA user_version=" + std::to_string(known)).c_str());
}

result<void> sqlite_rows::make(std::string_view schema) {
    const std::lock_guard lock(mutex_);
    return file_.execute(std::string(schema).c_str());
}

/// The old pages still stand in the write-ahead log: move the new ones into the file and empty it.
result<void> sqlite_rows::forget_traces(const std::vector<std::string>&) {
    if (how_ == row_file::beside) return {};
    const std::lock_guard lock(mutex_);
    return file_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace veche::store
