#include "office/registry_outlook.hpp"

#include <algorithm>

namespace veche::office {
namespace {

constexpr std::string_view method_of_pairs = "joint-enterprises/1";

struct named_pair {
    std::string product;
    std::string maker;
    std::string partner;
};

/// "8701-BY-HM-RU-BRY": goods in digits, then two codes of ISO 3166-2, or of two whole members as
/// in "8701-NL-BE". Nothing for other names.
std::optional<named_pair> pair_in(std::string_view name) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find('-', at), name.size());
        parts.emplace_back(name.substr(at, end - at));
        at = end + 1;
    }
    const auto digits = [](const std::string& text) {
        return !text.empty() &&
               std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (!digits(parts[0])) return std::nullopt;
    if (parts.size() == 3) return named_pair{parts[0], parts[1], parts[2]};
    if (parts.size() != 5) return std::nullopt;
    return named_pair{parts[0], parts[1] + "-" + parts[2], parts[3] + "-" + parts[4]};
}

std::int64_t differing(const evidence::finding& of) {
    return std::count_if(of.reviews.begin(), of.reviews.end(), [](const auto& one) {
        return one.outcome == evidence::review_outcome::differs;
    });
}

void add_pairs(const evidence::finding& of, std::vector<registry::pair_finding>& out) {
    const std::size_t first = out.size();
    for (const evidence::figure& one : of.what.figures) {
        const std::size_t point = one.name.find('.');
        if (point == std::string::npos) continue;
        const std::string kind = one.name.substr(0, point);
        const auto pair = pair_in(std::string_view(one.name).substr(point + 1));
        if (!pair) continue;
        auto there = std::find_if(
            out.begin() + static_cast<std::ptrdiff_t>(first), out.end(), [&](const auto& each) {
                return each.product == pair->product && each.maker == pair->maker &&
                       each.partner == pair->partner;
            });
        if (there == out.end()) {
            registry::pair_finding fresh;
            fresh.finding = of.what.finding.value;
            fresh.product = pair->product;
            fresh.maker = pair->maker;
            fresh.partner = pair->partner;
            fresh.differing = differing(of);
            there = out.insert(out.end(), std::move(fresh));
        }
        const registry::found_range range{one.value, one.low, one.high, one.unit};
        if (kind == "amount") there->amount = range;
        if (kind == "density") there->density = range;
        if (kind == "rank") there->rank = range;
    }
}

}  // namespace

std::vector<registry::pair_finding> register_outlook::joint_enterprises() const {
    std::vector<registry::pair_finding> out;
    for (const auto& [id, one] : s_.evidence.findings)
        if (one.stands() && one.what.specified.method == method_of_pairs) add_pairs(one, out);
    return out;
}

std::optional<registry::told_call> register_outlook::call(const registry::call_ref& id) const {
    const calls::call_id of{id.value};
    const calls::call* one = s_.calls.calls.find(of);
    if (!one) return std::nullopt;
    registry::told_call out{one->asked.title, {}};
    calls::each_application(s_.calls, of, [&](const calls::application& each) {
        if (!each.withdrawn && each.held()) out.holders.push_back(each.applicant);
    });
    return out;
}

namespace {

registry::call_role role_in(calls::call_kind kind) {
    switch (kind) {
        case calls::call_kind::internships:
            return registry::call_role::host;
        case calls::call_kind::teams:
            return registry::call_role::site;
        default:
            return registry::call_role::university;
    }
}

}  // namespace

std::vector<registry::told_role> register_outlook::roles() const {
    std::vector<registry::told_role> out;
    for (const auto& [id, call] : s_.calls.calls)
        for (const calls::programme_plan& one : call.asked.programmes)
            if (one.organisation)
                out.push_back({{one.organisation->value},
                               role_in(call.asked.kind),
                               {id.value},
                               call.asked.title,
                               one.title,
                               one.capacity,
                               {}});
    // Who was paid under a contract with a winner, as far as somebody said who that is.
    for (const auto& [id, referred] : s_.beneficiaries.referred) {
        const fund::contract* made = s_.fund.contracts.find(fund::commitment_id{id.value});
        if (!made) continue;
        const calls::call_id of{made->what.call.value};
        const calls::call* call = s_.calls.calls.find(of);
        out.push_back({{referred.what.recipient.value},
                       registry::call_role::recipient,
                       {of.value},
                       call ? call->asked.title : localized{},
                       {},
                       {},
                       id.value});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.call.value < b.call.value; });
    return out;
}

}  // namespace veche::office
