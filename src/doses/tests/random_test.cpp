// Random lives of lots beside a plain model: the same answers, the same stock, and after every
// step each dose that was received is held, on the way, given or lost.

#include <rapidcheck.h>

#include "doses/tests/desk.hpp"

namespace veche::doses {
namespace {

using namespace testing;

constexpr const char* site_names[] = {"north", "south", "store"};
constexpr std::int64_t vial_doses = 5;

struct plain_lot {
    std::string name;
    int expires = 0;
    int received = 0;
    bool recalled = false;
    bool expired = false;
};

struct plain_parcel {
    std::string to;
    std::map<std::string, std::int64_t> lots;
    bool came = false;
};

/// Stock as a table, and rules as plain loops.
struct plain_stock {
    std::vector<plain_lot> lots;
    std::map<std::tuple<std::string, std::string, stock_state>, std::int64_t> held;
    std::map<std::string, plain_parcel> parcels;
    std::int64_t received = 0;
    std::int64_t given = 0;
    std::int64_t lost = 0;

    std::int64_t& at(const std::string& site, const std::string& lot, stock_state in) {
        return held[{site, lot, in}];
    }
    plain_lot& lot(const std::string& name) {
        return *std::find_if(lots.begin(), lots.end(),
                             [&](const plain_lot& one) { return one.name == name; });
    }
    void pass_to(int today) {
        for (plain_lot& one : lots) {
            if (one.expired || one.expires >= today) continue;
            one.expired = true;
            for (const char* site : site_names)
                for (const stock_state in : {stock_state::usable, stock_state::quarantined}) {
                    at(site, one.name, stock_state::expired) += at(site, one.name, in);
                    at(site, one.name, in) = 0;
                }
        }
    }
    /// Nothing where there is too little.
    std::map<std::string, std::int64_t> picks(const std::string& site, std::int64_t doses,
                                              int use_on) {
        std::vector<plain_lot> order = lots;
        std::sort(order.begin(), order.end(), [](const plain_lot& a, const plain_lot& b) {
            return std::tie(a.expires, a.received, a.name) <
                   std::tie(b.expires, b.received, b.name);
        });
        std::map<std::string, std::int64_t> out;
        for (const plain_lot& one : order) {
            if (one.expires < use_on || doses == 0) continue;
            const std::int64_t take = std::min(doses, at(site, one.name, stock_state::usable));
            if (take > 0) out[one.name] = take;
            doses -= take;
        }
        return doses == 0 ? out : std::map<std::string, std::int64_t>{};
    }
    void recall(const std::string& name) {
        lot(name).recalled = true;
        for (const char* site : site_names)
            for (const stock_state in :
                 {stock_state::usable, stock_state::open, stock_state::quarantined}) {
                at(site, name, stock_state::recalled) += at(site, name, in);
                at(site, name, in) = 0;
            }
    }
};

/// The two beside each other.
struct pair_of_books {
    desk real;
    plain_stock plain;
    int today = 0;
    int names = 0;

    pair_of_books() {
        RC_ASSERT(real.send(product_of("vax", 1, vial_doses)) == "");
        for (const char* site : site_names) RC_ASSERT(real.send(site_of(site)) == "");
    }
    std::string site() { return site_names[*rc::gen::inRange(0, 3)]; }
    std::string lot() {
        return plain.lots[*rc::gen::inRange<std::size_t>(0, plain.lots.size())].name;
    }
    std::int64_t vials() { return *rc::gen::inRange<std::int64_t>(1, 8) * vial_doses; }

