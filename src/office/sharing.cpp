// Where other offices append to the same journal: what they wrote is taken in before anything is
// decided; a group is decided on a state that can be put back; and readers see what is durable.

#include <algorithm>

#include "journal/entry.hpp"
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

/// What the store knows of these commands' keys. What is appended after that is taken in before
/// anything is decided, and tells of its own.
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
    json::document line;
    const auto check = [&](std::uint64_t seq, std::string_view bytes) -> result<void> {
        const journal::entry_view view = VECHE_TRY(journal::parse_entry(bytes));
        VECHE_CHECK(line.reset(view.event_line));
        const journal::envelope e = VECHE_TRY(journal::read_envelope(line.root()));
        if (is_known_entry(e.type, e.v)) return {};
        return refuse(refusals::newer_entries, {}, std::to_string(seq), e.type,
                      std::to_string(e.v));
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
    const auto entries = fetch_known(to);
    if (!entries && entries.error().kind == &refusals::newer_entries) {
        const std::lock_guard lock(stopped_mutex);
        stopped = entries.error();
        return {};
    }
    if (!entries && entries.error().kind->http_status != 503) stop_for_good(entries.error());
    if (!entries) return tl::unexpected(entries.error());
    replay past(origin, std::move(state));
    past.on_proofs([](std::uint64_t, const auto&) { return result<void>{}; });
    std::string_view bytes;
    past.on_folded([&](std::uint64_t seq, std::string_view type, json::node body) {
        count_versions(type, body);
        remember_act(seq, bytes, g);
        g.notices.push_back({seq, past.state().last_at, std::string(type), std::string(bytes)});
    });
    result<void> done;
    for (const std::string& entry : *entries) {
        bytes = entry;
        if (done) done = past.take(entry);
    }
    if (done) done = past.finish();
    if (!done) stop_for_good(done.error());
    state = std::move(past.state());
    next_entry = to;
    return {};
}

std::optional<refusal> office::impl::why_stopped() const {
    const std::lock_guard lock(stopped_mutex);
    return stopped;
}

/// A command that another office accepted is known here from then on.
void office::impl::remember_act(std::uint64_t seq, std::string_view entry, group& g) const {
    const auto view = journal::parse_entry(entry);
    json::document line;
    if (!view || !line.reset(view->event_line)) return;
    const auto e = journal::read_envelope(line.root());
    if (!e || e->derived) return;
    g.known[{std::string(e->actor), std::string(e->idem)}] = {seq, sha256(view->event_line)};
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
