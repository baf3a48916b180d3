#include "barriers/checks.hpp"

#include <algorithm>

#include "charter/words.hpp"

namespace veche::barriers {

result<const barrier_case*> find_report(const world& w, const barrier_id& id) {
    if (const barrier_case* one = w.own.cases.find(id)) return one;
    return refuse(refusals::barrier_unknown, "barrier", id.value);
}

result<const barrier_case*> find_case(const world& w, const barrier_id& id) {
    const barrier_case* one = VECHE_TRY(find_report(w, id));
    if (one->into) return refuse(refusals::linked_away, "barrier", id.value, one->into->value);
    return one;
}

result<const draft*> find_draft(const world& w, const draft_id& id) {
    if (const draft* one = w.own.drafts.find(id)) return one;
    return refuse(refusals::draft_unknown, "draft", id.value);
}

result<void> check_standing(const barrier_case& of, std::span<const barrier_standing> fit) {
    if (std::find(fit.begin(), fit.end(), of.standing) != fit.end()) return {};
    return refuse(refusals::wrong_step, "barrier", "b-" + std::to_string(of.number),
                  std::string(name_of(of.standing)));
}

result<void> may(const world& w, const body_id& body, std::string_view power, const context& ctx,
                 std::string_view type) {
    if (!w.charter.find_body(body)) return refuse(refusals::body_unknown, "body", body.value);
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (!charter::require(w.charter, ctx, power, body, type))
        return refuse(refusals::not_desk, {}, body.value, std::string(power));
    return {};
}

result<void> may_answer(const world& w, const body_id& body, const member_id& member,
                        const context& ctx, std::string_view type) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    const charter::office* held = w.charter.find_office({ctx.auth});
    if (!charter::require(w.charter, ctx, "answer_barriers", body, type) || !held ||
        held->member != member)
        return refuse(refusals::not_contact, {}, member.value, body.value);
    return {};
}

result<member_id> contact_of(const world& w, const body_id& body, const context& ctx,
                             std::string_view type) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    const charter::office* held = w.charter.find_office({ctx.auth});
    if (!charter::require(w.charter, ctx, "answer_barriers", body, type) || !held || !held->member)
        return refuse(refusals::no_contact, {}, body.value);
    return *held->member;
}

std::vector<person_id> panel_of(const charter::state& charter, const body_id& body, date on) {
    std::vector<person_id> out;
    for (const charter::mandate& one : charter.document().mandates) {
        if (!one.office || on < one.from || (one.until && *one.until < on)) continue;
        const charter::office* held = charter.find_office(*one.office);
        const auto has = [](const auto& list, const auto& wanted) {
            return std::find(list.begin(), list.end(), wanted) != list.end();
        };
        if (!held || !has(held->powers, "judge_barriers")) continue;
        if (held->body == body || has(held->over, body)) out.push_back(one.person);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

result<void> check_text(const world& w, const localized& text, const std::string& field,
                        std::size_t limit) {
    return charter::check_text(w.charter, text, field, limit, refusals::text_too_long);
}

result<void> need_text(const world& w, const localized& text, const std::string& field,
                       std::size_t limit) {
    if (charter::blank(text)) return refuse(refusals::text_missing, field);
    return check_text(w, text, field, limit);
}

result<void> check_file(const std::optional<content_ref>& file) {
    if (file && !fault_in(*file).empty())
        return refuse(refusals::file_malformed, "document." + std::string(fault_in(*file)));
    return {};
}

result<void> check_hindered(const world& w, const hindered& what) {
    if (what.headings.empty() && what.services.empty() && !what.whom)
        return refuse(refusals::nothing_hindered, "hinders");
    for (const auto& [list, name, fits] :
         {std::tuple(&what.headings, "hinders.headings.", &is_heading),
          std::tuple(&what.services, "hinders.services.", &is_service)}) {
        if (list->size() > max_list)
            return refuse(refusals::list_too_long, "hinders", std::to_string(max_list));
        for (std::size_t i = 0; i < list->size(); ++i)
            if (!fits((*list)[i]))
                return refuse(refusals::heading_malformed, name + std::to_string(i),
                              (*list)[i].substr(0, 40));
    }
    if (what.whom) VECHE_CHECK(need_text(w, *what.whom, "hinders.whom", max_title_bytes));
    return {};
}

bool word_fits(const barrier_case& report, const barrier_case& main, reporter_word word) {
    switch (word) {
        case reporter_word::comment:
        case reporter_word::withdraw:
            return report.standing != barrier_standing::declined &&
                   report.standing != barrier_standing::commented;
        case reporter_word::confirm:
        case reporter_word::dispute:
            return main.standing == barrier_standing::claimed;
        case reporter_word::returned:
            return main.standing == barrier_standing::removed ||
                   main.standing == barrier_standing::closed;
    }
    return false;
}

std::vector<deed<vote_class>> votes_that_count(const panel_round& round) {
    std::vector<deed<vote_class>> out;
    for (const deed<vote_class>& one : round.votes) {
        const auto same = std::find_if(out.begin(), out.end(), [&](const auto& other) {
            return other.done.by == one.done.by;
        });
        if (same == out.end())
            out.push_back(one);
        else
            *same = one;
    }
    return out;
}

}  // namespace veche::barriers
