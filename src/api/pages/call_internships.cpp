#include "api/pages/call_internships.hpp"

#include "api/pages/acts.hpp"
#include "api/refusal.hpp"
#include "calls/refusal.hpp"

namespace veche::api::pages {

std::optional<hosts_card> hosts_of(const visit& here, const calls::call_view& call) {
    if (!call.hosts) return std::nullopt;
    hosts_card card;
    for (const calls::programme_row& row : call.programmes)
        card.lines.push_back({programme_name(here, call, row.programme),
                              here.name_of(row.office_name), row.first_day, row.last_day,
                              row.ranked, row.ranked_seq});
    card.over = call.hosts->over || !call.rounds.empty();
    if (!card.over) card.until = call.hosts->until;
    for (const calls::place_id& id : call.hosts->ranks_for)
        card.mine.push_back(
            {here.text("calls.rank_here", {{"programme", programme_name(here, call, id)}}),
             here.link("host-desks/" + call.call.value + "/" + id.value)});
    return card;
}

std::optional<matching_card> matching_of(const visit& here, const calls::call_view& call,
                                         const std::optional<calls::host_result>& made) {
    if (!made) return std::nullopt;
    matching_card card{made->outcome, made->none_stable, made->fewest, {}};
    for (const calls::place_change& one : made->changes)
        card.changes.push_back(
            here.text("calls.changed", {{"programme", programme_name(here, call, one.programme)},
                                        {"from", one.from},
                                        {"to", one.to}}));
    return card;
}

std::optional<stuck_card> stuck_of(const visit& here, const calls::call_view& call,
                                   const calls::dry_run_view& tried) {
    if (!tried.stuck) return std::nullopt;
    stuck_card card;
    for (const calls::place_id& one : tried.stuck->programmes)
        card.programmes.push_back(programme_name(here, call, one));
    for (const person_id& one : tried.stuck->applicants) card.applicants.push_back(one.value);
    return card;
}

std::string pair_words(const visit& here, const calls::call_view& call,
                       const std::optional<calls::place_id>& mine,
                       const std::optional<calls::place_id>& partners) {
    const auto side = [&](const std::optional<calls::place_id>& id) {
        return id ? programme_name(here, call, id) : here.text("calls.goes_without");
    };
    return here.text("calls.pair_line", {{"mine", side(mine)}, {"theirs", side(partners)}});
}

std::optional<pair_card> pair_of(const visit& here, const calls::call_view& call,
                                 const calls::application_view& view) {
    if (!view.partner && view.named_by.empty()) return std::nullopt;
    pair_card card;
    if (view.partner) card.partner = view.partner->value;
    card.state = view.pair;
    for (const calls::pair_wish& one : view.pairs)
        card.lines.push_back(pair_words(here, call, one.mine, one.partners));
    std::string who;
    for (const person_id& one : view.named_by) who += (who.empty() ? "" : ", ") + one.value;
    if (!who.empty()) card.named_by = here.text("calls.named_by", {{"who", who}});
    return card;
}

std::vector<std::string> host_rules(const visit& here, const calls::call_view& call) {
    return {here.text("calls.rule.internships"),
            here.text("calls.rule.host_takes", {{"n", std::int64_t{call.hosts->terms.rank_days}}}),
            here.text("calls.rule.pairs"),
            here.text("calls.rule.changes_" + std::string(name_of(call.hosts->terms.changes)))};
}

std::vector<std::string> host_reasons(const visit& here, const calls::choice_explanation& one) {
    using calls::choice_outcome;
    const auto say = [&](std::string_view key,
                         const std::vector<render::text_argument>& with = {}) {
        return std::vector<std::string>{here.text("calls.why." + std::string(key), with)};
    };
    const std::int64_t rank = one.your_rank.value_or(0);
    switch (one.outcome) {
        case choice_outcome::placed:
            return one.programme ? say("host_placed", {{"rank", rank}}) : say("without");
        case choice_outcome::below_cutoff:
            if (!one.cutoff_rank) return say("no_place");
            return say("below_rank", {{"rank", rank}, {"cutoff", *one.cutoff_rank}});
        case choice_outcome::not_ranked:
            return say("not_ranked");
        case choice_outcome::not_together: {
            std::vector<std::string> out = say("not_together");
            if (one.programme) out.push_back(say("host_rank", {{"rank", rank}}).front());
            return out;
        }
        case choice_outcome::not_needed: {
            std::vector<std::string> out = say("not_needed");
            if (one.your_rank) out.push_back(say("host_rank", {{"rank", rank}}).front());
            return out;
        }
        case choice_outcome::lost_lottery:
        case choice_outcome::quota_full:
        case choice_outcome::ineligible:
        case choice_outcome::set_aside:
        case choice_outcome::waiting:
            break;
    }
    return say(name_of(one.outcome));
}

// --- The desk of a host
// -----------------------------------------------------------------------------

namespace {

struct desk_line {
    calls::host_desk_row row;
    std::vector<std::string> sealed;
};
VECHE_VIEW_HERE(desk_line, (row, "The applicant."), (sealed, "What lies sealed."))

struct host_desk_page {
    shown<calls::call_view> call;
    shown<calls::host_desk_view> desk;
    call_clock clock;
    bool closed = false;
    std::vector<desk_line> rows;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(host_desk_page, (call, "The call."), (desk, "Who named the programme."),
                (clock, "What comes next."), (closed, "Whether the list is closed."),
                (rows, "Applicants."), (acts, "What the reader may do."))

/// The form begins with the ranking as it stands, so that one changes it rather than writes anew.
std::vector<act_field> ranked_before(const calls::call_view& call,
                                     const calls::host_desk_view& desk) {
    std::vector<act_field> fields{{"call", call.call.value}, {"programme", desk.programme.value}};
    for (const calls::host_desk_row& one : desk.applicants)
        if (one.rank) fields.push_back({"_fill.applicants", one.applicant.value});
    return fields;
}

response host_desk(visit& here) {
    here.page.door = "calls";
    if (auto login = login_first(here)) return std::move(*login);
    const auto at = call_address_of(here);
    if (!at || at->person.empty())
        return here.fail({&calls::refusals::call_unknown, {}, {here.id}});
    VECHE_SHOW_OR_FAIL(call, here, here.ask<calls::call_view>(calls::call_query{at->call}));
    VECHE_SHOW_OR_FAIL(desk, here,
                       here.ask<calls::host_desk_view>(
                           calls::host_desk_query{at->call, calls::place_id{at->person}}));
    if (here.form == "json") return here.json(*desk);
    if (here.form == "csv") return here.csv(desk->applicants);
    host_desk_page page;
    page.call = call;
    page.desk = desk;
    page.clock = clock_of(here, *call);
    page.closed = !call->root.empty();
    for (const calls::host_desk_row& one : desk->applicants) {
        desk_line& line = page.rows.emplace_back();
        line.row = one;
        for (const sealed_id& seal : one.sealed) line.sealed.push_back(seal.value);
    }
    const bool continues = call->rules.unfilled == calls::unfilled_rule::next_round;
    const bool open = page.closed && !call->concluded && (call->rounds.empty() || continues);
    if (desk->ranks && open)
        for (const calls::programme_row& row : call->programmes)
            if (row.programme == desk->programme && row.office) {
                act_list acts(here, "host-desks/" + here.id);
                acts.form("calls.rank_applicants", row.office->value, ranked_before(*call, *desk));
                page.acts = acts.take();
            }
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + call->call.value, here.name_of(call->title));
    return here.show("host_desk", page);
}

constexpr page_route host_routes[] = {{"host-desks", host_desk}};
constexpr template_need host_needs[] = {{"host_desk", &describe<host_desk_page>}};

}  // namespace

const page_group host_pages{host_routes, host_needs};

}  // namespace veche::api::pages
