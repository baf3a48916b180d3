// Contracts with winners of calls: carved out of the call's commitment, claimed by instalments,
// ended.

#include <array>
#include <random>

#include "fund/tests/peeling.hpp"

namespace veche::fund::testing {
namespace {

/// K1 of 1,000, of which W won 600: 300 on signing, 200 after 30 days, 100 after 60.
struct promised_treasury {
    promised_treasury() { calls->won["W"] = promise_of(300, 200, 100); }
    std::shared_ptr<kept_promises> calls = std::make_shared<kept_promises>();
    treasury t = with_promises(calls);

    static treasury with_promises(const std::shared_ptr<kept_promises>& calls) {
        treasury made = with_commitment(1'000);
        made.promised = calls;
        return made;
    }
    void sign(const std::string& id = "C1", const std::string& who = "W") {
        t.must(buyer, draft_contract{{id}, {"call"}, {who}, {}});
        t.must(second_buyer, sign_contract{{id}});
    }
    void pass_days(int days) { t.now.ms += days * ms_per_day; }
    [[nodiscard]] contract_row row(const std::string& id = "C1") const {
        contracts_query q;
        q.contract = commitment_id{id};
        const auto seen = t.view(q);
        REQUIRE(seen.contracts.size() == 1);
        return seen.contracts.front();
    }
    [[nodiscard]] const ledger::commitment& held(const std::string& id) const {
        return *t.own.book.commitments.find(id);
    }
    [[nodiscard]] int128 free_on_line() const { return t.own.book.lines.find("L1")->available(); }
};

content_ref some_report() {
    return {to_hex(sha256("report")), 6, "text/plain"};
}

submit_claim claim_with_report(std::string id, std::string contract, std::int64_t minor) {
    submit_claim c = claim_of(std::move(id), std::move(contract), minor);
    c.items[0].document = some_report();
    return c;
}

}  // namespace

void peel_contracts(kinds& met) {
    promised_treasury p;
    treasury& t = p.t;
    peeling drafting(met);
    draft_contract d{{"K1"}, {"call"}, {"W"}, content_ref{"no hash", 1, "x"}};
    drafting.refused(t, buyer, d, refusals::id_taken, "contract");
    d.contract = {"C1"};
    d.beneficiary = {"X"};
    CHECK(t.refused(buyer, d).field == "beneficiary");  // in the words of calls
    d.beneficiary = {"W"};
    drafting.refused(t, buyer, d, refusals::content_malformed, "text");
    d.text = some_report();
    t.must(buyer, d);
    d.contract = {"C2"};
    CHECK(t.refused(buyer, d).kind == &refusals::contract_taken);
    met.insert(&refusals::contract_taken);

    peeling signing(met);
    sign_contract s{{"none"}};
    signing.refused(t, buyer, s, refusals::contract_unknown, "contract");
    s.contract = {"C1"};
    signing.refused(t, buyer, s, refusals::four_eyes);
    p.calls->won["W"] = promise_of(300, 200, 101);
    signing.refused(t, second_buyer, s, refusals::contract_differs, "contract");
    p.calls->won["W"] = promise_of(300, 200, 100);
    treasury poor = t;
    poor.must(buyer, release_commitment{{"D1"}, {"K1"}, rub(401), en("Less")});
    signing.refused(poor, second_buyer, s, refusals::exceeds_open, "contract");

    peeling ending(met);
    end_contract e{{"none"}, contract_end::ended, {}};
    ending.refused(t, buyer, e, refusals::contract_unknown, "contract");
    e.contract = {"C1"};
    ending.refused(t, buyer, e, refusals::contract_not_signed, "how");
    t.must(second_buyer, s);
    CHECK(t.refused(second_buyer, s).kind == &refusals::contract_not_drafted);
    met.insert(&refusals::contract_not_drafted);
    t.must(buyer, claim_of("Q1", "C1", 300));
    ending.refused(t, buyer, e, refusals::claims_waiting, "contract");
    t.must(auditor, accept_claim{{"Q1"}, {}});
    ending.refused(t, buyer, e, refusals::contract_running, "how");
    e.how = contract_end::terminated;
    ending.refused(t, buyer, e, refusals::reason_missing, "reason");
    e.reason = en(std::string(16'001, 'x'));
    ending.refused(t, buyer, e, refusals::text_too_long, "reason.en");

    submit_claim c = claim_of("Q2", "C1", 1);
    CHECK(t.refused(buyer, c).kind == &refusals::instalment_not_due);
    p.pass_days(30);
    CHECK(t.refused(buyer, c).kind == &refusals::report_missing);
    CHECK(t.refused(buyer, release_commitment{{"D1"}, {"C1"}, rub(1), en("Less")}).kind ==
          &refusals::contract_whole);
    CHECK(t.refused(payer, pay_advance{{"V1"}, {"C1"}, rub(1), day("2026-11-24"), {}}).kind ==
          &refusals::contract_no_advance);
    e.reason = en("The choir broke up");
    t.must(buyer, e);
    CHECK(t.refused(buyer, e).kind == &refusals::contract_over);
    CHECK(t.refused(buyer, c).kind == &refusals::contract_over);
    met.insert({&refusals::instalment_not_due, &refusals::report_missing, &refusals::contract_whole,
                &refusals::contract_no_advance, &refusals::contract_over});
}

TEST_CASE("a contract leaves the call's commitment and binds nothing that was not bound") {
    promised_treasury p;
    const int128 before = p.free_on_line();
    p.t.must(buyer, draft_contract{{"C1"}, {"call"}, {"W"}, some_report()});
    CHECK(p.row().state == contract_state::drafted);
    CHECK_FALSE(p.t.own.commitments.contains(commitment_id{"C1"}));
    CHECK(p.t.refused(buyer, reservation_of("C1", "L1", 5)).kind == &refusals::id_taken);
    CHECK(contracted_by(p.t.own, "call") == 0);
    p.t.must(second_buyer, sign_contract{{"C1"}});
    CHECK(p.row().state == contract_state::in_force);
    CHECK(p.held("K1").released == 600);
    CHECK(p.held("C1").amount == 600);
    CHECK(p.free_on_line() == before);
    CHECK(contracted_by(p.t.own, "call") == 600);
    const commitment_view seen = p.t.view(commitment_query{{"C1"}});
    CHECK(seen.commitment.partner.name == "W");
    CHECK(seen.commitment.line == line_id{"L1"});
    CHECK(seen.contract == some_report());
    REQUIRE(seen.instalments.size() == 3);
    CHECK(seen.instalments[1].due == day("2026-12-24"));
    CHECK(seen.instalments[1].amount_ == rub(200));
}

TEST_CASE("instalments are claimed as they fall due, the later ones against a report") {
    promised_treasury p;
    p.sign();
    CHECK(p.t.refused(buyer, claim_with_report("Q1", "C1", 301)).args ==
          std::vector<std::string>{"3.00 RUB", "2026-12-24"});
    p.t.must(buyer, claim_of("Q1", "C1", 300));
    p.t.must(auditor, accept_claim{{"Q1"}, {{1, rub(20), deduction_kind::no_proof, ""}}});
    CHECK(p.row().state == contract_state::claimed);
    CHECK(p.row().claimed == rub(280));
    p.t.must(payer, payment_of("P1", "Q1", 280));
    // What control took off can be claimed again, with its proof.
    p.t.must(buyer, claim_of("Q2", "C1", 20));
    p.t.must(auditor, reject_claim{{"Q2"}, en("Still none")});
    p.pass_days(30);
    p.t.must(buyer, claim_with_report("Q3", "C1", 220));
    p.t.must(auditor, accept_claim{{"Q3"}, {}});
    p.pass_days(30);
    CHECK(p.t.refused(buyer, claim_with_report("Q4", "C1", 101)).kind ==
          &refusals::exceeds_commitment);
    p.t.must(buyer, claim_with_report("Q4", "C1", 100));
    p.t.must(auditor, accept_claim{{"Q4"}, {}});
    p.t.must(payer, payment_of("P2", "Q3", 220));
    p.t.must(payer, payment_of("P3", "Q4", 100));
    const contract_row row = p.row();
    CHECK(row.state == contract_state::paid);
    CHECK(row.paid == rub(600));
    CHECK(row.parts[2].accepted == rub(100));
    p.t.must(buyer, end_contract{{"C1"}, contract_end::ended, {}});
    CHECK(p.row().state == contract_state::ended);
    CHECK(p.row().released == rub(0));
}

TEST_CASE("what a contract did not use goes back to the line when it ends, not to the call") {
    promised_treasury p;
    p.sign();
    p.t.must(buyer, claim_of("Q1", "C1", 300));
    p.t.must(auditor, accept_claim{{"Q1"}, {}});
    const int128 before = p.free_on_line();
    p.pass_days(60);
    p.t.must(buyer, end_contract{{"C1"}, contract_end::ended, {}});
    CHECK(p.free_on_line() == before + 300);
    CHECK(p.held("K1").amount - p.held("K1").released == 400);
    // What was accepted before is still owed, and paid.
    p.t.must(payer, payment_of("P1", "Q1", 300));
    const auto all = p.t.view(contracts_query{});
    REQUIRE(all.totals.size() == 1);
    CHECK(all.totals[0].contracts == 1);
    CHECK(all.totals[0].running == 0);
    CHECK(all.totals[0].contracted == rub(600));
    CHECK(all.totals[0].paid == rub(300));
    CHECK(all.totals[0].released == rub(300));
}

TEST_CASE("a draft that was given up binds nobody, and another can be made") {
    promised_treasury p;
    p.t.must(buyer, draft_contract{{"C1"}, {"call"}, {"W"}, {}});
    p.t.must(buyer, end_contract{{"C1"}, contract_end::terminated, en("Wrong text")});
    CHECK(p.row().state == contract_state::dropped);
    CHECK(p.t.refused(second_buyer, sign_contract{{"C1"}}).kind == &refusals::contract_not_drafted);
    p.sign("C2");
    CHECK(p.row("C2").state == contract_state::in_force);
    // One that was signed is the only one, ended or not.
    p.t.must(buyer, end_contract{{"C2"}, contract_end::terminated, en("Given up")});
    CHECK(p.t.refused(buyer, draft_contract{{"C3"}, {"call"}, {"W"}, {}}).kind ==
          &refusals::contract_taken);
}

TEST_CASE("a contract is told among the movements as what leaves one commitment for another") {
    promised_treasury p;
    p.sign();
    p.t.must(buyer, end_contract{{"C1"}, contract_end::terminated, en("Given up")});
    std::vector<std::string> told;
    for (const movement_row& one : p.t.view(movements_query{}).movements)
        if (one.id == "C1")
            told.push_back(one.what + " " + std::to_string(one.amount_.minor) + " " +
                           one.commitment->value);
    std::sort(told.begin(), told.end());
    CHECK(told == std::vector<std::string>{"commit 600 C1", "release 600 C1", "release 600 K1"});
}

TEST_CASE("random contracts keep within what was promised, and no money is made or lost") {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        const auto pick = [&](int n) { return static_cast<int>(random() % unsigned(n)); };
        promised_treasury p;
        for (const char* who : {"W", "X", "Y"}) {
            const std::array<int, 3> shares{pick(200) + 1, pick(200), pick(200)};
            p.calls->won[who] = promise_of(shares[0], shares[1], shares[2]);
        }
        const int128 line = p.t.own.book.lines.find("L1")->appropriation;
        for (int step = 0; step < 80; ++step) {
            const std::string id = "C" + std::to_string(pick(6));
            const std::string who = std::string(1, "WXY"[pick(3)]);
            const std::string claim = "Q" + std::to_string(pick(12));
            const std::string next = "Q" + std::to_string(step + 100);
            switch (pick(8)) {
                case 0:
                    p.t.submit(p.t.now_as(buyer), draft_contract{{id}, {"call"}, {who}, {}});
                    break;
                case 1:
                    p.t.submit(p.t.now_as(second_buyer), sign_contract{{id}});
                    break;
                case 2:
                case 3:
                    p.t.submit(p.t.now_as(buyer),
                               pick(2) == 0 ? claim_of(claim, id, pick(300) + 1)
                                            : claim_with_report(claim, id, pick(300) + 1));
                    break;
                case 4:
                    p.t.submit(p.t.now_as(auditor), accept_claim{{claim}, {}});
                    break;
                case 5:
                    p.t.submit(p.t.now_as(payer), payment_of(next, claim, pick(300) + 1));
                    break;
                case 6:
                    p.pass_days(pick(12));
                    break;
                default:
                    p.t.submit(
                        p.t.now_as(buyer),
                        end_contract{{id},
                                     pick(4) == 0 ? contract_end::terminated : contract_end::ended,
                                     en("Over")});
            }
            // K1 and its contracts together are what K1 was, less what went back to the line.
            int128 bound = p.held("K1").amount - p.held("K1").released;
            int128 back = 0;
            for (const auto& [name, one] : p.t.own.contracts) {
                if (!one.signed_on) continue;
                const ledger::commitment& held = p.held(name.value);
                bound += held.amount - held.released;
                back += held.released;
                CHECK(held.accepted <= due_by(one, date_of(p.t.now)));
                CHECK(held.amount == p.calls->won[one.what.beneficiary.value].amount_.minor);
            }
            CHECK(bound + back == 1'000);
            CHECK(p.free_on_line() == line - 1'000 + back);
        }
    }
}

}  // namespace veche::fund::testing
