// Where other offices append to the same journal: what they wrote is taken in before anything is
// decided; a group is decided on a state that can be put back; and readers see what is durable.

#include <algorithm>

#include "journal/entry.hpp"
#include "journal/glance.hpp"
#include "journal/refusal.hpp"
#include "kernel/check.hpp"
#include "office/inside.hpp"
#include "office/replay.hpp"

namespace veche::office {

void office::impl::gather_more(std::vector<pending*>& callers) {
    const std::lock_guard lock(queue_mutex);
    while (!queue.empty() && callers.size() < with.batch) {
        callers.push_back(queue.front());
        queue.pop_front();
    }
}

/// What the store knows of these commands' keys.
result<void> office::impl::look_up(std::span<pending* const> callers, group& g) const {
    std::vector<journal::store::idem_key> keys;
    for (const pending* one : callers)
        if (one->what == pending::kind::command)
            keys.push_back({one->envelope.actor, one->envelope.idem});
    if (keys.empty()) return {};
    const auto found = VECHE_TRY(store.find_idems(keys));
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (found[i])
            g.known[{std::string(keys[i].actor), std::string(keys[i].idem)}] = {found[i]->seq,
                                                                                found[i]->sha};
    return {};
}

/// Commands are decided without asking the store for their keys, as hardly any was accepted before.
/// One that was, and is accepted again, the store refuses (journal.key_taken); one that is refused
/// now is looked for here, when nobody waits for the journal's end: its first answer counts.
void office::impl::answer_repeats(std::span<pending* const> callers, group& g) {
    std::vector<pending*> refused;
    for (pending* one : callers)
        if (one->key_unknown && !one->answer->has_value()) refused.push_back(one);
    const auto asked = look_up(refused, g);
    for (pending* one : refused) {
        auto first = asked ? repeated(*one, g) : tl::unexpected(asked.error());
        if (!first)
            one->answer.emplace(tl::unexpected(first.error()));
        else if (*first)
            one->answer.emplace(**first);
    }
}

result<void> office::impl::check_clock() const {
    const auto common = store.common_clock();
    if (!common || clock_tolerance_ms == 0) return {};
    const std::int64_t apart = with.now().ms - common->ms;
    if (std::abs(apart) <= clock_tolerance_ms) return {};
    return refuse(refusals::clock_differs, {}, std::to_string(apart) + " ms");
}

/// What others wrote, before any of it is folded: so that an entry which a newer release wrote
/// leaves nothing half done here.
result<std::vector<std::string>> office::impl::fetch_known(std::uint64_t to) const {
    std::vector<std::string> entries;
    result<void> known;
    const auto check = [&](std::uint64_t seq, std::string_view bytes) -> result<void> {
        const journal::entry_view view = VECHE_TRY(journal::parse_entry(bytes));
        const journal::glance seen = VECHE_TRY(journal::glance_at(view.event_line));
        if (is_known_entry(seen.type, seen.v)) return {};
        return refuse(refusals::newer_entries, {}, std::to_string(seq), seen.type,
                      std::to_string(seen.v));
    };
    VECHE_CHECK(store.read(next_entry, to, [&](std::uint64_t seq, std::string_view bytes) {
        known = check(seq, bytes);
        if (known) entries.emplace_back(bytes);
        return known.has_value();
    }));
    VECHE_CHECK(known);
    return entries;
}

/// Folds what other offices wrote, as a replay does. What does not fold stops this one: it must not
/// decide by another state than the others'.
result<void> office::impl::take_in(std::uint64_t to, group& g) {
    if (to == next_entry || why_stopped()) return {};
    auto entries = fetch_known(to);
    if (!entries && entries.error().kind == &refusals::newer_entries) {
        const std::lock_guard lock(stopped_mutex);
        stopped = entries.error();
        return {};
    }
    if (!entries && entries.error().kind->http_status != 503) stop_for_good(entries.error());
    if (!entries) return tl::unexpected(entries.error());
    replay past(origin, std::move(state));
    past.on_proofs([](std::uint64_t, const auto&) { return result<void>{}; });
    past.on_folded([&](std::uint64_t seq, std::string_view type, json::node body) {
        count_versions(type, body);
        g.notices.push_back({seq, past.state().last_at, std::string(type), {}});
    });
    const std::size_t first = g.notices.size();
    result<void> done;
    for (const std::string& entry : *entries)
        if (done) done = past.take(entry);
    if (done) done = past.finish();
    if (!done) stop_for_good(done.error());
    for (std::size_t i = 0; i < entries->size(); ++i)
        g.notices[first + i].bytes = std::move((*entries)[i]);
    state = std::move(past.state());
    next_entry = to;
    return {};
}

std::optional<refusal> office::impl::why_stopped() const {
    const std::lock_guard lock(stopped_mutex);
    return stopped;
}

/// The state before this group.
void office::impl::undo() {
    VECHE_ENSURE(store.shared(), "only where others append can a group come to nothing");
    const auto before = visible();
    state = before->state;
    versions = before->versions;
    next_entry = state.size;
}

std::shared_ptr<const office::impl::visible_state> office::impl::visible() const {
    const std::lock_guard lock(shown_mutex);
    return shown;
}

void office::impl::show() {
    auto copy = std::make_shared<const visible_state>(visible_state{state, versions});
    const std::lock_guard lock(shown_mutex);
    shown.swap(copy);
}

/// Asks until it is known whether the group stands in the journal. Readers go on meanwhile with
/// what stood before it.
bool office::impl::settle(const group& g) {
    for (bool told = false;; told = true) {
        const auto there = store.settle(g.batch);
        unsettled = !there;
        if (there) return *there;
        const refusal& why = there.error();
        if (closing || (!why.kind->transient && why.kind->http_status != 503)) stop_for_good(why);
        if (!told && with.on_trouble) with.on_trouble(why);
        std::this_thread::sleep_for(settle_pause);
    }
}

/// Lets the writer take in what others wrote, if they did.
void office::impl::look_for_others() {
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(durable_mutex);
        number = ++looks_begun;
    }
    const auto end = store.catch_up();
    cut_off = !end;
    if (with.on_store) with.on_store(end.has_value());
    if (!end) {
        if (is_lost(end.error())) stop_for_good(end.error());
        if (with.on_trouble) with.on_trouble(end.error());
        return;
    }
    if (why_stopped()) return;
    bool behind = false;
    {
        const std::lock_guard durable_lock(durable_mutex);
        behind = end->next > durable;
    }
    if (behind) {
        pending p;
        p.what = pending::kind::others;
        if (!enqueue(p)) return;
    }
    {
        const std::lock_guard lock(durable_mutex);
        look_ended = number;
        look_found = end->next;
    }
    durable_grew.notify_all();
}

