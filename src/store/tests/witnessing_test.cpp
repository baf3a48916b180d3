// A journal and its witnesses: quorums, silence, and the ways to show or to be shown two histories.

#include "journal/witnessing.hpp"

#include <doctest/doctest.h>

#include "journal/proof.hpp"
#include "journal/refusal.hpp"
#include "store/memory/memory_store.hpp"
#include "store/memory/memory_witness.hpp"
#include "store/tests/filled.hpp"

namespace veche::store {
namespace {

using journal::publisher;
using journal::witness_standing;
using journal::witnessing;
using testing::fill;

const journal::key_pair asking_log_key = journal::key_from_seed(std::string(32, 'L'));
const std::string asking_origin(testing::origin);

/// A member's witness with its own memory.
struct member_witness {
    explicit member_witness(char of)
        : name(1, of),
          key(journal::key_from_seed(std::string(32, of))),
          inside("witness.example/" + name, key, record) {
        journal::witnessed_log log;
        log.origin = asking_origin;
        log.keys = {{asking_origin, asking_log_key.public_key}};
        record.add_log(log);
    }
    std::string name;
    journal::key_pair key;
    memory_witness record;
    journal::witness inside;
    bool silent = false;
    std::function<journal::witness_reply(std::string_view)> instead = {};
    int asked = 0;
};

/// Calls them in place of a network, and has a clock.
class wires : public journal::witness_line {
  public:
    result<journal::witness_reply> add_checkpoint(const journal::policy_witness& who,
                                                  std::string_view body) override {
        member_witness& w = *all.at(who.name);
        ++w.asked;
        if (w.silent) return refuse(journal::refusals::file_missing, {}, "answer");
        if (w.instead) return w.instead(body);
        return w.inside.add_checkpoint(body, now_ms / 1000);
    }
    result<journal::witness_reply> last_cosigned(const journal::policy_witness& who,
                                                 std::string_view origin) override {
        member_witness& w = *all.at(who.name);
        if (w.silent) return refuse(journal::refusals::file_missing, {}, "answer");
        const auto known = VECHE_TRY(w.record.find(origin));
        if (!known || known->note.empty()) return journal::witness_reply{404, "", ""};
        return journal::witness_reply{200, "text/plain", known->note};
    }
    std::map<std::string, member_witness*> all;
    std::int64_t now_ms = 1'785'585'600'000;
};

journal::policy two_of(const std::vector<member_witness*>& all, std::size_t k = 2) {
    journal::policy p;
    p.logs.push_back({{asking_origin, asking_log_key.public_key}, ""});
    std::vector<std::string> names;
    for (const member_witness* w : all) {
        p.witnesses.push_back(
            {w->name, {w->inside.name(), w->key.public_key}, "http://" + w->name});
        names.push_back(w->name);
    }
    p.groups.push_back({"members", k, names});
    p.quorum = "members";
    return p;
}

/// A guard beside which another program put another key in force.
class told_guard final : public memory_guard {
  public:
    [[nodiscard]] std::optional<std::string> other_key() const override { return other; }
    std::optional<std::string> other;
};

/// A union with three witnesses.
struct witnessed_union {
    witnessed_union() {
        for (member_witness* w : {&a, &b, &c}) net.all[w->name] = w;
        asking.follow(two_of({&a, &b, &c}));
        signer.show_by([this](journal::stored_checkpoint newest) {
            return asking.shown(std::move(newest), net.now_ms);
        });
    }
    /// Asks all who are due, until nobody is.
    void round() {
        for (int turns = 0; turns < 10; ++turns) {
            const auto due = asking.due(net.now_ms);
            if (due.empty()) return;
            for (const std::string& name : due) asking.ask(name, net.now_ms);
        }
        FAIL("somebody is asked without end");
    }
    void grow_to(std::uint64_t size) {
        fill(store, size);
        REQUIRE(signer.publish());
    }
    [[nodiscard]] witness_standing standing(const std::string& name) {
        const auto report = asking.report(net.now_ms);
        for (const auto& w : report->witnesses)
            if (w.name == name) return w.standing;
        return witness_standing::unasked;
    }
    std::string vkey() { return signer.vkey(); }

