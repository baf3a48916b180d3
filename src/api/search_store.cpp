#include "api/search_store.hpp"

#include <atomic>
#include <condition_variable>
#include <thread>

#include "journal/entry.hpp"
#include "registry/batches.hpp"

namespace veche::api {
namespace {

std::string text_under(json::node from, std::string_view name) {
    const auto found = from.find(name);
    return found.valid() && found.is(json::kind::string) ? std::string(found.as_string())
                                                         : std::string();
}

std::vector<std::string> texts_of(const localized& by_language) {
    std::vector<std::string> out;
    for (const auto& [language, text] : by_language) out.push_back(text);
    return out;
}

search::thing_text words_of_thing(const thing_key& key, const found_thing& one) {
    search::thing_text out{key.kind, key.id, texts_of(one.title), texts_of(one.text), one.day};
    if (!one.words.empty()) out.text.push_back(one.words);
    return out;
}

void refresh(search::word_index& index, const thing_key& key, const office::state& now) {
    if (const auto one = thing_of(now, key))
        index.put(words_of_thing(key, *one));
    else
        index.remove(key.kind, key.id);
}

office::state copy_of(office::office& of) {
    office::state out;
    of.read([&](const office::state& now) { out = now; });
    return out;
}

}  // namespace

/// The making of an index from a copy of the state: the copy shares everything with the office and
/// costs next to nothing, so that the office goes on meanwhile.
struct search_store::making {
    explicit making(office::state from) : state(std::move(from)) {}

    office::state state;
    std::atomic<bool> stop{false};
    std::atomic<std::size_t> done{0};
    std::atomic<std::size_t> all{0};
    std::mutex mutex;
    std::condition_variable ended;
    std::unique_ptr<search::word_index> index;  ///< once it is made
    waiting_rows waiting;
    std::thread thread;

