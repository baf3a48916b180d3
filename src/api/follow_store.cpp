#include "api/follow_store.hpp"

#include <algorithm>
#include <set>

#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "kernel/hash.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_rows.hpp"

namespace veche::api {

using store::found_rows;
using store::row_desk;
using store::values;

namespace {

/// The number of the form that these tables have. Files of the first releases say 0.
constexpr std::int64_t follows_form = 1;

constexpr const char* follow_schema = R"(
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
INSERT INTO outbox(person,kind,upto)
SELECT DISTINCT p.person, ?3, ?2 FROM (SELECT thing, MAX(number) AS top, MIN(actor) AS low,
    MAX(actor) AS high, MIN(urgent) AS all_urgent FROM news
    WHERE number>?1 AND number<=?2 AND (?3<>1 OR urgent=1) GROUP BY thing) AS t
  CROSS JOIN follow f CROSS JOIN person p
WHERE f.thing=t.thing AND p.person=f.person
  AND f.since<t.top AND (t.low<>f.person OR t.high<>f.person) AND p.address<>'' AND
  CASE ?3 WHEN 1 THEN p.urgent=1 AND p.told_urgent<t.top
    ELSE p.digest=?4 AND p.told<t.top AND (t.all_urgent=0 OR p.told_urgent<t.top) END
ON CONFLICT DO NOTHING)";

constexpr const char* put_mark =
    "INSERT INTO mark(name,value) VALUES(?1,?2) ON CONFLICT(name) DO UPDATE SET "
    "value=excluded.value";

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

news_row read_news(const found_rows& from, std::size_t row) {
    return {from.integer(row, 0),     static_cast<std::uint64_t>(from.integer(row, 1)),
            {from.integer(row, 2)},   from.text(row, 3),
            from.text(row, 4),        {from.text(row, 5)},
            from.integer(row, 6) != 0};
}

follower read_follower(const found_rows& from, std::size_t row) {
    follower one;
    one.person.value = from.text(row, 0);
    one.address = from.text(row, 1);
    one.wanted = from.text(row, 2);
    one.wishes.language = from.text(row, 3);
    one.wishes.digest = static_cast<digest_rhythm>(from.integer(row, 4));
    one.wishes.urgent = from.integer(row, 5) != 0;
    one.confirm = from.text(row, 6);
    one.leave = from.text(row, 7);
    one.feed = from.text(row, 8);
    one.unreachable = from.integer(row, 9) != 0;
    one.told = from.integer(row, 10);
    one.told_urgent = from.integer(row, 11);
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

result<void> run_in(row_desk& desk, std::string_view sql, const values& with) {
    VECHE_CHECK(desk.run(sql, with));
    return {};
}

result<std::int64_t> newest_number(row_desk& desk) {
    const auto found = VECHE_TRY(desk.run("SELECT COALESCE(MAX(number),0) FROM news"));
    return found.integer(0, 0);
}

result<std::optional<std::int64_t>> mark_in(row_desk& desk, std::string_view name) {
    const auto found =
        VECHE_TRY(desk.run("SELECT value FROM mark WHERE name=?1", values().text(name)));
    if (found.empty()) return std::optional<std::int64_t>{};
    return std::optional(found.integer(0, 0));
}

result<std::optional<follower>> follower_where(row_desk& desk, const char* condition,
                                               std::string_view value) {
    const std::string sql =
        "SELECT person,address,wanted,language,digest,urgent,COALESCE(confirm,''),"
        "leave,COALESCE(feed,''),unreachable,told,told_urgent FROM person WHERE " +
        std::string(condition);
    const auto found = VECHE_TRY(desk.run(sql, values().text(value)));
    if (found.empty()) return std::optional<follower>{};
    return std::optional(read_follower(found, 0));
}

/// Person, kind and number of a mail, as ?1, ?2 and ?3.
values key_of(const due_mail& mail) {
    return values().text(mail.person.value).add(number_of(mail.kind)).add(mail.upto);
}

}  // namespace

std::string link_secret() {
    constexpr std::size_t bytes = 32;
    return to_hex(random_bytes(bytes));
}

result<std::unique_ptr<follow_store>> follow_store::open(const std::filesystem::path& file) {
    std::shared_ptr<store::row_base> opened =
        VECHE_TRY(store::sqlite_rows::open(file, store::row_file::alone));
    VECHE_CHECK(prepare(*opened));
    return std::make_unique<follow_store>(std::move(opened));
}

result<void> follow_store::prepare(store::row_base& in) {
    VECHE_CHECK(in.take_form(follows_form));
    return in.make(follow_schema);
}

result<std::optional<std::int64_t>> follow_store::mark(std::string_view name) const {
    return mark_in(*in_, name);
}

// --- people --------------------------------------------------------------------------------------

result<std::optional<follower>> follow_store::find_where(const char* condition,
                                                         std::string_view value) const {
    return follower_where(*in_, condition, value);
}

result<std::optional<follower>> follow_store::find(const person_id& person) const {
    return find_where("person=?1", person.value);
}

result<std::optional<follower>> follow_store::find_by_feed(std::string_view secret) const {
    return find_where("feed=?1", secret);
}

result<std::optional<follower>> follow_store::find_by_leave(std::string_view secret) const {
    return find_where("leave=?1", secret);
}

result<std::optional<follower>> follow_store::find_by_confirm(std::string_view secret,
                                                              std::int64_t now_ms) const {
    const auto found =
        VECHE_TRY(in_->run("SELECT 1 FROM person WHERE confirm=?1 AND confirm_ms>=?2",
                           values().text(secret).add(now_ms - confirm_ms)));
    if (found.empty()) return std::nullopt;
    return find_where("confirm=?1", secret);
}

result<std::vector<follower>> follow_store::named(std::string_view prefix,
                                                  std::int64_t since_ms) const {
    std::string after(prefix);
    ++after.back();
    const auto found =
        VECHE_TRY(in_->run("SELECT person,address,wanted,language,digest,urgent,"
                           "CASE WHEN confirm_ms>=?3 THEN COALESCE(confirm,'') ELSE '' END,"
                           "leave,COALESCE(feed,''),unreachable,told,told_urgent FROM person "
                           "WHERE person>=?1 AND person<?2",
                           values().text(prefix).text(after).add(since_ms)));
    std::vector<follower> out;
    for (std::size_t i = 0; i < found.count(); ++i) out.push_back(read_follower(found, i));
    return out;
}

result<follower> follow_store::ensure(const person_id& person, std::string_view language) {
    auto found = VECHE_TRY(find(person));
    if (found) return *std::move(found);
    const auto work = [&](row_desk& desk) -> result<void> {
        const std::int64_t now = VECHE_TRY(newest_number(desk));
        VECHE_CHECK(
            desk.run("INSERT INTO person(person,language,leave,told,told_urgent)"
                     " VALUES(?1,?2,?3,?4,?4) ON CONFLICT DO NOTHING",
                     values().text(person.value).text(language).text(link_secret()).add(now)));
        return run_in(desk,
                      "INSERT INTO follow(person,thing,since) VALUES(?1,?2,?3) "
                      "ON CONFLICT DO NOTHING",
                      values().text(person.value).text(call_of(person)).add(now));
    };
    VECHE_CHECK(in_->together(work));
    found = VECHE_TRY(find(person));
    if (!found) return refuse(store::refusals::contended, {}, in_->place(), person.value);
    return *std::move(found);
}

result<void> follow_store::set_wishes(const person_id& person, const mail_wishes& wishes) {
    return in_->together([&](row_desk& desk) -> result<void> {
        const std::int64_t now = VECHE_TRY(newest_number(desk));
        const auto before = VECHE_TRY(follower_where(desk, "person=?1", person.value));
        if (!before) return {};
        const bool other = before->wishes.digest != wishes.digest;
        // The next turn of the new rhythm looks no further back than to its last one.
        if (other && before->wishes.digest == digest_rhythm::weekly && !before->address.empty())
            VECHE_CHECK(
                desk.run("INSERT INTO outbox(person,kind,upto) VALUES(?1,2,?2) "
                         "ON CONFLICT DO NOTHING",
                         values().text(person.value).add(now)));
        // Who had mail turned off is told nothing of the time in between.
        return run_in(desk,
                      "UPDATE person SET language=?2, digest=?3, urgent=?4,"
                      " told=CASE WHEN digest=2 THEN ?5 ELSE told END,"
                      " told_urgent=CASE WHEN digest=2 AND urgent=0 THEN ?5 ELSE told_urgent END"
                      " WHERE person=?1",
                      values()
                          .text(person.value)
                          .text(wishes.language)
                          .add(static_cast<std::int64_t>(wishes.digest))
                          .add(std::int64_t{wishes.urgent})
                          .add(now));
    });
}

result<void> follow_store::end_mail(const person_id& person) {
    return in_->together([&](row_desk& desk) -> result<void> {
        const values who = values().text(person.value);
        VECHE_CHECK(desk.run("DELETE FROM outbox WHERE person=?1 AND kind>0", who));
        return run_in(desk, "UPDATE person SET digest=2,urgent=0 WHERE person=?1", who);
    });
}

result<void> follow_store::erase(const person_id& person) {
    return in_->together([&](row_desk& desk) -> result<void> {
        const values who = values().text(person.value);
        VECHE_CHECK(desk.run("DELETE FROM outbox WHERE person=?1", who));
        VECHE_CHECK(desk.run("DELETE FROM follow WHERE person=?1", who));
        return run_in(desk, "DELETE FROM person WHERE person=?1", who);
    });
}

result<void> follow_store::want_address(const person_id& person, std::string_view address,
                                        std::int64_t now_ms) {
    return in_->together([&](row_desk& desk) -> result<void> {
        const values who = values().text(person.value);
        VECHE_CHECK(desk.run("DELETE FROM outbox WHERE person=?1 AND kind=0", who));
        if (address.empty()) {
            VECHE_CHECK(desk.run("DELETE FROM outbox WHERE person=?1", who));
            return run_in(
                desk, "UPDATE person SET address='',wanted='',confirm=NULL WHERE person=?1", who);
        }
        VECHE_CHECK(
            desk.run("UPDATE person SET wanted=?2,confirm=?3,confirm_ms=?4 WHERE person=?1",
                     values().text(person.value).text(address).text(link_secret()).add(now_ms)));
        return run_in(desk, "INSERT INTO outbox(person,kind,upto) VALUES(?1,0,0)", who);
    });
}

result<void> follow_store::confirm_address(const person_id& person) {
    return in_->together([&](row_desk& desk) -> result<void> {
        const std::int64_t now = VECHE_TRY(newest_number(desk));
        VECHE_CHECK(desk.run("DELETE FROM outbox WHERE person=?1", values().text(person.value)));
        return run_in(desk,
                      "UPDATE person SET address=wanted,wanted='',confirm=NULL,unreachable=0,"
                      "told=?2,told_urgent=?2 WHERE person=?1 AND wanted<>''",
                      values().text(person.value).add(now));
    });
}

result<void> follow_store::renew_feed(const person_id& person, bool wanted) {
    if (!wanted)
        return run_in(*in_, "UPDATE person SET feed=NULL WHERE person=?1",
                      values().text(person.value));
    return run_in(*in_, "UPDATE person SET feed=?2 WHERE person=?1",
                  values().text(person.value).text(link_secret()));
}

// --- following -----------------------------------------------------------------------------------

result<void> follow_store::follow(const person_id& person, std::string_view thing, bool on) {
    const values both = values().text(person.value).text(thing);
    if (!on) return run_in(*in_, "DELETE FROM follow WHERE person=?1 AND thing=?2", both);
    return in_->together([&](row_desk& desk) -> result<void> {
        const auto others =
            VECHE_TRY(desk.run("SELECT COUNT(*) FROM follow WHERE person=?1 AND thing<>?2", both));
        if (others.integer(0, 0) >= static_cast<std::int64_t>(most_followed))
            return refuse(refusals::too_much_followed, "thing", std::to_string(most_followed));
        const std::int64_t now = VECHE_TRY(newest_number(desk));
        return run_in(desk,
                      "INSERT INTO follow(person,thing,since) VALUES(?1,?2,?3) "
                      "ON CONFLICT DO NOTHING",
                      values().text(person.value).text(thing).add(now));
    });
}

result<bool> follow_store::follows(const person_id& person, std::string_view thing) const {
    const auto found = VECHE_TRY(in_->run("SELECT 1 FROM follow WHERE person=?1 AND thing=?2",
                                          values().text(person.value).text(thing)));
    return !found.empty();
}

result<std::vector<std::string>> follow_store::things_of(const person_id& person) const {
    const auto found =
        VECHE_TRY(in_->run("SELECT thing FROM follow WHERE person=?1 AND thing<>?2 ORDER BY thing",
                           values().text(person.value).text(call_of(person))));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < found.count(); ++i) out.push_back(found.text(i, 0));
    return out;
}

