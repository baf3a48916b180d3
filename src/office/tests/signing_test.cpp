// Who has a key signs with it; a signature is checked at the entry's own time; a changed byte
// shows.

#include <doctest/doctest.h>

#include "journal/entry.hpp"
#include "journal/refusal.hpp"
#include "office/admission.hpp"
#include "office/tests/bench_union.hpp"
#include "office/verify.hpp"

using namespace veche;
using namespace veche::office;
using testing::bench_union;

namespace {

const journal::key_pair delegate_key = journal::key_from_seed(std::string(32, 'd'));

void enroll(bench_union& u) {
    u.must("people.enroll_key",
           R"({"key":"laptop","name":"laptop","public_key":")" +
               to_base64(delegate_key.public_key) + "\"}",
           "treasurer", "pc/treasurer");
}

std::string receipt_line(const std::string& id, const std::string& idem) {
    return journal::compose_act_line(
        "treasurer", "pc/treasurer",
        R"({"amount":{"minor":"500","unit":"RUB"},"contribution":")" + id +
            R"(","effective":"2026-03-01","member":"ru","reference":"PO 7"})",
        idem, "union.example/journal", "fund.receive_contribution", 1);
}

std::string signed_with(const journal::key_pair& key, const std::string& line) {
    return journal::signature_line(note_key_name("union.example/journal", {"treasurer"}, "laptop"),
                                   key, line + "\n");
}

}  // namespace

TEST_CASE("an actor with a key must sign, and only that key counts") {
    bench_union u;
    enroll(u);
    const std::string line = receipt_line("c1", "a1");
    CHECK(u.desk->submit({line, {}, {"treasurer"}}).error().code() == "office.signature_missing");
    const auto stranger = journal::key_from_seed(std::string(32, 'x'));
    CHECK(u.desk->submit({line, {signed_with(stranger, line)}, {}}).error().code() ==
          "office.signature_wrong");
    const auto done = u.desk->submit({line, {signed_with(delegate_key, line)}, {}});
    REQUIRE_MESSAGE(done.has_value(), done.error().sentence());
    const std::string bytes = u.entry(done->seq);
    CHECK(journal::parse_entry(bytes)->event_line == line);
    CHECK(journal::signature_lines(journal::parse_entry(bytes)->signature_block).size() == 1);
}

TEST_CASE("a repeat gets its first answer, though its actor has enrolled a key since") {
    bench_union u;
    const std::string line = receipt_line("c1", "a1");
    const auto first = u.desk->submit({line, {}, {"treasurer"}});
    REQUIRE(first.has_value());
    enroll(u);
    const auto again = u.desk->submit({line, {}, {"treasurer"}});
    REQUIRE_MESSAGE(again.has_value(), again.error().sentence());
    CHECK(again->repeated);
    CHECK(again->seq == first->seq);
    CHECK(u.desk->submit({receipt_line("c2", "a2"), {}, {"treasurer"}}).error().code() ==
          "office.signature_missing");
}

TEST_CASE("a revoked key signs nothing more, and what it signed stays good") {
    bench_union u;
    enroll(u);
    const std::string first = receipt_line("c1", "a1");
    REQUIRE(u.desk->submit({first, {signed_with(delegate_key, first)}, {}}).has_value());
    const std::string revoke = journal::compose_act_line(
        "treasurer", "pc/treasurer", R"({"key":"laptop","person":"treasurer"})", "a2",
        "union.example/journal", "people.revoke_key", 1);
    REQUIRE(u.desk->submit({revoke, {signed_with(delegate_key, revoke)}, {}}).has_value());
    const std::string later = receipt_line("c2", "a3");
    CHECK(u.desk->submit({later, {signed_with(delegate_key, later)}, {}}).error().code() ==
          "office.signature_wrong");
    REQUIRE(u.publisher.publish().has_value());
    journal::publisher_source source(u.publisher);
    const auto report = verify(source, {});
    REQUIRE_MESSAGE(report.has_value(), report.error().why.sentence());
    CHECK(report->signatures == 2);
}

namespace {

/// What somebody without a mandate tries, with or without a signature of their own; the refusal's
/// code, "" where it was accepted.
class outsider {
  public:
    outsider(bench_union& u, std::string person, std::optional<journal::key_pair> key)
        : u_(u), person_(std::move(person)), key_(std::move(key)) {}

