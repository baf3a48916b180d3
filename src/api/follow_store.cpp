#include "api/follow_store.hpp"

#include <algorithm>
#include <set>

#include <sys/stat.h>

#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "kernel/hash.hpp"
#include "store/refusal.hpp"

namespace veche::api {

using store::statement;

namespace {

/// The number of the form that these tables have. Files of the first releases say 0.
constexpr std::int64_t follows_form = 1;

constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS person(person TEXT PRIMARY KEY, address TEXT NOT NULL DEFAULT '',
  wanted TEXT NOT NULL DEFAULT '', language TEXT NOT NULL, digest INTEGER NOT NULL DEFAULT 0,
  urgent INTEGER NOT NULL DEFAULT 1,
  confirm TEXT UNIQUE, confirm_ms INTEGER NOT NULL DEFAULT 0, leave TEXT NOT NULL UNIQUE,
  feed TEXT UNIQUE, unreachable INTEGER NOT NULL DEFAULT 0, told INTEGER NOT NULL DEFAULT 0,
  told_urgent INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS follow(person TEXT NOT NULL, thing TEXT NOT NULL,
  since INTEGER NOT NULL, PRIMARY KEY(person,thing)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS follow_thing ON follow(thing,person,since);
CREATE TABLE IF NOT EXISTS news(number INTEGER PRIMARY KEY AUTOINCREMENT, seq INTEGER NOT NULL,
  thing TEXT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL, actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL, urgent INTEGER NOT NULL, UNIQUE(thing,seq,what)) STRICT;
CREATE INDEX IF NOT EXISTS news_thing ON news(thing,number);
CREATE TABLE IF NOT EXISTS outbox(person TEXT NOT NULL, kind INTEGER NOT NULL,
  upto INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_ms INTEGER NOT NULL DEFAULT 0,
  begun INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(person,kind,upto)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outbox_next ON outbox(kind,next_ms);
CREATE TABLE IF NOT EXISTS moment(name TEXT PRIMARY KEY, due_ms INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark(name TEXT PRIMARY KEY, value INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;
)";

/// Followers of each thing that has news between two numbers, each person once. A person whose own
/// acts are all that happened is left out; who was told the urgent part already has no digest of
/// it. ?3: kind of mail, 1 for what is urgent; ?4: rhythm of the digests.
constexpr const char* round_query = R"(
INSERT OR IGNORE INTO outbox(person,kind,upto)
WITH t AS (SELECT thing, MAX(number) AS top, MIN(actor) AS low, MAX(actor) AS high,
    MIN(urgent) AS all_urgent FROM news WHERE number>?1 AND number<=?2 AND (?3<>1 OR urgent=1)
    GROUP BY thing)
SELECT DISTINCT p.person, ?3, ?2 FROM t CROSS JOIN follow f ON f.thing=t.thing
  CROSS JOIN person p ON p.person=f.person
WHERE f.since<t.top AND (t.low<>f.person OR t.high<>f.person) AND p.address<>'' AND
  CASE ?3 WHEN 1 THEN p.urgent=1 AND p.told_urgent<t.top
    ELSE p.digest=?4 AND p.told<t.top AND (t.all_urgent=0 OR p.told_urgent<t.top) END)";

std::int64_t number_of(mail_kind kind) {
    return static_cast<std::int64_t>(kind);
}

std::string round_name(mail_kind kind, digest_rhythm rhythm) {
    if (kind == mail_kind::urgent) return "urgent_round";
    return rhythm == digest_rhythm::daily ? "daily_round" : "weekly_round";
}

std::string slot_name(digest_rhythm rhythm) {
    return rhythm == digest_rhythm::daily ? "daily_slot" : "weekly_slot";
}

std::string call_of(const person_id& person) {
    return "call/" + person.value;
}

news_row read_news(const statement& from) {
    return {from.integer(0),           static_cast<std::uint64_t>(from.integer(1)),
            {from.integer(2)},         std::string(from.text(3)),
            std::string(from.text(4)), {std::string(from.text(5))},
            from.integer(6) != 0};
}

follower read_follower(const statement& from) {
    follower one;
    one.person.value = from.text(0);
    one.address = from.text(1);
    one.wanted = from.text(2);
    one.wishes.language = from.text(3);
    one.wishes.digest = static_cast<digest_rhythm>(from.integer(4));
    one.wishes.urgent = from.integer(5) != 0;
    one.confirm = from.text(6);
    one.leave = from.text(7);
    one.feed = from.text(8);
    one.unreachable = from.integer(9) != 0;
    one.told = from.integer(10);
    one.told_urgent = from.integer(11);
    return one;
}

/// The same entry reaches a person by several things they follow: it is told once, as urgent where
/// one of them says so.
void tell_once(std::vector<news_row>& rows) {
    std::map<std::pair<std::uint64_t, std::string>, std::size_t> seen;
    std::vector<news_row> once;
    for (news_row& row : rows) {
        const auto [at, fresh] = seen.try_emplace({row.seq, row.what}, once.size());
        if (fresh)
            once.push_back(std::move(row));
        else
            once[at->second].urgent |= row.urgent;
    }
    rows = std::move(once);
}

}  // namespace

std::string link_secret() {
    constexpr std::size_t bytes = 32;
    return to_hex(random_bytes(bytes));
}

result<std::unique_ptr<follow_store>> follow_store::open(const std::filesystem::path& file) {
    auto opened = VECHE_TRY(store::database::open(file.string(), store::access::create));
    ::chmod(file.c_str(), S_IRUSR | S_IWUSR);
    // A file that a newer release has changed is not written to by this one; the first say 0.
    {
        store::statement form(opened, "PRAGMA user_version");
        (void)VECHE_TRY(form.step());
        if (form.integer(0) > follows_form)
            return refuse(store::refusals::schema_unknown, {}, file.string(),
                          std::to_string(form.integer(0)), std::to_string(follows_form));
    }
    VECHE_CHECK(opened.execute(schema));
    VECHE_CHECK(opened.execute("PRAGMA user_version=1"));
    return std::unique_ptr<follow_store>(new follow_store(std::move(opened)));
}

result<void> follow_store::together(const std::function<result<void>()>& work) {
    VECHE_CHECK(file_.execute("BEGIN IMMEDIATE"));
    auto done = work();
    if (done) done = file_.execute("COMMIT");
    if (!done) {
        const auto undone = file_.execute("ROLLBACK");
        static_cast<void>(undone);  // SQLite may have rolled back by itself
    }
    return done;
}

result<void> follow_store::run(const char* sql, std::string_view text) {
    statement made(file_, sql);
    return made.bind_text(1, text).run();
}

result<std::optional<std::int64_t>> follow_store::mark(std::string_view name) const {
    statement find(file_, "SELECT value FROM mark WHERE name=?");
    if (!VECHE_TRY(find.bind_text(1, name).step())) return std::nullopt;
    return find.integer(0);
}

result<void> follow_store::set_mark(std::string_view name, std::int64_t value) {
    statement put(file_, "INSERT OR REPLACE INTO mark(name,value) VALUES(?,?)");
    return put.bind_text(1, name).bind(2, value).run();
}

result<std::int64_t> follow_store::newest_number() const {
    statement find(file_, "SELECT COALESCE(MAX(number),0) FROM news");
    VECHE_CHECK(find.step());
    return find.integer(0);
}

// --- people --------------------------------------------------------------------------------------

result<std::optional<follower>> follow_store::find_where(const char* condition,
                                                         std::string_view value) const {
    const std::string sql =
        "SELECT person,address,wanted,language,digest,urgent,COALESCE(confirm,''),"
        "leave,COALESCE(feed,''),unreachable,told,told_urgent FROM person WHERE " +
        std::string(condition);
    statement find(file_, sql);
    if (!VECHE_TRY(find.bind_text(1, value).step())) return std::nullopt;
    return read_follower(find);
}

result<std::optional<follower>> follow_store::find(const person_id& person) const {
    const std::lock_guard lock(mutex_);
    return find_where("person=?", person.value);
}

result<std::optional<follower>> follow_store::find_by_feed(std::string_view secret) const {
    const std::lock_guard lock(mutex_);
    return find_where("feed=?", secret);
}

result<std::optional<follower>> follow_store::find_by_leave(std::string_view secret) const {
    const std::lock_guard lock(mutex_);
    return find_where("leave=?", secret);
}

result<std::optional<follower>> follow_store::find_by_confirm(std::string_view secret,
                                                              std::int64_t now_ms) const {
    const std::lock_guard lock(mutex_);
    statement find(file_, "SELECT 1 FROM person WHERE confirm=? AND confirm_ms>=?");
    if (!VECHE_TRY(find.bind_text(1, secret).bind(2, now_ms - confirm_ms).step()))
        return std::nullopt;
    return find_where("confirm=?", secret);
}

result<std::vector<follower>> follow_store::named(std::string_view prefix,
                                                  std::int64_t since_ms) const {
    const std::lock_guard lock(mutex_);
    statement find(file_,
                   "SELECT person,address,wanted,language,digest,urgent,"
                   "CASE WHEN confirm_ms>=?3 THEN COALESCE(confirm,'') ELSE '' END,"
                   "leave,COALESCE(feed,''),unreachable,told,told_urgent FROM person "
                   "WHERE person>=?1 AND person<?2");
    std::string after(prefix);
    ++after.back();
    find.bind_text(1, prefix).bind_text(2, after).bind(3, since_ms);
    std::vector<follower> out;
    while (VECHE_TRY(find.step())) out.push_back(read_follower(find));
    return out;
}

result<follower> follow_store::ensure(const person_id& person, std::string_view language) {
    const std::lock_guard lock(mutex_);
    const auto work = [&]() -> result<void> {
        const std::int64_t now = VECHE_TRY(newest_number());
        statement put(file_,
                      "INSERT OR IGNORE INTO person(person,language,leave,told,told_urgent)"
                      " VALUES(?1,?2,?3,?4,?4)");
        put.bind_text(1, person.value).bind_text(2, language).bind_text(3, link_secret());
        VECHE_CHECK(put.bind(4, now).run());
        statement call(file_, "INSERT OR IGNORE INTO follow(person,thing,since) VALUES(?,?,?)");
        return call.bind_text(1, person.value).bind_text(2, call_of(person)).bind(3, now).run();
    };
    auto found = VECHE_TRY(find_where("person=?", person.value));
    if (found) return *std::move(found);
    VECHE_CHECK(together(work));
    found = VECHE_TRY(find_where("person=?", person.value));
    return *std::move(found);
}

result<void> follow_store::set_wishes(const person_id& person, const mail_wishes& wishes) {
    const std::lock_guard lock(mutex_);
    const std::int64_t now = VECHE_TRY(newest_number());
    return together([&]() -> result<void> {
        const auto before = VECHE_TRY(find_where("person=?", person.value));
        if (!before) return {};
        const bool other = before->wishes.digest != wishes.digest;
        // The next turn of the new rhythm looks no further back than to its last one.
        if (other && before->wishes.digest == digest_rhythm::weekly && !before->address.empty()) {
            statement tell(file_, "INSERT OR IGNORE INTO outbox(person,kind,upto) VALUES(?,2,?)");
            VECHE_CHECK(tell.bind_text(1, person.value).bind(2, now).run());
        }
        // Who had mail turned off is told nothing of the time in between.
        statement put(file_,
                      "UPDATE person SET language=?2, digest=?3, urgent=?4,"
                      " told=CASE WHEN digest=2 THEN ?5 ELSE told END,"
                      " told_urgent=CASE WHEN digest=2 AND urgent=0 THEN ?5 ELSE told_urgent END"
                      " WHERE person=?1");
        put.bind_text(1, person.value).bind_text(2, wishes.language);
        put.bind(3, static_cast<std::int64_t>(wishes.digest));
        return put.bind(4, std::int64_t{wishes.urgent}).bind(5, now).run();
    });
}

result<void> follow_store::end_mail(const person_id& person) {
    const std::lock_guard lock(mutex_);
    return together([&]() -> result<void> {
        VECHE_CHECK(run("DELETE FROM outbox WHERE person=? AND kind>0", person.value));
        return run("UPDATE person SET digest=2,urgent=0 WHERE person=?", person.value);
    });
}

result<void> follow_store::erase(const person_id& person) {
    const std::lock_guard lock(mutex_);
    return together([&]() -> result<void> {
        VECHE_CHECK(run("DELETE FROM outbox WHERE person=?", person.value));
        VECHE_CHECK(run("DELETE FROM follow WHERE person=?", person.value));
        return run("DELETE FROM person WHERE person=?", person.value);
    });
}

result<void> follow_store::want_address(const person_id& person, std::string_view address,
                                        std::int64_t now_ms) {
    const std::lock_guard lock(mutex_);
    return together([&]() -> result<void> {
        VECHE_CHECK(run("DELETE FROM outbox WHERE person=? AND kind=0", person.value));
        if (address.empty()) {
            VECHE_CHECK(run("DELETE FROM outbox WHERE person=?", person.value));
            return run("UPDATE person SET address='',wanted='',confirm=NULL WHERE person=?",
                       person.value);
        }
        statement put(file_,
                      "UPDATE person SET wanted=?2,confirm=?3,confirm_ms=?4 WHERE person=?1");
        put.bind_text(1, person.value).bind_text(2, address).bind_text(3, link_secret());
        VECHE_CHECK(put.bind(4, now_ms).run());
        return run("INSERT INTO outbox(person,kind,upto) VALUES(?,0,0)", person.value);
    });
}

result<void> follow_store::confirm_address(const person_id& person) {
    const std::lock_guard lock(mutex_);
    const std::int64_t now = VECHE_TRY(newest_number());
    return together([&]() -> result<void> {
        VECHE_CHECK(run("DELETE FROM outbox WHERE person=?", person.value));
        statement put(file_,
                      "UPDATE person SET address=wanted,wanted='',confirm=NULL,unreachable=0,"
                      "told=?2,told_urgent=?2 WHERE person=?1 AND wanted<>''");
        return put.bind_text(1, person.value).bind(2, now).run();
    });
}

result<void> follow_store::renew_feed(const person_id& person, bool wanted) {
    const std::lock_guard lock(mutex_);
    if (!wanted) return run("UPDATE person SET feed=NULL WHERE person=?", person.value);
    statement put(file_, "UPDATE person SET feed=?2 WHERE person=?1");
    return put.bind_text(1, person.value).bind_text(2, link_secret()).run();
}

// --- following -----------------------------------------------------------------------------------

result<void> follow_store::follow(const person_id& person, std::string_view thing, bool on) {
    const std::lock_guard lock(mutex_);
    if (!on) {
        statement drop(file_, "DELETE FROM follow WHERE person=? AND thing=?");
        return drop.bind_text(1, person.value).bind_text(2, thing).run();
    }
    statement count(file_, "SELECT COUNT(*) FROM follow WHERE person=? AND thing<>?");
    count.bind_text(1, person.value).bind_text(2, thing);
    VECHE_CHECK(count.step());
    if (count.integer(0) >= static_cast<std::int64_t>(most_followed))
        return refuse(refusals::too_much_followed, "thing", std::to_string(most_followed));
    const std::int64_t now = VECHE_TRY(newest_number());
    statement put(file_, "INSERT OR IGNORE INTO follow(person,thing,since) VALUES(?,?,?)");
    return put.bind_text(1, person.value).bind_text(2, thing).bind(3, now).run();
}

result<bool> follow_store::follows(const person_id& person, std::string_view thing) const {
    const std::lock_guard lock(mutex_);
    statement find(file_, "SELECT 1 FROM follow WHERE person=? AND thing=?");
    return find.bind_text(1, person.value).bind_text(2, thing).step();
}

result<std::vector<std::string>> follow_store::things_of(const person_id& person) const {
    const std::lock_guard lock(mutex_);
    statement find(file_, "SELECT thing FROM follow WHERE person=? AND thing<>? ORDER BY thing");
    find.bind_text(1, person.value).bind_text(2, call_of(person));
    std::vector<std::string> out;
    while (VECHE_TRY(find.step())) out.emplace_back(find.text(0));
    return out;
}

result<std::vector<std::string>> follow_store::searches() const {
    const std::lock_guard lock(mutex_);
    statement find(file_,
                   "SELECT DISTINCT thing FROM follow WHERE thing>'search/' AND thing<'search0'");
    std::vector<std::string> out;
    while (VECHE_TRY(find.step())) out.emplace_back(find.text(0));
    return out;
}

result<std::vector<person_id>> follow_store::known(const std::vector<person_id>& asked) const {
    const std::lock_guard lock(mutex_);
    statement find(file_, "SELECT 1 FROM person WHERE person=?");
    std::vector<person_id> out;
    for (const person_id& one : asked) {
        if (VECHE_TRY(find.bind_text(1, one.value).step())) out.push_back(one);
        find.reset();
    }
    return out;
}

// --- news ----------------------------------------------------------------------------------------

result<std::optional<std::uint64_t>> follow_store::next_entry() const {
    const std::lock_guard lock(mutex_);
    const auto found = VECHE_TRY(mark("next_entry"));
    if (!found) return std::nullopt;
    return static_cast<std::uint64_t>(*found);
}

result<void> follow_store::keep(const std::vector<news_draft>& drafts, std::uint64_t next_entry) {
    const std::lock_guard lock(mutex_);
    return together([&]() -> result<void> {
        statement put(file_,
                      "INSERT OR IGNORE INTO news(seq,thing,what,about,actor,at_ms,urgent)"
                      " VALUES(?,?,?,?,?,?,?)");
        for (const news_draft& draft : drafts) {
            const auto one = [&](const std::string& thing, bool urgent) -> result<void> {
                put.bind(1, draft.row.seq).bind_text(2, thing).bind_text(3, draft.row.what);
                put.bind_text(4, draft.row.about).bind_text(5, draft.row.actor.value);
                return put.bind(6, draft.row.at.ms).bind(7, std::int64_t{urgent}).run();
            };
            // The first wins where a thing stands in both.
            for (const std::string& thing : draft.at_once) VECHE_CHECK(one(thing, true));
            for (const std::string& thing : draft.things) VECHE_CHECK(one(thing, draft.row.urgent));
        }
        return set_mark("next_entry", static_cast<std::int64_t>(next_entry));
    });
}

result<std::vector<news_row>> follow_store::followed_news(const person_id& person,
                                                          std::int64_t after, std::int64_t upto,
                                                          std::size_t most) const {
    statement find(file_,
                   "SELECT n.number,n.seq,n.at_ms,n.what,n.about,n.actor,n.urgent FROM follow f"
                   " CROSS JOIN news n ON n.thing=f.thing WHERE f.person=?1 AND n.number>?2"
                   " AND n.number<=?3 AND (?2<0 OR n.number>f.since) ORDER BY n.number DESC"
                   " LIMIT ?4");
    find.bind_text(1, person.value).bind(2, after).bind(3, upto);
    find.bind(4, static_cast<std::int64_t>(most));
    std::vector<news_row> rows;
    while (VECHE_TRY(find.step())) rows.push_back(read_news(find));
    return rows;
}

result<std::vector<news_row>> follow_store::newest(const person_id& person,
                                                   std::size_t most) const {
    constexpr std::size_t by_several_things = 4;
    const std::lock_guard lock(mutex_);
    const std::int64_t last = VECHE_TRY(newest_number());
    auto rows = VECHE_TRY(followed_news(person, -1, last, most * by_several_things));
    tell_once(rows);
    if (rows.size() > most) rows.resize(most);
    return rows;
}

result<std::vector<news_row>> follow_store::untold(const due_mail& mail) const {
    // A digest that says more than this says nothing; the pages have the rest.
    constexpr std::size_t most = 2000;
    const std::lock_guard lock(mutex_);
    const auto who = VECHE_TRY(find_where("person=?", mail.person.value));
    if (!who) return std::vector<news_row>{};
    const bool urgent_only = mail.kind == mail_kind::urgent;
    const std::int64_t after = urgent_only ? std::max(who->told, who->told_urgent) : who->told;
    auto rows = VECHE_TRY(followed_news(mail.person, after, mail.upto, most));
    std::set<std::pair<std::uint64_t, std::string>> told;
    for (const news_row& row : rows)
        if (row.urgent && row.number <= who->told_urgent) told.insert({row.seq, row.what});
    std::erase_if(rows, [&](const news_row& row) {
        return row.actor == mail.person || told.contains({row.seq, row.what}) ||
               (urgent_only && !row.urgent);
    });
    tell_once(rows);
    return rows;
}

result<void> follow_store::prune(std::int64_t before_ms) {
    const std::lock_guard lock(mutex_);
    // The newest row stays, so that numbers are told from it.
    statement drop(file_,
                   "DELETE FROM news WHERE at_ms<? AND number<(SELECT MAX(number) FROM news)");
    return drop.bind(1, before_ms).run();
}

result<void> follow_store::remember(std::string_view name, std::int64_t due_ms) {
    const std::lock_guard lock(mutex_);
    statement put(file_, "INSERT OR REPLACE INTO moment(name,due_ms) VALUES(?,?)");
    return put.bind_text(1, name).bind(2, due_ms).run();
}

result<std::vector<std::string>> follow_store::due_moments(std::int64_t now_ms) const {
    const std::lock_guard lock(mutex_);
    statement find(file_, "SELECT name FROM moment WHERE due_ms<=? ORDER BY due_ms");
    find.bind(1, now_ms);
    std::vector<std::string> out;
    while (VECHE_TRY(find.step())) out.emplace_back(find.text(0));
    return out;
}

result<void> follow_store::forget(std::string_view name) {
    const std::lock_guard lock(mutex_);
    return run("DELETE FROM moment WHERE name=?", name);
}

// --- mail ----------------------------------------------------------------------------------------

result<std::int64_t> follow_store::make_round(mail_kind kind, digest_rhythm rhythm) {
    const std::lock_guard lock(mutex_);
    const std::string name = round_name(kind, rhythm);
    const std::int64_t last = VECHE_TRY(newest_number());
    const auto before = VECHE_TRY(mark(name));
    if (!before || *before >= last) {
        if (!before) VECHE_CHECK(set_mark(name, last));
        return 0;
    }
    std::int64_t made = 0;
    const auto work = [&]() -> result<void> {
        statement round(file_, round_query);
        round.bind(1, *before).bind(2, last).bind(3, number_of(kind));
        VECHE_CHECK(round.bind(4, static_cast<std::int64_t>(rhythm)).run());
        made = file_.changes();
        return set_mark(name, last);
    };
    VECHE_CHECK(together(work));
    return made;
}

result<std::optional<std::int64_t>> follow_store::slot(digest_rhythm rhythm) const {
    const std::lock_guard lock(mutex_);
    return mark(slot_name(rhythm));
}

result<void> follow_store::set_slot(digest_rhythm rhythm, std::int64_t value) {
    const std::lock_guard lock(mutex_);
    return set_mark(slot_name(rhythm), value);
}

result<std::vector<due_mail>> follow_store::due(std::int64_t now_ms, std::size_t most) const {
    const std::lock_guard lock(mutex_);
    std::vector<due_mail> out;
    statement find(file_,
                   "SELECT person,upto,tries FROM outbox WHERE kind=? AND next_ms<=?"
                   " ORDER BY next_ms LIMIT ?");
    for (const mail_kind kind : {mail_kind::confirm, mail_kind::urgent, mail_kind::digest}) {
        find.bind(1, number_of(kind)).bind(2, now_ms);
        find.bind(3, static_cast<std::int64_t>(most - out.size()));
        while (VECHE_TRY(find.step()))
            out.push_back({{std::string(find.text(0))},
                           kind,
                           find.integer(1),
                           static_cast<std::int32_t>(find.integer(2))});
        find.reset();
    }
    return out;
}

result<std::optional<due_mail>> follow_store::begin(const due_mail& mail) {
    const std::lock_guard lock(mutex_);
    due_mail begun = mail;
    bool gone = false;
    const auto work = [&]() -> result<void> {
        statement find(file_, "SELECT begun FROM outbox WHERE person=? AND kind=? AND upto=?");
        find.bind_text(1, mail.person.value).bind(2, number_of(mail.kind)).bind(3, mail.upto);
        gone = !VECHE_TRY(find.step());
        if (gone || find.integer(0) != 0) return {};
        statement last(file_, "SELECT MAX(upto) FROM outbox WHERE person=? AND kind=? AND begun=0");
        last.bind_text(1, mail.person.value).bind(2, number_of(mail.kind));
        VECHE_CHECK(last.step());
        begun.upto = last.integer(0);
        statement merge(file_,
                        "DELETE FROM outbox WHERE person=? AND kind=? AND begun=0 AND upto<?");
        merge.bind_text(1, mail.person.value).bind(2, number_of(mail.kind)).bind(3, begun.upto);
        VECHE_CHECK(merge.run());
        statement fix(file_, "UPDATE outbox SET begun=1 WHERE person=? AND kind=? AND upto=?");
        fix.bind_text(1, mail.person.value).bind(2, number_of(mail.kind)).bind(3, begun.upto);
        return fix.run();
    };
    VECHE_CHECK(together(work));
    if (gone) return std::nullopt;
    return begun;
}

result<void> follow_store::done(const due_mail& mail) {
    const std::lock_guard lock(mutex_);
    return together([&]() -> result<void> {
        statement move(file_,
                       "UPDATE person SET told=CASE ?2 WHEN 2 THEN MAX(told,?3) ELSE told END,"
                       " told_urgent=CASE ?2 WHEN 0 THEN told_urgent ELSE MAX(told_urgent,?3) END"
                       " WHERE person=?1");
        move.bind_text(1, mail.person.value).bind(2, number_of(mail.kind)).bind(3, mail.upto);
        VECHE_CHECK(move.run());
        statement drop(file_, "DELETE FROM outbox WHERE person=? AND kind=? AND upto=?");
        drop.bind_text(1, mail.person.value).bind(2, number_of(mail.kind)).bind(3, mail.upto);
        return drop.run();
    });
}

result<void> follow_store::postpone(const due_mail& mail, setback why, std::int64_t until_ms) {
    const std::lock_guard lock(mutex_);
    statement put(file_,
                  "UPDATE outbox SET next_ms=?4, tries=tries+?5, begun=?6"
                  " WHERE person=?1 AND kind=?2 AND upto=?3");
    put.bind_text(1, mail.person.value).bind(2, number_of(mail.kind)).bind(3, mail.upto);
    put.bind(4, until_ms).bind(5, std::int64_t{why != setback::unreachable});
    return put.bind(6, std::int64_t{why == setback::lost}).run();
}

result<void> follow_store::give_up(const due_mail& mail) {
    const std::lock_guard lock(mutex_);
    return together([&]() -> result<void> {
        VECHE_CHECK(
            run(mail.kind == mail_kind::confirm
                    ? "UPDATE person SET wanted='',confirm=NULL,unreachable=1 WHERE person=?"
                    : "UPDATE person SET address='',unreachable=1 WHERE person=?",
                mail.person.value));
        return run(mail.kind == mail_kind::confirm ? "DELETE FROM outbox WHERE person=? AND kind=0"
                                                   : "DELETE FROM outbox WHERE person=? AND kind>0",
                   mail.person.value);
    });
}

result<std::int64_t> follow_store::waiting() const {
    const std::lock_guard lock(mutex_);
    statement find(file_, "SELECT COUNT(*) FROM outbox");
    VECHE_CHECK(find.step());
    return find.integer(0);
}

}  // namespace veche::api
