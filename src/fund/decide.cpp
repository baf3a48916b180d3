#include <algorithm>
#include <set>

#include "charter/refusal.hpp"
#include "fund/fund.hpp"
#include "fund/ledger.hpp"
#include "fund/posting.hpp"
#include "fund/refusal.hpp"

namespace veche::fund {
namespace {

constexpr std::size_t max_title_bytes = 1000;
constexpr std::size_t max_reason_bytes = 16'000;
constexpr std::size_t max_reference_bytes = 140;

result<void> by_decision(const world& w, const context& ctx, std::string_view type) {
    if (!ctx.decision) return refuse(refusals::only_by_decision);
    return charter::require(w.charter, ctx, "", ctx.decision->body, type);
}

/// Power "money" in the body of the office under which the actor acts.
result<void> by_treasury(const world& w, const context& ctx, std::string_view type) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    const charter::office* office = w.charter.find_office({ctx.auth});
    if (!office) return refuse(refusals::no_treasury, "auth");
    return charter::require(w.charter, ctx, "money", office->body, type);
}

result<void> check_unit(const world& w, const amount& a, std::string_view field) {
    if (!w.charter.find_unit(a.unit))
        return refuse(refusals::unit_unknown, std::string(field) + ".unit", a.unit.value);
    return {};
}

result<void> check_positive(const amount& a, std::string_view field) {
    if (a.minor <= 0) return refuse(refusals::amount_not_positive, std::string(field) + ".minor");
    return {};
}

result<void> check_year(std::int32_t year) {
    if (year < 1900 || year > 9999) return refuse(refusals::year_malformed, "year");
    return {};
}

bool blank(const localized& text) {
    return std::all_of(text.begin(), text.end(), [](const auto& t) {
        return t.second.find_first_not_of(" \t\r\n") == std::string::npos;
    });
}

/// Length, and that the languages are the charter's. A charter without a list leaves them open.
result<void> check_text(const world& w, const localized& text, const std::string& field,
                        std::size_t limit) {
    const auto& known = w.charter.document().languages;
    for (const auto& [language, words] : text) {
        const std::string place = field + "." + language;
        if (words.size() > limit)
            return refuse(refusals::text_too_long, place, std::to_string(limit));
        const bool used = std::any_of(known.begin(), known.end(),
                                      [&](const auto& one) { return one.id == language; });
        if (!known.empty() && !used)
            return refuse(charter::refusals::language_unknown, place, language);
    }
    return {};
}

/// A known id is refused: as carried out already where it was the same, as taken where it was not.
result<void> check_new(bool known, bool same, const refusal_kind& taken, std::string_view field,
                       const std::string& id) {
    if (!known) return {};
    return refuse(same ? refusals::recorded_already : taken, std::string(field), id);
}

bool same_shares(const std::vector<share>& a, const std::vector<share>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const share& x, const share& y) {
        return x.member == y.member && x.amount_ == y.amount_;
    });
}

/// Refuses where the appropriations of all lines of a unit would leave the range: while they fit,
/// so does the sum of any of them.
result<void> check_sum(int128 sum, const unit_id& unit) {
    if (!fits(sum))
        return refuse(refusals::overflow, "amount.minor", "Appropriations:" + unit.value);
    return {};
}

appropriation_fold appropriated(const world& w, const unit_id& unit) {
    const appropriation_fold* all = w.own.appropriated.find(unit);
    return all ? *all : appropriation_fold{};
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
            return refuse(refusals::not_a_member, place + ".member", one.member.value);
        if (one.amount_.unit != a.total.unit)
            return refuse(refusals::unit_differs, place + ".amount.unit", one.amount_.unit.value,
                          a.total.unit.value);
        if (!seen.insert(one.member).second)
            return refuse(refusals::share_repeated, place + ".member", one.member.value);
        if (one.amount_.minor < 0) return refuse(refusals::share_negative, place + ".amount.minor");
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
        out.push_back({members[i]->id, {static_cast<std::int64_t>(parts[i]), a.total.unit}});
    return out;
}

