// Several offices over one journal: one order, one answer to a command wherever it is sent, the
// same state everywhere.

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include <doctest/doctest.h>

#include "charter/toml.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "kernel/check.hpp"
#include "office/office.hpp"
#include "office/replay.hpp"
#include "source_dir.hpp"
#include "store/memory/shared_store.hpp"

using namespace veche;
using namespace veche::office;

namespace {

constexpr std::int64_t noon = 1772442000000;  // 2026-03-02T09:00Z

charter::charter_document charter_of_example() {
    std::ifstream in(std::filesystem::path(veche::source_dir()) / "unions/union-state.toml");
    std::ostringstream text;
    text << in.rdbuf();
    return charter::read_toml(text.str()).value();
}

/// One program of several: its own view of the journal, its own clock.
struct node {
    explicit node(store::common_journal& of, bool ticker = false)
        : store(of),
          publisher(store, guard, "union.example/journal",
                    journal::key_from_seed(std::string(32, 'k'))) {
        options with;
        with.now = [this] { return instant{clock.load()}; };
        with.ticker = ticker;
        desk = veche::office::office::open(store, publisher, with).value();
    }
    result<receipt> convene(const std::string& session, const std::string& idem) {
        return send("assembly.convene_session",
                    R"({"id":")" + session +
                        R"(","body":"com","title":{"en":"Session"},)"
                        R"("starts":"2030-03-09T09:00:00.000Z"})",
                    "state-secretary", "pc/state-secretary", idem);
    }
    result<receipt> send(std::string_view type, std::string_view body, std::string_view person,
                         std::string_view auth, std::string_view idem) {
        return desk->submit_unsigned(type, json::canonicalize(body).value(), {std::string(person)},
                                     auth, idem);
    }
    /// Opens a vote of the Council of Ministers, v1.
    void open_vote() {
        REQUIRE(convene("s1", "v-1"));
        REQUIRE(send("assembly.add_item",
                     R"({"session":"s1","item":"i1","kind":"decision","title":{"en":"I"}})",
                     "state-secretary", "pc/state-secretary", "v-2"));
        const auto chair = [&](const char* type, const char* body, const char* idem) {
            REQUIRE(send(type, body, "ru-prime-minister", "com/chair", idem));
        };
        chair("assembly.open_session", R"({"session":"s1"})", "v-3");
        chair("assembly.table_motion",
              R"({"motion":"m1","session":"s1","item":"i1","title":{"en":"M"},"text":{"en":"T"}})",
              "v-4");
        chair("assembly.open_vote", R"({"vote":"v1","motion":"m1"})", "v-5");
    }
    /// Sends ballots at once, so that one group has them all: person, seat, choice, idem.
    using ballot = std::array<std::string, 4>;
    std::vector<result<receipt>> cast(const std::vector<ballot>& all) {
        std::vector<submission> sent;
        for (const auto& [person, seat, choice, idem] : all)
            sent.push_back(
                {journal::compose_act_line(
                     person, seat,
                     R"({"choice":")" + choice + R"(","seat":")" + seat + R"(","vote":"v1"})", idem,
                     "union.example/journal", "assembly.cast_ballot", 1),
                 {},
                 {person}});
        return desk->submit_all(std::move(sent));
    }
    std::uint64_t size() const { return desk->durable_size(); }
    std::string sessions() const {
        const auto all = desk->ask("assembly.sessions", "{}", {{}, instant{noon}}).value();
        json::writer out;
        write_json(*all.type, all.value.get(), out);
        return out.take();
    }

    std::atomic<std::int64_t> clock{noon};
    store::shared_store store;
    store::memory_guard guard;
    journal::publisher publisher;
    std::unique_ptr<veche::office::office> desk;
};

void refolds(const store::common_journal& journal) {
    replay past("union.example/journal");
    const std::uint64_t size = journal.entries.current().next;
    result<void> folded;
    REQUIRE(journal.entries.read(0, size, [&](std::uint64_t, std::string_view bytes) {
        folded = past.take(bytes);
        return folded.has_value();
    }));
    REQUIRE_MESSAGE(folded, folded.error().sentence());
    REQUIRE(past.finish());
}

}  // namespace

