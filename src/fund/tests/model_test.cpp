// Random operations, sound and unsound, against a naive model that recomputes everything from a
// list of what was accepted. After every operation both agree, every entry and the whole book sum
// to zero in each unit, and a refusal has changed nothing.

#include <map>
#include <random>
#include <set>

#include "fund/tests/treasury.hpp"

using namespace veche;
using namespace veche::fund;
using namespace veche::fund::testing;

namespace {

struct paid {
    std::string member, unit, by;
    std::int64_t minor = 0;
    bool reversed = false;
};
struct called {
    std::string unit;
    std::map<std::string, std::int64_t> parts;
};
struct granted {
    std::string unit;
    std::int64_t original = 0, amended = 0;
};

struct model {
    std::map<std::string, paid> receipts;
    std::set<std::string> corrections;
    std::map<std::string, called> assessments;
    std::map<std::string, granted> lines;

    using book = std::map<std::pair<std::string, std::string>, std::int64_t>;
    /// Every balance that is not zero, told from what was accepted.
    [[nodiscard]] book balances() const {
        book all;
        for (const auto& [id, a] : assessments)
            for (const auto& [member, minor] : a.parts) {
                all[{"Receivable:" + member, a.unit}] += minor;
                all[{"Income:Contribution:" + member, a.unit}] -= minor;
            }
        for (const auto& [id, r] : receipts) {
            if (r.reversed) continue;
            all[{"Bank:main", r.unit}] += r.minor;
            all[{"Receivable:" + r.member, r.unit}] -= r.minor;
        }
        std::erase_if(all, [](const auto& one) { return one.second == 0; });
        return all;
    }
};

model::book balances_kept(const state& s) {
    model::book all;
    for (const auto& [key, held] : s.book.balances)
        if (held.minor != 0) all[{key.account, key.unit}] = static_cast<std::int64_t>(held.minor);
    return all;
}

/// Shares by the key 65 : 30 : 5 of A, B and C, one unit at a time to whoever lags most behind.
std::map<std::string, std::int64_t> shares_by_hand(std::int64_t total) {
    const std::vector<std::pair<std::string, std::int64_t>> key{{"A", 65}, {"B", 30}, {"C", 5}};
    std::map<std::string, std::int64_t> parts;
    std::int64_t left = total;
    for (const auto& [member, weight] : key) left -= parts[member] = total * weight / 100;
    std::set<std::string> topped;
    for (; left > 0; --left) {
        std::string best;
        std::int64_t most = -1;
        for (const auto& [member, weight] : key)
            if (!topped.contains(member) && total * weight % 100 > most) {
                most = total * weight % 100;
                best = member;
            }
        ++parts[best];
        topped.insert(best);
    }
    return parts;
}

class game {
  public:
    explicit game(unsigned seed) : random_(seed) {}

    void play(int steps) {
        for (int step = 0; step < steps; ++step) {
            const std::size_t entries = t_.own.book.entries.size();
            const bool accepted = move();
            REQUIRE(balances_kept(t_.own) == m_.balances());
            if (!accepted) REQUIRE(t_.own.book.entries.size() == entries);
            check_sums();
            check_lines();
        }
        CHECK(t_.own.book.entries.size() ==
              m_.receipts.size() + m_.corrections.size() + m_.assessments.size());
    }

  private:
    int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
    std::string name(const char* stem, int n) { return stem + std::to_string(pick(n)); }
    std::string one_of(const std::vector<std::string>& list) {
        return list[static_cast<std::size_t>(pick(static_cast<int>(list.size())))];
    }
    amount some() { return {pick(50) - 3, {one_of({"RUB", "RUB", "PLACE", "EUR"})}}; }
    static bool sound(const amount& a) { return a.minor > 0 && a.unit.value != "EUR"; }

    /// One command; whether it was accepted, on which the model must agree.
    bool move() {
        switch (pick(5)) {
            case 0:
                return assess();
            case 1:
                return line();
            case 2:
                return amend();
            case 3:
                return correct();
            default:
                return receive();
        }
    }

    template <class Command>
    bool agree(const context& ctx, const Command& c, bool expected) {
        const auto decided = t_.submit(ctx, c);
        INFO(to_json(c));
        REQUIRE(decided.has_value() == expected);
        return expected;
    }

