#include "prevention/checks.hpp"

#include <algorithm>
#include <set>

#include "charter/words.hpp"

namespace veche::prevention {
namespace {

// Wide enough for any history, and far from where arithmetic of days could end.
constexpr date first_day{10957};  // 2000-01-01
constexpr date final_day{84370};  // 2200-12-31

result<void> check_words(const world& w, const localized& text, const std::string& field,
                         std::size_t limit) {
    return charter::check_text(w.charter, text, field, limit, refusals::text_too_long);
}

bool blank(const std::optional<std::string>& text) {
    return !text || text->find_first_not_of(" \t\n") == std::string::npos;
}

result<void> check_length(const std::optional<std::string>& text, const std::string& field) {
    if (text && text->size() > max_word_bytes)
        return refuse(refusals::text_too_long, field, std::to_string(max_word_bytes));
    return {};
}

result<void> check_scale(const order_terms& says, const std::string& where) {
    const kind_scale scale = scale_of(says.kind);
    if (says.level < 0 || says.level > scale.highest)
        return refuse(refusals::level_impossible, where + "level", code_of(says.kind),
                      std::to_string(scale.highest));
    const bool scoped = scale.flagged && says.level > 0;
    if (scoped && !says.scope)
        return refuse(refusals::scope_missing, where + "scope", code_of(says.kind));
    if (!scoped && says.scope)
        return refuse(refusals::scope_impossible, where + "scope", code_of(says.kind));
    if (says.scope == order_scope::general && (!says.where.empty() || !charter::blank(says.whom)))
        return refuse(refusals::target_unclear, where + "scope");
    if (says.region && !says.where.empty())
        return refuse(refusals::target_unclear, where + "where");
    if (says.where.size() > max_places)
        return refuse(refusals::list_too_long, where + "where", std::to_string(max_places));
    return {};
}

result<void> check_proofs(const order_terms& says, const std::string& where) {
    const bool of_proofs = says.kind == preventive_kind::p1;
    if (of_proofs != !says.issues.empty() && (says.level > 0 || !of_proofs))
        return refuse(refusals::proofs_misplaced, where + "issues");
    if (of_proofs && !says.asks.empty()) return refuse(refusals::proofs_misplaced, where + "asks");
    for (const auto& [list, name] : {std::pair(&says.asks, "asks"), {&says.issues, "issues"}}) {
        if (list->size() > max_proofs)
            return refuse(refusals::list_too_long, where + name, std::to_string(max_proofs));
        std::set<std::string> seen;
        for (const std::string& one : *list)
            if (!is_identifier(one) || !seen.insert(one).second)
                return refuse(refusals::proof_malformed, where + name, one.substr(0, 64));
    }
    return {};
}

result<void> check_days(const order_terms& says, const std::string& where) {
    if (says.from < first_day || final_day < says.from)
        return refuse(refusals::day_impossible, where + "from");
    if (!says.to) return {};
    if (final_day < *says.to) return refuse(refusals::day_impossible, where + "to");
    if (*says.to < says.from) return refuse(refusals::days_reversed, where + "to");
    return {};
}

}  // namespace

result<const kept_order*> find_standing(const world& w, const order_id& id) {
    const kept_order* one = w.own.orders.find(id);
    if (!one) return refuse(refusals::order_unknown, "order", id.value);
    if (one->withdrawn()) return refuse(refusals::order_withdrawn, "order", id.value);
    return one;
}

result<const clash_case*> find_clash(const world& w, const clash_id& id) {
    if (const clash_case* one = w.own.clashes.find(number_of(id))) return one;
    return refuse(refusals::clash_unknown, "clash", id.value);
}

result<const clash_case*> find_open_clash(const world& w, const clash_id& id) {
    const clash_case* one = VECHE_TRY(find_clash(w, id));
    if (one->standing != clash_standing::open)
        return refuse(refusals::clash_ended, "clash", id.value);
    return one;
}

result<void> may_keep(const world& w, const body_id& body, const context& ctx,
                      std::string_view type) {
    if (!w.charter.find_body(body)) return refuse(refusals::body_unknown, "body", body.value);
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (!charter::require(w.charter, ctx, "prevention", body, type))
        return refuse(refusals::not_desk, {}, body.value);
    return {};
}

bool orders_for(const world& w, const body_id& body, const member_id& member, const context& ctx,
                std::string_view type) {
    if (ctx.decision) return false;
    const charter::office* held = w.charter.find_office({ctx.auth});
    return held && held->member == member &&
           charter::require(w.charter, ctx, "order_measures", body, type);
}

result<void> may_order(const world& w, const body_id& body, const member_id& member,
                       const context& ctx, std::string_view type) {
    if (!w.charter.find_body(body)) return refuse(refusals::body_unknown, "body", body.value);
    if (!w.charter.find_member(member))
        return refuse(refusals::member_unknown, "what.member", member.value);
    if (ctx.decision) return charter::require(w.charter, ctx, "", ctx.decision->body, type);
    if (orders_for(w, body, member, ctx, type)) return {};
    if (charter::require(w.charter, ctx, "prevention", body, type)) return {};
    return refuse(refusals::not_orderer, {}, member.value, body.value);
}

result<void> check_terms(const world& w, const order_terms& says, const std::string& where) {
    VECHE_CHECK(check_scale(says, where));
    VECHE_CHECK(check_proofs(says, where));
    VECHE_CHECK(check_days(says, where));
    VECHE_CHECK(check_words(w, says.whom, where + "whom", max_title_bytes));
    VECHE_CHECK(check_words(w, says.title, where + "title", max_title_bytes));
    VECHE_CHECK(check_words(w, says.decided_by, where + "decided_by", max_title_bytes));
    VECHE_CHECK(check_length(says.source, where + "source"));
    return check_act(w, says.act, says.source, where + "act.");
}

result<void> check_act(const world& w, const std::optional<legal_act>& act,
                       const std::optional<std::string>& source, const std::string& where) {
    const bool named = act && (!charter::blank(act->title) || !blank(act->number));
    if (!named && blank(source)) return refuse(refusals::act_missing, where + "number");
    if (!act) return {};
    VECHE_CHECK(check_words(w, act->title, where + "title", max_title_bytes));
    VECHE_CHECK(check_length(act->number, where + "number"));
    return check_length(act->address, where + "address");
}

result<void> need_text(const world& w, const localized& text, const std::string& field,
                       std::size_t limit) {
    if (charter::blank(text)) return refuse(refusals::text_missing, field);
    return check_words(w, text, field, limit);
}

}  // namespace veche::prevention
