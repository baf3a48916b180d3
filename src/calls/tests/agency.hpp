#pragma once
// A small invented union to test calls in, and an agency that judges and folds as the office would,
// without any other room.

#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "calls/deadlines.hpp"
#include "calls/refusal.hpp"
#include "calls/root.hpp"
#include "calls/run.hpp"
#include "calls/views.hpp"

namespace veche::calls::testing {

/// gov, which may order calls and whose offices lead them; idle, which may order nothing.
charter::charter_document small_union();

inline instant at(std::string_view text) {
    return *parse_instant(text);
}
inline localized en(std::string text) {
    return {{"en", std::move(text)}};
}

struct actor {
    std::string person;
    std::string auth;
};

inline const actor officer{"p-officer", "gov/officer"};     // calls in gov
inline const actor second{"p-second", "gov/second"};        // calls in gov
inline const actor jury_1{"p-jury-1", "gov/jury-1"};        // assess in gov
inline const actor jury_2{"p-jury-2", "gov/jury-2"};        // assess in gov
inline const actor jury_3{"p-jury-3", "gov/jury-3"};        // assess in gov
inline const actor arbiter{"p-arbiter", "gov/arbiter"};     // appeals in gov
inline const actor keeper_1{"p-keeper-1", "gov/keeper-1"};  // keeps lots
inline const actor keeper_2{"p-keeper-2", "gov/keeper-2"};  // keeps lots
inline const actor host_a{"p-host-a", "gov/host-a"};        // ranks for programme a
inline const actor host_b{"p-host-b", "gov/host-b"};        // ranks for programme b
inline const actor auditor{"p-auditor", "gov/auditor"};     // audit in gov

inline actor applicant(const std::string& name) {
    return {name, name};
}

/// What an entry of the journal would say.
struct entry {
    context ctx;
    event said;
};

class agency {
  public:
    agency();

    [[nodiscard]] world seen() const { return {charter, own}; }
    [[nodiscard]] context now_as(const actor& who) const {
        return {now, seq, {who.person}, who.auth, std::nullopt};
    }
    [[nodiscard]] context now_by(const std::string& body) const {
        return {now, seq, {}, {}, decision_authority{{"2026-0001"}, {body}, "unanimity"}};
    }

    /// Judges and, where accepted, folds it and what follows. Deadlines passed come first.
    template <class Command>
    result<events> submit(const context& ctx, const Command& c) {
        auto decided = decide(seen(), c, ctx);
        if (!decided) return decided;
        played.push_back([c, ctx](agency& other) {
            other.now = ctx.at;
            other.pass_deadlines();
            auto again = ctx;
            again.seq = other.seq;
            REQUIRE(other.submit(again, c).has_value());
        });
        journal.push_back({ctx, make_event(c)});
        fold(c, ctx);
        for (const event& e : *decided) follow(e);
        return decided;
    }
    template <class Command>
    events must(const context& ctx, const Command& c) {
        auto decided = submit(ctx, c);
        INFO(Command::wire.type);
        REQUIRE_MESSAGE(decided.has_value(),
                        (decided ? std::string() : decided.error().sentence()));
        return *std::move(decided);
    }
    template <class Command>
    events must(const actor& who, const Command& c) {
        return must(now_as(who), c);
    }
    /// The code of the refusal where the command must be refused; nothing is folded.
    template <class Command>
    std::string refused(const context& ctx, const Command& c) const {
        const auto decided = decide(seen(), c, ctx);
        INFO(Command::wire.type);
        REQUIRE_FALSE(decided.has_value());
        return std::string(decided.error().code());
    }
    template <class Command>
    std::string refused(const actor& who, const Command& c) const {
        return refused(now_as(who), c);
    }

    void follow(const event&);
    /// Derives and folds every deadline passed by now; what was derived.
    events pass_deadlines();
    void go_to(std::string_view when) {
        now = at(when);
        pass_deadlines();
    }

