// A secret ballot of 5,000 voters from the roll to the decision, through the office: what the
// server does for it, and how many ballots a second one core verifies. Ballots are encrypted on the
// voters' machines, so that their making is told apart.
//
// bench_secret [VOTERS]

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

#include <fmt/format.h>

#include "assembly/secret_votes.hpp"
#include "charter/commands.hpp"
#include "charter/rule.hpp"
#include "figures.hpp"
#include "kernel/check.hpp"
#include "kernel/hash.hpp"
#include "office/office.hpp"
#include "office/secret_record.hpp"
#include "store/memory/memory_store.hpp"

using namespace veche;

namespace {

using bench::clock_type;
using bench::seconds_since;

localized en(std::string text) {
    return {{"en", std::move(text)}};
}

ballot::seed seed_of(std::string_view what, std::int64_t n) {
    return {sha256({"bench ", what, " ", std::to_string(n)})};
}

constexpr std::int32_t row_of_seats = 1000;

std::string seat_of(std::int64_t n) {
    return fmt::format("house-{}-{}", n / row_of_seats, n % row_of_seats + 1);
}

charter::charter_document large_house(std::int64_t voters) {
    charter::charter_document doc;
    doc.id = "bench";
    doc.name = en("Bench");
    doc.unsigned_types = {"*"};
    doc.languages = {{"en", "English"}};
    charter::decision_rule rule;
    rule.id = "majority";
    rule.name = en("Majority");
    rule.rule = {
        charter::to_canonical(charter::parse_rule_text("pass yes > 1/2 decisive").value())};
    rule.mark = charter::source_mark::illustrative;
    doc.rules.push_back(rule);
    charter::body house;
    house.id = {"house"};
    house.name = en("House");
    house.kind = "parliament";
    house.rules = {"majority"};
    house.secret = charter::secret_procedure{20, {}, 2};
    doc.bodies.push_back(house);
    charter::office chair;
    chair.id = {"house/chair"};
    chair.body = {"house"};
    chair.name = en("Chair");
    chair.powers = {"convene", "agenda", "table", "preside", "mandates"};
    doc.offices.push_back(chair);
    for (std::int64_t first = 0; first < voters; first += row_of_seats)
        doc.seats.push_back(
            {fmt::format("house-{}", first / row_of_seats),
             {"house"},
             std::nullopt,
             static_cast<std::int32_t>(std::min<std::int64_t>(row_of_seats, voters - first)),
             en("Member")});
    charter::mandate m;
    m.id = "m-chair";
    m.person = {"p-0"};
    m.office = office_id{"house/chair"};
    m.from = *parse_date("2026-01-01");
    doc.mandates.push_back(m);
    return doc;
}

std::string person(std::int64_t n) {
    return fmt::format("p-{}", n);
}

struct polling {
    explicit polling(std::int64_t n)
        : voters(n), publisher(store, guard, "bench.example/journal", journal::generate_key()) {
        office::options with;
        with.now = [] { return instant{1772442000000}; };
        with.ticker = false;
        desk = office::office::open(store, publisher, with).value();
        const auto founded = desk->found(large_house(voters));
        VECHE_ENSURE(founded.has_value(), "the union is founded");
    }

    template <class Command>
    void send(const std::string& person, const std::string& auth, const Command& c) {
        const auto done = desk->submit_unsigned(Command::wire.type, to_json(c), {person}, auth,
                                                fmt::format("i-{}", next++));
        if (!done) {
            std::cerr << Command::wire.type << ": " << done.error().sentence() << '\n';
            std::exit(1);
        }
    }
    template <class F>
    auto look(F f) const {
        decltype(f(std::declval<const assembly::secret_vote&>())) out{};
        desk->read([&](const office::state& s) {
            out = f(*s.assembly.secret_votes.find(assembly::vote_id{"sv"}));
        });
        return out;
    }