result<std::vector<std::string>> follow_store::searches() const {
    const auto found = VECHE_TRY(
        in_->run("SELECT DISTINCT thing FROM follow WHERE thing>'search/' AND thing<'search0'"));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < found.count(); ++i) out.push_back(found.text(i, 0));
    return out;
}

result<std::vector<person_id>> follow_store::known(const std::vector<person_id>& asked) const {
    std::vector<person_id> out;
    for (const person_id& one : asked) {
        const auto found =
            VECHE_TRY(in_->run("SELECT 1 FROM person WHERE person=?1", values().text(one.value)));
        if (!found.empty()) out.push_back(one);
    }
    return out;
}

// --- news ----------------------------------------------------------------------------------------

result<std::optional<std::uint64_t>> follow_store::next_entry() const {
    const auto found = VECHE_TRY(mark("next_entry"));
    if (!found) return std::nullopt;
    return static_cast<std::uint64_t>(*found);
}

result<void> follow_store::keep(const std::vector<news_draft>& drafts, std::uint64_t from,
                                std::uint64_t next) {
    return in_->together([&](row_desk& desk) -> result<void> {
        // Whoever changes this row first reads and numbers; the others wait for it here.
        const auto passed = VECHE_TRY(desk.run(
            "INSERT INTO mark(name,value) VALUES('next_entry',?1) ON CONFLICT(name) DO UPDATE SET "
            "value=CASE WHEN mark.value<?1 THEN ?1 ELSE mark.value END WHERE mark.value<=?2",
            values().add(next).add(from)));
        if (passed.changed() == 0) return {};
        std::int64_t number = VECHE_TRY(newest_number(desk));
        for (const news_draft& draft : drafts) {
            const auto one = [&](const std::string& thing, bool urgent) -> result<void> {
                const auto kept = VECHE_TRY(
                    desk.run("INSERT INTO news(number,seq,thing,what,about,actor,at_ms,urgent)"
                             " VALUES(?1,?2,?3,?4,?5,?6,?7,?8) ON CONFLICT DO NOTHING",
                             values()
                                 .add(number + 1)
                                 .add(draft.row.seq)
                                 .text(thing)
                                 .text(draft.row.what)
                                 .text(draft.row.about)
                                 .text(draft.row.actor.value)
                                 .add(draft.row.at.ms)
                                 .add(std::int64_t{urgent})));
                number += kept.changed();
                return {};
            };
            // The first wins where a thing stands in both.
            for (const std::string& thing : draft.at_once) VECHE_CHECK(one(thing, true));
            for (const std::string& thing : draft.things) VECHE_CHECK(one(thing, draft.row.urgent));
        }
        return {};
    });
}