    std::string tries(std::string_view type, std::string_view body, std::string_view auth,
                      bool sign = true) {
        const std::string canonical = *json::canonicalize(body);
        const std::string line = journal::compose_act_line(
            person_, auth, canonical, "i" + std::to_string(next_++), "union.example/journal", type,
            static_cast<std::int32_t>(find_route(type)->wire.v));
        std::vector<std::string> signatures;
        if (key_ && sign)
            signatures.push_back(journal::signature_line(
                note_key_name("union.example/journal", {person_}, "phone"), *key_, line + "\n"));
        const auto done = u_.desk->submit({line, signatures, {person_}});
        return done ? std::string() : std::string(done.error().code());
    }

  private:
    bench_union& u_;
    std::string person_;
    std::optional<journal::key_pair> key_;
    int next_ = 1;
};

const std::string open_to_all =
    R"([{"type":"calls.open_call","v":1,"body":{"call":"c","kind":"grants","body":"pc",)"
    R"("title":{"en":"C"},"text":{"en":"T"},"budget":{"minor":"1000","unit":"RUB"},)"
    R"("rules":{"ties":"hungarian","unfilled":"none","budget":"skip"},)"
    R"("criteria":[{"criterion":"merit","title":{"en":"M"},"max":10,"weight":1}],)"
    R"("assessors":1,"answer_days":5,"appeal_days":5,)";

}  // namespace

TEST_CASE("who holds no mandate signs what they do for themselves, and gains no power by it") {
    bench_union u;
    u.session("s1");
    u.adopt("s1", "m1",
            open_to_all + R"("opens":")" + u.today(1) + R"(T00:00:00.000Z","closes":")" +
                u.today(10) + R"(T00:00:00.000Z"}}])");
    u.session("s2");
    u.must("assembly.open_session", R"({"session":"s2"})", "ru-prime-minister", "com/chair");
    u.must("assembly.table_motion",
           R"({"motion":"m2","session":"s2","item":"i1","title":{"en":"M"},"text":{"en":"T"}})",
           "ru-prime-minister", "com/chair");
    u.must("assembly.open_vote", R"({"vote":"v2","motion":"m2"})", "ru-prime-minister",
           "com/chair");
    u.advance_days(2);

    const auto key = journal::key_from_seed(std::string(32, 'p'));
    u.must("people.enroll_key",
           R"({"key":"phone","name":"phone","public_key":")" + to_base64(key.public_key) + "\"}",
           "applicant-1", "applicant-1");
    outsider signs{u, "applicant-1", key};
    outsider bare{u, "applicant-2", std::nullopt};
    const std::string asks =
        R"({"call":"c","asks":{"minor":"500","unit":"RUB"},"title":{"en":"P"}})";
    CHECK(signs.tries("calls.submit_application", asks, "applicant-1", false) ==
          "office.signature_missing");
    CHECK(signs.tries("calls.submit_application", asks, "applicant-1").empty());
    CHECK(bare.tries("calls.submit_application", asks, "applicant-2").empty());
    u.advance_days(10);

    struct attempt {
        const char* type;
        const char* body;
        const char* auth;
    };
    const attempt attempts[] = {
        {"assembly.cast_ballot", R"({"vote":"v2","seat":"com/ru-finance","choice":"yes"})",
         "com/ru-finance"},
        {"assembly.close_vote", R"({"vote":"v2"})", "com/chair"},
        {"assembly.table_motion",
         R"({"motion":"m3","session":"s2","item":"i1","title":{"en":"M"},"text":{"en":"T"}})",
         "com/chair"},
        {"calls.judge_eligibility", R"({"call":"c","applicant":"applicant-1","eligible":true})",
         "pc/programmes"},
        {"calls.run_allocation", R"({"call":"c"})", "pc/programmes"},
        {"fund.receive_contribution",
         R"({"amount":{"minor":"500","unit":"RUB"},"contribution":"x","effective":"2026-03-01",)"
         R"("member":"ru","reference":"P"})",
         "pc/treasurer"},
        {"charter.grant_mandate",
         R"({"mandate":{"id":"mine","person":"applicant-1","office":"pc/treasurer","from":"2026-03-01"}})",
         "pc/registrar"},
        {"people.revoke_key", R"({"person":"treasurer","key":"laptop"})", "pc/registrar"},
    };
    REQUIRE(u.desk->tick().has_value());  // the call closes
    const std::uint64_t size = u.desk->durable_size();
    for (const attempt& one : attempts) {
        CAPTURE(one.type);
        for (const std::string& auth : {std::string(one.auth), std::string("applicant-1")}) {
            const std::string code = signs.tries(one.type, one.body, auth);
            CHECK_FALSE(code.empty());
            const std::string own = auth == "applicant-1" ? "applicant-2" : auth;
            CHECK(code == bare.tries(one.type, one.body, own));
        }
    }
    CHECK(u.desk->durable_size() == size);
    verifies(u);
}

