#include "api/pages/command_source.hpp"

#include <algorithm>

#include "api/pages/call_rolling.hpp"
#include "api/pages/orders.hpp"
#include "assembly/views.hpp"
#include "beneficiaries/views.hpp"
#include "evidence/views.hpp"
#include "fund/views.hpp"
#include "programme/views.hpp"

namespace veche::api::pages {
namespace {

using render::form_option;
using option_list = std::vector<form_option>;

template <class Table>
option_list named(const visit& here, const Table& table) {
    option_list all;
    for (const auto& one : table) {
        std::string id;
        if constexpr (requires { one.id.value; })
            id = one.id.value;
        else
            id = one.id;
        const std::string name = here.name_of(one.name);
        all.push_back({id, name.empty() ? id : name});
    }
    return all;
}

/// "fund.*" stands for every command of the room.
bool fits(std::string_view pattern, std::string_view type) {
    if (!pattern.ends_with(".*")) return pattern == type;
    return type.starts_with(pattern.substr(0, pattern.size() - 1));
}

std::string titled(const visit& here, const localized& name, const std::string& id) {
    const std::string text = here.name_of(name);
    return text.empty() ? id : text + " (" + id + ")";
}

}  // namespace

std::optional<option_list> command_source::options(std::string_view path,
                                                   const field_info& field) const {
    if (path == "order.type" || (path.ends_with(".type") && path.find("enactments.") == 0))
        return enactable();
    return things(field.name, type_at(path));
}

std::string command_source::type_at(std::string_view path) const {
    std::string type = type_;
    for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
        const std::string beside = std::string(path.substr(0, dot + 1)) + "type";
        if (const auto ordered = render::form_value(values_, beside); !ordered.empty())
            type = ordered;
    }
    return type;
}

std::optional<option_list> command_source::things(std::string_view name,
                                                  std::string_view type) const {
    const auto& document = here_.charter.document();
    const bool of_programme = type.starts_with("programme.");
    if (of_programme && (name == "parent" || name == "waits_for" || name == "measures"))
        return measures();
    if (type.starts_with("fund.")) return of_the_fund(name, type);
    if (type.starts_with("calls.")) return of_calls(name, type);
    if (type.starts_with("evidence.")) return of_evidence(name, type);
    if (type.starts_with("beneficiaries.")) return of_beneficiaries(name, type);
    if (name == "body" || name == "owner" || name == "parent" || name == "joint_with" ||
        name == "to")
        return named(here_, document.bodies);
    if (name == "member" || name == "payer") return named(here_, document.members);
    if (name == "unit") return named(here_, document.units);
    if (name == "office") return named(here_, document.offices);
    if (name == "rule") return named(here_, document.rules);
    if (name == "language" || name == "languages") return languages();
    if (name == "session") return sessions();
    if (name == "candidate") return persons();
    if (name == "before" || name == "under") return items();
    if (name == "replaces" || name == "translates") return papers();
    if (name == "item" && type != "assembly.add_item" && type != "assembly.add_internal_item")
        return items();
    if (name == "seat" || name == "proxy" || name == "chair" || name == "aside") return seats();
    if (type == "assembly.bundle_motions" && name == "amendments") return std::nullopt;
    if (name == "amends" || name == "amendments") return amendments();
    if (name == "measure" && type != "programme.add_measure") return measures();
    return std::nullopt;
}

/// What the commands of evidence name: its data sets and findings. A new one is not chosen.
std::optional<option_list> command_source::of_evidence(std::string_view name,
                                                       std::string_view type) const {
    if (name == "body") return named(here_, here_.charter.document().bodies);
    const bool names_data =
        type == "evidence.register_dataset" || type == "evidence.publish_finding";
    option_list all;
    if ((name == "dataset" && type != "evidence.register_dataset") || name == "replaces") {
        if (const auto view = here_.ask<evidence::datasets_view>(evidence::datasets_query{}))
            for (const auto& one : (*view)->datasets)
                all.push_back({one.dataset.value, titled(here_, one.title, one.dataset.value)});
        return all;
    }
    if ((name == "finding" && !names_data) || name == "corrects") {
        if (const auto view = here_.ask<evidence::findings_view>(evidence::findings_query{}))
            for (const auto& one : (*view)->findings)
                all.push_back({one.finding.value, titled(here_, one.question, one.finding.value)});
        return all;
    }
    return std::nullopt;
}