result<std::vector<news_row>> follow_store::followed_news(const person_id& person,
                                                          std::int64_t after, std::int64_t upto,
                                                          std::size_t most) const {
    const auto found = VECHE_TRY(
        in_->run("SELECT n.number,n.seq,n.at_ms,n.what,n.about,n.actor,n.urgent FROM follow f"
                 " CROSS JOIN news n WHERE n.thing=f.thing AND f.person=?1 AND n.number>?2"
                 " AND n.number<=?3 AND (?2<0 OR n.number>f.since) ORDER BY n.number DESC"
                 " LIMIT ?4",
                 values().text(person.value).add(after).add(upto).add(std::uint64_t{most})));
    std::vector<news_row> rows;
    for (std::size_t i = 0; i < found.count(); ++i) rows.push_back(read_news(found, i));
    return rows;
}

result<std::vector<news_row>> follow_store::newest(const person_id& person,
                                                   std::size_t most) const {
    constexpr std::size_t by_several_things = 4;
    const std::int64_t last = VECHE_TRY(newest_number(*in_));
    auto rows = VECHE_TRY(followed_news(person, -1, last, most * by_several_things));
    tell_once(rows);
    if (rows.size() > most) rows.resize(most);
    return rows;
}

result<std::vector<news_row>> follow_store::untold(const due_mail& mail) const {
    // A digest that says more than this says nothing; the pages have the rest.
    constexpr std::size_t most = 2000;
    const auto who = VECHE_TRY(find(mail.person));
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
    // The newest row stays, so that numbers are told from it.
    return run_in(*in_, "DELETE FROM news WHERE at_ms<?1 AND number<(SELECT MAX(number) FROM news)",
                  values().add(before_ms));
}

