#pragma once
// Reads the journal, entry by entry, and keeps what is worth telling, thing by thing; puts mails in
// the outbox for those who have something to hear. Where it stopped it goes on after a restart.

#include <functional>

#include "api/follow_store.hpp"
#include "api/news_index.hpp"
#include "journal/store.hpp"
#include "office/office.hpp"

namespace veche::api {

struct newsroom_settings {
    bool mails = false;            ///< whether mails are made at all
    std::int32_t digest_hour = 7;  ///< of the union's zone; weekly ones on Mondays
};

/// Used by one thread.
class newsroom {
  public:
    /// News older than this are not kept.
    static constexpr std::int64_t keep_ms = 90 * ms_per_day;
    /// Addresses of reporters are destroyed so long after nothing more is to come.
    static constexpr std::int64_t reporter_ms = 30 * ms_per_day;

    /// All outlive it. Nothing is journaled here and nothing read but what is durable.
    newsroom(const office::office&, const journal::store&, follow_store&, newsroom_settings);

    /// Takes in what is new, then whatever is due at that moment. Refuses what the file refuses.
    result<void> look(instant now);

  private:
    result<void> read_entries_up_to(std::uint64_t end, instant now);
    result<void> tell_moments(instant now);
    result<void> make_rounds(instant now);
    result<void> make_digests(digest_rhythm, std::int64_t slot);
    result<void> call(std::vector<news_draft>& drafts, date today);
    result<void> forget_reporters(instant now);
    person_id actor_of(std::uint64_t seq);

    const office::office& office_;
    const journal::store& store_;
    follow_store& follows_;
    const newsroom_settings settings_;
    std::map<std::uint64_t, person_id> actors_;  ///< of the newest entries
    std::int64_t pruned_ms_ = 0;
};

/// The day, counted from 1970 and begun at that hour of the zone, in which the moment lies; and the
/// week, begun on Monday at that hour.
std::int64_t digest_day(instant now, std::int32_t offset_minutes, std::int32_t hour);
std::int64_t digest_week(std::int64_t day);

}  // namespace veche::api