result<events> decide(const world& w, const appropriate& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, appropriate::wire.type));
    VECHE_CHECK(check_unit(w, c.amount_, "amount"));
    const budget_line* known = w.own.lines.find(c.line);
    const bool same = known && known->title == c.title && known->original == c.amount_ &&
                      known->year == c.year && known->measure == c.measure;
    VECHE_CHECK(check_new(known, same, refusals::line_taken, "line", c.line.value));
    if (blank(c.title)) return refuse(refusals::title_missing, "title");
    VECHE_CHECK(check_text(w, c.title, "title", max_title_bytes));
    VECHE_CHECK(check_year(c.year));
    VECHE_CHECK(check_positive(c.amount_, "amount"));
    const appropriation_fold all = appropriated(w, c.amount_.unit);
    VECHE_CHECK(check_sum(int128{all.original} + c.amount_.minor, c.amount_.unit));
    VECHE_CHECK(check_sum(int128{all.amended} + c.amount_.minor, c.amount_.unit));
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
    if (const std::int64_t spent = spent_on(w.own, *line); c.amount_.minor < spent)
        return refuse(refusals::below_spent, "amount.minor", std::to_string(spent));
    const appropriation_fold all = appropriated(w, c.amount_.unit);
    VECHE_CHECK(
        check_sum(int128{all.amended} - line->amended.minor + c.amount_.minor, c.amount_.unit));
    return events{};
}

result<events> decide(const world& w, const assess_contributions& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, assess_contributions::wire.type));
    VECHE_CHECK(check_unit(w, c.total, "total"));
    const assessment* known = w.own.assessments.find(c.assessment);
    const bool same = known && known->year == c.year && known->total == c.total &&
                      known->by_key == c.shares.empty() &&
                      (known->by_key || same_shares(known->shares, c.shares));
    VECHE_CHECK(
        check_new(known, same, refusals::assessment_taken, "assessment", c.assessment.value));
    VECHE_CHECK(check_year(c.year));
    VECHE_CHECK(check_positive(c.total, "total"));
    const auto shares = VECHE_TRY(shares_of(w.charter, c, date_of(ctx.at)));
    VECHE_CHECK(check_fits(w, legs_of_assessment(shares)));
    return events{};
}

result<events> decide(const world& w, const receive_contribution& c, const context& ctx) {
    VECHE_CHECK(by_treasury(w, ctx, receive_contribution::wire.type));
    VECHE_CHECK(check_unit(w, c.amount_, "amount"));
    if (!w.charter.find_member(c.member))
        return refuse(refusals::member_unknown, "member", c.member.value);
    const receipt* known = w.own.receipts.find(c.contribution);
    const bool same = known && known->member == c.member && known->amount_ == c.amount_ &&
                      known->effective == c.effective && known->reference == c.reference;
    VECHE_CHECK(
        check_new(known, same, refusals::contribution_taken, "contribution", c.contribution.value));
    VECHE_CHECK(check_positive(c.amount_, "amount"));
    if (c.effective > date_of(ctx.at))
        return refuse(refusals::date_future, "effective", to_text(c.effective));
    if (c.reference.empty() || c.reference.size() > max_reference_bytes)
        return refuse(refusals::reference_malformed, "reference",
                      std::to_string(max_reference_bytes));
    VECHE_CHECK(check_fits(w, legs_of_receipt(c.member, c.amount_)));
    return events{};
}

result<events> decide(const world& w, const correct_contribution& c, const context& ctx) {
    VECHE_CHECK(by_treasury(w, ctx, correct_contribution::wire.type));
    const receipt* r = w.own.receipts.find(c.contribution);
    if (!r) return refuse(refusals::contribution_unknown, "contribution", c.contribution.value);
    if (r->by == ctx.actor) return refuse(refusals::four_eyes);
    const correction* known = w.own.corrections.find(c.correction);
    const bool same = known && known->of == c.contribution && known->reason == c.reason;
    VECHE_CHECK(
        check_new(known, same, refusals::correction_taken, "correction", c.correction.value));
    if (r->reversed_seq)
        return refuse(refusals::contribution_reversed, "contribution", c.contribution.value);
    if (blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_text(w, c.reason, "reason", max_reason_bytes));
    VECHE_CHECK(check_fits(w, reversed(legs_of_receipt(r->member, r->amount_))));
    return events{};
}

}  // namespace veche::fund
