#include "store/sqlite/database.hpp"

#include <filesystem>

#include <sqlite3.h>

#include "store/refusal.hpp"

namespace veche::store {

void statement::finalize::operator()(sqlite3_stmt* s) const {
    sqlite3_finalize(s);
}
void database::close::operator()(sqlite3* d) const {
    sqlite3_close_v2(d);
}

statement::statement(database& in, std::string_view sql) : in_(&in) {
    sqlite3_stmt* made = nullptr;
    // A statement that cannot be prepared is kept empty; stepping it tells the trouble.
    sqlite3_prepare_v3(in.handle(), sql.data(), static_cast<int>(sql.size()),
                       SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    handle_.reset(made);
}

statement& statement::bind(int at, std::int64_t value) {
    sqlite3_bind_int64(handle_.get(), at, value);
    return *this;
}
statement& statement::bind_nothing(int at) {
    sqlite3_bind_null(handle_.get(), at);
    return *this;
}
statement& statement::bind_text(int at, std::string_view value) {
    sqlite3_bind_text64(handle_.get(), at, value.data(), value.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
    return *this;
}
statement& statement::bind_blob(int at, std::string_view value) {
    sqlite3_bind_blob64(handle_.get(), at, value.data(), value.size(), SQLITE_STATIC);
    return *this;
}

result<bool> statement::step() {
    if (!handle_) return tl::unexpected(in_->trouble());
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    refusal why = in_->trouble();
    sqlite3_reset(handle_.get());
    return tl::unexpected(std::move(why));
}

result<void> statement::run() {
    const auto row = step();
    reset();
    if (!row) return tl::unexpected(row.error());
    return {};
}

void statement::reset() {
    sqlite3_reset(handle_.get());
}

std::size_t statement::columns() const {
    return handle_ ? static_cast<std::size_t>(sqlite3_column_count(handle_.get())) : 0;
}
bool statement::is_integer(int column) const {
    return sqlite3_column_type(handle_.get(), column) == SQLITE_INTEGER;
}
std::int64_t statement::integer(int column) const {
    return sqlite3_column_int64(handle_.get(), column);
}
std::string_view statement::blob(int column) const {
    const void* bytes = sqlite3_column_blob(handle_.get(), column);
    const int size = sqlite3_column_bytes(handle_.get(), column);
    return {static_cast<const char*>(bytes), bytes ? static_cast<std::size_t>(size) : 0};
}

result<database> database::open(const std::string& path, access how) {
    const bool makes = how == access::create || how == access::beside;
    if (!makes && !std::filesystem::exists(path)) return refuse(refusals::file_missing, {}, path);
    const int flags = SQLITE_OPEN_NOMUTEX | (how == access::read ? SQLITE_OPEN_READONLY
                                             : makes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                     : SQLITE_OPEN_READWRITE);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    database made(path, handle);
    if (code != SQLITE_OK) return tl::unexpected(made.trouble());
    sqlite3_busy_timeout(handle, 5000);
    sqlite3_extended_result_codes(handle, 1);
    VECHE_CHECK(made.execute("PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON;"));
    if (how == access::read) return made;
    if (sqlite3_db_readonly(handle, "main") == 1)
        return refuse(refusals::read_only, {}, path, "it is read-only");
    if (how == access::beside) {
        VECHE_CHECK(made.execute("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;"));
        return made;
    }
    // Checkpoints are made by the one writing connection only (the WAL-reset trap of SQLite
    // < 3.51.3).
    VECHE_CHECK(
        made.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=ON; "
                     "PRAGMA checkpoint_fullfsync=ON; PRAGMA wal_autocheckpoint=4000;"));
    return made;
}

result<void> database::execute(const char* sql) {
    if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return tl::unexpected(trouble());
    return {};
}

int database::changes() const {
    return sqlite3_changes(handle_.get());
}

std::int64_t database::total_changes() const {
    return sqlite3_total_changes(handle_.get());
}

refusal database::trouble() const {
    const std::string words = handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory";
    constexpr int primary = 0xFF;  // the rest says which kind of it
    switch (handle_ ? sqlite3_errcode(handle_.get()) & primary : SQLITE_NOMEM) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {&refusals::database_damaged, {}, {path_, words}};
        case SQLITE_FULL:
            return {&refusals::disk_full, {}, {}};
        case SQLITE_IOERR:
            return {&refusals::disk_failed, {}, {path_, words}};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
            return {&refusals::read_only, {}, {path_, words}};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {&refusals::locked, {}, {path_}};
        default:
            return {&refusals::database, {}, {path_, words}};
    }
}

}  // namespace veche::store
