// Accounts and followers in rows on a PostgreSQL server, beside the same in SQLite: one random
// sequence of operations, the same answers. And what holds only there: several nodes at once.
// The server is the one that VECHE_TEST_POSTGRES names (tests/postgres_test.py starts one); without
// it these tests say so and pass.

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <thread>
#include <tuple>

#include <doctest/doctest.h>
#include <unistd.h>

#include "api/account_store.hpp"
#include "api/follow_store.hpp"
#include "api/tests/temporary_folder.hpp"
#include "seeded_dice.hpp"
#include "store/postgres/postgres_rows.hpp"
#include "store/sqlite/sqlite_rows.hpp"

using namespace veche;
using namespace veche::api;
using veche::api::testing::temporary_folder;

namespace {

constexpr std::int64_t desk_now = 1'800'000'000'000;

/// A schema of its own with the tables of accounts and followers; nothing where there is no server.
class desk_on_server {
  public:
    desk_on_server() {
        const char* const url = std::getenv("VECHE_TEST_POSTGRES");
        if (url == nullptr) {
            MESSAGE("no PostgreSQL server for tests: skipped");
            return;
        }
        static std::atomic<int> count = 0;
        url_ = url;
        schema_ = "desk" + std::to_string(::getpid()) + "_" + std::to_string(count++);
        REQUIRE(store::postgres_rows::create(url_, schema_));
        const auto rows = node();
        REQUIRE(account_store::prepare(*rows));
        REQUIRE(follow_store::prepare(*rows));
    }
    explicit operator bool() const { return !url_.empty(); }
    /// The rows as another node has them, over connections of its own.
    [[nodiscard]] std::shared_ptr<store::row_base> node() const {
        return store::postgres_rows::open(url_, schema_).value();
    }

  private:
    std::string url_, schema_;
};

/// Rows in a file that say of themselves what a server's say: others may use them.
class as_if_shared final : public store::row_base {
  public:
    explicit as_if_shared(const std::filesystem::path& file)
        : in_(store::sqlite_rows::open(file, store::row_file::beside).value()) {}
    result<store::found_rows> run(std::string_view sql, const store::values& with = {}) override {
        return in_->run(sql, with);
    }
    result<void> together(const work& what) override { return in_->together(what); }
    result<void> take_form(std::int64_t known) override { return in_->take_form(known); }
    result<void> make(std::string_view schema) override { return in_->make(schema); }
    [[nodiscard]] bool shared() const override { return true; }
    [[nodiscard]] std::string place() const override { return in_->place(); }
    result<void> forget_traces(const std::vector<std::string>& tables) override {
        return in_->forget_traces(tables);
    }

  private:
    std::unique_ptr<store::sqlite_rows> in_;
};

std::string told(const result<void>& done) {
    return done ? "done" : std::string(done.error().code());
}

// --- Accounts
// ------------------------------------------------------------------------------------

/// Answers what it is asked as text. Tokens differ between stores, so they go by their number.
class accounts_model {
  public:
    explicit accounts_model(std::shared_ptr<store::row_base> rows)
        : rows_(std::move(rows)),
          in_(std::make_unique<account_store>(rows_, password_cost::fast)) {}

