#include <algorithm>
#include <set>

#include "fund/fund.hpp"
#include "fund/ledger.hpp"
#include "fund/posting.hpp"
#include "fund/refusal.hpp"

namespace veche::fund {
namespace {

result<void> by_decision(const world& w, const context& ctx, std::string_view type) {
    if (!ctx.decision) return refuse(refusals::only_by_decision);
    return charter::require(w.charter, ctx, "", ctx.decision->body, type);
}

/// Power "money" in the body of the office under which the actor acts.
result<void> by_treasury(const world& w, const context& ctx, std::string_view type) {
    const charter::office* office = w.charter.find_office({ctx.auth});
    return charter::require(w.charter, ctx, "money", office ? office->body : body_id{}, type);
}

result<void> check_unit(const world& w, const amount& a, std::string_view field) {
    if (!w.charter.find_unit(a.unit))
        return refuse(refusals::unit_unknown, std::string(field) + ".unit", a.unit.value);
    return {};
}

result<void> check_positive(const world& w, const amount& a, std::string_view field) {
    VECHE_CHECK(check_unit(w, a, field));
    if (a.minor <= 0) return refuse(refusals::amount_not_positive, std::string(field) + ".minor");
    return {};
}

result<void> check_year(std::int32_t year) {
    if (year < 1900 || year > 9999) return refuse(refusals::year_malformed, "year");
    return {};
}

bool blank(const localized& text) {
    return std::all_of(text.begin(), text.end(), [](const auto& t) { return t.second.empty(); });
}

bool is_member(const charter::state& c, const member_id& id, date on) {
    const charter::member* m = c.find_member(id);
    return m && m->from <= on && (!m->until || on <= *m->until);
}

result<void> check_fits(const world& w, const std::vector<leg>& legs) {
    if (const auto account = overflowing_account(w.own, legs))
        return refuse(refusals::overflow, {}, *account);
    return {};
}

result<std::vector<share>> stated_shares(const charter::state& c, const assess_contributions& a,
                                         date on) {
    int128 sum = 0;
    std::set<member_id> seen;
    for (std::size_t i = 0; i < a.shares.size(); ++i) {
        const share& one = a.shares[i];
        const std::string place = "shares." + std::to_string(i);
        if (!is_member(c, one.member, on))
            return refuse(refusals::member_unknown, place + ".member", one.member.value);
        if (!seen.insert(one.member).second)
            return refuse(refusals::share_repeated, place + ".member", one.member.value);
        if (one.amount_.unit != a.total.unit)
            return refuse(refusals::unit_differs, place + ".amount.unit", one.amount_.unit.value,
                          a.total.unit.value);
        if (one.amount_.minor < 0)
            return refuse(refusals::amount_not_positive, place + ".amount.minor");
        sum += one.amount_.minor;
    }
    if (sum != a.total.minor)
        return refuse(refusals::shares_differ, "shares", to_text(sum),
                      std::to_string(a.total.minor));
    return a.shares;
}

/// The member's weight "money" on that day.
std::int64_t money_weight(const charter::member& m, date on) {
    std::int64_t value = 0;
    std::optional<date> latest;
    for (const charter::weight& w : m.weights)
        if (w.name == "money" && w.from <= on && (!latest || w.from >= *latest)) {
            latest = w.from;
            value = w.value;
        }
    return value;
}

}  // namespace

result<std::vector<share>> shares_of(const charter::state& c, const assess_contributions& a,
                                     date on) {
    if (!a.shares.empty()) return stated_shares(c, a, on);
    std::vector<const charter::member*> members;
    std::vector<std::int64_t> weights;
    for (const charter::member& m : c.document().members) {
        if (!is_member(c, m.id, on) || money_weight(m, on) <= 0) continue;
        members.push_back(&m);
        weights.push_back(money_weight(m, on));
    }
    if (members.empty()) return refuse(refusals::key_missing, "shares");
    const auto parts = divide_by_largest_remainder(a.total.minor, weights);
    std::vector<share> out;
    for (std::size_t i = 0; i < members.size(); ++i)
        out.push_back({members[i]->id, {parts[i], a.total.unit}});
    return out;
}

result<events> decide(const world& w, const appropriate& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, appropriate::wire.type));
    if (w.own.lines.contains(c.line)) return refuse(refusals::line_taken, "line", c.line.value);
    if (blank(c.title)) return refuse(refusals::title_missing, "title");
    VECHE_CHECK(check_positive(w, c.amount_, "amount"));
    VECHE_CHECK(check_year(c.year));
    return events{};
}

result<events> decide(const world& w, const amend_appropriation& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, amend_appropriation::wire.type));
    const budget_line* line = w.own.lines.find(c.line);
    if (!line) return refuse(refusals::line_unknown, "line", c.line.value);
    if (c.amount_.unit != line->amended.unit)
        return refuse(refusals::unit_differs, "amount.unit", c.amount_.unit.value,
                      line->amended.unit.value);
    if (c.amount_.minor < 0) return refuse(refusals::amount_negative, "amount.minor");
    if (c.amount_ == line->amended) return refuse(refusals::amount_unchanged, "amount.minor");
    return events{};
}

result<events> decide(const world& w, const assess_contributions& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, assess_contributions::wire.type));
    if (w.own.assessments.contains(c.assessment))
        return refuse(refusals::assessment_taken, "assessment", c.assessment.value);
    VECHE_CHECK(check_year(c.year));
    VECHE_CHECK(check_positive(w, c.total, "total"));
    const auto shares = VECHE_TRY(shares_of(w.charter, c, date_of(ctx.at)));
    VECHE_CHECK(check_fits(w, legs_of_assessment(shares)));
    return events{};
}

result<events> decide(const world& w, const receive_contribution& c, const context& ctx) {
    VECHE_CHECK(by_treasury(w, ctx, receive_contribution::wire.type));
    if (w.own.receipts.contains(c.contribution))
        return refuse(refusals::contribution_taken, "contribution", c.contribution.value);
    // A former member may still pay what it owed.
    if (!w.charter.find_member(c.member))
        return refuse(refusals::member_unknown, "member", c.member.value);
    VECHE_CHECK(check_positive(w, c.amount_, "amount"));
    if (c.effective > date_of(ctx.at))
        return refuse(refusals::date_future, "effective", to_text(c.effective));
    if (c.reference.empty() || c.reference.size() > 140)
        return refuse(refusals::reference_missing, "reference");
    VECHE_CHECK(check_fits(w, legs_of_receipt(c.member, c.amount_)));
    return events{};
}

result<events> decide(const world& w, const correct_contribution& c, const context& ctx) {
    VECHE_CHECK(by_treasury(w, ctx, correct_contribution::wire.type));
    const receipt* r = w.own.receipts.find(c.contribution);
    if (!r) return refuse(refusals::contribution_unknown, "contribution", c.contribution.value);
    if (r->reversed_seq)
        return refuse(refusals::contribution_reversed, "contribution", c.contribution.value);
    if (r->by == ctx.actor) return refuse(refusals::four_eyes);
    if (blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_fits(w, reversed(legs_of_receipt(r->member, r->amount_))));
    return events{};
}

}  // namespace veche::fund
