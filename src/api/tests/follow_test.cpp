#include <doctest/doctest.h>

#include "api/newsroom.hpp"
#include "api/pages/pages.hpp"
#include "api/postman.hpp"
#include "api/refusal.hpp"
#include "api/tests/temporary_folder.hpp"
#include "api/tests/union_at_hand.hpp"
#include "assembly/commands.hpp"
#include "barriers/commands.hpp"
#include "calls/calls.hpp"
#include "journal/entry.hpp"
#include "kernel/hash.hpp"
#include "registry/link_names.hpp"
#include "registry/registry.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::api;

namespace {

/// Gathers what is sent, or answers as told.
class fake_route final : public mail_route {
  public:
    mail_answer send(const std::string& to, const std::string& bytes) override {
        sent.push_back({to, bytes});
        return {outcome, 0, "as told"};
    }
    std::vector<std::pair<std::string, std::string>> sent;
    mail_outcome outcome = mail_outcome::taken;
};

struct follow_fixture {
    testing::temporary_folder folder;
    std::unique_ptr<follow_store> follows = *follow_store::open(folder.path / "follows.sqlite");
    std::uint64_t seq = 0;

    person_id reader(const std::string& name,
                     const mail_wishes& wishes = {digest_rhythm::daily, true, "en"}) {
        const person_id person{name};
        REQUIRE(follows->ensure(person, "en"));
        REQUIRE(follows->want_address(person, name + "@post.example", 0));
        REQUIRE(follows->confirm_address(person));
        REQUIRE(follows->set_wishes(person, wishes));
        return person;
    }
    void tell(std::vector<std::string> things, const std::string& actor = "",
              std::vector<std::string> at_once = {}, const std::string& what = "w") {
        news_draft made;
        made.row = {
            0,       ++seq, {1'000}, what, things.empty() ? at_once.front() : things.front(),
            {actor}, false};
        made.things = std::move(things);
        made.at_once = std::move(at_once);
        REQUIRE(follows->keep({made}, seq + 1));
    }
    std::int64_t digests(digest_rhythm rhythm = digest_rhythm::daily) {
        return *follows->make_round(mail_kind::digest, rhythm);
    }
    std::int64_t urgent() { return *follows->make_round(mail_kind::urgent); }
    void start() {
        digests();
        digests(digest_rhythm::weekly);
        urgent();
    }
    std::vector<due_mail> due() { return *follows->due(1'000'000, 100); }
};

}  // namespace

TEST_CASE_FIXTURE(follow_fixture, "only who has something to hear is put in the outbox, once") {
    const auto anna = reader("anna");
    reader("boris");
    start();
    REQUIRE(follows->follow(anna, "vote/a", true));
    REQUIRE(follows->follow(anna, "body/x", true));
    CHECK(digests() == 0);
    tell({"vote/a", "body/x"});
    tell({"vote/b"});
    CHECK(digests() == 1);
    REQUIRE(due().size() == 1);
    CHECK(due()[0].person == anna);
    CHECK(follows->untold(due()[0])->size() == 1);
    CHECK(digests() == 0);
}

TEST_CASE_FIXTURE(follow_fixture,
                  "nobody is told of their own acts, nor of what was before they followed") {
    const auto anna = reader("anna");
    start();
    tell({"vote/a"});
    REQUIRE(follows->follow(anna, "vote/a", true));
    CHECK(digests() == 0);
    tell({"vote/a"}, "anna");
    CHECK(digests() == 0);
    tell({"vote/a"}, "anna");
    tell({"vote/a"}, "boris");
    CHECK(digests() == 1);
    const auto rows = *follows->untold(due()[0]);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].actor == person_id{"boris"});
}

