// What a call for shares may be. Whatever could not be shared out is refused when it is ordered:
// the weights and bounds are known from then on, so that it is tried there.

#include <algorithm>

#include "calls/checks.hpp"
#include "calls/shares.hpp"

namespace veche::calls {
namespace {

namespace engine = veche::shares;

constexpr std::size_t max_parties = 200;  // a command and its result fit one entry
constexpr std::size_t max_share_groups = 50;
constexpr std::size_t max_source_bytes = 1000;
constexpr std::int64_t max_claim = engine::most_seats;

std::string at_party(std::size_t i, const char* name) {
    return "shares.parties." + std::to_string(i) + "." + name;
}

std::string at_group(std::size_t i, const char* name) {
    return "shares.groups." + std::to_string(i) + "." + name;
}

result<void> misfit(std::string field) {
    return refuse(refusals::not_with_shares, std::move(field));
}

/// Nothing of the other kinds: there are no applicants, and so no offers and no appeals.
result<void> check_nothing_else(const open_call& c) {
    if (!c.programmes.empty()) return misfit("programmes");
    if (!c.groups.empty()) return misfit("groups");
    if (c.budget) return misfit("budget");
    if (!c.criteria.empty()) return misfit("criteria");
    if (c.assessors) return misfit("assessors");
    if (c.answer_days != 0) return misfit("answer_days");
    if (c.appeal_days != 0) return misfit("appeal_days");
    const call_rules& r = c.rules;
    if (r.ties != tie_policy::lottery && r.ties != tie_policy::order) return misfit("rules.ties");
    if (r.reserves) return misfit("rules.reserves");
    if (r.lottery == lottery_kind::per_programme) return misfit("rules.lottery");
    if (r.max_choices) return misfit("rules.max_choices");
    if (r.unfilled != unfilled_rule::none) return misfit("rules.unfilled");
    if (r.budget) return misfit("rules.budget");
    return {};
}

/// One thing, one way; and of that way what has a meaning in it.
result<void> check_way(const world& w, const share_terms& t) {
    if (t.of.has_value() == t.places.has_value())
        return refuse(refusals::shares_missing, "shares.of");
    if (t.apportion.has_value() == t.divide.has_value())
        return refuse(refusals::shares_missing, "shares.apportion");
    if (t.parties.empty()) return refuse(refusals::shares_missing, "shares.parties");
    if (t.of && !w.charter.find_unit(t.of->unit))
        return refuse(refusals::share_unit_unknown, "shares.of.unit", t.of->unit.value);
    if (amount_of(t) < 1 || amount_of(t) > engine::most_seats)
        return refuse(refusals::number_out_of_range, t.of ? "shares.of" : "shares.places", "1",
                      std::to_string(engine::most_seats));
    if (!t.apportion) return {};
    if ((t.apportion->method == apportion_method::divisors) != t.apportion->divisors.has_value())
        return misfit("shares.apportion.divisors");
    return {};
}

result<void> check_party_texts(const world& w, const share_terms& t) {
    const auto check = [&](const localized& title, const std::string& field) -> result<void> {
        if (blank(title)) return refuse(refusals::title_missing, field);
        return check_text(w, title, field, max_title_bytes);
    };
    for (std::size_t i = 0; i < t.parties.size(); ++i) {
        const share_party& one = t.parties[i];
        VECHE_CHECK(check(one.title, at_party(i, "title")));
        if (one.source.size() > max_source_bytes)
            return refuse(refusals::text_too_long, at_party(i, "source"),
                          std::to_string(max_source_bytes));
        if (one.source.empty() && (one.weight || one.claim))
            return refuse(refusals::source_missing, at_party(i, "source"), one.party.value);
    }
    for (std::size_t i = 0; i < t.groups.size(); ++i)
        VECHE_CHECK(check(t.groups[i].title, at_group(i, "title")));
    return {};
}

/// Each id once among parties and groups together, and each group after the one it is in.
result<void> check_share_ids(const share_terms& t) {
    std::vector<party_id> parties;
    for (const share_party& one : t.parties) parties.push_back(one.party);
    for (const share_group& one : t.groups) parties.push_back({one.group.value});
    if (t.groups.size() > max_share_groups)
        return refuse(refusals::too_many, "shares.groups", std::to_string(max_share_groups));
    VECHE_CHECK(check_ids(parties, "shares.parties", max_parties + t.groups.size()));
    std::set<group_id> known;
    for (std::size_t i = 0; i < t.groups.size(); ++i) {
        const share_group& one = t.groups[i];
        // The slash parts the groups of a path.
        if (one.group.value.find('/') != std::string::npos)
            return refuse(refusals::group_id_malformed, at_group(i, "group"), one.group.value);
        if (one.within && !known.contains(*one.within))
            return refuse(refusals::group_unknown, at_group(i, "within"), one.within->value);
        known.insert(one.group);
    }
    for (std::size_t i = 0; i < t.parties.size(); ++i)
        if (t.parties[i].group && !known.contains(*t.parties[i].group))
            return refuse(refusals::group_unknown, at_party(i, "group"), t.parties[i].group->value);
    return {};
}

result<void> check_places_of(const world& w, const share_terms& t) {
    for (std::size_t i = 0; i < t.parties.size(); ++i) {
        const share_party& one = t.parties[i];
        if (one.member && !w.charter.find_member(*one.member))
            return refuse(refusals::member_unknown, at_party(i, "member"), one.member->value);
        if (one.office && !w.charter.find_office(*one.office))
            return refuse(refusals::office_unknown, at_party(i, "office"), one.office->value);
    }
    return {};
}

result<void> check_apportioned(const share_terms& t) {
    for (std::size_t i = 0; i < t.parties.size(); ++i) {
        const share_party& one = t.parties[i];
        if (one.claim) return misfit(at_party(i, "claim"));
        if (one.office) return misfit(at_party(i, "office"));
        if (!one.weight || *one.weight < 1 || *one.weight > engine::most_seats)
            return refuse(refusals::weight_malformed, at_party(i, "weight"), one.party.value,
                          std::to_string(engine::most_seats));
    }
    return {};
}

/// Whether weights mean something under the rule, or as claims that nobody stated.
bool reads_weights(const divide_terms& how) {
    return how.rule == engine::division_rule::max_min ||
           how.rule == engine::division_rule::proportional || how.missing == missing_claim::weight;
}

result<void> check_divided(const share_terms& t) {
    if (!t.groups.empty()) return misfit("shares.groups");
    if (t.divide->missing.has_value() != has_stated_claims(t))
        return misfit("shares.divide.missing");
    const bool weighted = t.parties.front().weight.has_value();
    if (weighted && !reads_weights(*t.divide)) return misfit(at_party(0, "weight"));
    if (!weighted && t.divide->missing == missing_claim::weight)
        return refuse(refusals::weight_malformed, at_party(0, "weight"),
                      t.parties.front().party.value, std::to_string(engine::most_seats));
    for (std::size_t i = 0; i < t.parties.size(); ++i) {
        const share_party& one = t.parties[i];
        if (one.least) return misfit(at_party(i, "least"));
        if (one.most) return misfit(at_party(i, "most"));
        if (one.claim.has_value() == one.office.has_value() ||
            (one.claim && (*one.claim < 0 || *one.claim > max_claim)))
            return refuse(refusals::claim_malformed, at_party(i, "claim"), one.party.value,
                          std::to_string(max_claim));
        if (one.weight.has_value() != weighted ||
            (one.weight && (*one.weight < 1 || *one.weight > engine::most_seats)))
            return refuse(refusals::weight_malformed, at_party(i, "weight"), one.party.value,
                          std::to_string(engine::most_seats));
    }
    return {};
}

result<void> check_custodians(const world& w, const open_call& c) {
    if (draws_lots(c) != c.rules.lottery.has_value()) return misfit("rules.lottery");
    VECHE_CHECK(check_ids(c.custodians, "custodians", max_custodians));
    if (c.custodians.empty() == draws_lots(c))
        return refuse(refusals::custodians_malformed, "custodians", std::to_string(max_custodians));
    if (draws_lots(c) && c.custodians.size() < least_custodians(c))
        return refuse(refusals::custodian_alone, "custodians");
    for (std::size_t i = 0; i < c.custodians.size(); ++i)
        if (!w.charter.find_office(c.custodians[i]))
            return refuse(refusals::office_unknown, "custodians." + std::to_string(i),
                          c.custodians[i].value);
    return {};
}

/// The event that says who gets what fits one entry, however long its figures are.
result<void> check_shares_size(const share_terms& t) {
    constexpr std::size_t figures = 200;  // claim, exact share, units, names of the fields
    constexpr std::size_t level = 250;
    std::size_t bytes = 1000;
    for (const share_party& one : t.parties) {
        // In its share, at the level where it stops, and twice in a tie.
        bytes += figures + 4 * (one.party.value.size() + 3);
        if (t.divide) bytes += level;
    }
    for (const share_group& one : t.groups) bytes += level + 6 * (one.group.value.size() + 3);
    if (bytes > max_result_bytes)
        return refuse(refusals::result_too_large, "shares.parties", std::to_string(bytes),
                      std::to_string(max_result_bytes));
    return {};
}

/// Shared out by order, as if nobody had stated a claim: what the engine refuses is said at once.
result<void> check_by_trial(const open_call& c) {
    const call trial(c);
    const auto made = share_by_order(trial);
    if (!made) {
        refusal why = made.error();
        why.field = "shares";
        return tl::unexpected(std::move(why));
    }
    return {};
}

}  // namespace

result<void> check_shares(const world& w, const open_call& c) {
    if (!c.shares) return refuse(refusals::shares_missing, "shares");
    const share_terms& t = *c.shares;
    VECHE_CHECK(check_way(w, t));
    VECHE_CHECK(check_party_texts(w, t));
    VECHE_CHECK(check_share_ids(t));
    VECHE_CHECK(check_places_of(w, t));
    VECHE_CHECK(check_nothing_else(c));
    VECHE_CHECK(t.apportion ? check_apportioned(t) : check_divided(t));
    VECHE_CHECK(check_custodians(w, c));
    VECHE_CHECK(check_shares_size(t));
    return check_by_trial(c);
}

}  // namespace veche::calls
