#include "calls/tests/agency.hpp"

#include <cstdlib>
#include <fstream>

namespace veche::calls::testing {
namespace {

void add_body(charter::charter_document& doc, std::string id, std::vector<std::string> enacts) {
    charter::body b;
    b.name = en("The " + id);
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
    doc.offices.push_back({{holder.auth},
                           {"gov"},
                           std::nullopt,
                           en("Holder of " + holder.auth),
                           std::move(powers),
                           {}});
    charter::mandate m;
    m.id = "mandate-" + std::to_string(doc.mandates.size() + 1);
    m.person = {holder.person};
    m.office = office_id{holder.auth};
    m.from = *parse_date("2026-01-01");
    doc.mandates.push_back(std::move(m));
}

}  // namespace

charter::charter_document small_union() {
    charter::charter_document doc;
    doc.id = "small-union";
    doc.name = en("Small union");
    doc.amendment = charter::amendment_rule{{"gov"}, "unanimity"};
    doc.languages = {{"en", "English"}, {"ru", "русский"}};
    doc.units = {{{"RUB"}, en("rouble"), charter::unit_kind::money, 2},
                 {{"PLACE"}, en("place"), charter::unit_kind::count, 0}};
    charter::member m;
    m.id = {"N"};
    m.name = en("Member N");
    m.from = *parse_date("2000-01-01");
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
    add_body(doc, "gov", {"calls.*"});
    add_body(doc, "idle", {});
    for (const char* body : {"gov", "idle"})
        doc.seats.push_back(
            {std::string(body) + "/n", {body}, member_id{"N"}, std::nullopt, en("Member")});
    add_office(doc, officer, {"calls"});
    add_office(doc, second, {"calls"});
    add_office(doc, jury_1, {"assess"});
    add_office(doc, jury_2, {"assess"});
    add_office(doc, jury_3, {"assess"});
    add_office(doc, arbiter, {"appeals"});
    add_office(doc, keeper_1, {});
    add_office(doc, keeper_2, {});
    add_office(doc, host_a, {});
    add_office(doc, host_b, {});
    add_office(doc, auditor, {"audit"});
    return doc;
}

agency::agency() {
    const auto doc = small_union();
    const auto sound = charter::check(doc);
    REQUIRE_MESSAGE(sound.has_value(), (sound ? std::string() : sound.error().sentence()));
    charter.found(doc);
}

void agency::follow(const event& e) {
    const context ctx{now, seq, {}, {}, std::nullopt};
    derived.push_back(e);
    journal.push_back({ctx, e});
    if (e.type == call_closed::wire.type)
        fold(from_json<call_closed>(e.body).value(), ctx);
    else if (e.type == lot_missed::wire.type)
        fold(from_json<lot_missed>(e.body).value(), ctx);
    else if (e.type == allocated::wire.type)
        fold(from_json<allocated>(e.body).value(), ctx);
    else if (e.type == rankings_over::wire.type)
        fold(from_json<rankings_over>(e.body).value(), ctx);
    else if (e.type == offers_lapsed::wire.type)
        fold(from_json<offers_lapsed>(e.body).value(), ctx);
    else if (e.type == appeal_settled::wire.type)
        fold(from_json<appeal_settled>(e.body).value(), ctx);
    else if (e.type == call_concluded::wire.type)
        fold(from_json<call_concluded>(e.body).value(), ctx);
    else if (e.type == shared_out::wire.type)
        fold(from_json<shared_out>(e.body).value(), ctx);
    else if (e.type == vote_opened::wire.type)
        fold(from_json<vote_opened>(e.body).value(), ctx);
    else if (e.type == vote_closed::wire.type)
        fold(from_json<vote_closed>(e.body).value(), ctx);
    else if (e.type == offers_moved::wire.type)
        fold(from_json<offers_moved>(e.body).value(), ctx);
    else if (e.type == offers_ended::wire.type)
        fold(from_json<offers_ended>(e.body).value(), ctx);
    else
        FAIL("no event of this room: " << e.type);
}

events agency::pass_deadlines() {
    events passed;
    while (auto due = next_due(own, charter, now)) {
        follow(*due);
        passed.push_back(*std::move(due));
        REQUIRE(passed.size() < 10'000);
    }
    return passed;
}

void agency::tell() const {
    const char* const file = std::getenv("VECHE_CALLS_LIVES");
    if (!file) return;
    json::writer out;
    out.begin_array();
    for (const entry& one : journal) {
        out.begin_object();
        out.key("actor");
        out.string(one.ctx.actor.value);
        out.key("at");
        out.string(to_text(one.ctx.at));
        out.key("auth");
        out.string(one.ctx.auth);
        out.key("body");
        out.raw(one.said.body);
        out.key("type");
        out.string(one.said.type);
        out.end_object();
    }
    out.end_array();
    std::ofstream(file, std::ios::app) << out.bytes() << "\n";
}

std::string agency::place_of(const std::string& who, const std::string& call) const {
    const offer* held = of(who, call).held();
    if (!held) return {};
    return (held->programme ? held->programme->value : "grant") + (held->beyond ? "+" : "");
}

std::string agency::everything(const std::string& call) const {
    std::string out = to_json(view(call_query{{call}}, officer));
    out += to_json(view(board_query{{call}}, officer));
    each_application(own, {call}, [&](const application& a) {
        out += to_json(view(application_query{{call}, a.applicant}, officer));
    });
    return out;
}

std::int32_t pick(generator& g, std::int32_t from, std::int32_t to) {
    return from + static_cast<std::int32_t>(g() % static_cast<std::uint32_t>(to - from + 1));
}

open_call places_call() {
    open_call c;
    c.call = {"c"};
    c.kind = call_kind::places;
    c.title = en("Places");
    c.text = en("For whoever wants to learn.");
    c.body = {"gov"};
    c.programmes = {{{"a"}, en("Alpha"), "First university", member_id{"N"}, 2, {}},
                    {{"b"}, en("Beta"), "Second university", std::nullopt, 1, {}}};
    c.groups = {{{"north"}, en("From the north")}, {{"young"}, en("Under 20")}};
    c.rules.lottery = lottery_kind::single;
    c.criteria = {{{"merit"}, en("Merit"), 100, 1}};
    c.assessors = 1;
    c.custodians = {{keeper_1.auth}, {keeper_2.auth}};
    c.opens = at("2026-03-02T00:00:00.000Z");
    c.closes = at("2026-03-12T00:00:00.000Z");
    c.answer_days = 5;
    c.appeal_days = 10;
    c.reveal_days = 3;
    return c;
}

open_call rolling_call() {
    open_call c = places_call();
    c.programmes = {{{"a"}, en("Alpha"), "", member_id{"N"}, 1, {}},
                    {{"b"}, en("Beta"), "", std::nullopt, 1, {}},
                    {{"z"}, en("Zeta"), "", std::nullopt, 2, {}}};
    c.rules.unfilled = unfilled_rule::none;
    c.rules.rolling_until = at("2026-03-25T00:00:00.000Z");
    c.answer_days = 1;
    c.appeal_days = 3;
    return c;
}

open_call grants_call() {
    open_call c = places_call();
    c.kind = call_kind::grants;
    c.programmes.clear();
    c.groups.clear();
    c.budget = amount{100, {"RUB"}};
    c.rules.budget = budget_rule::skip;
    return c;
}

open_call shares_call() {
    open_call c;
    c.call = {"c"};
    c.kind = call_kind::shares;
    c.title = en("Doses");
    c.text = en("Divided over regions.");
    c.body = {"gov"};
    c.rules.ties = tie_policy::order;
    c.rules.unfilled = unfilled_rule::none;
    c.opens = at("2026-03-02T00:00:00.000Z");
    c.closes = at("2026-03-12T00:00:00.000Z");
    share_terms t;
    t.places = 10;
    t.apportion = apportion_terms{apportion_method::sainte_lague, std::nullopt};
    for (const auto& [id, weight] : {std::pair{"a", 53}, {"b", 24}, {"c", 23}}) {
        share_party& one = t.parties.emplace_back();
        one.party = {id};
        one.title = en(std::string("Region ") + id);
        one.weight = weight;
        one.source = "invented";
    }
    c.shares = std::move(t);
    return c;
}

open_call claims_call(veche::shares::division_rule rule) {
    open_call c = shares_call();
    share_terms& t = *c.shares;
    t.places = 100;
    t.apportion.reset();
    t.divide = divide_terms{rule, missing_claim::zero};
    for (share_party& one : t.parties) {
        one.weight.reset();
        one.office = office_id{jury_1.auth};
        one.source.clear();
    }
    return c;
}

open_call budget_call() {
    open_call c = grants_call();
    c.kind = call_kind::budget;
    c.rules.budget.reset();
    c.rules.unfilled = unfilled_rule::none;
    c.criteria.clear();
    c.assessors.reset();
    voting_terms v;
    v.votes_from = at("2026-03-16T00:00:00.000Z");
    v.votes_until = at("2026-03-20T00:00:00.000Z");
    v.equals = {equals_rule::least_cost, equals_rule::most_votes};
    c.voting = v;
    return c;
}

std::string outcome_of(const agency& a) {
    std::string out;
    each_application(a.own, {"c"}, [&](const application& one) {
        if (!one.in_run()) return;
        const std::string where = a.place_of(one.applicant.value);
        out += one.applicant.value + (where.empty() ? "" : " " + where) + ", ";
    });
    return out;
}

std::string outcome_of(const std::vector<trial_row>& rows) {
    std::string out;
    for (const trial_row& one : rows) {
        const std::string where = one.programme ? one.programme->value : "grant";
        out += one.applicant.value + (one.offered ? " " + where : "") + ", ";
    }
    return out;
}

submit_application project_of(std::int64_t cost) {
    submit_application c;
    c.call = {"c"};
    c.asks = amount{cost, {"RUB"}};
    c.title = en("A project");
    return c;
}

vote ballot_for(const std::vector<std::string>& projects) {
    vote c;
    c.call = {"c"};
    for (const std::string& one : projects) c.marks.push_back({{one}, std::nullopt});
    return c;
}

open_call internships_call(change_rule changes) {
    open_call c = places_call();
    c.kind = call_kind::internships;
    for (programme_plan& one : c.programmes) one.capacity = 1;
    c.groups.clear();
    c.rules = {};
    c.rules.ties = tie_policy::hungarian;
    c.criteria.clear();
    c.assessors.reset();
    c.custodians.clear();
    c.hosts.emplace();
    c.hosts->programmes = {
        {{"a"}, {host_a.auth}, parse_date("2026-06-01"), parse_date("2026-08-31")},
        {{"b"}, {host_b.auth}, {}, {}}};
    c.hosts->rank_days = 4;
    c.hosts->changes = changes;
    return c;
}

submit_application apply_with(const std::string& partner, const std::vector<std::string>& pairs,
                              std::vector<std::string> choices) {
    submit_application c = apply_for(std::move(choices));
    c.partner = person_id{partner};
    for (const std::string& one : pairs) {
        const auto slash = one.find('/');
        pair_wish& wish = c.pairs.emplace_back();
        if (slash > 0) wish.mine = place_id{one.substr(0, slash)};
        if (slash + 1 < one.size()) wish.partners = place_id{one.substr(slash + 1)};
    }
    return c;
}

rank_applicants ranking(const std::string& programme, const std::vector<std::string>& who) {
    rank_applicants c{{"c"}, {programme}, {}};
    for (const std::string& one : who) c.applicants.push_back({one});
    return c;
}

void admit(agency& a, const std::vector<std::string>& who) {
    for (const std::string& one : who)
        a.must(officer, judge_eligibility{{"c"}, {one}, true, std::nullopt, {}});
}

std::string number_of(const actor& custodian) {
    return to_hex(sha256(custodian.person));
}

commit_lot commitment_of(const actor& custodian, const std::string& call) {
    return {{call}, to_hex(lot_commitment({call}, {custodian.auth}, sha256(custodian.person)))};
}

void open(agency& a, const open_call& c) {
    a.must(a.now_by("gov"), c);
    if (draws_lots(c)) a.must(keeper_1, commitment_of(keeper_1));
    a.go_to("2026-03-02T00:00:00.000Z");
}

void close(agency& a) {
    a.go_to("2026-03-12T00:00:00.000Z");
}

void settle_and_reveal(agency& a) {
    if (a.own.calls.find(call_id{"c"})->lot.empty()) return;
    a.must(officer, settle_list{{"c"}});
    a.must(keeper_1, reveal_lot{{"c"}, number_of(keeper_1)});
}

void score(agency& a, const std::string& who, std::int32_t points) {
    a.must(officer, judge_eligibility{{"c"}, {who}, true, std::nullopt, {}});
    a.must(officer, assign_assessor{{"c"}, {who}, {jury_1.person}});
    a.must(jury_1, declare_interest{{"c"}, {who}, interest::none});
    a.must(jury_1, assess{{"c"}, {who}, {{{"merit"}, points}}});
}

allocated run(agency& a) {
    if (!a.own.calls.find(call_id{"c"})->settled) settle_and_reveal(a);
    const events made = a.must(officer, run_allocation{{"c"}});
    REQUIRE(made.size() == 1);
    return from_json<allocated>(made.front().body).value();
}

}  // namespace veche::calls::testing
