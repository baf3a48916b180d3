// The index beside the office: told of every entry, it finds what one that was made afterwards
// finds.

#include "api/search_store.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include <doctest/doctest.h>

#include "api/tests/union_at_hand.hpp"
#include "registry/csv_rows.hpp"

using namespace veche;
using namespace veche::api;

namespace {

struct searched_union {
    testing::union_at_hand at_hand;
    search_store told;
    int acts = 0;

    void must(std::string_view type, std::string_view body, const char* person, const char* auth) {
        at_hand.clock_ms += 1000;
        const auto canonical = json::canonicalize(body);
        REQUIRE(canonical);
        const auto done = at_hand.office->submit_unsigned(type, *canonical, {person}, auth,
                                                          "idem-" + std::to_string(++acts));
        CHECK_MESSAGE(done.has_value(), type, " ", done ? "" : done.error().sentence());
    }
    void record(std::string_view type, std::string_view body) {
        must(type, body, "register-keeper", "pc/registry");
    }
    std::vector<std::string> paths(search_store& in, const std::string& asked) {
        std::vector<std::string> out;
        in.size(*at_hand.office);  // however long it takes to be made
        for (const found_row& one : in.find(*at_hand.office, {asked, "", 0, 100}).rows)
            out.push_back(one.what.path);
        return out;
    }
    std::vector<std::string> paths(const std::string& asked) { return paths(told, asked); }
    /// As one finds that was made just now.
    void compare(std::initializer_list<const char*> all) {
        search_store fresh;
        for (const char* asked : all) CHECK(paths(asked) == paths(fresh, asked));
        CHECK(told.size(*at_hand.office).first == fresh.size(*at_hand.office).first);
    }
};

using list = std::vector<std::string>;

constexpr const char* source = R"("source":{"name":"Office","verified":"yes"})";

std::string place(const std::string& id, const std::string& name, const std::string& more = "") {
    return R"({"body":"pc","kind":"town","place":")" + id + R"(","names":{"en":")" + name + "\"}," +
           source + more + "}";
}

}  // namespace

TEST_CASE("what is recorded is found at once, by its new name after a correction") {
    searched_union of;
    CHECK(of.paths("harbourton").empty());
    of.record("registry.record_place", place("ht", "Harbourton", R"(,"member":"by")"));
    of.record("registry.record_place", place("kl", "Kaluginsk", R"(,"member":"ru")"));
    CHECK(of.paths("harbourton") == list{"places/ht"});
    CHECK(of.paths("harburton") == list{"places/ht"});
    of.record("registry.record_link",
              std::string(R"({"body":"pc","kind":"twinning","link":"l-1","a":{"place":"ht"},)") +
                  R"("b":{"place":"kl"},)" + source + "}");
    CHECK(of.paths("harbourton kaluginsk") == list{"links/l-1"});
    // A link shows the names of its sides: it is found by the new one too.
    of.record("registry.record_place",
              place("ht", "Quayville", R"(,"member":"by","reason":{"en":"Renamed."})"));
    CHECK(of.paths("harbourton").empty());
    CHECK(of.paths("quayville") == list{"links/l-1", "places/ht"});
    of.compare({"quayville", "kaluginsk", "harbourton", "l", "ministers"});
}

TEST_CASE(
    "rows that are laid ready are found when they are accepted, also by one who came between") {
    searched_union of;
    of.told.size(*of.at_hand.office);
    const std::string body =
        std::string(R"({"batch":"b","body":"pc","part":1,"rows":[{"place":)") +
        place("ht", "Harbourton", R"(,"member":"by")") + R"(},{"organisation":{"body":"pc",)" +
        R"("organisation":"firm","kinds":["enterprise"],"names":{"en":"Crane works"},"place":"ht",)" +
        source + "}}]}";
    of.record("registry.stage_rows", body);
    CHECK(of.paths("harbourton").empty());
    search_store between;
    CHECK(of.paths(between, "crane").empty());
    of.record("registry.accept_batch", R"({"batch":"b","rows":2})");
    CHECK(of.paths("harbourton") == list{"places/ht"});
    CHECK(of.paths("cranes") == list{"organisations/firm"});
    CHECK(of.paths(between, "crane") == list{"organisations/firm"});
    of.compare({"harbourton", "crane", "works"});
}

