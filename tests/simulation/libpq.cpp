// The part of libpq that the program uses, over the simulated database. Statements are known by
// their own text: one that is new to this file ends the run, so that nothing is answered wrongly.

#include <cstdio>
#include <cstdlib>
#include <deque>

#include <libpq-fe.h>

#include "database.hpp"
#include "kernel/hash.hpp"

using namespace veche::simulation;

struct pg_conn {
    std::shared_ptr<line> at;
    std::string trouble;
    std::map<std::string, std::string> prepared;
    bool pipeline = false;
    std::vector<std::pair<std::string, std::vector<std::string>>> queued;
    std::deque<pg_result*> answers;  // nothing: the end of those to one statement
};

struct pg_result {
    ExecStatusType status = PGRES_COMMAND_OK;
    std::vector<std::vector<std::string>> rows;
    std::string code, message, changed = "0";
};

namespace {

using given = std::vector<std::string>;

std::int64_t integer(const std::string& raw) {
    std::uint64_t out = 0;
    for (const char c : raw) out = out << 8U | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(out);
}

std::string integer(std::int64_t value) {
    std::string out;
    for (int shift = 56; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xffU));
    return out;
}

/// The elements of an array parameter.
std::vector<std::string> elements(const std::string& raw) {
    const auto word = [&](std::size_t at) {
        std::uint32_t out = 0;
        for (std::size_t i = 0; i < 4; ++i)
            out = out << 8U | static_cast<unsigned char>(raw[at + i]);
        return out;
    };
    std::vector<std::string> out;
    if (word(0) == 0) return out;
    for (std::size_t at = 20; at < raw.size();) {
        const std::uint32_t size = word(at);
        out.push_back(raw.substr(at + 4, size));
        at += 4 + size;
    }
    return out;
}

pg_result* error(line* of, const char* code, const std::string& message) {
    if (of && of->in_transaction) of->failed = true;
    auto* const out = new pg_result;
    out->status = PGRES_FATAL_ERROR;
    out->code = code;
    out->message = message;
    return out;
}

pg_result* lost(pg_conn* c) {
    c->at->good = false;
    c->trouble = "the connection is lost";
    return error(nullptr, "", c->trouble);
}

/// The way of a packet; whether it arrived.
bool travel(line& l) {
    if (!simulated()) return true;
    cluster& db = database();
    if (l.node >= 0 && db.reach_after[l.node] > now_ns()) {
        // Nothing passes: after ten seconds the client gives it up.
        const std::int64_t patience = now_ns() + 10 * second;
        sleep_ns(std::min(db.reach_after[l.node], patience) - now_ns());
        if (now_ns() >= patience) {
            db.cut(l);
            return false;
        }
    }
    const bool slow = chance().one_in(40);
    sleep_ns(chance().between(millisecond / 20, slow ? 60 * millisecond : millisecond));
    return l.good && db.servers[l.to].up;
}

/// COMMIT: on the disk, on the standby's, visible. Nothing where no answer can be sent.
pg_result* commit(line& l) {
    cluster& db = database();
    server& s = db.servers[l.to];
    transaction done = std::move(l.written);
    l.written.clear();
    for (const change& c : done)
        if (s.rows.taken(c)) return error(&l, "23505", "duplicate key value");
    if (done.empty()) {
        l.in_transaction = false;
        return new pg_result;
    }
    if (simulated() && db.slow_until > now_ns()) {
        sleep_ns(chance().between(50 * millisecond, 2 * second));
        if (!l.good) return nullptr;  // before it was on the disk
    }
    const std::size_t mine = s.wal.size();
    s.wal.push_back(std::move(done));
    l.in_transaction = false;
    if (!simulated()) {
        s.show(mine + 1);
        db.replicate();
        return new pg_result;
    }
    s.waiting.emplace_back(mine, l.shared_from_this());
    l.committing = true;
    sleep_ns(chance().between(millisecond / 10, 2 * millisecond));
    // Meanwhile the server may have gone down, or the standby may be far away.
    if (!db.servers[l.to].up || l.to != db.primary) return nullptr;
    if (!db.synchronous) s.show(std::max(s.visible, mine + 1));
    if (db.synchronous && db.linked) db.replicate();
    while (l.committing && l.good) (void)wait_on(&l, now_ns() + second);
    return l.good ? new pg_result : nullptr;
}

