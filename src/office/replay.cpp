#include "office/replay.hpp"

#include "assembly/events.hpp"
#include "office/office.hpp"

namespace veche::office {
namespace {

/// The act's own refusal, told as a fault of the journal.
refusal as_fault(refusal why) {
    if (why.code().starts_with("replay.")) return why;
    refusal fault{&faults::replay_refused, why.field, {}};
    fault.args = {why.sentence(), std::string(why.code())};
    return fault;
}

const route* known_to_this_program(std::string_view type, std::int64_t v) {
    const route* r = find_route(type);
    return r != nullptr && v <= r->wire.v ? r : nullptr;
}

}  // namespace

bool is_known_entry(std::string_view type, std::int64_t v) {
    return known_to_this_program(type, v) != nullptr;
}

result<const route*> replay::known_route(const journal::envelope& e) {
    if (const route* r = known_to_this_program(e.type, e.v)) return r;
    return refuse(faults::replay_newer, "type", e.type, std::to_string(e.v));
}

replay::replay(std::string origin, union_state from)
    : origin_(std::move(origin)),
      state_(std::move(from)),
      cause_at_(state_.last_at),
      taken_(state_.size) {}

result<void> replay::take(std::string_view entry) {
    const journal::entry_view view = VECHE_TRY(journal::parse_entry(entry));
    if (view.seq != taken_)
        return refuse(faults::replay_number, {}, std::to_string(view.seq), std::to_string(taken_));
    if (view.at < (taken_ == 0 ? instant{} : cause_at_))
        return refuse(faults::replay_time, {}, to_text(view.at));
    VECHE_CHECK(is_next(view) ? take_derived(view) : take_read(view));
    ++taken_;
    ++count_.entries;
    cause_at_ = view.at;
    return {};
}

/// An entry that has to be parsed: an act, a deadline that passed, or what should follow and does
/// not.
result<void> replay::take_read(const journal::entry_view& view) {
    VECHE_CHECK(line_.reset(view.event_line));
    const journal::envelope e = VECHE_TRY(journal::read_envelope(line_.root()));
    if (origin_.empty()) origin_ = e.log;
    if (e.log != origin_) return refuse(refusals::wrong_log, "log", e.log, origin_);
    const route* by = VECHE_TRY(known_route(e));
    if (next_expected_ < expected_.size() || e.derived)
        VECHE_CHECK(take_derived(view));
    else
        VECHE_CHECK(take_act(e, *by, view));
    if (folded_) folded_(view.seq, e.type, e.body);
    return {};
}

/// Whether that is the very consequence that has to come: then nobody needs to parse it, unless
/// somebody wants to see it.
bool replay::is_next(const journal::entry_view& view) const {
    return !folded_ && next_expected_ < expected_.size() &&
           view.event_line == expected_[next_expected_].line;
}

result<void> replay::take_derived(const journal::entry_view& view) {
    if (!view.signature_block.empty()) return refuse(faults::replay_signed);
    if (next_expected_ == expected_.size()) {
        // Not a consequence of the act before: only a passed deadline may stand here.
        expect(view.seq, pass_deadline(state_, view.at));
        if (expected_.empty())
            return refuse(faults::replay_uncaused, {}, line_.root().find("by").raw());
    } else if (view.at != cause_at_) {
        return refuse(faults::replay_time, {}, to_text(view.at));
    }
    const consequence& should_be = expected_[next_expected_];
    if (view.event_line != should_be.line)
        return refuse(faults::replay_consequence, {}, should_be.line);
    ++next_expected_;
    ++count_.derived;
    if (should_be.type == assembly::vote_decided::wire.type) ++count_.votes;
    if (should_be.type == assembly::decision_adopted::wire.type) ++count_.decisions;
    return {};
}

result<void> replay::take_act(const journal::envelope& e, const route& by,
                              const journal::entry_view& view) {
    if (const auto due = next_deadline(state_); due && *due <= view.at)
        return refuse(faults::replay_deadline, {}, to_text(*due));
    const bool is_signed = !view.signature_block.empty();
    if (!is_signed) ++count_.unsigned_acts;
    if (view.seq > 0) {
        std::vector<signing_key> keys =
            keys_in_force(state_, origin_, {std::string(e.actor)}, view.at);
        if (auto done = check_signing(state_, e, !keys.empty(), is_signed); !done)
            return tl::unexpected(as_fault(std::move(done).error()));
        if (is_signed && signature_)
            VECHE_CHECK(
                signature_(view.seq, view.event_line, view.signature_block, std::move(keys)));
    }
    const bool proofs_checked = VECHE_TRY(hand_out_proofs(by, e.body, view.seq));
    auto derived = carry_out(state_,
                             {e.type,
                              static_cast<std::int32_t>(e.v),
                              e.body,
                              {std::string(e.actor)},
                              std::string(e.auth),
                              proofs_checked,
                              &by},
                             view.at);
    if (!derived) return tl::unexpected(as_fault(std::move(derived).error()));
    expect(view.seq, *derived);
    ++count_.acts;
    return {};
}

/// Whether somebody else checks the costly proofs of this act.
result<bool> replay::hand_out_proofs(const route& by, json::node body, std::uint64_t seq) {
    auto work = proofs_ && by.proofs ? by.proofs(state_, body) : nullptr;
    if (!work) return false;
    VECHE_CHECK(proofs_(seq, [work = std::move(work)]() -> result<void> {
        auto done = work();
        if (!done) return tl::unexpected(as_fault(std::move(done).error()));
        return {};
    }));
    return true;
}

void replay::expect(std::uint64_t by, const events& derived) {
    expected_.clear();
    next_expected_ = 0;
    for (const event& one : derived)
        expected_.push_back({one.type, journal::compose_event_line(by, origin_, one)});
}

result<void> replay::finish() const {
    if (next_expected_ < expected_.size())
        return refuse(faults::replay_missing, {}, expected_[next_expected_].line);
    return {};
}

}  // namespace veche::office