TEST_CASE("offices that share a journal decide one after the other") {
    store::common_journal journal;
    node a(journal);
    REQUIRE(a.desk->found(charter_of_example()));
    node b(journal);
    CHECK(b.size() == a.size());

    // Both are asked for the same sessions at the same time: each is convened once.
    constexpr int many = 60;
    std::atomic<int> accepted = 0, refused = 0;
    std::mutex mutex;
    std::set<std::uint64_t> numbers;
    const auto ask = [&](node& at, int caller) {
        for (int i = 0; i < many; ++i) {
            const auto done = at.convene("s" + std::to_string(i),
                                         std::to_string(caller) + "-" + std::to_string(i));
            if (done) {
                ++accepted;
                const std::lock_guard lock(mutex);
                CHECK(numbers.insert(done->seq).second);
            } else {
                CHECK(done.error().code() == "assembly.id_taken");
                ++refused;
            }
        }
    };
    {
        std::vector<std::jthread> callers;
        for (int caller = 0; caller < 4; ++caller)
            callers.emplace_back([&, caller] { ask(caller % 2 == 0 ? a : b, caller); });
    }
    CHECK(accepted == many);
    CHECK(refused == 3 * many);
    REQUIRE(a.desk->follow_others());
    REQUIRE(b.desk->follow_others());
    CHECK(a.size() == b.size());
    CHECK(a.sessions() == b.sessions());
    refolds(journal);
}

TEST_CASE("a command sent again to another office gets its first answer") {
    store::common_journal journal;
    node a(journal);
    REQUIRE(a.desk->found(charter_of_example()));
    node b(journal);
    const auto first = a.convene("s1", "once");
    REQUIRE(first);
    const auto again = b.convene("s1", "once");
    REQUIRE(again);
    CHECK(again->seq == first->seq);
    CHECK(again->repeated);
    const auto other = b.convene("s2", "once");
    REQUIRE_FALSE(other);
    CHECK(other.error().code() == "office.idem_reused");
}

TEST_CASE("a command that would be accepted once more is not, and takes nobody with it") {
    store::common_journal journal;
    node a(journal);
    REQUIRE(a.desk->found(charter_of_example()));
    a.open_vote();
    node b(journal);
    const node::ballot first{"ru-economy-minister", "com/ru-economy", "yes", "once"};
    const node::ballot changed{"ru-economy-minister", "com/ru-economy", "no", "twice"};
    const node::ballot other{"by-economy-minister", "com/by-economy", "yes", "other"};
    const auto at_a = a.cast({first, changed});
    REQUIRE(at_a.at(0));
    REQUIRE(at_a.at(1));
    REQUIRE(b.desk->follow_others());
    const std::uint64_t before = b.size();

    const auto at_b = b.cast({other, first, first});
    REQUIRE(at_b.at(0));
    CHECK_FALSE(at_b.at(0)->repeated);
    for (const std::size_t again : {1U, 2U}) {
        REQUIRE(at_b.at(again));
        CHECK(at_b.at(again)->seq == at_a.at(0)->seq);
        CHECK(at_b.at(again)->repeated);
    }
    CHECK(b.size() == before + 1);
    // The same key with something else in it.
    const auto reused = b.cast({{"ru-economy-minister", "com/ru-economy", "no", "once"}});
    CHECK(reused.at(0).error().code() == "office.idem_reused");
    // Nothing that was accepted before, among what is refused now: each keeps its own answer.
    const auto refused = b.cast({{"ru-economy-minister", "com/by-economy", "no", "new"}, other});
    REQUIRE_FALSE(refused.at(0));
    CHECK(refused.at(0).error().code() != "office.idem_reused");
    CHECK(refused.at(1).value().repeated);
    CHECK(b.size() == before + 1);
    REQUIRE(a.desk->follow_others());
    CHECK(a.size() == b.size());
    refolds(journal);
}

