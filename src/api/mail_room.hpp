#pragma once
// The threads of the newsroom and of the postman. They wake with each new entry and every half
// minute.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/newsroom.hpp"
#include "api/postman.hpp"

namespace veche::api {

class mail_room {
  public:
    /// Without a route news are kept for feeds and nothing is mailed. All references outlive it.
    mail_room(office::office&, const journal::store&, follow_store&, letters&,
              std::unique_ptr<mail_route>, newsroom_settings, std::function<instant()> now);
    /// Lets the mail that is on its way arrive.
    ~mail_room();
    mail_room(const mail_room&) = delete;
    mail_room& operator=(const mail_room&) = delete;

    /// Something may be there to send.
    void wake();

  private:
    void read();
    void send();
    /// Waits for a call or the next half minute; whether to go on.
    bool rest(std::uint64_t& seen);

    office::office& office_;
    newsroom newsroom_;
    std::unique_ptr<mail_route> route_;
    std::optional<postman> postman_;
    const std::function<instant()> now_;
    std::mutex mutex_;
    std::condition_variable called_;
    std::uint64_t calls_ = 0;
    std::atomic<bool> stop_ = false;
    std::uint64_t token_ = 0;
    std::thread reader_;
    std::thread sender_;
};

}  // namespace veche::api