TEST_CASE_FIXTURE(follow_fixture, "what is urgent comes at once and not again in the digest") {
    const auto anna = reader("anna");
    const auto boris = reader("boris", {digest_rhythm::daily, false, "en"});
    start();
    for (const auto& one : {anna, boris}) REQUIRE(follows->follow(one, "vote/a", true));
    tell({"vote/a", "body/x"}, "", {"vote/a"});
    CHECK(urgent() == 1);
    REQUIRE(due().size() == 1);
    CHECK(due()[0].kind == mail_kind::urgent);
    CHECK(follows->untold(due()[0])->size() == 1);
    REQUIRE(follows->done(due()[0]));
    // Anna was told; Boris wants his digest only, and it holds the urgent news too.
    CHECK(digests() == 1);
    REQUIRE(due().size() == 1);
    CHECK(due()[0].person == boris);
    CHECK(follows->untold(due()[0])->size() == 1);
}

TEST_CASE_FIXTURE(follow_fixture, "who has something to do is called without following the thing") {
    const auto anna = reader("anna");
    start();
    CHECK(follows->known({anna, {"nobody"}})->size() == 1);
    CHECK(follows->things_of(anna)->empty());
    tell({"vote/a"}, "", {"call/anna"});
    CHECK(urgent() == 1);
}

TEST_CASE_FIXTURE(follow_fixture,
                  "weekly digests wait for their day, and a change of mind loses nothing") {
    const auto anna = reader("anna", {digest_rhythm::weekly, true, "en"});
    start();
    REQUIRE(follows->follow(anna, "vote/a", true));
    tell({"vote/a"});
    CHECK(digests() == 0);
    REQUIRE(follows->set_wishes(anna, {digest_rhythm::daily, true, "en"}));
    REQUIRE(due().size() == 1);
    CHECK(follows->untold(due()[0])->size() == 1);
    REQUIRE(follows->done(due()[0]));
    tell({"vote/a"});
    CHECK(digests(digest_rhythm::weekly) == 0);
    CHECK(digests() == 1);
}

TEST_CASE_FIXTURE(follow_fixture,
                  "after the mail is ended nothing comes, and nothing of that time later") {
    const auto anna = reader("anna");
    start();
    REQUIRE(follows->follow(anna, "vote/a", true));
    tell({"vote/a"});
    CHECK(digests() == 1);
    REQUIRE(follows->end_mail(anna));
    CHECK(due().empty());
    tell({"vote/a"}, "", {"vote/a"});
    CHECK(digests() + urgent() == 0);
    REQUIRE(follows->set_wishes(anna, {digest_rhythm::daily, true, "en"}));
    CHECK(digests() + urgent() == 0);
    tell({"vote/a"});
    CHECK(digests() == 1);
    CHECK(follows->untold(due()[0])->size() == 1);
}

TEST_CASE_FIXTURE(follow_fixture,
                  "links die: of an address after three days, of a feed when it is renewed") {
    const person_id anna{"anna"};
    REQUIRE(follows->ensure(anna, "en"));
    REQUIRE(follows->want_address(anna, "anna@post.example", 0));
    const std::string key = follows->find(anna)->value().confirm;
    CHECK(follows->find_by_confirm(key, confirm_ms)->has_value());
    CHECK_FALSE(follows->find_by_confirm(key, confirm_ms + 1)->has_value());
    CHECK(follows->find(anna)->value().address.empty());
    CHECK_FALSE(follows->find_by_feed("")->has_value());
    REQUIRE(follows->renew_feed(anna, true));
    const std::string old = follows->find(anna)->value().feed;
    REQUIRE(follows->renew_feed(anna, true));
    CHECK_FALSE(follows->find_by_feed(old)->has_value());
    CHECK(follows->find(anna)->value().feed.size() == 64);
    REQUIRE(follows->erase(anna));
    CHECK_FALSE(follows->find(anna)->has_value());
}

