// A witness, on a disk and in memory: every answer of the specification, many asking at once,
// and a memory that was put back in time.

#include "journal/witness.hpp"

#include <atomic>
#include <random>
#include <thread>

#include <doctest/doctest.h>

#include "journal/refusal.hpp"
#include "store/memory/memory_store.hpp"
#include "store/memory/memory_witness.hpp"
#include "store/sqlite/sqlite_witness.hpp"
#include "store/tests/filled.hpp"

namespace veche::store {
namespace {

using journal::witness;
using testing::fill;
using testing::temporary_folder;

const journal::key_pair own_log_key = journal::key_from_seed(std::string(32, 'L'));
const journal::key_pair own_witness_key = journal::key_from_seed(std::string(32, 'W'));
const std::string own_origin(testing::origin);
const std::string witness_name = "witness.example/by";
constexpr std::int64_t some_time = 1'785'585'600;

/// A log that signs whatever it is told to.
class signing_log {
  public:
    explicit signing_log(std::uint64_t size) { fill(store_, size); }
    [[nodiscard]] std::string note(std::uint64_t size) const {
        const auto root =
            journal::range_root(journal::subtrees_of(store_, store_.current().next), 0, size);
        return journal::sign_checkpoint({own_origin, size, root.value()}, own_log_key);
    }
    [[nodiscard]] std::string body(std::uint64_t from, std::uint64_t to) const {
        return journal::write_checkpoint_request(
            {from, journal::consistency_proof(journal::subtrees_of(store_, to), from, to).value(),
             note(to)});
    }
    memory_store store_;
};

journal::witnessed_log known_log() {
    journal::witnessed_log log;
    log.origin = own_origin;
    log.keys = {{own_origin, own_log_key.public_key}};
    return log;
}

std::string hash_line(char of) {
    return to_base64(std::string(32, of)) + "\n";
}

int status_of(witness& w, const std::string& body) {
    return w.add_checkpoint(body, some_time).status;
}
/// What a refusal for the wrong old size names.
std::string size_named(witness& w, const std::string& body) {
    const auto reply = w.add_checkpoint(body, some_time);
    CHECK(reply.status == 409);
    CHECK(reply.type == "text/x.tlog.size");
    return reply.body;
}

void check_malformed(witness& w, const signing_log& log) {
    for (const std::string& bad :
         {std::string(), std::string("old"), std::string("old 0"), std::string("old 0\n"),
          std::string("old 00\n\n"), std::string("old -1\n\n"), std::string("Old 0\n\n"),
          "old 0\n\n" + log.note(5).substr(0, 60), "old 0\nAAAA\n\n" + log.note(5),
          "old 6\n\n" + log.note(5), "old 0\r\n\n" + log.note(5)})
        CHECK_MESSAGE(status_of(w, bad) == 400, bad);
    std::string many = "old 0\n";
    for (int i = 0; i < 64; ++i) many += hash_line('h');
    CHECK(status_of(w, many + "\n" + log.note(5)) == 400);
}

void check_strangers(witness& w, const signing_log& log) {
    // 404 before 403: an unknown log, whoever signed.
    const std::string foreign =
        journal::sign_checkpoint({"other.example/log", 5, sha256("x")}, own_log_key);
    CHECK(status_of(w, "old 0\n\n" + foreign) == 404);
    // 403: nobody's signature, and a bad one of the known key.
    const journal::checkpoint five = journal::parse_checkpoint(log.note(5)).value();
    const auto stranger = journal::key_from_seed(std::string(32, 'S'));
    CHECK(status_of(w, "old 0\n\n" + journal::sign_checkpoint(five, stranger)) == 403);
    journal::checkpoint six = five;
    six.size = 6;
    const std::string forged =
        journal::checkpoint_text(six) + "\n" +
        journal::signature_line(own_origin, own_log_key, journal::checkpoint_text(five)) + "\n";
    CHECK(status_of(w, "old 0\n\n" + forged) == 403);
}

/// Grows from nothing to 300 entries.
void check_growing(witness& w, const signing_log& log) {
    // 422: a proof where there is nothing to prove; an empty tree with a root.
    CHECK(status_of(w, "old 0\n" + hash_line('h') + "\n" + log.note(5)) == 422);
    CHECK(status_of(w, "old 0\n\n" + journal::sign_checkpoint({own_origin, 0, sha256("x")},
                                                              own_log_key)) == 422);
    // 409 with the size, 0 where nothing was cosigned yet.
    CHECK(size_named(w, log.body(3, 5)) == "0\n");
    CHECK(status_of(w, "old 0\n\n" + log.note(0)) == 200);
    const auto first = w.add_checkpoint("old 0\n\n" + log.note(5), some_time);
    CHECK(first.status == 200);
    const auto good = journal::read_cosignatures(log.note(5) + first.body,
                                                 {{witness_name, own_witness_key.public_key}});
    REQUIRE(good);
    REQUIRE(good->size() == 1);
    CHECK(good->front().time == some_time);
    CHECK(size_named(w, log.body(0, 9)) == "5\n");
    CHECK(size_named(w, log.body(4, 9)) == "5\n");
    CHECK(size_named(w, log.body(6, 9)) == "5\n");
    // The same size again: the same root only.
    CHECK(w.add_checkpoint(log.body(5, 5), some_time + 9).status == 200);
    CHECK(w.record().find(own_origin).value()->time == some_time + 9);
    CHECK(status_of(w, "old 5\n\n" + journal::sign_checkpoint({own_origin, 5, sha256("x")},
                                                              own_log_key)) == 422);
    // A wrong proof, none, one hash too many.
    CHECK(status_of(w, "old 5\n\n" + log.note(9)) == 422);
    std::string longer = log.body(5, 9);
    longer.insert(longer.find("\n\n") + 1, hash_line('h'));
    CHECK(status_of(w, longer) == 422);
    CHECK(status_of(w, log.body(5, 300)) == 200);
    CHECK(w.record().find(own_origin).value()->size == 300);
    // What was refused after the log had signed it is kept.
    CHECK(w.record().evidence().value().size() >= 3);
    // Nobody rolls it back.
    CHECK(size_named(w, log.body(5, 9)) == "300\n");
}

TEST_CASE("a witness answers as the specification says, whatever it remembers with") {
    temporary_folder folder;
    const auto file = folder.path() / "witness.sqlite";
    REQUIRE(sqlite_witness::create(file));
    const auto on_disk = sqlite_witness::open(file).value();
    REQUIRE(on_disk->add_log(own_origin, known_log().keys, ""));
    memory_witness in_memory;
    in_memory.add_log(known_log());
    const signing_log log(300);
    journal::witness_record* const records[] = {on_disk.get(), &in_memory};
    for (journal::witness_record* record : records) {
        witness w(witness_name, own_witness_key, *record);
        check_malformed(w, log);
        check_strangers(w, log);
        check_growing(w, log);
    }
    // The disk remembers after the program is gone.
    const auto again = sqlite_witness::open(file).value();
    CHECK(again->find(own_origin).value()->size == 300);
    CHECK(journal::split_note(again->find(own_origin).value()->note)->signatures.size() == 2);
}

TEST_CASE("a checkpoint of another program, with extension lines, is cosigned whole") {
    memory_witness record;
    journal::witnessed_log log;
    log.origin = "go.sum database tree";  // origins need not be key names
    const auto key = journal::key_from_seed(std::string(32, 'G'));
    log.keys = {{"sum.example", key.public_key}};
    record.add_log(log);
    witness w(witness_name, own_witness_key, record);
    const std::string text = "go.sum database tree\n7\n" + to_base64(as_bytes(sha256("7"))) +
                             "\nextension one\nextension two\n";
    const std::string note = journal::sign_note(text, "sum.example", key);
    const auto reply = w.add_checkpoint("old 0\n\n" + note, some_time);
    CHECK(reply.status == 200);
    CHECK(
        journal::read_cosignatures(note + reply.body, {{witness_name, own_witness_key.public_key}})
            ->size() == 1);
    const std::string empty_line = "a\n1\n" + to_base64(std::string(32, 'x')) + "\n\nb\n";
    CHECK_FALSE(journal::parse_foreign_checkpoint(empty_line));
}

TEST_CASE("many who ask at once get signatures over one growing history") {
    temporary_folder folder;
    const auto file = folder.path() / "witness.sqlite";
    REQUIRE(sqlite_witness::create(file));
    const auto record = sqlite_witness::open(file).value();
    REQUIRE(record->add_log(own_origin, known_log().keys, ""));
    witness w(witness_name, own_witness_key, *record);
    const signing_log log(200);
    std::atomic<int> signed_times = 0;
    std::atomic<int> odd = 0;
    std::vector<std::jthread> askers;
    for (unsigned t = 0; t < 4; ++t)
        askers.emplace_back([&, t] {
            std::mt19937 random(t);
            std::uint64_t known = 0;
            for (int i = 0; i < 40; ++i) {
                const std::uint64_t to = std::min<std::uint64_t>(200, known + random() % 9);
                const auto reply = w.add_checkpoint(log.body(known, to), some_time);
                if (reply.status == 200) {
                    ++signed_times;
                    known = to;
                } else if (reply.status == 409) {
                    const std::uint64_t now = std::stoull(reply.body);
                    if (now < known) ++odd;  // a size that went back
                    known = now;
                } else {
                    ++odd;
                }
            }
        });
    askers.clear();
    CHECK(odd == 0);
    CHECK(signed_times > 0);
    const auto end = record->find(own_origin).value();
    CHECK(journal::parse_checkpoint(end->note)->size == end->size);
    CHECK(record->evidence().value().empty());
}

TEST_CASE("a memory put back in time is raised by the witness's own signatures") {
    memory_witness record;
    record.add_log(known_log());
    witness w(witness_name, own_witness_key, record);
    const signing_log log(100);
    REQUIRE(w.add_checkpoint(log.body(0, 10), some_time).status == 200);
    const auto old = record.find(own_origin).value();
    REQUIRE(w.add_checkpoint(log.body(10, 50), some_time).status == 200);
    const std::string cosigned = record.find(own_origin).value()->note;
    // An old copy of its file comes back.
    memory_witness restored;
    restored.add_log(*old);
    witness back(witness_name, own_witness_key, restored);
    // A fork of what it has signed would be signed, if nobody told it.
    // Whoever shows it its own signature raises it, in a request or at its start.
    const auto reply = back.add_checkpoint("old 10\n\n" + cosigned, some_time);
    CHECK(reply.status == 409);
    CHECK(reply.body == "50\n");
    CHECK(restored.find(own_origin).value()->note == cosigned);
    CHECK(back.add_checkpoint(log.body(50, 60), some_time).status == 200);
    CHECK_FALSE(back.raise(cosigned).value());
    // Nobody else's word raises it: the log's alone, or a name without the key.
    memory_witness once_more;
    once_more.add_log(*old);
    witness third(witness_name, own_witness_key, once_more);
    CHECK_FALSE(third.raise(log.note(50)).value());
    const auto thief = journal::key_from_seed(std::string(32, 'T'));
    const std::string seventy = log.note(70);
    const std::string fake = seventy +
                             journal::cosignature_line(witness_name, thief, some_time,
                                                       journal::split_note(seventy)->text) +
                             "\n";
    CHECK_FALSE(third.raise(fake).value());
    CHECK(once_more.find(own_origin).value()->size == 10);
    CHECK(third.raise(cosigned).value());
    CHECK(once_more.find(own_origin).value()->size == 50);
}

TEST_CASE("its own signature over another history stops it") {
    memory_witness record;
    record.add_log(known_log());
    witness w(witness_name, own_witness_key, record);
    const signing_log log(20);
    REQUIRE(w.add_checkpoint(log.body(0, 10), some_time).status == 200);
    // It was restored once and used: another root of ten entries carries its signature.
    const journal::checkpoint other{own_origin, 10, sha256("other")};
    const std::string forked = journal::sign_checkpoint(other, own_log_key) +
                               journal::cosignature_line(witness_name, own_witness_key, some_time,
                                                         journal::checkpoint_text(other)) +
                               "\n";
    CHECK(w.add_checkpoint("old 10\n\n" + forked, some_time).status == 503);
    REQUIRE(record.evidence().value().size() == 1);
    CHECK(record.evidence().value().front().kind == "journal.witness_forked");
    CHECK(w.raise(forked).error().kind == &journal::refusals::witness_forked);
}

/// A memory that fails when it is told something.
class failing_witness : public memory_witness {
  public:
    result<bool> advance(const journal::witnessed_log&, const journal::witnessed_log&) override {
        return refuse(journal::refusals::file_unwritable, {}, "witness.sqlite", "no room");
    }
};

TEST_CASE("what cannot be remembered is not signed") {
    failing_witness record;
    record.add_log(known_log());
    witness w(witness_name, own_witness_key, record);
    const auto reply = w.add_checkpoint(signing_log(9).body(0, 5), some_time);
    CHECK(reply.status == 503);
    CHECK(reply.body.find("\xE2\x80\x94") == std::string::npos);
}

}  // namespace
}  // namespace veche::store
