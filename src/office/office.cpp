#include "office/office.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <semaphore>

#include "charter/commands.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "journal/refusal.hpp"
#include "journal/tree.hpp"
#include "kernel/check.hpp"
#include "office/admission.hpp"
#include "office/fold.hpp"
#include "office/replay.hpp"
#include "office/streams.hpp"

namespace veche::office {
namespace {

/// One caller's command on its way through the writer.
struct pending {
    enum class kind : std::uint8_t { command, founding, tick, others };  // others': what they wrote
    kind what = kind::command;
    submission sent;
    json::document line;
    journal::envelope envelope;
    bool signed_well = false;
    bool proofs_checked = false;
    std::optional<result<receipt>> answer;
    std::binary_semaphore ready{0};
};

/// How often offices that share a journal look for what others wrote.
constexpr auto tail_pause = std::chrono::milliseconds(100);

/// A journal that cannot be written must not be answered from: what is folded is not on disk, and
/// what a failed fsync left there nobody knows. Stop; the next start reads what is really there.
[[noreturn]] void stop_for_good(const refusal& why) {
    std::fprintf(
        stderr,
        "veche: the journal cannot be written, so the program stops. %s Nothing was answered "
        "that is not on disk. Mend this and start again.\n",
        why.sentence().c_str());
    std::_Exit(3);
}

/// What one group commit will make durable.
struct group {
    journal::batch batch;
    std::vector<notice> notices;
    std::vector<pending*> callers;
    // Commands of this group by actor and idempotency key: the store does not know them yet.
    std::map<std::pair<std::string, std::string>, std::pair<std::uint64_t, hash256>> fresh;
};

}  // namespace

struct office::impl {
    impl(journal::store& s, journal::publisher& p, options o)
        : store(s), publisher(p), with(std::move(o)), origin(p.origin()) {}

    journal::store& store;
    journal::publisher& publisher;
    options with;
    std::string origin;

    mutable std::shared_mutex state_mutex;
    union_state state;
    std::uint64_t next_entry = 0;  ///< number of the next entry to be written
    stream_versions versions;

    std::mutex queue_mutex;
    std::condition_variable queue_filled;
    std::deque<pending*> queue;
    bool closing = false;

    mutable std::mutex durable_mutex;
    mutable std::condition_variable durable_grew;
    std::uint64_t durable = 0;

    std::mutex listeners_mutex;
    std::map<std::uint64_t, std::function<void(const notice&)>> listeners;
    std::uint64_t next_token = 1;

    std::mutex ticker_mutex;
    std::condition_variable ticker_wakes;
    std::thread writer;
    std::thread ticker;

    result<void> load(std::optional<snapshot> from);
    std::int64_t count_version(const std::string& stream);
    result<void> check_answerable(std::uint64_t seq, std::string_view entry) const;
    void run_writer();
    void run_ticker();
    void serve(const std::vector<pending*>& callers);
    void take_in(std::uint64_t to, group&);
    void count_versions(std::string_view type, json::node body);
    void look_for_others();
    result<receipt> admit(pending&, group&, instant at);
    result<void> check_sender(const pending&) const;
    bool has_keys(const journal::envelope&) const;
    result<std::optional<receipt>> repeated(const pending&, const group&);
    result<void> check_basis(const pending&) const;
    void pass_deadlines(group&, instant at);
    void append(group&, instant at, std::string_view line,
                const std::vector<std::string>& signatures, std::string_view type);
    void append_derived(group&, instant at, std::uint64_t by, const events&);
    void touch_streams(group&, std::string_view type, json::node body, std::uint64_t seq);
    void commit(group&);
    result<receipt> enqueue(pending&);
    void enqueue_all(std::span<pending* const>);
    void wait_durable(std::uint64_t size) const;
    instant admission_time() const;
};

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
        const std::lock_guard lock(i.queue_mutex);
        i.closing = true;
    }
    i.queue_filled.notify_all();
    i.ticker_wakes.notify_all();
    if (i.ticker.joinable()) i.ticker.join();
    if (i.writer.joinable()) i.writer.join();
    // What was done is signed before the program goes: an older copy put in its place will show.
    if (i.with.ticker && i.durable > 0)
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
    VECHE_CHECK(store.read(known, size, [&](std::uint64_t seq, std::string_view bytes) {
        folded = past.take(bytes);
        if (folded) folded = check_answerable(seq, bytes);
        return folded.has_value();
    }));
    VECHE_CHECK(folded);
    VECHE_CHECK(past.finish());
    state = std::move(past.state());
    durable = next_entry = size;
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

/// The table by which a repeated command is recognised is derived from the entries and not trusted.
result<void> office::impl::check_answerable(std::uint64_t seq, std::string_view entry) const {
    const journal::entry_view view = VECHE_TRY(journal::parse_entry(entry));
    json::document line;
    VECHE_CHECK(line.reset(view.event_line));
    const journal::envelope e = VECHE_TRY(journal::read_envelope(line.root()));
    if (e.derived) return {};
    const auto known = VECHE_TRY(store.find_idem(e.actor, e.idem));
    if (!known || known->seq != seq || known->sha != sha256(view.event_line))
        return refuse(refusals::idem_lost, {}, std::to_string(seq));
    return {};
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
        serve(callers);
    }
}