TEST_CASE_FIXTURE(follow_fixture, "a list of follows has an end") {
    const auto anna = reader("anna");
    for (std::size_t n = 1; n < most_followed; ++n)
        REQUIRE(follows->follow(anna, "vote/v-" + std::to_string(n), true));
    const auto more = follows->follow(anna, "vote/more", true);
    CHECK(more.error().kind == &refusals::too_much_followed);
}

// --- Sending -----------------------------------------------------------------------------------

namespace {

struct sending : follow_fixture {
    testing::union_at_hand at_hand;
    pages::site web = *pages::site::load(veche::source_dir() + "/web");
    letters writer{*at_hand.office, web.texts(), "https://union.example", "news@union.example"};
    fake_route route;
    postman carrier{*follows, writer, route};
    std::atomic<bool> stop = false;

    std::size_t carry(std::int64_t at = 1'000'000) { return *carrier.carry({at}, 100, stop); }
    static std::string id_of(const std::string& mail) {
        const auto at = mail.find("Message-ID: ");
        return mail.substr(at, mail.find("\r\n", at) - at);
    }
};

}  // namespace

TEST_CASE_FIXTURE(sending, "a mail that the server took is not sent again") {
    const auto anna = reader("anna");
    start();
    REQUIRE(follows->follow(anna, "body/vgs", true));
    tell({"body/vgs"});
    digests();
    CHECK(carry() == 1);
    REQUIRE(route.sent.size() == 1);
    CHECK(route.sent[0].first == "anna@post.example");
    CHECK(route.sent[0].second.find("List-Unsubscribe: <https://union.example/en/unsubscribe/") !=
          std::string::npos);
    CHECK(carry() == 0);
    CHECK(*follows->waiting() == 0);
}

TEST_CASE_FIXTURE(sending,
                  "a crash between sending and noting it doubles one mail and loses none") {
    const auto anna = reader("anna");
    start();
    REQUIRE(follows->follow(anna, "body/vgs", true));
    tell({"body/vgs"});
    digests();
    // The server has it, and the program ends before it is written down.
    const auto begun = follows->begin(due()[0])->value();
    const auto first =
        writer.write(follows->find(anna)->value(), begun, *follows->untold(begun), {1});
    follows = *follow_store::open(folder.path / "follows.sqlite");
    tell({"body/vgs"});
    digests();
    postman after{*follows, writer, route};
    CHECK(*after.carry({1'000'000}, 100, stop) == 2);
    REQUIRE(route.sent.size() == 2);
    // The same mail by its name, so that mail programs may see one of them; then what is new.
    CHECK(id_of(route.sent[0].second) == "Message-ID: <" + first->id + ">");
    CHECK(id_of(route.sent[1].second) != id_of(route.sent[0].second));
}

TEST_CASE_FIXTURE(sending, "what a server cannot take now comes later, merged with what is new") {
    const auto anna = reader("anna");
    start();
    REQUIRE(follows->follow(anna, "body/vgs", true));
    tell({"body/vgs"});
    digests();
    route.outcome = mail_outcome::not_now;
    CHECK(carry(0) == 0);
    CHECK(carry(1) == 0);
    CHECK(route.sent.size() == 1);
    tell({"body/vgs"});
    digests();
    route.outcome = mail_outcome::taken;
    CHECK(carry(postman::first_wait_ms + 1) == 1);
    CHECK(*follows->waiting() == 0);
}

TEST_CASE_FIXTURE(sending, "an address that takes nothing is given up, and its owner is told") {
    const auto anna = reader("anna");
    start();
    REQUIRE(follows->follow(anna, "body/vgs", true));
    tell({"body/vgs"});
    digests();
    route.outcome = mail_outcome::refused;
    CHECK(carry() == 0);
    CHECK(*follows->waiting() == 0);
    CHECK(follows->find(anna)->value().unreachable);
    CHECK(follows->find(anna)->value().address.empty());
}

