#include "api/pages/contract_parts.hpp"

#include <set>

#include "api/pages/money_office.hpp"
#include "render/filters.hpp"

namespace veche::api::pages {
namespace {

using fund::contract_state;

/// Millionths in per cent: "40", "33.3333".
std::string share_words(std::int32_t share) {
    constexpr std::int32_t millionths_of_one = 10'000;
    std::string out = std::to_string(share / millionths_of_one);
    std::string rest = std::to_string(millionths_of_one + share % millionths_of_one).substr(1);
    while (!rest.empty() && rest.back() == '0') rest.pop_back();
    return rest.empty() ? out : out + "." + rest;
}

std::string proof_words(const visit& here, std::string_view shown) {
    return here.text("choice.instalment_proof." + std::string(shown));
}

/// The first instalment of which not all was accepted.
const fund::contract_part_row* open_part(const fund::contract_row& row) {
    for (const auto& one : row.parts)
        if (one.accepted.minor < one.amount_.minor) return &one;
    return nullptr;
}

std::string next_of(const visit& here, const fund::contract_row& row) {
    const auto day = [&](const std::optional<date>& on) {
        return on ? render::date_text(*on, here.around) : std::string();
    };
    switch (row.state) {
        case contract_state::drafted:
            return here.text("contracts.next_signed");
        case contract_state::ended:
        case contract_state::terminated:
            return here.text("contracts.next_over",
                             {{"day", day(row.over_on)},
                              {"amount", render::amount_text(row.released, here.around)}});
        case contract_state::dropped:
        case contract_state::paid:
            return {};
        case contract_state::in_force:
        case contract_state::claimed:
            break;
    }
    const auto* part = open_part(row);
    if (!part) return here.text("contracts.next_paid");
    return here.text("contracts.next_part",
                     {{"amount", render::amount_text(part->amount_, here.around)},
                      {"day", day(part->due)},
                      {"shown", proof_words(here, name_of(part->shown))}});
}

std::vector<act> acts_on_contract(const visit& here, const fund::contract_row& row,
                                  const std::string& back) {
    act_list acts(here, back);
    const auto commits = office_with_power(here, "commit");
    if (row.over_on) return {};
    const std::vector<act_field> it{{"contract", row.contract.value}};
    const auto with = [&](const char* how) {
        std::vector<act_field> fields = it;
        fields.push_back({"how", how});
        return fields;
    };
    if (!row.signed_on) {
        if (row.drafted_by.value != here.context.person)
            acts.form("fund.sign_contract", commits, it);
        acts.form("fund.end_contract", commits, with("terminated"), here.text("contracts.drop"));
        return acts.take();
    }
    const bool due = row.parts.empty() || *row.parts.back().due <= date_of(here.context.now);
    if (due || !open_part(row))
        acts.form("fund.end_contract", commits, with("ended"), here.text("contracts.end"));
    else
        acts.form("fund.end_contract", commits, with("terminated"),
                  here.text("contracts.terminate"));
    return acts.take();
}

std::vector<act> acts_on_winner(const visit& here, const calls::call_id& call, const person_id& who,
                                const std::string& back) {
    act_list acts(here, back);
    acts.form("fund.draft_contract", office_with_power(here, "commit"),
              {{"call", call.value}, {"beneficiary", who.value}});
    return acts.take();
}

}  // namespace

std::vector<std::string> contract_rule(const visit& here, const calls::contract_terms& terms) {
    std::vector<std::string> out;
    for (const calls::contract_part& one : terms.parts)
        out.push_back(
            here.text("contracts.part_rule", {{"share", share_words(one.share)},
                                              {"shown", proof_words(here, name_of(one.shown))},
                                              {"n", std::int64_t{one.due_days}}}));
    return out;
}

contracts_part contracts_asked(visit& here, const fund::contracts_query& query,
                               const std::string& back) {
    contracts_part out;
    out.path = query.call ? "contracts/" + query.call->value : "contracts";
    const auto view = here.ask<fund::contracts_view>(query);
    if (!view) return out;
    out.totals = (*view)->totals;
    out.more = (*view)->more;
    for (const fund::contract_row& row : (*view)->contracts)
        out.contracts.push_back({row, next_of(here, row), acts_on_contract(here, row, back)});
    return out;
}

std::optional<contracts_part> contracts_of(visit& here, const calls::call_id& call,
                                           const std::optional<person_id>& who,
                                           const std::string& back) {
    const auto won = here.ask<calls::promised_view>(calls::promised_query{call, who, std::nullopt});
    if (!won || !(*won)->terms) return std::nullopt;
    fund::contracts_query query;
    query.call = fund::call_ref{call.value};
    query.beneficiary = who;
    contracts_part out = contracts_asked(here, query, back);
    out.rule = contract_rule(here, *(*won)->terms);
    std::set<person_id> have;
    for (const contract_card& one : out.contracts)
        if (one.row.state != contract_state::dropped) have.insert(one.row.beneficiary);
    for (const calls::promised_row& row : (*won)->rows)
        if (!have.contains(row.applicant))
            out.winners.push_back({row, acts_on_winner(here, call, row.applicant, back)});
    out.more = out.more || (*won)->more;
    return out;
}

}  // namespace veche::api::pages
