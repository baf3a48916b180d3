#pragma once
// Carries the outbox to the mail server, one mail after another. A mail is written down as begun
// before it is handed over and struck out when the server has taken it: after a crash in between
// the very same mail, with the same Message-ID, goes out once more. So none is lost, and nobody
// gets more than one of them twice.

#include <atomic>

#include "api/letters.hpp"
#include "api/mail_route.hpp"

namespace veche::api {

/// Used by one thread.
class postman {
  public:
    /// A server that says "not now" is asked again after 5 minutes, then after twice as long each
    /// time up to six hours; after so many times the address is given up.
    static constexpr std::int32_t most_tries = 16;
    static constexpr std::int64_t first_wait_ms = 5 * 60'000;
    static constexpr std::int64_t longest_wait_ms = 6 * 3'600'000;
    /// Without a server everything waits.
    static constexpr std::int64_t no_server_ms = 60'000;

    postman(follow_store& follows, letters& writer, mail_route& route)
        : follows_(follows), writer_(writer), route_(route) {}

    /// Hands over what is due, at most so many, until `stop`; how many the server took.
    result<std::size_t> carry(instant now, std::size_t most, const std::atomic<bool>& stop);

  private:
    /// Whether the server took it; nothing where there is no server to go on with.
    result<std::optional<bool>> hand_over(const due_mail&, instant now);
    result<std::optional<bool>> note(const due_mail&, const mail_answer&, instant now);

    follow_store& follows_;
    letters& writer_;
    mail_route& route_;
};

std::int64_t mail_wait_ms(std::int32_t tries);

}  // namespace veche::api
