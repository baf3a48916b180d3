#pragma once
// A small invented union to test the assembly in, and a hall that judges and folds as the office
// would, without any other room.

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "assembly/deadlines.hpp"
#include "assembly/reactions.hpp"
#include "assembly/refusal.hpp"
#include "assembly/views.hpp"

namespace veche::assembly::testing {

/// Two members. council: one seat each, unanimity. house: 3 + 2 seats, majority, one seat vacant.
/// chamber: 3 + 3 seats voting in blocs. board: a rule not established. empty: nobody sits in it.
charter::charter_document small_union();

inline instant at(std::string_view text) {
    return *parse_instant(text);
}
inline localized en(std::string text) {
    return {{"en", std::move(text)}};
}

/// The refusal in words, for messages of failing tests.
template <class T>
std::string why(const result<T>& r) {
    return r ? std::string() : r.error().sentence() + " [" + r.error().field + "]";
}

struct actor {
    std::string person;
    std::string auth;
};

inline const actor secretary{"p-sec", "council/secretary"};  // convene, agenda, papers everywhere
inline const actor chair{"p-chair", "council/chair"};        // preside, table, measures everywhere
inline const actor speaker{"p-speaker", "house/speaker"};    // preside in the house only
inline const actor clerk{"p-clerk", "house/clerk"};          // convene in the house only
inline const actor north{"p-north", "council/north"};
inline const actor south{"p-south", "council/south"};
inline const actor stranger{"p-nobody", ""};
/// Holder of the n-th seat: {"p-n1", "house-n-1"} and so on.
inline actor deputy(const std::string& side, int n) {
    const std::string number = std::to_string(n);
    return {"p-" + side + number, "house-" + side + "-" + number};
}
inline actor envoy(const std::string& side, int n) {
    const std::string number = std::to_string(n);
    return {"c-" + side + number, "chamber-" + side + "-" + number};
}

class hall {
  public:
    explicit hall(const charter::charter_document& doc = small_union());

    [[nodiscard]] world seen() const { return {charter, own}; }
    [[nodiscard]] context now_as(const actor& who) const;

    /// Judges; on success folds the command, its events and the assembly's own reactions.
    template <class Command>
    result<events> ask_for(const actor& who, const Command& c) {
        return ask_for(now_as(who), c);
    }
    template <class Command>
    result<events> ask_for(const context& ctx, const Command& c) {
        auto decided = decide(seen(), c, ctx);
        if (!decided) return decided;
        ++seq;
        apply(own, charter, c, ctx);
        for (const event& e : *decided) follow(e);
        return decided;
    }
    /// The same where it must succeed.
    template <class Command>
    events must(const actor& who, const Command& c) {
        auto decided = ask_for(who, c);
        INFO(Command::wire.type, ": ", why(decided));
        REQUIRE(decided.has_value());
        return *decided;
    }
    /// The refusal where it must be refused; the state stays as it was.
    template <class Command>
    refusal refused(const actor& who, const Command& c) {
        auto decided = ask_for(who, c);
        INFO(Command::wire.type);
        REQUIRE_FALSE(decided.has_value());
        return decided.error();
    }

    /// Folds one derived event and what the assembly answers to it.
    void follow(const event&);
    /// Derives and folds every deadline passed by now; how many.
    int pass_deadlines();

    template <class View>
    auto view(const View& query, const actor& who = {}) const {
        auto answer = ask(seen(), query, viewer{{who.person}, now});
        REQUIRE(answer.has_value());
        return *answer;
    }

    charter::state charter;
    state own;
    instant now = at("2026-11-24T09:00:00.000Z");
    std::uint64_t seq = 1;
    std::vector<event> followed;
};

// Shapes of commands that most tests send.
convene_session session_of(std::string id, std::string body);
add_item item_of(std::string session, std::string item);
table_motion motion_of(std::string id, std::string session, std::string item = "i1");
open_vote vote_on(std::string id, std::string motion);
cast_ballot ballot_in(std::string vote, std::string seat, vote_choice choice);

/// An open session "s" of the body with an item "i1" and a tabled motion "m".
hall hall_with_motion(const std::string& body, std::vector<enactment> enactments = {});
/// The same in a hall of its own charter.
hall with_motion(hall, const std::string& body, std::vector<enactment> enactments = {});
/// The same with the vote "v" open on it.
hall hall_with_vote(const std::string& body, std::vector<enactment> enactments = {});

/// Deputies by short names.
inline const actor n1 = deputy("n", 1), n2 = deputy("n", 2), n3 = deputy("n", 3),
                   s1 = deputy("s", 1);

/// What tests look at most: the session "s", the motion "m", the first decision.
inline const session& the_session(const hall& h) {
    return *h.own.sessions.find(session_id{"s"});
}
inline const motion& the_motion(const hall& h) {
    return *h.own.motions.find(motion_id{"m"});
}
inline motion_status status_of(const hall& h, const std::string& id = "m") {
    return h.own.motions.find(motion_id{id})->status;
}
inline const decision& the_decision(const hall& h) {
    return *h.own.decisions.find(decision_id{"2026-0001"});
}

/// An order to put a measure into the programme.
inline enactment measure_order(const std::string& id) {
    return {"programme.add_measure", 1, {R"({"id":")" + id + R"("})"}};
}

}  // namespace veche::assembly::testing