/// Bodies, units, the payers that were named, the commitments of the fund. Organisations of the
/// register are too many to choose from.
std::optional<option_list> command_source::of_beneficiaries(std::string_view name,
                                                            std::string_view type) const {
    const auto& document = here_.charter.document();
    if (name == "body") return named(here_, document.bodies);
    if (name == "office") return named(here_, document.offices);
    if (name == "unit") return named(here_, document.units);
    option_list all;
    if (name == "payer" && type == "beneficiaries.report_payments") {
        if (const auto view = here_.ask<beneficiaries::payers_view>(beneficiaries::payers_query{}))
            for (const auto& one : (*view)->payers)
                all.push_back(
                    {one.payer.id.value, titled(here_, one.payer.names, one.payer.id.value)});
        return all;
    }
    if (name == "commitment") {
        const auto view = here_.ask<fund::commitments_view>(fund::commitments_query{});
        if (!view) return all;
        for (const auto& one : (*view)->commitments)
            all.push_back({one.id.value, titled(here_, one.purpose, one.id.value)});
        return all;
    }
    return std::nullopt;
}

/// What the fund's commands name: lines, commitments, claims, its accounts.
std::optional<option_list> command_source::of_the_fund(std::string_view name,
                                                       std::string_view type) const {
    if (name == "member") return named(here_, here_.charter.document().members);
    const bool of_units = type == "fund.name_rate" && (name == "from" || name == "to");
    if (name == "unit" || of_units) return named(here_, here_.charter.document().units);
    if (name == "measure") return measures();
    // An order may name what another order of the same motion makes; a statement has days and lines
    // of the bank.
    if (type != type_ || type == "fund.record_statement") return std::nullopt;
    option_list all;
    const bool provides = type == "fund.open_provisional";
    const bool makes_line = (type == "fund.appropriate" || provides) && name == "line";
    const bool names_line = name == "line" || name == "from" || name == "to" || name == "parent" ||
                            (provides && name == "of");
    if (names_line && !makes_line) {
        const auto view = here_.ask<fund::budget_view>(fund::budget_query{});
        if (!view) return all;
        for (const auto& one : (*view)->lines)
            all.push_back({one.line.value, titled(here_, one.title, one.line.value)});
        return all;
    }
    if (type.ends_with("_contract")) return of_contracts(name, type);
    const bool makes_commitment = type == "fund.reserve" || type == "fund.commit";
    if (!makes_commitment && name == "commitment") {
        const auto view = here_.ask<fund::commitments_view>(fund::commitments_query{});
        if (!view) return all;
        for (const auto& one : (*view)->commitments)
            all.push_back({one.id.value, titled(here_, one.purpose, one.id.value)});
        return all;
    }
    return std::nullopt;
}

/// Calls with their winners, and contracts that are not over.
std::optional<option_list> command_source::of_contracts(std::string_view name,
                                                        std::string_view type) const {
    option_list all;
    if (name == "contract" && type != "fund.draft_contract") {
        const auto view = here_.ask<fund::contracts_view>(fund::contracts_query{});
        if (!view) return all;
        for (const auto& one : (*view)->contracts)
            if (!one.over_on)
                all.push_back({one.contract.value, titled(here_, one.purpose, one.contract.value)});
        return all;
    }
    if (name == "call") {
        const auto view = here_.ask<calls::calls_view>(calls::calls_query{});
        if (!view) return all;
        for (const auto& one : (*view)->calls)
            all.push_back({one.call.value, titled(here_, one.title, one.call.value)});
        return all;
    }
    const auto call = render::form_value(values_, "call");
    if (name != "beneficiary" || !is_identifier(call)) return std::nullopt;
    const auto won = here_.ask<calls::promised_view>(
        calls::promised_query{{std::string(call)}, std::nullopt, std::nullopt});
    if (!won) return all;
    for (const auto& one : (*won)->rows) all.push_back({one.applicant.value, one.applicant.value});
    return all;
}

