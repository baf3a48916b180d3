#include "documents/open_money.hpp"

#include <algorithm>

#include "fund/book_text.hpp"
#include "kernel/hash.hpp"

namespace veche::documents {
namespace {

/// ISO 4217 as of 2024-06-25, without metals, test codes and what has no minor unit, as far as the
/// code lists of IATI 2.03, OCDS 1.1.5 and 360Giving 1.4 have it too.
constexpr std::string_view currency_codes =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP "
    "GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS "
    "KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
    "MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD "
    "TZS UAH UGX USD USN UYI UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ";

bool is_awarded(const fund::commitment_row& row) {
    return row.status == fund::commitment_status::open ||
           row.status == fund::commitment_status::done;
}

void take_step(open_commitment& one, const fund::movement_row& step) {
    if (one.steps.empty()) {
        one.reserved = step.day;
        one.reserved_minor = step.amount_.minor;
        one.last = step.day;
    }
    one.steps.push_back(&step);
    one.last = std::max(one.last, step.day);
    one.last_seq = std::max(one.last_seq, step.seq);
    if (step.what == "commit") {
        one.committed = step.day;
        one.committed_minor += step.amount_.minor;
    }
    if (step.what == "release") one.committed_minor -= step.amount_.minor;
    one.disbursed_minor += disbursement_sign(step) * step.amount_.minor;
}

}  // namespace

bool is_currency(const charter::union_view& of, const unit_id& unit) {
    const auto found = std::find_if(of.units.begin(), of.units.end(),
                                    [&](const charter::unit& one) { return one.id == unit; });
    return found != of.units.end() && found->kind == charter::unit_kind::money &&
           unit.value.size() == 3 &&
           currency_codes.find(unit.value + " ") != std::string_view::npos;
}

std::string open_amount(const charter::union_view& of, const unit_id& unit, std::int64_t minor) {
    std::int32_t scale = 0;
    for (const charter::unit& one : of.units)
        if (one.id == unit) scale = one.scale;
    return fund::decimal_text(minor, scale);
}

std::string open_part(std::string id) {
    std::replace(id.begin(), id.end(), '/', ':');
    return id;
}

open_ids open_ids_of(const charter::union_view& of) {
    open_ids ids;
    if (!of.open_data) return ids;
    ids.organisation = of.open_data->iati_org;
    if (of.open_data->ocid_prefix) ids.ocid_prefix = *of.open_data->ocid_prefix;
    if (of.open_data->giving_prefix) ids.grant_prefix = *of.open_data->giving_prefix;
    return ids;
}

std::string organisation_of(const open_money& from, const open_ids& ids) {
    return ids.organisation ? *ids.organisation : "XM-VECHE-" + open_part(from.of.id);
}

std::string organisation_of(const open_money& from, const open_ids& ids,
                            const fund::partner& partner) {
    if (partner.registration.empty())
        return organisation_of(from, ids) + "-partner-" +
               to_hex(sha256(partner.name)).substr(0, 16);
    std::string id;
    // What IATI forbids in references, and blanks, which it forbids at their ends.
    for (const char c : partner.registration)
        id += std::string_view("/&|? ").find(c) == std::string_view::npos ? c : ':';
    return id;
}

std::string open_name(const setting& in, const localized& name, const std::string& id) {
    const std::string said = in.name(name);
    return said.empty() ? id : said;
}

int disbursement_sign(const fund::movement_row& step) {
    if (step.what == "payment" || step.what == "advance") return 1;
    return step.what == "refund" || step.what == "recover" ? -1 : 0;
}

std::vector<open_commitment> commitments_of(const open_money& from) {
    std::map<fund::commitment_id, open_commitment> found;
    for (const fund::commitment_row& row : from.commitments.commitments)
        if (is_currency(from.of, row.amount_.unit) &&
            (is_awarded(row) || row.status == fund::commitment_status::pending))
            found[row.id].row = &row;
    for (const fund::movement_row& step : from.movements.movements)
        if (step.commitment)
            if (const auto one = found.find(*step.commitment); one != found.end())
                take_step(one->second, step);
    std::vector<open_commitment> all;
    for (auto& [id, one] : found)
        if (!one.steps.empty()) all.push_back(std::move(one));
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return a.steps.front()->seq < b.steps.front()->seq;
    });
    return all;
}

bool tells_budget(const charter::union_view& of, const fund::budget_view& budget,
                  const fund::contributions_view& contributions) {
    return std::any_of(budget.lines.begin(), budget.lines.end(),
                       [&](const auto& one) { return is_currency(of, one.amended.unit); }) ||
           std::any_of(contributions.members.begin(), contributions.members.end(),
                       [&](const auto& one) { return is_currency(of, one.assessed.unit); });
}

bool tells_commitments(const charter::union_view& of, const fund::commitments_view& commitments) {
    return std::any_of(
        commitments.commitments.begin(), commitments.commitments.end(),
        [&](const auto& one) { return is_awarded(one) && is_currency(of, one.amount_.unit); });
}

std::string json_object(const json_members& members) {
    std::string out = "{";
    for (const auto& [name, value] : members) {
        if (out.size() > 1) out += ',';
        out += json::quoted(name) + ":" + value;
    }
    return out + "}";
}

std::string json_list(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const std::string& value : values) {
        if (out.size() > 1) out += ',';
        out += value;
    }
    return out + "]";
}

std::string json_text(std::string_view text) {
    return json::quoted(text);
}

std::string moment_of(date day) {
    return to_text(start_of(day));
}

}  // namespace veche::documents
