#pragma once
// Running votes as server-sent events: their counts, a few times a second however many ballots come
// in, so that thousands may follow one vote. Each event is a whole `assembly.tally` view, so a
// reader who missed some has lost nothing.
//
//   event: tally
//   data: {"counts":{"absent":3,...},"status":"open","vote":"v7"}

#include <map>
#include <mutex>

#include "api/http.hpp"
#include "office/office.hpp"

namespace veche::api {

/// The tally of one vote, asked for at most once per interval and shared by all who follow it.
class vote_stream final : public event_source {
  public:
    /// How old a tally may be, and how often a reader looks.
    static constexpr std::int64_t interval_ms = 200;

    vote_stream(office::office& office, std::string vote, std::function<std::int64_t()> now_ms);

    /// The cursor counts versions of the tally.
    std::string read(std::uint64_t& cursor) override;
    std::uint64_t subscribe(std::function<void()>) override { return 0; }
    void unsubscribe(std::uint64_t) override {}
    [[nodiscard]] std::int64_t poll_ms() const override { return interval_ms; }

  private:
    void look(std::int64_t now);

    office::office& office_;
    const std::string vote_;
    const std::function<std::int64_t()> now_ms_;
    std::mutex mutex_;
    std::int64_t looked_;
    std::uint64_t version_ = 0;
    std::string tally_;  // as JSON
};

/// One stream for each vote that somebody follows.
class vote_streams {
  public:
    vote_streams(office::office& office, std::function<std::int64_t()> now_ms)
        : office_(office), now_ms_(std::move(now_ms)) {}
    /// Refuses where there is no such vote.
    result<std::shared_ptr<event_source>> follow(const std::string& vote);

  private:
    office::office& office_;
    const std::function<std::int64_t()> now_ms_;
    std::mutex mutex_;
    std::map<std::string, std::weak_ptr<vote_stream>> open_;
};

}  // namespace veche::api