    member_witness a{'a'}, b{'b'}, c{'c'};
    wires net;
    memory_store store;
    told_guard guard;
    publisher signer{store, guard, asking_origin, asking_log_key};
    std::string kept;
    std::vector<std::pair<std::string, std::string>> alarms;
    witnessing asking{store,
                      signer,
                      net,
                      {[this](const std::string& note) { kept = note; },
                       [this](const refusal& why, const std::string& evidence) {
                           alarms.emplace_back(why.code(), evidence);
                       }}};
};

TEST_CASE("a checkpoint is cosigned by all, and shown and proved with their signatures") {
    witnessed_union u;
    u.grow_to(20);
    u.round();
    const auto shown = u.signer.shown();
    REQUIRE(shown);
    const auto good = journal::accept_checkpoint(*u.asking.rule(), shown->note);
    REQUIRE(good);
    CHECK(good->cosigned.size() == 3);
    CHECK(u.signer.serve("checkpoint")->bytes == shown->note);
    CHECK(u.kept == shown->note);
    const std::string proof = u.signer.proof_file(7).value();
    CHECK(journal::verify_proof_file(proof, u.store.entry(7).value(), u.vkey()));
    CHECK(
        journal::accept_checkpoint(*u.asking.rule(), journal::read_proof_file(proof)->checkpoint));
    const auto report = u.asking.report(u.net.now_ms);
    CHECK(report->cosigned == 3);
    CHECK(report->witnessed_size == 20);
    CHECK(report->in_time);
    // Further checkpoints build on what each witness knows: one request each.
    const int asked = u.a.asked;
    u.grow_to(300);
    u.round();
    CHECK(u.a.asked == asked + 1);
    CHECK(u.signer.shown()->size == 300);
    CHECK(u.alarms.empty());
}

TEST_CASE("whoever starts anew learns from the witness where it stands") {
    witnessed_union u;
    u.grow_to(20);
    u.round();
    // Another program over the same journal, which remembers nothing.
    witnessing fresh(u.store, u.signer, u.net, {});
    fresh.follow(two_of({&u.a, &u.b, &u.c}));
    u.grow_to(33);
    for (const std::string& name : fresh.due(u.net.now_ms)) CHECK(fresh.ask(name, u.net.now_ms));
    CHECK(fresh.witnessed()->size == 33);
    // And one that remembers what was kept shows it at once.
    witnessing kept(u.store, u.signer, u.net, {}, u.kept);
    kept.follow(two_of({&u.a, &u.b, &u.c}));
    CHECK(kept.witnessed()->size == 20);
    kept.follow(two_of({&u.a, &u.b, &u.c}, 3));
    CHECK(kept.witnessed());
    // What was kept of another journal, or does not count any more, is not.
    witnessing damaged(u.store, u.signer, u.net, {}, u.kept + "x");
    damaged.follow(two_of({&u.a, &u.b, &u.c}));
    CHECK_FALSE(damaged.witnessed());
}

TEST_CASE("a silent witness is waited for less and less, and a quorum does without it") {
    witnessed_union u;
    u.c.silent = true;
    u.grow_to(20);
    u.round();
    CHECK(u.asking.witnessed()->size == 20);
    CHECK(u.standing("c") == witness_standing::silent);
    const int first = u.c.asked;
    for (int second = 0; second < 600; ++second) {
        u.net.now_ms += 1000;
        u.round();
    }
    CHECK(u.c.asked - first < 12);
    u.c.silent = false;
    u.net.now_ms += 300'000;
    u.round();
    CHECK(u.standing("c") == witness_standing::cosigns);
    // Its signature joins the others on the checkpoint that is shown.
    CHECK(journal::accept_checkpoint(*u.asking.rule(), u.signer.shown()->note)->cosigned.size() ==
          3);
}

TEST_CASE("a union whose quorum is down goes on, and shows it") {
    witnessed_union u;
    u.grow_to(20);
    u.round();
    u.b.silent = u.c.silent = true;
    u.grow_to(30);
    u.round();
    // For a while readers are shown the last one with a quorum.
    CHECK(u.signer.shown()->size == 20);
    CHECK(u.asking.report(u.net.now_ms)->in_time);
    u.net.now_ms += 61'000;
    const auto shown = u.signer.shown();
    CHECK(shown->size == 30);
    CHECK_FALSE(u.asking.report(u.net.now_ms)->in_time);
    CHECK(u.asking.report(u.net.now_ms)->cosigned == 1);
    // The one cosignature there is stands on it, and is no quorum.
    const auto judged = journal::accept_checkpoint(*u.asking.rule(), shown->note);
    CHECK(judged.error().kind == &journal::refusals::quorum_missing);
    CHECK(judged.error().args[1] == "a");
    // The last one with a quorum is there still.
    CHECK(u.asking.witnessed()->size == 20);
    // Entries that only the newest holds can be proved at any time.
    CHECK(u.signer.proof_file(29));
    u.b.silent = false;
    u.net.now_ms += 300'000;
    u.round();
    CHECK(u.asking.report(u.net.now_ms)->in_time);
    CHECK(journal::accept_checkpoint(*u.asking.rule(), u.signer.shown()->note));
}

TEST_CASE("cosignatures meet on one checkpoint while the journal keeps growing") {
    witnessed_union u;
    u.grow_to(10);
    auto due = u.asking.due(u.net.now_ms);
    REQUIRE(due.size() == 3);
    CHECK(u.asking.ask("a", u.net.now_ms));
    u.grow_to(11);
    // b is asked about the ten that a has signed, not about eleven.
    CHECK(u.asking.due(u.net.now_ms) == std::vector<std::string>{"b", "c"});
    CHECK(u.asking.ask("b", u.net.now_ms));
    CHECK(u.asking.witnessed()->size == 10);
    CHECK(u.asking.due(u.net.now_ms).size() == 3);
    CHECK(u.asking.ask("a", u.net.now_ms));
    CHECK(u.asking.ask("c", u.net.now_ms));
    CHECK(u.asking.witnessed()->size == 11);
}

TEST_CASE("a journal restored from a backup and continued is refused by its witnesses") {
    witnessed_union u;
    u.grow_to(50);
    u.round();
    const std::string longer = u.signer.shown()->note;
    // The whole folder was restored, the guard with it, and the union went on from 30 entries.
    witnessed_union restored;
    for (member_witness* w : {&u.a, &u.b, &u.c}) restored.net.all[w->name] = w;
    restored.asking.follow(two_of({&u.a, &u.b, &u.c}));
    fill(restored.store, 30);
    // Before it signs anything it looks at its witnesses: they hold more than it has.
    restored.signer.pause();
    CHECK(restored.signer.publish()->size == 0);
    CHECK(restored.asking.look("b", restored.net.now_ms));
    restored.signer.resume();
    REQUIRE(restored.alarms.size() == 1);
    CHECK(restored.alarms[0].first == "journal.witness_ahead");
    CHECK(journal::parse_checkpoint(restored.alarms[0].second).value() ==
          journal::parse_checkpoint(longer).value());
    const auto refused = restored.signer.publish();
    CHECK(refused.error().kind == &journal::refusals::witness_ahead);
    CHECK(refused.error().sentence().find("50 entries") != std::string::npos);
    CHECK(restored.standing("b") == witness_standing::ahead);
    CHECK_FALSE(restored.store.latest_checkpoint());
    CHECK(restored.asking.due(restored.net.now_ms).empty());
}

TEST_CASE("two histories under one key: the witness refuses, and the fork is proved to anybody") {
    witnessed_union u;
    u.grow_to(50);
    u.round();
    // Nobody looked before; the other history has grown longer than the first.
    witnessed_union forked;
    for (member_witness* w : {&u.a, &u.b, &u.c}) forked.net.all[w->name] = w;
    forked.asking.follow(two_of({&u.a, &u.b, &u.c}));
    fill(forked.store, 30);
    journal::batch other = testing::batch_of(30, 80);
    for (journal::new_entry& e : other.entries) {
        e.bytes.replace(e.bytes.find("\"note\":\"entry"), 13, "\"note\":\"other");
        e.leaf = journal::leaf_hash(e.bytes);
    }
    other.idems.clear();
    REQUIRE(forked.store.append(other, 30));
    REQUIRE(forked.signer.publish());
    CHECK_FALSE(forked.asking.due(forked.net.now_ms).empty());
    CHECK_FALSE(forked.asking.ask("a", forked.net.now_ms));
    REQUIRE(forked.alarms.size() == 1);
    CHECK(forked.alarms[0].first == "journal.witness_differs");
    CHECK(forked.standing("a") == witness_standing::differs);
    CHECK(forked.signer.publish().error().kind == &journal::refusals::witness_differs);
    // The file that proves it needs nothing but the journal's key.
    const auto proof = journal::read_fork_proof(forked.alarms[0].second);
    REQUIRE(proof);
    const auto judged = journal::check_fork_proof(*proof, u.vkey());
    REQUIRE(judged);
    CHECK(judged->shorter.size == 50);
    CHECK(judged->longer.size == 80);
    // The witness kept what it was asked to sign.
    CHECK(u.a.record.evidence()->size() == 1);
    CHECK(u.a.record.find(asking_origin).value()->size == 50);
}

TEST_CASE("a server that shows two faces has a quorum for one of them at most") {
    witnessed_union u;
    u.grow_to(20);
    u.round();
    u.grow_to(40);
    u.round();
    const std::string to_one_reader = u.signer.shown()->note;
    // The other face: the same first 20 entries, then others, signed with the same key.
    witnessed_union face;
    for (member_witness* w : {&u.a, &u.b, &u.c}) face.net.all[w->name] = w;
    face.asking.follow(two_of({&u.a, &u.b, &u.c}));
    fill(face.store, 20);
    journal::batch other = testing::batch_of(20, 40);
    other.entries[0].bytes.replace(other.entries[0].bytes.find("entry 20"), 8, "entry 99");
    other.entries[0].leaf = journal::leaf_hash(other.entries[0].bytes);
    other.idems.clear();
    REQUIRE(face.store.append(other, 20));
    REQUIRE(face.signer.publish());
    for (const std::string& name : face.asking.due(face.net.now_ms))
        CHECK_FALSE(face.asking.ask(name, face.net.now_ms));
    const std::string to_the_other = face.signer.shown()->note;
    CHECK(journal::accept_checkpoint(*u.asking.rule(), to_one_reader));
    CHECK(journal::accept_checkpoint(*u.asking.rule(), to_the_other).error().kind ==
          &journal::refusals::quorum_missing);
    // Two readers who compare hold the proof: one size, two roots.
    CHECK(journal::prove_fork(u.vkey(), to_one_reader, to_the_other));
}

TEST_CASE("a witness that lies about its size is passed over, and stops nothing") {
    witnessed_union u;
    u.grow_to(20);
    // It names more than there is, and has nothing to show for it.
    u.a.instead = [](std::string_view) {
        return journal::witness_reply{409, "text/x.tlog.size", "1000\n"};
    };
    // Another size at each request.
    int next = 0;
    u.b.instead = [&](std::string_view) {
        return journal::witness_reply{409, "text/x.tlog.size", std::to_string(++next % 7) + "\n"};
    };
    u.round();
    CHECK(u.standing("a") == witness_standing::contradicts);
    CHECK(u.standing("b") == witness_standing::contradicts);
    CHECK(u.standing("c") == witness_standing::cosigns);
    CHECK(next <= 3);
    CHECK(u.alarms.empty());
    CHECK(u.signer.publish());
    CHECK_FALSE(u.asking.witnessed());
    // A signature over something else, one by another key, none at all.
    for (const std::string& body : {std::string("\xE2\x80\x94 witness.example/a AAAAAAAAAAAA\n"),
                                    std::string("thanks\n"), std::string()}) {
        u.a.instead = [&](std::string_view) {
            return journal::witness_reply{200, "text/plain", body};
        };
        u.net.now_ms += 300'000;
        u.round();
        CHECK(u.standing("a") == witness_standing::contradicts);
    }
    // Other answers.
    for (const int status : {400, 403, 404, 409, 500}) {
        u.a.instead = [&](std::string_view) {
            return journal::witness_reply{status, "text/html", "<b>no</b>\x1b\n"};
        };
        u.net.now_ms += 300'000;
        u.round();
        CHECK(u.standing("a") == witness_standing::declines);
    }
    CHECK(u.asking.report(u.net.now_ms)->witnesses[0].detail.value_or("") ==
          "it answered 500: <b>no</b>?");
    // When they come to themselves there is a quorum.
    u.a.instead = nullptr;
    u.b.instead = nullptr;
    u.net.now_ms += 300'000;
    u.round();
    CHECK(u.asking.witnessed()->size == 20);
}

TEST_CASE("a witness that forgot what it had cosigned is seen") {
    witnessed_union u;
    u.grow_to(20);
    u.round();
    journal::witnessed_log old;
    old.origin = asking_origin;
    old.keys = {{asking_origin, asking_log_key.public_key}};
    u.a.record.add_log(old);
    u.grow_to(30);
    u.round();
    CHECK(u.standing("a") == witness_standing::contradicts);
    CHECK(u.asking.report(u.net.now_ms)->witnesses[0].detail.value_or("") ==
          "it names 0 entries and has cosigned 20");
    CHECK(u.asking.witnessed()->size == 30);
    // The checkpoint that is shown carries its own signature, and raises it.
    CHECK(u.a.inside.raise(u.kept).has_value());
}

TEST_CASE("a policy that changes is followed; without one nothing is different") {
    witnessed_union u;
    u.grow_to(20);
    u.c.silent = true;
    u.round();
    CHECK(u.asking.witnessed());
    u.asking.follow(two_of({&u.a, &u.b, &u.c}, 3));
    CHECK_FALSE(u.asking.witnessed());
    u.asking.follow(two_of({&u.a}, 1));
    u.round();
    CHECK(u.asking.witnessed()->size == 20);
    u.asking.follow(std::nullopt);
    CHECK_FALSE(u.asking.report(u.net.now_ms));
    CHECK(u.asking.due(u.net.now_ms).empty());
    CHECK(u.signer.shown()->note == u.store.latest_checkpoint()->note);
}

TEST_CASE("a journal at rest is cosigned anew every hour") {
    witnessed_union u;
    u.grow_to(20);
    u.round();
    const std::string before = u.signer.shown()->note;
    u.net.now_ms += 3'599'000;
    CHECK(u.asking.due(u.net.now_ms).empty());
    u.net.now_ms += 2'000;
    u.round();
    CHECK(u.signer.shown()->note != before);
    CHECK(journal::accept_checkpoint(*u.asking.rule(), u.signer.shown()->note)
              ->cosigned.front()
              .time == u.net.now_ms / 1000);
}

const journal::key_pair next_log_key = journal::key_from_seed(std::string(32, 'N'));
const journal::verifier_key next_verifier{asking_origin, next_log_key.public_key};

/// A union of twenty entries, cosigned by all, whose newest tree the next key signed then.
struct handed_over : witnessed_union {
    handed_over() {
        grow_to(20);
        round();
        cosigned = signer.shown()->note;
        auto both = *store.latest_checkpoint();
        old_note = both.note;
        both.note += journal::signature_line(asking_origin, next_log_key,
                                             journal::split_note(old_note)->text) +
                     "\n";
        REQUIRE(guard.advance(20, both));
        rule.logs.front().key = next_verifier;
    }
    void knows(member_witness& who, const std::vector<journal::verifier_key>& keys) {
        auto log = *who.record.find(asking_origin).value();
        log.keys = keys;
        who.record.add_log(log);
    }
    void silence(bool on) {
        for (member_witness* w : {&a, &b, &c}) w->silent = on;
    }