    std::int64_t voters;
    store::memory_store store;
    store::memory_guard guard;
    journal::publisher publisher;
    std::unique_ptr<office::office> desk;
    std::atomic<std::int64_t> next{0};
};

/// One by one: all of them would not fit the founding entry.
void fill_seats(polling& p) {
    for (std::int64_t n = 0; n < p.voters; ++n) {
        charter::grant_mandate c;
        c.mandate.id = fmt::format("m-{}", n);
        c.mandate.person = {person(n)};
        c.mandate.seat = seat_of(n);
        c.mandate.from = *parse_date("2026-03-02");
        p.send(person(0), "house/chair", c);
    }
}

void open_session(polling& p) {
    using namespace assembly;
    convene_session session;
    session.id = {"s"};
    session.body = {"house"};
    session.title = en("Session");
    session.starts = {1772445600000};
    p.send(person(0), "house/chair", session);
    add_item item;
    item.session = {"s"};
    item.item = {"i"};
    item.title = en("Item");
    p.send(person(0), "house/chair", item);
    p.send(person(0), "house/chair", assembly::open_session{{"s"}});
    table_motion motion;
    motion.motion = {"m"};
    motion.session = {"s"};
    motion.item = {"i"};
    motion.title = en("Motion");
    motion.text = en("Text");
    p.send(person(0), "house/chair", motion);
}

void hold_ceremony(polling& p) {
    const auto d = p.look([](const auto& v) { return v.record.definition(); });
    for (int round = 0; round < 4; ++round)
        for (std::int32_t n = 1; n <= 3; ++n) {
            const auto seed = seed_of("trustee", n);
            assembly::send_key_message c;
            c.vote = {"sv"};
            if (round == 0) c.commitment = make_commitment(d, n, seed);
            if (round == 1) c.coefficients = make_coefficients(d, n, seed);
            if (round == 2) c.shares = make_shares(d, n, seed);
            if (round == 3)
                c.confirmation = make_confirmation(d, n, seed, p.look([](const auto& v) {
                                     return v.record.ceremony();
                                 })).value();
            p.send(person(n), person(n), c);
        }
}

std::vector<ballot::secret_ballot> make_ballots(const ballot::terms& terms, std::int64_t voters) {
    std::vector<ballot::secret_ballot> out(static_cast<std::size_t>(voters));
    std::atomic<std::int64_t> next = 0;
    const auto work = [&] {
        for (std::int64_t n = next++; n < voters; n = next++)
            out[static_cast<std::size_t>(n)] =
                make_ballot(terms, seed_of("voter", n), {static_cast<std::int32_t>(n % 3)},
                            seed_of("random", n))
                    .value();
    };
    std::vector<std::jthread> helpers;
    for (unsigned t = 1; t < std::thread::hardware_concurrency(); ++t) helpers.emplace_back(work);
    work();
    return out;
}

/// Ballots a second on one core: the median of five turns, and the lowest and highest.
void measure_verifying(const ballot::terms& terms,
                       const std::vector<ballot::secret_ballot>& ballots) {
    std::vector<double> rates;
    for (int turn = 0; turn < 5; ++turn) {
        const auto start = clock_type::now();
        constexpr std::size_t count = 300;
        for (std::size_t n = 0; n < count; ++n)
            VECHE_ENSURE(verify_ballot(terms, ballots[n % ballots.size()]).has_value(), "it holds");
        rates.push_back(static_cast<double>(count) / seconds_since(start));
    }
    std::sort(rates.begin(), rates.end());
    fmt::print("{{\"what\":\"secret verify\",\"per_s\":{:.0f},\"low\":{:.0f},\"high\":{:.0f}}}\n",
               rates[2], rates[0], rates[4]);
}

void register_all(polling& p) {
    for (std::int64_t n = 0; n < p.voters; ++n)
        p.send(
            person(n), seat_of(n),
            assembly::register_credential{seat_of(n), ballot::credential_of(seed_of("voter", n))});
    for (std::int32_t n = 1; n <= 3; ++n) {
        const auto keys = ballot::make_trustee(person(n), seed_of("trustee", n));
        p.send(person(n), person(n), assembly::register_trustee{keys.signing, keys.encryption});
    }
}

void cast_all(polling& p, const std::vector<ballot::secret_ballot>& ballots, unsigned callers) {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t n = next++; n < ballots.size(); n = next++) {
            const auto who = static_cast<std::int64_t>(n);
            p.send(person(who), seat_of(who), assembly::cast_secret_ballot{{"sv"}, ballots[n]});
        }
    };
    std::vector<std::jthread> helpers;
    for (unsigned t = 1; t < callers; ++t) helpers.emplace_back(work);
    work();
}

void decrypt(polling& p, std::int32_t n) {
    const auto seed = seed_of("trustee", n);
    const auto part = p.look([&](const auto& v) {
        const ballot::record& r = v.record;
        const auto share = secret_share(r.definition(), n, seed, r.ceremony()).value();
        return make_partial(r.board()->terms().election, r.board()->head(), *r.totals(), n, share,
                            seed);
    });
    p.send(person(n), person(n), assembly::decrypt_secret_vote{{"sv"}, part});
}

}  // namespace

int main(int argc, char** argv) {
    const std::int64_t voters = argc > 1 ? std::atoll(argv[1]) : 5000;
    polling p(voters);
    fill_seats(p);
    open_session(p);
    const auto begun = clock_type::now();
    register_all(p);
    const double registered = seconds_since(begun);
    assembly::open_secret_vote c;
    c.vote = {"sv"};
    c.motion = {"m"};
    c.trustees = {{person(1)}, {person(2)}, {person(3)}};
    p.send(person(0), "house/chair", c);
    hold_ceremony(p);
    const double opened = seconds_since(begun);
    const auto terms = p.look([](const auto& v) { return v.record.board()->terms(); });
    const auto making = clock_type::now();
    const auto ballots = make_ballots(terms, voters);
    const double made = seconds_since(making);
    measure_verifying(terms, ballots);
    const unsigned callers = std::max(2U, std::thread::hardware_concurrency());
    const auto casting = clock_type::now();
    cast_all(p, ballots, callers);
    const double cast = seconds_since(casting);
    const auto closing = clock_type::now();
    p.send(person(0), "house/chair", assembly::close_secret_vote{{"sv"}});
    decrypt(p, 1);
    decrypt(p, 3);
    const double counted = seconds_since(closing);
    const auto totals = p.look([](const auto& v) { return v.result->result->totals; });
    const auto reading = clock_type::now();
    office::state seen;
    p.desk->read([&](const office::state& s) { seen = s; });
    const auto record =
        office::secret_record(seen, {"sv"}, office::record_part::whole,
                              [&](std::uint64_t seq) { return p.store.entry(seq); });
    VECHE_ENSURE(record.has_value(), "the record is made");
    const double written = seconds_since(reading);
    fmt::print(
        "{{\"what\":\"secret ballot\",\"voters\":{},\"register_s\":{:.2f},\"open_s\":{:.2f},"
        "\"make_s\":{:.2f},\"cast_s\":{:.2f},\"cast_per_s\":{:.0f},\"count_s\":{:.2f},"
        "\"record_s\":{:.2f},\"record_bytes\":{},\"callers\":{},\"totals\":[{},{},{}]}}\n",
        voters, registered, opened - registered, made, cast, static_cast<double>(voters) / cast,
        counted, written, record->size(), callers, totals.at(0), totals.at(1), totals.at(2));
    if (argc > 2 && std::string_view(argv[2]) == "--record") std::cout << *record;
    return 0;
}
