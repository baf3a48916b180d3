#include "assembly/tests/hall.hpp"

#include "assembly/secret_votes.hpp"

namespace veche::assembly::testing {

namespace {

void add_seat(charter::charter_document& doc, std::string id, std::string body, std::string member,
              std::optional<std::int32_t> count = std::nullopt) {
    doc.seats.push_back(
        {std::move(id), {std::move(body)}, member_id{std::move(member)}, count, en("Member")});
}

void add_mandate(charter::charter_document& doc, std::string person,
                 std::optional<std::string> seat, std::optional<std::string> office,
                 std::string_view from = "2026-01-01") {
    charter::mandate m;
    m.id = "mandate-" + std::to_string(doc.mandates.size() + 1);
    m.person = {std::move(person)};
    m.seat = std::move(seat);
    if (office) m.office = office_id{*office};
    m.from = *parse_date(from);
    doc.mandates.push_back(std::move(m));
}

void add_body(charter::charter_document& doc, std::string id, std::vector<std::string> rules,
              std::vector<std::string> enacts,
              charter::bloc_mode blocs = charter::bloc_mode::none) {
    charter::body b;
    b.name = en("The " + id);
    b.id = {std::move(id)};
    b.kind = "executive";
    b.rules = std::move(rules);
    b.enacts = std::move(enacts);
    b.blocs = blocs;
    b.invented = true;
    b.source = "invented";
    doc.bodies.push_back(std::move(b));
}

void add_rule(charter::charter_document& doc, std::string id, std::string_view text,
              charter::source_mark mark = charter::source_mark::illustrative) {
    charter::decision_rule r;
    r.name = en("Rule " + id);
    r.id = std::move(id);
    r.rule = {charter::to_canonical(charter::parse_rule_text(text).value())};
    r.source = "invented";
    r.mark = mark;
    doc.rules.push_back(std::move(r));
}

void add_rules(charter::charter_document& doc) {
    const std::string majority = "pass yes > 1/2 decisive";
    add_rule(doc, "unanimity", "yes = participating");
    add_rule(doc, "majority", "quorum [ present > 1/2 seats ] " + majority);
    add_rule(doc, "casting-vote", majority + " tie chair");
    add_rule(doc, "opinion", majority + " against no > 1/2 seats");
    add_rule(doc, "silence", "pass no < 1 silence 3 days");
    add_rule(doc, "unset", majority, charter::source_mark::config);
}

void add_offices(charter::charter_document& doc) {
    const std::vector<body_id> elsewhere{{"house"}, {"chamber"}, {"board"}, {"empty"}};
    doc.offices.push_back({{"council/secretary"},
                           {"council"},
                           std::nullopt,
                           en("Secretary"),
                           {"convene", "agenda", "papers"},
                           elsewhere});
    doc.offices.push_back({{"council/chair"},
                           {"council"},
                           std::nullopt,
                           en("Chair"),
                           {"preside", "table", "measures"},
                           elsewhere});
    doc.offices.push_back(
        {{"house/speaker"}, {"house"}, std::nullopt, en("Speaker"), {"preside"}, {}});
    doc.offices.push_back({{"house/clerk"}, {"house"}, std::nullopt, en("Clerk"), {"convene"}, {}});
    add_mandate(doc, clerk.person, std::nullopt, clerk.auth);
    add_mandate(doc, secretary.person, std::nullopt, secretary.auth);
    add_mandate(doc, chair.person, std::nullopt, chair.auth);
    add_mandate(doc, speaker.person, std::nullopt, speaker.auth);
}

void add_seats(charter::charter_document& doc) {
    add_seat(doc, "council/north", "council", "N");
    add_seat(doc, "council/south", "council", "S");
    add_seat(doc, "house-n", "house", "N", 3);
    add_seat(doc, "house-s", "house", "S", 2);
    add_seat(doc, "chamber-n", "chamber", "N", 3);
    add_seat(doc, "chamber-s", "chamber", "S", 3);
    add_seat(doc, "board/one", "board", "N");
    add_mandate(doc, north.person, north.auth, std::nullopt);
    add_mandate(doc, south.person, south.auth, std::nullopt);
    for (int n = 1; n <= 3; ++n) {
        add_mandate(doc, deputy("n", n).person, deputy("n", n).auth, std::nullopt);
        add_mandate(doc, envoy("n", n).person, envoy("n", n).auth, std::nullopt);
        add_mandate(doc, envoy("s", n).person, envoy("s", n).auth, std::nullopt);
    }
    add_mandate(doc, deputy("s", 1).person, deputy("s", 1).auth, std::nullopt);
    // The second southern seat of the house is vacant until the last day of November.
    add_mandate(doc, deputy("s", 2).person, deputy("s", 2).auth, std::nullopt, "2026-11-30");
    add_mandate(doc, "p-board", "board/one", std::nullopt);
}

}  // namespace

charter::charter_document small_union() {
    charter::charter_document doc;
    doc.id = "small-union";
    doc.name = en("Small union");
    doc.amendment = charter::amendment_rule{{"council"}, "unanimity"};
    doc.languages = {{"en", "English"}, {"ru", "русский"}};
    for (const auto& [id, people] : {std::pair{"N", 60}, std::pair{"S", 40}}) {
        charter::member m;
        m.id = {id};
        m.name = en(std::string("Member ") + id);
        m.from = *parse_date("2000-01-01");
        m.weights = {{"pop", *parse_date("2000-01-01"), people}};
        m.source = "invented";
        doc.members.push_back(std::move(m));
    }
    add_rules(doc);
    add_body(doc, "council", {"unanimity", "majority"}, {"programme.*", "fund.appropriate"});
    add_body(doc, "house", {"majority", "casting-vote", "opinion", "silence"}, {});
    add_body(doc, "chamber", {"unanimity"}, {"programme.add_measure"},
             charter::bloc_mode::majority);
    add_body(doc, "board", {"unset"}, {});
    add_body(doc, "empty", {"majority"}, {});
    add_seats(doc);
    add_offices(doc);
    return doc;
}

hall::hall(const charter::charter_document& doc) {
    const auto sound = charter::check(doc);
    INFO(why(sound));
    REQUIRE(sound.has_value());
    charter.found(doc);
}

context hall::now_as(const actor& who) const {
    context ctx;
    ctx.at = now;
    ctx.seq = seq;
    ctx.actor = {who.person};
    ctx.auth = who.auth;
    return ctx;
}

namespace {

/// Folds the event if it is of this type. The wire form is read back, so descriptions are tested.
template <class Event>
bool fold(hall& h, const event& e, const context& ctx) {
    if (e.type != Event::wire.type || e.v != Event::wire.v) return false;
    const auto value = from_json<Event>(e.body);
    REQUIRE(value.has_value());
    REQUIRE(to_json(*value) == e.body);
    apply(h.own, h.charter, *value, ctx);
    if constexpr (std::is_same_v<Event, vote_decided>)
        for (const event& next : after_vote_decided(h.seen(), value->vote, ctx)) h.follow(next);
    if constexpr (std::is_same_v<Event, secret_vote_decided>)
        for (const event& next : after_secret_vote(h.seen(), value->vote, ctx)) h.follow(next);
    return true;
}

}  // namespace

void hall::follow(const event& e) {
    context ctx;
    ctx.at = now;
    ctx.seq = seq++;
    followed.push_back(e);
    const bool known = [&]<class... Event>(std::tuple<Event...>*) {
        return (fold<Event>(*this, e, ctx) || ...);
    }(static_cast<derived*>(nullptr));
    REQUIRE(known);
}

int hall::pass_deadlines() {
    int passed = 0;
    for (auto due = next_due(own, charter, now); due; due = next_due(own, charter, now)) {
        follow(*due);
        ++passed;
    }
    return passed;
}

convene_session session_of(std::string id, std::string body) {
    convene_session c;
    c.title = en("Session " + id);
    c.id = {std::move(id)};
    c.body = {std::move(body)};
    c.starts = at("2026-12-01T10:00:00.000Z");
    return c;
}

add_item item_of(std::string session, std::string item) {
    add_item c;
    c.session = {std::move(session)};
    c.title = en("Item " + item);
    c.item = {std::move(item)};
    c.kind = item_kind::decision;
    return c;
}

table_motion motion_of(std::string id, std::string session, std::string item) {
    table_motion c;
    c.title = en("Shall motion " + id + " carry?");
    c.text = en("Text of " + id);
    c.motion = {std::move(id)};
    c.session = {std::move(session)};
    c.item = {std::move(item)};
    return c;
}

open_vote vote_on(std::string id, std::string motion) {
    open_vote c;
    c.vote = {std::move(id)};
    c.motion = {std::move(motion)};
    return c;
}

cast_ballot ballot_in(std::string vote, std::string seat, vote_choice choice) {
    return {{std::move(vote)}, std::move(seat), choice};
}

hall hall_with_motion(const std::string& body, std::vector<enactment> enactments) {
    return with_motion(hall(), body, std::move(enactments));
}

hall with_motion(hall h, const std::string& body, std::vector<enactment> enactments) {
    h.must(secretary, session_of("s", body));
    h.must(secretary, item_of("s", "i1"));
    h.must(chair, open_session{{"s"}});
    auto motion = motion_of("m", "s");
    motion.enactments = std::move(enactments);
    h.must(chair, motion);
    return h;
}

hall hall_with_vote(const std::string& body, std::vector<enactment> enactments) {
    hall h = hall_with_motion(body, std::move(enactments));
    h.must(chair, vote_on("v", "m"));
    return h;
}

}  // namespace veche::assembly::testing