void unlock(line& l) {
    if (l.committing) return;
    for (server& s : database().servers)
        if (s.head_locked_by == &l) {
            s.head_locked_by = nullptr;
            wake(&s.head_locked_by);
        }
}

pg_result* head_row(const tables& t) {
    auto* const out = new pg_result;
    out->status = PGRES_TUPLES_OK;
    out->rows.push_back({integer(t.next), integer(t.epoch), t.edge, integer(t.at_ms)});
    return out;
}

pg_result* lock_head(line& l) {
    server& s = database().servers[l.to];
    const std::int64_t patience = simulated() ? now_ns() + 30 * second : never;
    while (s.head_locked_by && s.head_locked_by != &l) {
        (void)wait_on(&s.head_locked_by, std::min(patience, now_ns() + second));
        if (!l.good) return nullptr;
        if (now_ns() >= patience) return error(&l, "55P03", "canceling statement: lock timeout");
    }
    s.head_locked_by = &l;
    return head_row(s.rows);
}

pg_result* insert(line& l, std::vector<change> all, bool new_only = false) {
    server& s = database().servers[l.to];
    if (s.full) return error(&l, "53100", "could not extend file: No space left on device");
    if (new_only) std::erase_if(all, [&](const change& c) { return s.rows.taken(c); });
    for (const change& c : all)
        if (s.rows.taken(c)) return error(&l, "23505", "duplicate key value");
    auto* const out = new pg_result;
    out->changed = std::to_string(all.size());
    for (change& c : all) l.written.push_back(std::move(c));
    return out;
}

pg_result* update_head(line& l, const given& p) {
    // It locks the row as well where the transaction has not yet, and looks at it only then.
    auto* const locked = lock_head(l);
    if (!locked || locked->status != PGRES_TUPLES_OK) return locked;
    delete locked;
    const tables& rows = database().servers[l.to].rows;
    if (rows.next != integer(p[3]) || rows.epoch != integer(p[4])) return new pg_result;
    return insert(l, {{change::into::head, integer(p[0]), integer(p[2]), p[1], {}, {}}});
}

bool is(const std::string& sql, const char* text) {
    return sql == text;
}

using answer_rows = std::vector<std::vector<std::string>>;

/// Statements that read entries; false for any other.
bool select_entries(const tables& t, const std::string& sql, const given& p, answer_rows& rows) {
    const auto entries = [&](std::int64_t from, std::int64_t to, std::size_t most, auto make) {
        for (auto one = t.entries.lower_bound(from);
             one != t.entries.end() && one->first < to && rows.size() < most; ++one)
            rows.push_back(make(*one));
        return true;
    };
    const auto bytes_and_leaf = [](const auto& e) {
        return given{e.second.second, e.second.first};
    };
    if (is(sql,
           "SELECT seq,leaf,bytes FROM entry WHERE seq>=$1 AND seq<$2 ORDER BY seq LIMIT 4096"))
        return entries(integer(p[0]), integer(p[1]), 4096, [](const auto& e) {
            return given{integer(e.first), e.second.first, e.second.second};
        });
    if (is(sql, "SELECT bytes,leaf FROM entry WHERE seq>=$1 AND seq<$2 ORDER BY seq"))
        return entries(integer(p[0]), integer(p[1]), SIZE_MAX, bytes_and_leaf);
    if (is(sql, "SELECT bytes,leaf FROM entry WHERE seq>=$1 ORDER BY seq LIMIT 1024"))
        return entries(integer(p[0]), never, 1024, bytes_and_leaf);
    if (is(sql, "SELECT bytes,leaf FROM entry WHERE seq=$1"))
        return entries(integer(p[0]), integer(p[0]) + 1, 1, bytes_and_leaf);
    if (is(sql, "SELECT leaf FROM entry WHERE seq>=$1 AND seq<$2 ORDER BY seq"))
        return entries(integer(p[0]), integer(p[1]), SIZE_MAX,
                       [](const auto& e) { return given{e.second.first}; });
    return false;
}