std::size_t command_source::ranked(std::string_view path, const field_info& field) const {
    // More places than that are no form any more; a program sends longer lists.
    constexpr std::size_t longest = 30;
    if (type_ == "calls.rank_applicants" && field.name == "applicants" && path == field.name)
        return std::min(rankable().size(), longest);
    if (type_ == "calls.rank_offers" && field.name == "ranking" && path == field.name)
        return std::min(still_open().size(), longest);
    if (type_ != "calls.submit_application" || field.name != "choices" || path != field.name)
        return 0;
    const auto call = asked_call();
    if (!call) return 0;
    const std::size_t most = call->rules.max_choices
                                 ? static_cast<std::size_t>(*call->rules.max_choices)
                                 : call->programmes.size();
    return std::min({most, call->programmes.size(), longest});
}

std::shared_ptr<const calls::call_view> command_source::asked_call() const {
    const auto id = render::form_value(values_, "call");
    if (!is_identifier(id)) return nullptr;
    const auto view = here_.ask<calls::call_view>(calls::call_query{{std::string(id)}});
    return view ? view->value : nullptr;
}

option_list command_source::rankable() const {
    option_list all;
    const auto call = render::form_value(values_, "call");
    const auto programme = render::form_value(values_, "programme");
    if (!is_identifier(call) || !is_identifier(programme)) return all;
    const auto desk = here_.ask<calls::host_desk_view>(
        calls::host_desk_query{{std::string(call)}, {std::string(programme)}});
    if (!desk) return all;
    for (const auto& one : (*desk)->applicants)
        if (one.rank || (one.eligible == calls::eligibility::eligible && !one.set_aside))
            all.push_back({one.applicant.value, one.applicant.value});
    return all;
}

option_list command_source::still_open() const {
    option_list all;
    const auto id = render::form_value(values_, "call");
    if (!is_identifier(id)) return all;
    const auto call = asked_call();
    const auto view = here_.ask<calls::application_view>(
        calls::application_query{{std::string(id)}, std::nullopt});
    if (!call || !view || !(*view)->rolling) return all;
    for (const calls::place_id& one : open_to(*(*view)->rolling))
        all.push_back({one.value, programme_name(here_, *call, one)});
    return all;
}

option_list command_source::persons_with(std::string_view power, const body_id& body) const {
    option_list all;
    const date today = date_of(here_.context.now);
    const auto has = [](const auto& list, const auto& one) {
        return std::find(list.begin(), list.end(), one) != list.end();
    };
    for (const auto& [id, title] : here_.charter.persons()) {
        const auto offices = here_.charter.offices_of(id, today);
        if (std::any_of(offices.begin(), offices.end(), [&](const charter::office* one) {
                return has(one->powers, power) && (one->body == body || has(one->over, body));
            }))
            all.push_back({id.value, titled(here_, title, id.value)});
    }
    return all;
}

