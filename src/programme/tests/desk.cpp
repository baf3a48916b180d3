#include "programme/tests/desk.hpp"

#include <algorithm>

namespace veche::programme::testing {
namespace {

void add_body(charter::charter_document& doc, std::string id, std::optional<body_id> parent,
              std::optional<std::int32_t> escalate_days, std::vector<std::string> enacts) {
    charter::body b;
    b.name = en("The " + id);
    b.id = {std::move(id)};
    b.kind = "executive";
    b.parent = std::move(parent);
    b.rules = {"unanimity"};
    b.enacts = std::move(enacts);
    b.escalate_days = escalate_days;
    b.invented = true;
    b.source = "invented";
    doc.bodies.push_back(std::move(b));
}

void add_office(charter::charter_document& doc, const actor& holder, std::string body,
                std::vector<std::string> powers, std::vector<body_id> over = {}) {
    doc.offices.push_back({{holder.auth},
                           {std::move(body)},
                           std::nullopt,
                           en("Holder of " + holder.auth),
                           std::move(powers),
                           std::move(over)});
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
    doc.amendment = charter::amendment_rule{{"top"}, "unanimity"};
    doc.languages = {{"en", "English"}, {"ru", "русский"}};
    charter::member m;
    m.id = {"N"};
    m.name = en("Member N");
    m.from = day("2000-01-01");
    m.source = "invented";
    doc.members.push_back(std::move(m));
    charter::decision_rule r;
    r.id = "unanimity";
    r.name = en("Unanimity");
    r.rule = {json::canonicalize(R"({"pass":{"cmp":[{"sel":"yes","w":"count"},">=","1",)"
                                 R"({"sel":"participating","w":"count"}]}})")
                  .value()};
    r.source = "invented";
    r.mark = charter::source_mark::illustrative;
    doc.rules.push_back(std::move(r));
    add_body(doc, "top", std::nullopt, std::nullopt, {"*"});
    add_body(doc, "gov", body_id{"top"}, 10, {"programme.*"});
    add_body(doc, "mindful", body_id{"top"}, 10, {});
    doc.bodies.back().remind_days = {30, 7};
    add_body(doc, "board", body_id{"gov"}, std::nullopt, {"programme.add_measure"});
    add_body(doc, "idle", std::nullopt, std::nullopt, {});
    for (const char* body : {"top", "gov", "mindful", "board", "idle"})
        doc.seats.push_back(
            {std::string(body) + "/n", {body}, member_id{"N"}, std::nullopt, en("Member")});
    add_office(doc, keeper, "gov", {"measures"});
    add_office(doc, reporter, "gov", {"report"});
    add_office(doc, chancery, "top", {"measures"}, {{"gov"}, {"board"}});
    add_office(doc, clerk, "board", {});
    return doc;
}

desk::desk() {
    const auto doc = small_union();
    const auto sound = charter::check(doc);
    REQUIRE_MESSAGE(sound.has_value(), (sound ? std::string() : sound.error().sentence()));
    charter.found(doc);
}

context desk::now_as(const actor& who) const {
    return {now, seq, {who.person}, who.auth, std::nullopt};
}

context desk::now_by(const std::string& body) const {
    return {now, seq, {}, {}, decision_authority{{"2026-0001"}, {body}, "unanimity"}};
}

void desk::follow(const event& e) {
    const context ctx{now, seq, {}, {}, std::nullopt};
    if (e.type == measure_overdue::wire.type)
        fold(from_json<measure_overdue>(e.body).value(), ctx);
    else if (e.type == measure_escalated::wire.type)
        fold(from_json<measure_escalated>(e.body).value(), ctx);
    else if (e.type == follow_up_opened::wire.type)
        fold(from_json<follow_up_opened>(e.body).value(), ctx);
    else if (e.type == measure_reminded::wire.type)
        fold(from_json<measure_reminded>(e.body).value(), ctx);
    else if (e.type == approval_overdue::wire.type)
        fold(from_json<approval_overdue>(e.body).value(), ctx);
    else if (e.type == approval_escalated::wire.type)
        fold(from_json<approval_escalated>(e.body).value(), ctx);
    else if (e.type == approval_completed::wire.type)
        fold(from_json<approval_completed>(e.body).value(), ctx);
    else
        FAIL("no event of this room: " << e.type);
}

events desk::pass_deadlines() {
    events passed;
    while (auto due = next_due(own, charter, now)) {
        follow(*due);
        passed.push_back(*std::move(due));
        REQUIRE(passed.size() < 10'000);
    }
    return passed;
}

add_measure measure_of(std::string id, std::string_view due) {
    add_measure c;
    c.measure = {std::move(id)};
    c.title = en("Title of " + c.measure.value);
    c.text = en("What is to be done");
    c.sphere = "economy";
    c.owner = {"gov"};
    c.due = day(due);
    c.indicator_.name = en("sessions held");
    c.indicator_.formula = "count of sessions";
    c.indicator_.unit = "sessions";
    c.indicator_.target = ratio{4, 1};
    return c;
}

report_progress report_of(std::string id, std::string measure) {
    return {{std::move(id)}, {std::move(measure)}, en("Something was done"), std::nullopt, {}, {}};
}

complete_measure completion_of(std::string measure) {
    return {{std::move(measure)}, en("All was done"), std::nullopt, {}};
}

std::vector<deadline> deadlines_of(const state& s) {
    std::vector<deadline> all;
    for (const auto& [id, m] : s.measures) {
        if (!m.open()) continue;
        if (!m.overdue) all.push_back({falls_due(m), id, deadline_kind::overdue});
        if (m.escalates) all.push_back({*m.escalates, id, deadline_kind::escalation});
        for (const auto& [at, days] : m.reminds) all.push_back({at, id, deadline_kind::reminder});
    }
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<deadline> deadlines_kept(const state& s) {
    std::vector<deadline> all;
    for (const auto& [when, nothing] : s.deadlines) all.push_back(when);
    return all;
}

}  // namespace veche::programme::testing