    void receive() {
        const std::string name = "L" + std::to_string(names++);
        const std::string where = site();
        const int expires = today + *rc::gen::inRange(0, 25);
        const std::int64_t doses = vials() * 2;
        RC_ASSERT(real.send(lot_of(name.c_str(), doses, expires, today, where.c_str())) == "");
        plain.lots.push_back({name, expires, today, false, false});
        plain.at(where, name, stock_state::usable) += doses;
        plain.received += doses;
    }
    void send() {
        const std::string from = site();
        const std::string to = site();
        const std::int64_t doses = vials();
        const int use_from = today + *rc::gen::inRange(0, 5);
        const std::string name = "S" + std::to_string(names++);
        const auto picks = plain.picks(from, doses, use_from);
        const bool fits = from != to && !picks.empty();
        RC_ASSERT(fits == (real.send(sent(name.c_str(), from.c_str(), to.c_str(), doses, today,
                                          use_from)) == ""));
        if (!fits) return;
        for (const auto& [one, part] : picks) plain.at(from, one, stock_state::usable) -= part;
        plain.parcels[name] = {to, picks, false};
    }
    void take_in() {
        for (auto& [name, parcel] : plain.parcels) {
            if (parcel.came) continue;
            accept c = came(real, name.c_str(), today);
            c.reason = en("Counted at the door");
            for (lot_part& one : c.got) {
                if (*rc::gen::inRange(0, 4) == 0) one.doses -= vial_doses;
                const plain_lot& of = plain.lot(one.lot.value);
                const stock_state into = of.recalled  ? stock_state::recalled
                                         : of.expired ? stock_state::expired
                                                      : stock_state::usable;
                plain.at(parcel.to, of.name, into) += one.doses;
                plain.lost += parcel.lots[of.name] - one.doses;
            }
            parcel.came = true;
            RC_ASSERT(real.send(c) == "");
            return;
        }
    }
    void open() {
        const std::string where = site();
        const std::int64_t doses = vials();
        const auto picks = plain.picks(where, doses, today);
        RC_ASSERT(!picks.empty() ==
                  (real.send(open_vials{{where}, {"vax"}, doses / vial_doses, day(today)}) == ""));
        for (const auto& [one, part] : picks) {
            plain.at(where, one, stock_state::usable) -= part;
            plain.at(where, one, stock_state::open) += part;
        }
    }
    void use() {
        const std::string where = site();
        const std::string which = lot();
        const std::int64_t doses = *rc::gen::inRange<std::int64_t>(1, 12);
        std::int64_t& there = plain.at(where, which, stock_state::open);
        const bool fits = doses <= there && plain.lot(which).expires >= today;
        RC_ASSERT(fits == (real.send(given(where.c_str(), which.c_str(), doses, today)) == ""));
        if (!fits) return;
        there -= doses;
        plain.given += doses;
    }
    void throw_away() {
        const std::string where = site();
        const std::string which = lot();
        const auto in = static_cast<stock_state>(*rc::gen::inRange(0, 5));
        const std::int64_t doses = vials();
        const auto why = in == stock_state::expired ? loss_reason::expired : loss_reason::other;
        std::int64_t& there = plain.at(where, which, in);
        const bool fits =
            doses <= there && (why != loss_reason::expired || plain.lot(which).expires < today);
        RC_ASSERT(fits ==
                  (real.send(discard{{where}, {which}, in, doses, day(today), why, {}}) == ""));
        if (!fits) return;
        there -= doses;
        plain.lost += doses;
    }
    void recount() {
        const std::string where = site();
        const std::string which = lot();
        const std::int64_t counted = *rc::gen::inRange<std::int64_t>(0, 6) * vial_doses;
        const plain_lot& of = plain.lot(which);
        const bool fits = counted == 0 || !(of.expired || of.recalled);
        RC_ASSERT(fits == (real.send(count_stock{
                               {where}, {which}, counted, day(today), en("Counted")}) == ""));
        if (!fits) return;
        std::int64_t& there = plain.at(where, which, stock_state::usable);
        plain.lost += there - counted;
        there = counted;
    }
    void set_aside() {
        const std::string where = site();
        const std::string which = lot();
        const bool back = *rc::gen::arbitrary<bool>();
        std::int64_t& usable = plain.at(where, which, stock_state::usable);
        std::int64_t& aside = plain.at(where, which, stock_state::quarantined);
        const std::string said = back ? real.send(release{{where}, {which}, en("Examined")})
                                      : real.send(quarantine{{where}, {which}, en("Too warm")});
        std::int64_t& from = back ? aside : usable;
        RC_ASSERT((from > 0) == (said == ""));
        (back ? usable : aside) += from;
        from = 0;
    }
    void call_back() {
        const std::string which = lot();
        const bool fits = !plain.lot(which).recalled;
        RC_ASSERT(fits == (real.send(recall_lot{{which}, en("Reported")}) == ""));
        if (fits) plain.recall(which);
    }
    void next_day() {
        today += *rc::gen::inRange(1, 6);
        real.go_to(today);
        plain.pass_to(today);
    }
    void step() {
        const int what = *rc::gen::inRange(0, 20);
        if (what < 3 || plain.lots.empty()) return receive();
        if (what < 6) return send();
        if (what < 9) return take_in();
        if (what < 11) return open();
        if (what < 13) return use();
        if (what < 15) return throw_away();
        if (what < 16) return recount();
        if (what < 18) return set_aside();
        if (what < 19 && *rc::gen::inRange(0, 4) == 0) return call_back();
        next_day();
    }
    void compare() {
        std::int64_t held_now = 0;
        for (const plain_lot& one : plain.lots)
            for (const char* where : site_names)
                for (int n = 0; n < 5; ++n) {
                    const auto in = static_cast<stock_state>(n);
                    const std::int64_t there = plain.at(where, one.name, in);
                    RC_ASSERT(held(real.own, {where}, {one.name}, in) == there);
                    RC_ASSERT(there >= 0);
                    held_now += there;
                }
        const product_row row = real.look(stock_query{}).products.front();
        RC_ASSERT(row.held == held_now);
        RC_ASSERT(row.given == plain.given);
        RC_ASSERT(row.received == plain.received);
        RC_ASSERT(row.received == row.held + row.way + row.given + plain.lost);
        RC_ASSERT(row.lost_open + row.lost_closed + row.missing == plain.lost);
    }
};

}  // namespace

TEST_CASE("random lives of lots agree with a plain model, and no dose appears or disappears") {
    CHECK(rc::check([] {
        pair_of_books both;
        const int steps = *rc::gen::inRange(1, 60);
        for (int i = 0; i < steps; ++i) {
            both.step();
            both.compare();
        }
    }));
}

}  // namespace veche::doses