    /// As if the program ended and another one took over.
    void restart() {
        in_.reset();
        in_ = std::make_unique<account_store>(rows_, password_cost::fast);
    }
    std::string step(seeded_dice& at, std::int64_t now_ms) {
        // In the order of bytes, not of any language.
        static const std::vector<std::string> logins{"anna", "anna.b", "anna-b", "anna_b",
                                                     "b",    "7",      "Anna"};
        static const std::vector<std::string> people{"p/1", "P/1", "лицо-1", "p"};
        static const std::vector<std::string> phrases{"correct horse", "another horse", "short"};
        const std::string login = at.one_of(logins), word = at.one_of(phrases);
        const person_id person{at.one_of(people)};
        const std::size_t token = at.below(tokens_.size() + 1), key = at.below(4);
        const auto uses = static_cast<std::uint32_t>(at.below(5));
        switch (at.below(13)) {
            case 0:
                return told(in_->add(login, person, word));
            case 1:
                return told(in_->reset(login, word));
            case 2:
                return told(in_->set_disabled(login, uses > 2));
            case 3: {
                const auto who = in_->verify(login, word);
                return who ? who->value : std::string(who.error().code());
            }
            case 4:
                return in_->login_of(person).value_or("nobody");
            case 5:
                return std::to_string(in_->count_use("key" + std::to_string(key), uses));
            case 6:
            case 7:
                return opened(login, now_ms);
            case 8:
                return found(token, now_ms);
            case 9:
                return in_->close_session(token_at(token)), "closed";
            case 10:
                return std::to_string(in_->use_nonce("n" + std::to_string(key + uses),
                                                     now_ms + 1'000'000 * uses, now_ms, 5));
            case 11:
                return std::to_string(in_->is_nonce_used("n" + std::to_string(key)));
            default:
                return everything(now_ms);
        }
    }
    std::string everything(std::int64_t now_ms) const {
        std::ostringstream all;
        for (const account& a : in_->list())
            all << a.login << ' ' << a.person.value << ' ' << a.disabled << '\n';
        all << in_->open_sessions(now_ms) << " sessions\n";
        return all.str();
    }
    std::string all_sessions(std::int64_t now_ms) {
        std::string out;
        for (std::size_t i = 0; i < tokens_.size(); ++i) out += found(i, now_ms) + "\n";
        return out;
    }

  private:
    std::string token_at(std::size_t i) const {
        return i < tokens_.size() ? tokens_[i] : std::string(64, '0');
    }
    std::string opened(const std::string& login, std::int64_t now_ms) {
        try {
            tokens_.push_back(in_->open_session(login, now_ms));
            return "opened";
        } catch (const accounts_failed&) {
            return "no such account";
        }
    }
    std::string found(std::size_t token, std::int64_t now_ms) {
        const auto session = in_->find_session(token_at(token), now_ms);
        return session ? session->login + " " + session->person.value : "no session";
    }

    std::shared_ptr<store::row_base> rows_;
    std::unique_ptr<account_store> in_;
    std::vector<std::string> tokens_;
};

// --- Followers
// -----------------------------------------------------------------------------------

std::string shown(const follower& f) {
    std::ostringstream out;
    out << f.person.value << '|' << f.address << '|' << f.wanted << '|' << f.wishes.language << '|'
        << name_of(f.wishes.digest) << '|' << f.wishes.urgent << '|' << !f.confirm.empty() << '|'
        << !f.feed.empty() << '|' << f.unreachable << '|' << f.told << '|' << f.told_urgent << '\n';
    return out.str();
}

std::string shown(const news_row& n) {
    std::ostringstream out;
    out << n.number << '|' << n.seq << '|' << n.at.ms << '|' << n.what << '|' << n.about << '|'
        << n.actor.value << '|' << n.urgent << '\n';
    return out.str();
}

std::string shown(const due_mail& m) {
    return m.person.value + "|" + std::string(name_of(m.kind)) + "|" + std::to_string(m.upto) +
           "|" + std::to_string(m.tries) + "\n";
}

template <class T>
std::string shown_all(const result<std::vector<T>>& all, bool sorted = false) {
    if (!all) return std::string(all.error().code());
    std::vector<std::string> lines;
    for (const T& one : *all) {
        if constexpr (std::is_same_v<T, std::string>)
            lines.push_back(one + "\n");
        else
            lines.push_back(shown(one));
    }
    // Where the answer says no order, none is compared.
    if (sorted) std::sort(lines.begin(), lines.end());
    std::string out;
    for (const std::string& line : lines) out += line;
    return out;
}

/// The same of followers. Secrets of links differ; whose they are does not.
class follows_model {
  public:
    explicit follows_model(std::shared_ptr<store::row_base> rows) : in_(std::move(rows)) {}