TEST_CASE("sessions and motions are found, and an organisation that was merged no more") {
    searched_union of;
    of.must(
        "assembly.convene_session",
        R"({"body":"com","id":"s-1","starts":"2026-12-01T07:00:00.000Z","title":{"en":"Winter sitting"}})",
        "secretariat-1", "pc/secretariat");
    CHECK(of.paths("winter sitting") == list{"sessions/s-1"});
    for (const char* id : {"one", "two"})
        of.record(
            "registry.record_organisation",
            std::string(R"({"body":"pc","kinds":["enterprise"],"names":{"en":"Lock makers"},)") +
                R"("organisation":")" + id + "\"," + source + "}");
    CHECK(of.paths("lock makers").size() == 2);
    of.record("registry.merge_organisations",
              R"({"body":"pc","kept":"one","merged":"two","reason":{"en":"One firm."}})");
    CHECK(of.paths("lock makers") == list{"organisations/one"});
    of.compare({"winter", "lock", "council"});
}

TEST_CASE(
    "activities, exchanges and public money are found, and what a report no longer has is not") {
    searched_union of;
    of.told.size(*of.at_hand.office);
    of.record("registry.record_place", place("ht", "Harbourton", R"(,"member":"by")"));
    of.record("registry.record_organisation",
              std::string(R"({"body":"pc","kinds":["media"],"names":{"en":"Evening lamp"},)") +
                  R"("organisation":"lamp",)" + source + "}");
    of.record("registry.report_activity",
              std::string(R"({"activity":"a-1","body":"pc","kind":"visit","on":"2020-05",)") +
                  R"("organisation":"lamp","about":{"en":"Printers looked at typesetting"},)" +
                  source + "}");
    of.record("registry.record_exchange",
              std::string(R"({"body":"pc","exchange":"teams","kind":"camp",)") +
                  R"("names":{"en":"Orchard summer"},)" + source + "}");
    CHECK(of.paths("typesetting") == list{"organisations/lamp"});
    CHECK(of.paths("orchards") == list{"exchanges/teams"});
    of.record("beneficiaries.name_payer",
              R"({"body":"pc","due_days":90,"from":2020,"payer":"lamp","rule":"Act 5"})");
    const auto report = [&](const char* rows, const char* more) {
        of.record("beneficiaries.report_payments",
                  std::string(R"({"payer":"lamp","part":1,"source":"Report","year":2021,)") +
                      R"("zero":false,"payments":[)" + rows + "]" + more + "}");
    };
    const auto paid = [](const char* purpose) {
        return std::string(
                   R"({"conflicts":"none","kind":"grant","money":{"minor":"500","unit":"RUB"},)") +
               R"("purpose":{"en":")" + purpose + R"("},"recipient":"lamp","rule":"Article 7"})";
    };
    report((paid("Radio theatre") + "," + paid("Winter almanac")).c_str(), "");
    CHECK(of.paths("almanac") == list{"payer-reports/lamp?year=2021"});
    CHECK(of.paths("radio lamp") == list{"payer-reports/lamp?year=2021"});
    of.compare({"almanac", "lamp", "typesetting", "orchard"});
    report(paid("Radio theatre").c_str(), R"(,"reason":{"en":"One row was wrong."})");
    CHECK(of.paths("almanac").empty());
    of.record("registry.record_organisation",
              std::string(R"({"body":"pc","kinds":["media"],"names":{"en":"Morning lamp"},)") +
                  R"("organisation":"lamp","reason":{"en":"Renamed."},)" + source + "}");
    CHECK(of.paths("radio morning") == list{"payer-reports/lamp?year=2021"});
    of.compare({"almanac", "radio", "evening", "morning"});
}

TEST_CASE("cases that are taken over together are found") {
    searched_union of;
    of.told.size(*of.at_hand.office);
    of.must("barriers.stage_cases",
            std::string(R"({"batch":"b","body":"pc","part":1,"cases":[{"about":{"en":"Twice."},)") +
                R"("authority":{"en":"Office"},"class":"barrier","hinders":{"headings":["8703"],)" +
                R"("services":[]},"legal":{},"member":"by","number":"7",)" + source +
                R"(,"title":{"en":"Stamps for wagons"}}]})",
            "barrier-desk", "pc/barrier-desk");
    CHECK(of.paths("wagon").empty());
    of.must("barriers.accept_cases", R"({"batch":"b","cases":1})", "barrier-desk",
            "pc/barrier-desk");
    CHECK(of.paths("wagon") == list{"barriers/b-1"});
    of.compare({"wagons", "stamps"});
}

