#include "api/pages/call_rolling.hpp"

#include <algorithm>

namespace veche::api::pages {
namespace {

using calls::list_place;
using calls::list_standing;

std::vector<act_field> answer_fields(const calls::application_view& view,
                                     const calls::place_id& programme, std::string_view answer,
                                     bool waits) {
    std::vector<act_field> fields{
        {"call", view.call.value}, {"programme", programme.value}, {"answer", std::string(answer)}};
    if (waits) fields.push_back({"keep_waiting", "true"});
    return fields;
}

/// What can be said to one list. Whoever kept a place may still take it for good.
std::vector<act> answers_to(const visit& here, const calls::application_view& view,
                            const list_place& one) {
    act_list acts(here, "cases/" + view.call.value);
    const std::string& person = here.context.person;
    const bool offered = one.standing == list_standing::offered;
    const bool kept = one.standing == list_standing::kept;
    const auto answer = [&](std::string_view what, bool waits, std::string_view label) {
        acts.button("calls.answer_offer", person, answer_fields(view, one.programme, what, waits),
                    here.text("calls.rolling." + std::string(label)));
    };
    if (offered) answer("accept", true, "keep");
    if (offered || kept) answer("accept", false, "take");
    if (offered || kept) answer("decline", false, "give_up");
    if (one.standing == list_standing::waiting) answer("decline", false, "leave_list");
    return acts.take();
}

/// The reason in the applicant's own figures and those of the last called.
std::vector<std::string> reasons_for(const visit& here, const calls::call_view& call,
                                     const list_place& one) {
    std::vector<std::string> out;
    const auto say = [&](std::string_view key,
                         const std::vector<render::text_argument>& with = {}) {
        out.push_back(here.text("calls.rolling.why." + std::string(key), with));
    };
    if (one.standing == list_standing::off) {
        say("off");
        return out;
    }
    say("place", {{"rank", one.your_rank}, {"listed", one.listed}, {"places", one.places}});
    if (one.last == 0)
        say("nobody_called");
    else if (one.last == one.first_run)
        say("called", {{"last", one.last}});
    else
        say("moved", {{"last", one.last}, {"first", one.first_run}});
    const bool waits =
        one.standing == list_standing::waiting || one.standing == list_standing::closed;
    if (!waits) return out;
    say("before", {{"n", one.before}});
    constexpr std::size_t shown = 12;
    if (one.last_score == one.your_score && one.last_key)
        say("lot", {{"score", one.your_score},
                    {"key", one.your_key.substr(0, shown)},
                    {"last", one.last_key->substr(0, shown)}});
    else if (one.last_score && !call.criteria.empty())
        say("score", {{"score", one.your_score}, {"last", *one.last_score}});
    return out;
}

}  // namespace

std::optional<lists_card> lists_of(const visit& here, const calls::call_view& call) {
    if (!call.rules.rolling_until || call.rounds.empty()) return std::nullopt;
    lists_card card;
    for (const calls::programme_row& row : call.programmes)
        if (row.list && !row.set_aside)
            card.lines.push_back(
                {programme_name(here, call, row.programme), row.capacity, *row.list});
    card.until = call.rules.rolling_until;
    card.over = *card.until <= here.context.now;
    card.seq = call.rounds.back().seq;
    return card;
}

std::optional<rolling_part> rolling_part_of(const visit& here, const calls::call_view& call,
                                            const calls::application_view& view) {
    if (!view.rolling) return std::nullopt;
    rolling_part part;
    part.until = view.rolling->last_day;
    part.over = view.rolling->over;
    const bool answers = view.own && !view.withdrawn && view.rolling->can_answer;
    for (const list_place& one : view.rolling->lists) {
        own_list& line = part.lists.emplace_back();
        line.choice = one.choice;
        line.programme = programme_name(here, call, one.programme);
        line.standing = one.standing;
        line.until = one.until;
        if (one.until) line.left = time_left(here, *one.until);
        line.reasons = reasons_for(here, call, one);
        if (answers) line.answers = answers_to(here, view, one);
    }
    for (const calls::offer_row& one : view.offers) {
        if (!one.beyond || one.status != calls::offer_status::open || !one.programme) continue;
        own_list& line = part.beyond.emplace_back();
        line.programme = programme_name(here, call, one.programme);
        line.standing = list_standing::offered;
        line.until = one.until;
        line.left = time_left(here, one.until);
        if (!view.own) continue;
        act_list acts(here, "cases/" + view.call.value);
        acts.button("calls.answer_offer", here.context.person,
                    answer_fields(view, *one.programme, "accept", false),
                    here.text("calls.rolling.take"));
        acts.button("calls.answer_offer", here.context.person,
                    answer_fields(view, *one.programme, "decline", false),
                    here.text("calls.rolling.give_up"));
        line.answers = acts.take();
    }
    for (const calls::place_id& one : view.rolling->ranking)
        part.ranking.push_back(programme_name(here, call, one));
    if (!answers) return part;
    // The form begins with the ranking as it stands, or with the order of the application.
    std::vector<act_field> fields{{"call", view.call.value}};
    for (const calls::place_id& one : open_to(*view.rolling))
        fields.push_back({"_fill.ranking", one.value});
    act_list acts(here, "cases/" + view.call.value);
    acts.form("calls.rank_offers", here.context.person, fields,
              here.text(part.ranking.empty() ? "calls.rolling.rank" : "calls.rolling.rank_again"));
    part.acts = acts.take();
    return part;
}

std::vector<calls::place_id> open_to(const calls::rolling_case& rolling) {
    if (!rolling.ranking.empty()) return rolling.ranking;
    std::vector<calls::place_id> out;
    for (const list_place& one : rolling.lists)
        if (one.standing == list_standing::waiting || one.standing == list_standing::offered ||
            one.standing == list_standing::kept)
            out.push_back(one.programme);
    return out;
}

std::vector<std::string> rolling_rules(const visit& here, const calls::call_view& call) {
    return {here.text("calls.rule.rolling", {{"n", std::int64_t{call.answer_days}}}),
            here.text("calls.rule.rolling_answers"), here.text("calls.rule.rolling_ranking"),
            here.text("calls.rule.rolling_end")};
}

}  // namespace veche::api::pages
