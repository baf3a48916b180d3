#include "api/vote_stream.hpp"

#include "assembly/views.hpp"

namespace veche::api {
namespace {

result<std::string> tally_of(office::office& office, const std::string& vote, std::int64_t now) {
    const auto answer = office.ask(assembly::tally_query::wire.type,
                                   to_json(assembly::tally_query{{vote}}), {{}, instant{now}});
    if (!answer) return tl::unexpected(answer.error());
    return to_json(*std::static_pointer_cast<const assembly::tally_view>(answer->value));
}

}  // namespace

vote_stream::vote_stream(office::office& office, std::string vote,
                         std::function<std::int64_t()> now_ms)
    : office_(office),
      vote_(std::move(vote)),
      now_ms_(std::move(now_ms)),
      looked_(now_ms_() - interval_ms) {}

void vote_stream::look(std::int64_t now) {
    looked_ = now;
    auto tally = tally_of(office_, vote_, now);
    if (!tally || *tally == tally_) return;
    tally_ = *std::move(tally);
    ++version_;
}

std::string vote_stream::read(std::uint64_t& cursor) {
    const std::int64_t now = now_ms_();
    const std::lock_guard lock(mutex_);
    // A clock that was set back must not stop the stream.
    if (now - looked_ >= interval_ms || now < looked_) look(now);
    if (cursor == version_) return {};
    cursor = version_;
    return "event: tally\ndata: " + tally_ + "\n\n";
}

result<std::shared_ptr<event_source>> vote_streams::follow(const std::string& vote) {
    VECHE_TRY(tally_of(office_, vote, now_ms_()));
    const std::lock_guard lock(mutex_);
    std::erase_if(open_, [](const auto& one) { return one.second.expired(); });
    if (const auto known = open_.find(vote); known != open_.end())
        if (auto stream = known->second.lock()) return stream;
    auto made = std::make_shared<vote_stream>(office_, vote, now_ms_);
    open_[vote] = made;
    return made;
}

}  // namespace veche::api