TEST_CASE("another office in the place of one that is gone is read anew") {
    search_store kept;
    {
        searched_union of;
        of.record("registry.record_place", place("ht", "Harbourton", R"(,"member":"by")"));
        CHECK(of.paths(kept, "harbourton").size() == 1);
    }
    searched_union other;
    CHECK(other.paths(kept, "harbourton").empty());
}

namespace {

/// Holds the thread that makes an index before its first thing, until it is let go.
class barred {
  public:
    search_store::options options(std::size_t most_waiting = 1UL << 20U) {
        search_store::options out;
        out.most_waiting = most_waiting;
        out.on_thing = [this](std::size_t done) {
            std::unique_lock lock(mutex_);
            if (done == 0) {
                held_ = true;
                changed_.notify_all();
            }
            changed_.wait(lock, [&] { return open_; });
        };
        return out;
    }
    void wait_until_held() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return held_; });
    }
    void let_go(bool open = true) {
        const std::lock_guard lock(mutex_);
        open_ = open;
        held_ = false;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool held_ = false;
    bool open_ = false;
};

constexpr std::chrono::milliseconds at_once{0};

}  // namespace

TEST_CASE("a command goes through while an index is being made, and is found by it") {
    searched_union of;
    of.record("registry.record_place", place("ht", "Harbourton", R"(,"member":"by")"));
    barred door;
    search_store slow(door.options());
    slow.prepare(*of.at_hand.office);
    door.wait_until_held();
    // The thread stands still with the index half made; whoever writes is answered.
    of.record("registry.record_place", place("kl", "Kaluginsk", R"(,"member":"ru")"));
    const found_things early = slow.find(*of.at_hand.office, {"harbourton", "", 0, 10}, at_once);
    CHECK_FALSE(early.known);  // not "nothing was found"
    REQUIRE(early.making);
    CHECK(early.making->done == 0);
    CHECK(early.making->all > 0);
    door.let_go();
    CHECK(slow.size(*of.at_hand.office).first > 0);
    CHECK(of.paths(slow, "harbourton") == list{"places/ht"});
    CHECK(of.paths(slow, "kaluginsk") == list{"places/kl"});
    CHECK_FALSE(slow.find(*of.at_hand.office, {"harbourton", "", 0, 10}).making);
}

TEST_CASE("when too much was told unread, the index before it answers until a new one is made") {
    searched_union of;
    of.record("registry.record_place", place("ht", "Harbourton", R"(,"member":"by")"));
    barred door;
    door.let_go();
    search_store kept(door.options(1000));
    CHECK(of.paths(kept, "harbourton") == list{"places/ht"});
    door.let_go(false);
    for (int i = 0; i < 5; ++i)
        of.record(
            "registry.record_place",
            place("t" + std::to_string(i), "Newtown " + std::to_string(i), R"(,"member":"by")"));
    const auto find = [&](const char* words) {
        return kept.find(*of.at_hand.office, {words, "", 0, 10}, at_once);
    };
    found_things stale = find("harbourton");
    CHECK(stale.known);
    CHECK(stale.making);
    CHECK(stale.found == 1);
    door.wait_until_held();
    // What is recorded while the new one is made is in both.
    of.record("registry.record_place", place("late", "Lateborough", R"(,"member":"by")"));
    CHECK(find("lateborough").found == 1);
    door.let_go();
    kept.size(*of.at_hand.office);
    CHECK(find("newtown").found == 5);
    CHECK(find("lateborough").found == 1);
    CHECK_FALSE(find("newtown").making);
    search_store fresh;
    CHECK(kept.size(*of.at_hand.office).first == fresh.size(*of.at_hand.office).first);
}

