#include "fund/tests/treasury.hpp"

namespace veche::fund::testing {
namespace {

void add_member(charter::charter_document& doc, std::string id,
                std::vector<charter::weight> weights, std::optional<date> until = std::nullopt) {
    charter::member m;
    m.name = en("Member " + id);
    m.id = {std::move(id)};
    m.from = day("2000-01-01");
    m.until = until;
    m.weights = std::move(weights);
    m.source = "invented";
    doc.members.push_back(std::move(m));
}

void add_body(charter::charter_document& doc, std::string id, std::vector<std::string> enacts) {
    charter::body b;
    b.name = en("The " + id);
    doc.seats.push_back({id + "/a", {id}, member_id{"A"}, std::nullopt, en("Member")});
    b.id = {std::move(id)};
    b.kind = "executive";
    b.rules = {"unanimity"};
    b.enacts = std::move(enacts);
    b.invented = true;
    b.source = "invented";
    doc.bodies.push_back(std::move(b));
}

void add_office(charter::charter_document& doc, const actor& holder,
                std::vector<std::string> powers) {
    doc.offices.push_back(
        {{holder.auth}, {"council"}, std::nullopt, en(holder.auth), std::move(powers), {}});
    charter::mandate m;
    m.id = "mandate-" + std::to_string(doc.mandates.size() + 1);
    m.person = {holder.person};
    m.office = office_id{holder.auth};
    m.from = day("2026-01-01");
    doc.mandates.push_back(std::move(m));
}

}  // namespace

charter::charter_document small_union() {
    charter::charter_document doc;
    doc.id = "small-union";
    doc.name = en("Small union");
    doc.amendment = charter::amendment_rule{{"council"}, "unanimity"};
    doc.languages = {{"en", "English"}, {"ru", "русский"}};
    doc.units = {{{"RUB"}, en("Rouble"), charter::unit_kind::money, 2},
                 {{"PLACE"}, en("Study place"), charter::unit_kind::count, 0}};
    add_member(doc, "A", {{"money", day("2000-01-01"), 50}, {"money", day("2026-01-01"), 65}});
    add_member(doc, "B", {{"money", day("2000-01-01"), 30}, {"money", day("2027-01-01"), 99}});
    add_member(doc, "C", {{"money", day("2000-01-01"), 5}});
    add_member(doc, "D", {{"money", day("2000-01-01"), 10}}, day("2025-12-31"));
    add_member(doc, "E", {{"pop", day("2000-01-01"), 10}});
    charter::decision_rule r;
    r.id = "unanimity";
    r.name = en("Unanimity");
    r.rule = {json::canonicalize(R"({"pass":{"cmp":[{"sel":"yes","w":"count"},">=","1",)"
                                 R"({"sel":"participating","w":"count"}]}})")
                  .value()};
    r.source = "invented";
    r.mark = charter::source_mark::illustrative;
    doc.rules.push_back(std::move(r));
    add_body(doc, "council", {"fund.*"});
    add_body(doc, "idle", {});
    add_office(doc, cashier, {"money"});
    add_office(doc, controller, {"money"});
    add_office(doc, buyer, {"commit"});
    add_office(doc, second_buyer, {"commit"});
    add_office(doc, auditor, {"certify"});
    add_office(doc, payer, {"pay"});
    add_office(doc, clerk, {});
    return doc;
}

treasury::treasury() {
    const auto doc = small_union();
    const auto sound = charter::check(doc);
    REQUIRE_MESSAGE(sound.has_value(), (sound ? std::string() : sound.error().sentence()));
    charter.found(doc);
}

context treasury::now_as(const actor& who) const {
    return {now, seq, {who.person}, who.auth, std::nullopt};
}

context treasury::now_by(const std::string& body, const std::string& decision) const {
    return {now, seq, {}, {}, decision_authority{{decision}, {body}, "unanimity"}};
}

appropriate line_of(std::string id, std::int64_t minor) {
    appropriate c;
    c.line = {std::move(id)};
    c.title = en("Line " + c.line.value);
    c.amount_ = rub(minor);
    c.year = 2027;
    return c;
}

assess_contributions assessment_of(std::string id, std::int64_t minor) {
    return {{std::move(id)}, 2027, rub(minor), {}};
}

receive_contribution receipt_of(std::string id, std::string member, std::int64_t minor) {
    return {{std::move(id)}, {std::move(member)}, rub(minor), day("2026-11-20"), "Order 7", {}};
}

correct_contribution correction_of(std::string id, std::string receipt) {
    return {{std::move(id)}, {std::move(receipt)}, en("Entered twice")};
}

reserve reservation_of(std::string id, std::string line, std::int64_t minor) {
    return {{std::move(id)}, {std::move(line)}, rub(minor), en("Tables"), {}, {}};
}

confirm_reservation confirmation_of(std::string id) {
    return {{std::move(id)}, {}, {"Joiners Ltd", "BY-UNP-190000001"}, {}, {}};
}

submit_claim claim_of(std::string id, std::string commitment, std::int64_t minor) {
    return {{std::move(id)}, {std::move(commitment)}, {{"Invoice 1", rub(minor), {}}}, {}};
}

pay_claims payment_of(std::string id, std::string claim, std::int64_t minor) {
    return {{{{std::move(id)}, {std::move(claim)}, rub(minor)}}, day("2026-11-24"), {}};
}

void treasury::follow(const event& e) {
    context as{now, seq, {}, {}, std::nullopt};
    if (e.type == contract_drafted::wire.type) {
        apply(own, charter, *from_json<contract_drafted>(std::string_view(e.body)), as);
        ++seq;
    } else if (e.type == contract_ended::wire.type) {
        apply(own, charter, *from_json<contract_ended>(std::string_view(e.body)), as);
        ++seq;
    }
}

result<promise> kept_promises::to(const call_ref& call, const person_id& who) const {
    const auto found = won.find(who.value);
    if (found == won.end()) return refuse(refusals::claim_unknown, "beneficiary", call.value);
    return found->second;
}

promise promise_of(std::int64_t first, std::int64_t second, std::int64_t third) {
    return {{"K1"},
            rub(first + second + third),
            en("A choir"),
            {{instalment_proof::signing, 0, rub(first)},
             {instalment_proof::interim_report, 30, rub(second)},
             {instalment_proof::final_report, 60, rub(third)}}};
}

treasury with_commitment(std::int64_t minor) {
    treasury t;
    t.order(line_of("L1", 10'000));
    t.must(cashier, receipt_of("R1", "A", 5'000));
    t.must(buyer, reservation_of("K1", "L1", minor));
    t.must(second_buyer, confirmation_of("K1"));
    return t;
}

}  // namespace veche::fund::testing