/// What the commands of calls name: the call's own programmes, groups and criteria.
std::optional<option_list> command_source::of_calls(std::string_view name,
                                                    std::string_view type) const {
    const auto& document = here_.charter.document();
    if (type == "calls.open_call") {
        if (name == "body") return named(here_, document.bodies);
        if (name == "member") return named(here_, document.members);
        if (name == "unit") return named(here_, document.units);
        if (name == "custodians" || name == "office") return named(here_, document.offices);
        return std::nullopt;
    }
    if (name == "member") return named(here_, document.members);
    option_list all;
    if (name == "call") {
        const auto view = here_.ask<calls::calls_view>(calls::calls_query{});
        if (!view) return all;
        for (const auto& one : (*view)->calls)
            all.push_back({one.call.value, titled(here_, one.title, one.call.value)});
        return all;
    }
    const auto call = asked_call();
    if (!call) return std::nullopt;
    const auto listed = [&](const auto& things, auto id) {
        for (const auto& one : things) {
            const std::string title = here_.name_of(one.title);
            const std::string key = id(one).value;
            all.push_back({key, title.empty() ? key : title});
        }
        return all;
    };
    if (name == "applicants") return rankable();
    if (name == "ranking") return still_open();
    if (name == "choices" || name == "programme" || name == "mine" || name == "partners")
        return listed(call->programmes, [](const auto& one) { return one.programme; });
    if (name == "groups" || name == "group")
        return listed(call->groups, [](const auto& one) { return one.group; });
    if (call->teams) {
        if (name == "category")
            return listed(call->teams->terms.categories,
                          [](const auto& one) { return one.category; });
        if (name == "skills" || name == "skill")
            return listed(call->teams->terms.skills, [](const auto& one) { return one.skill; });
        if (name == "feature") {
            for (const auto& plan : call->teams->terms.categories)
                listed(plan.features, [](const auto& one) { return one.feature; });
            return all;
        }
    }
    if (name == "criterion")
        return listed(call->criteria, [](const auto& one) { return one.criterion; });
    if (name == "assessor") return persons_with("assess", call->body);
    if (name != "unit" || !call->budget) return std::nullopt;
    const std::string unit = call->budget->unit.value;
    const localized* title = here_.names.find("unit", unit);
    return option_list{{unit, title != nullptr ? here_.name_of(*title) : unit}};
}

namespace {

/// Texts that the wire lets out and the command is refused without.
struct reasoned {
    std::string_view type;
    std::string_view field;
};
constexpr reasoned reasons_asked[] = {{"calls.set_aside", "reason"},
                                      {"calls.decide_appeal", "reason"},
                                      {"fund.write_off_contribution", "reason"},
                                      {"fund.void_reservation", "reason"},
                                      {"fund.release_commitment", "reason"},
                                      {"fund.reject_claim", "reason"},
                                      {"fund.correct_contribution", "reason"},
                                      {"evidence.register_dataset", "title"},
                                      {"evidence.withdraw_dataset", "reason"},
                                      {"evidence.publish_finding", "question"},
                                      {"evidence.publish_finding", "answer"},
                                      {"evidence.publish_finding", "certainty"},
                                      {"evidence.publish_finding", "specified.data"},
                                      {"evidence.publish_finding", "figures"},
                                      {"evidence.withdraw_finding", "reason"}};

/// An appeal that is not right corrects nothing; one that is right can only correct what was
/// refused.
std::vector<std::string> unasked_of_appeal(visit& here, const render::form_pairs& values) {
    const auto call = render::form_value(values, "call");
    const auto who = render::form_value(values, "applicant");
    if (!is_identifier(call) || !is_identifier(who)) return {};
    if (render::form_value(values, "upheld") == "false")
        return {"points", "eligible", "groups", "skills", "features"};
    const auto view = here.ask<calls::application_view>(
        calls::application_query{{std::string(call)}, person_id{std::string(who)}});
    if (!view) return {};
    std::vector<std::string> none;
    if ((*view)->eligible != calls::eligibility::ineligible) none.emplace_back("eligible");
    if ((*view)->refused_groups.empty()) none.emplace_back("groups");
    const auto& team = (*view)->team;
    if (!team || team->refused_skills.empty()) none.emplace_back("skills");
    if (!team || team->mended_features.empty()) none.emplace_back("features");
    return none;
}

std::vector<std::string> unasked_of_judgement(visit& here, const render::form_pairs& values) {
    std::vector<std::string> none;
    if (render::form_value(values, "eligible") == "true") none.emplace_back("reason");
    const auto id = render::form_value(values, "call");
    const auto view = here.ask<calls::call_view>(calls::call_query{{std::string(id)}});
    if (!view) return none;
    if ((*view)->teams)
        none.emplace_back("refused_groups");
    else
        none.insert(none.end(), {"refused_skills", "mended_features"});
    return none;
}

}  // namespace

