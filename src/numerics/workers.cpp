#include "numerics/workers.hpp"

namespace veche::numerics {

workers::workers(int threads) {
    for (int i = 1; i < threads; ++i) others_.emplace_back([this] { serve(); });
}

workers::~workers() {
    {
        const std::lock_guard lock(mutex_);
        leave_ = true;
    }
    begun_.notify_all();
    for (std::thread& one : others_) one.join();
}

void workers::run(std::size_t count, const std::function<void(std::size_t)>& piece) {
    if (others_.empty() || count < 2) {
        for (std::size_t i = 0; i < count; ++i) piece(i);
        return;
    }
    std::unique_lock lock(mutex_);
    piece_ = &piece;
    count_ = open_ = count;
    next_ = 0;
    begun_.notify_all();
    take(lock);
    ended_.wait(lock, [this] { return open_ == 0; });
    piece_ = nullptr;
}

/// Pieces are few and long, so that one lock for all of them costs nothing.
void workers::take(std::unique_lock<std::mutex>& lock) {
    while (piece_ != nullptr && next_ < count_) {
        const std::size_t mine = next_++;
        const auto& piece = *piece_;
        lock.unlock();
        piece(mine);
        lock.lock();
        if (--open_ == 0) ended_.notify_all();
    }
}

void workers::serve() {
    std::unique_lock lock(mutex_);
    while (!leave_) {
        take(lock);
        begun_.wait(lock, [this] { return leave_ || (piece_ != nullptr && next_ < count_); });
    }
}

}  // namespace veche::numerics