result<void> follow_store::remember(std::string_view name, std::int64_t due_ms) {
    return run_in(*in_,
                  "INSERT INTO moment(name,due_ms) VALUES(?1,?2) ON CONFLICT(name) DO UPDATE SET "
                  "due_ms=excluded.due_ms",
                  values().text(name).add(due_ms));
}

result<std::vector<std::string>> follow_store::due_moments(std::int64_t now_ms) const {
    const auto found = VECHE_TRY(
        in_->run("SELECT name FROM moment WHERE due_ms<=?1 ORDER BY due_ms", values().add(now_ms)));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < found.count(); ++i) out.push_back(found.text(i, 0));
    return out;
}

result<void> follow_store::forget(std::string_view name) {
    return run_in(*in_, "DELETE FROM moment WHERE name=?1", values().text(name));
}

// --- mail ----------------------------------------------------------------------------------------

result<std::int64_t> follow_store::make_round(mail_kind kind, digest_rhythm rhythm) {
    const std::string name = round_name(kind, rhythm);
    // Nearly always there is nothing new, and nothing is written.
    const auto known = VECHE_TRY(mark(name));
    const std::int64_t newest_now = VECHE_TRY(newest_number(*in_));
    if (known && *known >= newest_now) return 0;
    std::int64_t made = 0;
    const auto work = [&](row_desk& desk) -> result<void> {
        made = 0;
        const std::int64_t last = VECHE_TRY(newest_number(desk));
        const auto before = VECHE_TRY(mark_in(desk, name));
        if (before && *before >= last) return {};
        if (before) {
            const auto done =
                VECHE_TRY(desk.run(round_query, values()
                                                    .add(*before)
                                                    .add(last)
                                                    .add(number_of(kind))
                                                    .add(static_cast<std::int64_t>(rhythm))));
            made = done.changed();
        }
        return run_in(desk, put_mark, values().text(name).add(last));
    };
    VECHE_CHECK(in_->together(work));
    return made;
}

