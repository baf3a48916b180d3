#include "office/office.hpp"

#include <algorithm>

#include "charter/commands.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "journal/refusal.hpp"
#include "journal/tree.hpp"
#include "kernel/check.hpp"
#include "office/admission.hpp"
#include "office/fold.hpp"
#include "office/inside.hpp"
#include "office/replay.hpp"
#include "office/streams.hpp"

namespace veche::office {

office::office(std::unique_ptr<impl> inside) : impl_(std::move(inside)) {}

result<std::unique_ptr<office>> office::open(journal::store& store, journal::publisher& publisher,
                                             options with, std::optional<snapshot> from) {
    VECHE_ENSURE(with.now, "the office is given a clock");
    auto inside = std::make_unique<impl>(store, publisher, std::move(with));
    VECHE_CHECK(inside->load(std::move(from)));
    auto made = std::unique_ptr<office>(new office(std::move(inside)));
    impl& i = *made->impl_;
    i.writer = std::thread([&i] { i.run_writer(); });
    if (i.with.ticker) i.ticker = std::thread([&i] { i.run_ticker(); });
    return made;
}

office::~office() {
    impl& i = *impl_;
    {
        // Under both, so that nobody who has just looked misses it.
        const std::scoped_lock lock(i.queue_mutex, i.ticker_mutex);
        i.closing = true;
    }
    i.queue_filled.notify_all();
    i.ticker_wakes.notify_all();
    if (i.ticker.joinable()) i.ticker.join();
    if (i.writer.joinable()) i.writer.join();
    // What was done is signed before the program goes: an older copy put in its place will show.
    if (i.with.ticker && i.durable > 0 && !i.why_stopped())
        if (auto done = i.publisher.publish(); !done && i.with.on_trouble)
            i.with.on_trouble(done.error());
}

// --- Start
// ----------------------------------------------------------------------------------------

result<void> office::impl::load(std::optional<snapshot> from) {
    const std::uint64_t known = from ? from->state.size : 0;
    if (from) {
        VECHE_ENSURE(from->origin == origin, "a snapshot is of the journal that it is used for");
        versions = std::move(from->versions);
    }
    replay past(origin, from ? std::move(from->state) : union_state{});
    // As with signatures: checked on admission, and again by whoever verifies.
    past.on_proofs([](std::uint64_t, const auto&) { return result<void>{}; });
    past.on_folded([this](std::uint64_t, std::string_view type, json::node body) {
        count_versions(type, body);
    });
    const std::uint64_t size = store.current().next;
    result<void> folded;
    // The keys by which a repeated command is recognised were compared with the entries when the
    // store was opened.
    VECHE_CHECK(store.read(known, size, [&](std::uint64_t, std::string_view bytes) {
        folded = past.take(bytes);
        return folded.has_value();
    }));
    VECHE_CHECK(folded);
    VECHE_CHECK(past.finish());
    state = std::move(past.state());
    durable = next_entry = size;
    if (store.shared()) show();
    return {};
}

/// Of what an entry touched that was folded without being decided here.
void office::impl::count_versions(std::string_view type, json::node body) {
    if (const route* r = find_route(type))
        for (const std::string& stream : streams_of(*r, body)) count_version(stream);
}

std::int64_t office::impl::count_version(const std::string& stream) {
    if (versions.contains(stream)) return ++versions.edit(stream);
    return versions.insert(stream, 1);
}

// --- The writer
// -----------------------------------------------------------------------------------

void office::impl::run_writer() {
    for (;;) {
        std::vector<pending*> callers;
        {
            std::unique_lock lock(queue_mutex);
            queue_filled.wait(lock, [this] { return closing || !queue.empty(); });
            if (queue.empty()) return;
            while (!queue.empty() && callers.size() < with.batch) {
                callers.push_back(queue.front());
                queue.pop_front();
            }
        }
        serve(std::move(callers));
    }
}

void office::impl::serve(std::vector<pending*> callers) {
    // Once more where what was decided did not arrive because the connection was lost, or where the
    // store found a command in it that was accepted before: then all keys are asked for first.
    for (const bool again : {false, true}) {
        group g;
        auto done = decide_all(callers, g, again);
        if (done) done = commit(g);
        if (done) {
            answer_repeats(callers, g);
            break;
        }
        if (!again && done.error().kind->transient && !g.batch.entries.empty()) continue;
        for (pending* caller : callers) caller->answer.emplace(tl::unexpected(done.error()));
        break;
    }
    for (pending* caller : callers) caller->served.come();
}

/// Locks the journal's end, takes in what others wrote, and decides what was asked. From the lock
/// on until the commit nobody else appends: what is decided will still be true then.
result<void> office::impl::decide_all(std::vector<pending*>& callers, group& g, bool ask_for_keys) {
    const bool writes = std::any_of(callers.begin(), callers.end(), [](const pending* one) {
        return one->what != pending::kind::others;
    });
    if (ask_for_keys && store.shared()) VECHE_CHECK(look_up(callers, g));
    const auto end = writes ? store.hold() : store.catch_up();
    if (!end) {
        if (is_lost(end.error())) stop_for_good(end.error());
        if (with.on_store) with.on_store(false);
        return tl::unexpected(end.error());
    }
    // Whoever came while the lock was waited for comes along.
    if (writes && store.shared() && !ask_for_keys) gather_more(callers);
    std::unique_lock lock(state_mutex, std::defer_lock);
    if (!store.shared()) lock.lock();
    auto done = take_in(end->next, g);
    if (done && writes) done = check_clock();
    if (!done) {
        store.release();
        undo();
        return done;
    }
    const auto why = why_stopped();
    for (pending* caller : callers) {
        const instant at = admission_time();
        auto answer = why ? result<receipt>(tl::unexpected(*why)) : admit(*caller, g, at);
        caller->answer.emplace(std::move(answer));
    }
    return {};
}

instant office::impl::admission_time() const {
    return std::max(with.now(), state.last_at);
}

result<receipt> office::impl::admit(pending& p, group& g, instant at) {
    if (p.what == pending::kind::others) return receipt{state.size, 0, false};
    if (p.what == pending::kind::tick) {
        const std::uint64_t before = state.size;
        pass_deadlines(g, at);
        return receipt{before, state.size - before, false};
    }
    if (p.what == pending::kind::command) {
        VECHE_CHECK(check_sender(p));
        if (auto first = VECHE_TRY(repeated(p, g))) return *first;
        VECHE_CHECK(check_signing(state, p.envelope, has_keys(p.envelope),
                                  p.signed_well || !with.verify_signatures));
        pass_deadlines(g, at);
        VECHE_CHECK(check_basis(p));
    }
    const std::uint64_t seq = state.size;
    const journal::envelope& e = p.envelope;
    const events derived = VECHE_TRY(carry_out(state,
                                               {e.type,
                                                static_cast<std::int32_t>(e.v),
                                                e.body,
                                                {std::string(e.actor)},
                                                std::string(e.auth),
                                                p.proofs_checked},
                                               at));
    VECHE_ENSURE(seq == next_entry, "entries are written in the order in which they are folded");
    append(g, at, p.sent.line, p.sent.signatures, e.type);
    touch_streams(g, e.type, e.body, seq);
    g.batch.idems.push_back({std::string(e.actor), std::string(e.idem), seq, p.sha});
    g.fresh[{std::string(e.actor), std::string(e.idem)}] = {seq, p.sha};
    append_derived(g, at, seq, derived);
    return receipt{seq, derived.size() + 1, false};
}

/// Who sends: the person signed in, or whoever's key signed. Comes before a repeat is answered.
result<void> office::impl::check_sender(const pending& p) const {
    const journal::envelope& e = p.envelope;
    if (e.log != origin) return refuse(refusals::wrong_log, "log", e.log, origin);
    const person_id& known = p.sent.authenticated;
    if (!known.empty() && known.value != e.actor && !p.signed_well)
        return refuse(refusals::actor_mismatch, "actor", e.actor, known.value);
    if (known.empty() && !p.signed_well && with.verify_signatures)
        return refuse(p.sent.signatures.empty() && !has_keys(e) ? refusals::not_signed_in
                                                                : refusals::signature_wrong,
                      {}, e.actor);
    return {};
}

bool office::impl::has_keys(const journal::envelope& e) const {
    return !keys_in_force(state, origin, {std::string(e.actor)}, admission_time()).empty();
}

/// The first answer again where the same command was accepted before.
result<std::optional<receipt>> office::impl::repeated(pending& p, const group& g) {
    const journal::envelope& e = p.envelope;
    std::optional<std::pair<std::uint64_t, hash256>> known;
    const auto fresh = g.fresh.find({std::string(e.actor), std::string(e.idem)});
    if (fresh != g.fresh.end()) {
        known = fresh->second;
    } else if (store.shared()) {
        const auto found = g.known.find({std::string(e.actor), std::string(e.idem)});
        if (found != g.known.end()) known = found->second;
        p.key_unknown = !known;
    } else if (const auto stored = VECHE_TRY(store.find_idem(e.actor, e.idem))) {
        known = {stored->seq, stored->sha};
    }
    if (!known) return std::optional<receipt>{};
    if (known->second != p.sha) return refuse(refusals::idem_reused, "idem");
    return std::optional<receipt>{{known->first, 0, true}};
}

result<void> office::impl::check_basis(const pending& p) const {
    for (const auto& condition : p.envelope.basis) {
        const std::int64_t* const found = versions.find(std::string(condition.stream));
        const std::int64_t now = found ? *found : 0;
        if (now != condition.ver)
            return refuse(refusals::basis_changed, "basis", condition.stream, std::to_string(now));
    }
    return {};
}

void office::impl::pass_deadlines(group& g, instant at) {
    for (;;) {
        const std::uint64_t first = state.size;
        const events due = pass_deadline(state, at);
        if (due.empty()) return;
        append_derived(g, at, first, due);
    }
}

void office::impl::append(group& g, instant at, std::string_view line,
                          const std::vector<std::string>& signatures, std::string_view type) {
    const std::uint64_t seq = next_entry++;
    std::string bytes = journal::compose_entry(seq, at, line, signatures);
    VECHE_ENSURE(bytes.size() <= journal::max_entry_bytes, "an entry fits 65535 bytes");
    g.batch.entries.push_back({seq, journal::leaf_hash(bytes), bytes});
    g.batch.at = at;
    g.notices.push_back({seq, at, std::string(type), std::move(bytes)});
}

void office::impl::append_derived(group& g, instant at, std::uint64_t by, const events& derived) {
    for (const event& e : derived) {
        const std::string line = journal::compose_event_line(by, origin, e);
        append(g, at, line, {}, e.type);
        json::document body;
        VECHE_ENSURE(body.reset(e.body).has_value(), "a derived event is canonical");
        touch_streams(g, e.type, body.root(), g.batch.entries.back().seq);
    }
}

void office::impl::touch_streams(group& g, std::string_view type, json::node body,
                                 std::uint64_t seq) {
    const route* r = find_route(type);
    VECHE_ENSURE(r, "an accepted entry has a route");
    for (std::string& stream : streams_of(*r, body)) {
        const std::int64_t version = count_version(stream);
        g.batch.streams.push_back({std::move(stream), version, seq});
    }
}

/// Where nobody else appends, a group that cannot be written ends the program. Where others do, the
/// server knows what became of it.
result<void> office::impl::commit(group& g) {
    if (g.batch.entries.empty()) {
        store.release();
    } else {
        const auto began = std::chrono::steady_clock::now();
        if (const auto done = store.append(g.batch, g.batch.entries.front().seq); !done) {
            if (!store.shared()) stop_for_good(done.error());
            if (done.error().kind == &journal::refusals::key_taken || !settle(g)) {
                undo();
                return done;
            }
        }
        const auto took = std::chrono::steady_clock::now() - began;
        if (with.on_commit)
            with.on_commit({g.batch.idems.size(), g.batch.entries.size(),
                            std::chrono::duration_cast<std::chrono::microseconds>(took).count()});
    }
    if (g.notices.empty()) return {};
    if (store.shared()) show();
    tell(g);
    return {};
}

void office::impl::tell(const group& g) {
    {
        const std::lock_guard lock(durable_mutex);
        durable = g.notices.back().seq + 1;
    }
    durable_grew.notify_all();
    const std::lock_guard lock(listeners_mutex);
    for (const notice& n : g.notices)
        for (const auto& [token, listener] : listeners) listener(n);
}

// --- Callers
// --------------------------------------------------------------------------------------

result<receipt> office::impl::enqueue(pending& p) {
    pending* const one = &p;
    enqueue_all({&one, 1});
    return *std::move(p.answer);
}

void office::impl::enqueue_all(std::span<pending* const> all) {
    {
        const std::lock_guard lock(queue_mutex);
        if (closing) {
            for (pending* p : all) p->answer = refuse(refusals::shutting_down);
            return;
        }
        if (unsettled) {
            for (pending* p : all) p->answer = refuse(refusals::unsettled);
            return;
        }
        queue.insert(queue.end(), all.begin(), all.end());
    }
    queue_filled.notify_one();
    for (pending* p : all) p->served.wait();
}

result<receipt> office::found(const charter::charter_document& document) {
    pending p;
    p.what = pending::kind::founding;
    p.sent.line = journal::compose_act_line("founder", "founder", to_json(charter::found{document}),
                                            "founding", impl_->origin, charter::found::wire.type,
                                            charter::found::wire.v);
    VECHE_CHECK(p.line.reset(p.sent.line));
    p.envelope = VECHE_TRY(journal::read_envelope(p.line.root()));
    p.sha = sha256(p.sent.line);
    if (p.sent.line.size() + 64 > journal::max_entry_bytes)
        return refuse(refusals::entry_too_large);
    return impl_->enqueue(p);
}

namespace {

/// Everything that can be seen of a submission before its turn comes.
result<void> prepare(const office& self, bool verify_signatures, pending& p) {
    std::size_t size = p.sent.line.size() + 64;
    for (const std::string& line : p.sent.signatures) size += line.size() + 1;
    if (size > journal::max_entry_bytes) return refuse(refusals::entry_too_large);
    VECHE_CHECK(p.line.reset(p.sent.line));
    p.envelope = VECHE_TRY(journal::read_envelope(p.line.root()));
    p.sha = sha256(p.sent.line);
    if (p.envelope.derived) return refuse(json::refusals::missing_field, "actor", "actor");
    if (!p.sent.signatures.empty() && verify_signatures) {
        // The costly part, outside the writer. Whether the key is still in force then, the writer
        // asks.
        std::vector<signing_key> keys;
        self.read([&](const union_state& s) {
            keys = keys_in_force(s, self.origin(), {std::string(p.envelope.actor)}, self.now());
        });
        p.signed_well = any_signature_good(p.sent.line, p.sent.signatures, keys);
        if (!p.signed_well) return refuse(refusals::signature_wrong, {}, p.envelope.actor);
    }
    const route* r = find_route(p.envelope.type);
    if (r && r->proofs) {
        // Costly as well: done here, by the caller's thread. Where a proof does not hold, the
        // writer looks again and refuses in its own order.
        std::function<result<void>()> work;
        self.read([&](const union_state& s) { work = r->proofs(s, p.envelope.body); });
        p.proofs_checked = work && work().has_value();
    }
    return {};
}

}  // namespace

result<receipt> office::submit(submission what) {
    pending p;
    p.sent = std::move(what);
    VECHE_CHECK(prepare(*this, impl_->with.verify_signatures, p));
    return impl_->enqueue(p);
}

std::vector<result<receipt>> office::submit_all(std::vector<submission> all) {
    std::deque<pending> made;
    std::vector<pending*> waiting;
    for (submission& one : all) {
        pending& p = made.emplace_back();
        p.sent = std::move(one);
        if (auto done = prepare(*this, impl_->with.verify_signatures, p); !done)
            p.answer = tl::unexpected(std::move(done).error());
        else
            waiting.push_back(&p);
    }
    impl_->enqueue_all(waiting);
    std::vector<result<receipt>> answers;
    for (pending& p : made) answers.push_back(*std::move(p.answer));
    return answers;
}

result<receipt> office::submit_unsigned(std::string_view type, std::string_view body,
                                        const person_id& actor, std::string_view auth,
                                        std::string_view idem) {
    const route* r = find_route(type);
    if (!r || !r->command) return refuse(refusals::type_unknown, "type", type);
    return submit(
        {journal::compose_act_line(actor.value, auth, body, idem, impl_->origin, type, r->wire.v),
         {},
         actor});
}

result<events> office::rehearse(std::string_view type, std::string_view body,
                                const person_id& actor, std::string_view auth) const {
    union_state scratch;
    read([&](const union_state& s) { scratch = s; });
    json::document doc;
    VECHE_CHECK(doc.reset(body));
    const route* r = find_route(type);
    if (!r || !r->command) return refuse(refusals::type_unknown, "type", type);
    return carry_out(scratch, {type, r->wire.v, doc.root(), actor, std::string(auth)},
                     std::max(now(), scratch.last_at));
}

result<answer> office::ask(std::string_view view, std::string_view query, const viewer& who) const {
    const view_route* r = find_view(view);
    if (!r) return refuse(refusals::view_unknown, {}, view);
    json::document doc;
    VECHE_CHECK(doc.reset(query));
    std::optional<result<answer>> given;
    read([&](const state& s) { given = r->ask(s, doc.root(), who); });
    return *std::move(given);
}

void office::read(const std::function<void(const state&)>& reader) const {
    if (impl_->store.shared()) {
        reader(impl_->visible()->state);
        return;
    }
    std::uint64_t seen = 0;
    {
        const std::shared_lock lock(impl_->state_mutex);
        reader(impl_->state);
        seen = impl_->state.size;
    }
    impl_->wait_durable(seen);
}

snapshot office::taken() const {
    snapshot out;
    out.origin = impl_->origin;
    if (impl_->store.shared()) {
        const auto now = impl_->visible();
        out.state = now->state;
        out.versions = now->versions;
        return out;
    }
    {
        const std::shared_lock lock(impl_->state_mutex);
        out.state = impl_->state;
        out.versions = impl_->versions;
    }
    impl_->wait_durable(out.state.size);
    return out;
}

void office::impl::wait_durable(std::uint64_t size) const {
    std::unique_lock lock(durable_mutex);
    durable_grew.wait(lock, [&] { return durable >= size; });
}

// --- Time
// -----------------------------------------------------------------------------------------

result<void> office::tick() {
    bool due = false;
    read([&](const state& s) {
        const auto next = next_deadline(s);
        due = next && *next <= now();
    });
    if (due) {
        pending p;
        p.what = pending::kind::tick;
        VECHE_CHECK(impl_->enqueue(p));
    }
    if (const auto why = stopped()) return tl::unexpected(*why);
    if (durable_size() > 0) VECHE_CHECK(impl_->publisher.publish());
    return {};
}

void office::impl::run_ticker() {
    // The office object outlives this thread: the destructor joins it.
    using clock = std::chrono::steady_clock;
    constexpr auto second = std::chrono::seconds(1);
    const auto pause = store.shared() ? tail_pause : second;
    auto turn = clock::now() + second;
    for (;;) {
        {
            std::unique_lock lock(ticker_mutex);
            ticker_wakes.wait_for(lock, pause, [this] { return closing || look_now; });
        }
        if (closing) return;
        look_now = false;
        if (store.shared()) look_for_others();
        if (clock::now() < turn) continue;
        turn = clock::now() + second;
        pass_time();
    }
}

/// What is due every second.
void office::impl::pass_time() {
    std::optional<instant> next;
    if (store.shared()) {
        next = next_deadline(visible()->state);
    } else {
        const std::shared_lock state_lock(state_mutex);
        next = next_deadline(state);
    }
    if (next && *next <= with.now()) {
        pending p;
        p.what = pending::kind::tick;
        (void)enqueue(p);
    }
    std::uint64_t to_sign = 0;
    {
        const std::lock_guard durable_lock(durable_mutex);
        to_sign = durable;
    }
    if (to_sign == 0) return;
    // What is not known here is not signed by this one either.
    if (why_stopped()) return;
    // Of several nodes the one signs that did last, for as long as it does.
    if (store.shared())
        if (const auto others = publisher.others_signed(); others && *others) {
            if (with.on_checkpoint) with.on_checkpoint();
            return;
        }
    // A refused checkpoint means a fork or a full disk: nothing signed, said by /health.
    const auto done = publisher.publish();
    if (!done && with.on_trouble) with.on_trouble(done.error());
    // Where another key is in force by now the others have to sign, and may not.
    const bool all_signed = done && (done->size >= to_sign || !publisher.forbidden());
    if (all_signed && with.on_checkpoint) with.on_checkpoint();
}

std::uint64_t office::subscribe(std::function<void(const notice&)> listener) {
    const std::lock_guard lock(impl_->listeners_mutex);
    impl_->listeners.emplace(impl_->next_token, std::move(listener));
    return impl_->next_token++;
}

void office::unsubscribe(std::uint64_t token) {
    const std::lock_guard lock(impl_->listeners_mutex);
    impl_->listeners.erase(token);
}

const std::string& office::origin() const {
    return impl_->origin;
}
instant office::now() const {
    return impl_->with.now();
}
std::size_t office::queued() const {
    const std::lock_guard lock(impl_->queue_mutex);
    return impl_->queue.size();
}
std::optional<refusal> office::stopped() const {
    return impl_->why_stopped();
}
std::uint64_t office::durable_size() const {
    const std::lock_guard lock(impl_->durable_mutex);
    return impl_->durable;
}

}  // namespace veche::office