TEST_CASE("waits double up to six hours") {
    CHECK(mail_wait_ms(0) == postman::first_wait_ms);
    CHECK(mail_wait_ms(1) == 2 * postman::first_wait_ms);
    CHECK(mail_wait_ms(40) == postman::longest_wait_ms);
}

// --- The newsroom ------------------------------------------------------------------------------

TEST_CASE("days and weeks of digests begin at their hour in the zone") {
    const auto at = [](const char* text) { return *parse_instant(text); };
    const instant before = at("2026-11-23T03:59:00.000Z"), after = at("2026-11-23T04:00:00.000Z");
    // 07:00 in Minsk on Monday 23 November 2026.
    CHECK(digest_day(before, 180, 7) + 1 == digest_day(after, 180, 7));
    CHECK(digest_week(digest_day(before, 180, 7)) + 1 == digest_week(digest_day(after, 180, 7)));
    CHECK(digest_week(digest_day(after, 180, 7)) ==
          digest_week(digest_day(at("2026-11-30T03:59:59.000Z"), 180, 7)));
}

TEST_CASE_FIXTURE(sending, "a cancelled session is told at once to who follows it or sits in it") {
    newsroom room(*at_hand.office, at_hand.store, *follows, {true, 7});
    const auto now = [&] { return instant{at_hand.clock_ms}; };
    const auto act = [&](const char* type, const std::string& body, const char* actor,
                         const char* auth) {
        at_hand.clock_ms += 1000;
        const auto done = at_hand.office->submit_unsigned(type, body, {actor}, auth,
                                                          "k" + std::to_string(at_hand.clock_ms));
        REQUIRE_MESSAGE(done, done.error().sentence());
        REQUIRE(room.look(now()));
    };
    REQUIRE(room.look(now()));
    const auto journalist = reader("journalist"), secretary = reader("state-secretary");
    std::string convene;
    std::string person, auth;
    at_hand.office->read([&](const office::state& state) {
        const date today = date_of(now());
        for (const auto& [one, title] : state.charter.persons())
            for (const auto* office : state.charter.offices_of(one, today))
                for (const auto& power : office->powers)
                    if (power == "convene" && person.empty()) {
                        person = one.value;
                        auth = office->id.value;
                        convene = office->body.value;
                    }
    });
    REQUIRE_FALSE(person.empty());
    REQUIRE(follows->follow(journalist, "body/" + convene, true));
    REQUIRE(follows->follow(secretary, "body/" + convene, true));
    assembly::convene_session called;
    called.id = {"s-new"};
    called.body = {convene};
    called.title = {{"en", "A session"}};
    called.starts = plus_days(now(), 30);
    called.venue = {{"en", "Minsk"}};
    act("assembly.convene_session", to_json(called), person.c_str(), auth.c_str());
    CHECK(due().empty());
    act("assembly.cancel_session",
        to_json(assembly::cancel_session{{"s-new"}, {{"en", "No quorum is expected."}}}),
        person.c_str(), auth.c_str());
    carry();
    bool told = false;
    for (const auto& [to, mail] : route.sent) {
        CHECK(to != person + "@post.example");
        told = told || to == "journalist@post.example";
    }
    CHECK(told);
    // The digest of the next day has what was not urgent, and only that.
    route.sent.clear();
    at_hand.clock_ms += ms_per_day;
    REQUIRE(room.look(now()));
    CHECK(carry(now().ms) >= 1);
    for (const auto& [to, mail] : route.sent) {
        CHECK(mail.find("The session was convened") != std::string::npos);
        CHECK(mail.find("was cancelled") == std::string::npos);
    }
}

