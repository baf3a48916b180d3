#include "api/mail_room.hpp"

#include "api/log.hpp"

namespace veche::api {
namespace {

constexpr std::size_t mails_at_once = 200;

void report(const refusal& why) {
    log::write(log::level::error, "follow_file_failed",
               {{"code", std::string(why.code())}, {"detail", why.sentence()}});
}

}  // namespace

mail_room::mail_room(office::office& office, const journal::store& store, follow_store& follows,
                     letters& writer, std::unique_ptr<mail_route> route, newsroom_settings settings,
                     std::function<instant()> now)
    : office_(office),
      newsroom_(office, store, follows, settings),
      route_(std::move(route)),
      now_(std::move(now)) {
    if (route_) postman_.emplace(follows, writer, *route_);
    token_ = office_.subscribe([this](const office::notice&) { wake(); });
    reader_ = std::thread([this] { read(); });
    if (postman_) sender_ = std::thread([this] { send(); });
}

mail_room::~mail_room() {
    office_.unsubscribe(token_);
    stop_ = true;
    wake();
    reader_.join();
    if (sender_.joinable()) sender_.join();
}

void mail_room::wake() {
    {
        const std::lock_guard lock(mutex_);
        ++calls_;
    }
    called_.notify_all();
}

bool mail_room::rest(std::uint64_t& seen) {
    constexpr auto half_minute = std::chrono::seconds(30);
    constexpr auto gathering = std::chrono::milliseconds(250);
    std::unique_lock lock(mutex_);
    called_.wait_for(lock, half_minute, [&] { return calls_ != seen || stop_; });
    // What comes thick and fast is read together: each reading waits for the disk, for which the
    // journal waits too.
    called_.wait_for(lock, gathering, [&] { return stop_.load(); });
    seen = calls_;
    return !stop_;
}

void mail_room::read() {
    std::uint64_t seen = 0;
    do {
        if (const auto done = newsroom_.look(now_()); !done) report(done.error());
    } while (rest(seen));
}

void mail_room::send() {
    constexpr auto pause = std::chrono::seconds(1);
    while (!stop_) {
        const auto taken = postman_->carry(now_(), mails_at_once, stop_);
        if (!taken) report(taken.error());
        if (taken && *taken > 0) continue;
        // The outbox is filled by the reader and by pages; looking into it costs next to nothing.
        std::unique_lock lock(mutex_);
        called_.wait_for(lock, pause, [&] { return stop_.load(); });
    }
}

}  // namespace veche::api