result<std::optional<std::int64_t>> follow_store::slot(digest_rhythm rhythm) const {
    return mark(slot_name(rhythm));
}

result<void> follow_store::set_slot(digest_rhythm rhythm, std::int64_t value) {
    return run_in(*in_, put_mark, values().text(slot_name(rhythm)).add(value));
}

result<std::vector<due_mail>> follow_store::due(std::int64_t now_ms, std::size_t most) const {
    std::vector<due_mail> out;
    for (const mail_kind kind : {mail_kind::confirm, mail_kind::urgent, mail_kind::digest}) {
        const auto found =
            VECHE_TRY(in_->run("SELECT person,upto,tries FROM outbox WHERE kind=?1 AND next_ms<=?2"
                               " ORDER BY next_ms LIMIT ?3",
                               values()
                                   .add(number_of(kind))
                                   .add(now_ms)
                                   .add(static_cast<std::int64_t>(most - out.size()))));
        for (std::size_t i = 0; i < found.count(); ++i)
            out.push_back({{found.text(i, 0)},
                           kind,
                           found.integer(i, 1),
                           static_cast<std::int32_t>(found.integer(i, 2))});
    }
    return out;
}

result<std::optional<due_mail>> follow_store::begin(const due_mail& mail, std::int64_t now_ms) {
    due_mail begun = mail;
    bool gone = false;
    const auto work = [&](row_desk& desk) -> result<void> {
        begun = mail;
        const auto found = VECHE_TRY(
            desk.run("SELECT begun,next_ms FROM outbox WHERE person=?1 AND kind=?2 AND upto=?3",
                     key_of(mail)));
        // Another node took it meanwhile, and holds it.
        gone = found.empty() || (in_->shared() && found.integer(0, 1) > now_ms);
        if (gone) return {};
        const values fresh = values().text(mail.person.value).add(number_of(mail.kind));
        if (found.integer(0, 0) == 0) {
            const auto last = VECHE_TRY(desk.run(
                "SELECT MAX(upto) FROM outbox WHERE person=?1 AND kind=?2 AND begun=0", fresh));
            begun.upto = last.integer(0, 0);
            VECHE_CHECK(
                desk.run("DELETE FROM outbox WHERE person=?1 AND kind=?2 AND begun=0 AND upto<?3",
                         key_of(begun)));
        }
        const std::int64_t until = in_->shared() ? now_ms + hold_ms : 0;
        return run_in(desk,
                      "UPDATE outbox SET begun=1,next_ms=CASE WHEN ?4>0 THEN ?4 ELSE next_ms END "
                      "WHERE person=?1 AND kind=?2 AND upto=?3",
                      key_of(begun).add(until));
    };
    VECHE_CHECK(in_->together(work));
    if (gone) return std::nullopt;
    return begun;
}