TEST_CASE_FIXTURE(
    sending, "who reported a barrier is told by mail without an account, and forgotten later") {
    newsroom room(*at_hand.office, at_hand.store, *follows, {true, 7});
    const auto now = [&] { return instant{at_hand.clock_ms}; };
    const auto act = [&](const auto& c, const char* actor, const char* auth) {
        at_hand.clock_ms += 1000;
        const auto done = at_hand.office->submit_unsigned(c.wire.type, to_json(c), {actor}, auth,
                                                          "k" + std::to_string(at_hand.clock_ms));
        REQUIRE_MESSAGE(done, done.error().sentence());
        REQUIRE(room.look(now()));
    };
    const auto receive = [&](const char* secret) {
        barriers::receive c;
        c.body = {"pc"};
        c.key = to_base64(journal::key_from_seed(barriers::reporter_seed(secret)).public_key);
        c.sealed = {"sha256-salt",
                    256,
                    sealed_class::personal,
                    {to_hex(sha256(secret))},
                    std::string("s-") + secret};
        act(c, "barrier-intake", "pc/barrier-intake");
    };
    REQUIRE(room.look(now()));
    receive("one");
    receive("two");
    for (const char* report : {"b-1", "b-2"}) {
        const person_id who = reporter_of(report);
        REQUIRE(follows->ensure(who, "en"));
        REQUIRE(follows->follow(who, std::string("barrier/") + report, true));
        REQUIRE(follows->want_address(who, std::string(report) + "@post.example", now().ms));
    }
    carry(now().ms);
    REQUIRE(route.sent.size() == 2);
    std::string asked = route.sent[0].second;
    for (std::size_t at = 0; (at = asked.find("=\r\n", at)) != std::string::npos;)
        asked.erase(at, 3);  // lines that the mail's encoding breaks
    for (char& c : asked)
        if (c == '\r' || c == '\n') c = ' ';
    CHECK(asked.find("made the report b-1") != std::string::npos);
    REQUIRE(follows->confirm_address(reporter_of("b-1")));
    route.sent.clear();
    const barriers::decline no{
        {"b-1"}, barriers::decline_ground::unclear, {{"en", "It is not clear."}}};
    act(no, "barrier-desk", "pc/barrier-desk");
    act(barriers::decline{{"b-2"}, barriers::decline_ground::unclear, {{"en", "It is not clear."}}},
        "barrier-desk", "pc/barrier-desk");
    carry(now().ms);
    REQUIRE(route.sent.size() == 1);
    CHECK(route.sent[0].first == "b-1@post.example");
    CHECK(route.sent[0].second.find("became no case") != std::string::npos);
    CHECK(route.sent[0].second.find("List-Unsubscribe-Post") != std::string::npos);
    // What nobody confirmed is forgotten when its link is dead, the rest a while after the end.
    at_hand.clock_ms += confirm_ms + 1;
    REQUIRE(room.look(now()));
    CHECK(!follows->find(reporter_of("b-2")).value());
    CHECK(follows->find(reporter_of("b-1")).value());
    at_hand.clock_ms += newsroom::reporter_ms;
    REQUIRE(room.look(now()));
    CHECK(!follows->find(reporter_of("b-1")).value());
}

TEST_CASE("what happens to a call is told to who follows it, its body, or its words") {
    office::state state;
    calls::open_call ordered;
    ordered.call = {"study"};
    ordered.body = {"pc"};
    ordered.title = {{"en", "Study places"}, {"ru", "Учебные места"}};
    calls::apply(state.calls, state.charter, ordered, context{});
    CHECK(is_thing(state, "call/study"));
    CHECK_FALSE(is_thing(state, "call/other"));
    CHECK(page_of("call/study") == "calls/study");
    CHECK(title_of(state, "call/study").at("en") == "Study places");
    CHECK_FALSE(is_over(state, "call/study"));

    const std::string ran = journal::compose_entry(
        5, instant{1}, R"({"body":{"call":"study"},"by":4,"type":"calls.allocated"})", {});
    const auto nobody = [](std::uint64_t) { return person_id{"officer"}; };
    const auto told = news_in(ran, state, {"search/учебные"}, nobody);
    REQUIRE(told.drafts.size() == 1);
    CHECK(told.drafts[0].row.about == "call/study");
    CHECK(told.drafts[0].row.actor == person_id{"officer"});
    CHECK(told.drafts[0].things == std::vector<std::string>{"body/pc", "call/study"});
    // A search is told of what is new: the order that a decision gave.
    const std::string opened = journal::compose_entry(
        3, instant{1},
        R"({"body":{"command":{"body":{"call":"study"},"type":"calls.open_call"},"decision":"d"},)"
        R"("type":"assembly.enactment_carried_out"})",
        {});
    bool found = false;
    for (const news_draft& one : news_in(opened, state, {"search/учебные"}, nobody).drafts)
        for (const std::string& thing : one.things) found = found || thing == "search/учебные";
    CHECK(found);

    calls::call_concluded over;
    over.call = {"study"};
    calls::apply(state.calls, state.charter, over, context{});
    CHECK(is_over(state, "call/study"));
}

