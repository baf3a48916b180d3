// A large register: organisations in towns of two members, links between them, a million
// activities, barriers, and payments of public money; rows laid ready and accepted in batches as
// an office does. Then the journal is replayed, and every list, the map, records and searches are
// made as the server makes them, without the network. The lists stand beside SQLite with an index
// on each column that is asked for.
//
//   register [ORGANISATIONS LINKS ACTIVITIES BARRIERS [PAYMENTS]]
//
// One JSON object for the filling, one for the replay, one for each page. Barriers are reported by
// a key each, made cases and, four of five, answered by the member. Payments are those of fifty
// payers over as many years as they need, two hundred a report, to organisations here and there.

#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <sqlite3.h>
#include <time.h>

#include "api/pages/closed_door.hpp"
#include "barriers/commands.hpp"
#include "beneficiaries/commands.hpp"
#include "figures.hpp"
#include "hall.hpp"
#include "journal/entry.hpp"
#include "journal/signed_note.hpp"
#include "kernel/hash.hpp"
#include "office/replay.hpp"
#include "registry/csv_rows.hpp"
#include "registry/standing.hpp"
#include "registry/views.hpp"
#include "store/memory/memory_store.hpp"

namespace {

using namespace veche;
using namespace veche::registry;
using bench::clock_type;
using bench::seconds_since;

constexpr std::size_t regions = 90;
constexpr std::size_t towns = 2'000;
constexpr int turns = 15;

/// Seconds of the processor, of this thread or of the whole program: what other programs take
/// beside does not count.
double processor_seconds(clockid_t of) {
    timespec now{};
    clock_gettime(of, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// Made-up words, so that names differ as names do.
class names {
  public:
    explicit names(std::uint64_t seed) : random_(seed) {}
    std::string word() {
        static constexpr const char* parts[] = {"ba", "ro", "vi",  "ska", "ten", "lu", "gor", "mi",
                                                "da", "no", "zhe", "pol", "ri",  "ka", "sto", "ve"};
        std::string out;
        const std::size_t count = 2 + random_() % 3;
        for (std::size_t i = 0; i < count; ++i) out += parts[random_() % std::size(parts)];
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
        return out;
    }
    std::size_t below(std::size_t bound) { return random_() % bound; }
    /// Small numbers far more often than large ones.
    std::size_t skewed(std::size_t bound) {
        return std::min(random_() % bound, random_() % bound) * (random_() % 4 + 1) / 4 % bound;
    }

  private:
    std::mt19937_64 random_;
};

template <class Record>
Record drafted() {
    Record c;
    c.body = {"pc"};
    c.source.name = "Statistical office, yearly list";
    c.source.verified = verification::yes;
    return c;
}

struct sizes {
    std::size_t organisations = 100'000;
    std::size_t links = 20'000;
    std::size_t activities = 1'000'000;
    std::size_t barriers = 50'000;
    std::size_t payments = 100'000;
};

/// The rows of the register in the order in which they refer to each other.
class rows_maker {
  public:
    template <class Take>
    void make(const sizes& of, Take&& take) {
        for (std::size_t n = 0; n < 2 + regions + towns; ++n) take(place_row_of(n));
        for (std::size_t n = 0; n < of.organisations; ++n) take(organisation_row_of(n));
        for (std::size_t n = 0; n < of.organisations; n += 10) take(enterprise_row_of(n));
        for (std::size_t n = 0; n < of.links; ++n) take(link_row_of(n, of));
        for (std::size_t n = 0; n < 2 * of.links; ++n) take(claim_row_of(n));
        for (std::size_t n = 0; n < of.activities; ++n) take(activity_row_of(n, of));
    }

  private:
    static std::string town(std::size_t n) { return fmt::format("town-{}", n % towns); }
    batch_row place_row_of(std::size_t n) {
        record_place c = drafted<record_place>();
        if (n < 2) {
            c.place = {n == 0 ? "RU" : "BY"};
            c.kind = place_kind::country;
            c.member = member_id{n == 0 ? "ru" : "by"};
        } else if (n < 2 + regions) {
            c.place = {fmt::format("region-{}", n - 2)};
            c.kind = place_kind::region;
            c.within = place_id{n % 2 == 0 ? "RU" : "BY"};
        } else {
            const std::size_t number = n - 2 - regions;
            c.place = {town(number)};
            c.kind = place_kind::town;
            c.within = place_id{fmt::format("region-{}", number % regions)};
            c.at = map_point{static_cast<std::int32_t>(50'000'000 + names_.below(15'000'000)),
                             static_cast<std::int32_t>(24'000'000 + names_.below(90'000'000))};
        }
        const std::string name = names_.word();
        c.names = {{"en", name}, {"ru", name + " ru"}};
        batch_row row;
        row.place = std::move(c);
        return row;
    }
    batch_row organisation_row_of(std::size_t n) {
        record_organisation c = drafted<record_organisation>();
        c.organisation = {fmt::format("org-{}", n)};
        c.kinds = {static_cast<organisation_kind>(n % 9)};
        c.names = {{"en", names_.word() + " " + names_.word() + " Works"}};
        c.codes = {{"wikidata", fmt::format("Q{}", n + 1)}};
        c.place = place_id{town(names_.skewed(towns / 2) * 2 + n % 2)};
        if (n % 3 == 0) c.sectors = {"28"};
        batch_row row;
        row.organisation = std::move(c);
        return row;
    }
    static batch_row enterprise_row_of(std::size_t n) {
        record_enterprise c = drafted<record_enterprise>();
        c.organisation = {fmt::format("org-{}", n)};
        c.form = enterprise_form::joint_company;
        holder a;
        a.kind = holder_kind::organisation;
        a.organisation = organisation_id{fmt::format("org-{}", n + 1)};
        a.held = share{"50", {}, {}};
        holder b;
        b.kind = holder_kind::state;
        b.name = "Region";
        c.holders = {a, b};
        batch_row row;
        row.enterprise = std::move(c);
        return row;
    }
    batch_row link_row_of(std::size_t n, const sizes& of) {
        record_link c = drafted<record_link>();
        c.link = {fmt::format("link-{}", n)};
        c.kind = n % 10 == 9 ? link_kind::institution : link_kind::twinning;
        if (n % 10 == 9) {
            const std::size_t a = n / 10 * 2 % of.organisations;
            c.a.organisation = organisation_id{fmt::format("org-{}", a)};
            c.b.organisation = organisation_id{fmt::format("org-{}", a + 1)};
        } else {  // an even number and an odd one: towns of two members, each pair once
            const std::size_t a = n % (towns / 2) * 2;
            c.a.place = place_id{town(a)};
            c.b.place = place_id{town(a + 1 + 2 * (n / (towns / 2)))};
        }
        c.about = {{"en", names_.word() + " and " + names_.word()}};
        batch_row row;
        row.link = std::move(c);
        return row;
    }
    static batch_row claim_row_of(std::size_t n) {
        claim_link c = drafted<claim_link>();
        c.link = {fmt::format("link-{}", n / 2)};
        c.side = n % 2 == 0 ? link_side::a : link_side::b;
        c.on = fmt::format("{}", 1995 + n % 30);
        batch_row row;
        row.claim = std::move(c);
        return row;
    }
    batch_row activity_row_of(std::size_t n, const sizes& of) {
        report_activity c = drafted<report_activity>();
        c.activity = {fmt::format("act-{}", n)};
        // One activity in a hundred is on the busiest link.
        c.link = link_id{fmt::format(
            "link-{}", n % 100 == 0 ? 0 : names_.below(std::max<std::size_t>(of.links, 1)))};
        c.on = fmt::format("{}-{:02}-{:02}", 2006 + n % 20, n % 12 + 1, n % 28 + 1);
        c.kind = static_cast<activity_kind>(n % 10);
        c.about = {{"en", fmt::format("A visit, number {}.", n)}};
        if (n % 2 == 0) c.people = static_cast<std::int64_t>(n % 90);
        if (n % 5 == 0) c.money = amount{static_cast<std::int64_t>(n % 9000) + 1, {"RUB"}};
        batch_row row;
        row.activity = std::move(c);
        return row;
    }

    names names_{7};
};

/// The office of the register at work, in the words of its commands.
class large_register {
  public:
    large_register() {
        office::options with;
        with.now = [this] { return now_; };
        with.ticker = false;
        desk_ = bench::must(office::office::open(store_, publisher_, std::move(with)));
        bench::must(desk_->found(bench::example()));
    }

    void fill(const sizes& of) {
        rows_maker maker;
        maker.make(of, [&](batch_row row) {
            rows_.push_back(std::move(row));
            ++count_;
            if (rows_.size() == max_batch_rows) record();
        });
        record();
    }

    void report_barriers(std::size_t count) {
        names words(11);
        for (std::size_t n = 0; n < count; ++n) {
            now_.ms += 60'000;
            const std::string id = fmt::format("b-{}", n + 1);
            send("pc/barrier-intake", "barrier-intake", receipt(n));
            send("pc/barrier-desk", "barrier-desk", case_of(id, n, words));
            if (n % 5 == 4) continue;
            barriers::answer said;
            said.barrier = {id};
            said.says = barriers::position::accepts;
            said.text = {{"en", "It is as reported."}};
            const bool ru = n % 2 == 0;
            send(ru ? "pc/barriers-ru" : "pc/barriers-by",
                 ru ? "barrier-contact-ru" : "barrier-contact-by", said);
        }
        count_ += count;
    }

    void report_payments(std::size_t count, std::size_t organisations) {
        constexpr std::size_t payers = 50;
        constexpr std::size_t in_report = 200;
        constexpr int first_year = 2000;
        for (std::size_t n = 0; n < payers && n * in_report < count; ++n) {
            beneficiaries::name_payer c;
            c.payer = {fmt::format("org-{}", n)};
            c.body = {"pc"};
            c.from = first_year;
            c.due_days = 90;
            c.rule = "Act on public advertising, article 5";
            act(c.wire.type, to_json(c));
        }
        names words(13);
        for (std::size_t made = 0; made < count; made += in_report) {
            const std::size_t report = made / in_report;
            beneficiaries::report_payments c;
            c.payer = {fmt::format("org-{}", report % payers)};
            c.year = first_year + static_cast<int>(report / payers % 25);
            c.part = static_cast<int>(report / payers / 25) + 1;
            c.source = "Report of the payer";
            for (std::size_t n = 0; n < std::min(in_report, count - made); ++n)
                c.payments.push_back(paid(words.below(organisations), n));
            act(c.wire.type, to_json(c));
        }
        count_ += count;
    }

    [[nodiscard]] office::office& desk() { return *desk_; }
    [[nodiscard]] const store::memory_store& store() const { return store_; }
    [[nodiscard]] instant now() const { return now_; }
    [[nodiscard]] std::size_t count() const { return count_; }

  private:
    static member_id member_of(std::size_t n) { return {n % 2 == 0 ? "ru" : "by"}; }
    static barriers::receive receipt(std::size_t n) {
        barriers::receive c;
        c.body = {"pc"};
        const auto key =
            journal::key_from_seed(barriers::reporter_seed(fmt::format("reporter {}", n)));
        c.key = to_base64(key.public_key);
        c.class_ = barriers::barrier_class::barrier;
        c.member = member_of(n);
        c.sealed = {"sha256-salt",
                    256,
                    sealed_class::personal,
                    {to_hex(sha256(fmt::format("text {}", n)))},
                    fmt::format("s-{}", n)};
        return c;
    }
    static barriers::register_case case_of(const std::string& id, std::size_t n, names& words) {
        barriers::register_case c;
        c.barrier = {id};
        c.class_ = static_cast<barriers::barrier_class>(n % 5);
        c.member = member_of(n);
        c.authority = {{"en", "Office " + words.word()}};
        c.title = {{"en", words.word() + " " + words.word() + " certificate"}};
        c.about = {{"en", "A paper that was asked for once is asked for again."}};
        c.hinders.headings = {fmt::format("{:02}{:02}", n % 97 + 1, n % 30 + 1)};
        c.legal = {{"en", "Article " + std::to_string(n % 40 + 1)}};
        return c;
    }
    static beneficiaries::disclosed_payment paid(std::size_t to, std::size_t n) {
        beneficiaries::disclosed_payment one;
        one.recipient = beneficiaries::party_id{fmt::format("org-{}", to)};
        one.kind = static_cast<beneficiaries::payment_kind>(n % 2);
        one.rule = "Article 7";
        one.purpose = {{"en", fmt::format("A campaign, number {}", n)}};
        one.money = amount{static_cast<std::int64_t>(n % 90 + 1) * 1000, {"RUB"}};
        return one;
    }
    template <class Command>
    void send(const char* office, const char* who, const Command& c) {
        now_.ms += 1;
        bench::must(desk_->submit_unsigned(Command::wire.type,
                                           bench::must(json::canonicalize(to_json(c))), {who},
                                           office, bench::idem(acts_++)));
    }

    /// Lays the rows ready and accepts them.
    void record() {
        if (rows_.empty()) return;
        const batch_id batch{fmt::format("batch-{}", batches_++)};
        std::int32_t part = 0;
        for (auto& rows : parts_of(rows_, 50 * 1024))
            act(stage_rows::wire.type, to_json(stage_rows{batch, {"pc"}, ++part, std::move(rows)}));
        act(accept_batch::wire.type,
            to_json(accept_batch{batch, static_cast<std::int64_t>(rows_.size())}));
        rows_.clear();
    }
    void act(std::string_view type, const std::string& body) {
        now_.ms += 1;
        bench::must(desk_->submit_unsigned(type, bench::must(json::canonicalize(body)),
                                           {"register-keeper"}, "pc/registry",
                                           bench::idem(acts_++)));
    }

    instant now_{1'767'603'600'000};  // 2026-01-05T09:00Z
    std::size_t acts_ = 0;
    std::size_t batches_ = 0;
    std::size_t count_ = 0;
    std::vector<batch_row> rows_;
    store::memory_store store_;
    store::memory_guard guard_;
    journal::publisher publisher_{store_, guard_, bench::origin, journal::generate_key()};
    std::unique_ptr<office::office> desk_;
};

/// The journal again, from its first entry, on one core; what the state takes beside.
void time_replay(const store::memory_store& store, std::size_t records) {
    std::size_t bytes = 0;
    const double before = bench::resident_bytes();
    const double from = processor_seconds(CLOCK_THREAD_CPUTIME_ID);
    office::replay past;
    const std::uint64_t size = store.current().next;
    for (std::uint64_t n = 0; n < size; ++n) {
        const std::string entry = bench::must(store.entry(n));
        bytes += entry.size();
        bench::must(past.take(entry));
    }
    bench::must(past.finish());
    const double seconds = processor_seconds(CLOCK_THREAD_CPUTIME_ID) - from;
    const double held = bench::resident_bytes() - before;
    fmt::print(
        R"({{"what":"register replay","entries":{},"bytes":{},"seconds":{:.2f},"records_per_s":{:.0f},"memory_per_record_bytes":{:.0f}}})"
        "\n",
        size, bytes, seconds, static_cast<double>(records) / seconds,
        held / static_cast<double>(records));
}

void time_page(const api::pages::site& site, api::pages::page_context& with, std::string path,
               const api::pairs& query = {}) {
    std::vector<double> ms;
    std::vector<double> cpu;
    std::size_t bytes = 0;
    for (int turn = 0; turn < turns; ++turn) {
        api::request asked;
        asked.method = "GET";
        asked.path = path;
        asked.query = query;
        const auto from = clock_type::now();
        const double cpu_from = processor_seconds(CLOCK_THREAD_CPUTIME_ID);
        const auto answer = site.handle(with, asked);
        ms.push_back(seconds_since(from) * 1000);
        cpu.push_back((processor_seconds(CLOCK_THREAD_CPUTIME_ID) - cpu_from) * 1000);
        if (!answer || answer->status != 200) {
            fmt::print(stderr, "bench: {} answers {}\n", path, answer ? answer->status : 0);
            std::exit(1);
        }
        bytes = answer->body.size();
    }
    for (const auto& [name, value] : query)
        path += (path.find('?') == std::string::npos ? "?" : "&") + name + "=" + value;
    fmt::print(
        R"({{"what":"register page","page":"{}","cpu_ms":{:.2f},"cpu_most_ms":{:.2f},"p50_ms":{:.2f},"bytes":{}}})"
        "\n",
        path, bench::quantile(cpu, 0.5), *std::max_element(cpu.begin(), cpu.end()),
        bench::quantile(ms, 0.5), bytes);
    std::fflush(stdout);
}

/// The same rows in SQLite, in memory, with an index on each column that is asked for: what rows
/// alone cost, without words, rights and pages.
class plain_tables {
  public:
    explicit plain_tables(const office::office& from) {
        if (sqlite3_open(":memory:", &db_) != SQLITE_OK) std::exit(1);
        run("CREATE TABLE o(id TEXT PRIMARY KEY, name TEXT, region TEXT, kind INT) WITHOUT ROWID;"
            "CREATE TABLE l(id TEXT PRIMARY KEY, a TEXT, b TEXT, state INT) WITHOUT ROWID;"
            "CREATE TABLE t(link TEXT, year INT, people INT);"
            "CREATE VIRTUAL TABLE words USING fts5(name, tokenize='unicode61', prefix='2 3');"
            "CREATE VIRTUAL TABLE pieces USING fts5(name, tokenize='trigram');BEGIN");
        from.read([&](const office::state& now) { fill(now.registry); });
        run("COMMIT; CREATE INDEX o1 ON o(region, id); CREATE INDEX l1 ON l(a); CREATE INDEX l2 ON "
            "l(b); CREATE INDEX l3 ON l(state, id); CREATE INDEX t1 ON t(year, link)");
    }
    ~plain_tables() { sqlite3_close(db_); }
    plain_tables(const plain_tables&) = delete;
    plain_tables& operator=(const plain_tables&) = delete;

    void ask(const char* what, const char* text) {
        std::vector<double> cpu;
        std::size_t rows = 0;
        for (int turn = 0; turn < turns; ++turn) {
            const double from = processor_seconds(CLOCK_THREAD_CPUTIME_ID);
            rows = run(text);
            cpu.push_back((processor_seconds(CLOCK_THREAD_CPUTIME_ID) - from) * 1000);
        }
        fmt::print(R"({{"what":"sqlite","question":"{}","cpu_ms":{:.2f},"rows":{}}})"
                   "\n",
                   what, bench::quantile(cpu, 0.5), rows);
    }

  private:
    /// How many rows came.
    std::size_t run(const char* text) {
        std::size_t rows = 0;
        char* why = nullptr;
        const auto count = [](void* to, int, char**, char**) {
            ++*static_cast<std::size_t*>(to);
            return 0;
        };
        if (sqlite3_exec(db_, text, count, &rows, &why) == SQLITE_OK) return rows;
        fmt::print(stderr, "bench: SQLite: {}\n", why);
        std::exit(1);
    }
    template <class... Values>
    void put(const char* into, const Values&... values) {
        sqlite3_stmt* made = nullptr;
        sqlite3_prepare_v2(db_, into, -1, &made, nullptr);
        int at = 0;
        const auto bind = [&](const auto& value) {
            if constexpr (std::is_integral_v<std::decay_t<decltype(value)>>)
                sqlite3_bind_int64(made, ++at, value);
            else
                sqlite3_bind_text(made, ++at, value.c_str(), -1, SQLITE_TRANSIENT);
        };
        (bind(values), ...);
        if (sqlite3_step(made) != SQLITE_DONE) std::exit(1);
        sqlite3_finalize(made);
    }
    void fill(const registry::state& s) {
        const auto region = [&](const std::optional<place_id>& of) {
            return of && s.places.find(*of)->what.within ? s.places.find(*of)->what.within->value
                                                         : std::string();
        };
        for (const auto& [id, one] : s.organisations) {
            const std::string& name = one.what.names.at("en");
            put("INSERT INTO o VALUES(?,?,?,?)", id.value, name, region(one.what.place),
                static_cast<int>(one.what.kinds.front()));
            put("INSERT INTO words VALUES(?)", name);
            put("INSERT INTO pieces VALUES(?)", name);
        }
        const auto end = [&](const link_end& of) {
            return region(of.place ? of.place : s.organisations.find(*of.organisation)->what.place);
        };
        for (const auto& [id, one] : s.links) {
            put("INSERT INTO l VALUES(?,?,?,?)", id.value, end(one.what.a), end(one.what.b),
                static_cast<int>(standing_of(one)));
            for (const activity_mark& mark : one.marks)
                put("INSERT INTO t VALUES(?,?,?)", id.value, mark.year, mark.people);
        }
    }

    sqlite3* db_ = nullptr;
};

void time_plain_tables(const office::office& from) {
    plain_tables rows(from);
    rows.ask("organisations of a region",
             "SELECT * FROM o WHERE region='region-4' ORDER BY id LIMIT 50;"
             "SELECT count(*) FROM o WHERE region='region-4'");
    rows.ask("links of a region, by state",
             "SELECT * FROM l WHERE a='region-4' OR b='region-4' ORDER BY id LIMIT 50;"
             "SELECT state, count(*) FROM l WHERE a='region-4' OR b='region-4' GROUP BY state");
    rows.ask("links between regions", "SELECT a, b, count(*) FROM l GROUP BY a, b");
    rows.ask("organisations, page 1900", "SELECT * FROM o ORDER BY id LIMIT 50 OFFSET 94950");
    rows.ask("a year of all links",
             "SELECT link, count(*), sum(max(people, 0)) FROM t WHERE "
             "year=2020 GROUP BY link");
    rows.ask("skaten*, FTS5 words",
             "SELECT name FROM words('skaten*') ORDER BY rank LIMIT 50;"
             "SELECT count(*) FROM words('skaten*')");
    rows.ask("works*, FTS5 words",
             "SELECT name FROM words('works*') ORDER BY rank LIMIT 50;"
             "SELECT count(*) FROM words('works*')");
    rows.ask("skaten, FTS5 trigrams (no errors)",
             "SELECT name FROM pieces('skaten') ORDER BY rank LIMIT 50;"
             "SELECT count(*) FROM pieces('skaten')");
}

void time_pages(large_register& all, const sizes& of) {
    const auto site = bench::must(api::pages::site::load("web"));
    api::pages::closed_door door;
    api::pages::page_context with{all.desk(), door, all.now(), {}, "csrf", "http://bench"};
    const auto begin = processor_seconds(CLOCK_THREAD_CPUTIME_ID);
    const auto [things, held] = site.searched(all.desk());
    fmt::print(
        R"({{"what":"search index","things":{},"bytes_per_thing":{:.0f},"made_cpu_s":{:.2f}}})"
        "\n",
        things, static_cast<double>(held) / static_cast<double>(std::max<std::size_t>(things, 1)),
        processor_seconds(CLOCK_THREAD_CPUTIME_ID) - begin);
    for (const char* path :
         {"/en/regions", "/en/places", "/en/organisations", "/en/places/RU", "/en/places/region-4",
          "/en/places/town-7", "/en/links/link-0", "/en/links/link-77", "/en/organisations/org-10",
          "/en/organisations/org-11"})
        time_page(site, with, path);
    time_page(site, with, "/en/regions", {{"q", "gor"}});
    time_page(site, with, "/en/regions", {{"state", "active"}, {"page", "300"}});
    time_page(site, with, "/en/regions", {{"region", "region-4"}});
    time_page(site, with, "/en/regions", {{"region", "RU"}});
    time_page(site, with, "/en/organisations", {{"q", "skaten"}});
    time_page(site, with, "/en/organisations", {{"q", "nothing of the kind"}});
    time_page(site, with, "/en/organisations", {{"page", "1900"}});
    time_page(site, with, "/en/places", {{"q", "gor"}});
    time_page(site, with, "/en/regions/RU/year/2020");
    time_page(site, with, "/en/regions/region-4/year/2020");
    for (const char* words : {"skaten", "skatem works", "works", "w", "works gorvi pol",
                              "nothing of the kind", "org 77777"})
        time_page(site, with, "/en/search", {{"q", words}});
    if (of.payments > 0) {
        time_page(site, with, "/en/beneficiaries");
        time_page(site, with, "/en/beneficiaries", {{"year", "2001"}, {"page", "100"}});
        time_page(site, with, "/en/beneficiaries/org-10");
        time_page(site, with, "/en/payer-reports/org-1", {{"year", "2000"}});
    }
    if (of.barriers == 0) return;
    time_page(site, with, "/en/barriers");
    time_page(site, with, "/en/barriers", {{"q", "skaten"}});
    time_page(site, with, "/en/barriers", {{"member", "by"}, {"late", "yes"}});
    time_page(site, with, "/en/barriers", {{"page", "200"}});
    time_page(site, with, fmt::format("/en/barriers/b-{}", of.barriers / 2));
    time_page(site, with, "/en/barriers/scoreboard");
    time_page(site, with, "/en/search", {{"q", "certificate"}});
}

}  // namespace

int main(int argc, char** argv) {
    sizes of;
    if (argc > 4)
        of = {std::stoul(argv[1]), std::stoul(argv[2]), std::stoul(argv[3]), std::stoul(argv[4]),
              argc > 5 ? std::stoul(argv[5]) : 0};
    const double from = processor_seconds(CLOCK_PROCESS_CPUTIME_ID);
    large_register all;
    all.fill(of);
    all.report_barriers(of.barriers);
    all.report_payments(of.payments, of.organisations);
    fmt::print(
        R"({{"what":"register","organisations":{},"links":{},"activities":{},"barriers":{},"payments":{},"records":{},"entries":{},"fill_cpu_s":{:.1f}}})"
        "\n",
        of.organisations, of.links, of.activities, of.barriers, of.payments, all.count(),
        all.desk().durable_size(), processor_seconds(CLOCK_PROCESS_CPUTIME_ID) - from);
    std::fflush(stdout);
    time_replay(all.store(), all.count());
    std::fflush(stdout);
    time_pages(all, of);
    time_plain_tables(all.desk());
    return 0;
}
