#pragma once
// The bare cost of a durable act: the same rows, in the same database with the same settings, by
// one thread that commits in groups. No parsing, no deciding, no tree. What the office adds is
// measured against this.

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <sqlite3.h>

namespace veche::bench {

/// What one act writes: its entry, the row of its idempotency key, the version of what it touches.
struct bare_row {
    std::string leaf;  ///< 32 bytes
    std::string bytes;
    std::string actor;
    std::string idem;
    std::string stream;
};

class bare_store {
  public:
    bare_store(const std::string& file, std::size_t batch) : batch_(batch) {
        check(sqlite3_open(file.c_str(), &db_));
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=ON;"
            "CREATE TABLE entry(seq INTEGER PRIMARY KEY CHECK(seq>=0), leaf BLOB NOT NULL,"
            " bytes BLOB NOT NULL) STRICT;"
            "CREATE TABLE idem(actor BLOB, key BLOB, seq INTEGER NOT NULL, sha BLOB NOT NULL,"
            " PRIMARY KEY(actor,key)) STRICT, WITHOUT ROWID;"
            "CREATE TABLE stream(stream TEXT, ver INTEGER, seq INTEGER NOT NULL,"
            " PRIMARY KEY(stream,ver)) STRICT, WITHOUT ROWID;");
        check(sqlite3_prepare_v2(db_, "INSERT INTO entry VALUES(?,?,?)", -1, &entry_, nullptr));
        check(sqlite3_prepare_v2(db_, "INSERT INTO idem VALUES(?,?,?,?)", -1, &idem_, nullptr));
        check(sqlite3_prepare_v2(db_, "INSERT INTO stream VALUES(?,?,?)", -1, &stream_, nullptr));
        writer_ = std::jthread([this](const std::stop_token& stop) { write(stop); });
    }
    bare_store(const bare_store&) = delete;
    bare_store& operator=(const bare_store&) = delete;
    ~bare_store() {
        writer_.request_stop();
        arrived_.notify_all();
        writer_.join();
        sqlite3_finalize(entry_);
        sqlite3_finalize(idem_);
        sqlite3_finalize(stream_);
        sqlite3_close(db_);
    }

    /// Returns when the row is on disk.
    void submit(const bare_row& row) {
        bool done = false;
        std::unique_lock hold(mutex_);
        waiting_.push_back({&row, &done});
        arrived_.notify_one();
        durable_.wait(hold, [&] { return done; });
    }

  private:
    struct request {
        const bare_row* row;
        bool* done;
    };

    static void check(int code) {
        if (code != SQLITE_OK && code != SQLITE_DONE)
            throw std::runtime_error(sqlite3_errstr(code));
    }
    void run(const char* sql) { check(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr)); }

    static void blob(sqlite3_stmt* into, int at, const std::string& bytes) {
        check(sqlite3_bind_blob(into, at, bytes.data(), static_cast<int>(bytes.size()),
                                SQLITE_STATIC));
    }
    static void step(sqlite3_stmt* statement) {
        check(sqlite3_step(statement));
        check(sqlite3_reset(statement));
    }

    void insert(const bare_row& row) {
        check(sqlite3_bind_int64(entry_, 1, next_));
        blob(entry_, 2, row.leaf);
        blob(entry_, 3, row.bytes);
        step(entry_);
        blob(idem_, 1, row.actor);
        blob(idem_, 2, row.idem);
        check(sqlite3_bind_int64(idem_, 3, next_));
        blob(idem_, 4, row.leaf);
        step(idem_);
        check(sqlite3_bind_text(stream_, 1, row.stream.data(), static_cast<int>(row.stream.size()),
                                SQLITE_STATIC));
        check(sqlite3_bind_int64(stream_, 2, next_));
        check(sqlite3_bind_int64(stream_, 3, next_));
        step(stream_);
        ++next_;
    }

    void write(const std::stop_token& stop) {
        std::vector<request> batch;
        for (;;) {
            {
                std::unique_lock hold(mutex_);
                arrived_.wait(hold, stop, [&] { return !waiting_.empty(); });
                if (waiting_.empty()) return;
                const auto count = static_cast<std::ptrdiff_t>(std::min(batch_, waiting_.size()));
                batch.assign(waiting_.begin(), waiting_.begin() + count);
                waiting_.erase(waiting_.begin(), waiting_.begin() + count);
            }
            run("BEGIN IMMEDIATE");
            for (const request& r : batch) insert(*r.row);
            run("COMMIT");
            {
                const std::lock_guard hold(mutex_);
                for (const request& r : batch) *r.done = true;
            }
            durable_.notify_all();
        }
    }

    std::size_t batch_;
    sqlite3* db_ = nullptr;
    sqlite3_stmt* entry_ = nullptr;
    sqlite3_stmt* idem_ = nullptr;
    sqlite3_stmt* stream_ = nullptr;
    std::int64_t next_ = 0;
    std::mutex mutex_;
    std::condition_variable_any arrived_, durable_;
    std::vector<request> waiting_;
    std::jthread writer_;
};

}  // namespace veche::bench