/// Statements that look up answered commands; false for any other.
bool select_idems(const tables& t, const std::string& sql, const given& p, answer_rows& rows) {
    const auto look_up = [&](const std::string& actor, const std::string& key, auto make) {
        if (const auto found = t.idems.find({actor, key}); found != t.idems.end())
            rows.push_back(make(found->second));
    };
    if (is(sql, "SELECT actor,key,seq,sha FROM idem ORDER BY actor,key LIMIT 8192") ||
        is(sql,
           "SELECT actor,key,seq,sha FROM idem WHERE (actor,key)>($1,$2) "
           "ORDER BY actor,key LIMIT 8192")) {
        auto one = p.empty() ? t.idems.begin() : t.idems.upper_bound({p[0], p[1]});
        for (; one != t.idems.end() && rows.size() < 8192; ++one)
            rows.push_back({one->first.first, one->first.second, integer(one->second.first),
                            one->second.second});
    } else if (is(sql, "SELECT seq,sha FROM idem WHERE actor=$1 AND key=$2")) {
        look_up(p[0], p[1], [](const auto& row) { return given{integer(row.first), row.second}; });
    } else if (is(sql,
                  "SELECT t.n,i.seq,i.sha FROM unnest($1::int8[],$2::bytea[],$3::bytea[]) AS "
                  "t(n,a,k) CROSS JOIN LATERAL (SELECT seq,sha FROM idem WHERE actor=t.a AND "
                  "key=t.k LIMIT 1) i")) {
        const auto numbers = elements(p[0]), actors = elements(p[1]), keys = elements(p[2]);
        for (std::size_t i = 0; i < numbers.size(); ++i)
            look_up(actors[i], keys[i], [&](const auto& row) {
                return given{numbers[i], integer(row.first), row.second};
            });
    } else {
        return false;
    }
    return true;
}

/// Statements that read checkpoints; false for any other.
bool select_checkpoints(const tables& t, const std::string& sql, const given& p,
                        answer_rows& rows) {
    if (is(sql, "SELECT size,root,note FROM checkpoint WHERE size>$1 ORDER BY size LIMIT 1024")) {
        for (auto one = t.checkpoints.upper_bound(integer(p[0])); one != t.checkpoints.end(); ++one)
            rows.push_back({integer(one->first), one->second.first, one->second.second});
    } else if (is(sql, "SELECT size,root,note FROM checkpoint ORDER BY size DESC LIMIT 1")) {
        if (!t.checkpoints.empty()) {
            const auto& [size, one] = *t.checkpoints.rbegin();
            rows.push_back({integer(size), one.first, one.second});
        }
    } else if (is(sql, "SELECT 1::int8 FROM checkpoint WHERE size>=$1 AND size<$2 LIMIT 1")) {
        const auto found = t.checkpoints.lower_bound(integer(p[0]));
        if (found != t.checkpoints.end() && found->first < integer(p[1]))
            rows.push_back({integer(1)});
    } else {
        return false;
    }
    return true;
}