    bool assess() {
        assess_contributions c{{name("S", 40)}, 2027, some(), {}};
        const std::string unit = c.total.unit.value;
        bool expected = sound(c.total) && !m_.assessments.contains(c.assessment.value);
        std::map<std::string, std::int64_t> parts;
        if (pick(2) == 0) {
            parts = shares_by_hand(c.total.minor);
        } else {
            const std::string first = one_of({"A", "B"});
            parts = {{first, c.total.minor - 2}, {"E", pick(4)}};
            for (const auto& [member, minor] : parts)
                c.shares.push_back({{member}, {minor, {unit}}});
            expected = expected && parts["E"] == 2 && parts[first] >= 0;
        }
        if (!agree(t_.now_by("council"), c, expected)) return false;
        return m_.assessments[c.assessment.value] = {unit, parts}, true;
    }

    bool line() {
        appropriate c = line_of(name("L", 30), 0);
        c.amount_ = some();
        if (!agree(t_.now_by("council"), c, sound(c.amount_) && !m_.lines.contains(c.line.value)))
            return false;
        m_.lines[c.line.value] = {c.amount_.unit.value, c.amount_.minor, c.amount_.minor};
        return true;
    }

    bool amend() {
        const amend_appropriation c{{name("L", 30)}, some()};
        const auto known = m_.lines.find(c.line.value);
        const bool expected = known != m_.lines.end() && c.amount_.minor >= 0 &&
                              known->second.unit == c.amount_.unit.value &&
                              known->second.amended != c.amount_.minor;
        if (!agree(t_.now_by("council"), c, expected)) return false;
        return known->second.amended = c.amount_.minor, true;
    }

    bool receive() {
        receive_contribution c = receipt_of(name("R", 60), one_of({"A", "B", "C", "D", "X"}), 0);
        c.amount_ = some();
        const actor who = pick(2) ? cashier : controller;
        const bool expected = sound(c.amount_) && c.member.value != "X" &&
                              !m_.receipts.contains(c.contribution.value);
        if (!agree(t_.now_as(who), c, expected)) return false;
        m_.receipts[c.contribution.value] = {c.member.value, c.amount_.unit.value, who.person,
                                             c.amount_.minor};
        return true;
    }

    bool correct() {
        const correct_contribution c = correction_of(name("C", 60), name("R", 60));
        const actor who = pick(2) ? cashier : controller;
        const auto known = m_.receipts.find(c.contribution.value);
        const bool expected = known != m_.receipts.end() && !known->second.reversed &&
                              known->second.by != who.person &&
                              !m_.corrections.contains(c.correction.value);
        if (!agree(t_.now_as(who), c, expected)) return false;
        m_.corrections.insert(c.correction.value);
        return known->second.reversed = true;
    }

    void check_sums() const {
        std::map<std::string, int128> book;
        for (const auto& [key, held] : t_.own.book.balances) book[key.unit] += held.minor;
        for (const auto& [unit, sum] : book) REQUIRE(sum == 0);
        if (t_.own.book.entries.empty()) return;
        std::map<std::string, int128> last;
        for (const ledger::leg_view l : t_.own.book.entries[t_.own.book.entries.size() - 1].legs)
            last[std::string(l.unit)] += l.minor;
        for (const auto& [unit, sum] : last) REQUIRE(sum == 0);
    }

    void check_lines() const {
        REQUIRE(t_.own.lines.size() == m_.lines.size());
        std::map<std::string, std::pair<std::int64_t, std::int64_t>> sums;
        for (const auto& [id, line] : m_.lines) {
            const budget_line* kept = t_.own.lines.find(line_id{id});
            REQUIRE((kept && kept->asked.amount_.minor == line.original &&
                     appropriated(t_.own, {id}).minor == line.amended));
            sums[line.unit].first += line.original;
            sums[line.unit].second += line.amended;
        }
        for (const auto& [unit, all] : t_.own.appropriated)
            REQUIRE(std::pair(all.original, all.amended) == sums[unit.value]);
    }

    std::mt19937 random_;
    treasury t_;
    model m_;
};

}  // namespace

TEST_CASE("nothing is lost and nothing is made, whatever is asked") {
    for (unsigned seed = 1; seed <= 25; ++seed) {
        CAPTURE(seed);
        game(seed).play(200);
    }
}
