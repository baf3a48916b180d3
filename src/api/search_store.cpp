#include "api/search_store.hpp"

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

}  // namespace

void search_store::attach(office::office& of) {
    if (of_ == &of && mail_ && mail_.use_count() > 1) return;
    mail_ = std::make_shared<mailbox>();
    of_ = &of;
    index_ = std::make_unique<search::word_index>();
    waiting_.clear();
    // From here on nothing is missed; what was read and is told again is read again.
    of.subscribe([mail = mail_](const office::notice& told) {
        const std::lock_guard lock(mail->mutex);
        mail->entries.push_back(told.bytes);
    });
    of.read([&](const office::state& now) {
        for (const thing_key& key : all_things(now)) refresh(key, now);
        for (const auto& [id, one] : now.registry.batches)
            for (const registry::batch_row& row : one.rows) {
                const std::string text = to_json(row);
                json::document read;
                if (!read.reset(text)) continue;
                for (thing_key& key : things_named("", read.root()))
                    waiting_[id.value].insert(std::move(key));
            }
    });
}

void search_store::refresh(const thing_key& key, const office::state& now) {
    if (const auto one = thing_of(now, key))
        index_->put(words_of_thing(key, *one));
    else
        index_->remove(key.kind, key.id);
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
    for (const thing_key& key : touched) refresh(key, now);
}

void search_store::catch_up(const office::state& now) {
    std::vector<std::string> entries;
    {
        const std::lock_guard lock(mail_->mutex);
        entries.swap(mail_->entries);
    }
    for (const std::string& one : entries) take(one, now);
}

found_things search_store::find(office::office& of, const search::query& asked) {
    const std::lock_guard lock(mutex_);
    attach(of);
    found_things out;
    of.read([&](const office::state& now) {
        catch_up(now);
        search::answer answer = index_->find(asked);
        out.found = answer.found;
        out.by_kind = std::move(answer.by_kind);
        for (search::hit& one : answer.hits)
            if (auto what = thing_of(now, {one.kind, one.id}))
                out.rows.push_back({*std::move(what), std::move(one)});
    });
    return out;
}

std::pair<std::size_t, std::size_t> search_store::size(office::office& of) {
    const std::lock_guard lock(mutex_);
    attach(of);
    of.read([&](const office::state& now) { catch_up(now); });
    return {index_->size(), index_->bytes()};
}

}  // namespace veche::api