/// Statements that read.
pg_result* select(const tables& t, const std::string& sql, const given& p) {
    auto* const out = new pg_result;
    out->status = PGRES_TUPLES_OK;
    auto& rows = out->rows;
    if (select_entries(t, sql, p, rows) || select_idems(t, sql, p, rows) ||
        select_checkpoints(t, sql, p, rows))
        return out;
    if (is(sql, "SELECT current_setting('synchronous_commit')") ||
        is(sql, "SELECT current_setting('fsync')")) {
        rows.push_back({"on"});
    } else if (is(sql, "SELECT number FROM form WHERE id=1")) {
        rows.push_back({integer(1)});
    } else if (is(sql, "SELECT next,epoch,edge,at_ms FROM head WHERE id=1")) {
        rows = std::unique_ptr<pg_result>(head_row(t))->rows;
    } else if (is(sql, "SELECT (extract(epoch FROM clock_timestamp())*1000)::int8")) {
        rows.push_back({integer(database().clock_ms())});
    } else if (is(sql, "SELECT hashes FROM tile WHERE id=$1")) {
        if (const auto found = t.tiles.find(integer(p[0])); found != t.tiles.end())
            rows.push_back({found->second});
    } else if (is(sql, "SELECT 1::int8 FROM tile WHERE id>=$1 AND id<=$2 LIMIT 1")) {
        const auto found = t.tiles.lower_bound(integer(p[0]));
        if (found != t.tiles.end() && found->first <= integer(p[1])) rows.push_back({integer(1)});
    } else if (is(sql, "SELECT next FROM head WHERE id=1")) {
        rows.push_back({integer(static_cast<std::int64_t>(t.next))});
    } else {
        std::fprintf(stderr, "The simulated database does not know: %s\n", sql.c_str());
        std::abort();
    }
    return out;
}

std::vector<change> rows_of(change::into table, const given& p) {
    std::vector<change> all;
    if (table == change::into::entry) {
        const auto seqs = elements(p[0]), leaves = elements(p[1]), bytes = elements(p[2]);
        for (std::size_t i = 0; i < seqs.size(); ++i)
            all.push_back({table, integer(seqs[i]), 0, leaves[i], bytes[i], {}});
    } else if (table == change::into::idem) {
        const auto actors = elements(p[0]), keys = elements(p[1]), seqs = elements(p[2]),
                   shas = elements(p[3]);
        for (std::size_t i = 0; i < seqs.size(); ++i)
            all.push_back({table, integer(seqs[i]), 0, actors[i], keys[i], shas[i]});
    } else {
        const auto names = elements(p[0]), versions = elements(p[1]), seqs = elements(p[2]);
        for (std::size_t i = 0; i < seqs.size(); ++i)
            all.push_back({table, integer(seqs[i]), integer(versions[i]), names[i], {}, {}});
    }
    return all;
}