std::vector<std::string> unasked_fields(visit& here, std::string_view type,
                                        const render::form_pairs& values) {
    const auto id = render::form_value(values, "call");
    if (!type.starts_with("calls.") || !is_identifier(id)) return {};
    if (type == "calls.set_aside" && !render::form_value(values, "applicant").empty())
        return {"programme"};
    if (type == "calls.judge_eligibility") return unasked_of_judgement(here, values);
    if (type == "calls.decide_appeal") return unasked_of_appeal(here, values);
    if (type != "calls.submit_application" && type != "calls.answer_offer") return {};
    const auto view = here.ask<calls::call_view>(calls::call_query{{std::string(id)}});
    if (!view) return {};
    std::vector<std::string> none;
    if (type == "calls.answer_offer") {
        if (!(*view)->rules.rolling_until) none.emplace_back("programme");
        return none;
    }
    if ((*view)->budget)
        none = {"choices"};
    else
        none = {"asks", "title"};
    if (!(*view)->voting) none.insert(none.end(), {"about", "place"});
    if (!(*view)->hosts) none.insert(none.end(), {"pairs", "partner"});
    if ((*view)->groups.empty()) none.emplace_back("groups");
    if (!(*view)->teams || (*view)->teams->terms.categories.empty()) none.emplace_back("features");
    if (!(*view)->teams || (*view)->teams->terms.skills.empty()) none.emplace_back("skills");
    return none;
}

std::vector<std::string> needed_fields(visit& here, std::string_view type,
                                       const render::form_pairs& values) {
    std::vector<std::string> asked;
    for (const reasoned& one : reasons_asked)
        if (one.type == type) asked.emplace_back(one.field);
    if (!asked.empty()) return asked;
    // Only who gives a contract up says why.
    if (type == "fund.end_contract" && render::form_value(values, "how") == "terminated")
        return {"reason"};
    if (type == "calls.rank_offers") return {"ranking"};
    if (type != "calls.submit_application") return {};
    const auto id = render::form_value(values, "call");
    const auto view = here.ask<calls::call_view>(calls::call_query{{std::string(id)}});
    if (!view) return {};
    if ((*view)->budget) return {"asks", "title"};
    // Two who go together may want nothing alone.
    if ((*view)->hosts && is_filled(values, "partner")) return {};
    return {"choices"};
}

bool is_filled(const render::form_pairs& values, const std::string& field) {
    return std::any_of(values.begin(), values.end(), [&](const auto& pair) {
        return !pair.second.empty() && (pair.first == field || pair.first.starts_with(field + "."));
    });
}

option_list command_source::sessions() const {
    option_list all;
    const auto view = here_.ask<assembly::sessions_view>(assembly::sessions_query{});
    if (!view) return all;
    for (const auto* list : {&(*view)->coming, &(*view)->past})
        for (const auto& one : *list)
            if (one.status != assembly::session_status::cancelled)
                all.push_back({one.id.value, titled(here_, one.title, one.id.value)});
    return all;
}

option_list command_source::items() const {
    option_list all;
    const auto session = render::form_value(values_, "session");
    if (!is_identifier(session)) return all;
    const auto view =
        here_.ask<assembly::session_view>(assembly::session_query{{std::string(session)}});
    if (!view) return all;
    for (const auto& one : (*view)->agenda)
        all.push_back({one.id.value, one.label + ". " + here_.name_of(one.title)});
    return all;
}

