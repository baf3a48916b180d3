#pragma once
// The least union that a room's tests need: a member, a rule, a body "council" with one seat.
// Offices and mandates are added by whoever tests.

#include <string>
#include <utility>
#include <vector>

#include "charter/charter.hpp"

namespace veche::charter::testing {

inline localized in_english(std::string text) {
    return {{"en", std::move(text)}};
}

inline charter_document bare_union() {
    charter_document doc;
    doc.id = "small-union";
    doc.name = in_english("Small union");
    doc.amendment = amendment_rule{{"council"}, "unanimity"};
    member m;
    m.id = {"A"};
    m.name = in_english("Member A");
    m.from = *parse_date("2000-01-01");
    m.source = "invented";
    doc.members.push_back(std::move(m));
    decision_rule r;
    r.id = "unanimity";
    r.name = in_english("Unanimity");
    r.rule = {json::canonicalize(R"({"pass":{"cmp":[{"sel":"yes","w":"count"},">=","1",)"
                                 R"({"sel":"participating","w":"count"}]}})")
                  .value()};
    r.source = "invented";
    r.mark = source_mark::illustrative;
    doc.rules.push_back(std::move(r));
    body b;
    b.id = {"council"};
    b.name = in_english("The council");
    b.kind = "executive";
    b.rules = {"unanimity"};
    b.enacts = {"*"};
    b.invented = true;
    b.source = "invented";
    doc.bodies.push_back(std::move(b));
    doc.seats.push_back(
        {"council/a", {"council"}, member_id{"A"}, std::nullopt, in_english("Member")});
    return doc;
}

/// An office of the council with its powers, held by that person from 2026 on.
inline void add_office(charter_document& doc, const std::string& office, const std::string& person,
                       std::vector<std::string> powers) {
    doc.offices.push_back({{office}, {"council"}, {}, in_english("Office"), std::move(powers), {}});
    doc.mandates.push_back(
        {"m-" + person, {person}, {}, office_id{office}, *parse_date("2026-01-01"), {}});
}

}  // namespace veche::charter::testing