    std::string step(seeded_dice& at, std::int64_t now_ms) {
        static const std::vector<std::string> people{"anna", "Anna", "anna-2", "борис", "в"};
        static const std::vector<std::string> things{"vote/a",   "vote/A",        "body/x",
                                                     "body/x-1", "search/вода x", "search/a"};
        const person_id who{at.one_of(people)};
        const std::string thing = at.one_of(things), other = at.one_of(things);
        const std::size_t n = at.below(6);
        const auto rhythm = static_cast<digest_rhythm>(at.below(3));
        const auto kind = static_cast<mail_kind>(1 + at.below(2));
        switch (at.below(24)) {
            case 0:
            case 1:
                return told(in_.ensure(who, n > 2 ? "ru" : "be").map([](auto&&) {}));
            case 2:
                return told(in_.want_address(who, n == 0 ? "" : "a@x.example", now_ms));
            case 3:
                return confirmed(who, now_ms);
            case 4:
                return told(in_.set_wishes(who, {rhythm, n > 2, "en"}));
            case 5:
                return n == 0 ? told(in_.erase(who)) : told(in_.end_mail(who));
            case 6:
                return told(in_.renew_feed(who, n > 1));
            case 7:
            case 8:
            case 9:
                return told(in_.follow(who, thing, n > 0));
            case 10:
                return shown_all(in_.searches(), true) + shown_all(in_.things_of(who));
            case 11:
            case 12:
            case 13:
                return keep(at, who, thing, other, now_ms);
            case 14:
                return shown_all(in_.newest(who, 1 + n));
            case 15:
            case 16:
                return std::to_string(in_.make_round(kind, rhythm).value());
            case 17:
            case 18:
            case 19:
                return deliver(at, now_ms);
            case 20:
                return told(in_.remember(thing, now_ms + 1000 * static_cast<std::int64_t>(n)));
            case 21:
                return shown_all(in_.due_moments(now_ms), true) + told(in_.forget(thing));
            case 22:
                return n == 0 ? told(in_.prune(now_ms - 50'000))
                              : told(in_.set_slot(rhythm, now_ms));
            default:
                return everything(now_ms);
        }
    }
    std::string everything(std::int64_t now_ms) const {
        std::string out;
        for (const char* prefix : {"a", "A", "б", "в"})
            out += shown_all(in_.named(prefix, now_ms - 40'000), true);
        for (const char* one : {"anna", "Anna", "anna-2", "борис", "в", "nobody"}) {
            const auto f = in_.find({one}).value();
            out += f ? shown(*f) + links_of(*f, now_ms) : "nobody\n";
            out += shown_all(in_.newest({one}, 50)) + shown_all(in_.things_of({one}));
        }
        out += shown_all(in_.due(now_ms, 1000), true) + std::to_string(in_.waiting().value());
        out += " next " + std::to_string(in_.next_entry().value().value_or(0));
        for (const digest_rhythm r : {digest_rhythm::daily, digest_rhythm::weekly})
            out += " slot " + std::to_string(in_.slot(r).value().value_or(-1));
        return out;
    }

  private:
    /// Whom each of the links leads to.
    std::string links_of(const follower& f, std::int64_t now_ms) const {
        const auto name = [](const result<std::optional<follower>>& found) {
            return found.value() ? (*found)->person.value : std::string("nobody");
        };
        return name(in_.find_by_feed(f.feed)) + "|" + name(in_.find_by_leave(f.leave)) + "|" +
               name(in_.find_by_confirm(f.confirm, now_ms)) + "\n";
    }
    std::string confirmed(const person_id& who, std::int64_t now_ms) {
        const auto f = in_.find(who).value();
        if (!f || f->confirm.empty()) return "nothing to confirm";
        const auto by_link = in_.find_by_confirm(f->confirm, now_ms).value();
        return by_link ? told(in_.confirm_address(by_link->person)) : "too late";
    }
    std::string keep(seeded_dice& at, const person_id& actor, const std::string& thing,
                     const std::string& other, std::int64_t now_ms) {
        news_draft draft;
        // Some entries are read again, as by a node that came later.
        const std::uint64_t seq = at.below(4) == 0 ? at.below(seq_ + 1) : ++seq_;
        draft.row = {0, seq, {now_ms}, at.below(2) == 0 ? "w" : "ъ", thing, actor, false};
        draft.row.urgent = at.below(4) == 0;
        draft.things = {thing};
        if (at.below(3) == 0) draft.at_once = {other, thing};
        return told(at.below(3) == 0 ? in_.keep({draft, draft}, seq, seq + 1)
                                     : in_.keep({draft}, seq + 1));
    }
    std::string deliver(seeded_dice& at, std::int64_t now_ms) {
        auto mails = in_.due(now_ms, 1000).value();
        std::sort(mails.begin(), mails.end(), [](const due_mail& a, const due_mail& b) {
            return std::tie(a.kind, a.person.value, a.upto) <
                   std::tie(b.kind, b.person.value, b.upto);
        });
        if (mails.empty()) return "nothing to deliver";
        const due_mail mail = mails[at.below(mails.size())];
        const auto begun = in_.begin(mail, now_ms).value();
        if (!begun) return "gone";
        std::string out = shown(*begun);
        if (begun->kind != mail_kind::confirm) out += shown_all(in_.untold(*begun));
        const std::int64_t later = now_ms + 20'000;
        switch (at.below(6)) {
            case 0:
                return out + told(in_.postpone(*begun, setback::unreachable, later));
            case 1:
                return out + told(in_.postpone(*begun, setback::not_now, later));
            case 2:
                return out + told(in_.postpone(*begun, setback::lost, later));
            case 3:
                return out + told(in_.give_up(*begun));
            case 4:
                return out;  // the program ended
            default:
                return out + told(in_.done(*begun));
        }
    }

    follow_store in_;
    std::uint64_t seq_ = 0;
};

}  // namespace

TEST_CASE(
    "postgres: accounts answer there as they do in a file, whatever is asked in whatever order") {
    for (const std::uint64_t seed : {1, 2, 3, 4}) {
        CAPTURE(seed);
        const desk_on_server desk;
        if (!desk) return;
        const temporary_folder folder;
        const auto file = std::make_shared<as_if_shared>(folder.path / "accounts.sqlite");
        REQUIRE(account_store::prepare(*file));
        accounts_model here(file), there(desk.node());
        seeded_dice one(seed), same(seed), time(seed + 1000);
        std::int64_t now_ms = desk_now;
        for (int n = 0; n < 250; ++n) {
            CAPTURE(n);
            now_ms += time.below(8) == 0 ? session_idle_ms / 3 : 1'500;
            REQUIRE(here.step(one, now_ms) == there.step(same, now_ms));
            if (time.below(40) != 0) continue;
            here.restart();
            there.restart();
        }
        CHECK(here.everything(now_ms) == there.everything(now_ms));
        CHECK(here.all_sessions(now_ms) == there.all_sessions(now_ms));
    }
}

TEST_CASE("postgres: followers are told there what they are told of a file") {
    for (const std::uint64_t seed : {11, 12, 13, 14, 15, 16}) {
        CAPTURE(seed);
        const desk_on_server desk;
        if (!desk) return;
        const temporary_folder folder;
        const auto file = std::make_shared<as_if_shared>(folder.path / "follows.sqlite");
        REQUIRE(follow_store::prepare(*file));
        follows_model here(file), there(desk.node());
        seeded_dice one(seed), same(seed), time(seed + 1000);
        std::int64_t now_ms = desk_now;
        for (int n = 0; n < 500; ++n) {
            CAPTURE(n);
            now_ms += time.below(60) == 0 ? hold_ms : 1'000;
            REQUIRE(here.step(one, now_ms) == there.step(same, now_ms));
        }
        CHECK(here.everything(now_ms) == there.everything(now_ms));
    }
}

TEST_CASE("postgres: accounts and followers that are copied there and back are the same") {
    const desk_on_server desk;
    if (!desk) return;
    const temporary_folder folder;
    const auto file = std::make_shared<as_if_shared>(folder.path / "desk.sqlite");
    const auto back = std::make_shared<as_if_shared>(folder.path / "back.sqlite");
    for (const auto& each : {file, back}) {
        REQUIRE(account_store::prepare(*each));
        REQUIRE(follow_store::prepare(*each));
    }
    accounts_model accounts(file);
    follows_model follows(file);
    seeded_dice at(21);
    std::int64_t now_ms = desk_now;
    for (int n = 0; n < 300; ++n) {
        now_ms += 1'000;
        (void)accounts.step(at, now_ms);
        (void)follows.step(at, now_ms);
    }
    const auto server = desk.node();
    for (const auto& copy : {&account_store::copy, &follow_store::copy}) {
        REQUIRE(copy(*file, *server));
        REQUIRE(copy(*server, *back));
    }
    const std::string was = accounts.everything(now_ms), told_of = follows.everything(now_ms);
    CHECK(was.size() > 50);
    for (const std::shared_ptr<store::row_base>& rows :
         {server, std::static_pointer_cast<store::row_base>(back)}) {
        CHECK(accounts_model(rows).everything(now_ms) == was);
        CHECK(follows_model(rows).everything(now_ms) == told_of);
    }
}

namespace {

/// Runs the same on several nodes at once; counts those for which it came true.
int nodes_for_which(const desk_on_server& desk, int count,
                    const std::function<bool(std::shared_ptr<store::row_base>, int)>& work) {
    std::vector<std::shared_ptr<store::row_base>> nodes;
    for (int n = 0; n < count; ++n) nodes.push_back(desk.node());
    std::atomic<int> yes = 0, waiting = count;
    {
        std::vector<std::jthread> all;
        for (int n = 0; n < count; ++n)
            all.emplace_back([&, n] {
                --waiting;
                while (waiting > 0) std::this_thread::yield();
                try {
                    if (work(nodes[static_cast<std::size_t>(n)], n)) ++yes;
                } catch (const std::exception&) {
                    // It did not come true, and the count says so.
                }
            });
    }
    return yes;
}

}  // namespace

TEST_CASE("postgres: of several nodes one adds an account, takes a nonce and counts a use") {
    const desk_on_server desk;
    if (!desk) return;
    constexpr int nodes = 6;
    for (int round = 0; round < 8; ++round) {
        CAPTURE(round);
        const std::string name = "n" + std::to_string(round);
        CHECK(nodes_for_which(desk, nodes, [&](const auto& rows, int n) {
                  account_store in(rows, password_cost::fast);
                  const auto done = in.add(name, {"p/" + std::to_string(n)}, "correct horse");
                  return done.has_value();
              }) == 1);
        CHECK(nodes_for_which(desk, nodes, [&](const auto& rows, int) {
                  return account_store(rows, password_cost::fast)
                      .use_nonce(name, desk_now + 1000, desk_now, 100);
              }) == 1);
        CHECK(nodes_for_which(desk, nodes, [&](const auto& rows, int) {
                  return account_store(rows, password_cost::fast).count_use(name, 7);
              }) == 1);
    }
    // And no more nonces than are to be noted, whoever notes them.
    CHECK(nodes_for_which(desk, nodes, [&](const auto& rows, int n) {
              return account_store(rows, password_cost::fast)
                  .use_nonce("more" + std::to_string(n), desk_now + 1000, desk_now, 8 + 2);
          }) == 2);
    std::vector<std::string> secrets(nodes);
    CHECK(nodes_for_which(desk, nodes, [&](const auto& rows, int n) {
              secrets[static_cast<std::size_t>(n)] =
                  account_store(rows, password_cost::fast).login_secret();
              return true;
          }) == nodes);
    for (const std::string& one : secrets) CHECK(one == secrets.front());
    CHECK(secrets.front().size() == 32);
}

TEST_CASE("postgres: what one node does to an account ends its sessions at every other") {
    const desk_on_server desk;
    if (!desk) return;
    account_store one(desk.node(), password_cost::fast), other(desk.node(), password_cost::fast);
    REQUIRE(one.add("anna", {"p/1"}, "correct horse"));
    const std::string token = one.open_session("anna", desk_now);
    REQUIRE(other.find_session(token, desk_now));
    CHECK(other.find_session(token, desk_now)->csrf == one.find_session(token, desk_now)->csrf);
    REQUIRE(other.reset("anna", "another horse"));
    CHECK_FALSE(one.find_session(token, desk_now));
    const std::string again = other.open_session("anna", desk_now);
    REQUIRE(one.set_disabled("anna", true));
    CHECK_FALSE(other.find_session(again, desk_now));
    CHECK_FALSE(other.verify("anna", "another horse"));
    // Of an account that is not there nobody opens a session.
    CHECK_THROWS_AS((void)one.open_session("nobody", desk_now), accounts_failed);
}

TEST_CASE(
    "postgres: news that several nodes read are kept once, and a mail belongs to one of them") {
    const desk_on_server desk;
    if (!desk) return;
    constexpr int nodes = 4;
    constexpr std::uint64_t entries = 20;
    follow_store first(desk.node());
    const person_id anna{"anna"};
    REQUIRE(first.ensure(anna, "en"));
    REQUIRE(first.want_address(anna, "anna@x.example", desk_now));
    REQUIRE(first.confirm_address(anna));
    REQUIRE(first.follow(anna, "vote/a", true));
    REQUIRE(first.make_round(mail_kind::digest, digest_rhythm::daily));
    CHECK(nodes_for_which(desk, nodes, [&](const auto& rows, int) {
              follow_store in(rows);
              for (std::uint64_t seq = 0; seq < entries; ++seq) {
                  news_draft draft;
                  draft.row = {0, seq, {desk_now}, "w", "vote/a", {"boris"}, false};
                  draft.things = {"vote/a"};
                  if (!in.keep({draft}, seq, seq + 1)) return false;
              }
              return true;
          }) == nodes);
    CHECK(first.next_entry().value() == entries);
    const auto news = first.newest(anna, 100).value();
    REQUIRE(news.size() == entries);
    for (std::size_t i = 0; i < news.size(); ++i) {
        CHECK(news[i].seq == entries - 1 - i);
        CHECK(news[i].number == static_cast<std::int64_t>(entries - i));
    }
    std::atomic<std::int64_t> made = 0;
    CHECK(nodes_for_which(desk, nodes, [&](const auto& rows, int) {
              const auto some =
                  follow_store(rows).make_round(mail_kind::digest, digest_rhythm::daily);
              if (some) made += *some;
              return some.has_value();
          }) == nodes);
    CHECK(made == 1);
    const auto due = first.due(desk_now, 10).value();
    REQUIRE(due.size() == 1);
    const auto begins = [&](std::int64_t now_ms) {
        return nodes_for_which(desk, nodes, [&](const auto& rows, int) {
            return follow_store(rows).begin(due.front(), now_ms).value().has_value();
        });
    };
    CHECK(begins(desk_now) == 1);
    CHECK(begins(desk_now + hold_ms - 1) == 0);
    // Whoever held it went away.
    CHECK(begins(desk_now + hold_ms) == 1);
    REQUIRE(first.done(due.front()));
    CHECK(begins(desk_now + 3 * hold_ms) == 0);
    CHECK(first.waiting().value() == 0);
}