/// Within the server. Nothing where the connection ended meanwhile.
pg_result* execute(line& l, const std::string& sql, const given& p) {
    const auto starts = [&](const char* text) { return sql.rfind(text, 0) == 0; };
    if (starts("ROLLBACK")) {
        l.in_transaction = l.failed = false;
        l.written.clear();
        l.snapshot.reset();
        unlock(l);
        return new pg_result;
    }
    if (l.failed) return error(&l, "25P02", "current transaction is aborted");
    if (starts("SET ")) return new pg_result;
    if (starts("\nBEGIN;\nCREATE TABLE form")) return new pg_result;
    if (starts("BEGIN")) {
        l.in_transaction = true;
        if (starts("BEGIN ISOLATION LEVEL REPEATABLE READ"))
            l.snapshot = std::make_shared<tables>(database().servers[l.to].rows);
        return new pg_result;
    }
    if (starts("COMMIT")) {
        l.snapshot.reset();
        pg_result* const answer = commit(l);
        unlock(l);
        return answer;
    }
    if (starts("UPDATE form SET number=number WHERE id=1")) {
        l.written.push_back({change::into::form, 1, 0, {}, {}, {}});
        return l.in_transaction ? new pg_result : commit(l);
    }
    if (starts("SELECT next,epoch,edge,at_ms FROM head WHERE id=1 FOR UPDATE")) return lock_head(l);
    if (starts("UPDATE head SET next=$1,edge=$2,at_ms=$3 WHERE id=1 AND next=$4 AND epoch=$5"))
        return update_head(l, p);
    if (starts("WITH done AS (UPDATE head SET next=$1,edge=$2,at_ms=$3 WHERE id=1 AND next=$4 AND "
               "epoch=$5 RETURNING 1) SELECT 1/count(*) FROM done")) {
        pg_result* const done = update_head(l, p);
        if (!done || done->changed != "0" || done->status == PGRES_FATAL_ERROR) return done;
        delete done;
        return error(&l, "22012", "division by zero");
    }
    if (starts("UPDATE head SET at_ms=at_ms WHERE id=1")) {
        pg_result* const locked = lock_head(l);
        if (!locked || locked->status == PGRES_FATAL_ERROR) return locked;
        l.written.push_back({change::into::form, 1, 0, {}, {}, {}});
        return locked;
    }
    if (!starts("INSERT"))
        return select(l.snapshot ? *l.snapshot : database().servers[l.to].rows, sql, p);
    pg_result* out = nullptr;
    if (starts("INSERT INTO entry"))
        out = insert(l, rows_of(change::into::entry, p));
    else if (starts("INSERT INTO idem"))
        out = insert(l, rows_of(change::into::idem, p));
    else if (starts("INSERT INTO stream"))
        out = insert(l, rows_of(change::into::stream, p));
    else if (starts("INSERT INTO tile"))
        out = insert(l, {{change::into::tile, integer(p[0]), 0, p[1], {}, {}}});
    else if (starts("INSERT INTO checkpoint") && sql.find("next>=$1") != std::string::npos &&
             database().servers[l.to].rows.next < integer(p[0]))
        out = new pg_result;
    else if (starts("INSERT INTO checkpoint"))
        out = insert(l, {{change::into::checkpoint, integer(p[0]), 0, p[1], p[2], {}}},
                     sql.ends_with("ON CONFLICT DO NOTHING"));
    if (!out) return select(l.snapshot ? *l.snapshot : database().servers[l.to].rows, sql, p);
    if (out->status == PGRES_COMMAND_OK && starts("INSERT INTO checkpoint") && out->changed == "1")
        database().published.push_back({l.node, p[2]});
    if (l.in_transaction || out->status != PGRES_COMMAND_OK) return out;
    delete out;
    return commit(l);
}

/// There, within, and back: for all that are sent together.
void ask_all(pg_conn* c) {
    line& l = *c->at;
    auto all = std::move(c->queued);
    c->queued.clear();
    c->answers.clear();
    const auto gone = [&] {
        c->answers.clear();
        c->answers.push_back(lost(c));
    };
    if (!l.good || !travel(l)) return gone();
    bool failed = false;
    for (const auto& [sql, p] : all) {
        pg_result* out = nullptr;
        if (failed) {
            out = new pg_result;
            out->status = PGRES_PIPELINE_ABORTED;
        } else {
            l.busy = true;
            out = execute(l, sql, p);
            l.busy = false;
            l.last_asked = simulated() ? now_ns() : 0;
            if (!out || !l.good) return gone();
            failed = out->status == PGRES_FATAL_ERROR;
        }
        c->answers.push_back(out);
        c->answers.push_back(nullptr);
    }
    if (!travel(l)) return gone();
    auto* const end = new pg_result;
    end->status = PGRES_PIPELINE_SYNC;
    c->answers.push_back(end);
    c->answers.push_back(nullptr);
}

pg_result* ask(pg_conn* c, const std::string& sql, const given& p) {
    c->queued = {{sql, p}};
    ask_all(c);
    pg_result* const out = c->answers.front();
    c->answers.clear();
    return out;
}

given values_of(int count, const char* const* values, const int* lengths) {
    given p;
    for (int i = 0; i < count; ++i) p.emplace_back(values[i], static_cast<std::size_t>(lengths[i]));
    return p;
}

