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