result<void> office::reach(std::uint64_t size, std::int64_t most_ms) const {
    impl& i = *impl_;
    if (!i.store.shared() || durable_size() >= size) return {};
    std::unique_lock lock(i.durable_mutex);
    // What no look finds that begins from now on does not exist, whoever claims to have seen it.
    const std::uint64_t look = i.looks_begun + 1;
    i.look_now = true;
    i.ticker_wakes.notify_all();
    const bool there = i.durable_grew.wait_for(lock, std::chrono::milliseconds(most_ms), [&] {
        return i.durable >= size || (i.look_ended >= look && i.durable >= i.look_found);
    });
    if (there) return {};
    return refuse(refusals::behind, {}, "entry " + std::to_string(size - 1));
}

office::standing office::stands() const {
    if (impl_->unsettled) return standing::unsettled;
    return impl_->cut_off ? standing::cut_off : standing::well;
}

void office::keep_to_clock(std::int64_t tolerance_ms) {
    impl_->clock_tolerance_ms = tolerance_ms;
}

bool office::shared() const {
    return impl_->store.shared();
}

result<void> office::follow_others() {
    if (!impl_->store.shared()) return {};
    pending p;
    p.what = pending::kind::others;
    VECHE_CHECK(impl_->enqueue(p));
    return {};
}

}  // namespace veche::office