    journal::policy rule = two_of({&a, &b, &c});
    std::string old_note, cosigned;
};

TEST_CASE("another key at the very size that was cosigned: shown under its note, whoever answers") {
    handed_over u;
    u.guard.other = journal::format_verifier_key(next_verifier);
    CHECK(u.signer.publish().error().kind == &journal::refusals::key_changed);
    u.silence(true);
    u.asking.follow(u.rule);
    u.round();
    const auto shown = u.signer.shown();
    const auto good = journal::accept_checkpoint(u.rule, shown->note);
    REQUIRE_MESSAGE(good, good.error().sentence());
    CHECK(good->checkpoint.size == 20);
    CHECK(good->cosigned.size() == 3);
    CHECK(journal::verify_checkpoint(shown->note, u.vkey()));
    CHECK(u.kept == shown->note);
    // Who answers again cosigns anew, and keeps what the new key signed.
    u.silence(false);
    const journal::verifier_key old{asking_origin, asking_log_key.public_key};
    u.knows(u.a, {old, next_verifier});
    u.knows(u.c, {next_verifier});
    u.net.now_ms += 60'000;
    u.round();
    for (const char* name : {"a", "b", "c"}) CHECK(u.standing(name) == witness_standing::cosigns);
    for (member_witness* w : {&u.a, &u.c})
        CHECK(journal::verify_checkpoint(w->record.find(asking_origin).value()->note, u.vkey()));
    // What follows is the new key's: whoever knows only the old one declines it.
    publisher successor{u.store, u.guard, asking_origin, next_log_key};
    fill(u.store, 30);
    REQUIRE(successor.publish());
    REQUIRE(u.signer.publish());
    u.round();
    CHECK(u.standing("a") == witness_standing::cosigns);
    CHECK(u.standing("b") == witness_standing::declines);
    CHECK(u.standing("c") == witness_standing::cosigns);
    CHECK(journal::accept_checkpoint(u.rule, u.signer.shown()->note)->checkpoint.size == 30);
    CHECK(u.alarms.empty());
}

TEST_CASE("a target that the next key signs too is renewed, and so are those who cosigned it") {
    handed_over u;
    u.guard.other = journal::format_verifier_key(next_verifier);
    CHECK(u.signer.latest()->note == u.old_note);  // nobody has asked the guard yet
    u.asking.follow(u.rule);
    u.round();
    CHECK(u.signer.shown()->note.find(u.old_note) == 0);
    CHECK_FALSE(journal::accept_checkpoint(u.rule, u.signer.shown()->note));
    CHECK(u.signer.publish().error().kind == &journal::refusals::key_changed);
    const int asked = u.a.asked;
    u.round();
    CHECK(journal::accept_checkpoint(u.rule, u.signer.shown()->note)->cosigned.size() == 3);
    CHECK(u.kept == u.signer.shown()->note);
    CHECK(u.a.asked == asked + 1);
    u.round();
    CHECK(u.a.asked == asked + 1);
}

TEST_CASE("after a restart with the next key what was cosigned of the same tree is good under it") {
    handed_over u;
    publisher successor{u.store, u.guard, asking_origin, next_log_key};
    std::string kept = u.cosigned;
    const auto keep = [&](const std::string& note) { kept = note; };
    {
        witnessing later{u.store, successor, u.net, {keep, {}}, u.cosigned};
        later.follow(u.rule);
        REQUIRE(successor.publish());
        u.silence(true);
        for (const std::string& name : later.due(u.net.now_ms)) later.ask(name, u.net.now_ms);
        const auto shown = later.shown(*successor.latest(), u.net.now_ms);
        CHECK(journal::accept_checkpoint(u.rule, shown.note)->cosigned.size() == 3);
        CHECK(kept == shown.note);
    }
    // Of an older tree the new key has signed nothing.
    fill(u.store, 30);
    REQUIRE(successor.publish());
    const witnessing other{u.store, successor, u.net, {keep, {}}, u.cosigned};
    CHECK_FALSE(other.witnessed());
    const witnessing same{u.store, successor, u.net, {keep, {}}, kept};
    CHECK(same.witnessed()->size == 20);
}

}  // namespace
}  // namespace veche::store