TEST_CASE("what falls due is derived by one office and taken in by the others") {
    store::common_journal journal;
    node a(journal);
    REQUIRE(a.desk->found(charter_of_example()));
    node b(journal);
    for (node* one : {&a, &b}) one->clock = noon + 400 * ms_per_day;
    // An hour apart: admission never goes back, whoever's clock is behind.
    b.clock -= 3'600'000;
    REQUIRE(a.desk->tick());
    REQUIRE(b.convene("s1", "late"));
    REQUIRE(a.convene("s2", "later"));
    REQUIRE(b.desk->tick());
    REQUIRE(a.desk->follow_others());
    REQUIRE(b.desk->follow_others());
    CHECK(a.sessions() == b.sessions());
    refolds(journal);
}

TEST_CASE("an office looks for what others wrote, and tells its listeners") {
    store::common_journal journal;
    node a(journal);
    REQUIRE(a.desk->found(charter_of_example()));
    node b(journal, true);
    std::mutex mutex;
    std::condition_variable told;
    std::vector<std::string> types;
    const auto token = b.desk->subscribe([&](const notice& n) {
        const std::lock_guard lock(mutex);
        types.push_back(n.type);
        told.notify_all();
    });
    const auto done = a.convene("s1", "one");
    REQUIRE(done);
    {
        std::unique_lock lock(mutex);
        CHECK(told.wait_for(lock, std::chrono::seconds(20),
                            [&] { return types.size() == done->entries; }));
        CHECK(types.front() == "assembly.convene_session");
    }
    b.desk->unsubscribe(token);
    CHECK(b.size() == a.size());
}

TEST_CASE("an office that meets entries of a newer release stops whole, and says so") {
    const std::string body = json::canonicalize(R"({"id":"s9","body":"com","title":{"en":"S"},)"
                                                R"("starts":"2030-03-09T09:00:00.000Z"})")
                                 .value();
    struct newer {
        const char* type;
        int v;
    };
    for (const newer what :
         {newer{"assembly.teleport", 1}, newer{"assembly.convene_session", 99}}) {
        CAPTURE(what.type);
        store::common_journal journal;
        node a(journal);
        REQUIRE(a.desk->found(charter_of_example()));
        node old(journal);
        const std::string before = old.sessions();
        // What is known stands ahead of what is not: neither is folded.
        journal::batch b;
        std::uint64_t seq = journal.entries.current().next;
        for (const newer& one : {newer{"assembly.convene_session", 1}, what}) {
            const std::string line = journal::compose_act_line(
                "state-secretary", "pc/state-secretary", body, "idem-" + std::to_string(seq),
                "union.example/journal", one.type, one.v);
            std::string bytes = journal::compose_entry(seq, {noon}, line, {});
            const hash256 leaf = journal::leaf_hash(bytes);
            b.entries.push_back({seq++, leaf, std::move(bytes)});
        }
        b.at = {noon};
        REQUIRE(journal.entries.append(b, seq - 2));
        const auto met = old.desk->follow_others();
        REQUIRE_FALSE(met);
        CHECK(met.error().kind == &veche::office::refusals::newer_entries);
        CHECK(met.error().args.at(0) == std::to_string(seq - 1));
        REQUIRE(old.desk->stopped());
        CHECK(old.size() == seq - 2);
        CHECK(old.sessions() == before);
        CHECK(old.convene("s10", "x").error().kind == &veche::office::refusals::newer_entries);
        CHECK(old.desk->tick().error().kind == &veche::office::refusals::newer_entries);
        CHECK(journal.entries.current().next == seq);
        CHECK_FALSE(journal.entries.latest_checkpoint());
        // A start on such a journal names the entry.
        replay past("union.example/journal");
        result<void> folded;
        REQUIRE(journal.entries.read(0, seq, [&](std::uint64_t, std::string_view bytes) {
            folded = past.take(bytes);
            return folded.has_value();
        }));
        REQUIRE_FALSE(folded);
        CHECK(folded.error().kind == &faults::replay_newer);
    }
}
