#include "api/newsroom.hpp"

#include "api/journal_files.hpp"
#include "journal/entry.hpp"
#include "kernel/json.hpp"
#include "render/locale.hpp"

namespace veche::api {
namespace {

constexpr std::size_t entries_at_once = 256;
constexpr std::size_t actors_kept = 1024;
constexpr std::string_view silence = "silence/";

}  // namespace

std::int64_t digest_day(instant now, std::int32_t offset_minutes, std::int32_t hour) {
    const std::int64_t local = now.ms + (offset_minutes - std::int64_t{hour} * 60) * ms_per_minute;
    return local >= 0 ? local / ms_per_day : (local + 1) / ms_per_day - 1;
}

std::int64_t digest_week(std::int64_t day) {
    constexpr std::int64_t from_monday = 3;  // 1 January 1970 was a Thursday
    return (day + from_monday) / 7;
}

newsroom::newsroom(const office::office& office, const journal::store& store, follow_store& follows,
                   newsroom_settings settings)
    : office_(office), store_(store), follows_(follows), settings_(settings) {}

person_id newsroom::actor_of(std::uint64_t seq) {
    if (const auto known = actors_.find(seq); known != actors_.end()) return known->second;
    const auto bytes = store_.entry(seq);
    if (!bytes) return {};
    const auto parts = journal::parse_entry(*bytes);
    json::document event;
    if (!parts || !event.reset(parts->event_line)) return {};
    const auto actor = event.root().find("actor");
    if (!actor.valid() || !actor.is(json::kind::string)) return {};
    return {std::string(actor.as_string())};
}

result<void> newsroom::call(std::vector<news_draft>& drafts, date today) {
    std::vector<std::vector<person_id>> called(drafts.size());
    office_.read([&](const office::state& now) {
        for (std::size_t i = 0; i < drafts.size(); ++i)
            if (drafts[i].calls) called[i] = called_by(now, drafts[i].row.about, today);
    });
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        if (called[i].empty()) continue;
        for (const person_id& one : VECHE_TRY(follows_.known(called[i])))
            drafts[i].at_once.push_back("call/" + one.value);
    }
    return {};
}

result<void> newsroom::read_entries_up_to(std::uint64_t end, instant now) {
    std::uint64_t next = VECHE_TRY(follows_.next_entry()).value_or(0);
    while (next < end) {
        const auto entries = read_entries(store_, next, entries_at_once);
        if (entries.empty()) break;
        const auto searches = VECHE_TRY(follows_.searches());
        std::vector<news_draft> drafts;
        std::vector<std::pair<std::string, instant>> moments;
        office_.read([&](const office::state& state) {
            std::uint64_t seq = next;
            for (const std::string& entry : entries) {
                auto news = news_in(entry, state, searches,
                                    [this](std::uint64_t by) { return actor_of(by); });
                actors_[seq++] = news.actor;
                for (news_draft& draft : news.drafts) {
                    if (draft.row.at.ms < now.ms - keep_ms) continue;
                    const auto [kind, id] = split_thing(draft.row.about);
                    if (kind == "vote" && draft.calls)
                        if (const auto at = silence_warning(state, id))
                            moments.emplace_back(std::string(silence) + std::string(id), *at);
                    drafts.push_back(std::move(draft));
                }
            }
        });
        VECHE_CHECK(call(drafts, date_of(now)));
        for (const auto& [name, at] : moments) VECHE_CHECK(follows_.remember(name, at.ms));
        const std::uint64_t from = next;
        next += entries.size();
        VECHE_CHECK(follows_.keep(drafts, from, next));
        while (actors_.size() > actors_kept) actors_.erase(actors_.begin());
    }
    return {};
}

result<void> newsroom::tell_moments(instant now) {
    const std::uint64_t next = VECHE_TRY(follows_.next_entry()).value_or(0);
    for (const std::string& name : VECHE_TRY(follows_.due_moments(now.ms))) {
        std::vector<news_draft> drafts;
        if (name.starts_with(silence))
            office_.read([&](const office::state& state) {
                if (auto one = silence_news(state, name.substr(silence.size()), now))
                    drafts.push_back(*std::move(one));
            });
        VECHE_CHECK(call(drafts, date_of(now)));
        VECHE_CHECK(follows_.keep(drafts, next));
        VECHE_CHECK(follows_.forget(name));
    }
    return {};
}

result<void> newsroom::make_digests(digest_rhythm rhythm, std::int64_t slot) {
    const auto last = VECHE_TRY(follows_.slot(rhythm));
    if (last && *last >= slot) return {};
    VECHE_TRY(follows_.make_round(mail_kind::digest, rhythm));
    return follows_.set_slot(rhythm, slot);
}

result<void> newsroom::make_rounds(instant now) {
    VECHE_TRY(follows_.make_round(mail_kind::urgent));
    std::string zone = "UTC";
    office_.read([&](const office::state& state) {
        if (state.charter.founded()) zone = state.charter.document().zone.value_or("UTC");
    });
    const std::int64_t day = digest_day(now, render::zone(zone).offset(now), settings_.digest_hour);
    VECHE_CHECK(make_digests(digest_rhythm::daily, day));
    return make_digests(digest_rhythm::weekly, digest_week(day));
}

/// Addresses that nobody confirmed in time, and those of reports that ended a while ago.
result<void> newsroom::forget_reporters(instant now) {
    for (const follower& one : VECHE_TRY(follows_.named(reporter_prefix, now.ms - confirm_ms))) {
        const std::string report = one.person.value.substr(reporter_prefix.size());
        bool gone = one.address.empty() && one.confirm.empty();
        office_.read([&](const office::state& state) {
            const auto ended = ended_at(state, report);
            gone = gone || (ended && ended->ms < now.ms - reporter_ms);
        });
        if (gone) VECHE_CHECK(follows_.erase(one.person));
    }
    return {};
}

result<void> newsroom::look(instant now) {
    VECHE_CHECK(read_entries_up_to(office_.durable_size(), now));
    VECHE_CHECK(tell_moments(now));
    if (settings_.mails) VECHE_CHECK(make_rounds(now));
    constexpr std::int64_t hour_ms = 3'600'000;
    if (now.ms - pruned_ms_ < hour_ms) return {};
    pruned_ms_ = now.ms;
    VECHE_CHECK(forget_reporters(now));
    return follows_.prune(now.ms - keep_ms);
}

}  // namespace veche::api