void office::impl::serve(const std::vector<pending*>& callers) {
    group g;
    const bool writes = std::any_of(callers.begin(), callers.end(), [](const pending* one) {
        return one->what != pending::kind::others;
    });
    // From here on until the commit nobody else appends: what is decided will still be true then.
    const auto end = writes ? store.hold() : store.catch_up();
    if (end) {
        const std::unique_lock lock(state_mutex);
        take_in(end->next, g);
        for (pending* caller : callers) {
            const instant at = admission_time();
            auto answer = admit(*caller, g, at);
            caller->answer.emplace(std::move(answer));
        }
    } else {
        if (end.error().kind == &journal::refusals::entries_lost) stop_for_good(end.error());
        for (pending* caller : callers) caller->answer.emplace(tl::unexpected(end.error()));
    }
    commit(g);
    for (pending* caller : callers) caller->ready.release();
}

/// Folds what other offices wrote, as a replay does. What does not fold stops this one: it must not
/// decide by another state than the others'.
void office::impl::take_in(std::uint64_t to, group& g) {
    if (to == next_entry) return;
    replay past(origin, std::move(state));
    past.on_proofs([](std::uint64_t, const auto&) { return result<void>{}; });
    std::string_view bytes;
    past.on_folded([&](std::uint64_t seq, std::string_view type, json::node body) {
        count_versions(type, body);
        g.notices.push_back({seq, past.state().last_at, std::string(type), std::string(bytes)});
    });
    result<void> folded;
    auto done = store.read(next_entry, to, [&](std::uint64_t, std::string_view entry) {
        bytes = entry;
        folded = past.take(entry);
        return folded.has_value();
    });
    if (done) done = folded;
    if (done) done = past.finish();
    if (!done) stop_for_good(done.error());
    state = std::move(past.state());
    next_entry = to;
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
    const hash256 sha = sha256(p.sent.line);
    g.batch.idems.push_back({std::string(e.actor), std::string(e.idem), seq, sha});
    g.fresh[{std::string(e.actor), std::string(e.idem)}] = {seq, sha};
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
result<std::optional<receipt>> office::impl::repeated(const pending& p, const group& g) {
    const journal::envelope& e = p.envelope;
    std::optional<std::pair<std::uint64_t, hash256>> known;
    const auto fresh = g.fresh.find({std::string(e.actor), std::string(e.idem)});
    if (fresh != g.fresh.end())
        known = fresh->second;
    else if (const auto stored = VECHE_TRY(store.find_idem(e.actor, e.idem)))
        known = {stored->seq, stored->sha};
    if (!known) return std::optional<receipt>{};
    if (known->second != sha256(p.sent.line)) return refuse(refusals::idem_reused, "idem");
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

void office::impl::commit(group& g) {
    if (g.batch.entries.empty()) {
        store.release();
    } else if (const auto done = store.append(g.batch, g.batch.entries.front().seq); !done) {
        stop_for_good(done.error());
    }
    if (g.notices.empty()) return;
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
        queue.insert(queue.end(), all.begin(), all.end());
    }
    queue_filled.notify_one();
    for (pending* p : all) p->ready.acquire();
}

result<receipt> office::found(const charter::charter_document& document) {
    pending p;
    p.what = pending::kind::founding;
    p.sent.line = journal::compose_act_line("founder", "founder", to_json(charter::found{document}),
                                            "founding", impl_->origin, charter::found::wire.type,
                                            charter::found::wire.v);
    VECHE_CHECK(p.line.reset(p.sent.line));
    p.envelope = VECHE_TRY(journal::read_envelope(p.line.root()));
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
    if (durable_size() > 0) VECHE_CHECK(impl_->publisher.publish());
    return {};
}

void office::impl::run_ticker() {
    // The office object outlives this thread: the destructor joins it.
    constexpr auto second = std::chrono::seconds(1);
    const auto pause = store.shared() ? tail_pause : second;
    for (auto passed = std::chrono::milliseconds(0);; passed += pause) {
        std::unique_lock lock(ticker_mutex);
        ticker_wakes.wait_for(lock, pause);
        {
            const std::lock_guard queue_lock(queue_mutex);
            if (closing) return;
        }
        if (store.shared()) look_for_others();
        if (passed % second >= pause) continue;
        std::optional<instant> next;
        {
            const std::shared_lock state_lock(state_mutex);
            next = next_deadline(state);
        }
        if (next && *next <= with.now()) {
            pending p;
            p.what = pending::kind::tick;
            (void)enqueue(p);
        }
        std::uint64_t size = 0;
        {
            const std::lock_guard durable_lock(durable_mutex);
            size = durable;
        }
        if (size == 0) continue;
        // A refused checkpoint means a fork or a full disk: nothing signed, said by the health
        // page.
        if (auto done = publisher.publish(); !done && with.on_trouble)
            with.on_trouble(done.error());
    }
}

/// Lets the writer take in what others wrote, if they did.
void office::impl::look_for_others() {
    const auto end = store.catch_up();
    if (!end) {
        if (end.error().kind == &journal::refusals::entries_lost) stop_for_good(end.error());
        if (with.on_trouble) with.on_trouble(end.error());
        return;
    }
    {
        const std::lock_guard durable_lock(durable_mutex);
        if (end->next <= durable) return;
    }
    pending p;
    p.what = pending::kind::others;
    (void)enqueue(p);
}

result<void> office::follow_others() {
    if (!impl_->store.shared()) return {};
    pending p;
    p.what = pending::kind::others;
    VECHE_CHECK(impl_->enqueue(p));
    return {};
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
std::uint64_t office::durable_size() const {
    const std::lock_guard lock(impl_->durable_mutex);
    return impl_->durable;
}

}  // namespace veche::office
