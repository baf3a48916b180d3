// Reports: received, taken or declined, linked; what reporters say later.

#include <algorithm>

#include "barriers/checks.hpp"
#include "charter/words.hpp"
#include "journal/signed_note.hpp"
#include "kernel/hash.hpp"

namespace veche::barriers {
namespace {

using at = barrier_standing;

/// The report, and the power of the desk in the body that keeps it.
template <class Command>
result<const barrier_case*> report_for_desk(const world& w, const Command& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(find_report(w, c.barrier));
    VECHE_CHECK(may(w, one->received.what.body, "barriers", ctx, Command::wire.type));
    return one;
}

result<void> check_linked(const barrier_case& one) {
    if (one.into)
        return refuse(refusals::linked_away, "barrier", "b-" + std::to_string(one.number),
                      one.into->value);
    return {};
}

/// A case that others may be linked to.
bool is_main(const barrier_case& one) {
    return one.record.has_value() && !one.into && one.standing != at::not_found;
}

}  // namespace

result<events> decide(const world& w, const receive& c, const context& ctx) {
    VECHE_CHECK(may(w, c.body, "barriers", ctx, receive::wire.type));
    const draft* on = c.draft ? VECHE_TRY(find_draft(w, *c.draft)) : nullptr;
    const auto key = from_base64(c.key);
    if (!key || !journal::is_acceptable_public_key(*key))
        return refuse(refusals::key_malformed, "key");
    if (w.own.by_key.contains(c.key)) return refuse(refusals::key_taken, "key");
    if (c.class_ == barrier_class::none) return refuse(refusals::class_impossible, "class");
    if (c.member && !w.charter.find_member(*c.member))
        return refuse(refusals::member_unknown, "member", c.member->value);
    if (on && on->standing != draft_standing::open)
        return refuse(refusals::draft_closed, "draft", c.draft->value);
    return events{};
}

result<events> decide(const world& w, const say& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(report_for_desk(w, c, ctx));
    if (one->withdrawn) return refuse(refusals::report_withdrawn, "barrier", c.barrier.value);
    if (one->words.size() >= max_words)
        return refuse(refusals::words_full, "n", std::to_string(max_words));
    const auto next = static_cast<std::int32_t>(one->words.size()) + 1;
    if (c.n != next) return refuse(refusals::word_out_of_order, "n", std::to_string(next));
    const barrier_case& main = *w.own.cases.find(main_case(w.own, c.barrier));
    if (!word_fits(*one, main, c.word))
        return refuse(refusals::wrong_step, "word", "b-" + std::to_string(main.number),
                      std::string(name_of(main.standing)));
    const auto key = from_base64(one->received.what.key);
    const auto signature = from_base64(c.signature);
    if (!key || !signature ||
        !journal::verify_signature(*key, word_statement(c.barrier, c.n, c.word, c.sealed),
                                   *signature))
        return refuse(refusals::signature_wrong, "signature", c.barrier.value);
    return events{};
}

result<events> decide(const world& w, const decline& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(report_for_desk(w, c, ctx));
    VECHE_CHECK(check_linked(*one));
    VECHE_CHECK(check_standing(*one, std::array{at::waiting}));
    VECHE_CHECK(need_text(w, c.reason, "reason"));
    return events{};
}

result<events> decide(const world& w, const register_case& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(report_for_desk(w, c, ctx));
    if (!w.charter.find_member(c.member))
        return refuse(refusals::member_unknown, "member", c.member.value);
    VECHE_CHECK(check_linked(*one));
    if (!one->record) VECHE_CHECK(check_standing(*one, std::array{at::waiting}));
    VECHE_CHECK(check_wording(w, c));
    VECHE_CHECK(check_text(w, c.reason, "reason"));
    if (one->record && charter::blank(c.reason))
        return refuse(refusals::reason_missing, "reason", c.barrier.value);
    if (one->record && one->record->what.member != c.member)
        return refuse(refusals::member_fixed, "member", c.barrier.value,
                      one->record->what.member.value);
    VECHE_CHECK(check_reach(w, c));
    return events{};
}

result<events> decide(const world& w, const publish_comment& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(report_for_desk(w, c, ctx));
    VECHE_CHECK(check_linked(*one));
    VECHE_CHECK(check_standing(*one, std::array{at::waiting}));
    if (!one->received.what.draft)
        return refuse(refusals::not_on_draft, "barrier", c.barrier.value);
    VECHE_CHECK(need_text(w, c.text, "text"));
    return events{};
}

result<events> decide(const world& w, const link_duplicate& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(report_for_desk(w, c, ctx));
    VECHE_CHECK(check_linked(*one));
    VECHE_CHECK(
        check_standing(*one, std::array{at::waiting, at::position, at::finding, at::panel}));
    VECHE_CHECK(need_text(w, c.reason, "reason"));
    if (c.barrier == c.into) return refuse(refusals::link_itself, "into");
    const barrier_case* main = w.own.cases.find(c.into);
    if (!main || !is_main(*main) || main->received.what.body != one->received.what.body)
        return refuse(refusals::main_unfit, "into", c.into.value);
    if (!one->duplicates.empty())
        return refuse(refusals::has_duplicates, "barrier", c.barrier.value);
    return events{};
}

result<events> decide(const world& w, const unlink_duplicate& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(report_for_desk(w, c, ctx));
    VECHE_CHECK(need_text(w, c.reason, "reason"));
    if (!one->into) return refuse(refusals::not_linked, "barrier", c.barrier.value);
    return events{};
}

result<events> decide(const world& w, const reopen& c, const context& ctx) {
    const barrier_case* one = VECHE_TRY(report_for_desk(w, c, ctx));
    VECHE_CHECK(check_linked(*one));
    VECHE_CHECK(
        check_standing(*one, std::array{at::declined, at::not_found, at::removed, at::closed}));
    VECHE_CHECK(need_text(w, c.reason, "reason"));
    return events{};
}

}  // namespace veche::barriers
