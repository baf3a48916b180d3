#include "store/postgres/session.hpp"

#include <cstdlib>
#include <optional>

#include <libpq-fe.h>

#include "kernel/check.hpp"
#include "store/refusal.hpp"

namespace veche::store {
namespace {

// Numbers of types that a server never changes.
constexpr std::uint32_t oid_bytea = 17;
constexpr std::uint32_t oid_int8 = 20;
constexpr std::uint32_t oid_int2 = 21;
constexpr std::uint32_t oid_int4 = 23;
constexpr std::uint32_t oid_text = 25;

/// What stands still in a transaction this long holds up all others, so the server ends it.
constexpr const char* settings =
    "SET idle_in_transaction_session_timeout='10s'; SET lock_timeout='30s'; "
    "SET client_min_messages=warning";

template <class Integer>
void append_big_endian(std::string& to, Integer value) {
    using word = std::make_unsigned_t<Integer>;
    for (int shift = static_cast<int>(sizeof(word)) * 8 - 8; shift >= 0; shift -= 8)
        to.push_back(static_cast<char>(static_cast<word>(value) >> shift & 0xff));
}

/// The head of an array of one dimension without nulls.
std::string array_of(std::uint32_t type, std::size_t count) {
    std::string out;
    append_big_endian(out, std::uint32_t{count > 0 ? 1U : 0U});
    append_big_endian(out, std::uint32_t{0});
    append_big_endian(out, type);
    if (count > 0) {
        append_big_endian(out, static_cast<std::uint32_t>(count));
        append_big_endian(out, std::uint32_t{1});
    }
    return out;
}

}  // namespace

parameters& parameters::add(std::int64_t value) {
    append_big_endian(next(oid_int8), value);
    return *this;
}

parameters& parameters::add_text(std::string_view value) {
    next(oid_text) = value;
    return *this;
}

parameters& parameters::add_bytes(std::string_view value) {
    next(0) = value;
    return *this;
}

parameters& parameters::add_blob(std::string_view value) {
    next(oid_bytea) = value;
    return *this;
}

parameters& parameters::add_nothing() {
    next(0);
    missing_.back() = true;
    return *this;
}

parameters& parameters::add_all(std::span<const std::int64_t> values) {
    std::string& out = next(0);
    out = array_of(oid_int8, values.size());
    for (const std::int64_t value : values) {
        append_big_endian(out, std::uint32_t{sizeof value});
        append_big_endian(out, value);
    }
    return *this;
}

parameters& parameters::add_all_bytes(std::span<const std::string_view> values) {
    std::string& out = next(0);
    out = array_of(oid_bytea, values.size());
    for (const std::string_view value : values) {
        append_big_endian(out, static_cast<std::uint32_t>(value.size()));
        out += value;
    }
    return *this;
}

void rows::clear::operator()(pg_result* r) const {
    PQclear(r);
}

int rows::count() const {
    return PQntuples(given_.get());
}

int rows::columns() const {
    return PQnfields(given_.get());
}

bool rows::is_integer(int column) const {
    const Oid type = PQftype(given_.get(), column);
    return type == oid_int8 || type == oid_int4 || type == oid_int2;
}

bool rows::is_missing(int row, int column) const {
    return PQgetisnull(given_.get(), row, column) == 1;
}

std::int64_t rows::integer(int row, int column) const {
    const std::string_view raw = bytes(row, column);
    VECHE_ENSURE(raw.size() == 8 || raw.size() == 4 || raw.size() == 2,
                 "what is read as a whole number is one");
    const bool negative = (static_cast<unsigned char>(raw.front()) & 0x80) != 0;
    std::uint64_t out = negative ? ~std::uint64_t{0} : 0;
    for (const char c : raw) out = out << 8 | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(out);
}

std::string_view rows::bytes(int row, int column) const {
    return {PQgetvalue(given_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(given_.get(), row, column))};
}

int rows::changed() const {
    return std::atoi(PQcmdTuples(given_.get()));
}

std::string session::place_of(const std::string& url) {
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> parts(
        PQconninfoParse(url.c_str(), nullptr), PQconninfoFree);
    std::string host = "localhost", port = "5432", database;
    for (const PQconninfoOption* one = parts.get(); one && one->keyword; ++one) {
        const std::string_view name = one->keyword;
        if (!one->val) continue;
        if (name == "host" || name == "hostaddr") host = one->val;
        if (name == "port") port = one->val;
        if (name == "dbname") database = one->val;
    }
    return host + ":" + port + "/" + database;
}

void session::close::operator()(pg_conn* c) const {
    PQfinish(c);
}

result<session> session::open(const std::string& url) {
    // A server that says nothing for ten seconds is lost. What the URL says comes last and wins.
    // Of several hosts the one that takes writes is meant: after a promotion, the promoted one.
    const char* const names[] = {"connect_timeout",      "tcp_user_timeout", "keepalives_idle",
                                 "keepalives_interval",  "keepalives_count", "application_name",
                                 "target_session_attrs", "dbname",           nullptr};
    const char* const values[] = {"5",     "10000",      "5",         "2",    "3",
                                  "veche", "read-write", url.c_str(), nullptr};
    pg_conn* handle = PQconnectdbParams(names, values, 1);
    VECHE_ENSURE(handle != nullptr, "there is memory for a connection");
    session made(place_of(url), handle);
    VECHE_CHECK(made.set_up());
    return made;
}

result<void> session::set_up() {
    if (lost()) return tl::unexpected(trouble(nullptr));
    PQsetNoticeReceiver(
        handle_.get(),
        [](void* flag, const pg_result* notice) {
            const char* const grade = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
            if (grade != nullptr && std::string_view(grade) == "WARNING")
                *static_cast<bool*>(flag) = true;
        },
        warned_.get());
    VECHE_CHECK(execute(settings));
    const auto on = [&](const char* sql) -> result<std::string> {
        const auto given = VECHE_TRY(run(sql));
        return std::string(given.count() > 0 ? given.bytes(0, 0) : std::string_view{});
    };
    const std::string commit = VECHE_TRY(on("SELECT current_setting('synchronous_commit')"));
    if (commit == "off" || commit == "local")
        return refuse(refusals::not_durable, {}, place_, "synchronous_commit is " + commit);
    if (VECHE_TRY(on("SELECT current_setting('fsync')")) == "off")
        return refuse(refusals::not_durable, {}, place_, "fsync is off");
    return {};
}

bool session::lost() const {
    return PQstatus(handle_.get()) != CONNECTION_OK;
}

result<void> session::restore() {
    if (!lost()) return {};
    prepared_.clear();
    PQreset(handle_.get());
    return set_up();
}

result<void> session::look_into(const std::string& schema) {
    return execute(("SET search_path=\"" + schema + "\"").c_str());
}

result<void> session::execute(const char* sql) {
    const std::unique_ptr<pg_result, void (*)(pg_result*)> given(PQexec(handle_.get(), sql),
                                                                 PQclear);
    const ExecStatusType status = PQresultStatus(given.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
    return tl::unexpected(trouble(given.get()));
}

result<void> session::begin_reading() {
    return execute(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
        "SET LOCAL idle_in_transaction_session_timeout='10min'");
}

namespace {

/// Values as libpq takes them; refers to the parameters.
struct bound {
    explicit bound(const parameters& with) : formats(with.values().size(), 1) {
        for (std::size_t i = 0; i < with.values().size(); ++i) {
            const std::string& one = with.values()[i];
            values.push_back(with.is_nothing(i) ? nullptr : one.data());
            lengths.push_back(static_cast<int>(one.size()));
        }
    }
    [[nodiscard]] int count() const { return static_cast<int>(values.size()); }
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
};

bool is_good(const pg_result* given) {
    const ExecStatusType status = PQresultStatus(given);
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

}  // namespace

/// The name under which the server has prepared the statement.
result<std::string> session::name_of(std::string_view sql, const parameters& with) {
    const auto found = prepared_.find(sql);
    if (found != prepared_.end()) return found->second;
    std::string name = "s" + std::to_string(prepared_.size());
    const std::unique_ptr<pg_result, void (*)(pg_result*)> made(
        PQprepare(handle_.get(), name.c_str(), std::string(sql).c_str(),
                  static_cast<int>(with.types().size()), with.types().data()),
        PQclear);
    if (!is_good(made.get())) return tl::unexpected(trouble(made.get()));
    prepared_.emplace(std::string(sql), name);
    return name;
}

result<rows> session::run(std::string_view sql, const parameters& with) {
    const std::string name = VECHE_TRY(name_of(sql, with));
    const bound to(with);
    pg_result* const given =
        PQexecPrepared(handle_.get(), name.c_str(), to.count(), to.values.data(), to.lengths.data(),
                       to.formats.data(), 1);
    rows out(given);
    if (!is_good(given)) return tl::unexpected(trouble(given));
    return out;
}

result<std::vector<rows>> session::run_all(const std::vector<call>& all) {
    std::vector<std::string> names;
    for (const call& one : all) {
        std::string name = VECHE_TRY(name_of(one.sql, one.with));
        names.push_back(std::move(name));
    }
    PQenterPipelineMode(handle_.get());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bound to(all[i].with);
        PQsendQueryPrepared(handle_.get(), names[i].c_str(), to.count(), to.values.data(),
                            to.lengths.data(), to.formats.data(), 1);
    }
    PQpipelineSync(handle_.get());
    std::vector<rows> out;
    std::optional<refusal> why;
    for (std::size_t i = 0; i < all.size() && !lost(); ++i) {
        pg_result* const given = PQgetResult(handle_.get());
        rows kept(given);
        if (!is_good(given) && !why) why = trouble(given);
        out.push_back(std::move(kept));
        while (pg_result* more = PQgetResult(handle_.get())) PQclear(more);
    }
    while (pg_result* sync = lost() ? nullptr : PQgetResult(handle_.get())) PQclear(sync);
    if (lost() && !why) why = trouble(nullptr);
    PQexitPipelineMode(handle_.get());
    if (why) return tl::unexpected(*std::move(why));
    return out;
}

refusal session::trouble(const pg_result* given) const {
    const char* const state = given ? PQresultErrorField(given, PG_DIAG_SQLSTATE) : nullptr;
    const std::string_view code = state ? state : "";
    std::string said = given ? PQresultErrorMessage(given) : PQerrorMessage(handle_.get());
    while (!said.empty() && (said.back() == '\n' || said.back() == ' ')) said.pop_back();
    const auto as = [&](const refusal_kind& kind) {
        refusal out{&kind, {}, {}};
        out.args = {place_, said};
        return out;
    };
    if (lost()) return as(refusals::unreachable);
    if (code == "53100") return as(refusals::disk_full);
    if (code == "42501") return as(refusals::read_only);
    if (code == "23505") return as(refusals::row_taken);
    // Serialization failures and deadlocks: whoever asked asks again.
    if (code == "40001" || code == "40P01") return as(refusals::contended);
    // A standby that was promoted elsewhere, or a server that is going down or coming up.
    if (code == "25006" || code.starts_with("57P")) return as(refusals::unreachable);
    return as(refusals::database);
}

}  // namespace veche::store
