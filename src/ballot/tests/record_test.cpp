#include "ballot/record.hpp"

#include <fstream>
#include <sstream>

#include "ballot/refusal.hpp"
#include "ballot/tests/play.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::ballot;
using namespace veche::ballot::testing;

namespace {

std::string text_of(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += line + '\n';
    return out;
}

/// The lines again with `prev` right, as somebody would do who changed one of them.
std::vector<std::string> chain_again(std::vector<std::string> lines) {
    digest head;
    for (std::string& line : lines) {
        const std::size_t at = line.rfind("\"prev\":\"") + 8;
        line.replace(at, 64, to_hex(head.bytes));
        head = {sha256(line)};
    }
    return lines;
}

bool holds_together(const std::vector<std::string>& lines) {
    record r;
    if (!r.take_all(text_of(lines))) return false;
    return r.stage() == stage::finished;
}

}  // namespace

TEST_CASE("a whole election reads back, with its totals") {
    const play p = whole_election();
    record r;
    CHECK(r.take_all(text_of(p.lines)).has_value());
    CHECK(r.stage() == stage::finished);
    CHECK(r.outcome()->totals == std::vector<std::int64_t>{4, 5, 3});
    CHECK(r.outcome()->weight == 12);
    CHECK(r.board()->accepted() == 7);
}

TEST_CASE("the record in the repository is the one these seeds give") {
    std::ifstream in(veche::source_dir() + "/src/ballot/tests/election.jsonl");
    std::stringstream kept;
    kept << in.rdbuf();
    const bool same = kept.str() == text_of(whole_election().lines);
    CHECK(same);
}

TEST_CASE("whatever is changed in a record, it no longer holds") {
    const std::vector<std::string> lines = whole_election().lines;
    REQUIRE(holds_together(chain_again(lines)));
    std::size_t tried = 0;
    for (std::size_t n = 0; n < lines.size(); ++n) {
        const std::size_t end = lines[n].rfind(",\"prev\"");
        for (std::size_t at = 0; at < end; ++at) {
            const std::string& line = lines[n];
            // The last digit of each number, one digit of each hash, key, scalar and text.
            const bool value = line[at] == ':' || (line[at] == '[' && line[at + 1] != '{') ||
                               (line[at] == ',' && line[at + 1] == '"' && line[at - 1] == '"' &&
                                line.find('"', at + 2) - at == 66);
            if (!value || line[at + 1] == '{' || line[at + 1] == '[') continue;
            auto changed = lines;
            char& c = changed[n][line[at + 1] == '"' ? at + 7 : at + 1];
            c = c == '1' ? '2' : '1';
            CAPTURE(n);
            CAPTURE(line.substr(at, 40));
            CHECK_FALSE(holds_together(changed));
            CHECK_FALSE(holds_together(chain_again(changed)));
            ++tried;
        }
    }
    MESSAGE("changed values: " << tried);
    CHECK(tried > 200);
}

TEST_CASE("no line can be left out, doubled or moved") {
    const std::vector<std::string> lines = whole_election().lines;
    for (std::size_t n = 0; n < lines.size(); ++n) {
        CAPTURE(n);
        auto changed = lines;
        changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(n));
        CHECK_FALSE(holds_together(chain_again(changed)));
        changed = lines;
        changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(n), lines[n]);
        CHECK_FALSE(holds_together(chain_again(changed)));
    }
    auto moved = lines;
    // Two ballots in the other order: the closing names another board.
    std::swap(moved[15], moved[16]);
    CHECK_FALSE(holds_together(chain_again(moved)));
}

TEST_CASE("a partial decryption that does not hold spoils nothing") {
    const hall h;
    play p;
    play_ceremony(p, h);
    for (std::size_t n = 0; n < 3; ++n) p.add(record_kind::ballot, h.vote(n, {0}));
    play_close(p);
    partial_decryption wrong = h.partial(2, *p.r.board());
    wrong.shares[0].value = wrong.shares[1].value;
    p.add(record_kind::partial_decryption, wrong);
    CHECK(p.r.invalid_partials() == std::vector<std::int32_t>{2});
    play_decrypt(p, h, {2, 3});
    play_result(p, h);
    CHECK(holds_together(p.lines));
}

TEST_CASE("a board below the floors is closed without a result") {
    const hall h;
    play p;
    play_ceremony(p, h);
    p.add(record_kind::ballot, h.vote(0, {0}));
    p.add(record_kind::ballot, h.vote(1, {0}));
    play_close(p);
    CHECK(p.r.stage() == stage::abandoned);
    CHECK_FALSE(p.r.totals().has_value());
}

TEST_CASE("no coefficients before every commitment, no ballot after the closing") {
    const hall h;
    record r;
    const auto take = [&](record_kind kind, const auto& body) {
        return r.take(r.compose(kind, body));
    };
    must(take(record_kind::definition, h.d).map([] { return true; }));
    must(take(record_kind::roll, h.r).map([] { return true; }));
    CHECK(take(record_kind::key_commitment, h.keys.commitments[2]).has_value());
    CHECK_FALSE(take(record_kind::key_commitment, h.keys.commitments[2]).has_value());
    CHECK(take(record_kind::key_commitment, h.keys.commitments[0]).has_value());
    CHECK_FALSE(take(record_kind::key_coefficients, h.keys.coefficients[0]).has_value());
    CHECK(take(record_kind::key_commitment, h.keys.commitments[1]).has_value());
    CHECK(take(record_kind::key_coefficients, h.keys.coefficients[1]).has_value());
    CHECK(r.ceremony().commitments[0].trustee == 1);

    play p = whole_election();
    CHECK_FALSE(p.r.take(p.r.compose(record_kind::ballot, h.vote(0, {0}))).has_value());
}

TEST_CASE("proofs left for later are handed out, and everything else is checked at once") {
    const play p = whole_election();
    record r(record::proofs::later);
    CHECK(r.take_all(text_of(p.lines)).has_value());
    CHECK(r.unverified().size() == 7);
    for (const auto& u : r.unverified())
        CHECK(verify_ballot(r.board()->terms(), u.ballot).has_value());
}
