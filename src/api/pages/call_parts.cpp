#include "api/pages/call_parts.hpp"

#include <algorithm>

#include "api/pages/call_budget.hpp"
#include "api/pages/call_internships.hpp"
#include "api/pages/call_rolling.hpp"
#include "api/pages/call_teams.hpp"
#include "api/urlencoded.hpp"

namespace veche::api::pages {
namespace {

using calls::call_kind;
using calls::call_stage;
using calls::choice_outcome;

call_clock clock_until(const visit& here, std::string_view key, std::optional<instant> until) {
    call_clock clock;
    clock.what = here.text("calls.next." + std::string(key));
    if (!until || *until <= here.context.now) return clock;
    clock.until = until;
    clock.left = time_left(here, *until);
    return clock;
}

/// Over parties nobody applies, and nothing is judged or answered.
call_clock clock_of_shares(const visit& here, const calls::call_view& call) {
    switch (call.stage) {
        case call_stage::announced:
            return clock_until(here, "share_opens", call.opens);
        case call_stage::open:
            return clock_until(here, "share_closes", call.closes);
        case call_stage::closed:
            if (call.lots.until && !call.lots.over)
                return clock_until(here, "lots", call.lots.until);
            return clock_until(here, "share_judged", {});
        case call_stage::offered:
        case call_stage::answered:
            return clock_until(here, "share_concluding", {});
        case call_stage::voting:
        case call_stage::concluded:
            break;
    }
    return clock_until(here, "over", {});
}

bool draws(const calls::call_view& call) {
    return !call.lot.empty();
}

/// A lottery number as people compare it: its first digits.
std::string first_digits(const std::optional<std::string>& key) {
    constexpr std::size_t shown = 12;
    return key ? key->substr(0, shown) : std::string();
}

}  // namespace

std::string time_left(const visit& here, instant until) {
    constexpr std::int64_t minute = 60'000;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    const std::int64_t left = until.ms - here.context.now.ms;
    if (left <= 0) return {};
    if (left >= 2 * day) return here.text("calls.left_days", {{"n", left / day}});
    if (left >= 2 * hour) return here.text("calls.left_hours", {{"n", left / hour}});
    return here.text("calls.left_minutes", {{"n", left / minute}});
}

call_clock clock_of(const visit& here, const calls::call_view& call) {
    if (call.kind == call_kind::shares) return clock_of_shares(here, call);
    switch (call.stage) {
        case call_stage::announced:
            return clock_until(here, "opens", call.opens);
        case call_stage::open:
            return clock_until(here, "closes", call.closes);
        case call_stage::voting:
            return clock_until(here, "votes_until", call.voting->votes_until);
        case call_stage::closed:
            if (call.voting && here.context.now < call.voting->votes_from)
                return clock_until(here, "votes_from", call.voting->votes_from);
            if (draws(call) && !call.lots.over && call.lots.until)
                return clock_until(here, "lots", call.lots.until);
            if (call.hosts && !call.hosts->over)
                return clock_until(here, "ranking", call.hosts->until);
            return clock_until(here, "judged", {});
        case call_stage::offered:
            if (call.rules.rolling_until && *call.rules.rolling_until > here.context.now)
                return clock_until(here, "rolling", call.rules.rolling_until);
            return clock_until(here, "answers", call.answers_until);
        case call_stage::answered:
            if (call.appeals_until && *call.appeals_until > here.context.now)
                return clock_until(here, "appeals", call.appeals_until);
            return clock_until(here, "concluding", {});
        case call_stage::concluded:
            break;
    }
    return clock_until(here, "over", {});
}

call_card card_of(const visit& here, const calls::call_row& row) {
    const std::string kind = row.kind == call_kind::shares ? "share_" : "";
    if (row.stage == call_stage::announced)
        return {row, clock_until(here, kind + "opens", row.opens)};
    if (row.stage == call_stage::open) return {row, clock_until(here, kind + "closes", row.closes)};
    if (row.stage == call_stage::voting)
        return {row, clock_until(here, "votes_until", row.votes_until)};
    return {row, {}};
}

std::string programme_name(const visit& here, const calls::call_view& call,
                           const std::optional<calls::place_id>& id) {
    if (!id) return here.text("calls.grant");
    for (const auto& one : call.programmes)
        if (one.programme == *id)
            if (std::string name = here.name_of(one.title); !name.empty()) return name;
    return id->value;
}

std::string group_name(const visit& here, const calls::call_view& call, const calls::group_id& id) {
    for (const auto& one : call.groups)
        if (one.group == id)
            if (std::string name = here.name_of(one.title); !name.empty()) return name;
    return id.value;
}

std::optional<std::string> office_holding(const visit& here, std::string_view power,
                                          const body_id& body) {
    if (here.context.person.empty()) return std::nullopt;
    const auto has = [](const auto& list, const auto& one) {
        return std::find(list.begin(), list.end(), one) != list.end();
    };
    for (const auto* office :
         here.charter.offices_of({here.context.person}, date_of(here.context.now)))
        if ((office->body == body || has(office->over, body)) && has(office->powers, power))
            return office->id.value;
    return std::nullopt;
}

share_line share_of(std::string name, std::int64_t applied, std::int64_t placed) {
    return {std::move(name), applied, placed, applied > 0 ? 100 * placed / applied : 0};
}

std::vector<cutoff_line> cutoff_lines(const visit& here, const calls::call_view& call,
                                      const std::vector<calls::cutoff>& cutoffs) {
    std::vector<cutoff_line> lines;
    for (const calls::cutoff& one : cutoffs) {
        cutoff_line line;
        line.programme = one.programme ? programme_name(here, call, one.programme)
                                       : here.text("calls.all_projects");
        if (one.group) line.group = group_name(here, call, *one.group);
        line.seats = one.seats;
        line.taken = one.taken;
        if (call.budget) {
            line.money = amount{one.seats, call.budget->unit};
            line.granted = amount{one.taken, call.budget->unit};
        }
        line.score = one.score;
        line.key = one.key.value_or("");
        line.rank = one.rank;
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::string> rule_sentences(const visit& here, const calls::call_view& call) {
    if (call.voting) return voting_sentences(here, call);
    const auto& rules = call.rules;
    const std::string kind(name_of(call.kind));
    std::vector<std::string> out;
    const auto say = [&](const std::string& key,
                         const std::vector<render::text_argument>& with = {}) {
        out.push_back(here.text("calls.rule." + key, with));
    };
    const std::vector<std::string> rolling =
        rules.rolling_until ? rolling_rules(here, call) : std::vector<std::string>();
    if (call.hosts)
        out = host_rules(here, call);
    else if (call.criteria.empty())
        say("no_score");
    else
        say("score", {{"n", std::int64_t{call.assessors}}, {"most", call.most_points}});
    if (call.teams)
        for (std::string& one : team_sentences(here, call)) out.push_back(std::move(one));
    else if (rules.rolling_until)
        out.insert(out.end(), rolling.begin(), rolling.end());
    else if (!call.hosts)
        say(kind);
    if (call.kind == call_kind::places && rules.ties == calls::tie_policy::lottery &&
        !rules.rolling_until)
        say("truth");
    if (rules.max_choices) say("max_choices", {{"n", std::int64_t{*rules.max_choices}}});
    const bool grants = call.kind == call_kind::grants;
    if (!call.hosts && !call.teams)
        say((grants ? "grants_ties_" : "ties_") + std::string(name_of(rules.ties)));
    if (rules.lottery && !grants && !call.teams)
        say("lottery_" + std::string(name_of(*rules.lottery)));
    if (draws(call)) say("seed", {{"n", static_cast<std::int64_t>(call.lot.size())}});
    if (rules.reserves) say("reserves_" + std::string(name_of(*rules.reserves)));
    if (rules.budget) say("budget_" + std::string(name_of(*rules.budget)));
    if (!rules.rolling_until) {
        say("answers", {{"n", std::int64_t{call.answer_days}}});
        say("unfilled_" + std::string(name_of(rules.unfilled)));
    }
    say(grants ? "grants_appeals" : "appeals", {{"n", std::int64_t{call.appeal_days}}});
    return out;
}

std::vector<std::string> rule_examples(const visit& here, const calls::call_view& call) {
    const auto& rules = call.rules;
    std::vector<std::string> out;
    if (call.voting) return {here.text("calls.example.shares")};
    if (call.teams) return {here.text("calls.teams.example")};
    if (call.kind == call_kind::grants) {
        const bool stops = rules.budget == calls::budget_rule::stop;
        out.push_back(here.text(stops ? "calls.example.budget_stop" : "calls.example.budget_skip"));
        return out;
    }
    if (call.hosts) return {here.text("calls.example.hosts")};
    if (!call.criteria.empty())
        out.push_back(here.text("calls.example.ties_" + std::string(name_of(rules.ties))));
    if (rules.reserves)
        out.push_back(here.text("calls.example.reserves_" + std::string(name_of(*rules.reserves))));
    if (rules.rolling_until)
        out.push_back(here.text("calls.example.rolling"));
    else if (call.programmes.size() > 1)
        out.push_back(here.text("calls.example.order"));
    return out;
}

namespace {

/// One choice in sentences.
std::vector<std::string> reasons_of(const visit& here, const calls::call_view& call,
                                    const calls::choice_explanation& one) {
    if (call.hosts) return host_reasons(here, one);
    std::vector<std::string> out;
    const auto say = [&](std::string_view key,
                         const std::vector<render::text_argument>& with = {}) {
        out.push_back(here.text("calls.why." + std::string(key), with));
    };
    const bool grants = call.kind == call_kind::grants;
    const auto figure = [](const std::optional<std::int64_t>& n) { return n.value_or(0); };
    switch (one.outcome) {
        case choice_outcome::placed:
            if (one.reserve_used)
                say("placed_reserved", {{"group", group_name(here, call, *one.reserve_used)}});
            else
                say(grants ? "placed_grant" : "placed");
            if (one.cutoff_score)
                say("placed_cutoff",
                    {{"score", one.your_score}, {"cutoff", figure(one.cutoff_score)}});
            break;
        case choice_outcome::below_cutoff:
            say("below_cutoff", {{"score", one.your_score}, {"cutoff", figure(one.cutoff_score)}});
            break;
        case choice_outcome::lost_lottery:
            say("lost_lottery", {{"score", one.your_score},
                                 {"key", first_digits(one.your_key)},
                                 {"cutoff", first_digits(one.cutoff_key)}});
            break;
        case choice_outcome::quota_full:
            say(grants ? "beyond_budget" : "quota_full");
            break;
        case choice_outcome::ineligible:
        case choice_outcome::not_needed:
        case choice_outcome::set_aside:
        case choice_outcome::waiting:
        case choice_outcome::not_ranked:
        case choice_outcome::not_together:
            say(name_of(one.outcome));
    }
    if (one.sufficient_score) {
        const bool possible = call.criteria.empty() || *one.sufficient_score <= call.most_points;
        if (possible && !call.criteria.empty())
            say("sufficient", {{"score", *one.sufficient_score}});
    }
    if (one.your_rank && !grants) say("rank", {{"rank", *one.your_rank}, {"seats", one.seats}});
    return out;
}

}  // namespace

std::vector<choice_card> choice_cards(const visit& here, const calls::call_view& call,
                                      const calls::application_view& application) {
    std::vector<choice_card> cards;
    for (const auto& one : application.explanation)
        cards.push_back({one.choice,
                         one.with_partner
                             ? pair_words(here, call, one.programme, one.partners_programme)
                             : programme_name(here, call, one.programme),
                         one.outcome, reasons_of(here, call, one), one.with_partner});
    return cards;
}

std::optional<call_address> call_address_of(const visit& here) {
    const auto slash = here.id.find('/');
    const std::string call = here.id.substr(0, slash);
    const std::string person = slash == std::string::npos ? "" : here.id.substr(slash + 1);
    if (!is_identifier(call) || (!person.empty() && !is_identifier(person))) return std::nullopt;
    return call_address{{call}, person};
}

std::optional<response> login_first(const visit& here) {
    if (!here.context.person.empty()) return std::nullopt;
    return here.redirect(here.link("login?back=" + percent_encode(here.page.address)));
}

}  // namespace veche::api::pages
