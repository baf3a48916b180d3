#include "store/postgres/session.hpp"

#include <cstdlib>

#include <libpq-fe.h>

#include "kernel/check.hpp"
#include "store/refusal.hpp"

namespace veche::store {
namespace {

constexpr std::uint32_t oid_bytea = 17;
constexpr std::uint32_t oid_int8 = 20;

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
    append_big_endian(values_.emplace_back(), value);
    return *this;
}

parameters& parameters::add_bytes(std::string_view value) {
    values_.emplace_back(value);
    return *this;
}

parameters& parameters::add_all(std::span<const std::int64_t> values) {
    std::string& out = values_.emplace_back(array_of(oid_int8, values.size()));
    for (const std::int64_t value : values) {
        append_big_endian(out, std::uint32_t{sizeof value});
        append_big_endian(out, value);
    }
    return *this;
}

parameters& parameters::add_all_bytes(std::span<const std::string_view> values) {
    std::string& out = values_.emplace_back(array_of(oid_bytea, values.size()));
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

std::int64_t rows::integer(int row, int column) const {
    const std::string_view raw = bytes(row, column);
    VECHE_ENSURE(raw.size() == 8, "whole numbers are asked for as int8");
    std::uint64_t out = 0;
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
    const char* const names[] = {
        "connect_timeout",  "tcp_user_timeout", "keepalives_idle", "keepalives_interval",
        "keepalives_count", "application_name", "dbname",          nullptr};
    const char* const values[] = {"10", "10000", "5", "2", "3", "veche", url.c_str(), nullptr};
    pg_conn* handle = PQconnectdbParams(names, values, 1);
    VECHE_ENSURE(handle != nullptr, "there is memory for a connection");
    session made(place_of(url), handle);
    VECHE_CHECK(made.set_up());
    return made;
}

result<void> session::set_up() {
    if (lost()) return tl::unexpected(trouble(nullptr));
    PQsetNoticeProcessor(handle_.get(), [](void*, const char*) {}, nullptr);
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

result<void> session::execute(const char* sql) {
    const std::unique_ptr<pg_result, void (*)(pg_result*)> given(PQexec(handle_.get(), sql),
                                                                 PQclear);
    const ExecStatusType status = PQresultStatus(given.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
    return tl::unexpected(trouble(given.get()));
}

result<rows> session::run(const char* sql, const parameters& with) {
    auto found = prepared_.find(sql);
    if (found == prepared_.end()) {
        std::string name = "s" + std::to_string(prepared_.size());
        const std::unique_ptr<pg_result, void (*)(pg_result*)> made(
            PQprepare(handle_.get(), name.c_str(), sql, 0, nullptr), PQclear);
        if (PQresultStatus(made.get()) != PGRES_COMMAND_OK)
            return tl::unexpected(trouble(made.get()));
        found = prepared_.emplace(sql, std::move(name)).first;
    }
    std::vector<const char*> values;
    std::vector<int> lengths, formats(with.values().size(), 1);
    for (const std::string& one : with.values()) {
        values.push_back(one.data());
        lengths.push_back(static_cast<int>(one.size()));
    }
    pg_result* const given =
        PQexecPrepared(handle_.get(), found->second.c_str(), static_cast<int>(values.size()),
                       values.data(), lengths.data(), formats.data(), 1);
    rows out(given);
    const ExecStatusType status = PQresultStatus(given);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        return tl::unexpected(trouble(given));
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
    return as(refusals::database);
}

}  // namespace veche::store
