#pragma once
// The journal as server-sent events: one event per entry, its number as the event's id, so that a
// reader who was away resumes where it left off.
//
//   id: 1042
//   event: entry
//   data:
//   {"at":"2026-08-01T12:00:00.123Z","refs":["vote/v7"],"seq":1042,"type":"assembly.cast_ballot"}

#include <deque>
#include <map>
#include <mutex>

#include "api/http.hpp"
#include "office/office.hpp"

namespace veche::api {

/// Reads `count` whole entries from number `from` on; fewer where there are not so many.
using entry_reader = std::function<std::vector<std::string>(std::uint64_t from, std::size_t count)>;

/// The frame of one entry.
std::string to_frame(std::uint64_t seq, std::string_view entry);

/// Keeps the newest frames in memory and reads older entries from the store.
class entry_stream final : public event_source {
  public:
    entry_stream(office::office&, entry_reader older);
    ~entry_stream() override;

    std::string read(std::uint64_t& cursor) override;
    std::uint64_t subscribe(std::function<void()> wake) override;
    void unsubscribe(std::uint64_t ticket) override;

  private:
    void take(const office::notice&);

    office::office& office_;
    entry_reader older_;
    std::mutex mutex_;
    std::uint64_t first_;             // number of the entry at the front of recent_
    std::deque<std::string> recent_;  // without a gap
    std::map<std::uint64_t, std::function<void()>> wakes_;
    std::uint64_t tickets_ = 0;
    std::uint64_t token_ = 0;
};

}  // namespace veche::api
