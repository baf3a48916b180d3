#include "office/read_ahead.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace veche::office {
namespace {

/// Entries that change threads together.
class slice {
  public:
    void add(const journal::read_entry& e) {
        bytes_ += e.bytes;
        entries_.push_back({e.seq, bytes_.size(), e.leaf});
    }
    [[nodiscard]] bool full() const {
        constexpr std::size_t enough = 1024;
        constexpr std::size_t enough_bytes = 1 << 20;
        return entries_.size() >= enough || bytes_.size() >= enough_bytes;
    }
    [[nodiscard]] bool hand_to(const journal::take_entry& take) const {
        std::size_t begin = 0;
        for (const entry& one : entries_) {
            const std::string_view bytes(bytes_.data() + begin, one.end - begin);
            if (!take({one.seq, bytes, one.leaf})) return false;
            begin = one.end;
        }
        return true;
    }

  private:
    struct entry {
        std::uint64_t seq = 0;
        std::size_t end = 0;  ///< of its bytes
        hash256 leaf{};
    };
    std::string bytes_;
    std::vector<entry> entries_;
};

/// Slices on their way from one thread to the other.
class channel {
  public:
    /// Waits for room. False where nobody wants more.
    bool put(slice&& one) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return unwanted_ || slices_.size() < most; });
        if (unwanted_) return false;
        slices_.push_back(std::move(one));
        changed_.notify_all();
        return true;
    }
    void end() {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }
    /// Waits for a slice. False after the last.
    bool take(slice& into) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ended_ || !slices_.empty(); });
        if (slices_.empty()) return false;
        into = std::move(slices_.front());
        slices_.pop_front();
        changed_.notify_all();
        return true;
    }
    void want_no_more() {
        const std::lock_guard lock(mutex_);
        unwanted_ = true;
        changed_.notify_all();
    }

  private:
    static constexpr std::size_t most = 4;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<slice> slices_;
    bool ended_ = false, unwanted_ = false;
};

/// How reading ended.
struct ending {
    result<void> said;
    std::exception_ptr thrown;
};

ending read_into(channel& to, journal::log_source& from, std::uint64_t size) {
    ending end;
    slice next;
    bool wanted = true;
    const auto add = [&](const journal::read_entry& e) {
        next.add(e);
        if (next.full()) wanted = to.put(std::exchange(next, {}));
        return wanted;
    };
    try {
        end.said = from.entries(size, add);
    } catch (...) {
        end.thrown = std::current_exception();
    }
    // What was read before a fault was found is folded first.
    if (wanted) to.put(std::move(next));
    to.end();
    return end;
}

}  // namespace

result<void> entries_ahead(journal::log_source& source, std::uint64_t size,
                           const journal::take_entry& take) {
    channel between;
    ending end;
    bool wanted = true;
    {
        const std::jthread reading([&] { end = read_into(between, source, size); });
        // Also where `take` throws: who reads is told before it is waited for.
        const std::unique_ptr<channel, void (*)(channel*)> left(
            &between, [](channel* c) { c->want_no_more(); });
        slice now;
        while (wanted && between.take(now)) wanted = now.hand_to(take);
    }
    if (!wanted) return {};
    if (end.thrown) std::rethrow_exception(end.thrown);
    return end.said;
}

}  // namespace veche::office