    template <class Query>
    auto view(const Query& query, const actor& who = {}) const {
        auto answer = ask(seen(), query, viewer{{who.person}, now});
        REQUIRE_MESSAGE(answer.has_value(), (answer ? std::string() : answer.error().sentence()));
        return *std::move(answer);
    }
    template <class Query>
    std::string hidden(const Query& query, const actor& who = {}) const {
        const auto answer = ask(seen(), query, viewer{{who.person}, now});
        REQUIRE_FALSE(answer.has_value());
        return std::string(answer.error().code());
    }
    [[nodiscard]] const application& of(const std::string& who,
                                        const std::string& call = "c") const {
        const application* a = own.find({call}, {who});
        REQUIRE(a);
        return *a;
    }
    /// Where somebody holds an offer: "prog", "prog+" beyond the capacity, "grant"; "" for nowhere.
    [[nodiscard]] std::string place_of(const std::string& who, const std::string& call = "c") const;
    /// Everything known of a call, as text.
    [[nodiscard]] std::string everything(const std::string& call = "c") const;

    /// This life in one line, for the second replayer (tests/replayer/calls_test.py), to the file
    /// that VECHE_CALLS_LIVES names, if any.
    void tell() const;

    charter::state charter;
    state own;
    instant now = at("2026-03-01T09:00:00.000Z");
    std::uint64_t seq = 1;
    std::vector<std::function<void(agency&)>> played;
    events derived;
    std::vector<entry> journal;  ///< acts and what follows, in order

  private:
    template <class M>
    void fold(const M& m, context ctx) {
        ctx.seq = seq++;
        apply(own, charter, m, ctx);
    }
};

using generator = std::mt19937;
/// A number from the first to the last; the same everywhere for the same seed.
std::int32_t pick(generator&, std::int32_t from, std::int32_t to);

/// A call for places that opens on 2 March and closes on 12 March: programmes "a" (2 places) and
/// "b" (1), one criterion "merit" of 100 points, one assessor, lots kept by keeper_1.
open_call places_call();
/// The same with rolling offers until 25 March, one day to answer; "a" and "b" have one place each,
/// "z" two.
open_call rolling_call();
/// A call for grants of 100 roubles, otherwise alike.
open_call grants_call();
/// A call for a budget of 100 kopecks, voted on by approval from 16 to 20 March; money left stays.
open_call budget_call();
/// A project of that cost, and a ballot that names projects.
submit_application project_of(std::int64_t cost);
vote ballot_for(const std::vector<std::string>& projects);

/// A call that divides ten places over "a" (53), "b" (24) and "c" (23) by Sainte-Lague.
open_call shares_call();
/// A call that divides 100 among claims of the same three, stated by the office of jury_1.
open_call claims_call(veche::shares::division_rule);

/// A call for internships at "a" and "b", one place each, ranked by host_a and host_b within 4
/// days; what is free is passed on.
open_call internships_call(change_rule = change_rule::none);
/// With a partner: "a/b" is a for oneself and b for the other, "a/" and "/b" leave one without.
submit_application apply_with(const std::string& partner, const std::vector<std::string>& pairs,
                              std::vector<std::string> choices = {});
rank_applicants ranking(const std::string& programme, const std::vector<std::string>& who);
/// Judges them eligible.
void admit(agency&, const std::vector<std::string>& who);

inline submit_application apply_for(std::vector<std::string> choices,
                                    std::vector<std::string> groups = {}) {
    submit_application c;
    c.call = {"c"};
    for (std::string& one : choices) c.choices.push_back({std::move(one)});
    for (std::string& one : groups) c.groups.push_back({std::move(one)});
    return c;
}

/// The number of a custodian in tests, and what binds it.
std::string number_of(const actor& custodian);
commit_lot commitment_of(const actor& custodian, const std::string& call = "c");

/// Orders the call, commits the lots and goes to its opening.
void open(agency&, const open_call&);
/// Goes to the closing.
void close(agency&);
/// Settles the list, and the custodian reveals; does nothing where no number was committed.
void settle_and_reveal(agency&);
/// Eligible, assigned to jury_1, assessed with these points.
void score(agency&, const std::string& who, std::int32_t points);
/// Who holds what, "x a, y, z b, ": as the state has it, or as a run on trial would have it.
std::string outcome_of(const agency&);
std::string outcome_of(const std::vector<trial_row>&);
/// Runs the next round, with lots where they are needed; what was derived.
allocated run(agency&);

}  // namespace veche::calls::testing