TEST_CASE("what happens to a link is told to who follows it or a place around it") {
    office::state state;
    const auto place = [&](const char* id, const char* name, const char* within) {
        registry::record_place c;
        c.place = {id};
        c.names = {{"en", name}, {"ru", name}};
        if (within) c.within = registry::place_id{within};
        registry::apply(state.registry, state.charter, c, context{});
    };
    place("A-1", "Ash region", nullptr);
    place("ash", "Ash", "A-1");
    place("birch", "Birch", nullptr);
    registry::record_link link;
    link.link = {"ash-birch"};
    link.a.place = registry::place_id{"ash"};
    link.b.place = registry::place_id{"birch"};
    registry::apply(state.registry, state.charter, link, context{});
    registry::plan_item item;
    item.link = {"ash-birch"};
    item.item = {"bridge"};
    item.text = {{"en", "A bridge is mended."}};
    item.sides = {registry::link_side::a};
    item.due = "2026-03";
    context ctx;
    ctx.seq = 7;
    registry::apply(state.registry, state.charter, item, ctx);

    CHECK(is_thing(state, "link/ash-birch"));
    CHECK(is_thing(state, "place/A-1"));
    CHECK_FALSE(is_thing(state, "link/none"));
    CHECK(page_of("link/ash-birch") == "links/ash-birch");
    CHECK(title_of(state, "link/ash-birch").at("en") == "Ash – Birch");
    CHECK_FALSE(is_over(state, "link/ash-birch"));
    CHECK_FALSE(is_over(state, "place/ash"));

    const std::string late = journal::compose_entry(
        9, instant{1},
        R"({"body":{"due":"2026-03-31","item":"bridge","link":"ash-birch"},"by":9,)"
        R"("type":"registry.item_late"})",
        {});
    const auto told = news_in(late, state, {}, [](std::uint64_t) { return person_id{}; });
    REQUIRE(told.drafts.size() == 1);
    CHECK(told.drafts[0].row.about == "link/ash-birch");
    CHECK(told.drafts[0].row.urgent);
    CHECK(told.drafts[0].things ==
          std::vector<std::string>{"link/ash-birch", "place/A-1", "place/ash", "place/birch"});
    const auto& on = *state.registry.links.find(registry::link_id{"ash-birch"});
    CHECK(registry::said_by(state.registry, on, 7).at("en") == "A bridge is mended.");
    CHECK(registry::said_by(state.registry, on, 8).empty());
    // What was reported of the organisation alone is no news of a link.
    const std::string apart = journal::compose_entry(
        10, instant{1},
        R"({"body":{"activity":"fair","organisation":"mill"},"type":"registry.report_activity"})",
        {});
    CHECK(news_in(apart, state, {}, [](std::uint64_t) { return person_id{}; }).drafts.empty());

    registry::claim_link ended;
    ended.link = {"ash-birch"};
    ended.says = registry::link_claim::ended;
    registry::apply(state.registry, state.charter, ended, context{});
    CHECK(is_over(state, "link/ash-birch"));
}