void connect(pg_conn* c) {
    cluster& db = database();
    if (c->at) db.cut(*c->at);
    c->at = std::make_shared<line>();
    c->at->of = simulated() ? own_process() : outside;
    if (const auto machine = db.machines.find(c->at->of); machine != db.machines.end())
        c->at->node = machine->second;
    c->at->to = db.primary;
    c->at->last_asked = simulated() ? now_ns() : 0;
    c->prepared.clear();
    db.lines.push_back(c->at);
    if (!travel(*c->at) || !db.servers[c->at->to].up) (void)std::unique_ptr<pg_result>(lost(c));
}

}  // namespace

extern "C" {

PGconn* PQconnectdbParams(const char* const*, const char* const*, int) {
    auto* const made = new pg_conn;
    connect(made);
    return made;
}
void PQreset(PGconn* c) {
    connect(c);
}
void PQfinish(PGconn* c) {
    if (!c) return;
    database().cut(*c->at);
    std::erase(database().lines, c->at);
    delete c;
}
ConnStatusType PQstatus(const PGconn* c) {
    return c->at->good ? CONNECTION_OK : CONNECTION_BAD;
}
PQnoticeProcessor PQsetNoticeProcessor(PGconn*, PQnoticeProcessor, void*) {
    return nullptr;
}
char* PQerrorMessage(const PGconn* c) {
    return const_cast<char*>(c->trouble.c_str());
}
PGresult* PQexec(PGconn* c, const char* sql) {
    return ask(c, sql, {});
}
PGresult* PQprepare(PGconn* c, const char* name, const char* sql, int, const Oid*) {
    if (!c->at->good || !travel(*c->at)) return lost(c);
    if (c->at->failed) return error(c->at.get(), "25P02", "current transaction is aborted");
    c->prepared[name] = sql;
    return new pg_result;
}
PGresult* PQexecPrepared(PGconn* c, const char* name, int count, const char* const* values,
                         const int* lengths, const int*, int) {
    const auto found = c->prepared.find(name);
    if (found == c->prepared.end()) return error(c->at.get(), "26000", "no such statement");
    return ask(c, found->second, values_of(count, values, lengths));
}
int PQenterPipelineMode(PGconn* c) {
    c->pipeline = true;
    return 1;
}
int PQexitPipelineMode(PGconn* c) {
    c->pipeline = false;
    return 1;
}
int PQsendQueryPrepared(PGconn* c, const char* name, int count, const char* const* values,
                        const int* lengths, const int*, int) {
    const auto found = c->prepared.find(name);
    if (found == c->prepared.end()) std::abort();
    c->queued.emplace_back(found->second, values_of(count, values, lengths));
    return 1;
}
int PQpipelineSync(PGconn* c) {
    ask_all(c);
    return 1;
}
PGresult* PQgetResult(PGconn* c) {
    if (c->answers.empty()) return nullptr;
    pg_result* const out = c->answers.front();
    c->answers.pop_front();
    return out;
}
PQnoticeReceiver PQsetNoticeReceiver(PGconn*, PQnoticeReceiver, void*) {
    return nullptr;
}
int PQnfields(const PGresult* r) {
    return r->rows.empty() ? 0 : static_cast<int>(r->rows.front().size());
}
ExecStatusType PQresultStatus(const PGresult* r) {
    return r ? r->status : PGRES_FATAL_ERROR;
}
char* PQresultErrorField(const PGresult* r, int) {
    return r->code.empty() ? nullptr : const_cast<char*>(r->code.c_str());
}
char* PQresultErrorMessage(const PGresult* r) {
    return const_cast<char*>(r->message.c_str());
}
void PQclear(PGresult* r) {
    delete r;
}
int PQntuples(const PGresult* r) {
    return static_cast<int>(r->rows.size());
}
char* PQgetvalue(const PGresult* r, int row, int column) {
    return const_cast<char*>(
        r->rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)].data());
}
int PQgetlength(const PGresult* r, int row, int column) {
    return static_cast<int>(
        r->rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)].size());
}
char* PQcmdTuples(PGresult* r) {
    return const_cast<char*>(r->changed.c_str());
}

}  // extern "C"