TEST_CASE("a weak public key is not enrolled") {
    bench_union u;
    const std::string low_order(32, '\0');
    CHECK(u.refused("people.enroll_key",
                    R"({"key":"k","name":"n","public_key":")" + to_base64(low_order) + "\"}",
                    "treasurer", "pc/treasurer") == "office.key_unacceptable");
}

namespace {
/// A log of public files kept in memory, for changing them.
class kept_source : public journal::log_source {
  public:
    explicit kept_source(const journal::publisher& from) : from_(from) {}
    result<std::string> fetch(const std::string& path) override {
        auto found = from_.serve(path);
        if (!found) return refuse(journal::refusals::file_missing, {}, path);
        if (change && path.find("entries") != std::string::npos) change(found->bytes);
        return found->bytes;
    }
    std::function<void(std::string&)> change;

  private:
    const journal::publisher& from_;
};
}  // namespace

TEST_CASE("verify names the first entry that was tampered with") {
    bench_union u;
    enroll(u);
    const std::string line = receipt_line("c1", "a1");
    REQUIRE(u.desk->submit({line, {signed_with(delegate_key, line)}, {}}).has_value());
    REQUIRE(u.publisher.publish().has_value());
    kept_source source(u.publisher);
    source.change = [](std::string& bytes) { bytes.replace(bytes.find("PO 7"), 4, "PO 8"); };
    const auto report = verify(source, {});
    REQUIRE(!report);
    CHECK(report.error().why.code() == "journal.tile_differs");
}

TEST_CASE("a replay stops at a changed signature, a changed outcome, a missing consequence") {
    bench_union u;
    enroll(u);
    const std::string line = receipt_line("c1", "a1");
    REQUIRE(u.desk->submit({line, {signed_with(delegate_key, line)}, {}}).has_value());
    std::vector<std::string> entries;
    for (std::uint64_t i = 0; i < u.store.current().next; ++i) entries.push_back(u.entry(i));
    const auto replayed = [](const std::vector<std::string>& all) {
        replay past;
        past.on_signature([](std::uint64_t, std::string_view text, std::string_view block,
                             const std::vector<signing_key>& keys) -> result<void> {
            if (!any_signature_good(text, journal::signature_lines(block), keys))
                return refuse(veche::office::faults::replay_signature);
            return {};
        });
        for (const std::string& one : all)
            if (auto done = past.take(one); !done) return std::string(done.error().code());
        return std::string("good");
    };
    CHECK(replayed(entries) == "good");
    auto changed = entries;
    const auto at = changed.back().find("\"500\"");
    changed.back().replace(at, 5, "\"501\"");
    CHECK(replayed(changed) == "replay.signature");
    auto unsigned_now = entries;
    unsigned_now.back().resize(unsigned_now.back().find("\n\n") + 1);
    CHECK(replayed(unsigned_now) == "replay.refused");
    const auto derived =
        R"({"at":"2026-03-02T09:10:00.000Z","seq":)" + std::to_string(entries.size()) + "}\n" +
        journal::compose_event_line(1, "union.example/journal", {"assembly.item_placed", 1, "{}"}) +
        "\n\n";
    auto adorned = entries;
    adorned.push_back(derived + signed_with(delegate_key, "x") + "\n");
    CHECK(replayed(adorned) == "replay.signed");
    auto gap = entries;
    gap.erase(gap.begin() + 1);
    CHECK(replayed(gap) == "replay.number");
}
