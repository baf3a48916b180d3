// A case: positions, finding, the panel, measures and their proof, removal, tests and checks.

#include <algorithm>

#include "barriers/checks.hpp"
#include "charter/words.hpp"

namespace veche::barriers {
namespace {

using at = barrier_standing;

const body_id& body_of(const barrier_case& one) {
    return one.received.what.body;
}

/// The case at one of these steps, acted on by the contact point of its member.
template <class Command>
result<const barrier_case*> case_for_member(const world& w, const Command& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(find_case(w, c.barrier));
    if (!one->record) VECHE_CHECK(check_standing(*one, {}));
    VECHE_CHECK(may_answer(w, body_of(*one), one->record->what.member, ctx, Command::wire.type));
    return one;
}

template <class Command>
result<const barrier_case*> case_for(const world& w, const Command& c, std::string_view power,
                                     const context& ctx) {
    const barrier_case* one = VECHE_TRY(find_case(w, c.barrier));
    VECHE_CHECK(may(w, body_of(*one), power, ctx, Command::wire.type));
    return one;
}

result<void> check_extension(const barrier_case& one, const member_id& by) {
    if (by != one.record->what.member)
        return refuse(refusals::time_of_other, "says", one.record->what.member.value);
    VECHE_CHECK(check_standing(one, std::array{at::position}));
    const bool given = std::any_of(
        one.positions.begin(), one.positions.end(),
        [](const deed<answer>& before) { return before.what.says == position::asks_time; });
    if (given) return refuse(refusals::time_given, "says", "b-" + std::to_string(one.number));
    return {};
}

const remedy* find_remedy(const barrier_case& one, const remedy_id& id) {
    for (const remedy& each : one.remedies)
        if (each.promised.what.remedy == id) return &each;
    return nullptr;
}

/// What a test or a check says.
template <class Command>
result<void> check_looked(const world& w, const Command& c) {
    VECHE_CHECK(need_text(w, c.text, "text"));
    return check_file(c.document);
}

}  // namespace

result<events> decide(const world& w, const answer& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(find_case(w, c.barrier));
    const member_id by = VECHE_TRY(contact_of(w, body_of(*one), ctx, answer::wire.type));
    VECHE_CHECK(check_standing(*one, std::array{at::position, at::finding, at::panel}));
    VECHE_CHECK(need_text(w, c.text, "text"));
    VECHE_CHECK(check_file(c.document));
    if (one->positions.size() >= max_words)
        return refuse(refusals::list_too_long, "text", std::to_string(max_words));
    if (c.says == position::asks_time) VECHE_CHECK(check_extension(*one, by));
    return events{};
}

result<events> decide(const world& w, const give_finding& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(case_for(w, c, "barriers", ctx));
    VECHE_CHECK(check_standing(*one, std::array{at::position, at::finding}));
    VECHE_CHECK(need_text(w, c.text, "text"));
    VECHE_CHECK(check_file(c.document));
    // A member that is silent past its day holds nothing up.
    if (one->standing == at::position && !one->runs.back().late)
        return refuse(refusals::position_missing, "barrier", one->record->what.member.value,
                      to_text(one->runs.back().due));
    if (c.consultations < date_of(ctx.at))
        return refuse(refusals::consultations_past, "consultations", to_text(date_of(ctx.at)));
    return events{};
}

result<events> decide(const world& w, const vote_class& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(case_for(w, c, "judge_barriers", ctx));
    VECHE_CHECK(check_standing(*one, std::array{at::panel}));
    return check_text(w, c.text, "text").map([] { return events{}; });
}

result<events> decide(const world& w, const qualify& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(case_for(w, c, "judge_barriers", ctx));
    VECHE_CHECK(check_standing(*one, std::array{at::panel}));
    const std::vector<person_id> panel = panel_of(w.charter, body_of(*one), date_of(ctx.at));
    std::map<barrier_class, std::int32_t> counts;
    std::int32_t cast = 0;
    for (const deed<vote_class>& vote : votes_that_count(one->rounds.back())) {
        if (!std::binary_search(panel.begin(), panel.end(), vote.done.by)) continue;
        ++counts[vote.what.class_];
        ++cast;
    }
    const auto size = static_cast<std::int32_t>(panel.size());
    if (2 * cast <= size)
        return refuse(refusals::no_quorum, {}, std::to_string(cast), std::to_string(size));
    for (const auto& [class_, votes] : counts)
        if (2 * votes > cast)
            return events{make_event(qualified{c.barrier, class_, votes, cast, size})};
    return refuse(refusals::no_majority, {}, std::to_string(cast));
}

result<events> decide(const world& w, const promise_remedy& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(case_for_member(w, c, ctx));
    VECHE_CHECK(check_standing(*one, std::array{at::measures}));
    VECHE_CHECK(need_text(w, c.text, "text"));
    VECHE_CHECK(need_text(w, c.owner, "owner", max_title_bytes));
    VECHE_CHECK(check_text(w, c.reason, "reason"));
    const remedy* there = find_remedy(*one, c.remedy);
    if (there && charter::blank(c.reason))
        return refuse(refusals::reason_missing, "reason", c.remedy.value);
    if (!there && one->remedies.size() >= max_list)
        return refuse(refusals::list_too_long, "remedy", std::to_string(max_list));
    if (c.due < date_of(ctx.at)) return refuse(refusals::due_past, "due", to_text(date_of(ctx.at)));
    if (there && there->proved) return refuse(refusals::remedy_proved, "remedy", c.remedy.value);
    return events{};
}

result<events> decide(const world& w, const prove_remedy& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(case_for_member(w, c, ctx));
    VECHE_CHECK(check_standing(*one, std::array{at::measures}));
    VECHE_CHECK(check_looked(w, c));
    const remedy* there = find_remedy(*one, c.remedy);
    if (!there) return refuse(refusals::remedy_unknown, "remedy", c.remedy.value);
    if (there->proved) return refuse(refusals::remedy_proved, "remedy", c.remedy.value);
    if (date_of(ctx.at) < c.on)
        return refuse(refusals::day_to_come, "on", to_text(date_of(ctx.at)));
    return events{};
}

result<events> decide(const world& w, const claim_removal& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(case_for_member(w, c, ctx));
    VECHE_CHECK(check_standing(*one, std::array{at::measures}));
    VECHE_CHECK(check_looked(w, c));
    if (std::any_of(one->remedies.begin(), one->remedies.end(),
                    [](const remedy& each) { return !each.proved; }))
        return refuse(refusals::remedies_open, "barrier", c.barrier.value);
    return events{};
}

result<events> decide(const world& w, const record_test& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(case_for(w, c, "test_barriers", ctx));
    VECHE_CHECK(check_standing(*one, std::array{at::claimed}));
    VECHE_CHECK(check_looked(w, c));
    return events{};
}

result<events> decide(const world& w, const record_check& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(case_for(w, c, "test_barriers", ctx));
    VECHE_CHECK(check_standing(*one, std::array{at::checking}));
    VECHE_CHECK(check_looked(w, c));
    return events{};
}

result<events> decide(const world& w, const weigh& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(case_for(w, c, "barriers", ctx));
    if (!one->record) VECHE_CHECK(check_standing(*one, {}));
    if (c.finding.has_value() != c.row.has_value() || (!c.finding && !one->weight))
        return refuse(refusals::finding_missing, "finding");
    return events{};
}

}  // namespace veche::barriers