TEST_CASE("a store that goes while its index is being made leaves nothing behind") {
    searched_union of;
    barred door;
    {
        search_store gone(door.options());
        gone.prepare(*of.at_hand.office);
        door.wait_until_held();
        door.let_go();
    }
    of.record("registry.record_place", place("ht", "Harbourton", R"(,"member":"by")"));
    CHECK(of.paths("harbourton") == list{"places/ht"});
}

TEST_CASE("items of plans are found, also after they are amended") {
    searched_union of;
    of.told.size(*of.at_hand.office);
    of.record("registry.record_place", place("ht", "Harbourton", R"(,"member":"by")"));
    of.record("registry.record_place", place("kl", "Kaluginsk", R"(,"member":"ru")"));
    of.record("registry.record_link",
              std::string(R"({"body":"pc","kind":"agreement","link":"l-1","a":{"place":"ht"},)") +
                  R"("b":{"place":"kl"},)" + source + "}");
    const auto item = [&](const char* text, const char* more) {
        of.record("registry.plan_item",
                  std::string(R"({"body":"pc","due":"2030","item":"i-1","link":"l-1",)") +
                      R"("sides":["a"],"text":{"en":")" + text + "\"}," + source + more + "}");
    };
    item("Mend the drawbridge", "");
    CHECK(of.paths("drawbridge") == list{"links/l-1#item-i-1"});
    item("Mend the lighthouse", R"(,"reason":{"en":"The bridge stands."})");
    CHECK(of.paths("drawbridge").empty());
    CHECK(of.paths("lighthouse") == list{"links/l-1#item-i-1"});
    of.compare({"lighthouse", "mend", "harbourton"});
}

TEST_CASE("orders, the clashes that follow from them, and lots of doses are found") {
    searched_union of;
    const auto order = [&](const char* id, const char* title, const char* more) {
        of.must("prevention.order_measure",
                std::string(R"({"body":"pc","order":")") + id +
                    R"(","what":{"from":"2026-10-01","kind":"h6","level":4,"member":"by",)" +
                    R"("scope":"general","to":"2026-12-01","title":{"en":")" + title +
                    R"("},"act":{"number":"77-zulu","title":{"en":"Resolution"}})" + more + "}}",
                "prevention-desk", "pc/prevention");
    };
    CHECK(of.paths("zulu").empty());
    order("by-masks", "Facecoverings everywhere", "");
    CHECK(of.paths("facecoverings") == list{"prevention/orders/by-masks"});
    CHECK(of.paths("zulu") == list{"prevention/orders/by-masks"});
    // The neighbour orders nothing: the case is found by its kind, beside the order.
    const list of_kind = of.paths("h6");
    CHECK(std::count(of_kind.begin(), of_kind.end(), "prevention/clashes/x-1") == 1);
    CHECK(of_kind.size() == 2);
    of.must("prevention.withdraw_order",
            R"({"order":"by-masks","reason":{"en":"Recorded by mistake."}})", "prevention-desk",
            "pc/prevention");
    CHECK(of.paths("facecoverings").empty());
    const auto desk = [&](std::string_view type, std::string_view body) {
        of.must(type, body, "dose-desk", "pc/doses");
    };
    desk("doses.record_product",
         R"({"body":"pc","course":1,"interval":0,"interval_min":0,"names":{"en":"Examplevax"},)"
         R"("product":"vax","storage":"cold","vial":1,"warn_days":5})");
    desk("doses.record_site",
         R"({"body":"pc","kind":"central","names":{"en":"Store"},"site":"store"})");
    desk("doses.receive_lot",
         R"({"doses":100,"expires":"2027-09-01","lot":"lot-1","number":"QX-0815",)"
         R"("on":"2026-09-01","product":"vax","site":"store","source":"Paper"})");
    CHECK(of.paths("qx-0815") == list{"dose-lots/lot-1"});
    CHECK(of.paths("examplevax") == list{"dose-lots/lot-1"});
    desk("doses.record_product",
         R"({"body":"pc","course":1,"interval":0,"interval_min":0,"names":{"en":"Othervax"},)"
         R"("product":"vax","reason":{"en":"Renamed."},"storage":"cold","vial":1,"warn_days":5})");
    CHECK(of.paths("examplevax").empty());
    CHECK(of.paths("othervax") == list{"dose-lots/lot-1"});
    of.compare({"h6", "masks", "othervax", "store", "belarus"});
}