/// Papers of the session of the form that were not replaced.
option_list command_source::papers() const {
    option_list all;
    const auto session = render::form_value(values_, "session");
    if (!is_identifier(session)) return all;
    const auto view =
        here_.ask<assembly::session_view>(assembly::session_query{{std::string(session)}});
    if (!view) return all;
    const auto add = [&](const std::vector<assembly::paper_view>& list) {
        for (const auto& one : list)
            if (!one.replaced_by)
                all.push_back({one.id.value, titled(here_, one.title, one.id.value)});
    };
    add((*view)->papers);
    for (const auto& item : (*view)->agenda) add(item.papers);
    return all;
}

/// Seats of the vote or the session that the form is about; else every seat of the charter.
option_list command_source::seats() const {
    option_list all;
    const auto vote = render::form_value(values_, "vote");
    const auto motion = render::form_value(values_, "motion");
    std::optional<body_id> body;
    if (is_identifier(vote)) {
        if (const auto view =
                here_.ask<assembly::vote_view>(assembly::vote_query{{std::string(vote)}}))
            body = (*view)->body.id;
    } else if (is_identifier(motion)) {
        if (const auto view =
                here_.ask<assembly::motion_view>(assembly::motion_query{{std::string(motion)}}))
            body = (*view)->body.id;
    }
    const date today = date_of(here_.context.now);
    for (const auto& one : here_.charter.document().bodies) {
        if (body && one.id != *body) continue;
        for (const auto& elector : here_.charter.electorate(one.id, today)) {
            const localized* name = here_.names.find("seat", elector.seat);
            all.push_back(
                {elector.seat, titled(here_, name == nullptr ? localized{} : *name, elector.seat)});
        }
    }
    return all;
}

option_list command_source::persons() const {
    option_list all;
    for (const auto& [id, title] : here_.charter.persons())
        all.push_back({id.value, titled(here_, title, id.value)});
    return all;
}

/// Amendments to the motion of the form that wait for their vote; those to amendments are named in
/// no form: they follow what they amend.
option_list command_source::amendments() const {
    option_list all;
    const auto motion = render::form_value(values_, "motion");
    if (!is_identifier(motion)) return all;
    const auto view =
        here_.ask<assembly::motion_view>(assembly::motion_query{{std::string(motion)}});
    if (!view) return all;
    for (const auto& one : (*view)->amendments)
        if (one.turn > 0 && !one.amends) all.push_back({one.id.value, one.id.value});
    return all;
}

option_list command_source::measures() const {
    option_list all;
    const auto view = here_.ask<programme::measures_view>(programme::measures_query{});
    if (!view) return all;
    for (const auto& one : (*view)->measures)
        all.push_back({one.id.value, titled(here_, one.title, one.id.value)});
    return all;
}

option_list command_source::enactable() const {
    option_list all;
    for (const auto& route : office::routes()) {
        if (!route.command) continue;
        const auto& bodies = here_.charter.document().bodies;
        const bool may = std::any_of(bodies.begin(), bodies.end(), [&](const charter::body& body) {
            return std::any_of(body.enacts.begin(), body.enacts.end(),
                               [&](const auto& one) { return fits(one, route.wire.type); });
        });
        if (may)
            all.push_back({std::string(route.wire.type), message_title(here_, route.wire.type)});
    }
    return all;
}

const type_info* command_source::command(std::string_view type) const {
    const auto* route = office::find_route(type);
    return route == nullptr || !route->command ? nullptr : &route->body();
}

option_list command_source::languages() const {
    option_list all;
    for (const auto& one : here_.charter.document().languages) all.push_back({one.id, one.name});
    return all;
}

std::vector<form_option> authorities(const visit& here) {
    option_list all;
    const person_id person{here.context.person};
    const date today = date_of(here.context.now);
    for (const auto* office : here.charter.offices_of(person, today))
        all.push_back({office->id.value, here.name_of(office->name)});
    for (const auto& body : here.charter.document().bodies)
        for (const auto& seat : here.charter.seats_of(person, body.id, today)) {
            const localized* name = here.names.find("seat", seat);
            all.push_back({seat, titled(here, name == nullptr ? localized{} : *name, seat)});
        }
    return all;
}

}  // namespace veche::api::pages