result<void> follow_store::done(const due_mail& mail) {
    return in_->together([&](row_desk& desk) -> result<void> {
        VECHE_CHECK(
            desk.run("UPDATE person SET"
                     " told=CASE WHEN ?2=2 AND told<?3 THEN ?3 ELSE told END,"
                     " told_urgent=CASE WHEN ?2<>0 AND told_urgent<?3 THEN ?3 ELSE told_urgent END"
                     " WHERE person=?1",
                     key_of(mail)));
        return run_in(desk, "DELETE FROM outbox WHERE person=?1 AND kind=?2 AND upto=?3",
                      key_of(mail));
    });
}

result<void> follow_store::postpone(const due_mail& mail, setback why, std::int64_t until_ms) {
    return run_in(*in_,
                  "UPDATE outbox SET next_ms=?4, tries=tries+?5, begun=?6"
                  " WHERE person=?1 AND kind=?2 AND upto=?3",
                  key_of(mail)
                      .add(until_ms)
                      .add(std::int64_t{why != setback::unreachable})
                      .add(std::int64_t{why == setback::lost}));
}

result<void> follow_store::give_up(const due_mail& mail) {
    const bool confirms = mail.kind == mail_kind::confirm;
    return in_->together([&](row_desk& desk) -> result<void> {
        const values who = values().text(mail.person.value);
        VECHE_CHECK(desk.run(
            confirms ? "UPDATE person SET wanted='',confirm=NULL,unreachable=1 WHERE person=?1"
                     : "UPDATE person SET address='',unreachable=1 WHERE person=?1",
            who));
        return run_in(desk,
                      confirms ? "DELETE FROM outbox WHERE person=?1 AND kind=0"
                               : "DELETE FROM outbox WHERE person=?1 AND kind>0",
                      who);
    });
}

result<std::int64_t> follow_store::waiting() const {
    const auto found = VECHE_TRY(in_->run("SELECT COUNT(*) FROM outbox"));
    return found.integer(0, 0);
}

result<void> follow_store::copy(store::row_base& from, store::row_base& to) {
    struct table {
        const char* name;
        const char* columns;
        std::size_t texts;  ///< how many of the first columns are texts
        std::size_t numbers;
        std::size_t optional;  ///< and texts that may be missing, last
    };
    constexpr table tables[] = {
        {"person",
         "person,address,wanted,language,leave,digest,urgent,confirm_ms,unreachable,told,"
         "told_urgent,confirm,feed",
         5, 6, 2},
        {"follow", "person,thing,since", 2, 1, 0},
        {"news", "thing,what,about,actor,number,seq,at_ms,urgent", 4, 4, 0},
        {"outbox", "person,kind,upto,tries,next_ms,begun", 1, 5, 0},
        {"moment", "name,due_ms", 1, 1, 0},
        {"mark", "name,value", 1, 1, 0}};
    for (const table& t : tables) {
        const std::string columns = t.columns;
        const auto all = VECHE_TRY(from.run("SELECT " + columns + " FROM " + t.name));
        const std::size_t width = t.texts + t.numbers + t.optional;
        std::string places;
        for (std::size_t i = 1; i <= width; ++i) places += (i > 1 ? ",?" : "?") + std::to_string(i);
        const std::string put =
            "INSERT INTO " + std::string(t.name) + "(" + columns + ") VALUES(" + places + ")";
        const auto work = [&](row_desk& desk) -> result<void> {
            for (std::size_t row = 0; row < all.count(); ++row) {
                values one;
                for (std::size_t i = 0; i < width; ++i) {
                    if (i >= t.texts && i < t.texts + t.numbers)
                        one.add(all.integer(row, i));
                    else if (i >= t.texts && all.text(row, i).empty())
                        one.nothing();
                    else
                        one.text(all.text(row, i));
                }
                VECHE_CHECK(desk.run(put, one));
            }
            return {};
        };
        VECHE_CHECK(to.together(work));
    }
    return {};
}

}  // namespace veche::api
