#include "api/entry_stream.hpp"

#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "office/routes.hpp"
#include "office/streams.hpp"

namespace veche::api {
namespace {

constexpr std::size_t most_recent = 4096;
constexpr std::size_t frames_at_once = 64;

}  // namespace

std::string to_frame(std::uint64_t seq, std::string_view entry) {
    instant at;
    std::string_view type;
    std::vector<std::string> refs;
    json::document line;
    if (const auto view = journal::parse_entry(entry); view && line.reset(view->event_line)) {
        at = view->at;
        if (const auto envelope = journal::read_envelope(line.root())) {
            type = envelope->type;
            if (const office::route* route = office::find_route(type))
                refs = office::streams_of(*route, envelope->body);
        }
    }
    json::writer data;
    data.begin_object();
    data.key("at");
    data.string(to_text(at));
    data.key("refs");
    data.begin_array();
    for (const auto& ref : refs) data.string(ref);
    data.end_array();
    data.key("seq");
    data.integer(static_cast<std::int64_t>(seq));
    data.key("type");
    data.string(type);
    data.end_object();
    return "id: " + std::to_string(seq) + "\nevent: entry\ndata: " + data.bytes() + "\n\n";
}

entry_stream::entry_stream(office::office& office, entry_reader older)
    : office_(office), older_(std::move(older)), first_(0) {
    token_ = office_.subscribe([this](const office::notice& n) { take(n); });
}

entry_stream::~entry_stream() {
    office_.unsubscribe(token_);
}

void entry_stream::take(const office::notice& n) {
    std::string frame = to_frame(n.seq, n.bytes);
    const std::lock_guard lock(mutex_);
    if (recent_.empty()) first_ = n.seq;
    recent_.push_back(std::move(frame));
    if (recent_.size() > most_recent) {
        recent_.pop_front();
        ++first_;
    }
    for (const auto& [ticket, wake] : wakes_) wake();
}

std::string entry_stream::read(std::uint64_t& cursor) {
    std::string out;
    {
        const std::lock_guard lock(mutex_);
        if (!recent_.empty() && cursor >= first_) {
            const std::uint64_t end = first_ + recent_.size();
            for (std::size_t n = 0; n < frames_at_once && cursor < end; ++n, ++cursor)
                out += recent_[cursor - first_];
            return out;
        }
    }
    if (cursor >= office_.durable_size()) return out;
    for (const auto& entry : older_(cursor, frames_at_once)) out += to_frame(cursor++, entry);
    return out;
}

std::uint64_t entry_stream::subscribe(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    wakes_[++tickets_] = std::move(wake);
    return tickets_;
}

void entry_stream::unsubscribe(std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    wakes_.erase(ticket);
}

}  // namespace veche::api