    void run(const std::function<void(std::size_t)>& on_thing);
    waiting_rows rows_that_wait() const;
    [[nodiscard]] index_progress progress() const { return {done.load(), all.load()}; }
    /// Until it is made or given up.
    void wait_until(std::chrono::steady_clock::time_point then) {
        std::unique_lock lock(mutex);
        ended.wait_until(lock, then, [&] { return index != nullptr || stop; });
    }
    void give_up() {
        {
            const std::lock_guard lock(mutex);
            stop = true;
        }
        ended.notify_all();
        if (thread.joinable()) thread.join();
    }
};

search_store::waiting_rows search_store::making::rows_that_wait() const {
    waiting_rows out;
    for (const auto& [id, one] : state.registry.batches)
        for (const registry::batch_row& row : one.rows) {
            const std::string text = to_json(row);
            json::document read;
            if (!read.reset(text)) continue;
            for (thing_key& key : things_named("", read.root()))
                out[id.value].insert(std::move(key));
        }
    return out;
}

void search_store::making::run(const std::function<void(std::size_t)>& on_thing) {
    auto made = std::make_unique<search::word_index>();
    const std::vector<thing_key> things = all_things(state);
    all = things.size();
    for (const thing_key& key : things) {
        if (stop) return;
        if (on_thing) on_thing(done);
        refresh(*made, key, state);
        ++done;
    }
    waiting_rows rows = rows_that_wait();
    state = {};
    const std::lock_guard lock(mutex);
    index = std::move(made);
    waiting = std::move(rows);
    ended.notify_all();
}

search_store::~search_store() {
    end_making();
}

void search_store::end_making() {
    if (!making_) return;
    making_->give_up();
    making_.reset();
    told_meanwhile_.clear();
}

void search_store::begin(office::office& of) {
    end_making();
    {
        // What is told from here on is told to the new index too; what was, the copy has.
        const std::lock_guard lock(mail_->mutex);
        mail_->entries.clear();
        mail_->bytes = 0;
        mail_->lost = false;
    }
    making_ = std::make_shared<making>(copy_of(of));
    making_->thread =
        std::thread([work = making_.get(), told = with_.on_thing] { work->run(told); });
}

void search_store::attach(office::office& of) {
    if (of_ == &of && mail_ && mail_.use_count() > 1) {
        bool lost = false;
        {
            const std::lock_guard lock(mail_->mutex);
            lost = mail_->lost;
        }
        if (lost) begin(of);
        take_over_made();
        return;
    }
    end_making();
    mail_ = std::make_shared<mailbox>();
    of_ = &of;
    index_.reset();
    waiting_.clear();
    // From here on nothing is missed; what was read and is told again is read again.
    of.subscribe([mail = mail_, most = with_.most_waiting](const office::notice& told) {
        const std::lock_guard lock(mail->mutex);
        if (mail->lost) return;
        mail->entries.push_back(told.bytes);
        mail->bytes += told.bytes.size();
        if (mail->bytes <= most) return;
        mail->lost = true;
        mail->entries = {};
    });
    begin(of);
}

/// Puts an index that is made in the place of the one before it.
void search_store::take_over_made() {
    if (!making_) return;
    {
        const std::lock_guard lock(making_->mutex);
        if (!making_->index) return;
        index_ = std::move(making_->index);
        waiting_ = std::move(making_->waiting);
    }
    const std::lock_guard lock(mail_->mutex);
    if (!told_meanwhile_.empty())
        mail_->entries.insert(mail_->entries.begin(),
                              std::make_move_iterator(told_meanwhile_.begin()),
                              std::make_move_iterator(told_meanwhile_.end()));
    end_making();
}

void search_store::take(std::string_view entry, const office::state& now) {
    const auto parts = journal::parse_entry(entry);
    json::document event;
    if (!parts || !event.reset(parts->event_line)) return;
    const std::string type = text_under(event.root(), "type");
    const auto body = event.root().find("body");
    if (!body.valid()) return;
    const auto named = things_named(type, body);
    const std::string batch = text_under(body, "batch");
    if (type == "registry.stage_rows") {
        waiting_[batch].insert(named.begin(), named.end());
        return;
    }
    std::set<thing_key> touched;
    const auto add = [&](const thing_key& key) {
        for (thing_key& one : things_around(now, key)) touched.insert(std::move(one));
    };
    for (const thing_key& key : named) add(key);
    for (thing_key& key : things_made(now, type, body)) touched.insert(std::move(key));
    if (const auto rows = waiting_.find(batch);
        type.starts_with("registry.") && rows != waiting_.end()) {
        for (const thing_key& key : rows->second) add(key);
        waiting_.erase(rows);
    }
    if (type.starts_with("charter."))
        for (const thing_key& key : all_things(now))
            if (key.kind == "body") touched.insert(key);
    for (const thing_key& key : touched) refresh(*index_, key, now);
}

/// By a copy of the state that has at least what the entries say, so that nobody waits for it.
void search_store::catch_up(office::office& of) {
    std::vector<std::string> entries;
    {
        const std::lock_guard lock(mail_->mutex);
        entries.swap(mail_->entries);
        mail_->bytes = 0;
    }
    if (entries.empty()) return;
    const office::state now = copy_of(of);
    for (const std::string& one : entries) take(one, now);
    if (making_)
        told_meanwhile_.insert(told_meanwhile_.end(), std::make_move_iterator(entries.begin()),
                               std::make_move_iterator(entries.end()));
}

void search_store::prepare(office::office& of) {
    const std::lock_guard lock(mutex_);
    attach(of);
}

found_things search_store::find(office::office& of, const search::query& asked,
                                std::chrono::milliseconds wait) {
    const auto until = std::chrono::steady_clock::now() + wait;
    std::shared_ptr<making> first;
    {
        const std::lock_guard lock(mutex_);
        attach(of);
        if (!index_) first = making_;
    }
    if (first) first->wait_until(until);
    found_things out;
    const std::lock_guard lock(mutex_);
    attach(of);
    if (making_) out.making = making_->progress();
    out.known = index_ != nullptr;
    if (!out.known) return out;
    catch_up(of);
    search::answer answer = index_->find(asked);
    out.found = answer.found;
    out.by_kind = std::move(answer.by_kind);
    of.read([&](const office::state& now) {
        for (search::hit& one : answer.hits)
            if (auto what = thing_of(now, {one.kind, one.id}))
                out.rows.push_back({*std::move(what), std::move(one)});
    });
    return out;
}

std::pair<std::size_t, std::size_t> search_store::size(office::office& of) {
    for (;;) {
        std::shared_ptr<making> work;
        {
            const std::lock_guard lock(mutex_);
            attach(of);
            if (!making_) {
                catch_up(of);
                return {index_->size(), index_->bytes()};
            }
            work = making_;
        }
        work->wait_until(std::chrono::steady_clock::now() + std::chrono::seconds(1));
    }
}

}  // namespace veche::api
