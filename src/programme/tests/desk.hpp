#pragma once
// A small invented union to test the programme in, and a desk that judges and folds as the office
// would, without any other room.

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "programme/deadlines.hpp"
#include "programme/refusal.hpp"
#include "programme/views.hpp"

namespace veche::programme::testing {

/// top; gov below it, escalating after 10 days; mindful like it, reminded 30 and 7 days before what
/// it owes; board below gov, never escalating; idle, which may
/// order nothing and stands below nobody.
charter::charter_document small_union();

inline instant at(std::string_view text) {
    return *parse_instant(text);
}
inline date day(std::string_view text) {
    return *parse_date(text);
}
inline localized en(std::string text) {
    return {{"en", std::move(text)}};
}

struct actor {
    std::string person;
    std::string auth;
};

inline const actor keeper{"p-keeper", "gov/keeper"};        // measures in gov
inline const actor reporter{"p-reporter", "gov/reporter"};  // report in gov
inline const actor chancery{"p-top", "top/chancery"};       // measures in top, gov and board
inline const actor clerk{"p-clerk", "board/clerk"};         // no powers at all
inline const actor stranger{"p-nobody", ""};

class desk {
  public:
    desk();

    [[nodiscard]] world seen() const { return {charter, own}; }
    [[nodiscard]] context now_as(const actor& who) const;
    /// The context of an enactment that a decision of the body orders.
    [[nodiscard]] context now_by(const std::string& body) const;

    template <class Command>
    result<events> submit(const context& ctx, const Command& c) {
        auto decided = decide(seen(), c, ctx);
        if (!decided) return decided;
        fold(c, ctx);
        for (const event& e : *decided) follow(e);
        return decided;
    }
    template <class Command>
    void order(const Command& c) {
        must(now_by("gov"), c);
    }
    template <class Command>
    void must(const context& ctx, const Command& c) {
        const auto decided = submit(ctx, c);
        INFO(Command::wire.type);
        REQUIRE_MESSAGE(decided.has_value(),
                        (decided ? std::string() : decided.error().sentence()));
    }
    template <class Command>
    void must(const actor& who, const Command& c) {
        must(now_as(who), c);
    }
    /// The refusal where the command must be refused; nothing is folded.
    template <class Command>
    refusal refused(const context& ctx, const Command& c) const {
        const auto decided = decide(seen(), c, ctx);
        INFO(Command::wire.type);
        REQUIRE_FALSE(decided.has_value());
        return decided.error();
    }
    template <class Command>
    refusal refused(const actor& who, const Command& c) const {
        return refused(now_as(who), c);
    }

    /// Folds one derived event.
    void follow(const event&);
    /// Derives and folds every deadline passed by now; what was derived.
    events pass_deadlines();

    template <class Query>
    auto view(const Query& query, const actor& who = {}) const {
        auto answer = ask(seen(), query, viewer{{who.person}, now});
        REQUIRE(answer.has_value());
        return *answer;
    }

    charter::state charter;
    state own;
    instant now = at("2026-11-24T09:00:00.000Z");
    std::uint64_t seq = 1;

  private:
    template <class M>
    void fold(const M& m, context ctx) {
        ctx.seq = seq++;
        apply(own, charter, m, ctx);
    }
};

/// A sound measure of gov.
add_measure measure_of(std::string id, std::string_view due = "2026-12-01");
report_progress report_of(std::string id, std::string measure);
complete_measure completion_of(std::string measure);

/// Every deadline that the open measures give, told from scratch.
std::vector<deadline> deadlines_of(const state&);
std::vector<deadline> deadlines_kept(const state&);

inline const measure& known(const desk& d, const std::string& id) {
    const measure* m = d.own.measures.find(measure_id{id});
    REQUIRE(m);
    return *m;
}

inline std::vector<std::string> types_of(const events& list) {
    std::vector<std::string> types;
    for (const event& e : list) types.push_back(e.type);
    return types;
}

}  // namespace veche::programme::testing
